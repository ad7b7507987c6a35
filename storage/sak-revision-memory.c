/* sak-revision-memory.c - the lines parsed last, for work that looks at the same ones again and again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-revision-memory.h"

#include <string.h>

#include "crypto/sak-crypto.h"

/* Few: questions about one record follow each other. A long line is rare, and not worth its place. */
#define N_PLACES 8
#define MAX_SIZE (256 * 1024)

typedef struct
{
  char *line;
  gsize size;
  SakRevision *revision;
} Place;

struct _SakRevisionMemory
{
  Place places[N_PLACES];
  guint next;                   /* the one that is given up for another */
};

SakRevisionMemory *
sak_revision_memory_new (void)
{
  return g_new0 (SakRevisionMemory, 1);
}

static void
clear_place (Place *place)
{
  if (place->line != NULL)
    sak_wipe (place->line, place->size);
  g_clear_pointer (&place->line, g_free);
  g_clear_pointer (&place->revision, sak_revision_unref);
}

void
sak_revision_memory_free (SakRevisionMemory *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_PLACES; i++)
    clear_place (&self->places[i]);
  g_free (self);
}

static void
remember (SakRevisionMemory *self,
          const char        *line,
          gsize              size,
          SakRevision       *revision)
{
  Place *place = &self->places[self->next];

  if (size == 0 || size > MAX_SIZE)
    return;
  self->next = (self->next + 1) % N_PLACES;
  clear_place (place);
  place->line = g_memdup2 (line, size);
  place->size = size;
  place->revision = sak_revision_ref (revision);
}

/**
 * sak_revision_memory_parse:
 *
 * Returns: (transfer full): perhaps one that others hold, too
 */
SakRevision *
sak_revision_memory_parse (SakRevisionMemory  *self,
                           const char         *line,
                           gsize               size,
                           GError            **error)
{
  SakRevision *revision;

  for (guint i = 0; i < N_PLACES; i++)
    {
      const Place *place = &self->places[i];

      if (place->line != NULL && place->size == size && memcmp (place->line, line, size) == 0)
        return sak_revision_ref (place->revision);
    }
  revision = sak_revision_parse_stored (line, (gssize) size, error);
  if (revision != NULL)
    remember (self, line, size, revision);
  return revision;
}
