/* sak-form-check.c - whether single values are what their field asks for
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages name the field by its path, never its value.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-date.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-place.h"
#include "storage/model/sak-uuid.h"

#include <math.h>
#include <string.h>

const char *const sak_form_yesno_codes[] = { "yes", "no", "unknown", "not-asked", NULL };
const char *const sak_form_calendar_codes[] = { "gregorian", "buddhist", "myanmar", NULL };

/**
 * sak_form_refuse_value:
 * @place: a path, which may be anything; behind a comma, what the form itself has named
 *
 * Returns: FALSE
 */
gboolean
sak_form_refuse_value (GError     **error,
                       int          code,
                       const char  *place,
                       const char  *what)
{
  g_autofree char *path = g_strndup (place, strcspn (place, ","));

  g_set_error (error, SAK_ERROR, code, "Field %s: %s",
               sak_path_is_valid (path) ? place : "(not a path)", what);
  return FALSE;
}

/* Pieces of values */

/* One line, or what stands in one place. */
gboolean
sak_form_check_line (const char    *path,
                     const json_t  *value,
                     glong          max_chars,
                     GError       **error)
{
  const char *text = json_string_value (value);

  if (text == NULL)
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "must be text");
  if (strpbrk (text, "\n\r") != NULL)
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "must be one line");
  if (g_utf8_strlen (text, -1) > max_chars)
    return sak_form_refuse_value (error, SAK_ERROR_TOO_LARGE, path, "the text is too long");
  return TRUE;
}

gboolean
sak_form_check_code (const char         *path,
                     const json_t       *value,
                     const char *const  *codes,
                     GError            **error)
{
  if (!json_is_string (value) || !g_strv_contains (codes, json_string_value (value)))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "not one of the codes for it");
  return TRUE;
}

gboolean
sak_form_has_only (const json_t      *object,
                   const char *const *names)
{
  const char *name;
  json_t *value;

  json_object_foreach ((json_t *) object, name, value)
    if (!g_strv_contains (names, name))
      return FALSE;
  return json_is_object (object);
}

/* Values by type */

static gboolean
check_paragraphs (const char    *path,
                  const json_t  *value,
                  GError       **error)
{
  if (!json_is_string (value))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "must be text");
  if (json_string_length (value) > SAK_FORM_MAX_PARAGRAPHS)
    return sak_form_refuse_value (error, SAK_ERROR_TOO_LARGE, path, "the text is too long");
  return TRUE;
}

static gboolean
check_number (const SakFormField  *field,
              const char          *path,
              const json_t        *value,
              GError             **error)
{
  double number = json_number_value (value);

  if (!json_is_number (value))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "must be a number");
  if (sak_form_field_is_integer (field) && number != trunc (number))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "must be a whole number");
  if (number < sak_form_field_get_minimum (field) || number > sak_form_field_get_maximum (field))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "out of range");
  return TRUE;
}

static gboolean
check_edtf (const char    *path,
            const json_t  *value,
            GError       **error)
{
  SakDateSpan span;

  if (!sak_form_check_line (path, value, SAK_FORM_MAX_EDTF, error))
    return FALSE;
  if (json_string_length (value) > 0 && !sak_date_parse (json_string_value (value), &span, NULL))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "not a date in EDTF");
  return TRUE;
}

/* What the person said may stand alone, where nobody can tell which days it means. */
static gboolean
check_date (const char    *path,
            const json_t  *value,
            GError       **error)
{
  static const char *const members[] = { "edtf", "said", "calendar", NULL };
  const json_t *edtf = json_object_get (value, "edtf");
  const json_t *said = json_object_get (value, "said");
  const json_t *calendar = json_object_get (value, "calendar");

  if (json_is_string (value))
    return check_edtf (path, value, error);
  if (!sak_form_has_only (value, members))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path,
                   "must be EDTF text or an object of edtf and said");
  return (edtf == NULL || check_edtf (path, edtf, error))
         && (said == NULL || sak_form_check_line (path, said, SAK_FORM_MAX_LINE, error))
         && (calendar == NULL || sak_form_check_code (path, calendar, sak_form_calendar_codes, error));
}

