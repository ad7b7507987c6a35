/* sak-card-qr.c - a contact card as the text of one QR code
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "SAKKHI-CARD-1:" and, in base32: whether it is a practice vault's, the three keys as bytes, the two names.
 */
#include "config.h"

#include "sync/sak-card-qr.h"

#include <string.h>

#include "crypto/sak-age.h"
#include "crypto/sak-hex.h"
#include "crypto/sak-sign.h"
#include "storage/model/sak-json.h"

#define BEGINNING "SAKKHI-CARD-"
#define VERSION "1:"
#define ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/* Before the names. */
typedef struct
{
  guint8 is_practice;           /* 0 or 1 */
  guint8 age[SAK_AGE_KEY_SIZE];
  guint8 sign[SAK_SIGN_PUBLIC_SIZE];
  guint8 sig[SAK_SIGN_SIZE];
} Keys;

G_STATIC_ASSERT (sizeof (Keys) == 129);

/* RFC 4648, without padding. */
static void
append_base32 (GString      *text,
               const guint8 *bytes,
               gsize         size)
{
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < size; i++)
    {
      bits = bits << 8 | bytes[i];
      for (n_bits += 8; n_bits >= 5; n_bits -= 5)
        g_string_append_c (text, ALPHABET[bits >> (n_bits - 5) & 31]);
      bits &= 31;
    }
  if (n_bits > 0)
    g_string_append_c (text, ALPHABET[bits << (5 - n_bits) & 31]);
}

/* NULL for a foreign character, one too many, or spare bits that are not zero: each card has one text. */
static GByteArray *
parse_base32 (const char *text,
              gsize       size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < size; i++)
    {
      const char *at = text[i] != '\0' ? strchr (ALPHABET, text[i]) : NULL;

      if (at == NULL)
        return NULL;
      bits = bits << 5 | (guint32) (at - ALPHABET);
      n_bits += 5;
      if (n_bits >= 8)
        {
          const guint8 byte = (guint8) (bits >> (n_bits - 8));

          g_byte_array_append (bytes, &byte, 1);
          n_bits -= 8;
        }
      bits &= 0xff;
    }
  if (n_bits >= 5 || (bits & ((1u << n_bits) - 1)) != 0)
    return NULL;
  return g_steal_pointer (&bytes);
}

static void
trim (const char **text,
      gsize       *size)
{
  while (*size > 0 && g_ascii_isspace (**text))
    {
      (*text)++;
      (*size)--;
    }
  while (*size > 0 && g_ascii_isspace ((*text)[*size - 1]))
    (*size)--;
}

gboolean
sak_card_qr_recognize (const char *text,
                       gsize       size)
{
  trim (&text, &size);
  return size > strlen (BEGINNING) && memcmp (text, BEGINNING, strlen (BEGINNING)) == 0;
}

static gboolean
read_keys (json_t *card,
           Keys   *ret_keys)
{
  const char *age = sak_json_get_text (card, "age");
  const char *sign = sak_json_get_text (card, "sign");
  const char *sig = sak_json_get_text (card, "sig");
  SakAgeRecipient recipient;

  if (age == NULL || sign == NULL || sig == NULL || !sak_age_recipient_from_text (age, &recipient) ||
      !sak_hex_decode (sign, ret_keys->sign, sizeof ret_keys->sign) ||
      !sak_hex_decode (sig, ret_keys->sig, sizeof ret_keys->sig))
    return FALSE;
  memcpy (ret_keys->age, recipient.bytes, sizeof ret_keys->age);
  ret_keys->is_practice = json_is_true (json_object_get (card, "practice"));
  return TRUE;
}

