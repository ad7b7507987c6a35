/* sak-card.c - contact cards: another vault's name and public keys, signed by itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A card proves only that its maker holds the keys on it. Who that is, people find out by
 * comparing the code. Bytes: sync/FORMAT.md §1 and §2.
 */
#include "config.h"

#include "sync/sak-card.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-json.h"
#include "storage/sak-notice-store.h"
#include "storage/sak-owner.h"
#include "sync/sak-card-qr.h"
#include "sync/sak-code.h"

#define CARD_TYPE "sakkhi-card"
#define CARD_VERSION 1
#define CARD_CONTEXT "sakkhi-card-v1" /* with its zero byte */
#define CODE_CONTEXT "sakkhi-code-v1"
#define N_MEMBERS 8
#define MAX_NAME_CHARS 100

static gboolean
check_name (const char  *name,
            glong        min_chars,
            const char  *what,
            GError     **error)
{
  g_autofree char *normal = NULL;
  glong n_chars;

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s is not text", what);
      return FALSE;
    }
  n_chars = g_utf8_strlen (name, -1);
  normal = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
  if (n_chars < min_chars || n_chars > MAX_NAME_CHARS || g_strcmp0 (name, normal) != 0 ||
      g_str_has_prefix (name, " ") || g_str_has_suffix (name, " "))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                   "%s is too short, too long, or not written in the normal form", what);
      return FALSE;
    }
  if (min_chars > 0 && !sak_contact_is_name_seen (name))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s has nothing to see in it", what);
      return FALSE;
    }
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!sak_contact_is_name_char (g_utf8_get_char (p)))
      {
        g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s has invisible characters", what);
        return FALSE;
      }
  return TRUE;
}

/* What the signature is over: context, zero byte, canonical JSON without "sig". */
static GByteArray *
get_signed_bytes (const json_t *card)
{
  g_autoptr (json_t) unsigned_card = json_copy ((json_t *) card);
  g_autofree char *text = NULL;
  GByteArray *bytes = g_byte_array_new ();

  json_object_del (unsigned_card, "sig");
  text = sak_json_to_canonical (unsigned_card);
  g_byte_array_append (bytes, (const guint8 *) CARD_CONTEXT, sizeof CARD_CONTEXT);
  g_byte_array_append (bytes, (const guint8 *) text, strlen (text));
  return bytes;
}

static gboolean
get_own_keys (SakVault         *vault,
              SakSecret       **ret_seed,
              guint8            signing_key[static SAK_SIGN_PUBLIC_SIZE],
              SakAgeRecipient  *ret_recipient,
              GError          **error)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (vault);

  if (seed == NULL || identity == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_LOCKED, "the vault is locked");
      return FALSE;
    }
  sak_sign_get_public (seed, signing_key);
  sak_x25519_get_public (identity, ret_recipient->bytes);
  if (ret_seed != NULL)
    *ret_seed = g_steal_pointer (&seed);
  return TRUE;
}

static char *
get_code (const guint8           signing_key[static SAK_SIGN_PUBLIC_SIZE],
          const SakAgeRecipient *recipient)
{
  SakSha256 hash;
  guint8 digest[SAK_SHA256_SIZE];

  sak_sha256_init (&hash);
  sak_sha256_update (&hash, CODE_CONTEXT, sizeof CODE_CONTEXT);
  sak_sha256_update (&hash, signing_key, SAK_SIGN_PUBLIC_SIZE);
  sak_sha256_update (&hash, recipient->bytes, sizeof recipient->bytes);
  sak_sha256_finish (&hash, digest);
  return sak_code_from_digest (digest);
}

/**
 * sak_card_export:
 * @organisation: (nullable): that of the vault's owner
 *
 * Returns: the card's text, one line with its end.
 */
char *
sak_card_export (SakVault    *vault,
                 const char  *organisation,
                 GError     **error)
{
  g_autofree char *own = organisation == NULL ? sak_vault_dup_organisation (vault, error) : g_strdup (organisation);
  g_autoptr (SakSecret) seed = NULL;
  g_autoptr (json_t) card = NULL;
  g_autoptr (GByteArray) signed_bytes = NULL;
  g_autofree char *age = NULL;
  g_autofree char *sign = NULL;
  g_autofree char *sig = NULL;
  g_autofree char *text = NULL;
  guint8 signing_key[SAK_SIGN_PUBLIC_SIZE];
  guint8 signature[SAK_SIGN_SIZE];
  SakAgeRecipient recipient;

  if (own == NULL || !get_own_keys (vault, &seed, signing_key, &recipient, error) ||
      !check_name (sak_vault_get_name (vault), 1, "the vault's name", error) ||
      !check_name (own, 0, "the organisation", error))
    return NULL;
  age = sak_age_recipient_to_text (&recipient);
  sign = sak_hex_encode (signing_key, sizeof signing_key);
  card = json_pack ("{s:s, s:i, s:s, s:s, s:s, s:s, s:b}",
                    "type", CARD_TYPE, "v", CARD_VERSION,
                    "name", sak_vault_get_name (vault),
                    "organisation", own,
                    "age", age, "sign", sign, "practice", sak_vault_is_practice (vault));
  signed_bytes = get_signed_bytes (card);
  sak_sign (seed, signed_bytes->data, signed_bytes->len, signature);
  sig = sak_hex_encode (signature, sizeof signature);
  json_object_set_new (card, "sig", json_string (sig));
  text = sak_json_to_canonical (card);
  return g_strconcat (text, "\n", NULL);
}

