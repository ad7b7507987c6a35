/* sak-review-head.h - above a record that is reviewed: what it is, who sent it, and what was decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-review-look.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_REVIEW_HEAD (sak_review_head_get_type ())
G_DECLARE_FINAL_TYPE (SakReviewHead, sak_review_head, SAK, REVIEW_HEAD, AdwBin)

GtkWidget *sak_review_head_new         (void);
/* Before anything is shown. */
void       sak_review_head_set_session (SakReviewHead *self,
                                        SakSession    *session);
/* @is_newer: what is here is not what is on the screen; emits "newer-wanted" when somebody wants to see it, also once
 * versions were brought together.
 */
void       sak_review_head_show        (SakReviewHead *self,
                                        const SakLook *look,
                                        gboolean       is_newer);

G_END_DECLS
