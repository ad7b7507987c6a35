/* sak-form-condition.c - skip rules: which fields are asked, given what is answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A closed little language over the other fields of the form, or the other columns of the row:
 *
 *   { "path": P, "answered": true | false }
 *   { "path": P, "is": CODE }   { "path": P, "is_not": CODE }   { "path": P, "includes": CODE }
 *   { "and": [ … ] }   { "or": [ … ] }
 *
 * with "role" beside the path of links, and "column" beside that of a table, where some row of it must fit.
 * A hidden field counts as not answered; "is_not" fits that, too. "includes" also fits a term
 * under the code. No rule may lead back to its own field, so that there is always an answer.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-path.h"

#include <string.h>

#define MAX_DEPTH 4
#define MAX_PARTS 20

/* One look at the fields, or at one row. */
typedef struct
{
  GArray *fields;
  const json_t *values;
  guint8 *states;               /* State, for each of the fields */
} Look;

typedef enum { NOT_LOOKED, LOOKING, SHOWN, HIDDEN } State;

const SakFormField *
sak_form_find_in (GArray     *fields,
                  const char *path,
                  const char *role)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const SakFormField *field = &g_array_index (fields, SakFormField, i);

      if (g_strcmp0 (sak_form_field_get_path (field), path) == 0
          && (role == NULL || g_strcmp0 (sak_form_field_get_link_role (field), role) == 0))
        return field;
    }
  return NULL;
}

static const SakFormField *
find_target (GArray       *fields,
             const json_t *condition)
{
  return sak_form_find_in (fields, sak_json_get_text (condition, "path"), sak_json_get_text (condition, "role"));
}

/* Evaluating */

static gboolean is_shown (Look *look, const SakFormField *field);

static gboolean
is_code_in (const SakFormField *field,
            const char         *code,
            const char         *asked)
{
  const SakVocabulary *vocabulary = sak_form_field_get_vocabulary (field);
  const SakTerm *term = sak_vocabulary_resolve (vocabulary, code);
  const SakTerm *ancestor = sak_vocabulary_resolve (vocabulary, asked);

  return term != NULL && ancestor != NULL && sak_term_is_in (term, ancestor);
}

static gboolean
value_includes (const SakFormField *field,
                const json_t       *value,
                const char         *asked)
{
  json_t *each;
  gsize i;

  if (json_is_string (value))
    return strcmp (json_string_value (value), asked) == 0
           || (sak_form_field_get_vocabulary (field) != NULL
               && is_code_in (field, json_string_value (value), asked));
  json_array_foreach (value, i, each)
    if (json_is_string (each) && value_includes (field, each, asked))
      return TRUE;
  return FALSE;
}

static gboolean
fits (const SakFormField *field,
      const json_t       *condition,
      const json_t       *value)
{
  const json_t *answered = json_object_get (condition, "answered");
  const char *is = sak_json_get_text (condition, "is");
  const char *is_not = sak_json_get_text (condition, "is_not");
  const char *includes = sak_json_get_text (condition, "includes");

  if (answered != NULL)
    return json_is_true (answered) == sak_form_is_answer (value);
  if (is != NULL)
    return g_strcmp0 (json_string_value (value), is) == 0;
  if (is_not != NULL)
    return g_strcmp0 (json_string_value (value), is_not) != 0;
  return includes != NULL && value_includes (field, value, includes);
}

/* Rows by their paths, or within a row as an array. */
static gboolean
some_row_fits (Look               *look,
               const SakFormField *table,
               const json_t       *condition)
{
  const char *name = sak_json_get_text (condition, "column");
  const SakFormField *column = sak_form_field_find_column (table, name);
  const json_t *nested = json_object_get (look->values, sak_form_field_get_path (table));
  const char *path;
  json_t *row;
  gsize i;

  if (column == NULL)
    return FALSE;
  json_object_foreach ((json_t *) look->values, path, row)
    if (sak_path_is_in (path, sak_form_field_get_path (table))
        && fits (column, condition, json_object_get (row, name)))
      return TRUE;
  json_array_foreach (nested, i, row)
    if (fits (column, condition, json_object_get (row, name)))
      return TRUE;
  return FALSE;
}

