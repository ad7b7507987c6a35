/* sak-transfer-page.h - what was sent to whom and whether it arrived, what came, and receipts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_TRANSFER_PAGE (sak_transfer_page_get_type ())
G_DECLARE_FINAL_TYPE (SakTransferPage, sak_transfer_page, SAK, TRANSFER_PAGE, AdwBin)

GtkWidget *sak_transfer_page_new            (SakSession      *session);
/* The keyboard goes to them. */
void       sak_transfer_page_show_questions (SakTransferPage *self);
void       sak_transfer_page_show_outbox    (SakTransferPage *self);

G_END_DECLS
