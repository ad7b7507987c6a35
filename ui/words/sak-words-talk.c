/* sak-words-talk.c - questions and answers, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-form.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-talk.h"
#include "ui/words/sak-words-versions.h"
#include "ui/words/sak-words.h"

const char *
sak_words_for_question_state (const SakQuestion *question)
{
  switch (question->state)
    {
    case SAK_QUESTION_OPEN:
      if (question->waits_for_bundle)
        return _("It waits for your next bundle for them.");
      return question->is_own ? _("No answer has come yet.") : _("It waits for your answer.");
    case SAK_QUESTION_ANSWERED:
      return question->is_own ? _("It was answered. Close it when nothing is open any more.")
                              : _("You answered it.");
    case SAK_QUESTION_CLOSED:
      return _("It is closed.");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_about_talk_to_send (const SakQuestion *question)
{
  for (guint i = 0; i < question->answers->len; i++)
    if (((SakAnswer *) question->answers->pdata[i])->waits_for_bundle)
      return _("What you wrote last waits for your next bundle for them.");
  return NULL;
}

/* "MNK-2026-0001, At the pier": as lists name it. */
static char *
name_record (const SakQuestion *question)
{
  if (!question->is_here)
    return g_strdup (_("a record that is not here"));
  if (*question->about_code == '\0' || *question->about_title == '\0')
    return g_strdup (*question->about_code != '\0' ? question->about_code : question->about_title);
  /* Translators: a record: %1$s is its code, %2$s its title */
  return g_strdup_printf (_("%1$s, %2$s"), question->about_code, question->about_title);
}

static char *
tell_parties (const SakQuestion *question)
{
  if (question->is_own && question->to != NULL)
    /* Translators: %s is a contact */
    return g_strdup_printf (_("You asked %s."), question->to);
  if (question->is_own)
    return g_strdup (_("You asked somebody who is no contact any more."));
  if (question->author != NULL)
    /* Translators: %s is a contact */
    return g_strdup_printf (_("%s asks you."), question->author);
  return g_strdup (_("Somebody whose key nobody here knows asks you."));
}

/* @record: how it is named, or NULL where that is plain. */
static char *
tell_who (const SakQuestion *question,
          const char        *record)
{
  if (record == NULL)
    return tell_parties (question);
  if (question->is_own && question->to != NULL)
    /* Translators: %1$s is a contact, %2$s a record */
    return g_strdup_printf (_("You asked %1$s about %2$s."), question->to, record);
  if (question->is_own)
    /* Translators: %s is a record */
    return g_strdup_printf (_("You asked somebody who is no contact any more about %s."), record);
  if (question->author != NULL)
    /* Translators: %1$s is a contact, %2$s a record */
    return g_strdup_printf (_("%1$s asks you about %2$s."), question->author, record);
  /* Translators: %s is a record */
  return g_strdup_printf (_("Somebody whose key nobody here knows asks you about %s."), record);
}

static char *
describe (const SakQuestion *question,
          const char        *record,
          const char        *language)
{
  g_autofree char *who = tell_who (question, record);
  GString *words = g_string_new (question->is_urgent ? _("Urgent.") : NULL);

  g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", who);
  if (question->path != NULL && question->is_here)
    {
      const SakForm *form = sak_form_get (question->about_kind);
      g_autofree char *field = sak_words_name_path (form, question->path, NULL, language);

      g_string_append_c (words, ' ');
      /* Translators: %s is what a form calls a field */
      g_string_append_printf (words, question->has_path
                                       ? _("It is about “%s”.")
                                       /* Translators: %s is what a form calls a field */
                                       : _("It is about “%s”, which the record does not have here."), field);
    }
  if (question->is_changed)
    g_string_append_printf (words, " %s", _("The record has changed since."));
  return g_string_free (words, FALSE);
}

/**
 * sak_words_about_question:
 * @language: in which to name the field
 *
 * Returns: (transfer full): sentences; they name the record, for the screen of whoever may read it
 */
char *
sak_words_about_question (const SakQuestion *question,
                          const char        *language)
{
  g_autofree char *record = name_record (question);

  return describe (question, record, language);
}

char *
sak_words_about_question_here (const SakQuestion *question,
                               const char        *language)
{
  return describe (question, NULL, language);
}

const char *
sak_words_for_talk_error (const GError *error)
{
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_UNTRUSTED))
    return _("Their key was revoked, so nothing is sent to them any more.");
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_UNKNOWN_SENDER))
    return _("Nobody here knows the key of who asked. Import their contact card first, then answer.");
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return _("This is not here any more, or whoever it came from is none of your contacts.");
  return sak_words_for_error (error);
}

const char *
sak_words_for_answer (const SakAnswer *answer)
{
  switch (answer->kind)
    {
    case SAK_ANSWER_TEXT:
      return _("Answer");
    case SAK_ANSWER_VERSION:
      return _("See the new version of the record.");
    case SAK_ANSWER_CLOSED:
      return _("Closed by who asked.");
    default:
      g_return_val_if_reached ("");
    }
}

char *
sak_words_about_brought_talk (const SakBundleReport *report)
{
  GString *words = g_string_new (NULL);

  if (report->n_questions > 0)
    sak_words_append_print (words, ngettext ("%u question came that waits for your answer.",
                                             "%u questions came that wait for your answer.", report->n_questions),
                            report->n_questions);
  if (report->n_urgent > 0)
    {
      g_string_append_c (words, ' ');
      sak_words_append_print (words, ngettext ("%u of them is urgent.", "%u of them are urgent.", report->n_urgent),
                              report->n_urgent);
    }
  if (report->n_answers > 0)
    {
      g_string_append (words, words->len > 0 ? " " : "");
      sak_words_append_print (words, ngettext ("%u answer came.", "%u answers came.", report->n_answers),
                              report->n_answers);
    }
  return g_string_free (words, words->len == 0);
}
