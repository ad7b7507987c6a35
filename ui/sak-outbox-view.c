/* sak-outbox-view.c - the outbox: what waits for a stick, a folder or a server, how far it is, and why it waits
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows stay while what they are about does, and are told how it stands: the keyboard is not lost by it.
 */
#include "config.h"

#include "ui/sak-outbox-view.h"

#include <glib/gi18n-lib.h>

#include "sync/sak-outbox.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-build.h"
#include "ui/sak-courier.h"
#include "ui/sak-outbox-row.h"
#include "ui/sak-take-out.h"
#include "ui/words/sak-words.h"

#define MAX_DELIVERED 5         /* of those that lie there already, the last */
#define LOOK_MS 250
#define POSITION "sak-position" /* of a row, as read last */

struct _SakOutboxView
{
  AdwBin parent_instance;
  GtkListBox *list;
  SakTakeOut *take_out;
  GtkLabel *problem;
  SakSession *session;
  SakCourier *courier;
  GCancellable *cancellable;
  GPtrArray *carriers;          /* SakCarrier, as read last */
  GPtrArray *items;             /* SakOutboxItem, as read last */
  char *delivered;              /* the carrier's name, until it was said: not while more goes there */
  char *said;                   /* the carrier's name, while it is said */
  gboolean takes_focus;         /* when it is read */
  gboolean has_problem;         /* the courier, which is said */
  guint timer;                  /* while one is under way */
  gboolean is_reading;
  gboolean is_stale;
};

typedef struct
{
  GPtrArray *items;             /* the first is shown first */
  GPtrArray *carriers;
} Outbox;

G_DEFINE_FINAL_TYPE (SakOutboxView, sak_outbox_view, ADW_TYPE_BIN)

static void read_outbox (SakOutboxView *self);

static void
free_outbox (gpointer data)
{
  Outbox *outbox = data;

  g_clear_pointer (&outbox->items, g_ptr_array_unref);
  g_clear_pointer (&outbox->carriers, g_ptr_array_unref);
  g_free (outbox);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outbox, free_outbox)

/* --- In the vault's thread --- */

/* What is not delivered, in its order; then what was delivered last. */
static GPtrArray *
sort_items (GPtrArray *all)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_outbox_item_free);
  g_autoptr (GPtrArray) delivered = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_outbox_item_free);

  while (all->len > 0)
    {
      SakOutboxItem *item = g_ptr_array_steal_index (all, 0);

      g_ptr_array_add (item->state == SAK_OUTBOX_DELIVERED ? delivered : sorted, item);
    }
  for (guint i = 0; i < MAX_DELIVERED && delivered->len > 0; i++)
    g_ptr_array_add (sorted, g_ptr_array_steal_index (delivered, delivered->len - 1));
  return sorted;
}

static gpointer
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (Outbox) outbox = g_new0 (Outbox, 1);
  g_autoptr (GPtrArray) all = sak_vault_list_outbox (call->vault, error);

  outbox->carriers = all != NULL ? sak_vault_list_carriers (call->vault, error) : NULL;
  if (outbox->carriers == NULL)
    return NULL;
  /* The windows need no passwords. */
  for (guint i = 0; i < outbox->carriers->len; i++)
    g_clear_pointer (&((SakCarrier *) outbox->carriers->pdata[i])->password, sak_secret_unref);
  outbox->items = sort_items (all);
  return g_steal_pointer (&outbox);
}

static gpointer
pause_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;

  return sak_outbox_set_paused (call->vault, call->id, call->number != 0, error) ? SAK_JOB_DONE : NULL;
}

static gpointer
remove_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_vault_remove_outbox (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
}

/* --- What is done with one --- */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakOutboxView) self = data;
  g_autoptr (GError) error = NULL;

  (void) !sak_session_call_finish (result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  /* It went, or began, before that: the row says which. */
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_CONFLICT))
    g_clear_error (&error);
  sak_build_say (self->problem, error == NULL ? "" : sak_words_for_error (error), TRUE);
  sak_courier_look (self->courier);
}

