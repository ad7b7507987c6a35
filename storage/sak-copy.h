/* sak-copy.h - a vault's files as they come out of a backup: to be proved, or put in place
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes is untrusted: names follow a grammar, nothing is written outside, and nothing
 * has its final place before all of it was checked.
 */
#pragma once

#include "storage/sak-check.h"
#include "storage/sak-snapshot.h"

G_BEGIN_DECLS

/* Proving: the database is written to a scratch file in the vault and checked there, media
 * are decrypted and hashed as they pass. What is wrong in the vault itself, and so in
 * every copy of it, is told by the report and is no failure.
 */
typedef struct _SakProof SakProof;
SakProof       *sak_proof_new          (SakSnapshot      *snapshot) G_GNUC_WARN_UNUSED_RESULT;
gboolean        sak_proof_take_file    (SakProof         *self,
                                        const char       *name,
                                        guint64           size,
                                        GInputStream     *content,
                                        GCancellable     *cancellable,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
SakCheckReport *sak_proof_finish       (SakProof         *self,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void            sak_proof_free         (SakProof         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakProof, sak_proof_free)

/* Restoring, into @directory that is not there yet or is empty, by way of @directory.part. */
typedef struct _SakRestore SakRestore;
SakRestore     *sak_restore_new        (const char       *directory,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: the key of what follows the headers in a backup. @headers: both copies. */
SakSecret      *sak_restore_unlock     (SakRestore       *self,
                                        const guint8     *headers,
                                        SakCredential    *credential,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean        sak_restore_check_space (SakRestore      *self,
                                        guint64           needed,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean        sak_restore_take_file  (SakRestore       *self,
                                        const char       *name,
                                        guint64           size,
                                        GInputStream     *content,
                                        GCancellable     *cancellable,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Opens it, checks all of it, begins new streams, and moves it to its place. */
SakCheckReport *sak_restore_finish     (SakRestore       *self,
                                        SakProgressFunc   progress,
                                        gpointer          progress_data,
                                        GCancellable     *cancellable,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what was not put in place. */
void            sak_restore_free       (SakRestore       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakRestore, sak_restore_free)

G_END_DECLS
