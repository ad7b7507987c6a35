/* sak-media-tile.c - one photo, recording or paper of a record, as a button that opens it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small picture is decoded by a child process (sak-picture-loader.c); it lives in memory
 * only, and goes with the tile.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-media-tile.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-picture-loader.h"
#include "ui/sak-record-page.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

#define THUMBNAIL_PIXELS 192

struct _SakMediaTile
{
  GtkButton parent_instance;
  GtkPicture *picture;
  GtkImage *icon;
  GtkLabel *name;
  SakSession *session;
  GPtrArray *media;             /* of SakMediaInfo: all of the record's */
  guint at;                     /* which of them this is */
  const SakMediaInfo *info;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakMediaTile, sak_media_tile, GTK_TYPE_BUTTON)

static const char *
get_icon (const char *type)
{
  if (g_str_has_prefix (type, "image/"))
    return "image-x-generic-symbolic";
  if (g_str_has_prefix (type, "audio/"))
    return "audio-x-generic-symbolic";
  if (g_str_has_prefix (type, "video/"))
    return "video-x-generic-symbolic";
  return "text-x-generic-symbolic";
}

/* The placeholder stays, and says why. */
static void
explain (SakMediaTile *self,
         const char   *words)
{
  g_autofree char *tip = g_strdup_printf ("%s\n%s", self->info->name, words);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

static void
thumbnail_made_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SakMediaTile) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = sak_picture_load_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (texture == NULL)
    {
      explain (self, sak_words_for_picture_error (error));
      return;
    }
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->picture), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), FALSE);
}

static void
tile_clicked_cb (GtkButton *button,
                 gpointer   unused)
{
  SakMediaTile *self = SAK_MEDIA_TILE (button);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), SAK_TYPE_RECORD_PAGE);
  GtkWidget *viewer = sak_media_viewer_new (GTK_WINDOW (root), self->session, self->media, self->at);

  if (page != NULL)
    sak_media_viewer_set_page (SAK_MEDIA_VIEWER (viewer), SAK_RECORD_PAGE (page));
  gtk_window_present (GTK_WINDOW (viewer));
}

static void
sak_media_tile_dispose (GObject *object)
{
  SakMediaTile *self = SAK_MEDIA_TILE (object);

  g_cancellable_cancel (self->cancellable);
  /* Whoever still holds the tile, an accessibility client say, holds no picture. */
  if (self->picture != NULL)
    gtk_picture_set_paintable (self->picture, NULL);
  self->picture = NULL;
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_media_tile_parent_class)->dispose (object);
}

static void
sak_media_tile_finalize (GObject *object)
{
  SakMediaTile *self = SAK_MEDIA_TILE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  G_OBJECT_CLASS (sak_media_tile_parent_class)->finalize (object);
}

static void
sak_media_tile_class_init (SakMediaTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_media_tile_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_media_tile_finalize;
}

static void
sak_media_tile_init (SakMediaTile *self)
{
  self->cancellable = g_cancellable_new ();
  g_signal_connect (self, "clicked", G_CALLBACK (tile_clicked_cb), NULL);
}

static GtkWidget *
make_label (const char *text,
            gboolean    is_dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  if (is_dim)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

/* What stands below it is its caption, once it has one. */
static void
name_it (SakMediaTile *self)
{
  const char *caption = sak_json_get_text (self->info->value, "caption");
  gboolean has_caption = caption != NULL && *caption != '\0';
  g_autofree char *size = sak_words_size (self->info->size_bytes);
  g_autofree char *name = g_strdup_printf ("%s, %s", self->info->name, size);
  g_autofree char *words = has_caption ? g_strdup_printf ("%s\n%s", name, caption) : g_strdup (name);

  gtk_label_set_label (self->name, has_caption ? caption : self->info->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, has_caption ? caption : "", -1);
}

static void
build (SakMediaTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *size = sak_words_size (self->info->size_bytes);

  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), 120, 90);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), FALSE);
  self->icon = GTK_IMAGE (gtk_image_new_from_icon_name (get_icon (self->info->type)));
  gtk_image_set_pixel_size (self->icon, 48);
  gtk_widget_set_size_request (GTK_WIDGET (self->icon), 120, 90);
  self->name = GTK_LABEL (make_label ("", FALSE));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picture));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (box), make_label (size, TRUE));
  gtk_button_set_child (GTK_BUTTON (self), box);
  name_it (self);
}

void
sak_media_tile_set_media (SakMediaTile *self,
                          GPtrArray    *media)
{
  g_ptr_array_ref (media);
  g_ptr_array_unref (self->media);
  self->media = media;
  self->info = g_ptr_array_index (media, self->at);
  name_it (self);
}

GtkWidget *
sak_media_tile_new (SakSession *session,
                    GPtrArray  *media,
                    guint       at)
{
  SakMediaTile *self = g_object_new (SAK_TYPE_MEDIA_TILE, NULL);

  self->session = g_object_ref (session);
  self->media = g_ptr_array_ref (media);
  self->at = at;
  self->info = g_ptr_array_index (media, at);
  build (self);
  if (sak_picture_can_load (self->info))
    sak_picture_load_async (session, self->info, THUMBNAIL_PIXELS, self->cancellable, thumbnail_made_cb,
                            g_object_ref (self));
  return GTK_WIDGET (self);
}

const SakMediaInfo *
sak_media_tile_get_info (SakMediaTile *self)
{
  return self->info;
}
