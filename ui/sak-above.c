/* sak-above.c - what holds for every window that opens above the one, or beside it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accelerators of the application reach its own windows alone, and so do events: without this, who
 * writes notes beside a photo for five minutes would be locked out, and F12 would do nothing.
 */
#include "config.h"

#include "ui/sak-above.h"
#include "ui/sak-manual-window.h"
#include "ui/sak-window.h"

static GtkWindow *
find_lockable (GtkWidget *widget)
{
  GtkWindow *window = GTK_WINDOW (widget);

  while (window != NULL && !SAK_IS_WINDOW (window))
    window = SAK_IS_MANUAL_WINDOW (window) ? sak_manual_window_get_about (SAK_MANUAL_WINDOW (window))
                                           : gtk_window_get_transient_for (window);
  return window;
}

static gboolean
lock_pressed (GtkWidget *widget,
              GVariant  *args,
              gpointer   unused)
{
  GtkWindow *window = find_lockable (widget);

  return window != NULL && gtk_widget_activate_action (GTK_WIDGET (window), "win.lock", NULL);
}

/* As sak_window_init_application() has them. What the window itself does with a key comes first. */
static void
add_keys (GtkWidget *window)
{
  static const struct { guint key; GdkModifierType modifiers; } keys[] = {
    { GDK_KEY_F12, 0 }, { GDK_KEY_l, GDK_CONTROL_MASK }, { GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                            gtk_callback_action_new (lock_pressed, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

static void
windows_changed_cb (GListModel  *windows,
                    guint        position,
                    guint        n_removed,
                    guint        n_added,
                    SakIdleLock *lock)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, position + i);

      if (SAK_IS_WINDOW (window))
        continue;
      sak_idle_lock_watch (lock, window);
      add_keys (window);
    }
}

void
sak_above_watch (SakIdleLock *lock)
{
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed_cb), lock, 0);
}
