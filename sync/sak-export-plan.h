/* sak-export-plan.h - what will leave this computer, decided and shown before it does
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing leaves except through a plan. The plan applies consent (sak-consent.h) and
 * can say for each thing why it goes, goes in part, or stays.
 */
#pragma once

#include "storage/sak-exchange.h"
#include "storage/sak-media.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_PLAN_LEAVES,              /* whole */
  SAK_PLAN_LEAVES_UNNAMED,      /* identity fields, and media that show who it is, stay here */
  SAK_PLAN_STAYS_NOT_ASKED,     /* a testimony whose consent to share was not asked */
  SAK_PLAN_STAYS_REFUSED,
  SAK_PLAN_STAYS_WITHDRAWN,
} SakPlanVerdict;

typedef struct
{
  char *record_id;
  char *revision_id;
  char *kind;
  char *code;
  char *title;
  SakPlanVerdict verdict;
  GHashTable *withheld;         /* set of field paths */
  char *name;                   /* the name that leaves, or NULL */
  char *place;                  /* the place that leaves, or NULL */
  GPtrArray *media;             /* SakMediaInfo that leave */
  guint n_media_withheld;
  gboolean is_sent_again;       /* all of it was sent before, and not acknowledged yet */
  GPtrArray *revision_ids;      /* char *, oldest first: what is sent of the history */
  GHashTable *referred;         /* set of SHA-256: the media that these refer to */
} SakPlanItem;

typedef struct
{
  GPtrArray *recipients;        /* SakContact */
  GPtrArray *items;             /* SakPlanItem, in the order they will be sent */
  guint n_leaving;
  guint n_staying;
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
gboolean       sak_plan_item_leaves   (const SakPlanItem *self);
/* Which fields of one revision of the item's record stay here: a set of paths. */
GHashTable    *sak_plan_item_withhold (const SakPlanItem *self,
                                       SakRevision       *revision) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
