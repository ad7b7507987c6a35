/* sak-record-list.c - the page that lists all records of one kind
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without words to search for it is the whole list, or all that passes the filters, in the
 * order of its columns. With words it is what fits them best, best first. Whatever is asked
 * for next cancels what is still being read.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-choosing-bar.h"
#include "ui/sak-index-upkeep.h"
#include "ui/sak-list-header.h"
#include "ui/sak-record-list.h"
#include "ui/sak-record-row-view.h"
#include "ui/sak-say.h"
#include "ui/sak-search-bar.h"
#include "ui/sak-show-only.h"
#include "ui/words/sak-words-lists.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

/* The list appears with its first stretch; the rest follows in larger ones. */
#define FIRST_STRETCH 1000
#define NEXT_STRETCH 200000
#define MOST_FOUND 100

struct _SakRecordList
{
  AdwBin parent_instance;
  GtkBox *top;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkButton *empty_new;
  GtkButton *show_all;
  GtkLabel *count;
  GtkLabel *upkeep;
  GtkBox *listed;
  GtkListView *view;
  AdwStatusPage *failed;

  SakSearchBar *bar;
  SakListHeader *header;
  GtkToggleButton *choose;
  SakChoosingBar *choosing;
  SakSession *session;
  SakRecordListModel *model;
  GCancellable *cancellable;
  GCancellable *reading;        /* NULL: nothing is being read */
  char *kind;
  gboolean is_stale;            /* changed while hidden */
  gboolean is_focus_owed;       /* came when there was nothing to stand on yet */
};

/* What one reading brought: the best hits, or a stretch of a list. */
typedef struct
{
  SakSearchResult *result;
  GArray *rowids;
  gint64 first;
  gint64 most;
} Answer;

G_DEFINE_FINAL_TYPE (SakRecordList, sak_record_list, ADW_TYPE_BIN)

static void read_stretch (SakRecordList *self,
                          gint64         first,
                          gint64         most);

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->result, sak_search_result_free);
  g_clear_pointer (&answer->rowids, g_array_unref);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

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

/* call->number: the order, below zero where it is reversed. */
static gpointer
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (Answer) answer = g_new0 (Answer, 1);
  gboolean is_reversed = call->number < 0;

  answer->first = call->first;
  answer->most = call->most;
  if (call->search->text != NULL)
    answer->result = sak_vault_search (call->vault, call->search, cancellable, error);
  else
    answer->rowids = sak_vault_list_matching (call->vault, call->search,
                                              (SakRecordSort) (is_reversed ? ~call->number : call->number),
                                              is_reversed, call->first, call->most, cancellable, error);
  return answer->result != NULL || answer->rowids != NULL ? g_steal_pointer (&answer) : NULL;
}

/* --- What is shown of it --- */

