/* sak-trial-slot.h - a new way into the vault that is taken out again unless somebody keeps it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-session.h"

G_BEGIN_DECLS

/* What was shown and not confirmed must not open anything: it is removed when this is freed or
 * the session ends, unless it was kept; also what is being made just then.
 */
typedef struct _SakTrialSlot SakTrialSlot;
SakTrialSlot *sak_trial_slot_new      (SakSession    *session) G_GNUC_WARN_UNUSED_RESULT;
/* For the job that makes it, which says with sak_trial_slot_note_made() what it made. */
SakCall      *sak_trial_slot_new_call (SakTrialSlot  *self) G_GNUC_WARN_UNUSED_RESULT;
/* In that job. @id: (transfer full) */
void          sak_trial_slot_note_made (SakCall      *call,
                                        char         *id);
void          sak_trial_slot_keep     (SakTrialSlot  *self);
void          sak_trial_slot_free     (SakTrialSlot  *self);

G_END_DECLS
