/* sak-restore.c - a vault put in place out of a backup, whole or not at all
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-copy.h"

#include "crypto/sak-platform.h"
#include "storage/sak-code.h"
#include "storage/sak-copy-private.h"
#include "storage/sak-file.h"
#include "storage/sak-folder.h"
#include "storage/sak-network-private.h"
#include "storage/sak-new-folder.h"
#include "storage/sak-stream-private.h"

#include <string.h>

struct _SakRestore
{
  SakNewFolder *target;
  const char *scratch;          /* where it is until it has its place */
  SakHeader header;
  SakSecret *master_key;
};

/**
 * sak_restore_new:
 *
 * EXISTS where @directory is a folder with something in it, or a file.
 */
SakRestore *
sak_restore_new (const char  *directory,
                 GError     **error)
{
  g_autoptr (SakRestore) self = g_new0 (SakRestore, 1);

  self->target = sak_new_folder_new (directory, error);
  if (self->target == NULL)
    return NULL;
  self->scratch = sak_new_folder_get_scratch (self->target);
  return g_steal_pointer (&self);
}

void
sak_restore_free (SakRestore *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->target, sak_new_folder_free);
  g_clear_pointer (&self->master_key, sak_secret_unref);
  g_free (self);
}

static gboolean
write_header (SakRestore    *self,
              const char    *name,
              const guint8  *file,
              GError       **error)
{
  g_autofree char *path = g_build_filename (self->scratch, name, NULL);

  return sak_file_replace (path, file, SAK_SNAPSHOT_HEADER_SIZE, error);
}

/* Either of the two is enough. */
SakSecret *
sak_restore_unlock (SakRestore    *self,
                    const guint8  *headers,
                    SakCredential *credential,
                    GError       **error)
{
  guint slot;

  if (!write_header (self, "vault.header", headers, error) ||
      !write_header (self, "vault.header.bak", headers + SAK_SNAPSHOT_HEADER_SIZE, error))
    return NULL;
  self->master_key = sak_header_open (self->scratch, credential, &self->header, &slot, error);
  if (self->master_key == NULL)
    return NULL;
  return sak_kdf_derive (self->master_key, "sakkhi media identity v1", self->header.vault_id,
                         SAK_VFS_VAULT_ID_SIZE);
}

gboolean
sak_restore_check_space (SakRestore  *self,
                         guint64      needed,
                         GError     **error)
{
  guint64 free_bytes;

  if (!sak_platform_get_free_space (self->scratch, &free_bytes) || free_bytes > needed)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NO_SPACE, "the disk has not the %" G_GUINT64_FORMAT " bytes that it needs",
               needed);
  return FALSE;
}

/* The one inside is authenticated, and heals a damaged one at the file's beginning. */
static gboolean
take_header (SakRestore    *self,
             const char    *name,
             GInputStream  *content,
             GCancellable  *cancellable,
             GError       **error)
{
  guint8 file[SAK_SNAPSHOT_HEADER_SIZE];
  SakHeader header;

  if (!sak_copy_to_memory (content, file, sizeof file, cancellable, error) ||
      !sak_header_verify (file, sizeof file, self->master_key, &header, error))
    return FALSE;
  if (memcmp (header.vault_id, self->header.vault_id, sizeof header.vault_id) == 0 &&
      memcmp (header.file_salt, self->header.file_salt, sizeof header.file_salt) == 0)
    return write_header (self, name, file, error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the headers in the backup are of different vaults");
  return FALSE;
}

static gboolean
make_folder_for (SakRestore  *self,
                 const char  *name,
                 GError     **error)
{
  for (const char *slash = strchr (name, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *folder = g_strndup (name, (gsize) (slash - name));
      g_autofree char *path = g_build_filename (self->scratch, folder, NULL);

      if (!sak_file_make_directory (path, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sak_restore_take_file (SakRestore    *self,
                       const char    *name,
                       guint64        size,
                       GInputStream  *content,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autofree char *path = NULL;

  if (!sak_folder_name_is_valid (name))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the backup names a file that no vault has");
      return FALSE;
    }
  if (g_str_has_prefix (name, "vault.header"))
    return take_header (self, name, content, cancellable, error);
  path = g_build_filename (self->scratch, name, NULL);
  return make_folder_for (self, name, error) && sak_copy_to_file (content, path, size, cancellable, error);
}

/* Names first, then what holds them. */
static gboolean
sync_folders (const char  *path,
              GError     **error)
{
  static const char *const names[] = { "media", "inbox", "outbox" };
  g_autofree char *media = g_build_filename (path, "media", NULL);
  g_autoptr (GDir) directory = NULL;
  const char *entry;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folder = g_build_filename (path, names[i], NULL);

      if (!sak_file_make_directory (folder, error) || !sak_file_sync_directory (folder, error))
        return FALSE;
    }
  directory = g_dir_open (media, 0, NULL);
  while (directory != NULL && (entry = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *folder = g_build_filename (media, entry, NULL);

      if (!sak_file_sync_directory (folder, error))
        return FALSE;
    }
  return sak_file_sync_directory (path, error);
}

static gboolean
begin_anew (SakVault  *vault,
            GError   **error)
{
  if (!sak_vault_begin (vault, error))
    return FALSE;
  if (sak_stream_begin_anew (vault, error) && sak_code_begin_anew (vault, error) &&
      sak_network_begin_numbers_anew (vault, error) &&
      sak_vault_log_custody (vault, "restored", "", vault->name, error) && sak_vault_commit (vault, error))
    return TRUE;
  sak_vault_rollback (vault);
  return FALSE;
}

/**
 * sak_restore_finish:
 *
 * Returns: (transfer full): what a check of all of it found: damage that was in the vault
 *   when it was backed up
 */
SakCheckReport *
sak_restore_finish (SakRestore       *self,
                    SakProgressFunc   progress,
                    gpointer          progress_data,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_autoptr (SakCheckReport) report = NULL;
  g_autoptr (SakVault) vault = NULL;
  gboolean is_ready;

  if (!sync_folders (self->scratch, error))
    return NULL;
  vault = sak_vault_open_copy (self->scratch, "records.db", self->master_key, &self->header, error);
  if (vault == NULL)
    return NULL;
  report = sak_vault_check (vault, progress, progress_data, cancellable, error);
  is_ready = report != NULL && begin_anew (vault, error);
  sak_vault_lock (vault);
  if (!is_ready || !sak_new_folder_publish (self->target, error))
    return NULL;
  return g_steal_pointer (&report);
}
