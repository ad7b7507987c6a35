/* sak-review-page.c - what arrived from partners, to be looked at and decided about
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Urgent ones first, then the latest; by whom they are from and by what became of them. As in other lists only row
 * numbers are read, in stretches, and of the rows those that are seen. How many there are of what is counted behind
 * that, and stands in the two choices.
 */
#include "config.h"

#include "ui/sak-review-page.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-record-list-model.h"
#include "ui/sak-record-row-view.h"
#include "ui/sak-show-only.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-review.h"
#include "ui/words/sak-words.h"

/* The list appears with its first stretch; the rest follows in larger ones. */
#define FIRST_STRETCH 1000
#define NEXT_STRETCH 200000

struct _SakReviewPage
{
  AdwBin parent_instance;
  GtkBox *top;
  GtkDropDown *from;
  GtkDropDown *state;
  GtkLabel *count;
  GtkStack *stack;
  AdwStatusPage *failed;
  GtkListView *view;
  GtkWidget *import;
  GtkWidget *show_all;

  SakSession *session;
  SakRecordListModel *model;
  GPtrArray *senders;           /* Sender; the first stands for all */
  GCancellable *cancellable;
  GCancellable *reading;        /* NULL: nothing is being read */
  GCancellable *counting;       /* the same */
  gint64 chosen;                /* row number of the contact; 0: all */
  SakReviewState chosen_state;  /* SAK_N_REVIEW_STATES: all */
  gboolean is_filling;          /* a choice is set by the page itself */
  gboolean is_stale;            /* changed while hidden */
};

typedef struct
{
  gint64 rowid;                 /* of the contact; 0: all of them */
  char *name;
  SakReviewCount count;
} Sender;

typedef struct
{
  GArray *rowids;
  gint64 first;
  gint64 most;
} Stretch;

G_DEFINE_FINAL_TYPE (SakReviewPage, sak_review_page, ADW_TYPE_BIN)

static void read_stretch (SakReviewPage *self,
                          gint64         first,
                          gint64         most);

static void
sender_free (gpointer data)
{
  g_free (((Sender *) data)->name);
  g_free (data);
}

static void
stretch_free (gpointer data)
{
  g_clear_pointer (&((Stretch *) data)->rowids, g_array_unref);
  g_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stretch, stretch_free)

/* --- Jobs --- */

static gpointer
load_rows_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;

  return sak_vault_load_arrivals (call->vault, (const gint64 *) (void *) call->rowids->data, call->rowids->len, error);
}

static void
rows_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakRecordListModel) model = data;

  sak_record_list_model_take_arrivals (model, sak_session_call_finish (result, NULL));
}

static void
load_batch (SakRecordListModel *model,
            GArray             *rowids,
            gpointer            data)
{
  SakReviewPage *self = data;
  SakCall *call = sak_session_new_call (self->session);

  call->rowids = g_array_ref (rowids);
  sak_session_call (self->session, call, load_rows_job, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                    rows_loaded_cb, g_object_ref (model));
}

static SakContact *
find_sender (GPtrArray *contacts,
             gint64     rowid)
{
  for (guint i = 0; i < contacts->len; i++)
    if (((SakContact *) contacts->pdata[i])->rowid == rowid)
      return contacts->pdata[i];
  return NULL;
}

/* call->number: a contact's row number, or 0; call->text: the state's code, or NULL. */
static gpointer
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) contacts = sak_vault_list_contacts (call->vault, error);
  g_autoptr (Stretch) stretch = g_new0 (Stretch, 1);
  SakReviewState state = SAK_N_REVIEW_STATES;

  if (contacts == NULL)
    return NULL;
  if (call->text != NULL)
    (void) sak_review_state_from_code (call->text, &state);
  stretch->first = call->first;
  stretch->most = call->most;
  stretch->rowids = sak_vault_list_arrivals (call->vault, state, find_sender (contacts, call->number), call->first,
                                             call->most, error);
  return stretch->rowids != NULL ? g_steal_pointer (&stretch) : NULL;
}

