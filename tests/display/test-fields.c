/* test-fields.c - what a field shows is what it stores, and dates are read honestly
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-form.h"
#include "ui/sak-field.h"
#include "ui/sak-passphrase.h"
#include "ui/sak-plain-fields.h"
#include "ui/sak-say.h"

typedef struct
{
  const char *form;
  const char *path;
  const char *value;
} Case;

static const Case cases[] = {
  { "event", "title", "\"ရွှေကူ ဆိပ်ကမ်း\"" },
  { "event", "narrative", "\"one\\n\\ntwo\"" },
  { "event", "date", "\"2019-07~\"" },
  { "event", "date", "{\"edtf\": \"2019-07~\", \"said\": \"about 7/2562\"}" },
  { "event", "date", "{\"edtf\": \"2019\", \"said\": \"the dry year\", \"calendar\": \"myanmar\"}" },
  { "event", "place", "{\"name\": \"Mahachai\", \"country\": \"TH\"}" },
  { "event", "place", "{\"name\": \"Mahachai\", \"country\": \"FR\", \"precision\": \"township\"}" },
  { "event", "number_affected", "7" },
  { "person", "person_type", "\"individual\"" },
  { "person", "consent", "{\"share\": \"named\", \"quote\": \"no\", \"conditions\": \"not now\"}" },
};

/* A value goes in and comes out again, whatever else the field cannot show. */
static void
every_kind_of_field_keeps_its_value (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SakForm *form = sak_form_get (cases[i].form);
      const SakFormField *form_field = sak_form_find_field (form, cases[i].path);
      g_autoptr (json_t) fields = json_object ();
      g_autoptr (json_t) stored = json_object ();
      GtkWidget *field;

      g_assert_nonnull (form_field);
      json_object_set_new (fields, cases[i].path,
                           json_loads (cases[i].value, JSON_DECODE_ANY, NULL));
      g_assert_true (sak_form_check_draft (form, fields, NULL));
      field = g_object_ref_sink (sak_field_new (NULL, form_field));
      sak_field_load (SAK_FIELD (field), fields);
      sak_field_store (SAK_FIELD (field), stored);
      if (!json_equal (fields, stored))
        g_error ("%s: %s", cases[i].path, json_dumps (stored, JSON_ENCODE_ANY));
      sak_field_load (SAK_FIELD (field), json_object_get (fields, "nothing"));
      sak_field_store (SAK_FIELD (field), stored);
      g_assert_cmpuint (json_object_size (stored), ==, 0);
      g_object_unref (field);
    }
}

static void
every_field_of_every_form_builds_and_goes (void)
{
  const SakForm *form;

  for (guint n = 0; (form = sak_form_get_nth (n)) != NULL; n++)
    for (guint i = 0; i < sak_form_get_n_fields (form); i++)
      {
        g_autoptr (json_t) fields = json_object ();
        GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_get_field (form, i)));

        sak_field_load (SAK_FIELD (field), fields);
        sak_field_set_editable (SAK_FIELD (field), FALSE);
        sak_field_set_withheld (SAK_FIELD (field), TRUE);
        sak_field_store (SAK_FIELD (field), fields);
        g_assert_cmpuint (json_object_size (fields), ==, 0);
        g_assert_finalize_object (field);
      }
}

static void
count_change (gpointer field,
              guint   *n_changes)
{
  ++*n_changes;
}

static void
loading_is_not_a_change (void)
{
  const SakForm *form = sak_form_get ("event");
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Harbour");
  GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_find_field (form, "title")));
  guint n_changes = 0;

  g_signal_connect (field, "changed", G_CALLBACK (count_change), &n_changes);
  sak_field_load (SAK_FIELD (field), fields);
  g_assert_cmpuint (n_changes, ==, 0);
  g_object_unref (field);
}

