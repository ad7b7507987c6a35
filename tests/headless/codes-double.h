/* codes-double.h - what the double in sakkhi-codes' place can be asked to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* Each also is the width it is told. */
enum
{
  CODES_DOUBLE_HANGS = 10,
  CODES_DOUBLE_IS_DEAF,
  CODES_DOUBLE_CRASHES,
  CODES_DOUBLE_SAYS_NOTHING,
  CODES_DOUBLE_REFUSES,
  CODES_DOUBLE_CLAIMS_MANY,
  CODES_DOUBLE_CLAIMS_A_LARGE_ONE,
  CODES_DOUBLE_CLAIMS_AN_EMPTY_ONE,
  CODES_DOUBLE_SENDS_MORE,
  CODES_DOUBLE_SENDS_LESS,
  CODES_DOUBLE_IS_ANOTHER,
  CODES_DOUBLE_BEHAVES,
};
