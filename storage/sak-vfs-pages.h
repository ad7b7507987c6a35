/* sak-vfs-pages.h - the database's pages one by one, past SQLite
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sqlite3.h>

#include "storage/sak-vfs.h"

G_BEGIN_DECLS

/* Outside a transaction, when the file is all there is. */
gint64   sak_vfs_count_pages (sqlite3 *db);
/* @number: as SQLite counts, from 1. FALSE where it is not authentic or cannot be read. */
gboolean sak_vfs_read_page   (sqlite3 *db,
                              gint64   number,
                              guint8   page[static SAK_VFS_PAGE_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
/* Set of page numbers (GUINT_TO_POINTER) that hold nothing: SQLite writes them without a
 * journal, so that a power cut may leave them torn, and never reads them.
 */
GHashTable *sak_vfs_list_free_pages (sqlite3 *db) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
