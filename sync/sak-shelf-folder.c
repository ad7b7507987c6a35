/* sak-shelf-folder.c - a folder: a stick, or one that Syncthing shares
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file has its name only when all of it was written, is on the disk and was read back from
 * there. Until then it has none, or, on FAT and in a network folder, one that Syncthing passes
 * over (sak-new-file.c). No links, no permissions.
 */
#include "config.h"

#include "sync/sak-shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "sync/sak-new-file.h"

#define BLOCK_SIZE (256 * 1024)
#define BEHIND_BYTES (8 * 1024 * 1024)
#define FAT_PART_BYTES ((guint64) 2 << 30)      /* of the 4 GiB that a file can have there */

typedef struct
{
  SakShelf shelf;
  const SakCarrier *carrier;
  char *path;
  SakFd fd;                     /* of the folder: keeps its file system from being unmounted meanwhile */
  dev_t device;
} Folder;

static SakCarryReason
reason_for_errno (int saved_errno)
{
  switch (saved_errno)
    {
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
    case ENXIO:
    case ESTALE:
    case ENOTCONN:
      return SAK_CARRY_NO_FOLDER;
    case EROFS:
    case EACCES:
    case EPERM:
      return SAK_CARRY_READ_ONLY;
    case ENOSPC:
    case EDQUOT:
      return SAK_CARRY_FULL;
    case EFBIG:
      return SAK_CARRY_TOO_LARGE;
    default:
      return SAK_CARRY_DISK;
    }
}

static void
fail_by_errno (GError     **error,
               int          saved_errno,
               const char  *what)
{
  g_set_error (error, SAK_CARRY_ERROR, (int) reason_for_errno (saved_errno), "%s: %s", what,
               g_strerror (saved_errno));
}

/* The folder is where it was, on the same file system. */
static gboolean
is_there (Folder *self)
{
  struct stat status;

  return stat (self->path, &status) == 0 && S_ISDIR (status.st_mode) && status.st_dev == self->device;
}

/* What failed below tells a disk from no disk; the folder itself tells why. */
static gboolean
explain (Folder  *self,
         GError  *cause,
         GError **error)
{
  SakCarryReason reason = sak_carry_reason_from_error (cause);
  struct statvfs disk;

  if (reason == SAK_CARRY_DISK || reason == SAK_CARRY_NO_FOLDER || reason == SAK_CARRY_FAILED)
    {
      if (!is_there (self))
        reason = SAK_CARRY_NO_FOLDER;
      else if (access (self->path, W_OK) != 0 || (statvfs (self->path, &disk) == 0 && (disk.f_flag & ST_RDONLY) != 0))
        reason = SAK_CARRY_READ_ONLY;
      else
        reason = SAK_CARRY_DISK;
    }
  if (reason == SAK_CARRY_STOPPED)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_set_error_literal (error, SAK_CARRY_ERROR, (int) reason, cause->message);
  g_error_free (cause);
  return FALSE;
}

static SakShelfFile *
look_at (Folder     *self,
         const char *name)
{
  struct stat status;

  if (fstatat (self->fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG (status.st_mode))
    return NULL;
  return sak_shelf_file_new (name, (guint64) status.st_size,
                             g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld",
                                              (gint64) status.st_size, (gint64) status.st_mtim.tv_sec,
                                              status.st_mtim.tv_nsec));
}

static GHashTable *
list (SakShelf  *shelf,
      SakMeter  *meter,
      GError   **error)
{
  Folder *self = (Folder *) shelf;
  g_autoptr (GHashTable) files = sak_shelf_new_list ();
  g_autoptr (GDir) directory = g_dir_open (self->path, 0, NULL);
  const char *name;

  if (directory == NULL || !is_there (self))
    {
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_NO_FOLDER, "the folder cannot be read");
      return NULL;
    }
  while ((name = g_dir_read_name (directory)) != NULL && g_hash_table_size (files) < SAK_SHELF_MAX_FILES)
    {
      SakShelfFile *file = sak_shelf_is_passed_over (name) ? NULL : look_at (self, name);

      if (file != NULL)
        g_hash_table_replace (files, file->name, file);
      if (g_cancellable_set_error_if_cancelled (meter->cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&files);
}

static gboolean
is_same (Folder             *self,
         const char         *path,
         const SakPiece     *piece,
         SakMeter           *meter,
         GError            **error)
{
  sak_autofd fd = open (path, O_RDONLY | O_CLOEXEC);
  SakPiece back = { fd, 0, piece->size_bytes, { 0 } };
  guint8 digest[SAK_SHA256_SIZE];
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      fail_by_errno (error, errno, "reading back");
      return FALSE;
    }
  /* From the disk, not from the memory that it was written from. */
  (void) posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  if ((guint64) status.st_size != piece->size_bytes)
    {
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_DISK, "another size came back than was written");
      return FALSE;
    }
  if (!sak_piece_hash (&back, digest, meter->cancellable, error))
    return FALSE;
  if (memcmp (digest, piece->sha256, sizeof digest) == 0)
    return TRUE;
  g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_DISK, "other bytes came back than were written");
  return FALSE;
}

static gboolean
write_piece (SakNewFile      *file,
             const SakPiece  *piece,
             SakMeter        *meter,
             GError         **error)
{
  GOutputStream *stream = sak_new_file_get_stream (file);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint64 behind = 0;

  for (guint64 at = 0; at < piece->size_bytes;)
    {
      gssize n = sak_piece_read (piece, at, block, BLOCK_SIZE, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        {
          g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_DAMAGED, "the file in the outbox ends early");
          return FALSE;
        }
      if (!g_output_stream_write_all (stream, block, (gsize) n, NULL, meter->cancellable, error) ||
          !sak_meter_add (meter, (guint64) n, error))
        return FALSE;
      at += (guint64) n;
      behind += (guint64) n;
      if (behind >= BEHIND_BYTES)
        {
          sak_new_file_write_behind (file);
          behind = 0;
        }
    }
  return TRUE;
}

