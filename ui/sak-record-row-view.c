/* sak-record-row-view.c - how one record looks in a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-record-row-view.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words.h"

struct _SakRecordRowView
{
  GtkWidget parent_instance;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *code;
  GtkLabel *state;
  SakRecordItem *item;
};

G_DEFINE_FINAL_TYPE (SakRecordRowView, sak_record_row_view, GTK_TYPE_WIDGET)

static const char *
get_state_icon (const SakRecordRow *row)
{
  switch (row->state)
    {
    case SAK_RECORD_DRAFT:
      return "document-edit-symbolic";
    case SAK_RECORD_CHANGED:
      return "document-revert-symbolic";
    case SAK_RECORD_CONFLICT:
      return "dialog-warning-symbolic";
    case SAK_RECORD_WITHDRAWN:
      return "action-unavailable-symbolic";
    default:
      return row->origin != NULL ? "mail-unread-symbolic" : "emblem-ok-symbolic";
    }
}

/* The state in words; for what came from elsewhere, from whom. */
static char *
say_state (const SakRecordRow *row)
{
  if (row->origin != NULL && row->state == SAK_RECORD_FINISHED)
    /* Translators: a record that came in a bundle; %s is a contact's name */
    return g_strdup_printf (_("From %s"), row->origin);
  return g_strdup (sak_words_name_state (row->state));
}

static char *
say_subtitle (const SakRecordRow *row)
{
  g_autofree char *date = sak_words_date (row->date, NULL);
  g_autofree char *media = NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if (date[0] != '\0')
    g_ptr_array_add (parts, date);
  if (row->place[0] != '\0')
    g_ptr_array_add (parts, row->place);
  if (row->n_media > 0)
    {
      media = g_strdup_printf (ngettext ("%u file", "%u files", row->n_media), row->n_media);
      g_ptr_array_add (parts, media);
    }
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
set_label (GtkLabel   *label,
           const char *text)
{
  g_autofree char *broken = sak_say_with_breaks (text);

  gtk_label_set_label (label, broken);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
}

/* List rows of GTK 4.8 say nothing of themselves to a screen reader. */
static void
name_row (SakRecordRowView   *self,
          const SakRecordRow *row,
          const char         *state,
          const char         *subtitle)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *words = g_strdup_printf ("%s, %s, %s", gtk_label_get_label (self->title),
                                            subtitle, state);

  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    words, -1);
}

static void
show_row (SakRecordRowView *self)
{
  const SakRecordRow *row = self->item != NULL ? sak_record_item_get_row (self->item) : NULL;
  g_autofree char *state = NULL;
  g_autofree char *subtitle = NULL;

  if (row == NULL)
    {
      gtk_label_set_label (self->title, "…");
      gtk_label_set_label (self->subtitle, " ");
      gtk_label_set_label (self->code, "");
      gtk_label_set_label (self->state, "");
      gtk_image_set_from_icon_name (self->icon, "content-loading-symbolic");
      return;
    }
  state = say_state (row);
  subtitle = say_subtitle (row);
  /* Translators: stands for the title of a draft in which nothing was written yet */
  set_label (self->title, row->title[0] != '\0' ? row->title : _("Without a title yet"));
  set_label (self->subtitle, subtitle);
  set_label (self->code, row->code != NULL ? row->code : "");
  set_label (self->state, state);
  gtk_image_set_from_icon_name (self->icon, get_state_icon (row));
  name_row (self, row, state, subtitle);
}

static void
sak_record_row_view_dispose (GObject *object)
{
  SakRecordRowView *self = SAK_RECORD_ROW_VIEW (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  sak_record_row_view_set_item (self, NULL);
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (sak_record_row_view_parent_class)->dispose (object);
}

static void
sak_record_row_view_class_init (SakRecordRowViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_record_row_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-record-row-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SakRecordRowView, icon);
  gtk_widget_class_bind_template_child (widget_class, SakRecordRowView, title);
  gtk_widget_class_bind_template_child (widget_class, SakRecordRowView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, SakRecordRowView, code);
  gtk_widget_class_bind_template_child (widget_class, SakRecordRowView, state);
}

static void
sak_record_row_view_init (SakRecordRowView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sak_record_row_view_new (void)
{
  return g_object_new (SAK_TYPE_RECORD_ROW_VIEW, NULL);
}

void
sak_record_row_view_set_item (SakRecordRowView *self,
                              SakRecordItem    *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, show_row, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "filled", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  show_row (self);
}
