/* sak-form-lint.c - what a form may say, as a whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-path.h"

#include <string.h>

/**
 * sak_form_refuse:
 * @place: what is wrong: "section 2, field 3 (title)"; made of checked names only
 *
 * Returns: FALSE
 */
gboolean
sak_form_refuse (const char  *place,
                 GError     **error,
                 const char  *format,
                 ...)
{
  g_autofree char *fault = NULL;
  va_list arguments;

  va_start (arguments, format);
  fault = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "form: %s: %s", place, fault);
  return FALSE;
}

static gboolean
is_name (const char *name)
{
  return name != NULL && strlen (name) <= SAK_FORM_MAX_NAME && g_ascii_islower (name[0])
         && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen (name);
}

static gboolean
lint_section (const json_t  *section,
              const char    *place,
              GError       **error)
{
  static const char *const members[] = {
    "label", "help", "deeper", "pack", "show_if", "fields", "review", NULL
  };
  const json_t *help = json_object_get (section, "help");
  const json_t *deeper = json_object_get (section, "deeper");
  const json_t *pack = json_object_get (section, "pack");

  if (!sak_form_lint_members (section, members, place, error)
      || !sak_form_lint_words (json_object_get (section, "label"), SAK_FORM_MAX_LABEL, place, "label", error)
      || (help != NULL && !sak_form_lint_words (help, SAK_FORM_MAX_HELP, place, "help", error)))
    return FALSE;
  if (deeper != NULL && !json_is_boolean (deeper))
    return sak_form_refuse (place, error, "deeper is not true or false");
  if (pack != NULL && !is_name (json_string_value (pack)))
    return sak_form_refuse (place, error, "pack is not the name of one");
  if (json_array_size (json_object_get (section, "fields")) == 0)
    return sak_form_refuse (place, error, "fields is not a list, or empty");
  return TRUE;
}

static gboolean
lint_sections (const json_t  *sections,
               GError       **error)
{
  json_t *section;
  gsize i;

  if (json_array_size (sections) == 0 || json_array_size (sections) > SAK_FORM_MAX_SECTIONS)
    return sak_form_refuse ("head", error, "sections is not a list of up to %d", SAK_FORM_MAX_SECTIONS);
  json_array_foreach (sections, i, section)
    {
      g_autofree char *place = g_strdup_printf ("section %" G_GSIZE_FORMAT, i + 1);

      if (!lint_section (section, place, error))
        return FALSE;
    }
  return TRUE;
}

/* { "1": { OLD: NEW, … } } */
static gboolean
lint_moved (const json_t  *moved,
            GError       **error)
{
  const char *version, *path;
  json_t *moves, *to;

  if (moved != NULL && !json_is_object (moved))
    return sak_form_refuse ("head", error, "moved is not an object");
  json_object_foreach ((json_t *) moved, version, moves)
    {
      if (!json_is_object (moves) || strspn (version, "0123456789") != strlen (version))
        return sak_form_refuse ("head", error, "moved is not an object of version and paths");
      json_object_foreach (moves, path, to)
        if (!sak_form_lint_name (path) || !json_is_string (to) || !sak_form_lint_name (json_string_value (to)))
          return sak_form_refuse ("head", error, "moved names what is not a path");
    }
  return TRUE;
}

static gboolean
lint_identity (const json_t  *data,
               GError       **error)
{
  static const char *const kinds[] = {
    SAK_KIND_EVENT, SAK_KIND_PERSON, SAK_KIND_TESTIMONY, SAK_KIND_DOCUMENT, SAK_KIND_INTERVENTION, NULL
  };
  const json_t *version = json_object_get (data, "version");
  const char *name = sak_json_get_text (data, "form");
  const json_t *kind = json_object_get (data, "kind");

  if (!is_name (name))
    return sak_form_refuse ("head", error, "form is not a name of small letters, digits, - and _");
  if (!json_is_integer (version) || json_integer_value (version) < 1 || json_integer_value (version) > G_MAXINT32)
    return sak_form_refuse ("head", error, "version is not a number from 1");
  if (kind == NULL ? !g_strv_contains (kinds, name)
                   : !json_is_string (kind) || !g_strv_contains (kinds, json_string_value (kind)))
    return sak_form_refuse ("head", error, "kind is not event, person, testimony, document or intervention");
  return TRUE;
}

gboolean
sak_form_lint_head (const json_t  *data,
                    GError       **error)
{
  static const char *const members[] = {
    "form", "kind", "version", "label", "note", "review", "title_from", "moved", "sections", NULL
  };
  const json_t *note = json_object_get (data, "note");

  return sak_form_lint_members (data, members, "head", error)
         && lint_identity (data, error)
         && sak_form_lint_words (json_object_get (data, "label"), SAK_FORM_MAX_LABEL, "head", "label", error)
         && (note == NULL || sak_form_lint_words (note, SAK_FORM_MAX_HELP, "head", "note", error))
         && lint_moved (json_object_get (data, "moved"), error)
         && lint_sections (json_object_get (data, "sections"), error);
}

