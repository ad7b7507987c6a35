/* fuzz-receipt.c - a receipt, whole and what is signed of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sync/sak-receipt-text.h"
#include "tests/fuzz/sak-fuzz.h"

/* What was understood is written again to the byte. */
static void
check (const SakReceipt        *receipt,
       const SakReceiptParties *parties,
       const char              *body,
       gsize                    size)
{
  g_autofree char *text = sak_receipt_to_text (receipt, parties, fuzz_get_seed ());
  gsize whole = strlen (text);

  g_assert_cmpuint (whole, >, size);
  g_assert_cmpmem (text + whole - size - 1, size, body, size);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  g_autoptr (SakReceipt) whole = NULL;
  g_autoptr (SakReceipt) body = NULL;
  SakReceiptParties parties;

  whole = sak_receipt_from_text ((const char *) bytes, size, &parties, NULL);
  body = sak_receipt_parse_body ((const char *) bytes, size, &parties, NULL);
  if (body != NULL)
    check (body, &parties, (const char *) bytes, size);
  return 0;
}
