/* test-forms.c - what forms can say, the windows can show and write: terms, tables, sums, spans
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-fields.h"
#include "ui/sak-month-view.h"
#include "ui/sak-term-chooser.h"
#include "ui/words/sak-language.h"

#include <string.h>

#define A "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define B "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"

static SakForm *raid;
static SakForm *visit;

static SakForm *
load_form (const char *name)
{
  g_autofree char *path = g_build_filename (SAK_FORMS, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  SakForm *form;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  form = sak_form_parse (text, -1, &error);
  g_assert_no_error (error);
  return form;
}

static const SakFormField *
find_field (const SakForm *form,
            const char    *path)
{
  const SakFormField *field = sak_form_find_field (form, path);

  if (field == NULL)
    {
      g_autofree char *row = g_strconcat (path, "/" A, NULL);

      field = sak_form_find_field (form, row);
    }
  g_assert_nonnull (field);
  return field;
}

/* A field in a window of its own, with @value for all fields. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *field;
  json_t *fields;
  guint n_changes;
} Stage;

static void
count_change (Stage    *stage,
              SakField *field)
{
  stage->n_changes++;
  sak_field_store (field, stage->fields);
}

static void
set_stage (Stage         *stage,
           const SakForm *form,
           const char    *path,
           const char    *fields)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  stage->fields = json_loads (fields, 0, NULL);
  g_assert_nonnull (stage->fields);
  stage->n_changes = 0;
  stage->window = test_window_new ();
  stage->field = sak_field_new (NULL, find_field (form, path));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), stage->field);
  gtk_window_set_child (GTK_WINDOW (stage->window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 760, 700);
  sak_field_load (SAK_FIELD (stage->field), stage->fields);
  g_signal_connect_swapped (stage->field, "changed", G_CALLBACK (count_change), stage);
  gtk_window_present (GTK_WINDOW (stage->window));
  for (int i = 0; i < 3; i++)
    test_turn ();
}

static void
strike (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  json_decref (stage->fields);
}

static void
assert_fields (Stage      *stage,
               const char *expected)
{
  g_autoptr (json_t) value = json_loads (expected, 0, NULL);

  g_assert_nonnull (value);
  if (!json_equal (stage->fields, value))
    g_error ("%s is not %s", json_dumps (stage->fields, 0), expected);
}

static void
type_into (GtkWidget  *root,
           GType       type,
           const char *text)
{
  GtkWidget *entry = test_find_shown (root, type);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* A row of the open chooser that shows this text, as Return on it would. */
static void
activate_row (GtkWidget  *root,
              const char *text)
{
  GtkWidget *chooser = test_find_shown (root, SAK_TYPE_TERM_CHOOSER);
  GtkWidget *row = gtk_widget_get_ancestor (test_see (chooser, text), GTK_TYPE_LIST_BOX_ROW);

  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX), "row-activated", row);
  test_turn ();
}

typedef struct
{
  const char *form;
  const char *path;
  const char *fields;
} Case;

static const Case cases[] = {
  { "visit", "topics", "{\"topics\": [\"torture-beating\", \"local.mine\", \"no-such-term\"]}" },
  { "visit", "cost", "{\"cost\": {\"amount\": \"2800.50\", \"currency\": \"THB\"}}" },
  { "visit", "cost", "{\"cost\": {\"amount\": \"2800.505\", \"currency\": \"KWD\"}}" },
  { "visit", "cost", "{\"cost\": {\"amount\": \"2.800\", \"currency\": \"XAF\"}}" },
  { "visit", "lasted", "{\"lasted\": {\"number\": 1.5, \"unit\": \"hours\", \"said\": \"not long\"}}" },
  { "visit", "lasted", "{\"lasted\": {\"said\": \"one rainy season\"}}" },
  { "visit", "people", "{\"people/" A "\": {\"type\": \"police\", \"who\": \"" B "\", \"when\": \"2019~\","
    " \"where\": {\"name\": \"x\"}, \"paid\": {\"amount\": \"0\", \"currency\": \"MMK\"}, \"receipt\": \"no\","
    " \"order\": 2, \"said\": [{\"words\": \"go\", \"tone\": [\"loud\"]}, {\"words\": \"now\"}]},"
    " \"people/" B "\": {\"type\": \"broker\", \"order\": 1}}" },
  { "visit", "checks", "{\"checks/" A "\": {\"check\": \"water\", \"found\": \"no\", \"order\": 2}}" },
  { "visit", "checks", "{\"checks/" A "\": {\"check\": \"roof\", \"found\": \"no\"},"
    " \"checks/" B "\": {\"found\": \"yes\"}}" },
  { "raid", "acts", "{\"acts/" A "\": {\"type\": \"torture\", \"victim\": \"" B "\", \"later\": {\"unknown\": 1}}}" },
};

