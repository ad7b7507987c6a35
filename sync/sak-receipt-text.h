/* sak-receipt-text.h - a receipt as it is signed and travels
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes: sync/FORMAT.md §6.
 */
#pragma once

#include "crypto/sak-secret.h"
#include "storage/sak-delivery.h"

G_BEGIN_DECLS

#define SAK_RECEIPT_MAX_SIZE (512 * 1024)

/* Who says it, to whom. */
/* Of the first line, in every version. */
#define SAK_RECEIPT_BEGINNING "sakkhi-receipt "

typedef struct
{
  guint8 by[SAK_SIGN_PUBLIC_SIZE];
  guint8 to[SAK_SIGN_PUBLIC_SIZE];
  gboolean is_practice;
} SakReceiptParties;

/* Signed with @seed, whose public key is that of @parties->by. */
char       *sak_receipt_to_text     (const SakReceipt        *receipt,
                                     const SakReceiptParties *parties,
                                     SakSecret               *seed) G_GNUC_WARN_UNUSED_RESULT;
/* By whose key it claims to be, at its fixed place: nothing else was read yet. INVALID, TOO_LARGE,
 * TOO_NEW.
 */
gboolean    sak_receipt_text_get_key (const char             *text,
                                      gsize                   size,
                                      guint8                  ret_key[static SAK_SIGN_PUBLIC_SIZE],
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* All of it: FORGED before anything is parsed, INVALID after. */
SakReceipt *sak_receipt_from_text    (const char             *text,
                                      gsize                   size,
                                      SakReceiptParties      *ret_parties,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is signed, alone: for those who test it. */
SakReceipt *sak_receipt_parse_body   (const char             *body,
                                      gsize                   size,
                                      SakReceiptParties      *ret_parties,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
