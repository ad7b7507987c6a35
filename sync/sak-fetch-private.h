/* sak-fetch-private.h - what finding and taking share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-fetch.h"
#include "sync/sak-shelf.h"

G_BEGIN_DECLS

/* One bundle as it lies there: a file, or all of its parts. */
typedef struct
{
  char *name;
  GPtrArray *files;             /* SakShelfFile, borrowed; in order where none is missing */
  guint n_parts;                /* as their names say: whoever named them may say anything */
  char *stamp;                  /* of all of them together; NULL where one is missing */
  guint64 size_bytes;
} SakFind;

struct _SakFetch
{
  SakCarrier *carrier;
  char *vault_path;
  GHashTable *known;            /* name -> SakFetched */
  GHashTable *own;              /* set of names under which this vault itself put bundles there */
  SakShelf *shelf;
  GHashTable *there;            /* name -> SakShelfFile */
  GHashTable *names;            /* set: of bundles that are there, whether known or not */
  GPtrArray *left;              /* SakFind, from the last */
  guint n_incomplete;
  SakFind *current;             /* brought */
  char *path;                   /* where it can be read */
  gboolean is_temporary;        /* … and who reads it removes it */
  guint8 sha256[SAK_SHA256_SIZE];
  gboolean may_be_tidied;
};

void       sak_find_free    (SakFind     *self);
/* By name. */
GPtrArray *sak_find_group   (GHashTable  *there) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
