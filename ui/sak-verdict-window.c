/* sak-verdict-window.c - accepting a record, declining it, or noting something about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It speaks of the versions that were on the screen when it was opened, whatever arrives while somebody writes.
 */
#include "config.h"

#include "ui/sak-verdict-window.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-review.h"
#include "ui/words/sak-words.h"

struct _SakVerdictWindow
{
  SakTalkWindow parent_instance;
  SakVerdictSays says;
  char *record;
  char **seen;
  SakGrade grade;               /* SAK_GRADE_NONE until one was chosen */
};

typedef struct
{
  const char *title;
  const char *about;
  const char *label;
  const char *button;
} Words;

G_DEFINE_FINAL_TYPE (SakVerdictWindow, sak_verdict_window, SAK_TYPE_TALK_WINDOW)

/* call->number: what is said; call->first: the grade; call->names: what was seen; call->text: words, or "". */
static gpointer
decide_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;
  const char *const *seen = (const char *const *) call->names;
  const char *text = *call->text != '\0' ? call->text : NULL;
  g_autofree char *id = NULL;

  if (call->number == SAK_SAYS_ACCEPTED)
    id = sak_vault_accept (call->vault, call->id, seen, (SakGrade) call->first, text, error);
  else if (call->number == SAK_SAYS_DECLINED)
    id = sak_vault_decline (call->vault, call->id, seen, text, error);
  else
    id = sak_vault_add_note (call->vault, call->id, text, error);
  return id != NULL ? SAK_JOB_DONE : NULL;
}

static SakCall *
make_call (SakTalkWindow  *window,
           SakJobFunc     *ret_job)
{
  SakVerdictWindow *self = SAK_VERDICT_WINDOW (window);
  SakCall *call = sak_session_new_call (sak_talk_window_get_session (window));

  call->id = g_strdup (self->record);
  call->names = g_strdupv (self->seen);
  call->number = self->says;
  call->first = self->grade;
  call->text = sak_talk_window_dup_text (window);
  *ret_job = decide_job;
  return call;
}

static const char *
say_error (const GError *error)
{
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_CONFLICT))
    return _("The consent to this record was taken back: nothing is decided about it any more. A note can be written.");
  return sak_words_for_error (error);
}

static void
grade_toggled_cb (SakVerdictWindow *self,
                  GtkCheckButton   *choice)
{
  if (!gtk_check_button_get_active (choice))
    return;
  self->grade = (SakGrade) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (choice), "sak-grade"));
  sak_talk_window_set_ready (SAK_TALK_WINDOW (self), TRUE);
}

/* @group: one of the choices before it, or NULL. Returns: the choice in it. */
static GtkWidget *
append_grade (SakVerdictWindow *self,
              GtkWidget        *list,
              SakGrade          grade,
              GtkWidget        *group)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_check_button_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sak_words_name_grade (grade));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sak_words_about_grade (grade));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), GTK_CHECK_BUTTON (group));
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (choice), "sak-grade", GINT_TO_POINTER (grade));
  g_signal_connect_object (choice, "toggled", G_CALLBACK (grade_toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), choice);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choice);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return choice;
}

/* Returns: the first of the choices. */
static GtkWidget *
append_grades (SakVerdictWindow *self,
               GtkBox           *box)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *first = NULL;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("How sure it is"), -1);
  gtk_box_append (box, sak_build_label (_("How sure it is"), "sak-field-label"));
  for (SakGrade grade = SAK_GRADE_CONFIRMED; grade < SAK_N_GRADES; grade++)
    {
      GtkWidget *choice = append_grade (self, list, grade, first);

      if (first == NULL)
        first = choice;
    }
  gtk_box_append (box, list);
  return first;
}

static void
sak_verdict_window_finalize (GObject *object)
{
  SakVerdictWindow *self = SAK_VERDICT_WINDOW (object);

  g_free (self->record);
  g_strfreev (self->seen);
  G_OBJECT_CLASS (sak_verdict_window_parent_class)->finalize (object);
}