/* Whoever came here before there was anything to stand on; not who went elsewhere on the page meanwhile. */
static void
take_owed_focus (SakRecordList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_owed = self->is_focus_owed && gtk_widget_get_mapped (GTK_WIDGET (self));

  self->is_focus_owed = FALSE;
  if (is_owed && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_count (SakRecordList *self,
            gboolean       has_more)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gboolean is_set = sak_search_bar_is_set (self->bar);
  g_autofree char *words = NULL;

  if (has_more)
    words = sak_words_print (ngettext ("The best %u is shown. Write more to find less.",
                                       "The best %u are shown. Write more to find less.", n), n);
  else if (sak_search_bar_has_text (self->bar))
    words = sak_words_print (ngettext ("%u record found, best first", "%u records found, best first", n), n);
  else
    words = sak_words_print (ngettext ("%u record", "%u records", n), n);
  gtk_label_set_label (self->count, words);
  gtk_widget_set_visible (GTK_WIDGET (self->top), n > 0 || is_set);
  gtk_widget_set_sensitive (GTK_WIDGET (self->header), !sak_search_bar_has_text (self->bar));
  sak_show_only_named (self->stack, n > 0 ? "list" : is_set ? "nothing" : "empty");
  take_owed_focus (self);
}

static void
show_answer (SakRecordList *self,
             Answer        *answer)
{
  gboolean has_more = answer->result != NULL && answer->result->has_more;

  if (answer->result != NULL)
    sak_record_list_model_set_found (self->model, g_steal_pointer (&answer->result->found));
  else if (answer->first == 0)
    sak_record_list_model_set_rowids (self->model, answer->rowids);
  else
    sak_record_list_model_append_rowids (self->model, answer->rowids);
  show_count (self, has_more);
}

static void
show_failure (SakRecordList *self,
              const GError  *error)
{
  adw_status_page_set_description (self->failed, sak_words_for_error (error));
  sak_show_only_named (self->stack, "failed");
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakRecordList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) answer = sak_session_call_finish (result, &error);

  /* Something else is being read already, or the page is gone. */
  if (g_task_get_cancellable (G_TASK (result)) != self->reading || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_clear_object (&self->reading);
  if (answer == NULL)
    {
      show_failure (self, error);
      return;
    }
  show_answer (self, answer);
  if (answer->rowids != NULL && answer->rowids->len == answer->most)
    read_stretch (self, answer->first + answer->most, NEXT_STRETCH);
}

static void
read_stretch (SakRecordList *self,
              gint64         first,
              gint64         most)
{
  gboolean is_reversed;
  SakRecordSort sort = sak_list_header_get_sort (self->header, &is_reversed);
  SakCall *call;

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->is_stale || sak_session_is_locked (self->session))
    return;
  self->reading = g_cancellable_new ();
  call = sak_session_new_call (self->session);
  call->search = sak_search_bar_dup_search (self->bar);
  call->search->limit = MOST_FOUND;
  call->number = is_reversed ? ~(gint64) sort : sort;
  call->first = first;
  call->most = most;
  sak_session_call (self->session, call, read_job, answer_free, self->reading, read_cb, g_object_ref (self));
}

/* A list that is shown already changes in one piece, and stays where it was scrolled to. */
static void
read_list (SakRecordList *self)
{
  gboolean is_shown = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  read_stretch (self, 0, is_shown ? -1 : FIRST_STRETCH);
}

/* Another list: it is looked at from its beginning. */
static void
asked_otherwise_cb (SakRecordList *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
  read_stretch (self, 0, FIRST_STRETCH);
}

static void
show_upkeep (SakRecordList  *self,
             SakIndexUpkeep *upkeep)
{
  guint n = (guint) MIN (sak_index_upkeep_get_n_left (upkeep), G_MAXUINT);
  gboolean was_busy = gtk_widget_get_visible (GTK_WIDGET (self->upkeep));
  g_autofree char *words = sak_words_print (ngettext ("Being made ready for searching: %u record left",
                                                      "Being made ready for searching: %u records left", n), n);

  gtk_label_set_label (self->upkeep, words);
  gtk_widget_set_visible (GTK_WIDGET (self->upkeep), n > 0);
  if (was_busy && n == 0 && sak_search_bar_is_set (self->bar))
    read_list (self);
}

/* --- Rows --- */

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

  if (gtk_toggle_button_get_active (self->choose))
    sak_choosing_bar_toggle (self->choosing, position);
  else if (row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "s", row->id);
}

static gboolean
view_key_pressed_cb (SakRecordList *self,
                     guint          key)
{
  GtkSelectionModel *selection = gtk_list_view_get_model (self->view);
  guint position = gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (selection));

  if (!gtk_toggle_button_get_active (self->choose) || position == GTK_INVALID_LIST_POSITION ||
      (key != GDK_KEY_space && key != GDK_KEY_KP_Space))
    return FALSE;
  sak_choosing_bar_toggle (self->choosing, position);
  return TRUE;
}

