/* sak-last-backup.c - when the vault was last backed up, and what changed since
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-last-backup.h"

#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-json.h"
#include "storage/sak-vault-private.h"

#include <string.h>

#define SETTING "last-backup"

static gint64
get_number (const json_t *object,
            const char   *name)
{
  return MAX (json_integer_value (json_object_get (object, name)), 0);
}

static gboolean
load (SakVault         *self,
      SakLastBackup    *ret_last,
      SakSnapshotMark  *ret_mark,
      GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) stored = sak_vault_get_setting (self, SETTING, &local_error);
  g_autoptr (json_t) note = NULL;

  if (stored == NULL && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (stored == NULL)
    return TRUE;
  note = sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), error);
  if (note == NULL)
    return FALSE;
  ret_last->time = get_number (note, "time");
  ret_last->size_bytes = (guint64) get_number (note, "size");
  ret_mark->n_custody = get_number (note, "custody");
  ret_mark->last_revision = get_number (note, "revision");
  return TRUE;
}

/* What was only looked at or copied out changed nothing, nor did the backup that was noted. */
static gboolean
count_steps (SakVault  *self,
             gint64     after,
             gint64    *ret_count,
             GError   **error)
{
  sak_autostmt statement = sak_db_prepare (self->db,
                                           "SELECT count (*) FROM custody WHERE number > ?1"
                                           " AND entry NOT LIKE '%\"what\":\"checked\"%'"
                                           " AND entry NOT LIKE '%\"what\":\"exported\"%'"
                                           " AND entry NOT LIKE '%\"what\":\"sheet-made\"%'"
                                           " AND entry NOT LIKE '%\"what\":\"printed\"%'"
                                           " AND entry NOT LIKE '%\"what\":\"not-printed\"%'"
                                           " AND entry NOT LIKE '%\"what\":\"backed-up\"%'");

  sqlite3_bind_int64 (statement, 1, after);
  return sak_db_get_number (self->db, statement, 0, ret_count, error);
}

gboolean
sak_vault_get_last_backup (SakVault       *self,
                           SakLastBackup  *ret_last,
                           GError        **error)
{
  SakLastBackup last = { 0 };
  SakSnapshotMark mark = { 0 };
  gint64 n_steps, last_revision;

  if (!sak_vault_require_unlocked (self, error) || !load (self, &last, &mark, error) ||
      !count_steps (self, mark.n_custody, &n_steps, error) ||
      !sak_db_get_number (self->db, sak_db_prepare (self->db, "SELECT coalesce (max (rowid), 0) FROM revision"),
                          0, &last_revision, error))
    return FALSE;
  last.n_changes = (guint64) n_steps;
  last.n_revisions = (guint64) MAX (last_revision - mark.last_revision, 0);
  *ret_last = last;
  return TRUE;
}

static gboolean
store (SakVault               *self,
       const SakSnapshotMark  *mark,
       guint64                 size_bytes,
       GError                **error)
{
  g_autoptr (json_t) note = json_pack ("{s:I, s:I, s:I, s:I}", "time", (json_int_t) mark->time,
                                       "size", (json_int_t) size_bytes, "custody", (json_int_t) mark->n_custody,
                                       "revision", (json_int_t) mark->last_revision);
  g_autofree char *text = sak_json_to_canonical (note);

  return sak_vault_set_setting (self, SETTING, text, strlen (text), error);
}

gboolean
sak_vault_note_backup (SakVault               *self,
                       const SakSnapshotMark  *mark,
                       guint64                 size_bytes,
                       const guint8            digest[static SAK_SHA256_SIZE],
                       GError                **error)
{
  g_autofree char *subject = sak_hex_encode (digest, SAK_SHA256_SIZE);

  if (!sak_vault_begin (self, error))
    return FALSE;
  if (store (self, mark, size_bytes, error) &&
      sak_vault_log_custody (self, "backed-up", subject, self->name, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
