/* sak-reading.c - text to be read: wraps everywhere, and is copied as it was written
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is shown has zero-width spaces where Burmese, Khmer and Lao may break. They must not
 * leave by the clipboard: what was written may have some of its own.
 */
#include "config.h"

#include "ui/sak-reading.h"

#include "ui/sak-build.h"
#include "ui/sak-say.h"

#define TEXT_KEY "sak-text"

/* The stretch of @text that is shown as the characters @from up to @to of @shown. */
static char *
find_written (const char *text,
              const char *shown,
              int         from,
              int         to)
{
  const char *start = text;
  int n = 0;

  for (; *shown != '\0' && n < to; shown = g_utf8_next_char (shown), n++)
    {
      if (n == from)
        start = text;
      if (*text != '\0' && g_utf8_get_char (shown) == g_utf8_get_char (text))
        text = g_utf8_next_char (text);
    }
  if (n <= from)
    start = text;
  return g_strndup (start, (gsize) (text - start));
}

static void
copied_cb (GtkLabel *label)
{
  g_autofree char *copy = NULL;
  int from, to;

  g_signal_stop_emission_by_name (label, "copy-clipboard");
  if (!gtk_label_get_selection_bounds (label, &from, &to))
    return;
  copy = find_written (g_object_get_data (G_OBJECT (label), TEXT_KEY), gtk_label_get_text (label), from, to);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (label)), copy);
}

GtkWidget *
sak_reading_new (void)
{
  GtkWidget *label = sak_build_label ("", "sak-reading");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  g_object_set_data_full (G_OBJECT (label), TEXT_KEY, g_strdup (""), g_free);
  g_signal_connect (label, "copy-clipboard", G_CALLBACK (copied_cb), NULL);
  return label;
}

void
sak_reading_set_text (GtkWidget  *reading,
                      const char *text)
{
  g_autofree char *broken = sak_say_with_breaks (text);

  g_object_set_data_full (G_OBJECT (reading), TEXT_KEY, g_strdup (text), g_free);
  gtk_label_set_label (GTK_LABEL (reading), broken);
}
