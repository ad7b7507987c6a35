/* sak-words-lists.c - what the windows say of kinds of records and lists of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-lists.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-record.h"
#include "ui/words/sak-words-number.h"

typedef struct
{
  const char *kind;
  const char *about;
  const char *none;
  const char *new;
} Kind;

static const Kind kinds[] = {
  { SAK_KIND_EVENT,
    N_("An incident is something that happened: when, where, and what was done to whom. "
       "Write down what you know; what you do not know can stay open."),
    N_("No incidents yet"), N_("New incident…") },
  { SAK_KIND_PERSON,
    N_("Record each person or group once, and link them from incidents and testimonies. "
       "Names and addresses can be kept here when the rest is sent."),
    N_("No people yet"), N_("New person or group…") },
  { SAK_KIND_TESTIMONY,
    N_("A testimony is what one person told you, in their words, with what they allowed to be done with it."),
    N_("No testimonies yet"), N_("New testimony…") },
  { SAK_KIND_DOCUMENT,
    N_("Evidence is a photo, recording, paper or file. The original is kept as it came and never changed."),
    N_("No evidence yet"), N_("New evidence…") },
  { SAK_KIND_INTERVENTION,
    N_("An action is what was done about it: help given, a complaint or an appeal, and what came of it."),
    N_("No actions yet"), N_("New action…") },
};

static const Kind *
find_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return &kinds[i];
  return &kinds[0];
}

const char *
sak_words_about_kind (const char *kind)
{
  return _(find_kind (kind)->about);
}

const char *
sak_words_for_empty_list (const char *kind)
{
  return _(find_kind (kind)->none);
}

const char *
sak_words_for_new (const char *kind)
{
  return _(find_kind (kind)->new);
}

char *
sak_words_count_kind (const char *kind,
                      guint       n)
{
  if (g_strcmp0 (kind, SAK_KIND_PERSON) == 0)
    return sak_words_print (ngettext ("%u person or group", "%u people or groups", n), n);
  if (g_strcmp0 (kind, SAK_KIND_TESTIMONY) == 0)
    return sak_words_print (ngettext ("%u testimony", "%u testimonies", n), n);
  if (g_strcmp0 (kind, SAK_KIND_DOCUMENT) == 0)
    return sak_words_print (ngettext ("%u piece of evidence", "%u pieces of evidence", n), n);
  if (g_strcmp0 (kind, SAK_KIND_INTERVENTION) == 0)
    return sak_words_print (ngettext ("%u action", "%u actions", n), n);
  return sak_words_print (ngettext ("%u incident", "%u incidents", n), n);
}
