/* sak-fetched.c - what was found at a carrier already, so that nothing is tried twice
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-fetched.h"

#include "storage/sak-vault-private.h"

void
sak_fetched_free (SakFetched *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->stamp);
  g_free (self);
}

gboolean
sak_vault_note_fetched (SakVault          *self,
                        const SakCarrier  *carrier,
                        const SakFetched  *fetched,
                        GError           **error)
{
  sak_autostmt statement = NULL;

  if (!sak_vault_require_unlocked (self, error) || !sak_vault_begin (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db, "INSERT OR REPLACE INTO fetched (carrier, name, stamp, sha256, status, time)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  sqlite3_bind_int64 (statement, 1, carrier->row);
  sak_db_bind_text (statement, 2, fetched->name);
  sak_db_bind_text (statement, 3, fetched->stamp);
  if (fetched->has_sha256)
    sak_db_bind_blob (statement, 4, fetched->sha256, sizeof fetched->sha256);
  sqlite3_bind_int64 (statement, 5, fetched->status);
  sqlite3_bind_int64 (statement, 6, g_get_real_time () / G_USEC_PER_SEC);
  if (sak_db_run (self->db, statement, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

static SakFetched *
read_row (sqlite3_stmt *statement)
{
  SakFetched *self = g_new0 (SakFetched, 1);

  self->name = sak_db_dup_text (statement, 0);
  self->stamp = sak_db_dup_text (statement, 1);
  self->has_sha256 = sak_db_copy_blob (statement, 2, self->sha256, sizeof self->sha256);
  self->status = sqlite3_column_int (statement, 3);
  self->time = sqlite3_column_int64 (statement, 4);
  return self;
}

GHashTable *
sak_vault_list_fetched (SakVault          *self,
                        const SakCarrier  *carrier,
                        GError           **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                        (GDestroyNotify) sak_fetched_free);
  sak_autostmt statement = NULL;
  gboolean has_row;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT name, stamp, sha256, status, time FROM fetched WHERE carrier = ?1");
  sqlite3_bind_int64 (statement, 1, carrier->row);
  while (sak_db_step (self->db, statement, &has_row, error))
    {
      SakFetched *fetched;

      if (!has_row)
        return g_steal_pointer (&table);
      fetched = read_row (statement);
      g_hash_table_insert (table, fetched->name, fetched);
    }
  return NULL;
}

static gboolean
forget (SakVault          *self,
        const SakCarrier  *carrier,
        const char        *name,
        GError           **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "DELETE FROM fetched WHERE carrier = ?1 AND name = ?2");

  sqlite3_bind_int64 (statement, 1, carrier->row);
  sak_db_bind_text (statement, 2, name);
  return sak_db_run (self->db, statement, error);
}

gboolean
sak_vault_forget_fetched (SakVault          *self,
                          const SakCarrier  *carrier,
                          GHashTable        *names,
                          GError           **error)
{
  g_autoptr (GHashTable) noted = sak_vault_list_fetched (self, carrier, error);
  GHashTableIter iter;
  gpointer name;
  gboolean goes_well = TRUE;

  if (noted == NULL || !sak_vault_begin (self, error))
    return FALSE;
  g_hash_table_iter_init (&iter, noted);
  while (goes_well && g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (names, name))
      goes_well = forget (self, carrier, name, error);
  if (goes_well && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

gboolean
sak_vault_has_fetched (SakVault      *self,
                       const guint8   sha256[static 32],
                       gboolean      *ret_has,
                       GError       **error)
{
  sak_autostmt statement = NULL;
  gint64 count;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db, "SELECT count (*) FROM fetched WHERE sha256 = ?1");
  sak_db_bind_blob (statement, 1, sha256, 32);
  if (!sak_db_get_number (self->db, statement, 0, &count, error))
    return FALSE;
  *ret_has = count > 0;
  return TRUE;
}