static json_t *
parse_object (const char  *text,
              gsize        size,
              GError     **error)
{
  g_autoptr (json_t) card = NULL;
  const char *type;

  if (size > SAK_CARD_MAX_SIZE)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "a contact card is at most %d bytes",
                   SAK_CARD_MAX_SIZE);
      return NULL;
    }
  if (size > 0 && text[size - 1] == '\n')
    size--;
  card = sak_json_parse_canonical (text, (gssize) size, error);
  if (card == NULL)
    return NULL;
  type = sak_json_get_text (card, "type");
  if (g_strcmp0 (type, CARD_TYPE) != 0 || !json_is_integer (json_object_get (card, "v")) ||
      json_integer_value (json_object_get (card, "v")) < CARD_VERSION)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is not a contact card");
      return NULL;
    }
  if (json_integer_value (json_object_get (card, "v")) > CARD_VERSION)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW, "the contact card is of a later version");
      return NULL;
    }
  return g_steal_pointer (&card);
}

static gboolean
verify_signature (const json_t  *card,
                  SakContact    *contact,
                  const guint8   signature[static SAK_SIGN_SIZE],
                  GError       **error)
{
  g_autoptr (GByteArray) signed_bytes = get_signed_bytes (card);

  if (sak_sign_verify (contact->signing_key, signed_bytes->data, signed_bytes->len, signature))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_FORGED, "the contact card's signature does not fit");
  return FALSE;
}

static SakContact *
parse_line (const char  *text,
            gsize        size,
            GError     **error)
{
  g_autoptr (json_t) card = parse_object (text, size, error);
  g_autoptr (SakContact) contact = NULL;
  guint8 signature[SAK_SIGN_SIZE];
  const char *name, *organisation, *age, *sign, *sig;

  if (card == NULL)
    return NULL;
  name = sak_json_get_text (card, "name");
  organisation = sak_json_get_text (card, "organisation");
  age = sak_json_get_text (card, "age");
  sign = sak_json_get_text (card, "sign");
  sig = sak_json_get_text (card, "sig");
  contact = g_new0 (SakContact, 1);
  if (json_object_size (card) != N_MEMBERS || age == NULL || sign == NULL || sig == NULL ||
      !json_is_boolean (json_object_get (card, "practice")) ||
      !sak_hex_decode (sign, contact->signing_key, sizeof contact->signing_key) ||
      !sak_hex_decode (sig, signature, sizeof signature) ||
      !sak_age_recipient_from_text (age, &contact->recipient) || !sak_age_recipient_is_usable (&contact->recipient))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                   "the contact card lacks something or has too much");
      return NULL;
    }
  if (!check_name (name, 1, "the card's name", error) ||
      !check_name (organisation, 0, "the card's organisation", error) ||
      !verify_signature (card, contact, signature, error))
    return NULL;
  contact->name = g_strdup (name);
  contact->organisation = g_strdup (organisation);
  contact->trust = SAK_TRUST_SEEN;
  contact->is_practice = json_is_true (json_object_get (card, "practice"));
  contact->added = g_get_real_time () / G_USEC_PER_SEC;
  contact->card = g_strndup (text, size);
  return g_steal_pointer (&contact);
}

/**
 * sak_card_parse:
 * @text: a card's line, or the text of its QR code
 * @size: of @text, which comes from outside and need not end in a zero byte
 *
 * Returns: (transfer full): what the card says, as seen and not compared, with no row yet.
 * FORGED when the signature does not fit, TOO_NEW for a later version.
 */
SakContact *
sak_card_parse (const char  *text,
                gsize        size,
                GError     **error)
{
  g_autofree char *line = NULL;

  if (!sak_card_qr_recognize (text, size))
    return parse_line (text, size, error);
  line = sak_card_qr_to_card (text, size, error);
  return line != NULL ? parse_line (line, strlen (line), error) : NULL;
}