char *
sak_card_qr_from_card (const char  *card,
                       gsize        size,
                       GError     **error)
{
  gsize line = size > 0 && card[size - 1] == '\n' ? size - 1 : size;
  g_autoptr (json_t) object = sak_json_parse_canonical (card, (gssize) line, error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *name = object != NULL ? sak_json_get_text (object, "name") : NULL;
  const char *organisation = object != NULL ? sak_json_get_text (object, "organisation") : NULL;
  GString *text;
  Keys keys;

  if (object == NULL)
    return NULL;
  if (name == NULL || organisation == NULL || !read_keys (object, &keys))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "this is not a contact card");
      return NULL;
    }
  g_byte_array_append (bytes, (const guint8 *) &keys, sizeof keys);
  g_byte_array_append (bytes, (const guint8 *) name, (guint) strlen (name) + 1);
  g_byte_array_append (bytes, (const guint8 *) organisation, (guint) strlen (organisation));
  text = g_string_new (BEGINNING VERSION);
  append_base32 (text, bytes->data, bytes->len);
  return g_string_free (text, FALSE);
}

static char *
make_card (const Keys *keys,
           const char *name,
           const char *organisation)
{
  g_autofree char *age = sak_age_recipient_to_text ((const SakAgeRecipient *) keys->age);
  g_autofree char *sign = sak_hex_encode (keys->sign, sizeof keys->sign);
  g_autofree char *sig = sak_hex_encode (keys->sig, sizeof keys->sig);
  g_autoptr (json_t) card = json_pack ("{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:b}", "type", "sakkhi-card", "v", 1,
                                       "name", name, "organisation", organisation, "age", age, "sign", sign,
                                       "sig", sig, "practice", keys->is_practice);
  g_autofree char *text = card != NULL ? sak_json_to_canonical (card) : NULL;

  return text != NULL ? g_strconcat (text, "\n", NULL) : NULL;
}

/* NULL unless there are keys and exactly two texts. */
static char *
read_bytes (const GByteArray *bytes)
{
  gsize size = bytes->len > sizeof (Keys) ? bytes->len - sizeof (Keys) : 0;
  const char *names = size > 0 ? (const char *) bytes->data + sizeof (Keys) : NULL;
  const char *end = names != NULL ? memchr (names, '\0', size) : NULL;
  g_autofree char *organisation = NULL;
  Keys keys;

  if (end == NULL || memchr (end + 1, '\0', size - (gsize) (end + 1 - names)) != NULL)
    return NULL;
  memcpy (&keys, bytes->data, sizeof keys);
  organisation = g_strndup (end + 1, size - (gsize) (end + 1 - names));
  if (keys.is_practice > 1 || !g_utf8_validate (names, -1, NULL) || !g_utf8_validate (organisation, -1, NULL))
    return NULL;
  return make_card (&keys, names, organisation);
}

char *
sak_card_qr_to_card (const char  *text,
                     gsize        size,
                     GError     **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  char *card;

  trim (&text, &size);
  if (size > SAK_CARD_QR_MAX_SIZE)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "a contact card's code is at most %d characters",
                   SAK_CARD_QR_MAX_SIZE);
      return NULL;
    }
  if (!sak_card_qr_recognize (text, size))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "this is not a contact card");
      return NULL;
    }
  text += strlen (BEGINNING);
  size -= strlen (BEGINNING);
  if (size < strlen (VERSION) || memcmp (text, VERSION, strlen (VERSION)) != 0)
    {
      gboolean is_later = g_ascii_isdigit (text[0]) && text[0] != '0' && g_strstr_len (text, (gssize) size, ":") != NULL
                          && (text[0] != '1' || (size > 1 && g_ascii_isdigit (text[1])));

      g_set_error_literal (error, SAK_ERROR, is_later ? SAK_ERROR_TOO_NEW : SAK_ERROR_INVALID,
                           is_later ? "the contact card is of a later version" : "this is not a contact card");
      return NULL;
    }
  bytes = parse_base32 (text + strlen (VERSION), size - strlen (VERSION));
  card = bytes != NULL ? read_bytes (bytes) : NULL;
  if (card == NULL)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "the contact card lacks something or has too much");
  return card;
}
