/* sak-leftovers.c - what a crash left of an unfinished change goes when the vault is opened
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A media object moves to its place before the row that names it is committed, so that no
 * row is ever without its object. A process killed in between would leave an object that
 * no row knows, among a hundred thousand others. Therefore a mark comes first, an empty
 * file "media/<name of the object>.part", and goes after the commit. Opening looks at the
 * marks alone: what they name and no row knows was never taken in.
 */
#include "config.h"

#include "storage/sak-leftovers.h"

#include "storage/sak-file.h"
#include "storage/sak-folder.h"
#include "storage/sak-outbox-list.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART ".part"
#define OBJECT_DIGITS 64
#define TEMPORARY_DIGITS 32

static char *
make_mark_path (SakVault   *vault,
                const char *object)
{
  g_autofree char *file = g_strconcat (object, PART, NULL);

  return g_build_filename (vault->path, "media", file, NULL);
}

/**
 * sak_leftovers_mark:
 *
 * Says that @object is on its way. The folder media/ is the caller's to sync, before the
 * object moves.
 */
gboolean
sak_leftovers_mark (SakVault    *vault,
                    const char  *object,
                    GError     **error)
{
  g_autofree char *path = make_mark_path (vault, object);
  sak_autofd fd = -1;

  (void) unlink (path);         /* of an intake that failed earlier in this session */
  fd = sak_file_create (path, error);
  return fd >= 0;
}

/* Returns: FALSE where the database cannot tell. */
static gboolean
is_known (SakVault    *vault,
          const char  *object,
          gboolean    *ret_is_known)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT 1 FROM media WHERE object = ?1");
  gint64 found = 0;

  sak_db_bind_text (statement, 1, object);
  if (!sak_db_get_number (vault->db, statement, 0, &found, NULL))
    return FALSE;
  *ret_is_known = found != 0;
  return TRUE;
}

static gboolean
sync_if_there (const char *folder)
{
  g_autoptr (GError) error = NULL;

  return sak_file_sync_directory (folder, &error) || g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
}

/**
 * sak_leftovers_settle:
 *
 * Once the transaction is over, either way: removes the object if no row knows it, then
 * the mark. Where the database cannot tell, all stays as it is until the vault is opened
 * again: of a commit that failed it may be true all the same.
 */
void
sak_leftovers_settle (SakVault   *vault,
                      const char *object)
{
  g_autofree char *mark = make_mark_path (vault, object);
  g_autofree char *path = sak_vault_get_object_path (vault, object);
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean knows;
  struct stat status;

  if (vault->db == NULL || !is_known (vault, object, &knows))
    return;
  if (!knows)
    sak_pins_remove (vault->pins, path);
  /* The object must be gone for good before the mark is; a backup may be reading it still. */
  if (!knows && (lstat (path, &status) == 0 || errno != ENOENT || !sync_if_there (folder)))
    return;
  (void) unlink (mark);
}

/* So many lower-case hexadecimal digits and ".part": nobody else's file has such a name. */
static gboolean
is_part (const char *name,
         gsize       n_digits)
{
  return strlen (name) == n_digits + strlen (PART) && g_str_has_suffix (name, PART) &&
         strspn (name, "0123456789abcdef") == n_digits;
}

static void
remove_in (SakVault   *vault,
           const char *folder)
{
  g_autofree char *path = g_build_filename (vault->path, folder, NULL);
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) directory = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (is_part (name, TEMPORARY_DIGITS))
        (void) unlink (file);
      else if (is_part (name, OBJECT_DIGITS) && g_str_equal (folder, "media"))
        g_ptr_array_add (objects, g_strndup (name, OBJECT_DIGITS));
    }
  for (guint i = 0; i < objects->len; i++)
    sak_leftovers_settle (vault, g_ptr_array_index (objects, i));
}

/**
 * sak_leftovers_remove:
 * @vault: just opened
 *
 * Costs one reading of the folders media/ and inbox/, whatever the number of objects.
 */
void
sak_leftovers_remove (SakVault *vault)
{
  static const char *const headers[] = { "vault.header.part", "vault.header.bak.part" };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *path = g_build_filename (vault->path, headers[i], NULL);

      (void) unlink (path);
    }
  sak_folder_mark_finished (vault->path);
  remove_in (vault, "media");
  remove_in (vault, "inbox");
  sak_vault_settle_outbox (vault);
}
