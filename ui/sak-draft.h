/* sak-draft.h - the record that a page writes to, from before it exists
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new record gets its id when it is first saved, on the vault's thread. Calls that are
 * queued behind that save find the id here; so nothing has to wait on the main loop, and
 * locking at once loses nothing.
 */
#pragma once

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_DRAFT (sak_draft_get_type ())
G_DECLARE_FINAL_TYPE (SakDraft, sak_draft, SAK, DRAFT, GObject)

/* @record_id: NULL for a record that does not exist yet. */
SakDraft   *sak_draft_new           (const char    *kind,
                                     const char    *record_id) G_GNUC_WARN_UNUSED_RESULT;
/* Before queueing: ties a call to the draft. */
void        sak_draft_join          (SakDraft      *self,
                                     SakCall       *call);
/* In jobs only. Borrowed ids. */
const char *sak_draft_ensure_record (SakCall       *call,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, or NULL where it does not exist yet. */
const char *sak_draft_get_record    (SakCall       *call);

/* The jobs themselves: each answers with the SakRecord as it then stands.
 * call->fields: all of the page's fields; what lies under "media/" stays as the vault has it.
 * call->names[0], if any: the revision that the fields stand on.
 */
gpointer    sak_draft_save_job      (gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);
/* Saves first. call->text: the reason. */
gpointer    sak_draft_finish_job    (gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);
/* Answers SAK_JOB_DONE. */
gpointer    sak_draft_discard_job   (gpointer       data,
                                     GCancellable  *cancellable,
                                     GError       **error);

G_END_DECLS
