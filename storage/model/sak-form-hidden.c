/* sak-form-hidden.c - answers that nobody is asked for any more, because of other answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They stay in the record until a person says otherwise. What is hidden counts as not answered
 * wherever a rule asks, so taking it out hides and shows nothing else.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-path.h"

typedef struct
{
  SakFormHiddenFunc func;       /* NULL: takes out instead */
  gpointer user_data;
} Hunt;

/* Links of other roles, which other fields show, share the path. */
static void
take_out_all (const SakFormField *field,
              json_t             *fields)
{
  const char *role = sak_form_field_get_link_role (field);
  const char *path;
  json_t *value;
  void *next;

  json_object_foreach_safe (fields, next, path, value)
    if (sak_path_is_in (path, sak_form_field_get_path (field))
        && (role == NULL || g_strcmp0 (role, sak_json_get_text (value, "role")) == 0))
      json_object_del (fields, path);
}

static void
hunt_row (const Hunt         *hunt,
          const SakFormField *table,
          json_t             *row)
{
  for (guint i = 0; i < sak_form_field_get_n_columns (table); i++)
    {
      const SakFormField *column = sak_form_field_get_column (table, i);
      json_t *value = json_object_get (row, sak_form_field_get_path (column));
      json_t *nested;
      gsize n;

      if (!sak_form_is_answer (value))
        continue;
      if (sak_form_field_is_column_shown (table, column, row))
        json_array_foreach (value, n, nested)
          hunt_row (hunt, column, nested);
      else if (hunt->func != NULL)
        hunt->func (table, column, hunt->user_data);
      else
        json_object_del (row, sak_form_field_get_path (column));
    }
}

static void
hunt_field (const Hunt         *hunt,
            const SakForm      *form,
            const SakFormField *field,
            json_t             *fields)
{
  const char *path;
  json_t *row;

  if (!sak_form_field_is_answered (field, fields))
    return;
  if (!sak_form_is_field_shown (form, field, fields))
    {
      if (hunt->func != NULL)
        hunt->func (NULL, field, hunt->user_data);
      else if (sak_form_field_repeats (field))
        take_out_all (field, fields);
      else
        json_object_del (fields, sak_form_field_get_path (field));
    }
  else if (sak_form_field_get_field_type (field) == SAK_FIELD_TABLE)
    json_object_foreach (fields, path, row)
      if (sak_path_is_in (path, sak_form_field_get_path (field)))
        hunt_row (hunt, field, row);
}

static void
hunt_all (const Hunt    *hunt,
          const SakForm *form,
          json_t        *fields)
{
  for (guint i = 0; i < sak_form_get_n_fields (form); i++)
    hunt_field (hunt, form, sak_form_get_field (form, i), fields);
}

/**
 * sak_form_foreach_hidden:
 * @func: once for each answer: a column as often as rows have it
 */
void
sak_form_foreach_hidden (const SakForm     *self,
                         const json_t      *fields,
                         SakFormHiddenFunc  func,
                         gpointer           user_data)
{
  const Hunt hunt = { func, user_data };

  g_return_if_fail (func != NULL);

  hunt_all (&hunt, self, (json_t *) fields);
}

void
sak_form_remove_hidden (const SakForm *self,
                        json_t        *fields)
{
  const Hunt hunt = { NULL, NULL };

  hunt_all (&hunt, self, fields);
}
