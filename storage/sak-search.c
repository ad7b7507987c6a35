/* sak-search.c - finding records by what is written in them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index answers with records that have the syllables, latest first, and can stop at
 * any of them; how well each fits is judged from its text (sak-search-match.c). So what a
 * search costs does not grow with how common a word is: of a word that is everywhere, the
 * best of the latest are shown, and those that have it in the title come before.
 */
#include "config.h"

#include "storage/sak-search-private.h"

#include "storage/model/sak-search-query.h"

#include <string.h>

/* Of each pass over the index. Beyond as many good ones nobody's choice is better. */
#define MAX_JUDGED 3000
#define MAX_GOOD_FACTOR 4

#define SNIPPET_CHARS 160

typedef struct
{
  gint64 record;
  gint64 changed;
  int points;
} Candidate;

typedef struct
{
  SakVault *vault;
  const SakSearch *search;
  SakSearchQuery *query;
  GCancellable *cancellable;
  guint limit;
  SakSearchFilter filter;
  GArray *candidates;           /* Candidate */
  GHashTable *known;            /* gint64 record */
  gboolean has_more;
} Seeker;

void
sak_search_found_free (gpointer self)
{
  SakSearchFound *found = self;

  sak_record_row_free (found->row);
  g_clear_pointer (&found->title_ranges, g_array_unref);
  g_clear_pointer (&found->snippet_ranges, g_array_unref);
  g_free (found->snippet);
  g_free (found);
}

