/* sak-shares-entry.c - shares of a key, typed from paper: a field for each
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words or their numbers, in any script of digits. While a word is typed, those that it may
 * become are named; a slip is told in its share, and how many shares are still needed.
 */
#include "config.h"

#include "ui/sak-shares-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-slip39.h"
#include "ui/sak-build.h"
#include "ui/words/sak-words-keys.h"
#include "ui/words/sak-words-number.h"

#define MAX_OFFERED 6

struct _SakSharesEntry
{
  AdwBin parent_instance;
  GtkBox *fields;
  GtkLabel *status;
  GPtrArray *buffers;           /* GtkTextBuffer, borrowed from the fields */
};

G_DEFINE_FINAL_TYPE (SakSharesEntry, sak_shares_entry, ADW_TYPE_BIN)

static char *
dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static SakSecret *
dup_secret (GtkTextBuffer *buffer)
{
  char *text = dup_text (buffer);
  SakSecret *secret;

  g_strstrip (text);
  secret = sak_secret_new_copy (text, strlen (text));
  sak_wipe (text, strlen (text));
  g_free (text);
  return secret;
}

GPtrArray *
sak_shares_entry_get (SakSharesEntry *self)
{
  GPtrArray *shares = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_secret_unref);

  for (guint i = 0; i < self->buffers->len; i++)
    {
      SakSecret *share = dup_secret (g_ptr_array_index (self->buffers, i));

      if (sak_secret_get_size (share) > 0)
        g_ptr_array_add (shares, share);
      else
        sak_secret_unref (share);
    }
  return shares;
}

/* "aca": academic … ; NULL where the last word is whole, a number, or begins no word. */
static char *
offer_words (const char *text)
{
  const char *last = strrchr (text, ' ') != NULL ? strrchr (text, ' ') + 1 : text;
  g_autofree char *prefix = g_ascii_strdown (last, -1);
  GString *offer = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; strlen (prefix) >= 2 && i < SAK_SLIP39_N_WORDS && n < MAX_OFFERED; i++)
    {
      const char *word = sak_slip39_get_word (i);

      if (g_str_has_prefix (word, prefix) && strcmp (word, prefix) != 0)
        g_string_append_printf (offer, "%s%s", n++ > 0 ? ", " : "", word);
    }
  return g_string_free (offer, n == 0);
}

/* What can be said of one share that may not be finished; NULL if nothing. */
static char *
judge_share (GtkTextBuffer   *buffer,
             guint            number,
             SakSlip39Share **ret_share,
             gboolean        *ret_is_offer)
{
  g_autoptr (SakSecret) typed = dup_secret (buffer);
  g_autofree char *text = dup_text (buffer);
  SakTypingMistake mistake = { SAK_MISTAKE_NONE };

  *ret_share = NULL;
  *ret_is_offer = FALSE;
  if (sak_secret_get_size (typed) == 0)
    return NULL;
  *ret_share = sak_slip39_share_parse (typed, number, &mistake, NULL);
  if (*ret_share != NULL)
    return NULL;
  if (!g_str_has_suffix (text, " "))
    {
      char *offered = offer_words (text);

      *ret_is_offer = offered != NULL;
      if (offered != NULL)
        return offered;
    }
  return mistake.kind == SAK_MISTAKE_TOO_SHORT ? NULL : sak_words_for_mistake (&mistake);
}

static char *
judge_all (SakSharesEntry *self,
           gboolean       *ret_is_good)
{
  g_autoptr (SakSlip39Share) first = NULL;
  guint n_good = 0;

  *ret_is_good = FALSE;
  for (guint i = 0; i < self->buffers->len; i++)
    {
      g_autoptr (SakSlip39Share) share = NULL;
      char *words = judge_share (g_ptr_array_index (self->buffers, i), i + 1, &share, ret_is_good);

      if (words != NULL)
        return words;
      if (share == NULL)
        continue;
      if (first != NULL && share->identifier != first->identifier)
        return sak_words_for_mistake (&(SakTypingMistake) { SAK_MISTAKE_OTHER_SET, .part = i + 1 });
      n_good++;
      if (first == NULL)
        first = g_steal_pointer (&share);
    }
  if (first == NULL)
    return g_strdup ("");
  *ret_is_good = TRUE;
  if (n_good < first->member_threshold)
    return sak_words_for_mistake (&(SakTypingMistake) { SAK_MISTAKE_TOO_FEW, .needed = first->member_threshold,
                                                        .had = n_good });
  return g_strdup (_("These are enough shares."));
}

static void
typed_cb (SakSharesEntry *self)
{
  gboolean is_good;
  g_autofree char *words = judge_all (self, &is_good);

  sak_build_say (self->status, words, !is_good);
}

static void
append_field (SakSharesEntry *self)
{
  g_autofree char *title = sak_words_print (_("Share %u"), self->buffers->len + 1);
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkWidget *frame = gtk_frame_new (title);

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  gtk_widget_set_size_request (view, -1, 64);
  gtk_widget_set_name (view, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_frame_set_child (GTK_FRAME (frame), view);
  /* The frame's title would be said besides. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_box_append (self->fields, frame);
  g_ptr_array_add (self->buffers, buffer);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

static void
more_clicked_cb (SakSharesEntry *self)
{
  if (self->buffers->len < SAK_SLIP39_MAX_SHARES)
    append_field (self);
  gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (self->fields)));
}

void
sak_shares_entry_clear (SakSharesEntry *self)
{
  g_ptr_array_set_size (self->buffers, 0);
  sak_build_empty (self->fields);
  append_field (self);
  append_field (self);
  sak_build_say (self->status, "", FALSE);
}

static gboolean
sak_shares_entry_grab_focus (GtkWidget *widget)
{
  GtkWidget *frame = gtk_widget_get_first_child (GTK_WIDGET (SAK_SHARES_ENTRY (widget)->fields));

  return gtk_widget_grab_focus (gtk_frame_get_child (GTK_FRAME (frame)));
}

static void
sak_shares_entry_finalize (GObject *object)
{
  g_ptr_array_unref (SAK_SHARES_ENTRY (object)->buffers);
  G_OBJECT_CLASS (sak_shares_entry_parent_class)->finalize (object);
}

static void
sak_shares_entry_class_init (SakSharesEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_shares_entry_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_shares_entry_grab_focus);
}

static void
sak_shares_entry_init (SakSharesEntry *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->buffers = g_ptr_array_new ();
  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("Type the words of each share from its page, or the numbers beside them. Of a "
                                     "word, the first four letters are enough."), NULL));
  self->fields = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->fields));
  gtk_box_append (GTK_BOX (box), sak_build_button (_("Another share"), NULL, G_CALLBACK (more_clicked_cb), self));
  self->status = GTK_LABEL (sak_build_label ("", NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status));
  adw_bin_set_child (ADW_BIN (self), box);
  sak_shares_entry_clear (self);
}

GtkWidget *
sak_shares_entry_new (void)
{
  return g_object_new (SAK_TYPE_SHARES_ENTRY, NULL);
}
