/* sak-review.h - what arrived, and what was decided about it here
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An arrival is a case that came from elsewhere. What this vault decides about it, and its internal notes, are signed
 * records of its own (sak-kind.h), which never leave. Which state an arrival is in follows from the decision made last,
 * from the versions that it was made about, and from the questions that are not closed:
 *
 *   new        nobody here has decided anything
 *   in review  somebody looks at it, and has neither decided nor left it again
 *   question   undecided, and something was asked about it that is not closed
 *   changed    decided about, and a version came since, or more of one: the decision does not speak of that
 *   accepted   with a grade
 *   declined   with a reason
 *
 * Decisions that others signed count for nothing here. Whether a record was read is remembered here alone, unsigned.
 * Lists and counts go along indexes. All functions belong to the vault's thread.
 */
#pragma once

#include "storage/model/sak-verdict.h"
#include "storage/sak-contact.h"
#include "storage/sak-record.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_REVIEW_NEW,
  SAK_REVIEW_BEGUN,
  SAK_REVIEW_QUESTION,
  SAK_REVIEW_CHANGED,
  SAK_REVIEW_ACCEPTED,
  SAK_REVIEW_DECLINED,
  SAK_N_REVIEW_STATES
} SakReviewState;

/* "new", "in-review", "question", "changed", "accepted", "declined". */
const char *sak_review_state_to_code   (SakReviewState  state);
gboolean    sak_review_state_from_code (const char     *code,
                                        SakReviewState *ret_state);

/* One decision or note. */
typedef struct
{
  char *id;                     /* of its record */
  SakVerdictSays says;
  SakGrade grade;
  char *text;                   /* reason or note; NULL where there is none */
  gint64 time;                  /* as this vault's clock was then */
  guint n_versions;             /* about which it is: more than one stood beside each other */
  gboolean is_of_present;       /* the versions that it was made about stand now, and no more of them came since */
} SakDecision;

typedef struct
{
  SakRecordRow *row;            /* what lists show of the record, its origin among it */
  SakTrust trust;               /* of the contact it came from */
  gboolean has_known_author;    /* the version that stands was signed by that contact */
  SakReviewState state;
  SakGrade grade;               /* of the last decision; SAK_GRADE_NONE unless that accepted it */
  gboolean is_urgent;           /* it says that somebody is in danger */
  gboolean is_read;             /* all of its versions were */
  guint n_questions;            /* of ours, not closed */
  /* What stands now, for the decisions about it below: of each version its id, or "ID:N" where so many of its fields
   * came and others did not. NULL in lists, which do not show them.
   */
  char **versions;
} SakArrived;

void sak_decision_free (gpointer self);
void sak_arrived_free  (SakArrived *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakArrived, sak_arrived_free)

typedef struct
{
  guint n[SAK_N_REVIEW_STATES];
  guint n_unread;
  guint n_urgent;               /* neither accepted nor declined, and somebody is in danger */
} SakReviewCount;

/* Deciding; each is signed and durable when it returns. INVALID for records of one's own, CONFLICT where the consent
 * was taken back. @seen: the versions that whoever decides was looking at, as SakArrived has them: where others stand
 * by then, the decision speaks of those, and the record is "changed". NULL: those that stand now, for whoever has just
 * looked at them in this same job. Returns: the decision's id.
 */
char       *sak_vault_begin_review    (SakVault        *self,
                                       const char      *record,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Nobody looks at it any more, and it stands as it did before. Where nobody did, nothing is signed. */
gboolean    sak_vault_end_review      (SakVault        *self,
                                       const char      *record,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;
char       *sak_vault_accept          (SakVault        *self,
                                       const char      *record,
                                       const char *const *seen,
                                       SakGrade         grade,
                                       const char      *note,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;
char       *sak_vault_decline         (SakVault        *self,
                                       const char      *record,
                                       const char *const *seen,
                                       const char      *reason,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Also about one's own. */
char       *sak_vault_add_note        (SakVault        *self,
                                       const char      *record,
                                       const char      *text,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Read is what was @seen; where something else stands by then, that is not. */
gboolean    sak_vault_set_read        (SakVault        *self,
                                       const char      *record,
                                       const char *const *seen,
                                       gboolean         is_read,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reading. @state: SAK_N_REVIEW_STATES for all; @from: NULL for all. In two steps as other lists: row numbers, of
 * urgent ones first, then of the latest; then what stands on the screen (GPtrArray of SakArrived).
 */
GArray     *sak_vault_list_arrivals   (SakVault         *self,
                                       SakReviewState    state,
                                       const SakContact *from,
                                       gint64            first,
                                       gint64            most,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *sak_vault_load_arrivals   (SakVault         *self,
                                       const gint64     *rowids,
                                       guint             n_rowids,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* NOT_FOUND where it is no arrival. */
SakArrived *sak_vault_load_arrival    (SakVault         *self,
                                       const char       *record,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* SakDecision, the first first. */
GPtrArray  *sak_vault_list_decisions  (SakVault         *self,
                                       const char       *record,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_vault_count_arrivals  (SakVault         *self,
                                       const SakContact *from,
                                       SakReviewCount   *ret_count,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