/* What stood there before may stay as it is. */
static gboolean
check_place (const SakFormRules  *rules,
             const char          *path,
             const json_t        *value,
             GError             **error)
{
  return sak_place_check (path, value, error)
         && (!rules->is_entry || sak_place_stands_in (rules->before, value)
             || sak_place_check_codes (path, value, error));
}

/* One record, in a column. */
static gboolean
check_link_id (const char    *path,
               const json_t  *value,
               GError       **error)
{
  if (json_is_string (value) && sak_uuid_is_valid (json_string_value (value)))
    return TRUE;
  return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "what it links to is not a record id");
}

static gboolean
check_link_code (const SakFormRules  *rules,
                 const SakFormField  *field,
                 const char          *path,
                 const json_t        *code,
                 GError             **error)
{
  if (code == NULL)
    return TRUE;
  if (sak_form_field_get_vocabulary_name (field) == NULL)
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "links of this role have no code");
  return sak_form_check_choice (rules, field, path, code, error);
}

static gboolean
check_links (const SakFormRules  *rules,
             const char          *path,
             const json_t        *value,
             GError             **error)
{
  static const char *const members[] = { "role", "to", "code", "note", NULL };
  const char *role = sak_json_get_text (value, "role");
  const json_t *note = json_object_get (value, "note");
  const SakFormField *field = role != NULL ? sak_form_find_links (rules->form, role) : NULL;

  if (!sak_form_has_only (value, members) || role == NULL || json_object_get (value, "to") == NULL)
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "must be an object of role and to");
  if (field == NULL)
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "the form has no such role");
  return check_link_id (path, json_object_get (value, "to"), error)
         && check_link_code (rules, field, path, json_object_get (value, "code"), error)
         && (note == NULL || sak_form_check_line (path, note, SAK_FORM_MAX_LINE, error));
}

static gboolean
is_hex (const json_t *value,
        gsize         min_size,
        gsize         max_size)
{
  gsize size = json_string_length (value);

  return json_is_string (value) && size >= min_size && size <= max_size && size % 2 == 0
         && strspn (json_string_value (value), "0123456789abcdef") == size;
}

/* @is_utc: else a camera's own clock, which tells no zone. */
static gboolean
is_time_or_missing (const json_t *value,
                    gboolean      is_utc)
{
  const char *text = json_string_value (value);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;

  if (value == NULL)
    return TRUE;
  if (text == NULL || (is_utc ? !g_str_has_suffix (text, "Z") : strlen (text) != strlen ("2019-07-14T05:42:10")))
    return FALSE;
  time = g_date_time_new_from_iso8601 (text, utc);
  return time != NULL;
}

static gboolean
is_bool_or_missing (const json_t *value)
{
  return value == NULL || json_is_boolean (value);
}

static gboolean
check_line_or_missing (const char    *path,
                       const json_t  *value,
                       GError       **error)
{
  return value == NULL || sak_form_check_line (path, value, SAK_FORM_MAX_LINE, error);
}

/* Who can be seen or heard: records, each once. */
static gboolean
are_persons_or_missing (const json_t *value)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize i;
  json_t *person;

  if (value != NULL && (!json_is_array (value) || json_array_size (value) > SAK_FORM_MAX_NESTED))
    return FALSE;
  json_array_foreach ((json_t *) value, i, person)
    if (!json_is_string (person) || !sak_uuid_is_valid (json_string_value (person)) ||
        !g_hash_table_add (seen, (char *) json_string_value (person)))
      return FALSE;
  return TRUE;
}

static gboolean
check_media_notes (const char    *path,
                   const json_t  *value,
                   GError       **error)
{
  static const char *const consents[] = { "yes", "no", "not-asked", NULL };
  const json_t *consent = json_object_get (value, "consent");
  const json_t *shows = json_object_get (value, "shows");
  const json_t *made = json_object_get (value, "made");

  if (!are_persons_or_missing (json_object_get (value, "persons")))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "persons must be ids of records, each once");
  if (consent != NULL && (!json_is_string (consent) || !g_strv_contains (consents, json_string_value (consent))))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "consent must be yes, no or not-asked");
  return (shows == NULL || check_paragraphs (path, shows, error)) && (made == NULL || check_date (path, made, error));
}

