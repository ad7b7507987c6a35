/* bench-search.c - what a search costs in a vault of growing size, in each script
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-search FOLDER [RECORDS]: at 1000, 10000 … up to RECORDS (100000), of six scripts in
 * turn, each of about 100 syllables put together out of tests/data/search; needs 2 KB of FOLDER
 * for each. Searched for are one to four syllables that stand together there: some are in
 * a third of all records, some in none. The first 50 hits count, with what is shown of them.
 * Before that, what one durable record more costs, with its index: in the vault, and through the
 * same code in a copy of its database that stock SQLite keeps without encryption, in turns.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <string.h>

#include "storage/model/sak-syllable.h"
#include "storage/sak-search-private.h"
#include "tests/headless/sak-test-vault.h"

#define N_QUERIES 60
#define PIECES 30
#define BUDGET_MS 100
#define N_MORE 41
#define RECORD_BUDGET 1.15

static const char *const scripts[] = { "th", "my", "km", "lo", "vi", "en" };

typedef struct
{
  char *text;                   /* all sentences of one language */
  SakSyllables *syllables;
} Source;

static int
compare_doubles (const void *a,
                 const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

static void
read_source (Source     *source,
             const char *language)
{
  g_autofree char *path = g_strdup_printf (SAK_SOURCE_ROOT "/tests/data/search/%s.txt", language);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  if (!g_file_get_contents (path, &content, NULL, &error))
    g_error ("%s", error->message);
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '?'; i++)
    g_string_append_printf (text, "%s ", strchr (lines[i], '\t') + 1);
  source->text = g_string_free (text, FALSE);
  source->syllables = sak_syllables_new (source->text, strlen (source->text));
}

/* Some syllables that stand together. */
static void
append_piece (GString      *out,
              const Source *source,
              GRand        *random,
              guint         most)
{
  guint n = (guint) g_rand_int_range (random, 1, (gint32) most + 1);
  guint from = (guint) g_rand_int_range (random, 0, (gint32) (source->syllables->all->len - n));
  guint32 start = sak_syllables_get (source->syllables, from)->start;
  guint32 end = sak_syllables_get (source->syllables, from + n - 1)->end;

  g_string_append_len (out, source->text + start, end - start);
}

static json_t *
make_fields (const Source *source,
             GRand        *random)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) narrative = g_string_new (NULL);

  append_piece (title, source, random, 8);
  for (guint i = 0; i < PIECES; i++)
    {
      append_piece (narrative, source, random, 6);
      if (source->syllables->all->len % 7 == i % 7 || (guchar) source->text[0] < 0xe0)
        g_string_append_c (narrative, ' ');
    }
  return json_pack ("{s:s, s:s, s:{s:s, s:s}}", "title", title->str, "narrative", narrative->str,
                    "place", "name", "Samut Sakhon", "country", "TH");
}

/* The row and the index, as sak_record_update_summary() makes them; nothing else counts here. */
static void
add_one (SakVault     *vault,
         gint64        number,
         const Source *source,
         GRand        *random)
{
  sak_autostmt row = sak_db_prepare (vault->db,
                                     "INSERT INTO record (rowid, id, kind, code, state, title, date, place, n_media,"
                                     " changed) VALUES (?1, randomblob(16), 'event', ?2, 1, ?3, '2019-07', '', 0, ?1)");
  g_autoptr (json_t) fields = make_fields (source, random);
  g_autofree char *code = g_strdup_printf ("HAR-2026-%" G_GINT64_FORMAT, number);
  SakRecordKey key = { .rowid = number, .kind = (char *) "event", .code = code };
  g_autoptr (GError) error = NULL;

  sqlite3_bind_int64 (row, 1, number);
  sak_db_bind_text (row, 2, code);
  sak_db_bind_text (row, 3, sak_json_get_text (fields, "title"));
  if (!sak_db_run (vault->db, row, &error) ||
      !sak_search_update (vault, &key, SAK_RECORD_FINISHED, sak_json_get_text (fields, "title"), "2019-07", fields,
                          &error))
    g_error ("%s", error->message);
}

static void
fill (SakVault *vault,
      Source   *sources,
      gint64   *n_there,
      gint64    n,
      GRand    *random)
{
  gint64 start = g_get_monotonic_time (), first = *n_there;
  g_autoptr (GError) error = NULL;

  while (*n_there < n)
    {
      if (!sak_vault_begin (vault, &error))
        g_error ("%s", error->message);
      for (guint i = 0; i < 5000 && *n_there < n; i++)
        {
          ++*n_there;
          add_one (vault, *n_there, &sources[*n_there % G_N_ELEMENTS (scripts)], random);
        }
      if (!sak_vault_commit (vault, &error))
        g_error ("%s", error->message);
    }
  printf ("%8" G_GINT64_FORMAT " records: %.0f us each, in transactions of 5000\n", n,
          (double) (g_get_monotonic_time () - start) / (double) MAX (1, n - first));
}

/* What sak_vfs_configure() sets, but for what encryption needs. */
static sqlite3 *
open_plain (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL)
      != SQLITE_OK ||
      sqlite3_exec (db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 8192; PRAGMA temp_store = MEMORY;"
                    "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
                    "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0",
                    NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (db));
  return db;
}

static SakDb *
copy_plain (SakVault   *vault,
            const char *path)
{
  sqlite3 *db = open_plain (path);
  sqlite3_backup *backup = sqlite3_backup_init (db, "main", sak_db_get_sqlite (vault->db), "main");
  g_autoptr (GError) error = NULL;
  SakDb *plain;

  if (backup == NULL || sqlite3_backup_step (backup, -1) != SQLITE_DONE || sqlite3_backup_finish (backup) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (db));
  plain = sak_db_new (db);
  if (!sak_search_register_tokenizer (plain, &error))
    g_error ("%s", error->message);
  return plain;
}

