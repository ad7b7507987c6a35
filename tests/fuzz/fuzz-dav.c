/* fuzz-dav.c - what a server says lies in a collection, at once and in pieces
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sync/sak-dav-list.h"
#include "tests/fuzz/sak-fuzz.h"

/* Ends where @piece bytes came at a time, 0 for all of them. */
static GHashTable *
read_list (const guint8 *bytes,
           gsize         size,
           gsize         piece)
{
  g_autoptr (SakDavList) list = sak_dav_list_new ();

  for (gsize at = 0; at < size; at += piece)
    {
      piece = piece == 0 ? size : MIN (piece, size - at);
      if (!sak_dav_list_take (bytes + at, piece, list, NULL))
        return NULL;
    }
  return sak_dav_list_finish (list, NULL);
}

static void
check_file (const SakShelfFile *file)
{
  g_assert_true (g_utf8_validate (file->name, -1, NULL));
  g_assert_null (strchr (file->name, '/'));
  g_assert_false (sak_shelf_is_passed_over (file->name));
  g_assert_cmpuint (file->size_bytes, <=, G_MAXINT64);
}

/* How the bytes are cut on their way is nobody's business. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  g_autoptr (GHashTable) whole = read_list (bytes, size, 0);
  g_autoptr (GHashTable) cut = read_list (bytes, size, size > 0 ? 1 + bytes[size / 2] % 7 : 1);
  GHashTableIter iter;
  gpointer value;

  g_assert_cmpint (whole == NULL, ==, cut == NULL);
  if (whole == NULL)
    return 0;
  g_assert_cmpuint (g_hash_table_size (whole), ==, g_hash_table_size (cut));
  g_assert_cmpuint (g_hash_table_size (whole), <=, SAK_SHELF_MAX_FILES);
  g_hash_table_iter_init (&iter, whole);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SakShelfFile *file = value;
      const SakShelfFile *other = g_hash_table_lookup (cut, file->name);

      check_file (file);
      g_assert_nonnull (other);
      g_assert_cmpstr (other->stamp, ==, file->stamp);
    }
  return 0;
}
