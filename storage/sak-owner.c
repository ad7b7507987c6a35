/* sak-owner.c - what a vault's owner says of themselves beside the vault's name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-owner.h"

#include <string.h>

#include "storage/sak-vault-private.h"

#define SETTING "organisation"

char *
sak_vault_dup_organisation (SakVault  *self,
                            GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) stored = NULL;
  const char *text;
  gsize size;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  stored = sak_vault_get_setting (self, SETTING, &local_error);
  if (stored == NULL && g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return g_strdup ("");
  if (stored == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  text = g_bytes_get_data (stored, &size);
  return g_strndup (text != NULL ? text : "", size);
}

/* Spaces around it go, and it is stored in NFC. */
gboolean
sak_vault_set_organisation (SakVault    *self,
                            const char  *organisation,
                            GError     **error)
{
  g_autofree char *normal = g_utf8_normalize (organisation, -1, G_NORMALIZE_NFC);

  if (normal == NULL || g_utf8_strlen (g_strstrip (normal), -1) > SAK_ORGANISATION_MAX_LENGTH)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the organisation is no text, or too long");
      return FALSE;
    }
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_vault_set_setting (self, SETTING, normal, strlen (normal), error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
