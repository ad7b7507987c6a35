/* sak-vfs-pages.c - the database's pages one by one, past SQLite
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-vfs-pages.h"

#include <string.h>

/* SQLite keeps its locks in the page at 1 GiB, and never writes it. */
#define LOCK_PAGE (0x40000000 / SAK_VFS_PAGE_SIZE + 1)

static sqlite3_file *
get_file (sqlite3 *db)
{
  sqlite3_file *file = NULL;

  (void) sqlite3_file_control (db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file != NULL && file->pMethods != NULL ? file : NULL;
}

gint64
sak_vfs_count_pages (sqlite3 *db)
{
  sqlite3_file *file = get_file (db);
  sqlite3_int64 size = 0;

  if (file == NULL || file->pMethods->xFileSize (file, &size) != SQLITE_OK)
    return 0;
  return (size + SAK_VFS_PAGE_SIZE - 1) / SAK_VFS_PAGE_SIZE;
}

gboolean
sak_vfs_read_page (sqlite3 *db,
                   gint64   number,
                   guint8   page[static SAK_VFS_PAGE_SIZE])
{
  sqlite3_file *file = get_file (db);

  if (number == LOCK_PAGE)
    {
      memset (page, 0, SAK_VFS_PAGE_SIZE);
      return TRUE;
    }
  return file != NULL && file->pMethods->xRead (file, page, SAK_VFS_PAGE_SIZE,
                                                (number - 1) * SAK_VFS_PAGE_SIZE) == SQLITE_OK;
}
