/* sak-vfs-raw.c - the sealed files of a database, read without SQLite and never written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-vfs-raw.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-file.h"
#include "storage/sak-vfs-private.h"

/* SQLite keeps its locks in the page at 1 GiB, and never writes it. */
#define LOCK_PAGE (0x40000000 / SAK_VFS_PAGE_SIZE + 1)

struct _SakVfsRaw
{
  SakVfsFile main;              /* only what unsealing wants: keys and role */
  SakVfsFile journal;
  SakFd main_fd;
  SakFd journal_fd;
  guint8 block[SAK_VFS_BLOCK_SIZE];
  gint64 block_number;          /* of the block above; -1 for none */
};

static gint64
get_size (SakFd fd)
{
  struct stat status;

  return fd >= 0 && fstat (fd, &status) == 0 ? (gint64) status.st_size : 0;
}

static gint64
divide_up (gint64 size,
           gint64 unit)
{
  return (size + unit - 1) / unit;
}

SakVfsRaw *
sak_vfs_raw_new (SakVfs     *vfs,
                 const char *database_path)
{
  g_autofree char *journal = g_strconcat (database_path, "-journal", NULL);
  SakVfsRaw *self = g_new0 (SakVfsRaw, 1);

  self->main.vfs = vfs;
  self->main.role = SAK_VFS_ROLE_MAIN;
  self->journal.vfs = vfs;
  self->journal.role = SAK_VFS_ROLE_JOURNAL;
  self->block_number = -1;
  self->main_fd = open (database_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  self->journal_fd = open (journal, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  return self;
}

void
sak_vfs_raw_free (SakVfsRaw *self)
{
  if (self == NULL)
    return;
  sak_fd_clear (&self->main_fd);
  sak_fd_clear (&self->journal_fd);
  sak_wipe (self->block, sizeof self->block);
  g_free (self);
}

gint64
sak_vfs_raw_count_pages (SakVfsRaw *self)
{
  return divide_up (get_size (self->main_fd), SAK_VFS_PAGE_SIZE);
}

gint64
sak_vfs_raw_journal_size (SakVfsRaw *self)
{
  return divide_up (get_size (self->journal_fd), SAK_VFS_BLOCK_STRIDE) * SAK_VFS_BLOCK_SIZE;
}

static gboolean
read_at (SakFd   fd,
         guint8 *bytes,
         gsize   size,
         gint64  offset)
{
  while (size > 0)
    {
      gssize n = pread (fd, bytes, size, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      offset += n;
      size -= (gsize) n;
    }
  return TRUE;
}

gboolean
sak_vfs_raw_read_page (SakVfsRaw *self,
                       gint64     number,
                       guint8     page[static SAK_VFS_PAGE_SIZE])
{
  guint8 *nonce_and_tag = page + SAK_VFS_PAGE_TEXT_SIZE;
  gboolean is_read = number == LOCK_PAGE ||
                     (read_at (self->main_fd, page, SAK_VFS_PAGE_SIZE, (number - 1) * SAK_VFS_PAGE_SIZE) &&
                      sak_vfs_unseal (&self->main, (guint64) number - 1, page, SAK_VFS_PAGE_TEXT_SIZE,
                                      nonce_and_tag, page));

  if (!is_read || number == LOCK_PAGE)
    memset (page, 0, SAK_VFS_PAGE_SIZE);
  else
    memset (nonce_and_tag, 0, SAK_VFS_RESERVED);
  return is_read;
}

static gboolean
load_block (SakVfsRaw *self,
            gint64     number)
{
  guint8 sealed[SAK_VFS_SEALED_BLOCK_SIZE];

  if (self->block_number == number)
    return TRUE;
  self->block_number = -1;
  if (!read_at (self->journal_fd, sealed, sizeof sealed, number * SAK_VFS_BLOCK_STRIDE) ||
      !sak_vfs_unseal (&self->journal, (guint64) number, sealed + SAK_VFS_RESERVED, SAK_VFS_BLOCK_SIZE, sealed,
                       self->block))
    return FALSE;
  self->block_number = number;
  return TRUE;
}

gboolean
sak_vfs_raw_read_journal (SakVfsRaw *self,
                          gint64     offset,
                          guint8    *bytes,
                          gsize      size)
{
  while (size > 0)
    {
      gsize start = (gsize) (offset % SAK_VFS_BLOCK_SIZE);
      gsize part = MIN (size, SAK_VFS_BLOCK_SIZE - start);

      if (!load_block (self, offset / SAK_VFS_BLOCK_SIZE))
        return FALSE;
      memcpy (bytes, self->block + start, part);
      bytes += part;
      offset += (gint64) part;
      size -= part;
    }
  return TRUE;
}
