/* sak-countersign.h - receipts: what arrived, told to who sent it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-delivery.h"

G_BEGIN_DECLS

/* The text of a receipt for what came from @sender, as of now. NOT_FOUND where nothing did. @ret_is_needed:
 * (out) (optional): whether the sender does not know all of it yet, as far as can be told here.
 */
char     *sak_countersign_make   (SakVault           *vault,
                                  const SakContact   *sender,
                                  gboolean           *ret_is_needed,
                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* The text for @sender alone. */
GBytes   *sak_countersign_seal   (const SakContact   *sender,
                                  const char         *text,
                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same as a file for the sender alone. EXISTS, NOT_FOUND, UNTRUSTED. */
gboolean  sak_countersign_write  (SakVault           *vault,
                                  const char         *sender,
                                  const char         *filename,
                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* A receipt's text that came, from anywhere. Refused: INVALID, TOO_LARGE, TOO_NEW, UNKNOWN_SENDER, UNTRUSTED, FORGED,
 * NOT_FOR_US, PRACTICE, and as sak_vault_take_receipt(). @ret_contact: (out) (optional): whose it is.
 */
gboolean  sak_countersign_take   (SakVault           *vault,
                                  const char         *text,
                                  gsize               size,
                                  SakContact        **ret_contact,
                                  SakReceiptOutcome  *ret_outcome,
                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same, sealed, as it came in a bundle of @sender: nobody else's is taken from it. */
gboolean  sak_countersign_take_sealed (SakVault          *vault,
                                       GBytes            *sealed,
                                       const SakContact  *sender,
                                       SakReceiptOutcome *ret_outcome,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The file of sak_countersign_write(). */
gboolean  sak_countersign_import (SakVault           *vault,
                                  const char         *filename,
                                  SakContact        **ret_contact,
                                  SakReceiptOutcome  *ret_outcome,
                                  GCancellable       *cancellable,
                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
