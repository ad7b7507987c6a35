/* test-talk.c - a question goes from the desk to the harbour, and its answer back, by windows and real bundles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-thread.h"
#include "storage/sak-unsent-words.h"
#include "tests/display/sak-test-choose.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-answer-window.h"
#include "ui/sak-ask-window.h"
#include "ui/sak-home-page.h"
#include "ui/sak-import-page.h"
#include "ui/sak-record-page.h"
#include "ui/sak-transfer-page.h"

typedef struct
{
  SakVault *vault;
  SakWorker *worker;
  SakSession *session;
} Side;

static TestPair pair;
static Side harbour, desk;
static guint n_files;

static SakVault *
at_rest (Side *side)
{
  return test_at_rest (side->worker, side->vault);
}

static void
begin (Side     *side,
       SakVault *vault)
{
  side->vault = vault;
  side->worker = sak_worker_new ();
  side->session = sak_session_new (side->worker, vault);
}

static void
end (Side *side)
{
  g_clear_object (&side->session);
  test_end_worker (g_steal_pointer (&side->worker));
}

static void
pass_on (Side       *from,
         const char *to_name,
         Side       *to)
{
  g_autofree char *name = g_strdup_printf ("way-%u.age", ++n_files);
  g_autofree char *path = test_bundle (&pair, at_rest (from), to_name, NULL, name);

  sak_bundle_report_free (test_import (at_rest (to), path));
  sak_session_changed (to->session);
}

static char *
report_event (const char *title)
{
  char *id = test_add_event (at_rest (&harbour), title, TRUE);

  pass_on (&harbour, "Desk", &desk);
  return id;
}

static GtkWidget *
show_record (Side       *side,
             const char *id)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), sak_record_page_new (side->session, id));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
write_words (GtkWidget  *window,
             const char *words)
{
  GtkWidget *text = test_find_type (window, GTK_TYPE_TEXT_VIEW);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), words, -1);
}

static void
wait_until_closed (GType type)
{
  for (guint i = 0; i < 6000 && test_find_window (type) != NULL; i++)
    test_turn ();
  g_assert_null (test_find_window (type));
}

static SakQuestion *
load_only (Side       *side,
           const char *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) questions = sak_vault_list_questions (at_rest (side), record, SAK_QUESTIONS_ALL, 0, 5, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (questions->len, ==, 1);
  return g_ptr_array_steal_index (questions, 0);
}

/* --- */

static void
a_question_goes_there_and_its_answer_comes_back (void)
{
  g_autofree char *id = report_event ("At the pier");
  GtkWidget *there = show_record (&desk, id);
  GtkWidget *here = show_record (&harbour, id);
  g_autoptr (SakQuestion) question = NULL;
  GtkWidget *window;

  test_see (there, "If something is not clear, you can ask Harbour.");
  g_signal_emit_by_name (test_tab_to (there, "Ask…"), "clicked");
  window = test_see_window (SAK_TYPE_ASK_WINDOW);
  test_see (window, "The question goes to Harbour and to nobody else.");
  write_words (window, "Which pier was it?");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_tab_to (window, "Urgent: it stands first there")), TRUE);
  test_click (window, "Ask");
  wait_until_closed (SAK_TYPE_ASK_WINDOW);
  test_see (there, "It waits for your next bundle for them.");
  g_assert_null (test_find_text (here, "Which pier was it?"));
  pass_on (&desk, "Harbour", &harbour);
  test_see (here, "Urgent. Desk asks you.");
  g_signal_emit_by_name (test_tab_to (here, "Answer…: Which pier was it?"), "clicked");
  window = test_see_window (SAK_TYPE_ANSWER_WINDOW);
  test_see (window, "The record has not changed since it was asked.");
  write_words (window, "The long one.");
  test_click (window, "Answer");
  wait_until_closed (SAK_TYPE_ANSWER_WINDOW);
  test_see (here, "You answered it.");
  pass_on (&harbour, "Desk", &desk);
  test_see (there, "The long one.");
  g_signal_emit_by_name (test_tab_to (there, "Close…: Which pier was it?"), "clicked");
  window = test_see_window (SAK_TYPE_ANSWER_WINDOW);
  test_see (window, "That it is closed goes to whoever was asked");
  test_click (window, "Close the question");
  wait_until_closed (SAK_TYPE_ANSWER_WINDOW);
  test_see (there, "It is closed.");
  g_assert_null (test_find_text (there, "Close…"));
  pass_on (&desk, "Harbour", &harbour);
  test_see (here, "It is closed.");
  question = load_only (&harbour, id);
  g_assert_true (question->is_urgent);
  g_assert_cmpint (question->state, ==, SAK_QUESTION_CLOSED);
  g_assert_cmpuint (question->answers->len, ==, 2);
  gtk_window_destroy (GTK_WINDOW (there));
  gtk_window_destroy (GTK_WINDOW (here));
}

