/* sak-watermark.c - says across every window of a practice vault that nothing in it is real
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Windows that show something of the vault are AdwWindows over the one window; what they show is
 * put below the words as soon as both are known, before anything in it has the focus.
 */
#include "config.h"

#include "ui/sak-watermark.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-say.h"

#define KEY "sak-watermark"

static GtkWidget *
make_label (const char *words,
            const char *css_class)
{
  g_autofree char *broken = sak_say_with_breaks (words);
  GtkWidget *label = gtk_label_new (broken);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
sak_watermark_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_can_target (box, FALSE);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  /* Translators: written large across every screen of a practice vault */
  gtk_box_append (GTK_BOX (box), make_label (_("PRACTICE"), "sak-watermark"));
  /* Translators: below PRACTICE, across every screen of a practice vault */
  gtk_box_append (GTK_BOX (box), make_label (_("Nothing here is real"), "sak-watermark-words"));
  return box;
}

static void
dress_cb (AdwWindow  *window,
          GParamSpec *unused,
          GtkWindow  *parent)
{
  GtkWidget *content = adw_window_get_content (window);
  GtkWidget *overlay, *watermark;

  if (content == NULL || gtk_window_get_transient_for (GTK_WINDOW (window)) != parent ||
      !gtk_widget_get_visible (g_object_get_data (G_OBJECT (parent), KEY)) ||
      g_object_get_data (G_OBJECT (content), KEY) != NULL)
    return;
  overlay = gtk_overlay_new ();
  g_object_set_data (G_OBJECT (overlay), KEY, overlay);
  g_object_ref (content);
  adw_window_set_content (window, NULL);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), content);
  watermark = sak_watermark_new ();
  /* The word is long in Burmese, and these windows are narrow. */
  gtk_widget_add_css_class (watermark, "sak-over");
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), watermark);
  g_object_unref (content);
  adw_window_set_content (window, overlay);
}

/* The settings have a content of their own making, and show nothing of the vault. */
static void
windows_changed_cb (GListModel *windows,
                    guint       position,
                    guint       n_removed,
                    guint       n_added,
                    GtkWindow  *parent)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, position + i);

      if (!ADW_IS_WINDOW (window) || ADW_IS_PREFERENCES_WINDOW (window))
        continue;
      g_signal_connect_object (window, "notify::content", G_CALLBACK (dress_cb), parent, 0);
      g_signal_connect_object (window, "notify::transient-for", G_CALLBACK (dress_cb), parent, 0);
    }
}

void
sak_watermark_watch (GtkWindow *parent,
                     GtkWidget *watermark)
{
  g_object_set_data (G_OBJECT (parent), KEY, watermark);
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed_cb), parent, 0);
}