static gboolean
check_media (const char    *path,
             const json_t  *value,
             GError       **error)
{
  static const char *const members[] = {
    "sha256", "size", "type", "name", "name_bytes", "added", "modified", "taken", "camera", "source",
    "exif", "gps", "caption", "shows", "persons", "consent", "made", NULL
  };
  const json_t *name_bytes = json_object_get (value, "name_bytes");
  const json_t *caption = json_object_get (value, "caption");
  const json_t *size = json_object_get (value, "size");

  if (!sak_form_has_only (value, members))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "must be an object that describes a file");
  if (!is_hex (json_object_get (value, "sha256"), 64, 64))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "sha256 must be 64 digits");
  if (!json_is_integer (size) || json_integer_value (size) < 0)
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "size must be a whole number");
  if (name_bytes != NULL && !is_hex (name_bytes, 2, 8 * SAK_FORM_MAX_LINE))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "name_bytes must be hexadecimal");
  if (!is_time_or_missing (json_object_get (value, "added"), TRUE)
      || !is_time_or_missing (json_object_get (value, "modified"), TRUE)
      || !is_time_or_missing (json_object_get (value, "taken"), FALSE))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "added, modified and taken must be times");
  if (!is_bool_or_missing (json_object_get (value, "exif"))
      || !is_bool_or_missing (json_object_get (value, "gps")))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "exif and gps must be true or false");
  return sak_form_check_line (path, json_object_get (value, "type"), SAK_FORM_MAX_TYPE, error)
         && sak_form_check_line (path, json_object_get (value, "name"), SAK_FORM_MAX_LINE, error)
         && check_line_or_missing (path, json_object_get (value, "camera"), error)
         && check_line_or_missing (path, json_object_get (value, "source"), error)
         && (caption == NULL || check_paragraphs (path, caption, error)) && check_media_notes (path, value, error);
}

static gboolean
check_consent (const char    *path,
               const json_t  *value,
               GError       **error)
{
  if (sak_consent_check (value, error))
    return TRUE;
  g_prefix_error (error, "Field %s: ", path);
  return FALSE;
}

gboolean
sak_form_check_value (const SakFormRules  *rules,
                      const SakFormField  *field,
                      const char          *path,
                      const json_t        *value,
                      GError             **error)
{
  switch (field->type)
    {
    case SAK_FIELD_TEXT:
      return sak_form_check_line (path, value, SAK_FORM_MAX_LINE, error);
    case SAK_FIELD_PARAGRAPHS:
      return check_paragraphs (path, value, error);
    case SAK_FIELD_CHOICE:
      return sak_form_check_choice (rules, field, path, value, error);
    case SAK_FIELD_CHOICES:
      return sak_form_check_choices (rules, field, path, value, error);
    case SAK_FIELD_NUMBER:
      return check_number (field, path, value, error);
    case SAK_FIELD_YESNO:
      return sak_form_check_code (path, value, sak_form_yesno_codes, error);
    case SAK_FIELD_DATE:
      return check_date (path, value, error);
    case SAK_FIELD_PLACE:
      return check_place (rules, path, value, error);
    case SAK_FIELD_LINKS:
      return check_links (rules, path, value, error);
    case SAK_FIELD_MEDIA:
      return check_media (path, value, error);
    case SAK_FIELD_MONEY:
      return sak_form_check_money (path, value, error);
    case SAK_FIELD_SPAN:
      return sak_form_check_span (path, value, error);
    case SAK_FIELD_TABLE:
      return strchr (path, ',') == NULL ? sak_form_check_row (rules, field, path, value, error)
                                        : sak_form_check_nested (rules, field, path, value, error);
    case SAK_FIELD_LINK:
      return check_link_id (path, value, error);
    case SAK_FIELD_CONSENT:
    default:
      return check_consent (path, value, error);
    }
}
