/* sak-patience.h - the waiting after wrong tries, the same at every place that asks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SAK_TYPE_PATIENCE (sak_patience_get_type ())
G_DECLARE_FINAL_TYPE (SakPatience, sak_patience, SAK, PATIENCE, GObject)

/* "changed" comes with each second of waiting, and at its end. */
SakPatience *sak_patience_get_default (void);
void         sak_patience_note_wrong  (SakPatience *self);
void         sak_patience_forget      (SakPatience *self);
/* Since something opened last. */
gboolean     sak_patience_has_wrong   (SakPatience *self);
gboolean     sak_patience_must_wait   (SakPatience *self);
/* How long still, or that it is over. */
char        *sak_patience_dup_words   (SakPatience *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
