/* sak-vfs-private.h - what the parts of the encrypting VFS share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to sak-vfs*.c.
 */
#pragma once

#include <errno.h>
#include <sqlite3.h>

#include "crypto/sak-aead.h"
#include "storage/sak-vfs.h"

G_BEGIN_DECLS

#define SAK_VFS_FORMAT_VERSION 1
#define SAK_VFS_SECTOR_SIZE 4096
#define SAK_VFS_BLOCK_SIZE 4096         /* logical; the same as a sector: rule 3 */
#define SAK_VFS_BLOCK_STRIDE 8192       /* physical */
#define SAK_VFS_NONCE_PREFIX_SIZE 16
#define SAK_VFS_SEALED_BLOCK_SIZE (SAK_VFS_RESERVED + SAK_VFS_BLOCK_SIZE)
#define SAK_VFS_PAGE_TEXT_SIZE (SAK_VFS_PAGE_SIZE - SAK_VFS_RESERVED)

/* Part of the format: each unit's associated data names its role. */
typedef enum
{
  SAK_VFS_ROLE_MAIN = 1,
  SAK_VFS_ROLE_JOURNAL = 2,
  SAK_VFS_ROLE_WAL = 3,
  SAK_VFS_ROLE_TEMP = 4,
} SakVfsRole;
#define SAK_VFS_N_ROLES 5

/* The rules at the head of sak-vfs.c. A test build breaks them one by one, to show that
 * each of them is what the crash tests stand on.
 */
typedef enum
{
  SAK_VFS_RULE_STRIDE = 1 << 0,
  SAK_VFS_RULE_TAIL = 1 << 1,
  SAK_VFS_RULE_SECTOR = 1 << 2,
  SAK_VFS_RULE_POWERSAFE = 1 << 3,
  SAK_VFS_RULE_TORN = 1 << 4,
  SAK_VFS_RULE_NO_SHORT_READ = 1 << 5,
  SAK_VFS_RULE_DURABLE = 1 << 6,
  SAK_VFS_RULE_NO_WAL = 1 << 7,
  SAK_VFS_RULE_ALONE = 1 << 8,
} SakVfsRule;

#ifdef SAK_VFS_BREAK_RULES
extern guint sak_vfs_broken_rules;
#define SAK_VFS_HOLDS(rule) ((sak_vfs_broken_rules & SAK_VFS_RULE_##rule) == 0)
#else
#define SAK_VFS_HOLDS(rule) TRUE
#endif

struct _SakVfs
{
  sqlite3_vfs sqlite;           /* what SQLite knows; its pAppData is this struct */
  sqlite3_vfs *base;
  char *name;
  SakSecret *keys[SAK_VFS_N_ROLES];
  guint8 vault_id[SAK_VFS_VAULT_ID_SIZE];
  int is_damaged;               /* atomic, sticky */
};

typedef struct
{
  sqlite3_file parent;          /* first: SQLite sees only this */
  sqlite3_file *lower;          /* the base VFS's file, in the same allocation */
  SakVfs *vfs;
  SakVfsRole role;
  int lock_level;
  guint8 nonce_prefix[SAK_VFS_NONCE_PREFIX_SIZE];
  guint64 nonce_counter;
  guint8 *text;                 /* 8192 bytes. Main: a page read in part; else two blocks */
  guint8 *sealed;               /* what goes to or comes from the disk */

  /* Block files only. */
  gint64 size;                  /* logical */
  gint64 n_inherited;           /* blocks that an earlier open left behind; of these, */
  gint64 header_block;          /* of the inherited journal segment being read, -1 before the first */
  gint64 n_own;                 /* the first that this one has written anew */
  gint64 block;                 /* number of the block being written, -1 for none */
  gboolean is_dirty;
  gint64 read_block;            /* number of the block last read, another one or -1 */
} SakVfsFile;

static inline int
sak_vfs_lower_read (SakVfsFile *self,
                    void       *buffer,
                    int         size,
                    gint64      offset)
{
  return self->lower->pMethods->xRead (self->lower, buffer, size, offset);
}

static inline int
sak_vfs_lower_write (SakVfsFile *self,
                     const void *buffer,
                     int         size,
                     gint64      offset)
{
  int result = self->lower->pMethods->xWrite (self->lower, buffer, size, offset);

  /* SQLite calls only ENOSPC full; a quota, or the four gigabytes of a FAT stick, is the
   * same to a person. Later errno is gone.
   */
  if (result == SQLITE_IOERR_WRITE && (errno == EFBIG || errno == EDQUOT))
    return SQLITE_FULL;
  return result;
}

/* One unit: @nonce_and_tag is 40 bytes, @sealed and @text may be the same memory. */
void     sak_vfs_seal         (SakVfsFile   *self,
                               guint64       number,
                               const guint8 *text,
                               gsize         size,
                               guint8       *sealed,
                               guint8        nonce_and_tag[static SAK_VFS_RESERVED]);
gboolean sak_vfs_unseal       (SakVfsFile   *self,
                               guint64       number,
                               const guint8 *sealed,
                               gsize         size,
                               const guint8  nonce_and_tag[static SAK_VFS_RESERVED],
                               guint8       *text);

int      sak_vfs_main_read    (SakVfsFile   *self,
                               void         *buffer,
                               int           size,
                               gint64        offset);
int      sak_vfs_main_write   (SakVfsFile   *self,
                               const void   *buffer,
                               int           size,
                               gint64        offset);

int      sak_vfs_block_begin  (SakVfsFile   *self);
int      sak_vfs_block_read   (SakVfsFile   *self,
                               void         *buffer,
                               int           size,
                               gint64        offset);
int      sak_vfs_block_write  (SakVfsFile   *self,
                               const void   *buffer,
                               int           size,
                               gint64        offset);
int      sak_vfs_block_truncate (SakVfsFile *self,
                                 gint64      size);
void     sak_vfs_block_end      (SakVfsFile *self);
int      sak_vfs_block_flush  (SakVfsFile   *self);

G_END_DECLS
