/* sak-left-out.c - files that were given to a record, and not taken in before the vault was locked
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Their names are texts of a case, so they wait in the vault until somebody can be told of them.
 */
#include "config.h"

#include "storage/sak-left-out.h"

#include <string.h>

#include "storage/sak-pieces.h"

#define KIND "left-out"
#define NAME "files"

/* A list that damage took a part of is none: nothing but a notice is lost. */
json_t *
sak_vault_list_left_out (SakVault  *self,
                         GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) stored = NULL;
  g_autoptr (json_t) list = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  stored = sak_pieces_load (self, KIND, NAME, &local_error);
  if (stored != NULL)
    list = sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), NULL);
  else if (!g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND)
           && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return json_is_array (list) ? g_steal_pointer (&list) : json_array ();
}

static json_t *
make_entry (const char        *record_id,
            const char *const *names)
{
  json_t *entry = json_object ();
  json_t *list = json_array ();

  for (gsize i = 0; names[i] != NULL; i++)
    json_array_append_new (list, json_string (names[i]));
  json_object_set_new (entry, "names", list);
  if (record_id != NULL)
    json_object_set_new (entry, "record", json_string (record_id));
  return entry;
}

gboolean
sak_vault_note_left_out (SakVault           *self,
                         const char         *record_id,
                         const char *const  *names,
                         GError            **error)
{
  g_autoptr (json_t) list = sak_vault_list_left_out (self, error);
  g_autofree char *text = NULL;

  if (list == NULL)
    return FALSE;
  json_array_append_new (list, make_entry (record_id, names));
  text = sak_json_to_canonical (list);
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_pieces_store (self, KIND, NAME, text, strlen (text), error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

gboolean
sak_vault_forget_left_out (SakVault  *self,
                           GError   **error)
{
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_pieces_remove (self, KIND, NAME, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