static void
sak_verdict_window_class_init (SakVerdictWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_verdict_window_finalize;
  SAK_TALK_WINDOW_CLASS (klass)->make_call = make_call;
  SAK_TALK_WINDOW_CLASS (klass)->say_error = say_error;
}

static void
sak_verdict_window_init (SakVerdictWindow *self)
{
}

static Words
find_words (SakVerdictSays says)
{
  if (says == SAK_SAYS_ACCEPTED)
    return (Words) { _("Accept the record"),
                     _("You say that this record counts, and how sure it is that it happened as it is told. It is "
                       "about what stands on the screen now. A decision that was wrong is not taken out: it is "
                       "answered by another one."),
                     _("A note for this vault (may stay empty)"),
                     /* Translators: a button: what arrived counts from now on */
                     C_("review", "Accept") };
  if (says == SAK_SAYS_DECLINED)
    return (Words) { _("Decline the record"),
                     _("The record is kept, and does not count. The sender does not learn of it: if something is "
                       "missing, ask them instead. A decision that was wrong is not taken out: it is answered by "
                       "another one."),
                     /* Translators: of a record that does not count */
                     _("Why it is declined"),
                     /* Translators: a button: what arrived does not count */
                     C_("review", "Decline") };
  /* Translators: the title of a window in which a note is written */
  return (Words) { C_("heading", "Note"), _("It is signed, and stays in this vault. It is never sent."),
                   _("The note"),
                   /* Translators: a button: what was written is kept as a note */
                   C_("review", "Keep the note") };
}

/* Of a record that others changed at once, nobody decides about one version unawares. */
static void
append_versions (SakTalkWindow *window,
                 guint          n_versions)
{
  g_autofree char *words = NULL;

  if (n_versions < 2)
    return;
  words = sak_words_print (ngettext ("%u version of this record is here. What you say is about it.",
                                     "%u versions of this record stand beside each other. What you say is about all of "
                                     "them.", n_versions), n_versions);
  gtk_box_append (sak_talk_window_get_top (window), sak_build_label (words, "sak-warning"));
}

static char *
dup_where (SakVerdictWindow *self)
{
  const char *what = self->says == SAK_SAYS_ACCEPTED ? "accept" : self->says == SAK_SAYS_DECLINED ? "decline" : "note";

  return g_strconcat (what, "/", self->record, NULL);
}

GtkWidget *
sak_verdict_window_new (GtkWindow         *parent,
                        SakSession        *session,
                        SakVerdictSays     says,
                        const char        *record,
                        const char *const *seen)
{
  gboolean has_grade = says == SAK_SAYS_ACCEPTED;
  Words words = find_words (says);
  SakVerdictWindow *self = g_object_new (SAK_TYPE_VERDICT_WINDOW, "transient-for", parent, "modal", TRUE,
                                         "destroy-with-parent", TRUE, "title", words.title, "default-width", 600,
                                         "default-height", has_grade ? 480 : 400, NULL);
  SakTalkWindow *window = SAK_TALK_WINDOW (self);

  self->says = says;
  self->record = g_strdup (record);
  self->seen = g_strdupv ((char **) seen);
  sak_talk_window_build (window, session, words.label, words.button);
  sak_talk_window_need_text (window, !has_grade);
  sak_talk_window_keep_at (window, dup_where (self));
  gtk_box_append (sak_talk_window_get_top (window), sak_build_label (words.about, NULL));
  if (says != SAK_SAYS_NOTE)
    append_versions (window, seen != NULL ? g_strv_length ((char **) seen) : 1);
  if (has_grade)
    gtk_window_set_focus (GTK_WINDOW (self), append_grades (self, sak_talk_window_get_top (window)));
  else
    sak_talk_window_focus_text (window);
  sak_talk_window_set_ready (window, !has_grade);
  return GTK_WIDGET (self);
}
