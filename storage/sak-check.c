/* sak-check.c - is everything in the vault still what was put there?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-check.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "storage/sak-record-private.h"

#include <string.h>

#define BLOCK_SIZE (256 * 1024)
#define PROGRESS_INTERVAL_US 50000

typedef struct
{
  SakVault *vault;
  SakCheckReport *report;
  SakFreshness freshness;
  GHashTable *objects;          /* set of object names that rows know */
  SakProgressFunc progress;
  gpointer progress_data;
  guint64 done_bytes;
  guint64 total_bytes;
  gint64 next_report;
  GCancellable *cancellable;
} Check;

static void
free_damage (gpointer data)
{
  SakDamage *damage = data;

  g_free (damage->record_id);
  g_free (damage->detail);
  g_free (damage);
}

void
sak_check_report_free (SakCheckReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->damages);
  g_free (self);
}

static void
add_damage (Check         *check,
            SakDamageKind  kind,
            const char    *record_id,
            const char    *detail)
{
  SakDamage *damage = g_new0 (SakDamage, 1);

  damage->kind = kind;
  damage->record_id = g_strdup (record_id);
  damage->detail = g_strdup (detail);
  g_ptr_array_add (check->report->damages, damage);
}

static gboolean
advance (Check    *check,
         guint64   n_bytes,
         GError  **error)
{
  check->done_bytes += n_bytes;
  if (check->progress != NULL && g_get_monotonic_time () >= check->next_report)
    {
      check->progress (check->done_bytes, check->total_bytes, check->progress_data);
      check->next_report = g_get_monotonic_time () + PROGRESS_INTERVAL_US;
    }
  return !g_cancellable_set_error_if_cancelled (check->cancellable, error);
}

/* A page that fails its authentication is a finding, not the end of the check. */
static gboolean
is_damage_found (Check       *check,
                 GError     **local_error,
                 const char  *where,
                 GError     **error)
{
  if (g_error_matches (*local_error, SAK_ERROR, SAK_ERROR_DAMAGED))
    {
      add_damage (check, SAK_DAMAGE_DATABASE, NULL, where);
      g_clear_error (local_error);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (local_error));
  return FALSE;
}

static gboolean
check_database (Check    *check,
                GError  **error)
{
  sak_autostmt statement = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean has_row = FALSE;
  gint64 n_pages = 0;

  if (!sak_db_get_number (check->vault->db, sak_db_prepare (check->vault->db, "PRAGMA page_count"), 0,
                          &n_pages, &local_error))
    return is_damage_found (check, &local_error, "page count", error);
  check->report->n_pages = (guint64) n_pages;
  statement = sak_db_prepare (check->vault->db, "PRAGMA integrity_check(20)");
  for (;;)
    {
      const char *line;

      if (!sak_db_step (check->vault->db, statement, &has_row, &local_error))
        return is_damage_found (check, &local_error, "integrity check", error);
      if (!has_row)
        return TRUE;
      line = (const char *) sqlite3_column_text (statement, 0);
      /* The line names pages and tables, never values. */
      if (g_strcmp0 (line, "ok") != 0)
        add_damage (check, SAK_DAMAGE_DATABASE, NULL, line);
    }
}

static void
check_one_revision (Check        *check,
                    sqlite3_stmt *row)
{
  const char *line = (const char *) sqlite3_column_text (row, 1);
  gsize size = (gsize) sqlite3_column_bytes (row, 1);
  g_autoptr (SakRevision) revision = sak_revision_parse (line, (gssize) size, NULL);
  g_autofree char *stored_id = sak_hex_encode (sqlite3_column_blob (row, 0), sqlite3_column_bytes (row, 0));
  g_autofree char *record_id = NULL;
  guint8 record[SAK_UUID_SIZE];

  check->report->n_revisions++;
  sak_freshness_add (&check->freshness, "revision", sqlite3_column_blob (row, 0),
                     (gsize) sqlite3_column_bytes (row, 0), line, size);
  if (sak_db_copy_blob (row, 2, record, sizeof record))
    record_id = sak_uuid_from_bytes (record);
  if (revision == NULL || g_strcmp0 (sak_revision_get_id (revision), stored_id) != 0 ||
      g_strcmp0 (sak_revision_get_record_id (revision), record_id) != 0)
    add_damage (check, SAK_DAMAGE_REVISION, record_id, stored_id);
}

