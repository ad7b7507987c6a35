/* sak-chacha.h - ChaCha20-Poly1305 (RFC 8439) by the faster of two libraries
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_CHACHA_KEY_SIZE 32
#define SAK_CHACHA_NONCE_SIZE 12
#define SAK_CHACHA_TAG_SIZE 16

/* One unit: what is authenticated only, and its nonce. */
typedef struct
{
  const guint8 *key;            /* SAK_CHACHA_KEY_SIZE bytes */
  const guint8 *nonce;          /* SAK_CHACHA_NONCE_SIZE bytes */
  const void *associated;
  gsize associated_size;
} SakChachaUnit;

/* Chooses the library; by sak_crypto_init() alone. */
void        sak_chacha_init       (void);
/* Which one does the work: "libgcrypt" or "libsodium". */
const char *sak_chacha_get_engine (void);

/* @input and @output may be the same memory, and have @size bytes both. */
void        sak_chacha_seal       (const SakChachaUnit *unit,
                                   const guint8        *input,
                                   gsize                size,
                                   guint8              *output,
                                   guint8               tag[static SAK_CHACHA_TAG_SIZE]);
gboolean    sak_chacha_open       (const SakChachaUnit *unit,
                                   const guint8        *input,
                                   gsize                size,
                                   const guint8         tag[static SAK_CHACHA_TAG_SIZE],
                                   guint8              *output) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
