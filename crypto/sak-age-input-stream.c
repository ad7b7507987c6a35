/* sak-age-input-stream.c - a seekable stream of what an age file holds
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The size of the plaintext is known only once the last chunk is authentic: so that is
 * opened first. Opened chunks are kept, the least recently used one making room.
 */
#include "config.h"

#include "crypto/sak-age-private.h"

#include "crypto/sak-crypto.h"

#include <string.h>

#define CACHED_CHUNKS 16

/* @bytes are the chunk's, and room for its tag. */
typedef struct
{
  guint8 *bytes;
  guint64 index;
  guint64 used_at;             /* 0: holds nothing */
} Slot;

struct _SakAgeInputStream
{
  GInputStream parent_instance;

  GInputStream *source;
  goffset payload_start;       /* in the source, behind the nonce */
  guint64 n_chunks;
  guint64 size;                /* plain */
  guint64 position;            /* plain */

  GMutex mutex;                /* for the rest: revoking comes from any thread */
  SakSecret *payload_key;      /* NULL once revoked */
  Slot slots[CACHED_CHUNKS];
  guint64 clock;
};

static void seekable_iface_init (GSeekableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SakAgeInputStream, sak_age_input_stream, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SEEKABLE, seekable_iface_init))

static gsize
get_chunk_size (SakAgeInputStream *self,
                guint64            index)
{
  if (index + 1 < self->n_chunks)
    return SAK_AGE_CHUNK_SIZE;
  return (gsize) (self->size - index * SAK_AGE_CHUNK_SIZE);
}

static gboolean
read_exactly (GInputStream  *source,
              goffset        offset,
              guint8        *bytes,
              gsize          size,
              GCancellable  *cancellable,
              GError       **error)
{
  GError *io_error = NULL;
  gsize got = 0;

  if (!g_seekable_seek (G_SEEKABLE (source), offset, G_SEEK_SET, cancellable, &io_error) ||
      !g_input_stream_read_all (source, bytes, size, &got, cancellable, &io_error))
    {
      sak_propagate_io_error (error, io_error);
      return FALSE;
    }
  if (got < size)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TRUNCATED, "age payload: became shorter");
      return FALSE;
    }
  return TRUE;
}

static Slot *
find_slot (SakAgeInputStream *self,
           guint64            index)
{
  Slot *oldest = &self->slots[0];

  for (guint i = 0; i < CACHED_CHUNKS; i++)
    {
      Slot *slot = &self->slots[i];

      if (slot->used_at > 0 && slot->index == index)
        return slot;
      if (slot->used_at < oldest->used_at)
        oldest = slot;
    }
  return oldest;
}

static gboolean
fill_slot (SakAgeInputStream  *self,
           Slot               *slot,
           guint64             index,
           GCancellable       *cancellable,
           GError            **error)
{
  goffset offset = self->payload_start + (goffset) (index * SAK_AGE_SEALED_CHUNK_SIZE);
  gsize size = get_chunk_size (self, index);
  gboolean is_final = index + 1 == self->n_chunks;

  slot->used_at = 0;
  if (slot->bytes == NULL)
    slot->bytes = g_malloc (SAK_AGE_SEALED_CHUNK_SIZE);
  if (!read_exactly (self->source, offset, slot->bytes, size + SAK_AGE_TAG_SIZE,
                     cancellable, error))
    return FALSE;
  if (!sak_age_chunk_open (self->payload_key, index, is_final, slot->bytes, size))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED,
                   "age payload: chunk %" G_GUINT64_FORMAT " is not authentic", index);
      return FALSE;
    }
  slot->index = index;
  return TRUE;
}

/* With the mutex held. Returns: (transfer none): the plain bytes of a chunk */
static const guint8 *
get_chunk (SakAgeInputStream  *self,
           guint64             index,
           GCancellable       *cancellable,
           GError            **error)
{
  Slot *slot;

  if (self->payload_key == NULL)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_LOCKED, "the stream was revoked");
      return NULL;
    }
  slot = find_slot (self, index);
  if ((slot->used_at == 0 || slot->index != index) &&
      !fill_slot (self, slot, index, cancellable, error))
    return NULL;
  slot->used_at = ++self->clock;
  return slot->bytes;
}

/* Opening */