static gboolean
check_revisions (Check    *check,
                 GError  **error)
{
  sak_autostmt statement = sak_db_prepare (check->vault->db,
                                           "SELECT revision.id, line, record.id FROM revision"
                                           " LEFT JOIN record ON record.rowid = revision.record");
  g_autoptr (GError) local_error = NULL;
  gboolean has_row = FALSE;

  for (;;)
    {
      if (!sak_db_step (check->vault->db, statement, &has_row, &local_error))
        return is_damage_found (check, &local_error, "revisions", error);
      if (!has_row)
        return TRUE;
      check_one_revision (check, statement);
      if (!advance (check, (guint64) sqlite3_column_bytes (statement, 1), error))
        return FALSE;
    }
}

/* Every record has a head or a draft. */
static gboolean
check_records (Check    *check,
               GError  **error)
{
  sak_autostmt statement = sak_db_prepare (check->vault->db,
                                           "SELECT id, EXISTS (SELECT 1 FROM draft WHERE draft.record = record.rowid)"
                                           " OR EXISTS (SELECT 1 FROM revision WHERE revision.record = record.rowid"
                                           " AND is_head = 1) FROM record");
  g_autoptr (GError) local_error = NULL;
  gboolean has_row = FALSE;

  for (;;)
    {
      guint8 id[SAK_UUID_SIZE];

      if (!sak_db_step (check->vault->db, statement, &has_row, &local_error))
        return is_damage_found (check, &local_error, "records", error);
      if (!has_row)
        return TRUE;
      check->report->n_records++;
      if (!sqlite3_column_int (statement, 1) && sak_db_copy_blob (statement, 0, id, sizeof id))
        {
          g_autofree char *record_id = sak_uuid_from_bytes (id);

          add_damage (check, SAK_DAMAGE_LINK, record_id, "the record has no content");
        }
    }
}

/* Rows that the set hash covers besides revisions: key, content. */
static gboolean
hash_rows (Check       *check,
           const char  *table,
           const char  *sql,
           GError     **error)
{
  sak_autostmt statement = sak_db_prepare (check->vault->db, sql);
  g_autoptr (GError) local_error = NULL;
  gboolean has_row = FALSE;

  for (;;)
    {
      if (!sak_db_step (check->vault->db, statement, &has_row, &local_error))
        return is_damage_found (check, &local_error, table, error);
      if (!has_row)
        return TRUE;
      sak_freshness_add (&check->freshness, table, sqlite3_column_blob (statement, 0),
                         (gsize) sqlite3_column_bytes (statement, 0), sqlite3_column_text (statement, 1),
                         (gsize) sqlite3_column_bytes (statement, 1));
    }
}

static gboolean
check_freshness (Check    *check,
                 GError  **error)
{
  gboolean is_custody_whole = TRUE;
  gboolean has_damage = check->report->damages->len > 0;

  if (!hash_rows (check, "draft", "SELECT record.id, fields FROM draft"
                  " JOIN record ON record.rowid = draft.record", error) ||
      !hash_rows (check, "contact", "SELECT signing_key, trust || char (10) || name || char (10) || card"
                  " FROM contact", error) ||
      !hash_rows (check, "media", "SELECT sha256, object FROM media", error) ||
      !sak_vault_check_custody (check->vault, &is_custody_whole, error))
    return FALSE;
  /* With rows missing to damage the sum cannot fit: saying it twice helps nobody. */
  if (!has_damage && memcmp (&check->freshness, &check->vault->freshness, sizeof check->freshness) != 0)
    add_damage (check, SAK_DAMAGE_FRESHNESS, NULL, "records");
  if (!is_custody_whole)
    add_damage (check, SAK_DAMAGE_FRESHNESS, NULL, "log of custody");
  return TRUE;
}

/* FALSE with no error where the content is not what it was. */
static gboolean
hash_media (Check         *check,
            GInputStream  *stream,
            guint8         digest[static SAK_SHA256_SIZE],
            GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  SakSha256 hash;
  gssize n;

  sak_sha256_init (&hash);
  while ((n = g_input_stream_read (stream, block, BLOCK_SIZE, check->cancellable, error)) > 0)
    {
      sak_sha256_update (&hash, block, (gsize) n);
      check->report->media_bytes += (guint64) n;
      if (!advance (check, (guint64) n, error))
        {
          n = -1;
          break;
        }
    }
  sak_wipe (block, BLOCK_SIZE);
  sak_sha256_finish (&hash, digest);
  return n == 0;
}

