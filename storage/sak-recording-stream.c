/* sak-recording-stream.c - reads a recording that is being made, or was interrupted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-recording-stream.h"

#include "crypto/sak-aead.h"
#include "crypto/sak-crypto.h"
#include "storage/sak-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _SakRecordingStream
{
  GInputStream parent_instance;
  SakFd fd;
  SakSecret *key;
  guint64 counter;
  guint64 file_size;
  guint8 *frame;                /* SAK_RECORDING_MAX_FRAME + tag: sealed, then open */
  gsize size;                   /* of what is open in it, and */
  gsize done;                   /* of that, what was read */
};

G_DEFINE_FINAL_TYPE (SakRecordingStream, sak_recording_stream, G_TYPE_INPUT_STREAM)

void
sak_recording_make_nonce (guint64 counter,
                          guint8  ret_nonce[static 24])
{
  const guint64 little = GUINT64_TO_LE (counter);

  memset (ret_nonce, 0, SAK_AEAD_NONCE_SIZE);
  memcpy (ret_nonce, &little, sizeof little);
}

static gboolean
read_whole (SakRecordingStream *self,
            void               *buffer,
            gsize               size)
{
  guint8 *next = buffer;

  while (size > 0)
    {
      gssize n = read (self->fd, next, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      next += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* FALSE: there is no further one. */
static gboolean
open_frame (SakRecordingStream *self)
{
  guint8 nonce[SAK_AEAD_NONCE_SIZE];
  guint32 little, size;

  self->size = self->done = 0;
  if (!read_whole (self, &little, sizeof little))
    return FALSE;
  size = GUINT32_FROM_LE (little);
  if (size == 0 || size > SAK_RECORDING_MAX_FRAME || !read_whole (self, self->frame, size + SAK_AEAD_TAG_SIZE))
    return FALSE;
  sak_recording_make_nonce (self->counter, nonce);
  if (!sak_aead_decrypt (sak_secret_get_bytes (self->key), nonce, &little, sizeof little, self->frame, size,
                         self->frame + size, self->frame))
    return FALSE;
  self->counter++;
  self->size = size;
  return TRUE;
}

static gssize
sak_recording_stream_read (GInputStream  *stream,
                           void          *buffer,
                           gsize          count,
                           GCancellable  *cancellable,
                           GError       **error)
{
  SakRecordingStream *self = SAK_RECORDING_STREAM (stream);
  gsize taken;

  if (self->done == self->size && !open_frame (self))
    {
      /* Nothing beyond a frame that fails is believed. */
      sak_fd_clear (&self->fd);
      return 0;
    }
  taken = MIN (count, self->size - self->done);
  memcpy (buffer, self->frame + self->done, taken);
  self->done += taken;
  return (gssize) taken;
}

static void
sak_recording_stream_finalize (GObject *object)
{
  SakRecordingStream *self = SAK_RECORDING_STREAM (object);

  sak_wipe (self->frame, SAK_RECORDING_MAX_FRAME + SAK_AEAD_TAG_SIZE);
  g_free (self->frame);
  sak_secret_unref (self->key);
  sak_fd_clear (&self->fd);
  G_OBJECT_CLASS (sak_recording_stream_parent_class)->finalize (object);
}

static void
sak_recording_stream_class_init (SakRecordingStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_recording_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = sak_recording_stream_read;
}

static void
sak_recording_stream_init (SakRecordingStream *self)
{
  self->fd = -1;
  self->frame = g_malloc (SAK_RECORDING_MAX_FRAME + SAK_AEAD_TAG_SIZE);
}

GInputStream *
sak_recording_stream_new (const char  *path,
                          SakSecret   *key,
                          GError     **error)
{
  g_autoptr (SakRecordingStream) self = g_object_new (SAK_TYPE_RECORDING_STREAM, NULL);
  char magic[SAK_RECORDING_MAGIC_SIZE];
  struct stat status;

  self->key = sak_secret_ref (key);
  if (sak_file_get_state (path) == SAK_FILE_REGULAR)
    self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "%s cannot be opened", path);
      return NULL;
    }
  self->file_size = (guint64) status.st_size;
  if (!read_whole (self, magic, sizeof magic) || memcmp (magic, SAK_RECORDING_MAGIC, sizeof magic) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "%s is no recording", path);
      return NULL;
    }
  return G_INPUT_STREAM (g_steal_pointer (&self));
}

json_t *
sak_recording_stream_take_head (SakRecordingStream *self)
{
  json_t *head;

  if (self->counter != 0 || !open_frame (self))
    return NULL;
  head = sak_json_parse ((const char *) self->frame, (gssize) self->size, NULL);
  self->done = self->size;
  return head;
}

guint64
sak_recording_stream_get_file_size (SakRecordingStream *self)
{
  return self->file_size;
}
