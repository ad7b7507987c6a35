/* sak-form-lint-field.c - what one field of a form may say
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Forms come from others, too, and people who fill them in cannot check them: whatever is not
 * written down in README.md is refused.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-path.h"
#include "storage/model/sak-place-coarse.h"
#include "storage/model/sak-vocabulary-private.h"

#include <math.h>
#include <string.h>

/* Beside these, each type has its own. */
static const char *const common_members[] = {
  "path", "type", "label", "help", "example", "required", "required_unless", "listed", "show_if", "review", NULL
};
static const char *const column_members[] = {
  "name", "type", "label", "help", "example", "required", "show_if", "review", NULL
};

/* Parts joined by single points, each beginning with a letter: nothing that could climb out
 * of anything.
 */
gboolean
sak_form_lint_name (const char *name)
{
  gboolean at_start = TRUE;

  if (strlen (name) > SAK_FORM_MAX_NAME)
    return FALSE;
  for (const char *at = name; *at != '\0'; at++)
    {
      if (at_start ? !g_ascii_islower (*at)
                   : !(g_ascii_islower (*at) || g_ascii_isdigit (*at) || *at == '_' || *at == '.'))
        return FALSE;
      at_start = *at == '.';
    }
  return !at_start;
}

gboolean
sak_form_lint_members (const json_t       *object,
                       const char *const  *known,
                       const char         *place,
                       GError            **error)
{
  const char *key;
  json_t *value;

  if (!json_is_object (object))
    return sak_form_refuse (place, error, "it is not an object");
  json_object_foreach ((json_t *) object, key, value)
    if (!g_strv_contains (known, key))
      return sak_form_refuse (place, error, "it has a member that is not known%s%s",
                              sak_path_is_valid (key) ? ": " : "", sak_path_is_valid (key) ? key : "");
  return TRUE;
}

gboolean
sak_form_lint_words (const json_t  *words,
                     glong          max_chars,
                     const char    *place,
                     const char    *member,
                     GError       **error)
{
  const char *language;
  json_t *text;

  if (!json_is_object (words) || sak_json_get_text (words, "en") == NULL)
    return sak_form_refuse (place, error, "%s is not an object of language and text, with en", member);
  json_object_foreach ((json_t *) words, language, text)
    {
      const char *fault = sak_vocabulary_find_text_fault (text, max_chars);

      if (!g_strv_contains (sak_vocabulary_get_languages (), language))
        return sak_form_refuse (place, error, "%s has a language that is not known", member);
      if (fault != NULL)
        return sak_form_refuse (place, error, "%s in %s %s", member, language, fault);
    }
  return TRUE;
}

static gboolean
lint_help (const json_t  *help,
           const char    *place,
           GError       **error)
{
  static const char *const parts[] = { "means", "ask", "write", "example", NULL };
  const char *part;
  json_t *words;

  if (help == NULL || sak_json_get_text (help, "en") != NULL)
    return help == NULL || sak_form_lint_words (help, SAK_FORM_MAX_HELP, place, "help", error);
  if (!sak_form_lint_members (help, parts, place, error))
    return FALSE;
  json_object_foreach ((json_t *) help, part, words)
    if (!sak_form_lint_words (words, SAK_FORM_MAX_HELP, place, part, error))
      return FALSE;
  return TRUE;
}

