/* test-pages.c - every page loads over a real vault, and locking leaves nothing of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-media.h"
#include "storage/sak-vault-form.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-contacts-page.h"
#include "ui/sak-export-page.h"
#include "ui/sak-fields.h"
#include "ui/sak-history.h"
#include "ui/sak-idle-lock.h"
#include "ui/sak-import-page.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-player.h"
#include "ui/sak-preferences.h"
#include "ui/sak-record-list.h"
#include "ui/sak-record-page.h"
#include "ui/sak-record-picker.h"
#include "ui/sak-window.h"

static char *folder;
static char *vault_path;
static char *record_id;
static SakWorker *worker;
static SakVault *vault;
static SakSession *session;     /* of all tests; the last one to need it locks the vault */

static gboolean
turn_passed_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until @is_true, in bounded turns of the main loop. */
static void
wait_until (gboolean (*is_true) (gpointer data),
            gpointer   data)
{
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;

  while (!is_true (data))
    {
      gboolean has_passed = FALSE;

      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_timeout_add (10, turn_passed_cb, &has_passed);
      while (!has_passed)
        g_main_context_iteration (NULL, TRUE);
    }
}

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *widget;
  const char *text;
} Sight;

static gboolean
is_seen (gpointer data)
{
  Sight *sight = data;

  return find_label (sight->widget, sight->text) != NULL;
}

static void
see (GtkWidget  *widget,
     const char *text)
{
  Sight sight = { widget, text };

  wait_until (is_seen, &sight);
}

static void
page_shows (GtkWidget  *page,
            const char *text)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  see (page, text);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
every_page_loads (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *dialog;

  page_shows (sak_record_list_new (session, "event"), "1 record");
  page_shows (sak_record_list_new (session, "person"), "Record each person");
  page_shows (sak_record_page_new (session, record_id), "Change…");
  page_shows (sak_record_page_new (session, "00000000-0000-4000-8000-000000000000"), "not found");
  page_shows (sak_record_page_new_for_kind (session, "testimony"), "Consent");
  page_shows (sak_contacts_page_new (session), "Your own code");
  page_shows (sak_export_page_new (session), "nobody to send to");
  page_shows (sak_import_page_new (session), "Choose a bundle");
  dialog = sak_history_new (GTK_WINDOW (window), session, record_id);
  gtk_window_present (GTK_WINDOW (dialog));
  see (dialog, "First version");
  gtk_window_destroy (GTK_WINDOW (dialog));
  dialog = sak_record_picker_new (GTK_WINDOW (window), session, "event");
  gtk_window_present (GTK_WINDOW (dialog));
  see (dialog, "Harbour");
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gpointer
count_packs_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_auto (GStrv) packs = sak_vault_list_packs (((SakCall *) data)->vault);

  return GUINT_TO_POINTER (1 + g_strv_length (packs));
}

static void
packs_counted_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      n)
{
  *(guint *) n = GPOINTER_TO_UINT (sak_session_call_finish (result, NULL));
}

static gboolean
is_counted (gpointer n)
{
  return *(guint *) n > 0;
}

/* On the vault's thread, behind what the dialog asked for. */
static guint
count_packs (void)
{
  guint n = 0;

  sak_session_call (session, sak_session_new_call (session), count_packs_job, NULL, NULL, packs_counted_cb, &n);
  wait_until (is_counted, &n);
  return n - 1;
}

