/* sak-review-look.h - what is looked at before a decision is made about a record, as jobs read it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is decided about a record speaks of the versions that were on the screen: they are read in the same job as
 * the words that show them.
 */
#pragma once

#include "storage/sak-review.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

/* A record to be read: its words, and its files. */
typedef struct
{
  char *id;
  json_t *blocks;               /* see ui/words/sak-words-paper.h */
  GPtrArray *media;             /* SakMediaInfo */
} SakLookText;

typedef struct
{
  SakArrived *arrived;
  char *sender;                 /* who sent it, who signed it, and what is known of them, in words */
  GPtrArray *decisions;         /* SakDecision */
  GPtrArray *links;             /* SakLink to and from what is here, each record once */
  SakLookText *text;            /* NULL where only its state was asked for */
} SakLook;

void     sak_look_text_free     (gpointer       text);
void     sak_look_free          (gpointer       look);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakLookText, sak_look_text_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakLook, sak_look_free)

/* Jobs. Of call->id: SakLookText. */
gpointer sak_look_text_job      (gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);
/* Of call->id, or of the first of call->rowids that is an arrival: SakLook; with its text, too, where call->number is
 * not 0.
 */
gpointer sak_look_job           (gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_END_DECLS
