/* sak-camera-view.c - shows what the camera sees, and reads the codes in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One picture at a time is looked at, the latest, a few in a second; the others are only shown.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-camera-view.h"
#include "ui/sak-camera.h"
#include "ui/sak-scan.h"
#include "ui/sak-weak.h"

#define LEAST_PICTURE 200
/* Each starts a process: an old laptop has other work, too. */
#define PAUSE_MS 200

struct _SakCameraView
{
  AdwBin parent_instance;
  GtkPicture *picture;
  GtkWidget *other;
  GtkWidget *stop;
  SakCamera *camera;
  GdkSurface *surface;          /* whose state is listened to */
  gulong hidden_handler;
  GCancellable *cancellable;    /* of what is looked at now; anew each time it starts */
  gboolean is_reading;
  gint64 last;                  /* when it began to read the last picture */
};

G_DEFINE_FINAL_TYPE (SakCameraView, sak_camera_view, ADW_TYPE_BIN)

enum { SIGNAL_READ, SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

gboolean
sak_camera_view_is_on (SakCameraView *self)
{
  SakCameraState state = sak_camera_get_state (self->camera);

  return state == SAK_CAMERA_STARTING || state == SAK_CAMERA_RUNNING;
}

const char *
sak_camera_view_get_words (SakCameraView *self)
{
  switch (sak_camera_get_state (self->camera))
    {
    case SAK_CAMERA_STARTING:
      return _("The camera is being switched on…");
    case SAK_CAMERA_NOT_FOUND:
      return _("No camera was found. Plug one in, or see in the settings of the computer that it is switched on; or "
               "take a photo of the code and choose that.");
    case SAK_CAMERA_IN_USE:
      return _("Another program uses the camera. Close that program, then try once more.");
    case SAK_CAMERA_NOT_PERMITTED:
      return _("There is a camera, but this user of the computer may not use it. Whoever looks after the computer can "
               "allow it (on Linux: the group “video”); or take a photo of the code and choose that.");
    case SAK_CAMERA_FAILED:
      return _("The camera cannot be used, or it went away. Try once more, or take a photo of the code and choose "
               "that.");
    case SAK_CAMERA_OFF:
    case SAK_CAMERA_RUNNING:
    default:
      return NULL;
    }
}

/* Reading */

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakCameraView) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = sak_scan_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  self->is_reading = FALSE;
  if (codes != NULL)
    g_signal_emit (self, signals[SIGNAL_READ], 0, codes);
  else
    g_debug ("a picture of the camera was not read: %s", error->message);
}

static void
read_picture (SakCameraView          *self,
              const SakCameraPicture *picture)
{
  gint64 now = g_get_monotonic_time ();

  if (self->is_reading || now - self->last < PAUSE_MS * 1000)
    return;
  self->is_reading = TRUE;
  self->last = now;
  sak_scan_grey_async (picture->grey, picture->width, picture->height, self->cancellable, scanned_cb,
                       sak_weak_point_at (self));
}

/* Showing */

/* As in a mirror: whoever holds something before it moves it the right way. */
static GdkTexture *
make_texture (const SakCameraPicture *picture)
{
  const guint8 *grey = g_bytes_get_data (picture->grey, NULL);
  gsize width = picture->width, height = picture->height;
  guint8 *pixels = g_malloc (3 * width * height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, 3 * width * height);

  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++, pixels += 3)
      pixels[0] = pixels[1] = pixels[2] = grey[y * width + width - 1 - x];
  return gdk_memory_texture_new ((int) width, (int) height, GDK_MEMORY_R8G8B8, bytes, 3 * width);
}

static void
picture_seen_cb (SakCameraView *self)
{
  const SakCameraPicture *picture = sak_camera_get_picture (self->camera);
  g_autoptr (GdkTexture) texture = make_texture (picture);

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  read_picture (self, picture);
}

