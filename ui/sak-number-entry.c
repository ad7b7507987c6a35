/* sak-number-entry.c - a whole number with more and less beside it, in the digits of the language
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GtkSpinButton writes 0 to 9 and reads them alone; both signals stand in for that.
 */
#include "config.h"

#include "ui/sak-number-entry.h"

#include "ui/words/sak-words-number.h"

#define MAX_DIGITS 9

static gboolean
say_number_cb (GtkSpinButton *entry)
{
  g_autofree char *number = g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (entry));
  g_autofree char *words = sak_words_digits (number);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), words) != 0)
    gtk_editable_set_text (GTK_EDITABLE (entry), words);
  return TRUE;
}

/* What is no number leaves the one that was: an error would make the least one of it. */
static int
read_number_cb (GtkSpinButton *entry,
                double        *ret_value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  double value = 0;
  guint n_digits = 0;

  *ret_value = gtk_spin_button_get_value (entry);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      int digit = g_unichar_digit_value (character);

      if (g_unichar_isspace (character))
        continue;
      if (digit < 0 || ++n_digits > MAX_DIGITS)
        return TRUE;
      value = 10 * value + digit;
    }
  if (n_digits > 0)
    *ret_value = value;
  return TRUE;
}

GtkWidget *
sak_number_entry_new (int min,
                      int max)
{
  GtkWidget *self = gtk_spin_button_new (NULL, 1, 0);

  g_signal_connect (self, "output", G_CALLBACK (say_number_cb), NULL);
  g_signal_connect (self, "input", G_CALLBACK (read_number_cb), NULL);
  gtk_spin_button_set_adjustment (GTK_SPIN_BUTTON (self), gtk_adjustment_new (min, min, max, 1, 10, 0));
  return self;
}
