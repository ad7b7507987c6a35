/* test-record-days.c - records counted and listed by intervals
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-date.h"
#include "storage/sak-record-days.h"
#include "storage/sak-record.h"
#include "tests/headless/sak-test-vault.h"

static void
add (SakVault   *vault,
     const char *title,
     const char *date)
{
  g_autofree char *json = g_strdup_printf (date[0] == '{' ? "{\"title\": \"%s\", \"date\": %s}"
                                                          : "{\"title\": \"%s\", \"date\": \"%s\"}", title, date);
  g_autofree char *id = test_add_json (vault, "event", json, FALSE);

  g_assert_nonnull (id);
}

static void
fill (SakVault *vault)
{
  static const char *const dates[] = {
    "2019-07-14", "2019-07", "2019", "2019-06/2019-10", "2019~", "2019-07-14?", "../2018", "2020-02/..", "2018/2020",
    "201X", "{\"said\": \"before the flood\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    add (vault, dates[i][0] == '{' ? "said" : dates[i], dates[i]);
}

static void
assert_bucket (const SakDateCount *count,
               const char         *name,
               guint64             n_certain,
               guint64             n_possible)
{
  for (guint i = 0; i < count->buckets->len; i++)
    {
      const SakDateBucket *bucket = count->buckets->pdata[i];

      if (!g_str_equal (bucket->name, name))
        continue;
      g_assert_cmpuint (bucket->n_certain, ==, n_certain);
      g_assert_cmpuint (bucket->n_possible, ==, n_possible);
      return;
    }
  g_assert_true (n_certain == 0 && n_possible == 0);
}

static void
years_have_what_is_sure_and_what_may_be (TestVault     *f,
                                         gconstpointer  unused)
{
  g_autoptr (SakDateCount) count = NULL;
  g_autoptr (GError) error = NULL;

  fill (f->vault);
  count = sak_vault_count_by_date (f->vault, "event", SAK_COUNT_BY_YEAR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count->n_records, ==, 11);
  g_assert_cmpuint (count->n_undated, ==, 1);
  g_assert_cmpuint (count->n_dated, ==, 10);
  /* 2019-07-14, 2019-07, 2019, rainy season; perhaps 2019~, 2019-07-14?, 2018/2020, 201X. */
  assert_bucket (count, "2019", 4, 4);
  assert_bucket (count, "2018", 0, 3);
  assert_bucket (count, "2020", 0, 2);
  assert_bucket (count, "2010", 0, 2);
  assert_bucket (count, "2021", 0, 0);
  assert_bucket (count, "2009", 0, 0);
  g_assert_cmpuint (count->buckets->len, ==, 11);
}

static void
a_year_is_no_twelfth_in_its_months (TestVault     *f,
                                    gconstpointer  unused)
{
  g_autoptr (SakDateCount) count = NULL;

  fill (f->vault);
  count = sak_vault_count_by_date (f->vault, NULL, SAK_COUNT_BY_MONTH, NULL);
  /* Sure: the day and the month. Perhaps: the year, the season, about, "?", two years, the decade. */
  assert_bucket (count, "2019-07", 2, 6);
  assert_bucket (count, "2019-01", 0, 4);
  assert_bucket (count, "2018-12", 0, 3);
  assert_bucket (count, "2020-03", 0, 2);
  assert_bucket (count, "2021-01", 0, 0);
}

static guint
count_between (SakVault   *vault,
               const char *edtf,
               gboolean    is_certain)
{
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GError) error = NULL;
  SakDateSpan span;

  g_assert_true (sak_date_parse (edtf, &span, NULL));
  rowids = sak_vault_list_between (vault, "event", span.earliest_day, span.latest_day, is_certain, &error);
  g_assert_no_error (error);
  return rowids->len;
}

static void
lists_have_all_that_may_be_or_only_what_is_sure (TestVault     *f,
                                                 gconstpointer  unused)
{
  fill (f->vault);
  g_assert_cmpuint (count_between (f->vault, "2019-07", FALSE), ==, 8);
  g_assert_cmpuint (count_between (f->vault, "2019-07", TRUE), ==, 2);
  g_assert_cmpuint (count_between (f->vault, "2018/2020", TRUE), ==, 5);
  g_assert_cmpuint (count_between (f->vault, "../2018", TRUE), ==, 1);
  g_assert_cmpuint (count_between (f->vault, "1950", FALSE), ==, 1);
  g_assert_cmpuint (count_between (f->vault, "2050", FALSE), ==, 1);
}

/* Dates that are far away cost no memory and nobody their count. */
static void
distant_years_do_no_harm (TestVault     *f,
                          gconstpointer  unused)
{
  g_autoptr (SakDateCount) count = NULL;

  add (f->vault, "far", "Y5000000");
  add (f->vault, "gone", "Y-5000000/-0044");
  add (f->vault, "all", "-0044/Y17000");
  add (f->vault, "one", "9999-12");
  count = sak_vault_count_by_date (f->vault, NULL, SAK_COUNT_BY_MONTH, NULL);
  g_assert_cmpuint (count->n_dated, ==, 4);
  assert_bucket (count, "9999-12", 1, 1);
  g_assert_cmpuint (count->buckets->len, ==, 1);
}

static void
an_empty_vault_has_no_buckets (TestVault     *f,
                               gconstpointer  unused)
{
  g_autoptr (SakDateCount) count = sak_vault_count_by_date (f->vault, NULL, SAK_COUNT_BY_YEAR, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (count->buckets->len, ==, 0);
  sak_vault_lock (f->vault);
  g_assert_null (sak_vault_count_by_date (f->vault, NULL, SAK_COUNT_BY_YEAR, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_LOCKED);
}

#define ADD(path, test) g_test_add (path, TestVault, NULL, test_vault_set_up, test, test_vault_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/record-days/years-have-what-is-sure-and-what-may-be", years_have_what_is_sure_and_what_may_be);
  ADD ("/record-days/a-year-is-no-twelfth-in-its-months", a_year_is_no_twelfth_in_its_months);
  ADD ("/record-days/lists-have-all-that-may-be-or-only-what-is-sure", lists_have_all_that_may_be_or_only_what_is_sure);
  ADD ("/record-days/distant-years-do-no-harm", distant_years_do_no_harm);
  ADD ("/record-days/an-empty-vault-has-no-buckets", an_empty_vault_has_no_buckets);
  return g_test_run ();
}
