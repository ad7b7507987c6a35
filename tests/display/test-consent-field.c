/* test-consent-field.c - what a person allowed, asked in five questions and, for who wants it, line by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-consent.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-consent-matrix.h"
#include "ui/sak-field.h"

#define STATED "{\"consent\": {\"share\": \"named\", \"how\": \"oral\", \"given\": \"2026-11-01\", \"matrix\": [" \
  "{\"recipient\": \"lawyers\", \"purpose\": \"help\", \"identity\": \"named\", \"until\": \"2027-06\"," \
  " \"conditions\": \"only her own\"}, {\"recipient\": \"key:" \
  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"," \
  " \"purpose\": \"any\", \"identity\": \"no\"}]}}"

typedef struct
{
  GtkWidget *window;
  SakField *field;
  guint n_changes;
} Stage;

static void
count_change (Stage *stage)
{
  stage->n_changes++;
}

static void
set_stage (Stage      *stage,
           const char *text)
{
  g_autoptr (json_t) fields = json_loads (text, 0, NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  const SakFormField *form_field = sak_form_find_field (sak_form_get ("testimony"), "consent");

  g_assert_nonnull (fields);
  stage->n_changes = 0;
  stage->field = SAK_FIELD (sak_field_new (NULL, form_field));
  stage->window = test_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (stage->field));
  gtk_window_set_child (GTK_WINDOW (stage->window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 700, 700);
  sak_field_load (stage->field, fields);
  g_signal_connect_swapped (stage->field, "changed", G_CALLBACK (count_change), stage);
  gtk_window_present (GTK_WINDOW (stage->window));
  for (int i = 0; i < 3; i++)
    test_turn ();
}

static void
strike (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
}

static json_t *
store (Stage *stage)
{
  json_t *fields = json_object ();

  sak_field_store (stage->field, fields);
  g_assert_true (sak_consent_check (json_object_get (fields, "consent"), NULL)
                 || json_object_get (fields, "consent") == NULL);
  return fields;
}

static char *
store_matrix (Stage *stage)
{
  g_autoptr (json_t) fields = store (stage);
  const json_t *matrix = json_object_get (json_object_get (fields, "consent"), "matrix");

  return matrix != NULL ? sak_json_to_canonical (matrix) : NULL;
}

static gboolean
has_name (GtkWidget  *widget,
          const char *name)
{
  g_autofree char *problem = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                                 GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return problem == NULL;
}

static GtkWidget *
find (GtkWidget  *widget,
      const char *name,
      GType       type)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (name == NULL || has_name (widget, name)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, name, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
open_detail (Stage *stage)
{
  gtk_expander_set_expanded (GTK_EXPANDER (find (stage->window, NULL, GTK_TYPE_EXPANDER)), TRUE);
  test_see (stage->window, "Who else may have it, and for what");
}

/* By its name for screen readers: the choice with these words. */
static void
choose (Stage      *stage,
        const char *name,
        const char *words)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (find (stage->window, name, GTK_TYPE_DROP_DOWN));
  GListModel *model = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), words))
        {
          gtk_drop_down_set_selected (drop_down, i);
          return;
        }
    }
  g_error ("“%s” has no “%s”", name, words);
}

static void
type_into (Stage      *stage,
           const char *name,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (stage->window, name, GTK_TYPE_ENTRY)), text);
}

static guint
count_seen (GtkWidget *widget,
            GType      type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? 1 : 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_seen (child, type);
  return n;
}

static void
the_first_view_is_five_questions (void)
{
  Stage stage;

  set_stage (&stage, "{}");
  /* One of them is the help. */
  g_assert_cmpuint (count_seen (stage.window, GTK_TYPE_TOGGLE_BUTTON), ==, 15 + 1);
  g_assert_cmpuint (count_seen (stage.window, GTK_TYPE_ENTRY), ==, 1);
  g_assert_cmpuint (count_seen (stage.window, GTK_TYPE_DROP_DOWN), ==, 0);
  open_detail (&stage);
  test_see (stage.window, "Nobody may have it yet: the person was not asked.");
  g_assert_cmpuint (stage.n_changes, ==, 0);
  strike (&stage);
}

