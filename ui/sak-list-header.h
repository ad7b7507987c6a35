/* sak-list-header.h - the names above a list's columns, by which it is sorted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "storage/sak-record.h"

G_BEGIN_DECLS

#define SAK_TYPE_LIST_HEADER (sak_list_header_get_type ())
G_DECLARE_FINAL_TYPE (SakListHeader, sak_list_header, SAK, LIST_HEADER, GtkWidget)

/* Emits "changed" when the person chose another order. Begins with what changed last. */
GtkWidget    *sak_list_header_new          (const char    *kind);
SakRecordSort sak_list_header_get_sort     (SakListHeader *self,
                                            gboolean      *ret_is_reversed);

G_END_DECLS
