/* sak-age-reader.c - reading age v1 files from start to end
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two batches take turns: while the caller uses the bytes of one, the next one is opened.
 * A batch's last chunk is the file's last if no byte follows it in the source.
 */
#include "config.h"

#include "crypto/sak-age-private.h"

#include "crypto/sak-crypto.h"

#include <string.h>

/* A batch on its way: how much it holds and where the caller is in it. */
typedef struct
{
  SakAgeBatch *batch;
  gboolean is_started;
  guint64 first_counter;
  guint n_chunks;
  gsize last_size;
  gboolean last_is_final;
  guint n_released;            /* chunks the caller may have */
  guint index;
  gsize offset;
} Turn;

struct _SakAgeReader
{
  GInputStream *source;
  SakAgeBinding binding;
  guint n_recipients;
  SakSecret *payload_key;
  guint8 *ahead;               /* read with the header, or to see whether more comes */
  gsize ahead_position;
  gsize ahead_size;
  Turn turns[2];
  guint current;
  guint64 counter;             /* of the next chunk in the source */
  gboolean source_ended;
  GError *failure;             /* sticky; comes after the released chunks */
};

/* Fails only if the source does; a short count is the end of the source. */
static gboolean
read_source (SakAgeReader *self,
             guint8       *bytes,
             gsize         size,
             gsize        *ret_size,
             GCancellable *cancellable)
{
  gsize from_ahead = MIN (size, self->ahead_size - self->ahead_position);
  GError *error = NULL;
  gsize got = 0;

  if (from_ahead > 0)
    memcpy (bytes, self->ahead + self->ahead_position, from_ahead);
  self->ahead_position += from_ahead;
  if (size > from_ahead && !self->source_ended)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, &error) ||
          !g_input_stream_read_all (self->source, bytes + from_ahead, size - from_ahead, &got,
                                    cancellable, &error))
        {
          sak_propagate_io_error (&self->failure, error);
          return FALSE;
        }
      self->source_ended = got < size - from_ahead;
    }
  *ret_size = from_ahead + got;
  return TRUE;
}

/* Afterwards source_ended and an empty read-ahead mean that all was read. */
static gboolean
look_for_end (SakAgeReader *self,
              GCancellable *cancellable)
{
  gsize got = 0;

  if (self->ahead_position < self->ahead_size)
    return TRUE;
  self->ahead_position = self->ahead_size = 0;
  if (!read_source (self, self->ahead, 1, &got, cancellable))
    return FALSE;
  self->ahead_size = got;
  return TRUE;
}

static gboolean
is_at_end (SakAgeReader *self)
{
  return self->source_ended && self->ahead_position == self->ahead_size;
}

/* What was found earlier in the file counts, whatever was found further on. */
static void
fail (SakAgeReader *self,
      SakError      code,
      const char   *reason)
{
  g_clear_error (&self->failure);
  g_set_error (&self->failure, SAK_ERROR, (int) code, "age payload: %s", reason);
}

static void
start_turn (SakAgeReader *self,
            Turn         *t,
            gsize         size)
{
  t->n_chunks = (guint) ((size + SAK_AGE_SEALED_CHUNK_SIZE - 1) / SAK_AGE_SEALED_CHUNK_SIZE);
  t->last_size = size - (t->n_chunks - 1) * SAK_AGE_SEALED_CHUNK_SIZE - SAK_AGE_TAG_SIZE;
  t->last_is_final = is_at_end (self) && self->failure == NULL;
  t->first_counter = self->counter;
  t->n_released = t->index = 0;
  t->offset = 0;
  t->is_started = TRUE;
  self->counter += t->n_chunks;
  sak_age_batch_start (t->batch, t->first_counter, t->n_chunks, t->last_size, t->last_is_final);
}

