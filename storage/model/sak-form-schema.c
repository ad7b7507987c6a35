/* sak-form-schema.c - a form described as JSON Schema, draft 2020-12
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made from the same data that is checked against, for those who write records by
 * program. What a schema cannot say (calendars, roles of links) stays with the check.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-money.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-place.h"

#include <math.h>
#include <string.h>

#define UUID_PATTERN "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

static json_t *
describe_codes (const char *const *codes)
{
  json_t *array = json_array ();

  for (gsize i = 0; codes[i] != NULL; i++)
    json_array_append_new (array, json_string (codes[i]));
  return json_pack ("{s:o}", "enum", array);
}

static json_t *
describe_line (int max_chars)
{
  return json_pack ("{s:s, s:i, s:s}", "type", "string", "maxLength", max_chars,
                    "pattern", "^[^\\r\\n]*$");
}

/* What stands more than once, by its name in "$defs". */
typedef struct
{
  const SakForm *form;
  json_t *defs;
} Schema;

static json_t *
describe_terms (const SakFormField *field)
{
  const SakVocabulary *vocabulary = sak_form_field_get_vocabulary (field);
  const SakTerm *under = sak_vocabulary_find_term (vocabulary, sak_form_field_get_under (field));
  json_t *codes = json_array ();

  for (guint i = 0; i < sak_vocabulary_get_n_terms (vocabulary); i++)
    {
      const SakTerm *term = sak_vocabulary_get_term (vocabulary, i);

      if (!sak_term_is_withdrawn (term) && (under == NULL || sak_term_is_in (term, under)))
        json_array_append_new (codes, json_string (sak_term_get_code (term)));
    }
  return json_pack ("{s:[{s:o}, {s:s, s:s}]}", "anyOf", "enum", codes, "type", "string",
                    "pattern", "^local\\.[a-z0-9-]+$");
}

/* Codes of a vocabulary are many; and local ones are not known here. */
static json_t *
describe_vocabulary (Schema             *schema,
                     const SakFormField *field)
{
  const char *under = sak_form_field_get_under (field);
  g_autofree char *name = g_strdup_printf ("vocabulary-%s%s%s", sak_form_field_get_vocabulary_name (field),
                                           under != NULL ? "-under-" : "", under != NULL ? under : "");
  g_autofree char *ref = g_strconcat ("#/$defs/", name, NULL);

  if (sak_form_field_get_vocabulary (field) == NULL)
    return json_pack ("{s:s, s:i}", "type", "string", "maxLength", SAK_VOCABULARY_MAX_CODE);
  if (json_object_get (schema->defs, name) == NULL)
    json_object_set_new (schema->defs, name, describe_terms (field));
  return json_pack ("{s:s}", "$ref", ref);
}

static json_t *
describe_options (Schema             *schema,
                  const SakFormField *field)
{
  json_t *array;

  if (sak_form_field_get_vocabulary_name (field) != NULL)
    return describe_vocabulary (schema, field);
  array = json_array ();
  for (guint i = 0; i < sak_form_field_get_n_options (field); i++)
    json_array_append_new (array, json_string (sak_form_field_get_option (field, i)));
  return json_pack ("{s:o}", "enum", array);
}

static json_t *
describe_choice (Schema             *schema,
                 const SakFormField *field)
{
  return json_pack ("{s:[o, {s:s}]}", "anyOf", describe_options (schema, field), "const", "");
}

static json_t *
describe_number (const SakFormField *field)
{
  json_t *schema = json_pack ("{s:s}", "type", sak_form_field_is_integer (field) ? "integer"
                              : "number");

  if (!isinf (sak_form_field_get_minimum (field)))
    json_object_set_new (schema, "minimum", json_real (sak_form_field_get_minimum (field)));
  if (!isinf (sak_form_field_get_maximum (field)))
    json_object_set_new (schema, "maximum", json_real (sak_form_field_get_maximum (field)));
  return schema;
}

static json_t *
describe_object (json_t *properties,
                 json_t *required)
{
  return json_pack ("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties,
                    "required", required, "additionalProperties", 0);
}

