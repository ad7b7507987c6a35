/* sak-history.h - the versions of a record: who, when, why
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_HISTORY (sak_history_get_type ())
G_DECLARE_FINAL_TYPE (SakHistory, sak_history, SAK, HISTORY, AdwWindow)

GtkWidget *sak_history_new (GtkWindow  *parent,
                            SakSession *session,
                            const char *record_id);

G_END_DECLS
