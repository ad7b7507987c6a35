/* sak-player-view.c - a recording or film being played: picture, position, loudness
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-player-view.h"
#include "ui/sak-player.h"
#include "ui/words/sak-words-number.h"

struct _SakPlayerView
{
  AdwBin parent_instance;
  GtkPicture *video;
  GtkImage *audio;
  GtkButton *play;
  GtkAdjustment *position;
  GtkAdjustment *volume;
  GtkLabel *time;
  SakPlayer *player;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (SakPlayerView, sak_player_view, ADW_TYPE_BIN)

static guint failed_signal;

static char *
say_seconds (double seconds)
{
  int whole = (int) seconds;
  g_autofree char *time = g_strdup_printf ("%d:%02d", whole / 60, whole % 60);

  return sak_words_digits (time);
}

static void
name_play_button (SakPlayerView *self,
                  gboolean       is_playing)
{
  const char *name = is_playing ? _("Pause") : _("Play");

  gtk_button_set_icon_name (self->play, is_playing ? "media-playback-pause-symbolic"
                                                   : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
player_changed_cb (SakPlayerView *self)
{
  double duration = sak_player_get_duration (self->player);
  double position = sak_player_get_position (self->player);
  g_autofree char *at = say_seconds (position);
  g_autofree char *of = say_seconds (duration);
  /* Translators: position in a recording, and its length */
  g_autofree char *words = g_strdup_printf (_("%1$s of %2$s"), at, of);

  if (sak_player_has_failed (self->player))
    {
      g_signal_emit (self, failed_signal, 0);
      return;
    }
  self->is_updating = TRUE;
  gtk_adjustment_set_upper (self->position, MAX (duration, 0.1));
  gtk_adjustment_set_value (self->position, position);
  self->is_updating = FALSE;
  gtk_label_set_label (self->time, words);
  name_play_button (self, sak_player_is_playing (self->player));
}

static void
frame_came_cb (SakPlayerView *self,
               GdkTexture    *frame)
{
  gtk_picture_set_paintable (self->video, GDK_PAINTABLE (frame));
  gtk_widget_set_visible (GTK_WIDGET (self->video), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->audio), FALSE);
}

static void
position_changed_cb (SakPlayerView *self)
{
  if (!self->is_updating && self->player != NULL)
    sak_player_seek (self->player, gtk_adjustment_get_value (self->position));
}

static void
volume_changed_cb (SakPlayerView *self)
{
  if (self->player != NULL)
    sak_player_set_volume (self->player, gtk_adjustment_get_value (self->volume));
}

static void
let_go (SakPlayerView *self)
{
  if (self->player != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->player, self);
      sak_player_stop (self->player);
    }
  g_clear_object (&self->player);
  gtk_picture_set_paintable (self->video, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->video), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->audio), TRUE);
}

void
sak_player_view_open (SakPlayerView *self,
                      GInputStream  *stream,
                      guint64        size_bytes)
{
  let_go (self);
  if (stream == NULL)
    return;
  self->player = sak_player_new (stream, size_bytes);
  g_signal_connect_object (self->player, "changed", G_CALLBACK (player_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "frame", G_CALLBACK (frame_came_cb), self, G_CONNECT_SWAPPED);
  volume_changed_cb (self);
  sak_player_pause (self->player);
  player_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->play));
}

void
sak_player_view_toggle (SakPlayerView *self)
{
  if (self->player == NULL)
    return;
  if (sak_player_is_playing (self->player))
    sak_player_pause (self->player);
  else
    sak_player_play (self->player);
}

void
sak_player_view_skip (SakPlayerView *self,
                      double         seconds)
{
  gtk_adjustment_set_value (self->position, gtk_adjustment_get_value (self->position) + seconds);
}

void
sak_player_view_louder (SakPlayerView *self,
                        double         by)
{
  gtk_adjustment_set_value (self->volume, gtk_adjustment_get_value (self->volume) + by);
}

static void
sak_player_view_dispose (GObject *object)
{
  SakPlayerView *self = SAK_PLAYER_VIEW (object);

  if (self->video != NULL)
    let_go (self);
  self->video = NULL;
  g_clear_object (&self->position);
  g_clear_object (&self->volume);
  G_OBJECT_CLASS (sak_player_view_parent_class)->dispose (object);
}

static void
sak_player_view_class_init (SakPlayerViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_player_view_dispose;
  failed_signal = g_signal_new ("failed", SAK_TYPE_PLAYER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static GtkWidget *
make_scale (GtkAdjustment *adjustment,
            const char    *name)
{
  GtkWidget *scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, adjustment);

  gtk_widget_set_tooltip_text (scale, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return scale;
}

static GtkWidget *
make_controls (SakPlayerView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *position = make_scale (self->position, _("Position"));
  GtkWidget *loud = gtk_image_new_from_icon_name ("audio-volume-high-symbolic");
  /* Translators: how loud a recording is played */
  GtkWidget *volume = make_scale (self->volume, _("Volume"));

  self->play = GTK_BUTTON (gtk_button_new ());
  self->time = GTK_LABEL (gtk_label_new (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->play), "circular");
  gtk_widget_add_css_class (GTK_WIDGET (self->play), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "numeric");
  g_signal_connect_object (self->play, "clicked", G_CALLBACK (sak_player_view_toggle), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (position, TRUE);
  gtk_widget_set_size_request (volume, 100, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->play));
  gtk_box_append (GTK_BOX (box), position);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->time));
  gtk_box_append (GTK_BOX (box), loud);
  gtk_box_append (GTK_BOX (box), volume);
  return box;
}

static void
sak_player_view_init (SakPlayerView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->position = g_object_ref_sink (gtk_adjustment_new (0, 0, 0.1, 5, 30, 0));
  self->volume = g_object_ref_sink (gtk_adjustment_new (1, 0, 1, 0.05, 0.2, 0));
  self->video = GTK_PICTURE (gtk_picture_new ());
  self->audio = GTK_IMAGE (gtk_image_new_from_icon_name ("audio-x-generic-symbolic"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->video), GTK_ACCESSIBLE_PROPERTY_LABEL, _("The film"), -1);
  gtk_image_set_pixel_size (self->audio, 96);
  gtk_widget_set_vexpand (GTK_WIDGET (self->video), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->audio), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->video), FALSE);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->video));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->audio));
  gtk_box_append (GTK_BOX (box), make_controls (self));
  adw_bin_set_child (ADW_BIN (self), box);
  name_play_button (self, FALSE);
  g_signal_connect_object (self->position, "value-changed", G_CALLBACK (position_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->volume, "value-changed", G_CALLBACK (volume_changed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sak_player_view_new (void)
{
  return g_object_new (SAK_TYPE_PLAYER_VIEW, NULL);
}
