/* sak-consent.c - what a person allowed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure. Whatever is missing, unreadable or unknown is not a yes.
 *
 * The short questions are read as rows of the matrix, so there is one rule for both: at
 * least one row must allow it, and of all rows that speak about it the strictest counts.
 */
#include "config.h"

#include "storage/model/sak-consent-private.h"

#include "storage/model/sak-date.h"

#include <string.h>

#define SECONDS_PER_DAY (24 * 60 * 60)

/* Which rows a short answer stands for. A publication is read by whoever likes to. */
static const struct
{
  const char *member;
  SakPurpose purpose;
  const char *recipient;
} short_rows[] = {
  { "share", SAK_PURPOSE_SHARE, SAK_CONSENT_SECRETARIAT },
  { "quote", SAK_PURPOSE_QUOTE, SAK_CONSENT_ANYONE },
  { "show", SAK_PURPOSE_SHOW, SAK_CONSENT_ANYONE },
  { "court", SAK_PURPOSE_COURT, "national-court" },
  { "court", SAK_PURPOSE_COURT, "un" },
  { "court", SAK_PURPOSE_COURT, "international-court" },
};

typedef struct
{
  SakPurpose purpose;
  char **recipients;            /* what the recipient is, or empty where nobody said */
  gint32 when_day;
  gboolean is_granted;
  gboolean is_refused;
  gboolean is_expired;
  SakIdentityLevel most;
} Question;

/* From the earliest day that the date can mean: who says "in May" is not kept waiting
 * until June.
 */
static gboolean
get_day (const json_t *object,
         const char   *member,
         gint32       *ret_day)
{
  const char *edtf = sak_json_get_text (object, member);
  SakDateSpan span;

  if (edtf == NULL || *edtf == '\0' || !sak_date_parse (edtf, &span, NULL))
    return FALSE;
  *ret_day = span.earliest_day;
  return TRUE;
}

static gboolean
has_come (const json_t *consent,
          const char   *member,
          gint32        when_day)
{
  gint32 day;

  return get_day (consent, member, &day) && day <= when_day;
}

/* It holds on the day itself, and "until May" ends with the first of May. */
static gboolean
is_over (const json_t *object,
         const char   *member,
         gint32        when_day)
{
  gint32 day;

  return get_day (object, member, &day) && when_day > day;
}

static gboolean
is_said (const json_t *consent,
         const char   *member,
         const char   *code)
{
  return g_strcmp0 (sak_json_get_text (consent, member), code) == 0;
}

static gboolean
is_meant (const Question *self,
          const char     *recipient)
{
  return g_str_equal (recipient, SAK_CONSENT_ANYONE)
         || g_strv_contains ((const char *const *) self->recipients, recipient);
}

/* The public has everybody in it: what one of them may not have, it may not have. Nor may
 * somebody of whom nobody said who it is.
 */
static gboolean
is_limited_by_all (const Question *self)
{
  return self->recipients[0] == NULL
         || g_strv_contains ((const char *const *) self->recipients, SAK_CONSENT_PUBLIC);
}

static gboolean
find_level (const char       *identity,
            SakIdentityLevel *ret_level)
{
  for (int level = SAK_IDENTITY_NONE; level <= SAK_IDENTITY_NAMED; level++)
    if (g_strcmp0 (identity, sak_consent_identity_codes[level]) == 0)
      {
        *ret_level = level;
        return TRUE;
      }
  return FALSE;
}

/* @may_grant: whether the row is about the recipient, and not only a limit on it. A face, voice or
 * home tells who it is, so to show it anything less than the name is a no.
 */
static void
add_yes (Question         *self,
         SakIdentityLevel  level,
         gboolean          is_over_now,
         gboolean          may_grant)
{
  if (self->purpose == SAK_PURPOSE_SHOW && level != SAK_IDENTITY_NAMED)
    self->is_refused = TRUE;
  else if (is_over_now)
    self->is_expired = TRUE;
  else
    {
      self->is_granted = self->is_granted || may_grant;
      self->most = MIN (self->most, level);
    }
}

