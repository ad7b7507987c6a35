/* sak-export-plan.h - what will leave this computer, decided and shown before it does
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing leaves except through a plan. The plan applies consent (sak-consent.h) and
 * can say for each thing why it goes, goes in part, or stays.
 */
#pragma once

#include "storage/model/sak-name-scan.h"
#include "storage/model/sak-place.h"
#include "storage/sak-choice.h"
#include "storage/sak-exchange.h"
#include "storage/sak-media.h"

G_BEGIN_DECLS

/* The stricter is the greater. */
typedef enum
{
  SAK_PLAN_LEAVES,              /* whole */
  SAK_PLAN_LEAVES_UNNAMED,      /* identity fields, and media that show who it is, stay here */
  SAK_PLAN_LEAVES_ANONYMOUS,    /* the pseudonym, too */
  SAK_PLAN_LEAVES_WITHDRAWAL,   /* only what tells those who have it that consent was taken back */
  SAK_PLAN_STAYS_NOT_ASKED,     /* a testimony whose consent for this recipient was not asked */
  SAK_PLAN_STAYS_EXPIRED,
  SAK_PLAN_STAYS_CLOCK,         /* consent of a later day than this computer's */
  SAK_PLAN_STAYS_UNREADABLE,    /* a consent that this version does not understand */
  SAK_PLAN_STAYS_GUARDIAN,
  SAK_PLAN_STAYS_REFUSED,
  SAK_PLAN_STAYS_WITHDRAWN,
  SAK_PLAN_STAYS_CHOSEN,        /* a question or an answer that names somebody: who sends decided to keep it */
  SAK_PLAN_STAYS_OTHERS,        /* a record of the network that is for others than these recipients */
  SAK_PLAN_STAYS_INTERNAL,      /* … that is for nobody: a note or a decision of this vault's own */
  SAK_N_PLAN_VERDICTS
} SakPlanVerdict;

/* Why one field, row or file stays here. */
typedef enum
{
  SAK_PLAN_KEEP_RECORD = 1,     /* the whole record stays */
  SAK_PLAN_KEEP_IDENTITY,       /* tells who it is */
  SAK_PLAN_KEEP_PSEUDONYM,
  SAK_PLAN_KEEP_MEDIA,          /* a file shows who it is */
  SAK_PLAN_KEEP_CONSENT_NAMES,  /* an older consent that names who was present */
  SAK_PLAN_KEEP_PERSON,         /* a row about somebody who does not want to be shared */
  SAK_PLAN_KEEP_OTHER_RECORD,   /* a file that another record does not let go */
  SAK_PLAN_KEEP_NOT_HERE,       /* a file that is not in this vault */
  SAK_PLAN_KEEP_WITHDRAWN,      /* all but the consent of a record whose consent was taken back */
  SAK_PLAN_KEEP_PLACE,          /* tells a place more exactly than somebody allowed */
  SAK_PLAN_KEEP_CHOSEN,         /* it names somebody, and the person who sends decided to keep it */
  SAK_N_PLAN_KEEPS
} SakPlanKeep;

/* A file that is named and does not go. */
typedef struct
{
  SakMediaInfo *info;
  SakPlanKeep keep;
} SakPlanKeptFile;

/* The reason of a change, which is no field and cannot be withheld. */
#define SAK_PLAN_REASON_PATH "(reason)"

/* Words that would leave and tell of somebody. */
typedef struct
{
  char *path;                   /* of the field, or SAK_PLAN_REASON_PATH */
  char *words;
  SakHitKind kind;
  SakNameLikeness likeness;
  guint reasons;                /* of SakNameReason */
  char *person_id;              /* whose, or NULL: numbers of nobody who is known */
  char *person;                 /* the same as lists name them */
  gboolean must_be_decided;     /* not only perhaps: no bundle is made before */
} SakPlanHit;

typedef struct
{
  char *record_id;
  char *revision_id;
  char *kind;
  char *code;
  char *title;
  SakPlanVerdict verdict;
  SakPlaceLevel place_level;    /* the finest that may be told; SAK_PLACE_EXACT: nobody limits it */
  GHashTable *withheld;         /* field path -> SakPlanKeep */
  char *name;                   /* the name that leaves, or NULL */
  char *place;                  /* the place that leaves, or NULL */
  char *conditions;             /* in their own words, for whoever sends; or NULL */
  GPtrArray *media;             /* SakMediaInfo that leave */
  GPtrArray *kept_files;        /* SakPlanKeptFile */
  guint n_media_withheld;
  gboolean is_sent_again;       /* all of it was sent before, and not acknowledged yet */
  GPtrArray *revision_ids;      /* char *, oldest first: what is sent of the history */
  GHashTable *referred;         /* set of SHA-256: the media that these refer to */
  GHashTable *refusing;         /* the plan's */
  GPtrArray *hits;              /* SakPlanHit, in what would leave were nothing chosen */
  GHashTable *choices;          /* path -> SakChoice, for each path with a hit */
} SakPlanItem;

typedef struct
{
  GPtrArray *recipients;        /* SakContact */
  GPtrArray *roles;             /* char *, what each is to the network: a recipient of sak-consent.h */
  GPtrArray *items;             /* SakPlanItem, in the order they will be sent */
  GHashTable *mentioned;        /* set of record ids that rows are about */
  GHashTable *refusing;         /* set of those who do not want to be shared with the recipients */
  guint n_leaving;
  guint n_staying;
  guint n_undecided;            /* fields that name somebody: sak_bundle_create() waits for them */
  guint64 media_bytes;          /* each content once */
} SakExportPlan;

/* @recipients: names of contacts; @record_ids: NULL for all that was not sent yet. */
SakExportPlan *sak_export_plan_new  (SakVault          *vault,
                                     const char *const *recipients,
                                     const char *const *record_ids,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void           sak_export_plan_free (SakExportPlan     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakExportPlan, sak_export_plan_free)

gboolean       sak_export_plan_check  (const SakExportPlan *self,
                                       SakVault            *vault,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* Remembers what is to be done with a field, whether it has hits or not; the plan is to be made anew. */
gboolean       sak_export_plan_choose (const SakExportPlan *self,
                                       SakVault            *vault,
                                       const SakPlanItem   *item,
                                       const char          *path,
                                       SakChoice            choice,
                                       GError             **error) G_GNUC_WARN_UNUSED_RESULT;
SakChoice      sak_plan_item_get_choice (const SakPlanItem *self,
                                         const char        *path);
gboolean       sak_plan_item_leaves   (const SakPlanItem *self);
/* Which fields of one revision of the item's record stay here: path -> SakPlanKeep. */
GHashTable    *sak_plan_item_withhold (const SakPlanItem *self,
                                       SakRevision       *revision) G_GNUC_WARN_UNUSED_RESULT;
/* Stable names for programs: "leaves-unnamed", "identity". */
const char    *sak_plan_verdict_to_code (SakPlanVerdict verdict);
const char    *sak_plan_keep_to_code    (SakPlanKeep    keep);

/* For reading that is the owner's own, and no bundle: whether somebody's consent keeps the content
 * from being given to anybody.
 */
gboolean       sak_export_plan_find_media_consent (SakVault    *vault,
                                                   const char  *sha256,
                                                   gboolean    *ret_is_withheld,
                                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