static guint
find_choice (GtkDropDown *drop_down,
             const char  *label)
{
  GListModel *model = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), label))
        return i;
    }
  g_error ("no choice %s", label);
}

/* Also of a field that is empty; and the field that was asked for is chosen first. */
static void
a_question_is_about_a_field (void)
{
  g_autofree char *id = report_event ("Without a date");
  GtkWidget *there = show_record (&desk, id);
  g_autoptr (SakQuestion) question = NULL;
  GtkDropDown *about;
  GtkWidget *window;

  test_see (there, "Without a date");
  sak_ask_window_present (there, desk.session, id, "title");
  window = test_see_window (SAK_TYPE_ASK_WINDOW);
  test_see (window, "The question goes to Harbour");
  about = GTK_DROP_DOWN (gtk_widget_get_ancestor (test_tab_to (window, "What the question is about, Title"),
                                                  GTK_TYPE_DROP_DOWN));
  gtk_drop_down_set_selected (about, find_choice (about, "What happened, in order"));
  write_words (window, "How?");
  test_click (window, "Ask");
  wait_until_closed (SAK_TYPE_ASK_WINDOW);
  question = load_only (&desk, id);
  g_assert_cmpstr (question->path, ==, "narrative");
  test_see (there, "It is about “What happened, in order”");
  gtk_window_destroy (GTK_WINDOW (there));
}

/* A line at the field leads there, for as long as the question waits. */
static void
a_field_that_was_asked_about_says_so (void)
{
  g_autofree char *id = report_event ("Asked at its title");
  g_autofree char *asked = sak_vault_ask (at_rest (&desk), id, "title", "Is that its name?", FALSE, NULL);
  GtkWidget *there = show_record (&desk, id);

  g_assert_nonnull (asked);
  test_see (there, "A question was asked about this");
  g_signal_emit_by_name (test_tab_to (there, "A question was asked about this: Title"), "clicked");
  g_assert_true (test_is_called (gtk_root_get_focus (GTK_ROOT (there)), "Close…: Is that its name?"));
  g_assert_true (sak_vault_close_question (at_rest (&desk), asked, NULL, NULL));
  sak_session_changed (desk.session);
  test_see (there, "It is closed.");
  g_assert_null (test_find_text (there, "A question was asked about this"));
  gtk_window_destroy (GTK_WINDOW (there));
}

