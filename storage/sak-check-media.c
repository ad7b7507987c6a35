/* sak-check-media.c - are the photos, recordings and papers what was put there?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-check-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "storage/sak-folder.h"
#include "storage/sak-record-private.h"
#include "storage/sak-set-aside.h"

#include <string.h>

#define BLOCK_SIZE (256 * 1024)

/* Of the records that have it, the first that can be read. */
static char *
find_file_name (SakVault   *vault,
                const char *record_id,
                const char *sha256)
{
  g_autoptr (GPtrArray) media = sak_vault_list_media (vault, record_id, NULL);

  for (guint i = 0; media != NULL && i < media->len; i++)
    {
      const SakMediaInfo *info = g_ptr_array_index (media, i);

      if (g_str_equal (info->sha256, sha256))
        return g_strdup (info->name);
    }
  return NULL;
}

void
sak_check_add_media_damage (SakVault       *vault,
                            SakCheckReport *report,
                            SakDamageKind   kind,
                            const guint8   *sha256,
                            int             size)
{
  g_autofree char *hex = sak_hex_encode (sha256, (gsize) size);
  g_autoptr (GPtrArray) users = sak_vault_list_media_users (vault, hex, NULL);
  SakDamage *damage = sak_check_add_damage (report, kind, NULL, hex);

  for (guint i = 0; users != NULL && i < users->len && damage->file_name == NULL; i++)
    {
      g_free (damage->record_id);
      damage->record_id = g_strdup (users->pdata[i]);
      damage->file_name = find_file_name (vault, damage->record_id, hex);
    }
  if (damage->record_id != NULL)
    sak_check_name_record (vault, damage);
}

/* FALSE with no error where the content is not what it was. */
static gboolean
hash_content (SakCheck      *check,
              GInputStream  *stream,
              guint8         digest[static SAK_SHA256_SIZE],
              GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  SakSha256 hash;
  gssize n;

  sak_sha256_init (&hash);
  while ((n = g_input_stream_read (stream, block, BLOCK_SIZE, check->cancellable, error)) > 0)
    {
      sak_sha256_update (&hash, block, (gsize) n);
      check->report->media_bytes += (guint64) n;
      if (!sak_check_advance (check, (guint64) n, error))
        {
          n = -1;
          break;
        }
    }
  sak_wipe (block, BLOCK_SIZE);
  sak_sha256_finish (&hash, digest);
  return n == 0;
}

static gboolean
look_at_content (SakCheck       *check,
                 sqlite3_stmt   *row,
                 gconstpointer   unused,
                 GError        **error)
{
  g_autofree char *object = sak_db_dup_text (row, 1);
  g_autofree char *path = sak_vault_get_object_path (check->vault, object);
  const guint8 *sha256 = sqlite3_column_blob (row, 0);
  int size = sqlite3_column_bytes (row, 0);
  g_autofree char *hex = sak_hex_encode (sha256, (gsize) size);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 digest[SAK_SHA256_SIZE];

  check->report->n_media++;
  g_hash_table_add (check->objects, g_strdup (object));
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      sak_check_add_media_damage (check->vault, check->report, SAK_DAMAGE_MEDIA_MISSING, sha256, size);
      return TRUE;
    }
  stream = sak_vault_open_media (check->vault, hex, &local_error);
  if (stream != NULL && hash_content (check, stream, digest, &local_error) &&
      size == SAK_SHA256_SIZE && memcmp (digest, sha256, sizeof digest) == 0)
    return TRUE;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  sak_check_add_media_damage (check->vault, check->report, SAK_DAMAGE_MEDIA_ALTERED, sha256, size);
  return TRUE;
}

/* Work that is going on while this is checked, such as a backup, is no stray. */
static void
find_strays_in (SakCheck   *check,
                const char *folder)
{
  g_autofree char *path = g_build_filename (check->vault->path, folder, NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  gboolean is_media = g_str_equal (folder, "media");
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inside = g_build_filename (folder, name, NULL);
      g_autofree char *full = g_build_filename (path, name, NULL);
      g_autofree char *object = g_str_has_suffix (name, ".age") ? g_strndup (name, strlen (name) - 4) : NULL;

      if (sak_folder_is_leftover (name) || (is_media && sak_folder_is_recording (name)) ||
          (!is_media && sak_vault_has_set_aside (check->vault, name)))
        continue;
      if (g_file_test (full, G_FILE_TEST_IS_DIR) && is_media)
        find_strays_in (check, inside);
      else if (object == NULL || !g_hash_table_contains (check->objects, object))
        sak_check_add_damage (check->report, SAK_DAMAGE_MEDIA_STRAY, NULL, inside);
    }
}

gboolean
sak_check_media (SakCheck  *check,
                 GError   **error)
{
  if (!sak_check_each_row (check, "SELECT sha256, object FROM media ORDER BY rowid", "media", look_at_content, NULL,
                           error))
    return FALSE;
  find_strays_in (check, "media");
  find_strays_in (check, "inbox");
  return TRUE;
}

static gboolean
add_content (SakCheck       *check,
             sqlite3_stmt   *row,
             gconstpointer   kind,
             GError        **error)
{
  sak_check_add_media_damage (check->vault, check->report, *(const SakDamageKind *) kind,
                              sqlite3_column_blob (row, 0), sqlite3_column_bytes (row, 0));
  return TRUE;
}

static gboolean
list_contents (SakCheck       *check,
               SakDamageKind   kind,
               const char     *sql,
               GError        **error)
{
  return sak_check_each_row (check, sql, "which records use which media", add_content, &kind, error);
}

/* What others sent may come without its media; what is ours should have them. */
gboolean
sak_check_media_rows (SakCheck  *check,
                      GError   **error)
{
  return list_contents (check, SAK_DAMAGE_MEDIA_ABSENT,
                        "SELECT DISTINCT sha256 FROM media_use JOIN record ON record.rowid = media_use.record"
                        " WHERE origin IS NULL AND NOT EXISTS"
                        " (SELECT 1 FROM media WHERE media.sha256 = media_use.sha256)", error) &&
         list_contents (check, SAK_DAMAGE_MEDIA_UNUSED,
                        "SELECT sha256 FROM media WHERE NOT EXISTS"
                        " (SELECT 1 FROM media_use WHERE media_use.sha256 = media.sha256)", error);
}
