/* sak-carrier-list.c - the ways by which this vault's bundles travel
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-carrier-list.h"

#include "storage/sak-contact.h"
#include "storage/sak-vault-private.h"

#include <string.h>

#define MAX_NAME_CHARS 100
#define COLUMNS "rowid, name, kind, address, user, password, proxy, pin, part_bytes, flags"

SakCarrier *
sak_carrier_new (const char     *name,
                 SakCarrierKind  kind,
                 const char     *address)
{
  SakCarrier *self = g_new0 (SakCarrier, 1);

  self->name = g_strdup (name);
  self->kind = kind;
  self->address = g_strdup (address);
  self->user = g_strdup ("");
  self->proxy = g_strdup ("");
  self->pin = g_strdup ("");
  return self;
}

SakCarrier *
sak_carrier_copy (const SakCarrier *self)
{
  SakCarrier *copy = g_new0 (SakCarrier, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->address = g_strdup (self->address);
  copy->user = g_strdup (self->user);
  copy->proxy = g_strdup (self->proxy);
  copy->pin = g_strdup (self->pin);
  copy->password = self->password != NULL ? sak_secret_ref (self->password) : NULL;
  return copy;
}

void
sak_carrier_free (SakCarrier *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->password, sak_secret_unref);
  g_free (self->name);
  g_free (self->address);
  g_free (self->user);
  g_free (self->proxy);
  g_free (self->pin);
  g_free (self);
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  gboolean is_clean = *name != '\0' && g_utf8_validate (name, -1, NULL) && g_utf8_strlen (name, -1) <= MAX_NAME_CHARS;

  for (const char *at = name; is_clean && *at != '\0'; at = g_utf8_next_char (at))
    is_clean = sak_contact_is_name_char (g_utf8_get_char (at));
  if (!is_clean)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name is not one clean line of 1 to %d characters",
                 MAX_NAME_CHARS);
  return is_clean;
}

static void
bind (sqlite3_stmt     *statement,
      const SakCarrier *carrier)
{
  gsize size = carrier->password != NULL ? sak_secret_get_size (carrier->password) : 0;

  sak_db_bind_text (statement, 1, carrier->name);
  sqlite3_bind_int64 (statement, 2, carrier->kind);
  sak_db_bind_text (statement, 3, carrier->address);
  sak_db_bind_text (statement, 4, carrier->user);
  sak_db_bind_blob (statement, 5, size > 0 ? (const void *) sak_secret_get_bytes (carrier->password) : "", size);
  sak_db_bind_text (statement, 6, carrier->proxy);
  sak_db_bind_text (statement, 7, carrier->pin);
  sqlite3_bind_int64 (statement, 8, (gint64) MIN (carrier->part_bytes, (guint64) G_MAXINT64));
  sqlite3_bind_int64 (statement, 9, carrier->flags);
}

static gboolean
run_alone (SakVault         *self,
           const char       *sql,
           const SakCarrier *carrier,
           GError          **error)
{
  sqlite3_stmt *statement;

  if (!sak_vault_begin (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db, sql);
  bind (statement, carrier);
  if (sak_db_run (self->db, statement, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

gboolean
sak_vault_add_carrier (SakVault         *self,
                       const SakCarrier *carrier,
                       GError          **error)
{
  g_autoptr (SakCarrier) same = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!sak_vault_require_unlocked (self, error) || !check_name (carrier->name, error))
    return FALSE;
  same = sak_vault_find_carrier (self, carrier->name, &local_error);
  if (same != NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "there is a carrier of this name");
      return FALSE;
    }
  if (!g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return run_alone (self, "INSERT INTO carrier (name, kind, address, user, password, proxy, pin, part_bytes, flags)"
                    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", carrier, error);
}

gboolean
sak_vault_change_carrier (SakVault         *self,
                          const SakCarrier *carrier,
                          GError          **error)
{
  g_autoptr (SakCarrier) stored = sak_vault_find_carrier (self, carrier->name, error);

  return stored != NULL &&
         run_alone (self, "UPDATE carrier SET address = ?3, user = ?4, password = ?5, proxy = ?6, pin = ?7,"
                    " part_bytes = ?8, flags = ?9 WHERE name = ?1 AND kind = ?2", carrier, error);
}

static SakCarrier *
read_row (sqlite3_stmt *statement)
{
  SakCarrier *self = g_new0 (SakCarrier, 1);
  const void *password;
  gsize size;

  self->row = sqlite3_column_int64 (statement, 0);
  self->name = sak_db_dup_text (statement, 1);
  self->kind = (SakCarrierKind) sqlite3_column_int (statement, 2);
  self->address = sak_db_dup_text (statement, 3);
  self->user = sak_db_dup_text (statement, 4);
  password = sak_db_get_bytes (statement, 5, &size);
  if (size > 0)
    self->password = sak_secret_new_copy (password, size);
  self->proxy = sak_db_dup_text (statement, 6);
  self->pin = sak_db_dup_text (statement, 7);
  self->part_bytes = (guint64) MAX (sqlite3_column_int64 (statement, 8), 0);
  self->flags = (SakCarrierFlags) sqlite3_column_int (statement, 9);
  return self;
}

GPtrArray *
sak_vault_list_carriers (SakVault  *self,
                         GError   **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_carrier_free);
  sak_autostmt statement = NULL;
  gboolean has_row;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT " COLUMNS " FROM carrier ORDER BY name");
  while (sak_db_step (self->db, statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_row (statement));
    }
  return NULL;
}

SakCarrier *
sak_vault_find_carrier (SakVault    *self,
                        const char  *name,
                        GError     **error)
{
  g_autoptr (GPtrArray) list = sak_vault_list_carriers (self, error);

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((SakCarrier *) g_ptr_array_index (list, i))->name, name))
      return g_ptr_array_steal_index (list, i);
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no carrier of this name");
  return NULL;
}

static gboolean
remove_rows (SakVault  *self,
             gint64     row,
             GError   **error)
{
  return sak_db_run_for_row (self->db, "DELETE FROM fetched WHERE carrier = ?1", row, error) &&
         sak_db_run_for_row (self->db, "DELETE FROM outbox WHERE carrier = ?1", row, error) &&
         sak_db_run_for_row (self->db, "DELETE FROM carrier WHERE rowid = ?1", row, error);
}

/* Rows of what was delivered go with it: their files went when they were. */
gboolean
sak_vault_remove_carrier (SakVault    *self,
                          const char  *name,
                          GError     **error)
{
  g_autoptr (SakCarrier) carrier = sak_vault_find_carrier (self, name, error);
  sak_autostmt statement = NULL;
  gint64 n_open;

  if (carrier == NULL)
    return FALSE;
  statement = sak_db_prepare (self->db, "SELECT count (*) FROM outbox WHERE carrier = ?1 AND state <> 3");
  sqlite3_bind_int64 (statement, 1, carrier->row);
  if (!sak_db_get_number (self->db, statement, 0, &n_open, error))
    return FALSE;
  if (n_open > 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "bundles in the outbox are to go by this carrier");
      return FALSE;
    }
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (remove_rows (self, carrier->row, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
