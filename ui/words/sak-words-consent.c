/* sak-words-consent.c - who may have what, and for what, in words for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/words/sak-words-consent.h"

typedef struct
{
  const char *code;
  const char *words;
} Name;

static const Name recipients[] = {
  { SAK_CONSENT_SECRETARIAT, N_("The network’s secretariat") },
  { "partner-network", N_("Partner groups of the network") },
  { "lawyers", N_("Lawyers") },
  { "helpers", N_("Helpers (doctors, shelters, unions)") },
  { "national-court", N_("A court of the country") },
  { "national-institution", N_("The national human rights commission") },
  { "un", N_("The United Nations") },
  { "asean", N_("ASEAN") },
  { "international-court", N_("An international court") },
  { "journalists", N_("Journalists") },
  { "researchers", N_("Researchers") },
  { "donors", N_("Donors") },
  { SAK_CONSENT_PUBLIC, N_("The public (everybody can read it)") },
  { SAK_CONSENT_ANYONE, N_("All of them, whoever it is") },
};

static const Name purposes[] = {
  { "share", N_("To have it and work with it") },
  { "quote", N_("To quote it in a publication") },
  { "show", N_("To show face, voice or home") },
  { "court", N_("For a court or the United Nations") },
  { "advocacy", N_("For letters to officials, appeals") },
  { "media", N_("For news reports of their own") },
  { "research", N_("For research") },
  { "statistics", N_("To count it in statistics") },
  { "help", N_("To find help for them") },
  { "any", N_("For anything at all") },
};

/* In the order in which answers are listed. */
static const Name permissions[] = {
  { "named", N_("Yes, with the name") },
  { "pseudonym", N_("Yes, under another name") },
  { "none", N_("Yes, but nothing tells who it is") },
  { "no", NC_("consent", "No") },
};

/* "Anyone", the last, is nobody in particular. */
#define N_RECIPIENTS (G_N_ELEMENTS (recipients) - 1)

/* A permission by its place above, or: */
typedef enum
{
  REPLY_NO = G_N_ELEMENTS (permissions) - 1,
  REPLY_OVER,
  REPLY_NONE,
} Reply;

typedef struct
{
  SakConsentAnswer answer;
  Reply reply;
} Cell;

static const char *
find_name (const Name *names,
           gsize       n_names,
           const char *code)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_str_equal (names[i].code, code))
      return _(names[i].words);
  return code;
}

const char *
sak_words_name_recipient (const char *code)
{
  if (g_str_has_prefix (code, SAK_CONSENT_KEY_PREFIX))
    return _("One contact alone, known by its key");
  return find_name (recipients, G_N_ELEMENTS (recipients), code);
}

const char *
sak_words_name_purpose (const char *code)
{
  return find_name (purposes, G_N_ELEMENTS (purposes), code);
}

const char *
sak_words_name_permission (const char *identity)
{
  if (g_str_equal (identity, "no"))
    return C_("consent", "No");
  return find_name (permissions, G_N_ELEMENTS (permissions), identity);
}

/* A line for one contact alone. */
char *
sak_words_name_contact_alone (const char *name)
{
  /* Translators: whom a line of a consent allows or refuses something; %s is the name of a contact */
  return g_strdup_printf (_("The contact %s, and nobody else"), name);
}

/**
 * sak_words_for_consent_row:
 * @contact: (nullable): sak_words_name_contact_alone() of whoever is meant by the recipient's key, where known
 *
 * Returns: (transfer full): "Lawyers. To find help for them: Yes, with the name. Until 2027-01. …"
 */
char *
sak_words_for_consent_row (const json_t *row,
                           const char   *contact)
{
  const char *until = sak_json_get_text (row, "until");
  const char *conditions = sak_json_get_text (row, "conditions");
  const char *recipient = sak_json_get_text (row, "recipient");
  const char *purpose = sak_json_get_text (row, "purpose");
  const char *identity = sak_json_get_text (row, "identity");
  g_autoptr (GString) words = g_string_new (NULL);

  /* Translators: %1$s who, such as "Lawyers", %2$s for what, such as "For research", %3$s "No" or
   * "Yes, with the name"
   */
  g_string_append_printf (words, _("%1$s. %2$s: %3$s."),
                          contact != NULL ? contact : recipient != NULL ? sak_words_name_recipient (recipient) : "",
                          purpose != NULL ? sak_words_name_purpose (purpose) : "",
                          identity != NULL ? sak_words_name_permission (identity) : "");
  if (until != NULL && *until != '\0')
    /* Translators: follows a sentence; %s is a day such as 2027-01-31 */
    g_string_append_printf (words, _(" Until %s."), until);
  if (conditions != NULL && *conditions != '\0')
    /* Translators: follows a sentence; %s are the person's own words */
    g_string_append_printf (words, _(" On condition: %s"), conditions);
  return g_strdup (words->str);
}

