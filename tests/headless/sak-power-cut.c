/* sak-power-cut.c - what a disk may hold after the power went
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A write is safe once its file was synced; a file's name (created, deleted) once any
 * file was, or, where the trace has directories, once its directory was: each name by
 * itself, in any order, which is harsher than a journaling file system. A renaming is
 * safe with either directory, and never half done. What was pending is kept, dropped,
 * torn or turned to garbage by the model.
 */
#include "config.h"

#include "tests/headless/sak-power-cut.h"

#define SECTOR_SIZE 512

struct _SakPowerCut
{
  SakFaultVfs *trace;
  GPtrArray *disk;              /* SakFaultFile: synced */
  GArray *pending;              /* guint: operations not synced */
  guint n_done;
};

static SakFaultOperation *
get_pending (SakPowerCut *self,
             guint        i)
{
  return &g_array_index (self->trace->operations, SakFaultOperation,
                         g_array_index (self->pending, guint, i));
}

static SakFaultFile *
add_empty_file (GPtrArray  *disk,
                const char *name)
{
  SakFaultFile *file = g_new0 (SakFaultFile, 1);

  file->name = g_strdup (name);
  file->bytes = g_byte_array_new ();
  g_ptr_array_add (disk, file);
  return file;
}

static void
free_file (gpointer data)
{
  SakFaultFile *file = data;

  g_free (file->name);
  g_byte_array_unref (file->bytes);
  g_free (file);
}

/* @trace: a finished recording, outlives the result */
SakPowerCut *
sak_power_cut_new (SakFaultVfs *trace)
{
  SakPowerCut *self = g_new0 (SakPowerCut, 1);

  self->trace = trace;
  self->disk = g_ptr_array_new_with_free_func (free_file);
  self->pending = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < trace->files->len; i++)
    {
      SakFaultFile *recorded = g_ptr_array_index (trace->files, i);
      SakFaultFile *file = add_empty_file (self->disk, recorded->name);

      file->is_directory = recorded->is_directory;
      file->is_linked = trace->has_directories && i == 0;       /* the root */
    }
  return self;
}

void
sak_power_cut_free (SakPowerCut *self)
{
  g_ptr_array_unref (self->disk);
  g_array_unref (self->pending);
  g_free (self);
}

static void
take_name (GPtrArray    *disk,
           SakFaultFile *file,
           const char   *name)
{
  for (guint i = 0; i < disk->len; i++)
    {
      SakFaultFile *other = g_ptr_array_index (disk, i);

      if (other->is_linked && g_strcmp0 (other->name, name) == 0)
        other->is_linked = FALSE;
    }
  g_free (file->name);
  file->name = g_strdup (name);
  file->is_linked = TRUE;
}

static gboolean
is_about_names (const SakFaultOperation *operation)
{
  return operation->kind == SAK_FAULT_CREATE || operation->kind == SAK_FAULT_DELETE ||
         operation->kind == SAK_FAULT_RENAME;
}

static void
apply (GPtrArray               *disk,
       const SakFaultOperation *operation)
{
  SakFaultFile *file = g_ptr_array_index (disk, operation->file);
  const char *name = (const char *) operation->bytes;

  switch (operation->kind)
    {
    case SAK_FAULT_CREATE:
    case SAK_FAULT_RENAME:
      if (name != NULL)
        take_name (disk, file, name);
      file->is_linked = TRUE;
      break;
    case SAK_FAULT_DELETE:
      if (name == NULL || g_strcmp0 (file->name, name) == 0)
        file->is_linked = FALSE;
      break;
    case SAK_FAULT_WRITE:
      sak_fault_write_bytes (file->bytes, operation->offset, operation->bytes, operation->size);
      break;
    case SAK_FAULT_TRUNCATE:
      sak_fault_resize (file->bytes, operation->offset);
      break;
    case SAK_FAULT_SYNC:
    default:
      break;
    }
}

