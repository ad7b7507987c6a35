/* fuzz-card.c - a contact's card, and a line of a stream
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sync/sak-bundle-stream.h"
#include "sync/sak-card.h"
#include "tests/fuzz/sak-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  static const guint8 zeros[SAK_SHA256_SIZE];
  g_autoptr (SakContact) contact = sak_card_parse ((const char *) bytes, size, NULL);
  g_autoptr (SakStreamEntry) entry = sak_stream_entry_from_line ((const char *) bytes, size, 1, zeros);

  if (contact != NULL)
    g_assert_true (g_utf8_validate (contact->name, -1, NULL) && *contact->name != '\0');
  if (entry != NULL)
    {
      g_autofree char *line = sak_stream_entry_to_line (entry);

      g_assert_cmpmem (line, strlen (line) - 1, bytes, size);
    }
  return 0;
}
