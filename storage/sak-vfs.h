/* sak-vfs.h - SQLite's files, encrypted: every one of them, all of each
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A SQLite VFS over another VFS. Method, layout and the seven rules that make it safe
 * against crashes: head of sak-vfs.c; bytes: FORMAT.md.
 */
#pragma once

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

#define SAK_VFS_PAGE_SIZE 8192
#define SAK_VFS_RESERVED 40     /* nonce 24 + tag 16, at the end of each page */
#define SAK_VFS_SALT_SIZE 32
#define SAK_VFS_VAULT_ID_SIZE 16

typedef struct _SakVfs SakVfs;

/**
 * sak_vfs_new:
 * @base_name: (nullable): the VFS below; NULL for the system's. Tests put faults there.
 * @master_key: 32 bytes; the file keys are derived from it and @salt
 *
 * Registers a VFS of its own, with its own keys, under a fresh name.
 */
SakVfs     *sak_vfs_new               (const char   *base_name,
                                       SakSecret    *master_key,
                                       const guint8  vault_id[static SAK_VFS_VAULT_ID_SIZE],
                                       const guint8  salt[static SAK_VFS_SALT_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
const char *sak_vfs_get_name          (SakVfs       *self);
/* Sticky: a block failed its authentication since the VFS was made; a deep check is due. */
gboolean    sak_vfs_has_seen_damage   (SakVfs       *self);
/* After a check that found nothing. */
void        sak_vfs_forget_damage     (SakVfs       *self);
/* Only after every connection is closed: unregisters and wipes the keys. */
void        sak_vfs_free              (SakVfs       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakVfs, sak_vfs_free)

G_END_DECLS