/* Also where every row was opened, and every column's field had its say. */
static void
every_new_kind_of_field_keeps_its_value (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (json_t) stored = json_object ();
      Stage stage;

      set_stage (&stage, g_str_equal (cases[i].form, "raid") ? raid : visit, cases[i].path, cases[i].fields);
      sak_field_store (SAK_FIELD (stage.field), stored);
      if (!json_equal (stored, stage.fields))
        g_error ("%s: %s", cases[i].path, json_dumps (stored, 0));
      sak_field_set_editable (SAK_FIELD (stage.field), FALSE);
      sak_field_store (SAK_FIELD (stage.field), stored);
      g_assert_true (json_equal (stored, stage.fields));
      g_assert_cmpuint (stage.n_changes, ==, 0);
      strike (&stage);
    }
}

static void
a_term_is_found_by_a_word_of_any_language (void)
{
  Stage stage;

  set_stage (&stage, visit, "topics", "{}");
  test_click (stage.window, "Choose…");
  type_into (stage.window, GTK_TYPE_SEARCH_ENTRY, "ทรมาน");
  activate_row (stage.window, "Torture");
  assert_fields (&stage, "{\"topics\": [\"torture\"]}");
  type_into (stage.window, GTK_TYPE_SEARCH_ENTRY, "beat");
  activate_row (stage.window, "Beating");
  assert_fields (&stage, "{\"topics\": [\"torture\", \"torture-beating\"]}");
  activate_row (stage.window, "Beating");
  assert_fields (&stage, "{\"topics\": [\"torture\"]}");
  type_into (stage.window, GTK_TYPE_SEARCH_ENTRY, "zzzz");
  test_see (stage.window, "Nothing found.");
  test_click (stage.window, "Close the list");
  test_see (stage.window, "Choose more…");
  g_assert_null (test_find_shown (stage.window, GTK_TYPE_SEARCH_ENTRY));
  strike (&stage);
}

static void
a_term_is_found_by_going_down_the_levels (void)
{
  const SakVocabulary *violations = sak_vocabulary_get ("violations");
  const SakTerm *beating = sak_vocabulary_find_term (violations, "torture-beating");
  g_auto (GStrv) path = sak_term_dup_path (beating, "en");
  guint n = g_strv_length (path);
  Stage stage;

  set_stage (&stage, raid, "acts", "{}");
  test_click (stage.window, "Add: Violation");
  test_click (stage.window, "Choose…");
  for (guint i = 0; i < n; i++)
    activate_row (stage.window, path[i]);
  test_see (stage.window, "Choose another…");
  g_assert_cmpuint (json_object_size (stage.fields), ==, 1);
  g_assert_cmpstr (sak_json_get_text (json_object_iter_value (json_object_iter (stage.fields)), "type"), ==,
                   "torture-beating");
  test_click (stage.window, "Choose another…");
  activate_row (stage.window, path[0]);
  activate_row (stage.window, "no more closely than that");
  g_assert_cmpstr (sak_json_get_text (json_object_iter_value (json_object_iter (stage.fields)), "type"), ==,
                   sak_term_get_code (sak_term_get_parent (sak_term_get_parent (beating)) != NULL && n == 3
                                        ? sak_term_get_parent (sak_term_get_parent (beating))
                                        : sak_term_get_parent (beating)));
  strike (&stage);
}

