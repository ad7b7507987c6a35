/* sak-form-compare.c - what one version of a form has that another has not
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fields are told apart by path and role, columns by the table's path and their name.
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include <string.h>

void
sak_form_change_free (SakFormChange *self)
{
  if (self == NULL)
    return;
  g_free (self->place);
  g_free (self->detail);
  g_free (self);
}

static void
add_change (GPtrArray         *changes,
            SakFormChangeKind  kind,
            const char        *place,
            char              *detail)
{
  SakFormChange *change = g_new0 (SakFormChange, 1);

  change->kind = kind;
  change->place = g_strdup (place);
  change->detail = detail;
  g_ptr_array_add (changes, change);
}

static char *
name_place (const char         *prefix,
            const SakFormField *field)
{
  const char *role = sak_form_field_get_link_role (field);

  return g_strdup_printf ("%s%s%s%s", prefix, sak_form_field_get_path (field),
                          role != NULL ? ":" : "", role != NULL ? role : "");
}

/* "en my" */
static char *
list_reworded (const json_t *older,
               const json_t *newer)
{
  g_autoptr (GString) languages = g_string_new ("");

  for (const char *const *language = sak_vocabulary_get_languages (); *language != NULL; language++)
    if (g_strcmp0 (sak_json_get_text (older, *language), sak_json_get_text (newer, *language)) != 0)
      g_string_append_printf (languages, "%s%s", languages->len > 0 ? " " : "", *language);
  return languages->len > 0 ? g_string_free (g_steal_pointer (&languages), FALSE) : NULL;
}

/* Codes that one field offers and the other does not. */
static void
compare_options (GPtrArray          *changes,
                 const char         *place,
                 const SakFormField *one,
                 const SakFormField *other,
                 SakFormChangeKind   kind)
{
  if (sak_form_field_get_vocabulary_name (other) != NULL)
    return;
  for (guint i = 0; i < sak_form_field_get_n_options (one); i++)
    if (sak_form_field_get_option_label_for (other, sak_form_field_get_option (one, i), "en") == NULL)
      add_change (changes, kind, place, g_strdup (sak_form_field_get_option (one, i)));
}

static void
compare_rules (GPtrArray          *changes,
               const char         *place,
               const SakFormField *older,
               const SakFormField *newer)
{
  static const char *const rules[] = {
    "show_if", "vocabulary", "under", "minimum", "maximum", "integer", "kind", "each", "required_unless",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const json_t *before = json_object_get (older->data, rules[i]);
      const json_t *after = json_object_get (newer->data, rules[i]);

      if (before != after && (before == NULL || after == NULL || !json_equal (before, after)))
        add_change (changes, SAK_FORM_RULE_CHANGED, place, g_strdup (rules[i]));
    }
}

static void compare_fields (GPtrArray *changes, const char *prefix, GArray *older, GArray *newer);

static void
compare_field (GPtrArray          *changes,
               const char         *place,
               const SakFormField *older,
               const SakFormField *newer)
{
  g_autofree char *columns = g_strconcat (place, ", ", NULL);
  char *reworded = list_reworded (json_object_get (older->data, "label"), json_object_get (newer->data, "label"));

  if (older->type != newer->type)
    {
      add_change (changes, SAK_FORM_RETYPED, place, g_strdup (sak_json_get_text (newer->data, "type")));
      g_free (reworded);
      return;
    }
  if (reworded != NULL)
    add_change (changes, SAK_FORM_RENAMED, place, reworded);
  if (sak_form_field_is_required (older) != sak_form_field_is_required (newer))
    add_change (changes, SAK_FORM_REQUIRED, place, g_strdup (sak_form_field_is_required (newer) ? "yes" : "no"));
  compare_options (changes, place, newer, older, SAK_FORM_OPTION_ADDED);
  compare_options (changes, place, older, newer, SAK_FORM_OPTION_LOST);
  compare_rules (changes, place, older, newer);
  if (older->columns != NULL)
    compare_fields (changes, columns, older->columns, newer->columns);
}

static void
compare_fields (GPtrArray  *changes,
                const char *prefix,
                GArray     *older,
                GArray     *newer)
{
  for (guint i = 0; i < newer->len; i++)
    {
      const SakFormField *field = &g_array_index (newer, SakFormField, i);
      const SakFormField *before = sak_form_find_in (older, sak_form_field_get_path (field),
                                                     sak_form_field_get_link_role (field));
      g_autofree char *place = name_place (prefix, field);

      if (before == NULL)
        add_change (changes, SAK_FORM_ADDED, place, g_strdup (sak_json_get_text (field->data, "type")));
      else
        compare_field (changes, place, before, field);
    }
  for (guint i = 0; i < older->len; i++)
    {
      const SakFormField *field = &g_array_index (older, SakFormField, i);
      g_autofree char *place = name_place (prefix, field);

      if (sak_form_find_in (newer, sak_form_field_get_path (field), sak_form_field_get_link_role (field)) == NULL)
        add_change (changes, SAK_FORM_LOST, place, NULL);
    }
}

/* What was lost under one path and is found under another is no loss. */
static void
mark_moved (GPtrArray    *changes,
            const json_t *moves)
{
  for (guint i = 0; i < changes->len; i++)
    {
      SakFormChange *change = changes->pdata[i];
      const char *to = change->kind == SAK_FORM_LOST ? sak_json_get_text (moves, change->place) : NULL;

      if (to == NULL)
        continue;
      change->kind = SAK_FORM_MOVED;
      change->detail = g_strdup (to);
    }
}

/**
 * sak_form_compare:
 *
 * Returns: (transfer full): SakFormChange; first what the newer one has, in its order
 */
GPtrArray *
sak_form_compare (const SakForm *older,
                  const SakForm *newer)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_form_change_free);
  g_autofree char *version = g_strdup_printf ("%u", sak_form_get_version (older));

  compare_fields (changes, "", older->fields, newer->fields);
  mark_moved (changes, json_object_get (json_object_get (newer->data, "moved"), version));
  return changes;
}
