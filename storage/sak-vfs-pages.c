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

static guint32
get_u32 (const guint8 *bytes)
{
  guint32 number_be;

  memcpy (&number_be, bytes, sizeof number_be);
  return GUINT32_FROM_BE (number_be);
}

/* SQLite's list of free pages: page 1 names the first trunk; a trunk names the next one, and
 * how many leaves follow. The trunks themselves are journaled like any page.
 */
GHashTable *
sak_vfs_list_free_pages (sqlite3 *db)
{
  GHashTable *free_pages = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autofree guint8 *page = g_malloc (SAK_VFS_PAGE_SIZE);
  gint64 n_pages = sak_vfs_count_pages (db);
  gint64 n_trunks = 0;
  guint32 trunk;

  if (!sak_vfs_read_page (db, 1, page))
    return free_pages;
  for (trunk = get_u32 (page + 32); trunk > 1 && trunk <= n_pages && n_trunks < n_pages; n_trunks++)
    {
      guint32 n_leaves;

      if (!sak_vfs_read_page (db, trunk, page))
        break;
      n_leaves = MIN (get_u32 (page + 4), (SAK_VFS_PAGE_SIZE - SAK_VFS_RESERVED) / 4 - 2);
      for (guint32 i = 0; i < n_leaves; i++)
        g_hash_table_add (free_pages, GUINT_TO_POINTER (get_u32 (page + 8 + 4 * i)));
      trunk = get_u32 (page);
    }
  return free_pages;
}