static void
unknown_codes_are_shown_and_can_be_taken_out (void)
{
  GtkWidget *button;
  Stage stage;

  set_stage (&stage, visit, "topics", "{\"topics\": [\"local.mine\", \"no-such-term\"]}");
  test_see (stage.window, "A group’s own term");
  test_see (stage.window, "Not in this program’s list");
  button = test_find_shown (gtk_widget_get_ancestor (test_see (stage.window, "no-such-term"), GTK_TYPE_LIST_BOX_ROW),
                      GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  assert_fields (&stage, "{\"topics\": [\"local.mine\"]}");
  strike (&stage);
}

/* As the person would: add, choose, write, put in order, take out, bring back. */
static void
rows_are_added_ordered_taken_out_and_brought_back (void)
{
  const char *first, *second;
  g_autoptr (GPtrArray) paths = NULL;
  Stage stage;

  set_stage (&stage, visit, "people", "{\"people/" A "\": {\"type\": \"police\", \"order\": 1}}");
  test_click (stage.window, "Add: Person met");
  test_see (stage.window, "Nothing written here yet");
  g_assert_cmpuint (json_object_size (stage.fields), ==, 1);
  test_click (stage.window, "Choose…");
  type_into (stage.window, GTK_TYPE_SEARCH_ENTRY, "broker");
  activate_row (stage.window, "Broker");
  g_assert_cmpuint (json_object_size (stage.fields), ==, 2);
  paths = sak_form_field_list_rows (find_field (visit, "people"), stage.fields);
  first = g_ptr_array_index (paths, 0);
  second = g_ptr_array_index (paths, 1);
  g_assert_cmpstr (first, ==, "people/" A);
  g_assert_cmpint (json_integer_value (json_object_get (json_object_get (stage.fields, second), "order")), ==, 2);
  g_signal_emit_by_name (test_find_entry (stage.window, "move-up"), "clicked");
  g_assert_cmpint (json_integer_value (json_object_get (json_object_get (stage.fields, "people/" A), "order")), ==, 2);
  test_click (stage.window, "Remove");
  test_see (stage.window, "Taken out: Broker");
  assert_fields (&stage, "{\"people/" A "\": {\"type\": \"police\", \"order\": 2}}");
  test_click (stage.window, "Undo");
  g_assert_cmpuint (json_object_size (stage.fields), ==, 2);
  strike (&stage);
}

static void
a_table_within_a_row_is_written_into_the_row (void)
{
  GtkWidget *focus;
  Stage stage;

  set_stage (&stage, visit, "people", "{\"people/" A "\": {\"type\": \"police\", \"order\": 1}}");
  test_click (stage.window, "Police");
  test_click (stage.window, "Add: Sentence");
  g_assert_false (json_object_size (json_object_get (stage.fields, "people/" A)) > 2);
  focus = gtk_root_get_focus (GTK_ROOT (stage.window));
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY)), "go");
  assert_fields (&stage, "{\"people/" A "\": {\"type\": \"police\", \"order\": 1, \"said\": [{\"words\": \"go\"}]}}");
  strike (&stage);
}

static void
what_is_needed_in_a_row_is_shown_there (void)
{
  GtkWidget *missing;
  Stage stage;

  set_stage (&stage, visit, "people", "{\"people/" A "\": {\"receipt\": \"no\", \"said\": [{\"tone\": [\"loud\"]}]}}");
  missing = sak_table_field_show_missing (SAK_TABLE_FIELD (stage.field));
  g_assert_cmpstr (sak_field_get_path (SAK_FIELD (missing)), ==, "type");
  test_see (stage.window, "Fill this in to finish.");
  test_see (stage.window, "Words (needed)");
  strike (&stage);
}

