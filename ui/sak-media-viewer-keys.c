/* sak-media-viewer-keys.c - what the viewer does at a key or a button: steps, looks, plays, prints
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-media-print.h"
#include "ui/sak-media-viewer-private.h"

#define ZOOM_STEP 1.25
#define MOVE_STEP 60
#define SKIP_SECONDS 10
#define VOLUME_STEP 0.1

/* As it is shown: turned, and in the letters that are seen. */
static void
print_activated (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  SakMediaViewer *self = SAK_MEDIA_VIEWER (widget);
  SakMediaLook look = { NULL, FALSE, self->n_pages, sak_picture_canvas_get_turn (self->canvas), FALSE };

  if (self->words != NULL)
    {
      look.text = gtk_toggle_button_get_active (self->zawgyi) && self->words->converted != NULL ? self->words->converted
                                                                                               : self->words->words;
      look.is_cut = self->words->is_cut;
    }
  look.is_refused = self->record_page != NULL && sak_record_page_is_refused (self->record_page);
  sak_media_print (GTK_WINDOW (self), self->session, sak_media_viewer_get_info (self), &look);
}

static void
step_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  SakMediaViewer *self = SAK_MEDIA_VIEWER (widget);

  if (g_str_equal (action, "media.previous") && self->at > 0)
    sak_media_viewer_show_item (self, self->at - 1);
  else if (g_str_equal (action, "media.next") && self->at + 1 < self->media->len)
    sak_media_viewer_show_item (self, self->at + 1);
  else if (g_str_equal (action, "media.page-up"))
    sak_media_viewer_turn_page (self, -1);
  else if (g_str_equal (action, "media.page-down"))
    sak_media_viewer_turn_page (self, 1);
}

static void
look_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  SakPictureCanvas *canvas = SAK_MEDIA_VIEWER (widget)->canvas;

  if (g_str_equal (action, "media.zoom-in"))
    sak_picture_canvas_zoom_by (canvas, ZOOM_STEP);
  else if (g_str_equal (action, "media.zoom-out"))
    sak_picture_canvas_zoom_by (canvas, 1 / ZOOM_STEP);
  else if (g_str_equal (action, "media.fit"))
    sak_picture_canvas_fit (canvas);
  else if (g_str_equal (action, "media.full"))
    sak_picture_canvas_set_full (canvas);
  else
    sak_picture_canvas_turn (canvas, g_str_equal (action, "media.turn-left") ? -1 : 1);
}

static void
play_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  SakPlayerView *player = SAK_MEDIA_VIEWER (widget)->player;

  if (g_str_equal (action, "media.play"))
    sak_player_view_toggle (player);
  else if (g_str_equal (action, "media.back"))
    sak_player_view_skip (player, -SKIP_SECONDS);
  else if (g_str_equal (action, "media.forward"))
    sak_player_view_skip (player, SKIP_SECONDS);
  else
    sak_player_view_louder (player, g_str_equal (action, "media.louder") ? VOLUME_STEP : -VOLUME_STEP);
}

static gboolean
move_pressed (GtkWidget *widget,
              GVariant  *args,
              gpointer   unused)
{
  SakMediaViewer *self = SAK_MEDIA_VIEWER (widget);
  int dx, dy;

  g_variant_get (args, "(ii)", &dx, &dy);
  /* Elsewhere these keys go from one control to the next. */
  if (!gtk_widget_has_focus (GTK_WIDGET (self->scrolled)))
    return FALSE;
  sak_picture_canvas_move (self->canvas, dx, dy);
  return TRUE;
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action; } keys[] = {
    { GDK_KEY_Escape, 0, "window.close" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "media.zoom-in" }, { GDK_KEY_equal, GDK_CONTROL_MASK, "media.zoom-in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "media.zoom-in" }, { GDK_KEY_minus, GDK_CONTROL_MASK, "media.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "media.zoom-out" }, { GDK_KEY_0, GDK_CONTROL_MASK, "media.fit" },
    { GDK_KEY_1, GDK_CONTROL_MASK, "media.full" }, { GDK_KEY_r, GDK_CONTROL_MASK, "media.turn-right" },
    { GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "media.turn-left" },
    { GDK_KEY_Page_Up, 0, "media.page-up" }, { GDK_KEY_Page_Down, 0, "media.page-down" },
    { GDK_KEY_Left, GDK_ALT_MASK, "media.previous" }, { GDK_KEY_Right, GDK_ALT_MASK, "media.next" },
    { GDK_KEY_space, GDK_CONTROL_MASK, "media.play" }, { GDK_KEY_Left, GDK_CONTROL_MASK, "media.back" },
    { GDK_KEY_Right, GDK_CONTROL_MASK, "media.forward" }, { GDK_KEY_Up, GDK_CONTROL_MASK, "media.louder" },
    { GDK_KEY_Down, GDK_CONTROL_MASK, "media.quieter" }, { GDK_KEY_p, GDK_CONTROL_MASK, "media.print" },
  };
  static const struct { guint key; int dx; int dy; } moves[] = {
    { GDK_KEY_Left, -MOVE_STEP, 0 }, { GDK_KEY_Right, MOVE_STEP, 0 },
    { GDK_KEY_Up, 0, -MOVE_STEP }, { GDK_KEY_Down, 0, MOVE_STEP },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, 0, move_pressed, "(ii)", moves[i].dx, moves[i].dy);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  static const char *const steps[] = { "media.previous", "media.next", "media.page-up", "media.page-down" };
  static const char *const looks[] = {
    "media.zoom-in", "media.zoom-out", "media.fit", "media.full", "media.turn-left", "media.turn-right",
  };
  static const char *const plays[] = { "media.play", "media.back", "media.forward", "media.louder", "media.quieter" };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_install_action (widget_class, steps[i], NULL, step_activated);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_class_install_action (widget_class, looks[i], NULL, look_activated);
  for (gsize i = 0; i < G_N_ELEMENTS (plays); i++)
    gtk_widget_class_install_action (widget_class, plays[i], NULL, play_activated);
  gtk_widget_class_install_action (widget_class, "media.print", NULL, print_activated);
}

void
sak_media_viewer_class_add_keys (GtkWidgetClass *widget_class)
{
  add_actions (widget_class);
  add_keys (widget_class);
}
