/* test-vfs-memory.c - a closed database leaves nothing readable in memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "tests/headless/sak-vfs-campaign.h"

/* Searches what is writable of this process. @inverted is the needle with all bits
 * flipped, so as not to find itself.
 */
static guint
count_in_memory (const guint8 *inverted,
                 gsize         size)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  FILE *memory = fopen ("/proc/self/mem", "rb");
  guint n_found = 0;

  g_assert_nonnull (memory);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      unsigned long start, end;
      g_autofree guint8 *bytes = NULL;
      gsize got, k;

      if (sscanf (lines[i], "%lx-%lx rw", &start, &end) != 2 || strstr (lines[i], " rw") == NULL
          || end - start > 256 * 1024 * 1024)
        continue;
      bytes = g_malloc (end - start);
      fseek (memory, start, SEEK_SET);
      got = fread (bytes, 1, end - start, memory);
      for (gsize at = 0; at + size <= got; at++)
        {
          for (k = 0; k < size && (bytes[at + k] ^ inverted[k]) == 0xff; k++)
            ;
          n_found += k == size;
        }
      sak_wipe (bytes, end - start);
    }
  fclose (memory);
  return n_found;
}

static void
bind_and_insert (sqlite3      *db,
                 const guint8 *inverted,
                 gsize         size)
{
  guint8 text[16];
  sqlite3_stmt *stmt = NULL;

  for (gsize i = 0; i < size; i++)
    text[i] = ~inverted[i];
  g_assert_cmpint (sqlite3_prepare_v2 (db, "INSERT INTO t(x) SELECT ? FROM t", -1, &stmt, NULL), ==,
                   SQLITE_OK);
  sqlite3_bind_text (stmt, 1, (const char *) text, size, SQLITE_TRANSIENT);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_DONE);
  sqlite3_finalize (stmt);
  sak_wipe (text, sizeof text);
}

static void
closed_database_leaves_no_rows_in_memory (void)
{
  g_autoptr (SakFaultVfs) disk = sak_fault_vfs_new ();
  g_autoptr (SakVfs) vfs = NULL;
  SakVfsKeys keys;
  guint8 inverted[16];
  sqlite3 *db;

  sak_random_bytes (inverted, sizeof inverted);
  for (guint i = 0; i < sizeof inverted; i++)
    inverted[i] |= 0x80;                /* so that the text is ASCII */
  sak_vfs_keys_init (&keys);
  vfs = sak_vfs_keys_new_vfs (&keys, disk->name);
  sak_vfs_make_small_database (vfs);
  db = sak_vfs_open_for_test (vfs);
  bind_and_insert (db, inverted, sizeof inverted);
  g_assert_cmpint (sak_sql_count (db, "SELECT count(DISTINCT x) FROM (SELECT x FROM t ORDER BY"
                                      " substr(x, 2))"), >, 10);
  g_assert_cmpuint (count_in_memory (inverted, sizeof inverted), >, 10);
  sak_vfs_close_for_test (db);
  g_assert_cmpuint (count_in_memory (inverted, sizeof inverted), ==, 0);
  sak_vfs_keys_clear (&keys);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_assert_true (sak_vfs_wipe_freed_memory ());
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vfs/closed-database-leaves-no-rows-in-memory",
                   closed_database_leaves_no_rows_in_memory);
  return g_test_run ();
}
