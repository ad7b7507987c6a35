/* sak-sent-list.h - the records that were sent to one contact and whether they arrived, or the bundles that came
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stretch is read at a time, and the next one when somebody asks: however much was ever exchanged, what is
 * held is what is seen.
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_SENT_STRETCH 50

#define SAK_TYPE_SENT_LIST (sak_sent_list_get_type ())
G_DECLARE_FINAL_TYPE (SakSentList, sak_sent_list, SAK, SENT_LIST, AdwBin)

/* @contact: a name; NULL for the bundles that came, from everybody. */
GtkWidget *sak_sent_list_new (SakSession *session,
                              const char *contact);
/* Its first row gets the focus when it has been read: somebody asked for it. */
void       sak_sent_list_take_focus (SakSentList *self);

G_END_DECLS
