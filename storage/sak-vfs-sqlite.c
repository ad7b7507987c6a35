/* sak-vfs-sqlite.c - a connection as the vault must have it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The settings that rules 5 to 7 of sak-vfs.c rest on, checked after they are made and
 * guarded by an authorizer afterwards: no SQL text can take them back, attach another
 * database or turn on WAL. sqlite3_set_authorizer() is therefore taken on such connections.
 */
#include "config.h"

#include "storage/sak-vfs-sqlite.h"

#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "storage/sak-vfs-private.h"

/* Of a copy, between two looks at whether it is cancelled: a few milliseconds. */
#define PAGES_PER_STEP 256

typedef struct
{
  const char *name;
  const char *value;
  const char *answer;           /* to the bare name, afterwards; NULL: there is none */
} Setting;

/* In this order: the lock before the file is looked at, the page size before the reserved
 * bytes. Memory mapping is off because the VFS refuses it; it has no answer to give.
 */
static const Setting settings[] = {
  { "locking_mode", "EXCLUSIVE", "exclusive" },
  { "page_size", "8192", NULL },
  { "mmap_size", "0", NULL },
  { "temp_store", "MEMORY", "2" },
  { "journal_mode", "PERSIST", "persist" },
  { "journal_size_limit", "4194304", "4194304" },
  { "synchronous", "FULL", "2" },
  { "cache_size", "-" G_STRINGIFY (SAK_VFS_CACHE_KIB), "-" G_STRINGIFY (SAK_VFS_CACHE_KIB) },
  { "secure_delete", "ON", "1" },
  { "cell_size_check", "ON", "1" },
  { "foreign_keys", "ON", "1" },
};

/* What SQL text may read but no longer set. */
static const char *const guarded[] = {
  "cell_size_check", "journal_mode", "journal_size_limit", "locking_mode", "mmap_size",
  "page_size", "secure_delete", "synchronous", "temp_store", "temp_store_directory",
  "trusted_schema", "wal_autocheckpoint", "wal_checkpoint", "writable_schema",
};

/**
 * sak_set_error_from_sqlite:
 * @what: what was being done; no case contents
 *
 * Takes the code of the last failure on @db, not its message: that can quote SQL text.
 */
void
sak_set_error_from_sqlite (GError    **error,
                           sqlite3    *db,
                           const char *what)
{
  int result = sqlite3_extended_errcode (db);
  SakError code;

  switch (result & 0xff)
    {
    case SQLITE_FULL:
      code = SAK_ERROR_NO_SPACE;
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      code = SAK_ERROR_IN_USE;
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      code = SAK_ERROR_DAMAGED;
      break;
    case SQLITE_IOERR:
      code = result == SQLITE_IOERR_DATA ? SAK_ERROR_DAMAGED : SAK_ERROR_IO;
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      code = SAK_ERROR_IO;
      break;
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, what);
      return;
    case SQLITE_NOMEM:
      code = SAK_ERROR_MEMORY;
      break;
    case SQLITE_TOOBIG:
      code = SAK_ERROR_TOO_LARGE;
      break;
    default:
      code = SAK_ERROR_FAILED;
      break;
    }
  g_set_error (error, SAK_ERROR, code, "%s: %s (SQLite %d)", what, sqlite3_errstr (result), result);
}

static gboolean
run_sql (sqlite3     *db,
         const char  *sql,
         GError     **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  sak_set_error_from_sqlite (error, db, sql);
  return FALSE;
}

static char *
read_pragma (sqlite3    *db,
             const char *name)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s", name);
  sqlite3_stmt *stmt = NULL;
  char *answer = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  return answer;
}

static const char *
choose_value (const Setting *setting)
{
  if (!SAK_VFS_HOLDS (DURABLE) && g_str_equal (setting->name, "synchronous"))
    return "OFF";
  if (!SAK_VFS_HOLDS (ALONE) && g_str_equal (setting->name, "locking_mode"))
    return "NORMAL";
  return setting->value;
}

static gboolean
apply_settings (sqlite3  *db,
                GError  **error)
{
  int reserved = SAK_VFS_RESERVED;

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *sql = g_strdup_printf ("PRAGMA %s = %s", settings[i].name,
                                              choose_value (&settings[i]));

      if (!run_sql (db, sql, error))
        return FALSE;
    }
  sqlite3_file_control (db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 1);      /* VACUUM needs one */
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  return TRUE;
}

static gboolean
setting_took (sqlite3     *db,
              const char  *name,
              const char  *expected,
              GError     **error)
{
  g_autofree char *answer = read_pragma (db, name);

  if (g_strcmp0 (answer, expected) == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_FAILED, "SQLite did not take %s=%s (%s)", name, expected,
               answer != NULL ? answer : "no answer");
  return FALSE;
}

/* After the lock: only now SQLite has looked at the file and knows its page size. */
static gboolean
settings_took (sqlite3  *db,
               GError  **error)
{
  int reserved = -1;

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (settings[i].answer != NULL && choose_value (&settings[i]) == settings[i].value
        && !setting_took (db, settings[i].name, settings[i].answer, error))
      return FALSE;
  sqlite3_file_control (db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  if (reserved != SAK_VFS_RESERVED)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_FAILED, "SQLite reserves %d bytes, not %d", reserved,
                   SAK_VFS_RESERVED);
      return FALSE;
    }
  return setting_took (db, "page_size", G_STRINGIFY (SAK_VFS_PAGE_SIZE), error);
}

/* SQLite takes the names of pragmas in any case. */
static gboolean
is_guarded (const char *pragma)
{
  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    if (g_ascii_strcasecmp (guarded[i], pragma) == 0)
      return TRUE;
  return FALSE;
}

/* @data: the one file that may be attached, by VACUUM INTO. VACUUM itself attaches a
 * temporary database, whose name is empty.
 */
