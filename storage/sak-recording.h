/* sak-recording.h - sound that is being recorded: encrypted as it comes, and never lost to a crash
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While it is made, a recording is a file of its own (FORMAT.md, "Recordings being made"). Kept, it
 * is taken in like any other file; until then it waits, also for the next time that the vault
 * is opened.
 */
#pragma once

#include "storage/sak-media.h"

G_BEGIN_DECLS

/* What waits to be kept or discarded. */
typedef struct
{
  char *id;
  char *record_id;              /* to which it belongs */
  gint64 started;               /* seconds since 1970 */
  guint64 size_bytes;           /* of the sound itself, nearly */
} SakRecordingInfo;

void          sak_recording_info_free   (SakRecordingInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakRecordingInfo, sak_recording_info_free)

typedef struct _SakRecording SakRecording;

/* On the vault's thread. */
SakRecording *sak_vault_begin_recording (SakVault         *self,
                                         const char       *record_id,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* On any one thread, without the vault, which may be locked meanwhile. When this returns, the
 * bytes have left the program: only the computer itself can still lose them, and for two
 * seconds at most. After a failure every call fails in the same way; what was there stays.
 */
gboolean      sak_recording_append      (SakRecording     *self,
                                         const void       *bytes,
                                         gsize             size,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
const char   *sak_recording_get_id      (SakRecording     *self);
/* The file stays, and waits. */
void          sak_recording_free        (SakRecording     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakRecording, sak_recording_free)

/* The oldest first, as GPtrArray of SakRecordingInfo. What nobody can read any more is not
 * among them.
 */
GPtrArray    *sak_vault_list_recordings (SakVault         *self,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes it in, for the record that it was made for, and removes the file. */
SakMediaInfo *sak_vault_keep_recording  (SakVault         *self,
                                         const char       *id,
                                         SakProgressFunc   progress,
                                         gpointer          progress_data,
                                         GCancellable     *cancellable,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sak_vault_discard_recording (SakVault       *self,
                                           const char     *id,
                                           GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