/* A line counts once who, what for, and yes or no are chosen, and not before. */
static void
a_line_counts_when_all_of_it_is_chosen (void)
{
  g_autofree char *before = NULL;
  g_autofree char *matrix = NULL;
  Stage stage;

  set_stage (&stage, "{}");
  open_detail (&stage);
  test_click (stage.window, "Add somebody…");
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (stage.window)), GTK_TYPE_DROP_DOWN));
  choose (&stage, "Line 1: Who?", "Lawyers");
  choose (&stage, "Line 1: What for?", "To find help for them");
  test_see (stage.window, "this line does not count");
  before = store_matrix (&stage);
  g_assert_null (before);
  choose (&stage, "Line 1: May they?", "Yes, under another name");
  g_assert_null (test_find_text (stage.window, "this line does not count"));
  type_into (&stage, "Line 1: On what condition?", " not the police ");
  matrix = store_matrix (&stage);
  g_assert_cmpstr (matrix, ==, "[{\"conditions\":\"not the police\",\"identity\":\"pseudonym\","
                   "\"purpose\":\"help\",\"recipient\":\"lawyers\"}]");
  test_see (stage.window, "Yes, under another name: To find help for them");
  g_assert_cmpuint (stage.n_changes, ==, 4);
  test_click (stage.window, "Take out");
  g_free (matrix);
  matrix = store_matrix (&stage);
  g_assert_null (matrix);
  test_see (stage.window, "Nobody may have it yet");
  strike (&stage);
}

static void
assert_matrix (Stage      *stage,
               const char *expected)
{
  g_autofree char *matrix = store_matrix (stage);

  g_assert_cmpstr (matrix, ==, expected);
}

/* For any purpose there is only a no. */
static void
for_anything_at_all_there_is_no_yes (void)
{
  g_autofree char *matrix = NULL;
  Stage stage;

  set_stage (&stage, "{}");
  open_detail (&stage);
  test_click (stage.window, "Add somebody…");
  choose (&stage, "Line 1: Who?", "Journalists");
  choose (&stage, "Line 1: May they?", "Yes, with the name");
  choose (&stage, "Line 1: What for?", "For anything at all");
  g_assert_false (gtk_widget_get_sensitive (find (stage.window, "Line 1: May they?", GTK_TYPE_DROP_DOWN)));
  matrix = store_matrix (&stage);
  g_assert_cmpstr (matrix, ==, "[{\"identity\":\"no\",\"purpose\":\"any\",\"recipient\":\"journalists\"}]");
  strike (&stage);
}

/* Else a yes for a month would become a yes for ever. */
static void
a_limit_that_is_not_understood_does_not_become_none (void)
{
  g_autofree char *none = NULL;
  g_autofree char *some = NULL;
  g_autoptr (json_t) fields = NULL;
  Stage stage;

  set_stage (&stage, "{\"consent\": {\"share\": \"named\", \"expires\": \"2027-01-31\", \"matrix\": ["
             "{\"recipient\": \"lawyers\", \"purpose\": \"help\", \"identity\": \"named\"}]}}");
  type_into (&stage, "Line 1: Until when?", "soon, we hope");
  test_see (stage.window, "not understood as one day");
  none = store_matrix (&stage);
  g_assert_null (none);
  type_into (&stage, "Line 1: Until when?", "31 January 2027");
  test_see (stage.window, "Understood as: 31 January 2027");
  some = store_matrix (&stage);
  g_assert_nonnull (strstr (some, "\"until\":\"2027-01-31\""));
  type_into (&stage, "Line 1: Until when?", "2027-02");
  test_see (stage.window, "Its first day counts.");
  type_into (&stage, "Until which day does it hold?", "some day");
  fields = store (&stage);
  g_assert_cmpstr (sak_json_get_text (json_object_get (fields, "consent"), "expires"), ==, "2027-01-31");
  strike (&stage);
}

