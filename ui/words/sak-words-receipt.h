/* sak-words-receipt.h - what was sent, whether it arrived, and what is wrong with a receipt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-delivery.h"
#include "sync/sak-bundle.h"

G_BEGIN_DECLS

/* "Received by Desk on 3 May 2027." */
char       *sak_words_for_delivery      (const SakDelivery       *delivery) G_GNUC_WARN_UNUSED_RESULT;
/* The same of a record by the version that was sent last; where it was changed since, that is said. */
char       *sak_words_for_record_delivery (const SakDelivery     *delivery) G_GNUC_WARN_UNUSED_RESULT;
/* What a receipt brought: a line or several. */
char       *sak_words_about_receipt     (const char              *contact,
                                         const SakReceiptOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;
/* Of the one that an imported bundle brought; NULL where there is nothing to tell. */
char       *sak_words_about_brought_receipt (const SakBundleReport *report) G_GNUC_WARN_UNUSED_RESULT;
/* How far the exchange with somebody is, in a line or two. */
char       *sak_words_for_exchange      (const SakExchange       *exchange) G_GNUC_WARN_UNUSED_RESULT;
/* As sak_words_for_error(), where a receipt was being read or written. */
const char *sak_words_for_receipt_error (const GError            *error);

G_END_DECLS
