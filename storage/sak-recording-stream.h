/* sak-recording-stream.h - reads a recording that is being made, or was interrupted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-secret.h"
#include "storage/model/sak-json.h"

G_BEGIN_DECLS

#define SAK_RECORDING_CONTEXT "sakkhi recording v1"
#define SAK_RECORDING_MAGIC "SAKREC1\n"
#define SAK_RECORDING_MAGIC_SIZE 8
#define SAK_RECORDING_MAX_FRAME 65536
#define SAK_RECORDING_FRAME_OVERHEAD (4 + 16)

void          sak_recording_make_nonce          (guint64              counter,
                                                 guint8               ret_nonce[static 24]);

#define SAK_TYPE_RECORDING_STREAM (sak_recording_stream_get_type ())
G_DECLARE_FINAL_TYPE (SakRecordingStream, sak_recording_stream, SAK, RECORDING_STREAM, GInputStream)

/* Ends where the frames end that verify: the last one may be cut short. */
GInputStream *sak_recording_stream_new          (const char          *path,
                                                 SakSecret           *key,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* The first frame, as JSON, before anything else is read; NULL where it is none. */
json_t       *sak_recording_stream_take_head    (SakRecordingStream  *self) G_GNUC_WARN_UNUSED_RESULT;
guint64       sak_recording_stream_get_file_size (SakRecordingStream *self);

G_END_DECLS
