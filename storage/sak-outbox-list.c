/* sak-outbox-list.c - bundles that wait in the vault for a carrier, and what became of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The row comes before the file and goes after it: a crash leaves at most a row without a file,
 * which the next opening removes. A file with its name is complete (sync/sak-new-file.h). Only while a backup reads it
 * the file outlives the row: one that nothing knows goes at the next opening, too.
 */
#include "config.h"

#include "storage/sak-outbox-list.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-json.h"
#include "storage/sak-file.h"
#include "storage/sak-vault-private.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID_SIZE 16
#define SUFFIX ".age"
#define MAX_LABEL_CHARS 500
#define REMOVED "outbox-removed"
#define MAX_REMOVED 100

void
sak_outbox_item_free (SakOutboxItem *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->path);
  g_free (self->carrier);
  g_free (self->label);
  g_free (self);
}

static char *
make_path (SakVault   *self,
           const char *id)
{
  g_autofree char *name = g_strconcat (id, SUFFIX, NULL);

  return g_build_filename (self->path, "outbox", name, NULL);
}

char *
sak_vault_make_outbox_path (SakVault *self)
{
  guint8 bytes[ID_SIZE];
  g_autofree char *id = NULL;

  sak_random_bytes (bytes, sizeof bytes);
  id = sak_hex_encode (bytes, sizeof bytes);
  return make_path (self, id);
}

static gboolean
run_alone (SakVault      *self,
           sqlite3_stmt  *statement,
           GError       **error)
{
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_db_run (self->db, statement, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

SakOutboxItem *
sak_vault_reserve_outbox (SakVault    *self,
                          const char  *carrier,
                          const char  *label,
                          GError     **error)
{
  g_autoptr (SakCarrier) way = sak_vault_find_carrier (self, carrier, error);
  g_autofree char *valid = g_utf8_make_valid (label, -1);
  g_autofree char *cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_LABEL_CHARS));
  g_autofree char *id = NULL;
  sak_autostmt statement = NULL;
  guint8 random[ID_SIZE];

  if (way == NULL)
    return NULL;
  sak_random_bytes (random, sizeof random);
  id = sak_hex_encode (random, sizeof random);
  statement = sak_db_prepare (self->db,
                              "INSERT INTO outbox (id, carrier, label, state, is_paused, size, done, reason, tries,"
                              " time, next_try) VALUES (?1, ?2, ?3, 0, 0, 0, 0, 0, 0, ?4, 0)");
  sak_db_bind_text (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, way->row);
  sak_db_bind_text (statement, 3, cut);
  sqlite3_bind_int64 (statement, 4, g_get_real_time () / G_USEC_PER_SEC);
  return run_alone (self, statement, error) ? sak_vault_find_outbox (self, id, error) : NULL;
}

gboolean
sak_vault_complete_outbox (SakVault      *self,
                           const char    *id,
                           guint64        size_bytes,
                           const guint8  *sha256,
                           GError       **error)
{
  sak_autostmt statement = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db, "UPDATE outbox SET state = 1, size = ?2, sha256 = ?3 WHERE id = ?1");
  sak_db_bind_text (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, (gint64) size_bytes);
  if (sha256 != NULL)
    sak_db_bind_blob (statement, 3, sha256, SAK_SHA256_SIZE);
  return run_alone (self, statement, error);
}

static SakOutboxItem *
read_row (SakVault     *self,
          sqlite3_stmt *statement)
{
  SakOutboxItem *item = g_new0 (SakOutboxItem, 1);

  item->id = sak_db_dup_text (statement, 0);
  item->path = make_path (self, item->id);
  item->carrier = sak_db_dup_text (statement, 1);
  item->label = sak_db_dup_text (statement, 2);
  item->state = (SakOutboxState) sqlite3_column_int (statement, 3);
  item->is_paused = sqlite3_column_int (statement, 4) != 0;
  item->size_bytes = (guint64) MAX (sqlite3_column_int64 (statement, 5), 0);
  item->done_bytes = (guint64) MAX (sqlite3_column_int64 (statement, 6), 0);
  item->has_sha256 = sak_db_copy_blob (statement, 7, item->sha256, sizeof item->sha256);
  item->reason = (SakCarryReason) sqlite3_column_int (statement, 8);
  item->n_tries = (guint) MAX (sqlite3_column_int (statement, 9), 0);
  item->time = sqlite3_column_int64 (statement, 10);
  item->next_try = sqlite3_column_int64 (statement, 11);
  return item;
}

GPtrArray *
sak_vault_list_outbox (SakVault  *self,
                       GError   **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_outbox_item_free);
  sak_autostmt statement = NULL;
  gboolean has_row;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db,
                              "SELECT o.id, c.name, o.label, o.state, o.is_paused, o.size, o.done, o.sha256,"
                              " o.reason, o.tries, o.time, o.next_try"
                              " FROM outbox o JOIN carrier c ON c.rowid = o.carrier ORDER BY o.rowid");
  while (sak_db_step (self->db, statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_row (self, statement));
    }
  return NULL;
}

SakOutboxItem *
sak_vault_find_outbox (SakVault    *self,
                       const char  *id,
                       GError     **error)
{
  g_autoptr (GPtrArray) list = sak_vault_list_outbox (self, error);

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((SakOutboxItem *) g_ptr_array_index (list, i))->id, id))
      return g_ptr_array_steal_index (list, i);
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "nothing in the outbox has this id");
  return NULL;
}