static void
a_sum_needs_its_currency_and_says_so (void)
{
  GtkDropDown *currency;
  Stage stage;

  set_stage (&stage, visit, "cost", "{}");
  type_into (stage.window, GTK_TYPE_ENTRY, "๒,๘๐๐");
  test_see (stage.window, "Choose the currency.");
  assert_fields (&stage, "{}");
  currency = GTK_DROP_DOWN (test_find_shown (stage.window, GTK_TYPE_DROP_DOWN));
  gtk_drop_down_set_selected (currency, 1);
  test_see (stage.window, "Understood as: 2\u202f800 THB");
  assert_fields (&stage, "{\"cost\": {\"amount\": \"2800\", \"currency\": \"THB\"}}");
  gtk_drop_down_set_selected (currency, g_list_model_get_n_items (gtk_drop_down_get_model (currency)) - 1);
  test_see (stage.window, "three letters");
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_next_sibling (GTK_WIDGET (currency))), "sgd");
  assert_fields (&stage, "{\"cost\": {\"amount\": \"2800\", \"currency\": \"SGD\"}}");
  type_into (stage.window, GTK_TYPE_ENTRY, "much");
  test_see (stage.window, "This is not a sum");
  assert_fields (&stage, "{}");
  strike (&stage);
}

static void
a_span_without_its_unit_is_kept_as_words (void)
{
  Stage stage;

  set_stage (&stage, visit, "lasted", "{}");
  type_into (stage.window, GTK_TYPE_ENTRY, "4");
  test_see (stage.window, "Choose hours, days");
  assert_fields (&stage, "{\"lasted\": {\"said\": \"4\"}}");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (test_find_shown (stage.window, GTK_TYPE_DROP_DOWN)), 5);
  assert_fields (&stage, "{\"lasted\": {\"number\": 4, \"unit\": \"months\"}}");
  strike (&stage);
}

static void
a_checklist_stores_what_was_answered (void)
{
  const char *path;
  Stage stage;

  set_stage (&stage, raid, "signs", "{}");
  test_see (stage.window, "Held by a debt");
  g_assert_null (test_find_text (stage.window, "In their own words"));
  test_click (stage.window, "Yes");
  test_see (stage.window, "In their own words");
  g_assert_cmpuint (json_object_size (stage.fields), ==, 1);
  path = json_object_iter_key (json_object_iter (stage.fields));
  g_assert_true (g_str_has_prefix (path, "signs/"));
  g_assert_cmpstr (sak_json_get_text (json_object_get (stage.fields, path), "sign"), ==, "papers");
  g_assert_true (sak_form_check_draft (raid, stage.fields, NULL));
  test_click (stage.window, "Yes");
  assert_fields (&stage, "{}");
  strike (&stage);
}

static void
a_link_says_how_the_two_are_connected (void)
{
  Stage stage;

  set_stage (&stage, visit, "links", "{\"links/" A "\": {\"role\": \"after\", \"to\": \"" B "\", \"note\": \"in May\"},"
             " \"links/" B "\": {\"role\": \"host\", \"to\": \"" A "\"}}");
  test_see (stage.window, "in May");
  test_click (stage.window, "Connection…");
  type_into (stage.window, GTK_TYPE_SEARCH_ENTRY, "parent");
  activate_row (stage.window, "Parent");
  test_see (stage.window, " · in May");
  g_assert_cmpstr (sak_json_get_text (json_object_get (stage.fields, "links/" A), "code"), ==, "parent");
  g_assert_true (sak_form_check_draft (visit, stage.fields, NULL));
  g_assert_null (sak_json_get_text (json_object_get (stage.fields, "links/" B), "code"));
  strike (&stage);
}

static void
assert_named (GtkWidget  *widget,
              const char *name)
{
  g_assert_nonnull (widget);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

/* Many say "Choose…": a screen reader needs to know for what; and what is chosen. */
static void
controls_are_named_after_their_question (void)
{
  GtkWidget *drop_down;
  Stage stage;

  set_stage (&stage, visit, "topics", "{\"topics\": [\"torture\"]}");
  assert_named (gtk_widget_get_ancestor (test_see (stage.window, "Choose more…"), GTK_TYPE_BUTTON),
                "Choose for Topics");
  strike (&stage);
  set_stage (&stage, visit, "people", "{}");
  test_click (stage.window, "Add: Person met");
  assert_named (gtk_widget_get_ancestor (test_see (stage.window, "Nothing written"), GTK_TYPE_BUTTON),
                "Nothing written here yet");
  strike (&stage);
  set_stage (&stage, visit, "cost", "{\"cost\": {\"amount\": \"5\", \"currency\": \"THB\"}}");
  drop_down = test_find_shown (stage.window, GTK_TYPE_DROP_DOWN);
  assert_named (drop_down, "Currency");
  assert_named (gtk_widget_get_first_child (drop_down), "Currency, THB, Thai baht");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), 2);
  assert_named (gtk_widget_get_first_child (drop_down), "Currency, MMK, Myanmar kyat");
  strike (&stage);
}

