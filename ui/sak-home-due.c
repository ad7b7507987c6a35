/* sak-home-due.c - what waits for the person, in rows: a number and what to do about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-home-due.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-lists.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

struct _SakHomeDue
{
  AdwBin parent_instance;
  GtkBox *rows;
  GtkListBox *list;             /* of the heading that was put last */
  char *focus;                  /* where the button leads that had the keyboard */
  gboolean has_any;
};

G_DEFINE_FINAL_TYPE (SakHomeDue, sak_home_due, ADW_TYPE_BIN)

static void
append_heading (SakHomeDue *self,
                const char  *words,
                const char  *advice)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_box_append (self->rows, sak_build_heading (words));
  if (advice != NULL)
    gtk_box_append (self->rows, sak_build_label (advice, "dim-label"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_box_append (self->rows, list);
  self->list = GTK_LIST_BOX (list);
  self->has_any = TRUE;
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
note_focus (SakHomeDue *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_clear_pointer (&self->focus, g_free);
  if (GTK_IS_BUTTON (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->rows)))
    self->focus = say_action (focus);
}

static void
keep_focus (SakHomeDue *self,
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
append_row (SakHomeDue *self,
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
show_matter (SakHomeDue  *self,
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
append_questions (SakHomeDue *self,
                  char        *words)
{
  g_autofree char *owned = words;

  append_row (self, owned, _("Show"), "win.show-questions", NULL);
}

/* Urgent ones by themselves: somebody may come to harm while they wait. */
static void
show_questions (SakHomeDue           *self,
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
show_review (SakHomeDue          *self,
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
show_vault (SakHomeDue *self,
            const SakHomeLook  *seen)
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
show_stuck (SakHomeDue *self,
            const SakHomeLook  *seen)
{
  g_autofree char *words = sak_words_print (ngettext ("%u bundle in the outbox could not be sent.",
                                                      "%u bundles in the outbox could not be sent.", seen->n_stuck),
                                            seen->n_stuck);

  if (seen->n_stuck == 0)
    return;
  append_heading (self, _("Not sent"), _("The outbox says why, and what to do about it."));
  append_row (self, words, _("Show"), "win.show-outbox", NULL);
}

void
sak_home_due_show (SakHomeDue        *self,
                   const SakHomeLook *seen,
                   const GError      *error)
{
  note_focus (self);
  sak_build_empty (self->rows);
  self->has_any = seen == NULL;
  if (seen == NULL)
    {
      gtk_box_append (self->rows, sak_build_label (sak_words_for_error (error), "sak-warning"));
      return;
    }
  show_review (self, &seen->review);
  show_questions (self, &seen->talk);
  for (guint i = 0; i < SAK_N_DUE; i++)
    show_matter (self, &seen->due, i);
  show_stuck (self, seen);
  show_vault (self, seen);
}

void
sak_home_due_show_unsent (SakHomeDue *self,
                          guint       n)
{
  g_autofree char *words = sak_words_print (ngettext ("%u record is finished and was not put into a bundle yet",
                                                      "%u records are finished and were not put into a bundle yet",
                                                      n), n);

  if (n == 0)
    return;
  append_heading (self, _("To send"), NULL);
  append_row (self, words, _("Make a bundle…"), "win.go", g_variant_new_string ("export"));
}

gboolean
sak_home_due_has_any (SakHomeDue *self)
{
  return self->has_any;
}

static void
sak_home_due_finalize (GObject *object)
{
  g_free (SAK_HOME_DUE (object)->focus);
  G_OBJECT_CLASS (sak_home_due_parent_class)->finalize (object);
}

static void
sak_home_due_class_init (SakHomeDueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_home_due_finalize;
}

static void
sak_home_due_init (SakHomeDue *self)
{
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 10));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->rows));
}

GtkWidget *
sak_home_due_new (void)
{
  return g_object_new (SAK_TYPE_HOME_DUE, NULL);
}
