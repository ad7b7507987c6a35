/* sak-words-review.c - what was decided about what arrived, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words-review.h"
#include "ui/words/sak-words.h"

const char *
sak_words_name_review (SakReviewState state)
{
  switch (state)
    {
    case SAK_REVIEW_NEW:
      /* Translators: of a record that came from a partner, and that nobody has looked at */
      return C_("review", "New");
    case SAK_REVIEW_BEGUN:
      /* Translators: of a record that somebody is looking at before deciding about it */
      return C_("review", "In review");
    case SAK_REVIEW_QUESTION:
      /* Translators: of a record about which something was asked that is not settled */
      return C_("review", "Question open");
    case SAK_REVIEW_CHANGED:
      /* Translators: of a record that was decided about, and of which a new version came since */
      return C_("review", "Changed since");
    case SAK_REVIEW_ACCEPTED:
      return C_("review", "Accepted");
    case SAK_REVIEW_DECLINED:
      return C_("review", "Declined");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_name_grade (SakGrade grade)
{
  switch (grade)
    {
    case SAK_GRADE_NONE:
      return "";
    case SAK_GRADE_CONFIRMED:
      /* Translators: how sure it is that something happened as it was told */
      return C_("grade", "Confirmed");
    case SAK_GRADE_LIKELY:
      return C_("grade", "Likely");
    case SAK_GRADE_POSSIBLE:
      return C_("grade", "Possible");
    case SAK_GRADE_UNLIKELY:
      return C_("grade", "Unlikely");
    default:
      g_return_val_if_reached ("");
    }
}

static const char *
tell_accepted (SakGrade grade)
{
  switch (grade)
    {
    case SAK_GRADE_CONFIRMED:
      return _("Accepted: it is confirmed that it happened as it is told.");
    case SAK_GRADE_LIKELY:
      return _("Accepted: it is likely that it happened as it is told.");
    case SAK_GRADE_POSSIBLE:
      return _("Accepted: it is possible that it happened as it is told.");
    case SAK_GRADE_UNLIKELY:
      return _("Accepted: it is unlikely that it happened as it is told.");
    default:
      return _("Accepted.");
    }
}

const char *
sak_words_for_review (const SakArrived *arrived)
{
  switch (arrived->state)
    {
    case SAK_REVIEW_NEW:
      return _("Nobody has decided about it yet.");
    case SAK_REVIEW_BEGUN:
      return _("Somebody is looking at it.");
    case SAK_REVIEW_QUESTION:
      return _("It waits for a question to be settled.");
    case SAK_REVIEW_CHANGED:
      return _("More came after it was decided about: the decision was about what was there before.");
    case SAK_REVIEW_ACCEPTED:
      return tell_accepted (arrived->grade);
    case SAK_REVIEW_DECLINED:
      return _("Declined.");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_for_decision (const SakDecision *decision)
{
  switch (decision->says)
    {
    case SAK_SAYS_BEGUN:
      return _("Review begun.");
    case SAK_SAYS_ACCEPTED:
      return tell_accepted (decision->grade);
    case SAK_SAYS_DECLINED:
      /* Translators: the reason follows */
      return _("Declined:");
    case SAK_SAYS_LEFT:
      /* Translators: of a record that somebody was looking at, and left without deciding */
      return _("Put back, without a decision.");
    case SAK_SAYS_NOTE:
      /* Translators: the words of a note follow that stays in this vault */
      return _("Note:");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_about_grade (SakGrade grade)
{
  switch (grade)
    {
    case SAK_GRADE_CONFIRMED:
      return _("Several sources that do not depend on each other say so, or there is proof.");
    case SAK_GRADE_LIKELY:
      return _("It fits what is known, and whoever tells it can be relied on.");
    case SAK_GRADE_POSSIBLE:
      return _("It can have been so. There is not enough to say more.");
    case SAK_GRADE_UNLIKELY:
      return _("Something speaks against it. It is kept all the same.");
    default:
      g_return_val_if_reached ("");
    }
}

char *
sak_words_arrival_state (const SakArrived *arrived)
{
  if (arrived->state != SAK_REVIEW_ACCEPTED || arrived->grade == SAK_GRADE_NONE)
    return g_strdup (sak_words_name_review (arrived->state));
  return g_strjoin (" · ", sak_words_name_review (arrived->state), sak_words_name_grade (arrived->grade), NULL);
}

char *
sak_words_arrival_line (const SakArrived *arrived)
{
  const char *sender = arrived->row->origin != NULL ? arrived->row->origin : "";
  g_autofree char *kind = g_strjoin (" ", sak_words_name_kind (arrived->row->kind), arrived->row->code, NULL);

  return g_strjoin (" · ", sender, sak_words_name_trust (arrived->trust), kind,
                    /* Translators: in a list, of a record that another vault passed on */
                    arrived->has_known_author ? NULL : _("Signed by somebody else"), NULL);
}

char *
sak_words_for_sender (const SakArrived *arrived,
                      const char       *author)
{
  const char *sender = arrived->row->origin;
  g_autofree char *trust = sak_words_about_origin (arrived->trust, NULL);

  if (arrived->has_known_author)
    return g_strdup_printf (_("Received from %1$s. The signature fits: nothing in it was altered. %2$s"), sender,
                            trust);
  if (author != NULL)
    /* Translators: %1$s and %2$s are contacts' names, %3$s a sentence about whether the code of the first was
     * compared
     */
    return g_strdup_printf (_("Received from %1$s, but signed by %2$s: nothing in it was altered since. Of %1$s: %3$s"),
                            sender, author, trust);
  /* Translators: %1$s is a contact's name, %2$s a sentence about whether their code was compared */
  return g_strdup_printf (_("Received from %1$s, but signed by somebody who is not among the contacts. Ask %1$s who "
                            "wrote it before you rely on it. Of %1$s: %2$s"), sender, trust);
}
