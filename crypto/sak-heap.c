/* sak-heap.c - whatever is freed is wiped first: by GTK, Pango, GLib, jansson or us
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A case's text goes through a hundred short-lived strings of libraries that free them as
 * they are. Linked into a program, these take the C library's place for the whole process,
 * as its manual allows (Replacing malloc); the blocks are still the C library's own. Not part
 * of the static library: a program names this file among its sources.
 */
#include "config.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature (address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

/* The sanitizer has put its own in their place. */
#if !defined(__SANITIZE_ADDRESS__)

extern void __libc_free (void *memory);
extern void *__libc_malloc (size_t size);

void
free (void *memory)
{
  int saved_errno = errno;

  if (memory == NULL)
    return;
  explicit_bzero (memory, malloc_usable_size (memory));
  __libc_free (memory);
  errno = saved_errno;
}

/* The C library's may move the bytes and leave the old ones behind. */
void *
realloc (void  *memory,
         size_t size)
{
  size_t old_size;
  void *moved;

  if (memory == NULL)
    return __libc_malloc (size);
  if (size == 0)
    {
      free (memory);
      return NULL;
    }
  old_size = malloc_usable_size (memory);
  if (size <= old_size && size > old_size / 2)
    {
      explicit_bzero ((char *) memory + size, old_size - size);
      return memory;
    }
  moved = __libc_malloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, size < old_size ? size : old_size);
  free (memory);
  return moved;
}

#endif