/* The name that @operation gives or takes, and the one that its file had before. */
static gboolean
is_settled_by (SakPowerCut             *self,
               const SakFaultOperation *operation,
               const SakFaultOperation *sync,
               const char              *old_name)
{
  SakFaultFile *synced = g_ptr_array_index (self->disk, sync->file);
  g_autofree char *parent = NULL;
  g_autofree char *old_parent = NULL;

  if (!is_about_names (operation))
    return operation->file == sync->file;
  if (!self->trace->has_directories)
    return TRUE;
  if (!synced->is_directory)
    return FALSE;
  parent = g_path_get_dirname ((const char *) operation->bytes);
  old_parent = g_path_get_dirname (old_name);
  return g_strcmp0 (synced->name, g_str_equal (parent, ".") ? "" : parent) == 0 ||
         (operation->kind == SAK_FAULT_RENAME &&
          g_strcmp0 (synced->name, g_str_equal (old_parent, ".") ? "" : old_parent) == 0);
}

/* The name that the file had when the operation came. */
static const char *
find_old_name (SakPowerCut *self,
               guint        at)
{
  SakFaultOperation *operation = get_pending (self, at);
  SakFaultFile *file = g_ptr_array_index (self->disk, operation->file);
  const char *name = file->name;

  for (guint i = 0; i < at; i++)
    if (get_pending (self, i)->file == operation->file && is_about_names (get_pending (self, i)) &&
        get_pending (self, i)->bytes != NULL)
      name = (const char *) get_pending (self, i)->bytes;
  return name;
}

/* An older change of the same file's name says nothing any more. */
static void
forget_older_names (SakPowerCut *self,
                    gboolean    *is_done,
                    guint        at)
{
  for (guint i = 0; i < at; i++)
    if (get_pending (self, i)->file == get_pending (self, at)->file && is_about_names (get_pending (self, i)))
      is_done[i] = TRUE;
}

static void
settle (SakPowerCut             *self,
        const SakFaultOperation *sync)
{
  g_autofree gboolean *is_done = g_new0 (gboolean, self->pending->len + 1);
  guint n_left = 0;

  for (guint i = 0; i < self->pending->len; i++)
    if (is_settled_by (self, get_pending (self, i), sync, find_old_name (self, i)))
      {
        apply (self->disk, get_pending (self, i));
        is_done[i] = TRUE;
        if (self->trace->has_directories && is_about_names (get_pending (self, i)))
          forget_older_names (self, is_done, i);
      }
  for (guint i = 0; i < self->pending->len; i++)
    if (!is_done[i])
      g_array_index (self->pending, guint, n_left++) = g_array_index (self->pending, guint, i);
  g_array_set_size (self->pending, n_left);
}

static void
advance (SakPowerCut *self,
         guint        n_operations)
{
  g_assert_cmpuint (n_operations, >=, self->n_done);
  g_assert_cmpuint (n_operations, <=, self->trace->operations->len);
  for (; self->n_done < n_operations; self->n_done++)
    {
      SakFaultOperation *operation = &g_array_index (self->trace->operations, SakFaultOperation,
                                                     self->n_done);

      if (operation->kind == SAK_FAULT_SYNC)
        settle (self, operation);
      else
        g_array_append_val (self->pending, self->n_done);
    }
}

/* Sectors are the device's: they lie at multiples of their size, not where a write begins. */
static void
apply_some_sectors (GPtrArray               *disk,
                    const SakFaultOperation *operation,
                    GRand                   *rand)
{
  SakFaultFile *file = g_ptr_array_index (disk, operation->file);
  guint n;

  for (guint done = 0; done < operation->size; done += n)
    {
      n = MIN (operation->size - done, SECTOR_SIZE - (operation->offset + done) % SECTOR_SIZE);
      if (g_rand_boolean (rand))
        sak_fault_write_bytes (file->bytes, operation->offset + done, operation->bytes + done, n);
    }
}