/* From the payload's length follow the chunks; whether that is so, the last one tells. */
static gboolean
measure (SakAgeInputStream  *self,
         goffset             source_size,
         GError            **error)
{
  guint64 sealed = (guint64) (source_size - self->payload_start);
  guint64 last = sealed % SAK_AGE_SEALED_CHUNK_SIZE;

  if (source_size < self->payload_start + SAK_AGE_TAG_SIZE || (last > 0 && last < SAK_AGE_TAG_SIZE))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TRUNCATED,
                           "age payload: its end is missing");
      return FALSE;
    }
  self->n_chunks = (sealed + SAK_AGE_SEALED_CHUNK_SIZE - 1) / SAK_AGE_SEALED_CHUNK_SIZE;
  self->size = sealed - self->n_chunks * SAK_AGE_TAG_SIZE;
  if (last == SAK_AGE_TAG_SIZE && self->n_chunks > 1)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_DAMAGED,
                           "age payload: an empty final chunk");
      return FALSE;
    }
  return TRUE;
}

/* Of a last chunk that did not open. A short one may be cut or damaged: cut is likelier,
 * but not where it is all there is.
 */
static gboolean
is_cut_off (SakAgeInputStream *self)
{
  guint64 index = self->n_chunks - 1;
  gsize size = get_chunk_size (self, index);

  if (size < SAK_AGE_CHUNK_SIZE)
    return index > 0;
  return sak_age_chunk_open (self->payload_key, index, FALSE, self->slots[0].bytes, size);
}

static gboolean
check_last_chunk (SakAgeInputStream  *self,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_autoptr (GError) refusal = NULL;

  if (get_chunk (self, self->n_chunks - 1, cancellable, &refusal) != NULL)
    return TRUE;
  if (g_error_matches (refusal, SAK_ERROR, SAK_ERROR_DAMAGED) && is_cut_off (self))
    refusal->code = SAK_ERROR_TRUNCATED;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
read_header (SakAgeInputStream  *self,
             SakSecret          *identity,
             goffset             source_size,
             GCancellable       *cancellable,
             GError            **error)
{
  gsize size = (gsize) MIN (source_size, SAK_AGE_MAX_HEADER_SIZE + SAK_AGE_NONCE_SIZE);
  g_autofree guint8 *bytes = g_malloc (size + 1);
  g_autofree SakAgeHeader *header = g_new (SakAgeHeader, 1);
  g_autoptr (SakSecret) file_key = NULL;

  if (!read_exactly (self->source, 0, bytes, size, cancellable, error) ||
      !sak_age_header_parse (header, bytes, size, error))
    return FALSE;
  file_key = sak_age_header_unwrap (header, bytes, &identity, 1, error);
  if (file_key == NULL)
    return FALSE;
  self->payload_start = (goffset) (header->size + SAK_AGE_NONCE_SIZE);
  if (source_size < self->payload_start)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TRUNCATED,
                           "age payload: it ends within the nonce");
      return FALSE;
    }
  self->payload_key = sak_age_derive_payload_key (file_key, bytes + header->size);
  return TRUE;
}

static gboolean
find_size (GInputStream  *source,
           goffset       *ret_size,
           GCancellable  *cancellable,
           GError       **error)
{
  GError *io_error = NULL;

  if (!g_seekable_seek (G_SEEKABLE (source), 0, G_SEEK_END, cancellable, &io_error))
    {
      sak_propagate_io_error (error, io_error);
      return FALSE;
    }
  *ret_size = g_seekable_tell (G_SEEKABLE (source));
  return TRUE;
}

/**
 * sak_age_input_stream_new:
 * @seekable_source: an age file from offset 0 to its end; the stream's alone from now on
 *
 * Authenticates the header and the last chunk. Fails like sak_age_reader_new(), and with
 * DAMAGED or TRUNCATED for a payload whose last chunk is not authentic. Chunks further to
 * the front are authenticated when they are read.
 *
 * Returns: (transfer full): a #GSeekable of the plain bytes. Reads and seeks come from one
 * thread at a time, as for every stream; sak_age_input_stream_revoke() from any.
 */
GInputStream *
sak_age_input_stream_new (GInputStream  *seekable_source,
                          SakSecret     *identity,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (SakAgeInputStream) self = NULL;
  goffset source_size = 0;

  g_return_val_if_fail (G_IS_SEEKABLE (seekable_source), NULL);
  sak_crypto_init ();
  self = g_object_new (SAK_TYPE_AGE_INPUT_STREAM, NULL);
  self->source = g_object_ref (seekable_source);
  if (!find_size (self->source, &source_size, cancellable, error) ||
      !read_header (self, identity, source_size, cancellable, error) ||
      !measure (self, source_size, error) ||
      !check_last_chunk (self, cancellable, error))
    return NULL;
  return G_INPUT_STREAM (g_steal_pointer (&self));
}

