/* test-form-content.c - what the shipped forms ask: short, told in full, and with a way up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form.h"
#include "storage/model/sak-uuid.h"

#include <string.h>

static const char *const kinds[] = { "event", "person", "testimony", "document", "intervention" };

typedef void (*VisitField) (const SakForm *form, const SakFormField *field, gboolean is_column);

static void
visit_columns (const SakForm      *form,
               const SakFormField *table,
               VisitField          visit)
{
  for (guint i = 0; i < sak_form_field_get_n_columns (table); i++)
    {
      visit (form, sak_form_field_get_column (table, i), TRUE);
      visit_columns (form, sak_form_field_get_column (table, i), visit);
    }
}

static void
visit_second_versions (VisitField visit)
{
  for (gsize n = 0; n < G_N_ELEMENTS (kinds); n++)
    {
      const SakForm *form = sak_form_find_version (kinds[n], 2);

      g_assert_nonnull (form);
      for (guint i = 0; i < sak_form_get_n_fields (form); i++)
        {
          visit (form, sak_form_get_field (form, i), FALSE);
          visit_columns (form, sak_form_get_field (form, i), visit);
        }
    }
}

static void
assert_six_languages (const json_t *words,
                      const char   *where)
{
  for (const char *const *language = sak_vocabulary_get_languages (); *language != NULL; language++)
    if (sak_json_get_text (words, *language) == NULL)
      g_error ("%s has no label in %s", where, *language);
}

/* The form as data, because asking it falls back to English. */
static void
look_at_labels (const json_t *value)
{
  const char *key;
  json_t *child;
  gsize i;

  json_object_foreach ((json_t *) value, key, child)
    {
      if (strcmp (key, "label") == 0 || strcmp (key, "row_label") == 0)
        assert_six_languages (child, sak_json_get_text (child, "en"));
      look_at_labels (child);
    }
  json_array_foreach (value, i, child)
    look_at_labels (child);
}

static void
every_label_is_in_six_languages (void)
{
  for (gsize n = 0; n < G_N_ELEMENTS (kinds); n++)
    look_at_labels (sak_form_get_data (sak_form_find_version (kinds[n], 2)));
}

static void
visit_every_version (VisitField visit)
{
  const SakForm *form;

  for (gsize n = 0; n < G_N_ELEMENTS (kinds); n++)
    for (guint version = 1; (form = sak_form_find_version (kinds[n], version)) != NULL; version++)
      for (guint i = 0; i < sak_form_get_n_fields (form); i++)
        {
          visit (form, sak_form_get_field (form, i), FALSE);
          visit_columns (form, sak_form_get_field (form, i), visit);
        }
}

/* A column stands under its table's help, and need not say more than what it means. */
static void
assert_help (const SakForm      *form,
             const SakFormField *field,
             gboolean            is_column)
{
  gboolean has_more = sak_form_field_get_help_part (field, SAK_HELP_ASK, "en") != NULL
                      || sak_form_field_get_help_part (field, SAK_HELP_WRITE, "en") != NULL;

  if (is_column)
    return;
  if (sak_form_field_get_help_part (field, SAK_HELP_MEANS, "en") == NULL || !has_more)
    g_error ("%s: %s has no help of meaning and of asking or writing", sak_form_get_name (form),
             sak_form_field_get_path (field));
}

/* However small it is: at two in the morning, "Days off in this time" can be read in two ways. */
static void
assert_meaning (const SakForm      *form,
                const SakFormField *field,
                gboolean            is_column)
{
  const char *help = is_column ? sak_form_field_get_help_part (field, SAK_HELP_MEANS, "en")
                               : sak_form_field_get_help (field, "en");

  if (help == NULL || help[0] == '\0')
    g_error ("%s %u: %s has no help", sak_form_get_name (form), sak_form_get_version (form),
             sak_form_field_get_path (field));
}

static void
every_column_of_every_version_is_explained (void)
{
  visit_every_version (assert_meaning);
}

static void
every_field_is_explained (void)
{
  visit_second_versions (assert_help);
}

static gboolean
is_short (const SakForm      *form,
          const SakFormField *field)
{
  guint section = sak_form_field_get_section_index (field);
  g_autoptr (json_t) nothing = json_object ();

  return !sak_form_is_section_deeper (form, section) && sak_form_get_section_pack (form, section) == NULL
         && sak_form_is_field_shown (form, field, nothing);
}

static void
what_is_asked_first_is_short (void)
{
  static const guint most[] = { 9, 11, 9, 9, 10 };

  for (gsize n = 0; n < G_N_ELEMENTS (kinds); n++)
    {
      const SakForm *form = sak_form_find_version (kinds[n], 2);
      guint n_short = 0;

      for (guint i = 0; i < sak_form_get_n_fields (form); i++)
        n_short += is_short (form, sak_form_get_field (form, i));
      if (n_short > most[n])
        g_error ("%s asks %u questions at once", kinds[n], n_short);
    }
}

static void
a_testimony_begins_with_consent (void)
{
  const SakForm *form = sak_form_find_version ("testimony", 2);

  g_assert_cmpstr (sak_form_field_get_path (sak_form_get_field (form, 0)), ==, "consent");
}