static int
authorize (void       *data,
           int         action,
           const char *first,
           const char *second,
           const char *database,
           const char *trigger)
{
  switch (action)
    {
    case SQLITE_ATTACH:
      return g_strcmp0 (first, "") == 0 || (data != NULL && g_strcmp0 (first, data) == 0)
             ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_DETACH:
      return SQLITE_DENY;
    case SQLITE_PRAGMA:
      if (!SAK_VFS_HOLDS (NO_WAL) && g_str_equal (first, "journal_mode"))
        return SQLITE_OK;
      return second != NULL && is_guarded (first) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_FUNCTION:
      return g_strcmp0 (second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    default:
      return SQLITE_OK;
    }
}

/**
 * sak_vfs_configure:
 * @db: a connection just opened through a SakVfs, nothing done with it yet
 *
 * Makes the settings, rolls back what a crash left, and takes the exclusive lock; a new
 * database gets its first page. Fails with SAK_ERROR_IN_USE if another process has it,
 * with SAK_ERROR_DAMAGED if the first page is not this vault's.
 */
gboolean
sak_vfs_configure (sqlite3  *db,
                   GError  **error)
{
  if (!apply_settings (db, error)
      || !run_sql (db, "BEGIN EXCLUSIVE; COMMIT", error)
      || !settings_took (db, error))
    return FALSE;
  if (SAK_VFS_HOLDS (ALONE))
    sqlite3_set_authorizer (db, authorize, NULL);
  return TRUE;
}

/* Returns: for sqlite3_close(). */
sqlite3 *
sak_vfs_open_database (SakVfs      *vfs,
                       const char  *path,
                       GError     **error)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
              | SQLITE_OPEN_EXRESCODE;
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, flags, sak_vfs_get_name (vfs)) != SQLITE_OK)
    sak_set_error_from_sqlite (error, db, "opening the database");
  else if (sak_vfs_configure (db, error))
    return db;
  sqlite3_close (db);
  return NULL;
}

static gboolean
sync_path (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;

  if (!is_synced)
    sak_set_error_from_errno (error, errno, path);
  if (fd >= 0)
    close (fd);
  return is_synced;
}

/**
 * sak_vfs_vacuum_into:
 * @path: must not exist, or be empty
 *
 * Writes a consistent copy of the database, sealed with the same keys, and syncs it; its
 * directory is the caller's to sync.
 */
gboolean
sak_vfs_vacuum_into (sqlite3     *db,
                     const char  *path,
                     GError     **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean is_done = FALSE;

  sqlite3_set_authorizer (db, authorize, (gpointer) path);
  if (sqlite3_prepare_v2 (db, "VACUUM INTO ?", -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_bind_text (stmt, 1, path, -1, SQLITE_STATIC) == SQLITE_OK)
    is_done = sqlite3_step (stmt) == SQLITE_DONE;
  if (!is_done)
    sak_set_error_from_sqlite (error, db, "VACUUM INTO");
  sqlite3_finalize (stmt);
  sqlite3_set_authorizer (db, authorize, NULL);
  return is_done && sync_path (path, error);
}

/* A new file that only this copy uses: no journal, and it is synced once at its end. */
static sqlite3 *
open_copy (SakVfs      *vfs,
           const char  *path,
           GError     **error)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int reserved = SAK_VFS_RESERVED;
  sqlite3 *copy = NULL;

  if (sqlite3_open_v2 (path, &copy, flags, sak_vfs_get_name (vfs)) != SQLITE_OK)
    sak_set_error_from_sqlite (error, copy, "opening the copy of the database");
  else if (run_sql (copy, "PRAGMA locking_mode = EXCLUSIVE", error) &&
           run_sql (copy, "PRAGMA page_size = " G_STRINGIFY (SAK_VFS_PAGE_SIZE), error) &&
           run_sql (copy, "PRAGMA journal_mode = OFF", error) &&
           run_sql (copy, "PRAGMA synchronous = OFF", error))
    {
      sqlite3_file_control (copy, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
      return copy;
    }
  sqlite3_close (copy);
  return NULL;
}

static gboolean
copy_pages (sqlite3       *db,
            sqlite3       *copy,
            GCancellable  *cancellable,
            GError       **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (copy, "main", db, "main");
  int result = SQLITE_OK;
  int finished;

  if (backup == NULL)
    {
      sak_set_error_from_sqlite (error, copy, "copying the database");
      return FALSE;
    }
  while (result == SQLITE_OK && !g_cancellable_is_cancelled (cancellable))
    result = sqlite3_backup_step (backup, PAGES_PER_STEP);
  finished = sqlite3_backup_finish (backup);
  if (result == SQLITE_DONE && finished == SQLITE_OK)
    return TRUE;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    sak_set_error_from_sqlite (error, copy, "copying the database");
  return FALSE;
}

/**
 * sak_vfs_copy_into:
 * @vfs: the one that @db was opened with
 * @path: must not exist
 *
 * A consistent copy, page by page: each is authenticated, the unused ones too, and sealed
 * anew with the same keys. DAMAGED where one is not authentic. Synced; the caller removes
 * what a failure leaves.
 */
gboolean
sak_vfs_copy_into (sqlite3       *db,
                   SakVfs        *vfs,
                   const char    *path,
                   GCancellable  *cancellable,
                   GError       **error)
{
  sqlite3 *copy = open_copy (vfs, path, error);
  gboolean is_done;

  if (copy == NULL)
    return FALSE;
  is_done = copy_pages (db, copy, cancellable, error);
  if (sqlite3_close (copy) != SQLITE_OK && is_done)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_IO, "the copy of the database could not be closed");
      return FALSE;
    }
  return is_done && sync_path (path, error);
}