/* Nothing is asked without words, and words are not given up unasked. */
static void
words_are_wanted_and_kept (void)
{
  g_autofree char *id = report_event ("Nothing to say");
  GtkWidget *there = show_record (&desk, id);
  g_autoptr (GPtrArray) questions = NULL;
  GtkWidget *window;

  test_see (there, "Nothing to say");
  sak_ask_window_present (there, desk.session, id, NULL);
  window = test_see_window (SAK_TYPE_ASK_WINDOW);
  test_see (window, "The question goes to Harbour");
  test_click (window, "Ask");
  test_see (window, "Write something first.");
  write_words (window, "Half a quest");
  test_press_keys (window, "Escape");
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Cancel");
  wait_until_closed (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (test_find_window (SAK_TYPE_ASK_WINDOW));
  gtk_window_close (GTK_WINDOW (window));
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Give it up");
  wait_until_closed (SAK_TYPE_ASK_WINDOW);
  questions = sak_vault_list_questions (at_rest (&desk), id, SAK_QUESTIONS_ALL, 0, 5, NULL);
  g_assert_cmpuint (questions->len, ==, 0);
  gtk_window_destroy (GTK_WINDOW (there));
}

static char *
dup_kept (const char *record)
{
  g_autofree char *where = g_strconcat ("ask/", record, NULL);
  g_autoptr (GError) error = NULL;
  char *text = sak_vault_dup_unsent_words (at_rest (&desk), where, &error);

  g_assert_no_error (error);
  return text;
}

static void
assert_kept (const char *record,
             const char *words)
{
  g_autofree char *text = dup_kept (record);

  g_assert_cmpstr (text, ==, words);
}

static GtkWidget *
open_asking (GtkWidget  *there,
             const char *record)
{
  GtkWidget *window;

  sak_ask_window_present (there, desk.session, record, NULL);
  window = test_see_window (SAK_TYPE_ASK_WINDOW);
  test_see (window, "The question goes to Harbour");
  return window;
}

/* A lock, or the end of the program, takes nothing that was written; sending and giving up take it. */
static void
words_outlast_a_lock (void)
{
  g_autofree char *id = report_event ("Many words");
  g_autofree char *where = g_strconcat ("ask/", id, NULL);
  GtkWidget *there = show_record (&desk, id);
  GtkWidget *window;

  test_see (there, "Many words");
  window = open_asking (there, id);
  write_words (window, "\u00a0\u2003");
  test_click (window, "Ask");
  test_see (window, "Write something first.");
  write_words (window, "Half a quest");
  g_signal_emit_by_name (desk.session, "closing");
  assert_kept (id, "Half a quest");
  gtk_window_close (GTK_WINDOW (window));
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Give it up");
  wait_until_closed (SAK_TYPE_ASK_WINDOW);
  assert_kept (id, "");
  g_assert_true (sak_vault_keep_unsent_words (at_rest (&desk), where, "Who saw it?", NULL));
  window = open_asking (there, id);
  test_see (window, "You wrote this before, and it was not sent.");
  test_click (window, "Ask");
  wait_until_closed (SAK_TYPE_ASK_WINDOW);
  assert_kept (id, "");
  sak_question_free (load_only (&desk, id));
  gtk_window_destroy (GTK_WINDOW (there));
}

static void
choose (GtkWidget  *window,
        const char *way)
{
  GtkWidget *button = gtk_widget_get_ancestor (test_see (window, way), GTK_TYPE_CHECK_BUTTON);

  g_assert_true (gtk_widget_is_sensitive (button));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
}

/* By a new version, and by saying that one cannot say. */
static void
there_are_other_answers (void)
{
  g_autofree char *id = report_event ("Two answers");
  g_autofree char *asked = sak_vault_ask (at_rest (&desk), id, NULL, "When?", FALSE, NULL);
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (SakQuestion) question = NULL;
  GtkWidget *here;
  GtkWidget *window;

  pass_on (&desk, "Harbour", &harbour);
  here = show_record (&harbour, id);
  test_see (here, "It waits for your answer.");
  g_signal_emit_by_name (test_tab_to (here, "Answer…: When?"), "clicked");
  window = test_see_window (SAK_TYPE_ANSWER_WINDOW);
  choose (window, "We cannot say");
  test_click (window, "Answer");
  wait_until_closed (SAK_TYPE_ANSWER_WINDOW);
  record = sak_vault_load_record (at_rest (&harbour), id, NULL);
  test_add_version (at_rest (&harbour), id, record->base_revision, "{\"title\": \"Two answers\", \"date\": \"2019\"}");
  test_see (here, "You answered it.");
  g_signal_emit_by_name (test_tab_to (here, "Answer again…: When?"), "clicked");
  window = test_see_window (SAK_TYPE_ANSWER_WINDOW);
  choose (window, "The new version of the record answers it");
  test_click (window, "Answer");
  wait_until_closed (SAK_TYPE_ANSWER_WINDOW);
  test_see (here, "See the new version of the record.");
  question = load_only (&harbour, id);
  g_assert_cmpuint (question->answers->len, ==, 2);
  g_assert_cmpstr (((SakAnswer *) question->answers->pdata[0])->text, ==, "We cannot say.");
  g_assert_cmpint (((SakAnswer *) question->answers->pdata[1])->kind, ==, SAK_ANSWER_VERSION);
  gtk_window_destroy (GTK_WINDOW (here));
}

static char *opened;

static void
open_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  g_free (opened);
  opened = parameter != NULL ? g_variant_dup_string (parameter, NULL)
                             : g_strdup (g_action_get_name (G_ACTION (action)));
}

