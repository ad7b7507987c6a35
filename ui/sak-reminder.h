/* sak-reminder.h - what was put off, said once above the first page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_REMINDER (sak_reminder_get_type ())
G_DECLARE_FINAL_TYPE (SakReminder, sak_reminder, SAK, REMINDER, AdwBin)

/* Looks anew whenever the vault changes. @session: NULL while locked. */
void sak_reminder_set_session (SakReminder *self,
                               SakSession  *session);
/* Another page than the first is shown. */
void sak_reminder_set_covered (SakReminder *self,
                               gboolean     is_covered);

G_END_DECLS
