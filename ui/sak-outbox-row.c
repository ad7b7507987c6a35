/* sak-outbox-row.c - one bundle in the outbox: for whom, how far it is, why it waits, and what can be done
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-outbox-row.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-carrier.h"
#include "ui/words/sak-words-number.h"

struct _SakOutboxRow
{
  GtkListBoxRow parent_instance;
  char *id;
  char *label;                  /* for whom it is, and which one: there may be several */
  GtkLabel *title;
  GtkLabel *words;
  GtkProgressBar *bar;
  GtkWidget *buttons[SAK_OUTBOX_N_DEEDS];
};

G_DEFINE_FINAL_TYPE (SakOutboxRow, sak_outbox_row, GTK_TYPE_LIST_BOX_ROW)

enum { SIGNAL_DEED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const button_labels[SAK_OUTBOX_N_DEEDS] = {
  /* Translators: a button beside a bundle that waits: tries to send it at once */
  [SAK_OUTBOX_SEND] = N_("Send now"),
  /* Translators: a button beside a bundle: it is not sent until somebody lets it go on */
  [SAK_OUTBOX_PAUSE] = N_("Pause"),
  /* Translators: a button beside a bundle that was paused */
  [SAK_OUTBOX_RESUME] = N_("Go on"),
  /* Translators: a button beside a bundle in the outbox: takes it out and deletes it */
  [SAK_OUTBOX_REMOVE] = N_("Take out…"),
};

static gboolean
is_offered (const SakOutboxItem *item,
            gboolean             is_asked,
            SakOutboxDeed        deed)
{
  gboolean is_waiting = item->state == SAK_OUTBOX_WAITING || item->state == SAK_OUTBOX_FAILED;

  switch (deed)
    {
    case SAK_OUTBOX_SEND:
      return is_waiting && !item->is_paused && !is_asked;
    case SAK_OUTBOX_PAUSE:
      return (item->state == SAK_OUTBOX_WAITING || item->state == SAK_OUTBOX_UNDER_WAY) && !item->is_paused;
    case SAK_OUTBOX_RESUME:
      return is_waiting && item->is_paused;
    default:
      return is_waiting;
    }
}

static void
button_clicked_cb (SakOutboxRow *self,
                   GtkButton    *button)
{
  for (int i = 0; i < SAK_OUTBOX_N_DEEDS; i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      g_signal_emit (self, signals[SIGNAL_DEED], 0, i);
}

/* "Pause: Desk 7c1e2b40": each can be told from those of other rows. */
static void
name_buttons (SakOutboxRow *self)
{
  for (int i = 0; i < SAK_OUTBOX_N_DEEDS; i++)
    {
      /* Translators: a button and what it is about, for a screen reader: "Show: 2 incidents" */
      g_autofree char *name = g_strdup_printf (_("%1$s: %2$s"), _(button_labels[i]), self->label);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

/* What had the keyboard may not be offered any more: the first that is. */
static void
show_buttons (SakOutboxRow        *self,
              const SakOutboxItem *item,
              gboolean             is_asked)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  GtkWidget *first = NULL;

  for (int i = 0; i < SAK_OUTBOX_N_DEEDS; i++)
    if (is_offered (item, is_asked, (SakOutboxDeed) i))
      {
        gtk_widget_set_visible (self->buttons[i], TRUE);
        first = first != NULL && first != focus ? first : self->buttons[i];
        if (self->buttons[i] == focus)
          first = focus;
      }
  if (had_focus && first != NULL)
    gtk_widget_grab_focus (first);
  for (int i = 0; i < SAK_OUTBOX_N_DEEDS; i++)
    if (!is_offered (item, is_asked, (SakOutboxDeed) i))
      gtk_widget_set_visible (self->buttons[i], FALSE);
}

/* Of what was asked for it is not said that somebody has to ask. */
static char *
say_item (const SakOutboxItem *item,
          gboolean             goes_by_itself,
          gboolean             is_asked)
{
  g_autofree char *why = is_asked && !item->is_paused
                         ? g_strdup ("")
                         : sak_words_for_outbox_item (item, goes_by_itself, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *size = sak_words_size (item->size_bytes);
  g_autofree char *done = sak_words_size (item->done_bytes);
  g_autofree char *how = NULL;

  if (item->state == SAK_OUTBOX_MAKING)
    /* Translators: of a bundle: %1$s is how it stands, such as "Waiting", %2$s the way it goes by */
    how = g_strdup_printf (_("%1$s · by %2$s"), sak_words_for_outbox_state (item), item->carrier);
  else if (item->done_bytes > 0 && item->done_bytes < item->size_bytes)
    /* Translators: of a bundle: how it stands, the way it goes by, how much is there already, how large it is */
    how = g_strdup_printf (_("%1$s · by %2$s · %3$s of %4$s are there"), sak_words_for_outbox_state (item),
                           item->carrier, done, size);
  else
    /* Translators: of a bundle: how it stands, such as "Waiting", the way it goes by, and its size */
    how = g_strdup_printf (_("%1$s · by %2$s · %3$s"), sak_words_for_outbox_state (item), item->carrier, size);
  return *why != '\0' ? g_strjoin ("\n", how, why, NULL) : g_steal_pointer (&how);
}

void
sak_outbox_row_set_item (SakOutboxRow        *self,
                         const SakOutboxItem *item,
                         gboolean             goes_by_itself,
                         gboolean             is_asked)
{
  g_autofree char *words = say_item (item, goes_by_itself, is_asked);
  g_autofree char *broken = sak_say_with_breaks (words);
  /* Translators: of a bundle: %1$s are names of contacts, %2$s the beginning of its file's name */
  g_autofree char *title = g_strdup_printf (_("For %1$s · %2$.8s"), item->label, item->id);
  g_autofree char *broken_title = sak_say_with_breaks (title);

  g_free (self->label);
  self->label = g_strdup_printf ("%s %.8s", item->label, item->id);
  gtk_label_set_label (self->title, broken_title);
  gtk_label_set_label (self->words, broken);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), item->state == SAK_OUTBOX_UNDER_WAY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  name_buttons (self);
  show_buttons (self, item, is_asked);
}

void
sak_outbox_row_set_progress (SakOutboxRow *self,
                             guint64       done_bytes,
                             guint64       total_bytes,
                             gint64        seconds_left)
{
  g_autofree char *done = sak_words_size (done_bytes);
  g_autofree char *total = sak_words_size (total_bytes);
  g_autofree char *left = sak_words_for_time_left (seconds_left);
  g_autofree char *how_far = NULL;
  g_autofree char *text = NULL;

  if (total_bytes == 0)
    {
      gtk_progress_bar_pulse (self->bar);
      return;
    }
  /* Translators: how far a copy is, for example "12 MB of 100 MB" */
  how_far = g_strdup_printf (_("%1$s of %2$s"), done, total);
  text = *left != '\0' ? g_strjoin (" · ", how_far, left, NULL) : g_strdup (how_far);
  gtk_progress_bar_set_fraction (self->bar, MIN (1.0, (double) done_bytes / (double) total_bytes));
  gtk_progress_bar_set_text (self->bar, text);
}

const char *
sak_outbox_row_get_id (SakOutboxRow *self)
{
  return self->id;
}

static void
sak_outbox_row_finalize (GObject *object)
{
  g_free (SAK_OUTBOX_ROW (object)->id);
  g_free (SAK_OUTBOX_ROW (object)->label);
  G_OBJECT_CLASS (sak_outbox_row_parent_class)->finalize (object);
}

static void
sak_outbox_row_class_init (SakOutboxRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_outbox_row_finalize;
  signals[SIGNAL_DEED] = g_signal_new ("deed", SAK_TYPE_OUTBOX_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
sak_outbox_row_init (SakOutboxRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (box, "sak-row");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  self->title = GTK_LABEL (sak_build_label ("", "sak-row-title"));
  self->words = GTK_LABEL (sak_build_label ("", NULL));
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_progress_bar_set_text (self->bar, "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->bar));
  for (int i = 0; i < SAK_OUTBOX_N_DEEDS; i++)
    {
      self->buttons[i] = gtk_button_new_with_label (_(button_labels[i]));
      g_signal_connect_object (self->buttons[i], "clicked", G_CALLBACK (button_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (buttons), self->buttons[i]);
    }
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  /* The stops for the keyboard are the buttons. */
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_outbox_row_new (const char *id)
{
  SakOutboxRow *self = g_object_new (SAK_TYPE_OUTBOX_ROW, NULL);

  self->id = g_strdup (id);
  return GTK_WIDGET (self);
}
