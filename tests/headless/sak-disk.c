/* sak-disk.c - every step that this process takes on a folder: recorded, failed, or the last
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions below have the names of libc's, which they replace in the whole process,
 * and make the system calls themselves.
 */
#include "config.h"

#include "tests/headless/sak-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_FD 1024

static struct
{
  char *root;
  gsize root_size;
  SakFaultVfs *trace;
  gboolean is_watched[MAX_FD];
  guint index[MAX_FD];          /* of the open file in the trace */
  guint fail_at;
  guint fail_calls;
  int fail_code;
  gboolean goes_on;
  gboolean has_failed;
  guint kill_at;
  gboolean is_paused;
  gboolean is_simple;
} disk;

/* --- The watch --- */

void
sak_disk_watch (const char *folder)
{
  g_free (disk.root);
  memset (&disk, 0, sizeof disk);
  disk.root = g_strdup (folder);
  disk.root_size = folder != NULL ? strlen (folder) : 0;
}

static guint
add_file (const char *name,
          gboolean    is_directory)
{
  SakFaultFile *file = g_new0 (SakFaultFile, 1);

  file->name = g_strdup (name);
  file->bytes = g_byte_array_new ();
  file->is_linked = TRUE;
  file->is_directory = is_directory;
  g_ptr_array_add (disk.trace->files, file);
  return disk.trace->files->len - 1;
}

SakFaultVfs *
sak_disk_record (void)
{
  disk.trace = sak_fault_vfs_new ();
  disk.trace->has_directories = TRUE;
  (void) add_file ("", TRUE);
  return disk.trace;
}

void
sak_disk_fail_at (guint    n,
                  guint    calls,
                  int      code,
                  gboolean goes_on)
{
  disk.fail_at = n;
  disk.fail_calls = calls;
  disk.fail_code = code;
  disk.goes_on = goes_on;
  disk.has_failed = FALSE;
}

gboolean
sak_disk_has_failed (void)
{
  return disk.has_failed;
}

void
sak_disk_pause (gboolean is_paused)
{
  disk.is_paused = is_paused;
}

void
sak_disk_kill_at (guint n)
{
  disk.kill_at = n;
}

void
sak_disk_be_simple (gboolean is_simple)
{
  disk.is_simple = is_simple;
}

/* The name below the root, or NULL where it is none of ours. */
static const char *
get_name (const char *path)
{
  if (disk.root == NULL || strncmp (path, disk.root, disk.root_size) != 0)
    return NULL;
  if (path[disk.root_size] == '\0')
    return "";
  return path[disk.root_size] == '/' ? path + disk.root_size + 1 : NULL;
}

static gboolean
watches (int fd)
{
  return fd >= 0 && fd < MAX_FD && disk.root != NULL && disk.is_watched[fd];
}

/* Returns: whether the call may go on; errno says why not. */
static gboolean
may (SakDiskCall call)
{
  if (disk.is_paused)
    return TRUE;
  if (disk.kill_at > 0 && --disk.kill_at == 0)
    {
      kill (getpid (), SIGKILL);
      pause ();
    }
  if (disk.fail_at == 0 || (disk.fail_calls & call) == 0)
    return TRUE;
  if (disk.fail_at > 1)
    {
      disk.fail_at--;
      return TRUE;
    }
  disk.has_failed = TRUE;
  if (!disk.goes_on)
    disk.fail_at = 0;
  errno = disk.fail_code;
  return FALSE;
}

static int
find_file (const char *name)
{
  for (guint i = 0; i < disk.trace->files->len; i++)
    {
      SakFaultFile *file = g_ptr_array_index (disk.trace->files, i);

      if (file->is_linked && g_str_equal (file->name, name))
        return (int) i;
    }
  return -1;
}

static void
record (SakFaultKind  kind,
        guint         file,
        gint64        offset,
        const void   *bytes,
        gsize         size)
{
  SakFaultOperation operation = { kind, file, offset, (guint) size, g_memdup2 (bytes, size) };

  g_array_append_val (disk.trace->operations, operation);
}

static void
record_name (SakFaultKind  kind,
             guint         file,
             const char   *name)
{
  record (kind, file, 0, name, strlen (name) + 1);
}

/* --- System calls --- */