static void
call_for (SakOutboxView *self,
          SakJobFunc     job,
          const char    *id,
          gboolean       is_paused)
{
  SakCall *call;

  if (sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->id = g_strdup (id);
  call->number = is_paused;
  sak_session_call (self->session, call, job, NULL, NULL, done_cb, g_object_ref (self));
}

/* @asker: the row, which may be gone when the question is answered. */
static void
remove_confirmed (GtkWidget  *asker,
                  const char *text,
                  gpointer    data)
{
  SakOutboxView *self = SAK_OUTBOX_VIEW (gtk_widget_get_ancestor (asker, SAK_TYPE_OUTBOX_VIEW));

  if (self != NULL)
    call_for (self, remove_job, sak_outbox_row_get_id (SAK_OUTBOX_ROW (asker)), FALSE);
}

/* Paused first, so that it is not begun once more when it has stopped. */
static void
deed_cb (SakOutboxView *self,
         int            deed,
         SakOutboxRow  *row)
{
  const char *id = sak_outbox_row_get_id (row);

  switch ((SakOutboxDeed) deed)
    {
    case SAK_OUTBOX_SEND:
      sak_courier_send (self->courier, id);
      break;
    case SAK_OUTBOX_PAUSE:
      call_for (self, pause_job, id, TRUE);
      sak_courier_stop (self->courier, id);
      break;
    case SAK_OUTBOX_RESUME:
      call_for (self, pause_job, id, FALSE);
      break;
    default:
      sak_ask (GTK_WIDGET (row), SAK_ASK_DESTRUCTIVE, _("Take this bundle out of the outbox?"),
               _("It is deleted here, and is not sent. The records in it count as put into a bundle, and go again by "
                 "themselves with the next bundle for the same contact, since they were not confirmed."),
               _("Take out"), remove_confirmed, NULL);
    }
}

/* --- Rows --- */

static const SakCarrier *
find_carrier (SakOutboxView *self,
              const char    *name)
{
  for (guint i = 0; i < self->carriers->len; i++)
    if (g_str_equal (((SakCarrier *) self->carriers->pdata[i])->name, name))
      return self->carriers->pdata[i];
  return NULL;
}

static SakOutboxRow *
find_row (SakOutboxView *self,
          const char    *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (sak_outbox_row_get_id (SAK_OUTBOX_ROW (row)), id))
      return SAK_OUTBOX_ROW (row);
  return NULL;
}

static void
show_item (SakOutboxView       *self,
           const SakOutboxItem *item,
           int                  position)
{
  SakOutboxRow *row = find_row (self, item->id);
  const SakCarrier *carrier = find_carrier (self, item->carrier);

  if (row == NULL)
    {
      row = SAK_OUTBOX_ROW (sak_outbox_row_new (item->id));
      g_signal_connect_object (row, "deed", G_CALLBACK (deed_cb), self, G_CONNECT_SWAPPED);
      g_object_set_data (G_OBJECT (row), POSITION, GINT_TO_POINTER (position));
      gtk_list_box_append (self->list, GTK_WIDGET (row));
    }
  g_object_set_data (G_OBJECT (row), POSITION, GINT_TO_POINTER (position));
  sak_outbox_row_set_item (row, item, carrier != NULL && (carrier->flags & SAK_CARRIER_BY_ITSELF) != 0,
                           sak_courier_is_asked (self->courier, item->id));
}

/* Moved so, a row keeps the keyboard. */
static int
compare_rows (GtkListBoxRow *a,
              GtkListBoxRow *b,
              gpointer       unused)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (a), POSITION)) -
         GPOINTER_TO_INT (g_object_get_data (G_OBJECT (b), POSITION));
}

static gboolean
has_item (GPtrArray  *items,
          const char *id)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((SakOutboxItem *) items->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* The keyboard goes on to the next row, or the one before. */
static void
drop_rows (SakOutboxView *self,
           GPtrArray     *items)
{
  GtkWidget *next;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = next)
    {
      gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == row;

      next = gtk_widget_get_next_sibling (row);
      if (has_item (items, sak_outbox_row_get_id (SAK_OUTBOX_ROW (row))))
        continue;
      if (had_focus)
        gtk_widget_child_focus (next != NULL ? next : GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
      gtk_list_box_remove (self->list, row);
    }
}

static gboolean
progress_polled_cb (gpointer data)
{
  SakOutboxView *self = data;
  const char *id = sak_courier_get_current (self->courier);
  SakOutboxRow *row = id != NULL ? find_row (self, id) : NULL;
  guint64 done, total;
  gint64 left;

  if (id == NULL)
    {
      self->timer = 0;
      return G_SOURCE_REMOVE;
    }
  sak_courier_get_progress (self->courier, &done, &total, &left);
  if (row != NULL)
    sak_outbox_row_set_progress (row, done, total, left);
  return G_SOURCE_CONTINUE;
}

/* Whether something is written there, or will be at once. */
static gboolean
goes_on (SakOutboxView *self,
         const char    *name)
{
  const SakCarrier *carrier = find_carrier (self, name);
  gboolean is_by_itself = carrier != NULL && (carrier->flags & SAK_CARRIER_BY_ITSELF) != 0;
  const char *current = sak_courier_get_current (self->courier);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i < self->items->len; i++)
    {
      const SakOutboxItem *item = self->items->pdata[i];

      if (g_str_equal (item->carrier, name) &&
          (item->state == SAK_OUTBOX_UNDER_WAY || g_strcmp0 (item->id, current) == 0 ||
           sak_courier_is_asked (self->courier, item->id) || (is_by_itself && sak_outbox_item_is_due (item, now))))
        return TRUE;
    }
  return FALSE;
}

