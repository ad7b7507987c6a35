/* sak-vfs-sqlite.h - a connection as the vault must have it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For storage/ alone: above it nobody knows SQLite.
 */
#pragma once

#include <sqlite3.h>

#include "crypto/sak-error.h"
#include "storage/sak-vfs.h"

G_BEGIN_DECLS

/* What a connection keeps of its pages in memory. */
#define SAK_VFS_CACHE_KIB 65536

/* Before anything else in the process uses SQLite; sak_vfs_new() is the latest moment. */
gboolean  sak_vfs_wipe_freed_memory (void);
/* Opens (creates) @path through @vfs and configures it: the way to get a connection. */
sqlite3  *sak_vfs_open_database    (SakVfs       *vfs,
                                    const char   *path,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_vfs_configure        (sqlite3      *db,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_vfs_vacuum_into      (sqlite3      *db,
                                    const char   *path,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_vfs_copy_into         (sqlite3      *db,
                                    SakVfs       *vfs,
                                    const char   *path,
                                    GCancellable *cancellable,
                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void      sak_set_error_from_sqlite (GError     **error,
                                     sqlite3     *db,
                                     const char  *what);

G_END_DECLS