static void
note_open (int         fd,
           const char *name,
           int         flags)
{
  int index;

  if (fd < 0 || fd >= MAX_FD)
    return;
  disk.is_watched[fd] = TRUE;
  if (disk.trace == NULL)
    return;
  index = find_file (name);
  if (index < 0)
    {
      index = (int) add_file (name, (flags & O_DIRECTORY) != 0);
      record_name (SAK_FAULT_CREATE, (guint) index, name);
    }
  disk.index[fd] = (guint) index;
  if (flags & O_TRUNC)
    record (SAK_FAULT_TRUNCATE, (guint) index, 0, NULL, 0);
}

static int
open_path (const char *path,
           int         flags,
           mode_t      mode)
{
  const char *name = get_name (path);
  gboolean counts = name != NULL && (flags & (O_CREAT | O_WRONLY | O_RDWR)) != 0;
  int fd;

  if (disk.is_simple && (flags & O_TMPFILE) == O_TMPFILE)
    {
      errno = EOPNOTSUPP;
      return -1;
    }
  if (counts && !may (SAK_DISK_OPEN))
    return -1;
  fd = (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
  if (fd >= 0 && fd < MAX_FD)
    disk.is_watched[fd] = FALSE;
  if (fd >= 0 && name != NULL)
    note_open (fd, name, flags);
  return fd;
}

#define OPEN(function) \
  int function (const char *path, int flags, ...); \
  int \
  function (const char *path, \
            int         flags, \
            ...) \
  { \
    mode_t mode = 0; \
    va_list list; \
  \
    va_start (list, flags); \
    if (flags & (O_CREAT | O_TMPFILE)) \
      mode = va_arg (list, mode_t); \
    va_end (list); \
    return open_path (path, flags, mode); \
  }

#undef open
#undef open64
OPEN (open64)

static void
record_write (int         fd,
              const void *bytes,
              gssize      size,
              gint64      offset)
{
  if (disk.trace == NULL || size <= 0)
    return;
  record (SAK_FAULT_WRITE, disk.index[fd], offset, bytes, (gsize) size);
}

ssize_t
write (int         fd,
       const void *bytes,
       size_t      size)
{
  gint64 offset = 0;
  gssize written;

  if (!watches (fd))
    return syscall (SYS_write, fd, bytes, size);
  if (!may (SAK_DISK_WRITE))
    return -1;
  if (disk.trace != NULL)
    offset = lseek (fd, 0, SEEK_CUR);
  written = syscall (SYS_write, fd, bytes, size);
  record_write (fd, bytes, written, offset);
  return written;
}

ssize_t
pwrite64 (int         fd,
          const void *bytes,
          size_t      size,
          off64_t     offset)
{
  gssize written;

  if (watches (fd) && !may (SAK_DISK_WRITE))
    return -1;
  written = syscall (SYS_pwrite64, fd, bytes, size, offset);
  if (watches (fd))
    record_write (fd, bytes, written, offset);
  return written;
}

int
ftruncate64 (int     fd,
             off64_t size)
{
  if (watches (fd) && !may (SAK_DISK_TRUNCATE))
    return -1;
  if (watches (fd) && disk.trace != NULL)
    record (SAK_FAULT_TRUNCATE, disk.index[fd], size, NULL, 0);
  return (int) syscall (SYS_ftruncate, fd, size);
}

static int
sync_file (int fd,
           int call)
{
  if (!watches (fd))
    return (int) syscall (call, fd);
  if (!may (SAK_DISK_SYNC))
    return -1;
  if (disk.trace != NULL)
    record (SAK_FAULT_SYNC, disk.index[fd], 0, NULL, 0);
  return 0;
}

int
fsync (int fd)
{
  return sync_file (fd, SYS_fsync);
}

int
fdatasync (int fd)
{
  return sync_file (fd, SYS_fdatasync);
}

int
close (int fd)
{
  if (fd >= 0 && fd < MAX_FD)
    disk.is_watched[fd] = FALSE;
  return (int) syscall (SYS_close, fd);
}

static void
note_unlinked (const char *name)
{
  int index = disk.trace != NULL ? find_file (name) : -1;

  if (index < 0)
    return;
  record_name (SAK_FAULT_DELETE, (guint) index, name);
  ((SakFaultFile *) g_ptr_array_index (disk.trace->files, (guint) index))->is_linked = FALSE;
}

static int
remove_name (const char *path,
             int         flags)
{
  const char *name = get_name (path);
  int result;

  if (name != NULL && !may (SAK_DISK_UNLINK))
    return -1;
  result = (int) syscall (SYS_unlinkat, AT_FDCWD, path, flags);
  if (result == 0 && name != NULL)
    note_unlinked (name);
  return result;
}

int
unlink (const char *path)
{
  return remove_name (path, 0);
}

int
rmdir (const char *path)
{
  return remove_name (path, AT_REMOVEDIR);
}

static void
note_renamed (const char *from,
              const char *to)
{
  int index = find_file (from);
  int replaced = find_file (to);
  SakFaultFile *file;

  g_assert (index >= 0);
  if (replaced >= 0)
    ((SakFaultFile *) g_ptr_array_index (disk.trace->files, (guint) replaced))->is_linked = FALSE;
  file = g_ptr_array_index (disk.trace->files, (guint) index);
  g_free (file->name);
  file->name = g_strdup (to);
  record_name (SAK_FAULT_RENAME, (guint) index, to);
}

static int
move_name (const char   *from,
           const char   *to,
           unsigned int  flags)
{
  const char *old_name = get_name (from);
  const char *new_name = get_name (to);
  int result;

  if (new_name != NULL && !may (SAK_DISK_RENAME))
    return -1;
  result = (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
  if (result == 0 && disk.trace != NULL && old_name != NULL && new_name != NULL)
    note_renamed (old_name, new_name);
  return result;
}

int
rename (const char *from,
        const char *to)
{
  return move_name (from, to, 0);
}

int
renameat2 (int           from_folder,
           const char   *from,
           int           to_folder,
           const char   *to,
           unsigned int  flags)
{
  if (disk.is_simple && flags != 0)
    {
      errno = EINVAL;
      return -1;
    }
  return move_name (from, to, flags);
}

int
linkat (int         from_folder,
        const char *from,
        int         to_folder,
        const char *to,
        int         flags)
{
  if (get_name (to) != NULL && !may (SAK_DISK_RENAME))
    return -1;
  return (int) syscall (SYS_linkat, from_folder, from, to_folder, to, flags);
}

int
mkdir (const char *path,
       mode_t      mode)
{
  const char *name = get_name (path);
  int result;

  if (name != NULL && !may (SAK_DISK_MKDIR))
    return -1;
  result = (int) syscall (SYS_mkdirat, AT_FDCWD, path, mode);
  if (result == 0 && name != NULL && disk.trace != NULL && *name != '\0')
    record_name (SAK_FAULT_CREATE, add_file (name, TRUE), name);
  return result;
}

/* --- Trees --- */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(SakFaultFile *const *) a)->name, (*(SakFaultFile *const *) b)->name);
}

