/* fuzz-revision.c - a revision's line: what parses has one spelling, and is signed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/model/sak-json.h"
#include "storage/sak-revision.h"
#include "tests/fuzz/sak-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  g_autoptr (SakRevision) revision = sak_revision_parse ((const char *) bytes, (gssize) size, NULL);
  g_autoptr (json_t) value = sak_json_parse ((const char *) bytes, (gssize) size, NULL);
  g_autofree char *text = value != NULL ? sak_json_to_canonical (value) : NULL;

  if (text != NULL)
    {
      g_autoptr (json_t) again = sak_json_parse_canonical (text, -1, NULL);

      g_assert_nonnull (again);
    }
  if (revision != NULL)
    {
      g_autofree char *line = sak_revision_to_line (revision, NULL);

      g_assert_cmpmem (line, strlen (line), bytes, size);
    }
  return 0;
}
