/* sak-media-viewer.c - shows a photo or plays a recording, from memory only
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-custody-window.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-picture-loader.h"
#include "ui/sak-player.h"
#include "ui/sak-show-only.h"
#include "ui/words/sak-words.h"

#define MAX_IMAGE_PIXELS 6000

struct _SakMediaViewer
{
  AdwWindow parent_instance;
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkPicture *picture;
  GtkScrolledWindow *scrolled;
  GtkToggleButton *full_size;
  GtkPicture *video;
  GtkImage *audio;
  GtkButton *play;
  GtkScale *position;
  GtkAdjustment *adjustment;
  GtkLabel *time;
  GtkLabel *facts;
  AdwStatusPage *message;

  SakSession *session;
  SakMediaInfo *info;
  SakPlayer *player;
  GCancellable *cancellable;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (SakMediaViewer, sak_media_viewer, ADW_TYPE_WINDOW)

static void
show_message (SakMediaViewer *self,
              const char     *words)
{
  adw_status_page_set_description (self->message, words);
  sak_show_only_named (self->stack, "message");
}

static void
image_decoded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakMediaViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = sak_picture_load_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (texture == NULL)
    {
      show_message (self, sak_words_for_picture_error (error));
      return;
    }
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->full_size), TRUE);
  sak_show_only_named (self->stack, "image");
}

static gpointer
open_media_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SakCall *call = data;

  return sak_vault_open_media (call->vault, call->id, error);
}

static char *
say_seconds (double seconds)
{
  int whole = (int) seconds;

  return g_strdup_printf ("%d:%02d", whole / 60, whole % 60);
}

static void
player_changed_cb (SakMediaViewer *self)
{
  double duration = sak_player_get_duration (self->player);
  double position = sak_player_get_position (self->player);
  gboolean is_playing = sak_player_is_playing (self->player);
  g_autofree char *at = say_seconds (position);
  g_autofree char *of = say_seconds (duration);
  /* Translators: position in a recording, and its length */
  g_autofree char *words = g_strdup_printf (_("%1$s of %2$s"), at, of);
  const char *name = is_playing ? _("Pause") : _("Play");

  if (sak_player_has_failed (self->player))
    {
      show_message (self, _("This recording cannot be played here. It is kept and can be sent."));
      return;
    }
  self->is_updating = TRUE;
  gtk_adjustment_set_upper (self->adjustment, MAX (duration, 0.1));
  gtk_adjustment_set_value (self->adjustment, position);
  self->is_updating = FALSE;
  gtk_label_set_label (self->time, words);
  gtk_button_set_icon_name (self->play, is_playing ? "media-playback-pause-symbolic"
                                                   : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
frame_came_cb (SakMediaViewer *self,
               GdkTexture     *frame)
{
  gtk_picture_set_paintable (self->video, GDK_PAINTABLE (frame));
  gtk_widget_set_visible (GTK_WIDGET (self->video), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->audio), FALSE);
}

static void
media_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakMediaViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (stream == NULL)
    {
      show_message (self, sak_words_for_error (error));
      return;
    }
  self->player = sak_player_new (stream, self->info->size_bytes);
  g_signal_connect_object (self->player, "changed", G_CALLBACK (player_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "frame", G_CALLBACK (frame_came_cb), self,
                           G_CONNECT_SWAPPED);
  sak_show_only_named (self->stack, "player");
  sak_player_pause (self->player);
  player_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->play));
}

static void
play_clicked_cb (SakMediaViewer *self)
{
  if (sak_player_is_playing (self->player))
    sak_player_pause (self->player);
  else
    sak_player_play (self->player);
}

static void
position_changed_cb (SakMediaViewer *self)
{
  if (!self->is_updating && self->player != NULL)
    sak_player_seek (self->player, gtk_adjustment_get_value (self->adjustment));
}

static void
custody_clicked_cb (SakMediaViewer *self)
{
  gtk_window_present (GTK_WINDOW (sak_custody_window_new (GTK_WINDOW (self), self->session, self->info->sha256)));
}

static void
full_size_toggled_cb (SakMediaViewer *self)
{
  gtk_picture_set_can_shrink (self->picture, !gtk_toggle_button_get_active (self->full_size));
}

static void
sak_media_viewer_dispose (GObject *object)
{
  SakMediaViewer *self = SAK_MEDIA_VIEWER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->player != NULL)
    sak_player_stop (self->player);
  g_clear_object (&self->player);
  gtk_picture_set_paintable (self->picture, NULL);
  gtk_picture_set_paintable (self->video, NULL);
  G_OBJECT_CLASS (sak_media_viewer_parent_class)->dispose (object);
}

static void
sak_media_viewer_finalize (GObject *object)
{
  SakMediaViewer *self = SAK_MEDIA_VIEWER (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->info, sak_media_info_free);
  G_OBJECT_CLASS (sak_media_viewer_parent_class)->finalize (object);
}

static void
sak_media_viewer_class_init (SakMediaViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_media_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_media_viewer_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-media-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, title);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, picture);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, scrolled);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, full_size);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, video);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, audio);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, play);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, position);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, adjustment);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, time);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, facts);
  gtk_widget_class_bind_template_child (widget_class, SakMediaViewer, message);
  gtk_widget_class_bind_template_callback (widget_class, custody_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, play_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, position_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, full_size_toggled_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_media_viewer_init (SakMediaViewer *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
say_facts (SakMediaViewer *self)
{
  g_autofree char *size = g_format_size (self->info->size_bytes);
  g_autoptr (GString) facts = g_string_new (size);

  if (self->info->has_gps)
    g_string_append_printf (facts, " · %s", _("The file says where it was taken."));
  else if (self->info->has_exif)
    g_string_append_printf (facts, " · %s", _("The file carries camera data."));
  gtk_label_set_label (self->facts, facts->str);
}

GtkWidget *
sak_media_viewer_new (GtkWindow          *parent,
                      SakSession         *session,
                      const SakMediaInfo *info)
{
  SakMediaViewer *self = g_object_new (SAK_TYPE_MEDIA_VIEWER, "transient-for", parent, "modal",
                                       TRUE, NULL);

  self->session = g_object_ref (session);
  self->info = sak_media_info_copy (info);
  adw_window_title_set_title (self->title, info->name);
  say_facts (self);
  if (sak_picture_can_load (info))
    sak_picture_load_async (session, info, MAX_IMAGE_PIXELS, self->cancellable, image_decoded_cb,
                            g_object_ref (self));
  else if (g_str_has_prefix (info->type, "audio/") || g_str_has_prefix (info->type, "video/")
           || g_str_equal (info->type, "application/ogg"))
    {
      SakCall *call = sak_session_new_call (session);

      call->id = g_strdup (info->sha256);
      sak_session_call (session, call, open_media_job, g_object_unref, self->cancellable,
                        media_opened_cb, g_object_ref (self));
    }
  else
    show_message (self, _("This file cannot be shown here. It is kept and can be sent."));
  return GTK_WIDGET (self);
}
