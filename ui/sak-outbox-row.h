/* sak-outbox-row.h - one bundle in the outbox: for whom, how far it is, why it waits, and what can be done
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sync/sak-outbox.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_OUTBOX_SEND,
  SAK_OUTBOX_PAUSE,
  SAK_OUTBOX_RESUME,
  SAK_OUTBOX_REMOVE,
  SAK_OUTBOX_N_DEEDS,
} SakOutboxDeed;

#define SAK_TYPE_OUTBOX_ROW (sak_outbox_row_get_type ())
G_DECLARE_FINAL_TYPE (SakOutboxRow, sak_outbox_row, SAK, OUTBOX_ROW, GtkListBoxRow)

/* Emits "deed" with a SakOutboxDeed. */
GtkWidget  *sak_outbox_row_new      (const char           *id);
const char *sak_outbox_row_get_id   (SakOutboxRow         *self);
/* How it stands now; @is_asked: it goes as soon as what is under way is done. The keyboard stays in the row, if it was
 * there.
 */
void        sak_outbox_row_set_item (SakOutboxRow         *self,
                                     const SakOutboxItem  *item,
                                     gboolean              goes_by_itself,
                                     gboolean              is_asked);
/* While it is under way; @total_bytes 0: it is not known yet. */
void        sak_outbox_row_set_progress (SakOutboxRow     *self,
                                     guint64               done_bytes,
                                     guint64               total_bytes,
                                     gint64                seconds_left);

G_END_DECLS
