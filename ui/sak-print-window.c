/* sak-print-window.c - before something is put on paper, or saved as PDF: what that means, and where
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pages are made once and held in memory alone, until they are sent or the window is closed.
 */
#include "config.h"

#include "ui/sak-print-window.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-ask.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/print/sak-print-service.h"
#include "ui/sak-build.h"
#include "ui/sak-number-entry.h"
#include "ui/sak-print-sending.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

#define MAX_COPIES 99
/* Each is a picture; all of them are in memory until they are sent. */
#define MAX_PAGES 60

struct _SakPrintWindow
{
  AdwWindow parent_instance;
  SakSession *session;
  SakPrintSort sort;
  char *item;
  GBytes *pdf;                  /* NULL until it is made */
  GtkBox *box;
  GtkWidget *warning;
  GtkWidget *choices;           /* printer and copies; hidden without printers */
  GtkDropDown *printers;
  GtkSpinButton *copies;
  GtkWidget *no_printer;
  GtkWidget *looking;
  GtkWidget *print;
  GtkWidget *save;              /* NULL for what is never saved */
  GtkLabel *outcome;
  GtkWidget *range;             /* which pages; hidden where there is no choice */
  GtkSpinButton *first;
  GtkSpinButton *last;
  guint drawn_first;            /* which pages are in @pdf, or asked for */
  guint drawn_last;
  SakPrintDrawFunc draw;        /* NULL where the pages come by themselves */
  gpointer draw_data;
  GDestroyNotify free_draw_data;
  GCancellable *cancellable;
  GCancellable *look;           /* for printers */
  guint look_timer;
  gboolean has_printer;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (SakPrintWindow, sak_print_window, ADW_TYPE_WINDOW)

/* What is under way takes no button away: the focus would go with it. */
static void
enable (SakPrintWindow *self)
{
  gtk_widget_set_sensitive (self->print, (self->pdf != NULL || self->draw != NULL) && self->has_printer);
  if (self->save != NULL)
    gtk_widget_set_sensitive (self->save, self->pdf != NULL);
}

static void
say (SakPrintWindow *self,
     const char     *words,
     const GError   *error)
{
  self->is_busy = FALSE;
  sak_build_say (self->outcome, error != NULL ? sak_words_for_error (error) : words, error != NULL);
}

/* Printing */

static void
say_not_taken (SakPrintWindow *self)
{
  self->is_busy = FALSE;
  sak_build_say (self->outcome, _("The printer did not take it. Look whether it is switched on and connected, then try "
                                  "again."), TRUE);
}

static void
say_no_answer (SakPrintWindow *self)
{
  self->is_busy = FALSE;
  sak_build_say (self->outcome, _("The printer has not answered for a minute. Pages may still come out of it: look "
                                  "there before you print again."), TRUE);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakPrintWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean is_sent = sak_print_send_finish (result, &error);

  if (self == NULL)
    return;
  if (is_sent)
    say (self, _("It was sent to the printer. Fetch the pages at once, and see that all of them are there."), NULL);
  else if (g_error_matches (error, SAK_ERROR, SAK_ERROR_FAILED))
    say_not_taken (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    say_no_answer (self);
  else
    say (self, NULL, error);
}

static void
send (SakPrintWindow *self)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->printers);

  sak_build_say (self->outcome, _("It is being sent to the printer…"), FALSE);
  sak_print_send_async (self->session, self->sort, self->item, gtk_string_object_get_string (chosen),
                        (guint) gtk_spin_button_get_value_as_int (self->copies), self->pdf, sent_cb,
                        sak_weak_point_at (self));
}

/* What was drawn is kept for another copy until other pages are chosen. */
static gboolean
needs_drawing (SakPrintWindow *self)
{
  return self->pdf == NULL ||
         (self->draw != NULL && (self->drawn_first != (guint) gtk_spin_button_get_value_as_int (self->first) ||
                                 self->drawn_last != (guint) gtk_spin_button_get_value_as_int (self->last)));
}

