/* sak-memory-search.c - whether something can be found in this process's memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/headless/sak-memory-search.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#define WINDOW_SIZE (4 * 1024 * 1024)
/* What an allocator writes into a freed block does not hide the rest. */
#define CUT 16

void
memory_needle_set (MemoryNeedle *self,
                   const char   *name,
                   const void   *bytes,
                   gsize         size)
{
  const guint8 *from = bytes;

  g_assert_cmpuint (size, <=, sizeof self->flipped);
  self->name = name;
  self->size = size;
  for (gsize i = 0; i < size; i++)
    self->flipped[i] = (guint8) ~from[i];
}

void
memory_needle_get (const MemoryNeedle *self,
                   void               *buffer)
{
  guint8 *to = buffer;

  for (gsize i = 0; i < self->size; i++)
    to[i] = (guint8) ~self->flipped[i];
}

static guint
count_in (const MemoryNeedle *self,
          const guint8       *bytes,
          gsize               size,
          const char         *where)
{
  gsize skip = self->size > 2 * CUT ? CUT : 0;
  const guint8 *flipped = self->flipped + skip;
  gsize length = self->size > 3 * CUT ? self->size - 2 * CUT : self->size - skip;
  const guint8 *at = bytes;
  guint n_found = 0;

  while (size >= length && (at = memchr (at, (guint8) ~flipped[0], size - (gsize) (at - bytes))) != NULL)
    {
      gsize k;

      if ((gsize) (at - bytes) + length > size)
        break;
      for (k = 0; k < length && (at[k] ^ flipped[k]) == 0xff; k++)
        ;
      if (k == length)
        {
          g_test_message ("%s found in %s", self->name, where);
          n_found++;
        }
      at++;
    }
  return n_found;
}

/* In windows that overlap by the needle, through the kernel: guard pages are no crash. */
static guint
count_in_mapping (const MemoryNeedle *self,
                  guint8             *window,
                  gsize               start,
                  gsize               end,
                  const char         *where)
{
  guint n_found = 0;

  while (start < end)
    {
      struct iovec local = { window, MIN (WINDOW_SIZE, end - start) };
      struct iovec remote = { (void *) start, local.iov_len };
      gssize got = process_vm_readv (getpid (), &local, 1, &remote, 1, 0);

      if (got <= 0)
        break;
      n_found += count_in (self, window, (gsize) got, where);
      if ((gsize) got < WINDOW_SIZE)
        break;
      start += (gsize) got - self->size;
    }
  return n_found;
}

guint
memory_needle_count (const MemoryNeedle *self)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  guint8 *window = mmap (NULL, WINDOW_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  guint n_found = 0;

  g_assert_true (window != MAP_FAILED);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize start, end;

      if (sscanf (lines[i], "%lx-%lx", &start, &end) != 2 || strstr (lines[i], " rw") == NULL)
        continue;
      /* The window may have become one mapping with what lies beside it. */
      if (start <= (gsize) window && (gsize) window < end)
        {
          n_found += count_in_mapping (self, window, start, (gsize) window, lines[i]);
          start = (gsize) window + WINDOW_SIZE;
        }
      n_found += count_in_mapping (self, window, start, end, lines[i]);
    }
  munmap (window, WINDOW_SIZE);
  return n_found;
}
