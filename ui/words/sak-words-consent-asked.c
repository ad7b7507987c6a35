/* sak-words-consent-asked.c - what is asked about consent, and how answers are said
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-consent-asked.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words-date.h"

static const SakConsentReply level_answers[] = {
  { "named", NC_("consent", "Yes, with the name") }, { "unnamed", NC_("consent", "Yes, without the name") },
  { "no", NC_("consent", "No") }, { "not-asked", NC_("consent", "Not asked") }, { NULL, NULL },
};
static const SakConsentReply yes_answers[] = {
  { "yes", NC_("consent", "Yes") }, { "no", NC_("consent", "No") }, { "not-asked", NC_("consent", "Not asked") },
  { NULL, NULL },
};
static const SakConsentReply how_answers[] = {
  { "oral", NC_("consent", "Spoken") }, { "written", NC_("consent", "Signed") },
  { "thumb", NC_("consent", "Thumb print") }, { "recorded", NC_("consent", "Recorded") }, { NULL, NULL },
};
static const SakConsentReply guardian_answers[] = {
  { "not-needed", NC_("consent", "Not a child") }, { "agreed", NC_("consent", "Yes") },
  { "refused", NC_("consent", "No") }, { "not-asked", NC_("consent", "Not asked") }, { NULL, NULL },
};
static const SakConsentReply by_answers[] = {
  { "person", NC_("consent", "The person") }, { "guardian", NC_("consent", "The guardian") },
  { "family", NC_("consent", "The family") }, { "representative", NC_("consent", "Somebody for them") }, { NULL, NULL },
};
/* Where a place is known less exactly than it may be told, it leaves as it is. */
static const SakConsentReply place_answers[] = {
  { "exact", NC_("consent", "As it was written") }, { "village", NC_("consent", "The village") },
  { "township", NC_("consent", "The township or commune") }, { "district", NC_("consent", "The district") },
  { "province", NC_("consent", "The province") }, { "country", NC_("consent", "The country") },
  { "not-asked", NC_("consent", "Not asked") }, { NULL, NULL },
};

/* What names somebody lies beside the consent, at a path that is withheld first. */
const SakConsentQuestion sak_consent_questions[SAK_N_CONSENT_QUESTIONS] = {
  { NULL, "share", N_("May it be sent to the network’s secretariat?"), level_answers, FALSE },
  { NULL, "quote", N_("May it be quoted in a publication?"), level_answers, FALSE },
  { NULL, "show", N_("May face, voice or home be shown?"), yes_answers, FALSE },
  { NULL, "court", N_("May it be given to a court or to the United Nations?"), level_answers, FALSE },
  { NULL, "conditions", N_("On what conditions? In their own words"), NULL, FALSE },
  /* From here on behind the expander, after the lines of who else may have it. */
  { N_("Places"), "place", N_("How exactly may places be told to others?"), place_answers, FALSE },
  { N_("How consent was given"), "how", N_("How was consent given?"), how_answers, FALSE },
  { NULL, "given", N_("On which day?"), NULL, TRUE },
  { NULL, "text", N_("What was read or told to them"), NULL, FALSE },
  { NULL, "language", N_("Language in which consent was asked"), NULL, FALSE },
  { NULL, "identity.consent_interpreter", N_("Interpreter; the name stays with the other names"), NULL, FALSE },
  { NULL, "identity.consent_present", N_("Who else was present; the names stay with the other names"), NULL, FALSE },
  { N_("A child"), "guardian", N_("Does a guardian agree, where it is a child?"), guardian_answers, FALSE },
  { NULL, "identity.guardian", N_("Guardian, for a child; the name stays with the other names"), NULL, FALSE },
  { N_("Meeting again"), "recontact", N_("May we contact them again?"), yes_answers, FALSE },
  { NULL, "identity.recontact", N_("How to reach them safely, and what must not be done"), NULL, FALSE },
  { N_("How long it holds"), "review", N_("Ask again after which day?"), NULL, TRUE },
  { NULL, "expires", N_("Until which day does it hold?"), NULL, TRUE },
  { N_("Taken back"), "withdrawn", N_("On which day was consent withdrawn?"), NULL, TRUE },
  { NULL, "withdrawn_by", N_("Who withdrew it?"), by_answers, FALSE },
};

gboolean
sak_consent_is_answered (const json_t *consent,
                         guint         n)
{
  const char *text = sak_json_get_text (consent, sak_consent_questions[n].member);

  return text != NULL && *text != '\0';
}

char *
sak_words_for_consent_answer (const SakConsentQuestion *question,
                              const char               *answer)
{
  if (question->is_day)
    return sak_words_date (answer, NULL);
  for (const SakConsentReply *reply = question->answers; reply != NULL && reply->code != NULL; reply++)
    if (g_str_equal (reply->code, answer))
      return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "consent", reply->words));
  return g_strdup (answer);
}
