/* sak-search-tags.c - the tags that records of a kind have, and how many have each
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are read out of the search index, which has each tag of each record as one token: so
 * what is offered is what the filter by tag finds. How a tag is written is asked of the latest record that has it.
 */
#include "config.h"

#include "storage/sak-search-private.h"

#include "storage/model/sak-syllable.h"
#include "storage/model/sak-tags.h"

#include <string.h>

/* Only this connection has it, in memory: it shows the index, and keeps nothing. */
#define MAKE_TERMS \
  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_term USING fts5vocab ('main', 'search', 'instance')"

/* Of a conflict each head says its tags, and the record counts once. */
static const char SQL_TAGS[] =
  "SELECT term, count (DISTINCT doc), max (doc) FROM temp.search_term JOIN record ON record.rowid = doc"
  " WHERE term >= ?1 AND term < ?2 AND kind = ?3 GROUP BY term ORDER BY 2 DESC, term LIMIT ?4";

#define FIRST SAK_SYLLABLE_CODE "t:"
#define BEHIND SAK_SYLLABLE_CODE "t;"   /* the next character */

typedef struct
{
  SakTag *tag;
  gint64 record;                /* that has it */
} Found;

void
sak_tag_free (gpointer self)
{
  SakTag *tag = self;

  if (tag == NULL)
    return;
  g_free (tag->name);
  g_free (tag->folded);
  g_free (tag);
}

static void
note_spellings (GHashTable   *spellings,
                const json_t *fields)
{
  g_autoptr (GPtrArray) tags = sak_tags_list (json_object_get (fields, SAK_TAGS_PATH));

  while (tags->len > 0)
    {
      char *tag = g_ptr_array_steal_index (tags, 0);

      g_hash_table_insert (spellings, sak_tags_fold (tag), tag);
    }
}

/* What the record shows, and of a conflict every head. */
static gboolean
read_spellings (SakVault    *vault,
                gint64       record,
                GHashTable  *spellings,
                GError     **error)
{
  const SakRecordKey key = { .rowid = record };
  g_autoptr (GPtrArray) heads = sak_record_load_heads (vault, &key, error);
  g_autoptr (json_t) draft = NULL;
  g_autofree char *base = NULL;

  if (heads == NULL || !sak_draft_load (vault, &key, &base, &draft, error))
    return FALSE;
  for (guint i = 0; i < heads->len; i++)
    note_spellings (spellings, sak_revision_get_fields (heads->pdata[i]));
  if (draft != NULL)
    note_spellings (spellings, draft);
  return TRUE;
}

/* Without the mark and the letter before it; its words apart again. */
static SakTag *
make_tag (sqlite3_stmt *statement)
{
  SakTag *tag = g_new0 (SakTag, 1);
  g_autofree char *term = sak_db_dup_text (statement, 0);

  tag->folded = g_strdup (term + strlen (FIRST));
  tag->n_records = (guint) sqlite3_column_int (statement, 1);
  tag->name = g_strdelimit (g_strdup (tag->folded), "_", ' ');
  return tag;
}

static GPtrArray *
list_folded (SakVault    *self,
             const char  *kind,
             guint        most,
             GArray      *records,
             GError     **error)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (sak_tag_free);
  sak_autostmt statement = sak_db_prepare (self->db, SQL_TAGS);
  gboolean has_row = FALSE;

  sak_db_bind_text (statement, 1, FIRST);
  sak_db_bind_text (statement, 2, BEHIND);
  sak_db_bind_text (statement, 3, kind);
  sqlite3_bind_int64 (statement, 4, most);
  while (sak_db_step (self->db, statement, &has_row, error))
    {
      gint64 record;

      if (!has_row)
        return g_steal_pointer (&tags);
      record = sqlite3_column_int64 (statement, 2);
      g_ptr_array_add (tags, make_tag (statement));
      g_array_append_val (records, record);
    }
  return NULL;
}

static gboolean
spell (SakVault    *self,
       GPtrArray   *tags,
       GArray      *records,
       GError     **error)
{
  g_autoptr (GHashTable) spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < tags->len; i++)
    {
      SakTag *tag = tags->pdata[i];
      const char *spelling = g_hash_table_lookup (spellings, tag->folded);

      if (spelling == NULL && !read_spellings (self, g_array_index (records, gint64, i), spellings, error))
        return FALSE;
      spelling = g_hash_table_lookup (spellings, tag->folded);
      if (spelling == NULL)
        continue;
      g_free (tag->name);
      tag->name = g_strdup (spelling);
    }
  return TRUE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      connection)
{
  sqlite3_interrupt (connection);
}

/**
 * sak_vault_list_tags:
 * @most: how many at most, those that most records have first
 *
 * What is not indexed yet is not counted.
 *
 * Returns: (transfer full): SakTag
 */
GPtrArray *
sak_vault_list_tags (SakVault      *self,
                     const char    *kind,
                     guint          most,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  gulong handler = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (!sak_vault_require_unlocked (self, error) || !sak_db_exec (self->db, MAKE_TERMS, error))
    return NULL;
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), sak_db_get_sqlite (self->db), NULL);
  tags = list_folded (self, kind, most, records, &local_error);
  g_cancellable_disconnect (cancellable, handler);
  if (tags != NULL)
    return spell (self, tags, records, error) ? g_steal_pointer (&tags) : NULL;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
