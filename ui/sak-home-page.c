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
#include "storage/sak-due.h"
#include "storage/sak-key-slots.h"
#include "storage/sak-last-backup.h"
#include "storage/sak-outbox-list.h"
#include "storage/sak-review.h"
#include "storage/sak-thread.h"
#include "ui/sak-build.h"
#include "ui/sak-courier.h"
#include "ui/sak-index-upkeep.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-lists.h"
#include "ui/words/sak-words-number.h"
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
  GtkWidget *waiting;           /* what is due */
  GtkWidget *calm;              /* instead of it */
  GtkListBox *list;             /* of the heading that was put last */
  struct _Look *shown;          /* or NULL: nothing, or why it could not be read */
  guint n_unsent;               /* that is shown */
  guint n_counted;
  char *focus;                  /* where the button leads that had the keyboard */
  gboolean is_same;             /* as what is shown, but for what is being counted */
  gboolean is_due;
  gboolean is_looking;
  gboolean is_stale;
};

/* Zeroed before it is filled, and compared whole. */
typedef struct _Look
{
  SakDue due;
  SakThreadCount talk;
  SakLastBackup last;
  SakReviewCount review;
  guint n_slots;
  guint n_contacts;             /* to whom something can be sent */
  guint n_stuck;                /* bundles that could not be sent, and may need somebody */
  gint64 day;                   /* what is said of the last backup goes by it */
  gboolean has_seen_damage;
} Look;

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
  g_autofree Look *seen = g_new0 (Look, 1);

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

/* --- Rows --- */

static void
append_heading (SakHomePage *self,
                const char  *words,
                const char  *advice)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_box_append (GTK_BOX (self->waiting), sak_build_heading (words));
  if (advice != NULL)
    gtk_box_append (GTK_BOX (self->waiting), sak_build_label (advice, "dim-label"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_box_append (GTK_BOX (self->waiting), list);
  self->list = GTK_LIST_BOX (list);
  self->is_due = TRUE;
}

/* Where a button leads: by that it is known again. */
static char *
say_action (GtkWidget *button)
{
  GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button));

  return g_action_print_detailed_name (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), target);
}

/* What stands here is made anew: the keyboard stays where it was, if that is still there. */
static void
note_focus (SakHomePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_clear_pointer (&self->focus, g_free);
  if (GTK_IS_BUTTON (focus) && gtk_widget_is_ancestor (focus, self->waiting))
    self->focus = say_action (focus);
}

static void
keep_focus (SakHomePage *self,
            GtkWidget   *button)
{
  g_autofree char *action = say_action (button);

  if (g_strcmp0 (self->focus, action) != 0)
    return;
  g_clear_pointer (&self->focus, g_free);
  gtk_widget_grab_focus (button);
}