/* Reading and seeking */

static gssize
sak_age_input_stream_read (GInputStream  *stream,
                           void          *buffer,
                           gsize          size,
                           GCancellable  *cancellable,
                           GError       **error)
{
  SakAgeInputStream *self = SAK_AGE_INPUT_STREAM (stream);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint64 index = self->position / SAK_AGE_CHUNK_SIZE;
  gsize start = (gsize) (self->position % SAK_AGE_CHUNK_SIZE);
  const guint8 *chunk;
  gsize taken;

  /* At the end too: a revoked stream does not look like a complete one. */
  if (self->position >= self->size && self->payload_key != NULL)
    return 0;
  chunk = get_chunk (self, index, cancellable, error);
  if (chunk == NULL)
    return -1;
  taken = MIN (size, get_chunk_size (self, index) - start);
  memcpy (buffer, chunk + start, taken);
  self->position += taken;
  return (gssize) taken;
}

static goffset
sak_age_input_stream_tell (GSeekable *seekable)
{
  return (goffset) SAK_AGE_INPUT_STREAM (seekable)->position;
}

static gboolean
sak_age_input_stream_can_seek (GSeekable *seekable)
{
  return TRUE;
}

/* Within 0 and the size, both included; otherwise the position stays. */
static gboolean
sak_age_input_stream_seek (GSeekable     *seekable,
                           goffset        offset,
                           GSeekType      type,
                           GCancellable  *cancellable,
                           GError       **error)
{
  SakAgeInputStream *self = SAK_AGE_INPUT_STREAM (seekable);
  goffset base = 0;

  if (type == G_SEEK_CUR)
    base = (goffset) self->position;
  else if (type == G_SEEK_END)
    base = (goffset) self->size;
  if (offset < -base || offset > (goffset) self->size - base)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "outside the stream");
      return FALSE;
    }
  self->position = (guint64) (base + offset);
  return TRUE;
}

static gboolean
sak_age_input_stream_can_truncate (GSeekable *seekable)
{
  return FALSE;
}

static gboolean
sak_age_input_stream_truncate (GSeekable     *seekable,
                               goffset        offset,
                               GCancellable  *cancellable,
                               GError       **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "an input stream");
  return FALSE;
}

guint64
sak_age_input_stream_get_size (SakAgeInputStream *self)
{
  return self->size;
}

/**
 * sak_age_input_stream_revoke:
 *
 * For locking: wipes the key and every plain byte kept here, from any thread, after the
 * read that may be going on. Reads fail with LOCKED from then on.
 */
void
sak_age_input_stream_revoke (SakAgeInputStream *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < CACHED_CHUNKS; i++)
    {
      Slot *slot = &self->slots[i];

      if (slot->bytes != NULL)
        sak_wipe (slot->bytes, SAK_AGE_SEALED_CHUNK_SIZE);
      g_clear_pointer (&slot->bytes, g_free);
      slot->used_at = 0;
    }
  g_clear_pointer (&self->payload_key, sak_secret_unref);
}

static gboolean
sak_age_input_stream_close (GInputStream  *stream,
                            GCancellable  *cancellable,
                            GError       **error)
{
  SakAgeInputStream *self = SAK_AGE_INPUT_STREAM (stream);

  sak_age_input_stream_revoke (self);
  if (self->source == NULL)
    return TRUE;
  return g_input_stream_close (self->source, cancellable, error);
}

static void
sak_age_input_stream_finalize (GObject *object)
{
  SakAgeInputStream *self = SAK_AGE_INPUT_STREAM (object);

  sak_age_input_stream_revoke (self);
  g_clear_object (&self->source);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (sak_age_input_stream_parent_class)->finalize (object);
}

static void
sak_age_input_stream_class_init (SakAgeInputStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  object_class->finalize = sak_age_input_stream_finalize;
  stream_class->read_fn = sak_age_input_stream_read;
  stream_class->close_fn = sak_age_input_stream_close;
}

static void
seekable_iface_init (GSeekableIface *iface)
{
  iface->tell = sak_age_input_stream_tell;
  iface->can_seek = sak_age_input_stream_can_seek;
  iface->seek = sak_age_input_stream_seek;
  iface->can_truncate = sak_age_input_stream_can_truncate;
  iface->truncate_fn = sak_age_input_stream_truncate;
}

static void
sak_age_input_stream_init (SakAgeInputStream *self)
{
  g_mutex_init (&self->mutex);
}
