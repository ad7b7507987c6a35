/* sak-search-index.c - the search index, kept in the transaction that changes a record
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * search_document has for each record the text that it is found by, and search, FTS5 with
 * the former as its content, where each syllable of it stands. FTS5 needs the old text to
 * take a record out again, which is why it is kept. Both are derived from drafts and heads,
 * are no part of the set hash, and are sealed as every page of records.db is.
 *
 * A vault of an older program is indexed from its newest record down; "next" in the setting
 * says how far that is. Records that change meanwhile are indexed at once, and passed over
 * when their turn comes.
 */
#include "config.h"

#include "storage/sak-search-private.h"

#include <string.h>

#include "storage/model/sak-kind.h"

#define SETTING "search-index"

typedef struct
{
  gint64 version;
  gint64 next;
} State;

/* A vault without the setting has all to do. */
static gboolean
read_state (SakVault  *vault,
            State     *ret_state,
            GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) stored = sak_vault_get_setting (vault, SETTING, &local_error);
  g_autoptr (json_t) json = NULL;

  *ret_state = (State) { 0, 0 };
  if (stored == NULL && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (stored != NULL)
    json = sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), NULL);
  ret_state->version = (gint64) json_number_value (json_object_get (json, "version"));
  ret_state->next = (gint64) json_number_value (json_object_get (json, "next"));
  return TRUE;
}

static gboolean
write_state (SakVault  *vault,
             gint64     next,
             GError   **error)
{
  g_autoptr (json_t) json = json_pack ("{s:I, s:i}", "next", (json_int_t) next, "version", SAK_SEARCH_VERSION);
  g_autofree char *text = sak_json_to_canonical (json);

  return sak_vault_set_setting (vault, SETTING, text, strlen (text), error);
}

/* Empties the index and puts every record before the cursor but @present, which is indexed at once: so the
 * index of a new vault is never behind.
 */
static gboolean
reset (SakVault  *vault,
       gint64     present,
       GError   **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT max (rowid) FROM record WHERE rowid <> ?1");
  gint64 last = 0;

  sqlite3_bind_int64 (statement, 1, present);
  return sak_db_exec (vault->db, "INSERT INTO search (search) VALUES ('delete-all');"
                      "DELETE FROM search_document", error) &&
         sak_db_get_number (vault->db, statement, 0, &last, error) && write_state (vault, last, error);
}

/* Where another program indexed otherwise, what it did cannot be taken out piece by piece. */
static gboolean
require_version (SakVault  *vault,
                 gint64     present,
                 State     *ret_state,
                 GError   **error)
{
  if (!read_state (vault, ret_state, error))
    return FALSE;
  if (ret_state->version == SAK_SEARCH_VERSION)
    return TRUE;
  return reset (vault, present, error) && read_state (vault, ret_state, error);
}

static void
bind_texts (sqlite3_stmt        *statement,
            gint64               record,
            const SakSearchText *text)
{
  sqlite3_bind_int64 (statement, 1, record);
  sak_db_bind_text (statement, 2, text->title);
  sak_db_bind_text (statement, 3, text->text);
  sak_db_bind_text (statement, 4, text->place);
  sak_db_bind_text (statement, 5, text->facet);
}

/* NULL without an error where the record is not indexed. */
static SakSearchText *
load_old (SakVault  *vault,
          gint64     record,
          GError   **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "SELECT title, text, place, facet, earliest_day, latest_day"
                                           " FROM search_document WHERE record = ?1");
  SakSearchText *old;
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, record);
  if (!sak_db_step (vault->db, statement, &has_row, error) || !has_row)
    return NULL;
  old = g_new0 (SakSearchText, 1);
  old->title = sak_db_dup_text (statement, 0);
  old->text = sak_db_dup_text (statement, 1);
  old->place = sak_db_dup_text (statement, 2);
  old->facet = sak_db_dup_text (statement, 3);
  old->has_days = sqlite3_column_type (statement, 4) != SQLITE_NULL;
  old->earliest_day = sqlite3_column_int (statement, 4);
  old->latest_day = sqlite3_column_int (statement, 5);
  return old;
}