static gboolean
check_one_media (Check         *check,
                 sqlite3_stmt  *row,
                 GError       **error)
{
  g_autofree char *object = sak_db_dup_text (row, 1);
  g_autofree char *path = sak_vault_get_object_path (check->vault, object);
  g_autofree char *sha256 = sak_hex_encode (sqlite3_column_blob (row, 0), sqlite3_column_bytes (row, 0));
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 digest[SAK_SHA256_SIZE];

  check->report->n_media++;
  g_hash_table_add (check->objects, g_strdup (object));
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      add_damage (check, SAK_DAMAGE_MEDIA_MISSING, NULL, sha256);
      return TRUE;
    }
  stream = sak_vault_open_media (check->vault, sha256, &local_error);
  if (stream != NULL && hash_media (check, stream, digest, &local_error) &&
      memcmp (digest, sqlite3_column_blob (row, 0), sizeof digest) == 0)
    return TRUE;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  add_damage (check, SAK_DAMAGE_MEDIA_ALTERED, NULL, sha256);
  return TRUE;
}

static gboolean
check_media (Check    *check,
             GError  **error)
{
  sak_autostmt statement = sak_db_prepare (check->vault->db, "SELECT sha256, object FROM media ORDER BY rowid");
  g_autoptr (GError) local_error = NULL;
  gboolean has_row = FALSE;

  for (;;)
    {
      if (!sak_db_step (check->vault->db, statement, &has_row, &local_error))
        return is_damage_found (check, &local_error, "media", error);
      if (!has_row)
        return TRUE;
      if (!check_one_media (check, statement, error))
        return FALSE;
    }
}

static void
find_strays_in (Check      *check,
                const char *folder)
{
  g_autofree char *path = g_build_filename (check->vault->path, folder, NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inside = g_build_filename (folder, name, NULL);
      g_autofree char *full = g_build_filename (path, name, NULL);
      g_autofree char *object = g_str_has_suffix (name, ".age") ? g_strndup (name, strlen (name) - 4) : NULL;

      if (g_file_test (full, G_FILE_TEST_IS_DIR) && g_str_equal (folder, "media"))
        find_strays_in (check, inside);
      else if (object == NULL || !g_hash_table_contains (check->objects, object))
        add_damage (check, SAK_DAMAGE_MEDIA_STRAY, NULL, inside);
    }
}

static guint64
sum_media_size (SakVault *vault)
{
  gint64 sum = 0;

  if (!sak_db_get_number (vault->db, sak_db_prepare (vault->db, "SELECT coalesce (sum (size), 0) FROM media"),
                          0, &sum, NULL))
    return 0;
  return (guint64) MAX (sum, 0);
}

/**
 * sak_vault_check:
 *
 * Returns: (transfer full): what was read and what is not as it should be
 */
SakCheckReport *
sak_vault_check (SakVault         *self,
                 SakProgressFunc   progress,
                 gpointer          progress_data,
                 GCancellable     *cancellable,
                 GError          **error)
{
  g_autoptr (SakCheckReport) report = NULL;
  g_autoptr (GHashTable) objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Check check = { 0 };

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  report = g_new0 (SakCheckReport, 1);
  report->damages = g_ptr_array_new_with_free_func (free_damage);
  check.vault = self;
  check.report = report;
  check.objects = objects;
  check.progress = progress;
  check.progress_data = progress_data;
  check.total_bytes = sum_media_size (self);
  check.cancellable = cancellable;

  if (self->is_header_copy_damaged)
    add_damage (&check, SAK_DAMAGE_HEADER_COPY, NULL, "vault.header");
  if (!check_database (&check, error) || !check_records (&check, error) ||
      !check_revisions (&check, error) || !check_freshness (&check, error) ||
      !check_media (&check, error))
    return NULL;
  find_strays_in (&check, "media");
  find_strays_in (&check, "inbox");
  return g_steal_pointer (&report);
}