static gboolean
leaf_holds (Look         *look,
            const json_t *condition)
{
  const SakFormField *target = find_target (look->fields, condition);
  const json_t *answered = json_object_get (condition, "answered");

  if (target == NULL)
    return FALSE;
  if (!is_shown (look, target))
    return fits (target, condition, NULL);
  if (json_object_get (condition, "column") != NULL)
    return some_row_fits (look, target, condition);
  if (answered != NULL)
    return json_is_true (answered) == sak_form_field_is_answered (target, look->values);
  return fits (target, condition, json_object_get (look->values, sak_form_field_get_path (target)));
}

static gboolean
holds (Look         *look,
       const json_t *condition)
{
  const json_t *all = json_object_get (condition, "and");
  const json_t *any = json_object_get (condition, "or");
  json_t *part;
  gsize i;

  json_array_foreach (all, i, part)
    if (!holds (look, part))
      return FALSE;
  if (all != NULL)
    return TRUE;
  json_array_foreach (any, i, part)
    if (holds (look, part))
      return TRUE;
  return any == NULL && leaf_holds (look, condition);
}

static const json_t *
get_own_condition (const SakFormField *field)
{
  return json_object_get (field->data, "show_if");
}

static const json_t *
get_section_condition (const SakFormField *field)
{
  return json_object_get (field->section, "show_if");
}

/* Each field is looked at once, or rules that branch would cost the power of their number. */
static gboolean
is_shown (Look               *look,
          const SakFormField *field)
{
  guint8 *state = &look->states[field - &g_array_index (look->fields, SakFormField, 0)];
  const json_t *own = get_own_condition (field);
  const json_t *section = get_section_condition (field);

  if (*state != NOT_LOOKED)
    return *state != HIDDEN;
  *state = LOOKING;
  *state = (section == NULL || holds (look, section)) && (own == NULL || holds (look, own)) ? SHOWN : HIDDEN;
  return *state == SHOWN;
}

gboolean
sak_form_is_shown_in (GArray             *fields,
                      const SakFormField *field,
                      const json_t       *values)
{
  g_autofree guint8 *states = NULL;
  Look look = { fields, values, NULL };

  if (get_own_condition (field) == NULL && get_section_condition (field) == NULL)
    return TRUE;
  states = g_new0 (guint8, fields->len);
  look.states = states;
  return is_shown (&look, field);
}

/* Checking what somebody wrote */

static gboolean
is_code_of (const SakFormField *field,
            const char         *code)
{
  const SakVocabulary *vocabulary = sak_form_field_get_vocabulary (field);

  if (field->type == SAK_FIELD_YESNO)
    return g_strv_contains (sak_form_yesno_codes, code);
  if (vocabulary != NULL)
    return sak_vocabulary_find_term (vocabulary, code) != NULL;
  return sak_form_field_get_vocabulary_name (field) != NULL
         || sak_form_field_get_option_label_for (field, code, "en") != NULL;
}

static gboolean
lint_operator (const SakFormField  *target,
               const json_t        *condition,
               const char          *place,
               GError             **error)
{
  static const char *const operators[] = { "answered", "is", "is_not", "includes" };
  const char *found = NULL;
  guint n_found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (json_object_get (condition, operators[i]) != NULL)
      {
        found = operators[i];
        n_found++;
      }
  if (n_found != 1)
    return sak_form_refuse (place, error, "show_if wants one of answered, is, is_not and includes");
  if (strcmp (found, "answered") == 0)
    return json_is_boolean (json_object_get (condition, found))
           || sak_form_refuse (place, error, "answered in show_if is not true or false");
  if (target->type != SAK_FIELD_CHOICE && target->type != SAK_FIELD_CHOICES && target->type != SAK_FIELD_YESNO)
    return sak_form_refuse (place, error, "show_if compares a field that has no codes");
  if (target->type == SAK_FIELD_CHOICES && strcmp (found, "includes") != 0)
    return sak_form_refuse (place, error, "show_if on a field of several codes wants includes");
  if (sak_json_get_text (condition, found) == NULL || !is_code_of (target, sak_json_get_text (condition, found)))
    return sak_form_refuse (place, error, "show_if names a code that the field does not have");
  return TRUE;
}

