/* sak-words-news.c - forms and terms that the secretariat sent, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words-news.h"
#include "ui/words/sak-words.h"

/* Translators: stands for a contact whose name is not known */
#define SOMEBODY _("somebody")

static char *
tell_form (const SakNews *news,
           const char    *by,
           const char    *label)
{
  const char *kind = sak_words_name_kind (news->kind);

  switch (news->state)
    {
    case SAK_NEWS_IN_FORCE:
      /* Translators: %1$s is a contact, %2$s the name of a form, %3$s a kind of record: "Incident" */
      return g_strdup_printf (_("A form came from %1$s: “%2$s”. From now on new records of the kind “%3$s” are written "
                                "by it. Old ones stay as they are."), by, label, kind);
    case SAK_NEWS_SHIPPED_AGAIN:
      /* Translators: %1$s is a contact, %2$s a kind of record: "Incident" */
      return g_strdup_printf (_("%1$s took its form for the kind “%2$s” back. New records are written by the "
                                "program’s own form again."), by, kind);
    case SAK_NEWS_OLDER:
      return g_strdup_printf (_("A form came from %1$s: “%2$s”. A newer one is in use already."), by, label);
    case SAK_NEWS_OF_OTHERS:
      return g_strdup_printf (_("A form came from %1$s: “%2$s”. It only serves to show records that were written by "
                                "it."), by, label);
    default:
      return g_strdup_printf (_("A form came from %1$s: “%2$s”. It is not used, because it is not as a form must be. "
                                "Tell %1$s. The fault: %3$s"), by, label, news->why != NULL ? news->why->message : "");
    }
}

static char *
tell_terms (const SakNews *news,
            const char    *by,
            const char    *name)
{
  switch (news->state)
    {
    case SAK_NEWS_IN_FORCE:
      /* Translators: %1$s is a contact, %2$s the name of a list of words that may be chosen in forms */
      return g_strdup_printf (_("New terms came from %1$s for the vocabulary “%2$s”. You can choose them from now on."),
                              by, name);
    case SAK_NEWS_OLDER:
      return g_strdup_printf (_("Terms came from %1$s for the vocabulary “%2$s”. Newer ones are here already."),
                              by, name);
    case SAK_NEWS_OF_OTHERS:
      return g_strdup_printf (_("Terms came from %1$s for the vocabulary “%2$s”. They are not used: nobody here chose "
                                "to believe what %1$s says to all."), by, name);
    default:
      return g_strdup_printf (_("Terms came from %1$s for the vocabulary “%2$s”. They are not used, because they are "
                                "not as they must be. Tell %1$s. The fault: %3$s"), by, name,
                              news->why != NULL ? news->why->message : "");
    }
}

char *
sak_words_about_news (const SakNews *news)
{
  const char *by = news->by != NULL ? news->by : SOMEBODY;
  const char *name = news->label != NULL ? news->label : news->name != NULL ? news->name : "";

  return news->is_vocabulary ? tell_terms (news, by, name) : tell_form (news, by, name);
}

char *
sak_words_about_brought_news (const SakBundleReport *report)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (report->news_error != NULL)
    g_string_append_printf (words, "%s %s", _("Forms or terms of the network could not be taken. That is tried again "
                                              "with the next bundle that comes."),
                            sak_words_for_error (report->news_error));
  for (guint i = 0; report->news != NULL && i < report->news->len; i++)
    {
      g_autofree char *line = sak_words_about_news (report->news->pdata[i]);

      g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", line);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