/* A contact with the same keys takes the place of what the card says. */
static gboolean
compare_with_known (SakVault         *vault,
                    SakContact      **contact,
                    SakCardStanding  *ret_standing,
                    GError          **error)
{
  g_autoptr (GPtrArray) known = sak_vault_list_contacts (vault, error);
  g_autofree char *same = NULL;

  if (known == NULL)
    return FALSE;
  *ret_standing = SAK_CARD_NEW;
  for (guint i = 0; i < known->len && same == NULL; i++)
    {
      SakContact *other = g_ptr_array_index (known, i);
      gboolean same_signing = memcmp (other->signing_key, (*contact)->signing_key,
                                      sizeof other->signing_key) == 0;
      gboolean same_age = memcmp (&other->recipient, &(*contact)->recipient,
                                  sizeof other->recipient) == 0;

      if (same_signing && same_age)
        same = g_strdup (other->name);
      else if (same_signing || same_age || g_str_equal (other->name, (*contact)->name))
        *ret_standing = SAK_CARD_OTHER_KEY;
      if (*ret_standing == SAK_CARD_OTHER_KEY)
        return TRUE;
    }
  if (same == NULL)
    return TRUE;
  *ret_standing = SAK_CARD_KNOWN;
  sak_contact_free (*contact);
  *contact = sak_vault_find_contact (vault, same, error);
  return *contact != NULL;
}

/* A key that a notice revoked before its card came is revoked from the start. */
static SakContact *
add_card (SakVault    *vault,
          SakContact  *contact,
          GError     **error)
{
  g_autoptr (SakContactNote) note = sak_vault_load_contact_note (vault, contact->signing_key, error);

  if (note == NULL)
    return NULL;
  if (note->revoked_by != NULL)
    contact->trust = SAK_TRUST_REVOKED;
  if (!sak_vault_add_contact (vault, contact, error))
    return NULL;
  return sak_vault_find_contact (vault, contact->name, error);
}

/**
 * sak_card_look:
 *
 * Returns: (transfer full): what importing the card would be about, without doing it: a contact that is already here
 * as it stands, else what the card says.
 */
SakContact *
sak_card_look (SakVault         *vault,
               const char       *text,
               gsize             size,
               SakCardStanding  *ret_standing,
               GError          **error)
{
  g_autoptr (SakContact) contact = sak_card_parse (text, size, error);
  SakAgeRecipient own_recipient;
  guint8 own_key[SAK_SIGN_PUBLIC_SIZE];

  if (contact == NULL || !get_own_keys (vault, NULL, own_key, &own_recipient, error))
    return NULL;
  if (memcmp (own_key, contact->signing_key, sizeof own_key) == 0)
    *ret_standing = SAK_CARD_OWN;
  else if (contact->is_practice != !!sak_vault_is_practice (vault))
    *ret_standing = SAK_CARD_OTHER_KIND;
  else if (!compare_with_known (vault, &contact, ret_standing, error))
    return NULL;
  return g_steal_pointer (&contact);
}

/**
 * sak_card_import:
 *
 * Returns: (transfer full): the contact as it stands in the vault; one that is already
 * here keeps its name and its trust, a revoked one stays revoked.
 */
SakContact *
sak_card_import (SakVault    *vault,
                 const char  *text,
                 gsize        size,
                 GError     **error)
{
  SakCardStanding standing = SAK_CARD_NEW;
  g_autoptr (SakContact) contact = sak_card_look (vault, text, size, &standing, error);

  if (contact == NULL)
    return NULL;
  switch (standing)
    {
    case SAK_CARD_KNOWN:
      return g_steal_pointer (&contact);
    case SAK_CARD_OWN:
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is this vault's own card");
      return NULL;
    case SAK_CARD_OTHER_KIND:
      g_set_error (error, SAK_ERROR, SAK_ERROR_PRACTICE,
                   "a practice vault and a real one do not exchange");
      return NULL;
    case SAK_CARD_OTHER_KEY:
      g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT,
                   "a contact of this name or key is here with other keys");
      return NULL;
    case SAK_CARD_NEW:
    default:
      return add_card (vault, contact, error);
    }
}

char *
sak_card_get_own_code (SakVault  *vault,
                       GError   **error)
{
  guint8 signing_key[SAK_SIGN_PUBLIC_SIZE];
  SakAgeRecipient recipient;

  if (!get_own_keys (vault, NULL, signing_key, &recipient, error))
    return NULL;
  return get_code (signing_key, &recipient);
}

char *
sak_card_get_code (const SakContact *contact)
{
  return get_code (contact->signing_key, &contact->recipient);
}
