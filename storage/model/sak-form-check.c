/* sak-form-check.c - whether values are what their form asks for
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages name the field by its path, never its value.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-date.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-uuid.h"

#include <math.h>
#include <string.h>

const char *const sak_form_yesno_codes[] = { "yes", "no", "unknown", "not-asked", NULL };
const char *const sak_form_precision_codes[] = {
  "exact", "village", "township", "district", "province", "country", NULL
};
const char *const sak_form_calendar_codes[] = { "gregorian", "buddhist", "myanmar", NULL };

static gboolean
refuse (GError     **error,
        int          code,
        const char  *path,
        const char  *what)
{
  g_set_error (error, SAK_ERROR, code, "Field %s: %s",
               sak_path_is_valid (path) ? path : "(not a path)", what);
  return FALSE;
}

/* Pieces of values */

/* One line, or what stands in one place. */
static gboolean
check_line (const char    *path,
            const json_t  *value,
            glong          max_chars,
            GError       **error)
{
  const char *text = json_string_value (value);

  if (text == NULL)
    return refuse (error, SAK_ERROR_INVALID, path, "must be text");
  if (strpbrk (text, "\n\r") != NULL)
    return refuse (error, SAK_ERROR_INVALID, path, "must be one line");
  if (g_utf8_strlen (text, -1) > max_chars)
    return refuse (error, SAK_ERROR_TOO_LARGE, path, "the text is too long");
  return TRUE;
}

static gboolean
check_code (const char         *path,
            const json_t       *value,
            const char *const  *codes,
            GError            **error)
{
  if (!json_is_string (value) || !g_strv_contains (codes, json_string_value (value)))
    return refuse (error, SAK_ERROR_INVALID, path, "not one of the codes for it");
  return TRUE;
}

static gboolean
has_only_members (const json_t      *object,
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
    return refuse (error, SAK_ERROR_INVALID, path, "must be text");
  if (json_string_length (value) > SAK_FORM_MAX_PARAGRAPHS)
    return refuse (error, SAK_ERROR_TOO_LARGE, path, "the text is too long");
  return TRUE;
}

static gboolean
check_choice (const SakFormField  *field,
              const char          *path,
              const json_t        *value,
              GError             **error)
{
  if (!json_is_string (value))
    return refuse (error, SAK_ERROR_INVALID, path, "must be a code");
  if (json_string_length (value) > 0
      && sak_form_field_get_option_label_for (field, json_string_value (value), "en") == NULL)
    return refuse (error, SAK_ERROR_INVALID, path, "not one of the codes for it");
  return TRUE;
}

static gboolean
check_choices (const SakFormField  *field,
               const char          *path,
               const json_t        *value,
               GError             **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *code;
  gsize i;

  if (!json_is_array (value))
    return refuse (error, SAK_ERROR_INVALID, path, "must be an array of codes");
  json_array_foreach (value, i, code)
    {
      if (!check_choice (field, path, code, error))
        return FALSE;
      if (json_string_length (code) == 0
          || !g_hash_table_add (seen, (gpointer) json_string_value (code)))
        return refuse (error, SAK_ERROR_INVALID, path, "a code is empty or there twice");
    }
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
    return refuse (error, SAK_ERROR_INVALID, path, "must be a number");
  if (sak_form_field_is_integer (field) && number != trunc (number))
    return refuse (error, SAK_ERROR_INVALID, path, "must be a whole number");
  if (number < sak_form_field_get_minimum (field) || number > sak_form_field_get_maximum (field))
    return refuse (error, SAK_ERROR_INVALID, path, "out of range");
  return TRUE;
}

