/* sak-check.c - is everything in the vault still what was put there?
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The headers; every page of the database, used or not; SQLite's own view of it; every row
 * that says something; then the media (sak-check-media.c).
 */
#include "config.h"

#include "storage/sak-check-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/sak-file.h"
#include "storage/sak-network-news.h"
#include "storage/sak-record-private.h"
#include "storage/sak-search-private.h"
#include "storage/sak-vfs-pages.h"

#include <string.h>

#define PROGRESS_INTERVAL_US 50000
#define MAX_NAMED_PAGES 20
/* SQLite looks at whether it is cancelled after so many steps: a millisecond or so. */
#define STEPS_BETWEEN_LOOKS 10000

static void
free_damage (gpointer data)
{
  SakDamage *damage = data;

  g_free (damage->record_id);
  g_free (damage->code);
  g_free (damage->title);
  g_free (damage->file_name);
  g_free (damage->detail);
  g_free (damage);
}

SakCheckReport *
sak_check_report_new (void)
{
  SakCheckReport *self = g_new0 (SakCheckReport, 1);

  self->damages = g_ptr_array_new_with_free_func (free_damage);
  return self;
}

void
sak_check_report_free (SakCheckReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->damages);
  g_free (self);
}

gboolean
sak_damage_is_harmless (const SakDamage *self)
{
  return self->kind == SAK_DAMAGE_MEDIA_STRAY || self->kind == SAK_DAMAGE_MEDIA_ABSENT ||
         self->kind == SAK_DAMAGE_MEDIA_UNUSED || self->kind == SAK_DAMAGE_SEARCH;
}

gboolean
sak_check_report_has_damage (const SakCheckReport *self)
{
  for (guint i = 0; i < self->damages->len; i++)
    if (!sak_damage_is_harmless (g_ptr_array_index (self->damages, i)))
      return TRUE;
  return FALSE;
}

SakDamage *
sak_check_add_damage (SakCheckReport *report,
                      SakDamageKind   kind,
                      const char     *record_id,
                      const char     *detail)
{
  SakDamage *damage = g_new0 (SakDamage, 1);

  damage->kind = kind;
  damage->record_id = g_strdup (record_id);
  damage->detail = g_strdup (detail);
  g_ptr_array_add (report->damages, damage);
  return damage;
}

void
sak_check_name_record (SakVault  *vault,
                       SakDamage *damage)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT code, title FROM record WHERE id = ?1");
  guint8 id[SAK_UUID_SIZE];
  gboolean has_row = FALSE;

  if (damage->record_id == NULL || !sak_uuid_to_bytes (damage->record_id, id))
    return;
  sak_db_bind_blob (statement, 1, id, sizeof id);
  if (!sak_db_step (vault->db, statement, &has_row, NULL) || !has_row)
    return;
  g_free (damage->code);
  g_free (damage->title);
  damage->code = sak_db_dup_text (statement, 0);
  damage->title = sak_db_dup_text (statement, 1);
}

gboolean
sak_check_advance (SakCheck  *check,
                   guint64    n_bytes,
                   GError   **error)
{
  check->done_bytes += n_bytes;
  if (check->progress != NULL && g_get_monotonic_time () >= check->next_report)
    {
      check->progress (MIN (check->done_bytes, check->total_bytes), check->total_bytes, check->progress_data);
      check->next_report = g_get_monotonic_time () + PROGRESS_INTERVAL_US;
    }
  return !g_cancellable_set_error_if_cancelled (check->cancellable, error);
}

static gboolean
note_unreadable (SakCheck    *check,
                 GError      *local_error,
                 const char  *where,
                 GError     **error)
{
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_DAMAGED) ||
      g_error_matches (local_error, SAK_ERROR, SAK_ERROR_IO))
    {
      sak_check_add_damage (check->report, SAK_DAMAGE_DATABASE, NULL, where);
      g_error_free (local_error);
      return TRUE;
    }
  g_propagate_error (error, local_error);
  return FALSE;
}

gboolean
sak_check_each_row (SakCheck       *check,
                    const char     *sql,
                    const char     *where,
                    SakCheckRow     look,
                    gconstpointer   data,
                    GError        **error)
{
  sak_autostmt statement = sak_db_prepare (check->vault->db, sql);
  GError *local_error = NULL;
  gboolean has_row = FALSE;

  for (;;)
    {
      if (!sak_db_step (check->vault->db, statement, &has_row, &local_error))
        return note_unreadable (check, local_error, where, error);
      if (!has_row)
        return TRUE;
      if (!look (check, statement, data, error))
        return FALSE;
    }
}

static void
check_header (SakCheck *check)
{
  static const char *const names[] = { "vault.header", "vault.header.bak" };
  guint64 generation = check->vault->header.generation;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (check->vault->path, names[i], NULL);
      g_autoptr (GBytes) file = sak_file_read (path, SAK_HEADER_SIZE * 16, NULL);
      SakHeader header;

      if (file == NULL ||
          !sak_header_verify (g_bytes_get_data (file, NULL), g_bytes_get_size (file), check->vault->master_key,
                              &header, NULL) ||
          header.generation != generation)
        sak_check_add_damage (check->report, SAK_DAMAGE_HEADER_COPY, NULL, names[i]);
    }
}

