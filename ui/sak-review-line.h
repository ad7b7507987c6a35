/* sak-review-line.h - on the page of a record that came from elsewhere: what was decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_REVIEW_LINE (sak_review_line_get_type ())
G_DECLARE_FINAL_TYPE (SakReviewLine, sak_review_line, SAK, REVIEW_LINE, AdwBin)

/* Hidden where it did not come from elsewhere; it follows the session's changes. */
GtkWidget *sak_review_line_new (SakSession *session,
                                const char *record);

G_END_DECLS
