/* sak-rescue-media.c - media into the new vault: those that rows know, and those that lie there
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each object is decrypted to its end and hashed before it is taken; so one whose row is
 * lost comes along as well, and only the key is needed for that.
 */
#include "config.h"

#include "storage/sak-rescue-private.h"

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "storage/sak-check-private.h"
#include "storage/sak-copy-private.h"
#include "storage/sak-file.h"
#include "storage/sak-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SIZE (64 * 1024)
#define MAX_PART_NAME 100       /* bytes */
#define MAX_SAME_PARTS 1000

/* What reading one object gave, as far as it went. */
typedef struct
{
  guint8 sha256[SAK_SHA256_SIZE];
  char name[2 * SAK_SHA256_SIZE + 1];   /* that its content gives it */
  guint64 readable_bytes;
  gboolean is_whole;
} Content;

static GInputStream *
open_old (SakRescue    *self,
          const char   *object,
          guint64      *ret_size)
{
  g_autofree char *name = sak_folder_name_object (object);
  g_autofree char *path = g_build_filename (self->old_path, name, NULL);
  struct stat status;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      close (fd);
      return NULL;
    }
  *ret_size = (guint64) status.st_size;
  return g_unix_input_stream_new (fd, TRUE);
}

/* FALSE only when cancelled. @part: (nullable): where the readable beginning goes. */
static gboolean
read_content (SakRescue      *self,
              GInputStream   *file,
              GOutputStream  *part,
              Content        *ret_content,
              GError        **error)
{
  g_autoptr (SakAgeReader) reader = NULL;
  g_autoptr (SakBlake2b) name = sak_blake2b_new (sak_secret_get_bytes (self->vault->media_name_key),
                                                 SAK_KDF_KEY_SIZE, SAK_SHA256_SIZE);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  g_autofree char *hex = NULL;
  guint8 keyed[SAK_SHA256_SIZE];
  SakSha256 hash;
  gssize n = -1;

  memset (ret_content, 0, sizeof *ret_content);
  sak_sha256_init (&hash);
  reader = sak_age_reader_new (file, &self->vault->media_identity, 1, NULL, NULL);
  while (reader != NULL && (n = sak_age_reader_read (reader, block, BLOCK_SIZE, NULL, NULL)) > 0)
    {
      sak_sha256_update (&hash, block, (gsize) n);
      sak_blake2b_update (name, block, (gsize) n);
      ret_content->readable_bytes += (guint64) n;
      if (part != NULL && !g_output_stream_write_all (part, block, (gsize) n, NULL, NULL, error))
        break;
      if (!sak_rescue_advance (self, (guint64) n, error))
        break;
    }
  sak_wipe (block, BLOCK_SIZE);
  sak_sha256_finish (&hash, ret_content->sha256);
  sak_blake2b_finish (name, keyed);
  hex = sak_hex_encode (keyed, sizeof keyed);
  memcpy (ret_content->name, hex, sizeof ret_content->name);
  ret_content->is_whole = n == 0;
  return n <= 0;
}

static gboolean
is_there (SakRescue     *self,
          const guint8  *sha256,
          gboolean      *ret_is_there,
          GError       **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db, "SELECT 1 FROM media WHERE sha256 = ?1");
  gint64 found = 0;

  sak_db_bind_blob (statement, 1, sha256, SAK_SHA256_SIZE);
  if (!sak_db_get_number (self->vault->db, statement, 0, &found, error))
    return FALSE;
  *ret_is_there = found != 0;
  return TRUE;
}

static gboolean
insert_row (SakRescue      *self,
            const Content  *content,
            GError        **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db, "INSERT INTO media (sha256, object, size, added)"
                                           " VALUES (?1, ?2, ?3, ?4)");

  sak_db_bind_blob (statement, 1, content->sha256, sizeof content->sha256);
  sak_db_bind_text (statement, 2, content->name);
  sqlite3_bind_int64 (statement, 3, (gint64) content->readable_bytes);
  sqlite3_bind_int64 (statement, 4, g_get_real_time () / G_USEC_PER_SEC);
  sak_freshness_add (&self->vault->freshness, "media", content->sha256, sizeof content->sha256,
                     content->name, strlen (content->name));
  return sak_db_run (self->vault->db, statement, error);
}

