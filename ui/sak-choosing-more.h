/* sak-choosing-more.h - what else is done with the records that were chosen in a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-progress-bar.h"
#include "ui/sak-record-list-model.h"

G_BEGIN_DECLS

#define SAK_TYPE_CHOOSING_MORE (sak_choosing_more_get_type ())
G_DECLARE_FINAL_TYPE (SakChoosingMore, sak_choosing_more, SAK, CHOOSING_MORE, AdwBin)

/* A button with a menu. @progress: is shown while it works. Emits "told" with a sentence of how it went. */
GtkWidget *sak_choosing_more_new      (SakSession         *session,
                                       SakRecordListModel *model,
                                       SakProgressBar     *progress);
/* The rows that are chosen, for a call. */
GArray    *sak_choosing_list_marked   (SakRecordListModel *model);
/* Within a job: the ids of the call's rows that are still there. */
char     **sak_choosing_load_ids      (SakCall            *call,
                                       guint              *ret_n_drafts,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
