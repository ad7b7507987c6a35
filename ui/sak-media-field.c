/* sak-media-field.c - a record's photos, recordings and papers; by button, drop or paste
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The values at "media/<uuid>" are the vault's: it writes them when a file is taken in.
 * This field shows them, and hands what is offered to the page.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-media.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-fields.h"
#include "ui/sak-media-tile.h"
#include "ui/sak-record-page.h"

struct _SakMediaField
{
  SakField parent_instance;
  GtkFlowBox *tiles;
  GPtrArray *media;             /* what they show, of SakMediaInfo; NULL before there are any */
  GtkWidget *buttons;
};

G_DEFINE_FINAL_TYPE (SakMediaField, sak_media_field, SAK_TYPE_FIELD)

static void
offer (SakMediaField *self,
       SakMediaOffer *media)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), SAK_TYPE_RECORD_PAGE);

  if (page != NULL && sak_field_is_editable (SAK_FIELD (self)))
    sak_record_page_take_media (SAK_RECORD_PAGE (page), media);
  else
    g_object_unref (media);
}

static void
files_picked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakMediaField) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      offer (self, sak_media_offer_new_file (file));
    }
}

static void
add_clicked_cb (SakMediaField *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_OPEN_MANY, _("Choose photos, recordings or papers"),
                         _("Add"), NULL, NULL, files_picked_cb, g_object_ref (self));
}

static void
record_clicked_cb (SakMediaField *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), SAK_TYPE_RECORD_PAGE);

  if (page != NULL)
    sak_record_page_record_sound (SAK_RECORD_PAGE (page));
}

static void
folder_clicked_cb (SakMediaField *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), SAK_TYPE_RECORD_PAGE);

  if (page != NULL)
    sak_record_page_add_from_folder (SAK_RECORD_PAGE (page));
}

static void
toast (SakMediaField *self,
       const char    *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
}

static gboolean
files_dropped_cb (SakMediaField *self,
                  const GValue  *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (!sak_field_is_editable (SAK_FIELD (self)))
    return FALSE;
  for (GSList *l = files; l != NULL; l = l->next)
    if (g_file_peek_path (l->data) != NULL)
      offer (self, sak_media_offer_new_file (l->data));
    else
      toast (self, _("Only files on this computer can be added. Save it here first, then add it."));
  return TRUE;
}

static void
texture_pasted_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SakMediaField) self = data;
  g_autoptr (GdkTexture) texture =
    gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);

  if (texture != NULL)
    offer (self, sak_media_offer_new_texture (texture));
  else
    toast (self, _("There is no picture or file to paste. Copy one first."));
}

static void
files_pasted_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakMediaField) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    files_dropped_cb (self, value);
  else
    toast (self, _("There is no picture or file to paste. Copy one first."));
}

static gboolean
has_files (GdkClipboard *clipboard)
{
  return gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard),
                                            GDK_TYPE_FILE_LIST);
}

static void
paste_clicked_cb (SakMediaField *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (has_files (clipboard))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    files_pasted_cb, g_object_ref (self));
  else
    gdk_clipboard_read_texture_async (clipboard, NULL, texture_pasted_cb, g_object_ref (self));
}

/* Takes copied files, and a picture that is nothing but a picture. FALSE leaves the paste to
 * whatever has the focus: an office program offers its words as a picture too.
 */
gboolean
sak_media_field_paste (SakMediaField *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean is_picture = gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE)
                        && !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING);

  if (!sak_field_is_editable (SAK_FIELD (self)) || (!has_files (clipboard) && !is_picture))
    return FALSE;
  paste_clicked_cb (self);
  return TRUE;
}

