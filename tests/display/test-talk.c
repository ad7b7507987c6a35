/* test-talk.c - a question goes from the desk to the harbour, and its answer back, by windows and real bundles
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-thread.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-answer-window.h"
#include "ui/sak-ask-window.h"
#include "ui/sak-record-page.h"
#include "ui/sak-thread-panel.h"

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
  (void) at_rest (side);
  g_clear_object (&side->worker);
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
  test_see (there, "No answer has come yet.");
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
  g_test_add_func ("/talk/words-are-wanted-and-kept", words_are_wanted_and_kept);
  g_test_add_func ("/talk/there-are-other-answers", there_are_other_answers);
  g_test_add_func ("/talk/nothing-shows-where-nothing-can-be-asked", nothing_shows_where_nothing_can_be_asked);
  status = g_test_run ();
  end (&harbour);
  end (&desk);
  test_pair_tear_down (&pair);
  return status;
}
