/* sak-new-file.c - a file that has its name only when it is complete and on the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Until then it has no name at all, and a process that is killed leaves nothing. FAT and
 * most network folders cannot do that: there it is called ".syncthing.sakkhi-<16 digits>.tmp",
 * which Syncthing passes over, and locked while somebody writes it; one that nobody holds
 * goes with the next new file.
 */
#include "config.h"

#include "sync/sak-new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/sak-file-sink.h"

#define PART_PREFIX ".syncthing.sakkhi-"
#define PART_SUFFIX ".tmp"
#define PART_DIGITS 16

struct _SakNewFile
{
  char *filename;
  char *temporary;              /* NULL: the file has no name yet */
  char *folder;
  int fd;
  GOutputStream *stream;
  gboolean is_synced;
  off_t awaited;                /* written out up to here */
  off_t begun;                  /* … and begun up to here */
  gboolean is_published;
};

static gboolean
is_part (const char *name)
{
  gsize prefix = strlen (PART_PREFIX);

  return strlen (name) == prefix + PART_DIGITS + strlen (PART_SUFFIX) && g_str_has_prefix (name, PART_PREFIX) &&
         strspn (name + prefix, "0123456789abcdef") == PART_DIGITS && g_str_has_suffix (name, PART_SUFFIX);
}

/* One that can be locked is nobody's any more: the lock goes with its process. */
static void
remove_if_abandoned (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    (void) g_unlink (path);
  close (fd);
}

static void
remove_abandoned (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_part (name))
        remove_if_abandoned (path);
    }
}

static gboolean
create_nameless (SakNewFile *self)
{
  /* Its name comes by way of /proc, which a container may not have. */
  if (g_access ("/proc/self/fd", X_OK) == 0)
    self->fd = open (self->folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600);
  return self->fd >= 0;
}

static gboolean
create_part (SakNewFile  *self,
             GError     **error)
{
  guint8 random[PART_DIGITS / 2];
  g_autofree char *digits = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  remove_abandoned (self->folder);
  sak_random_bytes (random, sizeof random);
  digits = sak_hex_encode (random, sizeof random);
  name = g_strconcat (PART_PREFIX, digits, PART_SUFFIX, NULL);
  path = g_build_filename (self->folder, name, NULL);
  self->fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      sak_set_error_from_errno (error, errno, path);
      return FALSE;
    }
  self->temporary = g_steal_pointer (&path);
  (void) flock (self->fd, LOCK_EX | LOCK_NB);
  return TRUE;
}

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
  if (!create_nameless (self) && !create_part (self, error))
    return NULL;
  self->stream = sak_file_sink_new (self->fd, filename);
  return g_steal_pointer (&self);
}

GOutputStream *
sak_new_file_get_stream (SakNewFile *self)
{
  return self->stream;
}

/* A file without a name has a path all the same, in this process. */
char *
sak_new_file_get_path (SakNewFile *self)
{
  return self->temporary != NULL ? g_strdup (self->temporary) : g_strdup_printf ("/proc/self/fd/%d", self->fd);
}

/* Starts writing out what was written since the last call, and waits for what that one
 * started: the wait at the end is short, and stopping before does not wait for a slow
 * stick. Only a hint: what fails here fails again in sync.
 */
void
sak_new_file_write_behind (SakNewFile *self)
{
  off_t end = lseek (self->fd, 0, SEEK_CUR);

  if (end <= self->begun)
    return;
  if (self->begun > self->awaited)      /* no length means all of it */
    (void) sync_file_range (self->fd, self->awaited, self->begun - self->awaited, SYNC_FILE_RANGE_WAIT_BEFORE |
                            SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
  (void) sync_file_range (self->fd, self->begun, end - self->begun, SYNC_FILE_RANGE_WRITE);
  self->awaited = self->begun;
  self->begun = end;
}

gboolean
sak_new_file_sync (SakNewFile  *self,
                   GError     **error)
{
  int copy;

  self->is_synced = g_fsync (self->fd) == 0;
  /* Some file systems tell only at a closing that they did not write; the lock stays. */
  copy = self->is_synced ? dup (self->fd) : -1;
  self->is_synced = copy >= 0 && close (copy) == 0;
  if (!self->is_synced)
    sak_set_error_from_errno (error, errno, self->filename);
  return self->is_synced;
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

/* Linking never replaces another file. */
static gboolean
give_name (SakNewFile  *self,
           GError     **error)
{
  g_autofree char *path = sak_new_file_get_path (self);

  if (linkat (AT_FDCWD, path, AT_FDCWD, self->filename, AT_SYMLINK_FOLLOW) == 0)
    return TRUE;
  sak_set_error_from_errno (error, errno, self->filename);
  return FALSE;
}

gboolean
sak_new_file_publish (SakNewFile  *self,
                      GError     **error)
{
  int folder;

  g_return_val_if_fail (self->is_synced, FALSE);
  if (!(self->temporary == NULL ? give_name (self, error) : rename_without_replacing (self, error)))
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