static void
camera_changed_cb (SakCameraView *self)
{
  gboolean is_on = sak_camera_view_is_on (self);

  if (!is_on)
    {
      g_cancellable_cancel (self->cancellable);
      self->is_reading = FALSE;
      gtk_picture_set_paintable (self->picture, NULL);
    }
  gtk_widget_set_visible (self->other, sak_camera_get_n (self->camera) > 1);
  /* Whoever listens takes the focus elsewhere before this goes. */
  if (is_on)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (!is_on)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
sak_camera_view_start (SakCameraView *self)
{
  if (sak_camera_view_is_on (self))
    return;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_reading = FALSE;
  sak_camera_start (self->camera);
}

void
sak_camera_view_stop (SakCameraView *self)
{
  sak_camera_stop (self->camera);
}

static void
other_clicked_cb (SakCameraView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_reading = FALSE;
  sak_camera_start_other (self->camera);
}

/* The window is put away, or lies in the taskbar: nobody sees that the camera looks. */
static void
surface_changed_cb (SakCameraView *self)
{
  if ((gdk_toplevel_get_state (GDK_TOPLEVEL (self->surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0)
    sak_camera_view_stop (self);
}

static void
forget_surface (SakCameraView *self)
{
  if (self->surface != NULL)
    g_clear_signal_handler (&self->hidden_handler, self->surface);
  g_clear_object (&self->surface);
}

static void
sak_camera_view_map (GtkWidget *widget)
{
  SakCameraView *self = SAK_CAMERA_VIEW (widget);
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));

  GTK_WIDGET_CLASS (sak_camera_view_parent_class)->map (widget);
  forget_surface (self);
  if (!GDK_IS_TOPLEVEL (surface))
    return;
  self->surface = g_object_ref (surface);
  self->hidden_handler = g_signal_connect_swapped (surface, "notify::state", G_CALLBACK (surface_changed_cb), self);
}

static void
sak_camera_view_unmap (GtkWidget *widget)
{
  SakCameraView *self = SAK_CAMERA_VIEW (widget);

  forget_surface (self);
  GTK_WIDGET_CLASS (sak_camera_view_parent_class)->unmap (widget);
  sak_camera_view_stop (self);
}

static gboolean
sak_camera_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_CAMERA_VIEW (widget)->stop);
}

static void
sak_camera_view_dispose (GObject *object)
{
  SakCameraView *self = SAK_CAMERA_VIEW (object);

  forget_surface (self);
  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->camera, self);
  sak_camera_stop (self->camera);
  G_OBJECT_CLASS (sak_camera_view_parent_class)->dispose (object);
}

static void
sak_camera_view_finalize (GObject *object)
{
  SakCameraView *self = SAK_CAMERA_VIEW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->camera);
  G_OBJECT_CLASS (sak_camera_view_parent_class)->finalize (object);
}

static void
sak_camera_view_class_init (SakCameraViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_camera_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_camera_view_finalize;
  widget_class->map = sak_camera_view_map;
  widget_class->unmap = sak_camera_view_unmap;
  sak_build_set_grab_focus (widget_class, sak_camera_view_grab_focus);
  signals[SIGNAL_READ] = g_signal_new ("read", SAK_TYPE_CAMERA_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_CAMERA_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
sak_camera_view_init (SakCameraView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->cancellable = g_cancellable_new ();
  self->camera = sak_camera_new ();
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_alternative_text (self->picture, _("What the camera sees"));
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), -1, LEAST_PICTURE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->picture), TRUE);
  self->stop = sak_build_button (_("Stop the camera"), NULL, G_CALLBACK (sak_camera_view_stop), self);
  self->other = sak_build_button (_("Another camera"), NULL, G_CALLBACK (other_clicked_cb), self);
  gtk_widget_set_visible (self->other, FALSE);
  gtk_box_append (GTK_BOX (row), self->stop);
  gtk_box_append (GTK_BOX (row), self->other);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picture));
  gtk_box_append (GTK_BOX (box), row);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->camera, "changed", G_CALLBACK (camera_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "seen", G_CALLBACK (picture_seen_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sak_camera_view_new (void)
{
  return g_object_new (SAK_TYPE_CAMERA_VIEW, NULL);
}
