/* test-list.c - the lazy list: true to its word, and small with a million records
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gtk/gtk.h>

#include "ui/sak-record-row-view.h"

#define MILLION 1000000

/* Keeps what the model should hold by listening only, as a list view does. */
typedef struct
{
  GListModel *model;
  guint n_items;
} Validator;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Validator  *validator)
{
  g_assert_cmpuint (position + removed, <=, validator->n_items);
  validator->n_items += added - removed;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, validator->n_items);
}

static GArray *
make_rowids (guint n)
{
  GArray *rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (gint64 i = 1; i <= n; i++)
    g_array_append_val (rowids, i);
  return rowids;
}

static SakRecordRow *
make_row (gint64 rowid)
{
  SakRecordRow *row = g_new0 (SakRecordRow, 1);

  row->rowid = rowid;
  row->id = g_strdup_printf ("%" G_GINT64_FORMAT, rowid);
  row->kind = g_strdup (SAK_KIND_EVENT);
  row->code = g_strdup_printf ("HAR-2026-%" G_GINT64_FORMAT, rowid);
  row->title = g_strdup_printf ("Record %" G_GINT64_FORMAT, rowid);
  row->date = g_strdup ("2019-07~");
  row->place = g_strdup ("Mahachai");
  row->n_media = 2;
  return row;
}

static guint n_loaded;

static void
load_at_once (SakRecordListModel *model,
              GArray             *rowids,
              gpointer            unused)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_record_row_free);

  for (guint i = 0; i < rowids->len; i++)
    g_ptr_array_add (rows, make_row (g_array_index (rowids, gint64, i)));
  n_loaded += rowids->len;
  sak_record_list_model_take_rows (model, rows);
}

static void
spin (void)
{
  for (guint i = 0; i < 200 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

static void
a_million_records_keep_few_rows (void)
{
  g_autoptr (SakRecordListModel) model = sak_record_list_model_new (load_at_once, NULL);
  g_autoptr (GArray) rowids = make_rowids (MILLION);
  Validator validator = { G_LIST_MODEL (model), 0 };

  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), &validator);
  sak_record_list_model_set_rowids (model, rowids);
  g_assert_cmpuint (validator.n_items, ==, MILLION);
  for (guint at = 0; at < MILLION; at += 100)
    {
      g_autoptr (SakRecordItem) item = g_list_model_get_item (G_LIST_MODEL (model), at);

      g_assert_nonnull (item);
      if (at % 10000 == 0)
        spin ();
    }
  g_assert_cmpuint (sak_record_list_model_get_n_kept (model), <=, 2000);
}

static void
an_item_fills_after_it_was_asked_for (void)
{
  g_autoptr (SakRecordListModel) model = sak_record_list_model_new (load_at_once, NULL);
  g_autoptr (GArray) rowids = make_rowids (1000);
  g_autoptr (SakRecordItem) item = NULL;
  g_autoptr (SakRecordItem) again = NULL;

  sak_record_list_model_set_rowids (model, rowids);
  item = g_list_model_get_item (G_LIST_MODEL (model), 41);
  g_assert_null (sak_record_item_get_row (item));
  spin ();
  g_assert_nonnull (sak_record_item_get_row (item));
  g_assert_cmpstr (sak_record_item_get_row (item)->title, ==, "Record 42");
  again = g_list_model_get_item (G_LIST_MODEL (model), 41);
  g_assert_true (again == item);
}

static void
what_is_asked_for_in_one_turn_is_one_batch (void)
{
  g_autoptr (SakRecordListModel) model = sak_record_list_model_new (load_at_once, NULL);
  g_autoptr (GArray) rowids = make_rowids (1000);

  sak_record_list_model_set_rowids (model, rowids);
  n_loaded = 0;
  for (guint i = 0; i < 205; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), i));
  g_assert_cmpuint (n_loaded, ==, 0);
  spin ();
  g_assert_cmpuint (n_loaded, ==, 205);
}

