/* sak-review-page.h - what arrived from partners, to be looked at and decided about
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_REVIEW_PAGE (sak_review_page_get_type ())
G_DECLARE_FINAL_TYPE (SakReviewPage, sak_review_page, SAK, REVIEW_PAGE, AdwBin)

GtkWidget *sak_review_page_new        (SakSession    *session);
/* Row numbers of what is listed now, for going from one to the next. */
GArray    *sak_review_page_ref_rowids (SakReviewPage *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