/* Reads a batch of sealed chunks and starts opening it, unless all was read. */
static void
fill (SakAgeReader *self,
      Turn         *t,
      GCancellable *cancellable)
{
  const gsize full = SAK_AGE_BATCH_CHUNKS * SAK_AGE_SEALED_CHUNK_SIZE;
  gsize room = self->source_ended ? MIN (full, self->ahead_size - self->ahead_position) : full;
  gsize size = 0, tail;

  if (self->failure != NULL || (self->counter > 0 && is_at_end (self)))
    return;
  if (t->batch == NULL)
    t->batch = sak_age_batch_new (self->payload_key, FALSE);
  if (!read_source (self, sak_age_batch_get_bytes (t->batch, room), room, &size, cancellable) ||
      !look_for_end (self, cancellable))
    return;
  tail = size % SAK_AGE_SEALED_CHUNK_SIZE;
  if (size == 0 || (tail > 0 && tail < SAK_AGE_TAG_SIZE))
    {
      fail (self, SAK_ERROR_TRUNCATED, "it ends within a chunk's tag");
      size -= tail;
    }
  if (size > 0)
    start_turn (self, t, size);
}

/* The first chunk that did not open, tried with the other flag to tell what is the matter. */
static void
explain (SakAgeReader *self,
         Turn         *t)
{
  guint index = t->n_released;
  guint8 *bytes = sak_age_batch_get_bytes (t->batch, 0) + index * SAK_AGE_SEALED_CHUNK_SIZE;
  gboolean expected_final = index + 1 == t->n_chunks && t->last_is_final;
  gsize size = index + 1 == t->n_chunks ? t->last_size : SAK_AGE_CHUNK_SIZE;
  guint64 counter = t->first_counter + index;

  if (size == SAK_AGE_CHUNK_SIZE &&
      sak_age_chunk_open (self->payload_key, counter, !expected_final, bytes, size))
    {
      t->n_released++;
      if (expected_final)
        fail (self, SAK_ERROR_TRUNCATED, "the final chunk is missing");
      else
        fail (self, SAK_ERROR_DAMAGED, "bytes after the final chunk");
    }
  else if (size < SAK_AGE_CHUNK_SIZE && counter > 0)
    fail (self, SAK_ERROR_TRUNCATED, "the last chunk is cut off or damaged");
  else
    fail (self, SAK_ERROR_DAMAGED, "a chunk is not authentic");
}

/* Waits for the batch and decides how much of it the caller may have. */
static void
settle (SakAgeReader *self,
        Turn         *t)
{
  t->is_started = FALSE;
  t->n_released = sak_age_batch_join (t->batch);
  if (t->n_released < t->n_chunks)
    explain (self, t);
  else if (t->last_is_final && t->last_size == 0 && t->first_counter + t->n_chunks > 1)
    fail (self, SAK_ERROR_DAMAGED, "an empty final chunk");
}

/* Returns: FALSE when there is no further batch. */
static gboolean
advance (SakAgeReader *self,
         GCancellable *cancellable)
{
  Turn *next = &self->turns[1 - self->current];

  if (!next->is_started)
    fill (self, next, cancellable);
  if (!next->is_started)
    return FALSE;
  settle (self, next);
  fill (self, &self->turns[self->current], cancellable);
  self->current = 1 - self->current;
  return TRUE;
}

static gsize
take_bytes (Turn   *t,
            guint8 *buffer,
            gsize   size)
{
  gsize total = 0;

  while (total < size && t->index < t->n_released)
    {
      gsize chunk_size = t->index + 1 == t->n_chunks ? t->last_size : SAK_AGE_CHUNK_SIZE;
      gsize taken = MIN (size - total, chunk_size - t->offset);
      gsize start = t->index * SAK_AGE_SEALED_CHUNK_SIZE + t->offset;

      memcpy (buffer + total, sak_age_batch_get_bytes (t->batch, 0) + start, taken);
      total += taken;
      t->offset += taken;
      if (t->offset == chunk_size)
        {
          t->index++;
          t->offset = 0;
        }
    }
  return total;
}

