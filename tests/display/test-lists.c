/* test-lists.c - lists of records: searched as one types, narrowed, sorted, chosen from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <string.h>

#include "tests/display/sak-test-list.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-choosing-more.h"
#include "ui/sak-index-upkeep.h"
#include "ui/sak-list-header.h"
#include "ui/sak-record-columns.h"
#include "ui/sak-record-list.h"
#include "ui/sak-record-row-view.h"
#include "ui/words/sak-language.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-when.h"

static TestVault vault;
static SakWorker *worker;
static SakSession *session;
static GtkWidget *window;

static void
show_list (const char *kind)
{
  window = test_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 600);
  gtk_window_set_child (GTK_WINDOW (window), sak_record_list_new (session, kind));
  gtk_window_present (GTK_WINDOW (window));
}

static void
close_list (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
what_is_typed_is_found_and_marked (void)
{
  static const struct { const char *typed; const char *title; } cases[] = {
    { "captain", "Seven men" }, { "ရေ", "ရေကြီး" }, { "น้ำ", "น้ำท่วม" }, { "ទឹក", "Dam" },
  };

  show_list ("event");
  test_see (window, "5 records");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SakRecordItem) item = NULL;
      const GArray *ranges, *title_ranges;

      test_type (window, "search", cases[i].typed);
      test_see (window, "1 record found");
      test_see_first (window, cases[i].title);
      g_assert_cmpuint (g_list_model_get_n_items (test_get_rows (window)), ==, 1);
      item = g_list_model_get_item (test_get_rows (window), 0);
      title_ranges = sak_record_item_get_title_ranges (item);
      (void) sak_record_item_get_snippet (item, &ranges);
      g_assert_cmpuint (title_ranges->len + ranges->len, >, 0);
    }
  close_list ();
}

/* 1366 pixels without the places beside it. */
#define LIST_WIDTH 1140

static int
measure (char *words)
{
  g_autofree char *owned = words;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (window, owned);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* The year stands last in Thai, and first in Burmese: no language loses it. */
static void
days_are_read_whole_in_every_language (void)
{
  const char *const *codes = sak_language_list ();
  g_autofree char *own = g_strdup (sak_language_get ());
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 9, 28, 12, 0, 0);

  show_list ("event");
  for (guint i = 0; codes[i] != NULL; i++)
    {
      SakColumns columns;

      sak_language_choose (codes[i]);
      sak_record_columns_get (window, "event", LIST_WIDTH, &columns);
      g_assert_true (columns.is_wide);
      g_assert_cmpint (columns.width[SAK_COLUMN_CHANGED], >=, measure (sak_words_day_of (g_date_time_to_unix (noon))));
      g_assert_cmpint (columns.width[SAK_COLUMN_DATE], >=, measure (sak_words_date ("2025-09-28~", NULL)));
      g_assert_cmpint (columns.x[SAK_COLUMN_CHANGED] + columns.width[SAK_COLUMN_CHANGED], <=, LIST_WIDTH);
    }
  sak_language_choose (own);
  close_list ();
}

/* Else one of them would have columns where the other has two lines. */
static void
the_header_goes_by_the_width_of_the_rows (void)
{
  GtkWidget *row;

  show_list ("event");
  row = test_see_type (window, SAK_TYPE_RECORD_ROW_VIEW);
  for (guint turn = 0; turn < 2000 && gtk_widget_get_width (row) == 0; turn++)
    test_turn ();
  g_assert_cmpint (gtk_widget_get_width (row), ==,
                   gtk_widget_get_width (test_find_type (window, SAK_TYPE_LIST_HEADER)) - 2 * SAK_ROW_INSET);
  close_list ();
}

/* A person has no day and no place: two columns of nothing would cost the name its room. */
static void
people_have_no_empty_columns (void)
{
  SakColumns columns;

  show_list ("person");
  sak_record_columns_get (window, "person", LIST_WIDTH, &columns);
  g_assert_cmpint (columns.width[SAK_COLUMN_DATE], ==, 0);
  g_assert_cmpint (columns.width[SAK_COLUMN_PLACE], ==, 0);
  g_assert_null (test_find_text (window, "Place"));
  close_list ();
}

static void
what_is_not_found_leads_back_to_the_list (void)
{
  show_list ("event");
  test_see (window, "5 records");
  test_type (window, "search", "zebra");
  test_see (window, "Nothing is found");
  test_click (window, "Show the whole list");
  test_see (window, "5 records");
  close_list ();
}