static void
help_comes_in_its_parts_and_only_when_asked (void)
{
  GtkWidget *button;
  Stage stage;

  set_stage (&stage, raid, "title", "{}");
  g_assert_null (test_find_text (stage.window, "How to ask"));
  button = test_find_shown (stage.field, GTK_TYPE_MENU_BUTTON);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  test_see (button, "How to ask");
  test_see (button, "without names of persons");
  test_see (button, "For example");
  strike (&stage);
}

static void
take_day (char      **ret_day,
          const char *day)
{
  g_free (*ret_day);
  *ret_day = g_strdup (day);
}

static GtkWidget *
open_month (GtkWidget **ret_window,
            int         year,
            int         month)
{
  GtkWidget *view = sak_month_view_new ();

  *ret_window = test_window_new ();
  sak_month_view_show (SAK_MONTH_VIEW (view), year, month);
  gtk_window_set_child (GTK_WINDOW (*ret_window), view);
  gtk_window_present (GTK_WINDOW (*ret_window));
  return view;
}

/* The fourteenth of July 2019 was a Sunday. */
static void
a_day_is_pointed_at_in_each_language (void)
{
  static const struct { const char *language, *month, *first, *day, *name; } said[] = {
    { "en", "July 2019", "Mon", "14", "14 July 2019" },
    { "my", "၂၀၁၉ ဇူလိုင်", "တနင်္ဂနွေ", "၁၄", "၂၀၁၉၊ ဇူလိုင် ၁၄" },
    { "th", "กรกฎาคม พ.ศ. 2562", "อา.", "14", "14 กรกฎาคม พ.ศ. 2562" },
    { "km", "កក្កដា 2019", "អាទិត្យ", "14", "14 កក្កដា 2019" },
    { "lo", "ກໍລະກົດ 2019", "ອາທິດ", "14", "14 ກໍລະກົດ 2019" },
    { "vi", "tháng 7 năm 2019", "Th 2", "14", "14 tháng 7, 2019" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autofree char *day = NULL;
      GtkWidget *window, *view, *first, *button;

      sak_language_choose (said[i].language);
      view = open_month (&window, 2019, 7);
      g_signal_connect_swapped (view, "chosen", G_CALLBACK (take_day), &day);
      test_see (view, said[i].month);
      first = test_see (view, said[i].first);
      g_assert_null (gtk_widget_get_prev_sibling (first));
      button = gtk_widget_get_ancestor (test_see (view, said[i].day), GTK_TYPE_BUTTON);
      gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, said[i].name);
      g_signal_emit_by_name (button, "clicked");
      g_assert_cmpstr (day, ==, "2019-07-14");
      gtk_window_destroy (GTK_WINDOW (window));
    }
  sak_language_choose ("en");
}

