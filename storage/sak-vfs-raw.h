/* sak-vfs-raw.h - the sealed files of a database, read without SQLite and never written
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a database that SQLite cannot open any more.
 */
#pragma once

#include "storage/sak-vfs.h"

G_BEGIN_DECLS

typedef struct _SakVfsRaw SakVfsRaw;

/* @vfs: for its keys; borrowed. The file and its journal may be missing: then they are empty. */
SakVfsRaw *sak_vfs_raw_new          (SakVfs      *vfs,
                                     const char  *database_path) G_GNUC_WARN_UNUSED_RESULT;
gint64     sak_vfs_raw_count_pages  (SakVfsRaw   *self);
/* @number: from 1. FALSE where the page is not authentic or cannot be read. */
gboolean   sak_vfs_raw_read_page    (SakVfsRaw   *self,
                                     gint64       number,
                                     guint8       page[static SAK_VFS_PAGE_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
/* In SQLite's terms: without what sealing adds. */
gint64     sak_vfs_raw_journal_size (SakVfsRaw   *self);
gboolean   sak_vfs_raw_read_journal (SakVfsRaw   *self,
                                     gint64       offset,
                                     guint8      *bytes,
                                     gsize        size) G_GNUC_WARN_UNUSED_RESULT;
void       sak_vfs_raw_free         (SakVfsRaw   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakVfsRaw, sak_vfs_raw_free)

G_END_DECLS