static gboolean
lint_leaf (GArray        *fields,
           const json_t  *condition,
           const char    *place,
           GError       **error)
{
  static const char *const members[] = {
    "path", "role", "column", "answered", "is", "is_not", "includes", NULL
  };
  const SakFormField *target = find_target (fields, condition);
  const char *column = sak_json_get_text (condition, "column");

  if (!sak_form_has_only (condition, members))
    return sak_form_refuse (place, error, "show_if is not an object of path and what it should be");
  if (sak_json_get_text (condition, "path") == NULL || target == NULL)
    return sak_form_refuse (place, error, "show_if names a field that is not there");
  if (json_object_get (condition, "column") == NULL)
    return lint_operator (target, condition, place, error);
  if (column == NULL || sak_form_field_find_column (target, column) == NULL)
    return sak_form_refuse (place, error, "show_if names a column that is not there");
  return lint_operator (sak_form_field_find_column (target, column), condition, place, error);
}

static gboolean
lint_condition (GArray        *fields,
                const json_t  *condition,
                guint          depth,
                const char    *place,
                GError       **error)
{
  const json_t *all = json_object_get (condition, "and");
  const json_t *any = json_object_get (condition, "or");
  const json_t *parts = all != NULL ? all : any;
  json_t *part;
  gsize i;

  if (all == NULL && any == NULL)
    return lint_leaf (fields, condition, place, error);
  if (depth == 0)
    return sak_form_refuse (place, error, "show_if is nested deeper than %d levels", MAX_DEPTH);
  if (json_object_size (condition) != 1 || json_array_size (parts) == 0 || json_array_size (parts) > MAX_PARTS)
    return sak_form_refuse (place, error, "and, or in show_if is not a list of up to %d rules", MAX_PARTS);
  json_array_foreach (parts, i, part)
    if (!lint_condition (fields, part, depth - 1, place, error))
      return FALSE;
  return TRUE;
}

/* Whether rules that start at this field come back to a field on the way. */
static gboolean leads_back (GArray *fields, const json_t *condition, guint8 *states);

static gboolean
field_leads_back (GArray             *fields,
                  const SakFormField *field,
                  guint8             *states)
{
  guint8 *state = &states[field - &g_array_index (fields, SakFormField, 0)];

  if (*state == LOOKING)
    return TRUE;
  if (*state == SHOWN)
    return FALSE;
  *state = LOOKING;
  if (leads_back (fields, get_section_condition (field), states)
      || leads_back (fields, get_own_condition (field), states))
    return TRUE;
  *state = SHOWN;
  return FALSE;
}

static gboolean
leads_back (GArray       *fields,
            const json_t *condition,
            guint8       *states)
{
  const json_t *all = json_object_get (condition, "and");
  const json_t *parts = all != NULL ? all : json_object_get (condition, "or");
  json_t *part;
  gsize i;

  if (condition == NULL)
    return FALSE;
  json_array_foreach (parts, i, part)
    if (leads_back (fields, part, states))
      return TRUE;
  return parts == NULL && field_leads_back (fields, find_target (fields, condition), states);
}

gboolean
sak_form_lint_conditions (GArray      *fields,
                          const char  *place,
                          GError     **error)
{
  g_autofree guint8 *states = g_new0 (guint8, fields->len + 1);

  for (guint i = 0; i < fields->len; i++)
    {
      const SakFormField *field = &g_array_index (fields, SakFormField, i);
      const json_t *own = get_own_condition (field);
      const json_t *section = get_section_condition (field);
      g_autofree char *at = g_strdup_printf ("%s%s", place, sak_form_field_get_path (field));

      if (own != NULL && !lint_condition (fields, own, MAX_DEPTH, at, error))
        return FALSE;
      if (section != NULL && !lint_condition (fields, section, MAX_DEPTH, at, error))
        return FALSE;
    }
  for (guint i = 0; i < fields->len; i++)
    {
      const SakFormField *field = &g_array_index (fields, SakFormField, i);
      g_autofree char *at = g_strdup_printf ("%s%s", place, sak_form_field_get_path (field));

      if (field_leads_back (fields, field, states))
        return sak_form_refuse (at, error, "show_if leads in a circle back to the field");
    }
  return TRUE;
}
