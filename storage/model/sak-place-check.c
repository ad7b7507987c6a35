/* sak-place-check.c - whether a value is a place, and what one may hold
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-place.h"

#include "storage/model/sak-division.h"
#include "storage/model/sak-form-private.h"

#include <math.h>
#include <string.h>

const char *const sak_place_precision_codes[] = {
  "country", "province", "district", "township", "village", "exact", NULL
};

static const char *const members[] = {
  "name", "region", "country", "precision", "type", "code", "region_code", "list", "spellings", "parents", "point", NULL
};

static gboolean
refuse (const char  *at,
        const char  *what,
        GError     **error)
{
  return sak_form_refuse_value (error, SAK_ERROR_INVALID, at, what);
}

static gboolean
check_line_or_none (const char    *at,
                    const json_t  *value,
                    GError       **error)
{
  return value == NULL || sak_form_check_line (at, value, SAK_FORM_MAX_LINE, error);
}

/* P-codes and codes of ISO: no spaces, nothing that steers anything. */
static gboolean
is_code (const json_t *value)
{
  const char *code = json_string_value (value);
  gsize size = json_string_length (value);

  return value == NULL
         || (code != NULL && size > 0 && size <= SAK_PLACE_MAX_CODE
             && strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./") == size
             && g_ascii_isalnum (code[0]));
}

