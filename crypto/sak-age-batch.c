/* sak-age-batch.c - sealing and opening the chunks of an age payload, two threads at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A started batch is offered to one helper thread, while its owner reads or writes; then
 * the owner joins and takes chunks too, until none is left. Nothing ever waits for a
 * helper that has not begun: with no helper at all the owner does the work alone.
 */
#include "config.h"

#include "crypto/sak-age-private.h"

#include <string.h>

#include "crypto/sak-chacha.h"
#include "crypto/sak-crypto.h"

G_STATIC_ASSERT (SAK_AGE_TAG_SIZE == SAK_CHACHA_TAG_SIZE);
G_STATIC_ASSERT (SAK_SHA256_SIZE == SAK_CHACHA_KEY_SIZE);

struct _SakAgeBatch
{
  gatomicrefcount ref_count;
  SakSecret *payload_key;
  gboolean seals;

  guint8 *bytes;
  gsize room;

  GMutex mutex;                /* for the rest */
  GCond is_idle;
  guint64 first_counter;
  guint n_chunks;
  gsize last_size;
  gboolean last_is_final;
  guint n_taken;
  guint n_running;
  guint n_good;                /* chunks before the first that failed */
};

/* Chunk number and final flag: 11 bytes, big-endian, and one. */
static void
fill_nonce (guint8   nonce[static SAK_CHACHA_NONCE_SIZE],
            guint64  counter,
            gboolean is_final)
{
  memset (nonce, 0, SAK_CHACHA_NONCE_SIZE);
  for (guint i = 0; i < 8; i++)
    nonce[10 - i] = (guint8) (counter >> (8 * i));
  nonce[11] = is_final ? 1 : 0;
}

void
sak_age_chunk_seal (SakSecret *payload_key,
                    guint64    counter,
                    gboolean   is_final,
                    guint8    *bytes,
                    gsize      size)
{
  guint8 nonce[SAK_CHACHA_NONCE_SIZE];
  const SakChachaUnit unit = { sak_secret_get_bytes (payload_key), nonce, NULL, 0 };

  fill_nonce (nonce, counter, is_final);
  sak_chacha_seal (&unit, bytes, size, bytes, bytes + size);
}

/* Returns: whether the chunk is authentic; if it is not, @bytes are as they were, to be
 * tried with the other flag.
 */
gboolean
sak_age_chunk_open (SakSecret *payload_key,
                    guint64    counter,
                    gboolean   is_final,
                    guint8    *bytes,
                    gsize      size)
{
  guint8 nonce[SAK_CHACHA_NONCE_SIZE];
  const SakChachaUnit unit = { sak_secret_get_bytes (payload_key), nonce, NULL, 0 };

  fill_nonce (nonce, counter, is_final);
  return sak_chacha_open (&unit, bytes, size, bytes + size, bytes);
}

static void
release_batch (SakAgeBatch *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sak_secret_unref (self->payload_key);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->is_idle);
  g_free (self);
}

static gboolean
take_chunk (SakAgeBatch *self,
            guint       *ret_index)
{
  gboolean taken;

  g_mutex_lock (&self->mutex);
  taken = self->n_taken < self->n_chunks;
  if (taken)
    {
      *ret_index = self->n_taken++;
      self->n_running++;
    }
  g_mutex_unlock (&self->mutex);
  return taken;
}

static void
crypt_chunk (SakAgeBatch *self,
             guint        index)
{
  gboolean is_last = index + 1 == self->n_chunks;
  gboolean is_final = is_last && self->last_is_final;
  gsize size = is_last ? self->last_size : SAK_AGE_CHUNK_SIZE;
  guint8 *bytes = self->bytes + index * SAK_AGE_SEALED_CHUNK_SIZE;
  guint64 counter = self->first_counter + index;
  gboolean is_good = TRUE;

  if (self->seals)
    sak_age_chunk_seal (self->payload_key, counter, is_final, bytes, size);
  else
    is_good = sak_age_chunk_open (self->payload_key, counter, is_final, bytes, size);

  g_mutex_lock (&self->mutex);
  if (!is_good)
    self->n_good = MIN (self->n_good, index);
  if (--self->n_running == 0)
    g_cond_signal (&self->is_idle);
  g_mutex_unlock (&self->mutex);
}

