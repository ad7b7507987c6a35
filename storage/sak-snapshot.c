/* sak-snapshot.c - a vault as it was at one moment, to be read while work in it goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only the database changes, so only that is copied: sealed, under a name that the next
 * opening would remove, and then without a name. Media objects never change; deleting one
 * waits until the snapshot ends (sak-pins.c).
 */
#include "config.h"

#include "storage/sak-snapshot-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "crypto/sak-platform.h"
#include "storage/sak-folder.h"
#include "storage/sak-vfs-pages.h"
#include "storage/sak-vfs-sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
free_file (gpointer data)
{
  SakSnapshotFile *file = data;

  g_free (file->name);
  g_free (file);
}

char *
sak_snapshot_make_part_name (void)
{
  guint8 random[16];
  g_autofree char *hex = NULL;

  sak_random_bytes (random, sizeof random);
  hex = sak_hex_encode (random, sizeof random);
  return g_strdup_printf ("inbox" G_DIR_SEPARATOR_S "%s.part", hex);
}

void
sak_snapshot_free (SakSnapshot *self)
{
  if (self == NULL)
    return;
  sak_pins_leave (self->pins, self->revoked);
  sak_pins_unref (self->pins);
  for (gsize i = 0; i < G_N_ELEMENTS (self->secrets); i++)
    g_clear_pointer (&self->secrets[i], sak_secret_unref);
  sak_fd_clear (&self->database);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->revoked);
  g_free (self->vault_path);
  g_free (self);
}

static void
add_file (SakSnapshot *self,
          const char  *name,
          guint64      size)
{
  SakSnapshotFile *file = g_new0 (SakSnapshotFile, 1);

  file->name = g_strdup (name);
  file->size_bytes = size;
  g_ptr_array_add (self->files, file);
}

/* Whichever of the two copies is whole; the vault was opened with one of them. */
static gboolean
read_header (const char  *vault_path,
             SakSecret   *master_key,
             guint8       file[static SAK_SNAPSHOT_HEADER_SIZE],
             SakHeader   *ret_header,
             GError     **error)
{
  static const char *const names[] = { "vault.header", "vault.header.bak" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (vault_path, names[i], NULL);
      g_autoptr (GBytes) bytes = sak_file_read (path, SAK_SNAPSHOT_HEADER_SIZE, NULL);

      if (bytes == NULL || g_bytes_get_size (bytes) != SAK_SNAPSHOT_HEADER_SIZE)
        continue;
      memcpy (file, g_bytes_get_data (bytes, NULL), SAK_SNAPSHOT_HEADER_SIZE);
      if (sak_header_verify (file, SAK_SNAPSHOT_HEADER_SIZE, master_key, ret_header, NULL))
        return TRUE;
    }
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "neither copy of the vault's header is whole");
  return FALSE;
}

GBytes *
sak_vault_dup_header (SakVault  *self,
                      GError   **error)
{
  guint8 file[SAK_SNAPSHOT_HEADER_SIZE];
  SakHeader header;

  if (!sak_vault_require_unlocked (self, error) ||
      !read_header (self->path, self->master_key, file, &header, error))
    return NULL;
  return g_bytes_new (file, sizeof file);
}

static gboolean
check_space (SakVault  *vault,
             GError   **error)
{
  g_autofree char *path = g_build_filename (vault->path, "records.db", NULL);
  struct stat status;
  guint64 free_bytes;

  if (stat (path, &status) != 0 || !sak_platform_get_free_space (vault->path, &free_bytes) ||
      free_bytes > (guint64) status.st_size)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NO_SPACE,
               "the vault's disk has no room for a second copy of the database, %" G_GINT64_FORMAT " bytes",
               (gint64) status.st_size);
  return FALSE;
}

/* A power cut may tear a page that no table uses: nobody reads it, and it is no damage. */
static gboolean
only_free_pages_are_torn (SakVault *vault)
{
  sqlite3 *sqlite = sak_db_get_sqlite (vault->db);
  g_autoptr (GHashTable) free_pages = sak_vfs_list_free_pages (sqlite);
  g_autofree guint8 *page = g_malloc (SAK_VFS_PAGE_SIZE);
  gint64 n_pages = sak_vfs_count_pages (sqlite);
  gint64 number;

  for (number = 1; number <= n_pages; number++)
    if (!sak_vfs_read_page (sqlite, number, page) &&
        !g_hash_table_contains (free_pages, GUINT_TO_POINTER (number)))
      break;
  sak_wipe (page, SAK_VFS_PAGE_SIZE);
  return number > n_pages;
}

/* Page by page; where that meets a torn free page, without the free ones. */
static gboolean
copy_pages (SakVault      *vault,
            const char    *path,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  sqlite3 *sqlite = sak_db_get_sqlite (vault->db);

  if (sak_vfs_copy_into (sqlite, vault->vfs, path, cancellable, &local_error))
    return TRUE;
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_DAMAGED) && only_free_pages_are_torn (vault))
    {
      (void) unlink (path);
      return sak_vfs_vacuum_into (sqlite, path, error);
    }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
copy_database (SakSnapshot   *self,
               SakVault      *vault,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree char *name = sak_snapshot_make_part_name ();
  g_autofree char *path = g_build_filename (self->vault_path, name, NULL);
  struct stat status;
  gboolean is_copied;

  is_copied = check_space (vault, error) &&
              copy_pages (vault, path, cancellable, error);
  if (is_copied)
    {
      self->database = open (path, O_RDONLY | O_CLOEXEC);
      is_copied = self->database >= 0 && fstat (self->database, &status) == 0;
      if (!is_copied)
        sak_set_error_from_errno (error, errno, path);
    }
  (void) unlink (path);
  if (is_copied)
    add_file (self, "records.db", (guint64) status.st_size);
  return is_copied;
}

