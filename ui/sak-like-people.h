/* sak-like-people.h - who of those recorded already may be the person who is being written down
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_LIKE_PEOPLE (sak_like_people_get_type ())
G_DECLARE_FINAL_TYPE (SakLikePeople, sak_like_people, SAK, LIKE_PEOPLE, AdwBin)

/* Nothing to see before somebody is found. */
GtkWidget *sak_like_people_new  (SakSession    *session);
/* Each time that the name is another one; looks when no more comes. NULL for no name. */
void       sak_like_people_look (SakLikePeople *self,
                                 const char    *name,
                                 const char    *own_id);

G_END_DECLS
