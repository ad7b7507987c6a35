/* sak-notice-wish.h - what was chosen for the next network notice: read from the rows, and in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Each char *, contacts as they are called here. */
typedef struct
{
  GPtrArray *add;
  GPtrArray *rename;            /* pairs: a contact, and what it is called in the network */
  GPtrArray *revoke;
} SakNoticeWish;

void         sak_notice_wish_clear     (SakNoticeWish       *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakNoticeWish, sak_notice_wish_clear)

/* @list: of SakNoticeRow. */
void         sak_notice_wish_read      (SakNoticeWish       *self,
                                        GtkListBox          *list);
/* What the notice will say, in lines; NULL where nothing was chosen. @since: a day, or NULL. */
char        *sak_notice_wish_say       (const SakNoticeWish *self,
                                        const char          *since,
                                        const char          *why) G_GNUC_WARN_UNUSED_RESULT;
char        *sak_notice_wish_join      (GPtrArray           *names) G_GNUC_WARN_UNUSED_RESULT;
/* For a job, and back: "add", "rename" and "revoke", each ending with NULL; the names are borrowed. */
json_t      *sak_notice_wish_to_json   (const SakNoticeWish *self) G_GNUC_WARN_UNUSED_RESULT;
const char **sak_notice_wish_get_names (const json_t        *wish,
                                        const char          *what) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
