/* sak-backup-contents.c - the two texts of a backup: what it holds, and the digests
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-backup-contents.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-folder.h"

#define MAGIC "sakkhi-backup"
#define VERSION 1
#define MAX_NUMBER ((guint64) 1 << 53)

static void
free_file (gpointer data)
{
  SakBackupFile *file = data;

  g_free (file->name);
  g_free (file);
}

SakBackupContents *
sak_backup_contents_new (gint64 time)
{
  SakBackupContents *self = g_new0 (SakBackupContents, 1);

  self->time = time;
  self->files = g_ptr_array_new_with_free_func (free_file);
  return self;
}

void
sak_backup_contents_add (SakBackupContents *self,
                         const char        *name,
                         guint64            size)
{
  SakBackupFile *file = g_new0 (SakBackupFile, 1);

  file->name = g_strdup (name);
  file->size_bytes = size;
  g_ptr_array_add (self->files, file);
  self->total_bytes += size;
}

void
sak_backup_contents_free (SakBackupContents *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->files);
  g_free (self);
}

char *
sak_backup_contents_to_text (const SakBackupContents *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, MAGIC " %d\n%" G_GINT64_FORMAT " %u %" G_GUINT64_FORMAT "\n", VERSION,
                          self->time, self->files->len, self->total_bytes);
  for (guint i = 0; i < self->files->len; i++)
    {
      const SakBackupFile *file = g_ptr_array_index (self->files, i);

      g_string_append_printf (text, "%" G_GUINT64_FORMAT " %s\n", file->size_bytes, file->name);
    }
  return g_string_free (text, FALSE);
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the backup's list of contents: %s", what);
  return FALSE;
}

/* The three that every vault has come first, the others ascending: so none comes twice. */
static gboolean
check_order (const SakBackupContents  *self,
             GError                  **error)
{
  static const char *const first[] = { "vault.header", "vault.header.bak", "records.db" };

  if (self->files->len < G_N_ELEMENTS (first))
    return refuse (error, "too short");
  for (guint i = 0; i < self->files->len; i++)
    {
      const SakBackupFile *file = g_ptr_array_index (self->files, i);
      const SakBackupFile *previous = i > 0 ? g_ptr_array_index (self->files, i - 1) : NULL;

      if (i < G_N_ELEMENTS (first) ? !g_str_equal (file->name, first[i])
          : !sak_folder_name_is_valid (file->name) || strchr (file->name, '/') == NULL)
        return refuse (error, "a name that does not belong there");
      if (i > G_N_ELEMENTS (first) && strcmp (previous->name, file->name) >= 0)
        return refuse (error, "names out of order");
    }
  return TRUE;
}

static gboolean
parse_line (SakBackupContents  *self,
            const char         *line,
            GError            **error)
{
  const char *space = strchr (line, ' ');
  g_autofree char *number = space != NULL ? g_strndup (line, (gsize) (space - line)) : NULL;
  guint64 size;

  if (number == NULL || !g_ascii_string_to_unsigned (number, 10, 0, MAX_NUMBER, &size, NULL))
    return refuse (error, "a line without a size");
  sak_backup_contents_add (self, space + 1, size);
  return self->total_bytes <= MAX_NUMBER || refuse (error, "the sizes");
}

static gboolean
check_version (const char  *line,
               GError     **error)
{
  guint64 version;

  if (line == NULL || !g_str_has_prefix (line, MAGIC " ") ||
      !g_ascii_string_to_unsigned (line + strlen (MAGIC " "), 10, 1, MAX_NUMBER, &version, NULL))
    return refuse (error, "it is none");
  if (version == VERSION)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW, "the backup has format %" G_GUINT64_FORMAT
               ", this program knows %d", version, VERSION);
  return FALSE;
}

SakBackupContents *
sak_backup_contents_parse (const char  *text,
                           gsize        size,
                           GError     **error)
{
  g_autofree char *copy = memchr (text, '\0', size) == NULL ? g_strndup (text, size) : g_strdup ("");
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  g_autoptr (SakBackupContents) self = NULL;
  g_autofree char *again = NULL;
  g_autofree char *time = NULL;
  gint64 seconds;

  if (!check_version (lines[0], error))
    return NULL;
  time = lines[1] != NULL && strchr (lines[1], ' ') != NULL
         ? g_strndup (lines[1], (gsize) (strchr (lines[1], ' ') - lines[1])) : NULL;
  if (time == NULL || !g_ascii_string_to_signed (time, 10, 0, (gint64) MAX_NUMBER, &seconds, NULL))
    {
      refuse (error, "the time");
      return NULL;
    }
  self = sak_backup_contents_new (seconds);
  for (char **line = lines + 2; *line != NULL && **line != '\0'; line++)
    if (!parse_line (self, *line, error))
      return NULL;
  if (!check_order (self, error))
    return NULL;
  /* One spelling: also of the sums, and of the end. */
  again = sak_backup_contents_to_text (self);
  if (strlen (again) == size && memcmp (again, text, size) == 0)
    return g_steal_pointer (&self);
  refuse (error, "its spelling");
  return NULL;
}

char *
sak_backup_manifest_line (const guint8  digest[static SAK_SHA256_SIZE],
                          const char   *name)
{
  g_autofree char *hex = sak_hex_encode (digest, SAK_SHA256_SIZE);

  return g_strdup_printf ("%s  %s\n", hex, name);
}