/* Half a day is typed, or a choice taken back, and that is saved: what was agreed before is still there. */
static void
a_line_keeps_what_was_last_understood (void)
{
#define LINE "[{\"conditions\":\"only her own\",\"identity\":\"named\",\"purpose\":\"help\"," \
  "\"recipient\":\"lawyers\",\"until\":\"%s\"}]"
  g_autofree char *former = g_strdup_printf (LINE, "2027-06");
  g_autofree char *latter = g_strdup_printf (LINE, "2027-01-31");
  g_autofree char *stated = g_strdup_printf ("{\"consent\": {\"share\": \"named\", \"matrix\": %s}}", former);
  Stage stage;

  set_stage (&stage, stated);
  type_into (&stage, "Line 1: Until when?", "2027-01-3x");
  test_see (stage.window, "not understood as one day");
  assert_matrix (&stage, former);
  type_into (&stage, "Line 1: Until when?", "2027-01-31");
  assert_matrix (&stage, latter);
  choose (&stage, "Line 1: Who?", "Choose…");
  test_see (stage.window, "still counts: Lawyers");
  assert_matrix (&stage, latter);
  choose (&stage, "Line 1: Who?", "Lawyers");
  assert_matrix (&stage, latter);
  g_assert_null (test_find_text (stage.window, "still counts: Lawyers"));
  strike (&stage);
#undef LINE
}

/* Half a day is typed, and that is saved: the refusal is still there. */
static void
a_no_is_not_lost_with_its_limit (void)
{
  g_autofree char *matrix = NULL;
  Stage stage;

  set_stage (&stage, "{\"consent\": {\"share\": \"named\", \"matrix\": ["
             "{\"recipient\": \"journalists\", \"purpose\": \"any\", \"identity\": \"no\"}]}}");
  type_into (&stage, "Line 1: Until when?", "2027-");
  test_see (stage.window, "not understood as one day");
  matrix = store_matrix (&stage);
  g_assert_cmpstr (matrix, ==, "[{\"identity\":\"no\",\"purpose\":\"any\",\"recipient\":\"journalists\"}]");
  strike (&stage);
}

/* What a newer contact's key says stays, though no list has it. */
static void
every_line_is_kept_and_read_in_words (void)
{
  g_autoptr (json_t) expected = json_loads (STATED, 0, NULL);
  g_autoptr (json_t) fields = NULL;
  Stage stage;

  set_stage (&stage, STATED);
  fields = store (&stage);
  g_assert_true (json_equal (fields, expected));
  sak_field_set_editable (stage.field, FALSE);
  test_see (stage.window, "Lawyers. To find help for them: Yes, with the name. Until 2027-06. On condition: only "
            "her own");
  test_see (stage.window, "One contact alone, known by its key. For anything at all: No.");
  test_see (stage.window, "1 November 2026");
  /* Nobody must wonder whether it was asked; of the deeper questions that would be a page of nothing. */
  g_assert_nonnull (test_find_text (stage.window, "May it be quoted in a publication?"));
  g_assert_nonnull (test_find_text (stage.window, "Not asked"));
  g_assert_null (test_find_text (stage.window, "May we contact them again?"));
  g_assert_null (test_find_text (stage.window, "Meeting again"));
  g_assert_cmpuint (count_seen (stage.window, GTK_TYPE_ENTRY), ==, 0);
  g_assert_cmpuint (count_seen (stage.window, GTK_TYPE_DROP_DOWN), ==, 0);
  sak_field_set_editable (stage.field, TRUE);
  json_decref (fields);
  fields = store (&stage);
  g_assert_true (json_equal (fields, expected));
  strike (&stage);
}

/* As the plan asks for it: sync/sak-export-plan-place.c. */
static void
how_exactly_places_may_be_told_is_asked (void)
{
  g_autoptr (json_t) fields = NULL;
  Stage stage;

  set_stage (&stage, "{}");
  open_detail (&stage);
  test_click (stage.window, "The district");
  fields = store (&stage);
  g_assert_cmpint (sak_consent_get_place_level (json_object_get (fields, "consent")), ==, SAK_PLACE_DISTRICT);
  sak_field_set_editable (stage.field, FALSE);
  test_see (stage.window, "How exactly may places be told to others?");
  test_see (stage.window, "The district");
  strike (&stage);
}

