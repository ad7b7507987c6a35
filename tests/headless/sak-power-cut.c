/* sak-power-cut.c - what a disk may hold after the power went
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A write is safe once its file was synced; a file's name (created, deleted) once any
 * file was. What was pending is kept, dropped, torn or turned to garbage by the model.
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
    add_empty_file (self->disk, ((SakFaultFile *) g_ptr_array_index (trace->files, i))->name);
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
apply (GPtrArray               *disk,
       const SakFaultOperation *operation)
{
  SakFaultFile *file = g_ptr_array_index (disk, operation->file);

  switch (operation->kind)
    {
    case SAK_FAULT_CREATE:
    case SAK_FAULT_DELETE:
      file->is_linked = operation->kind == SAK_FAULT_CREATE;
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

static void
settle (SakPowerCut             *self,
        const SakFaultOperation *sync)
{
  guint n_left = 0;

  for (guint i = 0; i < self->pending->len; i++)
    {
      guint index = g_array_index (self->pending, guint, i);
      SakFaultOperation *operation = get_pending (self, i);

      if (operation->file == sync->file || operation->kind == SAK_FAULT_CREATE
          || operation->kind == SAK_FAULT_DELETE)
        apply (self->disk, operation);
      else
        g_array_index (self->pending, guint, n_left++) = index;
    }
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
    }
  apply_pending (self, disk, model, rand);
  if (model == SAK_POWER_GARBAGE_512 || model == SAK_POWER_GARBAGE_4096)
    spoil_sector (self, disk, model == SAK_POWER_GARBAGE_512 ? 512 : 4096, rand);
  for (guint i = 0; i < disk->len; i++)
    {
      SakFaultFile *file = g_ptr_array_index (disk, i);

      if (file->is_linked)
        sak_fault_vfs_add_file (result, file->name, file->bytes->data, file->bytes->len);
    }
  return result;
}
