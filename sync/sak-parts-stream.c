/* sak-parts-stream.c - several files, read as one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-parts-stream.h"

struct _SakPartsStream
{
  GInputStream parent_instance;

  GPtrArray *paths;
  guint next;
  GInputStream *current;
};

G_DEFINE_FINAL_TYPE (SakPartsStream, sak_parts_stream, G_TYPE_INPUT_STREAM)

static gboolean
open_next (SakPartsStream  *self,
           GCancellable    *cancellable,
           GError         **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_ptr_array_index (self->paths, self->next));

  self->current = G_INPUT_STREAM (g_file_read (file, cancellable, error));
  self->next++;
  return self->current != NULL;
}

static gssize
sak_parts_stream_read (GInputStream  *stream,
                       void          *buffer,
                       gsize          size,
                       GCancellable  *cancellable,
                       GError       **error)
{
  SakPartsStream *self = SAK_PARTS_STREAM (stream);

  for (;;)
    {
      gssize got;

      if (self->current == NULL && self->next == self->paths->len)
        return 0;
      if (self->current == NULL && !open_next (self, cancellable, error))
        return -1;
      got = g_input_stream_read (self->current, buffer, size, cancellable, error);
      if (got != 0 || size == 0)
        return got;
      g_clear_object (&self->current);
    }
}

static void
sak_parts_stream_finalize (GObject *object)
{
  SakPartsStream *self = SAK_PARTS_STREAM (object);

  g_clear_object (&self->current);
  g_ptr_array_unref (self->paths);
  G_OBJECT_CLASS (sak_parts_stream_parent_class)->finalize (object);
}

static void
sak_parts_stream_class_init (SakPartsStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_parts_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = sak_parts_stream_read;
}

static void
sak_parts_stream_init (SakPartsStream *self)
{
}

GInputStream *
sak_parts_stream_new (GPtrArray *paths)
{
  SakPartsStream *self = g_object_new (SAK_TYPE_PARTS_STREAM, NULL);

  self->paths = g_ptr_array_ref (paths);
  return G_INPUT_STREAM (self);
}
