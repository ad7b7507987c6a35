/* sak-age-header.c - the header of an age v1 file: built, parsed, unwrapped
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parser follows the ABNF of C2SP age.md to the letter: one file has one spelling.
 * It sees bytes of anybody's making, before anything was authenticated.
 */
#include "config.h"

#include "crypto/sak-age-private.h"

#include "crypto/sak-base64.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-sign.h"

#include <sodium.h>
#include <string.h>

#define VERSION_LINE "age-encryption.org/v1"
#define VERSION_STEM "age-encryption.org/v"
#define X25519_INFO "age-encryption.org/v1/X25519"
#define BODY_LINE_LENGTH 64
#define BODY_LINE_SIZE 48
#define MAC_LENGTH 43
#define BASE64 sodium_base64_VARIANT_ORIGINAL_NO_PADDING

static const guint8 zero_nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];

/* Text that is still to be parsed. */
typedef struct
{
  const char *text;
  gsize size;
  gsize position;
} Cursor;

typedef struct
{
  const char *text;
  gsize length;
} Span;

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "age header: %s", reason);
  return FALSE;
}

/* Bytes from a key exchange and for one use: wiped by whoever made it. */
static void
derive_wrap_key (const guint8 shared[static SAK_AGE_KEY_SIZE],
                 const guint8 share[static SAK_AGE_KEY_SIZE],
                 const guint8 recipient[static SAK_AGE_KEY_SIZE],
                 guint8       wrap_key[static SAK_SHA256_SIZE])
{
  guint8 salt[2 * SAK_AGE_KEY_SIZE];

  memcpy (salt, share, SAK_AGE_KEY_SIZE);
  memcpy (salt + SAK_AGE_KEY_SIZE, recipient, SAK_AGE_KEY_SIZE);
  sak_hkdf_sha256 (shared, SAK_AGE_KEY_SIZE, salt, sizeof salt, X25519_INFO, wrap_key);
}

static void
compute_mac (SakSecret  *file_key,
             const void *bytes,
             gsize       size,
             guint8      mac[static SAK_SHA256_SIZE])
{
  guint8 key[SAK_SHA256_SIZE];

  sak_hkdf_sha256 (sak_secret_get_bytes (file_key), SAK_AGE_FILE_KEY_SIZE, NULL, 0, "header", key);
  sak_hmac_sha256 (key, sizeof key, bytes, size, mac);
  sak_wipe (key, sizeof key);
}

/* Building */

static void
append_base64 (GString      *text,
               const guint8 *bytes,
               gsize         size)
{
  char encoded[BODY_LINE_LENGTH + 1];

  sodium_bin2base64 (encoded, sizeof encoded, bytes, size, BASE64);
  g_string_append (text, encoded);
}

/* Returns: FALSE for a recipient whose key is of small order. */
static gboolean
wrap_file_key (const SakAgeRecipient *recipient,
               SakSecret             *file_key,
               SakAgeStanza          *stanza)
{
  g_autoptr (SakSecret) ephemeral = sak_secret_new_random (SAK_AGE_KEY_SIZE);
  guint8 shared[SAK_AGE_KEY_SIZE];
  guint8 wrap_key[SAK_SHA256_SIZE];

  sak_x25519_get_public (ephemeral, stanza->share);
  if (crypto_scalarmult (shared, sak_secret_get_bytes (ephemeral), recipient->bytes) != 0)
    return FALSE;
  derive_wrap_key (shared, stanza->share, recipient->bytes, wrap_key);
  crypto_aead_chacha20poly1305_ietf_encrypt (stanza->body, NULL, sak_secret_get_bytes (file_key),
                                             SAK_AGE_FILE_KEY_SIZE, NULL, 0, NULL, zero_nonce,
                                             wrap_key);
  sak_wipe (shared, sizeof shared);
  sak_wipe (wrap_key, sizeof wrap_key);
  return TRUE;
}

/**
 * sak_age_header_build:
 *
 * Returns: the whole header, its last newline included. Fails with INVALID for no
 * recipient or a weak key, TOO_LARGE for more than %SAK_AGE_MAX_RECIPIENTS.
 */
