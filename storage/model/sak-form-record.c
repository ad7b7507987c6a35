/* sak-form-record.c - whether a record's fields are what their form asks for
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line between here and elsewhere: what others signed is never held against this
 * program's forms and vocabularies. Only what is written here is checked, and even that may
 * keep codes that stood there before.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-place-coarse.h"

#include <string.h>

static gboolean
check_companion (const char    *path,
                 const json_t  *value,
                 GError       **error)
{
  if (json_is_string (value) && g_utf8_strlen (json_string_value (value), -1) <= SAK_CONSENT_MAX_TEXT)
    return TRUE;
  return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "must be text, and not too long");
}

/* Beside a place that the form asks for; what tells who somebody is has none. */
static gboolean
is_of_place (const SakFormField *field)
{
  return field != NULL && sak_form_field_get_field_type (field) == SAK_FIELD_PLACE
         && !sak_form_field_is_identity (field);
}

static gboolean
is_coarse_place (const SakForm *form,
                 const char    *path)
{
  g_autofree char *base = NULL;

  return sak_place_read_coarse_path (path, &base, NULL) && is_of_place (sak_form_find_field (form, base));
}

/**
 * sak_form_add_coarse_places:
 *
 * Beside each place among @fields that the form asks for, see sak_place_add_coarse().
 */
void
sak_form_add_coarse_places (const SakForm *self,
                            json_t        *fields)
{
  for (guint i = 0; i < sak_form_get_n_fields (self); i++)
    {
      const SakFormField *field = sak_form_get_field (self, i);

      if (is_of_place (field))
        sak_place_add_coarse (fields, sak_form_field_get_path (field));
    }
}

static gboolean
check_path (const SakFormRules  *rules,
            const char          *path,
            const json_t        *value,
            GError             **error)
{
  const SakFormField *field = sak_form_find_field (rules->form, path);

  if (strcmp (path, SAK_PATH_CODE) == 0)
    return sak_form_check_line (path, value, SAK_FORM_MAX_CODE, error);
  if (field == NULL && is_coarse_place (rules->form, path))
    return sak_place_check (path, value, error);
  if (field == NULL && sak_consent_is_companion (path)
      && sak_form_find_field (rules->form, SAK_CONSENT_PATH) != NULL)
    return check_companion (path, value, error);
  if (field == NULL)
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "the form has no such field");
  if (sak_form_field_repeats (field) && strchr (path, '/') == NULL)
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, path,
                                  "each value needs a path of its own, with a UUID");
  return sak_form_check_value (rules, field, path, value, error);
}