void
sak_search_result_free (SakSearchResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

static void
seeker_clear (Seeker *self)
{
  sak_search_query_free (self->query);
  sak_search_filter_clear (&self->filter);
  g_clear_pointer (&self->candidates, g_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seeker, seeker_clear)

/* --- Judging what the index found --- */

/* @ret_points: -1 where it is no hit. */
static gboolean
judge (Seeker     *self,
       gint64      record,
       Candidate  *ret_candidate,
       GError    **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db,
                                           "SELECT document.title, text, document.place, facet, earliest_day,"
                                           " document.latest_day, changed FROM search_document AS document"
                                           " JOIN record ON record.rowid = document.record"
                                           " WHERE document.record = ?1");
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *place = NULL;
  g_autofree char *facet = NULL;
  SakSearchParts parts;
  gboolean has_row = FALSE;

  *ret_candidate = (Candidate) { record, 0, -1 };
  sqlite3_bind_int64 (statement, 1, record);
  if (!sak_db_step (self->vault->db, statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  if (self->filter.has_days && (sqlite3_column_type (statement, 4) == SQLITE_NULL ||
                                sqlite3_column_int (statement, 4) > self->filter.to_day ||
                                sqlite3_column_int (statement, 5) < self->filter.from_day))
    return TRUE;
  parts.title = title = sak_db_dup_text (statement, 0);
  parts.text = text = sak_db_dup_text (statement, 1);
  parts.place = place = sak_db_dup_text (statement, 2);
  parts.facet = facet = sak_db_dup_text (statement, 3);
  ret_candidate->changed = sqlite3_column_int64 (statement, 6);
  ret_candidate->points = self->query != NULL ? sak_search_query_judge (self->query, &parts) : 0;
  return TRUE;
}

static gboolean
take (Seeker  *self,
      gint64   record,
      guint   *n_good,
      GError **error)
{
  Candidate candidate;

  if (g_hash_table_contains (self->known, &record))
    return TRUE;
  if (!judge (self, record, &candidate, error))
    return FALSE;
  if (candidate.points < 0)
    return TRUE;
  g_array_append_val (self->candidates, candidate);
  g_hash_table_add (self->known, g_memdup2 (&record, sizeof record));
  (*n_good)++;
  return TRUE;
}

static gboolean
walk (Seeker        *self,
      sqlite3_stmt  *statement,
      guint          most_good,
      GError       **error)
{
  gboolean has_row = FALSE;
  guint n_good = 0;

  for (guint n = 0; n < MAX_JUDGED && n_good < most_good; n++)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !sak_db_step (self->vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (!take (self, sqlite3_column_int64 (statement, 0), &n_good, error))
        return FALSE;
    }
  self->has_more = TRUE;
  return TRUE;
}

static gboolean
seek_in (Seeker      *self,
         const char  *columns,
         gboolean     with_beginnings,
         guint        most_good,
         GError     **error)
{
  g_autofree char *expression = sak_search_filter_dup_expression (&self->filter, self->query, columns,
                                                                  with_beginnings);
  sak_autostmt some = NULL;
  sak_autostmt all = NULL;

  if (*expression == '\0')
    {
      all = sak_db_prepare (self->vault->db, "SELECT record FROM search_document ORDER BY record DESC");
      return walk (self, all, most_good, error);
    }
  some = sak_db_prepare (self->vault->db, "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC");
  sak_db_bind_text (some, 1, expression);
  return walk (self, some, most_good, error);
}

static gboolean
seek (Seeker  *self,
      GError **error)
{
  guint most = self->limit * MAX_GOOD_FACTOR;

  if (self->query != NULL && !seek_in (self, "title", FALSE, self->limit, error))
    return FALSE;
  self->has_more = FALSE;
  if (!seek_in (self, SAK_SEARCH_ALL_COLUMNS, FALSE, most, error))
    return FALSE;
  /* Whole words are better: longer ones, for which the index has to look further, only where those are few. */
  return self->query == NULL || self->candidates->len >= self->limit ||
         !sak_search_query_has_beginnings (self->query) ||
         seek_in (self, SAK_SEARCH_ALL_COLUMNS, TRUE, most, error);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *first = a, *second = b;

  if (first->points != second->points)
    return first->points > second->points ? -1 : 1;
  if (first->changed != second->changed)
    return first->changed > second->changed ? -1 : 1;
  return first->record > second->record ? -1 : first->record < second->record;
}

/* --- What is shown of each --- */

static char *
load_text (SakVault  *vault,
           gint64     record,
           GError   **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT text FROM search_document WHERE record = ?1");
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, record);
  if (!sak_db_step (vault->db, statement, &has_row, error))
    return NULL;
  return has_row ? sak_db_dup_text (statement, 0) : g_strdup ("");
}

static SakSearchFound *
make_found (Seeker           *self,
            const Candidate  *candidate,
            GError          **error)
{
  g_autoptr (GPtrArray) rows = sak_vault_load_rows (self->vault, &candidate->record, 1, error);
  g_autofree char *text = rows != NULL ? load_text (self->vault, candidate->record, error) : NULL;
  SakSearchFound *found;

  if (text == NULL)
    return NULL;
  found = g_new0 (SakSearchFound, 1);
  found->row = g_ptr_array_steal_index (rows, 0);
  found->points = candidate->points;
  if (self->query == NULL)
    {
      found->title_ranges = g_array_new (FALSE, FALSE, sizeof (SakSearchRange));
      found->snippet_ranges = g_array_new (FALSE, FALSE, sizeof (SakSearchRange));
      found->snippet = g_strdup ("");
      return found;
    }
  found->title_ranges = sak_search_query_find_ranges (self->query, found->row->title);
  found->snippet = sak_search_query_dup_snippet (self->query, text, SNIPPET_CHARS, &found->snippet_ranges);
  return found;
}

static SakSearchResult *
make_result (Seeker   *self,
             GError  **error)
{
  g_autoptr (SakSearchResult) result = g_new0 (SakSearchResult, 1);
  gint64 next;

  result->found = g_ptr_array_new_with_free_func (sak_search_found_free);
  g_array_sort (self->candidates, compare_candidates);
  for (guint i = 0; i < MIN (self->candidates->len, self->limit); i++)
    {
      SakSearchFound *found = make_found (self, &g_array_index (self->candidates, Candidate, i), error);

      if (found == NULL)
        return NULL;
      g_ptr_array_add (result->found, found);
    }
  if (!sak_search_get_next (self->vault, &next, error))
    return NULL;
  result->has_more = self->has_more || self->candidates->len > self->limit;
  result->is_index_complete = next == 0;
  return g_steal_pointer (&result);
}

/* Nothing was found: may the words stand apart? */
static gboolean
seek_looser (Seeker  *self,
             GError **error)
{
  SakSearchQuery *looser = self->query != NULL ? sak_search_query_new_looser (self->query) : NULL;

  if (looser == NULL)
    return TRUE;
  sak_search_query_free (self->query);
  self->query = looser;
  return seek (self, error);
}

/**
 * sak_vault_search:
 *
 * INVALID for a date or state that is none, NOT_FOUND for a person that is not here. Text in which nothing can
 * be searched for finds nothing; without text, everything that passes the filters is found, latest first.
 */
SakSearchResult *
sak_vault_search (SakVault         *self,
                  const SakSearch  *search,
                  GCancellable     *cancellable,
                  GError          **error)
{
  g_auto (Seeker) seeker = { .vault = self, .search = search, .cancellable = cancellable };

  if (!sak_vault_require_unlocked (self, error) || !sak_search_filter_init (&seeker.filter, self, search, error))
    return NULL;
  seeker.limit = search->limit > 0 ? search->limit : SAK_SEARCH_LIMIT;
  seeker.candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  seeker.known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (search->text != NULL && *search->text != '\0')
    {
      seeker.query = sak_search_query_new (search->text);
      if (sak_search_query_get_n_terms (seeker.query) == 0)
        return make_result (&seeker, error);
    }
  if (!seek (&seeker, error) || (seeker.candidates->len == 0 && !seek_looser (&seeker, error)))
    return NULL;
  return make_result (&seeker, error);
}
