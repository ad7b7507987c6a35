/* sak-scan-intake.c - what may hold a QR code, dropped or pasted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-scan-intake.h"

#include "ui/sak-scan.h"

/* In the order in which they are asked for. */
static const char *const picture_types[] = { "image/png", "image/jpeg", "image/webp", "image/tiff", NULL };

struct _SakScanIntake
{
  GObject parent_instance;
  GtkWidget *widget;            /* NULL once it has ended */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakScanIntake, sak_scan_intake, G_TYPE_OBJECT)

enum { SIGNAL_FILE, SIGNAL_PICTURE, SIGNAL_TEXT, SIGNAL_NOTHING, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
has_ended (SakScanIntake *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static void
say_nothing (SakScanIntake *self)
{
  if (!has_ended (self))
    g_signal_emit (self, signals[SIGNAL_NOTHING], 0);
}

/* The first one: a code is in one picture. */
static gboolean
take_files (SakScanIntake *self,
            const GValue  *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  const char *path = files != NULL ? g_file_peek_path (files->data) : NULL;

  if (path != NULL)
    g_signal_emit (self, signals[SIGNAL_FILE], 0, path);
  else
    say_nothing (self);
  return path != NULL;
}

static gboolean
files_dropped_cb (SakScanIntake *self,
                  const GValue  *value)
{
  return !has_ended (self) && take_files (self, value);
}

static void
files_pasted_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakScanIntake) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (has_ended (self))
    return;
  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    take_files (self, value);
  else
    say_nothing (self);
}

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakScanIntake) self = data;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (source);
  gssize size = g_output_stream_splice_finish (G_OUTPUT_STREAM (memory), result, NULL);
  g_autoptr (GBytes) bytes = size > 0 ? g_memory_output_stream_steal_as_bytes (memory) : NULL;

  if (has_ended (self))
    return;
  if (bytes != NULL && g_bytes_get_size (bytes) <= SAK_SCAN_MAX_SIZE)
    g_signal_emit (self, signals[SIGNAL_PICTURE], 0, bytes);
  else
    say_nothing (self);
}

static void
picture_pasted_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SakScanIntake) self = data;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, NULL);
  g_autoptr (GOutputStream) memory = NULL;

  if (has_ended (self))
    return;
  if (stream == NULL)
    {
      say_nothing (self);
      return;
    }
  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (memory, stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, self->cancellable, picture_read_cb, g_object_ref (self));
}

static void
text_pasted_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakScanIntake) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (has_ended (self))
    return;
  if (text != NULL && text[0] != '\0')
    g_signal_emit (self, signals[SIGNAL_TEXT], 0, text);
  else
    say_nothing (self);
}

static gboolean
has_picture (GdkContentFormats *formats)
{
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    return TRUE;
  for (gsize i = 0; picture_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, picture_types[i]))
      return TRUE;
  return FALSE;
}

void
sak_scan_intake_paste (SakScanIntake *self)
{
  GdkClipboard *clipboard;
  GdkContentFormats *formats;

  if (has_ended (self))
    return;
  clipboard = gtk_widget_get_clipboard (self->widget);
  formats = gdk_clipboard_get_formats (clipboard);
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, self->cancellable,
                                    files_pasted_cb, g_object_ref (self));
  else if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    gdk_clipboard_read_text_async (clipboard, self->cancellable, text_pasted_cb, g_object_ref (self));
  else if (has_picture (formats))
    gdk_clipboard_read_async (clipboard, (const char **) picture_types, G_PRIORITY_DEFAULT, self->cancellable,
                              picture_pasted_cb, g_object_ref (self));
  else
    say_nothing (self);
}

void
sak_scan_intake_end (SakScanIntake *self)
{
  g_cancellable_cancel (self->cancellable);
  self->widget = NULL;
}

static void
sak_scan_intake_finalize (GObject *object)
{
  g_object_unref (SAK_SCAN_INTAKE (object)->cancellable);
  G_OBJECT_CLASS (sak_scan_intake_parent_class)->finalize (object);
}

static void
sak_scan_intake_class_init (SakScanIntakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_scan_intake_finalize;
  signals[SIGNAL_FILE] = g_signal_new ("file", SAK_TYPE_SCAN_INTAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_PICTURE] = g_signal_new ("picture", SAK_TYPE_SCAN_INTAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_TEXT] = g_signal_new ("text", SAK_TYPE_SCAN_INTAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_NOTHING] = g_signal_new ("nothing", SAK_TYPE_SCAN_INTAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
sak_scan_intake_init (SakScanIntake *self)
{
  self->cancellable = g_cancellable_new ();
}

SakScanIntake *
sak_scan_intake_new (GtkWidget *widget)
{
  SakScanIntake *self = g_object_new (SAK_TYPE_SCAN_INTAKE, NULL);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->widget = widget;
  g_signal_connect_object (target, "drop", G_CALLBACK (files_dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
  return self;
}