/* @action and @target: where the button leads; @target is taken over. */
static void
append_row (SakHomePage *self,
            const char  *words,
            const char  *label,
            const char  *action,
            GVariant    *target)
{
  g_autofree char *broken = sak_say_with_breaks (words);
  /* Translators: a button and what it is about, for a screen reader: "Show: 2 incidents" */
  g_autofree char *name = g_strdup_printf (_("%1$s: %2$s"), label, words);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = sak_build_label (broken, NULL);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_add_css_class (box, "sak-row");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  /* The stop for the keyboard is the button. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->list, row);
  keep_focus (self, button);
}

static const char *
name_matter (SakDueMatter   matter,
             const char   **ret_advice)
{
  switch (matter)
    {
    case SAK_DUE_CONFLICT:
      *ret_advice = _("Two versions were written without knowing of each other. Compare them, and say what holds.");
      return _("Conflicts to look at");
    case SAK_DUE_WITHDRAWN:
      *ret_advice = _("The person took back what they had allowed. Open the record to see what is still kept here.");
      return _("Consent that was taken back");
    case SAK_DUE_ENDING:
      *ret_advice = _("What was allowed ends within five weeks or has ended, or is to be asked again.");
      return _("Consent that runs out");
    case SAK_DUE_CHANGED:
      *ret_advice = _("They were finished before and changed since. What is not finished is not sent.");
      return _("Changes to finish");
    default:
      *ret_advice = NULL;
      return _("Drafts to finish");
    }
}

/* As win.show-list takes it: the kind, and what narrows its list. */
static const char *
get_narrowing (SakDueMatter matter)
{
  static const char *const codes[SAK_N_DUE] = {
    [SAK_DUE_CONFLICT] = "conflict", [SAK_DUE_WITHDRAWN] = "withdrawn", [SAK_DUE_ENDING] = "consent-ending",
    [SAK_DUE_DRAFT] = "draft", [SAK_DUE_CHANGED] = "changed",
  };

  return codes[matter];
}

static void
show_matter (SakHomePage  *self,
             const SakDue *due,
             SakDueMatter  matter)
{
  gboolean has_heading = FALSE;

  for (guint i = 0; i < SAK_N_DUE_KINDS; i++)
    {
      g_autofree char *words = NULL;
      const char *advice;

      if (due->n[matter][i] == 0)
        continue;
      if (!has_heading)
        {
          const char *heading = name_matter (matter, &advice);

          append_heading (self, heading, advice);
        }
      has_heading = TRUE;
      words = sak_words_count_kind (sak_due_kinds[i], due->n[matter][i]);
      /* Translators: a button beside a number of records: shows them in their list */
      append_row (self, words, _("Show"), "win.show-list",
                  g_variant_new ("(ss)", sak_due_kinds[i], get_narrowing (matter)));
    }
}

/* @words: taken over. */
static void
append_questions (SakHomePage *self,
                  char        *words)
{
  g_autofree char *owned = words;

  append_row (self, owned, _("Show"), "win.show-questions", NULL);
}

/* Urgent ones by themselves: somebody may come to harm while they wait. */
static void
show_questions (SakHomePage           *self,
                const SakThreadCount  *talk)
{
  guint n_others = talk->n_to_answer - talk->n_urgent;
  g_autofree char *to_send = NULL;

  if (talk->n_to_answer + talk->n_to_close + talk->n_to_send == 0)
    return;
  append_heading (self, _("Questions"), NULL);
  if (talk->n_urgent > 0)
    append_questions (self, sak_words_print (ngettext ("%u urgent question waits for your answer",
                                                       "%u urgent questions wait for your answer", talk->n_urgent),
                                             talk->n_urgent));
  if (n_others > 0)
    append_questions (self, sak_words_print (ngettext ("%u question waits for your answer",
                                                       "%u questions wait for your answer", n_others), n_others));
  if (talk->n_to_close > 0)
    append_questions (self, sak_words_print (ngettext ("%u of your questions was answered",
                                                       "%u of your questions were answered", talk->n_to_close),
                                             talk->n_to_close));
  if (talk->n_to_send == 0)
    return;
  to_send = sak_words_print (ngettext ("%u question or answer of yours waits for your next bundle",
                                       "%u questions and answers of yours wait for your next bundle",
                                       talk->n_to_send), talk->n_to_send);
  append_row (self, to_send, _("Make a bundle…"), "win.go", g_variant_new_string ("export"));
}

/* What arrived and is not decided about; what is urgent first of all. */
static void
show_review (SakHomePage          *self,
             const SakReviewCount *count)
{
  guint n = count->n[SAK_REVIEW_NEW] + count->n[SAK_REVIEW_BEGUN] + count->n[SAK_REVIEW_QUESTION] +
            count->n[SAK_REVIEW_CHANGED];
  guint n_urgent = MIN (count->n_urgent, n);
  g_autofree char *urgent = sak_words_print (ngettext ("Urgent: in %u record somebody is in danger.",
                                                       "Urgent: in %u records somebody is in danger.", n_urgent),
                                             n_urgent);
  g_autofree char *words = sak_words_print (ngettext ("%u record waits for review", "%u records wait for review", n),
                                            n);

  if (n == 0)
    return;
  append_heading (self, _("Arrived from partners"), NULL);
  if (n_urgent > 0)
    {
      append_row (self, urgent, C_("review", "Review…"), "win.go", g_variant_new_string ("review"));
      gtk_widget_add_css_class (gtk_widget_get_last_child (GTK_WIDGET (self->list)), "sak-urgent");
    }
  /* Translators: a button: to look at what arrived, and to decide about it */
  append_row (self, words, C_("review", "Review…"), "win.go", g_variant_new_string ("review"));
}

static void
show_vault (SakHomePage *self,
            const Look  *seen)
{
  gboolean is_backup_due = sak_words_is_backup_due (&seen->last, g_get_real_time () / G_USEC_PER_SEC);

  if (!seen->has_seen_damage && seen->n_slots > 1 && !is_backup_due)
    return;
  append_heading (self, _("To keep the vault safe"), NULL);
  if (seen->has_seen_damage)
    append_row (self, sak_words_about_seen_damage (), _("Check…"), "win.go", g_variant_new_string ("care"));
  if (seen->n_slots == 1)
    append_row (self, _("Only one thing opens this vault. If it is forgotten or lost, everything in the vault is "
                        "lost: put a recovery code away on paper."), _("Recovery code…"), "win.go",
                g_variant_new_string ("ways"));
  if (is_backup_due)
    {
      g_autofree char *words = sak_words_about_last_backup (&seen->last);

      append_row (self, words, _("Backup…"), "win.go", g_variant_new_string ("care"));
    }
}

static void
show_stuck (SakHomePage *self,
            const Look  *seen)
{
  g_autofree char *words = sak_words_print (ngettext ("%u bundle in the outbox could not be sent.",
                                                      "%u bundles in the outbox could not be sent.", seen->n_stuck),
                                            seen->n_stuck);

  if (seen->n_stuck == 0)
    return;
  append_heading (self, _("Not sent"), _("The outbox says why, and what to do about it."));
  append_row (self, words, _("Show"), "win.show-outbox", NULL);
}

static void
show_end (SakHomePage *self)
{
  gtk_widget_set_visible (self->waiting, self->is_due);
  gtk_widget_set_visible (self->calm, !self->is_due);
}

static void
show_unsent (SakHomePage *self)
{
  g_autofree char *words = sak_words_print (ngettext ("%u record is finished and was not put into a bundle yet",
                                                      "%u records are finished and were not put into a bundle yet",
                                                      self->n_unsent), self->n_unsent);

  if (self->n_unsent == 0)
    return;
  append_heading (self, _("To send"), NULL);
  append_row (self, words, _("Make a bundle…"), "win.go", g_variant_new_string ("export"));
  show_end (self);
}

/* --- Looking --- */

static void
looked (SakHomePage *self)
{
  self->is_looking = FALSE;
  if (self->is_stale)
    look (self);
}

/* What is shown stays if it is the same, and the keyboard in it. */
static void
show_seen (SakHomePage  *self,
           const GError *error)
{
  const Look *seen = self->shown;

  note_focus (self);
  sak_build_empty (GTK_BOX (self->waiting));
  self->is_due = FALSE;
  self->n_unsent = 0;
  if (seen == NULL)
    {
      gtk_box_append (GTK_BOX (self->waiting), sak_build_label (sak_words_for_error (error), "sak-warning"));
      self->is_due = TRUE;
    }
  if (seen != NULL)
    {
      show_review (self, &seen->review);
      show_questions (self, &seen->talk);
    }
  for (guint i = 0; seen != NULL && i < SAK_N_DUE; i++)
    show_matter (self, &seen->due, i);
  if (seen != NULL)
    {
      show_stuck (self, seen);
      show_vault (self, seen);
    }
  show_end (self);
}

static void
end_look (SakHomePage *self)
{
  if (!self->is_same || self->n_counted != self->n_unsent)
    {
      if (self->is_same)
        show_seen (self, NULL);
      self->n_unsent = self->n_counted;
      show_unsent (self);
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
  g_autofree Look *seen = sak_session_call_finish (result, &error);
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
  g_free (self->focus);
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
  self->waiting = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->calm = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->calm), "emblem-ok-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->calm), _("Nothing waits for you"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->calm),
                                   _("Questions, drafts, conflicts, consents that run out and what is to be sent or "
                                     "backed up stand here when there are any."));
  gtk_widget_set_visible (self->waiting, FALSE);
  gtk_widget_set_visible (self->calm, FALSE);
  gtk_box_append (self->column, row);
  gtk_box_append (self->column, self->waiting);
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