/* What was said of a stick is true until more goes there, and again after that. */
static void
take_back_delivered (SakOutboxView *self)
{
  if (self->said == NULL || self->items == NULL || !goes_on (self, self->said))
    return;
  sak_take_out_hide (self->take_out);
  if (self->delivered == NULL)
    self->delivered = g_steal_pointer (&self->said);
  g_clear_pointer (&self->said, g_free);
}

static void
say_delivered (SakOutboxView *self)
{
  const SakCarrier *carrier = self->delivered != NULL ? find_carrier (self, self->delivered) : NULL;

  take_back_delivered (self);
  if (carrier != NULL && goes_on (self, carrier->name))
    return;
  if (carrier != NULL)
    {
      sak_take_out_show (self->take_out, carrier->name,
                         carrier->kind == SAK_CARRIER_FOLDER ? carrier->address : NULL);
      g_free (self->said);
      self->said = g_strdup (carrier->name);
    }
  g_clear_pointer (&self->delivered, g_free);
}

static void
say_problem (SakOutboxView *self)
{
  const GError *problem = sak_courier_get_problem (self->courier);

  if (problem != NULL || self->has_problem)
    sak_build_say (self->problem, problem != NULL ? sak_words_for_error (problem) : "", TRUE);
  self->has_problem = problem != NULL;
}

static void
show_outbox (SakOutboxView *self,
             Outbox        *outbox)
{
  g_clear_pointer (&self->carriers, g_ptr_array_unref);
  self->carriers = g_steal_pointer (&outbox->carriers);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_steal_pointer (&outbox->items);
  drop_rows (self, self->items);
  for (guint i = 0; i < self->items->len; i++)
    show_item (self, self->items->pdata[i], (int) i);
  gtk_list_box_invalidate_sort (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self), self->items->len > 0);
  say_delivered (self);
  say_problem (self);
  if (self->takes_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  self->takes_focus = FALSE;
  if (self->timer == 0 && sak_courier_get_current (self->courier) != NULL)
    self->timer = g_timeout_add (LOOK_MS, progress_polled_cb, self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakOutboxView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Outbox) outbox = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->is_reading = FALSE;
  if (outbox != NULL)
    show_outbox (self, outbox);
  else
    {
      sak_build_say (self->problem, sak_words_for_error (error), TRUE);
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
    }
  if (self->is_stale)
    read_outbox (self);
}

/* Many changes in a row are read once. */
static void
read_outbox (SakOutboxView *self)
{
  self->is_stale = self->is_reading;
  if (self->is_stale || sak_session_is_locked (self->session))
    return;
  self->is_reading = TRUE;
  sak_session_call (self->session, sak_session_new_call (self->session), read_job, free_outbox, self->cancellable,
                    read_cb, g_object_ref (self));
}

static void
courier_changed_cb (SakOutboxView *self)
{
  take_back_delivered (self);
  read_outbox (self);
}

static void
delivered_cb (SakOutboxView *self,
              const char    *carrier)
{
  g_free (self->delivered);
  self->delivered = g_strdup (carrier);
}

/* --- The view --- */

static gboolean
focus_inside (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (SAK_OUTBOX_VIEW (widget)->list), GTK_DIR_TAB_FORWARD);
}

static void
sak_outbox_view_dispose (GObject *object)
{
  SakOutboxView *self = SAK_OUTBOX_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->courier);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_outbox_view_parent_class)->dispose (object);
}

static void
sak_outbox_view_finalize (GObject *object)
{
  SakOutboxView *self = SAK_OUTBOX_VIEW (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->carriers, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self->delivered);
  g_free (self->said);
  G_OBJECT_CLASS (sak_outbox_view_parent_class)->finalize (object);
}

static void
sak_outbox_view_class_init (SakOutboxViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_outbox_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_outbox_view_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_inside);
}

static void
sak_outbox_view_init (SakOutboxView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *list = gtk_list_box_new ();
  /* Translators: what waits to be carried to a stick, a folder or a server */
  const char *heading = _("Outbox");

  self->cancellable = g_cancellable_new ();
  gtk_box_append (GTK_BOX (box), sak_build_heading (heading));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_set_sort_func (GTK_LIST_BOX (list), compare_rows, NULL, NULL);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  self->list = GTK_LIST_BOX (list);
  gtk_box_append (GTK_BOX (box), list);
  self->problem = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  self->take_out = SAK_TAKE_OUT (sak_take_out_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->take_out));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_outbox_view_new (SakSession *session)
{
  SakOutboxView *self = g_object_new (SAK_TYPE_OUTBOX_VIEW, NULL);

  self->session = g_object_ref (session);
  self->courier = g_object_ref (sak_courier_get (session));
  g_signal_connect_object (self->courier, "changed", G_CALLBACK (courier_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->courier, "delivered", G_CALLBACK (delivered_cb), self, G_CONNECT_SWAPPED);
  read_outbox (self);
  return GTK_WIDGET (self);
}

void
sak_outbox_view_take_focus (SakOutboxView *self)
{
  self->takes_focus = self->items == NULL || !gtk_widget_grab_focus (GTK_WIDGET (self));
}