static void
the_newest_wish_wins (void)
{
  show_list ("event");
  test_see (window, "5 records");
  for (guint i = 0; i < 20; i++)
    {
      test_type (window, "search", i % 2 == 0 ? "captain" : "zebra");
      g_signal_emit_by_name (test_find_type (window, GTK_TYPE_SEARCH_ENTRY), "search-changed");
    }
  test_type (window, "search", "captain");
  test_see (window, "1 record found");
  test_type (window, "search", "");
  test_see (window, "5 records");
  close_list ();
}

static void
chips_narrow_and_say_so (void)
{
  show_list ("event");
  test_see (window, "5 records");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (test_see (window, "Narrow down"),
                                                                            GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  test_click (window, "State");
  test_click (window, "Finished");
  test_see (window, "State: Finished");
  test_see (window, "1 record");
  test_see_first (window, "Seven men kept at sea");
  test_click (window, "Place");
  test_type (window, "place", "Nowhere");
  g_signal_emit_by_name (test_find_entry (window, "place"), "activate");
  test_see (window, "Nothing is found");
  test_click (window, "Show the whole list");
  test_see (window, "5 records");
  close_list ();
}

static void
a_date_that_is_none_is_said_before_anything_is_narrowed (void)
{
  show_list ("event");
  test_see (window, "5 records");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (test_see (window, "Narrow down"),
                                                                            GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  test_click (window, "When");
  test_type (window, "from", "when the sea was rough");
  g_signal_emit_by_name (test_find_entry (window, "from"), "activate");
  test_see (window, "not understood as a date");
  test_see (window, "5 records");
  test_type (window, "from", "March 2021");
  g_signal_emit_by_name (test_find_entry (window, "from"), "activate");
  test_see (window, "When: from March 2021");
  test_see (window, "1 record");
  close_list ();
}

static void
every_column_sorts_and_sorts_back (void)
{
  static const struct { const char *column; const char *first; } cases[] = {
    { "Title", "Dam gates" }, { "Title", "ရေကြီး" }, { "Date", "ရေကြီး" }, { "Date", "Seven men" },
    { "Place", "Seven men" }, { "Number", "Seven men" }, { "State", "" },
  };

  show_list ("event");
  test_see (window, "5 records");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      test_click (test_find_type (window, SAK_TYPE_LIST_HEADER), cases[i].column);
      test_see_first (window, cases[i].first);
    }
  close_list ();
}

static void
a_search_is_saved_found_again_and_removed (void)
{
  g_autoptr (SakSearch) search = sak_search_new ("captain");
  g_auto (GStrv) names = NULL;

  search->kind = g_strdup ("event");
  g_assert_true (sak_vault_save_search (vault.vault, "About the captain", search, NULL));
  show_list ("event");
  test_see (window, "5 records");
  test_click (window, "Saved searches");
  test_click (window, "About the captain");
  test_see (window, "1 record found");
  close_list ();
  show_list ("person");
  test_see (window, "No people yet");
  close_list ();
  g_assert_true (sak_vault_forget_search (vault.vault, "About the captain", NULL));
  names = sak_vault_list_searches (vault.vault, NULL);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
}

/* The question or the answer to it that is on the screen with these words. */
static GtkWidget *
see_dialog (const char *words)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint turn = 0; turn < 6000; turn++)
    {
      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWidget) dialog = g_list_model_get_item (windows, i);

          if (ADW_IS_MESSAGE_DIALOG (dialog) && test_find_text (dialog, words) != NULL)
            return dialog;
        }
      test_turn ();
    }
  g_error ("“%s” is not said", words);
}

/* That one may be of another list, and does not even show here. */
static void
a_name_that_is_taken_is_not_taken_again (void)
{
  g_autoptr (SakSearch) search = sak_search_new ("harbour");
  g_autoptr (SakSearch) kept = NULL;
  GtkWidget *dialog;

  search->kind = g_strdup ("person");
  g_assert_true (sak_vault_save_search (test_at_rest (worker, vault.vault), "Night", search, NULL));
  show_list ("event");
  test_see (window, "5 records");
  test_type (window, "search", "captain");
  test_see (window, "1 record found");
  test_click (window, "Saved searches");
  test_click (window, "Save this search…");
  dialog = see_dialog ("is kept in this vault under a name");
  gtk_editable_set_text (GTK_EDITABLE (test_find_type (dialog, GTK_TYPE_ENTRY)), "Night");
  test_click (dialog, "Save");
  test_click (see_dialog ("it was not overwritten"), "Close");
  close_list ();
  kept = sak_vault_load_search (test_at_rest (worker, vault.vault), "Night", NULL);
  g_assert_cmpstr (kept->text, ==, "harbour");
  g_assert_true (sak_vault_forget_search (vault.vault, "Night", NULL));
}

