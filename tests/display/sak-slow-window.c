/* sak-slow-window.c - the window over a store that takes its time, and what a test does in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-slow-window.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-media.h"
#include "storage/sak-thread.h"
#include "sync/sak-outbox.h"
#include "tests/display/sak-slow-store.h"
#include "tests/display/sak-test-sight.h"
#include "ui/picture/sak-picture.h"
#include "ui/sak-recorder.h"
#include "ui/sak-window.h"

TestPair slow_pair;
GtkWidget *slow_window;
SakWorker *slow_desk_worker;
SakSession *slow_desk;
char *slow_first_id;
char *slow_second_id;
char *slow_draft_id;
char *slow_torn_id;
gboolean slow_has_talk;
char *slow_foreign_id;
char *slow_later_id;
char *slow_bundle;

void
slow_act (const char *action)
{
  g_assert_true (gtk_widget_activate_action (slow_window, action, NULL));
}

void
slow_go (const char *place)
{
  g_assert_true (gtk_widget_activate_action (slow_window, "win.go", "s", place));
}

void
slow_open_record (const char *id)
{
  g_assert_true (gtk_widget_activate_action (slow_window, "win.open-record", "s", id));
}

void
slow_let_go (void)
{
  slow_store_let_go ();
  slow_store_rest ();
}

void
slow_unlock (void)
{
  test_type (slow_window, "Passphrase", "the passphrase");
  test_click (slow_window, "Unlock");
  test_see (slow_window, "Incidents");
  slow_store_rest ();
}

void
slow_lock (void)
{
  slow_act ("win.lock");
  g_assert_nonnull (test_find_text (slow_window, "The vault is locked."));
}

GtkWidget *
slow_find_type (GtkWidget *widget,
           GType      type)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = slow_find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
slow_find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != slow_window && gtk_window_get_transient_for (l->data) == GTK_WINDOW (slow_window) &&
        gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

GtkWidget *
slow_wait_for_dialog (void)
{
  for (guint i = 0; i < 6000; i++)
    {
      if (slow_find_dialog () != NULL)
        return slow_find_dialog ();
      test_turn ();
    }
  g_error ("no window opens");
}

void
slow_stop (const char *words)
{
  test_see (slow_window, words);
  slow_store_live ();
  test_click (slow_window, "Stop");
  test_see (slow_window, "Stopping…");
  slow_let_go ();
  g_assert_null (test_find_text (slow_window, "Stopping…"));
}

static void
add_picture (const char *record)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GInputStream) stream = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (SAK_PICTURES "/flag.png", &bytes, &size, NULL));
  stream = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
  sak_media_info_free (sak_vault_add_media (slow_pair.partner, record, stream, "boat.png", size, NULL, NULL, NULL,
                                            NULL));
}

/* By a folder, and only when somebody says so. */
static void
add_way (void)
{
  const char *to[] = { "Desk", NULL };
  const char *records[] = { slow_second_id, NULL };
  g_autofree char *path = test_path (&slow_pair, "stick");
  g_autofree char *id = NULL;
  g_autoptr (SakCarrier) way = sak_carrier_new ("Stick", SAK_CARRIER_FOLDER, path);
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (slow_pair.partner, to, records, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_true (sak_vault_add_carrier (slow_pair.partner, way, NULL));
  sak_bundle_report_free (sak_outbox_create (slow_pair.partner, plan, "Stick", NULL, NULL, &id, NULL, NULL));
  g_assert_nonnull (id);
}

/* Returns: the id of an action of the desk's, which came. */
static char *
come (const char *json,
      const char *name)
{
  char *id = test_add_json (slow_pair.desk, "intervention", json, TRUE);
  g_autofree char *path = test_bundle (&slow_pair, slow_pair.desk, "Harbour", id, name);

  sak_bundle_report_free (test_import (slow_pair.partner, path));
  return id;
}

static void
add_talk (void)
{
  g_autofree char *path = NULL;
  g_autofree char *question = sak_vault_ask (slow_pair.desk, slow_first_id, NULL, "Which boat?", FALSE, NULL);

  g_assert_nonnull (question);
  path = test_bundle (&slow_pair, slow_pair.desk, "Harbour", question, "question.sakkhi");
  sak_bundle_report_free (test_import (slow_pair.partner, path));
  slow_foreign_id = come ("{\"title\": \"Foxtrot\"}", "foreign.sakkhi");
  slow_later_id = come ("{\"title\": \"Golf\"}", "later.sakkhi");
  add_way ();
}

static void
make_vaults (void)
{
  g_autofree char *id = NULL;
  g_autofree char *other = NULL;
  g_autofree char *first = NULL;

  test_pair_set_up (&slow_pair);
  test_introduce (slow_pair.stranger, slow_pair.partner);
  slow_first_id = test_add_event (slow_pair.partner, "Alpha", TRUE);
  slow_second_id = test_add_event (slow_pair.partner, "Beta", TRUE);
  slow_draft_id = test_add_event (slow_pair.partner, "Gamma", FALSE);
  id = test_add_event (slow_pair.desk, "Delta", TRUE);
  other = test_add_event (slow_pair.desk, "Echo", TRUE);
  slow_torn_id = test_add_torn (slow_pair.partner);
  add_picture (slow_draft_id);
  first = test_bundle (&slow_pair, slow_pair.partner, "Desk", slow_first_id, "first.sakkhi");
  sak_bundle_report_free (test_import (slow_pair.desk, first));
  if (slow_has_talk)
    add_talk ();
  slow_bundle = test_bundle (&slow_pair, slow_pair.desk, "Harbour", id, "desk.sakkhi");
  test_vault_close (&slow_pair.f);
  slow_desk_worker = sak_worker_new ();
  slow_desk = sak_session_new (slow_desk_worker, slow_pair.desk);
}

void
slow_set_up (int    *argc,
             char ***argv)
{
  const SakSettings settings = { .width = 1100, .height = 700, .idle_minutes = 60, .text_percent = 100 };

  gtk_test_init (argc, argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  sak_picture_set_program (SAK_PICTURE_PROGRAM, 0);
  sak_recorder_set_source ("audiotestsrc is-live=true wave=sine");
  make_vaults ();
  slow_store_start ();
  slow_window = sak_window_new (NULL, &settings);
  gtk_window_present (GTK_WINDOW (slow_window));
  sak_window_open_path (SAK_WINDOW (slow_window), slow_pair.f.path);
}

void
slow_tear_down (void)
{
  slow_store_rest ();
  gtk_window_destroy (GTK_WINDOW (slow_window));
  g_clear_object (&slow_desk);
  slow_store_rest ();
  test_end_worker (g_steal_pointer (&slow_desk_worker));
  slow_store_allow_main_thread (TRUE);
  slow_store_choose (NULL);
  test_pair_tear_down (&slow_pair);
  g_free (slow_first_id);
  g_free (slow_second_id);
  g_free (slow_draft_id);
  g_free (slow_torn_id);
  g_free (slow_foreign_id);
  g_free (slow_later_id);
  g_free (slow_bundle);
}
