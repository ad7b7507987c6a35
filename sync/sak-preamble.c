/* sak-preamble.c - the signed beginning of a bundle, at fixed offsets
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything here runs on bytes of an unknown sender: no lengths but the number of
 * recipients, no text, no allocation. A value has one encoding, so that verifying can
 * encode what was decoded and compare signatures over the same bytes.
 */
#include "config.h"

#include "sync/sak-preamble.h"

#include <string.h>

#define FRAME_MAGIC 0x184d2a50u
#define MAGIC "SAKKHIB"
#define MAGIC_SIZE 7
#define VERSION 1
#define VERSION_WITH_RECEIPTS 2
#define FLAG_PRACTICE 1
#define MAX_TIME 253402300799 /* the last second of the year 9999 */
#define SIGN_CONTEXT "sakkhi-bundle-v1" /* with its zero byte */

/* Where things stand; sync/FORMAT.md §4.1 has the same table. */
enum
{
  AT_MAGIC = 0,
  AT_VERSION = 7,
  AT_FLAGS = 8,
  AT_N_RECIPIENTS = 9,
  AT_ZERO_A = 10,
  AT_SENDER = 16,
  AT_HEADER_MAC = 48,
  AT_NONCE = 80,
  AT_TAG_DIGEST = 96,
  AT_TOTAL = 128,
  AT_LARGEST = 136,
  AT_N_FILES = 144,
  AT_ZERO_B = 148,
  AT_TIME = 152,
  AT_RECIPIENTS = SAK_PREAMBLE_FIXED_SIZE,
};

enum
{
  IN_KEY = 0,
  IN_STREAM = 32,
  IN_SEQUENCE = 48,
  IN_BASE_COUNT = 56,
  IN_BASE_HEAD = 64,
  IN_NEW_COUNT = 96,
  IN_NEW_HEAD = 104,
};

static void
put_u32 (guint8  *bytes,
         guint32  value)
{
  value = GUINT32_TO_LE (value);
  memcpy (bytes, &value, sizeof value);
}

static void
put_u64 (guint8  *bytes,
         guint64  value)
{
  value = GUINT64_TO_LE (value);
  memcpy (bytes, &value, sizeof value);
}

static guint32
get_u32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint64
get_u64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_LE (value);
}

static gsize
get_signed_size (guint n_recipients)
{
  return SAK_PREAMBLE_FIXED_SIZE + (gsize) n_recipients * SAK_PREAMBLE_RECIPIENT_SIZE;
}

static void
encode_recipient (const SakPreambleRecipient *self,
                  guint8                     *bytes)
{
  memcpy (bytes + IN_KEY, self->recipient.bytes, SAK_AGE_KEY_SIZE);
  memcpy (bytes + IN_STREAM, self->stream_id, SAK_STREAM_ID_SIZE);
  put_u64 (bytes + IN_SEQUENCE, self->sequence);
  put_u64 (bytes + IN_BASE_COUNT, self->base_count);
  memcpy (bytes + IN_BASE_HEAD, self->base_head, SAK_SHA256_SIZE);
  put_u64 (bytes + IN_NEW_COUNT, self->new_count);
  memcpy (bytes + IN_NEW_HEAD, self->new_head, SAK_SHA256_SIZE);
}

/* @bytes: zeros, get_signed_size() of them. */
static void
encode_signed_part (const SakPreamble *self,
                    guint8            *bytes)
{
  memcpy (bytes + AT_MAGIC, MAGIC, MAGIC_SIZE);
  bytes[AT_VERSION] = self->has_receipts ? VERSION_WITH_RECEIPTS : VERSION;
  bytes[AT_FLAGS] = self->is_practice ? FLAG_PRACTICE : 0;
  bytes[AT_N_RECIPIENTS] = (guint8) self->n_recipients;
  memcpy (bytes + AT_SENDER, self->sender_key, SAK_SIGN_PUBLIC_SIZE);
  memcpy (bytes + AT_HEADER_MAC, self->binding.header_mac, SAK_SHA256_SIZE);
  memcpy (bytes + AT_NONCE, self->binding.payload_nonce, SAK_AGE_NONCE_SIZE);
  memcpy (bytes + AT_TAG_DIGEST, self->tag_digest, SAK_SHA256_SIZE);
  put_u64 (bytes + AT_TOTAL, self->total_bytes);
  put_u64 (bytes + AT_LARGEST, self->largest_bytes);
  put_u32 (bytes + AT_N_FILES, self->n_files);
  put_u64 (bytes + AT_TIME, (guint64) self->time);
  for (guint i = 0; i < self->n_recipients; i++)
    encode_recipient (&self->recipients[i],
                      bytes + AT_RECIPIENTS + (gsize) i * SAK_PREAMBLE_RECIPIENT_SIZE);
}

