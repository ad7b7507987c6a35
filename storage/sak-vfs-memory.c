/* sak-vfs-memory.c - what SQLite gives back to the system holds no more rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages, sorters and statements of a closed connection would stay readable in freed
 * memory, in a core image or a swapped-out page. SQLite lets its allocator be replaced
 * once, before it starts: ours is its own, with a wipe before each release.
 */
#include "config.h"

#include "storage/sak-vfs-sqlite.h"

#include <string.h>

#include "crypto/sak-crypto.h"

static sqlite3_mem_methods base;

static void
wipe_and_free (void *memory)
{
  sak_wipe (memory, base.xSize (memory));
  base.xFree (memory);
}

/* Not the base's: that may move the bytes and leave the old ones behind. */
static void *
move_and_wipe (void *memory,
               int   size)
{
  int old_size = base.xSize (memory);
  void *moved;

  if (size <= old_size && size > old_size / 2)
    return memory;
  moved = base.xMalloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, MIN (size, old_size));
  wipe_and_free (memory);
  return moved;
}

/**
 * sak_vfs_wipe_freed_memory:
 *
 * Returns: FALSE if another library has started SQLite already; its memory is then
 * released unwiped.
 */
gboolean
sak_vfs_wipe_freed_memory (void)
{
  static gsize state;

  if (g_once_init_enter (&state))
    {
      sqlite3_mem_methods methods;
      gboolean is_set = sqlite3_config (SQLITE_CONFIG_GETMALLOC, &base) == SQLITE_OK;

      methods = base;
      methods.xFree = wipe_and_free;
      methods.xRealloc = move_and_wipe;
      is_set = is_set && sqlite3_config (SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK;
      g_once_init_leave (&state, is_set ? 1 : 2);
    }
  return state == 1;
}
