/* sak-shares-panel.c - new shares, a page for each person
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page at a time, so that each person sees their own. Nothing is saved by us. As with a
 * recovery code, what was not handed out to the end is taken out of the vault again.
 */
#include "config.h"

#include "ui/sak-shares-panel.h"

#include <glib/gi18n-lib.h>

#include "crypto/sak-slip39.h"
#include "storage/sak-key-slots.h"
#include "ui/sak-build.h"
#include "ui/sak-number-entry.h"
#include "ui/sak-key-sheet.h"
#include "ui/sak-show-only.h"
#include "ui/sak-trial-slot.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

struct _SakSharesPanel
{
  AdwBin parent_instance;
  GtkStack *steps;
  GtkSpinButton *people;
  GtkSpinButton *needed;
  GtkLabel *sentence;
  GtkWidget *make;
  GtkLabel *heading;
  GtkDrawingArea *page;
  GtkWidget *next;
  GtkLabel *problem;

  SakSession *session;
  SakTrialSlot *trial;
  GPtrArray *shares;            /* of SakSecret: their words */
  SakKeySheet *sheet;           /* of the share that is shown */
  guint threshold;
  guint shown;
};

G_DEFINE_FINAL_TYPE (SakSharesPanel, sak_shares_panel, ADW_TYPE_BIN)

enum { SIGNAL_FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
free_shares (gpointer data)
{
  g_ptr_array_unref (data);
}

static gpointer
make_shares_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;
  char *slot = NULL;
  GPtrArray *shares = sak_vault_add_shares (call->vault, (guint) call->number & 0xff, (guint) call->number >> 8, "",
                                            &slot, error);

  sak_trial_slot_note_made (call, slot);
  return shares;
}

static void
show_share (SakSharesPanel *self)
{
  guint n = self->shares->len;
  g_autofree char *words = sak_words_print (_("Page %1$u of %2$u: for one person alone. Let them copy or print it, "
                                              "and let nobody else look."), self->shown + 1, n);

  g_clear_object (&self->sheet);
  self->sheet = sak_key_sheet_new_for_share (g_ptr_array_index (self->shares, self->shown), self->shown + 1,
                                             self->threshold, n);
  gtk_label_set_label (self->heading, words);
  gtk_button_set_label (GTK_BUTTON (self->next), self->shown + 1 < n ? _("The next person…")
                                                                     : _("All pages are handed out"));
  gtk_widget_queue_draw (GTK_WIDGET (self->page));
  {
    char *spoken = sak_key_sheet_dup_text (self->sheet);

    gtk_accessible_update_property (GTK_ACCESSIBLE (self->page), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
    sak_key_sheet_free_text (spoken);
  }
}

static void
shares_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakSharesPanel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shares = sak_session_call_finish (result, &error);

  if (shares == NULL)
    {
      sak_build_say (self->problem, sak_words_for_error (error), TRUE);
      return;
    }
  if (self->trial == NULL)
    return;
  self->shares = g_steal_pointer (&shares);
  sak_show_only_named (self->steps, "page");
  show_share (self);
  gtk_widget_grab_focus (self->next);
}

static void
make_clicked_cb (SakSharesPanel *self)
{
  SakCall *call = sak_trial_slot_new_call (self->trial);

  self->threshold = (guint) gtk_spin_button_get_value_as_int (self->needed);
  call->number = self->threshold | ((gint64) gtk_spin_button_get_value_as_int (self->people) << 8);
  gtk_widget_set_sensitive (self->make, FALSE);
  sak_session_call (self->session, call, make_shares_job, free_shares, NULL, shares_made_cb,
                    g_object_ref (self));
}

static void
next_clicked_cb (SakSharesPanel *self)
{
  if (++self->shown < self->shares->len)
    {
      show_share (self);
      return;
    }
  sak_trial_slot_keep (self->trial);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, TRUE);
}

static void
cancel_clicked_cb (SakSharesPanel *self)
{
  g_clear_pointer (&self->trial, sak_trial_slot_free);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, FALSE);
}

static void
print_clicked_cb (SakSharesPanel *self)
{
  if (self->sheet != NULL)
    sak_key_sheet_print (self->sheet, GTK_WIDGET (self));
}

static void
numbers_changed_cb (SakSharesPanel *self)
{
  int people = gtk_spin_button_get_value_as_int (self->people);
  g_autofree char *words = NULL;

  gtk_spin_button_set_range (self->needed, 2, people);
  /* Translators: %1$d how many are needed, %2$d how many there are */
  words = sak_words_print (_("Any %1$d of these %2$d people together can open the vault. Fewer learn nothing."),
                           gtk_spin_button_get_value_as_int (self->needed), people);
  gtk_label_set_label (self->sentence, words);
}

