/* sak-history.h - the versions of a record, and bringing several heads together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-record-compare.h"
#include "storage/sak-record.h"

G_BEGIN_DECLS

/* What the claimed times say; what came after what is known by the parents alone. */
typedef enum
{
  SAK_CLOCK_FINE,
  SAK_CLOCK_BEFORE_PARENT,      /* claims to be earlier than what it follows */
  SAK_CLOCK_IN_FUTURE,          /* claims a time that is not yet here */
} SakClock;

typedef struct
{
  SakRevision *revision;
  gboolean is_head;
  gboolean is_own;              /* made in this vault */
  char *author;                 /* a contact's name, this vault's, or NULL for a key that nobody here knows */
  SakClock clock;
  gboolean lacks_parent;        /* something that it follows is not here */
  GPtrArray *changes;           /* SakFieldComparison of one side, only of what changed; against each parent */
} SakVersion;

void       sak_version_free           (SakVersion           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakVersion, sak_version_free)

/* What takes part in a conflict: the heads, with the draft in the place of the one that it
 * stands on, or beside them where it stands on none.
 */
typedef struct
{
  char *revision;               /* the head, or what the draft stands on; NULL for a draft on nothing */
  gboolean is_draft;
  gboolean is_head;             /* FALSE: a draft whose base is history */
  gboolean is_whole;            /* nothing withheld: can be merged here */
  gboolean is_own;
  char *author;                 /* as above */
  gint64 time;
  char *reason;
  json_t *fields;
  char **withheld;              /* never NULL */
} SakConflictSide;

typedef struct
{
  char *id;
  char *kind;
  SakForm *form;                /* to show it by, or NULL */
  char *base;                   /* the last version that all whole sides come from, or NULL */
  GPtrArray *sides;             /* SakConflictSide, those that can be merged first */
  guint n_mergeable;            /* under 2: there is nothing to merge here */
  GPtrArray *fields;            /* SakFieldComparison; outcomes are of the mergeable sides, where two are */
} SakConflict;

void         sak_conflict_free           (SakConflict         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakConflict, sak_conflict_free)
/* The heads to give to sak_vault_merge_record(). */
char       **sak_conflict_list_parents   (const SakConflict   *self) G_GNUC_WARN_UNUSED_RESULT;
/* A draft takes part, and can be merged. */
gboolean     sak_conflict_has_draft      (const SakConflict   *self);

/* Of SakVersion: each after those that follow it, and the latest first. */
GPtrArray   *sak_vault_list_versions     (SakVault            *self,
                                          const char          *record,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* NULL as @from: against nothing. Of SakFieldComparison with one side, also what is the same. */
GPtrArray   *sak_vault_compare_revisions (SakVault            *self,
                                          const char          *from,
                                          const char          *to,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;
SakConflict *sak_vault_load_conflict     (SakVault            *self,
                                          const char          *record,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a person decided after seeing the conflict. */
typedef struct
{
  const char *const *parents;   /* heads that were seen; they are history afterwards */
  gboolean takes_draft;         /* the draft was seen, too; it is gone afterwards */
  json_t *fields;               /* of the new version, all of them */
  const char *reason;
} SakMerge;

char        *sak_vault_merge_record      (SakVault            *self,
                                          const char          *record,
                                          const SakMerge      *merge,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* An edit that came too late, kept as the record's draft beside what is there now. */
gboolean     sak_vault_keep_draft        (SakVault            *self,
                                          const char          *record,
                                          const char          *base_revision,
                                          json_t              *fields,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* As in SakVersion. */
char        *sak_vault_dup_author_name   (SakVault            *self,
                                          const guint8        *key,
                                          gboolean            *ret_is_own) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
