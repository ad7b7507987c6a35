/* sak-backup-contents.h - the two texts of a backup: what it holds, and the digests
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes: FORMAT.md, "Backup".
 */
#pragma once

#include "crypto/sak-error.h"
#include "crypto/sak-hash.h"

G_BEGIN_DECLS

#define SAK_BACKUP_CONTENTS "contents.txt"
#define SAK_BACKUP_MANIFEST "manifest-sha256.txt"
/* Half a million files. */
#define SAK_BACKUP_MAX_CONTENTS (64 * 1024 * 1024)

typedef struct
{
  char *name;
  guint64 size_bytes;
} SakBackupFile;

typedef struct
{
  gint64 time;                  /* seconds since 1970 */
  guint64 total_bytes;          /* of the files */
  GPtrArray *files;             /* SakBackupFile */
} SakBackupContents;

SakBackupContents *sak_backup_contents_new   (gint64              time);
void               sak_backup_contents_add   (SakBackupContents  *self,
                                              const char         *name,
                                              guint64             size);
void               sak_backup_contents_free  (SakBackupContents  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakBackupContents, sak_backup_contents_free)

char              *sak_backup_contents_to_text (const SakBackupContents *self) G_GNUC_WARN_UNUSED_RESULT;
/* Of an untrusted text: exactly what to_text writes, names of a vault's files, none twice. */
SakBackupContents *sak_backup_contents_parse (const char         *text,
                                              gsize               size,
                                              GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* A line as sha256sum writes it. */
char              *sak_backup_manifest_line  (const guint8        digest[static SAK_SHA256_SIZE],
                                              const char         *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
