/* sak-rescue-records.c - records, versions and drafts into the new vault, each verified
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A version counts by its own signature and parents, wherever it was found, and goes in
 * by the same way as one that arrives. A record's row is only what lists show: it can be
 * made again, but it also tells by name what is lost.
 */
#include "config.h"

#include "storage/sak-rescue-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/sak-stream-private.h"

#include <string.h>

static void
name_loss (SakLoss              *loss,
           const SakFoundRecord *record)
{
  if (record == NULL)
    return;
  g_free (loss->code);
  g_free (loss->title);
  loss->code = g_strdup (record->code);
  loss->title = g_strdup (record->title);
}

static void
tell_record (SakRescue            *self,
             SakLossKind           kind,
             const SakFoundRecord *record,
             const char           *detail)
{
  g_autofree char *id = record != NULL ? sak_uuid_from_bytes (record->id) : NULL;

  name_loss (sak_rescue_add_loss (self, kind, id, detail), record);
}

/* The row as it was last read: rows are asked for by page, so most are on the same one. */
typedef struct
{
  guint8 page[SAK_VFS_PAGE_SIZE];
  gint64 number;
} Reader;

static gboolean
read_row (SakRescue       *self,
          Reader          *reader,
          const SakPlace  *place,
          SakRow          *ret_row)
{
  if (reader->number != place->page)
    reader->number = sak_pages_read (self->pages, place->page, reader->page) ? place->page : 0;
  return reader->number != 0 &&
         sak_pages_parse_row (self->pages, reader->page, place->page, place->cell, ret_row);
}

static gboolean
insert_record (SakRescue             *self,
               const SakFoundRecord  *found,
               SakRecordKey          *ret_key,
               GError               **error)
{
  return sak_record_insert (self->vault, found->id, found->kind, found->code, found->origin, ret_key, error);
}

static gboolean
insert_records (SakRescue  *self,
                GError    **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->found->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SakFoundRecord *record = value;
      g_autofree char *id = sak_uuid_from_bytes (record->id);
      g_auto (SakRecordKey) key = { 0 };

      if (sak_record_find (self->vault, id, &key, NULL))
        continue;               /* the same record twice, from two times */
      if (!insert_record (self, record, &key, error))
        return FALSE;
      record->new_rowid = key.rowid;
    }
  return TRUE;
}

/* Of a record whose row is lost, the version itself says what it is. */
static gboolean
find_record (SakRescue               *self,
             const SakFoundRevision  *found,
             SakRevision             *revision,
             SakRecordKey            *ret_key,
             GError                 **error)
{
  const char *code = sak_json_get_text (sak_revision_get_fields (revision), "code");
  SakFoundRecord *record;

  if (sak_record_find (self->vault, sak_revision_get_record_id (revision), ret_key, NULL))
    return TRUE;
  record = g_new0 (SakFoundRecord, 1);
  record->rowid = found->record;
  record->kind = g_strdup (sak_revision_get_kind (revision));
  record->code = g_strdup (code != NULL ? code : "");
  record->title = g_strdup ("");
  record->state = SAK_RECORD_FINISHED;
  record->is_rebuilt = TRUE;
  record->origin = found->origin;
  record->changed = sak_revision_get_time (revision);
  if (!sak_uuid_to_bytes (sak_revision_get_record_id (revision), record->id))
    g_assert_not_reached ();    /* parsing has checked it */
  g_hash_table_replace (self->found->records, &record->rowid, record);
  if (!insert_record (self, record, ret_key, error))
    return FALSE;
  record->new_rowid = ret_key->rowid;
  return TRUE;
}

static void
tell_version (SakRescue              *self,
              const SakFoundRevision *found)
{
  const SakFoundRecord *record = g_hash_table_lookup (self->found->records, &found->record);

  /* Where the last one is lost that is told below, once for the record. */
  if (!found->is_head)
    tell_record (self, SAK_LOSS_VERSION, record, NULL);
}

static gboolean
store_revision (SakRescue               *self,
                const SakFoundRevision  *found,
                const SakRow            *row,
                GError                 **error)
{
  const SakValue *line = &row->values[7];
  g_autoptr (SakRevision) revision = NULL;
  g_auto (SakRecordKey) key = { 0 };
  SakFoundRecord *record;
  gboolean is_new;

  if (line->type == SAK_VALUE_TEXT)
    revision = sak_revision_parse ((const char *) line->bytes, (gssize) line->size, NULL);
  if (revision == NULL)
    {
      tell_version (self, found);
      return TRUE;
    }
  if (!find_record (self, found, revision, &key, error))
    return FALSE;
  if (!g_str_equal (key.kind, sak_revision_get_kind (revision)))
    {
      tell_version (self, found);
      return TRUE;
    }
  if (!sak_revision_store (self->vault, &key, revision, found->origin, &is_new, error))
    return FALSE;
  self->report->n_revisions += is_new;
  record = g_hash_table_lookup (self->found->records, &found->record);
  if (record != NULL)
    {
      record->has_content = TRUE;
      record->has_head |= found->is_head;
    }
  return TRUE;
}

