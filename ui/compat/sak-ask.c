/* sak-ask.c - one question with two answers, and perhaps a line of text
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AdwMessageDialog until the floor is libadwaita 1.5 (AdwAlertDialog).
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/compat/sak-ask.h"

typedef struct
{
  GWeakRef asker;
  GtkEditable *entry;           /* inside the dialog, or NULL */
  SakAskFunc yes;
  SakAskFunc other;             /* or NULL */
  gpointer user_data;
} Question;

static void
free_question (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->asker);
  g_free (question);
}

static void
dialog_responded_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     Question         *question)
{
  g_autoptr (GtkWidget) asker = g_weak_ref_get (&question->asker);
  g_autofree char *text = NULL;

  if (asker != NULL && g_strcmp0 (response, "other") == 0 && question->other != NULL)
    question->other (asker, NULL, question->user_data);
  if (asker == NULL || g_strcmp0 (response, "yes") != 0)
    return;
  if (question->entry != NULL)
    text = g_strdup (gtk_editable_get_text (question->entry));
  question->yes (asker, text, question->user_data);
}

static void
entry_changed_cb (GtkEditable      *entry,
                  AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "yes", text[0] != '\0');
}

/* Also when there comes to be less room, or larger text. */
static void
answer_shown_cb (GtkWidget *button)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_HIDDEN, !gtk_widget_get_mapped (button),
                               -1);
}

/* libadwaita 1.2 has two rows of answers, one of them out of sight, names each answer twice, and tells screen readers
 * of both.
 */
static void
name_answers (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      g_signal_connect_after (widget, "map", G_CALLBACK (answer_shown_cb), NULL);
      g_signal_connect_after (widget, "unmap", G_CALLBACK (answer_shown_cb), NULL);
      answer_shown_cb (widget);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_answers (child);
}

/* All answers were given to it by then; which row is seen is known once there is a size. */
static gboolean
dialog_ticked_cb (GtkWidget     *dialog,
                  GdkFrameClock *clock,
                  gpointer       unused)
{
  name_answers (dialog);
  return G_SOURCE_REMOVE;
}

static void
dialog_mapped_cb (GtkWidget *dialog)
{
  g_signal_handlers_disconnect_by_func (dialog, dialog_mapped_cb, NULL);
  (void) gtk_widget_add_tick_callback (dialog, dialog_ticked_cb, NULL, NULL);
}

static AdwMessageDialog *
make_dialog (GtkWidget  *asker,
             const char *heading,
             const char *body,
             const char *yes_label,
             const char *no_label)
{
  GtkRoot *root = gtk_widget_get_root (asker);
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "no", no_label);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  if (yes_label != NULL)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "yes", yes_label);
      adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "yes");
    }
  g_signal_connect (dialog, "map", G_CALLBACK (dialog_mapped_cb), NULL);
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
ask (AdwMessageDialog *dialog,
     GtkWidget        *asker,
     GtkEditable      *entry,
     SakAskFunc        yes,
     SakAskFunc        other,
     gpointer          user_data)
{
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->asker, asker);
  question->entry = entry;
  question->yes = yes;
  question->other = other;
  question->user_data = user_data;
  g_signal_connect_data (dialog, "response", G_CALLBACK (dialog_responded_cb),
                         question, free_question, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * sak_ask:
 *
 * @yes is not called when @asker is gone by then, for instance because the vault was locked.
 */
void
sak_ask (GtkWidget  *asker,
         SakAskLook  look,
         const char *heading,
         const char *body,
         const char *yes_label,
         SakAskFunc  yes,
         gpointer    user_data)
{
  AdwMessageDialog *dialog = make_dialog (asker, heading, body, yes_label, _("Cancel"));

  adw_message_dialog_set_response_appearance (dialog, "yes",
                                              look == SAK_ASK_DESTRUCTIVE
                                                ? ADW_RESPONSE_DESTRUCTIVE
                                                : ADW_RESPONSE_SUGGESTED);
  ask (dialog, asker, NULL, yes, NULL, user_data);
}

void
sak_ask_text (GtkWidget  *asker,
              const char *heading,
              const char *body,
              const char *entry_label,
              const char *yes_label,
              SakAskFunc  yes,
              gpointer    user_data)
{
  AdwMessageDialog *dialog = make_dialog (asker, heading, body, yes_label, _("Cancel"));
  GtkWidget *entry = gtk_entry_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  entry_label, -1);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "yes", FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb), dialog, 0);
  ask (dialog, asker, GTK_EDITABLE (entry), yes, NULL, user_data);
  gtk_widget_grab_focus (entry);
}

void
sak_ask_either (GtkWidget  *asker,
                const char *heading,
                const char *body,
                const char *first_label,
                SakAskFunc  first,
                const char *second_label,
                SakAskFunc  second)
{
  AdwMessageDialog *dialog = make_dialog (asker, heading, body, NULL, _("Cancel"));

  adw_message_dialog_add_response (dialog, "other", first_label);
  adw_message_dialog_add_response (dialog, "yes", second_label);
  adw_message_dialog_set_response_appearance (dialog, "other", ADW_RESPONSE_DESTRUCTIVE);
  ask (dialog, asker, NULL, second, first, NULL);
}

void
sak_tell (GtkWidget  *asker,
          const char *heading,
          const char *body)
{
  AdwMessageDialog *dialog = make_dialog (asker, heading, body, NULL, _("Close"));

  gtk_window_present (GTK_WINDOW (dialog));
}
