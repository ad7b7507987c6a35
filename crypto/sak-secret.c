/* sak-secret.c - a key or passphrase in guarded memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-secret.h"

#include "crypto/sak-crypto.h"

#include <sodium.h>
#include <string.h>

struct _SakSecret
{
  gatomicrefcount ref_count;
  gsize size;
  guint8 *bytes;
};

G_DEFINE_BOXED_TYPE (SakSecret, sak_secret, sak_secret_ref, sak_secret_unref)

/**
 * sak_secret_new:
 *
 * Returns: @size zero bytes. Aborts when memory is out, as GLib does; when only the
 * locked memory is used up (RLIMIT_MEMLOCK), the secret is still guarded and wiped.
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
