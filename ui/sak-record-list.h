/* sak-record-list.h - the page that lists all records of one kind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_RECORD_LIST (sak_record_list_get_type ())
G_DECLARE_FINAL_TYPE (SakRecordList, sak_record_list, SAK, RECORD_LIST, AdwBin)

GtkWidget *sak_record_list_new        (SakSession      *session,
                                       const char      *kind);
/* The keyboard goes to what is searched for. */
void       sak_record_list_search     (SakRecordList   *self);
/* Narrowed to this, and to nothing else. */
void       sak_record_list_set_search (SakRecordList   *self,
                                       const SakSearch *search);

G_END_DECLS
