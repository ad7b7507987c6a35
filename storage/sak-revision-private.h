/* sak-revision-private.h - what making and reading of revisions share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-revision.h"

G_BEGIN_DECLS

/* Immutable once made, so any thread may read it. */
struct _SakRevision
{
  gatomicrefcount ref_count;
  json_t *head;
  char *canonical_head;
  json_t *open;                 /* path → { "salt", "value" } */
  json_t *fields;               /* path → value, the same values as in open */
  char **withheld;              /* sorted paths that are in the head but not open */
  char **parents;
  char *id;
  guint8 author[SAK_SIGN_PUBLIC_SIZE];
  guint8 signature[SAK_SIGN_SIZE];
  gint64 time;
};

G_GNUC_INTERNAL
SakRevision *sak_revision_new_empty     (void) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean     sak_revision_check_name    (const char   *name);
G_GNUC_INTERNAL
void         sak_revision_digest_field  (const char   *path,
                                         const json_t *value,
                                         const guint8  salt[static SAK_REVISION_SALT_SIZE],
                                         char          hex[static 2 * SAK_REVISION_ID_SIZE + 1]);
/* Fills in id, parents, withheld and fields, from head and open. */
G_GNUC_INTERNAL
void         sak_revision_complete      (SakRevision  *self,
                                         guint8        id[static SAK_REVISION_ID_SIZE]);

/* What is signed: context with its NUL, then the id. */
#define SAK_REVISION_CONTEXT "sakkhi-revision-v1"
#define SAK_REVISION_SIGNED_SIZE (sizeof SAK_REVISION_CONTEXT + SAK_REVISION_ID_SIZE)
G_GNUC_INTERNAL
void         sak_revision_get_signed    (const guint8  id[static SAK_REVISION_ID_SIZE],
                                         guint8        message[static SAK_REVISION_SIGNED_SIZE]);

G_END_DECLS