static void
apply_prefix (GPtrArray               *disk,
              const SakFaultOperation *operation,
              GRand                   *rand)
{
  SakFaultOperation prefix = *operation;

  if (operation->kind != SAK_FAULT_WRITE)
    return;
  prefix.size = g_rand_int_range (rand, 0, operation->size + 1);
  prefix.size -= MIN (prefix.size, (operation->offset + prefix.size) % SECTOR_SIZE);
  apply (disk, &prefix);
}

static void
apply_pending (SakPowerCut   *self,
               GPtrArray     *disk,
               SakPowerModel  model,
               GRand         *rand)
{
  guint cut = g_rand_int_range (rand, 0, self->pending->len + 1);

  for (guint i = 0; i < self->pending->len; i++)
    {
      SakFaultOperation *operation = get_pending (self, i);

      if (model == SAK_POWER_TORN_LAST)
        {
          if (i < cut)
            apply (disk, operation);
          else if (i == cut)
            apply_prefix (disk, operation, rand);
        }
      else if (model >= SAK_POWER_RANDOM_SECTORS && operation->kind == SAK_FAULT_WRITE)
        apply_some_sectors (disk, operation, rand);
      else if (model == SAK_POWER_KEEP_ALL
               || (model != SAK_POWER_DROP_ALL && g_rand_boolean (rand)))
        apply (disk, operation);
    }
}

/* The power fails while the device writes a sector: that sector is lost, whatever of it
 * belonged to the write.
 */
static void
spoil_sector (SakPowerCut *self,
              GPtrArray   *disk,
              guint        sector_size,
              GRand       *rand)
{
  guint n_pending = self->pending->len;
  guint first = n_pending > 0 ? g_rand_int_range (rand, 0, n_pending) : 0;

  for (guint i = 0; i < n_pending; i++)
    {
      SakFaultOperation *operation = get_pending (self, (first + i) % n_pending);
      SakFaultFile *file = g_ptr_array_index (disk, operation->file);
      gint64 start;

      if (operation->kind != SAK_FAULT_WRITE)
        continue;
      start = operation->offset + g_rand_int_range (rand, 0, operation->size);
      start -= start % sector_size;
      for (gint64 at = start; at < MIN (start + sector_size, file->bytes->len); at++)
        file->bytes->data[at] = g_rand_int (rand);
      return;
    }
}

/**
 * sak_power_cut_at:
 * @n_operations: how many had been issued when the power went; must not decrease
 *
 * Returns: a disk to recover from.
 */
SakFaultVfs *
sak_power_cut_at (SakPowerCut   *self,
                  guint          n_operations,
                  SakPowerModel  model,
                  guint32        seed)
{
  g_autoptr (GPtrArray) disk = g_ptr_array_new_with_free_func (free_file);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  SakFaultVfs *result = sak_fault_vfs_new ();

  advance (self, n_operations);
  for (guint i = 0; i < self->disk->len; i++)
    {
      SakFaultFile *synced = g_ptr_array_index (self->disk, i);
      SakFaultFile *file = add_empty_file (disk, synced->name);

      g_byte_array_append (file->bytes, synced->bytes->data, synced->bytes->len);
      file->is_linked = synced->is_linked;
      file->is_directory = synced->is_directory;
    }
  apply_pending (self, disk, model, rand);
  if (model == SAK_POWER_GARBAGE_512 || model == SAK_POWER_GARBAGE_4096)
    spoil_sector (self, disk, model == SAK_POWER_GARBAGE_512 ? 512 : 4096, rand);
  for (guint i = 0; i < disk->len; i++)
    {
      SakFaultFile *file = g_ptr_array_index (disk, i);

      if (file->is_linked)
        {
          sak_fault_vfs_add_file (result, file->name, file->bytes->data, file->bytes->len);
          ((SakFaultFile *) g_ptr_array_index (result->files, result->files->len - 1))->is_directory =
            file->is_directory;
        }
    }
  return result;
}