static gboolean
store_revisions (SakRescue  *self,
                 GError    **error)
{
  g_autofree Reader *reader = g_new0 (Reader, 1);
  gboolean went_well = TRUE;

  for (guint i = 0; went_well && i < self->found->revisions->len; i++)
    {
      const SakFoundRevision *found = &g_array_index (self->found->revisions, SakFoundRevision, i);
      g_auto (SakRow) row = { 0 };

      if (read_row (self, reader, &found->place, &row))
        went_well = store_revision (self, found, &row, error);
      else
        tell_version (self, found);
      went_well = went_well && sak_rescue_advance (self, row.payload != NULL ? row.payload->len : 0, error);
    }
  sak_wipe (reader, sizeof *reader);
  return went_well;
}

/* Whether some version of the kind's form has room for the fields. */
static gboolean
kind_fits (const char *kind,
           json_t     *fields)
{
  const SakForm *form;

  for (guint i = 1; (form = sak_form_find_version (kind, i)) != NULL; i++)
    if (sak_form_check_draft (form, fields, NULL))
      return TRUE;
  return FALSE;
}

/* A draft of a record of which nothing else is left, not even its kind: the first that
 * has all its fields.
 */
static const char *
guess_kind (json_t *fields)
{
  static const char *const kinds[] = {
    SAK_KIND_EVENT, SAK_KIND_TESTIMONY, SAK_KIND_PERSON, SAK_KIND_DOCUMENT, SAK_KIND_INTERVENTION,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kind_fits (kinds[i], fields))
      return kinds[i];
  return SAK_KIND_EVENT;
}

static gboolean
insert_orphan (SakRescue      *self,
               gint64          rowid,
               json_t         *fields,
               SakRecordKey   *ret_key,
               GError        **error)
{
  SakFoundRecord *record = g_new0 (SakFoundRecord, 1);

  record->rowid = rowid;
  sak_record_make_id (record->id);
  record->kind = g_strdup (guess_kind (fields));
  record->title = g_strdup ("");
  g_hash_table_replace (self->found->records, &record->rowid, record);
  if (!insert_record (self, record, ret_key, error))
    return FALSE;
  record->code = g_strdup (ret_key->code);
  record->new_rowid = ret_key->rowid;
  record->changed = g_get_real_time () / G_USEC_PER_SEC;
  return TRUE;
}

/* By its row; where that is lost, by the version that the draft stands on. */
static gboolean
find_drafted (SakRescue            *self,
              const SakFoundDraft  *found,
              json_t               *fields,
              SakRecordKey         *ret_key,
              GError              **error)
{
  const SakFoundRecord *record = g_hash_table_lookup (self->found->records, &found->record);
  g_autofree char *base = sak_hex_encode (found->base, sizeof found->base);
  g_autoptr (SakRevision) revision = NULL;
  g_autofree char *id = NULL;

  if (record == NULL && found->has_base)
    revision = sak_vault_load_revision (self->vault, base, NULL);
  if (record == NULL && revision == NULL)
    return insert_orphan (self, found->record, fields, ret_key, error);
  id = record != NULL ? sak_uuid_from_bytes (record->id) : g_strdup (sak_revision_get_record_id (revision));
  return sak_record_find (self->vault, id, ret_key, error);
}

/* The draft's base must be one of the heads, or nobody could finish it. */
static char *
choose_base (SakRescue            *self,
             const SakFoundDraft  *found,
             const SakRecordKey   *key,
             gboolean             *ret_is_another,
             GError              **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_heads (self->vault, key, error);
  g_autofree char *base = found->has_base ? sak_hex_encode (found->base, sizeof found->base) : NULL;

  *ret_is_another = FALSE;
  for (guint i = 0; heads != NULL && i < heads->len; i++)
    if (g_strcmp0 (base, sak_revision_get_id (heads->pdata[i])) == 0)
      return g_steal_pointer (&base);
  *ret_is_another = base != NULL || (heads != NULL && heads->len > 0);
  return heads != NULL && heads->len > 0 ? g_strdup (sak_revision_get_id (heads->pdata[0])) : NULL;
}

