/* test-due.c - what in a vault waits for somebody
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-consent.h"
#include "storage/sak-due.h"
#include "storage/sak-exchange.h"
#include "storage/sak-search.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-vault.h"

static guint
count (TestVault    *f,
       SakDueMatter  matter,
       const char   *kind)
{
  g_autoptr (GError) error = NULL;
  SakDue due;
  gboolean went_well = sak_vault_count_due (f->vault, &due, &error);

  g_assert_no_error (error);
  g_assert_true (went_well);
  g_assert_true (due.is_complete);
  for (guint i = 0; i < SAK_N_DUE_KINDS; i++)
    if (g_str_equal (sak_due_kinds[i], kind))
      return due.n[matter][i];
  g_assert_not_reached ();
}

static guint
count_unsent (TestVault *f,
              guint      most)
{
  gint64 cursor = 0;
  guint n = 0;

  do
    g_assert_true (sak_vault_count_unsent (f->vault, most, &cursor, &n, NULL));
  while (cursor != 0);
  return n;
}

static void
drafts_and_changes_are_counted_apart (TestVault     *f,
                                      gconstpointer  unused)
{
  g_autofree char *draft = test_add_event (f->vault, "Begun", FALSE);
  g_autofree char *finished = test_add_event (f->vault, "Done", TRUE);
  g_autofree char *person = test_add_json (f->vault, "person", "{\"identity.name\": \"Ma Win\"}", FALSE);
  g_autoptr (SakRecord) record = sak_vault_load_record (f->vault, finished, NULL);
  g_autoptr (json_t) fields = json_deep_copy (record->fields);

  g_assert_cmpuint (count (f, SAK_DUE_DRAFT, "event"), ==, 1);
  g_assert_cmpuint (count (f, SAK_DUE_DRAFT, "person"), ==, 1);
  g_assert_cmpuint (count (f, SAK_DUE_DRAFT, "testimony"), ==, 0);
  g_assert_cmpuint (count (f, SAK_DUE_CHANGED, "event"), ==, 0);
  json_object_set_new (fields, "title", json_string ("Done, and changed"));
  g_assert_true (sak_vault_save_draft (f->vault, finished, record->base_revision, fields, NULL));
  g_assert_cmpuint (count (f, SAK_DUE_DRAFT, "event"), ==, 1);
  g_assert_cmpuint (count (f, SAK_DUE_CHANGED, "event"), ==, 1);
  g_assert_cmpuint (count (f, SAK_DUE_CONFLICT, "event"), ==, 0);
  g_assert_cmpuint (count (f, SAK_DUE_WITHDRAWN, "event"), ==, 0);
}

static char *
add_consent (TestVault  *f,
             const char *member,
             int         days,
             const char *more)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) when = g_date_time_add_days (now, days);
  g_autofree char *day = g_date_time_format (when, "%Y-%m-%d");
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Told\", \"consent\": {\"%s\": \"%s\"%s}}", member, day, more);

  return test_add_json (f->vault, "testimony", json, FALSE);
}

static void
consents_are_due_from_five_weeks_before_their_end (TestVault     *f,
                                                   gconstpointer  unused)
{
  static const struct { const char *member; int days; const char *more; guint n; } cases[] = {
    { "expires", 20, "", 1 }, { "expires", 60, "", 0 }, { "expires", -300, "", 1 }, { "expires", -900, "", 0 },
    { "review", 3, "", 1 }, { "given", 3, "", 0 },
    { "expires", 20, ", \"withdrawn\": \"2024-01-01\"", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = add_consent (f, cases[i].member, cases[i].days, cases[i].more);
      SakSearch search = { .kind = (char *) "testimony", .consent = (char *) SAK_SEARCH_CONSENT_ENDING };
      g_autoptr (GArray) rowids = sak_vault_list_matching (f->vault, &search, SAK_SORT_CHANGED, FALSE, 0, -1, NULL,
                                                           NULL);

      g_assert_cmpuint (count (f, SAK_DUE_ENDING, "testimony"), ==, cases[i].n);
      g_assert_cmpuint (rowids->len, ==, cases[i].n);
      g_assert_true (sak_vault_discard_draft (f->vault, id, NULL));
    }
}

static void
what_is_finished_is_unsent_however_it_is_sliced (TestVault     *f,
                                                 gconstpointer  unused)
{
  g_assert_cmpuint (count_unsent (f, 10), ==, 0);
  for (guint i = 0; i < 7; i++)
    g_free (test_add_event (f->vault, "One of several", i != 3));
  for (guint most = 1; most <= 8; most++)
    g_assert_cmpuint (count_unsent (f, most), ==, 6);
}

/* What stands in the index of a record that is gone is the check's to find, and nobody's work. */
static void
a_damaged_index_stops_no_counting (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_db_exec (f->vault->db, "INSERT INTO search (rowid, title, text, place, facet)"
                              " VALUES (99, '', '', '', char (30) || 's:4 ')", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (f, SAK_DUE_WITHDRAWN, "event"), ==, 0);
}

#define ADD(name, test) g_test_add (name, TestVault, NULL, test_vault_set_up, test, test_vault_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/due/drafts-and-changes-are-counted-apart", drafts_and_changes_are_counted_apart);
  ADD ("/due/consents-are-due-from-five-weeks-before-their-end", consents_are_due_from_five_weeks_before_their_end);
  ADD ("/due/what-is-finished-is-unsent-however-it-is-sliced", what_is_finished_is_unsent_however_it_is_sliced);
  ADD ("/due/a-damaged-index-stops-no-counting", a_damaged_index_stops_no_counting);
  return g_test_run ();
}