static gboolean
add_sender (SakVault          *vault,
            const SakContact  *contact,
            GPtrArray         *senders,
            GError           **error)
{
  Sender *sender = g_new0 (Sender, 1);
  guint n = 0;

  if (!sak_vault_count_arrivals (vault, contact, &sender->count, error))
    {
      sender_free (sender);
      return FALSE;
    }
  sender->rowid = contact != NULL ? contact->rowid : 0;
  sender->name = g_strdup (contact != NULL ? contact->name : NULL);
  for (guint i = 0; i < SAK_N_REVIEW_STATES; i++)
    n += sender->count.n[i];
  if (n > 0 || contact == NULL)
    g_ptr_array_add (senders, sender);
  else
    sender_free (sender);
  return TRUE;
}

static gpointer
count_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) contacts = sak_vault_list_contacts (call->vault, error);
  g_autoptr (GPtrArray) senders = g_ptr_array_new_with_free_func (sender_free);

  if (contacts == NULL || !add_sender (call->vault, NULL, senders, error))
    return NULL;
  for (guint i = 0; i < contacts->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !add_sender (call->vault, contacts->pdata[i], senders, error))
      return NULL;
  return g_steal_pointer (&senders);
}

/* --- The two choices --- */

static char *
say_sender (const Sender *sender)
{
  if (sender->count.n_unread == 0)
    return sender->name != NULL ? g_strdup_printf (_("From %s"), sender->name) : g_strdup (_("From everybody"));
  if (sender->name == NULL)
    /* Translators: a choice above a list of what arrived; %u is the number of those that nobody opened yet */
    return sak_words_print (ngettext ("From everybody (%u unread)", "From everybody (%u unread)",
                                      sender->count.n_unread), sender->count.n_unread);
  /* Translators: the same, of one contact: %1$s is its name */
  return sak_words_print (ngettext ("From %1$s (%2$u unread)", "From %1$s (%2$u unread)", sender->count.n_unread),
                          sender->name, sender->count.n_unread);
}

static const Sender *
find_chosen (SakReviewPage *self,
             guint         *ret_at)
{
  for (guint i = 0; self->senders != NULL && i < self->senders->len; i++)
    if (((Sender *) self->senders->pdata[i])->rowid == self->chosen)
      {
        *ret_at = i;
        return self->senders->pdata[i];
      }
  *ret_at = 0;
  return NULL;
}

static void
fill (GtkDropDown   *drop_down,
      GtkStringList *words,
      guint          chosen)
{
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (drop_down, chosen);
}

static void
fill_states (SakReviewPage *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint at;
  const Sender *chosen = find_chosen (self, &at);

  gtk_string_list_append (words, _("All states"));
  for (guint i = 0; i < SAK_N_REVIEW_STATES; i++)
    {
      const char *name = sak_words_name_review (i);
      guint n = chosen != NULL ? chosen->count.n[i] : 0;

      if (n == 0)
        gtk_string_list_append (words, name);
      else
        /* Translators: a choice and how many there are of it: "New (4)" */
        gtk_string_list_take (words, sak_words_print (_("%1$s (%2$u)"), name, n));
    }
  fill (self->state, words, self->chosen_state < SAK_N_REVIEW_STATES ? self->chosen_state + 1 : 0);
}

static void
fill_choices (SakReviewPage *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint at;

  self->is_filling = TRUE;
  (void) find_chosen (self, &at);
  for (guint i = 0; i < self->senders->len; i++)
    gtk_string_list_take (words, say_sender (self->senders->pdata[i]));
  fill (self->from, words, at);
  fill_states (self);
  self->is_filling = FALSE;
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakReviewPage) self = data;
  g_autoptr (GPtrArray) senders = sak_session_call_finish (result, NULL);

  if (g_task_get_cancellable (G_TASK (result)) != self->counting || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_clear_object (&self->counting);
  if (senders == NULL)
    return;
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  self->senders = g_steal_pointer (&senders);
  fill_choices (self);
}

