/* sak-words-links.c - what a link is called from either side
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before the other record's title stands the vocabulary's label on the side that has the link,
 * and on the other side that of the inverse term or, where there is none, words from here. So a
 * label reads on from the record that it was chosen in: "Parent: …" is what the other is to it,
 * "Owner or shareholder of: …" what it is to the other.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-vocabulary.h"
#include "ui/words/sak-words-links.h"

typedef struct
{
  const char *name;
  const char *out;              /* before what the record refers to; NULL: the label */
  const char *in;               /* before what refers to the record; NULL: the label */
} LinkWords;

static const LinkWords roles[] = {
  /* Translators: these stand before the title of a linked record: "Victim: Ko Aung", or on
   * that person's own page "Harmed in: Raid on the pier"
   */
  { SAK_ROLE_VICTIM, N_("Victim"), N_("Harmed in") },
  { SAK_ROLE_PERPETRATOR, N_("Alleged to have done it"), N_("Alleged to have taken part in") },
  { SAK_ROLE_SOURCE, N_("Source"), N_("Source of") },
  { SAK_ROLE_ABOUT, N_("About"), N_("Told or shown in") },
  { SAK_ROLE_FOR, N_("For"), N_("Action taken for them") },
  { SAK_ROLE_VISIBLE, N_("Can be seen or heard"), N_("Can be seen or heard in") },
  { SAK_ROLE_RELATION, N_("Related to"), N_("Related to") },
  { SAK_ROLE_CHAIN, N_("Connected with"), N_("Connected with") },
};

/* What has no inverse term. */
static const LinkWords relations[] = {
  { "grandparent", NULL, N_("Grandchild") },
  { "guardian", NULL, N_("In the care of this person") },
  { "recruiter", NULL, N_("Was recruited by this one") },
  { "creditor", NULL, N_("Lent money to") },
  { "contact-person", NULL, N_("Trusted contact of") },
  { "member-of", NULL, N_("Has as a member") },
  { "officer-of", NULL, N_("Led by") },
  { "owner-of", NULL, N_("Owned by") },
  { "contractor-of", NULL, N_("Contractor or supplier") },
  { "financier-of", NULL, N_("Financed by") },
};

static const LinkWords *
find_words (const LinkWords *words,
            gsize            n_words,
            const char      *name)
{
  for (gsize i = 0; i < n_words; i++)
    if (g_str_equal (words[i].name, name))
      return &words[i];
  return NULL;
}

static const char *
name_code (const SakLink *link,
           const char    *language)
{
  const SakVocabulary *vocabulary = sak_vocabulary_get (sak_link_role_get_vocabulary (link->role));
  const LinkWords *words = NULL;
  const char *code = link->code;

  if (vocabulary == NULL || sak_vocabulary_find_term (vocabulary, code) == NULL)
    return NULL;
  if (g_str_equal (link->role, SAK_ROLE_RELATION))
    words = find_words (relations, G_N_ELEMENTS (relations), code);
  if (words != NULL && link->is_incoming)
    return _(words->in);
  if (link->is_incoming)
    code = sak_link_role_invert (link->role, code);
  return code != NULL ? sak_vocabulary_get_label_for (vocabulary, code, language) : NULL;
}

const char *
sak_words_name_link (const SakLink *link,
                     const char    *language)
{
  const LinkWords *words = find_words (roles, G_N_ELEMENTS (roles), link->role);
  const char *name = link->code[0] != '\0' ? name_code (link, language) : NULL;

  if (name != NULL)
    return name;
  if (words != NULL)
    return _(link->is_incoming ? words->in : words->out);
  /* Translators: before the title of a linked record, where there is no word for the link */
  return link->is_incoming ? _("Linked from") : _("Linked to");
}

const char *
sak_words_about_absent_link (void)
{
  return _("A record that is not here");
}