static void
add_row (Question     *self,
         const json_t *row)
{
  const char *purpose = sak_json_get_text (row, "purpose");
  const char *recipient = sak_json_get_text (row, "recipient");
  gboolean is_about = is_meant (self, recipient);
  SakIdentityLevel level;

  if (!g_str_equal (purpose, SAK_CONSENT_ANY_PURPOSE)
      && !g_str_equal (purpose, sak_consent_purpose_codes[self->purpose]))
    return;
  if (!is_about && !is_limited_by_all (self))
    return;
  if (find_level (sak_json_get_text (row, "identity"), &level))
    add_yes (self, level, is_over (row, "until", self->when_day), is_about);
  else
    self->is_refused = TRUE;
}

static void
add_short_answer (Question     *self,
                  const json_t *consent,
                  gsize         n)
{
  const char *answer = sak_json_get_text (consent, short_rows[n].member);
  gboolean is_about = self->recipients[0] == NULL || is_meant (self, short_rows[n].recipient);

  if (short_rows[n].purpose != self->purpose || (!is_about && !is_limited_by_all (self)))
    return;
  if (g_strcmp0 (answer, "named") == 0 || g_strcmp0 (answer, "yes") == 0)
    add_yes (self, SAK_IDENTITY_NAMED, FALSE, is_about);
  else if (g_strcmp0 (answer, "unnamed") == 0)
    add_yes (self, SAK_IDENTITY_PSEUDONYM, FALSE, is_about);
  else if (g_strcmp0 (answer, "no") == 0)
    self->is_refused = TRUE;
}

/* What ends or suspends everything, whatever is asked. */
static SakConsentAnswer
ask_for_all (const json_t *consent,
             gint32        when_day)
{
  gint32 given;

  if (consent == NULL)
    return SAK_CONSENT_NOT_ASKED;
  if (!sak_consent_check (consent, NULL))
    return SAK_CONSENT_UNREADABLE;
  if (has_come (consent, "withdrawn", when_day))
    return SAK_CONSENT_WITHDRAWN;
  if (is_said (consent, "guardian", "refused") || is_said (consent, "guardian", "not-asked"))
    return SAK_CONSENT_GUARDIAN;
  if (get_day (consent, "given", &given) && given > when_day)
    return SAK_CONSENT_CLOCK;
  if (is_over (consent, "expires", when_day))
    return SAK_CONSENT_EXPIRED;
  return SAK_CONSENT_YES;
}

/**
 * sak_consent_ask:
 * @consent: (nullable): as in the field; anything not valid allows nothing
 * @recipient: (nullable): for whom: a code of sak_consent_get_recipient(), a contact's
 *   "key:…", or several of these with a space between, where one is several things. NULL
 *   where nobody said: then the short answers count, and every refusal.
 * @when_day: the day on which it is to happen, days since 1970-01-01
 * @ret_level: (out): with SAK_CONSENT_YES, the most that may be told of who it is
 *
 * On and after the day of withdrawal nothing is allowed. A review day that has passed
 * forbids nothing: sak_consent_is_review_due(). Conditions in words are for people to read.
 */
SakConsentAnswer
sak_consent_ask (const json_t      *consent,
                 SakPurpose         purpose,
                 const char        *recipient,
                 gint32             when_day,
                 SakIdentityLevel  *ret_level)
{
  Question question = { .purpose = purpose, .when_day = when_day, .most = SAK_IDENTITY_NAMED };
  g_auto (GStrv) recipients = g_strsplit (recipient != NULL ? recipient : "", " ", -1);
  SakConsentAnswer answer = ask_for_all (consent, when_day);
  json_t *row;
  gsize i;

  g_return_val_if_fail ((guint) purpose < SAK_N_PURPOSES, SAK_CONSENT_UNREADABLE);

  if (answer != SAK_CONSENT_YES)
    return answer;
  question.recipients = recipients;
  for (i = 0; i < G_N_ELEMENTS (short_rows); i++)
    add_short_answer (&question, consent, i);
  json_array_foreach (json_object_get (consent, "matrix"), i, row)
    add_row (&question, row);
  if (question.is_refused)
    return SAK_CONSENT_REFUSED;
  if (question.is_expired)
    return SAK_CONSENT_EXPIRED;
  if (!question.is_granted)
    return SAK_CONSENT_NOT_ASKED;
  *ret_level = question.most;
  return SAK_CONSENT_YES;
}

/**
 * sak_consent_allows:
 * @identity_level: how much would be told of who it is. A face, voice or home tells it
 *   always, so for SAK_PURPOSE_SHOW the level changes nothing, and a yes to being shown
 *   is none to being named.
 *
 * As sak_consent_ask().
 */