/* Context and signed part in one piece, for signing and verifying. */
static GByteArray *
build_signed_message (const SakPreamble *self)
{
  gsize size = get_signed_size (self->n_recipients);
  GByteArray *message = g_byte_array_sized_new (sizeof SIGN_CONTEXT + size);

  g_byte_array_append (message, (const guint8 *) SIGN_CONTEXT, sizeof SIGN_CONTEXT);
  g_byte_array_set_size (message, sizeof SIGN_CONTEXT + size);
  memset (message->data + sizeof SIGN_CONTEXT, 0, size);
  encode_signed_part (self, message->data + sizeof SIGN_CONTEXT);
  return message;
}

GByteArray *
sak_preamble_encode (const SakPreamble *self,
                     SakSecret         *seed)
{
  g_autoptr (GByteArray) message = NULL;
  gsize size = get_signed_size (self->n_recipients);
  GByteArray *frame = g_byte_array_new ();
  guint8 header[SAK_PREAMBLE_FRAME_HEADER_SIZE];
  guint8 signature[SAK_SIGN_SIZE];

  g_assert (self->n_recipients >= 1 && self->n_recipients <= SAK_AGE_MAX_RECIPIENTS);
  message = build_signed_message (self);
  sak_sign (seed, message->data, message->len, signature);
  put_u32 (header, FRAME_MAGIC);
  put_u32 (header + 4, (guint32) (size + SAK_SIGN_SIZE));
  g_byte_array_append (frame, header, sizeof header);
  g_byte_array_append (frame, message->data + sizeof SIGN_CONTEXT, size);
  g_byte_array_append (frame, signature, sizeof signature);
  return frame;
}

static gboolean
set_invalid (GError **error)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is not a bundle");
  return FALSE;
}

/* A later version may have another length: whether it is one, only the magic tells, so
 * lengths are checked against the recipients later.
 */
gboolean
sak_preamble_decode_size (const guint8  *frame_header,
                          gsize         *ret_size,
                          GError       **error)
{
  gsize size = get_u32 (frame_header + 4);

  if (get_u32 (frame_header) != FRAME_MAGIC || size < get_signed_size (1) + SAK_SIGN_SIZE ||
      size > SAK_PREAMBLE_MAX_SIZE)
    return set_invalid (error);
  *ret_size = size;
  return TRUE;
}

static gboolean
decode_recipient (const guint8         *bytes,
                  SakPreambleRecipient *self)
{
  static const guint8 zeros[SAK_SHA256_SIZE];

  memcpy (self->recipient.bytes, bytes + IN_KEY, SAK_AGE_KEY_SIZE);
  memcpy (self->stream_id, bytes + IN_STREAM, SAK_STREAM_ID_SIZE);
  self->sequence = get_u64 (bytes + IN_SEQUENCE);
  self->base_count = get_u64 (bytes + IN_BASE_COUNT);
  memcpy (self->base_head, bytes + IN_BASE_HEAD, SAK_SHA256_SIZE);
  self->new_count = get_u64 (bytes + IN_NEW_COUNT);
  memcpy (self->new_head, bytes + IN_NEW_HEAD, SAK_SHA256_SIZE);

  if (self->sequence == 0 || self->sequence >= SAK_BUNDLE_MAX_COUNT ||
      self->new_count >= SAK_BUNDLE_MAX_COUNT || self->base_count > self->new_count ||
      self->new_count - self->base_count > SAK_BUNDLE_MAX_ENTRIES)
    return FALSE;
  if (self->base_count == 0 && memcmp (self->base_head, zeros, sizeof zeros) != 0)
    return FALSE;
  return self->base_count != self->new_count ||
         memcmp (self->base_head, self->new_head, sizeof self->new_head) == 0;
}

