/* sak-freshness.h - a hash over a set of rows that costs the same for any number of rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * LtHash16 (Bellare–Micciancio 1997; Lewi et al. 2019): each row becomes 1024 numbers of
 * 16 bits (BLAKE2b-256, expanded by ChaCha20), and the set is their sum. Kept in the same
 * transaction as the rows, it shows a page that was put back from an earlier time, which
 * page authentication alone cannot.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_FRESHNESS_SIZE 2048

typedef struct
{
  guint16 sums[SAK_FRESHNESS_SIZE / 2];
} SakFreshness;

void sak_freshness_clear  (SakFreshness *self);
/* @table: keeps equal rows of different tables apart. */
void sak_freshness_add    (SakFreshness *self,
                           const char   *table,
                           const void   *key,
                           gsize         key_size,
                           const void   *content,
                           gsize         content_size);
void sak_freshness_remove (SakFreshness *self,
                           const char   *table,
                           const void   *key,
                           gsize         key_size,
                           const void   *content,
                           gsize         content_size);
void sak_freshness_encode (const SakFreshness *self,
                           guint8              bytes[static SAK_FRESHNESS_SIZE]);
void sak_freshness_decode (SakFreshness       *self,
                           const guint8        bytes[static SAK_FRESHNESS_SIZE]);

G_END_DECLS