GString *
sak_age_header_build (const SakAgeRecipient *recipients,
                      guint                  n_recipients,
                      SakSecret             *file_key,
                      guint8                 mac[static SAK_SHA256_SIZE],
                      GError               **error)
{
  g_autoptr (GString) header = g_string_new (VERSION_LINE "\n");

  if (n_recipients == 0 || n_recipients > SAK_AGE_MAX_RECIPIENTS)
    {
      g_set_error (error, SAK_ERROR, n_recipients == 0 ? SAK_ERROR_INVALID : SAK_ERROR_TOO_LARGE,
                   "an age file has 1 to %d recipients, not %u",
                   SAK_AGE_MAX_RECIPIENTS, n_recipients);
      return NULL;
    }
  for (guint i = 0; i < n_recipients; i++)
    {
      SakAgeStanza stanza;

      if (!wrap_file_key (&recipients[i], file_key, &stanza))
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                       "recipient %u has a key of small order", i);
          return NULL;
        }
      g_string_append (header, "-> X25519 ");
      append_base64 (header, stanza.share, sizeof stanza.share);
      g_string_append_c (header, '\n');
      append_base64 (header, stanza.body, sizeof stanza.body);
      g_string_append_c (header, '\n');
    }
  g_string_append (header, "---");
  compute_mac (file_key, header->str, header->len, mac);
  g_string_append_c (header, ' ');
  append_base64 (header, mac, SAK_SHA256_SIZE);
  g_string_append_c (header, '\n');
  return g_steal_pointer (&header);
}

/* Parsing */

static gboolean
next_line (Cursor  *cursor,
           Span    *line,
           GError **error)
{
  const char *start = cursor->text + cursor->position;
  const char *end = memchr (start, '\n', cursor->size - cursor->position);

  if (end == NULL)
    {
      if (cursor->size >= SAK_AGE_MAX_HEADER_SIZE)
        g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "age header: over %d bytes",
                     SAK_AGE_MAX_HEADER_SIZE);
      else
        g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TRUNCATED,
                             "age header: its end is missing");
      return FALSE;
    }
  line->text = start;
  line->length = (gsize) (end - start);
  cursor->position += line->length + 1;
  return TRUE;
}

static gboolean
has_prefix (const Span *span,
            const char *prefix)
{
  gsize length = strlen (prefix);

  return span->length >= length && memcmp (span->text, prefix, length) == 0;
}

static gboolean
equals (const Span *span,
        const char *text)
{
  return span->length == strlen (text) && has_prefix (span, text);
}

/* Canonical, without padding. */
static gboolean
decode_base64 (const char *text,
               gsize       length,
               guint8     *bytes,
               gsize       room,
               gsize      *size)
{
  return sak_base64_decode (text, length, BASE64, bytes, room, size);
}

static gboolean
parse_version (Cursor  *cursor,
               GError **error)
{
  static const char expected[] = VERSION_LINE "\n";
  gsize present = MIN (cursor->size, sizeof expected - 1);
  gsize stem = strlen (VERSION_STEM);
  Span line;

  if (memcmp (cursor->text, expected, present) == 0)
    return next_line (cursor, &line, error);
  if (cursor->size > stem && memcmp (cursor->text, VERSION_STEM, stem) == 0 &&
      g_ascii_isdigit (cursor->text[stem]) && next_line (cursor, &line, NULL) &&
      line.length > stem && line.length < stem + 10 && !equals (&line, VERSION_LINE) &&
      strspn (line.text + stem, "0123456789") == line.length - stem)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TOO_NEW,
                           "an age file of another version than 1");
      return FALSE;
    }
  return refuse (error, "this is not an age file");
}

/* Splits at single spaces; keeps the first two, counts all. */
static gboolean
split_arguments (const Span *line,
                 Span        arguments[static 2],
                 guint      *n_arguments)
{
  gsize start = 0;

  *n_arguments = 0;
  for (gsize i = 0; i <= line->length; i++)
    {
      if (i < line->length && line->text[i] != ' ')
        {
          if (line->text[i] < 0x21 || line->text[i] > 0x7e)
            return FALSE;
          continue;
        }
      if (i == start)
        return FALSE;
      if (*n_arguments < 2)
        arguments[*n_arguments] = (Span) { line->text + start, i - start };
      (*n_arguments)++;
      start = i + 1;
    }
  return TRUE;
}