/* The first widget of a type in a field. */
static GtkWidget *
find_widget (GtkWidget *parent,
             GType      type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? child : find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Typed words are stored as they were understood; where they may mean two dates, as chosen. */
static void
typed_dates_offer_what_they_may_mean (void)
{
  const SakForm *form = sak_form_get ("event");
  GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_find_field (form, "date")));
  GtkWidget *entry = find_widget (field, GTK_TYPE_ENTRY);
  GtkWidget *choice = find_widget (field, GTK_TYPE_DROP_DOWN);
  g_autoptr (json_t) stored = json_object ();

  g_assert_false (gtk_widget_get_visible (choice));
  gtk_editable_set_text (GTK_EDITABLE (entry), "12/3/2562");
  g_assert_true (gtk_widget_get_visible (choice));
  gtk_test_accessible_assert_property (choice, GTK_ACCESSIBLE_PROPERTY_LABEL, "Which date is meant: When it happened");
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (choice))), ==, 2);
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "date"), "edtf"), ==, "2019-03-12");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 1);
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "date"), "edtf"), ==, "2019-12-03");
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "date"), "calendar"), ==, "buddhist");
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "date"), "said"), ==, "12/3/2562");
  gtk_editable_set_text (GTK_EDITABLE (entry), "rainy season 2019");
  g_assert_false (gtk_widget_get_visible (choice));
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "date"), "edtf"), ==, "2019-06/2019-10");
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_cmpuint (json_object_size (stored), ==, 0);
  g_assert_finalize_object (field);
}

/* The second reading was chosen once, and is still the one when the record is opened again. */
static void
a_chosen_date_stays_chosen (void)
{
  const SakForm *form = sak_form_get ("event");
  GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_find_field (form, "date")));
  GtkWidget *choice = find_widget (field, GTK_TYPE_DROP_DOWN);
  g_autoptr (json_t) fields = json_pack ("{s:{s:s, s:s}}", "date", "edtf", "2019-12-03", "said", "12/3/2019");
  g_autoptr (json_t) stored = json_object ();

  sak_field_load (SAK_FIELD (field), fields);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==, 1);
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_true (json_equal (fields, stored));
  g_assert_finalize_object (field);
}

/* What is typed and not understood is still kept, in a form that the model takes. */
static void
words_that_are_no_date_are_kept (void)
{
  const SakForm *form = sak_form_get ("event");
  g_autoptr (json_t) fields = json_pack ("{s:{s:s}}", "date", "said", "rainy season");
  g_autoptr (json_t) stored = json_object ();
  GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_find_field (form, "date")));

  sak_field_load (SAK_FIELD (field), fields);
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_true (json_equal (fields, stored));
  g_assert_true (sak_form_check_draft (form, stored, NULL));
  g_object_unref (field);
}

static void
burmese_khmer_and_lao_get_breaks_and_nothing_else (void)
{
  static const char *const texts[] = { "အလုပ်သမားများဖမ်းဆီးခံရခြင်း", "កម្មករត្រូវបានចាប់ខ្លួន",
                                       "ແຮງງານຖືກຈັບຕົວ" };
  g_autofree char *plain = sak_say_with_breaks ("Harbour");

  g_assert_cmpstr (plain, ==, "Harbour");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *broken = sak_say_with_breaks (texts[i]);
      g_auto (GStrv) pieces = g_strsplit (broken, "\342\200\213", -1);
      g_autofree char *joined = g_strjoinv ("", pieces);

      g_assert_cmpuint (g_strv_length (pieces), >, 1);
      g_assert_cmpstr (joined, ==, texts[i]);
    }
}

