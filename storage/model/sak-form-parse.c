/* sak-form-parse.c - a form out of its text
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First the head and every field for itself, then what they say of each other: the second
 * may rely on what the first has seen.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include <string.h>

static const struct
{
  const char *name;
  SakFieldType type;
} type_names[] = {
  { "text", SAK_FIELD_TEXT },
  { "paragraphs", SAK_FIELD_PARAGRAPHS },
  { "choice", SAK_FIELD_CHOICE },
  { "choices", SAK_FIELD_CHOICES },
  { "number", SAK_FIELD_NUMBER },
  { "yesno", SAK_FIELD_YESNO },
  { "date", SAK_FIELD_DATE },
  { "place", SAK_FIELD_PLACE },
  { "links", SAK_FIELD_LINKS },
  { "media", SAK_FIELD_MEDIA },
  { "consent", SAK_FIELD_CONSENT },
  { "money", SAK_FIELD_MONEY },
  { "span", SAK_FIELD_SPAN },
  { "table", SAK_FIELD_TABLE },
  { "link", SAK_FIELD_LINK },
};

static gboolean
find_type (const char   *name,
           SakFieldType *ret_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (type_names); i++)
    if (g_strcmp0 (type_names[i].name, name) == 0)
      {
        *ret_type = type_names[i].type;
        return TRUE;
      }
  return FALSE;
}

static void
clear_field (gpointer data)
{
  SakFormField *field = data;

  g_clear_pointer (&field->columns, g_array_unref);
}

static GArray *
new_fields (void)
{
  GArray *fields = g_array_new (FALSE, TRUE, sizeof (SakFormField));

  g_array_set_clear_func (fields, clear_field);
  return fields;
}

static gboolean add_field (GArray *fields, const json_t *data, const json_t *section, guint section_index,
                           guint level, const char *place, GError **error);

static gboolean
add_columns (SakFormField  *table,
             guint          level,
             const char    *place,
             GError       **error)
{
  const json_t *columns = json_object_get (table->data, "columns");
  json_t *data;
  gsize i;

  table->columns = new_fields ();
  if (json_array_size (columns) == 0 || json_array_size (columns) > SAK_FORM_MAX_COLUMNS)
    return sak_form_refuse (place, error, "columns is not a list of up to %d", SAK_FORM_MAX_COLUMNS);
  json_array_foreach (columns, i, data)
    {
      g_autofree char *at = g_strdup_printf ("%s, column %" G_GSIZE_FORMAT, place, i + 1);

      if (!add_field (table->columns, data, NULL, table->section_index, level, at, error))
        return FALSE;
    }
  return TRUE;
}

/* @level: 0 for fields, 1 for columns, 2 for columns of a table within a row. */
static gboolean
add_field (GArray        *fields,
           const json_t  *data,
           const json_t  *section,
           guint          section_index,
           guint          level,
           const char    *place,
           GError       **error)
{
  const char *name = sak_json_get_text (data, level == 0 ? "path" : "name");
  g_autofree char *named = NULL;
  SakFormField field = { SAK_FIELD_TEXT, section_index, section, data, NULL };

  if (name == NULL || !sak_form_lint_name (name))
    return sak_form_refuse (place, error, "%s is not of small letters, digits, points and _",
                            level == 0 ? "path" : "name");
  named = g_strdup_printf ("%s (%s)", place, name);
  if (!find_type (sak_json_get_text (data, "type"), &field.type))
    return sak_form_refuse (named, error, "its type is not known");
  if (level == 2 && field.type == SAK_FIELD_TABLE)
    return sak_form_refuse (named, error, "tables are nested deeper than one level");
  if (!sak_form_lint_field (data, field.type, named, level > 0, error))
    return FALSE;
  if (field.type == SAK_FIELD_TABLE && !add_columns (&field, level + 1, named, error))
    {
      clear_field (&field);
      return FALSE;
    }
  g_array_append_val (fields, field);
  return TRUE;
}

static gboolean
add_section (SakForm       *self,
             guint          index,
             const json_t  *section,
             GError       **error)
{
  json_t *data;
  gsize i;

  json_array_foreach (json_object_get (section, "fields"), i, data)
    {
      g_autofree char *place = g_strdup_printf ("section %u, field %" G_GSIZE_FORMAT, index + 1, i + 1);

      if (self->fields->len >= SAK_FORM_MAX_FIELDS)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "form: %s: more than %d fields", place,
                       SAK_FORM_MAX_FIELDS);
          return FALSE;
        }
      if (!add_field (self->fields, data, section, index, 0, place, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * sak_form_parse:
 * @size: in bytes, or -1 for a terminated string
 *
 * Errors: INVALID with the place in the form, TOO_LARGE over one of the limits.
 *
 * Returns: (transfer full): like the shipped ones, it never changes; any thread
 */
SakForm *
sak_form_parse (const char  *text,
                gssize       size,
                GError     **error)
{
  g_autoptr (SakForm) self = g_new0 (SakForm, 1);
  json_t *section;
  gsize i, length = size < 0 ? strlen (text) : (gsize) size;

  g_atomic_ref_count_init (&self->ref_count);
  self->fields = new_fields ();
  if (length > SAK_FORM_MAX_SIZE)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "form: more than %d bytes", SAK_FORM_MAX_SIZE);
      return NULL;
    }
  self->data = sak_json_parse (text, (gssize) length, error);
  if (self->data == NULL || !sak_form_lint_head (self->data, error))
    return NULL;
  json_array_foreach (json_object_get (self->data, "sections"), i, section)
    if (!add_section (self, (guint) i, section, error))
      return NULL;
  if (!sak_form_lint_fields (self, error))
    return NULL;
  self->schema = sak_form_make_schema (self);
  return g_steal_pointer (&self);
}

SakForm *
sak_form_ref (const SakForm *self)
{
  g_atomic_ref_count_inc (&((SakForm *) self)->ref_count);
  return (SakForm *) self;
}

void
sak_form_unref (SakForm *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->fields, g_array_unref);
  json_decref (self->data);
  g_free (self->schema);
  g_free (self);
}