/* Reads lines up to the first short one; @first gets what the first line holds. */
static gboolean
parse_body (Cursor  *cursor,
            guint8   first[static BODY_LINE_SIZE],
            gsize   *size,
            GError **error)
{
  guint8 decoded[BODY_LINE_SIZE];
  gsize decoded_size = 0;
  Span line;

  *size = 0;
  do
    {
      if (!next_line (cursor, &line, error))
        return FALSE;
      if (line.length > BODY_LINE_LENGTH ||
          !decode_base64 (line.text, line.length, decoded, sizeof decoded, &decoded_size))
        return refuse (error, "a line of a stanza's body is malformed");
      if (*size == 0)
        memcpy (first, decoded, decoded_size);
      *size += decoded_size;
    }
  while (line.length == BODY_LINE_LENGTH);
  return TRUE;
}

/* The lengths are checked here, before any key touches the body: no partitioning oracle. */
static gboolean
keep_x25519 (SakAgeHeader *self,
             const Span   *arguments,
             guint         n_arguments,
             const guint8 *body,
             gsize         body_size,
             GError      **error)
{
  SakAgeStanza *stanza = &self->x25519[self->n_x25519];
  gsize share_size = 0;

  if (n_arguments != 2 ||
      !decode_base64 (arguments[1].text, arguments[1].length,
                      stanza->share, sizeof stanza->share, &share_size) ||
      share_size != sizeof stanza->share)
    return refuse (error, "an X25519 stanza's share is malformed");
  if (body_size != sizeof stanza->body)
    return refuse (error, "an X25519 stanza's body has the wrong size");
  memcpy (stanza->body, body, sizeof stanza->body);
  self->n_x25519++;
  return TRUE;
}

static gboolean
parse_stanza (SakAgeHeader *self,
              Cursor       *cursor,
              const Span   *line,
              GError      **error)
{
  const Span rest = { line->text + 3, line->length - 3 };
  guint8 body[BODY_LINE_SIZE];
  gsize body_size = 0;
  Span arguments[2];
  guint n_arguments;

  if (self->n_stanzas == SAK_AGE_MAX_RECIPIENTS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "age header: over %d stanzas",
                   SAK_AGE_MAX_RECIPIENTS);
      return FALSE;
    }
  if (!split_arguments (&rest, arguments, &n_arguments))
    return refuse (error, "a stanza's arguments are malformed");
  if (!parse_body (cursor, body, &body_size, error))
    return FALSE;
  self->n_stanzas++;
  if (equals (&arguments[0], "scrypt"))
    self->has_scrypt = TRUE;
  if (equals (&arguments[0], "X25519"))
    return keep_x25519 (self, arguments, n_arguments, body, body_size, error);
  return TRUE;    /* of a kind not known here: to be passed over, says the format */
}

static gboolean
parse_end (SakAgeHeader *self,
           Cursor       *cursor,
           const Span   *line,
           GError      **error)
{
  gsize mac_size = 0;

  if (line->length != strlen ("--- ") + MAC_LENGTH ||
      !decode_base64 (line->text + 4, MAC_LENGTH, self->mac, sizeof self->mac, &mac_size) ||
      mac_size != sizeof self->mac)
    return refuse (error, "the line with the MAC is malformed");
  if (self->n_stanzas == 0)
    return refuse (error, "no stanza");
  if (self->has_scrypt && self->n_stanzas > 1)
    return refuse (error, "a passphrase stanza is not alone");
  self->mac_size = (gsize) (line->text - cursor->text) + 3;
  self->size = cursor->position;
  return TRUE;
}

/**
 * sak_age_header_parse:
 * @bytes: the start of the file: all of it, or at least %SAK_AGE_MAX_HEADER_SIZE bytes
 *
 * Nothing is authenticated yet. Fails with DAMAGED, TRUNCATED, TOO_LARGE (64 stanzas,
 * 64 KiB) or TOO_NEW.
 */