/* By the clock, and the processor's own time, which tells more where others work on the same machine. */
typedef struct
{
  double clock_ms;
  double own_ms;
} Cost;

static double
own_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static Cost
begin_cost (void)
{
  return (Cost) { .clock_ms = (double) g_get_monotonic_time () / 1e3, .own_ms = own_ms () };
}

static Cost
end_cost (Cost begun)
{
  Cost now = begin_cost ();

  return (Cost) { .clock_ms = now.clock_ms - begun.clock_ms, .own_ms = now.own_ms - begun.own_ms };
}

/* The @n costs, each column sorted by itself. */
static void
sort_costs (Cost  *costs,
            guint  n)
{
  g_autofree double *column = g_new (double, n);

  for (guint i = 0; i < n; i++)
    column[i] = costs[i].clock_ms;
  qsort (column, n, sizeof *column, compare_doubles);
  for (guint i = 0; i < n; i++)
    {
      costs[i].clock_ms = column[i];
      column[i] = costs[i].own_ms;
    }
  qsort (column, n, sizeof *column, compare_doubles);
  for (guint i = 0; i < n; i++)
    costs[i].own_ms = column[i];
}

static Cost
time_one_more (SakVault *vault)
{
  Cost begun = begin_cost ();

  g_free (test_add_event (vault, "ငါးဖမ်းသမားများ ဆိပ်ကမ်းမှ နှင်ထုတ်ခံရ", FALSE));
  return end_cost (begun);
}

/* One record of the program's own, with its index: what autosaving waits for. The vault's set hash counts both
 * databases' rows, and nobody checks it here.
 */
static void
measure_one_more (SakVault   *vault,
                  const char *folder,
                  gint64     *n_there)
{
  g_autofree char *path = g_build_filename (folder, "plain.db", NULL);
  SakDb *sealed = vault->db, *plain = copy_plain (vault, path);
  Cost costs[2][N_MORE], sealed_cost, plain_cost;
  double ratio;

  /* In turns, and neither always first: what one syncs the other need not. */
  for (guint i = 0; i < 2 * N_MORE; i++)
    {
      guint side = (i + i / 2) % 2;

      vault->db = side == 0 ? sealed : plain;
      costs[side][i / 2] = time_one_more (vault);
    }
  vault->db = sealed;
  *n_there += N_MORE;
  sort_costs (costs[0], N_MORE);
  sort_costs (costs[1], N_MORE);
  sealed_cost = costs[0][N_MORE / 2];
  plain_cost = costs[1][N_MORE / 2];
  ratio = sealed_cost.clock_ms / plain_cost.clock_ms;
  printf ("         one durable draft more, with its index: median %.2f ms (own time %.2f); plain SQLite %.2f ms"
          " (%.2f); %.2f x  %s\n", sealed_cost.clock_ms, sealed_cost.own_ms, plain_cost.clock_ms, plain_cost.own_ms,
          ratio, ratio <= RECORD_BUDGET ? "within budget" : "OVER");
  sak_db_free (plain);
  g_unlink (path);
}

static Cost
time_search (SakVault   *vault,
             const char *text)
{
  g_autoptr (SakSearch) search = sak_search_new (text);
  g_autoptr (GError) error = NULL;
  Cost begun = begin_cost ();
  g_autoptr (SakSearchResult) result = sak_vault_search (vault, search, NULL, &error);

  if (result == NULL)
    g_error ("%s", error->message);
  return end_cost (begun);
}

static void
measure_script (SakVault     *vault,
                const char   *script,
                const Source *source,
                GRand        *random)
{
  Cost costs[N_QUERIES];
  const Cost *half = &costs[N_QUERIES / 2], *most = &costs[N_QUERIES * 9 / 10];

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_piece (text, source, random, 1 + i % 4);
      costs[i] = time_search (vault, text->str);
    }
  sort_costs (costs, N_QUERIES);
  printf ("      %s  median %7.2f ms (own time %7.2f)  90 %% %7.2f ms (%7.2f)  %s\n", script, half->clock_ms,
          half->own_ms, most->clock_ms, most->own_ms, half->clock_ms <= BUDGET_MS ? "within budget" : "OVER");
  fflush (stdout);
}

int
main (int   argc,
      char *argv[])
{
  gint64 most = argc > 2 ? g_ascii_strtoll (argv[2], NULL, 10) : 100000;
  g_autoptr (GRand) random = g_rand_new_with_seed (2026);
  Source sources[G_N_ELEMENTS (scripts)];
  TestVault f = { 0 };
  gint64 n_there = 0;

  if (argc < 2 || most < 1000)
    {
      fprintf (stderr, "bench-search FOLDER [RECORDS]\n");
      return 2;
    }
  g_setenv ("TMPDIR", argv[1], TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    read_source (&sources[i], scripts[i]);
  test_vault_set_up (&f, NULL);
  (void) time_search (f.vault, "first");        /* reads ICU's dictionaries, and the labels */
  for (gint64 n = 1000; n <= most; n *= 10)
    {
      fill (f.vault, sources, &n_there, n, random);
      measure_one_more (f.vault, argv[1], &n_there);
      for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
        measure_script (f.vault, scripts[i], &sources[i], random);
    }
  test_vault_tear_down (&f, NULL);
  return 0;
}
