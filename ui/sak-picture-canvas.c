/* sak-picture-canvas.c - a picture to look at closely: larger, smaller, turned, moved about
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scrollable itself, so that what lies under the pointer stays there while it grows.
 */
#include "config.h"

#include "ui/sak-picture-canvas.h"

#define MIN_ZOOM 0.02
#define MAX_ZOOM 16.0
#define WHEEL_FACTOR 1.15

enum { ACROSS, DOWN, N_WAYS };

struct _SakPictureCanvas
{
  GtkWidget parent_instance;
  GdkTexture *texture;
  GtkAdjustment *adjustments[N_WAYS];
  GtkScrollablePolicy policies[N_WAYS];
  double zoom;
  gboolean is_fitted;
  int quarters;
  double pointer[N_WAYS];       /* where it was last, within the widget */
  double drag_start[N_WAYS];
  guint teller;                 /* tells the zoom once the widget has its place */
};

enum { PROP_0, PROP_HADJUSTMENT, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };

G_DEFINE_FINAL_TYPE_WITH_CODE (SakPictureCanvas, sak_picture_canvas, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static guint zoomed_signal;

/* As it lies: turned by a quarter, width and height change places. */
static double
get_side (SakPictureCanvas *self,
          int               way)
{
  gboolean is_width = (way == ACROSS) == (self->quarters % 2 == 0);

  if (self->texture == NULL)
    return 1;
  return is_width ? gdk_texture_get_width (self->texture) : gdk_texture_get_height (self->texture);
}

static double
get_room (SakPictureCanvas *self,
          int               way)
{
  return way == ACROSS ? gtk_widget_get_width (GTK_WIDGET (self)) : gtk_widget_get_height (GTK_WIDGET (self));
}

double
sak_picture_canvas_get_zoom (SakPictureCanvas *self)
{
  double fit;

  if (!self->is_fitted)
    return self->zoom;
  fit = MIN (get_room (self, ACROSS) / get_side (self, ACROSS), get_room (self, DOWN) / get_side (self, DOWN));
  return CLAMP (fit, MIN_ZOOM, 1);
}

/* @anchors: the points of the widget that are to stay over the same points of the picture. */
static void
lay_out (SakPictureCanvas *self,
         const double      old_zoom,
         const double     *anchors)
{
  double zoom = sak_picture_canvas_get_zoom (self);

  for (int way = 0; way < N_WAYS; way++)
    {
      double room = get_room (self, way);
      double side = get_side (self, way) * zoom;
      double value;

      if (self->adjustments[way] == NULL)
        continue;
      value = gtk_adjustment_get_value (self->adjustments[way]);
      if (old_zoom > 0)
        {
          double margin = MAX ((room - get_side (self, way) * old_zoom) / 2, 0);

          value = (value + anchors[way] - margin) / old_zoom * zoom - anchors[way];
        }
      gtk_adjustment_configure (self->adjustments[way], CLAMP (value, 0, MAX (side - room, 0)), 0,
                                MAX (side, room), room * 0.1, room * 0.9, room);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_zoom (SakPictureCanvas *self,
          double            zoom,
          gboolean          is_fitted,
          const double     *anchors)
{
  const double middle[N_WAYS] = { get_room (self, ACROSS) / 2, get_room (self, DOWN) / 2 };
  double old_zoom = sak_picture_canvas_get_zoom (self);

  self->zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  self->is_fitted = is_fitted;
  lay_out (self, old_zoom, anchors != NULL ? anchors : middle);
  g_signal_emit (self, zoomed_signal, 0);
}

void
sak_picture_canvas_zoom_by (SakPictureCanvas *self,
                            double            factor)
{
  set_zoom (self, sak_picture_canvas_get_zoom (self) * factor, FALSE, NULL);
}

void
sak_picture_canvas_set_full (SakPictureCanvas *self)
{
  set_zoom (self, 1, FALSE, NULL);
}

void
sak_picture_canvas_fit (SakPictureCanvas *self)
{
  set_zoom (self, self->zoom, TRUE, NULL);
}

gboolean
sak_picture_canvas_is_fitted (SakPictureCanvas *self)
{
  return self->is_fitted;
}

void
sak_picture_canvas_turn (SakPictureCanvas *self,
                         int               quarters)
{
  self->quarters = (self->quarters + quarters + 4) % 4;
  lay_out (self, 0, NULL);
  g_signal_emit (self, zoomed_signal, 0);
}

int
sak_picture_canvas_get_turn (SakPictureCanvas *self)
{
  return self->quarters;
}

void
sak_picture_canvas_move (SakPictureCanvas *self,
                         double            dx,
                         double            dy)
{
  const double by[N_WAYS] = { dx, dy };

  for (int way = 0; way < N_WAYS; way++)
    if (self->adjustments[way] != NULL)
      gtk_adjustment_set_value (self->adjustments[way], gtk_adjustment_get_value (self->adjustments[way]) + by[way]);
}

GdkTexture *
sak_picture_canvas_get_texture (SakPictureCanvas *self)
{
  return self->texture;
}

void
sak_picture_canvas_set_texture (SakPictureCanvas *self,
                                GdkTexture       *texture,
                                gboolean          is_same)
{
  g_set_object (&self->texture, texture);
  if (!is_same)
    {
      self->quarters = 0;
      self->is_fitted = TRUE;
      self->zoom = 1;
    }
  lay_out (self, 0, NULL);
  g_signal_emit (self, zoomed_signal, 0);
}

/* By hand */

static gboolean
scrolled_cb (SakPictureCanvas         *self,
             double                    dx,
             double                    dy,
             GtkEventControllerScroll *controller)
{
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  double zoom = sak_picture_canvas_get_zoom (self);

  if ((modifiers & GDK_CONTROL_MASK) == 0)
    return FALSE;
  set_zoom (self, dy < 0 ? zoom * WHEEL_FACTOR : zoom / WHEEL_FACTOR, FALSE, self->pointer);
  return TRUE;
}

static void
pointer_moved_cb (SakPictureCanvas *self,
                  double            x,
                  double            y)
{
  self->pointer[ACROSS] = x;
  self->pointer[DOWN] = y;
}

static void
drag_begun_cb (SakPictureCanvas *self)
{
  for (int way = 0; way < N_WAYS; way++)
    self->drag_start[way] = self->adjustments[way] != NULL ? gtk_adjustment_get_value (self->adjustments[way]) : 0;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
dragged_cb (SakPictureCanvas *self,
            double            dx,
            double            dy)
{
  const double by[N_WAYS] = { dx, dy };

  for (int way = 0; way < N_WAYS; way++)
    if (self->adjustments[way] != NULL)
      gtk_adjustment_set_value (self->adjustments[way], self->drag_start[way] - by[way]);
}

static void
drag_ended_cb (SakPictureCanvas *self)
{
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static void
listen (SakPictureCanvas *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (pointer_moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begun_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (dragged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_ended_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/* The widget */

static void
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size,
         int            *minimum,
         int            *natural,
         int            *minimum_baseline,
         int            *natural_baseline)
{
  *minimum = 1;
  *natural = 400;
}

static gboolean
zoom_told_cb (gpointer data)
{
  SakPictureCanvas *self = data;

  self->teller = 0;
  g_signal_emit (self, zoomed_signal, 0);
  return G_SOURCE_REMOVE;
}

/* What listens may want another size itself, which it must not while sizes are given out. */
static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  SakPictureCanvas *self = SAK_PICTURE_CANVAS (widget);

  lay_out (self, 0, NULL);
  if (self->is_fitted && self->teller == 0)
    self->teller = g_idle_add (zoom_told_cb, self);
}

static void
snapshot (GtkWidget   *widget,
          GtkSnapshot *snapshot)
{
  SakPictureCanvas *self = SAK_PICTURE_CANVAS (widget);
  double zoom = sak_picture_canvas_get_zoom (self);
  float middle[N_WAYS], width, height;

  if (self->texture == NULL)
    return;
  for (int way = 0; way < N_WAYS; way++)
    {
      double side = get_side (self, way) * zoom;
      double value = self->adjustments[way] != NULL ? gtk_adjustment_get_value (self->adjustments[way]) : 0;

      middle[way] = (float) (MAX (get_room (self, way), side) / 2 - value);
    }
  width = (float) (gdk_texture_get_width (self->texture) * zoom);
  height = (float) (gdk_texture_get_height (self->texture) * zoom);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) get_room (self, ACROSS),
                                                         (float) get_room (self, DOWN)));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (middle[ACROSS], middle[DOWN]));
  gtk_snapshot_rotate (snapshot, (float) (90 * self->quarters));
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (-width / 2, -height / 2, width, height));
  gtk_snapshot_pop (snapshot);
}

static void
set_adjustment (SakPictureCanvas *self,
                int               way,
                GtkAdjustment    *adjustment)
{
  if (self->adjustments[way] != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustments[way], gtk_widget_queue_draw, self);
  g_set_object (&self->adjustments[way], adjustment);
  if (adjustment != NULL)
    g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
}

static void
sak_picture_canvas_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *spec)
{
  SakPictureCanvas *self = SAK_PICTURE_CANVAS (object);

  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    set_adjustment (self, (int) id - PROP_HADJUSTMENT, g_value_get_object (value));
  else
    self->policies[id - PROP_HSCROLL_POLICY] = g_value_get_enum (value);
}

