/* sqlite-suite-vfs.c - makes the encrypting VFS the default of SQLite's own test program
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linked into testfixture, which is built with -DSQLITE_EXTRA_INIT=sak_suite_init: called
 * at the end of each sqlite3_initialize(). With SAKKHI_SUITE_VFS=stock in the environment
 * the same program keeps SQLite's own VFS, for the run that ours is compared with.
 */
#include "config.h"

#include <sqlite3.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-vfs.h"

int sak_suite_init (const char *unused);

/* Scripts copy files, and open them in child processes: the keys are always the same. */
static SakVfs *
make_vfs (void)
{
  static const guint8 fixed[33] = "the keys of no vault, but a test";
  g_autoptr (SakSecret) key = NULL;

  sak_crypto_init ();
  key = sak_secret_new_copy (fixed, 32);
  return sak_vfs_new ("unix", key, fixed, fixed);
}

int
sak_suite_init (const char *unused)
{
  static SakVfs *vfs;

  if (g_strcmp0 (g_getenv ("SAKKHI_SUITE_VFS"), "stock") == 0)
    return SQLITE_OK;
  if (vfs == NULL)
    vfs = make_vfs ();
  return sqlite3_vfs_register (sqlite3_vfs_find (sak_vfs_get_name (vfs)), 1);
}
