/* test-above.c - what windows above the one, and pages that were left, are still doing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-media.h"
#include "storage/sak-recording.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-conflict-window.h"
#include "ui/sak-media-notes.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-progress-bar.h"
#include "ui/sak-sound-window.h"
#include "ui/sak-window-private.h"

#include <string.h>

static TestVault vault;
static GtkWidget *window;
static char *record;
static char *other;

static SakSession *
get_session (void)
{
  return SAK_WINDOW (window)->session;
}

/* All that was asked of the vault's thread is done, and answered. */
static void
rest (void)
{
  (void) test_at_rest (SAK_WINDOW (window)->worker, NULL);
  for (guint turn = 0; turn < 5; turn++)
    test_turn ();
}

static void
unlock (void)
{
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  test_see (window, "Incidents");
}

static void
lock (void)
{
  gtk_widget_activate_action (window, "win.lock", NULL);
  test_see (window, "The vault is locked.");
  rest ();
}

static SakRecord *
load_record (void)
{
  g_autoptr (GError) error = NULL;
  SakRecord *loaded;

  test_vault_reopen (&vault);
  loaded = sak_vault_load_record (vault.vault, record, &error);
  g_assert_no_error (error);
  test_vault_close (&vault);
  return loaded;
}

/* The record's first file, in a window above its page. */
static GtkWidget *
open_viewer (void)
{
  g_autoptr (SakRecord) stored = load_record ();
  g_autoptr (GPtrArray) media = sak_media_list_from_fields (stored->fields);
  GtkWidget *viewer, *page;

  unlock ();
  gtk_widget_activate_action (window, "win.open-record", "s", record);
  test_see (window, "Discard");
  page = test_find_type (window, SAK_TYPE_RECORD_PAGE);
  viewer = sak_media_viewer_new (GTK_WINDOW (window), get_session (), media, 0);
  sak_media_viewer_set_page (SAK_MEDIA_VIEWER (viewer), SAK_RECORD_PAGE (page));
  gtk_window_present (GTK_WINDOW (viewer));
  test_see (viewer, "words-");
  return viewer;
}

/* It comes first. */
static GtkEditable *
find_caption (GtkWidget *viewer)
{
  return GTK_EDITABLE (test_find_type (test_find_type (viewer, SAK_TYPE_MEDIA_NOTES), GTK_TYPE_ENTRY));
}

static void
a_note_written_just_before_locking_is_kept (void)
{
  g_autoptr (SakRecord) stored = NULL;
  g_autoptr (GPtrArray) media = NULL;

  gtk_editable_set_text (find_caption (open_viewer ()), "The pier at night");
  lock ();
  stored = load_record ();
  media = sak_media_list_from_fields (stored->fields);
  g_assert_cmpstr (sak_json_get_text (((SakMediaInfo *) media->pdata[0])->value, "caption"), ==, "The pier at night");
}

/* Not with the next note, either. */
static void
a_note_that_was_taken_out_does_not_come_back (void)
{
  GtkWidget *viewer = open_viewer ();

  gtk_editable_set_text (find_caption (viewer), "Min Thu in front");
  gtk_widget_activate_action (viewer, "media.next", NULL);
  gtk_widget_activate_action (viewer, "media.previous", NULL);
  g_assert_cmpstr (gtk_editable_get_text (find_caption (viewer)), ==, "Min Thu in front");
  gtk_editable_set_text (find_caption (viewer), "");
  gtk_widget_activate_action (viewer, "media.next", NULL);
  gtk_widget_activate_action (viewer, "media.previous", NULL);
  g_assert_cmpstr (gtk_editable_get_text (find_caption (viewer)), ==, "");
  lock ();
}

/* What a key does in a window, before its own focus is asked. */
static GtkShortcut *
find_shortcut (GtkWidget  *widget,
               const char *trigger)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      GListModel *shortcuts = GTK_IS_SHORTCUT_CONTROLLER (controller) ? G_LIST_MODEL (controller) : NULL;

      for (guint j = 0; shortcuts != NULL && j < g_list_model_get_n_items (shortcuts); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, j);
          g_autofree char *own = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (own, trigger))
            return g_steal_pointer (&shortcut);
        }
    }
  return NULL;
}