static gboolean
decode_recipients (const guint8 *bytes,
                   SakPreamble  *self)
{
  for (guint i = 0; i < self->n_recipients; i++)
    {
      const SakPreambleRecipient *previous = i > 0 ? &self->recipients[i - 1] : NULL;
      SakPreambleRecipient *now = &self->recipients[i];

      if (!decode_recipient (bytes + (gsize) i * SAK_PREAMBLE_RECIPIENT_SIZE, now) ||
          (previous != NULL && memcmp (previous->recipient.bytes, now->recipient.bytes,
                                       SAK_AGE_KEY_SIZE) >= 0))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_zero (const guint8 *bytes,
         gsize         size)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] != 0)
      return FALSE;
  return TRUE;
}

static gboolean
limits_are_kept (const SakPreamble *self)
{
  return self->n_files <= SAK_BUNDLE_MAX_FILES && self->total_bytes <= SAK_BUNDLE_MAX_TOTAL &&
         self->largest_bytes <= self->total_bytes;
}

/**
 * sak_preamble_decode:
 * @bytes: what follows the frame's first eight bytes
 *
 * INVALID, TOO_NEW or TOO_LARGE; says nothing about the signature.
 */
gboolean
sak_preamble_decode (const guint8  *bytes,
                     gsize          size,
                     SakPreamble   *ret_preamble,
                     GError       **error)
{
  if (size < SAK_PREAMBLE_FIXED_SIZE || memcmp (bytes, MAGIC, MAGIC_SIZE) != 0)
    return set_invalid (error);
  if (bytes[AT_VERSION] > VERSION_WITH_RECEIPTS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW, "the bundle is of a later version");
      return FALSE;
    }
  memset (ret_preamble, 0, sizeof *ret_preamble);
  ret_preamble->n_recipients = bytes[AT_N_RECIPIENTS];
  if (bytes[AT_VERSION] < VERSION || (bytes[AT_FLAGS] & ~FLAG_PRACTICE) != 0 ||
      ret_preamble->n_recipients < 1 || ret_preamble->n_recipients > SAK_AGE_MAX_RECIPIENTS ||
      size != get_signed_size (ret_preamble->n_recipients) + SAK_SIGN_SIZE ||
      !is_zero (bytes + AT_ZERO_A, AT_SENDER - AT_ZERO_A) ||
      !is_zero (bytes + AT_ZERO_B, AT_TIME - AT_ZERO_B))
    return set_invalid (error);

  ret_preamble->has_receipts = bytes[AT_VERSION] == VERSION_WITH_RECEIPTS;
  ret_preamble->is_practice = (bytes[AT_FLAGS] & FLAG_PRACTICE) != 0;
  memcpy (ret_preamble->sender_key, bytes + AT_SENDER, SAK_SIGN_PUBLIC_SIZE);
  memcpy (ret_preamble->binding.header_mac, bytes + AT_HEADER_MAC, SAK_SHA256_SIZE);
  memcpy (ret_preamble->binding.payload_nonce, bytes + AT_NONCE, SAK_AGE_NONCE_SIZE);
  memcpy (ret_preamble->tag_digest, bytes + AT_TAG_DIGEST, SAK_SHA256_SIZE);
  ret_preamble->total_bytes = get_u64 (bytes + AT_TOTAL);
  ret_preamble->largest_bytes = get_u64 (bytes + AT_LARGEST);
  ret_preamble->n_files = get_u32 (bytes + AT_N_FILES);
  ret_preamble->time = (gint64) get_u64 (bytes + AT_TIME);
  memcpy (ret_preamble->signature, bytes + size - SAK_SIGN_SIZE, SAK_SIGN_SIZE);
  if (ret_preamble->time < 0 || ret_preamble->time > MAX_TIME ||
      !decode_recipients (bytes + AT_RECIPIENTS, ret_preamble))
    return set_invalid (error);
  if (!limits_are_kept (ret_preamble))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE,
                   "the bundle announces more than is taken");
      return FALSE;
    }
  return TRUE;
}

gboolean
sak_preamble_verify (const SakPreamble *self)
{
  g_autoptr (GByteArray) message = build_signed_message (self);

  return sak_sign_verify (self->sender_key, message->data, message->len, self->signature);
}

const SakPreambleRecipient *
sak_preamble_find_recipient (const SakPreamble     *self,
                             const SakAgeRecipient *recipient)
{
  for (guint i = 0; i < self->n_recipients; i++)
    if (memcmp (&self->recipients[i].recipient, recipient, sizeof *recipient) == 0)
      return &self->recipients[i];
  return NULL;
}