static json_t *
describe_edtf (void)
{
  json_t *schema = describe_line (SAK_FORM_MAX_EDTF);

  json_object_set_new (schema, "description", json_string ("EDTF (ISO 8601-2), level 1"));
  return schema;
}

static json_t *
describe_date (void)
{
  json_t *properties = json_pack ("{s:o, s:o, s:o}", "edtf", describe_edtf (),
                                  "said", describe_line (SAK_FORM_MAX_LINE),
                                  "calendar", describe_codes (sak_form_calendar_codes));

  return json_pack ("{s:[o, o]}", "anyOf", describe_edtf (),
                    describe_object (properties, json_array ()));
}

static json_t *
describe_record_id (const char *kind)
{
  g_autofree char *words = kind != NULL ? g_strdup_printf ("the id of a record of kind %s", kind) : NULL;

  return json_pack ("{s:s, s:s, s:s*}", "type", "string", "pattern", "^" UUID_PATTERN "$", "description", words);
}

/* One description for the path that all link fields share. */
static json_t *
describe_links (Schema *schema)
{
  json_t *roles = json_array ();
  json_t *codes = json_array ();
  json_t *properties;

  for (guint i = 0; i < schema->form->fields->len; i++)
    {
      const SakFormField *field = sak_form_get_field (schema->form, i);

      if (field->type != SAK_FIELD_LINKS)
        continue;
      json_array_append_new (roles, json_string (sak_form_field_get_link_role (field)));
      if (sak_form_field_get_vocabulary_name (field) != NULL)
        json_array_append_new (codes, describe_vocabulary (schema, field));
    }
  properties = json_pack ("{s:{s:o}, s:o, s:o}", "role", "enum", roles, "to", describe_record_id (NULL),
                          "note", describe_line (SAK_FORM_MAX_LINE));
  if (json_array_size (codes) > 0)
    json_object_set_new (properties, "code", json_pack ("{s:O}", "anyOf", codes));
  json_decref (codes);
  return describe_object (properties, json_pack ("[s, s]", "role", "to"));
}

static json_t *
describe_money (void)
{
  json_t *codes = json_array ();
  json_t *properties;

  for (guint i = 0; *sak_currency_get_nth (i) != '\0'; i++)
    json_array_append_new (codes, json_string (sak_currency_get_nth (i)));
  properties = json_pack ("{s:{s:s, s:s}, s:{s:o}}", "amount", "type", "string", "pattern", SAK_MONEY_PATTERN,
                          "currency", "enum", codes);
  return describe_object (properties, json_pack ("[s, s]", "amount", "currency"));
}

static json_t *
describe_span (void)
{
  json_t *properties = json_pack ("{s:{s:s, s:i}, s:o, s:o}", "number", "type", "number", "minimum", 0,
                                  "unit", describe_codes (sak_form_unit_codes),
                                  "said", describe_line (SAK_FORM_MAX_LINE));

  return describe_object (properties, json_array ());
}

static json_t *
describe_media (void)
{
  json_t *properties = json_pack ("{s:{s:s, s:s}, s:{s:s, s:i}, s:o, s:o, s:{s:s, s:s},"
                                  " s:{s:s, s:s}, s:{s:s, s:s}, s:{s:s, s:s}, s:o, s:o, s:{s:s}, s:{s:s}, s:{s:s},"
                                  " s:{s:s}, s:{s:s, s:i, s:b, s:{s:s, s:s}}, s:{s:[s, s, s]}, s:o}",
                                  "sha256", "type", "string", "pattern", "^[0-9a-f]{64}$",
                                  "size", "type", "integer", "minimum", 0,
                                  "type", describe_line (SAK_FORM_MAX_TYPE),
                                  "name", describe_line (SAK_FORM_MAX_LINE),
                                  "name_bytes", "type", "string", "pattern", "^([0-9a-f]{2})+$",
                                  "added", "type", "string", "format", "date-time",
                                  "modified", "type", "string", "format", "date-time",
                                  "taken", "type", "string", "pattern", "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$",
                                  "camera", describe_line (SAK_FORM_MAX_LINE),
                                  "source", describe_line (SAK_FORM_MAX_LINE),
                                  "exif", "type", "boolean",
                                  "gps", "type", "boolean",
                                  "caption", "type", "string",
                                  "shows", "type", "string",
                                  "persons", "type", "array", "maxItems", SAK_FORM_MAX_NESTED, "uniqueItems", TRUE,
                                  "items", "type", "string", "format", "uuid",
                                  "consent", "enum", "yes", "no", "not-asked",
                                  "made", describe_date ());

  return describe_object (properties, json_pack ("[s, s, s, s]", "sha256", "size", "type", "name"));
}

