/* sak-review-part.h - a whole record as words and files, to be read among others
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-links.h"
#include "ui/sak-review-look.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_REVIEW_PART (sak_review_part_get_type ())
G_DECLARE_FINAL_TYPE (SakReviewPart, sak_review_part, SAK, REVIEW_PART, AdwBin)

/* Of what was read already; without a heading. */
GtkWidget *sak_review_part_new        (SakSession        *session,
                                       const SakLookText *text);
/* Of a record that is linked: it is read when it is opened, and can be opened as a page of its own. */
GtkWidget *sak_review_part_new_linked (SakSession        *session,
                                       const SakLink     *link,
                                       gboolean           is_open);

G_END_DECLS
