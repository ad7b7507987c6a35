/* sak-record-list-model.h - a million records as a list, of which only the seen are read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Eight bytes a record, and the last two thousand rows that were looked at. A row that
 * was not read yet is an item without a row; it fills when the loader answers. Which are
 * marked is kept by row number, so that it outlives sorting and narrowing.
 */
#pragma once

#include <gtk/gtk.h>

#include "storage/sak-review.h"
#include "storage/sak-search.h"

G_BEGIN_DECLS

#define SAK_TYPE_RECORD_ITEM (sak_record_item_get_type ())
G_DECLARE_FINAL_TYPE (SakRecordItem, sak_record_item, SAK, RECORD_ITEM, GObject)
/* NULL until it was read. Emits "filled", also when it is marked or no longer. */
const SakRecordRow *sak_record_item_get_row (SakRecordItem *self);
/* What is known of it as an arrival, the row in it; NULL in other lists. */
const SakArrived   *sak_record_item_get_arrived (SakRecordItem *self);
gboolean            sak_record_item_is_marked (SakRecordItem *self);
/* Of what was searched for: arrays of SakSearchRange, or NULL; "" where there is none. */
const GArray       *sak_record_item_get_title_ranges (SakRecordItem *self);
const char         *sak_record_item_get_snippet (SakRecordItem *self,
                                              const GArray **ret_ranges);

#define SAK_TYPE_RECORD_LIST_MODEL (sak_record_list_model_get_type ())
G_DECLARE_FINAL_TYPE (SakRecordListModel, sak_record_list_model, SAK, RECORD_LIST_MODEL, GObject)

/* Asked for a batch; answers by sak_record_list_model_take_rows(), now or later. */
typedef void (*SakRowLoader) (SakRecordListModel *model,
                              GArray             *rowids,
                              gpointer            user_data);

SakRecordListModel *sak_record_list_model_new         (SakRowLoader        loader,
                                                       gpointer            user_data) G_GNUC_WARN_UNUSED_RESULT;
void                sak_record_list_model_set_rowids  (SakRecordListModel *self,
                                                       GArray             *rowids);
/* @found: (transfer full): SakSearchFound, few enough that all of them are kept. */
void                sak_record_list_model_set_found   (SakRecordListModel *self,
                                                       GPtrArray          *found);
/* To an array that the model alone holds since it was set. */
void                sak_record_list_model_append_rowids (SakRecordListModel *self,
                                                       GArray             *rowids);
/* @rows: (transfer full) (nullable): what was found of the batch; NULL when reading failed. */
void                sak_record_list_model_take_rows   (SakRecordListModel *self,
                                                       GPtrArray          *rows);
/* The same for a list of what arrived: SakArrived. */
void                sak_record_list_model_take_arrivals (SakRecordListModel *self,
                                                       GPtrArray          *arrivals);
guint               sak_record_list_model_get_n_kept  (SakRecordListModel *self);
/* In the order of the list. */
GArray             *sak_record_list_model_ref_rowids  (SakRecordListModel *self) G_GNUC_WARN_UNUSED_RESULT;

/* Marks; of a row that is not in the list any more they stay. */
void                sak_record_list_model_mark        (SakRecordListModel *self,
                                                       guint               position,
                                                       gboolean            is_marked);
void                sak_record_list_model_mark_all    (SakRecordListModel *self,
                                                       gboolean            is_marked);
gboolean            sak_record_list_model_is_marked   (SakRecordListModel *self,
                                                       guint               position);
/* Row numbers. Borrowed. */
const GtkBitset    *sak_record_list_model_get_marked  (SakRecordListModel *self);

G_END_DECLS