static void
count (SakReviewPage *self)
{
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  sak_session_call (self->session, sak_session_new_call (self->session), count_job,
                    (GDestroyNotify) g_ptr_array_unref, self->counting, counted_cb, g_object_ref (self));
}

/* --- The list --- */

static gboolean
is_narrowed (SakReviewPage *self)
{
  return self->chosen != 0 || self->chosen_state != SAK_N_REVIEW_STATES;
}

static void
show_count (SakReviewPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *words = sak_words_print (ngettext ("%u record", "%u records", n), n);
  const char *page = n > 0 ? "list" : is_narrowed (self) ? "nothing" : "empty";

  gtk_label_set_label (self->count, words);
  gtk_widget_set_visible (GTK_WIDGET (self->top), n > 0 || is_narrowed (self));
  sak_show_only_named (self->stack, page);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Stretch) stretch = sak_session_call_finish (result, &error);

  /* Something else is being read already, or the page is gone. */
  if (g_task_get_cancellable (G_TASK (result)) != self->reading || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_clear_object (&self->reading);
  if (stretch == NULL)
    {
      /* Read again when somebody comes back; what is there of it stays. */
      self->is_stale = TRUE;
      if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
        {
          gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sak_words_for_error (error));
          return;
        }
      adw_status_page_set_description (self->failed, sak_words_for_error (error));
      sak_show_only_named (self->stack, "failed");
      return;
    }
  if (stretch->first == 0)
    sak_record_list_model_set_rowids (self->model, stretch->rowids);
  else
    sak_record_list_model_append_rowids (self->model, stretch->rowids);
  show_count (self);
  if (stretch->rowids->len == stretch->most)
    read_stretch (self, stretch->first + stretch->most, NEXT_STRETCH);
}

static void
read_stretch (SakReviewPage *self,
              gint64         first,
              gint64         most)
{
  SakCall *call;

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->is_stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->is_stale || sak_session_is_locked (self->session))
    return;
  self->reading = g_cancellable_new ();
  call = sak_session_new_call (self->session);
  call->number = self->chosen;
  if (self->chosen_state < SAK_N_REVIEW_STATES)
    call->text = g_strdup (sak_review_state_to_code (self->chosen_state));
  call->first = first;
  call->most = most;
  sak_session_call (self->session, call, read_job, stretch_free, self->reading, read_cb, g_object_ref (self));
  if (first == 0)
    count (self);
}

/* A list that is shown already changes in one piece, and stays where it was scrolled to. */
static void
read_list (SakReviewPage *self)
{
  gboolean is_shown = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  read_stretch (self, 0, is_shown ? -1 : FIRST_STRETCH);
}

/* Another list: it is looked at from its beginning. */
static void
read_other (SakReviewPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
  read_stretch (self, 0, FIRST_STRETCH);
}

static void
chosen_cb (SakReviewPage *self)
{
  guint from = gtk_drop_down_get_selected (self->from);
  guint state = gtk_drop_down_get_selected (self->state);

  if (self->is_filling || self->senders == NULL || from >= self->senders->len || state > SAK_N_REVIEW_STATES)
    return;
  self->chosen = ((Sender *) self->senders->pdata[from])->rowid;
  self->chosen_state = state > 0 ? state - 1 : SAK_N_REVIEW_STATES;
  read_other (self);
}

