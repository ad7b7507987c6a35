/* sak-vfs.c - SQLite's files, encrypted: every one of them, all of each
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Method. SQLite reads and writes files through a VFS; this one stands between SQLite
 * and the system's, and seals everything with XChaCha20-Poly1305:
 *
 *   main file (sak-vfs-main.c)             one page = one unit, at its natural offset,
 *                                          nonce and tag in the page's 40 reserved bytes
 *   journal, WAL, temporary files          4096-byte blocks on a stride of 8192 bytes
 *   (sak-vfs-block.c)
 *
 * Each unit's associated data names format version, role, vault, page size and number:
 * a unit that is moved, or comes from another vault or file, does not authenticate. A
 * unit replayed from an earlier time does: the set hash in the database finds that.
 * Nonces are 16 random bytes per open and a 64-bit counter. Keys are derived per role from
 * the master key and the vault's salt; that of temporary files is random and never leaves
 * memory. Bytes: FORMAT.md.
 *
 * Encrypted files differ from plain ones in a power cut: where SQLite expects a sector
 * that is old, new, or (at worst) garbage, a torn unit is garbage as a whole. SQLite's
 * journalling covers that under seven rules; each was found by simulated power cuts, and
 * tests/headless/test-vfs-rules.c shows for each what is lost without it:
 *
 *   1. One page is one unit, aligned like a plain page; blocks of other files share no
 *      device sector with their neighbours, and are always full-size.
 *   2. A block that may hold synced data is written again only when SQLite writes into it.
 *   3. The sector size is 4096, the block; no device characteristics (no powersafe
 *      overwrite); SIZE_HINT, CHUNK_SIZE and memory mapping are refused.
 *   4. A unit that does not authenticate: main file, an error, except page 1 while no lock
 *      is held: an empty file; journal left by a crash, zeros for what may be torn, its
 *      headers; WAL left by a crash, zeros; else an error. Each sets a sticky flag.
 *   5. synchronous=FULL with journal_mode=PERSIST: set and kept by sak-vfs-sqlite.c. A journal
 *      that keeps its blocks costs the file system nothing at each commit; TRUNCATE is as safe.
 *   6. WAL only with cache_spill=OFF, for a bug of SQLite's: sak-vfs-sqlite.c allows none.
 *   7. One process, one database: locking_mode=EXCLUSIVE, ATTACH denied (sak-vfs-sqlite.c),
 *      and files that only a transaction over several databases needs are not opened.
 */
#include "config.h"

#include "storage/sak-vfs-private.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-kdf.h"
#include "storage/sak-vfs-sqlite.h"

typedef struct
{
  guint8 version;
  guint8 role;
  guint8 vault_id[SAK_VFS_VAULT_ID_SIZE];
  guint8 page_size[4];
  guint8 number[8];
} Associated;

G_STATIC_ASSERT (sizeof (Associated) == 30);
G_STATIC_ASSERT (SAK_VFS_RESERVED == SAK_AEAD_NONCE_SIZE + SAK_AEAD_TAG_SIZE);
G_STATIC_ASSERT (SAK_VFS_SEALED_BLOCK_SIZE <= SAK_VFS_BLOCK_STRIDE);

static void
fill_associated (SakVfsFile *self,
                 guint64     number,
                 Associated *associated)
{
  guint32 page_size_be = GUINT32_TO_BE (SAK_VFS_PAGE_SIZE);
  guint64 number_be = GUINT64_TO_BE (number);

  associated->version = SAK_VFS_FORMAT_VERSION;
  associated->role = self->role;
  memcpy (associated->vault_id, self->vfs->vault_id, SAK_VFS_VAULT_ID_SIZE);
  memcpy (associated->page_size, &page_size_be, 4);
  memcpy (associated->number, &number_be, 8);
}

void
sak_vfs_seal (SakVfsFile   *self,
              guint64       number,
              const guint8 *text,
              gsize         size,
              guint8       *sealed,
              guint8        nonce_and_tag[static SAK_VFS_RESERVED])
{
  guint64 counter_be = GUINT64_TO_BE (self->nonce_counter);
  Associated associated;

  self->nonce_counter++;
  memcpy (nonce_and_tag, self->nonce_prefix, SAK_VFS_NONCE_PREFIX_SIZE);
  memcpy (nonce_and_tag + SAK_VFS_NONCE_PREFIX_SIZE, &counter_be, sizeof counter_be);
  fill_associated (self, number, &associated);
  sak_aead_encrypt (sak_secret_get_bytes (self->vfs->keys[self->role]), nonce_and_tag,
                    &associated, sizeof associated, text, size, sealed,
                    nonce_and_tag + SAK_AEAD_NONCE_SIZE);
}

