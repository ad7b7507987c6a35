/* sak-fault-vfs.h - a disk in memory that remembers every step, and can fail at each
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A base VFS for tests. Locks are granted always: one process, one connection.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef enum
{
  SAK_FAULT_CREATE,             /* bytes, in a trace with directories: the name */
  SAK_FAULT_DELETE,
  SAK_FAULT_RENAME,             /* bytes: the new name, taken from whoever had it */
  SAK_FAULT_WRITE,
  SAK_FAULT_TRUNCATE,           /* to offset */
  SAK_FAULT_SYNC,
} SakFaultKind;

typedef struct
{
  SakFaultKind kind;
  guint file;                   /* index into files */
  gint64 offset;
  guint size;
  guint8 *bytes;
} SakFaultOperation;

typedef struct
{
  char *name;                   /* NULL for a temporary file */
  GByteArray *bytes;
  gboolean is_linked;
  gboolean is_directory;
} SakFaultFile;

typedef struct
{
  sqlite3_vfs sqlite;
  char *name;
  GPtrArray *files;             /* SakFaultFile */
  GArray *operations;           /* SakFaultOperation, if is_recording */
  gboolean is_recording;
  gboolean has_directories;     /* recorded by sak-disk.c: a name is safe when its folder was synced */

  /* The @fail_at-th fallible call from now (1 is the next) fails with @fail_code, or if
   * that is 0 with what fits the call; and all calls after it if @fails_on. With
   * SQLITE_FULL, only writes fail.
   */
  guint fail_at;
  int fail_code;
  gboolean fails_on;
  gboolean fails_reads;
  gboolean has_failed;

  const char *canary;           /* looked for in everything written */
  guint n_canaries_main;
  guint n_canaries_journal;
  guint n_canaries_wal;
  guint n_canaries_temp;
  guint n_writes_temp;
} SakFaultVfs;

SakFaultVfs  *sak_fault_vfs_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void          sak_fault_vfs_free      (SakFaultVfs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakFaultVfs, sak_fault_vfs_free)

void          sak_fault_vfs_fail_at   (SakFaultVfs *self,
                                       guint        n,
                                       int          code);
/* The bytes of the file that has this name now, or NULL. */
GByteArray   *sak_fault_vfs_get_bytes (SakFaultVfs *self,
                                       const char  *name);
void          sak_fault_vfs_add_file  (SakFaultVfs  *self,
                                       const char   *name,
                                       const guint8 *bytes,
                                       gsize         size);
/* All linked files, as they are, in a VFS of their own: what kill -9 leaves. */
SakFaultVfs  *sak_fault_vfs_copy      (SakFaultVfs *self) G_GNUC_WARN_UNUSED_RESULT;
void          sak_fault_write_bytes   (GByteArray   *target,
                                       gint64        offset,
                                       const guint8 *bytes,
                                       gsize         size);
void          sak_fault_resize        (GByteArray  *target,
                                       gsize        size);

G_END_DECLS
