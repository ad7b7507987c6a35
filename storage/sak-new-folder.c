/* sak-new-folder.c - a vault's folder that has its name only when it is complete
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-new-folder.h"

#include "storage/sak-file.h"
#include "storage/sak-folder.h"

#include <errno.h>
#include <glib/gstdio.h>

struct _SakNewFolder
{
  char *directory;
  char *scratch;                /* NULL once it is in its place */
  SakFd lock;
};

static gboolean
is_empty_or_absent (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);

  if (directory == NULL)
    return !g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
  return g_dir_read_name (directory) == NULL;
}

/* What an interrupted restore or rescue to the same place left is ours to remove: it is nobody's
 * vault yet. Something else under that name is not; nor is what somebody found there and
 * opened, for opening takes the mark away.
 */
static gboolean
make_scratch (SakNewFolder  *self,
              GError       **error)
{
  if (g_file_test (self->scratch, G_FILE_TEST_IS_DIR) && !g_file_test (self->scratch, G_FILE_TEST_IS_SYMLINK) &&
      sak_folder_has_mark (self->scratch))
    {
      sak_autofd lock = sak_file_lock_directory (self->scratch, error);

      if (lock < 0)
        return FALSE;
      sak_folder_remove (self->scratch);
    }
  /* An empty one may be what a power cut left before there was a mark. */
  (void) g_rmdir (self->scratch);
  if (g_mkdir (self->scratch, 0700) == 0)
    return TRUE;
  sak_set_error_from_errno (error, errno, self->scratch);
  return FALSE;
}

SakNewFolder *
sak_new_folder_new (const char  *directory,
                    GError     **error)
{
  g_autoptr (SakNewFolder) self = g_new0 (SakNewFolder, 1);

  self->lock = -1;
  self->directory = g_canonicalize_filename (directory, NULL);
  if (!is_empty_or_absent (self->directory))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "%s exists and is not an empty folder", self->directory);
      return NULL;
    }
  self->scratch = g_strconcat (self->directory, ".part", NULL);
  if (!make_scratch (self, error))
    {
      g_clear_pointer (&self->scratch, g_free);         /* not ours to remove */
      return NULL;
    }
  self->lock = sak_file_lock_directory (self->scratch, error);
  if (self->lock < 0 || !sak_folder_mark_unfinished (self->scratch, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
sak_new_folder_get_scratch (SakNewFolder *self)
{
  return self->scratch;
}

/* An empty folder gives way; on FAT one cannot be replaced by renaming. */
gboolean
sak_new_folder_publish (SakNewFolder  *self,
                        GError       **error)
{
  (void) g_rmdir (self->directory);
  if (!sak_file_move (self->scratch, self->directory, error))
    return FALSE;
  sak_folder_mark_finished (self->directory);
  g_clear_pointer (&self->scratch, g_free);
  return TRUE;
}

void
sak_new_folder_free (SakNewFolder *self)
{
  if (self == NULL)
    return;
  if (self->scratch != NULL)
    sak_folder_remove (self->scratch);
  sak_fd_clear (&self->lock);
  g_free (self->scratch);
  g_free (self->directory);
  g_free (self);
}