/* What lies there under this name was put there by nobody else, and is not what it should be. */
static gboolean
clear_away (const char  *path,
            GError     **error)
{
  if (unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  fail_by_errno (error, errno, "replacing what is damaged there");
  return FALSE;
}

static gboolean
write_new (Folder          *self,
           const char      *path,
           const SakPiece  *piece,
           SakMeter        *meter,
           GError         **error)
{
  g_autoptr (SakNewFile) file = sak_new_file_new (path, error);
  g_autofree char *unnamed = NULL;

  if (file == NULL || !write_piece (file, piece, meter, error) || !sak_new_file_sync (file, error))
    return FALSE;
  unnamed = sak_new_file_get_path (file);
  return is_same (self, unnamed, piece, meter, error) && sak_new_file_publish (file, error);
}

static gboolean
put (SakShelf            *shelf,
     const char          *name,
     const SakPiece      *piece,
     const SakShelfFile  *there,
     SakMeter            *meter,
     GError             **error)
{
  Folder *self = (Folder *) shelf;
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  GError *cause = NULL;

  if (!is_there (self))
    {
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_NO_FOLDER, "the folder is not where it was");
      return FALSE;
    }
  if (there != NULL && is_same (self, path, piece, meter, &cause))
    return sak_meter_add (meter, piece->size_bytes, error);
  /* One that could not be read back now may be good: only what differs is taken away. */
  if (cause != NULL && !g_error_matches (cause, SAK_CARRY_ERROR, SAK_CARRY_DISK))
    return explain (self, cause, error);
  g_clear_error (&cause);
  if (clear_away (path, &cause) && write_new (self, path, piece, meter, &cause))
    return TRUE;
  return explain (self, cause, error);
}

/* All that this file system holds back, whoever wrote it: then it may be pulled. */
static gboolean
settle (SakShelf  *shelf,
        SakMeter  *meter,
        GError   **error)
{
  Folder *self = (Folder *) shelf;

  if (syncfs (self->fd) != 0)
    {
      fail_by_errno (error, errno, "writing all of it out");
      return FALSE;
    }
  if (is_there (self))
    return TRUE;
  g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_NO_FOLDER, "the folder is not where it was");
  return FALSE;
}

static gboolean
get (SakShelf            *shelf,
     const SakShelfFile  *file,
     SakFd                to,
     SakMeter            *meter,
     GError             **error)
{
  g_return_val_if_reached (FALSE);      /* read in place */
}

static gboolean
remove_file (SakShelf    *shelf,
             const char  *name,
             SakMeter    *meter,
             GError     **error)
{
  Folder *self = (Folder *) shelf;

  if (unlinkat (self->fd, name, 0) == 0 || errno == ENOENT)
    return TRUE;
  fail_by_errno (error, errno, "removing");
  return FALSE;
}

static void
free_folder (SakShelf *shelf)
{
  Folder *self = (Folder *) shelf;

  sak_fd_clear (&self->fd);
  g_free (self->path);
  g_free (self);
}

static const SakShelfClass folder_class = { list, put, NULL, settle, get, remove_file, free_folder };

static guint64
find_limit (Folder *self)
{
  struct statfs disk;

  if (self->carrier->part_bytes > 0)
    return self->carrier->part_bytes;
  return fstatfs (self->fd, &disk) == 0 && disk.f_type == MSDOS_SUPER_MAGIC ? FAT_PART_BYTES : 0;
}

guint
sak_shelf_measure_mount (const char *folder)
{
  g_autofree char *at = realpath (folder, NULL);
  struct stat here, above;
  guint depth = 0;

  if (at == NULL || stat (at, &here) != 0)
    return 0;
  while (!g_str_equal (at, "/"))
    {
      g_autofree char *parent = g_path_get_dirname (at);

      if (stat (parent, &above) != 0 || above.st_dev != here.st_dev)
        break;
      g_free (at);
      at = g_steal_pointer (&parent);
    }
  for (const char *letter = at; *letter != '\0'; letter++)
    depth += letter[0] == '/' && letter[1] != '\0';
  return depth;
}

/* A stick that was pulled may leave its empty folder on what it was mounted under. */
static gboolean
is_mounted (Folder *self)
{
  guint noted = ((guint) self->carrier->flags & SAK_CARRIER_DEPTH_MASK) >> SAK_CARRIER_DEPTH_SHIFT;
  struct stat root;

  if ((self->carrier->flags & SAK_CARRIER_IS_APART) == 0)
    return TRUE;
  return stat ("/", &root) == 0 && root.st_dev != self->device && sak_shelf_measure_mount (self->path) >= noted;
}

SakShelf *
sak_shelf_open_folder (const SakCarrier  *carrier,
                       GError           **error)
{
  g_autoptr (SakShelf) shelf = NULL;
  Folder *self = g_new0 (Folder, 1);
  struct stat status;

  shelf = &self->shelf;
  shelf->klass = &folder_class;
  self->carrier = carrier;
  self->path = g_strdup (carrier->address);
  shelf->folder = self->path;
  self->fd = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    {
      fail_by_errno (error, errno, "opening the folder");
      return NULL;
    }
  self->device = status.st_dev;
  if (!is_mounted (self))
    {
      g_set_error (error, SAK_CARRY_ERROR, SAK_CARRY_NO_FOLDER, "nothing is mounted there now");
      return NULL;
    }
  shelf->part_bytes = find_limit (self);
  return g_steal_pointer (&shelf);
}
