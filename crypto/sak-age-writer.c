/* sak-age-writer.c - writing age v1 files
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two batches take turns: while one fills, the other is sealed and then written.
 */
#include "config.h"

#include "crypto/sak-age-private.h"

#include "crypto/sak-crypto.h"

#include <string.h>

struct _SakAgeWriter
{
  GOutputStream *sink;
  SakAgeBinding binding;
  SakSecret *payload_key;
  SakAgeBatch *filling;
  SakAgeBatch *sealing;        /* started and not yet written; NULL if none is */
  SakAgeBatch *spare;
  gsize sealing_size;
  guint n_full;                /* full chunks in the filling batch */
  gsize n_partial;             /* bytes in the chunk after them */
  guint64 counter;
  GError *failure;             /* sticky */
  gboolean is_finished;
};

static gboolean
write_all (SakAgeWriter  *self,
           const void    *bytes,
           gsize          size,
           GCancellable  *cancellable)
{
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error) &&
      g_output_stream_write_all (self->sink, bytes, size, NULL, cancellable, &error))
    return TRUE;
  sak_propagate_io_error (&self->failure, error);
  return FALSE;
}

static gboolean
write_sealing (SakAgeWriter *self,
               GCancellable *cancellable)
{
  gboolean written;

  if (self->sealing == NULL)
    return TRUE;
  sak_age_batch_join (self->sealing);
  written = write_all (self, sak_age_batch_get_bytes (self->sealing, 0), self->sealing_size,
                       cancellable);
  /* The last one finds the batch before it still waiting here. */
  sak_age_batch_free (self->spare);
  self->spare = g_steal_pointer (&self->sealing);
  return written;
}

/* Starts sealing what is filled, writes what was sealed before, and has an empty batch to fill. */
static gboolean
turn (SakAgeWriter *self,
      gboolean      is_final,
      GCancellable *cancellable)
{
  gboolean last_is_full = self->n_full > 0 && self->n_partial == 0;
  guint n_chunks = last_is_full ? self->n_full : self->n_full + 1;
  gsize last_size = last_is_full ? SAK_AGE_CHUNK_SIZE : self->n_partial;
  gsize size = (n_chunks - 1) * SAK_AGE_SEALED_CHUNK_SIZE + last_size + SAK_AGE_TAG_SIZE;
  SakAgeBatch *batch = g_steal_pointer (&self->filling);

  sak_age_batch_get_bytes (batch, size);    /* an empty one has no room yet for its tag */
  sak_age_batch_start (batch, self->counter, n_chunks, last_size, is_final);
  if (!write_sealing (self, cancellable))
    {
      sak_age_batch_free (batch);
      return FALSE;
    }
  self->sealing = batch;
  self->sealing_size = size;
  self->counter += n_chunks;
  self->n_full = 0;
  self->n_partial = 0;
  return TRUE;
}

/* The file key is used for the header and the payload key, and then forgotten. */
static gboolean
begin (SakAgeWriter          *self,
       const SakAgeRecipient *recipients,
       guint                  n_recipients,
       GCancellable          *cancellable)
{
  g_autoptr (SakSecret) file_key = sak_secret_new_random (SAK_AGE_FILE_KEY_SIZE);
  g_autoptr (GString) header = sak_age_header_build (recipients, n_recipients, file_key,
                                                     self->binding.header_mac, &self->failure);

  if (header == NULL)
    return FALSE;
  sak_random_bytes (self->binding.payload_nonce, SAK_AGE_NONCE_SIZE);
  self->payload_key = sak_age_derive_payload_key (file_key, self->binding.payload_nonce);
  g_string_append_len (header, (const char *) self->binding.payload_nonce, SAK_AGE_NONCE_SIZE);
  return write_all (self, header->str, header->len, cancellable);
}

/**
 * sak_age_writer_new:
 * @sink: not closed by the writer
 *
 * Writes the header at once. Fails with INVALID (no recipient, a weak key), TOO_LARGE,
 * IO, NO_SPACE, or as @sink does. Not thread-safe, but may move between threads.
 */
SakAgeWriter *
sak_age_writer_new (GOutputStream         *sink,
                    const SakAgeRecipient *recipients,
                    guint                  n_recipients,
                    GCancellable          *cancellable,
                    GError               **error)
{
  g_autoptr (SakAgeWriter) self = g_new0 (SakAgeWriter, 1);

  sak_crypto_init ();
  self->sink = g_object_ref (sink);
  if (!begin (self, recipients, n_recipients, cancellable))
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
sak_age_writer_get_binding (SakAgeWriter  *self,
                            SakAgeBinding *ret_binding)
{
  *ret_binding = self->binding;
}

static SakAgeBatch *
ensure_filling (SakAgeWriter *self)
{
  if (self->filling == NULL)
    self->filling = g_steal_pointer (&self->spare);
  if (self->filling == NULL)
    self->filling = sak_age_batch_new (self->payload_key, TRUE);
  return self->filling;
}

/* Into the current chunk, no further. Returns: how many bytes it took. */
static gsize
fill_chunk (SakAgeWriter *self,
            const guint8 *bytes,
            gsize         size)
{
  gsize taken = MIN (size, SAK_AGE_CHUNK_SIZE - self->n_partial);
  gsize offset = self->n_full * SAK_AGE_SEALED_CHUNK_SIZE + self->n_partial;
  gsize room = offset + taken + SAK_AGE_TAG_SIZE;
  guint8 *batch = sak_age_batch_get_bytes (ensure_filling (self), room);

  memcpy (batch + offset, bytes, taken);
  self->n_partial += taken;
  if (self->n_partial == SAK_AGE_CHUNK_SIZE)
    {
      self->n_full++;
      self->n_partial = 0;
    }
  return taken;
}

/* After a failure every call fails in the same way. */
gboolean
sak_age_writer_write (SakAgeWriter  *self,
                      const void    *bytes,
                      gsize          size,
                      GCancellable  *cancellable,
                      GError       **error)
{
  const guint8 *next = bytes;

  g_return_val_if_fail (!self->is_finished, FALSE);
  while (size > 0 && self->failure == NULL)
    {
      gsize taken;

      /* A full batch leaves only when more bytes come: its last chunk may be the final one. */
      if (self->n_full == SAK_AGE_BATCH_CHUNKS && !turn (self, FALSE, cancellable))
        break;
      taken = fill_chunk (self, next, size);
      next += taken;
      size -= taken;
    }
  if (self->failure != NULL && error != NULL)
    *error = g_error_copy (self->failure);
  return self->failure == NULL;
}

/**
 * sak_age_writer_finish:
 *
 * Seals and writes the final chunk; without it no reader accepts the file. The sink is
 * neither flushed nor closed.
 */
gboolean
sak_age_writer_finish (SakAgeWriter  *self,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_return_val_if_fail (!self->is_finished, FALSE);
  if (self->failure == NULL)
    {
      ensure_filling (self);
      self->is_finished = turn (self, TRUE, cancellable) && write_sealing (self, cancellable);
    }
  if (self->failure != NULL && error != NULL)
    *error = g_error_copy (self->failure);
  return self->failure == NULL;
}

void
sak_age_writer_free (SakAgeWriter *self)
{
  if (self == NULL)
    return;
  sak_age_batch_free (self->filling);
  sak_age_batch_free (self->sealing);
  sak_age_batch_free (self->spare);
  sak_secret_unref (self->payload_key);
  g_clear_error (&self->failure);
  g_object_unref (self->sink);
  g_free (self);
}
