/* sak-rescue.c - out of a damaged vault, a whole one with all that can still be read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The old vault is only read. Pages that authenticate are read past SQLite, for the tree
 * above a row may be what is damaged (sak-rescue-pages.c), rows are told apart by their
 * shape (-scan), verified and put into a new vault as if they arrived (-settings, -records,
 * -media). That is checked, and only then has its place.
 */
#include "config.h"

#include "storage/sak-rescue-private.h"

#include "storage/sak-code.h"
#include "storage/sak-file.h"
#include "storage/sak-folder.h"
#include "storage/sak-network-private.h"
#include "storage/sak-new-folder.h"

#include <string.h>
#include <sys/stat.h>

#define PROGRESS_INTERVAL_US 50000

static void
free_loss (gpointer data)
{
  SakLoss *loss = data;

  g_free (loss->record_id);
  g_free (loss->code);
  g_free (loss->title);
  g_free (loss->file_name);
  g_free (loss->detail);
  g_free (loss);
}

void
sak_rescue_report_free (SakRescueReport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->losses, g_ptr_array_unref);
  g_clear_pointer (&self->check, sak_check_report_free);
  g_free (self);
}

SakLoss *
sak_rescue_add_loss (SakRescue   *self,
                     SakLossKind  kind,
                     const char  *record_id,
                     const char  *detail)
{
  SakLoss *loss = g_new0 (SakLoss, 1);

  loss->kind = kind;
  loss->record_id = g_strdup (record_id);
  loss->detail = g_strdup (detail);
  g_ptr_array_add (self->report->losses, loss);
  return loss;
}

gboolean
sak_rescue_advance (SakRescue  *self,
                    guint64     n_bytes,
                    GError    **error)
{
  self->done_bytes += n_bytes;
  if (self->progress != NULL && g_get_monotonic_time () >= self->next_report)
    {
      self->progress (MIN (self->done_bytes, self->total_bytes), self->total_bytes, self->progress_data);
      self->next_report = g_get_monotonic_time () + PROGRESS_INTERVAL_US;
    }
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static void
rescue_clear (SakRescue *self)
{
  if (self->vault != NULL)
    sak_vault_lock (self->vault);
  g_clear_object (&self->vault);
  g_clear_pointer (&self->pages, sak_pages_free);
  g_clear_pointer (&self->found, sak_found_free);
  g_clear_pointer (&self->report, sak_rescue_report_free);
  g_clear_pointer (&self->master_key, sak_secret_unref);
  g_free (self->old_path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakRescue, rescue_clear)

/* A copy of the header, or a backup, which begins with two. */
static gboolean
put_header_copy (const char  *header,
                 const char  *folder,
                 GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "vault.header", NULL);
  g_autofree char *second_path = g_build_filename (folder, "vault.header.bak", NULL);
  g_autofree guint8 *bytes = g_malloc (2 * SAK_HEADER_SIZE);
  g_autoptr (GFile) file = g_file_new_for_path (header);
  GError *read_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &read_error);
  gsize got = 0;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, 2 * SAK_HEADER_SIZE, &got, NULL, &read_error))
    {
      sak_propagate_io_error (error, read_error);
      return FALSE;
    }
  if (got < SAK_HEADER_SIZE)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s is no copy of a header", header);
      return FALSE;
    }
  return sak_file_replace (path, bytes, SAK_HEADER_SIZE, error) &&
         (got < 2 * SAK_HEADER_SIZE ||
          sak_file_replace (second_path, bytes + SAK_HEADER_SIZE, SAK_HEADER_SIZE, error));
}

/* Opening may mend one header by the other: not on a disk that is only to be read. */
static gboolean
open_beside (SakRescue      *self,
             SakCredential  *credential,
             const char     *scratch,
             GError        **error)
{
  static const char *const names[] = { "vault.header", "vault.header.bak" };
  guint slot;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (self->old_path, names[i], NULL);
      g_autofree char *to = g_build_filename (scratch, names[i], NULL);
      g_autoptr (GBytes) file = sak_file_read (from, SAK_HEADER_SIZE * 16, NULL);

      if (file != NULL && !sak_file_replace (to, g_bytes_get_data (file, NULL), g_bytes_get_size (file), error))
        return FALSE;
    }
  self->master_key = sak_header_open (scratch, credential, &self->header, &slot, error);
  return self->master_key != NULL;
}

/* The vault's own header; a copy only where both of its own are damaged or gone. */
static gboolean
unlock (SakRescue      *self,
        const char     *header,
        SakCredential  *credential,
        const char     *scratch,
        GError        **error)
{
  g_autoptr (GError) own_error = NULL;
  guint slot;

  if (open_beside (self, credential, scratch, &own_error))
    return TRUE;
  if (header == NULL || g_error_matches (own_error, SAK_ERROR, SAK_ERROR_PASSPHRASE) ||
      g_error_matches (own_error, SAK_ERROR, SAK_ERROR_TOO_NEW))
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (!put_header_copy (header, scratch, error))
    return FALSE;
  self->master_key = sak_header_open (scratch, credential, &self->header, &slot, error);
  return self->master_key != NULL;
}

static guint64
get_media_size (SakRescue *self)
{
  guint64 sum = 0;

  for (guint i = 0; i < self->found->media->len; i++)
    sum += (guint64) MAX (g_array_index (self->found->media, SakFoundMedia, i).size, 0);
  return sum;
}