/* What tells who somebody is or keeps them safe is the first to be withheld. */
static void
sensitive_answers_are_identity (void)
{
  static const struct { const char *kind; const char *path; } sensitive[] = {
    { "person", "identity.sexuality" }, { "person", "identity.gender_terms" }, { "person", "identity.known_by" },
    { "person", "identity.address" }, { "person", "identity.papers" }, { "person", "identity.safety" },
    { "testimony", "identity.interviewer" }, { "testimony", "identity.interview_place" },
    { "document", "identity.custody" }, { "document", "identity.collector" },
    { "intervention", "identity.responsible" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sensitive); i++)
    {
      const SakForm *form = sak_form_find_version (sensitive[i].kind, 2);

      g_assert_true (sak_form_field_is_identity (sak_form_find_field (form, sensitive[i].path)));
    }
}

static void
each_pack_has_sections (void)
{
  const char *pack;

  for (guint i = 0; (pack = sak_form_get_nth_pack (i)) != NULL; i++)
    {
      guint n_sections = 0;

      for (gsize n = 0; n < G_N_ELEMENTS (kinds); n++)
        {
          const SakForm *form = sak_form_find_version (kinds[n], 2);

          for (guint j = 0; j < sak_form_get_n_sections (form); j++)
            n_sections += g_strcmp0 (sak_form_get_section_pack (form, j), pack) == 0;
        }
      g_assert_cmpuint (n_sections, >, 0);
      g_assert_nonnull (sak_form_get_pack_help (pack, "en"));
    }
  g_assert_cmpstr (sak_form_get_nth_pack (3), ==, "detention-ill-treatment");
  g_assert_null (sak_form_get_nth_pack (4));
}

/* Of a pack that the form has but nobody could switch on. */
static void
sections_are_of_known_packs (void)
{
  for (gsize n = 0; n < G_N_ELEMENTS (kinds); n++)
    {
      const SakForm *form = sak_form_find_version (kinds[n], 2);

      for (guint j = 0; j < sak_form_get_n_sections (form); j++)
        if (sak_form_get_section_pack (form, j) != NULL)
          g_assert_nonnull (sak_form_get_pack_label (sak_form_get_section_pack (form, j), "en"));
    }
}

/* An answer of every kind that version 1 knows, every option of a choice among them. */
static json_t *
answer (const SakFormField *field,
        guint               n)
{
  switch (sak_form_field_get_field_type (field))
    {
    case SAK_FIELD_CHOICE:
      return json_string (sak_form_field_get_option (field, n));
    case SAK_FIELD_CHOICES:
      return json_pack ("[s]", sak_form_field_get_option (field, n));
    case SAK_FIELD_NUMBER:
      return json_integer (12);
    case SAK_FIELD_DATE:
      return json_string ("2019~");
    case SAK_FIELD_PLACE:
      return json_pack ("{s:s}", "name", "Pier");
    case SAK_FIELD_CONSENT:
      return json_pack ("{s:s}", "share", "no");
    case SAK_FIELD_LINKS:
      return json_pack ("{s:s, s:s}", "role", sak_form_field_get_link_role (field),
                        "to", "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a");
    default:
      return json_string ("x");
    }
}

static void
assert_moves_up (const char         *kind,
                 const SakFormField *field,
                 guint               n)
{
  SakFieldType type = sak_form_field_get_field_type (field);
  const char *path = type == SAK_FIELD_LINKS ? "links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
                                             : sak_form_field_get_path (field);
  g_autoptr (json_t) fields = json_object ();
  g_autoptr (json_t) moved = NULL;
  g_autoptr (GError) error = NULL;

  if (type == SAK_FIELD_MEDIA)
    return;
  json_object_set_new (fields, path, answer (field, n));
  g_assert_true (sak_form_check_draft (sak_form_find_version (kind, 1), fields, NULL));
  moved = sak_form_upgrade (sak_form_find_version (kind, 2), sak_form_find_version (kind, 1), fields, &error);
  g_assert_no_error (error);
  /* also without what stood there before: no code was lost */
  g_assert_true (sak_form_check_draft (sak_form_find_version (kind, 2), moved, &error));
  g_assert_cmpuint (json_object_size (moved), ==, 1);
}

static void
every_answer_of_version_1_has_a_place_in_version_2 (void)
{
  for (gsize n = 0; n < G_N_ELEMENTS (kinds); n++)
    {
      const SakForm *form = sak_form_find_version (kinds[n], 1);

      for (guint i = 0; i < sak_form_get_n_fields (form); i++)
        for (guint j = 0; j < MAX (1, sak_form_field_get_n_options (sak_form_get_field (form, i))); j++)
          assert_moves_up (kinds[n], sak_form_get_field (form, i), j);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-content/every-label-is-in-six-languages", every_label_is_in_six_languages);
  g_test_add_func ("/form-content/every-field-is-explained", every_field_is_explained);
  g_test_add_func ("/form-content/every-column-of-every-version-is-explained",
                   every_column_of_every_version_is_explained);
  g_test_add_func ("/form-content/what-is-asked-first-is-short", what_is_asked_first_is_short);
  g_test_add_func ("/form-content/a-testimony-begins-with-consent", a_testimony_begins_with_consent);
  g_test_add_func ("/form-content/sensitive-answers-are-identity", sensitive_answers_are_identity);
  g_test_add_func ("/form-content/each-pack-has-sections", each_pack_has_sections);
  g_test_add_func ("/form-content/sections-are-of-known-packs", sections_are_of_known_packs);
  g_test_add_func ("/form-content/every-answer-of-version-1-has-a-place-in-version-2",
                   every_answer_of_version_1_has_a_place_in_version_2);
  return g_test_run ();
}
