/* sak-little-endian.h - numbers as they stand in vault.header
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

static inline void
sak_put_u64_le (guint8  *at,
                guint64  value)
{
  guint64 little = GUINT64_TO_LE (value);

  memcpy (at, &little, sizeof little);
}

static inline guint64
sak_get_u64_le (const guint8 *at)
{
  guint64 little;

  memcpy (&little, at, sizeof little);
  return GUINT64_FROM_LE (little);
}

static inline void
sak_put_u32_le (guint8  *at,
                guint32  value)
{
  guint32 little = GUINT32_TO_LE (value);

  memcpy (at, &little, sizeof little);
}

static inline guint32
sak_get_u32_le (const guint8 *at)
{
  guint32 little;

  memcpy (&little, at, sizeof little);
  return GUINT32_FROM_LE (little);
}

G_END_DECLS