static void
crypt_chunks (SakAgeBatch *self)
{
  guint index;

  while (take_chunk (self, &index))
    crypt_chunk (self, index);
}

/* GThreadPool function. May come late, when the batch is done, filled anew, or given up. */
static void
help (gpointer data,
      gpointer unused)
{
  crypt_chunks (data);
  release_batch (data);
}

/* One pool for the process, of idle threads that GLib shares and ends by itself. */
static GThreadPool *
get_helpers (void)
{
  static gsize pool;

  if (g_once_init_enter (&pool))
    g_once_init_leave (&pool, (gsize) g_thread_pool_new (help, NULL, 2, FALSE, NULL));
  return (GThreadPool *) pool;
}

SakAgeBatch *
sak_age_batch_new (SakSecret *payload_key,
                   gboolean   seals)
{
  SakAgeBatch *self = g_new0 (SakAgeBatch, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->is_idle);
  self->payload_key = sak_secret_ref (payload_key);
  self->seals = seals;
  return self;
}

/**
 * sak_age_batch_get_bytes:
 * @room: how many bytes will be used, %SAK_AGE_BATCH_CHUNKS sealed chunks at most
 *
 * Returns: the batch's bytes, which move when @room grows. Not between start and join.
 */
guint8 *
sak_age_batch_get_bytes (SakAgeBatch *self,
                         gsize        room)
{
  gsize bigger = MIN (MAX (room, 4 * self->room),
                      SAK_AGE_BATCH_CHUNKS * SAK_AGE_SEALED_CHUNK_SIZE);
  guint8 *bytes;

  if (room <= self->room)
    return self->bytes;
  g_assert (room <= bigger);
  bytes = g_malloc (bigger);
  if (self->room > 0)
    {
      memcpy (bytes, self->bytes, self->room);
      sak_wipe (self->bytes, self->room);
    }
  g_free (self->bytes);
  self->bytes = bytes;
  self->room = bigger;
  return bytes;
}

/**
 * sak_age_batch_start:
 * @first_counter: the first chunk's number in the file
 * @last_size: plain size of the last chunk; the others are full
 *
 * Then only sak_age_batch_join() or sak_age_batch_free(). One chunk is not worth a thread.
 */
void
sak_age_batch_start (SakAgeBatch *self,
                     guint64      first_counter,
                     guint        n_chunks,
                     gsize        last_size,
                     gboolean     last_is_final)
{
  g_mutex_lock (&self->mutex);
  self->first_counter = first_counter;
  self->n_chunks = n_chunks;
  self->last_size = last_size;
  self->last_is_final = last_is_final;
  self->n_taken = 0;
  self->n_good = n_chunks;
  g_mutex_unlock (&self->mutex);
  if (n_chunks < 2)
    return;
  g_atomic_ref_count_inc (&self->ref_count);
  g_thread_pool_push (get_helpers (), self, NULL);
}

static void
wait_until_idle (SakAgeBatch *self)
{
  g_mutex_lock (&self->mutex);
  while (self->n_running > 0)
    g_cond_wait (&self->is_idle, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

/* Returns: how many chunks are good, up to the first that is not. */
guint
sak_age_batch_join (SakAgeBatch *self)
{
  crypt_chunks (self);
  wait_until_idle (self);
  return self->n_good;
}

/* Gives up what was not begun, and wipes: the bytes may be plain. */
void
sak_age_batch_free (SakAgeBatch *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->n_taken = self->n_chunks;
  g_mutex_unlock (&self->mutex);
  wait_until_idle (self);
  if (self->room > 0)
    sak_wipe (self->bytes, self->room);
  g_clear_pointer (&self->bytes, g_free);
  release_batch (self);
}