gboolean
sak_age_header_parse (SakAgeHeader *self,
                      const guint8 *bytes,
                      gsize         size,
                      GError      **error)
{
  Cursor cursor = { (const char *) bytes, MIN (size, SAK_AGE_MAX_HEADER_SIZE), 0 };
  Span line;

  memset (self, 0, sizeof *self);
  if (!parse_version (&cursor, error))
    return FALSE;
  while (next_line (&cursor, &line, error))
    {
      if (has_prefix (&line, "--- "))
        return parse_end (self, &cursor, &line, error);
      if (!has_prefix (&line, "-> "))
        return refuse (error, "a line is neither a stanza nor the end");
      if (!parse_stanza (self, &cursor, &line, error))
        return FALSE;
    }
  return FALSE;
}

/* Unwrapping */

typedef enum { STANZA_FITS, STANZA_FOREIGN, STANZA_WEAK } StanzaResult;

static StanzaResult
unwrap_stanza (const SakAgeStanza *stanza,
               SakSecret          *identity,
               const guint8        recipient[static SAK_AGE_KEY_SIZE],
               SakSecret          *file_key)
{
  guint8 shared[SAK_AGE_KEY_SIZE];
  guint8 wrap_key[SAK_SHA256_SIZE];
  int result;

  /* Refuses an all-zero result: a share of small order. */
  if (crypto_scalarmult (shared, sak_secret_get_bytes (identity), stanza->share) != 0)
    return STANZA_WEAK;
  derive_wrap_key (shared, stanza->share, recipient, wrap_key);
  result = crypto_aead_chacha20poly1305_ietf_decrypt (sak_secret_get_bytes (file_key), NULL, NULL,
                                                      stanza->body, sizeof stanza->body, NULL, 0,
                                                      zero_nonce, wrap_key);
  sak_wipe (shared, sizeof shared);
  sak_wipe (wrap_key, sizeof wrap_key);
  return result == 0 ? STANZA_FITS : STANZA_FOREIGN;
}

static SakSecret *
find_file_key (const SakAgeHeader *self,
               SakSecret *const   *identities,
               guint               n_identities,
               GError            **error)
{
  g_autoptr (SakSecret) file_key = sak_secret_new (SAK_AGE_FILE_KEY_SIZE);

  for (guint i = 0; i < n_identities; i++)
    {
      guint8 recipient[SAK_AGE_KEY_SIZE];

      sak_x25519_get_public (identities[i], recipient);
      for (guint j = 0; j < self->n_x25519; j++)
        switch (unwrap_stanza (&self->x25519[j], identities[i], recipient, file_key))
          {
          case STANZA_FITS:
            return g_steal_pointer (&file_key);
          case STANZA_WEAK:
            refuse (error, "an X25519 share is of small order");
            return NULL;
          case STANZA_FOREIGN:
          default:
            break;
          }
    }
  g_set_error_literal (error, SAK_ERROR, SAK_ERROR_NOT_FOR_US, "the age file is for other keys");
  return NULL;
}

/**
 * sak_age_header_unwrap:
 * @bytes: what sak_age_header_parse() parsed
 * @identities: secrets of %SAK_AGE_KEY_SIZE bytes
 *
 * Returns: the file key, after which all of the header is authenticated. Fails with
 * NOT_FOR_US or DAMAGED.
 */
SakSecret *
sak_age_header_unwrap (const SakAgeHeader *self,
                       const guint8       *bytes,
                       SakSecret *const   *identities,
                       guint               n_identities,
                       GError            **error)
{
  g_autoptr (SakSecret) file_key = find_file_key (self, identities, n_identities, error);
  guint8 mac[SAK_SHA256_SIZE];

  if (file_key == NULL)
    return NULL;
  compute_mac (file_key, bytes, self->mac_size, mac);
  if (!sak_equal (mac, self->mac, sizeof mac))
    {
      refuse (error, "the MAC does not fit");
      return NULL;
    }
  return g_steal_pointer (&file_key);
}

SakSecret *
sak_age_derive_payload_key (SakSecret    *file_key,
                            const guint8  nonce[static SAK_AGE_NONCE_SIZE])
{
  SakSecret *key = sak_secret_new (SAK_SHA256_SIZE);

  sak_hkdf_sha256 (sak_secret_get_bytes (file_key), SAK_AGE_FILE_KEY_SIZE,
                   nonce, SAK_AGE_NONCE_SIZE, "payload", sak_secret_get_bytes (key));
  return key;
}
