/* sak-form-answers.c - what is answered, and what a record is called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-path.h"
#include "storage/model/sak-place-coarse.h"

#include <string.h>

#define MAX_TITLE_CHARS 80

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

gboolean
sak_form_is_answer (const json_t *value)
{
  if (json_is_string (value))
    return !is_blank (json_string_value (value));
  if (json_is_array (value))
    return json_array_size (value) > 0;
  if (json_is_object (value))
    return json_object_size (value) > 0;
  return json_is_number (value) || json_is_boolean (value);
}

/* Links of other roles share the path. */
static gboolean
is_any_answered (const SakFormField *self,
                 const json_t       *fields)
{
  const char *role = sak_form_field_get_link_role (self);
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    if (sak_path_is_in (path, sak_form_field_get_path (self))
        && (role == NULL || g_strcmp0 (role, sak_json_get_text (value, "role")) == 0))
      return TRUE;
  return FALSE;
}

gboolean
sak_form_field_is_answered (const SakFormField *self,
                            const json_t       *fields)
{
  /* A table within a row is an array in it. */
  if (sak_form_field_repeats (self) && self->section != NULL)
    return is_any_answered (self, fields);
  return sak_form_is_answer (json_object_get (fields, sak_form_field_get_path (self)));
}

/* The beginning of the first line, at a space where there is one near. Many of our scripts
 * put no spaces between words: there it is cut before a base letter, so that no vowel sign
 * loses the letter it belongs to.
 */
static char *
shorten (const char *text)
{
  g_autofree char *line = g_strstrip (g_strndup (text, strcspn (text, "\r\n")));
  const char *end, *space;

  if (g_utf8_strlen (line, -1) <= MAX_TITLE_CHARS)
    return g_steal_pointer (&line);
  end = g_utf8_offset_to_pointer (line, MAX_TITLE_CHARS);
  space = g_utf8_strrchr (line, end - line, ' ');
  if (space != NULL && g_utf8_pointer_to_offset (line, space) > MAX_TITLE_CHARS / 2)
    end = space;
  while (end > line && g_unichar_ismark (g_utf8_get_char (end)))
    end = g_utf8_prev_char (end);
  line[end - line] = '\0';
  return g_strconcat (line, "…", NULL);
}

/**
 * sak_form_get_title:
 * @fields: complete or not, checked or not
 *
 * Returns: one line: the title, for a person the name or pseudonym, else the first words
 *   of the account; "" where there is nothing, never NULL
 */
char *
sak_form_get_title (const SakForm *self,
                    const json_t  *fields)
{
  json_t *path;
  gsize i;

  json_array_foreach (json_object_get (self->data, "title_from"), i, path)
    {
      const char *text = sak_json_get_text (fields, json_string_value (path));

      if (text != NULL && !is_blank (text))
        {
          g_autofree char *stripped = g_strstrip (g_strdup (text));

          return shorten (stripped);
        }
    }
  return g_strdup ("");
}

/* Where the form has it: by the usual name, or else the first field of this type that tells
 * nobody's identity.
 */
static const char *
find_path (const SakForm *self,
           const char    *usual,
           SakFieldType   type)
{
  if (self == NULL || sak_form_find_field (self, usual) != NULL)
    return usual;
  for (guint i = 0; i < sak_form_get_n_fields (self); i++)
    {
      const SakFormField *field = sak_form_get_field (self, i);

      if (sak_form_field_get_field_type (field) == type && !sak_form_field_is_identity (field))
        return sak_form_field_get_path (field);
    }
  return usual;
}

/**
 * sak_form_get_date:
 *
 * Returns: (nullable): as it is stored; may be no valid EDTF where the fields were not checked
 */
const char *
sak_form_get_date (const SakForm *self,
                   const json_t  *fields)
{
  const json_t *value = json_object_get (fields, find_path (self, "date", SAK_FIELD_DATE));
  const char *edtf = json_is_object (value) ? sak_json_get_text (value, "edtf")
      : json_string_value (value);

  return edtf != NULL && *edtf != '\0' ? edtf : NULL;
}

const char *
sak_form_get_place (const SakForm *self,
                    const json_t  *fields)
{
  const char *name = sak_json_get_text (sak_place_find (fields, find_path (self, "place", SAK_FIELD_PLACE)), "name");

  return name != NULL && *name != '\0' ? name : NULL;
}