static void
note_page (SakCheck *check,
           gint64    number)
{
  g_autofree char *detail = g_strdup_printf ("page %" G_GINT64_FORMAT, number);

  if (check->report->n_damaged_pages++ < MAX_NAMED_PAGES)
    sak_check_add_damage (check->report, SAK_DAMAGE_DATABASE, NULL, detail);
}

/* But for free pages: nobody reads them, and a power cut may tear one. */
static gboolean
check_pages (SakCheck  *check,
             GError   **error)
{
  sqlite3 *sqlite = sak_db_get_sqlite (check->vault->db);
  g_autofree guint8 *page = g_malloc (SAK_VFS_PAGE_SIZE);
  g_autoptr (GHashTable) free_pages = sak_vfs_list_free_pages (sqlite);
  gint64 n_pages = sak_vfs_count_pages (sqlite);
  gboolean went_well = TRUE;

  check->report->n_pages = (guint64) n_pages;
  for (gint64 number = 1; went_well && number <= n_pages; number++)
    {
      if (!sak_vfs_read_page (sqlite, number, page) &&
          !g_hash_table_contains (free_pages, GUINT_TO_POINTER (number)))
        note_page (check, number);
      went_well = sak_check_advance (check, SAK_VFS_PAGE_SIZE, error);
    }
  sak_wipe (page, SAK_VFS_PAGE_SIZE);
  return went_well;
}

