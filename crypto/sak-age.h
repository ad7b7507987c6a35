/* sak-age.h - age v1 files (C2SP age.md) for X25519 recipients, binary form
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"
#include "crypto/sak-hash.h"
#include "crypto/sak-secret.h"

G_BEGIN_DECLS

#define SAK_AGE_KEY_SIZE 32
#define SAK_AGE_NONCE_SIZE 16
#define SAK_AGE_CHUNK_SIZE 65536
#define SAK_AGE_MAX_RECIPIENTS 64
#define SAK_AGE_MAX_HEADER_SIZE 65536

/* An X25519 public key. */
typedef struct
{
  guint8 bytes[SAK_AGE_KEY_SIZE];
} SakAgeRecipient;

/* What ties a file to itself: the header MAC commits to the file key and the recipients,
 * the nonce to the payload. Public once the file is.
 */
typedef struct
{
  guint8 header_mac[SAK_SHA256_SIZE];
  guint8 payload_nonce[SAK_AGE_NONCE_SIZE];
} SakAgeBinding;

/* Keys as text: Bech32 "age1…" and "AGE-SECRET-KEY-1…". */
char      *sak_age_recipient_to_text   (const SakAgeRecipient *self) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE for the few keys of 32 bytes that no secret belongs to, all zeros among them. */
gboolean   sak_age_recipient_is_usable (const SakAgeRecipient *self);
gboolean   sak_age_recipient_from_text (const char            *text,
                                        SakAgeRecipient       *ret_recipient) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_age_identity_to_text    (SakSecret             *identity) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_age_identity_from_text  (const char            *text) G_GNUC_WARN_UNUSED_RESULT;

/* Writing: one pass, constant memory, two threads of encryption. */
typedef struct _SakAgeWriter SakAgeWriter;
SakAgeWriter *sak_age_writer_new         (GOutputStream         *sink,
                                          const SakAgeRecipient *recipients,
                                          guint                  n_recipients,
                                          GCancellable          *cancellable,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void          sak_age_writer_get_binding (SakAgeWriter          *self,
                                          SakAgeBinding         *ret_binding);
gboolean      sak_age_writer_write       (SakAgeWriter          *self,
                                          const void            *bytes,
                                          gsize                  size,
                                          GCancellable          *cancellable,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sak_age_writer_finish      (SakAgeWriter          *self,
                                          GCancellable          *cancellable,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void          sak_age_writer_free        (SakAgeWriter          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakAgeWriter, sak_age_writer_free)

/* Reading from start to end; only authenticated bytes come out. */
typedef struct _SakAgeReader SakAgeReader;
SakAgeReader *sak_age_reader_new         (GInputStream          *source,
                                          SakSecret *const      *identities,
                                          guint                  n_identities,
                                          GCancellable          *cancellable,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void          sak_age_reader_get_binding (SakAgeReader          *self,
                                          SakAgeBinding         *ret_binding);
guint         sak_age_reader_get_n_recipients (SakAgeReader     *self);
gssize        sak_age_reader_read        (SakAgeReader          *self,
                                          void                  *buffer,
                                          gsize                  size,
                                          GCancellable          *cancellable,
                                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void          sak_age_reader_free        (SakAgeReader          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakAgeReader, sak_age_reader_free)

/* Random access: a seekable stream of the plaintext, for viewers and players. */
#define SAK_TYPE_AGE_INPUT_STREAM (sak_age_input_stream_get_type ())
G_DECLARE_FINAL_TYPE (SakAgeInputStream, sak_age_input_stream, SAK, AGE_INPUT_STREAM, GInputStream)
GInputStream *sak_age_input_stream_new      (GInputStream       *seekable_source,
                                             SakSecret          *identity,
                                             GCancellable       *cancellable,
                                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;
guint64       sak_age_input_stream_get_size (SakAgeInputStream  *self);
void          sak_age_input_stream_revoke   (SakAgeInputStream  *self);

G_END_DECLS
