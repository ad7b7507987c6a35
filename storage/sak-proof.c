/* sak-proof.c - that what a backup holds is the vault as it was
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-copy.h"

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "storage/sak-check-private.h"
#include "storage/sak-copy-private.h"
#include "storage/sak-folder.h"
#include "storage/sak-snapshot-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define BLOCK_SIZE (256 * 1024)

struct _SakProof
{
  SakSnapshot *snapshot;        /* borrowed */
  char *scratch;                /* name of the database's file in the vault */
  SakVault *copy;
  SakCheckReport *report;
  guint n_objects;
};

SakProof *
sak_proof_new (SakSnapshot *snapshot)
{
  SakProof *self = g_new0 (SakProof, 1);

  self->snapshot = snapshot;
  self->scratch = sak_snapshot_make_part_name ();
  return self;
}

void
sak_proof_free (SakProof *self)
{
  g_autofree char *path = NULL;

  if (self == NULL)
    return;
  if (self->copy != NULL)
    sak_vault_lock (self->copy);
  g_clear_object (&self->copy);
  path = g_build_filename (self->snapshot->vault_path, self->scratch, NULL);
  (void) g_unlink (path);
  g_clear_pointer (&self->report, sak_check_report_free);
  g_free (self->scratch);
  g_free (self);
}

static gboolean
set_unproven (GError     **error,
              const char  *what)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the backup that was written is not what it should be: %s", what);
  return FALSE;
}

static gboolean
prove_header (SakProof      *self,
              GInputStream  *content,
              GCancellable  *cancellable,
              GError       **error)
{
  guint8 file[SAK_SNAPSHOT_HEADER_SIZE];
  SakHeader header;

  if (!sak_copy_to_memory (content, file, sizeof file, cancellable, error))
    return FALSE;
  if (memcmp (file, self->snapshot->header_file, sizeof file) != 0)
    return set_unproven (error, "the header");
  return sak_header_verify (file, sizeof file, self->snapshot->secrets[0], &header, error);
}

static gboolean
prove_database (SakProof      *self,
                guint64        size,
                GInputStream  *content,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree char *path = g_build_filename (self->snapshot->vault_path, self->scratch, NULL);

  if (!sak_copy_to_file (content, path, size, cancellable, error))
    return FALSE;
  self->copy = sak_vault_open_copy (self->snapshot->vault_path, self->scratch, self->snapshot->secrets[0],
                                    &self->snapshot->header, error);
  if (self->copy == NULL)
    return FALSE;
  self->report = sak_vault_check_rows (self->copy, cancellable, error);
  return self->report != NULL;
}

/* FALSE without an error where the object itself, as it lies in the vault, cannot be read. */
static gboolean
hash_object (SakProof      *self,
             GInputStream  *content,
             guint8         digest[static SAK_SHA256_SIZE],
             guint64       *ret_size,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GError) inner_error = NULL;
  g_autoptr (SakAgeReader) reader = NULL;
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  SakSha256 hash;
  gssize n = -1;

  *ret_size = 0;
  sak_sha256_init (&hash);
  reader = sak_age_reader_new (content, &self->snapshot->secrets[1], 1, cancellable, &inner_error);
  while (reader != NULL &&
         (n = sak_age_reader_read (reader, block, BLOCK_SIZE, cancellable, &inner_error)) > 0)
    {
      sak_sha256_update (&hash, block, (gsize) n);
      *ret_size += (guint64) n;
    }
  sak_wipe (block, BLOCK_SIZE);
  sak_sha256_finish (&hash, digest);
  /* Was it the object or the backup? If the backup, then reading on fails as well. */
  while (n != 0 && (n = g_input_stream_read (content, block, BLOCK_SIZE, cancellable, error)) > 0)
    continue;
  return n == 0 && inner_error == NULL;
}

static gboolean
prove_object (SakProof      *self,
              const char    *name,
              GInputStream  *content,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *object = g_strndup (name + strlen ("media/ab/"), 64);
  g_autoptr (GError) local_error = NULL;
  sak_autostmt statement = NULL;
  guint8 digest[SAK_SHA256_SIZE];
  gboolean is_whole;
  gboolean has_row = FALSE;
  guint64 size;

  if (self->copy == NULL)
    return set_unproven (error, "the database is missing");
  is_whole = hash_object (self, content, digest, &size, cancellable, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  statement = sak_db_prepare (self->copy->db, "SELECT sha256, size FROM media WHERE object = ?1");
  sak_db_bind_text (statement, 1, object);
  if (!sak_db_step (self->copy->db, statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return set_unproven (error, "an object that no row knows");
  self->n_objects++;
  self->report->n_media++;
  self->report->media_bytes += size;
  if (!is_whole || sqlite3_column_bytes (statement, 0) != sizeof digest ||
      memcmp (digest, sqlite3_column_blob (statement, 0), sizeof digest) != 0)
    sak_check_add_media_damage (self->copy, self->report, SAK_DAMAGE_MEDIA_ALTERED,
                                sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
  return TRUE;
}

/* A bundle on its way: its bytes were hashed, what they are is for whoever opens it. */
static gboolean
pass_over (GInputStream  *content,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gssize n;

  while ((n = g_input_stream_read (content, block, BLOCK_SIZE, cancellable, error)) > 0)
    continue;
  return n == 0;
}

gboolean
sak_proof_take_file (SakProof      *self,
                     const char    *name,
                     guint64        size,
                     GInputStream  *content,
                     GCancellable  *cancellable,
                     GError       **error)
{
  if (g_str_has_prefix (name, "vault.header"))
    return prove_header (self, content, cancellable, error);
  if (g_str_equal (name, "records.db"))
    return prove_database (self, size, content, cancellable, error);
  if (g_str_has_prefix (name, "media/"))
    return prove_object (self, name, content, cancellable, error);
  return pass_over (content, cancellable, error);
}

/* What the vault has lost before, no backup can hold. */
static gboolean
add_missing (SakProof  *self,
             GError   **error)
{
  sak_autostmt statement = sak_db_prepare (self->copy->db, "SELECT sha256, object FROM media ORDER BY rowid");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean has_row = FALSE;

  for (guint i = 0; i < self->snapshot->files->len; i++)
    g_hash_table_add (names, ((SakSnapshotFile *) self->snapshot->files->pdata[i])->name);
  for (;;)
    {
      g_autofree char *object = NULL;
      g_autofree char *name = NULL;

      if (!sak_db_step (self->copy->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      object = sak_db_dup_text (statement, 1);
      name = sak_folder_name_object (object);
      if (!g_hash_table_contains (names, name))
        sak_check_add_media_damage (self->copy, self->report, SAK_DAMAGE_MEDIA_MISSING,
                                    sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
    }
}

/**
 * sak_proof_finish:
 *
 * Returns: (transfer full): what a check of the copy found. NULL where something of the
 *   vault is not in the copy
 */
SakCheckReport *
sak_proof_finish (SakProof  *self,
                  GError   **error)
{
  gint64 n_rows;

  if (self->copy == NULL)
    {
      set_unproven (error, "the database is missing");
      return NULL;
    }
  if (!sak_db_get_number (self->copy->db, sak_db_prepare (self->copy->db, "SELECT count(*) FROM media"),
                          0, &n_rows, error))
    return NULL;
  if ((guint64) n_rows != (guint64) self->n_objects + self->snapshot->n_missing)
    {
      set_unproven (error, "media are missing in it");
      return NULL;
    }
  if (self->snapshot->n_missing > 0 && !add_missing (self, error))
    return NULL;
  return g_steal_pointer (&self->report);
}
