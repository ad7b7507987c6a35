/* sak-secret.c - a key or passphrase in guarded memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-secret.h"

#include "crypto/sak-crypto.h"

#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct _SakSecret
{
  gatomicrefcount ref_count;
  gsize size;
  guint8 *bytes;
  SakSecret *next;              /* of all that live, under the lock */
  SakSecret *previous;
};

static GMutex lock;
static SakSecret *all;
static gboolean is_unlocked_memory;

G_DEFINE_BOXED_TYPE (SakSecret, sak_secret, sak_secret_ref, sak_secret_unref)

static void
wipe_everything (void)
{
  for (SakSecret *secret = all; secret != NULL; secret = secret->next)
    sodium_memzero (secret->bytes, secret->size);
}

/* At the end of the process, for whatever still has a reference. Without the lock: a thread
 * that broke down may hold it, and a list that is being changed at this very moment costs
 * one secret at worst.
 */
static void
wipe_and_die (int signal_number)
{
  wipe_everything ();
  (void) signal (signal_number, SIG_DFL);
  (void) raise (signal_number);
}

/**
 * sak_secret_wipe_at_end:
 *
 * From now on every secret is wiped when the process exits, and when it is ended by a signal
 * that it can see: by itself in an abort or a crash, or by another's asking. Call in main().
 */
void
sak_secret_wipe_at_end (void)
{
  static const int signals[] = { SIGABRT, SIGBUS, SIGFPE, SIGHUP, SIGILL, SIGINT, SIGQUIT,
                                 SIGSEGV, SIGTERM, SIGTRAP, SIGXCPU };

  (void) atexit (wipe_everything);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      struct sigaction action = { .sa_handler = wipe_and_die, .sa_flags = (int) SA_RESETHAND };
      struct sigaction before;

      /* What was to be ignored (nohup) still is. */
      if (sigaction (signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
        (void) sigaction (signals[i], &action, NULL);
    }
}

/**
 * sak_secret_is_memory_locked:
 *
 * Returns: FALSE once a secret could not be kept from being swapped out (RLIMIT_MEMLOCK).
 */
gboolean
sak_secret_is_memory_locked (void)
{
  gboolean is_locked;

  g_mutex_lock (&lock);
  is_locked = !is_unlocked_memory;
  g_mutex_unlock (&lock);
  return is_locked;
}

/* sodium_malloc() tries to lock and is silent when it cannot: locking once more tells. */
static void
enlist (SakSecret *self)
{
  gboolean is_locked = sodium_mlock (self->bytes, MAX (self->size, 1)) == 0;

  g_mutex_lock (&lock);
  is_unlocked_memory |= !is_locked;
  self->next = all;
  if (all != NULL)
    all->previous = self;
  all = self;
  g_mutex_unlock (&lock);
}

static void
delist (SakSecret *self)
{
  g_mutex_lock (&lock);
  if (self->next != NULL)
    self->next->previous = self->previous;
  if (self->previous != NULL)
    self->previous->next = self->next;
  else
    all = self->next;
  g_mutex_unlock (&lock);
}

/**
 * sak_secret_new:
 *
 * Returns: @size zero bytes. Aborts when memory is out, as GLib does; when only the
 * locked memory is used up (RLIMIT_MEMLOCK), the secret is still guarded and wiped, and
 * sak_secret_is_memory_locked() tells.
 */
SakSecret *
sak_secret_new (gsize size)
{
  SakSecret *self = g_new0 (SakSecret, 1);

  sak_crypto_init ();
  g_atomic_ref_count_init (&self->ref_count);
  self->size = size;
  self->bytes = sodium_malloc (MAX (size, 1));
  if (self->bytes == NULL)
    g_error ("no memory for a secret of %" G_GSIZE_FORMAT " bytes", size);
  memset (self->bytes, 0, size);
  enlist (self);
  return self;
}

SakSecret *
sak_secret_new_copy (const void *bytes,
                     gsize       size)
{
  SakSecret *self = sak_secret_new (size);

  if (size > 0)
    memcpy (self->bytes, bytes, size);
  return self;
}

SakSecret *
sak_secret_new_random (gsize size)
{
  SakSecret *self = sak_secret_new (size);

  sak_random_bytes (self->bytes, size);
  return self;
}

SakSecret *
sak_secret_ref (SakSecret *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sak_secret_unref (SakSecret *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  delist (self);
  sodium_free (self->bytes);    /* wipes */
  g_free (self);
}

guint8 *
sak_secret_get_bytes (const SakSecret *self)
{
  return self->bytes;
}

gsize
sak_secret_get_size (const SakSecret *self)
{
  return self->size;
}

gboolean
sak_secret_equal (const SakSecret *a,
                  const SakSecret *b)
{
  return a->size == b->size && sodium_memcmp (a->bytes, b->bytes, a->size) == 0;
}

/* Zeroes now, whoever still holds a reference: for locking a vault. */
void
sak_secret_wipe (SakSecret *self)
{
  sodium_memzero (self->bytes, self->size);
}
