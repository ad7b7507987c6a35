/* sak-record-list.c - the page that lists all records of one kind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-record-list.h"
#include "ui/sak-record-row-view.h"
#include "ui/sak-show-only.h"
#include "ui/words/sak-words.h"

/* The list appears with its first stretch; the rest follows in larger ones. */
#define FIRST_STRETCH 1000
#define NEXT_STRETCH 200000

struct _SakRecordList
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkButton *empty_new;
  GtkLabel *count;
  GtkDropDown *sort;
  GtkListView *view;
  AdwStatusPage *failed;

  SakSession *session;
  SakRecordListModel *model;
  GCancellable *cancellable;
  char *kind;
  gint64 first;                 /* the stretch being read, or read last: see SakCall */
  gint64 most;
  gboolean is_reading;
  gboolean is_stale;            /* changed while it was being read, or while hidden */
};

G_DEFINE_FINAL_TYPE (SakRecordList, sak_record_list, ADW_TYPE_BIN)

static void read_list (SakRecordList *self);
static void read_stretch (SakRecordList *self,
                          gint64         first,
                          gint64         most);

static gpointer
load_rows_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;

  return sak_vault_load_rows (call->vault, (const gint64 *) (void *) call->rowids->data,
                              call->rowids->len, error);
}

static void
rows_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakRecordListModel) model = data;

  sak_record_list_model_take_rows (model, sak_session_call_finish (result, NULL));
}

static void
load_batch (SakRecordListModel *model,
            GArray             *rowids,
            gpointer            data)
{
  SakRecordList *self = data;
  SakCall *call = sak_session_new_call (self->session);

  call->rowids = g_array_ref (rowids);
  sak_session_call (self->session, call, load_rows_job, (GDestroyNotify) g_ptr_array_unref,
                    self->cancellable, rows_loaded_cb, g_object_ref (model));
}

static gpointer
list_rowids_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_stretch (call->vault, call->text, (SakRecordSort) call->number, call->first, call->most, error);
}

static void
show_count (SakRecordList *self,
            guint          n)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u record", "%u records", n), n);

  gtk_label_set_label (self->count, words);
  sak_show_only_named (self->stack, n > 0 ? "list" : "empty");
}

static void
show_stretch (SakRecordList *self,
              GArray        *rowids)
{
  GListModel *model = G_LIST_MODEL (self->model);

  if (self->first == 0)
    sak_record_list_model_set_rowids (self->model, rowids);
  else
    sak_record_list_model_append_rowids (self->model, rowids);
  show_count (self, g_list_model_get_n_items (model));
}

static void
list_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakRecordList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = sak_session_call_finish (result, &error);
  guint n;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->is_reading = FALSE;
  if (rowids == NULL)
    {
      adw_status_page_set_description (self->failed, sak_words_for_error (error));
      sak_show_only_named (self->stack, "failed");
      return;
    }
  n = rowids->len;
  show_stretch (self, rowids);
  if (self->is_stale)
    read_list (self);
  else if (n == self->most)
    read_stretch (self, self->first + n, NEXT_STRETCH);
}

static void
read_stretch (SakRecordList *self,
              gint64         first,
              gint64         most)
{
  SakCall *call;

  self->is_stale = self->is_reading || !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->is_stale || sak_session_is_locked (self->session))
    return;
  self->is_reading = TRUE;
  self->first = first;
  self->most = most;
  call = sak_session_new_call (self->session);
  call->text = g_strdup (self->kind);
  call->number = gtk_drop_down_get_selected (self->sort);
  call->first = first;
  call->most = most;
  sak_session_call (self->session, call, list_rowids_job, (GDestroyNotify) g_array_unref,
                    self->cancellable, list_read_cb, g_object_ref (self));
}

/* A list that is shown already changes in one piece, and stays where it was scrolled to. */
static void
read_list (SakRecordList *self)
{
  gboolean is_shown = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  read_stretch (self, 0, is_shown ? -1 : FIRST_STRETCH);
}

static void
row_set_up_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  gtk_list_item_set_child (list_item, sak_record_row_view_new ());
}

static void
row_bound_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  sak_record_row_view_set_item (SAK_RECORD_ROW_VIEW (gtk_list_item_get_child (list_item)),
                                gtk_list_item_get_item (list_item));
}

static void
row_unbound_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *list_item)
{
  sak_record_row_view_set_item (SAK_RECORD_ROW_VIEW (gtk_list_item_get_child (list_item)), NULL);
}

static void
row_activated_cb (SakRecordList *self,
                  guint          position)
{
  g_autoptr (SakRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const SakRecordRow *row = item != NULL ? sak_record_item_get_row (item) : NULL;

  if (row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "s", row->id);
}

static void
sak_record_list_map (GtkWidget *widget)
{
  SakRecordList *self = SAK_RECORD_LIST (widget);

  GTK_WIDGET_CLASS (sak_record_list_parent_class)->map (widget);
  if (self->is_stale)
    read_list (self);
}

static gboolean
sak_record_list_grab_focus (GtkWidget *widget)
{
  SakRecordList *self = SAK_RECORD_LIST (widget);
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (shown, "list") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (g_strcmp0 (shown, "empty") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->empty_new));
  return FALSE;
}

static void
sak_record_list_dispose (GObject *object)
{
  SakRecordList *self = SAK_RECORD_LIST (object);

  g_cancellable_cancel (self->cancellable);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_record_list_parent_class)->dispose (object);
}

static void
sak_record_list_finalize (GObject *object)
{
  SakRecordList *self = SAK_RECORD_LIST (object);

  g_clear_object (&self->cancellable);
  g_free (self->kind);
  G_OBJECT_CLASS (sak_record_list_parent_class)->finalize (object);
}

static void
sak_record_list_class_init (SakRecordListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_record_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_record_list_finalize;
  widget_class->map = sak_record_list_map;
  sak_build_set_grab_focus (widget_class, sak_record_list_grab_focus);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-record-list.ui");
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, stack);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, empty);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, empty_new);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, count);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, sort);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, view);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, failed);
  gtk_widget_class_bind_template_callback (widget_class, row_set_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_bound_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_unbound_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_list);
}

static void
sak_record_list_init (SakRecordList *self)
{
  self->cancellable = g_cancellable_new ();
  self->is_stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What an empty list teaches. */
static const char *
get_lesson (const char *kind)
{
  if (g_str_equal (kind, SAK_KIND_EVENT))
    return _("An incident is something that happened: when, where, and what was done to whom. "
             "Write down what you know; what you do not know can stay open.");
  if (g_str_equal (kind, SAK_KIND_PERSON))
    return _("Record each person or group once, and link them from incidents and testimonies. "
             "Names and addresses can be kept here when the rest is sent.");
  if (g_str_equal (kind, SAK_KIND_TESTIMONY))
    return _("A testimony is what one person told you, in their words, with what they allowed "
             "to be done with it.");
  return _("Evidence is a photo, recording, paper or file. The original is kept as it came and "
           "never changed.");
}

GtkWidget *
sak_record_list_new (SakSession *session,
                     const char *kind)
{
  SakRecordList *self = g_object_new (SAK_TYPE_RECORD_LIST, NULL);
  g_autoptr (GtkSingleSelection) selection = NULL;

  self->session = g_object_ref (session);
  self->kind = g_strdup (kind);
  self->model = sak_record_list_model_new (load_batch, self);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sak_words_name_kinds (kind), -1);
  adw_status_page_set_title (self->empty, sak_words_name_kinds (kind));
  adw_status_page_set_description (self->empty, get_lesson (kind));
  g_signal_connect_object (session, "changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