static gboolean
store_draft (SakRescue            *self,
             const SakFoundDraft  *found,
             const SakRow         *row,
             GError              **error)
{
  const SakValue *text = &row->values[2];
  g_autoptr (json_t) fields = NULL;
  g_auto (SakRecordKey) key = { 0 };
  g_autofree char *base = NULL;
  g_autoptr (GError) local_error = NULL;
  SakFoundRecord *record;
  gboolean is_another;

  if (text->type == SAK_VALUE_TEXT)
    fields = sak_json_parse ((const char *) text->bytes, (gssize) text->size, NULL);
  if (!json_is_object (fields))
    return TRUE;                /* told with its record */
  if (!find_drafted (self, found, fields, &key, error))
    return FALSE;
  base = choose_base (self, found, &key, &is_another, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  record = g_hash_table_lookup (self->found->records, &found->record);
  if (is_another)
    tell_record (self, SAK_LOSS_DRAFT_BASE, record, NULL);
  if (!sak_draft_store (self->vault, &key, base, fields, error))
    return FALSE;
  self->report->n_drafts++;
  if (record != NULL)
    record->has_content = TRUE;
  return TRUE;
}

static gboolean
store_drafts (SakRescue  *self,
              GError    **error)
{
  g_autofree Reader *reader = g_new0 (Reader, 1);
  gboolean went_well = TRUE;

  for (guint i = 0; went_well && i < self->found->drafts->len; i++)
    {
      const SakFoundDraft *found = &g_array_index (self->found->drafts, SakFoundDraft, i);
      g_auto (SakRow) row = { 0 };

      if (read_row (self, reader, &found->place, &row))
        went_well = store_draft (self, found, &row, error);
    }
  sak_wipe (reader, sizeof *reader);
  return went_well;
}

static gboolean
has_draft (SakRescue           *self,
           const SakRecordKey  *key)
{
  g_autoptr (json_t) fields = NULL;
  g_autofree char *base = NULL;

  return sak_draft_load (self->vault, key, &base, &fields, NULL) && fields != NULL;
}

static gboolean
set_changed (SakRescue             *self,
             const SakFoundRecord  *record,
             GError               **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db, "UPDATE record SET changed = ?2 WHERE rowid = ?1");

  sqlite3_bind_int64 (statement, 1, record->new_rowid);
  sqlite3_bind_int64 (statement, 2, record->changed);
  return sak_db_run (self->vault->db, statement, error);
}

static gboolean
remove_empty (SakRescue             *self,
              const SakFoundRecord  *record,
              GError               **error)
{
  tell_record (self, SAK_LOSS_RECORD, record, NULL);
  return sak_db_run_for_row (self->vault->db, "DELETE FROM record WHERE rowid = ?1", record->new_rowid, error);
}

/* Rows of records and of drafts are never on the same page. */
static gboolean
is_more_than_one_page_lost (SakRescue *self)
{
  return self->report->n_damaged_pages + (guint64) sak_pages_get_n_cut_off (self->pages) > 1 ||
         sak_pages_is_unsettled (self->pages);
}

/* What its row says that there was, against what there is. */
static gboolean
settle_record (SakRescue             *self,
               const SakFoundRecord  *record,
               GError               **error)
{
  g_autofree char *id = sak_uuid_from_bytes (record->id);
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (GPtrArray) heads = NULL;

  if (!sak_record_find (self->vault, id, &key, error) ||
      (heads = sak_record_load_heads (self->vault, &key, error)) == NULL)
    return FALSE;
  if (heads->len == 0 && !has_draft (self, &key))
    return remove_empty (self, record, error);
  self->report->n_records++;
  if ((record->state != SAK_RECORD_DRAFT && !record->has_head) ||
      (record->state == SAK_RECORD_CONFLICT && heads->len < 2))
    tell_record (self, SAK_LOSS_LATEST_VERSION, record, NULL);
  if (record->state == SAK_RECORD_CHANGED && !has_draft (self, &key))
    tell_record (self, SAK_LOSS_DRAFT, record, NULL);
  if (record->is_rebuilt && is_more_than_one_page_lost (self) && !has_draft (self, &key))
    tell_record (self, SAK_LOSS_ROW, record, NULL);
  return sak_record_refresh (self->vault, &key, error) && set_changed (self, record, error);
}

static gboolean
settle_records (SakRescue  *self,
                GError    **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->found->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((SakFoundRecord *) value)->new_rowid != 0 && !settle_record (self, value, error))
      return FALSE;
  return TRUE;
}

/* Versions of ours that name a parent which is nowhere. */
static gboolean
tell_missing_parents (SakRescue  *self,
                      GError    **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db,
                                           "SELECT DISTINCT hex (parent), record.id, code, title FROM revision_parent"
                                           " JOIN revision ON revision.rowid = child"
                                           " JOIN record ON record.rowid = revision.record"
                                           " WHERE record.origin IS NULL AND NOT EXISTS"
                                           " (SELECT 1 FROM revision AS other WHERE other.id = parent)");
  gboolean has_row = FALSE;

  for (;;)
    {
      g_autofree char *record_id = NULL;
      guint8 id[SAK_UUID_SIZE];
      g_autofree char *detail = NULL;
      SakLoss *loss;

      if (!sak_db_step (self->vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (sak_db_copy_blob (statement, 1, id, sizeof id))
        record_id = sak_uuid_from_bytes (id);
      detail = sak_db_dup_text (statement, 0);
      loss = sak_rescue_add_loss (self, SAK_LOSS_VERSION, record_id, detail);
      loss->code = sak_db_dup_text (statement, 2);
      loss->title = sak_db_dup_text (statement, 3);
    }
}

gboolean
sak_rescue_records (SakRescue  *self,
                    GError    **error)
{
  return insert_records (self, error) && store_revisions (self, error) && store_drafts (self, error) &&
         settle_records (self, error) && tell_missing_parents (self, error);
}
