/* sak-network-due.c - records of the network in a vault from before they were known as such
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An older program took them for cases of a kind that it did not know: listed, searched, arrived. At the first opening
 * they become what they are.
 */
#include "config.h"

#include "storage/sak-links-private.h"
#include "storage/sak-network-private.h"
#include "storage/sak-search-private.h"

#include <string.h>

/* Set by the step of the schema, in a vault that has any. */
#define DUE "network-due"

/* What lists and the desk have of cases. */
static gboolean
forget_case (SakVault            *vault,
             const SakRecordKey  *key,
             GError             **error)
{
  static const char *const statements[] = {
    "DELETE FROM seen WHERE record = ?1",
    "DELETE FROM arrival WHERE record = ?1",
    "DELETE FROM media_use WHERE record = ?1",
    "UPDATE record SET title = '', date = '', latest_day = NULL, place = '', n_media = 0 WHERE rowid = ?1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!sak_db_run_for_row (vault->db, statements[i], key->rowid, error))
      return FALSE;
  return sak_links_remove (vault, key, error) && sak_search_remove (vault, key->rowid, error);
}

static gboolean
derive_one (SakVault      *vault,
            const guint8   id[static SAK_UUID_SIZE],
            GError       **error)
{
  g_autofree char *text = sak_uuid_from_bytes (id);
  g_auto (SakRecordKey) key = { 0 };

  return sak_record_find (vault, text, &key, error) && forget_case (vault, &key, error) &&
         sak_network_update (vault, &key, error);
}

static gboolean
derive_all (SakVault  *vault,
            GError   **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT id FROM record WHERE kind IN " SAK_SQL_NETWORK_KINDS);
  g_autoptr (GByteArray) ids = g_byte_array_new ();
  gboolean has_row = TRUE;

  while (has_row)
    {
      guint8 id[SAK_UUID_SIZE];

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return FALSE;
      if (has_row && sak_db_copy_blob (statement, 0, id, sizeof id))
        g_byte_array_append (ids, id, sizeof id);
    }
  for (guint i = 0; i < ids->len; i += SAK_UUID_SIZE)
    {
      g_autoptr (GError) local_error = NULL;

      if (derive_one (vault, ids->data + i, &local_error) ||
          g_error_matches (local_error, SAK_ERROR, SAK_ERROR_DAMAGED) ||
          g_error_matches (local_error, SAK_ERROR, SAK_ERROR_INVALID))
        continue;               /* the check tells of one that cannot be read */
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

gboolean
sak_network_catch_up (SakVault  *vault,
                      GError   **error)
{
  g_autoptr (GBytes) due = sak_vault_get_setting (vault, DUE, NULL);

  if (due == NULL)
    return TRUE;
  if (!sak_vault_begin (vault, error))
    return FALSE;
  if (derive_all (vault, error) && sak_vault_remove_setting (vault, DUE, error) && sak_vault_commit (vault, error))
    return TRUE;
  sak_vault_rollback (vault);
  return FALSE;
}