static void
choose_toggled_cb (SakRecordList *self)
{
  sak_choosing_bar_set_active (self->choosing, gtk_toggle_button_get_active (self->choose));
}

/* --- The page --- */

static void
show_all_clicked_cb (SakRecordList *self)
{
  sak_search_bar_set_search (self->bar, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->bar));
}

static void
bar_left_cb (SakRecordList *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
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
  if (g_strcmp0 (shown, "nothing") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->show_all));
  self->is_focus_owed = TRUE;
  return FALSE;
}

static void
sak_record_list_dispose (GObject *object)
{
  SakRecordList *self = SAK_RECORD_LIST (object);

  g_cancellable_cancel (self->cancellable);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
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
  g_clear_object (&self->reading);
  g_free (self->kind);
  G_OBJECT_CLASS (sak_record_list_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, top);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, stack);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, empty);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, empty_new);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, show_all);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, count);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, upkeep);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, listed);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, view);
  gtk_widget_class_bind_template_child (widget_class, SakRecordList, failed);
  gtk_widget_class_bind_template_callback (widget_class, row_set_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_bound_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_unbound_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_clicked_cb);
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
  bind_children (widget_class);
}

static void
sak_record_list_init (SakRecordList *self)
{
  self->cancellable = g_cancellable_new ();
  self->is_stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
build_view (SakRecordList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sak_words_name_kinds (self->kind), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (view_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

static void
build_top (SakRecordList *self)
{
  self->bar = SAK_SEARCH_BAR (sak_search_bar_new (self->session, self->kind));
  self->header = SAK_LIST_HEADER (sak_list_header_new (self->kind));
  self->choose = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_("Choose several")));
  sak_search_bar_append (self->bar, GTK_WIDGET (self->choose));
  gtk_box_prepend (self->top, GTK_WIDGET (self->bar));
  gtk_box_prepend (self->listed, GTK_WIDGET (self->header));
  self->choosing = SAK_CHOOSING_BAR (sak_choosing_bar_new (self->session, self->model));
  gtk_box_append (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), GTK_WIDGET (self->choosing));
  g_signal_connect_object (self->bar, "changed", G_CALLBACK (asked_otherwise_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bar, "left", G_CALLBACK (bar_left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->header, "changed", G_CALLBACK (asked_otherwise_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choose, "toggled", G_CALLBACK (choose_toggled_cb), self, G_CONNECT_SWAPPED);
}

static void
build_empty (SakRecordList *self)
{
  g_autofree char *lesson = sak_say_with_breaks (sak_words_about_kind (self->kind));

  adw_status_page_set_icon_name (self->empty, "document-new-symbolic");
  adw_status_page_set_title (self->empty, sak_words_for_empty_list (self->kind));
  adw_status_page_set_description (self->empty, lesson);
  gtk_button_set_label (self->empty_new, sak_words_for_new (self->kind));
}

GtkWidget *
sak_record_list_new (SakSession *session,
                     const char *kind)
{
  SakRecordList *self = g_object_new (SAK_TYPE_RECORD_LIST, NULL);
  SakIndexUpkeep *upkeep = sak_index_upkeep_get (session);

  self->session = g_object_ref (session);
  self->kind = g_strdup (kind);
  self->model = sak_record_list_model_new (load_batch, self);
  build_top (self);
  build_view (self);
  build_empty (self);
  gtk_widget_set_visible (GTK_WIDGET (self->top), FALSE);
  sak_show_only_named (self->stack, "wait");
  g_signal_connect_object (session, "changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (upkeep, "changed", G_CALLBACK (show_upkeep), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
sak_record_list_search (SakRecordList *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->top)))
    gtk_widget_grab_focus (GTK_WIDGET (self->bar));
}

void
sak_record_list_set_search (SakRecordList   *self,
                            const SakSearch *search)
{
  self->is_focus_owed = TRUE;
  sak_search_bar_set_search (self->bar, search);
}
