/* sak-record-page-undo.c - taking back what was changed in a record, and printing it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text that has the focus takes back its own typing first, letter by letter as everywhere. Then
 * come the steps of the whole form: choices, rows, links, dates, notes on files.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storage/model/sak-consent.h"
#include "storage/model/sak-path.h"
#include "ui/print/sak-print.h"
#include "ui/sak-print-window.h"
#include "ui/sak-record-page-private.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-record.h"

#define TOAST_SECONDS 10

void
_sak_record_page_enable_undo (SakRecordPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "record.undo", self->is_editing && sak_undo_can_undo (self->undo));
  gtk_widget_action_set_enabled (widget, "record.redo", self->is_editing && sak_undo_can_redo (self->undo));
  gtk_widget_action_set_enabled (widget, "record.print", self->record != NULL);
}

static void
toast_clicked_cb (SakRecordPage *self)
{
  _sak_record_page_undo (self, FALSE);
}

/* Whoever removed a link by mistake sees at once that it can come back. Rows of tables say so themselves. */
static void
offer_undo (SakRecordPage *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  gtk_label_set_label (self->saved, _("Removed. Ctrl+Z brings it back."));
  if (overlay == NULL)
    return;
  /* Translators: a link, or a line of a consent, was taken out of a record */
  toast = adw_toast_new (_("Removed."));
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (toast_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* @field: what was changed, or NULL. */
void
_sak_record_page_note_change (SakRecordPage *self,
                              SakField      *field)
{
  if (field != self->last_changed)
    sak_undo_end_step (self->undo);
  self->last_changed = field;
  if (sak_undo_note (self->undo, self->fields))
    offer_undo (self);
  _sak_record_page_enable_undo (self);
}

/* What is noted about a file is the vault's to change. */
static void
describe_media (SakRecordPage *self,
                const char    *path)
{
  const json_t *value = json_object_get (self->fields, path);

  if (sak_path_is_in (path, SAK_PATH_MEDIA) && value != NULL)
    sak_record_page_describe_media (self, path + strlen (SAK_PATH_MEDIA "/"), value);
}

void
_sak_record_page_undo (SakRecordPage *self,
                       gboolean       is_redo)
{
  g_auto (GStrv) paths = NULL;

  if (!self->is_editing || self->view == NULL)
    return;
  paths = is_redo ? sak_undo_redo (self->undo, self->fields) : sak_undo_undo (self->undo, self->fields);
  if (paths == NULL)
    return;
  self->last_changed = NULL;
  sak_form_view_show_change (self->view, (const char *const *) paths);
  _sak_record_page_mark_dirty (self);
  for (guint i = 0; paths[i] != NULL; i++)
    describe_media (self, paths[i]);
  _sak_record_page_enable_undo (self);
}

/* Files come and go by the vault, and only what is noted about them is a step. */
void
_sak_record_page_note_media (SakRecordPage *self,
                             const char    *path,
                             gboolean       is_new)
{
  if (is_new)
    sak_undo_follow (self->undo, path, json_object_get (self->fields, path));
  else
    _sak_record_page_note_change (self, NULL);
}

/* Keys */

static char *
dup_focused_text (GtkWidget *focus)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (!GTK_IS_TEXT_VIEW (focus))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* Whether the text that has the focus had something of its own to take back. */
static gboolean
undo_typing (GtkWidget *focus,
             gboolean   is_redo)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  before = dup_focused_text (focus);
  gtk_widget_activate_action (focus, is_redo ? "text.redo" : "text.undo", NULL);
  after = dup_focused_text (focus);
  return !g_str_equal (before, after);
}

static gboolean
undo_pressed (GtkWidget *widget,
              GVariant  *args,
              gpointer   is_redo)
{
  SakRecordPage *self = SAK_RECORD_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!self->is_editing)
    return FALSE;
  if (focus == NULL || !undo_typing (focus, is_redo != NULL))
    _sak_record_page_undo (self, is_redo != NULL);
  return TRUE;
}

static void
undo_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  _sak_record_page_undo (SAK_RECORD_PAGE (widget), g_str_equal (action, "record.redo"));
}

static void
add_key (GtkEventController *controller,
         guint               key,
         GdkModifierType     modifiers,
         gboolean            is_redo)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                      gtk_callback_action_new (undo_pressed, is_redo ? GINT_TO_POINTER (TRUE) : NULL, NULL)));
}

/* Before the entry that has the focus: it would keep the keys also where it has nothing to take back. */
void
_sak_record_page_listen_for_undo (SakRecordPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (controller, GDK_KEY_z, GDK_CONTROL_MASK, FALSE);
  add_key (controller, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, TRUE);
  add_key (controller, GDK_KEY_y, GDK_CONTROL_MASK, TRUE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* Printing */

static gpointer
draw_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (json_t) paper = sak_words_make_record_paper (call->vault, call->id, call->text, error);

  return paper != NULL ? sak_print_to_pdf (paper, error) : NULL;
}

gboolean
sak_record_page_is_refused (SakRecordPage *self)
{
  return sak_consent_is_taken_back (json_object_get (self->fields, SAK_CONSENT_PATH), NULL);
}

/* What is on the screen is saved first, and so it is what is printed. */
static void
print_activated (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  SakRecordPage *self = SAK_RECORD_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *window;
  SakCall *call;

  if (self->record == NULL || self->session == NULL || sak_session_is_locked (self->session))
    return;
  sak_record_page_flush (self);
  window = sak_print_window_new (GTK_WINDOW (root), self->session, SAK_PRINT_CASE, gtk_label_get_label (self->heading),
                                 self->record->id);
  if (sak_record_page_is_refused (self))
    sak_print_window_warn (SAK_PRINT_WINDOW (window),
                           _("The person does not allow that this is shared. Print it only for work within your group, "
                             "and keep it where nobody else finds it."));
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->record->id);
  call->text = g_strdup (sak_say_language ());
  sak_print_window_make (SAK_PRINT_WINDOW (window), call, draw_job);
  gtk_window_present (GTK_WINDOW (window));
}

void
_sak_record_page_add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "record.undo", NULL, undo_activated);
  gtk_widget_class_install_action (widget_class, "record.redo", NULL, undo_activated);
  gtk_widget_class_install_action (widget_class, "record.print", NULL, print_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "record.print", NULL);
}
