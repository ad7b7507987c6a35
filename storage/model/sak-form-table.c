/* sak-form-table.c - rows of tables: whether they are what their columns ask for
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row lies at a path of its own, so that it can be withheld alone. A table within a row is
 * an array, and goes with it.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-path.h"

#include <string.h>

#define MAX_ORDER 1e9

static gboolean
check_order (const char    *place,
             const json_t  *value,
             GError       **error)
{
  double order = json_number_value (value);

  if (json_is_number (value) && order >= -MAX_ORDER && order <= MAX_ORDER)
    return TRUE;
  return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "order must be a number");
}

/* @is_row: has a path of its own, and with it an order among the others. */
static gboolean
check_columns (const SakFormRules  *rules,
               const SakFormField  *table,
               const char          *place,
               const json_t        *row,
               gboolean             is_row,
               GError             **error)
{
  const char *name;
  json_t *value;

  if (!json_is_object (row))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "a row must be an object of columns");
  json_object_foreach ((json_t *) row, name, value)
    {
      const SakFormField *column = sak_form_field_find_column (table, name);
      g_autofree char *at = NULL;

      if (is_row && strcmp (name, SAK_FORM_ORDER) == 0)
        {
          if (!check_order (place, value, error))
            return FALSE;
          continue;
        }
      if (column == NULL)
        {
          g_autofree char *what = g_strdup_printf ("the table has no column %s",
                                                   sak_path_is_valid (name) ? name : "of this name");

          return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, what);
        }
      at = g_strdup_printf ("%s, %s", place, name);
      if (!sak_form_check_value (rules, column, at, value, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sak_form_check_row (const SakFormRules  *rules,
                    const SakFormField  *table,
                    const char          *place,
                    const json_t        *value,
                    GError             **error)
{
  return check_columns (rules, table, place, value, TRUE, error);
}

gboolean
sak_form_check_nested (const SakFormRules  *rules,
                       const SakFormField  *column,
                       const char          *place,
                       const json_t        *value,
                       GError             **error)
{
  json_t *row;
  gsize i;

  if (!json_is_array (value))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "must be an array of rows");
  if (json_array_size (value) > SAK_FORM_MAX_NESTED)
    return sak_form_refuse_value (error, SAK_ERROR_TOO_LARGE, place, "has too many rows");
  json_array_foreach (value, i, row)
    {
      g_autofree char *at = g_strdup_printf ("%s, row %" G_GSIZE_FORMAT, place, i + 1);

      if (!check_columns (rules, column, at, row, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

/* In a checklist no line can be answered twice. */
static gboolean
check_table_each (const SakFormField  *table,
                  const json_t        *fields,
                  GError             **error)
{
  const SakFormField *each = sak_form_field_get_each (table);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) rows = each != NULL ? sak_form_field_list_rows (table, fields) : g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const char *path = rows->pdata[i];
      const char *code = sak_json_get_text (json_object_get (fields, path), sak_form_field_get_path (each));

      if (code != NULL && *code != '\0' && !g_hash_table_add (seen, (gpointer) code))
        return sak_form_refuse_value (error, SAK_ERROR_INVALID, path, "another row is about the same");
    }
  return TRUE;
}

gboolean
sak_form_check_each (const SakForm  *self,
                     const json_t   *fields,
                     GError        **error)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const SakFormField *field = sak_form_get_field (self, i);

      if (field->type == SAK_FIELD_TABLE && !check_table_each (field, fields, error))
        return FALSE;
    }
  return TRUE;
}

static void
list_row_gaps (const SakFormField *table,
               const char         *place,
               const json_t       *row,
               GString            *places)
{
  for (guint i = 0; i < sak_form_field_get_n_columns (table); i++)
    {
      const SakFormField *column = sak_form_field_get_column (table, i);
      const char *name = sak_form_field_get_path (column);
      const json_t *value = json_object_get (row, name);
      json_t *nested;
      gsize j;

      if (!sak_form_field_is_column_shown (table, column, row))
        continue;
      if (sak_form_field_is_required (column) && !sak_form_is_answer (value))
        g_string_append_printf (places, " %s,%s", place, name);
      if (column->type != SAK_FIELD_TABLE)
        continue;
      json_array_foreach (value, j, nested)
        {
          g_autofree char *at = g_strdup_printf ("%s,%s,%" G_GSIZE_FORMAT, place, name, j + 1);

          list_row_gaps (column, at, nested, places);
        }
    }
}

void
sak_form_list_gaps (const SakFormField *table,
                    const json_t       *fields,
                    GString            *places)
{
  g_autoptr (GPtrArray) rows = sak_form_field_list_rows (table, fields);

  for (guint i = 0; i < rows->len; i++)
    list_row_gaps (table, rows->pdata[i], json_object_get (fields, rows->pdata[i]), places);
}

typedef struct
{
  const char *path;
  double order;
  guint index;
} Row;

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *one = a, *other = b;

  if (one->order != other->order)
    return one->order < other->order ? -1 : 1;
  return one->index < other->index ? -1 : 1;
}

/**
 * sak_form_field_list_rows:
 *
 * Rows that say no order come last, as they stand in @fields.
 */
GPtrArray *
sak_form_field_list_rows (const SakFormField *self,
                          const json_t       *fields)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  GPtrArray *paths = g_ptr_array_new ();
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    {
      const json_t *order = json_object_get (value, SAK_FORM_ORDER);
      Row row = { path, json_is_number (order) ? json_number_value (order) : 2 * MAX_ORDER, rows->len };

      if (sak_path_is_in (path, sak_form_field_get_path (self)))
        g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (paths, (gpointer) g_array_index (rows, Row, i).path);
  return paths;
}
