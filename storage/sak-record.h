/* sak-record.h - what a vault holds of one record, as it stood when it was read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-form.h"
#include "storage/sak-revision.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_RECORD_DRAFT,             /* never finished */
  SAK_RECORD_FINISHED,          /* signed, nothing pending */
  SAK_RECORD_CHANGED,           /* signed, with a draft of the next revision */
  SAK_RECORD_CONFLICT,          /* two heads */
  SAK_RECORD_WITHDRAWN,         /* from elsewhere, and its author passed on that consent was taken back */
} SakRecordState;

/* The same as in the database, for SQL. */
#define SAK_RECORD_WITHDRAWN_NUMBER 4
G_STATIC_ASSERT (SAK_RECORD_WITHDRAWN == SAK_RECORD_WITHDRAWN_NUMBER);

/* A snapshot: changing the record does not change it. */
/* Whose word the fields of a SakRecord are. */
typedef enum
{
  SAK_SIGNED_BY_NOBODY,         /* they are a draft's */
  SAK_SIGNED_BY_US,
  SAK_SIGNED_BY_CONTACT,
  SAK_SIGNED_BY_UNKNOWN         /* a key that no contact has */
} SakSignedBy;

typedef struct
{
  gatomicrefcount ref_count;
  char *id;
  char *kind;
  char *code;                   /* e.g. "MNK-2026-0042" */
  SakRecordState state;
  char *base_revision;          /* the head that the fields stand on; NULL if never finished */
  json_t *fields;               /* the draft's if there is one, else the head's */
  SakForm *form;                /* that they were made with; NULL where it is not here */
  char **withheld;              /* paths that did not come with the head; never NULL */
  char *origin;                 /* name of the contact it came from, or NULL if made here */
  SakSignedBy signed_by;
  char *author;                 /* name of the contact who signed what is shown; else NULL */
  gint64 changed;               /* seconds since 1970 */
} SakRecord;

#define SAK_TYPE_RECORD (sak_record_get_type ())
GType      sak_record_get_type (void);
SakRecord *sak_record_ref      (SakRecord *self);
void       sak_record_unref    (SakRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakRecord, sak_record_unref)

/* The little that a list shows of a record. */
typedef struct
{
  gint64 rowid;
  char *id;
  char *kind;
  char *code;
  char *title;                  /* never empty when finished; "" for an empty draft */
  char *date;                   /* EDTF as stored, or "" */
  char *place;                  /* or "" */
  SakRecordState state;
  char *origin;                 /* or NULL */
  gint64 changed;
  guint n_media;
} SakRecordRow;

void sak_record_row_free (SakRecordRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakRecordRow, sak_record_row_free)

typedef enum
{
  SAK_SORT_CHANGED,             /* latest first */
  SAK_SORT_DATE,                /* what happened latest first; without date last */
  SAK_SORT_TITLE,
  SAK_SORT_CODE,
  SAK_SORT_PLACE,               /* without place last; only for sak_vault_list_matching() */
  SAK_SORT_STATE,               /* the same */
} SakRecordSort;

/* Writing. All of them are durable when they return. */
char      *sak_vault_add_record    (SakVault       *self,
                                    const char     *kind,
                                    json_t         *fields,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_save_draft    (SakVault       *self,
                                    const char     *record_id,
                                    const char     *base_revision,
                                    json_t         *fields,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_discard_draft (SakVault       *self,
                                    const char     *record_id,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
char      *sak_vault_finish_record (SakVault       *self,
                                    const char     *record_id,
                                    const char     *reason,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
char      *sak_vault_finish_beside_draft (SakVault *self,
                                    const char     *record_id,
                                    const char     *base_revision,
                                    json_t         *fields,
                                    json_t         *draft,
                                    const char     *reason,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reading. @record: an id, or a code such as "MNK-2026-0042". */
SakRecord *sak_vault_load_record   (SakVault       *self,
                                    const char     *record,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *sak_vault_list_heads    (SakVault       *self,
                                    const char     *record_id,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *sak_vault_list_history  (SakVault       *self,
                                    const char     *record_id,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/* Lists in two steps, so that a million rows cost eight megabytes: first the row numbers
 * (GArray of gint64) in order, then the rows on the screen (GPtrArray of SakRecordRow).
 * @kind: NULL for all that are no records of the network (sak-kind.h).
 */
GArray    *sak_vault_list_rowids   (SakVault       *self,
                                    const char     *kind,
                                    SakRecordSort   sort,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GArray    *sak_vault_list_stretch  (SakVault       *self,
                                    const char     *kind,
                                    SakRecordSort   sort,
                                    gint64          first,
                                    gint64          most,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *sak_vault_load_rows     (SakVault       *self,
                                    const gint64   *rowids,
                                    guint           n_rowids,
                                    GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
