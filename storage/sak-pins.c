/* sak-pins.c - what is being read by a backup while the vault goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program that is killed before put-off files are removed leaves them as strays, which
 * do no harm and which a check names.
 */
#include "config.h"

#include "storage/sak-pins.h"

#include <glib/gstdio.h>

typedef struct
{
  GCancellable *revoked;
  SakSecret **secrets;
} Reader;

struct _SakPins
{
  gatomicrefcount ref_count;
  GMutex lock;                  /* of all the rest */
  GArray *readers;
  GHashTable *put_off;          /* set of paths */
};

SakPins *
sak_pins_new (void)
{
  SakPins *self = g_new0 (SakPins, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->readers = g_array_new (FALSE, FALSE, sizeof (Reader));
  self->put_off = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

SakPins *
sak_pins_ref (SakPins *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sak_pins_unref (SakPins *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->readers);
  g_hash_table_unref (self->put_off);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
sak_pins_enter (SakPins       *self,
                GCancellable  *revoked,
                SakSecret    **secrets)
{
  const Reader reader = { revoked, secrets };
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_array_append_val (self->readers, reader);
}

static void
remove_put_off (SakPins *self)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, self->put_off);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    (void) g_unlink (path);
  g_hash_table_remove_all (self->put_off);
}

void
sak_pins_leave (SakPins      *self,
                GCancellable *revoked)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (guint i = 0; i < self->readers->len; i++)
    if (g_array_index (self->readers, Reader, i).revoked == revoked)
      {
        g_array_remove_index_fast (self->readers, i);
        break;
      }
  if (self->readers->len == 0)
    remove_put_off (self);
}

/* The reader may be using a secret just now: what it makes of zeros it throws away, for
 * it is cancelled first.
 */
void
sak_pins_revoke (SakPins *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (guint i = 0; i < self->readers->len; i++)
    {
      const Reader *reader = &g_array_index (self->readers, Reader, i);

      g_cancellable_cancel (reader->revoked);
      for (SakSecret **secret = reader->secrets; *secret != NULL; secret++)
        sak_secret_wipe (*secret);
    }
}

void
sak_pins_remove (SakPins    *self,
                 const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->readers->len > 0)
    g_hash_table_add (self->put_off, g_strdup (path));
  else
    (void) g_unlink (path);
}

void
sak_pins_keep (SakPins    *self,
               const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_remove (self->put_off, path);
}