static gboolean
copy_object (SakRescue    *self,
             const char   *object,
             const char   *new_name,
             GError      **error)
{
  g_autofree char *path = sak_vault_get_object_path (self->vault, new_name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *media = g_path_get_dirname (folder);
  guint64 size = 0;
  g_autoptr (GInputStream) file = open_old (self, object, &size);

  if (file == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "an object cannot be opened a second time");
      return FALSE;
    }
  if (sak_file_make_directory (folder, error) && sak_file_sync_directory (media, error) &&
      sak_copy_to_file (file, path, size, self->cancellable, error))
    return sak_file_sync_directory (folder, error);
  (void) g_unlink (path);
  return FALSE;
}

/* A disk that fails may give a file once and not again: that file is lost, not all of it. What
 * the new vault's disk says comes as an error of our own.
 */
static gboolean
is_of_the_old_disk (const GError *error)
{
  return (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, SAK_ERROR, SAK_ERROR_INVALID);
}

static gboolean
take_whole (SakRescue      *self,
            const char     *object,
            const Content  *content,
            GError        **error)
{
  gboolean has = FALSE;

  if (!is_there (self, content->sha256, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  if (!copy_object (self, object, content->name, error) || !insert_row (self, content, error))
    return FALSE;
  self->report->n_media++;
  self->report->media_bytes += content->readable_bytes;
  return TRUE;
}

/* Names the file as the records that came along do. */
static SakLoss *
tell_loss (SakRescue     *self,
           SakLossKind    kind,
           const guint8  *sha256,
           const char    *object)
{
  g_autoptr (SakCheckReport) named = NULL;
  g_autofree char *hex = NULL;
  const SakDamage *damage;
  SakLoss *loss;

  if (sha256 == NULL)
    return sak_rescue_add_loss (self, kind, NULL, object);
  named = sak_check_report_new ();
  hex = sak_hex_encode (sha256, SAK_SHA256_SIZE);
  sak_check_add_media_damage (self->vault, named, SAK_DAMAGE_MEDIA_MISSING, sha256, SAK_SHA256_SIZE);
  damage = g_ptr_array_index (named->damages, 0);
  loss = sak_rescue_add_loss (self, kind, damage->record_id, hex);
  loss->code = g_strdup (damage->code);
  loss->title = g_strdup (damage->title);
  loss->file_name = g_strdup (damage->file_name);
  return loss;
}

/* What every file system takes: the end of a long name, for what stands behind its last dot. */
static char *
make_part_name (const char *object,
                const char *file_name)
{
  g_autofree char *name = g_utf8_make_valid (file_name != NULL ? file_name : "unnamed", -1);
  const char *end = name + strlen (name);

  while (end > name && (gsize) (name + strlen (name) - end) < MAX_PART_NAME)
    end = g_utf8_prev_char (end);
  for (char *at = name; *at != '\0'; at++)
    if ((guchar) *at < ' ' || strchr ("/\\:*?\"<>|", *at) != NULL)
      *at = '_';
  return g_strdup_printf ("%.8s-%s", object, end);
}

/* A file of an earlier rescue stays. */
static GFileOutputStream *
create_part (SakRescue   *self,
             const char  *name,
             GError     **error)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *base = n == 1 ? g_strdup (name) : g_strdup_printf ("%u-%s", n, name);
      g_autofree char *path = g_build_filename (self->parts_folder, base, NULL);
      g_autoptr (GFile) target = g_file_new_for_path (path);
      GError *create_error = NULL;
      GFileOutputStream *part = g_file_create (target, G_FILE_CREATE_PRIVATE, NULL, &create_error);

      if (part != NULL)
        return part;
      if (n < MAX_SAME_PARTS && g_error_matches (create_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_error_free (create_error);
          continue;
        }
      sak_propagate_io_error (error, create_error);
      return NULL;
    }
}

/* On the person's word alone: what is in the parts' folder is not encrypted. */
static gboolean
save_part (SakRescue      *self,
           const char     *object,
           const SakLoss  *loss,
           GError        **error)
{
  g_autofree char *name = make_part_name (object, loss->file_name);
  g_autoptr (GFileOutputStream) part = NULL;
  g_autoptr (GInputStream) file = NULL;
  GError *local_error = NULL;
  guint64 size = 0;
  Content content;

  if (self->parts_folder == NULL || loss->n_bytes == 0 || (file = open_old (self, object, &size)) == NULL)
    return TRUE;
  part = create_part (self, name, error);
  if (part == NULL)
    return FALSE;
  if (read_content (self, file, G_OUTPUT_STREAM (part), &content, &local_error))
    return TRUE;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, local_error);
  else
    sak_propagate_io_error (error, local_error);
  return FALSE;
}

