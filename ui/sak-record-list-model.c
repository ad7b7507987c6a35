/* sak-record-list-model.c - a million records as a list, of which only the seen are read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Items are kept by row number in the order of their last use. Whatever the list view
 * asks for during one turn of the main loop is read as one batch; while it is being read,
 * the next one gathers, newest wishes first, so that flinging through the list does not
 * queue up everything that flew past.
 */
#include "config.h"

#include "ui/sak-record-list-model.h"

#define MAX_KEPT 2000
#define MAX_BATCH 250

struct _SakRecordItem
{
  GObject parent_instance;
  gint64 rowid;
  SakRecordRow *row;
  SakSearchFound *found;        /* instead of the row, where it was searched for */
  SakArrived *arrived;          /* the same, in a list of what arrived */
  GList link;                   /* in the model's queue of kept items */
  gboolean is_wanted;
  gboolean is_marked;
};

struct _SakRecordListModel
{
  GObject parent_instance;
  SakRowLoader loader;
  gpointer loader_data;
  GArray *rowids;
  GHashTable *items;            /* &item->rowid → SakRecordItem */
  GQueue kept;                  /* last used first */
  GPtrArray *wanted;            /* SakRecordItem, a reference each */
  GtkBitset *marked;            /* of row numbers */
  guint idle;
  gboolean is_loading;
};

static void model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (SakRecordItem, sak_record_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (SakRecordListModel, sak_record_list_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_iface_init))