static GtkWidget *
show_page (GtkWidget *page)
{
  static const GActionEntry entries[] = {
    { .name = "open-record", .activate = open_activated, .parameter_type = "s" },
    { .name = "go", .activate = open_activated, .parameter_type = "s" },
    { .name = "show-questions", .activate = open_activated },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWidget *window = test_window_new ();

  g_clear_pointer (&opened, g_free);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), NULL);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
close_all_questions (void)
{
  g_autoptr (GPtrArray) questions = sak_vault_list_questions (at_rest (&desk), NULL, SAK_QUESTIONS_NOT_CLOSED, 0, 99,
                                                              NULL);

  for (guint i = 0; i < questions->len; i++)
    g_assert_true (sak_vault_close_question (desk.vault, ((SakQuestion *) questions->pdata[i])->id, NULL, NULL));
  if (questions->len > 0)
    pass_on (&desk, "Harbour", &harbour);
}

/* Before the others, and by keys alone from there to the record. */
static void
all_that_wait_are_listed (void)
{
  g_autofree char *id = report_event ("Asked about much");
  g_autofree char *urgent = NULL;
  GtkWidget *window;
  GtkWidget *page;

  close_all_questions ();
  page = sak_transfer_page_new (harbour.session);
  window = show_page (page);
  (void) at_rest (&harbour);
  test_see (window, "With each contact");
  g_assert_null (test_find_text (window, "Questions"));
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *text = g_strdup_printf ("Number %u?", i);
      g_autofree char *asked = sak_vault_ask (at_rest (&desk), id, NULL, text, FALSE, NULL);

      g_assert_nonnull (asked);
    }
  urgent = sak_vault_ask (at_rest (&desk), id, NULL, "At once?", TRUE, NULL);
  pass_on (&desk, "Harbour", &harbour);
  test_see (window, "13 questions to answer");
  test_see (window, "Urgent. Desk asks you about ");
  g_assert_null (test_find_text (window, "Number 0?"));
  sak_transfer_page_show_questions (SAK_TRANSFER_PAGE (page));
  for (guint i = 0; i < 6000; i++)
    if (test_is_called (gtk_root_get_focus (GTK_ROOT (window)), "Answer…: At once?"))
      break;
    else
      test_turn ();
  g_assert_true (test_is_called (gtk_root_get_focus (GTK_ROOT (window)), "Answer…: At once?"));
  g_signal_emit_by_name (test_tab_to (window, "Show more: 13 questions to answer"), "clicked");
  test_see (window, "Number 0?");
  g_assert_null (test_find_text (window, "Show more: 13"));
  g_signal_emit_by_name (test_tab_to (window, "Open the record: At once?"), "clicked");
  g_assert_cmpstr (opened, ==, id);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
