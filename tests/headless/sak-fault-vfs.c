/* sak-fault-vfs.c - a disk in memory that remembers every step, and can fail at each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/headless/sak-fault-vfs.h"

#include <string.h>

typedef struct
{
  sqlite3_file parent;
  SakFaultVfs *vfs;
  guint index;
  guint *n_canaries;
  gboolean is_temporary;
} OpenFile;

void
sak_fault_resize (GByteArray *target,
                  gsize       size)
{
  gsize old = target->len;

  g_byte_array_set_size (target, size);
  if (size > old)
    memset (target->data + old, 0, size - old);
}

void
sak_fault_write_bytes (GByteArray   *target,
                       gint64        offset,
                       const guint8 *bytes,
                       gsize         size)
{
  if (offset + size > target->len)
    sak_fault_resize (target, offset + size);
  if (size > 0)
    memcpy (target->data + offset, bytes, size);
}

static SakFaultFile *
get_file (OpenFile *file)
{
  return g_ptr_array_index (file->vfs->files, file->index);
}

static void
record (OpenFile     *file,
        SakFaultKind  kind,
        gint64        offset,
        const void   *bytes,
        guint         size)
{
  SakFaultOperation operation = { kind, file->index, offset, size, g_memdup2 (bytes, size) };

  if (file->vfs->is_recording && !file->is_temporary)
    g_array_append_val (file->vfs->operations, operation);
  else
    g_free (operation.bytes);
}

/* Returns: SQLITE_OK, or the error that this call shall give. */
static int
take_turn (SakFaultVfs *self,
           int          code)
{
  if (self->fail_at == 0 || (self->fail_code == SQLITE_FULL && code != SQLITE_IOERR_WRITE))
    return SQLITE_OK;
  if (self->fail_at > 1)
    {
      self->fail_at--;
      return SQLITE_OK;
    }
  self->has_failed = TRUE;
  if (!self->fails_on)
    self->fail_at = 0;
  return self->fail_code != 0 ? self->fail_code : code;
}

static int
close_file (sqlite3_file *file)
{
  return SQLITE_OK;
}

static int
read_file (sqlite3_file *file,
           void         *buffer,
           int           size,
           sqlite3_int64 offset)
{
  OpenFile *self = (OpenFile *) file;
  GByteArray *bytes = get_file (self)->bytes;
  int n = CLAMP ((gint64) bytes->len - offset, 0, size);

  if (self->vfs->fails_reads && take_turn (self->vfs, SQLITE_IOERR_READ) != SQLITE_OK)
    return SQLITE_IOERR_READ;
  if (n > 0)
    memcpy (buffer, bytes->data + offset, n);
  memset ((guint8 *) buffer + n, 0, size - n);
  return n == size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
write_file (sqlite3_file *file,
            const void   *buffer,
            int           size,
            sqlite3_int64 offset)
{
  OpenFile *self = (OpenFile *) file;
  const char *canary = self->vfs->canary;
  int result = take_turn (self->vfs, SQLITE_IOERR_WRITE);

  if (canary != NULL && memmem (buffer, size, canary, strlen (canary)) != NULL)
    (*self->n_canaries)++;
  if (self->is_temporary)
    self->vfs->n_writes_temp++;
  if (result != SQLITE_OK)
    return result;
  record (self, SAK_FAULT_WRITE, offset, buffer, size);
  sak_fault_write_bytes (get_file (self)->bytes, offset, buffer, size);
  return SQLITE_OK;
}

static int
truncate_file (sqlite3_file *file,
               sqlite3_int64 size)
{
  OpenFile *self = (OpenFile *) file;
  int result = take_turn (self->vfs, SQLITE_IOERR_TRUNCATE);

  if (result != SQLITE_OK)
    return result;
  record (self, SAK_FAULT_TRUNCATE, size, NULL, 0);
  sak_fault_resize (get_file (self)->bytes, size);
  return SQLITE_OK;
}

static int
sync_file (sqlite3_file *file,
           int           flags)
{
  OpenFile *self = (OpenFile *) file;
  int result = take_turn (self->vfs, SQLITE_IOERR_FSYNC);

  if (result == SQLITE_OK)
    record (self, SAK_FAULT_SYNC, 0, NULL, 0);
  return result;
}

static int
get_file_size (sqlite3_file  *file,
               sqlite3_int64 *ret_size)
{
  *ret_size = get_file ((OpenFile *) file)->bytes->len;
  return SQLITE_OK;
}

static int
lock_file (sqlite3_file *file,
           int           level)
{
  return SQLITE_OK;
}

static int
check_reserved_lock (sqlite3_file *file,
                     int          *ret_is_locked)
{
  *ret_is_locked = 0;
  return SQLITE_OK;
}

static int
control_file (sqlite3_file *file,
              int           operation,
              void         *argument)
{
  return SQLITE_NOTFOUND;
}

static int
get_sector_size (sqlite3_file *file)
{
  return 4096;
}

/* Stock SQLite on the system's VFS claims this; the encrypting VFS must not pass it on. */
static int
get_device_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods file_methods = {
  .iVersion = 1,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_file_size,
  .xLock = lock_file,
  .xUnlock = lock_file,
  .xCheckReservedLock = check_reserved_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_device_characteristics,
};

static int
find_file (SakFaultVfs *self,
           const char  *name)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      SakFaultFile *file = g_ptr_array_index (self->files, i);

      if (file->is_linked && g_strcmp0 (file->name, name) == 0)
        return i;
    }
  return -1;
}