/* What lies in a folder whose own name was lost is lost with it. */
void
sak_disk_lay_out (SakFaultVfs *from,
                  const char  *folder)
{
  g_ptr_array_sort (from->files, compare_names);
  for (guint i = 0; i < from->files->len; i++)
    {
      SakFaultFile *file = g_ptr_array_index (from->files, i);
      g_autofree char *path = g_build_filename (folder, file->name, NULL);
      g_autofree char *parent = g_path_get_dirname (path);
      int fd;

      if (*file->name == '\0' || !g_file_test (parent, G_FILE_TEST_IS_DIR))
        continue;
      if (file->is_directory)
        {
          g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
          continue;
        }
      fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
      g_assert_cmpint (fd, >=, 0);
      g_assert_cmpint (write (fd, file->bytes->data, file->bytes->len), ==, file->bytes->len);
      close (fd);
    }
}

void
sak_disk_copy_tree (const char *from,
                    const char *to)
{
  g_autoptr (GDir) directory = g_dir_open (from, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  const char *name;
  gsize size;

  if (directory == NULL)
    {
      g_file_get_contents (from, &content, &size, &error);
      g_assert_no_error (error);
      g_file_set_contents_full (to, content, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
      return;
    }
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inside = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      sak_disk_copy_tree (inside, target);
    }
}
