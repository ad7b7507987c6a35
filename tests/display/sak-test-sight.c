/* sak-test-sight.c - waiting for what a person would see, within one process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-sight.h"

#include <adwaita.h>
#include <gdk/x11/gdkx.h>
#include <string.h>

/* What takes a second of the processor takes twenty where twenty others want it. */
#define WAIT_SECONDS 180

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_reached;
} Rest;

static gpointer
rest_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Rest *rest = data;

  g_mutex_lock (&rest->mutex);
  rest->is_reached = TRUE;
  g_cond_signal (&rest->cond);
  g_mutex_unlock (&rest->mutex);
  return SAK_JOB_DONE;
}

/* Not by the main loop, in which windows would ask for more. */
SakVault *
test_at_rest (SakWorker *worker,
              SakVault  *vault)
{
  static Rest rest;
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;

  if (worker == NULL)
    return vault;
  rest.is_reached = FALSE;
  sak_worker_run_async (worker, rest_job, &rest, NULL, NULL, NULL, NULL, NULL);
  g_mutex_lock (&rest.mutex);
  while (!rest.is_reached)
    g_assert_true (g_cond_wait_until (&rest.cond, &rest.mutex, end));
  g_mutex_unlock (&rest.mutex);
  return vault;
}

void
test_end_worker (SakWorker *worker)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  gpointer left = worker;

  g_object_add_weak_pointer (G_OBJECT (worker), &left);
  g_object_unref (worker);
  while (left != NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

GtkWidget *
test_window_new (void)
{
  GtkWidget *window = gtk_window_new ();

  /* As in the program: see sak-window.c. Else GTK warns where a blink comes between two changes of the focus. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  return window;
}

static gboolean
turn_passed_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
test_turn (void)
{
  gboolean has_passed = FALSE;

  /* Behind what is done when nothing else is to do: sections of forms that are made one after the other. */
  g_timeout_add_full (G_PRIORITY_LOW, 10, turn_passed_cb, &has_passed, NULL);
  while (!has_passed)
    g_main_context_iteration (NULL, TRUE);
}

/* Labels carry zero-width spaces where Burmese, Khmer and Lao may break. */
static gboolean
says (const char *label,
      const char *text)
{
  g_auto (GStrv) parts = g_strsplit (label != NULL ? label : "", "\u200b", -1);
  g_autofree char *plain = g_strjoinv ("", parts);

  return strstr (plain, text) != NULL;
}

typedef gboolean (*Fits) (GtkWidget  *widget,
                          const char *text);

static GtkWidget *
find (GtkWidget  *widget,
      const char *text,
      Fits        fits)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (fits (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      /* What a stack covers is not seen. */
      if (GTK_IS_STACK (widget) && child != gtk_stack_get_visible_child (GTK_STACK (widget)))
        continue;
      found = find (child, text, fits);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_text (GtkWidget  *widget,
         const char *text)
{
  return GTK_IS_LABEL (widget) && says (gtk_label_get_text (GTK_LABEL (widget)), text);
}

static gboolean
is_button (GtkWidget  *widget,
           const char *text)
{
  return GTK_IS_BUTTON (widget) && find (widget, text, is_text) != NULL;
}

static gboolean
is_entry (GtkWidget  *widget,
          const char *name)
{
  if (ADW_IS_ENTRY_ROW (widget))
    return says (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name);
  return g_strcmp0 (gtk_widget_get_name (widget), name) == 0;
}

static GtkWidget *
wait_for (GtkWidget  *root,
          const char *text,
          Fits        fits)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  GtkWidget *found;

  while ((found = find (root, text, fits)) == NULL || !gtk_widget_is_sensitive (found))
    {
      if (g_get_monotonic_time () > end)
        g_error ("“%s” is not seen", text);
      test_turn ();
    }
  return found;
}

GtkWidget *
test_find_text (GtkWidget  *root,
                const char *text)
{
  return find (root, text, is_text);
}

GtkWidget *
test_see (GtkWidget  *root,
          const char *text)
{
  return wait_for (root, text, is_text);
}

void
test_click (GtkWidget  *root,
            const char *text)
{
  g_signal_emit_by_name (wait_for (root, text, is_button), "clicked");
}

GtkWidget *
test_find_entry (GtkWidget  *root,
                 const char *name)
{
  return wait_for (root, name, is_entry);
}

GtkWidget *
test_find_entry_now (GtkWidget  *root,
                     const char *name)
{
  return find (root, name, is_entry);
}

void
test_type (GtkWidget  *root,
           const char *name,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (test_find_entry (root, name)), text);
}

GtkWidget *
test_find_type (GtkWidget *root,
                GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = test_find_type (child, type);
  return found;
}

GtkWidget *
test_find_shown (GtkWidget *root,
                 GType      type)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (root))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = test_find_shown (child, type);
  return found;
}

GtkWidget *
test_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

GtkWidget *
test_see_window (GType type)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  GtkWidget *window;

  while ((window = test_find_window (type)) == NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("no %s is shown", g_type_name (type));
      test_turn ();
    }
  return window;
}

GtkWidget *
test_see_type (GtkWidget *root,
               GType      type)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;
  GtkWidget *widget;

  while ((widget = test_find_type (root, type)) == NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("there is no %s", g_type_name (type));
      test_turn ();
    }
  return widget;
}

gboolean
test_is_called (GtkWidget  *widget,
                const char *name)
{
  g_autofree char *problem = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                                 GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return problem == NULL;
}

/* Whatever has the keyboard, when it is called @name. What an entry has within itself gets the focus for it. */
static GtkWidget *
focus_called (GtkWidget  *window,
              const char *name)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  if (focus != NULL && test_is_called (focus, name))
    return focus;
  if (focus != NULL && GTK_IS_TEXT (focus) && test_is_called (gtk_widget_get_parent (focus), name))
    return gtk_widget_get_parent (focus);
  return NULL;
}

/* A list may be read again between two keys: one who does not find a button at once goes round once more. */
GtkWidget *
test_tab_to (GtkWidget  *window,
             const char *name)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  do
    {
      for (guint i = 0; i < 80; i++)
        {
          GtkWidget *found;

          gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
          found = focus_called (window, name);
          if (found != NULL)
            return found;
        }
      test_turn ();
    }
  while (g_get_monotonic_time () < end);
  g_error ("nothing is called %s", name);
}

/* Without a window manager nobody else gives the window the keyboard. */
void
test_press_keys (GtkWidget  *window,
                 const char *keys)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  int status = -1;

  command = g_strdup_printf ("xdotool windowfocus --sync %lu key --delay 20 %s", gdk_x11_surface_get_xid (surface),
                             keys);
  while (!gtk_widget_get_mapped (window))
    test_turn ();
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  while (!gtk_window_is_active (GTK_WINDOW (window)))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}
