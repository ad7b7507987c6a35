/* sak-disk.h - every step that this process takes on a folder: recorded, failed, or the last
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program that links this file has its own open(), write(), rename() and so on, which all
 * libraries then use too. What happens below the watched folder is counted; syncing does
 * nothing there, so that campaigns take seconds.
 */
#pragma once

#include "tests/headless/sak-fault-vfs.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_DISK_OPEN = 1 << 0,
  SAK_DISK_WRITE = 1 << 1,
  SAK_DISK_TRUNCATE = 1 << 2,
  SAK_DISK_SYNC = 1 << 3,
  SAK_DISK_UNLINK = 1 << 4,
  SAK_DISK_RENAME = 1 << 5,     /* and linking */
  SAK_DISK_MKDIR = 1 << 6,
  SAK_DISK_ALL = (1 << 7) - 1,
} SakDiskCall;

/* From now on; NULL: no longer. */
void         sak_disk_watch        (const char   *folder);
/* Records into the result, which must be there until the watch ends. Begin in an empty folder. */
SakFaultVfs *sak_disk_record       (void) G_GNUC_WARN_UNUSED_RESULT;
/* Of the calls in @calls the @n-th from now (1 is the next) fails with @code; all later
 * ones too, if @goes_on. 0: none.
 */
void         sak_disk_fail_at      (guint         n,
                                    guint         calls,
                                    int           code,
                                    gboolean      goes_on);
gboolean     sak_disk_has_failed   (void);
/* Neither counts nor fails meanwhile. */
void         sak_disk_pause        (gboolean      is_paused);
/* The process gets SIGKILL in the place of its @n-th call from now, or after it. */
void         sak_disk_kill_at      (guint         n);
/* As FAT does: no files without a name, no renaming that refuses to replace. */
void         sak_disk_be_simple    (gboolean      is_simple);

/* Puts all linked files of @disk into @folder, which must be empty. */
void         sak_disk_lay_out      (SakFaultVfs  *disk,
                                    const char   *folder);
void         sak_disk_copy_tree    (const char   *from,
                                    const char   *to);

G_END_DECLS
