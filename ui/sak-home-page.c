/* sak-home-page.c - the first page: what waits for the person, and where to begin
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One call has what is due; what was finished and not sent is counted in slices behind it,
 * between other work. Rows say a number and what to do about it, and lead there.
 */
#include "config.h"

#include "ui/sak-home-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storage/sak-contact.h"
#include "storage/sak-key-slots.h"
#include "storage/sak-outbox-list.h"
#include "ui/sak-build.h"
#include "ui/sak-courier.h"
#include "ui/sak-home-due.h"
#include "ui/sak-index-upkeep.h"
#include "ui/words/sak-words-lists.h"
#include "ui/words/sak-words.h"

#define SLICE 2000
#define MANY_TRIES 5             /* after about half an hour: somebody may know why it does not go */

struct _SakHomePage
{
  AdwBin parent_instance;
  SakSession *session;
  GCancellable *cancellable;
  GtkBox *column;
  GtkWidget *begin;             /* the button that has the focus first */
  SakHomeDue *due;
  GtkWidget *calm;              /* instead of it */
  SakHomeLook *shown;          /* or NULL: nothing, or why it could not be read */
  guint n_unsent;               /* that is shown */
  guint n_counted;
  gboolean is_same;             /* as what is shown, but for what is being counted */
  gboolean is_looking;
  gboolean is_stale;
};

typedef struct
{
  gint64 cursor;
  guint n;
} Slice;

G_DEFINE_FINAL_TYPE (SakHomePage, sak_home_page, ADW_TYPE_BIN)

static void look (SakHomePage *self);

static gboolean
count_stuck (SakVault  *vault,
             guint     *ret_n,
             GError   **error)
{
  g_autoptr (GPtrArray) items = sak_vault_list_outbox (vault, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const SakOutboxItem *item = items->pdata[i];

      *ret_n += item->state == SAK_OUTBOX_FAILED ||
                (item->state == SAK_OUTBOX_WAITING && !item->is_paused && item->n_tries >= MANY_TRIES);
    }
  return items != NULL;
}

static gpointer
look_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) slots = sak_vault_list_slots (call->vault, error);
  g_autoptr (GPtrArray) contacts = slots != NULL ? sak_vault_list_contacts (call->vault, error) : NULL;
  g_autofree SakHomeLook *seen = g_new0 (SakHomeLook, 1);

  if (contacts == NULL || !sak_vault_get_last_backup (call->vault, &seen->last, error) ||
      !sak_vault_count_due (call->vault, &seen->due, error) ||
      !sak_vault_count_arrivals (call->vault, NULL, &seen->review, error) ||
      !sak_vault_count_questions (call->vault, &seen->talk, error) || !count_stuck (call->vault, &seen->n_stuck, error))
    return NULL;
  seen->n_slots = slots->len;
  for (guint i = 0; i < contacts->len; i++)
    seen->n_contacts += ((SakContact *) contacts->pdata[i])->trust != SAK_TRUST_REVOKED;
  seen->day = g_get_real_time () / G_USEC_PER_SEC / (24 * 3600);
  seen->has_seen_damage = sak_vault_has_seen_damage (call->vault);
  return g_steal_pointer (&seen);
}

static gpointer
slice_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  g_autofree Slice *slice = g_new0 (Slice, 1);

  slice->cursor = call->first;
  return sak_vault_count_unsent (call->vault, SLICE, &slice->cursor, &slice->n, error) ? g_steal_pointer (&slice)
                                                                                     : NULL;
}

/* --- Looking --- */

static void
looked (SakHomePage *self)
{
  self->is_looking = FALSE;
  if (self->is_stale)
    look (self);
}

static void
show_either (SakHomePage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->due), sak_home_due_has_any (self->due));
  gtk_widget_set_visible (self->calm, !sak_home_due_has_any (self->due));
}

/* What is shown stays if it is the same, and the keyboard in it. */
static void
show_seen (SakHomePage  *self,
           const GError *error)
{
  self->n_unsent = 0;
  sak_home_due_show (self->due, self->shown, error);
  show_either (self);
}

static void
end_look (SakHomePage *self)
{
  if (!self->is_same || self->n_counted != self->n_unsent)
    {
      if (self->is_same)
        show_seen (self, NULL);
      self->n_unsent = self->n_counted;
      sak_home_due_show_unsent (self->due, self->n_unsent);
      show_either (self);
    }
  looked (self);
}