static gboolean
lint_option (const json_t  *option,
             GHashTable    *seen,
             const char    *place,
             GError       **error)
{
  static const char *const members[] = { "code", "label", "review", NULL };
  const char *code = sak_json_get_text (option, "code");

  if (!sak_form_lint_members (option, members, place, error))
    return FALSE;
  if (code == NULL || *code == '\0' || strlen (code) > SAK_FORM_MAX_CODE
      || strspn (code, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (code))
    return sak_form_refuse (place, error, "an option's code is not of small letters, digits and hyphens");
  if (!g_hash_table_add (seen, (gpointer) code))
    return sak_form_refuse (place, error, "the option %s is there twice", code);
  return sak_form_lint_words (json_object_get (option, "label"), SAK_FORM_MAX_LABEL, place, "label", error);
}

static gboolean
lint_options (const json_t  *options,
              const char    *place,
              GError       **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *option;
  gsize i;

  if (json_array_size (options) < 2 || json_array_size (options) > SAK_FORM_MAX_OPTIONS)
    return sak_form_refuse (place, error, "options is not a list of 2 to %d", SAK_FORM_MAX_OPTIONS);
  json_array_foreach (options, i, option)
    if (!lint_option (option, seen, place, error))
      return FALSE;
  return TRUE;
}

/* A vocabulary may be one that this program has not, but its part must then be, too. */
static gboolean
lint_vocabulary (const json_t  *data,
                 const char    *place,
                 GError       **error)
{
  const char *name = sak_json_get_text (data, "vocabulary");
  const char *under = sak_json_get_text (data, "under");
  const SakVocabulary *vocabulary = sak_vocabulary_get (name);

  if (name == NULL || *name == '\0' || strlen (name) > SAK_VOCABULARY_MAX_CODE
      || strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen (name))
    return sak_form_refuse (place, error, "vocabulary is not the name of one");
  if (json_object_get (data, "under") == NULL)
    return TRUE;
  if (under == NULL || (vocabulary != NULL && sak_vocabulary_find_term (vocabulary, under) == NULL))
    return sak_form_refuse (place, error, "under is not a code of the vocabulary");
  return TRUE;
}

static gboolean
lint_codes (const json_t  *data,
            const char    *place,
            GError       **error)
{
  if ((json_object_get (data, "options") == NULL) == (json_object_get (data, "vocabulary") == NULL))
    return sak_form_refuse (place, error, "it wants either options or a vocabulary");
  return json_object_get (data, "options") != NULL
         ? lint_options (json_object_get (data, "options"), place, error)
         : lint_vocabulary (data, place, error);
}

static gboolean
is_kind (const char *kind)
{
  static const char *const kinds[] = {
    SAK_KIND_EVENT, SAK_KIND_PERSON, SAK_KIND_TESTIMONY, SAK_KIND_DOCUMENT, SAK_KIND_INTERVENTION, NULL
  };

  return kind != NULL && g_strv_contains (kinds, kind);
}

static gboolean
lint_link (const json_t  *data,
           gboolean       is_column,
           const char    *place,
           GError       **error)
{
  const char *role = sak_json_get_text (data, "role");

  if (!is_kind (sak_json_get_text (data, "kind")))
    return sak_form_refuse (place, error, "kind is not a kind of record");
  if (!is_column && (role == NULL || !sak_form_lint_name (role)))
    return sak_form_refuse (place, error, "role is not of small letters");
  return json_object_get (data, "vocabulary") == NULL || lint_vocabulary (data, place, error);
}

static gboolean
lint_number (const json_t  *data,
             const char    *place,
             GError       **error)
{
  const json_t *minimum = json_object_get (data, "minimum");
  const json_t *maximum = json_object_get (data, "maximum");
  const json_t *integer = json_object_get (data, "integer");

  if ((minimum != NULL && !json_is_number (minimum)) || (maximum != NULL && !json_is_number (maximum)))
    return sak_form_refuse (place, error, "minimum or maximum is not a number");
  if (minimum != NULL && maximum != NULL && json_number_value (minimum) > json_number_value (maximum))
    return sak_form_refuse (place, error, "minimum is above maximum");
  return integer == NULL || json_is_boolean (integer)
         || sak_form_refuse (place, error, "integer is not true or false");
}

/* The columns are looked at each for itself. */
static gboolean
lint_table (const json_t  *data,
            const char    *place,
            GError       **error)
{
  const char *each = sak_json_get_text (data, "each");
  const json_t *row_label = json_object_get (data, "row_label");

  if (json_object_get (data, "each") != NULL && each == NULL)
    return sak_form_refuse (place, error, "each is not the name of a column");
  return row_label == NULL || sak_form_lint_words (row_label, SAK_FORM_MAX_LABEL, place, "row_label", error);
}

static const char *const *
get_own_members (SakFieldType type)
{
  static const char *const none[] = { NULL };
  static const char *const codes[] = { "options", "vocabulary", "under", NULL };
  static const char *const number[] = { "minimum", "maximum", "integer", NULL };
  static const char *const links[] = { "kind", "role", "vocabulary", "under", NULL };
  static const char *const link[] = { "kind", NULL };
  static const char *const table[] = { "columns", "each", "row_label", NULL };

  switch (type)
    {
    case SAK_FIELD_CHOICE:
    case SAK_FIELD_CHOICES:
      return codes;
    case SAK_FIELD_NUMBER:
      return number;
    case SAK_FIELD_LINKS:
      return links;
    case SAK_FIELD_LINK:
      return link;
    case SAK_FIELD_TABLE:
      return table;
    default:
      return none;
    }
}

static gboolean
lint_own (const json_t  *data,
          SakFieldType   type,
          gboolean       is_column,
          const char    *place,
          GError       **error)
{
  switch (type)
    {
    case SAK_FIELD_CHOICE:
    case SAK_FIELD_CHOICES:
      return lint_codes (data, place, error);
    case SAK_FIELD_NUMBER:
      return lint_number (data, place, error);
    case SAK_FIELD_LINKS:
    case SAK_FIELD_LINK:
      return lint_link (data, is_column, place, error);
    case SAK_FIELD_TABLE:
      return lint_table (data, place, error);
    default:
      return TRUE;
    }
}

/* Some types have their own place, and are at home nowhere else. */
static gboolean
lint_place_of_type (const json_t  *data,
                    SakFieldType   type,
                    gboolean       is_column,
                    const char    *place,
                    GError       **error)
{
  static const struct { const char *path; SakFieldType type; } own[] = {
    { SAK_PATH_LINKS, SAK_FIELD_LINKS }, { SAK_PATH_MEDIA, SAK_FIELD_MEDIA }, { "consent", SAK_FIELD_CONSENT },
  };
  const char *name = sak_json_get_text (data, is_column ? "name" : "path");

  if (is_column && strcmp (name, SAK_FORM_ORDER) == 0)
    return sak_form_refuse (place, error, "a column of this name is every table's own");
  if (!is_column && (type == SAK_FIELD_LINK || strcmp (name, SAK_PATH_CODE) == 0))
    return sak_form_refuse (place, error, "a field cannot have this type or path");
  /* Made at signing, and taken out whenever a record is written: an answer there would be lost. */
  if (!is_column && sak_place_is_coarse_path (name))
    return sak_form_refuse (place, error, "paths of this end are those of coarser places");
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    if ((is_column && type == own[i].type)
        || (!is_column && (type == own[i].type) != (strcmp (name, own[i].path) == 0)))
      return sak_form_refuse (place, error, "links, media and consent have paths of these names, and no other does");
  return TRUE;
}

static gboolean
lint_flags (const json_t  *data,
            const char    *place,
            GError       **error)
{
  static const char *const flags[] = { "required", "listed" };

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (json_object_get (data, flags[i]) != NULL && !json_is_boolean (json_object_get (data, flags[i])))
      return sak_form_refuse (place, error, "%s is not true or false", flags[i]);
  return TRUE;
}

gboolean
sak_form_lint_field (const json_t  *data,
                     SakFieldType   type,
                     const char    *place,
                     gboolean       is_column,
                     GError       **error)
{
  const char *const *common = is_column ? column_members : common_members;
  const char *const *own = get_own_members (type);
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();
  g_auto (GStrv) members = NULL;

  g_strv_builder_addv (known, (const char **) common);
  g_strv_builder_addv (known, (const char **) own);
  members = g_strv_builder_end (known);
  return sak_form_lint_members (data, (const char *const *) members, place, error)
         && lint_place_of_type (data, type, is_column, place, error)
         && sak_form_lint_words (json_object_get (data, "label"), SAK_FORM_MAX_LABEL, place, "label", error)
         && lint_help (json_object_get (data, "help"), place, error)
         && (json_object_get (data, "example") == NULL
             || sak_form_lint_words (json_object_get (data, "example"), SAK_FORM_MAX_HELP, place, "example", error))
         && lint_flags (data, place, error)
         && lint_own (data, type, is_column, place, error);
}
