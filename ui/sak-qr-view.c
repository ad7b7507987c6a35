/* sak-qr-view.c - a QR code on the screen, for a camera
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-qr-view.h"

#include "ui/words/sak-qr.h"

/* Of the whole code, where it is not given more; such that it fits a window of 960×480. */
#define NATURAL_SIDE 320
#define LEAST_MODULE 2

struct _SakQrView
{
  GtkWidget parent_instance;
  SakSecret *modules;           /* NULL until it is known */
  guint width;
};

G_DEFINE_FINAL_TYPE (SakQrView, sak_qr_view, GTK_TYPE_WIDGET)

static int
get_side (SakQrView *self)
{
  return (int) self->width + 2 * SAK_QR_MARGIN;
}

static void
draw (SakQrView *self,
      cairo_t   *cr,
      double     module)
{
  const guint8 *dark = sak_secret_get_bytes (self->modules);

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, module * get_side (self), module * get_side (self));
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint y = 0; y < self->width; y++)
    for (guint x = 0; x < self->width; x++)
      if (dark[y * self->width + x] != 0)
        cairo_rectangle (cr, module * (x + SAK_QR_MARGIN), module * (y + SAK_QR_MARGIN), module, module);
  cairo_fill (cr);
}

static void
sak_qr_view_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  SakQrView *self = SAK_QR_VIEW (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int pixels = MIN (width, height) * scale / get_side (self);
  double module = (double) MAX (pixels, 1) / scale;
  float side = (float) (module * get_side (self));
  cairo_t *cr;

  if (self->modules == NULL)
    return;
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) MAX (0, (int) (width - side) / 2), 0));
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, side, side));
  draw (self, cr, module);
  cairo_destroy (cr);
}

static GtkSizeRequestMode
sak_qr_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sak_qr_view_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  SakQrView *self = SAK_QR_VIEW (widget);
  int side = get_side (self);
  int module = MAX (LEAST_MODULE, NATURAL_SIDE / side);

  *minimum_baseline = *natural_baseline = -1;
  *minimum = LEAST_MODULE * side;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    module = CLAMP (for_size / side, LEAST_MODULE, module);
  *natural = module * side;
}

static void
sak_qr_view_finalize (GObject *object)
{
  g_clear_pointer (&SAK_QR_VIEW (object)->modules, sak_secret_unref);
  G_OBJECT_CLASS (sak_qr_view_parent_class)->finalize (object);
}

static void
sak_qr_view_class_init (SakQrViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_qr_view_finalize;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  widget_class->snapshot = sak_qr_view_snapshot;
  widget_class->get_request_mode = sak_qr_view_get_request_mode;
  widget_class->measure = sak_qr_view_measure;
}

static void
sak_qr_view_init (SakQrView *self)
{
  self->width = 61;
}

void
sak_qr_view_set (SakQrView *self,
                 SakSecret *modules,
                 guint      width)
{
  g_clear_pointer (&self->modules, sak_secret_unref);
  self->modules = sak_secret_ref (modules);
  self->width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkWidget *
sak_qr_view_new (const char *name)
{
  GtkWidget *self = g_object_new (SAK_TYPE_QR_VIEW, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return self;
}