/* Of whatever kind they are; also from one above another. */
static void
the_keys_that_lock_do_so_in_every_window (void)
{
  static const char *const triggers[] = { "F12", "<Control>l", "<Shift><Control>l" };

  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      GtkWidget *first, *second;
      g_autoptr (GtkShortcut) shortcut = NULL;

      unlock ();
      first = sak_conflict_window_new (GTK_WINDOW (window), get_session (), record);
      second = adw_message_dialog_new (GTK_WINDOW (first), "Is it so?", NULL);
      gtk_window_present (GTK_WINDOW (first));
      gtk_window_present (GTK_WINDOW (second));
      shortcut = find_shortcut (second, triggers[i]);
      g_assert_nonnull (shortcut);
      g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, second, NULL));
      test_see (window, "The vault is locked.");
      rest ();
    }
}

/* Nothing would be offered as broken off, the next time. */
static void
a_window_for_sound_in_which_nothing_was_recorded_leaves_nothing (void)
{
  g_autoptr (SakDraft) draft = sak_draft_new ("event", record);
  g_autoptr (GPtrArray) recordings = NULL;
  GtkWidget *sound, *start;

  unlock ();
  sound = sak_sound_window_new (GTK_WINDOW (window), get_session (), draft);
  gtk_window_present (GTK_WINDOW (sound));
  start = gtk_widget_get_ancestor (test_see (sound, "Start recording"), GTK_TYPE_BUTTON);
  for (guint turn = 0; !gtk_widget_get_sensitive (start); turn++)
    {
      g_assert_cmpuint (turn, <, 6000);
      test_turn ();
    }
  lock ();
  test_vault_reopen (&vault);
  recordings = sak_vault_list_recordings (vault.vault, NULL);
  g_assert_cmpuint (recordings->len, ==, 0);
  test_vault_close (&vault);
}

static gpointer
discard_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SakCall *call = data;

  return sak_vault_discard_draft (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
}

/* As if another had deleted it: nothing can be saved in it any more. */
static void
discard (const char *id)
{
  SakCall *call = sak_session_new_call (get_session ());

  call->id = g_strdup (id);
  sak_session_call (get_session (), call, discard_job, NULL, NULL, NULL, NULL);
  rest ();
}

/* With what was written, once: who leaves it again knows. */
static void
a_page_that_was_left_comes_back_where_it_could_not_be_saved (void)
{
  GtkWidget *page;

  unlock ();
  gtk_widget_activate_action (window, "win.open-record", "s", other);
  test_see (window, "Discard");
  discard (other);
  page = test_find_type (window, SAK_TYPE_RECORD_PAGE);
  gtk_editable_set_text (GTK_EDITABLE (test_find_type (page, GTK_TYPE_ENTRY)), "What nobody else wrote down");
  gtk_widget_activate_action (window, "win.back", NULL);
  g_assert_null (test_find_type (window, SAK_TYPE_RECORD_PAGE));
  test_see (window, "Not saved. It stands here alone");
  page = test_find_type (window, SAK_TYPE_RECORD_PAGE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_find_type (page, GTK_TYPE_ENTRY))), ==,
                   "What nobody else wrote down");
  gtk_widget_activate_action (window, "win.back", NULL);
  rest ();
  g_assert_null (test_find_type (window, SAK_TYPE_RECORD_PAGE));
  lock ();
}

