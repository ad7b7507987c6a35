/* picture-double.h - what the double in sakkhi-picture's place can be asked to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* Each also is the largest side it is told: at least 10, so that 10×10 is within it. */
enum
{
  DOUBLE_HANGS = 10,
  DOUBLE_IS_DEAF,
  DOUBLE_CRASHES,
  DOUBLE_CRASHES_MIDWAY,
  DOUBLE_SAYS_NOTHING,
  DOUBLE_CLAIMS_MUCH,
  DOUBLE_CLAIMS_NOTHING,
  DOUBLE_SENDS_MORE,
  DOUBLE_SENDS_LESS,
  DOUBLE_IS_ANOTHER,
  DOUBLE_BEHAVES,
};