static void
packs_are_switched_for_the_vault (void)
{
  GtkWidget *window = test_window_new ();
  SakSettings settings = { 0 };
  GtkWidget *dialog = sak_preferences_new (GTK_WINDOW (window), &settings, session);
  GtkWidget *row;

  gtk_window_present (GTK_WINDOW (dialog));
  see (dialog, "Land, dams and mines");
  g_assert_cmpuint (count_packs (), ==, 0);
  row = gtk_widget_get_ancestor (find_label (dialog, "Land, dams and mines"), ADW_TYPE_ACTION_ROW);
  gtk_switch_set_active (GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))), TRUE);
  g_assert_cmpuint (count_packs (), ==, 1);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_finished_record_shows_no_empty_fields (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *page = sak_record_page_new (session, record_id);

  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  see (page, "Title");
  g_assert_null (find_label (page, "What happened, in order"));
  g_assert_null (find_label (page, "Not chosen"));
  g_signal_emit_by_name (gtk_widget_get_ancestor (find_label (page, "Change…"), GTK_TYPE_BUTTON),
                         "clicked");
  g_assert_nonnull (find_label (page, "What happened, in order"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkEventController *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller)
          && gtk_widget_get_ancestor (widget, SAK_TYPE_MEDIA_FIELD) != NULL)
        return controller;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkEventController *found = find_drop_target (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
drop_files (GtkWidget  *page,
            const char *uri1,
            const char *uri2)
{
  g_autoptr (GFile) file1 = g_file_new_for_uri (uri1);
  g_autoptr (GFile) file2 = g_file_new_for_uri (uri2);
  g_autoptr (GSList) files = g_slist_append (g_slist_append (NULL, file1), file2);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (find_drop_target (page), "drop", &value, 1.0, 1.0, &is_taken);
  return is_taken;
}

/* A browser offers addresses where a file manager offers files. */
static void
a_dropped_file_is_taken_in_and_an_address_is_not (void)
{
  g_autofree char *path = g_build_filename (folder, "note.txt", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GtkWidget *window = test_window_new ();
  GtkWidget *page = sak_record_page_new_for_kind (session, "testimony");

  g_assert_true (g_file_set_contents (path, "what the paper says", -1, NULL));
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  (void) test_see_type (page, SAK_TYPE_MEDIA_FIELD);
  g_assert_true (drop_files (page, "http://example.org/picture.jpg", uri));
  see (page, "note.txt");
  g_assert_null (find_label (page, "picture.jpg"));
  gtk_window_destroy (GTK_WINDOW (window));

  page = sak_record_page_new (session, record_id);
  window = test_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  see (page, "Title");
  (void) test_see_type (page, SAK_TYPE_MEDIA_FIELD);
  g_assert_false (drop_files (page, uri, uri));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_moved (gpointer data)
{
  g_assert_false (sak_player_has_failed (data));
  return sak_player_get_position (data) > 0.3;
}

static gboolean
has_failed (gpointer data)
{
  return sak_player_has_failed (data);
}

/* One second of 8-bit silence with a WAV header. */
static GBytes *
make_wav (void)
{
  static const guint8 header[44] = {
    'R', 'I', 'F', 'F', 0x64, 0x1f, 0, 0, 'W', 'A', 'V', 'E', 'f', 'm', 't', ' ', 16, 0, 0, 0, 1, 0,
    1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0, 'd', 'a', 't', 'a', 0x40, 0x1f, 0, 0,
  };
  guint8 *bytes = g_malloc (44 + 8000);

  memcpy (bytes, header, 44);
  memset (bytes + 44, 0x80, 8000);
  return g_bytes_new_take (bytes, 44 + 8000);
}

static void
a_recording_plays_from_a_stream (void)
{
  g_autoptr (GBytes) wav = make_wav ();
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (wav);
  g_autoptr (SakPlayer) player = sak_player_new (stream, g_bytes_get_size (wav));

  sak_player_play (player);
  wait_until (has_moved, player);
  g_assert_cmpfloat (sak_player_get_duration (player), ==, 1.0);
  sak_player_stop (player);
}

static void
what_is_no_recording_fails_and_says_so (void)
{
  static const char text[] = "this is no recording at all, only words and more words";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, sizeof text, NULL);
  g_autoptr (SakPlayer) player = sak_player_new (stream, sizeof text);

  sak_player_play (player);
  wait_until (has_failed, player);
}

static void
count_due (gpointer lock,
           gboolean must,
           guint   *n_due)
{
  ++*n_due;
}

static gboolean
is_nonzero (gpointer data)
{
  return *(guint *) data > 0;
}

static void
nobody_there_makes_the_lock_due (void)
{
  GtkWidget *window = test_window_new ();
  g_autoptr (SakIdleLock) lock = sak_idle_lock_new (window);
  guint n_due = 0;

  g_signal_connect (lock, "due", G_CALLBACK (count_due), &n_due);
  sak_idle_lock_set_seconds (lock, 1);
  wait_until (is_nonzero, &n_due);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_locked (gpointer data)
{
  return sak_vault_is_locked (data);
}

static void
after_locking_every_call_is_refused (void)
{
  sak_session_lock (session);
  wait_until (is_locked, vault);
  page_shows (sak_record_page_new (session, record_id), "The vault is locked");
}

static void
the_window_asks_for_the_passphrase_of_the_vault_named (void)
{
  SakSettings settings = { 960, 480, 5, 100 };
  GtkWidget *window = sak_window_new (NULL, &settings);

  gtk_window_present (GTK_WINDOW (window));
  see (window, "Make a new vault");
  sak_window_open_path (SAK_WINDOW (window), vault_path);
  see (window, "The vault is locked");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Sakkhi");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
set_up (void)
{
  const SakKdfCost cost = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autoptr (SakSecret) passphrase = sak_secret_new_copy ("seven boats", 11);
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Harbour");
  g_autofree char *revision = NULL;

  folder = g_dir_make_tmp ("sakkhi-pages-XXXXXX", NULL);
  vault_path = g_build_filename (folder, "vault", NULL);
  worker = sak_worker_new ();
  vault = sak_vault_create (vault_path, "Harbour Workers", passphrase, SAK_VAULT_PRACTICE, &cost,
                            NULL);
  g_assert_nonnull (vault);
  record_id = sak_vault_add_record (vault, "event", fields, NULL);
  g_assert_nonnull (record_id);
  revision = sak_vault_finish_record (vault, record_id, "", NULL);
  g_assert_nonnull (revision);
  session = sak_session_new (worker, vault);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  set_up ();
  g_test_add_func ("/pages/every-page-loads", every_page_loads);
  g_test_add_func ("/pages/packs-are-switched-for-the-vault", packs_are_switched_for_the_vault);
  g_test_add_func ("/pages/a-finished-record-shows-no-empty-fields",
                   a_finished_record_shows_no_empty_fields);
  g_test_add_func ("/pages/a-dropped-file-is-taken-in-and-an-address-is-not",
                   a_dropped_file_is_taken_in_and_an_address_is_not);
  g_test_add_func ("/pages/a-recording-plays-from-a-stream", a_recording_plays_from_a_stream);
  g_test_add_func ("/pages/what-is-no-recording-fails-and-says-so",
                   what_is_no_recording_fails_and_says_so);
  g_test_add_func ("/pages/nobody-there-makes-the-lock-due", nobody_there_makes_the_lock_due);
  g_test_add_func ("/pages/after-locking-every-call-is-refused",
                   after_locking_every_call_is_refused);
  g_test_add_func ("/pages/the-window-asks-for-the-passphrase-of-the-vault-named",
                   the_window_asks_for_the_passphrase_of_the_vault_named);
  status = g_test_run ();
  g_object_unref (session);
  test_end_worker (worker);
  g_object_unref (vault);
  remove_all (folder);
  g_free (folder);
  g_free (vault_path);
  g_free (record_id);
  return status;
}