static void count_slice (SakHomePage *self,
                         gint64       cursor);

static void
slice_counted_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakHomePage) self = data;
  g_autofree Slice *slice = sak_session_call_finish (result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->n_counted += slice != NULL ? slice->n : 0;
  if (slice != NULL && slice->cursor != 0)
    {
      count_slice (self, slice->cursor);
      return;
    }
  end_look (self);
}

static void
count_slice (SakHomePage *self,
             gint64       cursor)
{
  SakCall *call = sak_session_new_call (self->session);

  call->first = cursor;
  sak_session_call (self->session, call, slice_job, g_free, self->cancellable, slice_counted_cb, g_object_ref (self));
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakHomePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree SakHomeLook *seen = sak_session_call_finish (result, &error);
  gboolean counts = seen != NULL && seen->n_contacts > 0;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->n_counted = 0;
  self->is_same = seen != NULL && self->shown != NULL && memcmp (seen, self->shown, sizeof *seen) == 0;
  if (!self->is_same)
    {
      g_free (self->shown);
      self->shown = g_steal_pointer (&seen);
      show_seen (self, error);
    }
  if (counts)
    count_slice (self, 0);
  else
    end_look (self);
}

/* Many changes in a row are looked at once. */
static void
look (SakHomePage *self)
{
  self->is_stale = self->is_looking;
  if (self->is_stale || sak_session_is_locked (self->session))
    return;
  self->is_looking = TRUE;
  sak_session_call (self->session, sak_session_new_call (self->session), look_job, g_free, self->cancellable,
                    looked_cb, g_object_ref (self));
}

static void
upkeep_changed_cb (SakHomePage    *self,
                   SakIndexUpkeep *upkeep)
{
  if (sak_index_upkeep_is_done (upkeep))
    look (self);
}

/* --- The page --- */

static gboolean
sak_home_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_HOME_PAGE (widget)->begin);
}

static void
sak_home_page_dispose (GObject *object)
{
  SakHomePage *self = SAK_HOME_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_home_page_parent_class)->dispose (object);
}

static void
sak_home_page_finalize (GObject *object)
{
  SakHomePage *self = SAK_HOME_PAGE (object);

  g_clear_object (&self->cancellable);
  g_free (self->shown);
  G_OBJECT_CLASS (sak_home_page_parent_class)->finalize (object);
}

static void
sak_home_page_class_init (SakHomePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_home_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_home_page_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_home_page_grab_focus);
}

static GtkWidget *
append_beginning (GtkWidget  *row,
                  const char *kind,
                  const char *css_class)
{
  GtkWidget *button = sak_build_button (sak_words_for_new (kind), css_class, NULL, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.new-of-kind");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_string (kind));
  gtk_widget_add_css_class (button, "pill");
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static void
sak_home_page_init (SakHomePage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->cancellable = g_cancellable_new ();
  adw_bin_set_child (ADW_BIN (self), sak_build_page (&self->column));
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (row, 12);
  gtk_widget_set_margin_bottom (row, 12);
  self->begin = append_beginning (row, SAK_KIND_TESTIMONY, "suggested-action");
  (void) append_beginning (row, SAK_KIND_EVENT, NULL);
  (void) append_beginning (row, SAK_KIND_PERSON, NULL);
  self->due = SAK_HOME_DUE (sak_home_due_new ());
  self->calm = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->calm), "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->calm), _("Nothing waits for you"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->calm),
                                   _("Questions, drafts, conflicts, consents that run out and what is to be sent or "
                                     "backed up stand here when there are any."));
  gtk_widget_set_visible (GTK_WIDGET (self->due), FALSE);
  gtk_widget_set_visible (self->calm, FALSE);
  gtk_box_append (self->column, row);
  gtk_box_append (self->column, GTK_WIDGET (self->due));
  gtk_box_append (self->column, self->calm);
}

GtkWidget *
sak_home_page_new (SakSession *session)
{
  SakHomePage *self = g_object_new (SAK_TYPE_HOME_PAGE, NULL);
  SakIndexUpkeep *upkeep = sak_index_upkeep_get (session);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sak_courier_get (session), "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (upkeep, "changed", G_CALLBACK (upkeep_changed_cb), self, G_CONNECT_SWAPPED);
  look (self);
  return GTK_WIDGET (self);
}
