/* sak-record-days.c - records by when it happened, as intervals
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a record's row keeps of its date is EDTF, from which the days follow; latest_day is
 * the column that is indexed. A bucket is sure of a record if the record's days all lie in
 * it and nobody called them approximate or uncertain; every bucket that they touch is
 * possible. Counts over many buckets are kept as differences, so that an open end costs
 * no more than a day.
 */
#include "config.h"

#include "storage/sak-record-days.h"

#include "storage/model/sak-date.h"
#include "storage/model/sak-kind.h"
#include "storage/sak-record-private.h"

/* Years beyond these have no buckets; what reaches beyond them ends at their border. */
#define FIRST_YEAR 1
#define LAST_YEAR 9999
#define N_MONTHS ((LAST_YEAR - FIRST_YEAR + 1) * 12)

typedef struct
{
  SakCountUnit unit;
  gint64 *certain;
  gint64 *possible;             /* differences to the bucket before */
  int first;                    /* bucket of a known end */
  int last;
} Tally;

static void
bucket_free (gpointer bucket)
{
  g_free (((SakDateBucket *) bucket)->name);
  g_free (bucket);
}

void
sak_date_count_free (SakDateCount *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->buckets);
  g_free (self);
}

/* Months since the first year; an end that is open, or too far, is beyond all of them. */
static int
find_bucket (const Tally *tally,
             gint32       day)
{
  gint32 year;
  int month, day_of_month;

  if (day == G_MININT32)
    return -1;
  if (day == G_MAXINT32)
    return N_MONTHS;
  sak_date_split_day (day, &year, &month, &day_of_month);
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return year < FIRST_YEAR ? -1 : N_MONTHS;
  return tally->unit == SAK_COUNT_BY_YEAR ? year - FIRST_YEAR : (year - FIRST_YEAR) * 12 + month - 1;
}

static void
note_end (Tally *tally,
          int    bucket)
{
  if (bucket < 0 || bucket == N_MONTHS)
    return;
  tally->first = MIN (tally->first, bucket);
  tally->last = MAX (tally->last, bucket);
}

static void
add_span (Tally             *tally,
          const SakDateSpan *span)
{
  int first = find_bucket (tally, span->earliest_day);
  int last = find_bucket (tally, span->latest_day);

  note_end (tally, first);
  note_end (tally, last);
  if (first == last && first >= 0 && first < N_MONTHS && !span->is_approximate && !span->is_uncertain)
    {
      tally->certain[first]++;
      return;
    }
  if (last < 0 || first >= N_MONTHS)
    return;
  tally->possible[MAX (first, 0)]++;
  tally->possible[MIN (last, N_MONTHS - 1) + 1]--;
}

static void
add_bucket (SakDateCount *count,
            const Tally  *tally,
            int           bucket,
            gint64        n_possible)
{
  SakDateBucket *entry;
  int year = FIRST_YEAR + (tally->unit == SAK_COUNT_BY_YEAR ? bucket : bucket / 12);

  if (tally->certain[bucket] == 0 && n_possible == 0)
    return;
  entry = g_new0 (SakDateBucket, 1);
  entry->name = tally->unit == SAK_COUNT_BY_YEAR ? g_strdup_printf ("%04d", year)
                                                 : g_strdup_printf ("%04d-%02d", year, bucket % 12 + 1);
  entry->n_certain = (guint64) tally->certain[bucket];
  entry->n_possible = (guint64) n_possible;
  g_ptr_array_add (count->buckets, entry);
}

/* Open ends reach as far as somebody named a day, and no further. */
static void
fill_buckets (SakDateCount *count,
              const Tally  *tally)
{
  gint64 n_possible = 0;

  for (int bucket = 0; bucket <= tally->last; bucket++)
    {
      n_possible += tally->possible[bucket];
      if (bucket >= tally->first)
        add_bucket (count, tally, bucket, n_possible);
    }
}

static gboolean
count_rows (SakVault      *self,
            const char    *kind,
            SakDateCount  *count,
            Tally         *tally,
            GError       **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, kind != NULL ? "SELECT date FROM record WHERE kind = ?1"
                                                                  : "SELECT date FROM record WHERE kind NOT IN "
                                                                    SAK_SQL_NETWORK_KINDS);
  gboolean has_row = FALSE;

  if (kind != NULL)
    sak_db_bind_text (statement, 1, kind);
  for (;;)
    {
      g_autofree char *date = NULL;
      SakDateSpan span;

      if (!sak_db_step (self->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      count->n_records++;
      date = sak_db_dup_text (statement, 0);
      if (!sak_date_parse (date, &span, NULL))
        {
          count->n_undated++;
          continue;
        }
      count->n_dated++;
      add_span (tally, &span);
    }
}

/**
 * sak_vault_count_by_date:
 *
 * Drafts count too: they are what is known now.
 */
SakDateCount *
sak_vault_count_by_date (SakVault      *self,
                         const char    *kind,
                         SakCountUnit   unit,
                         GError       **error)
{
  g_autofree gint64 *certain = NULL;
  g_autofree gint64 *possible = NULL;
  g_autoptr (SakDateCount) count = NULL;
  Tally tally = { .unit = unit, .first = N_MONTHS, .last = -1 };

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  tally.certain = certain = g_new0 (gint64, N_MONTHS + 1);
  tally.possible = possible = g_new0 (gint64, N_MONTHS + 1);
  count = g_new0 (SakDateCount, 1);
  count->buckets = g_ptr_array_new_with_free_func (bucket_free);
  if (!count_rows (self, kind, count, &tally, error))
    return NULL;
  fill_buckets (count, &tally);
  return g_steal_pointer (&count);
}

static gboolean
lies_between (const SakDateSpan *span,
              gint32             first_day,
              gint32             last_day,
              gboolean           is_certain)
{
  if (is_certain)
    return span->earliest_day >= first_day && span->latest_day <= last_day && !span->is_approximate
           && !span->is_uncertain;
  return span->earliest_day <= last_day && span->latest_day >= first_day;
}

/**
 * sak_vault_list_between:
 * @first_day: or G_MININT32
 * @last_day: or G_MAXINT32
 * @is_certain: only what surely happened in these days, else all that may have
 *
 * Returns: (transfer full): GArray of gint64, rows for sak_vault_load_rows(), latest first
 */
GArray *
sak_vault_list_between (SakVault    *self,
                        const char  *kind,
                        gint32       first_day,
                        gint32       last_day,
                        gboolean     is_certain,
                        GError     **error)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, kind != NULL
                                ? "SELECT rowid, date FROM record WHERE kind = ?1 AND latest_day >= ?2"
                                  " ORDER BY latest_day DESC, rowid DESC"
                                : "SELECT rowid, date FROM record WHERE latest_day >= ?2"
                                  " ORDER BY latest_day DESC, rowid DESC");
  if (kind != NULL)
    sak_db_bind_text (statement, 1, kind);
  sqlite3_bind_int64 (statement, 2, first_day);
  for (;;)
    {
      g_autofree char *date = NULL;
      SakDateSpan span;
      gint64 rowid;

      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rowids);
      rowid = sqlite3_column_int64 (statement, 0);
      date = sak_db_dup_text (statement, 1);
      if (sak_date_parse (date, &span, NULL)
          && lies_between (&span, first_day, last_day, is_certain))
        g_array_append_val (rowids, rowid);
    }
}