static void
sak_picture_canvas_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *spec)
{
  SakPictureCanvas *self = SAK_PICTURE_CANVAS (object);

  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->adjustments[id - PROP_HADJUSTMENT]);
  else
    g_value_set_enum (value, (int) self->policies[id - PROP_HSCROLL_POLICY]);
}

static void
sak_picture_canvas_dispose (GObject *object)
{
  SakPictureCanvas *self = SAK_PICTURE_CANVAS (object);

  g_clear_handle_id (&self->teller, g_source_remove);
  g_clear_object (&self->texture);
  for (int way = 0; way < N_WAYS; way++)
    set_adjustment (self, way, NULL);
  G_OBJECT_CLASS (sak_picture_canvas_parent_class)->dispose (object);
}

static void
sak_picture_canvas_class_init (SakPictureCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = sak_picture_canvas_set_property;
  object_class->get_property = sak_picture_canvas_get_property;
  object_class->dispose = sak_picture_canvas_dispose;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  zoomed_signal = g_signal_new ("zoomed", SAK_TYPE_PICTURE_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
sak_picture_canvas_init (SakPictureCanvas *self)
{
  self->is_fitted = TRUE;
  self->zoom = 1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  listen (self);
}

GtkWidget *
sak_picture_canvas_new (void)
{
  return g_object_new (SAK_TYPE_PICTURE_CANVAS, NULL);
}
