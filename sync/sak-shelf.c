/* sak-shelf.c - what all shelves share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-shelf.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_SIZE (256 * 1024)

SakShelf *
sak_shelf_open (const SakCarrier  *carrier,
                GCancellable      *cancellable,
                GError           **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return carrier->kind == SAK_CARRIER_WEBDAV ? sak_shelf_open_dav (carrier, error)
                                             : sak_shelf_open_folder (carrier, error);
}

void
sak_shelf_free (SakShelf *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->shown, g_free);
  self->klass->free (self);
}

static void
free_file (gpointer data)
{
  SakShelfFile *self = data;

  g_free (self->name);
  g_free (self->stamp);
  g_free (self);
}

/* Takes over @stamp. */
SakShelfFile *
sak_shelf_file_new (const char *name,
                    guint64     size_bytes,
                    char       *stamp)
{
  SakShelfFile *self = g_new0 (SakShelfFile, 1);

  self->name = g_strdup (name);
  self->size_bytes = size_bytes;
  self->stamp = stamp;
  return self;
}

GHashTable *
sak_shelf_new_list (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_file);
}

/* Syncthing's and ours begin with a dot or "~syncthing~"; programs of others that copy or
 * load use the endings.
 */
gboolean
sak_shelf_is_passed_over (const char *name)
{
  static const char *const endings[] = { ".tmp", ".part", ".partial", ".crdownload", ".swp", "~" };

  if (name[0] == '.' || name[0] == '~' || name[0] == '\0' || strlen (name) > 255)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;
  return FALSE;
}

gssize
sak_piece_read (const SakPiece  *self,
                guint64          at,
                void            *bytes,
                gsize            size,
                GError         **error)
{
  gsize done = 0;

  size = (gsize) MIN (size, self->size_bytes - MIN (at, self->size_bytes));
  while (done < size)
    {
      gssize n = pread (self->fd, (guint8 *) bytes + done, size - done, (off_t) (self->offset + at + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_DISK, "reading: %s", g_strerror (errno));
          return -1;
        }
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return (gssize) done;
}

gboolean
sak_piece_hash (const SakPiece  *self,
                guint8           digest[static SAK_SHA256_SIZE],
                GCancellable    *cancellable,
                GError         **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  SakSha256 hash;

  sak_sha256_init (&hash);
  for (guint64 at = 0; at < self->size_bytes;)
    {
      gssize n = sak_piece_read (self, at, block, BLOCK_SIZE, error);

      if (n < 0 || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (n == 0)
        {
          g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_DISK, "the file ends early");
          return FALSE;
        }
      sak_sha256_update (&hash, block, (gsize) n);
      at += (guint64) n;
    }
  sak_sha256_finish (&hash, digest);
  return TRUE;
}