static json_t *describe_row (Schema *schema, const SakFormField *table, gboolean has_order);

static json_t *
describe_field (Schema             *schema,
                const SakFormField *field)
{
  switch (field->type)
    {
    case SAK_FIELD_TEXT:
      return describe_line (SAK_FORM_MAX_LINE);
    case SAK_FIELD_PARAGRAPHS:
      return json_pack ("{s:s}", "type", "string");
    case SAK_FIELD_CHOICE:
      return describe_choice (schema, field);
    case SAK_FIELD_CHOICES:
      return json_pack ("{s:s, s:o, s:b}", "type", "array", "items", describe_options (schema, field),
                        "uniqueItems", 1);
    case SAK_FIELD_NUMBER:
      return describe_number (field);
    case SAK_FIELD_YESNO:
      return describe_codes (sak_form_yesno_codes);
    case SAK_FIELD_DATE:
      return describe_date ();
    case SAK_FIELD_PLACE:
      return sak_place_describe ();
    case SAK_FIELD_LINKS:
      return describe_links (schema);
    case SAK_FIELD_MEDIA:
      return describe_media ();
    case SAK_FIELD_MONEY:
      return describe_money ();
    case SAK_FIELD_SPAN:
      return describe_span ();
    case SAK_FIELD_LINK:
      return describe_record_id (sak_form_field_get_link_kind (field));
    case SAK_FIELD_TABLE:
      return field->section != NULL ? describe_row (schema, field, TRUE)
             : json_pack ("{s:s, s:o, s:i}", "type", "array", "items", describe_row (schema, field, FALSE),
                          "maxItems", SAK_FORM_MAX_NESTED);
    case SAK_FIELD_CONSENT:
    default:
      return sak_consent_make_schema ();
    }
}

static void
add_titles (json_t             *schema,
            const SakFormField *field)
{
  const char *help = sak_form_field_get_help (field, "en");

  json_object_set_new (schema, "title", json_string (sak_form_field_get_label (field, "en")));
  if (help != NULL)
    json_object_set_new (schema, "description", json_string (help));
}

static void
describe_companions (json_t *properties)
{
  for (guint i = 0; sak_consent_get_companion (i) != NULL; i++)
    json_object_set_new (properties, sak_consent_get_companion (i), json_pack ("{s:s}", "type", "string"));
}

/* What the skip rules may hide cannot be demanded of every record. */
static gboolean
is_always_required (const SakFormField *field)
{
  return sak_form_field_is_required (field) && json_object_get (field->data, "show_if") == NULL
         && json_object_get (field->section, "show_if") == NULL;
}

static json_t *
describe_row (Schema             *schema,
              const SakFormField *table,
              gboolean            has_order)
{
  json_t *properties = json_object ();
  json_t *required = json_array ();

  for (guint i = 0; i < sak_form_field_get_n_columns (table); i++)
    {
      const SakFormField *column = sak_form_field_get_column (table, i);
      json_t *described = describe_field (schema, column);

      add_titles (described, column);
      json_object_set_new (properties, sak_form_field_get_path (column), described);
      if (is_always_required (column))
        json_array_append_new (required, json_string (sak_form_field_get_path (column)));
    }
  if (has_order)
    json_object_set_new (properties, SAK_FORM_ORDER, json_pack ("{s:s}", "type", "number"));
  return describe_object (properties, required);
}

