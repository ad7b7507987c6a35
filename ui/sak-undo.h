/* sak-undo.h - what was changed in a record since it was opened, to be taken back step by step
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Works on the object of all fields, so it knows choices, rows, links and dates as well as text.
 * Without GTK. Lives as long as the page, which a lock destroys.
 */
#pragma once

#include "storage/model/sak-json.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define SAK_TYPE_UNDO (sak_undo_get_type ())
G_DECLARE_FINAL_TYPE (SakUndo, sak_undo, SAK, UNDO, GObject)

/* No more is kept than this; the last step always is. */
#define SAK_UNDO_MAX_STEPS 1000
#define SAK_UNDO_MAX_BYTES (8 * 1024 * 1024)

SakUndo  *sak_undo_new      (void) G_GNUC_WARN_UNUSED_RESULT;
/* What the fields are now; there is nothing to take back before this. */
void      sak_undo_start    (SakUndo      *self,
                             const json_t *fields);
typedef enum
{
  SAK_UNDO_SAME,                /* nothing is to be taken back that was not before */
  SAK_UNDO_CHANGE,
  SAK_UNDO_LOSS                 /* a link, or a line of a consent, was taken out */
} SakUndoNoted;

/* Notes how @fields differ from before. @typed_in: which text is written in, only to compare with; or NULL.
 * What is typed on in one is one step, wherever in the fields it goes, until a new word begins, something else
 * is changed or sak_undo_end_step() is called.
 */
SakUndoNoted sak_undo_note  (SakUndo      *self,
                             const json_t *fields,
                             gconstpointer typed_in);
void      sak_undo_end_step (SakUndo      *self);
/* What became so by other ways, and is not to be taken back; NULL: it went. */
void      sak_undo_follow   (SakUndo      *self,
                             const char   *path,
                             const json_t *value);
gboolean  sak_undo_can_undo (SakUndo      *self);
gboolean  sak_undo_can_redo (SakUndo      *self);
/* Changes @fields. The paths that are otherwise now; NULL where there is nothing to take back. */
char    **sak_undo_undo     (SakUndo      *self,
                             json_t       *fields) G_GNUC_WARN_UNUSED_RESULT;
char    **sak_undo_redo     (SakUndo      *self,
                             json_t       *fields) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
