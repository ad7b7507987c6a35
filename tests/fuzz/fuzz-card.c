/* fuzz-card.c - a contact's card, as a line and as the text of a QR code, and a line of a stream
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sync/sak-bundle-stream.h"
#include "sync/sak-card-qr.h"
#include "sync/sak-card.h"
#include "tests/fuzz/sak-fuzz.h"

/* Whatever is taken for a card's code is the one code of that card. */
static void
try_code (const char *text,
          gsize       size)
{
  g_autofree char *card = sak_card_qr_to_card (text, size, NULL);
  g_autofree char *again = card != NULL ? sak_card_qr_from_card (card, strlen (card), NULL) : NULL;
  g_autofree char *given = g_strndup (text, size);

  if (again != NULL)
    g_assert_cmpstr (again, ==, g_strstrip (given));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  static const guint8 zeros[SAK_SHA256_SIZE];
  g_autoptr (SakContact) contact = sak_card_parse ((const char *) bytes, size, NULL);
  g_autoptr (SakStreamEntry) entry = sak_stream_entry_from_line ((const char *) bytes, size, 1, zeros);

  try_code ((const char *) bytes, size);
  if (contact != NULL)
    g_assert_true (g_utf8_validate (contact->name, -1, NULL) && *contact->name != '\0');
  if (entry != NULL)
    {
      g_autofree char *line = sak_stream_entry_to_line (entry);

      g_assert_cmpmem (line, strlen (line) - 1, bytes, size);
    }
  return 0;
}
