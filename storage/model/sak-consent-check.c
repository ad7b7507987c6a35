/* sak-consent-check.c - what the value of a consent may hold, and how it is described
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strict on purpose: a member or a code that this program does not know may be a limit
 * that somebody set, so a value with one in it is not valid and allows nothing.
 */
#include "config.h"

#include "storage/model/sak-consent-private.h"

#include "storage/model/sak-date.h"

#include <string.h>

static const char *const level_codes[] = { "named", "unnamed", "no", "not-asked", NULL };
static const char *const yes_no_codes[] = { "yes", "no", "not-asked", NULL };
static const char *const how_codes[] = { "written", "thumb", "oral", "recorded", NULL };
static const char *const guardian_codes[] = { "not-needed", "agreed", "refused", "not-asked", NULL };
/* sak_place_precision_codes, and what says that nobody limits it. */
static const char *const place_codes[] = {
  "country", "province", "district", "township", "village", "exact", "not-asked", NULL
};
static const char *const by_codes[] = { "person", "guardian", "family", "representative", NULL };

const char *const sak_consent_identity_codes[] = { "none", "pseudonym", "named", "no", NULL };

/* In the order of SakPurpose; the last is for what is refused for every purpose. */
const char *const sak_consent_purpose_codes[] = {
  "share", "quote", "show", "court", "advocacy", "media", "research", "statistics", "help",
  SAK_CONSENT_ANY_PURPOSE, NULL
};

static const char *const recipient_codes[] = {
  SAK_CONSENT_SECRETARIAT, "partner-network", "lawyers", "helpers", "national-court",
  "national-institution", "un", "asean", "international-court", "journalists", "researchers",
  "donors", SAK_CONSENT_PUBLIC, SAK_CONSENT_ANYONE, NULL
};

static const char *const companions[] = {
  SAK_CONSENT_PRESENT_PATH, SAK_CONSENT_INTERPRETER_PATH, "identity.guardian", "identity.recontact", NULL
};

typedef enum
{
  MEMBER_TEXT,
  MEMBER_CODE,
  MEMBER_DATE,
} MemberType;

typedef struct
{
  const char *name;
  MemberType type;
  const char *const *codes;
} Member;

static const Member members[] = {
  { "share", MEMBER_CODE, level_codes },
  { "quote", MEMBER_CODE, level_codes },
  { "show", MEMBER_CODE, yes_no_codes },
  { "court", MEMBER_CODE, level_codes },
  { "conditions", MEMBER_TEXT, NULL },
  { "text", MEMBER_TEXT, NULL },
  { "language", MEMBER_TEXT, NULL },
  { "interpreter", MEMBER_TEXT, NULL },
  { "how", MEMBER_CODE, how_codes },
  { "present", MEMBER_TEXT, NULL },
  { "guardian", MEMBER_CODE, guardian_codes },
  { "recontact", MEMBER_CODE, yes_no_codes },
  { "place", MEMBER_CODE, place_codes },
  { "given", MEMBER_DATE, NULL },
  { "review", MEMBER_DATE, NULL },
  { "expires", MEMBER_DATE, NULL },
  { "withdrawn", MEMBER_DATE, NULL },
  { "withdrawn_by", MEMBER_CODE, by_codes },
};

static const Member row_members[] = {
  { "purpose", MEMBER_CODE, sak_consent_purpose_codes },
  { "identity", MEMBER_CODE, sak_consent_identity_codes },
  { "until", MEMBER_DATE, NULL },
  { "conditions", MEMBER_TEXT, NULL },
};

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "Consent: %s", what);
  return FALSE;
}

static gboolean
refuse_row (GError     **error,
            gsize        n,
            const char  *what)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "Consent: row %" G_GSIZE_FORMAT " of its matrix: %s",
               n + 1, what);
  return FALSE;
}

/* Empty text is a question left open, as a form leaves it. */
static gboolean
check_member (const Member  *member,
              const json_t  *value,
              GError       **error)
{
  const char *text = json_string_value (value);
  SakDateSpan span;

  if (text == NULL || g_utf8_strlen (text, -1) > SAK_CONSENT_MAX_TEXT)
    return refuse (error, "a member is not text, or too long");
  if (member->codes != NULL && *text != '\0' && !g_strv_contains (member->codes, text))
    return refuse (error, "a member is not one of its codes");
  if (member->type == MEMBER_DATE && *text != '\0' && !sak_date_parse (text, &span, NULL))
    return refuse (error, "a day is not a date in EDTF");
  return TRUE;
}

/* A code, or a contact by its key. */
gboolean
sak_consent_is_recipient (const char *code)
{
  const char *key = g_str_has_prefix (code, SAK_CONSENT_KEY_PREFIX) ? code + strlen (SAK_CONSENT_KEY_PREFIX) : NULL;

  if (key == NULL)
    return g_strv_contains (recipient_codes, code);
  return strlen (key) == 64 && strspn (key, "0123456789abcdef") == 64;
}