static void
page_drawn_cb (GtkDrawingArea *area,
               cairo_t        *cr,
               int             width,
               int             height,
               gpointer        data)
{
  SakSharesPanel *self = data;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (self->sheet != NULL)
    sak_key_sheet_draw (self->sheet, cr, width, height);
}

static void
sak_shares_panel_dispose (GObject *object)
{
  SakSharesPanel *self = SAK_SHARES_PANEL (object);

  g_clear_pointer (&self->trial, sak_trial_slot_free);
  g_clear_object (&self->session);
  g_clear_object (&self->sheet);
  g_clear_pointer (&self->shares, g_ptr_array_unref);
  G_OBJECT_CLASS (sak_shares_panel_parent_class)->dispose (object);
}

static void
sak_shares_panel_class_init (SakSharesPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_shares_panel_dispose;
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", SAK_TYPE_SHARES_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static GtkSpinButton *
append_number (SakSharesPanel *self,
               GtkWidget      *box,
               const char     *title,
               double          value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *spin = sak_number_entry_new (2, SAK_SLIP39_MAX_SHARES);

  gtk_box_append (GTK_BOX (row), sak_build_label (title, NULL));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (row), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (row), spin);
  gtk_box_append (GTK_BOX (box), row);
  return GTK_SPIN_BUTTON (spin);
}

static GtkWidget *
build_numbers (SakSharesPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("The key is split among people you trust, a page of words for each. Choose people "
                                     "who will not all be searched on the same day."), NULL));
  self->people = append_number (self, box, _("How many people get a page"), 5);
  self->needed = append_number (self, box, _("How many of them are needed to open it"), 3);
  gtk_widget_set_name (GTK_WIDGET (self->people), "people");
  gtk_widget_set_name (GTK_WIDGET (self->needed), "needed");
  self->sentence = GTK_LABEL (sak_build_label ("", "sak-notice"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sentence));
  self->make = sak_build_button (_("Make the pages"), "suggested-action", G_CALLBACK (make_clicked_cb), self);
  gtk_box_append (GTK_BOX (row), self->make);
  gtk_box_append (GTK_BOX (row), sak_build_button (_("Cancel"), NULL, G_CALLBACK (cancel_clicked_cb), self));
  gtk_box_append (GTK_BOX (box), row);
  g_signal_connect_object (self->people, "value-changed", G_CALLBACK (numbers_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->needed, "value-changed", G_CALLBACK (numbers_changed_cb), self, G_CONNECT_SWAPPED);
  numbers_changed_cb (self);
  return box;
}

static GtkWidget *
build_page (SakSharesPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->heading = GTK_LABEL (sak_build_label ("", NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  self->next = sak_build_button ("", "suggested-action", G_CALLBACK (next_clicked_cb), self);
  gtk_box_append (GTK_BOX (row), self->next);
  gtk_box_append (GTK_BOX (row), sak_build_button (_("Print…"), NULL, G_CALLBACK (print_clicked_cb), self));
  gtk_box_append (GTK_BOX (row), sak_build_button (_("Cancel"), NULL, G_CALLBACK (cancel_clicked_cb), self));
  gtk_box_append (GTK_BOX (box), row);
  self->page = GTK_DRAWING_AREA (gtk_drawing_area_new ());
  gtk_drawing_area_set_content_width (self->page, 595);
  gtk_drawing_area_set_content_height (self->page, 760);
  gtk_drawing_area_set_draw_func (self->page, page_drawn_cb, self, NULL);
  gtk_widget_set_halign (GTK_WIDGET (self->page), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->page));
  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("Writing by hand is safest: a printer, or the computer that prints, may keep a "
                                     "copy."), "dim-label"));
  return box;
}

static void
sak_shares_panel_init (SakSharesPanel *self)
{
  self->steps = sak_build_steps (ADW_BIN (self), _("Shares for several people"), &self->problem);
  gtk_stack_add_named (self->steps, build_numbers (self), "numbers");
  gtk_stack_add_named (self->steps, build_page (self), "page");
  sak_show_only_named (self->steps, "numbers");
}

GtkWidget *
sak_shares_panel_new (SakSession *session)
{
  SakSharesPanel *self = g_object_new (SAK_TYPE_SHARES_PANEL, NULL);

  self->session = g_object_ref (session);
  self->trial = sak_trial_slot_new (session);
  return GTK_WIDGET (self);
}

char *
sak_shares_panel_dup_words (SakSharesPanel *self)
{
  SakSecret *words = g_ptr_array_index (self->shares, self->shown);

  return g_strndup ((const char *) sak_secret_get_bytes (words), sak_secret_get_size (words));
}
