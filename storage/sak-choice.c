/* sak-choice.c - what somebody decided about a text that names people, remembered in the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-choice.h"

#include <string.h>

#include "storage/sak-vault-private.h"

static const char *const codes[] = { "none", "withhold", "knowingly" };

gboolean
sak_vault_get_choice (SakVault    *self,
                      const char  *question,
                      SakChoice   *ret_choice,
                      GError     **error)
{
  g_autofree char *name = g_strconcat ("choice-", question, NULL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) stored = sak_vault_get_setting (self, name, &local_error);

  if (stored == NULL && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *ret_choice = SAK_CHOICE_NONE;
  for (int i = SAK_CHOICE_WITHHOLD; stored != NULL && i <= SAK_CHOICE_KNOWINGLY; i++)
    if (g_bytes_get_size (stored) == strlen (codes[i])
        && memcmp (g_bytes_get_data (stored, NULL), codes[i], strlen (codes[i])) == 0)
      *ret_choice = i;
  return TRUE;
}

static gboolean
set_all (SakVault           *self,
         const char *const  *questions,
         SakChoice           choice,
         GError            **error)
{
  for (guint i = 0; questions[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("choice-", questions[i], NULL);

      if (!sak_vault_set_setting (self, name, codes[choice], strlen (codes[choice]), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sak_vault_set_choices (SakVault           *self,
                       const char *const  *questions,
                       const char         *record_id,
                       SakChoice           choice,
                       GError            **error)
{
  const char *what = choice == SAK_CHOICE_KNOWINGLY ? "named-knowingly" : "named-withheld";

  g_return_val_if_fail (choice == SAK_CHOICE_WITHHOLD || choice == SAK_CHOICE_KNOWINGLY, FALSE);

  if (!sak_vault_begin (self, error))
    return FALSE;
  if (set_all (self, questions, choice, error) && sak_vault_log_custody (self, what, record_id, "", error) &&
      sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
