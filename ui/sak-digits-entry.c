/* sak-digits-entry.c - an entry for digits in groups, as they stand on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-digits-entry.h"

#include "crypto/sak-check-digits.h"
#include "crypto/sak-crypto.h"

static const char group_size_key[] = "sak-group-size";

/* How it should stand; NULL where it stands so, or is more than digits and spaces. */
static GString *
regroup (const char *text,
         guint       group_size)
{
  GString *grouped = g_string_sized_new (256);
  gboolean is_needed = FALSE;
  guint n_digits = 0, run = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      int digit = sak_typed_digit (g_utf8_get_char (at));

      is_needed |= digit != SAK_TYPED_SEPARATOR && ++run > group_size;
      if (digit == SAK_TYPED_SEPARATOR)
        {
          run = 0;
          continue;
        }
      if (digit == SAK_TYPED_OTHER)
        {
          is_needed = FALSE;
          break;
        }
      if (n_digits > 0 && n_digits % group_size == 0)
        g_string_append_c (grouped, ' ');
      g_string_append_unichar (grouped, g_utf8_get_char (at));
      n_digits++;
    }
  if (is_needed)
    return grouped;
  sak_wipe (grouped->str, grouped->len);
  g_string_free (grouped, TRUE);
  return NULL;
}

static gboolean
move_to_end_cb (gpointer data)
{
  g_autoptr (GtkEditable) entry = data;

  gtk_editable_set_position (entry, -1);
  return G_SOURCE_REMOVE;
}

static void
typed_cb (GtkEditable *entry,
          gpointer     unused)
{
  guint group_size = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), group_size_key));
  GString *grouped = regroup (gtk_editable_get_text (entry), group_size);

  if (grouped == NULL)
    return;
  g_signal_handlers_block_by_func (entry, typed_cb, NULL);
  gtk_editable_set_text (entry, grouped->str);
  g_signal_handlers_unblock_by_func (entry, typed_cb, NULL);
  /* Later: whoever is inserting sets the cursor only after this. */
  g_idle_add (move_to_end_cb, g_object_ref (entry));
  sak_wipe (grouped->str, grouped->len);
  g_string_free (grouped, TRUE);
}

void
sak_digits_entry_group (GtkEditable *entry,
                        guint        group_size)
{
  g_object_set_data (G_OBJECT (entry), group_size_key, GUINT_TO_POINTER (group_size));
  gtk_editable_set_enable_undo (entry, FALSE);
  g_signal_connect (entry, "changed", G_CALLBACK (typed_cb), NULL);
}