/* Codes that stood on lost pages must not be given to other records, nor numbers to other notices. */
static gboolean
begin_anew (SakRescue  *self,
            GError    **error)
{
  gboolean is_all_read = self->report->n_pages > 0 && self->report->n_damaged_pages == 0 &&
                         sak_pages_get_n_cut_off (self->pages) == 0 && !sak_pages_is_unsettled (self->pages);

  return is_all_read ||
         (sak_code_begin_anew (self->vault, error) && sak_network_begin_numbers_anew (self->vault, error));
}

static gboolean
fill_database (SakRescue  *self,
               GError    **error)
{
  if (!sak_vault_begin (self->vault, error))
    return FALSE;
  /* With the key: what was said to this vault is told apart from what others say to each other. */
  if (sak_rescue_settings (self, error) && sak_vault_load_signing_seed (self->vault, error) &&
      sak_rescue_exchange (self, error) && sak_rescue_records (self, error) &&
      sak_rescue_tell_known (self, error) && begin_anew (self, error) &&
      sak_rescue_media (self, error) && sak_rescue_custody (self, error) &&
      sak_vault_commit (self->vault, error))
    return TRUE;
  sak_vault_rollback (self->vault);
  return FALSE;
}

static gboolean
read_old (SakRescue  *self,
          GError    **error)
{
  g_autofree char *path = g_build_filename (self->old_path, "records.db", NULL);
  g_autoptr (SakVfs) vfs = sak_vfs_new (NULL, self->master_key, self->header.vault_id, self->header.file_salt);
  g_autoptr (SakVfsRaw) raw = sak_vfs_raw_new (vfs, path);
  gboolean went_well;

  self->pages = sak_pages_new (raw);
  self->total_bytes = 3 * (guint64) sak_pages_get_count (self->pages) * SAK_VFS_PAGE_SIZE;
  went_well = sak_rescue_scan (self, error);
  self->total_bytes += get_media_size (self);
  if (self->report->n_pages == 0)
    sak_rescue_add_loss (self, SAK_LOSS_PAGES, NULL, "records.db");
  went_well = went_well && fill_database (self, error);
  g_clear_pointer (&self->pages, sak_pages_free);
  return went_well;
}

/* As anybody would open it, and looked at from end to end. */
static gboolean
check_new (SakRescue   *self,
           const char  *scratch,
           GError     **error)
{
  g_autoptr (SakVault) vault = NULL;

  sak_vault_lock (self->vault);
  g_clear_object (&self->vault);
  if (!sak_header_write (&self->header, self->master_key, scratch, error))
    return FALSE;
  vault = sak_vault_open_copy (scratch, "records.db", self->master_key, &self->header, error);
  if (vault == NULL)
    return FALSE;
  self->report->check = sak_vault_check (vault, NULL, NULL, self->cancellable, error);
  sak_vault_lock (vault);
  return self->report->check != NULL;
}

static gboolean
rescue_into (SakRescue   *self,
             const char  *scratch,
             GError     **error)
{
  self->vault = sak_vault_create_copy (scratch, self->master_key, &self->header, error);
  return self->vault != NULL && read_old (self, error) && check_new (self, scratch, error);
}

static void
rescue_init (SakRescue  *self,
             const char *vault)
{
  self->old_path = g_canonicalize_filename (vault, NULL);
  self->found = sak_found_new ();
  self->report = g_new0 (SakRescueReport, 1);
  self->report->losses = g_ptr_array_new_with_free_func (free_loss);
}

SakRescueReport *
sak_rescue_with_key (const char       *vault,
                     const SakHeader  *header,
                     SakSecret        *master_key,
                     const char       *directory,
                     GError          **error)
{
  g_auto (SakRescue) self = { .header = *header };
  g_autoptr (SakNewFolder) target = sak_new_folder_new (directory, error);

  rescue_init (&self, vault);
  self.master_key = sak_secret_ref (master_key);
  if (target == NULL || !rescue_into (&self, sak_new_folder_get_scratch (target), error) ||
      !sak_new_folder_publish (target, error))
    return NULL;
  return g_steal_pointer (&self.report);
}

SakRescueReport *
sak_vault_rescue (const char       *vault,
                  const char       *header,
                  SakCredential    *credential,
                  const char       *directory,
                  const char       *parts,
                  SakProgressFunc   progress,
                  gpointer          progress_data,
                  GCancellable     *cancellable,
                  GError          **error)
{
  g_auto (SakRescue) self = { .parts_folder = parts, .progress = progress, .progress_data = progress_data,
                              .cancellable = cancellable };
  g_autoptr (SakNewFolder) target = NULL;
  sak_autofd lock = -1;

  rescue_init (&self, vault);
  if (!g_file_test (self.old_path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_VAULT, "%s is not a folder", self.old_path);
      return NULL;
    }
  if (parts != NULL && !g_file_test (parts, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no folder %s", parts);
      return NULL;
    }
  if ((lock = sak_file_lock_directory (self.old_path, error)) < 0 ||
      (target = sak_new_folder_new (directory, error)) == NULL ||
      !unlock (&self, header, credential, sak_new_folder_get_scratch (target), error) ||
      !rescue_into (&self, sak_new_folder_get_scratch (target), error) ||
      !sak_new_folder_publish (target, error))
    return NULL;
  return g_steal_pointer (&self.report);
}
