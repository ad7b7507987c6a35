/* sak-file-sink.c - an output stream over a file descriptor, with our errors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rather than GUnixOutputStream: GIO has no code for EFBIG, which is what a FAT stick says
 * at four gigabytes, and which to a person is a full disk.
 */
#include "config.h"

#include "storage/sak-file-sink.h"

#include <errno.h>
#include <unistd.h>

struct _SakFileSink
{
  GOutputStream parent_instance;
  int fd;
  char *path;
};

G_DEFINE_FINAL_TYPE (SakFileSink, sak_file_sink, G_TYPE_OUTPUT_STREAM)

static gssize
sak_file_sink_write (GOutputStream  *stream,
                     const void     *buffer,
                     gsize           count,
                     GCancellable   *cancellable,
                     GError        **error)
{
  SakFileSink *self = SAK_FILE_SINK (stream);
  gssize written;

  do
    written = write (self->fd, buffer, count);
  while (written < 0 && errno == EINTR);
  if (written < 0)
    sak_set_error_from_errno (error, errno, self->path);
  return written;
}

static void
sak_file_sink_finalize (GObject *object)
{
  g_free (SAK_FILE_SINK (object)->path);
  G_OBJECT_CLASS (sak_file_sink_parent_class)->finalize (object);
}

static void
sak_file_sink_class_init (SakFileSinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_file_sink_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = sak_file_sink_write;
}

static void
sak_file_sink_init (SakFileSink *self)
{
  self->fd = -1;
}

GOutputStream *
sak_file_sink_new (int         fd,
                   const char *path)
{
  SakFileSink *self = g_object_new (SAK_TYPE_FILE_SINK, NULL);

  self->fd = fd;
  self->path = g_strdup (path);
  return G_OUTPUT_STREAM (self);
}
