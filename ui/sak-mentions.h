/* sak-mentions.h - which other records refer to this one, and as what
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_MENTIONS (sak_mentions_get_type ())
G_DECLARE_FINAL_TYPE (SakMentions, sak_mentions, SAK, MENTIONS, AdwBin)

/* Hidden while there are none. */
GtkWidget *sak_mentions_new  (SakSession  *session);
/* Reads them on the vault's thread, and anew whenever records change. */
void       sak_mentions_load (SakMentions *self,
                              const char  *record);

G_END_DECLS
