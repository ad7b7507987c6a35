/* sak-memory-search.h - whether something can be found in this process's memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is looked for is kept with every bit flipped, so as not to find itself. */
typedef struct
{
  const char *name;
  gsize size;
  guint8 flipped[128];
} MemoryNeedle;

void  memory_needle_set   (MemoryNeedle       *self,
                           const char         *name,
                           const void         *bytes,
                           gsize               size);
/* The bytes as they are, for as long as they are needed; then wipe them. */
void  memory_needle_get   (const MemoryNeedle *self,
                           void               *buffer);
/* How often it is found in all memory that can be read and written, its beginning or its
 * end cut off by a few bytes or not.
 */
guint memory_needle_count (const MemoryNeedle *self);

G_END_DECLS