/**
 * sak_age_reader_read:
 *
 * Returns: how many bytes, perhaps fewer than @size; 0 at the end, which was then seen
 * and authentic; -1 on failure, after every byte that is authentic, and from then on.
 * DAMAGED: altered. TRUNCATED: the end is missing; a short last chunk that is not
 * authentic also counts as such, but not if it is the only one. Else IO, or as the source.
 */
gssize
sak_age_reader_read (SakAgeReader  *self,
                     void          *buffer,
                     gsize          size,
                     GCancellable  *cancellable,
                     GError       **error)
{
  gsize taken;

  g_return_val_if_fail (size <= G_MAXSSIZE, -1);
  if (size == 0)
    return 0;
  do
    {
      taken = take_bytes (&self->turns[self->current], buffer, size);
      if (taken > 0)
        return (gssize) taken;
    }
  while (advance (self, cancellable));
  if (self->failure == NULL)
    return 0;
  if (error != NULL)
    *error = g_error_copy (self->failure);
  return -1;
}

/* Parses what is already read; the file key is used for the payload key, and then forgotten. */
static gboolean
begin (SakAgeReader     *self,
       SakSecret *const *identities,
       guint             n_identities)
{
  g_autofree SakAgeHeader *header = g_new (SakAgeHeader, 1);
  g_autoptr (SakSecret) file_key = NULL;

  if (!sak_age_header_parse (header, self->ahead, self->ahead_size, &self->failure))
    return FALSE;
  file_key = sak_age_header_unwrap (header, self->ahead, identities, n_identities, &self->failure);
  if (file_key == NULL)
    return FALSE;
  if (self->ahead_size < header->size + SAK_AGE_NONCE_SIZE)
    {
      fail (self, SAK_ERROR_TRUNCATED, "it ends within the nonce");
      return FALSE;
    }
  self->n_recipients = header->n_stanzas;
  memcpy (self->binding.header_mac, header->mac, SAK_SHA256_SIZE);
  memcpy (self->binding.payload_nonce, self->ahead + header->size, SAK_AGE_NONCE_SIZE);
  self->payload_key = sak_age_derive_payload_key (file_key, self->binding.payload_nonce);
  self->ahead_position = header->size + SAK_AGE_NONCE_SIZE;
  return TRUE;
}

/**
 * sak_age_reader_new:
 * @source: read to its end, and a little ahead; not closed
 *
 * Reads and authenticates the header. Fails with DAMAGED, TRUNCATED, TOO_LARGE, TOO_NEW,
 * NOT_FOR_US, IO, or as @source does. Not thread-safe, but may move between threads.
 */
SakAgeReader *
sak_age_reader_new (GInputStream      *source,
                    SakSecret *const  *identities,
                    guint              n_identities,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autoptr (SakAgeReader) self = g_new0 (SakAgeReader, 1);
  const gsize room = SAK_AGE_MAX_HEADER_SIZE + SAK_AGE_NONCE_SIZE;
  gsize size = 0;

  sak_crypto_init ();
  self->source = g_object_ref (source);
  self->ahead = g_malloc (room);
  if (read_source (self, self->ahead, room, &size, cancellable))
    self->ahead_size = size;
  if (self->failure != NULL || !begin (self, identities, n_identities))
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
sak_age_reader_get_binding (SakAgeReader  *self,
                            SakAgeBinding *ret_binding)
{
  *ret_binding = self->binding;
}

/* Returns: the number of stanzas in the header, those of unknown kinds too. */
guint
sak_age_reader_get_n_recipients (SakAgeReader *self)
{
  return self->n_recipients;
}

void
sak_age_reader_free (SakAgeReader *self)
{
  if (self == NULL)
    return;
  sak_age_batch_free (self->turns[0].batch);
  sak_age_batch_free (self->turns[1].batch);
  sak_secret_unref (self->payload_key);
  g_clear_error (&self->failure);
  g_free (self->ahead);
  g_object_unref (self->source);
  g_free (self);
}