gboolean
sak_vault_note_outbox (SakVault             *self,
                       const SakOutboxItem  *item,
                       GError              **error)
{
  sak_autostmt statement = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db,
                              "UPDATE outbox SET state = ?2, is_paused = ?3, done = ?4, reason = ?5, tries = ?6,"
                              " next_try = ?7 WHERE id = ?1");
  sak_db_bind_text (statement, 1, item->id);
  sqlite3_bind_int64 (statement, 2, item->state);
  sqlite3_bind_int64 (statement, 3, item->is_paused);
  sqlite3_bind_int64 (statement, 4, (gint64) item->done_bytes);
  sqlite3_bind_int64 (statement, 5, item->reason);
  sqlite3_bind_int64 (statement, 6, item->n_tries);
  sqlite3_bind_int64 (statement, 7, item->next_try);
  if (!run_alone (self, statement, error))
    return FALSE;
  if (item->state == SAK_OUTBOX_DELIVERED)
    sak_pins_remove (self->pins, item->path);
  return TRUE;
}

static gboolean
remove_row (SakVault    *self,
            const char  *id,
            GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "DELETE FROM outbox WHERE id = ?1");

  sak_db_bind_text (statement, 1, id);
  return run_alone (self, statement, error);
}

/* An array, also where nothing is kept or it cannot be read. */
static json_t *
load_removed (SakVault *self)
{
  g_autoptr (GBytes) stored = sak_vault_get_setting (self, REMOVED, NULL);
  json_t *ids = stored != NULL
                  ? sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), NULL) : NULL;

  if (json_is_array (ids))
    return ids;
  json_decref (ids);
  return json_array ();
}

/* Something of it may be left at its carrier. */
static gboolean
note_removed (SakVault    *self,
              const char  *id,
              GError     **error)
{
  g_autoptr (json_t) ids = load_removed (self);
  g_autofree char *text = NULL;

  json_array_append_new (ids, json_string (id));
  while (json_array_size (ids) > MAX_REMOVED)
    json_array_remove (ids, 0);
  text = sak_json_to_canonical (ids);
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_vault_set_setting (self, REMOVED, text, strlen (text), error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

char **
sak_vault_list_outbox_ids (SakVault  *self,
                           GError   **error)
{
  g_autoptr (GPtrArray) items = sak_vault_list_outbox (self, error);
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_autoptr (json_t) removed = items != NULL ? load_removed (self) : NULL;

  if (items == NULL)
    return NULL;
  for (guint i = 0; i < items->len; i++)
    g_strv_builder_add (all, ((SakOutboxItem *) items->pdata[i])->id);
  for (gsize i = 0; i < json_array_size (removed); i++)
    if (json_is_string (json_array_get (removed, i)))
      g_strv_builder_add (all, json_string_value (json_array_get (removed, i)));
  return g_strv_builder_end (all);
}

gboolean
sak_vault_remove_outbox (SakVault    *self,
                         const char  *id,
                         GError     **error)
{
  g_autoptr (SakOutboxItem) item = sak_vault_find_outbox (self, id, error);

  if (item == NULL)
    return FALSE;
  if (item->state == SAK_OUTBOX_UNDER_WAY)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "it is under way just now");
      return FALSE;
    }
  /* How far it went is not known where the program ended in the midst of it. */
  if (item->state != SAK_OUTBOX_MAKING && item->state != SAK_OUTBOX_DELIVERED && !note_removed (self, id, error))
    return FALSE;
  sak_pins_remove (self->pins, item->path);
  return remove_row (self, id, error);
}

static void
settle (SakVault      *self,
        SakOutboxItem *item)
{
  struct stat status;

  if (item->state == SAK_OUTBOX_UNDER_WAY)
    {
      item->state = SAK_OUTBOX_WAITING;
      item->next_try = 0;
      (void) !sak_vault_note_outbox (self, item, NULL);
    }
  else if (item->state == SAK_OUTBOX_DELIVERED)
    (void) unlink (item->path);
  else if (item->state == SAK_OUTBOX_MAKING && lstat (item->path, &status) == 0 && S_ISREG (status.st_mode))
    (void) !sak_vault_complete_outbox (self, item->id, (guint64) status.st_size, NULL, NULL);
  else if (item->state == SAK_OUTBOX_MAKING)
    (void) !remove_row (self, item->id, NULL);
}

static gboolean
is_of_outbox (const char *name)
{
  return strlen (name) == 2 * ID_SIZE + strlen (SUFFIX) && g_str_has_suffix (name, SUFFIX) &&
         strspn (name, "0123456789abcdef") >= 2 * ID_SIZE;
}

static void
remove_unknown (SakVault  *self,
                GPtrArray *list)
{
  g_autofree char *folder = g_build_filename (self->path, "outbox", NULL);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  const char *name;

  for (guint i = 0; i < list->len; i++)
    g_hash_table_add (known, ((SakOutboxItem *) g_ptr_array_index (list, i))->path);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_of_outbox (name) && !g_hash_table_contains (known, path))
        (void) unlink (path);
    }
}

/* What cannot be settled now is the next time: nothing is lost by it. */
void
sak_vault_settle_outbox (SakVault *self)
{
  g_autoptr (GPtrArray) list = sak_vault_list_outbox (self, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    settle (self, g_ptr_array_index (list, i));
  if (list != NULL)
    remove_unknown (self, list);
}
