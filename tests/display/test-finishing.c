/* test-finishing.c - what would be signed unseen is asked about first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-record-page.h"

/* Asked only where a number of people stands. */
#define HIDDEN "number_basis"
#define LABEL "How the number is known"
#define TEXT "{\"title\": \"Raid\", \"" HIDDEN "\": \"counted\"}"

static TestVault vaults;
static SakVault *vault;
static SakWorker *worker;
static SakSession *session;

/* The vault, for this thread. */
static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

/* The question that is asked, once it is this one. */
static GtkWidget *
see_question (const char *heading)
{
  for (guint i = 0; i < 2000; i++)
    {
      GtkWidget *dialog = find_dialog ();

      if (dialog != NULL && test_find_text (dialog, heading) != NULL)
        return dialog;
      test_turn ();
    }
  g_error ("“%s” is not asked", heading);
}

static GtkWidget *
open_and_finish (const char *id)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), sak_record_page_new (session, id));
  gtk_window_present (GTK_WINDOW (window));
  test_click (window, "Finish…");
  return window;
}

static const char *
get_hidden (const SakRecord *record)
{
  return sak_json_get_text (record->fields, HIDDEN);
}

static void
finish (GtkWidget  *window,
        const char *answer)
{
  test_click (see_question ("Some answers are hidden"), answer);
  test_click (see_question ("Finish this record?"), "Finish");
  test_see (window, "Change…");
}

