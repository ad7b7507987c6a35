/* sak-home-due.h - what waits for the person, in rows: a number and what to do about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-due.h"
#include "storage/sak-last-backup.h"
#include "storage/sak-review.h"
#include "storage/sak-thread.h"

G_BEGIN_DECLS

/* Zeroed before it is filled, and compared whole. */
typedef struct
{
  SakDue due;
  SakThreadCount talk;
  SakLastBackup last;
  SakReviewCount review;
  guint n_slots;
  guint n_contacts;             /* to whom something can be sent */
  guint n_stuck;                /* bundles that could not be sent, and may need somebody */
  gint64 day;                   /* what is said of the last backup goes by it */
  gboolean has_seen_damage;
} SakHomeLook;

#define SAK_TYPE_HOME_DUE (sak_home_due_get_type ())
G_DECLARE_FINAL_TYPE (SakHomeDue, sak_home_due, SAK, HOME_DUE, AdwBin)

GtkWidget *sak_home_due_new         (void) G_GNUC_WARN_UNUSED_RESULT;
/* In place of what is shown; the keyboard stays where it was, if that is still there. @seen: NULL where it could not be
 * read; then @error says why.
 */
void       sak_home_due_show        (SakHomeDue        *self,
                                     const SakHomeLook *seen,
                                     const GError      *error);
/* Behind what sak_home_due_show() put there: it is counted later. */
void       sak_home_due_show_unsent (SakHomeDue        *self,
                                     guint              n);
gboolean   sak_home_due_has_any     (SakHomeDue        *self);

G_END_DECLS
