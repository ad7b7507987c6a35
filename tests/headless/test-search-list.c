/* test-search-list.c - whole lists that pass some filters, in every order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/sak-record-private.h"
#include "storage/sak-search.h"
#include "tests/headless/sak-test-vault.h"

static TestVault fixture;
static char *person_id;

/* Titles in the order of the list, with bars between. */
static char *
list (const SakSearch *search,
      SakRecordSort    sort,
      gboolean         is_reversed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = sak_vault_list_matching (fixture.vault, search, sort, is_reversed, 0, -1, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);

  g_assert_no_error (error);
  rows = sak_vault_load_rows (fixture.vault, (const gint64 *) (void *) rowids->data, rowids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? "|" : "", ((SakRecordRow *) rows->pdata[i])->title);
  return g_string_free (g_steal_pointer (&titles), FALSE);
}

static void
assert_order (SakRecordSort  sort,
              gboolean       is_reversed,
              const char    *titles)
{
  SakSearch search = { .kind = (char *) "event" };
  SakSearch narrowed = { .kind = (char *) "event", .from = (char *) "0001", .to = (char *) "9999" };
  g_autofree char *whole = list (&search, sort, is_reversed);
  g_autofree char *some = list (&narrowed, sort, is_reversed);

  g_assert_cmpstr (whole, ==, titles);
  /* The same order where something narrows it: all but the one without a date. */
  g_assert_null (strstr (some, "|Dam|"));
  g_assert_cmpuint (strlen (some), ==, strlen (whole) - strlen ("|Dam"));
}

static void
every_order_goes_both_ways (void)
{
  assert_order (SAK_SORT_TITLE, FALSE, "Boat|Camp|Dam|dam wall");
  assert_order (SAK_SORT_TITLE, TRUE, "dam wall|Dam|Camp|Boat");
}