static gboolean
check_values (const SakFormRules  *rules,
              const json_t        *fields,
              GError             **error)
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
    if (!check_path (rules, path, value, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_plainly_missing (const SakForm      *self,
                    const SakFormField *field,
                    const json_t       *fields)
{
  const char *unless = sak_form_field_get_required_unless (field);

  if (!sak_form_field_is_required (field) || sak_form_field_is_answered (field, fields)
      || !sak_form_is_field_shown (self, field, fields))
    return FALSE;
  return unless == NULL || !sak_form_is_answer (json_object_get (fields, unless));
}

/* " title acts/<uuid>,type" */
static void
list_missing_places (const SakForm      *self,
                     const SakFormField *field,
                     const json_t       *fields,
                     GString            *places)
{
  if (is_plainly_missing (self, field, fields))
    g_string_append_printf (places, " %s", sak_form_field_get_path (field));
  if (field->type == SAK_FIELD_TABLE)
    sak_form_list_gaps (field, fields, places);
}

/**
 * sak_form_list_missing:
 *
 * What the skip rules hide is not missing.
 *
 * Returns: (transfer container): the required fields without an answer; empty when all are there
 */
GPtrArray *
sak_form_list_missing (const SakForm *self,
                       const json_t  *fields)
{
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; i < self->fields->len; i++)
    {
      const SakFormField *field = sak_form_get_field (self, i);
      g_autoptr (GString) places = g_string_new (NULL);

      list_missing_places (self, field, fields, places);
      if (places->len > 0)
        g_ptr_array_add (missing, (gpointer) field);
    }
  return missing;
}

static gboolean
check_nothing_missing (const SakForm  *self,
                       const json_t   *fields,
                       GError        **error)
{
  g_autoptr (GString) places = g_string_new (NULL);

  for (guint i = 0; i < self->fields->len; i++)
    list_missing_places (self, sak_form_get_field (self, i), fields, places);
  if (places->len == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "Still empty:%s", places->str);
  return FALSE;
}

/**
 * sak_form_check_change:
 *
 * Errors: INVALID for paths and values that the form does not know, and, where @is_finishing,
 * for what is missing, with the places; TOO_LARGE over one of the limits.
 */
gboolean
sak_form_check_change (const SakForm  *self,
                       const json_t   *fields,
                       const json_t   *before,
                       gboolean        is_finishing,
                       GError        **error)
{
  g_autoptr (GHashTable) before_texts = NULL;
  const SakFormRules rules = { self, before, is_finishing, &before_texts, FALSE };

  if (!check_values (&rules, fields, error))
    return FALSE;
  return !is_finishing
         || (sak_form_check_each (self, fields, error) && check_nothing_missing (self, fields, error));
}

/**
 * sak_form_check_entry:
 *
 * As sak_form_check_change() of a draft that somebody enters here: countries and divisions must be real
 * ones, too, unless the place stood in @before with the same.
 */
gboolean
sak_form_check_entry (const SakForm  *self,
                      const json_t   *fields,
                      const json_t   *before,
                      GError        **error)
{
  g_autoptr (GHashTable) before_texts = NULL;
  const SakFormRules rules = { self, before, FALSE, &before_texts, TRUE };

  return check_values (&rules, fields, error);
}

/**
 * sak_form_check_draft:
 *
 * As sak_form_check_change() of a new record; what is missing is no error.
 */
gboolean
sak_form_check_draft (const SakForm  *self,
                      const json_t   *fields,
                      GError        **error)
{
  return sak_form_check_change (self, fields, NULL, FALSE, error);
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
  return sak_form_check_change (self, fields, NULL, TRUE, error);
}

/* Versions */

/* Where the older version's field, or one value of it, is in this one. */
static char *
find_new_path (const json_t *moves,
               const char   *path)
{
  g_autofree char *collection = g_strndup (path, strcspn (path, "/"));
  const char *to = sak_json_get_text (moves, collection);

  return to != NULL ? g_strconcat (to, path + strlen (collection), NULL) : g_strdup (path);
}

static const json_t *
find_moves (const SakForm *self,
            const SakForm *older)
{
  g_autofree char *version = g_strdup_printf ("%u", sak_form_get_version (older));

  return json_object_get (json_object_get (self->data, "moved"), version);
}

/**
 * sak_form_upgrade:
 *
 * Nothing is left behind: an answer whose field is neither here nor moved is an error, and so is
 * one that this version cannot take.
 */
json_t *
sak_form_upgrade (const SakForm  *self,
                  const SakForm  *older,
                  const json_t   *fields,
                  GError        **error)
{
  const json_t *moves = find_moves (self, older);
  g_autoptr (json_t) moved = json_object ();
  const char *path;
  json_t *value;

  if (g_strcmp0 (sak_form_get_kind (self), sak_form_get_kind (older)) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the two forms are for different kinds of record");
      return NULL;
    }
  json_object_foreach ((json_t *) fields, path, value)
    {
      g_autofree char *to = find_new_path (moves, path);

      if (json_object_get (moved, to) != NULL)
        {
          sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "another answer is where it would move to");
          return NULL;
        }
      json_object_set (moved, to, value);
    }
  return sak_form_check_change (self, moved, fields, FALSE, error) ? g_steal_pointer (&moved) : NULL;
}
