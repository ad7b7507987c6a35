/* sak-file.c - files that are there whole or not at all, also after a power cut
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

SakFileState
sak_file_get_state (const char *path)
{
  struct stat info;

  if (lstat (path, &info) != 0)
    return errno == ENOENT ? SAK_FILE_ABSENT : SAK_FILE_OTHER;
  return S_ISREG (info.st_mode) ? SAK_FILE_REGULAR : SAK_FILE_OTHER;
}

gboolean
sak_file_sync_directory (const char  *path,
                         GError     **error)
{
  sak_autofd fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      sak_set_error_from_errno (error, errno, path);
      return FALSE;
    }
  /* Some file systems of USB sticks cannot sync a directory and say EINVAL: there is
   * nothing more one can do on them.
   */
  if (fsync (fd) != 0 && errno != EINVAL)
    {
      sak_set_error_from_errno (error, errno, path);
      return FALSE;
    }
  return TRUE;
}

/* Makes one directory, for the user alone; one that is there already is fine. */
gboolean
sak_file_make_directory (const char  *path,
                         GError     **error)
{
  if (mkdir (path, 0700) != 0 && errno != EEXIST)
    {
      sak_set_error_from_errno (error, errno, path);
      return FALSE;
    }
  return TRUE;
}

SakFd
sak_file_create (const char  *path,
                 GError     **error)
{
  SakFd fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    sak_set_error_from_errno (error, errno, path);
  return fd;
}

gboolean
sak_file_sync (SakFd        fd,
               const char  *path,
               GError     **error)
{
  if (fsync (fd) != 0)
    {
      sak_set_error_from_errno (error, errno, path);
      return FALSE;
    }
  return TRUE;
}

gboolean
sak_file_write_all (SakFd         fd,
                    const guint8 *bytes,
                    gsize         size,
                    const char   *path,
                    GError      **error)
{
  while (size > 0)
    {
      gssize written = write (fd, bytes, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          sak_set_error_from_errno (error, errno, path);
          return FALSE;
        }
      bytes += written;
      size -= (gsize) written;
    }
  return TRUE;
}

static gboolean
sync_parent (const char  *path,
             GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  return sak_file_sync_directory (parent, error);
}

gboolean
sak_file_move (const char  *from,
               const char  *to,
               GError     **error)
{
  if (rename (from, to) != 0)
    {
      sak_set_error_from_errno (error, errno, to);
      return FALSE;
    }
  return sync_parent (to, error) && sync_parent (from, error);
}

static gboolean
write_new (const char  *path,
           const void  *bytes,
           gsize        size,
           GError     **error)
{
  sak_autofd fd = sak_file_create (path, error);

  return fd >= 0 && sak_file_write_all (fd, bytes, size, path, error) && sak_file_sync (fd, path, error);
}

gboolean
sak_file_replace (const char  *path,
                  const void  *bytes,
                  gsize        size,
                  GError     **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  (void) unlink (part);         /* left by a crash */
  if (!write_new (part, bytes, size, error) || !sak_file_move (part, path, error))
    {
      (void) unlink (part);
      return FALSE;
    }
  return TRUE;
}

GBytes *
sak_file_read (const char  *path,
               gsize        limit,
               GError     **error)
{
  /* A pipe put in its place must not make us wait; with a file it changes nothing. */
  sak_autofd fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n;

  if (fd < 0)
    {
      sak_set_error_from_errno (error, errno, path);
      return NULL;
    }
  while ((n = read (fd, buffer, sizeof buffer)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          sak_set_error_from_errno (error, errno, path);
          return NULL;
        }
      if (content->len + (gsize) n > limit)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE,
                       "%s is over the limit of %" G_GSIZE_FORMAT " bytes", path, limit);
          return NULL;
        }
      g_byte_array_append (content, buffer, n);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

/**
 * sak_file_lock_directory:
 *
 * Holds the directory against every other process until the descriptor is closed, or
 * the process is gone, however it went. The lock is on the directory itself: the
 * files in it are replaced by renaming, and a lock file would be one more trace.
 *
 * Returns: the descriptor that holds the lock, or -1 with IN_USE or an errno's code
 */
SakFd
sak_file_lock_directory (const char  *path,
                         GError     **error)
{
  sak_autofd fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  SakFd locked;

  if (fd < 0)
    {
      sak_set_error_from_errno (error, errno, path);
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EWOULDBLOCK)
        g_set_error (error, SAK_ERROR, SAK_ERROR_IN_USE, "%s is open in another process", path);
      else
        sak_set_error_from_errno (error, errno, path);
      return -1;
    }
  locked = fd;
  fd = -1;
  return locked;
}