gboolean
sak_vfs_unseal (SakVfsFile   *self,
                guint64       number,
                const guint8 *sealed,
                gsize         size,
                const guint8  nonce_and_tag[static SAK_VFS_RESERVED],
                guint8       *text)
{
  Associated associated;

  fill_associated (self, number, &associated);
  return sak_aead_decrypt (sak_secret_get_bytes (self->vfs->keys[self->role]), nonce_and_tag,
                           &associated, sizeof associated, sealed, size,
                           nonce_and_tag + SAK_AEAD_NONCE_SIZE, text);
}

/* --- Files --- */

static int
close_file (sqlite3_file *file)
{
  SakVfsFile *self = (SakVfsFile *) file;
  int result = SQLITE_OK;
  int closed;

  /* A temporary file is gone with its closing. */
  if (self->role != SAK_VFS_ROLE_TEMP)
    result = sak_vfs_block_flush (self);
  if (result == SQLITE_OK)
    sak_vfs_block_end (self);
  closed = self->lower->pMethods->xClose (self->lower);
  sak_wipe (self->text, SAK_VFS_PAGE_SIZE);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->sealed, g_free);
  return result != SQLITE_OK ? result : closed;
}

static int
read_file (sqlite3_file *file,
           void         *buffer,
           int           size,
           sqlite3_int64 offset)
{
  SakVfsFile *self = (SakVfsFile *) file;

  if (self->role == SAK_VFS_ROLE_MAIN)
    return sak_vfs_main_read (self, buffer, size, offset);
  return sak_vfs_block_read (self, buffer, size, offset);
}

static int
write_file (sqlite3_file *file,
            const void   *buffer,
            int           size,
            sqlite3_int64 offset)
{
  SakVfsFile *self = (SakVfsFile *) file;

  if (self->role == SAK_VFS_ROLE_MAIN)
    return sak_vfs_main_write (self, buffer, size, offset);
  return sak_vfs_block_write (self, buffer, size, offset);
}

static int
truncate_file (sqlite3_file *file,
               sqlite3_int64 size)
{
  SakVfsFile *self = (SakVfsFile *) file;

  if (self->role == SAK_VFS_ROLE_MAIN)
    return self->lower->pMethods->xTruncate (self->lower, size);
  return sak_vfs_block_truncate (self, size);
}

static int
sync_file (sqlite3_file *file,
           int           flags)
{
  SakVfsFile *self = (SakVfsFile *) file;
  int result = sak_vfs_block_flush (self);

  return result != SQLITE_OK ? result : self->lower->pMethods->xSync (self->lower, flags);
}

static int
get_file_size (sqlite3_file  *file,
               sqlite3_int64 *ret_size)
{
  SakVfsFile *self = (SakVfsFile *) file;

  if (self->role == SAK_VFS_ROLE_MAIN)
    return self->lower->pMethods->xFileSize (self->lower, ret_size);
  *ret_size = self->size;
  return SQLITE_OK;
}

static int
lock_file (sqlite3_file *file,
           int           level)
{
  SakVfsFile *self = (SakVfsFile *) file;
  int result = self->lower->pMethods->xLock (self->lower, level);

  if (result == SQLITE_OK)
    self->lock_level = MAX (self->lock_level, level);
  return result;
}

static int
unlock_file (sqlite3_file *file,
             int           level)
{
  SakVfsFile *self = (SakVfsFile *) file;
  int result = self->lower->pMethods->xUnlock (self->lower, level);

  if (result == SQLITE_OK)
    self->lock_level = MIN (self->lock_level, level);
  return result;
}

static int
check_reserved_lock (sqlite3_file *file,
                     int          *ret_is_locked)
{
  SakVfsFile *self = (SakVfsFile *) file;

  return self->lower->pMethods->xCheckReservedLock (self->lower, ret_is_locked);
}