/* @media: (nullable): what a row says of it. */
static gboolean
rescue_object (SakRescue            *self,
               const char           *object,
               const SakFoundMedia  *media,
               GError              **error)
{
  guint64 size = 0;
  g_autoptr (GInputStream) file = open_old (self, object, &size);
  g_autoptr (GError) local_error = NULL;
  Content content;
  SakLoss *loss;

  if (file == NULL)
    {
      tell_loss (self, SAK_LOSS_MEDIA_MISSING, media != NULL ? media->sha256 : NULL, object);
      return TRUE;
    }
  if (!read_content (self, file, NULL, &content, error))
    return FALSE;
  if (content.is_whole &&
      (media == NULL || memcmp (media->sha256, content.sha256, sizeof content.sha256) == 0))
    {
      if (take_whole (self, object, &content, &local_error))
        return TRUE;
      if (!is_of_the_old_disk (local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  loss = tell_loss (self, SAK_LOSS_MEDIA_DAMAGED, media != NULL ? media->sha256 : NULL, object);
  loss->n_bytes = content.readable_bytes;
  return save_part (self, object, loss, error);
}

/* What lies in one folder of media/ and no row knows. */
static gboolean
rescue_unknown_in (SakRescue    *self,
                   const char   *folder,
                   GHashTable   *known,
                   GError      **error)
{
  g_autofree char *path = g_build_filename (self->old_path, "media", folder, NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *entry;

  while (directory != NULL && (entry = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *name = g_strdup_printf ("media/%s/%s", folder, entry);
      g_autofree char *object = NULL;

      if (!sak_folder_name_is_valid (name))
        continue;
      object = g_strndup (entry, 2 * SAK_SHA256_SIZE);
      if (!g_hash_table_contains (known, object) && !rescue_object (self, object, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
rescue_unknown (SakRescue   *self,
                GHashTable  *known,
                GError     **error)
{
  g_autofree char *path = g_build_filename (self->old_path, "media", NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *entry;

  while (directory != NULL && (entry = g_dir_read_name (directory)) != NULL)
    if (strlen (entry) == 2 && !rescue_unknown_in (self, entry, known, error))
      return FALSE;
  return TRUE;
}

/* What records name and nobody has seen: with the row it would have been told above. */
static gboolean
tell_unfound (SakRescue   *self,
              GHashTable  *told,
              GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db,
                                           "SELECT DISTINCT sha256 FROM media_use JOIN record"
                                           " ON record.rowid = media_use.record WHERE origin IS NULL AND NOT EXISTS"
                                           " (SELECT 1 FROM media WHERE media.sha256 = media_use.sha256)");
  gboolean has_row = FALSE;

  for (;;)
    {
      guint8 sha256[SAK_SHA256_SIZE];
      g_autofree char *hex = NULL;

      if (!sak_db_step (self->vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (!sak_db_copy_blob (statement, 0, sha256, sizeof sha256))
        continue;
      hex = sak_hex_encode (sha256, sizeof sha256);
      if (!g_hash_table_contains (told, hex))
        tell_loss (self, SAK_LOSS_MEDIA_MISSING, sha256, NULL);
    }
}

gboolean
sak_rescue_media (SakRescue  *self,
                  GError    **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->found->media->len; i++)
    {
      const SakFoundMedia *media = &g_array_index (self->found->media, SakFoundMedia, i);

      g_hash_table_add (known, (gpointer) media->object);
      g_hash_table_add (told, sak_hex_encode (media->sha256, sizeof media->sha256));
      if (!rescue_object (self, media->object, media, error))
        return FALSE;
    }
  return rescue_unknown (self, known, error) && tell_unfound (self, told, error);
}
