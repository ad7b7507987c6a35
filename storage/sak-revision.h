/* sak-revision.h - one signed, immutable state of a record
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A revision signs digests of its fields, not their text, so that whoever passes it on
 * may withhold any field and the signature still verifies. Bytes: storage/FORMAT.md.
 */
#pragma once

#include "crypto/sak-sign.h"
#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* Limits on every revision, made here or elsewhere; fields and paths: sak-path.h, and one
 * line is at most SAK_JSON_MAX_SIZE bytes.
 */
#define SAK_REVISION_VERSION 1
#define SAK_REVISION_ID_SIZE 32
#define SAK_REVISION_SALT_SIZE 16
/* The last second of the year 9999; claimed times begin with 1970. */
#define SAK_REVISION_MAX_TIME G_GINT64_CONSTANT (253402300799)
#define SAK_REVISION_MAX_PARENTS 16
#define SAK_REVISION_MAX_REASON 4096
#define SAK_REVISION_MAX_NAME 64        /* kind and form: [a-z][a-z0-9_-]* */

typedef struct _SakRevision SakRevision;

#define SAK_TYPE_REVISION (sak_revision_get_type ())
GType        sak_revision_get_type (void);

/* Everything that the author decides; borrowed by sak_revision_new(). */
typedef struct
{
  const char *record_id;
  const char *kind;
  const char *form;
  guint form_version;
  const char *const *parents;   /* revision ids, NULL-terminated; NULL for a first revision */
  gint64 time;                  /* seconds since 1970, as the author's clock claims */
  const char *reason;           /* NULL or "" for a first revision */
  json_t *fields;               /* object of path → value */
} SakRevisionContent;

SakRevision  *sak_revision_new             (const SakRevisionContent  *content,
                                            SakSecret                 *signing_seed,
                                            GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
SakRevision  *sak_revision_parse           (const char                *line,
                                            gssize                     size,
                                            GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
SakRevision  *sak_revision_parse_stored    (const char                *line,
                                            gssize                     size,
                                            GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
SakRevision  *sak_revision_ref             (SakRevision               *self);
void          sak_revision_unref           (SakRevision               *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakRevision, sak_revision_unref)

/* One line of canonical JSON without the line end; paths in @withheld (nullable,
 * a set of strings) go as digests only.
 */
char         *sak_revision_to_line         (SakRevision               *self,
                                            GHashTable                *withheld) G_GNUC_WARN_UNUSED_RESULT;

const char   *sak_revision_get_id          (SakRevision               *self);
const char   *sak_revision_get_record_id   (SakRevision               *self);
const char   *sak_revision_get_kind        (SakRevision               *self);
const char   *sak_revision_get_form        (SakRevision               *self);
guint         sak_revision_get_form_version (SakRevision              *self);
const guint8 *sak_revision_get_author      (SakRevision               *self);
gint64        sak_revision_get_time        (SakRevision               *self);
const char   *sak_revision_get_reason      (SakRevision               *self);
const char *const *sak_revision_get_parents (SakRevision              *self);
json_t       *sak_revision_get_fields      (SakRevision               *self);
const char *const *sak_revision_get_withheld (SakRevision             *self);
const json_t *sak_revision_get_head        (SakRevision               *self);

G_END_DECLS