static int
look_whether_cancelled_cb (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/* The line names pages and tables, never values. */
static gboolean
look_at_answer (SakCheck       *check,
                sqlite3_stmt   *row,
                gconstpointer   unused,
                GError        **error)
{
  g_autofree char *line = sak_db_dup_text (row, 0);

  if (g_strcmp0 (line, "ok") != 0)
    sak_check_add_damage (check->report, SAK_DAMAGE_DATABASE, NULL, line);
  return TRUE;
}

static gboolean
check_database (SakCheck  *check,
                GError   **error)
{
  sqlite3 *sqlite = sak_db_get_sqlite (check->vault->db);
  gboolean went_well;

  if (!check_pages (check, error))
    return FALSE;
  sqlite3_progress_handler (sqlite, STEPS_BETWEEN_LOOKS, look_whether_cancelled_cb, check->cancellable);
  went_well = sak_check_each_row (check, "PRAGMA integrity_check(20)", "integrity check", look_at_answer, NULL, error);
  sqlite3_progress_handler (sqlite, 0, NULL, NULL);
  return went_well;
}

static gboolean
look_at_revision (SakCheck       *check,
                  sqlite3_stmt   *row,
                  gconstpointer   unused,
                  GError        **error)
{
  gsize size;
  const char *line = sak_db_get_bytes (row, 1, &size);
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
    sak_check_name_record (check->vault,
                           sak_check_add_damage (check->report, SAK_DAMAGE_REVISION, record_id, stored_id));
  return sak_check_advance (check, size, error);
}

static gboolean
check_revisions (SakCheck  *check,
                 GError   **error)
{
  return sak_check_each_row (check, "SELECT revision.id, line, record.id FROM revision"
                             " LEFT JOIN record ON record.rowid = revision.record", "revisions",
                             look_at_revision, NULL, error);
}

static gboolean
look_for_content (SakCheck       *check,
                  sqlite3_stmt   *row,
                  gconstpointer   unused,
                  GError        **error)
{
  guint8 id[SAK_UUID_SIZE];
  g_autofree char *record_id = NULL;

  check->report->n_records++;
  if (sqlite3_column_int (row, 1) || !sak_db_copy_blob (row, 0, id, sizeof id))
    return TRUE;
  record_id = sak_uuid_from_bytes (id);
  sak_check_name_record (check->vault, sak_check_add_damage (check->report, SAK_DAMAGE_LINK, record_id,
                                                             "the record has no content"));
  return TRUE;
}

/* Every record has a head or a draft. */
static gboolean
check_records (SakCheck  *check,
               GError   **error)
{
  return sak_check_each_row (check, "SELECT id, EXISTS (SELECT 1 FROM draft WHERE draft.record = record.rowid)"
                             " OR EXISTS (SELECT 1 FROM revision WHERE revision.record = record.rowid"
                             " AND is_head = 1) FROM record", "records", look_for_content, NULL, error);
}

/* Rows that the set hash covers besides revisions: key, content. */
static gboolean
add_to_hash (SakCheck       *check,
             sqlite3_stmt   *row,
             gconstpointer   table,
             GError        **error)
{
  gsize key_size, content_size;
  const void *key = sak_db_get_bytes (row, 0, &key_size);
  const void *content = sak_db_get_bytes (row, 1, &content_size);

  sak_freshness_add (&check->freshness, table, key, key_size, content, content_size);
  return TRUE;
}

static gboolean
hash_rows (SakCheck    *check,
           const char  *table,
           const char  *sql,
           GError     **error)
{
  return sak_check_each_row (check, sql, table, add_to_hash, table, error);
}

static gboolean
check_freshness (SakCheck  *check,
                 GError   **error)
{
  gboolean is_custody_whole = TRUE;
  gboolean has_damage = sak_check_report_has_damage (check->report);

  if (!hash_rows (check, "draft", "SELECT record.id, fields FROM draft"
                  " JOIN record ON record.rowid = draft.record", error) ||
      !hash_rows (check, "contact", "SELECT signing_key, trust || char (10) || name || char (10) || card"
                  " FROM contact", error) ||
      !hash_rows (check, "media", "SELECT sha256, object FROM media", error) ||
      !sak_vault_check_custody (check->vault, &is_custody_whole, error))
    return FALSE;
  /* With rows missing to damage the sum cannot fit: saying it twice helps nobody. */
  if (!has_damage && memcmp (&check->freshness, &check->vault->freshness, sizeof check->freshness) != 0)
    sak_check_add_damage (check->report, SAK_DAMAGE_FRESHNESS, NULL, "records");
  if (!is_custody_whole)
    sak_check_add_damage (check->report, SAK_DAMAGE_CUSTODY, NULL, "log of custody");
  return TRUE;
}

/* Links may lead to records that are not here; how many do is still worth knowing. */
static gboolean
count_open_links (SakCheck     *check,
                  json_t       *fields,
                  GError      **error)
{
  const char *path;
  json_t *value;

  json_object_foreach (fields, path, value)
    {
      const char *to = g_str_has_prefix (path, "links/") ? sak_json_get_text (value, "to") : NULL;
      sak_autostmt statement = NULL;
      guint8 id[SAK_UUID_SIZE];
      gint64 found = 0;

      if (to == NULL || !sak_uuid_to_bytes (to, id))
        continue;
      statement = sak_db_prepare (check->vault->db, "SELECT 1 FROM record WHERE id = ?1");
      sak_db_bind_blob (statement, 1, id, sizeof id);
      if (!sak_db_get_number (check->vault->db, statement, 0, &found, error))
        return FALSE;
      check->report->n_open_links += found == 0;
    }
  return TRUE;
}

/* What a person would see of it: its heads and its draft. */
static gboolean
look_at_record (SakCheck       *check,
                sqlite3_stmt   *row,
                gconstpointer   unused,
                GError        **error)
{
  guint8 id[SAK_UUID_SIZE];
  g_autofree char *record_id = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakRecord) record = NULL;

  if (!sak_db_copy_blob (row, 0, id, sizeof id))
    return TRUE;
  record_id = sak_uuid_from_bytes (id);
  record = sak_vault_load_record (check->vault, record_id, &local_error);
  if (record != NULL && count_open_links (check, record->fields, &local_error))
    return sak_check_advance (check, 0, error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  sak_check_name_record (check->vault, sak_check_add_damage (check->report, SAK_DAMAGE_RECORD, record_id,
                                                             "it cannot be read"));
  return TRUE;
}

static gboolean
look_at_records (SakCheck  *check,
                 GError   **error)
{
  return sak_check_each_row (check, "SELECT id FROM record ORDER BY rowid", "some records are not even listed",
                             look_at_record, NULL, error);
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

static gboolean
check_rows (SakCheck  *check,
            GError   **error)
{
  gint64 n_pages = sak_vfs_count_pages (sak_db_get_sqlite (check->vault->db));

  /* Pages, and the lines of revisions, which are most of them. */
  check->total_bytes += 2 * (guint64) n_pages * SAK_VFS_PAGE_SIZE;
  return check_database (check, error) && check_records (check, error) && check_revisions (check, error) &&
         check_freshness (check, error) && look_at_records (check, error) && sak_check_media_rows (check, error) &&
         sak_search_check (check, error);
}

SakCheckReport *
sak_vault_check_rows (SakVault      *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (SakCheckReport) report = sak_check_report_new ();
  SakCheck check = { .vault = self, .report = report, .cancellable = cancellable };

  return check_rows (&check, error) ? g_steal_pointer (&report) : NULL;
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
  SakCheck check = { 0 };

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  report = sak_check_report_new ();
  check.vault = self;
  check.report = report;
  check.objects = objects;
  check.progress = progress;
  check.progress_data = progress_data;
  check.total_bytes = sum_media_size (self);
  check.cancellable = cancellable;

  check_header (&check);
  if (!check_rows (&check, error) || !sak_check_media (&check, error))
    return NULL;
  /* What it was came from a power cut, and no page that counts has it. */
  if (!sak_check_report_has_damage (report))
    {
      sak_vfs_forget_damage (self->vfs);
      if (self->are_forms_unread)
        sak_vault_bring_forms (self, NULL);
    }
  return g_steal_pointer (&report);
}