static guint
add_file (SakFaultVfs *self,
          const char  *name)
{
  SakFaultFile *file = g_new0 (SakFaultFile, 1);

  file->name = g_strdup (name);
  file->bytes = g_byte_array_new ();
  file->is_linked = name != NULL;
  g_ptr_array_add (self->files, file);
  return self->files->len - 1;
}

static guint *
choose_counter (SakFaultVfs *self,
                int          flags)
{
  if (flags & SQLITE_OPEN_MAIN_DB)
    return &self->n_canaries_main;
  if (flags & SQLITE_OPEN_MAIN_JOURNAL)
    return &self->n_canaries_journal;
  if (flags & SQLITE_OPEN_WAL)
    return &self->n_canaries_wal;
  return &self->n_canaries_temp;
}

static int
open_file (sqlite3_vfs  *vfs,
           const char   *name,
           sqlite3_file *file,
           int           flags,
           int          *ret_flags)
{
  SakFaultVfs *self = vfs->pAppData;
  OpenFile *open = (OpenFile *) file;
  int index = name != NULL ? find_file (self, name) : -1;
  int result = take_turn (self, SQLITE_CANTOPEN);

  file->pMethods = NULL;
  if (result != SQLITE_OK)
    return result;
  if (index < 0 && !(flags & SQLITE_OPEN_CREATE))
    return SQLITE_CANTOPEN;
  open->vfs = self;
  open->is_temporary = name == NULL;
  open->n_canaries = choose_counter (self, flags);
  open->index = index >= 0 ? (guint) index : add_file (self, name);
  if (index < 0)
    record (open, SAK_FAULT_CREATE, 0, NULL, 0);
  if (ret_flags != NULL)
    *ret_flags = flags;
  file->pMethods = &file_methods;
  return SQLITE_OK;
}

static int
delete_file (sqlite3_vfs *vfs,
             const char  *name,
             int          must_sync)
{
  SakFaultVfs *self = vfs->pAppData;
  int index = find_file (self, name);
  int result = take_turn (self, SQLITE_IOERR_DELETE);
  OpenFile open = { .vfs = self, .index = index };

  if (result != SQLITE_OK)
    return result;
  if (index < 0)
    return SQLITE_IOERR_DELETE_NOENT;
  record (&open, SAK_FAULT_DELETE, 0, NULL, 0);
  get_file (&open)->is_linked = FALSE;
  return SQLITE_OK;
}