/* Locking waits for what runs, and whoever presses the key will not wait for a film. */
static void
locking_stops_long_work (void)
{
  GtkWidget *parent = test_window_new ();
  GtkWidget *bar = sak_progress_bar_new ();
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GCancellable) next = NULL;

  gtk_window_set_child (GTK_WINDOW (parent), bar);
  unlock ();
  sak_progress_unref (sak_progress_bar_start (SAK_PROGRESS_BAR (bar), get_session (), "Importing…", &cancellable));
  sak_progress_unref (sak_progress_bar_start (SAK_PROGRESS_BAR (bar), get_session (), "Importing more…", &next));
  g_assert_false (g_cancellable_is_cancelled (next));
  lock ();
  g_assert_true (g_cancellable_is_cancelled (next));
  /* What was done before is none of it. */
  g_assert_false (g_cancellable_is_cancelled (cancellable));
  gtk_window_destroy (GTK_WINDOW (parent));
}

static void
point_at (int x,
          int y)
{
  g_autofree char *left = g_strdup_printf ("%d", x);
  g_autofree char *top = g_strdup_printf ("%d", y);
  char *argv[] = { (char *) "xdotool", (char *) "mousemove", left, top, NULL };

  g_assert_true (g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

/* Whoever writes there for long would be locked out otherwise. */
static void
who_uses_a_window_above_is_there (void)
{
  GtkWidget *above;
  gint64 before;

  unlock ();
  above = adw_window_new ();
  gtk_window_set_transient_for (GTK_WINDOW (above), GTK_WINDOW (window));
  gtk_window_set_default_size (GTK_WINDOW (above), 1300, 740);
  gtk_window_present (GTK_WINDOW (above));
  /* From here on nothing can be pointed at but the window above. */
  gtk_widget_set_visible (window, FALSE);
  rest ();
  before = sak_idle_lock_get_last_seen (SAK_WINDOW (window)->idle_lock);
  for (int i = 0; sak_idle_lock_get_last_seen (SAK_WINDOW (window)->idle_lock) == before; i++)
    {
      g_assert_cmpint (i, <, 3000);
      point_at (200 + i % 100, 200);
      test_turn ();
    }
  gtk_window_destroy (GTK_WINDOW (above));
  gtk_window_present (GTK_WINDOW (window));
  lock ();
}

static void
add_file (const char *name,
          const char *words)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (words, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info =
    sak_vault_add_media (vault.vault, record, stream, name, strlen (words), NULL, NULL, NULL, &error);

  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  SakSettings settings = { 1100, 700, 5, 100 };
  SakWorker *worker;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  test_vault_set_up (&vault, NULL);
  record = test_add_event (vault.vault, "The pier", FALSE);
  other = test_add_event (vault.vault, "The market", FALSE);
  add_file ("words-1.txt", "They came at night.");
  add_file ("words-2.txt", "They came again.");
  test_vault_close (&vault);
  window = sak_window_new (NULL, &settings);
  gtk_window_present (GTK_WINDOW (window));
  sak_window_open_path (SAK_WINDOW (window), vault.path);
  g_test_add_func ("/above/a-note-written-just-before-locking-is-kept", a_note_written_just_before_locking_is_kept);
  g_test_add_func ("/above/a-note-that-was-taken-out-does-not-come-back",
                   a_note_that_was_taken_out_does_not_come_back);
  g_test_add_func ("/above/the-keys-that-lock-do-so-in-every-window", the_keys_that_lock_do_so_in_every_window);
  g_test_add_func ("/above/a-page-that-was-left-comes-back-where-it-could-not-be-saved",
                   a_page_that_was_left_comes_back_where_it_could_not_be_saved);
  g_test_add_func ("/above/a-window-for-sound-in-which-nothing-was-recorded-leaves-nothing",
                   a_window_for_sound_in_which_nothing_was_recorded_leaves_nothing);
  g_test_add_func ("/above/locking-stops-long-work", locking_stops_long_work);
  g_test_add_func ("/above/who-uses-a-window-above-is-there", who_uses_a_window_above_is_there);
  status = g_test_run ();
  worker = g_object_ref (SAK_WINDOW (window)->worker);
  gtk_window_destroy (GTK_WINDOW (window));
  test_end_worker (worker);
  test_vault_tear_down (&vault, NULL);
  g_free (record);
  g_free (other);
  return status;
}