static gboolean
check_row (const json_t  *row,
           gsize          n,
           GError       **error)
{
  const char *purpose = sak_json_get_text (row, "purpose");
  const char *recipient = sak_json_get_text (row, "recipient");
  const char *identity = sak_json_get_text (row, "identity");
  gsize n_known = 1;

  if (purpose == NULL || *purpose == '\0' || recipient == NULL || identity == NULL || *identity == '\0')
    return refuse_row (error, n, "purpose, recipient and identity are needed");
  if (!sak_consent_is_recipient (recipient))
    return refuse_row (error, n, "the recipient is not one of its codes");
  for (gsize i = 0; i < G_N_ELEMENTS (row_members); i++)
    {
      const json_t *value = json_object_get (row, row_members[i].name);

      if (value != NULL && !check_member (&row_members[i], value, NULL))
        return refuse_row (error, n, "a member is not what it must be");
      n_known += value != NULL ? 1 : 0;
    }
  if (n_known != json_object_size (row))
    return refuse_row (error, n, "an unknown member");
  if (g_str_equal (purpose, SAK_CONSENT_ANY_PURPOSE) && !g_str_equal (identity, "no"))
    return refuse_row (error, n, "a yes is for one purpose, not for any");
  return TRUE;
}

static gboolean
check_matrix (const json_t  *matrix,
              GError       **error)
{
  json_t *row;
  gsize i;

  if (!json_is_array (matrix) || json_array_size (matrix) > SAK_CONSENT_MAX_ROWS)
    return refuse (error, "its matrix is not an array of rows, or too long");
  json_array_foreach (matrix, i, row)
    if (!check_row (row, i, error))
      return FALSE;
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
  const json_t *matrix = json_object_get (consent, "matrix");
  gsize n_known = 0;

  if (!json_is_object (consent))
    return refuse (error, "must be an object");
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const json_t *value = json_object_get (consent, members[i].name);

      if (value == NULL)
        continue;
      if (!check_member (&members[i], value, error))
        return FALSE;
      n_known++;
    }
  if (matrix != NULL && !check_matrix (matrix, error))
    return FALSE;
  if (n_known + (matrix != NULL ? 1 : 0) != json_object_size (consent))
    return refuse (error, "an unknown member");
  return TRUE;
}

/* Which place may be told is asked beside whether something may: who was not asked limits nothing
 * by that, for then the place leaves with what it belongs to or not at all.
 */
SakPlaceLevel
sak_consent_get_place_level (const json_t *consent)
{
  SakPlaceLevel level;

  return sak_place_parse_level (sak_json_get_text (consent, "place"), &level) ? level : SAK_PLACE_EXACT;
}

const char *
sak_consent_get_purpose (guint n)
{
  return n < SAK_N_PURPOSES ? sak_consent_purpose_codes[n] : NULL;
}

const char *
sak_consent_get_recipient (guint n)
{
  return n < G_N_ELEMENTS (recipient_codes) ? recipient_codes[n] : NULL;
}

const char *
sak_consent_get_companion (guint n)
{
  return n < G_N_ELEMENTS (companions) ? companions[n] : NULL;
}

gboolean
sak_consent_is_companion (const char *path)
{
  return g_strv_contains (companions, path);
}

static json_t *
describe_member (const Member *member,
                 gboolean      may_be_empty)
{
  json_t *codes;

  if (member->codes == NULL)
    return json_pack ("{s:s, s:i}", "type", "string", "maxLength", SAK_CONSENT_MAX_TEXT);
  codes = json_array ();
  if (may_be_empty)
    json_array_append_new (codes, json_string (""));
  for (gsize i = 0; member->codes[i] != NULL; i++)
    json_array_append_new (codes, json_string (member->codes[i]));
  return json_pack ("{s:o}", "enum", codes);
}

static json_t *
describe_recipient (void)
{
  json_t *codes = json_array ();

  for (gsize i = 0; recipient_codes[i] != NULL; i++)
    json_array_append_new (codes, json_string (recipient_codes[i]));
  return json_pack ("{s:[{s:o}, {s:s, s:s}]}", "anyOf", "enum", codes,
                    "type", "string", "pattern", "^" SAK_CONSENT_KEY_PREFIX "[0-9a-f]{64}$");
}

static json_t *
describe_matrix (void)
{
  json_t *properties = json_pack ("{s:o}", "recipient", describe_recipient ());

  for (gsize i = 0; i < G_N_ELEMENTS (row_members); i++)
    json_object_set_new (properties, row_members[i].name, describe_member (&row_members[i], FALSE));
  return json_pack ("{s:s, s:i, s:{s:s, s:o, s:[s, s, s], s:b}}", "type", "array", "maxItems", SAK_CONSENT_MAX_ROWS,
                    "items", "type", "object", "properties", properties,
                    "required", "purpose", "recipient", "identity", "additionalProperties", 0);
}

/**
 * sak_consent_make_schema:
 *
 * Returns: (transfer full): JSON Schema of the value
 */
json_t *
sak_consent_make_schema (void)
{
  json_t *properties = json_pack ("{s:o}", "matrix", describe_matrix ());

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_new (properties, members[i].name, describe_member (&members[i], TRUE));
  return json_pack ("{s:s, s:o, s:b}", "type", "object", "properties", properties,
                    "additionalProperties", 0);
}