gboolean
sak_consent_allows (const json_t     *consent,
                    SakPurpose        purpose,
                    const char       *recipient,
                    SakIdentityLevel  identity_level,
                    gint32            when_day)
{
  SakIdentityLevel most;

  return sak_consent_ask (consent, purpose, recipient, when_day, &most) == SAK_CONSENT_YES
         && identity_level <= most;
}

gboolean
sak_consent_is_review_due (const json_t *consent,
                           gint32        when_day)
{
  return has_come (consent, "review", when_day);
}

/* Whether the row refuses sharing with the secretariat, which keeps what it gets, or with @recipient. */
static gboolean
row_refuses (const json_t *row,
             const char   *recipient)
{
  const char *purpose = sak_json_get_text (row, "purpose");
  const char *whom = sak_json_get_text (row, "recipient");

  return g_strcmp0 (sak_json_get_text (row, "identity"), "no") == 0
         && (g_strcmp0 (purpose, "share") == 0 || g_strcmp0 (purpose, SAK_CONSENT_ANY_PURPOSE) == 0)
         && (g_strcmp0 (whom, SAK_CONSENT_SECRETARIAT) == 0 || g_strcmp0 (whom, SAK_CONSENT_ANYONE) == 0
             || (recipient != NULL && g_strcmp0 (whom, recipient) == 0));
}

gboolean
sak_consent_is_taken_back (const json_t *consent,
                           const char   *recipient)
{
  const char *withdrawn = sak_json_get_text (consent, "withdrawn");
  json_t *row;
  gsize i;

  json_array_foreach (json_object_get (consent, "matrix"), i, row)
    if (row_refuses (row, recipient))
      return TRUE;
  return (withdrawn != NULL && *withdrawn != '\0') || is_said (consent, "share", "no")
         || is_said (consent, "guardian", "refused");
}

/**
 * sak_consent_get_day:
 *
 * By the clock furthest east, whatever zone this computer is set to: a day of withdrawal
 * or expiry begins here no later than it does for the person.
 */
gint32
sak_consent_get_day (gint64 time)
{
  gint64 seconds = time + 14 * 60 * 60;

  return (gint32) (seconds / SECONDS_PER_DAY - (seconds % SECONDS_PER_DAY < 0 ? 1 : 0));
}

/* "yes" and "no" name nobody. */
gboolean
sak_consent_has_names (const json_t *consent)
{
  const char *present = sak_json_get_text (consent, "present");
  const char *interpreter = sak_json_get_text (consent, "interpreter");

  return (present != NULL && *present != '\0')
         || (interpreter != NULL && *interpreter != '\0' && !g_str_equal (interpreter, "yes")
             && !g_str_equal (interpreter, "no"));
}

static void
move_text (json_t     *fields,
           const char *text,
           const char *path)
{
  const char *there = sak_json_get_text (fields, path);
  g_autofree char *both = NULL;

  if (there != NULL && *there != '\0' && !g_str_equal (there, text))
    both = g_strconcat (there, "; ", text, NULL);
  json_object_set_new (fields, path, json_string (both != NULL ? both : text));
}

/**
 * sak_consent_move_names:
 * @fields: of a whole record, changed in place
 *
 * Puts what an older value says in words of others to where it can be withheld. Nothing
 * is lost, and the answers stay as they are.
 */
void
sak_consent_move_names (json_t *fields)
{
  json_t *consent = json_object_get (fields, SAK_CONSENT_PATH);
  g_autoptr (json_t) moved = NULL;
  const char *present = sak_json_get_text (consent, "present");
  const char *interpreter = sak_json_get_text (consent, "interpreter");

  if (!sak_consent_has_names (consent))
    return;
  moved = json_copy (consent);
  if (present != NULL && *present != '\0')
    move_text (fields, present, SAK_CONSENT_PRESENT_PATH);
  json_object_del (moved, "present");
  if (interpreter != NULL && *interpreter != '\0' && !g_str_equal (interpreter, "yes")
      && !g_str_equal (interpreter, "no"))
    {
      move_text (fields, interpreter, SAK_CONSENT_INTERPRETER_PATH);
      json_object_set_new (moved, "interpreter", json_string ("yes"));
    }
  json_object_set (fields, SAK_CONSENT_PATH, moved);
}