/* At paths of their own, as a record has them, or in an array, as people write them. */
static void
describe_repeating (Schema             *schema,
                    const SakFormField *field,
                    json_t             *properties,
                    json_t             *patterns)
{
  const char *path = sak_form_field_get_path (field);
  g_autofree char *escaped = g_regex_escape_string (path, -1);
  g_autofree char *pattern = g_strdup_printf ("^%s/" UUID_PATTERN "$", escaped);
  g_autofree char *name = g_strconcat ("row-", path, NULL);
  g_autofree char *ref = g_strconcat ("#/$defs/", name, NULL);
  json_t *described = describe_field (schema, field);

  if (field->type == SAK_FIELD_TABLE)
    add_titles (described, field);
  json_object_set_new (schema->defs, name, described);
  json_object_set_new (patterns, pattern, json_pack ("{s:s}", "$ref", ref));
  json_object_set_new (properties, path, json_pack ("{s:s, s:{s:s}}", "type", "array", "items", "$ref", ref));
}

/* What the program puts beside a place that it signs. */
static void
describe_coarse (const char *path,
                 json_t     *patterns)
{
  g_autofree char *escaped = g_regex_escape_string (path, -1);
  g_autofree char *levels = g_strjoinv ("|", (char **) sak_place_precision_codes);
  g_autofree char *pattern = g_strdup_printf ("^%s\\.at\\.(%s)$", escaped, levels);

  json_object_set_new (patterns, pattern, sak_place_describe ());
}

static void
describe_fields (Schema *schema,
                 json_t *properties,
                 json_t *patterns)
{
  for (guint i = 0; i < schema->form->fields->len; i++)
    {
      const SakFormField *field = sak_form_get_field (schema->form, i);
      const char *path = sak_form_field_get_path (field);
      json_t *described;

      if (sak_form_field_repeats (field))
        {
          describe_repeating (schema, field, properties, patterns);
          continue;
        }
      described = describe_field (schema, field);
      add_titles (described, field);
      json_object_set_new (properties, path, described);
      if (field->type == SAK_FIELD_CONSENT)
        describe_companions (properties);
      if (field->type == SAK_FIELD_PLACE && !sak_form_field_is_identity (field))
        describe_coarse (path, patterns);
    }
}

/* What must be there, as a list of demands that hold together. */
static json_t *
describe_required (const SakForm *form)
{
  json_t *all = json_array ();

  for (guint i = 0; i < form->fields->len; i++)
    {
      const SakFormField *field = sak_form_get_field (form, i);
      const char *path = sak_form_field_get_path (field);
      const char *unless = sak_form_field_get_required_unless (field);

      if (!is_always_required (field) || sak_form_field_repeats (field))
        continue;
      if (unless == NULL)
        json_array_append_new (all, json_pack ("{s:[s]}", "required", path));
      else
        json_array_append_new (all, json_pack ("{s:[{s:[s]}, {s:[s]}]}", "anyOf",
                                               "required", path, "required", unless));
    }
  return all;
}

char *
sak_form_make_schema (const SakForm *self)
{
  g_autofree char *id = g_strdup_printf ("urn:sakkhi:form:%s:%u", sak_form_get_name (self),
                                         sak_form_get_version (self));
  Schema parts = { self, json_object () };
  json_t *properties = json_object ();
  json_t *patterns = json_object ();
  g_autoptr (json_t) schema = NULL;

  json_object_set_new (properties, SAK_PATH_CODE, describe_line (SAK_FORM_MAX_CODE));
  describe_fields (&parts, properties, patterns);
  schema = json_pack ("{s:s, s:s, s:s, s:s, s:o, s:o, s:b, s:o}",
                      "$schema", "https://json-schema.org/draft/2020-12/schema",
                      "$id", id,
                      "title", sak_form_get_label (self, "en"),
                      "type", "object",
                      "properties", properties,
                      "patternProperties", patterns,
                      "additionalProperties", 0,
                      "allOf", describe_required (self));
  if (json_object_size (parts.defs) > 0)
    json_object_set (schema, "$defs", parts.defs);
  json_decref (parts.defs);
  return sak_json_to_pretty (schema);
}
