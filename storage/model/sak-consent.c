/* sak-consent.c - what a person allowed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure. Whatever is missing, unreadable or unknown is not a yes.
 */
#include "config.h"

#include "storage/model/sak-consent.h"

#include "storage/model/sak-date.h"

#include <string.h>

static const char *const level_codes[] = { "named", "unnamed", "no", "not-asked", NULL };
static const char *const show_codes[] = { "yes", "no", "not-asked", NULL };
static const char *const how_codes[] = { "written", "thumb", "oral", "recorded", NULL };

static const struct
{
  const char *name;
  const char *const *codes;     /* NULL: free text */
  gboolean is_date;
} members[] = {
  { "share", level_codes, FALSE },
  { "quote", level_codes, FALSE },
  { "show", show_codes, FALSE },
  { "court", level_codes, FALSE },
  { "conditions", NULL, FALSE },
  { "language", NULL, FALSE },
  { "interpreter", NULL, FALSE },
  { "how", how_codes, FALSE },
  { "present", NULL, FALSE },
  { "review", NULL, TRUE },
  { "withdrawn", NULL, TRUE },
};

static const char *const purpose_members[] = {
  [SAK_PURPOSE_SHARE_SECRETARIAT] = "share",
  [SAK_PURPOSE_QUOTE] = "quote",
  [SAK_PURPOSE_SHOW] = "show",
  [SAK_PURPOSE_COURT] = "court",
};

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "Consent: %s", what);
  return FALSE;
}

/* Empty text is a question left open, as a form leaves it. */
static gboolean
check_member (gsize          n,
              const json_t  *value,
              GError       **error)
{
  const char *text = json_string_value (value);
  SakDateSpan span;

  if (text == NULL || g_utf8_strlen (text, -1) > SAK_CONSENT_MAX_TEXT)
    return refuse (error, "a member is not text, or too long");
  if (members[n].codes != NULL && *text != '\0' && !g_strv_contains (members[n].codes, text))
    return refuse (error, "a member is not one of its codes");
  if (members[n].is_date && *text != '\0' && !sak_date_parse (text, &span, NULL))
    return refuse (error, "a day is not a date in EDTF");
  return TRUE;
}

/**
 * sak_consent_check:
 *
 * Errors: INVALID. An empty object is valid, and allows nothing.
 */
gboolean
sak_consent_check (const json_t  *consent,
                   GError       **error)
{
  gsize n_known = 0;

  if (!json_is_object (consent))
    return refuse (error, "must be an object");
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const json_t *value = json_object_get (consent, members[i].name);

      if (value == NULL)
        continue;
      if (!check_member (i, value, error))
        return FALSE;
      n_known++;
    }
  if (n_known != json_object_size (consent))
    return refuse (error, "an unknown member");
  return TRUE;
}

/* From the earliest day that the date can mean: who says "in May" is not kept waiting
 * until June.
 */
static gboolean
has_come (const json_t *consent,
          const char   *member,
          gint32        when_day)
{
  const char *edtf = sak_json_get_text (consent, member);
  SakDateSpan span;

  if (edtf == NULL || *edtf == '\0' || !sak_date_parse (edtf, &span, NULL))
    return FALSE;
  return span.earliest_day <= when_day;
}

/**
 * sak_consent_allows:
 * @consent: (nullable): as in the field; anything not valid allows nothing
 * @recipient: (nullable): for whom; does not matter yet. The full matrix of purposes and
 *   recipients (DESIGN 4.6) will ask, so callers already say.
 * @identity_level: how much would be told of who it is. A face, voice or home tells it
 *   always, so for SAK_PURPOSE_SHOW the level changes nothing, and a yes to being shown
 *   is none to being named.
 * @when_day: the day on which it is to happen, days since 1970-01-01
 *
 * On and after the day of withdrawal nothing is allowed. A review day that has passed
 * forbids nothing: sak_consent_is_review_due().
 */
gboolean
sak_consent_allows (const json_t     *consent,
                    SakPurpose        purpose,
                    const char       *recipient,
                    SakIdentityLevel  identity_level,
                    gint32            when_day)
{
  const char *answer;

  g_return_val_if_fail ((gsize) purpose < G_N_ELEMENTS (purpose_members), FALSE);

  if (consent == NULL || !sak_consent_check (consent, NULL)
      || has_come (consent, "withdrawn", when_day))
    return FALSE;
  answer = sak_json_get_text (consent, purpose_members[purpose]);
  if (purpose == SAK_PURPOSE_SHOW)
    return g_strcmp0 (answer, "yes") == 0;
  if (g_strcmp0 (answer, "named") == 0)
    return TRUE;
  return identity_level == SAK_IDENTITY_NONE && g_strcmp0 (answer, "unnamed") == 0;
}

gboolean
sak_consent_is_review_due (const json_t *consent,
                           gint32        when_day)
{
  return has_come (consent, "review", when_day);
}

static json_t *
describe_member (gsize n)
{
  json_t *codes;

  if (members[n].codes == NULL)
    return json_pack ("{s:s, s:i}", "type", "string", "maxLength", SAK_CONSENT_MAX_TEXT);
  codes = json_pack ("[s]", "");
  for (gsize i = 0; members[n].codes[i] != NULL; i++)
    json_array_append_new (codes, json_string (members[n].codes[i]));
  return json_pack ("{s:o}", "enum", codes);
}

/**
 * sak_consent_make_schema:
 *
 * Returns: (transfer full): JSON Schema of the value
 */
json_t *
sak_consent_make_schema (void)
{
  json_t *properties = json_object ();

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_new (properties, members[i].name, describe_member (i));
  return json_pack ("{s:s, s:o, s:b}", "type", "object", "properties", properties,
                    "additionalProperties", 0);
}
