/* sak-form-field.c - asking a field of a form, and its columns
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-path.h"

#include <math.h>
#include <string.h>

/* "my_MM.UTF-8" asks for "my". */
const char *
sak_form_translate (const json_t *words,
                    const char   *language)
{
  g_autofree char *plain = g_strndup (language, strcspn (language, "-_.@"));
  const char *text = sak_json_get_text (words, plain);

  return text != NULL ? text : sak_json_get_text (words, "en");
}

gboolean
sak_form_field_repeats (const SakFormField *self)
{
  return self->type == SAK_FIELD_LINKS || self->type == SAK_FIELD_MEDIA || self->type == SAK_FIELD_TABLE;
}

/* Asking a field */

const char *
sak_form_field_get_path (const SakFormField *self)
{
  const char *path = sak_json_get_text (self->data, "path");

  return path != NULL ? path : sak_json_get_text (self->data, "name");
}

SakFieldType
sak_form_field_get_field_type (const SakFormField *self)
{
  return self->type;
}

gboolean
sak_form_field_is_required (const SakFormField *self)
{
  return json_is_true (json_object_get (self->data, "required"));
}

const char *
sak_form_field_get_required_unless (const SakFormField *self)
{
  return sak_json_get_text (self->data, "required_unless");
}

gboolean
sak_form_field_is_identity (const SakFormField *self)
{
  return sak_path_is_identity (sak_form_field_get_path (self));
}

gboolean
sak_form_field_is_listed (const SakFormField *self)
{
  return json_is_true (json_object_get (self->data, "listed"));
}

guint
sak_form_field_get_section_index (const SakFormField *self)
{
  return self->section_index;
}

const char *
sak_form_field_get_section (const SakFormField *self,
                            const char         *language)
{
  return sak_form_translate (json_object_get (self->section, "label"), language);
}

const char *
sak_form_field_get_label (const SakFormField *self,
                          const char         *language)
{
  return sak_form_translate (json_object_get (self->data, "label"), language);
}

/* In the first forms the help was one text, with the example beside it. */
const char *
sak_form_field_get_help_part (const SakFormField *self,
                              SakHelpPart         part,
                              const char         *language)
{
  static const char *const members[] = { "means", "ask", "write", "example" };
  const json_t *help = json_object_get (self->data, "help");

  g_return_val_if_fail (part < G_N_ELEMENTS (members), NULL);

  if (part == SAK_HELP_MEANS && sak_json_get_text (help, "en") != NULL)
    return sak_form_translate (help, language);
  if (part == SAK_HELP_EXAMPLE && json_object_get (self->data, "example") != NULL)
    return sak_form_translate (json_object_get (self->data, "example"), language);
  return sak_form_translate (json_object_get (help, members[part]), language);
}

const char *
sak_form_field_get_help (const SakFormField *self,
                         const char         *language)
{
  return sak_form_field_get_help_part (self, SAK_HELP_MEANS, language);
}

const char *
sak_form_field_get_example (const SakFormField *self,
                            const char         *language)
{
  return sak_form_field_get_help_part (self, SAK_HELP_EXAMPLE, language);
}

guint
sak_form_field_get_n_options (const SakFormField *self)
{
  return (guint) json_array_size (json_object_get (self->data, "options"));
}

static const json_t *
get_option (const SakFormField *self,
            guint               n)
{
  return json_array_get (json_object_get (self->data, "options"), n);
}

const char *
sak_form_field_get_option (const SakFormField *self,
                           guint               n)
{
  return sak_json_get_text (get_option (self, n), "code");
}

const char *
sak_form_field_get_option_label (const SakFormField *self,
                                 guint               n,
                                 const char         *language)
{
  return sak_form_translate (json_object_get (get_option (self, n), "label"), language);
}

/**
 * sak_form_field_get_option_label_for:
 *
 * Returns: (nullable): NULL for a code that the form does not know
 */
const char *
sak_form_field_get_option_label_for (const SakFormField *self,
                                     const char         *code,
                                     const char         *language)
{
  for (guint i = 0; i < sak_form_field_get_n_options (self); i++)
    if (g_strcmp0 (sak_form_field_get_option (self, i), code) == 0)
      return sak_form_field_get_option_label (self, i, language);
  if (sak_form_field_get_vocabulary (self) == NULL)
    return NULL;
  return sak_vocabulary_get_label_for (sak_form_field_get_vocabulary (self), code, language);
}

double
sak_form_field_get_minimum (const SakFormField *self)
{
  const json_t *minimum = json_object_get (self->data, "minimum");

  return minimum != NULL ? json_number_value (minimum) : -INFINITY;
}

double
sak_form_field_get_maximum (const SakFormField *self)
{
  const json_t *maximum = json_object_get (self->data, "maximum");

  return maximum != NULL ? json_number_value (maximum) : INFINITY;
}

gboolean
sak_form_field_is_integer (const SakFormField *self)
{
  return json_is_true (json_object_get (self->data, "integer"));
}

/**
 * sak_form_field_get_link_kind:
 *
 * Returns: (nullable): the kind of record to link to; NULL if the field is not one of links
 */
const char *
sak_form_field_get_link_kind (const SakFormField *self)
{
  return sak_json_get_text (self->data, "kind");
}

const char *
sak_form_field_get_link_role (const SakFormField *self)
{
  return sak_json_get_text (self->data, "role");
}

/* Vocabularies */

const char *
sak_form_field_get_vocabulary_name (const SakFormField *self)
{
  return sak_json_get_text (self->data, "vocabulary");
}

const SakVocabulary *
sak_form_field_get_vocabulary (const SakFormField *self)
{
  return sak_vocabulary_get (sak_form_field_get_vocabulary_name (self));
}

const char *
sak_form_field_get_under (const SakFormField *self)
{
  return sak_json_get_text (self->data, "under");
}

/* Tables */

guint
sak_form_field_get_n_columns (const SakFormField *self)
{
  return self->columns != NULL ? self->columns->len : 0;
}

const SakFormField *
sak_form_field_get_column (const SakFormField *self,
                           guint               n)
{
  return n < sak_form_field_get_n_columns (self) ? &g_array_index (self->columns, SakFormField, n) : NULL;
}

const SakFormField *
sak_form_field_find_column (const SakFormField *self,
                            const char         *name)
{
  return self->columns != NULL ? sak_form_find_in (self->columns, name, NULL) : NULL;
}

gboolean
sak_form_field_is_column_shown (const SakFormField *self,
                                const SakFormField *column,
                                const json_t       *row)
{
  return sak_form_is_shown_in (self->columns, column, row);
}

const SakFormField *
sak_form_field_get_each (const SakFormField *self)
{
  const char *name = sak_json_get_text (self->data, "each");

  return name != NULL ? sak_form_field_find_column (self, name) : NULL;
}

const char *
sak_form_field_get_row_label (const SakFormField *self,
                              const char         *language)
{
  return sak_form_translate (json_object_get (self->data, "row_label"), language);
}