static void
what_is_hidden_is_deleted_when_asked (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", TEXT, FALSE);
  GtkWidget *window = open_and_finish (id);
  GtkWidget *dialog = see_question ("Some answers are hidden");
  g_autoptr (SakRecord) record = NULL;

  test_see (dialog, LABEL);
  finish (window, "Delete what is hidden");
  record = sak_vault_load_record (at_rest (), id, NULL);
  g_assert_cmpint (record->state, ==, SAK_RECORD_FINISHED);
  g_assert_null (get_hidden (record));
  g_assert_cmpstr (sak_json_get_text (record->fields, "title"), ==, "Raid");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
what_is_hidden_stays_when_it_is_kept (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", TEXT, FALSE);
  GtkWidget *window = open_and_finish (id);
  g_autoptr (SakRecord) record = NULL;

  finish (window, "Keep it");
  record = sak_vault_load_record (at_rest (), id, NULL);
  g_assert_nonnull (get_hidden (record));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
whoever_cancels_signs_nothing (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", TEXT, FALSE);
  GtkWidget *window = open_and_finish (id);
  g_autoptr (SakRecord) record = NULL;

  test_click (see_question ("Some answers are hidden"), "Cancel");
  for (guint i = 0; i < 2000 && find_dialog () != NULL; i++)
    test_turn ();
  record = sak_vault_load_record (at_rest (), id, NULL);
  g_assert_cmpint (record->state, ==, SAK_RECORD_DRAFT);
  g_assert_nonnull (get_hidden (record));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where nothing is hidden, nothing is asked about it. */
static void
without_hidden_answers_there_is_one_question (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"Raid\"}", FALSE);
  GtkWidget *window = open_and_finish (id);

  test_click (see_question ("Finish this record?"), "Finish");
  test_see (window, "Change…");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What stands in the way is one thing; what was only left out is said too, and once. */
static void
what_is_still_empty_is_said_before_it_is_signed (void)
{
  g_autofree char *id = test_add_json (at_rest (), "testimony", "{\"title\": \"Told on the pier\", \"consent\": "
                                       "{\"share\": \"named\", \"quote\": \"no\"}}", FALSE);
  GtkWidget *window = open_and_finish (id);
  GtkWidget *dialog = see_question ("Finish this record?");

  test_see (dialog, "May it be given to a court or to the United Nations?");
  test_see (dialog, "In their own words, Language, Source");
  g_assert_null (test_find_text (dialog, "May it be quoted in a publication?"));
  g_assert_null (test_find_text (dialog, "Translation"));
  test_click (dialog, "Finish");
  test_see (window, "Change…");
  /* Whoever reads it sees that it was not asked. */
  test_see (window, "Not asked");
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct
{
  GtkTextBuffer *text;
  guint n_keys;
} Typing;

static gboolean
key_cb (gpointer data)
{
  Typing *typing = data;

  gtk_text_buffer_insert_at_cursor (typing->text, typing->n_keys % 6 == 5 ? " " : "a", 1);
  return ++typing->n_keys < 40 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Ten keys a second for four seconds, and then the power goes. */
static void
who_writes_without_a_pause_is_saved_all_the_same (void)
{
  g_autofree char *id = test_add_json (at_rest (), "testimony", "{\"title\": \"Told on the pier\"}", FALSE);
  GtkWidget *window = test_window_new ();
  g_autoptr (SakRecord) record = NULL;
  Typing typing = { NULL, 0 };
  const char *kept;

  gtk_window_set_child (GTK_WINDOW (window), sak_record_page_new (session, id));
  gtk_window_present (GTK_WINDOW (window));
  typing.text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (test_see_type (window, GTK_TYPE_TEXT_VIEW)));
  g_timeout_add (100, key_cb, &typing);
  while (typing.n_keys < 40)
    test_turn ();
  record = sak_vault_load_record (at_rest (), id, NULL);
  kept = sak_json_get_text (record->fields, "statement");
  g_assert_nonnull (kept);
  /* All but what was written in the last two seconds. */
  g_assert_cmpuint (strlen (kept), >=, 20);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A disk that does not answer. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_open;
} Gate;

static gpointer
wait_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  while (!gate->is_open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return SAK_JOB_DONE;
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->is_open = TRUE;
  g_cond_signal (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

typedef struct
{
  SakRecordPage *page;
  gboolean is_told;
  gboolean is_saved;
} Look;

static gpointer
nothing_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return SAK_JOB_DONE;
}

static void
look_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Look *look = data;

  g_assert_nonnull (sak_worker_run_finish (SAK_WORKER (source), result, NULL));
  look->is_saved = sak_record_page_is_saved (look->page);
  look->is_told = TRUE;
}

/* Not with the next beat of a clock: that would be three seconds. */
static void
what_is_written_while_it_saves_is_saved_right_after (void)
{
  g_autofree char *id = test_add_json (at_rest (), "testimony", "{\"title\": \"Told in the dark\"}", FALSE);
  GtkWidget *window = test_window_new ();
  SakRecordPage *page = SAK_RECORD_PAGE (sak_record_page_new (session, id));
  g_autoptr (SakRecord) record = NULL;
  Look look = { page, FALSE, FALSE };
  Gate gate = { .is_open = FALSE };
  GtkTextBuffer *text;
  gint64 end;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (window));
  text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (test_see_type (window, GTK_TYPE_TEXT_VIEW)));
  sak_worker_run_async (worker, wait_job, &gate, NULL, NULL, NULL, NULL, NULL);
  gtk_text_buffer_insert_at_cursor (text, "first ", -1);
  g_assert_false (sak_record_page_is_saved (page));
  while (!sak_record_page_is_saved (page))
    test_turn ();
  /* It is on its way, and stays there until more is due. */
  gtk_text_buffer_insert_at_cursor (text, "second", -1);
  for (end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC; g_get_monotonic_time () < end; test_turn ())
    g_assert_false (sak_record_page_is_saved (page));
  sak_worker_run_async (worker, nothing_job, NULL, NULL, NULL, NULL, look_cb, &look);
  open_gate (&gate);
  while (!look.is_told)
    test_turn ();
  g_assert_true (look.is_saved);
  record = sak_vault_load_record (at_rest (), id, NULL);
  g_assert_cmpstr (sak_json_get_text (record->fields, "statement"), ==, "first second");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
answered (GtkWidget  *asker,
          const char *text,
          gpointer    unused)
{
}

/* Both rows of answers. */
static void
list_buttons (GtkWidget *widget,
              GPtrArray *buttons)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    g_ptr_array_add (buttons, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_buttons (child, buttons);
}

static GtkWidget *
find_seen (GPtrArray *buttons)
{
  for (guint i = 0; i < buttons->len; i++)
    if (gtk_widget_get_mapped (buttons->pdata[i]))
      return buttons->pdata[i];
  return NULL;
}

static gboolean
is_told_as_seen (GPtrArray *buttons)
{
  gboolean is_told = find_seen (buttons) != NULL;

  for (guint i = 0; i < buttons->len; i++)
    {
      gboolean is_seen = gtk_widget_get_mapped (buttons->pdata[i]);
      g_autofree char *problem = gtk_test_accessible_check_state (GTK_ACCESSIBLE (buttons->pdata[i]),
                                                                  GTK_ACCESSIBLE_STATE_HIDDEN, !is_seen);

      is_told = is_told && problem == NULL;
    }
  return is_told;
}

static void
see_told (GPtrArray *buttons,
          GtkWidget *not_first)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (find_seen (buttons) == not_first || !is_told_as_seen (buttons))
    {
      if (g_get_monotonic_time () > end)
        g_error ("answers are told of that are not seen, or the other way round");
      test_turn ();
    }
}

/* They are there twice, side by side and one below the other; the room says which are seen. */
static void
answers_are_told_of_where_they_are_seen (void)
{
  GtkWidget *window = test_window_new ();
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();
  GtkWidget *first, *dialog;
  int dpi;

  gtk_window_present (GTK_WINDOW (window));
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  sak_ask (window, SAK_ASK_SUGGESTED, "Is it so?", "Say it.", "Yes, it is", answered, NULL);
  dialog = see_question ("Is it so?");
  list_buttons (dialog, buttons);
  see_told (buttons, NULL);
  first = find_seen (buttons);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 5 * 96 * 1024, NULL);
  see_told (buttons, first);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  test_vault_set_up (&vaults, NULL);
  vault = vaults.vault;
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault);
  g_test_add_func ("/finishing/what-is-hidden-is-deleted-when-asked", what_is_hidden_is_deleted_when_asked);
  g_test_add_func ("/finishing/what-is-hidden-stays-when-it-is-kept", what_is_hidden_stays_when_it_is_kept);
  g_test_add_func ("/finishing/whoever-cancels-signs-nothing", whoever_cancels_signs_nothing);
  g_test_add_func ("/finishing/without-hidden-answers-there-is-one-question",
                   without_hidden_answers_there_is_one_question);
  g_test_add_func ("/finishing/what-is-still-empty-is-said-before-it-is-signed",
                   what_is_still_empty_is_said_before_it_is_signed);
  g_test_add_func ("/finishing/who-writes-without-a-pause-is-saved-all-the-same",
                   who_writes_without_a_pause_is_saved_all_the_same);
  g_test_add_func ("/finishing/what-is-written-while-it-saves-is-saved-right-after",
                   what_is_written_while_it_saves_is_saved_right_after);
  g_test_add_func ("/finishing/answers-are-told-of-where-they-are-seen", answers_are_told_of_where_they_are_seen);
  status = g_test_run ();
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_vault_tear_down (&vaults, NULL);
  return status;
}