static void
strength_does_not_depend_on_the_script (void)
{
  double english = sak_passphrase_estimate_bits ("the ferry waits for nobody");
  double thai = sak_passphrase_estimate_bits ("เรือข้ามฟากไม่เคยรอใครเลย");

  g_assert_cmpfloat (thai, >, english * 0.6);
  g_assert_cmpfloat (thai, <, english * 1.6);
  g_assert_cmpint (sak_passphrase_get_strength (sak_passphrase_estimate_bits ("rangoon")), ==,
                   SAK_STRENGTH_TOO_WEAK);
  g_assert_cmpint (sak_passphrase_get_strength (sak_passphrase_estimate_bits ("รักเมืองไทย")), <=,
                   SAK_STRENGTH_WEAK);
  g_assert_cmpint (sak_passphrase_get_strength (
                     sak_passphrase_estimate_bits ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")),
                   ==, SAK_STRENGTH_TOO_WEAK);
  g_assert_cmpint (sak_passphrase_get_strength (
                     sak_passphrase_estimate_bits ("12345678901234567890123456789012345678")),
                   ==, SAK_STRENGTH_TOO_WEAK);
}

static void
generated_passphrases_have_their_form_and_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (SakSecret) words = sak_passphrase_generate (SAK_PASSPHRASE_SYLLABLES);
      g_autoptr (SakSecret) digits = sak_passphrase_generate (SAK_PASSPHRASE_DIGITS);
      char *text = g_strndup ((char *) sak_secret_get_bytes (words), sak_secret_get_size (words));
      g_autofree char *numbers = g_strndup ((char *) sak_secret_get_bytes (digits),
                                            sak_secret_get_size (digits));

      g_assert_true (g_regex_match_simple ("^([bdfghklmnprstvwz][aeiou]){2}"
                                           "( ([bdfghklmnprstvwz][aeiou]){2}){5}$", text, 0, 0));
      g_assert_true (g_regex_match_simple ("^\\d{4}( \\d{4}){5}$", numbers, 0, 0));
      g_assert_true (g_hash_table_add (seen, text));
    }
}

/* Also what no form of this program could show. */
static void
a_record_without_its_form_shows_every_path (void)
{
  g_autoptr (json_t) fields = json_pack ("{s:s, s:{s:[i]}}", "title", "Later", "weather", "wind", 7);
  GtkWidget *column = g_object_ref_sink (sak_plain_fields_new (fields));
  g_autoptr (GString) seen = g_string_new ("");

  for (GtkWidget *label = gtk_widget_get_first_child (column); label != NULL;
       label = gtk_widget_get_next_sibling (label))
    g_string_append_printf (seen, "%s|", gtk_label_get_text (GTK_LABEL (label)));
  g_assert_nonnull (strstr (seen->str, "|title|Later|weather|{"));
  g_assert_nonnull (strstr (seen->str, "\"wind\""));
  g_object_unref (column);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  g_test_add_func ("/fields/a-record-without-its-form-shows-every-path", a_record_without_its_form_shows_every_path);
  g_test_add_func ("/fields/every-kind-of-field-keeps-its-value", every_kind_of_field_keeps_its_value);
  g_test_add_func ("/fields/every-field-of-every-form-builds-and-goes",
                   every_field_of_every_form_builds_and_goes);
  g_test_add_func ("/fields/loading-is-not-a-change", loading_is_not_a_change);
  g_test_add_func ("/dates/typed-dates-offer-what-they-may-mean", typed_dates_offer_what_they_may_mean);
  g_test_add_func ("/dates/a-chosen-date-stays-chosen", a_chosen_date_stays_chosen);
  g_test_add_func ("/dates/words-that-are-no-date-are-kept", words_that_are_no_date_are_kept);
  g_test_add_func ("/text/burmese-khmer-and-lao-get-breaks-and-nothing-else",
                   burmese_khmer_and_lao_get_breaks_and_nothing_else);
  g_test_add_func ("/passphrase/strength-does-not-depend-on-the-script",
                   strength_does_not_depend_on_the_script);
  g_test_add_func ("/passphrase/generated-passphrases-have-their-form-and-differ",
                   generated_passphrases_have_their_form_and_differ);
  return g_test_run ();
}
