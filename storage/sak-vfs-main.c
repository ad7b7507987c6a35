/* sak-vfs-main.c - the database file: each page sealed where it lies
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   page n, at offset n × 8192:   | sealed text 8152 | nonce 24 | tag 16 |
 *
 * The last 40 bytes are the ones SQLite was asked to reserve, so a page keeps its place
 * and its alignment; to SQLite they read as zeros.
 */
#include "config.h"

#include "storage/sak-vfs-private.h"

#include <string.h>

#include "crypto/sak-crypto.h"

/* SQLite looks at the first 100 bytes before it takes any lock and before it rolls back
 * a hot journal: a torn first page must read there as an empty file, or a crash at the
 * wrong moment could never be recovered from. Anywhere else a page that does not
 * authenticate is an error, and never a short read: SQLite takes that for a page of zeros.
 */
static int
answer_damaged_page (SakVfsFile *self,
                     gint64      number)
{
  g_atomic_int_set (&self->vfs->is_damaged, 1);
  if (number == 0 && self->lock_level == SQLITE_LOCK_NONE && SAK_VFS_HOLDS (TORN))
    return SQLITE_IOERR_SHORT_READ;
  return SAK_VFS_HOLDS (NO_SHORT_READ) ? SQLITE_IOERR_DATA : SQLITE_IOERR_SHORT_READ;
}

/* The base VFS fills up a short read with zeros and does not say how much it got. */
static int
answer_short_read (SakVfsFile *self,
                   gint64      number)
{
  sqlite3_int64 size;
  int result = self->lower->pMethods->xFileSize (self->lower, &size);

  if (result != SQLITE_OK)
    return result;
  if (size <= number * SAK_VFS_PAGE_SIZE)
    return SQLITE_IOERR_SHORT_READ;
  return answer_damaged_page (self, number);
}

/* On any failure @page is zeros. */
static int
read_page (SakVfsFile *self,
           gint64      number,
           guint8     *page)
{
  guint8 *nonce_and_tag = page + SAK_VFS_PAGE_TEXT_SIZE;
  int result = sak_vfs_lower_read (self, page, SAK_VFS_PAGE_SIZE, number * SAK_VFS_PAGE_SIZE);

  if (result == SQLITE_OK)
    {
      if (sak_vfs_unseal (self, number, page, SAK_VFS_PAGE_TEXT_SIZE, nonce_and_tag, page))
        {
          memset (nonce_and_tag, 0, SAK_VFS_RESERVED);
          return SQLITE_OK;
        }
      result = answer_damaged_page (self, number);
    }
  else if (result == SQLITE_IOERR_SHORT_READ)
    result = answer_short_read (self, number);
  memset (page, 0, SAK_VFS_PAGE_SIZE);
  return result;
}

/* Whole pages go straight into SQLite's cache; of the header (100 bytes) and the change
 * counter (16 bytes) SQLite wants only that part.
 */
int
sak_vfs_main_read (SakVfsFile *self,
                   void       *buffer,
                   int         size,
                   gint64      offset)
{
  gint64 number = offset / SAK_VFS_PAGE_SIZE;
  int start = offset % SAK_VFS_PAGE_SIZE;
  int result;

  if (start == 0 && size == SAK_VFS_PAGE_SIZE)
    return read_page (self, number, buffer);
  if (start + size > SAK_VFS_PAGE_SIZE)
    return SQLITE_IOERR_READ;
  result = read_page (self, number, self->text);
  memcpy (buffer, self->text + start, size);
  sak_wipe (self->text, SAK_VFS_PAGE_SIZE);
  return result;
}

/* Page 1 says how its file is laid out. With anything else than our page size and our
 * reserved bytes, sealing would overwrite the ends of pages.
 */
static gboolean
is_laid_out_for_us (const guint8 *first_page)
{
  guint page_size = first_page[16] << 8 | first_page[17];

  return page_size == SAK_VFS_PAGE_SIZE && first_page[20] == SAK_VFS_RESERVED;
}

int
sak_vfs_main_write (SakVfsFile *self,
                    const void *buffer,
                    int         size,
                    gint64      offset)
{
  guint64 number = offset / SAK_VFS_PAGE_SIZE;

  if (size != SAK_VFS_PAGE_SIZE || offset % SAK_VFS_PAGE_SIZE != 0
      || (number == 0 && !is_laid_out_for_us (buffer)))
    return SQLITE_IOERR_WRITE;
  sak_vfs_seal (self, number, buffer, SAK_VFS_PAGE_TEXT_SIZE, self->sealed,
                self->sealed + SAK_VFS_PAGE_TEXT_SIZE);
  return sak_vfs_lower_write (self, self->sealed, SAK_VFS_PAGE_SIZE, offset);
}
