/* bench-vault.c - what opening, listing and one more record cost in a vault of growing size
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-vault FOLDER [RECORDS]: at 1000, 10000 … up to RECORDS (1000000), each an incident of
 * about 1 KB; needs 2 KB of FOLDER for each. The first hundred are made by the program's own
 * calls, the rest are copies of them with numbers of their own. "Unlock" is opening the vault
 * by a recovery code, which is opening it less the derivation of a key from a passphrase.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-key-slots.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-vault.h"

#define N_REAL 100
#define N_ROWS_SEEN 30
#define N_TIMES 7
#define N_MORE 41
#define UNLOCK_BUDGET_MS 50

static double
now_ms (void)
{
  return g_get_monotonic_time () / 1e3;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

static double
median (double *values,
        guint   n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

static void
run (SakVault   *vault,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (!sak_db_exec (vault->db, sql, &error))
    g_error ("%s", error->message);
}

static char *
add_one (SakVault *vault,
         guint     number)
{
  g_autofree char *title = g_strdup_printf ("ငါးဖမ်းသမားများ ဆိပ်ကမ်းမှ နှင်ထုတ်ခံရ %u", number);
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_printf (json, "{\"title\": \"%s\", \"date\": \"20%02u-07~\", \"place\": {\"name\": \"ကျောက်ဖြူ\"},"
                   " \"narrative\": \"", title, 10 + number % 15);
  for (guint i = 0; i < 8; i++)
    g_string_append (json, "They came at night and told everybody to leave before the morning. ");
  g_string_append (json, "\"}");
  return test_add_json (vault, "event", json->str, TRUE);
}

/* Copies of what is there until there are @n: rows as the program writes them, but for the set
 * hash, which only a check looks at.
 */
static void
fill (SakVault *vault,
      guint     n)
{
  g_autofree char *sql = NULL;
  guint there = test_count_records (vault);

  if (there >= n)
    return;
  sql = g_strdup_printf (
    "BEGIN IMMEDIATE;"
    "WITH RECURSIVE number (n) AS (SELECT %u UNION ALL SELECT n + 1 FROM number WHERE n < %u) "
    "INSERT INTO record (rowid, id, kind, code, state, title, date, latest_day, place, n_media, origin, changed) "
    "SELECT n, randomblob(16), kind, substr(code, 1, 9) || n, state, title || n, date, latest_day + n %% 900, place,"
    " n_media, origin, changed + n FROM number JOIN record ON record.rowid = 1 + n %% %u;"
    "WITH RECURSIVE number (n) AS (SELECT %u UNION ALL SELECT n + 1 FROM number WHERE n < %u) "
    "INSERT INTO revision (rowid, id, record, author, time, is_head, origin, line) "
    "SELECT n, randomblob(32), n, author, time, 1, origin, line FROM number"
    " JOIN revision ON revision.rowid = 1 + n %% %u;"
    "COMMIT", there + 1, n, N_REAL, there + 1, n, N_REAL);
  run (vault, sql);
}

/* What stands between the person and the list: opening, the first stretch of the order, and the
 * rows on the screen.
 */
static double
time_unlock (TestVault      *f,
             SakCredential  *credential)
{
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  double start;

  test_vault_close (f);
  start = now_ms ();
  f->vault = sak_vault_open_with (f->path, credential, &error);
  if (f->vault != NULL)
    rowids = sak_vault_list_stretch (f->vault, "event", SAK_SORT_CHANGED, 0, 1000, &error);
  if (rowids != NULL)
    rows = sak_vault_load_rows (f->vault, (gint64 *) (void *) rowids->data, N_ROWS_SEEN, &error);
  if (rows == NULL)
    g_error ("%s", error->message);
  return now_ms () - start;
}

static void
measure (TestVault      *f,
         SakCredential  *credential,
         guint           n)
{
  double unlocks[N_TIMES], more[N_MORE], loads[N_MORE];

  fill (f->vault, n);
  for (guint i = 0; i < N_TIMES; i++)
    unlocks[i] = time_unlock (f, credential);
  for (guint i = 0; i < N_MORE; i++)
    {
      g_autofree char *id = NULL;
      g_autoptr (SakRecord) record = NULL;
      double start = now_ms ();

      id = add_one (f->vault, n + i);
      more[i] = now_ms () - start;
      start = now_ms ();
      record = sak_vault_load_record (f->vault, id, NULL);
      loads[i] = now_ms () - start;
    }
  printf ("%9u  %16.1f  %14.2f  %14.3f%s\n", n, median (unlocks, N_TIMES), median (more, N_MORE),
          median (loads, N_MORE), median (unlocks, N_TIMES) <= UNLOCK_BUDGET_MS ? "" : "  OVER");
  fflush (stdout);
}

/* A way in that needs no derivation of a key, which is dear on purpose and no part of this. */
static SakCredential *
make_credential (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) code = sak_vault_add_recovery_code (vault, "bench", NULL, &error);
  SakCredential *credential = code != NULL ? sak_credential_new_recovery_code (code, NULL, &error) : NULL;

  if (credential == NULL)
    g_error ("%s", error->message);
  return credential;
}

int
main (int   argc,
      char *argv[])
{
  guint most = argc > 2 ? atoi (argv[2]) : 1000000;
  g_autoptr (SakCredential) credential = NULL;
  TestVault f = { 0 };

  if (argc < 2)
    g_error ("bench-vault FOLDER [RECORDS]");
  g_setenv ("TMPDIR", argv[1], TRUE);
  sak_vault_prepare_process ();
  sak_crypto_init ();
  test_vault_set_up (&f, NULL);
  credential = make_credential (f.vault);
  for (guint i = 0; i < N_REAL; i++)
    g_free (add_one (f.vault, i));
  printf ("milliseconds; budget of unlock to first list: %d\n", UNLOCK_BUDGET_MS);
  printf ("%9s  %16s  %14s  %14s\n", "records", "unlock and list", "one more", "one read");
  for (guint n = 1000; n <= most; n *= 10)
    measure (&f, credential, n);
  test_vault_tear_down (&f, NULL);
  return 0;
}
