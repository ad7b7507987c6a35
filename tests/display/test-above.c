/* test-above.c - windows above the one: what they are doing when they are closed, or the vault locked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-media.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-media-notes.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-window-private.h"

#include <string.h>

static TestVault vault;
static GtkWidget *window;
static char *record;

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

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
  page = find_widget (window, SAK_TYPE_RECORD_PAGE);
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
  return GTK_EDITABLE (find_widget (find_widget (viewer, SAK_TYPE_MEDIA_NOTES), GTK_TYPE_ENTRY));
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
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  test_vault_set_up (&vault, NULL);
  record = test_add_event (vault.vault, "The pier", FALSE);
  add_file ("words-1.txt", "They came at night.");
  add_file ("words-2.txt", "They came again.");
  test_vault_close (&vault);
  window = sak_window_new (NULL, &settings);
  gtk_window_present (GTK_WINDOW (window));
  sak_window_open_path (SAK_WINDOW (window), vault.path);
  g_test_add_func ("/above/a-note-written-just-before-locking-is-kept", a_note_written_just_before_locking_is_kept);
  g_test_add_func ("/above/a-note-that-was-taken-out-does-not-come-back",
                   a_note_that_was_taken_out_does_not_come_back);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  test_vault_tear_down (&vault, NULL);
  g_free (record);
  return status;
}
