/* sak-age-keys.c - age keys as text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-age.h"
#include "crypto/sak-bech32.h"

#include <sodium.h>
#include <string.h>

#define RECIPIENT_PREFIX "age"
#define IDENTITY_PREFIX "AGE-SECRET-KEY-"

/* Returns: "age1…", 62 characters. */
char *
sak_age_recipient_to_text (const SakAgeRecipient *self)
{
  gsize length = SAK_BECH32_LENGTH (strlen (RECIPIENT_PREFIX), SAK_AGE_KEY_SIZE);
  char *text = g_malloc (length + 1);

  sak_bech32_encode (RECIPIENT_PREFIX, self->bytes, SAK_AGE_KEY_SIZE, text);
  text[length] = '\0';
  return text;
}

/* Strict: lower case, nothing before or after. @ret_recipient is untouched on failure. */
gboolean
sak_age_recipient_from_text (const char      *text,
                             SakAgeRecipient *ret_recipient)
{
  SakAgeRecipient recipient;

  if (!sak_bech32_decode (RECIPIENT_PREFIX, text, recipient.bytes, SAK_AGE_KEY_SIZE))
    return FALSE;
  *ret_recipient = recipient;
  return TRUE;
}

/* Any secret gives a shared one of zeros with a point of small order: nobody can be encrypted to it. */
gboolean
sak_age_recipient_is_usable (const SakAgeRecipient *self)
{
  guint8 secret[crypto_scalarmult_SCALARBYTES] = { 8 };
  guint8 shared[crypto_scalarmult_BYTES];

  return crypto_scalarmult (shared, secret, self->bytes) == 0;
}

/**
 * sak_age_identity_to_text:
 * @identity: %SAK_AGE_KEY_SIZE bytes
 *
 * Returns: "AGE-SECRET-KEY-1…" as the 74 bytes of a secret, without a terminating zero.
 */
SakSecret *
sak_age_identity_to_text (SakSecret *identity)
{
  SakSecret *text = sak_secret_new (SAK_BECH32_LENGTH (strlen (IDENTITY_PREFIX), SAK_AGE_KEY_SIZE));

  g_assert (sak_secret_get_size (identity) == SAK_AGE_KEY_SIZE);
  sak_bech32_encode (IDENTITY_PREFIX, sak_secret_get_bytes (identity), SAK_AGE_KEY_SIZE,
                     (char *) sak_secret_get_bytes (text));
  return text;
}

/* Returns: (nullable): NULL when @text is anything but one identity, in upper case. */
SakSecret *
sak_age_identity_from_text (const char *text)
{
  g_autoptr (SakSecret) identity = sak_secret_new (SAK_AGE_KEY_SIZE);

  if (!sak_bech32_decode (IDENTITY_PREFIX, text, sak_secret_get_bytes (identity), SAK_AGE_KEY_SIZE))
    return NULL;
  return g_steal_pointer (&identity);
}
