/* sak-folder.c - which names the files of a vault's folder have, and whether it is one yet
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-folder.h"

#include "storage/sak-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define MARK "vault.part"
#define DIGITS "0123456789abcdef"
#define OBJECT_DIGITS 64
#define MAX_BUNDLE_NAME 200

char *
sak_folder_name_object (const char *object)
{
  return g_strdup_printf ("media/%.2s/%s.age", object, object);
}

/* ab/<64 digits that begin with ab>.age */
static gboolean
is_object (const char *name)
{
  return strlen (name) == 3 + OBJECT_DIGITS + 4 && strspn (name, DIGITS) == 2 && name[2] == '/' &&
         strncmp (name, name + 3, 2) == 0 && strspn (name + 3, DIGITS) == OBJECT_DIGITS &&
         g_str_equal (name + 3 + OBJECT_DIGITS, ".age");
}

/* Portable to FAT (which knows no case), never hidden, never unfinished. */
static gboolean
is_bundle (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= MAX_BUNDLE_NAME && name[0] != '.' && name[0] != '-' && name[length - 1] != '.' &&
         strspn (name, DIGITS "ghijklmnopqrstuvwxyz._-") == length &&
         !g_str_has_suffix (name, ".part");
}

gboolean
sak_folder_name_is_valid (const char *name)
{
  if (g_str_has_prefix (name, "media/"))
    return is_object (name + strlen ("media/"));
  if (g_str_has_prefix (name, "inbox/"))
    return is_bundle (name + strlen ("inbox/"));
  if (g_str_has_prefix (name, "outbox/"))
    return is_bundle (name + strlen ("outbox/"));
  return g_str_equal (name, "vault.header") || g_str_equal (name, "vault.header.bak") ||
         g_str_equal (name, "records.db");
}

gboolean
sak_folder_is_leftover (const char *name)
{
  gsize n_digits = strspn (name, DIGITS);

  return (n_digits == 32 || n_digits == OBJECT_DIGITS) && g_str_equal (name + n_digits, ".part");
}

gboolean
sak_folder_is_recording (const char *name)
{
  return strspn (name, DIGITS) == 32 && g_str_equal (name + 32, ".rec");
}

static gboolean
is_ours (const char *name)
{
  const char *base = strrchr (name, '/');

  return sak_folder_name_is_valid (name) || g_str_equal (name, "records.db-journal") ||
         g_str_equal (name, "vault.header.part") || g_str_equal (name, "vault.header.bak.part") ||
         (base != NULL && (sak_folder_is_leftover (base + 1) || sak_folder_is_recording (base + 1)));
}

static gboolean
is_our_folder (const char *name)
{
  if (g_str_has_prefix (name, "media/"))
    return strlen (name) == strlen ("media/ab") && strspn (name + strlen ("media/"), DIGITS) == 2;
  return g_str_equal (name, "media") || g_str_equal (name, "inbox") || g_str_equal (name, "outbox");
}

static void
empty_inside (const char *path,
              const char *folder)
{
  g_autofree char *full = g_build_filename (path, folder, NULL);
  g_autoptr (GDir) directory = g_file_test (full, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (full, 0, NULL);
  const char *entry;

  while (directory != NULL && (entry = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *name = *folder == '\0' ? g_strdup (entry) : g_strdup_printf ("%s/%s", folder, entry);
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (is_ours (name))
        (void) g_unlink (inside);
      else if (is_our_folder (name))
        {
          empty_inside (path, name);
          (void) g_rmdir (inside);
        }
    }
}

void
sak_folder_empty (const char *path)
{
  empty_inside (path, "");
  /* Last: what is interrupted here must still be known as what it is. */
  sak_folder_mark_finished (path);
}

void
sak_folder_remove (const char *path)
{
  sak_folder_empty (path);
  (void) g_rmdir (path);
}

/* --- The mark --- */

static SakFileState
get_state (const char *path,
           const char *name)
{
  g_autofree char *file = g_build_filename (path, name, NULL);

  return sak_file_get_state (file);
}

gboolean
sak_folder_mark_unfinished (const char  *path,
                            GError     **error)
{
  g_autofree char *file = g_build_filename (path, MARK, NULL);
  sak_autofd fd = sak_file_create (file, error);

  return fd >= 0 && sak_file_sync_directory (path, error);
}

void
sak_folder_mark_finished (const char *path)
{
  g_autofree char *file = g_build_filename (path, MARK, NULL);

  (void) g_unlink (file);
}

gboolean
sak_folder_has_mark (const char *path)
{
  return get_state (path, MARK) == SAK_FILE_REGULAR;
}

static gboolean
has_header (const char *path)
{
  return get_state (path, "vault.header") != SAK_FILE_ABSENT || get_state (path, "vault.header.bak") != SAK_FILE_ABSENT;
}

gboolean
sak_folder_is_unfinished (const char *path)
{
  return sak_folder_has_mark (path) && !has_header (path);
}

gboolean
sak_folder_is_vault (const char *path)
{
  return has_header (path) || sak_folder_has_lost_header (path);
}

gboolean
sak_folder_has_lost_header (const char *path)
{
  return !has_header (path) && !sak_folder_has_mark (path) && get_state (path, "records.db") == SAK_FILE_REGULAR;
}
