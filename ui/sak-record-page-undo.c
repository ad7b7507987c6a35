/* sak-record-page-undo.c - taking back what was changed in a record
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * There is one history, of the whole form: what was typed, word by word, and choices, rows, links, dates,
 * notes on files. Texts of a form keep none of their own (ui/sak-typing.h).
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storage/model/sak-path.h"
#include "ui/sak-record-page-private.h"
#include "ui/sak-typing.h"

#define TOAST_SECONDS 10

void
_sak_record_page_enable_undo (SakRecordPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "record.undo", self->is_editing && sak_undo_can_undo (self->undo));
  gtk_widget_action_set_enabled (widget, "record.redo", self->is_editing && sak_undo_can_redo (self->undo));
  gtk_widget_action_set_enabled (widget, "record.print", self->record != NULL);
}

void
_sak_record_page_dismiss_undo (SakRecordPage *self)
{
  AdwToast *toast = self->toast;

  g_clear_weak_pointer (&self->toast);
  if (toast != NULL)
    adw_toast_dismiss (toast);
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
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* @field: what was changed, or NULL. */
void
_sak_record_page_note_change (SakRecordPage *self,
                              SakField      *field)
{
  GtkWidget *typed_in = field != NULL ? sak_typing_find (GTK_WIDGET (field)) : NULL;
  SakUndoNoted noted = sak_undo_note (self->undo, self->fields, typed_in);

  self->unkept = noted == SAK_UNDO_SAME && typed_in != NULL ? field : NULL;
  /* It would take back what was done since. */
  if (noted != SAK_UNDO_SAME)
    _sak_record_page_dismiss_undo (self);
  if (noted == SAK_UNDO_LOSS)
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

/* A number that is none yet, a sum without its currency: it stands there, and the record has nothing of it. */
static gboolean
take_back_unkept (SakRecordPage *self)
{
  SakField *field = self->unkept;
  GtkWidget *text = field != NULL ? sak_typing_find (GTK_WIDGET (field)) : NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  self->unkept = NULL;
  if (text == NULL)
    return FALSE;
  before = sak_typing_dup_text (text);
  sak_field_load (field, self->fields);
  text = sak_typing_find (GTK_WIDGET (field));
  after = text != NULL ? sak_typing_dup_text (text) : NULL;
  return g_strcmp0 (before, after) != 0;
}

void
_sak_record_page_undo (SakRecordPage *self,
                       gboolean       is_redo)
{
  g_auto (GStrv) paths = NULL;

  if (!self->is_editing || self->view == NULL || (!is_redo && take_back_unkept (self)))
    return;
  _sak_record_page_dismiss_undo (self);
  paths = is_redo ? sak_undo_redo (self->undo, self->fields) : sak_undo_undo (self->undo, self->fields);
  if (paths == NULL)
    return;
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

static void
undo_pressed (GtkWidget *widget,
              gboolean   is_redo)
{
  _sak_record_page_undo (SAK_RECORD_PAGE (widget), is_redo);
}

static void
undo_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  _sak_record_page_undo (SAK_RECORD_PAGE (widget), g_str_equal (action, "record.redo"));
}

/* Whoever does not see the page must not change it. */
void
_sak_record_page_listen_for_undo (SakRecordPage *self)
{
  sak_typing_add_undo_keys (GTK_WIDGET (self), undo_pressed);
  g_signal_connect (self, "unmap", G_CALLBACK (_sak_record_page_dismiss_undo), NULL);
}

void
_sak_record_page_add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "record.undo", NULL, undo_activated);
  gtk_widget_class_install_action (widget_class, "record.redo", NULL, undo_activated);
}