enum { SIGNAL_FILLED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
sak_record_item_finalize (GObject *object)
{
  g_clear_pointer (&SAK_RECORD_ITEM (object)->row, sak_record_row_free);
  g_clear_pointer (&SAK_RECORD_ITEM (object)->found, sak_search_found_free);
  g_clear_pointer (&SAK_RECORD_ITEM (object)->arrived, sak_arrived_free);
  G_OBJECT_CLASS (sak_record_item_parent_class)->finalize (object);
}

static void
sak_record_item_class_init (SakRecordItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_record_item_finalize;
  signals[SIGNAL_FILLED] = g_signal_new ("filled", SAK_TYPE_RECORD_ITEM, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sak_record_item_init (SakRecordItem *self)
{
  self->link.data = self;
}

const SakRecordRow *
sak_record_item_get_row (SakRecordItem *self)
{
  if (self->arrived != NULL)
    return self->arrived->row;
  return self->found != NULL ? self->found->row : self->row;
}

const SakArrived *
sak_record_item_get_arrived (SakRecordItem *self)
{
  return self->arrived;
}

gboolean
sak_record_item_is_marked (SakRecordItem *self)
{
  return self->is_marked;
}

const GArray *
sak_record_item_get_title_ranges (SakRecordItem *self)
{
  return self->found != NULL ? self->found->title_ranges : NULL;
}

const char *
sak_record_item_get_snippet (SakRecordItem  *self,
                             const GArray  **ret_ranges)
{
  if (ret_ranges != NULL)
    *ret_ranges = self->found != NULL ? self->found->snippet_ranges : NULL;
  return self->found != NULL ? self->found->snippet : "";
}

static GType
get_item_type (GListModel *model)
{
  return SAK_TYPE_RECORD_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return SAK_RECORD_LIST_MODEL (model)->rowids->len;
}

static gboolean
batch_due_cb (gpointer data)
{
  SakRecordListModel *self = data;
  g_autoptr (GArray) batch = g_array_new (FALSE, FALSE, sizeof (gint64));

  self->idle = 0;
  if (self->is_loading)
    return G_SOURCE_REMOVE;
  while (self->wanted->len > 0 && batch->len < MAX_BATCH)
    {
      g_autoptr (SakRecordItem) item = g_ptr_array_steal_index (self->wanted, self->wanted->len - 1);

      item->is_wanted = FALSE;
      /* Nobody but the list of wishes held it any more: it scrolled far away. */
      if (sak_record_item_get_row (item) == NULL && g_hash_table_contains (self->items, &item->rowid))
        g_array_append_val (batch, item->rowid);
    }
  if (batch->len > 0)
    {
      self->is_loading = TRUE;
      self->loader (self, batch, self->loader_data);
    }
  return G_SOURCE_REMOVE;
}

static void
plan_batch (SakRecordListModel *self)
{
  if (self->idle == 0 && !self->is_loading && self->wanted->len > 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, batch_due_cb, self, NULL);
}

static void
want_item (SakRecordListModel *self,
           SakRecordItem      *item)
{
  if (sak_record_item_get_row (item) != NULL || item->is_wanted)
    return;
  item->is_wanted = TRUE;
  g_ptr_array_add (self->wanted, g_object_ref (item));
  plan_batch (self);
}

static void
drop_oldest (SakRecordListModel *self)
{
  SakRecordItem *item = g_queue_peek_tail (&self->kept);

  g_queue_unlink (&self->kept, &item->link);
  g_hash_table_remove (self->items, &item->rowid);
}

static SakRecordItem *
keep_item (SakRecordListModel *self,
           gint64              rowid)
{
  SakRecordItem *item = g_object_new (SAK_TYPE_RECORD_ITEM, NULL);

  item->rowid = rowid;
  item->is_marked = gtk_bitset_contains (self->marked, (guint) rowid);
  g_hash_table_insert (self->items, &item->rowid, item);
  return item;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  SakRecordListModel *self = SAK_RECORD_LIST_MODEL (model);
  SakRecordItem *item;
  gint64 rowid;

  if (position >= self->rowids->len)
    return NULL;
  rowid = g_array_index (self->rowids, gint64, position);
  item = g_hash_table_lookup (self->items, &rowid);
  if (item == NULL)
    {
      item = keep_item (self, rowid);
      if (g_hash_table_size (self->items) > MAX_KEPT)
        drop_oldest (self);
    }
  else
    g_queue_unlink (&self->kept, &item->link);
  g_queue_push_head_link (&self->kept, &item->link);
  want_item (self, item);
  return g_object_ref (item);
}

static void
model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
forget_items (SakRecordListModel *self)
{
  g_ptr_array_set_size (self->wanted, 0);
  while (self->kept.head != NULL)
    g_queue_unlink (&self->kept, self->kept.head);
  g_hash_table_remove_all (self->items);
}

static void
sak_record_list_model_dispose (GObject *object)
{
  SakRecordListModel *self = SAK_RECORD_LIST_MODEL (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  forget_items (self);
  G_OBJECT_CLASS (sak_record_list_model_parent_class)->dispose (object);
}

static void
sak_record_list_model_finalize (GObject *object)
{
  SakRecordListModel *self = SAK_RECORD_LIST_MODEL (object);

  g_clear_pointer (&self->rowids, g_array_unref);
  g_clear_pointer (&self->items, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_pointer (&self->marked, gtk_bitset_unref);
  G_OBJECT_CLASS (sak_record_list_model_parent_class)->finalize (object);
}

static void
sak_record_list_model_class_init (SakRecordListModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_record_list_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_record_list_model_finalize;
}

static void
sak_record_list_model_init (SakRecordListModel *self)
{
  self->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_object_unref);
  self->wanted = g_ptr_array_new_with_free_func (g_object_unref);
  self->marked = gtk_bitset_new_empty ();
}

SakRecordListModel *
sak_record_list_model_new (SakRowLoader loader,
                           gpointer     user_data)
{
  SakRecordListModel *self = g_object_new (SAK_TYPE_RECORD_LIST_MODEL, NULL);

  self->loader = loader;
  self->loader_data = user_data;
  return self;
}

/* Also reads every row anew: this is how a list learns that records changed. */
void
sak_record_list_model_set_rowids (SakRecordListModel *self,
                                  GArray             *rowids)
{
  guint n_before = self->rowids->len;

  forget_items (self);
  g_array_unref (self->rowids);
  self->rowids = g_array_ref (rowids);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, rowids->len);
}

/* What a search answered with: nothing of it needs to be read any more. */
void
sak_record_list_model_set_found (SakRecordListModel *self,
                                 GPtrArray          *found)
{
  guint n_before = self->rowids->len;

  g_return_if_fail (found->len <= MAX_KEPT);

  forget_items (self);
  g_array_unref (self->rowids);
  self->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  while (found->len > 0)
    {
      SakSearchFound *one = g_ptr_array_steal_index (found, 0);
      SakRecordItem *item = keep_item (self, one->row->rowid);

      item->found = one;
      g_queue_push_tail_link (&self->kept, &item->link);
      g_array_append_val (self->rowids, item->rowid);
    }
  g_ptr_array_unref (found);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->rowids->len);
}

/* The next stretch of a list whose beginning is shown already. */
void
sak_record_list_model_append_rowids (SakRecordListModel *self,
                                     GArray             *rowids)
{
  guint n_before = self->rowids->len;

  g_array_append_vals (self->rowids, rowids->data, rowids->len);
  g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, rowids->len);
}

/* A reference to the item that waits for this row; NULL where there is none. */
static SakRecordItem *
find_empty (SakRecordListModel *self,
            gint64              rowid)
{
  SakRecordItem *item = g_hash_table_lookup (self->items, &rowid);

  return item != NULL && sak_record_item_get_row (item) == NULL ? g_object_ref (item) : NULL;
}

void
sak_record_list_model_take_rows (SakRecordListModel *self,
                                 GPtrArray          *rows)
{
  self->is_loading = FALSE;
  while (rows != NULL && rows->len > 0)
    {
      g_autoptr (SakRecordRow) row = g_ptr_array_steal_index_fast (rows, rows->len - 1);
      g_autoptr (SakRecordItem) item = find_empty (self, row->rowid);

      if (item == NULL)
        continue;
      item->row = g_steal_pointer (&row);
      g_signal_emit (item, signals[SIGNAL_FILLED], 0);
    }
  g_clear_pointer (&rows, g_ptr_array_unref);
  plan_batch (self);
}

void
sak_record_list_model_take_arrivals (SakRecordListModel *self,
                                     GPtrArray          *arrivals)
{
  self->is_loading = FALSE;
  while (arrivals != NULL && arrivals->len > 0)
    {
      g_autoptr (SakArrived) arrived = g_ptr_array_steal_index_fast (arrivals, arrivals->len - 1);
      g_autoptr (SakRecordItem) item = find_empty (self, arrived->row->rowid);

      if (item == NULL)
        continue;
      item->arrived = g_steal_pointer (&arrived);
      g_signal_emit (item, signals[SIGNAL_FILLED], 0);
    }
  g_clear_pointer (&arrivals, g_ptr_array_unref);
  plan_batch (self);
}

GArray *
sak_record_list_model_ref_rowids (SakRecordListModel *self)
{
  return g_array_ref (self->rowids);
}

guint
sak_record_list_model_get_n_kept (SakRecordListModel *self)
{
  return g_hash_table_size (self->items);
}

static void
mark_row (SakRecordListModel *self,
          gint64              rowid,
          gboolean            is_marked)
{
  SakRecordItem *item = g_hash_table_lookup (self->items, &rowid);

  if (is_marked)
    gtk_bitset_add (self->marked, (guint) rowid);
  else
    gtk_bitset_remove (self->marked, (guint) rowid);
  if (item == NULL || item->is_marked == is_marked)
    return;
  item->is_marked = is_marked;
  g_signal_emit (item, signals[SIGNAL_FILLED], 0);
}

void
sak_record_list_model_mark (SakRecordListModel *self,
                            guint               position,
                            gboolean            is_marked)
{
  if (position < self->rowids->len)
    mark_row (self, g_array_index (self->rowids, gint64, position), is_marked);
}

void
sak_record_list_model_mark_all (SakRecordListModel *self,
                                gboolean            is_marked)
{
  if (!is_marked)
    {
      g_autoptr (GtkBitset) before = gtk_bitset_copy (self->marked);
      GtkBitsetIter iter;
      guint rowid;

      for (gboolean more = gtk_bitset_iter_init_first (&iter, before, &rowid); more;
           more = gtk_bitset_iter_next (&iter, &rowid))
        mark_row (self, rowid, FALSE);
      return;
    }
  for (guint i = 0; i < self->rowids->len; i++)
    mark_row (self, g_array_index (self->rowids, gint64, i), TRUE);
}

gboolean
sak_record_list_model_is_marked (SakRecordListModel *self,
                                 guint               position)
{
  return position < self->rowids->len &&
         gtk_bitset_contains (self->marked, (guint) g_array_index (self->rowids, gint64, position));
}

const GtkBitset *
sak_record_list_model_get_marked (SakRecordListModel *self)
{
  return self->marked;
}