static void
a_list_that_grows_keeps_what_is_shown (void)
{
  g_autoptr (SakRecordListModel) model = sak_record_list_model_new (load_at_once, NULL);
  g_autoptr (GArray) more = make_rowids (2000);
  GArray *first = make_rowids (1000);
  g_autoptr (SakRecordItem) before = NULL;
  g_autoptr (SakRecordItem) after = NULL;
  Validator validator = { G_LIST_MODEL (model), 0 };

  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), &validator);
  sak_record_list_model_set_rowids (model, first);
  g_array_unref (first);
  before = g_list_model_get_item (G_LIST_MODEL (model), 3);
  spin ();
  g_array_remove_range (more, 0, 1000);
  sak_record_list_model_append_rowids (model, more);
  g_assert_cmpuint (validator.n_items, ==, 2000);
  after = g_list_model_get_item (G_LIST_MODEL (model), 3);
  g_assert_true (after == before);
  g_assert_nonnull (sak_record_item_get_row (after));
}

static void
failed_reading_leaves_rows_open_and_can_be_tried_again (void)
{
  g_autoptr (SakRecordListModel) model = sak_record_list_model_new (load_at_once, NULL);
  g_autoptr (GArray) rowids = make_rowids (10);
  g_autoptr (SakRecordItem) item = NULL;

  sak_record_list_model_set_rowids (model, rowids);
  sak_record_list_model_take_rows (model, NULL);
  item = g_list_model_get_item (G_LIST_MODEL (model), 3);
  spin ();
  g_assert_nonnull (sak_record_item_get_row (item));
}

static void
setting_the_same_numbers_reads_the_rows_anew (void)
{
  g_autoptr (SakRecordListModel) model = sak_record_list_model_new (load_at_once, NULL);
  g_autoptr (GArray) rowids = make_rowids (10);
  g_autoptr (SakRecordItem) before = NULL;
  g_autoptr (SakRecordItem) after = NULL;

  sak_record_list_model_set_rowids (model, rowids);
  before = g_list_model_get_item (G_LIST_MODEL (model), 0);
  spin ();
  sak_record_list_model_set_rowids (model, rowids);
  after = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (after != before);
  g_assert_null (sak_record_item_get_row (after));
}

static void
a_row_says_title_date_place_and_files (void)
{
  g_autoptr (SakRecordListModel) model = sak_record_list_model_new (load_at_once, NULL);
  g_autoptr (GArray) rowids = make_rowids (1);
  g_autoptr (SakRecordItem) item = NULL;
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *view = sak_record_row_view_new ();

  gtk_box_append (GTK_BOX (box), view);
  sak_record_list_model_set_rowids (model, rowids);
  item = g_list_model_get_item (G_LIST_MODEL (model), 0);
  sak_record_row_view_set_item (SAK_RECORD_ROW_VIEW (view), item);
  spin ();
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Record 1, about July 2019 · Mahachai · 2 files, Draft");
  g_object_unref (box);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/a-million-records-keep-few-rows", a_million_records_keep_few_rows);
  g_test_add_func ("/list/an-item-fills-after-it-was-asked-for",
                   an_item_fills_after_it_was_asked_for);
  g_test_add_func ("/list/what-is-asked-for-in-one-turn-is-one-batch",
                   what_is_asked_for_in_one_turn_is_one_batch);
  g_test_add_func ("/list/a-list-that-grows-keeps-what-is-shown", a_list_that_grows_keeps_what_is_shown);
  g_test_add_func ("/list/failed-reading-leaves-rows-open-and-can-be-tried-again",
                   failed_reading_leaves_rows_open_and_can_be_tried_again);
  g_test_add_func ("/list/setting-the-same-numbers-reads-the-rows-anew",
                   setting_the_same_numbers_reads_the_rows_anew);
  g_test_add_func ("/list/a-row-says-title-date-place-and-files",
                   a_row_says_title_date_place_and_files);
  return g_test_run ();
}