static gboolean
list_media (SakSnapshot  *self,
            SakVault     *vault,
            GError      **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT object FROM media ORDER BY object");
  gboolean has_row = FALSE;

  for (;;)
    {
      g_autofree char *name = NULL;
      g_autofree char *object = NULL;
      g_autofree char *path = NULL;
      struct stat status;

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      object = sak_db_dup_text (statement, 0);
      name = sak_folder_name_object (object);
      path = g_build_filename (self->vault_path, name, NULL);
      if (sak_folder_name_is_valid (name) && lstat (path, &status) == 0 && S_ISREG (status.st_mode))
        add_file (self, name, (guint64) status.st_size);
      else
        self->n_missing++;
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Bundles on their way. */
static void
list_folder (SakSnapshot *self,
             const char  *folder)
{
  g_autofree char *path = g_build_filename (self->vault_path, folder, NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *entry;

  while (directory != NULL && (entry = g_dir_read_name (directory)) != NULL)
    g_ptr_array_add (names, g_strdup_printf ("%s/%s", folder, entry));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *full = g_build_filename (self->vault_path, names->pdata[i], NULL);
      struct stat status;

      if (sak_folder_name_is_valid (names->pdata[i]) && lstat (full, &status) == 0 && S_ISREG (status.st_mode))
        add_file (self, names->pdata[i], (guint64) status.st_size);
    }
}

static gboolean
mark (SakSnapshot  *self,
      SakVault     *vault,
      GError      **error)
{
  self->mark.time = g_get_real_time () / G_USEC_PER_SEC;
  return sak_db_get_number (vault->db, sak_db_prepare (vault->db, "SELECT coalesce (max (number), 0) FROM custody"),
                            0, &self->mark.n_custody, error) &&
         sak_db_get_number (vault->db, sak_db_prepare (vault->db, "SELECT coalesce (max (rowid), 0) FROM revision"),
                            0, &self->mark.last_revision, error);
}

static SakSecret *
copy_secret (SakSecret *secret)
{
  return sak_secret_new_copy (sak_secret_get_bytes (secret), sak_secret_get_size (secret));
}

/**
 * sak_vault_take_snapshot:
 *
 * DAMAGED where a page that holds something is not authentic: a backup of that would be no
 * backup. NO_SPACE where the vault's disk cannot hold its database twice.
 *
 * Returns: (transfer full): to be freed soon, for deleting waits for it
 */
SakSnapshot *
sak_vault_take_snapshot (SakVault      *self,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (SakSnapshot) snapshot = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  snapshot = g_new0 (SakSnapshot, 1);
  snapshot->database = -1;
  snapshot->vault_path = g_strdup (self->path);
  snapshot->files = g_ptr_array_new_with_free_func (free_file);
  snapshot->revoked = g_cancellable_new ();
  snapshot->secrets[0] = copy_secret (self->master_key);
  snapshot->secrets[1] = copy_secret (self->media_identity);
  snapshot->pins = sak_pins_ref (self->pins);
  sak_pins_enter (snapshot->pins, snapshot->revoked, snapshot->secrets);
  if (!read_header (snapshot->vault_path, snapshot->secrets[0], snapshot->header_file, &snapshot->header, error))
    return NULL;
  add_file (snapshot, "vault.header", sizeof snapshot->header_file);
  add_file (snapshot, "vault.header.bak", sizeof snapshot->header_file);
  if (!copy_database (snapshot, self, cancellable, error) || !mark (snapshot, self, error))
    return NULL;
  list_folder (snapshot, "inbox");
  if (!list_media (snapshot, self, error))
    return NULL;
  list_folder (snapshot, "outbox");
  return g_steal_pointer (&snapshot);
}

GPtrArray *
sak_snapshot_get_files (SakSnapshot *self)
{
  return self->files;
}

const SakSnapshotMark *
sak_snapshot_get_mark (SakSnapshot *self)
{
  return &self->mark;
}

const guint8 *
sak_snapshot_get_header (SakSnapshot *self)
{
  return self->header_file;
}

SakSecret *
sak_snapshot_get_media_identity (SakSnapshot *self)
{
  return self->secrets[1];
}

GCancellable *
sak_snapshot_get_revoked (SakSnapshot *self)
{
  return self->revoked;
}

static GInputStream *
open_descriptor (int          fd,
                 const char  *name,
                 GError     **error)
{
  if (fd >= 0)
    return g_unix_input_stream_new (fd, TRUE);
  sak_set_error_from_errno (error, errno, name);
  return NULL;
}

GInputStream *
sak_snapshot_open_file (SakSnapshot  *self,
                        guint         index,
                        GError      **error)
{
  const SakSnapshotFile *file = g_ptr_array_index (self->files, index);
  g_autofree char *path = g_build_filename (self->vault_path, file->name, NULL);

  if (g_str_has_prefix (file->name, "vault.header"))
    return g_memory_input_stream_new_from_data (self->header_file, sizeof self->header_file, NULL);
  if (g_str_equal (file->name, "records.db"))
    {
      (void) lseek (self->database, 0, SEEK_SET);
      return open_descriptor (dup (self->database), file->name, error);
    }
  return open_descriptor (open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK), file->name, error);
}