static void
ask_to_draw (SakPrintWindow *self)
{
  guint first = (guint) gtk_spin_button_get_value_as_int (self->first);
  guint last = (guint) gtk_spin_button_get_value_as_int (self->last);

  if (last - first >= MAX_PAGES)
    {
      g_autofree char *words = sak_words_print (_("At most %d pages go to the printer at once. Choose fewer, and print "
                                                  "the others after them."), MAX_PAGES);

      say (self, words, NULL);
      return;
    }
  sak_build_say (self->outcome, _("The pages are being drawn…"), FALSE);
  self->drawn_first = first;
  self->drawn_last = last;
  self->draw (self, first, last, self->cancellable, self->draw_data);
}

static void
print_clicked_cb (SakPrintWindow *self)
{
  if (gtk_drop_down_get_selected_item (self->printers) == NULL || self->is_busy)
    return;
  if (self->pdf == NULL && self->draw == NULL)
    return;
  self->is_busy = TRUE;
  sak_build_say (self->outcome, "", FALSE);
  if (needs_drawing (self))
    ask_to_draw (self);
  else
    send (self);
}

/* The first page is never after the last. */
static void
range_changed_cb (SakPrintWindow *self,
                  GParamSpec     *unused,
                  GtkSpinButton  *changed)
{
  double first = gtk_spin_button_get_value (self->first);
  double last = gtk_spin_button_get_value (self->last);

  if (first > last)
    gtk_spin_button_set_value (changed == self->first ? self->last : self->first,
                               changed == self->first ? first : last);
}

/* Saving */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SakPrintWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean is_saved = sak_print_save_finish (result, &error);

  if (self != NULL)
    say (self, is_saved ? _("Saved. The file is not encrypted: give it only to whom it is for, and delete it when it "
                            "is no longer needed.") : NULL, error);
}

static void
place_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakPrintWindow) self = sak_weak_take (data);
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (self == NULL || file == NULL || self->pdf == NULL || sak_session_is_locked (self->session))
    return;
  if (g_file_peek_path (file) == NULL)
    {
      sak_build_say (self->outcome, sak_words_about_far_place (), TRUE);
      return;
    }
  self->is_busy = TRUE;
  sak_build_say (self->outcome, _("The pages are being saved…"), FALSE);
  sak_print_save_async (self->session, self->sort, self->item, file, self->pdf, saved_cb, sak_weak_point_at (self));
}

static void
leaving_accepted (GtkWidget  *asker,
                  const char *text,
                  gpointer    unused)
{
  SakPrintWindow *self = SAK_PRINT_WINDOW (asker);

  /* Translators: suggested name of a file; it says nothing of the case */
  sak_file_picker_async (asker, SAK_PICK_SAVE, _("Save the pages"), _("Save"), _("pages.pdf"), self->cancellable,
                         place_chosen_cb, sak_weak_point_at (self));
}

static void
save_clicked_cb (SakPrintWindow *self)
{
  if (self->is_busy)
    return;
  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, _("Save the pages outside the vault?"),
           _("Outside the vault they are not encrypted: whoever has the file reads it. That it was saved is noted in "
             "the log of custody."),
           _("Save…"), leaving_accepted, NULL);
}

/* Printers */

/* In what the window is for, and not in its frame. */
static gboolean
has_focus (SakPrintWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->box));
}

/* One that can be pressed; before the printers are known, that may be none. */
static void
focus_button (SakPrintWindow *self)
{
  GtkWidget *button = self->has_printer || self->save == NULL ? self->print : self->save;

  if (gtk_widget_is_sensitive (button))
    gtk_widget_grab_focus (button);
}

static void
printers_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (SakPrintWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = sak_print_service_list_finish (result, &error);
  g_autoptr (GtkStringList) model = NULL;

  if (self == NULL)
    return;
  g_clear_handle_id (&self->look_timer, g_source_remove);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->has_printer = names != NULL && names[0] != NULL;
  model = gtk_string_list_new ((const char *const *) names);
  gtk_drop_down_set_model (self->printers, G_LIST_MODEL (model));
  gtk_widget_set_visible (self->choices, self->has_printer);
  gtk_widget_set_visible (self->no_printer, !self->has_printer);
  gtk_widget_set_visible (self->looking, FALSE);
  enable (self);
  if (self->pdf != NULL && !has_focus (self))
    focus_button (self);
}

