/* sak-card-qr.h - a contact card as the text of one QR code
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A third of the card's own size, of characters that QR codes hold most densely and chat programs leave as they
 * are. What comes out again is the card to the last byte, so its signature holds for both. Bytes: sync/FORMAT.md §1.
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* More than any card takes. */
#define SAK_CARD_QR_MAX_SIZE 2048

/* Whether it begins as one does, of this version or a later one. @text need not end in a zero byte. */
gboolean sak_card_qr_recognize (const char  *text,
                                gsize        size);
/* @card: as sak_card_export() gives it. INVALID for anything else. */
char    *sak_card_qr_from_card (const char  *card,
                                gsize        size,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): the card's line, which sak_card_parse() is to judge: its signature is not looked at
 * here. White space around @text is left out. INVALID, TOO_NEW, TOO_LARGE.
 */
char    *sak_card_qr_to_card   (const char  *text,
                                gsize        size,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
