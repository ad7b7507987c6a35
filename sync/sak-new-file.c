/* sak-new-file.c - a file that has its name only when it is complete and on the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "storage/sak-file-sink.h"

struct _SakNewFile
{
  char *filename;
  char *temporary;
  char *folder;
  int fd;
  GOutputStream *stream;
  gboolean is_published;
};

SakNewFile *
sak_new_file_new (const char  *filename,
                  GError     **error)
{
  g_autoptr (SakNewFile) self = g_new0 (SakNewFile, 1);
  GStatBuf info;

  self->fd = -1;
  self->filename = g_strdup (filename);
  self->folder = g_path_get_dirname (filename);
  if (g_lstat (filename, &info) == 0)
    {
      sak_set_error_from_errno (error, EEXIST, filename);
      return NULL;
    }
  self->temporary = g_strdup_printf ("%s.%08x.part", filename, g_random_int ());
  self->fd = g_open (self->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      sak_set_error_from_errno (error, errno, self->temporary);
      g_clear_pointer (&self->temporary, g_free);       /* not ours to remove */
      return NULL;
    }
  self->stream = sak_file_sink_new (self->fd, self->temporary);
  return g_steal_pointer (&self);
}

GOutputStream *
sak_new_file_get_stream (SakNewFile *self)
{
  return self->stream;
}

/* Closes too: some file systems tell only then that they did not write. */
gboolean
sak_new_file_sync (SakNewFile  *self,
                   GError     **error)
{
  int fd = self->fd;

  if (g_fsync (fd) != 0)
    {
      sak_set_error_from_errno (error, errno, self->filename);
      return FALSE;
    }
  self->fd = -1;
  if (close (fd) != 0)
    {
      sak_set_error_from_errno (error, errno, self->filename);
      return FALSE;
    }
  return TRUE;
}

/* For file systems that cannot refuse to replace: an empty file holds the name meanwhile. */
static gboolean
rename_over_placeholder (SakNewFile  *self,
                         GError     **error)
{
  int fd = g_open (self->filename, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      sak_set_error_from_errno (error, errno, self->filename);
      return FALSE;
    }
  close (fd);
  if (g_rename (self->temporary, self->filename) == 0)
    return TRUE;
  sak_set_error_from_errno (error, errno, self->filename);
  g_unlink (self->filename);
  return FALSE;
}

static gboolean
rename_without_replacing (SakNewFile  *self,
                          GError     **error)
{
  if (renameat2 (AT_FDCWD, self->temporary, AT_FDCWD, self->filename, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno == EINVAL || errno == ENOSYS)
    return rename_over_placeholder (self, error);
  sak_set_error_from_errno (error, errno, self->filename);
  return FALSE;
}

gboolean
sak_new_file_publish (SakNewFile  *self,
                      GError     **error)
{
  int folder;

  g_return_val_if_fail (self->fd < 0, FALSE);
  if (!rename_without_replacing (self, error))
    return FALSE;
  self->is_published = TRUE;
  /* The content is safe already; a file system that cannot sync a folder is no failure. */
  folder = g_open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (folder >= 0)
    {
      (void) g_fsync (folder);
      close (folder);
    }
  return TRUE;
}

void
sak_new_file_free (SakNewFile *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->stream);
  if (self->fd >= 0)
    close (self->fd);
  if (!self->is_published && self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->filename);
  g_free (self->temporary);
  g_free (self->folder);
  g_free (self);
}
