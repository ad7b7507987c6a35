/* sak-freshness.c - a hash over a set of rows that costs the same for any number of rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-freshness.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"

#include <string.h>

static void
update_with_length (SakBlake2b *hash,
                    const void *bytes,
                    gsize       size)
{
  guint64 length = GUINT64_TO_LE ((guint64) size);

  sak_blake2b_update (hash, &length, sizeof length);
  sak_blake2b_update (hash, bytes, size);
}

static void
expand_row (const char *table,
            const void *key,
            gsize       key_size,
            const void *content,
            gsize       content_size,
            guint8      expanded[static SAK_FRESHNESS_SIZE])
{
  g_autoptr (SakBlake2b) hash = sak_blake2b_new (NULL, 0, 32);
  guint8 seed[32];

  update_with_length (hash, table, strlen (table));
  update_with_length (hash, key, key_size);
  update_with_length (hash, content, content_size);
  sak_blake2b_finish (hash, seed);
  sak_expand (seed, expanded, SAK_FRESHNESS_SIZE);
}

static guint16
read_u16 (const guint8 *at)
{
  return (guint16) (at[0] | at[1] << 8);
}

void
sak_freshness_clear (SakFreshness *self)
{
  memset (self, 0, sizeof *self);
}

void
sak_freshness_add (SakFreshness *self,
                   const char   *table,
                   const void   *key,
                   gsize         key_size,
                   const void   *content,
                   gsize         content_size)
{
  guint8 expanded[SAK_FRESHNESS_SIZE];

  expand_row (table, key, key_size, content, content_size, expanded);
  for (guint i = 0; i < G_N_ELEMENTS (self->sums); i++)
    self->sums[i] = (guint16) (self->sums[i] + read_u16 (expanded + 2 * i));
}

void
sak_freshness_remove (SakFreshness *self,
                      const char   *table,
                      const void   *key,
                      gsize         key_size,
                      const void   *content,
                      gsize         content_size)
{
  guint8 expanded[SAK_FRESHNESS_SIZE];

  expand_row (table, key, key_size, content, content_size, expanded);
  for (guint i = 0; i < G_N_ELEMENTS (self->sums); i++)
    self->sums[i] = (guint16) (self->sums[i] - read_u16 (expanded + 2 * i));
}

void
sak_freshness_encode (const SakFreshness *self,
                      guint8              bytes[static SAK_FRESHNESS_SIZE])
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sums); i++)
    {
      bytes[2 * i] = self->sums[i] & 255;
      bytes[2 * i + 1] = self->sums[i] >> 8;
    }
}

void
sak_freshness_decode (SakFreshness *self,
                      const guint8  bytes[static SAK_FRESHNESS_SIZE])
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sums); i++)
    self->sums[i] = read_u16 (bytes + 2 * i);
}
