/* sak-digits-entry.c - an entry for digits in groups, as they stand on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-digits-entry.h"

#include "crypto/sak-check-digits.h"
#include "crypto/sak-crypto.h"

#include <string.h>

static const char group_size_key[] = "sak-group-size";

/* How many digits stand together at the end of what is there. */
static guint
count_run (const char *text)
{
  guint run = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    run = sak_typed_digit (g_utf8_get_char (text)) >= 0 ? run + 1 : 0;
  return run;
}

static GString *
group (const char *typed,
       gsize       size,
       guint       run,
       guint       group_size)
{
  GString *grouped = g_string_sized_new (2 * size + 16);

  for (const char *at = typed; at < typed + size; at = g_utf8_next_char (at))
    {
      gboolean is_digit = sak_typed_digit (g_utf8_get_char (at)) >= 0;

      if (is_digit && run == group_size)
        {
          g_string_append_c (grouped, ' ');
          run = 0;
        }
      g_string_append_unichar (grouped, g_utf8_get_char (at));
      run = is_digit ? run + 1 : 0;
    }
  return grouped;
}

/* Before it is there, not after: the cursor then goes where the next key belongs. Only at the
 * end; who mends a digit in the middle keeps the groups as they are.
 */
static void
text_inserted_cb (GtkEditable *text,
                  const char  *typed,
                  int          size,
                  int         *position)
{
  guint group_size = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (text), group_size_key));
  const char *before = gtk_editable_get_text (text);
  gsize n_bytes = size >= 0 ? (gsize) size : strlen (typed);
  GString *grouped;

  if (*position != (int) g_utf8_strlen (before, -1) || !g_utf8_validate (typed, (gssize) n_bytes, NULL))
    return;
  grouped = group (typed, n_bytes, count_run (before), group_size);
  g_signal_handlers_block_by_func (text, text_inserted_cb, NULL);
  gtk_editable_insert_text (text, grouped->str, (int) grouped->len, position);
  g_signal_handlers_unblock_by_func (text, text_inserted_cb, NULL);
  g_signal_stop_emission_by_name (text, "insert-text");
  sak_wipe (grouped->str, grouped->len);
  g_string_free (grouped, TRUE);
}

void
sak_digits_entry_group (GtkEditable *entry,
                        guint        group_size)
{
  GtkEditable *text = gtk_editable_get_delegate (entry);

  g_object_set_data (G_OBJECT (text), group_size_key, GUINT_TO_POINTER (group_size));
  gtk_editable_set_enable_undo (text, FALSE);
  g_signal_connect (text, "insert-text", G_CALLBACK (text_inserted_cb), NULL);
}