/* Without an answer there is none. */
static gboolean
looked_long_enough_cb (gpointer data)
{
  SakPrintWindow *self = data;

  self->look_timer = 0;
  g_cancellable_cancel (self->look);
  return G_SOURCE_REMOVE;
}

static void
look_for_printers (SakPrintWindow *self)
{
  self->look_timer = g_timeout_add (sak_print_get_limit (), looked_long_enough_cb, self);
  sak_print_service_list_async (self->look, printers_listed_cb, sak_weak_point_at (self));
}

/* The window */

static const char *
say_warning (SakPrintSort sort)
{
  if (sort == SAK_PRINT_KEY)
    return _("Whoever finds this paper, and the vault, can read everything in it. The computer’s print service keeps "
             "a copy of what it printed for a while, often a day, and the way to a printer in a network may be "
             "watched. Print only where you trust the computer and the printer, or write it down by hand.");
  return _("Paper is not encrypted, nor is a PDF: whoever finds them reads them. The computer’s print service keeps a "
           "copy of what it printed for a while, often a day, and the way to a printer in a network may be watched. "
           "Print only where you trust the computer and the printer. It is noted in the log of custody.");
}

static GtkWidget *
make_line (const char *words,
           GtkWidget  *control)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = sak_build_label (words, NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), control);
  return line;
}

static GtkSpinButton *
make_page_number (SakPrintWindow *self,
                  const char     *name,
                  const char     *label)
{
  GtkSpinButton *number = GTK_SPIN_BUTTON (sak_number_entry_new (1, 1));

  gtk_widget_set_name (GTK_WIDGET (number), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (number), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (number, "notify::value", G_CALLBACK (range_changed_cb), self);
  return number;
}

static void
build_range (SakPrintWindow *self)
{
  self->range = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->first = make_page_number (self, "first-page", _("From page"));
  self->last = make_page_number (self, "last-page", _("To page"));
  /* Translators: before a number: the first page of a paper that is to be printed */
  gtk_box_append (GTK_BOX (self->range), make_line (_("From page"), GTK_WIDGET (self->first)));
  /* Translators: before a number: the last page of a paper that is to be printed */
  gtk_box_append (GTK_BOX (self->range), make_line (_("To page"), GTK_WIDGET (self->last)));
  gtk_widget_set_visible (self->range, FALSE);
  gtk_box_append (self->box, self->range);
}

static void
build_choices (SakPrintWindow *self)
{
  self->choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->printers = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  self->copies = GTK_SPIN_BUTTON (sak_number_entry_new (1, MAX_COPIES));
  gtk_widget_set_name (GTK_WIDGET (self->copies), "copies");
  sak_build_name_choice (self->printers, _("Printer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copies), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copies"), -1);
  gtk_box_append (GTK_BOX (self->choices), make_line (_("Printer"), GTK_WIDGET (self->printers)));
  gtk_box_append (GTK_BOX (self->choices), make_line (_("Copies"), GTK_WIDGET (self->copies)));
  gtk_widget_set_visible (self->choices, FALSE);
  self->no_printer = sak_build_label (_("This computer has no printer yet, or none that is switched on. Printers are "
                                        "set up in the computer’s own settings."), NULL);
  gtk_widget_set_visible (self->no_printer, FALSE);
  self->looking = sak_build_label (_("Looking for printers…"), NULL);
  gtk_box_append (self->box, self->looking);
  gtk_box_append (self->box, self->choices);
  gtk_box_append (self->box, self->no_printer);
}

static void
build (SakPrintWindow *self,
       const char     *what)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *notice = sak_build_label (say_warning (self->sort), "sak-notice");

  sak_build_window (ADW_WINDOW (self), 560, NULL, &self->box, &self->outcome);
  gtk_box_append (self->box, sak_build_label (what, "title-3"));
  gtk_box_append (self->box, notice);
  self->warning = sak_build_label ("", "sak-notice");
  gtk_widget_set_visible (self->warning, FALSE);
  gtk_box_append (self->box, self->warning);
  build_range (self);
  build_choices (self);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  if (self->sort == SAK_PRINT_CASE || self->sort == SAK_PRINT_SHEET)
    {
      self->save = sak_build_button (_("Save as PDF…"), NULL, G_CALLBACK (save_clicked_cb), self);
      gtk_box_append (GTK_BOX (buttons), self->save);
    }
  /* Translators: a button: puts it on paper */
  self->print = sak_build_button (C_("button", "Print"), "suggested-action", G_CALLBACK (print_clicked_cb), self);
  gtk_box_append (GTK_BOX (buttons), self->print);
  gtk_box_append (self->box, buttons);
  enable (self);
}

