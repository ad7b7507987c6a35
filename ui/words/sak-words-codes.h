/* sak-words-codes.h - what was read from QR codes, and the words for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"
#include "crypto/sak-secret.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_CODES_NONE,               /* no code at all */
  SAK_CODES_CARD,               /* one contact card, perhaps several times */
  SAK_CODES_CARDS,              /* several different ones */
  SAK_CODES_SHARE,              /* a share of a key, whatever else is there */
  SAK_CODES_OTHER,              /* codes, but none of these */
} SakCodesKind;

/* @codes: of SakSecret. @ret_card: for CARD, what sak_card_parse() is to judge; else NULL. */
SakCodesKind sak_codes_judge     (GPtrArray     *codes,
                                  char         **ret_card);
/* For all but CARD. @by_camera: it goes on looking. */
const char  *sak_words_for_codes (SakCodesKind   kind,
                                  gboolean       by_camera);
/* Of sak_codes_find_in_picture(): why nothing could be looked for. */
const char  *sak_words_for_codes_error (const GError *error);

G_END_DECLS
