/* fuzz-bag.c - the tag files of anybody's bag
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-bag-text.h"
#include "tests/fuzz/sak-fuzz.h"

static void
try_lines (GStrv lines)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) oxums = g_ptr_array_new_with_free_func (g_free);
  guint64 n_bytes, n_files;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (SakBagLine) line = { 0 };
      g_autofree char *decoded = NULL;
      gboolean is_strict;

      if (!sak_bag_line_parse (&line, lines[i], 32, NULL))
        continue;
      decoded = sak_bag_path_decode (line.path, TRUE, &is_strict);
      /* What is inside has no part that leads up. */
      if (sak_bag_path_is_inside (decoded))
        g_assert_true (decoded[0] != '/' && !g_str_has_prefix (decoded, "../") && !g_str_has_suffix (decoded, "/.."));
    }
  sak_bag_info_parse (lines, SAK_BAG_VERSION_1_0, faults, warnings, oxums);
  for (guint i = 0; i < oxums->len; i++)
    (void) !sak_bag_oxum_parse (g_ptr_array_index (oxums, i), &n_bytes, &n_files);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  static const char *const encodings[] = { "UTF-8", "UTF-16", "ISO-8859-1" };
  g_auto (SakBagDeclaration) declaration = { 0 };

  (void) !sak_bag_declaration_parse (&declaration, bytes, size, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_auto (GStrv) lines = sak_bag_text_read (bytes, size, encodings[i], NULL);

      if (lines != NULL)
        try_lines (lines);
    }
  return 0;
}