static gboolean
check_spellings (const char    *at,
                 const json_t  *value,
                 GError       **error)
{
  json_t *spelling;
  gsize i;

  if (value == NULL)
    return TRUE;
  if (!json_is_array (value) || json_array_size (value) > SAK_PLACE_MAX_SPELLINGS)
    return refuse (at, "spellings must be an array of up to 20 texts", error);
  json_array_foreach (value, i, spelling)
    if (!sak_form_check_line (at, spelling, SAK_FORM_MAX_LINE, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_parents (const char    *at,
               const json_t  *value,
               GError       **error)
{
  static const char *const of_parent[] = { "name", "type", "code", NULL };
  json_t *parent;
  gsize i;

  if (value == NULL)
    return TRUE;
  if (!json_is_array (value) || json_array_size (value) > SAK_PLACE_MAX_PARENTS)
    return refuse (at, "parents must be an array of up to 6 objects", error);
  json_array_foreach (value, i, parent)
    {
      const json_t *type = json_object_get (parent, "type");

      if (!sak_form_has_only (parent, of_parent))
        return refuse (at, "a parent must be an object of name, type and code", error);
      if (!is_code (json_object_get (parent, "code")))
        return refuse (at, "a parent's code is not one of letters and digits", error);
      if ((type != NULL && !sak_form_check_code (at, type, sak_place_get_types (), error))
          || !sak_form_check_line (at, json_object_get (parent, "name"), SAK_FORM_MAX_LINE, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_between (const json_t *value,
            double        minimum,
            double        maximum)
{
  double number = json_number_value (value);

  return json_is_number (value) && isfinite (number) && number >= minimum && number <= maximum;
}

/* A pin without a precision would pretend one that nobody claimed. */
static gboolean
check_point (const char    *at,
             const json_t  *value,
             GError       **error)
{
  static const char *const of_point[] = { "lat", "lon", "precision_m", NULL };

  if (value == NULL)
    return TRUE;
  if (!sak_form_has_only (value, of_point))
    return refuse (at, "point must be an object of lat, lon and precision_m", error);
  if (!is_between (json_object_get (value, "lat"), -90, 90) || !is_between (json_object_get (value, "lon"), -180, 180))
    return refuse (at, "lat must be a number from -90 to 90, lon from -180 to 180", error);
  if (!is_between (json_object_get (value, "precision_m"), 1, SAK_PLACE_MAX_PRECISION_M))
    return refuse (at, "precision_m must say within how many metres, from 1 to 2000000", error);
  return TRUE;
}

static gboolean
check_codes (const char    *at,
             const json_t  *value,
             GError       **error)
{
  const json_t *country = json_object_get (value, "country");
  const json_t *precision = json_object_get (value, "precision");
  const json_t *type = json_object_get (value, "type");

  if (country != NULL
      && (json_string_length (country) != 2
          || strspn (json_string_value (country), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2))
    return refuse (at, "the country must be two capital letters", error);
  if (!is_code (json_object_get (value, "code")) || !is_code (json_object_get (value, "region_code")))
    return refuse (at, "a code is not one of letters and digits", error);
  return (precision == NULL || sak_form_check_code (at, precision, sak_place_precision_codes, error))
         && (type == NULL || sak_form_check_code (at, type, sak_place_get_types (), error));
}

/**
 * sak_place_check:
 *
 * Errors: INVALID, and TOO_LARGE over a limit; the message says which member, never its value.
 */
gboolean
sak_place_check (const char    *at,
                 const json_t  *value,
                 GError       **error)
{
  if (!sak_form_has_only (value, members))
    return refuse (at, "must be an object with a name", error);
  return check_codes (at, value, error)
         && check_line_or_none (at, json_object_get (value, "region"), error)
         && check_line_or_none (at, json_object_get (value, "list"), error)
         && check_spellings (at, json_object_get (value, "spellings"), error)
         && check_parents (at, json_object_get (value, "parents"), error)
         && check_point (at, json_object_get (value, "point"), error)
         && sak_form_check_line (at, json_object_get (value, "name"), SAK_FORM_MAX_LINE, error);
}

/* Countries and divisions. Of countries that we have no table of, iso-codes may be missing or of another year. */
static gboolean
is_division (const char *code)
{
  static const char *const ours[] = { "MM", "TH", "KH", "LA", "VN", NULL };
  g_autofree char *country = g_strndup (code, 2);
  gsize size = strlen (code);

  if (!sak_country_exists (country))
    return FALSE;
  if (g_strv_contains (ours, country))
    return sak_division_find (code) != NULL;
  return size >= 4 && size <= 6 && code[2] == '-'
         && strspn (code + 3, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == size - 3;
}

/**
 * sak_place_check_codes:
 * @value: a place by sak_place_check()
 *
 * Whether its country is one, and its division one of that country, at whatever time. Not for what arrived.
 */
gboolean
sak_place_check_codes (const char    *at,
                       const json_t  *value,
                       GError       **error)
{
  const char *country = sak_json_get_text (value, "country");
  const char *region = sak_json_get_text (value, "region_code");

  if (country != NULL && !sak_country_exists (country))
    return refuse (at, "the country is not a code of ISO 3166-1, like TH", error);
  if (region != NULL && country != NULL && strncmp (region, country, 2) != 0)
    return refuse (at, "the region_code is of another country than the country", error);
  if (region != NULL && !is_division (region))
    return refuse (at, "the region_code is not a state or province of ISO 3166-2, like TH-63", error);
  return TRUE;
}

/**
 * sak_place_stands_in:
 * @fields: (nullable): any JSON
 *
 * Returns: whether a place with the same country and division is somewhere in it
 */
gboolean
sak_place_stands_in (const json_t *fields,
                     const json_t *place)
{
  const char *name;
  json_t *value;
  gsize i;

  if (json_is_object (fields)
      && g_strcmp0 (sak_json_get_text (fields, "country"), sak_json_get_text (place, "country")) == 0
      && g_strcmp0 (sak_json_get_text (fields, "region_code"), sak_json_get_text (place, "region_code")) == 0)
    return TRUE;
  json_object_foreach ((json_t *) fields, name, value)
    if (sak_place_stands_in (value, place))
      return TRUE;
  json_array_foreach ((json_t *) fields, i, value)
    if (sak_place_stands_in (value, place))
      return TRUE;
  return FALSE;
}

/* As JSON Schema */

static json_t *
describe_line (void)
{
  return json_pack ("{s:s, s:i, s:s}", "type", "string", "maxLength", SAK_FORM_MAX_LINE, "pattern", "^[^\\r\\n]*$");
}

static json_t *
describe_code (void)
{
  return json_pack ("{s:s, s:s}", "type", "string", "pattern", "^[A-Za-z0-9][A-Za-z0-9_./-]{0,39}$");
}

static json_t *
describe_codes (const char *const *codes)
{
  json_t *array = json_array ();

  for (; *codes != NULL; codes++)
    json_array_append_new (array, json_string (*codes));
  return json_pack ("{s:o}", "enum", array);
}

static json_t *
describe_object (json_t *properties,
                 json_t *required)
{
  return json_pack ("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties, "required", required,
                    "additionalProperties", 0);
}

static json_t *
describe_number (double minimum,
                 double maximum)
{
  return json_pack ("{s:s, s:f, s:f}", "type", "number", "minimum", minimum, "maximum", maximum);
}

static json_t *
describe_point (void)
{
  return describe_object (json_pack ("{s:o, s:o, s:o}", "lat", describe_number (-90, 90),
                                     "lon", describe_number (-180, 180),
                                     "precision_m", describe_number (1, SAK_PLACE_MAX_PRECISION_M)),
                          json_pack ("[s, s, s]", "lat", "lon", "precision_m"));
}

static json_t *
describe_parents (void)
{
  json_t *parent = describe_object (json_pack ("{s:o, s:o, s:o}", "name", describe_line (),
                                               "type", describe_codes (sak_place_get_types ()),
                                               "code", describe_code ()),
                                    json_pack ("[s]", "name"));

  return json_pack ("{s:s, s:i, s:o}", "type", "array", "maxItems", SAK_PLACE_MAX_PARENTS, "items", parent);
}

json_t *
sak_place_describe (void)
{
  json_t *spellings = json_pack ("{s:s, s:i, s:o}", "type", "array", "maxItems", SAK_PLACE_MAX_SPELLINGS,
                                 "items", describe_line ());
  json_t *properties = json_pack ("{s:o, s:o, s:{s:s, s:s}, s:o, s:o}", "name", describe_line (),
                                  "region", describe_line (), "country", "type", "string", "pattern", "^[A-Z]{2}$",
                                  "precision", describe_codes (sak_place_precision_codes),
                                  "type", describe_codes (sak_place_get_types ()));

  json_object_set_new (properties, "code", describe_code ());
  json_object_set_new (properties, "region_code", describe_code ());
  json_object_set_new (properties, "list", describe_line ());
  json_object_set_new (properties, "spellings", spellings);
  json_object_set_new (properties, "parents", describe_parents ());
  json_object_set_new (properties, "point", describe_point ());
  return describe_object (properties, json_pack ("[s]", "name"));
}