home_counts_them (void)
{
  GtkWidget *window;

  window = show_page (sak_home_page_new (harbour.session));
  test_see (window, "1 urgent question waits for your answer");
  test_see (window, "12 questions wait for your answer");
  g_signal_emit_by_name (test_tab_to (window, "Show: 1 urgent question waits for your answer"), "clicked");
  g_assert_cmpstr (opened, ==, "show-questions");
  gtk_window_destroy (GTK_WINDOW (window));
  close_all_questions ();
  window = show_page (sak_home_page_new (harbour.session));
  test_see (window, "To keep the vault safe");
  (void) at_rest (&harbour);
  test_turn ();
  g_assert_null (test_find_text (window, "Questions"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is written and in no bundle yet is told, or it would lie there. */
static void
home_says_what_is_not_sent (void)
{
  g_autofree char *id = report_event ("Written and left");
  g_autofree char *asked = sak_vault_ask (at_rest (&desk), id, NULL, "Well?", FALSE, NULL);
  GtkWidget *window = show_page (sak_home_page_new (desk.session));

  g_assert_nonnull (asked);
  test_see (window, "1 question or answer of yours waits for your next bundle");
  gtk_window_destroy (GTK_WINDOW (window));
  window = show_record (&desk, id);
  test_see (window, "It waits for your next bundle for them.");
  pass_on (&desk, "Harbour", &harbour);
  sak_session_changed (desk.session);
  test_see (window, "No answer has come yet.");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
an_import_leads_to_them (void)
{
  g_autofree char *id = report_event ("Brought by a bundle");
  g_autofree char *asked = sak_vault_ask (at_rest (&desk), id, NULL, "Here?", FALSE, NULL);
  g_autofree char *path = test_bundle (&pair, at_rest (&desk), "Harbour", NULL, "leads.sakkhi");
  GtkWidget *window = show_page (sak_import_page_new (harbour.session));

  g_assert_nonnull (asked);
  test_choose (path, NULL);
  test_click (window, "Choose a bundle…");
  test_click (window, "Import");
  test_see (window, "1 question came that waits for your answer.");
  test_click (window, "Show the questions");
  g_assert_cmpstr (opened, ==, "show-questions");
  test_choose (NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Of what was made here there is nobody to ask, and nothing shows that somebody could be. */
static void
nothing_shows_where_nothing_can_be_asked (void)
{
  g_autofree char *id = test_add_event (at_rest (&harbour), "Mine alone", TRUE);
  GtkWidget *here = show_record (&harbour, id);
  GtkWidget *window;

  test_see (here, "Mine alone");
  (void) at_rest (&harbour);
  test_turn ();
  g_assert_null (test_find_text (here, "Ask…"));
  g_assert_null (test_find_text (here, "Questions"));
  sak_ask_window_present (here, harbour.session, id, NULL);
  window = test_see_window (SAK_TYPE_ASK_WINDOW);
  test_see (window, "This record was made in this vault: there is nobody to ask.");
  gtk_window_close (GTK_WINDOW (window));
  wait_until_closed (SAK_TYPE_ASK_WINDOW);
  gtk_window_destroy (GTK_WINDOW (here));
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  test_pair_set_up (&pair);
  begin (&harbour, pair.partner);
  begin (&desk, pair.desk);
  g_test_add_func ("/talk/a-question-goes-there-and-its-answer-comes-back",
                   a_question_goes_there_and_its_answer_comes_back);
  g_test_add_func ("/talk/a-question-is-about-a-field", a_question_is_about_a_field);
  g_test_add_func ("/talk/a-field-that-was-asked-about-says-so", a_field_that_was_asked_about_says_so);
  g_test_add_func ("/talk/words-are-wanted-and-kept", words_are_wanted_and_kept);
  g_test_add_func ("/talk/words-outlast-a-lock", words_outlast_a_lock);
  g_test_add_func ("/talk/there-are-other-answers", there_are_other_answers);
  g_test_add_func ("/talk/nothing-shows-where-nothing-can-be-asked", nothing_shows_where_nothing_can_be_asked);
  g_test_add_func ("/talk/all-that-wait-are-listed", all_that_wait_are_listed);
  g_test_add_func ("/talk/home-counts-them", home_counts_them);
  g_test_add_func ("/talk/home-says-what-is-not-sent", home_says_what_is_not_sent);
  g_test_add_func ("/talk/an-import-leads-to-them", an_import_leads_to_them);
  status = g_test_run ();
  g_free (opened);
  end (&harbour);
  end (&desk);
  test_pair_tear_down (&pair);
  return status;
}
