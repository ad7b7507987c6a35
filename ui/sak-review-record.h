/* sak-review-record.h - a record that arrived, with all that belongs to it, and what is decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_REVIEW_RECORD (sak_review_record_get_type ())
G_DECLARE_FINAL_TYPE (SakReviewRecord, sak_review_record, SAK, REVIEW_RECORD, AdwBin)

/* @list: row numbers, of gint64, in which the next one is found; or NULL. */
GtkWidget *sak_review_record_new      (SakSession      *session,
                                       const char      *record,
                                       GArray          *list);
/* The same record, in a window of another language. */
GtkWidget *sak_review_record_new_like (SakReviewRecord *other);

G_END_DECLS