/* The button called so. */
static GtkWidget *
find_step (GtkWidget  *widget,
           const char *name)
{
  GtkWidget *found = test_is_called (widget, name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_step (child, name);
  return found;
}

static void
months_go_on_to_both_ends_of_time (void)
{
  static const char *const names[] = { "The year before", "The month before", "The month after", "The year after" };
  GtkWidget *window, *view = open_month (&window, 2020, 1);

  g_signal_emit_by_name (find_step (view, names[2]), "clicked");
  test_see (view, "February 2020");
  test_see (view, "29");
  g_signal_emit_by_name (find_step (view, names[3]), "clicked");
  test_see (view, "February 2021");
  g_assert_null (test_find_text (view, "29"));
  g_signal_emit_by_name (find_step (view, names[0]), "clicked");
  g_signal_emit_by_name (find_step (view, names[1]), "clicked");
  g_signal_emit_by_name (find_step (view, names[1]), "clicked");
  test_see (view, "December 2019");
  sak_month_view_show (SAK_MONTH_VIEW (view), 1, 1);
  g_assert_false (gtk_widget_get_sensitive (find_step (view, names[0])));
  g_assert_false (gtk_widget_get_sensitive (find_step (view, names[1])));
  g_assert_true (gtk_widget_get_sensitive (find_step (view, names[2])));
  sak_month_view_show (SAK_MONTH_VIEW (view), 9999, 12);
  g_assert_false (gtk_widget_get_sensitive (find_step (view, names[2])));
  g_assert_false (gtk_widget_get_sensitive (find_step (view, names[3])));
  sak_month_view_show (SAK_MONTH_VIEW (view), 10000, 1);
  test_see (view, "December 9999");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
every_field_of_both_forms_builds_and_goes (void)
{
  SakForm *forms[] = { raid, visit };

  for (gsize n = 0; n < G_N_ELEMENTS (forms); n++)
    for (guint i = 0; i < sak_form_get_n_fields (forms[n]); i++)
      {
        g_autoptr (json_t) fields = json_object ();
        GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_get_field (forms[n], i)));

        sak_field_load (SAK_FIELD (field), fields);
        sak_field_set_editable (SAK_FIELD (field), FALSE);
        sak_field_store (SAK_FIELD (field), fields);
        g_assert_cmpuint (json_object_size (fields), ==, 0);
        g_assert_finalize_object (field);
      }
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  raid = load_form ("acts.json");
  visit = load_form ("visit.json");
  g_test_add_func ("/forms/every-new-kind-of-field-keeps-its-value", every_new_kind_of_field_keeps_its_value);
  g_test_add_func ("/forms/every-field-of-both-forms-builds-and-goes", every_field_of_both_forms_builds_and_goes);
  g_test_add_func ("/terms/a-term-is-found-by-a-word-of-any-language", a_term_is_found_by_a_word_of_any_language);
  g_test_add_func ("/terms/a-term-is-found-by-going-down-the-levels", a_term_is_found_by_going_down_the_levels);
  g_test_add_func ("/terms/unknown-codes-are-shown-and-can-be-taken-out", unknown_codes_are_shown_and_can_be_taken_out);
  g_test_add_func ("/tables/rows-are-added-ordered-taken-out-and-brought-back",
                   rows_are_added_ordered_taken_out_and_brought_back);
  g_test_add_func ("/tables/a-table-within-a-row-is-written-into-the-row",
                   a_table_within_a_row_is_written_into_the_row);
  g_test_add_func ("/tables/what-is-needed-in-a-row-is-shown-there", what_is_needed_in_a_row_is_shown_there);
  g_test_add_func ("/tables/a-checklist-stores-what-was-answered", a_checklist_stores_what_was_answered);
  g_test_add_func ("/money/a-sum-needs-its-currency-and-says-so", a_sum_needs_its_currency_and_says_so);
  g_test_add_func ("/money/a-span-without-its-unit-is-kept-as-words", a_span_without_its_unit_is_kept_as_words);
  g_test_add_func ("/links/a-link-says-how-the-two-are-connected", a_link_says_how_the_two_are_connected);
  g_test_add_func ("/names/controls-are-named-after-their-question", controls_are_named_after_their_question);
  g_test_add_func ("/dates/a-day-is-pointed-at-in-each-language", a_day_is_pointed_at_in_each_language);
  g_test_add_func ("/dates/months-go-on-to-both-ends-of-time", months_go_on_to_both_ends_of_time);
  g_test_add_func ("/help/help-comes-in-its-parts-and-only-when-asked", help_comes_in_its_parts_and_only_when_asked);
  status = g_test_run ();
  sak_form_unref (raid);
  sak_form_unref (visit);
  return status;
}