static int
access_file (sqlite3_vfs *vfs,
             const char  *name,
             int          flags,
             int         *ret_result)
{
  *ret_result = find_file (vfs->pAppData, name) >= 0;
  return SQLITE_OK;
}

static int
make_full_path (sqlite3_vfs *vfs,
                const char  *name,
                int          size,
                char        *ret_path)
{
  g_strlcpy (ret_path, name, size);
  return SQLITE_OK;
}

/* Every run is the same run. */
static int
get_random (sqlite3_vfs *vfs,
            int          size,
            char        *ret_bytes)
{
  for (int i = 0; i < size; i++)
    ret_bytes[i] = i * 37 + 11;
  return size;
}

static int
sleep_for (sqlite3_vfs *vfs,
           int          microseconds)
{
  return microseconds;
}

static int
get_time (sqlite3_vfs *vfs,
          double      *ret_julian_day)
{
  *ret_julian_day = 2460000.5;
  return SQLITE_OK;
}

static int
get_last_error (sqlite3_vfs *vfs,
                int          size,
                char        *ret_text)
{
  return 0;
}

static void
free_file (gpointer data)
{
  SakFaultFile *file = data;

  g_free (file->name);
  g_byte_array_unref (file->bytes);
  g_free (file);
}

static void
clear_operation (gpointer data)
{
  g_free (((SakFaultOperation *) data)->bytes);
}

SakFaultVfs *
sak_fault_vfs_new (void)
{
  static int n_made;
  SakFaultVfs *self = g_new0 (SakFaultVfs, 1);

  self->name = g_strdup_printf ("fault-%d", n_made++);
  self->files = g_ptr_array_new_with_free_func (free_file);
  self->operations = g_array_new (FALSE, FALSE, sizeof (SakFaultOperation));
  g_array_set_clear_func (self->operations, clear_operation);
  self->sqlite = (sqlite3_vfs) {
    .iVersion = 1, .szOsFile = sizeof (OpenFile), .mxPathname = 512, .zName = self->name,
    .pAppData = self, .xOpen = open_file, .xDelete = delete_file, .xAccess = access_file,
    .xFullPathname = make_full_path, .xRandomness = get_random, .xSleep = sleep_for,
    .xCurrentTime = get_time, .xGetLastError = get_last_error,
  };
  g_assert_cmpint (sqlite3_vfs_register (&self->sqlite, FALSE), ==, SQLITE_OK);
  return self;
}

void
sak_fault_vfs_free (SakFaultVfs *self)
{
  if (self == NULL)
    return;
  sqlite3_vfs_unregister (&self->sqlite);
  g_ptr_array_unref (self->files);
  g_array_unref (self->operations);
  g_free (self->name);
  g_free (self);
}

void
sak_fault_vfs_fail_at (SakFaultVfs *self,
                       guint        n,
                       int          code)
{
  self->fail_at = n;
  self->fail_code = code;
  self->has_failed = FALSE;
}

GByteArray *
sak_fault_vfs_get_bytes (SakFaultVfs *self,
                         const char  *name)
{
  int index = find_file (self, name);

  return index < 0 ? NULL : ((SakFaultFile *) g_ptr_array_index (self->files, index))->bytes;
}

void
sak_fault_vfs_add_file (SakFaultVfs  *self,
                        const char   *name,
                        const guint8 *bytes,
                        gsize         size)
{
  guint index = add_file (self, name);
  SakFaultFile *file = g_ptr_array_index (self->files, index);

  if (size > 0)
    g_byte_array_append (file->bytes, bytes, size);
}

SakFaultVfs *
sak_fault_vfs_copy (SakFaultVfs *self)
{
  SakFaultVfs *copy = sak_fault_vfs_new ();

  for (guint i = 0; i < self->files->len; i++)
    {
      SakFaultFile *file = g_ptr_array_index (self->files, i);

      if (file->is_linked)
        sak_fault_vfs_add_file (copy, file->name, file->bytes->data, file->bytes->len);
    }
  return copy;
}