/* In the narrow window too, and every line can be told from the others. */
static void
all_of_it_fits_and_has_a_name (void)
{
  static const char *const names[] = { "Who?", "What for?", "May they?", "Until when?", "On what condition?" };
  int least;
  Stage stage;

  set_stage (&stage, STATED);
  for (guint line = 1; line <= 2; line++)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        g_autofree char *name = g_strdup_printf ("Line %u: %s", line, names[i]);

        g_assert_nonnull (find (stage.window, name, i < 3 ? GTK_TYPE_DROP_DOWN : GTK_TYPE_ENTRY));
      }
  gtk_widget_measure (GTK_WIDGET (stage.field), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <, 560);
  strike (&stage);
}

static GtkWidget *
find_drop_down (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_DROP_DOWN (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_drop_down (child);
  return found;
}

static void
assert_recipient (SakConsentMatrix *matrix,
                  const char       *recipient)
{
  g_autoptr (json_t) rows = sak_consent_matrix_make_rows (matrix);

  g_assert_cmpstr (sak_json_get_text (json_array_get (rows, 0), "recipient"), ==, recipient);
}

/* Contacts come after the lines are there: what is chosen stays, and they can be chosen, too. */
static void
a_line_can_be_for_one_contact_alone (void)
{
  static const char *const keys[] = { "key:aa", "key:bb", NULL };
  static const char *const names[] = { "The contact Legal Aid, and nobody else", "The contact Desk, and nobody else",
                                       NULL };
  g_autoptr (json_t) rows = json_pack ("[{s:s, s:s, s:s}]", "recipient", "un", "purpose", "court", "identity", "no");
  g_autoptr (json_t) of_contact = json_pack ("[{s:s, s:s, s:s}]", "recipient", "key:aa", "purpose", "court",
                                             "identity", "no");
  GtkWidget *matrix = sak_consent_matrix_new ();
  GtkWidget *window = test_window_new ();
  GtkDropDown *recipients;
  GListModel *items;

  gtk_window_set_child (GTK_WINDOW (window), matrix);
  gtk_window_present (GTK_WINDOW (window));
  sak_consent_matrix_set_rows (SAK_CONSENT_MATRIX (matrix), rows);
  sak_consent_matrix_set_contacts (SAK_CONSENT_MATRIX (matrix), keys, names);
  assert_recipient (SAK_CONSENT_MATRIX (matrix), "un");
  recipients = GTK_DROP_DOWN (find_drop_down (matrix));
  items = gtk_drop_down_get_model (recipients);
  gtk_drop_down_set_selected (recipients, g_list_model_get_n_items (items) - 1);
  assert_recipient (SAK_CONSENT_MATRIX (matrix), "key:bb");
  /* One that was chosen before it was known who it is gets its name. */
  sak_consent_matrix_set_rows (SAK_CONSENT_MATRIX (matrix), of_contact);
  assert_recipient (SAK_CONSENT_MATRIX (matrix), "key:aa");
  sak_consent_matrix_set_editable (SAK_CONSENT_MATRIX (matrix), FALSE);
  test_see (window, "The contact Legal Aid, and nobody else");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  g_test_add_func ("/consent-field/a-line-can-be-for-one-contact-alone", a_line_can_be_for_one_contact_alone);
  g_test_add_func ("/consent-field/the-first-view-is-five-questions", the_first_view_is_five_questions);
  g_test_add_func ("/consent-field/a-line-counts-when-all-of-it-is-chosen", a_line_counts_when_all_of_it_is_chosen);
  g_test_add_func ("/consent-field/for-anything-at-all-there-is-no-yes", for_anything_at_all_there_is_no_yes);
  g_test_add_func ("/consent-field/a-limit-that-is-not-understood-does-not-become-none",
                   a_limit_that_is_not_understood_does_not_become_none);
  g_test_add_func ("/consent-field/a-line-keeps-what-was-last-understood", a_line_keeps_what_was_last_understood);
  g_test_add_func ("/consent-field/a-no-is-not-lost-with-its-limit",
                   a_no_is_not_lost_with_its_limit);
  g_test_add_func ("/consent-field/every-line-is-kept-and-read-in-words", every_line_is_kept_and_read_in_words);
  g_test_add_func ("/consent-field/how-exactly-places-may-be-told-is-asked", how_exactly_places_may_be_told_is_asked);
  g_test_add_func ("/consent-field/all-of-it-fits-and-has-a-name", all_of_it_fits_and_has_a_name);
  return g_test_run ();
}
