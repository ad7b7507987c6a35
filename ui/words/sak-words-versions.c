/* sak-words-versions.c - versions of a record and how they differ, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "storage/model/sak-link.h"
#include "storage/model/sak-path.h"
#include "ui/words/sak-words-links.h"
#include "ui/words/sak-words-versions.h"

/* Deep enough for a place in a row in a table. */
#define MAX_DEPTH 6

static void append_value (GString            *text,
                          const SakFormField *field,
                          const json_t       *value,
                          const char         *language,
                          guint               depth);

/* "acts" of "acts/<uuid>"; the path itself where nothing repeats. */
static char *
get_collection (const char *path)
{
  return g_strndup (path, strcspn (path, "/"));
}

static const SakFormField *
find_field (const SakForm *form,
            const char    *path,
            const json_t  *value)
{
  g_autofree char *collection = get_collection (path);
  const char *role = sak_json_get_text (value, "role");

  if (form == NULL)
    return NULL;
  if (g_str_equal (collection, SAK_PATH_LINKS) && role != NULL)
    return sak_form_find_links (form, role);
  return sak_form_find_field (form, collection);
}

static const char *
label_code (const SakFormField *field,
            const char         *code,
            const char         *language)
{
  const SakVocabulary *vocabulary = field != NULL ? sak_form_field_get_vocabulary (field) : NULL;
  const char *label = NULL;

  if (vocabulary != NULL)
    label = sak_vocabulary_find_term (vocabulary, code) != NULL
            ? sak_vocabulary_get_label_for (vocabulary, code, language) : NULL;
  else if (field != NULL)
    label = sak_form_field_get_option_label_for (field, code, language);
  return label != NULL ? label : code;
}

static void
append_members (GString            *text,
                const SakFormField *field,
                const json_t       *value,
                const char         *language,
                guint               depth)
{
  gboolean is_first = TRUE;
  const char *name;
  json_t *member;

  json_object_foreach ((json_t *) value, name, member)
    {
      const SakFormField *column = field != NULL ? sak_form_field_find_column (field, name) : NULL;

      if (depth == 0 && g_str_equal (name, SAK_FORM_ORDER) && json_object_size (value) > 1)
        continue;
      if (!is_first)
        g_string_append_c (text, '\n');
      g_string_append_printf (text, "%s: ", column != NULL ? sak_form_field_get_label (column, language) : name);
      append_value (text, column, member, language, depth + 1);
      is_first = FALSE;
    }
}

static void
append_value (GString            *text,
              const SakFormField *field,
              const json_t       *value,
              const char         *language,
              guint               depth)
{
  if (json_is_string (value))
    g_string_append (text, label_code (field, json_string_value (value), language));
  else if (json_is_array (value) && depth < MAX_DEPTH)
    for (gsize i = 0; i < json_array_size (value); i++)
      {
        g_string_append (text, i > 0 ? "; " : "");
        append_value (text, field, json_array_get (value, i), language, depth + 1);
      }
  else if (json_is_object (value) && depth < MAX_DEPTH)
    append_members (text, field, value, language, depth);
  else if (value != NULL)
    {
      g_autofree char *plain = sak_json_to_canonical (value);

      g_string_append (text, plain);
    }
}

char *
sak_words_tell_value (const SakForm *form,
                      const char    *path,
                      const json_t  *value,
                      const char    *language)
{
  GString *text = g_string_new (NULL);

  append_value (text, find_field (form, path, value), value, language, 0);
  return g_string_free (text, FALSE);
}

/* The first code of the row says which one it is. */
static char *
name_row (const SakFormField *table,
          const json_t       *row,
          const char         *language)
{
  const char *label = sak_form_field_get_row_label (table, language);

  if (label == NULL)
    label = sak_form_field_get_label (table, language);
  for (guint i = 0; i < sak_form_field_get_n_columns (table); i++)
    {
      const SakFormField *column = sak_form_field_get_column (table, i);
      const char *code = sak_json_get_text (row, sak_form_field_get_path (column));

      if (code != NULL && sak_form_field_get_field_type (column) == SAK_FIELD_CHOICE)
        return g_strdup_printf ("%s: %s", label, label_code (column, code, language));
    }
  return g_strdup (label);
}

char *
sak_words_name_path (const SakForm *form,
                     const char    *path,
                     const json_t  *value,
                     const char    *language)
{
  const SakFormField *field = find_field (form, path, value);
  const char *name = sak_json_get_text (value, "name");

  if (sak_path_is_in (path, SAK_PATH_MEDIA))
    /* Translators: a photo, recording or paper that belongs to a record; %s is its file name */
    return g_strdup_printf (_("File: %s"), name != NULL ? name : "?");
  if (field == NULL)
    return g_strdup (path);
  if (sak_form_field_get_field_type (field) == SAK_FIELD_TABLE)
    return name_row (field, value, language);
  return g_strdup (sak_form_field_get_label (field, language));
}

const char *
sak_words_name_change (SakChange change)
{
  switch (change)
    {
    case SAK_CHANGE_NONE:
      /* Translators: what a version did to one field of a record */
      return _("unchanged");
    case SAK_CHANGE_CHANGED:
      return _("changed");
    case SAK_CHANGE_ADDED:
      return _("added");
    case SAK_CHANGE_REMOVED:
      return _("removed");
    case SAK_CHANGE_WITHHELD:
      return _("kept by its author");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_about_clock (SakClock clock)
{
  switch (clock)
    {
    case SAK_CLOCK_FINE:
      return NULL;
    case SAK_CLOCK_BEFORE_PARENT:
      return _("The time cannot be right: it is earlier than that of the version before it. The order is "
               "certain all the same.");
    case SAK_CLOCK_IN_FUTURE:
      return _("The time cannot be right: it is still to come. The order is certain all the same.");
    default:
      g_return_val_if_reached (NULL);
    }
}

const char *
sak_words_about_outcome (SakOutcome outcome)
{
  switch (outcome)
    {
    case SAK_OUTCOME_SAME:
      return _("The same in all versions.");
    case SAK_OUTCOME_TAKEN:
      return _("Changed in one version only: that one is taken.");
    case SAK_OUTCOME_ASKED:
      return _("Different: choose which one stands, or write it anew.");
    case SAK_OUTCOME_WITHHELD:
      return _("Part of this stayed with its author, who alone can bring it together.");
    case SAK_OUTCOME_SHOWN:
      return "";
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_name_author (const char *author,
                       gboolean    is_own)
{
  if (is_own)
    return _("This vault");
  return author != NULL ? author : _("Somebody who is not among the contacts");
}

const char *
sak_words_about_conflict (const SakConflict *conflict)
{
  if (conflict->sides->len < 2)
    return _("There is one version only: nothing has to be brought together.");
  if (conflict->n_mergeable < 2)
    return _("Several versions stand beside each other, but parts of them stayed with their authors. Only "
             "whoever has all of it can bring them together.");
  return _("Several versions stand beside each other. Nothing is lost: look at both, and bring them together "
           "into one. What only one of them changed is taken by itself.");
}
