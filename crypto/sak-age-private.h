/* sak-age-private.h - what the age writer, reader and input stream share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-age.h"

G_BEGIN_DECLS

#define SAK_AGE_FILE_KEY_SIZE 16
#define SAK_AGE_TAG_SIZE 16
#define SAK_AGE_SEALED_CHUNK_SIZE ((gsize) SAK_AGE_CHUNK_SIZE + SAK_AGE_TAG_SIZE)
#define SAK_AGE_BATCH_CHUNKS 16

typedef struct
{
  guint8 share[SAK_AGE_KEY_SIZE];
  guint8 body[SAK_AGE_FILE_KEY_SIZE + SAK_AGE_TAG_SIZE];
} SakAgeStanza;

/* @size is where the payload nonce begins; the MAC covers the first @mac_size bytes. */
typedef struct
{
  SakAgeStanza x25519[SAK_AGE_MAX_RECIPIENTS];
  guint n_x25519;
  guint n_stanzas;
  gboolean has_scrypt;
  gsize mac_size;
  gsize size;
  guint8 mac[SAK_SHA256_SIZE];
} SakAgeHeader;

GString   *sak_age_header_build       (const SakAgeRecipient *recipients,
                                       guint                  n_recipients,
                                       SakSecret             *file_key,
                                       guint8                 mac[static SAK_SHA256_SIZE],
                                       GError               **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_age_header_parse       (SakAgeHeader          *self,
                                       const guint8          *bytes,
                                       gsize                  size,
                                       GError               **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_age_header_unwrap      (const SakAgeHeader    *self,
                                       const guint8          *bytes,
                                       SakSecret *const      *identities,
                                       guint                  n_identities,
                                       GError               **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_age_derive_payload_key (SakSecret             *file_key,
                                       const guint8           nonce[static SAK_AGE_NONCE_SIZE]) G_GNUC_WARN_UNUSED_RESULT;

/* One chunk, in place: @size counts the plain bytes, the tag follows them. */
void       sak_age_chunk_seal         (SakSecret             *payload_key,
                                       guint64                counter,
                                       gboolean               is_final,
                                       guint8                *bytes,
                                       gsize                  size);
gboolean   sak_age_chunk_open         (SakSecret             *payload_key,
                                       guint64                counter,
                                       gboolean               is_final,
                                       guint8                *bytes,
                                       gsize                  size) G_GNUC_WARN_UNUSED_RESULT;

/* Chunks side by side, each in SAK_AGE_SEALED_CHUNK_SIZE bytes, crypted by two threads. */
typedef struct _SakAgeBatch SakAgeBatch;
SakAgeBatch *sak_age_batch_new        (SakSecret             *payload_key,
                                       gboolean               seals);
guint8      *sak_age_batch_get_bytes  (SakAgeBatch           *self,
                                       gsize                  room);
void         sak_age_batch_start      (SakAgeBatch           *self,
                                       guint64                first_counter,
                                       guint                  n_chunks,
                                       gsize                  last_size,
                                       gboolean               last_is_final);
guint        sak_age_batch_join       (SakAgeBatch           *self);
void         sak_age_batch_free       (SakAgeBatch           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakAgeBatch, sak_age_batch_free)

G_END_DECLS
