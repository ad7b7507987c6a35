/* sak-progress-bar.h - how far a long piece of work is, with a button to stop it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_PROGRESS_BAR (sak_progress_bar_get_type ())
G_DECLARE_FINAL_TYPE (SakProgressBar, sak_progress_bar, SAK, PROGRESS_BAR, AdwBin)

GtkWidget    *sak_progress_bar_new   (void);
/* Shows the bar; the progress is for the job, the cancellable stops it. @session: NULL before
 * a vault is open.
 */
SakProgress  *sak_progress_bar_start (SakProgressBar  *self,
                                      SakSession      *session,
                                      const char      *words,
                                      GCancellable   **ret_cancellable) G_GNUC_WARN_UNUSED_RESULT;
/* When the session is locked, it is for the caller to end the work. */
void          sak_progress_bar_keep_on (SakProgressBar *self);
void          sak_progress_bar_stop  (SakProgressBar  *self);
/* Whether one runs somewhere within @page. */
gboolean      sak_progress_bar_runs_in (GtkWidget     *page);

G_END_DECLS