static void
show_all_clicked_cb (SakReviewPage *self)
{
  self->is_filling = TRUE;
  gtk_drop_down_set_selected (self->from, 0);
  gtk_drop_down_set_selected (self->state, 0);
  self->is_filling = FALSE;
  self->chosen = 0;
  self->chosen_state = SAK_N_REVIEW_STATES;
  gtk_widget_grab_focus (GTK_WIDGET (self->from));
  read_other (self);
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
row_activated_cb (SakReviewPage *self,
                  guint          position)
{
  g_autoptr (SakRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const SakRecordRow *row = item != NULL ? sak_record_item_get_row (item) : NULL;

  if (row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.review-record", "s", row->id);
}

/* --- The page --- */

static void
sak_review_page_map (GtkWidget *widget)
{
  SakReviewPage *self = SAK_REVIEW_PAGE (widget);

  GTK_WIDGET_CLASS (sak_review_page_parent_class)->map (widget);
  if (self->is_stale)
    read_list (self);
}

static gboolean
sak_review_page_grab_focus (GtkWidget *widget)
{
  SakReviewPage *self = SAK_REVIEW_PAGE (widget);
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (shown, "list") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (g_strcmp0 (shown, "empty") == 0)
    return gtk_widget_grab_focus (self->import);
  if (g_strcmp0 (shown, "nothing") == 0)
    return gtk_widget_grab_focus (self->show_all);
  if (g_strcmp0 (shown, "failed") == 0)
    return gtk_widget_grab_focus (adw_status_page_get_child (self->failed));
  return FALSE;
}

static void
sak_review_page_dispose (GObject *object)
{
  SakReviewPage *self = SAK_REVIEW_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  if (self->counting != NULL)
    g_cancellable_cancel (self->counting);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_review_page_parent_class)->dispose (object);
}

static void
sak_review_page_finalize (GObject *object)
{
  SakReviewPage *self = SAK_REVIEW_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->reading);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  G_OBJECT_CLASS (sak_review_page_parent_class)->finalize (object);
}

static void
sak_review_page_class_init (SakReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_review_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_review_page_finalize;
  widget_class->map = sak_review_page_map;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  sak_build_set_grab_focus (widget_class, sak_review_page_grab_focus);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/sakkhi/Sakkhi/ui/sak-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SakReviewPage, top);
  gtk_widget_class_bind_template_child (widget_class, SakReviewPage, from);
  gtk_widget_class_bind_template_child (widget_class, SakReviewPage, state);
  gtk_widget_class_bind_template_child (widget_class, SakReviewPage, count);
  gtk_widget_class_bind_template_child (widget_class, SakReviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SakReviewPage, failed);
  gtk_widget_class_bind_template_child (widget_class, SakReviewPage, view);
  gtk_widget_class_bind_template_child (widget_class, SakReviewPage, import);
  gtk_widget_class_bind_template_child (widget_class, SakReviewPage, show_all);
  gtk_widget_class_bind_template_callback (widget_class, row_set_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_bound_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_unbound_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_clicked_cb);
}

static void
sak_review_page_init (SakReviewPage *self)
{
  GtkWidget *retry;

  self->cancellable = g_cancellable_new ();
  self->chosen_state = SAK_N_REVIEW_STATES;
  self->is_stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  retry = sak_build_button (_("Try again"), "pill", G_CALLBACK (read_list), self);
  gtk_widget_set_halign (retry, GTK_ALIGN_CENTER);
  adw_status_page_set_child (self->failed, retry);
}

GtkWidget *
sak_review_page_new (SakSession *session)
{
  SakReviewPage *self = g_object_new (SAK_TYPE_REVIEW_PAGE, NULL);
  g_autoptr (GtkSingleSelection) selection = NULL;

  self->session = g_object_ref (session);
  self->model = sak_record_list_model_new (load_batch, self);
  selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  sak_build_name_choice (self->from, _("From whom"));
  sak_build_name_choice (self->state, _("State"));
  gtk_widget_set_visible (GTK_WIDGET (self->top), FALSE);
  sak_show_only_named (self->stack, "wait");
  g_signal_connect_object (session, "changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

GArray *
sak_review_page_ref_rowids (SakReviewPage *self)
{
  return sak_record_list_model_ref_rowids (self->model);
}
