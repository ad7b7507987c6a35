/* sak-help.c - F1: the page of the manual about what is on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What has the focus is looked up in a table by the names of its types, from the inside out; then what the
 * stacks of the one window show. A window or page that is in no table is named by the lint test `manual`.
 */
#include "config.h"

#include "ui/sak-help.h"

#include "ui/sak-manual-window.h"

#define KEY "sak-manual"

typedef struct
{
  const char *name;
  const char *page;
} Topic;

/* By the type of a window, or of what stands in a form. */
static const Topic types[] = {
  { "SakAnswerWindow", "questions" },
  { "SakAskWindow", "questions" },
  { "SakCardWindow", "card-codes" },
  { "SakCarriersWindow", "carriers" },
  { "SakConflictWindow", "conflict" },
  { "SakConsentField", "consent" },
  { "SakConsentMatrix", "consent" },
  { "SakCustodyWindow", "custody" },
  { "SakDateField", "dates" },
  { "SakFolderWindow", "media" },
  { "SakHistory", "versions" },
  { "SakInterruptedWindow", "recording" },
  { "SakLinkField", "links" },
  { "SakLinksField", "links" },
  { "SakManualWindow", "contents" },
  { "SakMediaField", "media" },
  { "SakMediaViewer", "media" },
  { "SakNewsWindow", "forms" },
  { "SakNoticeWindow", "notices" },
  { "SakPlaceField", "places" },
  { "SakPrintWindow", "printing" },
  { "SakRecordPicker", "links" },
  { "SakReviewRecord", "review" },
  { "SakScanWindow", "card-codes" },
  { "SakSoundWindow", "recording" },
  { "SakSpanField", "dates" },
  { "SakTableField", "tables" },
  { "SakThreadPanel", "questions" },
  { "SakVerdictWindow", "review" },
  { "AdwPreferencesWindow", "settings" },
};

/* By the name in a stack of the one window; its records are all "record-…". */
static const Topic screens[] = {
  { "welcome", "first-run" },
  { "start", "first-run" },
  { "create", "first-run" },
  { "code", "recovery-code" },
  { "card", "contacts" },
  { "unlock", "unlock" },
  { "other-way", "other-ways" },
  { "recover", "recover" },
  { "home", "home" },
  { "event", "incidents" },
  { "person", "people" },
  { "testimony", "testimonies" },
  { "document", "evidence" },
  { "intervention", "actions" },
  { "contacts", "contacts" },
  { "export", "sending" },
  { "import", "importing" },
  { "review", "review" },
  { "transfer", "receipts" },
  { "care", "care" },
  { "ways", "ways" },
};

static const char *
find_topic (const Topic *topics,
            gsize        n_topics,
            const char  *name)
{
  for (gsize i = 0; name != NULL && i < n_topics; i++)
    if (g_str_equal (topics[i].name, name))
      return topics[i].page;
  return NULL;
}

/* The innermost of the stacks that show a screen, and of those within what they show. */
static const char *
find_shown (GtkWidget *widget)
{
  const char *name = GTK_IS_STACK (widget) ? gtk_stack_get_visible_child_name (GTK_STACK (widget)) : NULL;
  const char *page = find_topic (screens, G_N_ELEMENTS (screens), name);

  if (name != NULL && g_str_has_prefix (name, "record-"))
    return "record";
  if (name != NULL && g_str_has_prefix (name, "review-"))
    return "review";
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && page == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child))
      page = find_shown (child);
  return page;
}

const char *
sak_help_find_page (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  const char *page = NULL;

  for (GtkWidget *at = widget; at != NULL && page == NULL; at = gtk_widget_get_parent (at))
    page = find_topic (types, G_N_ELEMENTS (types), G_OBJECT_TYPE_NAME (at));
  for (GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL; window != NULL && page == NULL;
       window = gtk_window_get_transient_for (window))
    page = find_shown (GTK_WIDGET (window));
  return page != NULL ? page : SAK_MANUAL_CONTENTS;
}

static GtkWindow *
find_bottom (GtkWidget *asker)
{
  GtkRoot *root = gtk_widget_get_root (asker);
  GtkWindow *window = GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;

  while (window != NULL && gtk_window_get_transient_for (window) != NULL)
    window = gtk_window_get_transient_for (window);
  return window;
}

GtkWidget *
sak_help_get_manual (GtkWindow *window)
{
  GWeakRef *reference = g_object_get_data (G_OBJECT (window), KEY);
  g_autoptr (GtkWidget) manual = reference != NULL ? g_weak_ref_get (reference) : NULL;

  return manual;
}

static void
free_reference (gpointer data)
{
  GWeakRef *reference = data;

  g_weak_ref_clear (reference);
  g_free (reference);
}

static GtkWidget *
open_manual (GtkWindow *window)
{
  GtkWidget *manual = sak_manual_window_new (window);
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, manual);
  g_object_set_data_full (G_OBJECT (window), KEY, reference, free_reference);
  return manual;
}

void
sak_help_show (GtkWidget  *asker,
               const char *page)
{
  GtkWindow *window = find_bottom (asker);
  GtkWidget *manual = window != NULL ? sak_help_get_manual (window) : NULL;

  if (window == NULL)
    return;
  if (manual == NULL)
    manual = open_manual (window);
  sak_manual_window_show (SAK_MANUAL_WINDOW (manual), page);
  gtk_window_present (GTK_WINDOW (manual));
}

void
sak_help_close (GtkWindow *window)
{
  GtkWidget *manual = sak_help_get_manual (window);

  if (manual != NULL)
    gtk_window_destroy (GTK_WINDOW (manual));
}

static gboolean
help_pressed (GtkWidget *widget,
              GVariant  *args,
              gpointer   unused)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  sak_help_show (widget, sak_help_find_page (focus != NULL ? focus : widget));
  return TRUE;
}

static void
add_keys (GtkWidget *widget)
{
  static const GdkModifierType modifiers[] = { 0, GDK_SHIFT_MASK };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (modifiers); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F1, modifiers[i]),
                                                            gtk_callback_action_new (help_pressed, NULL, NULL)));
  gtk_widget_add_controller (widget, controller);
}

/* Also what GTK brings up itself, to choose a file. */
static void
windows_changed_cb (GListModel *windows,
                    guint       position,
                    guint       n_removed,
                    guint       n_added,
                    GtkWindow  *watched)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, position + i);

      if (!ADW_IS_APPLICATION_WINDOW (window) && !SAK_IS_MANUAL_WINDOW (window) &&
          g_object_get_data (G_OBJECT (window), KEY "-keys") == NULL)
        {
          g_object_set_data (G_OBJECT (window), KEY "-keys", watched);
          add_keys (window);
        }
    }
}

void
sak_help_watch (GtkWindow *window)
{
  add_keys (GTK_WIDGET (window));
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed_cb), window, 0);
}
