/* sak-notice-row.h - one contact, and what a network notice is to say of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sync/sak-notice.h"

G_BEGIN_DECLS

#define SAK_TYPE_NOTICE_ROW (sak_notice_row_get_type ())
G_DECLARE_FINAL_TYPE (SakNoticeRow, sak_notice_row, SAK, NOTICE_ROW, GtkListBoxRow)

/* Emits "changed". */
GtkWidget  *sak_notice_row_new          (const SakNoticeStanding *standing);
const char *sak_notice_row_get_contact  (SakNoticeRow            *self);
/* What is to be different. */
gboolean    sak_notice_row_adds         (SakNoticeRow            *self);
gboolean    sak_notice_row_revokes      (SakNoticeRow            *self);
/* The other name that is chosen, or NULL. */
char       *sak_notice_row_dup_new_name (SakNoticeRow            *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
