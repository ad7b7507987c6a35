/* sak-backup-reader.h - a backup, member by member, as untrusted as any file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-age.h"
#include "storage/sak-snapshot.h"
#include "sync/sak-backup-contents.h"
#include "sync/sak-meter.h"

G_BEGIN_DECLS

/* The vault's header, twice: in the open, for it is what a passphrase opens. */
#define SAK_BACKUP_PROLOGUE_SIZE (2 * SAK_SNAPSHOT_HEADER_SIZE)

typedef struct _SakBackupReader SakBackupReader;

/* Must read @content, which ends where the file does, to its end. */
typedef gboolean (*SakBackupTake) (const char    *name,
                                   guint64        size,
                                   GInputStream  *content,
                                   gpointer       user_data,
                                   GCancellable  *cancellable,
                                   GError       **error);

SakBackupReader *sak_backup_reader_open    (const char       *filename,
                                            GError          **error) G_GNUC_WARN_UNUSED_RESULT;
const guint8    *sak_backup_reader_get_prologue (SakBackupReader *self);
guint64          sak_backup_reader_get_size (SakBackupReader *self);
/* Opens the encrypted part and reads what it holds. @meter is borrowed from here on. */
const SakBackupContents *sak_backup_reader_unlock (SakBackupReader *self,
                                            SakSecret        *identity,
                                            SakMeter         *meter,
                                            GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Hands over every file, in order, and checks that nothing else is in it.
 * @ret_digest: of the manifest.
 */
gboolean         sak_backup_reader_run     (SakBackupReader  *self,
                                            SakBackupTake     take,
                                            gpointer          user_data,
                                            guint8            ret_digest[static SAK_SHA256_SIZE],
                                            GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void             sak_backup_reader_free    (SakBackupReader  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakBackupReader, sak_backup_reader_free)

G_END_DECLS