/* What fields say of each other */

static gboolean
lint_names (GArray      *fields,
            const char  *place,
            GError     **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const SakFormField *field = &g_array_index (fields, SakFormField, i);
      const char *name = sak_form_field_get_path (field);
      const char *role = sak_form_field_get_link_role (field);
      g_autofree char *at = g_strdup_printf ("%s%s", place, name);

      if (!g_hash_table_add (seen, g_strdup_printf ("%s %s", name, role != NULL ? role : "")))
        return sak_form_refuse (at, error, "it is there twice");
    }
  return TRUE;
}

static gboolean
lint_required (const SakForm       *self,
               const SakFormField  *field,
               GError             **error)
{
  const char *path = sak_form_field_get_path (field);
  const json_t *given = json_object_get (field->data, "required_unless");
  const char *unless = sak_form_field_get_required_unless (field);
  const SakFormField *instead = unless != NULL ? sak_form_find_in (self->fields, unless, NULL) : NULL;

  if (given != NULL && (instead == NULL || instead == field || sak_form_field_repeats (instead)))
    return sak_form_refuse (path, error, "required_unless is not the path of another field");
  if (sak_form_field_is_required (field) && json_object_get (field->section, "pack") != NULL)
    return sak_form_refuse (path, error, "a field of a pack cannot be required: packs are switched off");
  return TRUE;
}

static gboolean
lint_columns (const SakFormField  *table,
              const char          *place,
              GError             **error)
{
  const char *each = sak_json_get_text (table->data, "each");
  const SakFormField *column = sak_form_field_get_each (table);
  g_autofree char *at = g_strdup_printf ("%s%s, column ", place, sak_form_field_get_path (table));

  if (each != NULL && (column == NULL || column->type != SAK_FIELD_CHOICE
                       || sak_form_field_get_n_options (column) == 0))
    return sak_form_refuse (at, error, "each is not a column of options");
  if (!lint_names (table->columns, at, error) || !sak_form_lint_conditions (table->columns, at, error))
    return FALSE;
  for (guint i = 0; i < table->columns->len; i++)
    {
      const SakFormField *nested = sak_form_field_get_column (table, i);

      if (nested->type == SAK_FIELD_TABLE && !lint_columns (nested, at, error))
        return FALSE;
    }
  return TRUE;
}

/* Of all fields, or of the columns of a table. */
static gboolean
check_vocabularies (GArray      *fields,
                    const char  *place,
                    GError     **error)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const SakFormField *field = &g_array_index (fields, SakFormField, i);
      const char *role = sak_form_field_get_link_role (field);
      g_autofree char *at = g_strconcat (place, sak_form_field_get_path (field), role != NULL ? ":" : NULL, role, NULL);
      g_autofree char *inner = g_strconcat (at, ", column ", NULL);

      if (sak_form_field_get_vocabulary_name (field) != NULL && sak_form_field_get_vocabulary (field) == NULL)
        return sak_form_refuse (at, error, "there is no vocabulary of this name");
      if (field->columns != NULL && !check_vocabularies (field->columns, inner, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * sak_form_check_vocabularies:
 *
 * For forms that are made or brought in here. One that is sent may come before its vocabulary, or from a newer program.
 */
gboolean
sak_form_check_vocabularies (const SakForm  *self,
                             GError        **error)
{
  return check_vocabularies (self->fields, "", error);
}

static gboolean
lint_title_from (const SakForm  *self,
                 GError        **error)
{
  const json_t *paths = json_object_get (self->data, "title_from");
  json_t *path;
  gsize i;

  if (json_array_size (paths) == 0)
    return sak_form_refuse ("head", error, "title_from is not a list of paths");
  json_array_foreach (paths, i, path)
    {
      const char *text = json_string_value (path);
      const SakFormField *field = text != NULL ? sak_form_find_in (self->fields, text, NULL) : NULL;

      if (field == NULL || (field->type != SAK_FIELD_TEXT && field->type != SAK_FIELD_PARAGRAPHS))
        return sak_form_refuse ("head", error, "title_from names a field that is not there, or is no text");
    }
  return TRUE;
}

gboolean
sak_form_lint_fields (const SakForm  *self,
                      GError        **error)
{
  if (!lint_names (self->fields, "", error) || !lint_title_from (self, error))
    return FALSE;
  for (guint i = 0; i < self->fields->len; i++)
    {
      const SakFormField *field = sak_form_get_field (self, i);

      if (!lint_required (self, field, error)
          || (field->type == SAK_FIELD_TABLE && !lint_columns (field, "", error)))
        return FALSE;
    }
  return sak_form_lint_conditions (self->fields, "", error);
}
