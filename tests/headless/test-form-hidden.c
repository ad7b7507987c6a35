/* test-form-hidden.c - answers that other answers hide are found, in rows too, and taken out when asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form.h"

#define ROW "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define OTHER "7f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"

static const char form_text[] =
  "{\"form\": \"raid\", \"kind\": \"event\", \"version\": 1, \"label\": {\"en\": \"Raid\"},"
  " \"title_from\": [\"title\"],"
  " \"sections\": [{\"label\": {\"en\": \"What\"}, \"fields\": ["
  " {\"path\": \"title\", \"type\": \"text\", \"label\": {\"en\": \"Title\"}},"
  " {\"path\": \"hurt\", \"type\": \"yesno\", \"label\": {\"en\": \"Hurt?\"}},"
  " {\"path\": \"how\", \"type\": \"text\", \"label\": {\"en\": \"How?\"},"
  "  \"show_if\": {\"path\": \"hurt\", \"is\": \"yes\"}},"
  " {\"path\": \"links\", \"type\": \"links\", \"role\": \"victim\", \"kind\": \"person\","
  "  \"label\": {\"en\": \"Victims\"},"
  "  \"show_if\": {\"path\": \"hurt\", \"is\": \"yes\"}},"
  " {\"path\": \"acts\", \"type\": \"table\", \"label\": {\"en\": \"Acts\"}, \"columns\": ["
  "  {\"name\": \"seen\", \"type\": \"yesno\", \"label\": {\"en\": \"Seen?\"}},"
  "  {\"name\": \"by\", \"type\": \"text\", \"label\": {\"en\": \"By whom?\"},"
  "   \"show_if\": {\"path\": \"seen\", \"is\": \"yes\"}},"
  "  {\"name\": \"doers\", \"type\": \"table\", \"label\": {\"en\": \"Doers\"}, \"columns\": ["
  "   {\"name\": \"known\", \"type\": \"yesno\", \"label\": {\"en\": \"Known?\"}},"
  "   {\"name\": \"name\", \"type\": \"text\", \"label\": {\"en\": \"Name\"},"
  "    \"show_if\": {\"path\": \"known\", \"is\": \"yes\"}}]}]}]}]}";

static const char all_text[] =
  "{\"title\": \"Raid\", \"hurt\": \"no\", \"how\": \"An arm.\","
  " \"links/" ROW "\": {\"role\": \"victim\", \"to\": \"00000000-0000-4000-8000-000000000001\"},"
  " \"links/" OTHER "\": {\"role\": \"chain\", \"to\": \"00000000-0000-4000-8000-000000000002\"},"
  " \"acts/" ROW "\": {\"seen\": \"no\", \"by\": \"a guard\","
  "  \"doers\": [{\"known\": \"no\", \"name\": \"U Ba\"}, {\"known\": \"yes\", \"name\": \"U Aung\"}]},"
  " \"acts/" OTHER "\": {\"seen\": \"yes\", \"by\": \"his son\"}}";

static SakForm *
parse_form (void)
{
  g_autoptr (GError) error = NULL;
  SakForm *form = sak_form_parse (form_text, -1, &error);

  g_assert_no_error (error);
  return form;
}

static void
note_hidden (const SakFormField *table,
             const SakFormField *field,
             gpointer            names)
{
  g_string_append_printf (names, "%s%s%s ", table != NULL ? sak_form_field_get_path (table) : "",
                          table != NULL ? "." : "", sak_form_field_get_path (field));
}

static char *
list_hidden (const SakForm *form,
             const json_t  *fields)
{
  GString *names = g_string_new (NULL);

  sak_form_foreach_hidden (form, fields, note_hidden, names);
  return g_strchomp (g_string_free (names, FALSE));
}

static void
hidden_answers_are_found_in_rows_too (void)
{
  g_autoptr (SakForm) form = parse_form ();
  g_autoptr (json_t) fields = json_loads (all_text, 0, NULL);
  g_autofree char *all = list_hidden (form, fields);
  g_autofree char *fewer = NULL;

  g_assert_cmpstr (all, ==, "how links acts.by doers.name");
  json_object_set_new (fields, "hurt", json_string ("yes"));
  fewer = list_hidden (form, fields);
  g_assert_cmpstr (fewer, ==, "acts.by doers.name");
}

/* And nothing else: what is shown, and links of other roles, stay. */
static void
what_is_hidden_is_taken_out_and_nothing_else (void)
{
  g_autoptr (SakForm) form = parse_form ();
  g_autoptr (json_t) fields = json_loads (all_text, 0, NULL);
  g_autoptr (json_t) expected = json_loads (
    "{\"title\": \"Raid\", \"hurt\": \"no\","
    " \"links/" OTHER "\": {\"role\": \"chain\", \"to\": \"00000000-0000-4000-8000-000000000002\"},"
    " \"acts/" ROW "\": {\"seen\": \"no\", \"doers\": [{\"known\": \"no\"},"
    "  {\"known\": \"yes\", \"name\": \"U Aung\"}]},"
    " \"acts/" OTHER "\": {\"seen\": \"yes\", \"by\": \"his son\"}}", 0, NULL);
  g_autofree char *nothing = NULL;

  sak_form_remove_hidden (form, fields);
  g_assert_true (json_equal (fields, expected));
  nothing = list_hidden (form, fields);
  g_assert_cmpstr (nothing, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-hidden/hidden-answers-are-found-in-rows-too", hidden_answers_are_found_in_rows_too);
  g_test_add_func ("/form-hidden/what-is-hidden-is-taken-out-and-nothing-else",
                   what_is_hidden_is_taken_out_and_nothing_else);
  return g_test_run ();
}