static void
several_are_chosen_and_stay_so_when_the_list_is_sorted (void)
{
  show_list ("event");
  test_see (window, "5 records");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (test_see (window, "Choose several"),
                                                                            GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  test_see (window, "Choose records in the list");
  g_signal_emit_by_name (test_find_type (window, GTK_TYPE_LIST_VIEW), "activate", 0u);
  g_signal_emit_by_name (test_find_type (window, GTK_TYPE_LIST_VIEW), "activate", 1u);
  test_see (window, "2 records are chosen");
  test_click (test_find_type (window, SAK_TYPE_LIST_HEADER), "Title");
  test_see (window, "2 records are chosen");
  test_click (window, "Choose all");
  test_see (window, "5 records are chosen");
  test_click (window, "Choose none");
  test_see (window, "Choose records in the list");
  close_list ();
}

static SakRecordState
get_state (const char *id)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (test_at_rest (worker, vault.vault), id, NULL);

  return record->state;
}

static void
choose_all (void)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (test_see (window, "Choose several"),
                                                                            GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  test_click (window, "Choose all");
}

static void
wait_without_dialog (void)
{
  for (guint turn = 0; turn < 2000 && test_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL; turn++)
    test_turn ();
}

/* A draft and a finished record get a tag together; then the draft goes, and what is finished stays. */
static void
several_are_tagged_and_drafts_of_them_discarded (void)
{
  SakVault *at_rest = test_at_rest (worker, vault.vault);
  g_autofree char *draft = test_add_json (at_rest, "document", "{\"title\": \"Pay book\"}", FALSE);
  g_autofree char *finished = test_add_json (at_rest, "document", "{\"title\": \"Permit\"}", TRUE);
  g_autoptr (SakRecord) record = NULL;
  GtkWidget *more, *dialog;

  show_list ("document");
  test_see (window, "2 records");
  choose_all ();
  test_see (window, "2 records are chosen");
  test_see (window, "Make a bundle of these…");
  more = test_find_type (window, SAK_TYPE_CHOOSING_MORE);
  gtk_widget_activate_action (more, "chosen.tag", NULL);
  dialog = see_dialog ("Add a tag");
  gtk_editable_set_text (GTK_EDITABLE (test_find_type (dialog, GTK_TYPE_ENTRY)), "harbour");
  test_click (dialog, "Add");
  test_see (window, "2 records were changed.");
  wait_without_dialog ();
  record = sak_vault_load_record (test_at_rest (worker, vault.vault), finished, NULL);
  g_assert_cmpstr (sak_json_get_text (record->fields, "tags"), ==, "harbour");
  g_assert_cmpint (record->state, ==, SAK_RECORD_FINISHED);
  g_assert_cmpint (get_state (draft), ==, SAK_RECORD_DRAFT);
  gtk_widget_activate_action (more, "chosen.discard", NULL);
  dialog = see_dialog ("1 of the chosen records is a draft.");
  test_click (dialog, "Discard");
  test_see (window, "1 record was changed. 1 stayed as it was.");
  /* None is chosen any more. */
  g_assert_false (gtk_widget_is_sensitive (test_find_text (window, "Make a bundle of these…")));
  wait_without_dialog ();
  test_see (window, "1 record");
  g_assert_cmpint (get_state (finished), ==, SAK_RECORD_FINISHED);
  choose_all ();
  gtk_widget_activate_action (more, "chosen.discard", NULL);
  test_click (see_dialog ("There is no draft among them"), "Close");
  wait_without_dialog ();
  close_list ();
}

static void
an_empty_list_teaches (void)
{
  static const struct { const char *kind; const char *words; const char *button; } cases[] = {
    { "person", "No people yet", "New person or group…" },
    { "testimony", "No testimonies yet", "New testimony…" },
    { "document", "No evidence yet", "New evidence…" },
    { "intervention", "No actions yet", "New action…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      show_list (cases[i].kind);
      test_see (window, cases[i].words);
      /* Without the window around it, there is nobody to make one. */
      g_assert_nonnull (test_find_text (window, cases[i].button));
      close_list ();
    }
}

static gpointer
search_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakSearch) search = sak_search_new ("captain");

  return sak_vault_search (call->vault, search, NULL, error);
}

