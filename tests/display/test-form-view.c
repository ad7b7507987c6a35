/* test-form-view.c - questions come and go with the answers, and nothing is lost by it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-columns.h"
#include "ui/sak-fields.h"
#include "ui/sak-form-view.h"
#include "ui/sak-original.h"

#define A "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"

typedef struct
{
  SakForm *form;
  GtkWidget *window;
  SakFormView *view;
  json_t *fields;
} Stage;

/* As the record page does. */
static void
view_changed_cb (Stage    *stage,
                 SakField *field)
{
  sak_field_set_missing (field, FALSE);
  sak_field_store (field, stage->fields);
  sak_form_view_refresh (stage->view);
}

static void
set_stage (Stage      *stage,
           const char *form,
           const char *fields,
           gboolean    is_editing)
{
  g_autofree char *path = g_build_filename (SAK_FORMS, form, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  stage->form = sak_form_parse (text, -1, &error);
  g_assert_no_error (error);
  stage->fields = json_loads (fields, 0, NULL);
  g_assert_nonnull (stage->fields);
  stage->view = SAK_FORM_VIEW (sak_form_view_new (NULL, stage->form));
  g_signal_connect_swapped (stage->view, "changed", G_CALLBACK (view_changed_cb), stage);
  stage->window = test_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (stage->view));
  gtk_window_set_child (GTK_WINDOW (stage->window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 760, 700);
  sak_form_view_load (stage->view, stage->fields, NULL);
  sak_form_view_set_editing (stage->view, is_editing);
  gtk_window_present (GTK_WINDOW (stage->window));
  for (int i = 0; i < 3; i++)
    test_turn ();
}

static void
strike (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  json_decref (stage->fields);
  sak_form_unref (stage->form);
}

static gboolean
is_seen (Stage      *stage,
         const char *text)
{
  return test_find_text (stage->window, text) != NULL;
}

static void
a_question_comes_with_its_answer_and_keeps_its_own (void)
{
  g_autofree char *none = NULL;
  g_autofree char *hidden = NULL;
  Stage stage;

  set_stage (&stage, "acts.json", "{\"harm\": \"A broken arm.\"}", TRUE);
  g_assert_false (is_seen (&stage, "How?"));
  hidden = sak_form_view_list_hidden (stage.view);
  g_assert_cmpstr (hidden, ==, "How?");
  test_click (stage.window, "Yes");
  test_see (stage.window, "How? (needed)");
  none = sak_form_view_list_hidden (stage.view);
  g_assert_null (none);
  test_click (stage.window, "No");
  g_assert_false (is_seen (&stage, "How?"));
  g_assert_cmpstr (sak_json_get_text (stage.fields, "harm"), ==, "A broken arm.");
  strike (&stage);
}

static void
progress_counts_what_is_asked (void)
{
  Stage stage;

  set_stage (&stage, "acts.json", "{}", TRUE);
  test_see (stage.window, "0 of 2 answered");
  test_click (stage.window, "Yes");
  test_see (stage.window, "1 of 3 answered");
  test_see (stage.window, "0 of 4 answered");
  strike (&stage);
}

static void
a_deeper_section_opens_when_asked_to (void)
{
  Stage stage;

  set_stage (&stage, "acts.json", "{\"fee\": {\"amount\": \"5\", \"currency\": \"THB\"}}", TRUE);
  test_see (stage.window, "1 of 4 answered");
  g_assert_false (is_seen (&stage, "Fee paid to the broker"));
  test_click (stage.window, "Pay and debts");
  test_see (stage.window, "Fee paid to the broker");
  g_assert_cmpuint (json_object_size (stage.fields), ==, 1);
  test_click (stage.window, "Pay and debts");
  g_assert_false (is_seen (&stage, "Fee paid to the broker"));
  strike (&stage);
}

static void
a_pack_is_asked_where_it_is_switched_on_answered_or_wanted (void)
{
  static const char *const packs[] = { "labour-migration", NULL };
  Stage stage;

  set_stage (&stage, "acts.json", "{}", TRUE);
  g_assert_false (is_seen (&stage, "Recruitment"));
  g_assert_false (is_seen (&stage, "Land, dams and mines"));
  sak_form_view_set_packs (stage.view, packs);
  test_see (stage.window, "Recruitment");
  g_assert_false (is_seen (&stage, "Is it also about"));
  sak_form_view_set_packs (stage.view, NULL);
  g_assert_false (is_seen (&stage, "Recruitment"));
  test_click (stage.window, "Labour migration");
  test_see (stage.window, "Name of the broker");
  g_assert_false (is_seen (&stage, "Is it also about"));
  strike (&stage);
  set_stage (&stage, "acts.json", "{\"broker\": \"U Tun\"}", TRUE);
  test_see (stage.window, "Recruitment");
  strike (&stage);
}

static void
what_lacks_is_opened_marked_and_named (void)
{
  g_autofree char *names = NULL;
  g_autofree char *nothing = NULL;
  GtkWidget *focus;
  Stage stage;

  set_stage (&stage, "acts.json", "{\"title\": \"Raid\", \"acts/" A "\": {\"date\": \"2019\"}}", TRUE);
  g_assert_false (is_seen (&stage, "What was done"));
  names = sak_form_view_show_missing (stage.view);
  g_assert_cmpstr (names, ==, "Who did what to whom");
  test_see (stage.window, "What was done (needed)");
  focus = gtk_root_get_focus (GTK_ROOT (stage.window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, SAK_TYPE_TERM_FIELD));
  json_object_del (stage.fields, "acts/" A);
  sak_form_view_load (stage.view, stage.fields, NULL);
  nothing = sak_form_view_show_missing (stage.view);
  g_assert_null (nothing);
  strike (&stage);
}

/* Answers only, also those of sections that were closed, and nothing about what is needed. */
static void
who_reads_sees_answers_only (void)
{
  static const char *const withheld[] = { "acts/" A, "languages", NULL };
  Stage stage;

  set_stage (&stage, "acts.json",
             "{\"title\": \"Raid\", \"harm\": \"A broken arm.\","
             " \"fee\": {\"amount\": \"5\", \"currency\": \"THB\"}}", FALSE);
  test_see (stage.window, "A broken arm.");
  test_see (stage.window, "Fee paid to the broker");
  test_see (stage.window, "5 THB");
  g_assert_false (is_seen (&stage, "needed"));
  g_assert_false (is_seen (&stage, "answered"));
  g_assert_false (is_seen (&stage, "Was anybody harmed?"));
  g_assert_false (is_seen (&stage, "Violations"));
  g_assert_false (is_seen (&stage, "Is it also about"));
  sak_form_view_load (stage.view, stage.fields, withheld);
  test_see (stage.window, "1 entry was kept by the sender.");
  test_see (stage.window, "Kept by the sender.");
  strike (&stage);
}

/* Once the window has this width, which needs a turn or two. */
static void
wait_for_width (GtkWidget *widget,
                int        least,
                int        most)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (gtk_widget_get_width (widget) < least || gtk_widget_get_width (widget) > most)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

/* Burmese beside English where there is room, one above the other where there is none. */
static void
a_translation_has_its_original_beside_it (void)
{
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s}", "statement", "ည ဆယ်နာရီမှာ ရောက်လာတယ်။", "translation",
                                         "They came at ten at night.");
  static const int widths[] = { 760, 480 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkWidget *window = test_window_new ();
      GtkWidget *scrolled = gtk_scrolled_window_new ();
      GtkWidget *view = sak_form_view_new (NULL, (SakForm *) sak_form_get ("testimony"));
      GtkWidget *columns;
      graphene_rect_t original, translation;

      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
      gtk_window_set_child (GTK_WINDOW (window), scrolled);
      gtk_window_set_default_size (GTK_WINDOW (window), widths[i], 700);
      sak_form_view_load (SAK_FORM_VIEW (view), fields, NULL);
      sak_form_view_set_editing (SAK_FORM_VIEW (view), FALSE);
      gtk_window_present (GTK_WINDOW (window));
      test_see (window, "They came at ten at night.");
      columns = test_find_type (view, SAK_TYPE_COLUMNS);
      wait_for_width (columns, widths[i] - 60, widths[i]);
      test_see (columns, "ည ဆယ်နာရီမှာ ရောက်လာတယ်။");
      test_see (columns, "In their own words");
      g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_first_child (columns), window, &original));
      g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_last_child (columns), window, &translation));
      if (i == 0)
        g_assert_cmpfloat (original.origin.x + original.size.width, <=, translation.origin.x);
      else
        g_assert_cmpfloat (original.origin.y + original.size.height, <=, translation.origin.y);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
