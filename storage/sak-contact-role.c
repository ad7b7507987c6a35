/* sak-contact-role.c - what a contact is to the network: its secretariat, lawyers, journalists
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Consent is given for recipients; this says which of them a contact is. It is this vault's
 * own view, so it is not in the card.
 */
#include "config.h"

#include "storage/sak-contact.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-consent.h"
#include "storage/sak-vault-private.h"

static char *
make_name (const SakContact *contact)
{
  g_autofree char *key = sak_hex_encode (contact->signing_key, sizeof contact->signing_key);

  return g_strconcat ("contact-role-", key, NULL);
}

/**
 * sak_vault_dup_contact_role:
 *
 * Returns: (transfer full): a recipient of sak-consent.h; the secretariat where nobody said otherwise
 */
char *
sak_vault_dup_contact_role (SakVault          *self,
                            const SakContact  *contact,
                            GError           **error)
{
  g_autofree char *name = make_name (contact);
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  stored = sak_vault_get_setting (self, name, &local_error);
  if (stored != NULL)
    return g_strndup (g_bytes_get_data (stored, NULL), g_bytes_get_size (stored));
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return g_strdup (SAK_CONSENT_SECRETARIAT);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Whether a contact can be this @recipient of a consent: nobody is the public or anyone. */
gboolean
sak_contact_can_be (const char *recipient)
{
  return sak_consent_is_recipient (recipient) && !g_str_has_prefix (recipient, SAK_CONSENT_KEY_PREFIX)
         && !g_str_equal (recipient, SAK_CONSENT_ANYONE) && !g_str_equal (recipient, SAK_CONSENT_PUBLIC);
}

/**
 * sak_vault_set_contact_role:
 *
 * Errors: INVALID where a contact cannot be that.
 */
gboolean
sak_vault_set_contact_role (SakVault    *self,
                            const char  *name,
                            const char  *role,
                            GError     **error)
{
  g_autoptr (SakContact) contact = NULL;
  g_autofree char *setting = NULL;

  if (!sak_contact_can_be (role))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a contact cannot be that to the network");
      return FALSE;
    }
  if (!sak_vault_begin (self, error))
    return FALSE;
  contact = sak_vault_find_contact (self, name, error);
  setting = contact != NULL ? make_name (contact) : NULL;
  if (setting != NULL && sak_vault_set_setting (self, setting, role, strlen (role), error) &&
      sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