static gboolean
is_same (const SakSearchText *a,
         const SakSearchText *b)
{
  return g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->text, b->text) == 0 &&
         g_strcmp0 (a->place, b->place) == 0 && g_strcmp0 (a->facet, b->facet) == 0 &&
         a->has_days == b->has_days && a->earliest_day == b->earliest_day && a->latest_day == b->latest_day;
}

static gboolean
take_out (SakVault             *vault,
          gint64                record,
          const SakSearchText  *old,
          GError              **error)
{
  sak_autostmt words = sak_db_prepare (vault->db,
                                       "INSERT INTO search (search, rowid, title, text, place, facet)"
                                       " VALUES ('delete', ?1, ?2, ?3, ?4, ?5)");
  sak_autostmt document = sak_db_prepare (vault->db, "DELETE FROM search_document WHERE record = ?1");

  bind_texts (words, record, old);
  sqlite3_bind_int64 (document, 1, record);
  return sak_db_run (vault->db, words, error) && sak_db_run (vault->db, document, error);
}

static gboolean
put_in (SakVault             *vault,
        gint64                record,
        const SakSearchText  *text,
        GError              **error)
{
  sak_autostmt words = sak_db_prepare (vault->db,
                                       "INSERT INTO search (rowid, title, text, place, facet)"
                                       " VALUES (?1, ?2, ?3, ?4, ?5)");
  sak_autostmt document = sak_db_prepare (vault->db,
                                          "INSERT INTO search_document"
                                          " (record, title, text, place, facet, earliest_day, latest_day)"
                                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

  bind_texts (words, record, text);
  bind_texts (document, record, text);
  if (text->has_days)
    {
      sqlite3_bind_int (document, 6, text->earliest_day);
      sqlite3_bind_int (document, 7, text->latest_day);
    }
  return sak_db_run (vault->db, document, error) && sak_db_run (vault->db, words, error);
}

static gboolean
replace (SakVault             *vault,
         gint64                record,
         const SakSearchText  *text,
         GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakSearchText) old = load_old (vault, record, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (old != NULL && is_same (old, text))
    return TRUE;
  return (old == NULL || take_out (vault, record, old, error)) && put_in (vault, record, text, error);
}

/* Of a conflict, what each version says: one of them is right, and nobody knows yet which. */
static SakSearchText *
make_text (SakVault            *vault,
           const SakRecordKey  *key,
           SakRecordState       state,
           const char          *title,
           const char          *edtf,
           json_t              *fields,
           GError             **error)
{
  g_autoptr (SakSearchText) text = sak_search_text_new (key->kind, key->code, title, state, edtf, fields);
  g_autoptr (GPtrArray) heads = NULL;

  if (state != SAK_RECORD_CONFLICT)
    return g_steal_pointer (&text);
  heads = sak_record_load_heads (vault, key, error);
  for (guint i = 0; heads != NULL && i < heads->len; i++)
    if (!json_equal (sak_revision_get_fields (heads->pdata[i]), fields))
      sak_search_text_add (text, sak_revision_get_fields (heads->pdata[i]));
  return heads != NULL ? g_steal_pointer (&text) : NULL;
}

gboolean
sak_search_update (SakVault            *vault,
                   const SakRecordKey  *key,
                   SakRecordState       state,
                   const char          *title,
                   const char          *edtf,
                   json_t              *fields,
                   GError             **error)
{
  g_autoptr (SakSearchText) text = make_text (vault, key, state, title, edtf, fields, error);
  State index;

  return text != NULL && require_version (vault, key->rowid, &index, error) &&
         replace (vault, key->rowid, text, error);
}

gboolean
sak_search_remove (SakVault  *vault,
                   gint64     record,
                   GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakSearchText) old = NULL;
  State index;

  if (!require_version (vault, record, &index, error))
    return FALSE;
  old = load_old (vault, record, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return old == NULL || take_out (vault, record, old, error);
}

/* --- In steps --- */

gboolean
sak_search_get_next (SakVault  *vault,
                     gint64    *ret_next,
                     GError   **error)
{
  State index;

  if (!read_state (vault, &index, error))
    return FALSE;
  *ret_next = index.next;
  if (index.version == SAK_SEARCH_VERSION)
    return TRUE;
  if (!sak_db_get_number (vault->db, sak_db_prepare (vault->db, "SELECT EXISTS (SELECT 1 FROM record)"), 0, ret_next,
                          error))
    return FALSE;
  *ret_next = *ret_next != 0 ? G_MAXINT64 : 0;
  return TRUE;
}

static SakSearchText *
derive_from (SakVault            *vault,
             const SakRecordKey  *key,
             const char          *title,
             const char          *edtf,
             GError             **error)
{
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autoptr (json_t) nothing = json_object ();
  g_autofree char *base = NULL;
  json_t *fields;

  if (!sak_draft_load_shown (vault, key, &base, &draft, error) ||
      (draft == NULL && (heads = sak_record_load_heads (vault, key, error)) == NULL))
    return NULL;
  fields = draft != NULL ? draft : heads->len > 0 ? sak_revision_get_fields (heads->pdata[0]) : nothing;
  return make_text (vault, key, key->state, title, edtf, fields, error);
}

/* With the title and date that lists show. */
SakSearchText *
sak_search_derive (SakVault  *vault,
                   gint64     record,
                   GError   **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT id, title, date FROM record WHERE rowid = ?1");
  g_auto (SakRecordKey) key = { 0 };
  g_autofree char *title = NULL;
  g_autofree char *date = NULL;
  g_autofree char *id = NULL;
  guint8 bytes[SAK_UUID_SIZE];
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, record);
  if (!sak_db_step (vault->db, statement, &has_row, error))
    return NULL;
  if (!has_row || !sak_db_copy_blob (statement, 0, bytes, sizeof bytes))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a record row is not as it must be");
      return NULL;
    }
  id = sak_uuid_from_bytes (bytes);
  if (!sak_record_find (vault, id, &key, error))
    return NULL;
  title = sak_db_dup_text (statement, 1);
  date = sak_db_dup_text (statement, 2);
  return derive_from (vault, &key, title, date, error);
}