/* Only what cannot change how the base VFS lays out or shows the file. */
static int
control_file (sqlite3_file *file,
              int           operation,
              void         *argument)
{
  SakVfsFile *self = (SakVfsFile *) file;

  switch (operation)
    {
    case SQLITE_FCNTL_SIZE_HINT:
    case SQLITE_FCNTL_CHUNK_SIZE:
      if (SAK_VFS_HOLDS (POWERSAFE))
        return SQLITE_NOTFOUND;
      break;
    case SQLITE_FCNTL_LOCKSTATE:
    case SQLITE_FCNTL_LAST_ERRNO:
    case SQLITE_FCNTL_HAS_MOVED:
    case SQLITE_FCNTL_SYNC:
    case SQLITE_FCNTL_COMMIT_PHASETWO:
      break;
    default:
      return SQLITE_NOTFOUND;
    }
  return self->lower->pMethods->xFileControl (self->lower, operation, argument);
}

static int
get_sector_size (sqlite3_file *file)
{
  return SAK_VFS_HOLDS (SECTOR) ? SAK_VFS_SECTOR_SIZE : 512;
}

static int
get_device_characteristics (sqlite3_file *file)
{
  return SAK_VFS_HOLDS (POWERSAFE) ? 0 : SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* Version 1: no shared memory and no xFetch, which would show SQLite the sealed bytes. */
static const sqlite3_io_methods file_methods = {
  .iVersion = 1,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_file_size,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_reserved_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_device_characteristics,
};

/* --- The VFS --- */

/* Returns: 0 for what is not opened: super-journals, which only a transaction over several
 * databases has, and anything SQLite may invent later.
 */
static SakVfsRole
choose_role (int flags)
{
  if (flags & SQLITE_OPEN_MAIN_DB)
    return SAK_VFS_ROLE_MAIN;
  if (flags & SQLITE_OPEN_MAIN_JOURNAL)
    return SAK_VFS_ROLE_JOURNAL;
  if (flags & SQLITE_OPEN_WAL)
    return SAK_VFS_ROLE_WAL;
  if (flags & (SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_TEMP_JOURNAL
               | SQLITE_OPEN_SUBJOURNAL))
    return SAK_VFS_ROLE_TEMP;
  if ((flags & SQLITE_OPEN_SUPER_JOURNAL) && !SAK_VFS_HOLDS (ALONE))
    return SAK_VFS_ROLE_TEMP;
  return 0;
}

static int
open_file (sqlite3_vfs  *vfs,
           const char   *name,
           sqlite3_file *file,
           int           flags,
           int          *ret_flags)
{
  SakVfs *vault_vfs = vfs->pAppData;
  SakVfsFile *self = (SakVfsFile *) file;
  int result;

  memset (self, 0, sizeof *self);
  self->lower = (sqlite3_file *) (self + 1);
  self->lower->pMethods = NULL;
  self->vfs = vault_vfs;
  self->role = choose_role (flags);
  if (self->role == 0)
    return SQLITE_CANTOPEN;
  result = vault_vfs->base->xOpen (vault_vfs->base, name, self->lower, flags, ret_flags);
  if (result == SQLITE_OK && self->role != SAK_VFS_ROLE_MAIN)
    result = sak_vfs_block_begin (self);
  if (result != SQLITE_OK)
    {
      if (self->lower->pMethods != NULL)
        self->lower->pMethods->xClose (self->lower);
      return result;
    }
  sak_random_bytes (self->nonce_prefix, SAK_VFS_NONCE_PREFIX_SIZE);
  self->text = g_malloc0 (SAK_VFS_PAGE_SIZE);
  self->sealed = g_malloc0 (SAK_VFS_PAGE_SIZE);
  file->pMethods = &file_methods;
  return SQLITE_OK;
}

static int
delete_file (sqlite3_vfs *vfs,
             const char  *name,
             int          must_sync)
{
  SakVfs *self = vfs->pAppData;

  return self->base->xDelete (self->base, name, must_sync);
}

static int
access_file (sqlite3_vfs *vfs,
             const char  *name,
             int          flags,
             int         *ret_result)
{
  SakVfs *self = vfs->pAppData;

  return self->base->xAccess (self->base, name, flags, ret_result);
}

static int
make_full_path (sqlite3_vfs *vfs,
                const char  *name,
                int          size,
                char        *ret_path)
{
  SakVfs *self = vfs->pAppData;

  return self->base->xFullPathname (self->base, name, size, ret_path);
}

static int
get_random (sqlite3_vfs *vfs,
            int          size,
            char        *ret_bytes)
{
  SakVfs *self = vfs->pAppData;

  return self->base->xRandomness (self->base, size, ret_bytes);
}

static int
sleep_for (sqlite3_vfs *vfs,
           int          microseconds)
{
  SakVfs *self = vfs->pAppData;

  return self->base->xSleep (self->base, microseconds);
}

static int
get_time (sqlite3_vfs *vfs,
          double      *ret_julian_day)
{
  SakVfs *self = vfs->pAppData;

  return self->base->xCurrentTime (self->base, ret_julian_day);
}

static int
get_last_error (sqlite3_vfs *vfs,
                int          size,
                char        *ret_text)
{
  SakVfs *self = vfs->pAppData;

  return self->base->xGetLastError (self->base, size, ret_text);
}

/* No extensions: there is nothing to load them with. */
static void *
open_library (sqlite3_vfs *vfs,
              const char  *name)
{
  return NULL;
}

static void
tell_library_error (sqlite3_vfs *vfs,
                    int          size,
                    char        *ret_text)
{
  sqlite3_snprintf (size, ret_text, "extensions are not loaded");
}

static void
register_vfs (SakVfs *self)
{
  self->sqlite = (sqlite3_vfs) {
    .iVersion = 1,
    .szOsFile = sizeof (SakVfsFile) + self->base->szOsFile,
    .mxPathname = self->base->mxPathname,
    .zName = self->name,
    .pAppData = self,
    .xOpen = open_file,
    .xDelete = delete_file,
    .xAccess = access_file,
    .xFullPathname = make_full_path,
    .xDlOpen = open_library,
    .xDlError = tell_library_error,
    .xRandomness = get_random,
    .xSleep = sleep_for,
    .xCurrentTime = get_time,
    .xGetLastError = get_last_error,
  };
  if (sqlite3_vfs_register (&self->sqlite, FALSE) != SQLITE_OK)
    g_error ("SQLite takes no VFS");
}

static SakSecret *
derive_file_key (SakSecret    *master_key,
                 const char   *context,
                 const guint8  salt[static SAK_VFS_SALT_SIZE])
{
  return sak_kdf_derive (master_key, context, salt, SAK_VFS_SALT_SIZE);
}

SakVfs *
sak_vfs_new (const char   *base_name,
             SakSecret    *master_key,
             const guint8  vault_id[static SAK_VFS_VAULT_ID_SIZE],
             const guint8  salt[static SAK_VFS_SALT_SIZE])
{
  static int n_made;
  SakVfs *self = g_new0 (SakVfs, 1);

  g_assert (sak_secret_get_size (master_key) == SAK_AEAD_KEY_SIZE);
  (void) sak_vfs_wipe_freed_memory ();
  self->base = sqlite3_vfs_find (base_name);
  g_assert (self->base != NULL);
  self->name = g_strdup_printf ("sakkhi-%d", g_atomic_int_add (&n_made, 1));
  memcpy (self->vault_id, vault_id, SAK_VFS_VAULT_ID_SIZE);
  self->keys[SAK_VFS_ROLE_MAIN] = derive_file_key (master_key, "sakkhi vault main v1", salt);
  self->keys[SAK_VFS_ROLE_JOURNAL] = derive_file_key (master_key, "sakkhi vault journal v1", salt);
  self->keys[SAK_VFS_ROLE_WAL] = derive_file_key (master_key, "sakkhi vault wal v1", salt);
  self->keys[SAK_VFS_ROLE_TEMP] = sak_secret_new_random (SAK_AEAD_KEY_SIZE);
  register_vfs (self);
  return self;
}

/* Returns: the name to give to sqlite3_open_v2(). */
const char *
sak_vfs_get_name (SakVfs *self)
{
  return self->name;
}

gboolean
sak_vfs_has_seen_damage (SakVfs *self)
{
  return g_atomic_int_get (&self->is_damaged) != 0;
}

void
sak_vfs_forget_damage (SakVfs *self)
{
  g_atomic_int_set (&self->is_damaged, 0);
}

void
sak_vfs_free (SakVfs *self)
{
  if (self == NULL)
    return;
  sqlite3_vfs_unregister (&self->sqlite);
  for (int i = 0; i < SAK_VFS_N_ROLES; i++)
    g_clear_pointer (&self->keys[i], sak_secret_unref);
  g_free (self->name);
  g_free (self);
}