static void
sak_print_window_dispose (GObject *object)
{
  SakPrintWindow *self = SAK_PRINT_WINDOW (object);

  g_clear_handle_id (&self->look_timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->look);
  G_OBJECT_CLASS (sak_print_window_parent_class)->dispose (object);
}

static void
sak_print_window_finalize (GObject *object)
{
  SakPrintWindow *self = SAK_PRINT_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->look);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  if (self->free_draw_data != NULL)
    self->free_draw_data (self->draw_data);
  g_free (self->item);
  G_OBJECT_CLASS (sak_print_window_parent_class)->finalize (object);
}

static void
sak_print_window_class_init (SakPrintWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_print_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_print_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_print_window_init (SakPrintWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->look = g_cancellable_new ();
}

GtkWidget *
sak_print_window_new (GtkWindow    *parent,
                      SakSession   *session,
                      SakPrintSort  sort,
                      const char   *what,
                      const char   *item)
{
  SakPrintWindow *self = g_object_new (SAK_TYPE_PRINT_WINDOW, "transient-for", parent, "modal", TRUE,
                                       "destroy-with-parent", TRUE, "title", _("Print"), "default-width", 600,
                                       "default-height", 460, NULL);

  g_set_object (&self->session, session);
  self->sort = sort;
  self->item = g_strdup (item);
  build (self, what);
  look_for_printers (self);
  return GTK_WIDGET (self);
}

void
sak_print_window_warn (SakPrintWindow *self,
                       const char     *warning)
{
  gtk_label_set_label (GTK_LABEL (self->warning), warning != NULL ? warning : "");
  gtk_widget_set_visible (self->warning, warning != NULL);
}

void
sak_print_window_take (SakPrintWindow *self,
                       GBytes         *pdf)
{
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->pdf = g_bytes_ref (pdf);
  enable (self);
  if (self->draw != NULL)
    {
      send (self);
      return;
    }
  if (!self->is_busy)
    sak_build_say (self->outcome, "", FALSE);
  focus_button (self);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakPrintWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = sak_session_call_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (pdf != NULL)
    sak_print_window_take (self, pdf);
  else
    say (self, NULL, error);
}

void
sak_print_window_make (SakPrintWindow *self,
                       SakCall        *call,
                       SakJobFunc      job)
{
  sak_build_say (self->outcome, _("The pages are being drawn…"), FALSE);
  sak_session_call (self->session, call, job, (GDestroyNotify) g_bytes_unref, self->cancellable, made_cb,
                    sak_weak_point_at (self));
}

void
sak_print_window_draw (SakPrintWindow   *self,
                       guint             n_pages,
                       SakPrintDrawFunc  draw,
                       gpointer          data,
                       GDestroyNotify    free_data)
{
  self->draw = draw;
  self->draw_data = data;
  self->free_draw_data = free_data;
  gtk_widget_set_visible (self->range, n_pages > 1);
  gtk_spin_button_set_range (self->first, 1, MAX (n_pages, 1));
  gtk_spin_button_set_range (self->last, 1, MAX (n_pages, 1));
  gtk_spin_button_set_value (self->last, MIN (MAX (n_pages, 1), MAX_PAGES));
  enable (self);
}

void
sak_print_window_fail (SakPrintWindow *self,
                       const char     *words)
{
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->is_busy = FALSE;
  sak_build_say (self->outcome, words, TRUE);
}
