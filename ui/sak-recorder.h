/* sak-recorder.h - records sound from the microphone into an encrypted recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-recording.h"

G_BEGIN_DECLS

#define SAK_TYPE_RECORDER (sak_recorder_get_type ())
G_DECLARE_FINAL_TYPE (SakRecorder, sak_recorder, SAK, RECORDER, GObject)

typedef enum
{
  SAK_RECORDER_READY,
  SAK_RECORDER_RECORDING,
  SAK_RECORDER_PAUSED,
  SAK_RECORDER_ENDING,          /* what is on its way is still being written */
  SAK_RECORDER_ENDED,
  SAK_RECORDER_FAILED,          /* what was recorded until then is there all the same */
} SakRecorderState;

/* @recording: (transfer full). Emits "changed": state, level and length. */
SakRecorder      *sak_recorder_new         (SakRecording *recording) G_GNUC_WARN_UNUSED_RESULT;
void              sak_recorder_start       (SakRecorder  *self);
void              sak_recorder_pause       (SakRecorder  *self);
/* To the end, as a whole file; the answer is the state ENDED or FAILED. */
void              sak_recorder_end         (SakRecorder  *self);
/* At once: what is on its way is lost, what was written stays. */
void              sak_recorder_break_off   (SakRecorder  *self);
SakRecorderState  sak_recorder_get_state   (SakRecorder  *self);
/* Why it failed: NOT_FOUND where there is no microphone, else as the disk says. */
const GError     *sak_recorder_get_error   (SakRecorder  *self);
/* From 0, silence, to 1. */
double            sak_recorder_get_level   (SakRecorder  *self);
double            sak_recorder_get_seconds (SakRecorder  *self);
const char       *sak_recorder_get_id      (SakRecorder  *self);

/* For tests: another source than the microphone, as GStreamer describes it; NULL for that. */
void              sak_recorder_set_source  (const char   *description);

G_END_DECLS