static void
what_has_no_date_or_place_comes_last_either_way (void)
{
  SakSearch search = { .kind = (char *) "event" };
  static const struct
  {
    SakRecordSort sort;
    gboolean is_reversed;
    const char *titles;
  } cases[] = {
    { SAK_SORT_DATE, FALSE, "Boat|dam wall|Camp|Dam" },
    { SAK_SORT_DATE, TRUE, "Camp|dam wall|Boat|Dam" },
    { SAK_SORT_PLACE, FALSE, "Camp|Boat|dam wall|Dam" },
    { SAK_SORT_PLACE, TRUE, "dam wall|Boat|Camp|Dam" },
    { SAK_SORT_CODE, FALSE, "Boat|Camp|dam wall|Dam" },
    { SAK_SORT_CODE, TRUE, "Dam|dam wall|Camp|Boat" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *titles = list (&search, cases[i].sort, cases[i].is_reversed);

      g_assert_cmpstr (titles, ==, cases[i].titles);
    }
}

static void
drafts_stand_apart_from_what_is_finished (void)
{
  SakSearch search = { .kind = (char *) "event" };
  g_autofree char *ahead = list (&search, SAK_SORT_STATE, FALSE);
  g_autofree char *behind = list (&search, SAK_SORT_STATE, TRUE);

  g_assert_true (g_str_has_suffix (ahead, "|Camp"));
  g_assert_true (g_str_has_prefix (behind, "Camp|"));
}

static void
filters_narrow_together (void)
{
  static const struct
  {
    SakSearch search;
    const char *titles;
  } cases[] = {
    { { .state = (char *) "finished" }, "Camp" },
    { { .state = (char *) "draft" }, "Boat|Dam|dam wall" },
    { { .state = (char *) "conflict" }, "" },
    { { .place = (char *) "Mahachai" }, "Boat" },
    { { .place = (char *) "TH" }, "Boat|Camp" },
    { { .place = (char *) "TH", .state = (char *) "draft" }, "Boat" },
    { { .from = (char *) "2020", .to = (char *) "2021" }, "dam wall" },
    { { .to = (char *) "2020" }, "Camp|dam wall" },
    { { .violation = (char *) "debt-bondage" }, "Boat" },
    { { .text = (char *) "is not looked at", .place = (char *) "Mahachai" }, "Boat" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SakSearch search = cases[i].search;
      g_autofree char *titles = NULL;

      search.kind = (char *) "event";
      titles = list (&search, SAK_SORT_TITLE, FALSE);
      g_assert_cmpstr (titles, ==, cases[i].titles);
    }
}

static void
a_person_s_records_are_listed (void)
{
  SakSearch search = { .kind = (char *) "event", .person = person_id };
  g_autofree char *titles = list (&search, SAK_SORT_TITLE, FALSE);
  SakSearch people = { .kind = (char *) "person" };
  g_autofree char *names = list (&people, SAK_SORT_TITLE, FALSE);

  g_assert_cmpstr (titles, ==, "Camp");
  g_assert_cmpstr (names, ==, "Ma Win");
}

static GArray *
read_stretch (const SakSearch *search,
              gint64           first,
              gint64           most)
{
  g_autoptr (GError) error = NULL;
  GArray *rowids = sak_vault_list_matching (fixture.vault, search, SAK_SORT_TITLE, FALSE, first, most, NULL, &error);

  g_assert_no_error (error);
  return rowids;
}

static void
stretches_make_the_whole (void)
{
  SakSearch search = { .kind = (char *) "event", .state = (char *) "draft" };
  g_autoptr (GArray) joined = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) whole = read_stretch (&search, 0, -1);

  for (gint64 first = 0; first < 3; first += 2)
    {
      g_autoptr (GArray) part = read_stretch (&search, first, 2);

      g_array_append_vals (joined, part->data, part->len);
    }
  g_assert_cmpuint (whole->len, ==, 3);
  g_assert_cmpmem (joined->data, joined->len * sizeof (gint64), whole->data, whole->len * sizeof (gint64));
}

static void
what_cannot_be_a_filter_is_refused (void)
{
  SakSearch state = { .kind = (char *) "event", .state = (char *) "asleep" };
  SakSearch date = { .kind = (char *) "event", .from = (char *) "when it rained" };
  g_autoptr (GError) error = NULL;

  g_assert_null (sak_vault_list_matching (fixture.vault, &state, SAK_SORT_TITLE, FALSE, 0, -1, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (sak_vault_list_matching (fixture.vault, &date, SAK_SORT_TITLE, FALSE, 0, -1, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

#define ACT(id, type) "\"acts/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e5" id "\": {\"type\": \"" type "\""

static void
add (const char *json,
     gboolean    finish)
{
  g_free (test_add_json (fixture.vault, "event", json, finish));
}

static void
fill (void)
{
  g_autofree char *camp = NULL;

  person_id = test_add_json (fixture.vault, "person", "{\"identity.name\": \"Ma Win\"}", FALSE);
  camp = g_strdup_printf ("{\"title\": \"Camp\", \"narrative\": \"They were held.\", \"date\": \"2019\","
                          " \"place\": {\"name\": \"Mae Sot\", \"country\": \"TH\"},"
                          ACT ("5", "land-taken") ", \"victim\": \"%s\"}}", person_id);
  add ("{\"title\": \"Boat\", \"date\": \"2022-05\", \"place\": {\"name\": \"Mahachai\", \"country\": \"TH\"},"
       ACT ("6", "debt-bondage") "}}", FALSE);
  add (camp, TRUE);
  add ("{\"title\": \"dam wall\", \"date\": \"2020-06/2021\","
       " \"place\": {\"name\": \"Stung Treng\", \"country\": \"KH\"}}", FALSE);
  add ("{\"title\": \"Dam\"}", FALSE);
}

/* Another version of it, which says another date and follows none. */
static void
contradict (const char *id,
            const char *edtf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s}", "title", "Appeal", "date", edtf);
  const SakRevisionContent content = { .record_id = id, .kind = "intervention", .form = "intervention",
                                       .form_version = 3, .fields = fields };
  g_autoptr (SakRevision) revision = sak_revision_new (&content, fixture.vault->signing_seed, &error);
  g_auto (SakRecordKey) key = { 0 };
  gboolean is_new;

  g_assert_no_error (error);
  g_assert_true (sak_vault_begin (fixture.vault, &error));
  g_assert_true (sak_record_find (fixture.vault, id, &key, &error));
  g_assert_true (sak_revision_store (fixture.vault, &key, revision, 0, &is_new, &error));
  g_assert_true (sak_record_refresh (fixture.vault, &key, &error));
  g_assert_true (sak_vault_commit (fixture.vault, &error));
}

/* One of them is right, and nobody knows yet which: as in a search. */
static void
of_a_conflict_every_date_counts (void)
{
  g_autofree char *id = test_add_json (fixture.vault, "intervention", "{\"title\": \"Appeal\", \"date\": \"2015\"}",
                                       TRUE);
  static const char *const years[] = { "2015", "2019", "2021" };

  contradict (id, "2019");
  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      const SakSearch search = { .kind = (char *) "intervention", .from = (char *) years[i], .to = (char *) years[i] };
      g_autofree char *titles = list (&search, SAK_SORT_DATE, FALSE);

      g_assert_cmpstr (titles, ==, i < 2 ? "Appeal" : "");
    }
}

/* "name:number" each, in their order, with bars between. */
static char *
list_tags (const char *kind,
           guint       most)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tags = sak_vault_list_tags (fixture.vault, kind, most, NULL, &error);
  GString *all = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < tags->len; i++)
    {
      const SakTag *tag = tags->pdata[i];

      g_string_append_printf (all, "%s%s:%u", i > 0 ? "|" : "", tag->name, tag->n_records);
    }
  return g_string_free (all, FALSE);
}

static void
assert_tags (const char *kind,
             guint       most,
             const char *tags)
{
  g_autofree char *listed = list_tags (kind, most);

  g_assert_cmpstr (listed, ==, tags);
}

/* Of the kind alone, the most used first, as the latest record writes them. */
static void
tags_in_use_are_listed (void)
{
  g_autofree char *first = test_add_json (fixture.vault, "document",
                                          "{\"title\": \"A\", \"tags\": \"night RAID, pier\"}", FALSE);
  g_autofree char *second = test_add_json (fixture.vault, "document", "{\"title\": \"B\", \"tags\": \"Night Raid\"}",
                                           FALSE);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s}", "title", "B", "tags", "น้ำ ท่วม, pier");
  g_autoptr (GError) error = NULL;

  assert_tags ("document", 10, "Night Raid:2|pier:1");
  assert_tags ("document", 1, "Night Raid:2");
  assert_tags ("event", 10, "");
  g_assert_true (sak_vault_save_draft (fixture.vault, second, NULL, fields, &error));
  assert_tags ("document", 10, "pier:2|night RAID:1|น้ำ ท่วม:1");
  g_assert_true (sak_vault_discard_draft (fixture.vault, first, &error));
  g_assert_true (sak_vault_discard_draft (fixture.vault, second, &error));
  assert_tags ("document", 10, "");
}

static void
a_list_of_tags_can_be_stopped (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (sak_vault_list_tags (fixture.vault, "event", 10, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  test_vault_set_up (&fixture, NULL);
  fill ();
  g_test_add_func ("/search-list/every-order-goes-both-ways", every_order_goes_both_ways);
  g_test_add_func ("/search-list/what-has-no-date-or-place-comes-last-either-way",
                   what_has_no_date_or_place_comes_last_either_way);
  g_test_add_func ("/search-list/drafts-stand-apart-from-what-is-finished", drafts_stand_apart_from_what_is_finished);
  g_test_add_func ("/search-list/filters-narrow-together", filters_narrow_together);
  g_test_add_func ("/search-list/a-person-s-records-are-listed", a_person_s_records_are_listed);
  g_test_add_func ("/search-list/stretches-make-the-whole", stretches_make_the_whole);
  g_test_add_func ("/search-list/what-cannot-be-a-filter-is-refused", what_cannot_be_a_filter_is_refused);
  g_test_add_func ("/search-list/of-a-conflict-every-date-counts", of_a_conflict_every_date_counts);
  g_test_add_func ("/search-list/tags-in-use-are-listed", tags_in_use_are_listed);
  g_test_add_func ("/search-list/a-list-of-tags-can-be-stopped", a_list_of_tags_can_be_stopped);
  failed = g_test_run ();
  test_vault_tear_down (&fixture, NULL);
  g_free (person_id);
  return failed;
}