static GtkWidget *
make_button (SakMediaField *self,
             const char    *label,
             GCallback      clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
media_set_up (SakField *field)
{
  SakMediaField *self = SAK_MEDIA_FIELD (field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *hint = sak_build_label (_("or drop files here"), "dim-label");
  GtkWidget *add = make_button (self, _("Add files…"), G_CALLBACK (add_clicked_cb));
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->tiles = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->tiles, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->tiles, 8);
  gtk_widget_set_visible (GTK_WIDGET (self->tiles), FALSE);
  self->buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (row), add);
  gtk_box_append (GTK_BOX (row), make_button (self, C_("media", "Paste"), G_CALLBACK (paste_clicked_cb)));
  gtk_box_append (GTK_BOX (row), make_button (self, _("From a phone…"), G_CALLBACK (folder_clicked_cb)));
  gtk_box_append (GTK_BOX (row), make_button (self, _("Record sound…"), G_CALLBACK (record_clicked_cb)));
  gtk_box_append (GTK_BOX (self->buttons), row);
  gtk_box_append (GTK_BOX (self->buttons), hint);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->tiles));
  gtk_box_append (GTK_BOX (box), self->buttons);
  gtk_widget_add_css_class (box, "sak-boxed");
  g_signal_connect_object (target, "drop", G_CALLBACK (files_dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (target));
  sak_field_set_content (field, box, add);
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add files…"), -1);
}

static gboolean
has_same_files (GPtrArray *first,
                GPtrArray *second)
{
  if (first == NULL || first->len != second->len)
    return FALSE;
  for (guint i = 0; i < first->len; i++)
    if (g_strcmp0 (((SakMediaInfo *) first->pdata[i])->id, ((SakMediaInfo *) second->pdata[i])->id) != 0)
      return FALSE;
  return TRUE;
}

static void
add_tile (SakMediaField *self,
          guint          i)
{
  GtkWidget *tile = sak_media_tile_new (sak_field_get_session (SAK_FIELD (self)), self->media, i);

  gtk_flow_box_insert (self->tiles, tile, -1);
  gtk_widget_set_halign (tile, GTK_ALIGN_START);
  gtk_widget_set_focusable (gtk_widget_get_parent (tile), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (tile)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sak_media_tile_get_info (SAK_MEDIA_TILE (tile))->name, -1);
}

/* Where only notes changed, the tiles stay, and the focus with them. */
static void
media_load (SakField     *field,
            const json_t *fields)
{
  SakMediaField *self = SAK_MEDIA_FIELD (field);
  g_autoptr (GPtrArray) media = sak_media_list_from_fields (fields);
  gboolean is_same = has_same_files (self->media, media);
  GtkWidget *child;

  g_clear_pointer (&self->media, g_ptr_array_unref);
  self->media = g_ptr_array_ref (media);
  if (is_same)
    {
      for (guint i = 0; i < media->len; i++)
        {
          child = GTK_WIDGET (gtk_flow_box_get_child_at_index (self->tiles, (int) i));
          sak_media_tile_set_media (SAK_MEDIA_TILE (gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child))), media);
        }
      return;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles))) != NULL)
    gtk_flow_box_remove (self->tiles, child);
  for (guint i = 0; i < media->len; i++)
    add_tile (self, i);
  gtk_widget_set_visible (GTK_WIDGET (self->tiles), media->len > 0);
}

static void
media_store (SakField *field,
             json_t   *fields)
{
}

static void
media_set_editable (SakField *field,
                    gboolean  is_editable)
{
  gtk_widget_set_visible (SAK_MEDIA_FIELD (field)->buttons, is_editable);
}

static void
sak_media_field_finalize (GObject *object)
{
  g_clear_pointer (&SAK_MEDIA_FIELD (object)->media, g_ptr_array_unref);
  G_OBJECT_CLASS (sak_media_field_parent_class)->finalize (object);
}

static void
sak_media_field_class_init (SakMediaFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_media_field_finalize;
  field_class->set_up = media_set_up;
  field_class->load = media_load;
  field_class->store = media_store;
  field_class->set_editable = media_set_editable;
}

static void
sak_media_field_init (SakMediaField *self)
{
}