an_original_follows_what_is_typed_and_needs_a_translation_to_be_read (void)
{
  g_autoptr (json_t) fields = json_pack ("{s:s}", "statement", "First.");
  GtkWidget *window = test_window_new ();
  GtkWidget *view = sak_form_view_new (NULL, (SakForm *) sak_form_get ("testimony"));
  GtkWidget *original;

  gtk_window_set_child (GTK_WINDOW (window), view);
  sak_form_view_load (SAK_FORM_VIEW (view), fields, NULL);
  sak_form_view_set_editing (SAK_FORM_VIEW (view), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_null (test_find_type (view, SAK_TYPE_COLUMNS));
  sak_form_view_set_editing (SAK_FORM_VIEW (view), TRUE);
  test_click (window, "Translation");
  original = test_find_type (view, SAK_TYPE_ORIGINAL);
  g_assert_nonnull (original);
  test_see (original, "First.");
  gtk_test_accessible_assert_property (test_find_type (original, GTK_TYPE_SCROLLED_WINDOW),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "In their own words");
  json_object_set_new (fields, "statement", json_string ("First. Second."));
  sak_form_view_refresh (SAK_FORM_VIEW (view));
  test_see (original, "First. Second.");
  json_object_del (fields, "statement");
  sak_form_view_refresh (SAK_FORM_VIEW (view));
  g_assert_false (gtk_widget_get_visible (original));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_view_goes_with_all_that_it_made (void)
{
  g_autoptr (json_t) fields = json_object ();
  GtkWidget *view = g_object_ref_sink (sak_form_view_new (NULL, (SakForm *) sak_form_get ("event")));

  sak_form_view_load (SAK_FORM_VIEW (view), fields, NULL);
  sak_form_view_set_editing (SAK_FORM_VIEW (view), TRUE);
  g_assert_finalize_object (view);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  g_test_add_func ("/form-view/a-question-comes-with-its-answer-and-keeps-its-own",
                   a_question_comes_with_its_answer_and_keeps_its_own);
  g_test_add_func ("/form-view/progress-counts-what-is-asked", progress_counts_what_is_asked);
  g_test_add_func ("/form-view/a-deeper-section-opens-when-asked-to", a_deeper_section_opens_when_asked_to);
  g_test_add_func ("/form-view/a-pack-is-asked-where-it-is-switched-on-answered-or-wanted",
                   a_pack_is_asked_where_it_is_switched_on_answered_or_wanted);
  g_test_add_func ("/form-view/what-lacks-is-opened-marked-and-named", what_lacks_is_opened_marked_and_named);
  g_test_add_func ("/form-view/who-reads-sees-answers-only", who_reads_sees_answers_only);
  g_test_add_func ("/form-view/a-translation-has-its-original-beside-it", a_translation_has_its_original_beside_it);
  g_test_add_func ("/form-view/an-original-follows-what-is-typed-and-needs-a-translation-to-be-read",
                   an_original_follows_what_is_typed_and_needs_a_translation_to_be_read);
  g_test_add_func ("/form-view/a-view-goes-with-all-that-it-made", a_view_goes_with_all_that_it_made);
  return g_test_run ();
}
