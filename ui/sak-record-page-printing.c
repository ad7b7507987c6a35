/* sak-record-page-printing.c - a record goes to the window that puts it on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-consent.h"
#include "ui/print/sak-print.h"
#include "ui/sak-print-window.h"
#include "ui/sak-record-page-private.h"
#include "ui/sak-say.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-record.h"
#include "ui/words/sak-words.h"

/* Until what was on the screen is saved. */
typedef struct
{
  SakRecordPage *page;
  gpointer window;              /* sak-weak.h */
} Printing;

static gpointer
draw_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (json_t) paper = sak_words_make_record_paper (call->vault, call->id, call->text, error);

  return paper != NULL ? sak_print_to_pdf (paper, cancellable, error) : NULL;
}

gboolean
sak_record_page_is_refused (SakRecordPage *self)
{
  return sak_consent_is_taken_back (json_object_get (self->fields, SAK_CONSENT_PATH), NULL);
}

static void
draw (SakRecordPage  *self,
      SakPrintWindow *window)
{
  SakCall *call = sak_session_new_call (self->session);

  call->id = g_strdup (self->record->id);
  call->text = g_strdup (sak_say_language ());
  sak_print_window_make (window, call, draw_job);
}

static gpointer
saved_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return SAK_JOB_DONE;
}

/* On paper is what is on the screen, or nothing. */
static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autofree Printing *printing = data;
  g_autoptr (SakRecordPage) self = printing->page;
  g_autoptr (SakPrintWindow) window = sak_weak_take (printing->window);
  g_autoptr (GError) error = NULL;
  gboolean is_done = sak_session_call_finish (result, &error) != NULL;

  if (window == NULL || self->session == NULL || sak_session_is_locked (self->session))
    return;
  if (!is_done)
    sak_print_window_fail (window, sak_words_for_error (error));
  else if (sak_record_page_could_not_save (self))
    sak_print_window_fail (window, _("Not printed: what was written last could not be saved, so it would be missing "
                                     "on the paper. Close this window to see why."));
  else
    draw (self, window);
}

static void
print_activated (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  SakRecordPage *self = SAK_RECORD_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *window;
  Printing *printing;

  if (self->record == NULL || self->session == NULL || sak_session_is_locked (self->session))
    return;
  sak_record_page_flush (self);
  window = sak_print_window_new (GTK_WINDOW (root), self->session, SAK_PRINT_CASE, gtk_label_get_label (self->heading),
                                 self->record->id);
  if (sak_record_page_is_refused (self))
    sak_print_window_warn (SAK_PRINT_WINDOW (window),
                           _("The person does not allow that this is shared. Print it only for work within your group, "
                             "and keep it where nobody else finds it."));
  printing = g_new0 (Printing, 1);
  *printing = (Printing) { g_object_ref (self), sak_weak_point_at (window) };
  sak_session_call (self->session, sak_session_new_call (self->session), saved_job, NULL, NULL, saved_cb, printing);
  gtk_window_present (GTK_WINDOW (window));
}

void
_sak_record_page_add_printing (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "record.print", NULL, print_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "record.print", NULL);
}