static gboolean
check_edtf (const char    *path,
            const json_t  *value,
            GError       **error)
{
  SakDateSpan span;

  if (!check_line (path, value, SAK_FORM_MAX_EDTF, error))
    return FALSE;
  if (json_string_length (value) > 0 && !sak_date_parse (json_string_value (value), &span, NULL))
    return refuse (error, SAK_ERROR_INVALID, path, "not a date in EDTF");
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
  if (!has_only_members (value, members))
    return refuse (error, SAK_ERROR_INVALID, path,
                   "must be EDTF text or an object of edtf and said");
  return (edtf == NULL || check_edtf (path, edtf, error))
         && (said == NULL || check_line (path, said, SAK_FORM_MAX_LINE, error))
         && (calendar == NULL || check_code (path, calendar, sak_form_calendar_codes, error));
}

static gboolean
check_place (const char    *path,
             const json_t  *value,
             GError       **error)
{
  static const char *const members[] = { "name", "region", "country", "precision", NULL };
  const json_t *region = json_object_get (value, "region");
  const json_t *country = json_object_get (value, "country");
  const json_t *precision = json_object_get (value, "precision");

  if (!has_only_members (value, members))
    return refuse (error, SAK_ERROR_INVALID, path, "must be an object with a name");
  if (country != NULL
      && (json_string_length (country) != 2
          || strspn (json_string_value (country), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2))
    return refuse (error, SAK_ERROR_INVALID, path, "the country must be two capital letters");
  if (region != NULL && !check_line (path, region, SAK_FORM_MAX_LINE, error))
    return FALSE;
  if (precision != NULL && !check_code (path, precision, sak_form_precision_codes, error))
    return FALSE;
  return check_line (path, json_object_get (value, "name"), SAK_FORM_MAX_LINE, error);
}

static gboolean
check_link (const SakForm  *self,
            const char     *path,
            const json_t   *value,
            GError        **error)
{
  static const char *const members[] = { "role", "to", "note", NULL };
  const char *role = sak_json_get_text (value, "role");
  const char *to = sak_json_get_text (value, "to");
  const json_t *note = json_object_get (value, "note");

  if (!has_only_members (value, members) || role == NULL || to == NULL)
    return refuse (error, SAK_ERROR_INVALID, path, "must be an object of role and to");
  if (sak_form_find_links (self, role) == NULL)
    return refuse (error, SAK_ERROR_INVALID, path, "the form has no such role");
  if (!sak_uuid_is_valid (to))
    return refuse (error, SAK_ERROR_INVALID, path, "what it links to is not a record id");
  return note == NULL || check_line (path, note, SAK_FORM_MAX_LINE, error);
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
  return value == NULL || check_line (path, value, SAK_FORM_MAX_LINE, error);
}

static gboolean
check_media (const char    *path,
             const json_t  *value,
             GError       **error)
{
  static const char *const members[] = {
    "sha256", "size", "type", "name", "name_bytes", "added", "modified", "taken", "camera", "source",
    "exif", "gps", "caption", NULL
  };
  const json_t *name_bytes = json_object_get (value, "name_bytes");
  const json_t *caption = json_object_get (value, "caption");
  const json_t *size = json_object_get (value, "size");

  if (!has_only_members (value, members))
    return refuse (error, SAK_ERROR_INVALID, path, "must be an object that describes a file");
  if (!is_hex (json_object_get (value, "sha256"), 64, 64))
    return refuse (error, SAK_ERROR_INVALID, path, "sha256 must be 64 digits");
  if (!json_is_integer (size) || json_integer_value (size) < 0)
    return refuse (error, SAK_ERROR_INVALID, path, "size must be a whole number");
  if (name_bytes != NULL && !is_hex (name_bytes, 2, 8 * SAK_FORM_MAX_LINE))
    return refuse (error, SAK_ERROR_INVALID, path, "name_bytes must be hexadecimal");
  if (!is_time_or_missing (json_object_get (value, "added"), TRUE)
      || !is_time_or_missing (json_object_get (value, "modified"), TRUE)
      || !is_time_or_missing (json_object_get (value, "taken"), FALSE))
    return refuse (error, SAK_ERROR_INVALID, path, "added, modified and taken must be times");
  if (!is_bool_or_missing (json_object_get (value, "exif"))
      || !is_bool_or_missing (json_object_get (value, "gps")))
    return refuse (error, SAK_ERROR_INVALID, path, "exif and gps must be true or false");
  return check_line (path, json_object_get (value, "type"), SAK_FORM_MAX_TYPE, error)
         && check_line (path, json_object_get (value, "name"), SAK_FORM_MAX_LINE, error)
         && check_line_or_missing (path, json_object_get (value, "camera"), error)
         && check_line_or_missing (path, json_object_get (value, "source"), error)
         && (caption == NULL || check_paragraphs (path, caption, error));
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

static gboolean
check_value (const SakForm       *self,
             const SakFormField  *field,
             const char          *path,
             const json_t        *value,
             GError             **error)
{
  switch (field->type)
    {
    case SAK_FIELD_TEXT:
      return check_line (path, value, SAK_FORM_MAX_LINE, error);
    case SAK_FIELD_PARAGRAPHS:
      return check_paragraphs (path, value, error);
    case SAK_FIELD_CHOICE:
      return check_choice (field, path, value, error);
    case SAK_FIELD_CHOICES:
      return check_choices (field, path, value, error);
    case SAK_FIELD_NUMBER:
      return check_number (field, path, value, error);
    case SAK_FIELD_YESNO:
      return check_code (path, value, sak_form_yesno_codes, error);
    case SAK_FIELD_DATE:
      return check_date (path, value, error);
    case SAK_FIELD_PLACE:
      return check_place (path, value, error);
    case SAK_FIELD_LINKS:
      return check_link (self, path, value, error);
    case SAK_FIELD_MEDIA:
      return check_media (path, value, error);
    case SAK_FIELD_CONSENT:
    default:
      return check_consent (path, value, error);
    }
}

static gboolean
check_path (const SakForm  *self,
            const char     *path,
            const json_t   *value,
            GError        **error)
{
  const SakFormField *field = sak_form_find_field (self, path);
  gboolean needs_uuid;

  if (strcmp (path, SAK_PATH_CODE) == 0)
    return check_line (path, value, SAK_FORM_MAX_CODE, error);
  if (field == NULL)
    return refuse (error, SAK_ERROR_INVALID, path, "the form has no such field");
  needs_uuid = field->type == SAK_FIELD_LINKS || field->type == SAK_FIELD_MEDIA;
  if (needs_uuid && strchr (path, '/') == NULL)
    return refuse (error, SAK_ERROR_INVALID, path,
                   "each value needs a path of its own, with a UUID");
  return check_value (self, field, path, value, error);
}

/**
 * sak_form_check_draft:
 *
 * Errors: INVALID for paths and values that the form does not know; TOO_LARGE over one
 * of the limits. What is missing is no error.
 */
gboolean
sak_form_check_draft (const SakForm  *self,
                      const json_t   *fields,
                      GError        **error)
{
  const char *path;
  json_t *value;

  if (!json_is_object (fields))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "The fields must be a JSON object");
      return FALSE;
    }
  if (json_object_size (fields) > SAK_PATH_MAX_FIELDS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "More than %d fields",
                   SAK_PATH_MAX_FIELDS);
      return FALSE;
    }
  json_object_foreach ((json_t *) fields, path, value)
    if (!check_path (self, path, value, error))
      return FALSE;
  return TRUE;
}

/**
 * sak_form_check_finished:
 *
 * As a draft, and nothing required may be missing: INVALID, with the paths.
 */
gboolean
sak_form_check_finished (const SakForm  *self,
                         const json_t   *fields,
                         GError        **error)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GString) paths = g_string_new (NULL);

  if (!sak_form_check_draft (self, fields, error))
    return FALSE;
  missing = sak_form_list_missing (self, fields);
  if (missing->len == 0)
    return TRUE;
  for (guint i = 0; i < missing->len; i++)
    g_string_append_printf (paths, " %s", sak_form_field_get_path (g_ptr_array_index (missing, i)));
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "Still empty:%s", paths->str);
  return FALSE;
}
