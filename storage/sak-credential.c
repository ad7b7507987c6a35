/* sak-credential.c - what somebody knows or has that may open a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-credential.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-key-file.h"
#include "crypto/sak-slip39.h"
#include "storage/sak-slot.h"

#include <string.h>

#define MAX_PASSPHRASE_SIZE 10240

struct _SakCredential
{
  gatomicrefcount ref_count;
  SakSlotType type;
  SakSecret *key;               /* random enough to need no Argon2; NULL for a passphrase alone */
  SakSecret *passphrase;        /* in Unicode form C; NULL where there is none */
};

G_DEFINE_BOXED_TYPE (SakCredential, sak_credential, sak_credential_ref, sak_credential_unref)

SakCredential *
sak_credential_new (SakSlotType  type,
                    SakSecret   *key,
                    SakSecret   *passphrase)
{
  SakCredential *self = g_new0 (SakCredential, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->type = type;
  self->key = key != NULL ? sak_secret_ref (key) : NULL;
  self->passphrase = passphrase != NULL ? sak_secret_ref (passphrase) : NULL;
  return self;
}

SakCredential *
sak_credential_ref (SakCredential *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sak_credential_unref (SakCredential *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->key, sak_secret_unref);
  g_clear_pointer (&self->passphrase, sak_secret_unref);
  g_free (self);
}

SakSlotType
sak_credential_get_slot_type (SakCredential *self)
{
  return self->type;
}

SakSecret *
sak_credential_get_key (SakCredential *self)
{
  return self->key;
}

SakSecret *
sak_credential_get_passphrase (SakCredential *self)
{
  return self->passphrase;
}

SakSecret *
sak_passphrase_normalise (SakSecret  *typed,
                          GError    **error)
{
  gsize size = sak_secret_get_size (typed);
  const char *bytes = (const char *) sak_secret_get_bytes (typed);
  SakSecret *normal;
  char *text;

  if (size == 0 || size > MAX_PASSPHRASE_SIZE || memchr (bytes, '\0', size) != NULL ||
      !g_utf8_validate (bytes, size, NULL))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                   "a passphrase is 1 to %d bytes of UTF-8 text", MAX_PASSPHRASE_SIZE);
      return NULL;
    }
  text = g_utf8_normalize (bytes, size, G_NORMALIZE_NFC);
  normal = sak_secret_new_copy (text, strlen (text));
  sak_wipe (text, strlen (text));
  g_free (text);
  return normal;
}

/* Returns: (transfer full): INVALID where @typed is no text at all or over 10 KiB. */
SakCredential *
sak_credential_new_passphrase (SakSecret  *typed,
                               GError    **error)
{
  g_autoptr (SakSecret) passphrase = sak_passphrase_normalise (typed, error);

  return passphrase != NULL ? sak_credential_new (SAK_SLOT_PASSPHRASE, NULL, passphrase) : NULL;
}

/**
 * sak_credential_new_recovery_code:
 * @ret_mistake: (out) (optional): which group, with INVALID
 */
SakCredential *
sak_credential_new_recovery_code (SakSecret         *typed,
                                  SakTypingMistake  *ret_mistake,
                                  GError           **error)
{
  g_autoptr (SakSecret) key = sak_recovery_code_parse (typed, ret_mistake, error);

  return key != NULL ? sak_credential_new (SAK_SLOT_RECOVERY_CODE, key, NULL) : NULL;
}

/* Well-made shares, but never a vault's: combining them could take as long as they say. */
static gboolean
are_of_some_vault (GPtrArray  *shares,
                   GError    **error)
{
  for (guint i = 0; i < shares->len; i++)
    {
      const SakSlip39Share *share = g_ptr_array_index (shares, i);

      if (share->exponent != 0 || sak_secret_get_size (share->value) != SAK_SHARES_KEY_SIZE)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_PASSPHRASE, "share %u was not made for a vault", i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * sak_credential_new_shares:
 * @ret_mistake: (out) (optional): which share and word, with INVALID; what is missing
 *   where they are too few
 */
SakCredential *
sak_credential_new_shares (GPtrArray         *typed,
                           SakTypingMistake  *ret_mistake,
                           GError           **error)
{
  g_autoptr (GPtrArray) shares = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_slip39_share_free);
  g_autoptr (SakSecret) key = NULL;

  for (guint i = 0; i < typed->len; i++)
    {
      SakSlip39Share *share = sak_slip39_share_parse (g_ptr_array_index (typed, i), i + 1, ret_mistake, error);

      if (share == NULL)
        return NULL;
      g_ptr_array_add (shares, share);
    }
  if (!are_of_some_vault (shares, error))
    return NULL;
  key = sak_slip39_combine (shares, "", ret_mistake, error);
  return key != NULL ? sak_credential_new (SAK_SLOT_SHARES, key, NULL) : NULL;
}

/**
 * sak_credential_new_key_file:
 * @file: the file's bytes
 * @typed_passphrase: (nullable): for a slot that wants both
 */
SakCredential *
sak_credential_new_key_file (SakSecret  *file,
                             SakSecret  *typed_passphrase,
                             GError    **error)
{
  g_autoptr (SakSecret) key = sak_key_file_parse (file, error);
  g_autoptr (SakSecret) passphrase = NULL;

  if (key == NULL)
    return NULL;
  if (typed_passphrase == NULL)
    return sak_credential_new (SAK_SLOT_KEY_FILE, key, NULL);
  passphrase = sak_passphrase_normalise (typed_passphrase, error);
  return passphrase != NULL ? sak_credential_new (SAK_SLOT_KEY_FILE_AND_PASSPHRASE, key, passphrase) : NULL;
}