static Cell
ask (const json_t *consent,
     SakPurpose    purpose,
     const char   *recipient,
     gint32        when_day)
{
  SakIdentityLevel level;
  Cell cell = { sak_consent_ask (consent, purpose, recipient, when_day, &level), REPLY_NONE };

  if (cell.answer == SAK_CONSENT_YES)
    cell.reply = (Reply) (SAK_IDENTITY_NAMED - level);
  else if (cell.answer == SAK_CONSENT_REFUSED)
    cell.reply = REPLY_NO;
  else if (cell.answer == SAK_CONSENT_EXPIRED)
    cell.reply = REPLY_OVER;
  return cell;
}

static const char *
say_all (SakConsentAnswer answer)
{
  switch (answer)
    {
    case SAK_CONSENT_NOT_ASKED:
      return _("Nobody may have it yet: the person was not asked.");
    case SAK_CONSENT_WITHDRAWN:
      return _("Nobody may have it: the consent was withdrawn.");
    case SAK_CONSENT_EXPIRED:
      return _("Nobody may have it: the time for which the person agreed is over.");
    case SAK_CONSENT_GUARDIAN:
      return _("Nobody may have it: it is a child, and a guardian has not agreed.");
    case SAK_CONSENT_CLOCK:
      return _("Nobody may have it yet: the day on which consent was given is still to come.");
    case SAK_CONSENT_UNREADABLE:
      return _("Nobody may have it: this version of Sakkhi does not understand all of this consent.");
    case SAK_CONSENT_REFUSED:
      return _("Nobody may have it, for anything: the person does not want it.");
    case SAK_CONSENT_YES:
    default:
      return NULL;
    }
}

static const char *
name_reply (Reply reply)
{
  return reply == REPLY_OVER ? _("No longer") : sak_words_name_permission (permissions[reply].code);
}

/* A line for each reply, with all that it is given for; "" where nothing was asked. */
static char *
say_cells (const Cell *cells)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (Reply reply = 0; reply < REPLY_NONE; reply++)
    {
      g_autoptr (GString) list = g_string_new (NULL);

      for (guint purpose = 0; purpose < SAK_N_PURPOSES; purpose++)
        if (cells[purpose].reply == reply)
          g_string_append_printf (list, "%s%s", list->len > 0 ? "; " : "", _(purposes[purpose].words));
      if (list->len > 0)
        /* Translators: %1$s is such as "Yes, with the name", %2$s a list of what it is given for */
        g_string_append_printf (words, _("%1$s: %2$s"), name_reply (reply), list->str);
      if (list->len > 0)
        g_string_append_c (words, '\n');
    }
  return g_strdup (words->str);
}

/* Those who may have the same stand together, where the first of them stands. */
static char *
say_each (const Cell cells[][SAK_N_PURPOSES])
{
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean is_said[N_RECIPIENTS] = { FALSE };

  for (gsize i = 0; i < N_RECIPIENTS; i++)
    {
      g_autofree char *lines = say_cells (cells[i]);
      const char *between = words->len > 0 ? "\n" : "";

      if (is_said[i] || *lines == '\0')
        continue;
      for (gsize k = i; k < N_RECIPIENTS; k++)
        if (memcmp (cells[i], cells[k], sizeof cells[i]) == 0)
          {
            g_string_append_printf (words, "%s%s", between, _(recipients[k].words));
            between = ", ";
            is_said[k] = TRUE;
          }
      g_string_append_printf (words, "\n%s", lines);
    }
  return g_strchomp (g_strdup (words->str));
}

/* NULL where nobody limits it. */
static const char *
say_places (SakPlaceLevel level)
{
  switch (level)
    {
    case SAK_PLACE_VILLAGE:
      return _("Of a place no more is told than the village.");
    case SAK_PLACE_TOWNSHIP:
      return _("Of a place no more is told than the township or commune.");
    case SAK_PLACE_DISTRICT:
      return _("Of a place no more is told than the district.");
    case SAK_PLACE_PROVINCE:
      return _("Of a place no more is told than the province.");
    case SAK_PLACE_COUNTRY:
      return _("Of a place no more is told than the country.");
    default:
      return NULL;
    }
}

/**
 * sak_words_for_consent:
 *
 * A contact that is meant by its key has its own row, and is not among them.
 *
 * Returns: (transfer full): lines, without one at the end
 */
char *
sak_words_for_consent (const json_t *consent,
                       gint32        when_day)
{
  Cell cells[N_RECIPIENTS][SAK_N_PURPOSES] = { 0 };
  const char *places = say_places (sak_consent_get_place_level (consent));
  g_autofree char *each = NULL;
  gboolean is_one = TRUE;

  for (gsize i = 0; i < N_RECIPIENTS; i++)
    for (guint purpose = 0; purpose < SAK_N_PURPOSES; purpose++)
      {
        cells[i][purpose] = ask (consent, purpose, recipients[i].code, when_day);
        is_one = is_one && cells[i][purpose].answer == cells[0][0].answer;
      }
  if (is_one && say_all (cells[0][0].answer) != NULL)
    return g_strdup (say_all (cells[0][0].answer));
  each = say_each (cells);
  return places != NULL ? g_strconcat (each, "\n", places, NULL) : g_steal_pointer (&each);
}