/* A record that cannot be read is for vault check to name, and no reason to find none of the others. */
static gboolean
index_one (SakVault  *vault,
           gint64     record,
           GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakSearchText) text = sak_search_derive (vault, record, &local_error);

  if (text != NULL)
    return replace (vault, record, text, error);
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The rows to do next, or none. */
static GArray *
list_next (SakVault  *vault,
           gint64     next,
           guint      most,
           GError   **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT rowid FROM record WHERE rowid <= ?1"
                                           " AND kind NOT IN " SAK_SQL_NETWORK_KINDS " ORDER BY rowid DESC LIMIT ?2");

  sqlite3_bind_int64 (statement, 1, next);
  sqlite3_bind_int64 (statement, 2, most);
  return sak_db_list_numbers (vault->db, statement, error);
}

static gboolean
index_rows (SakVault  *vault,
            guint      most,
            guint64   *ret_n_left,
            GError   **error)
{
  g_autoptr (GArray) rows = NULL;
  State index;

  if (!require_version (vault, 0, &index, error) || (rows = list_next (vault, index.next, most, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!index_one (vault, g_array_index (rows, gint64, i), error))
      return FALSE;
  index.next = rows->len < most ? 0 : g_array_index (rows, gint64, rows->len - 1) - 1;
  *ret_n_left = (guint64) MAX (index.next, 0);
  return write_state (vault, MAX (index.next, 0), error);
}

/**
 * sak_vault_index_some:
 * @most: how many records to look at; each takes about a tenth of a millisecond
 */
gboolean
sak_vault_index_some (SakVault  *self,
                      guint      most,
                      guint64   *ret_n_left,
                      GError   **error)
{
  gint64 next;

  g_return_val_if_fail (most > 0, FALSE);

  *ret_n_left = 0;
  if (!sak_vault_require_unlocked (self, error) || !sak_search_get_next (self, &next, error))
    return FALSE;
  if (next == 0)
    return TRUE;
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (index_rows (self, most, ret_n_left, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

gboolean
sak_vault_reset_index (SakVault  *self,
                       GError   **error)
{
  if (!sak_vault_require_unlocked (self, error) || !sak_vault_begin (self, error))
    return FALSE;
  if (reset (self, 0, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