static void
search_done_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(SakSearchResult **) data = sak_session_call_finish (result, &error);
  g_assert_no_error (error);
}

/* On the vault's thread: the upkeep works there meanwhile. */
static SakSearchResult *
search (SakSession *in)
{
  SakSearchResult *result = NULL;
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;

  sak_session_call (in, sak_session_new_call (in), search_job, (GDestroyNotify) sak_search_result_free, NULL,
                    search_done_cb, &result);
  while (result == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
  return result;
}

/* As after an older program, or a change of how things are searched. */
static void
an_index_that_is_behind_catches_up_by_itself (void)
{
  g_autoptr (SakSession) other = NULL;
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;
  gboolean is_complete = FALSE;

  g_assert_true (sak_vault_reset_index (vault.vault, NULL));
  other = sak_session_new (worker, vault.vault);
  (void) sak_index_upkeep_get (other);
  while (!is_complete)
    {
      g_autoptr (SakSearchResult) result = search (other);

      is_complete = result->is_index_complete;
      g_assert_true (!is_complete || result->found->len == 1);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
  g_object_run_dispose (G_OBJECT (sak_index_upkeep_get (other)));
}

static void
add (const char *json,
     gboolean    finish)
{
  g_free (test_add_json (vault.vault, "event", json, finish));
}

static void
set_up (void)
{
  test_vault_set_up (&vault, NULL);
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault.vault);
  add ("{\"title\": \"Seven men kept at sea\", \"narrative\": \"The captain held their papers.\","
       " \"date\": \"2018\", \"place\": {\"name\": \"Mahachai\", \"country\": \"TH\"}}", TRUE);
  add ("{\"title\": \"ရေကြီးတဲ့ည\", \"date\": \"2021-03\"}", FALSE);
  add ("{\"title\": \"น้ำท่วมบ้าน\", \"date\": \"2020\"}", FALSE);
  add ("{\"title\": \"Dam gates opened\", \"narrative\": \"ទឹកជំនន់\", \"date\": \"2019\"}", FALSE);
  add ("{\"title\": \"Nothing known yet\"}", FALSE);
}

int
main (int    argc,
      char **argv)
{
  int failed;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  set_up ();
  g_test_add_func ("/lists/what-is-typed-is-found-and-marked", what_is_typed_is_found_and_marked);
  g_test_add_func ("/lists/days-are-read-whole-in-every-language", days_are_read_whole_in_every_language);
  g_test_add_func ("/lists/the-header-goes-by-the-width-of-the-rows", the_header_goes_by_the_width_of_the_rows);
  g_test_add_func ("/lists/people-have-no-empty-columns", people_have_no_empty_columns);
  g_test_add_func ("/lists/what-is-not-found-leads-back-to-the-list", what_is_not_found_leads_back_to_the_list);
  g_test_add_func ("/lists/the-newest-wish-wins", the_newest_wish_wins);
  g_test_add_func ("/lists/chips-narrow-and-say-so", chips_narrow_and_say_so);
  g_test_add_func ("/lists/a-date-that-is-none-is-said-before-anything-is-narrowed",
                   a_date_that_is_none_is_said_before_anything_is_narrowed);
  g_test_add_func ("/lists/every-column-sorts-and-sorts-back", every_column_sorts_and_sorts_back);
  g_test_add_func ("/lists/a-search-is-saved-found-again-and-removed", a_search_is_saved_found_again_and_removed);
  g_test_add_func ("/lists/a-name-that-is-taken-is-not-taken-again", a_name_that_is_taken_is_not_taken_again);
  g_test_add_func ("/lists/several-are-chosen-and-stay-so-when-the-list-is-sorted",
                   several_are_chosen_and_stay_so_when_the_list_is_sorted);
  g_test_add_func ("/lists/an-empty-list-teaches", an_empty_list_teaches);
  g_test_add_func ("/lists/several-are-tagged-and-drafts-of-them-discarded",
                   several_are_tagged_and_drafts_of_them_discarded);
  g_test_add_func ("/lists/an-index-that-is-behind-catches-up-by-itself",
                   an_index_that_is_behind_catches_up_by_itself);
  failed = g_test_run ();
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_vault_tear_down (&vault, NULL);
  return failed;
}
