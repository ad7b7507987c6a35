/* test-fields.c - what a field shows is what it stores, and dates are read honestly
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-date-events.h"
#include "storage/model/sak-form.h"
#include "storage/sak-place-list.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
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
  { "event", "place", "{\"name\": \"Mae Sot\", \"country\": \"TH\", \"region\": \"Tak\","
                      " \"region_code\": \"TH-63\", \"type\": \"district\", \"code\": \"TH6306\","
                      " \"spellings\": [\"แม่สอด\"],"
                      " \"point\": {\"lat\": 16.7, \"lon\": 98.5, \"precision_m\": 50000}}" },
  { "event", "place", "{\"name\": \"Dĩ An\", \"country\": \"VN\", \"region\": \"a region of its own\"}" },
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

/* Who was present stood in the consent, which travels; the field puts them where they can stay. */
static void
names_in_a_consent_move_beside_it (void)
{
  const SakForm *form = sak_form_get ("testimony");
  GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_find_field (form, "consent")));
  g_autoptr (json_t) fields = json_loads ("{\"consent\": {\"share\": \"named\", \"present\": \"her sister\","
                                          " \"interpreter\": \"Naw Paw\", \"matrix\": [{\"purpose\": \"any\","
                                          " \"recipient\": \"journalists\", \"identity\": \"no\"}]}}", 0, NULL);
  g_autoptr (json_t) expected = json_loads ("{\"consent\": {\"share\": \"named\", \"interpreter\": \"yes\","
                                            " \"matrix\": [{\"purpose\": \"any\", \"recipient\": \"journalists\","
                                            " \"identity\": \"no\"}]}, \"identity.consent_present\": \"her sister\","
                                            " \"identity.consent_interpreter\": \"Naw Paw\"}", 0, NULL);
  g_autoptr (json_t) stored = json_object ();

  sak_field_load (SAK_FIELD (field), fields);
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_true (json_equal (stored, expected));
  g_object_unref (field);
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

/* Typed words are stored as they were understood; where they may mean two dates, as chosen. */
static void
typed_dates_offer_what_they_may_mean (void)
{
  const SakForm *form = sak_form_get ("event");
  GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_find_field (form, "date")));
  GtkWidget *entry = test_find_type (field, GTK_TYPE_ENTRY);
  GtkWidget *choice = test_find_type (field, GTK_TYPE_DROP_DOWN);
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
  GtkWidget *choice = test_find_type (field, GTK_TYPE_DROP_DOWN);
  g_autoptr (json_t) fields = json_pack ("{s:{s:s, s:s}}", "date", "edtf", "2019-12-03", "said", "12/3/2019");
  g_autoptr (json_t) stored = json_object ();

  sak_field_load (SAK_FIELD (field), fields);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==, 1);
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_true (json_equal (fields, stored));
  g_assert_finalize_object (field);
}

/* What the vault's people remember time by is known to the field. */
static void
a_date_is_told_by_an_event_of_the_vault (void)
{
  const SakForm *form = sak_form_get ("event");
  GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_find_field (form, "date")));
  GtkWidget *entry = test_find_type (field, GTK_TYPE_ENTRY);
  GArray *events = sak_date_events_new ();
  g_autoptr (json_t) stored = json_object ();

  g_assert_true (sak_date_events_add (events, "the flood", "2011-07/2011-12", NULL));
  sak_date_use_events (field, events);
  gtk_editable_set_text (GTK_EDITABLE (entry), "before the flood");
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "date"), "edtf"), ==, "../2011-06");
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "date"), "said"), ==, "before the flood");
  sak_date_drop_events (field);
  g_object_unref (field);
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

/* The nth drop-down of a field: suggestions, country, division, precision. */
static GtkDropDown *
get_drop_down (GtkWidget *field,
               guint      n)
{
  GtkWidget *child = test_find_type (field, GTK_TYPE_DROP_DOWN);

  for (; n > 0; n--)
    child = gtk_widget_get_next_sibling (child);
  return GTK_DROP_DOWN (child);
}

static gboolean
choose (GtkDropDown *drop_down,
        const char  *text)
{
  GListModel *model = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), text))
        {
          gtk_drop_down_set_selected (drop_down, i);
          return TRUE;
        }
    }
  return FALSE;
}

static GtkWidget *
make_place_field (const char *date,
                  const char *place)
{
  GtkWidget *field = g_object_ref_sink (sak_field_new (NULL, sak_form_find_field (sak_form_get ("event"), "place")));
  g_autoptr (json_t) fields = json_pack ("{s:s}", "date", date);

  if (place != NULL)
    json_object_set_new (fields, "place", json_loads (place, 0, NULL));
  sak_field_load (SAK_FIELD (field), fields);
  return field;
}

/* In 2019 Bình Dương can be chosen, in 2026 it cannot. */
static void
divisions_are_those_of_the_day (void)
{
  GtkWidget *before = make_place_field ("2019-05", NULL);
  GtkWidget *after = make_place_field ("2026", NULL);
  g_autoptr (json_t) stored = json_object ();

  gtk_editable_set_text (GTK_EDITABLE (test_find_type (before, GTK_TYPE_ENTRY)), "Dĩ An");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_drop_down (before, 2))));
  g_assert_true (choose (get_drop_down (before, 1), "Vietnam"));
  g_assert_true (choose (get_drop_down (after, 1), "Vietnam"));
  g_assert_true (choose (get_drop_down (before, 2), "Bình Dương"));
  g_assert_false (choose (get_drop_down (after, 2), "Bình Dương"));
  g_assert_true (choose (get_drop_down (before, 3), "Known to the village"));
  gtk_test_accessible_assert_property (get_drop_down (before, 2), GTK_ACCESSIBLE_PROPERTY_LABEL, "State or province");
  sak_field_store (SAK_FIELD (before), stored);
  {
    g_autofree char *text = sak_json_to_canonical (json_object_get (stored, "place"));

    g_assert_cmpstr (text, ==, "{\"country\":\"VN\",\"name\":\"Dĩ An\",\"precision\":\"village\","
                     "\"region\":\"Bình Dương\",\"region_code\":\"VN-57\"}");
  }
  g_assert_true (choose (get_drop_down (before, 1), "Thailand"));
  sak_field_store (SAK_FIELD (before), stored);
  g_assert_null (json_object_get (json_object_get (stored, "place"), "region_code"));
  g_assert_finalize_object (before);
  g_assert_finalize_object (after);
}

/* A code out of a list belongs to one place alone. */
static void
another_name_is_another_place (void)
{
  GtkWidget *field = make_place_field ("2019", "{\"name\": \"Mae Sot\", \"country\": \"TH\", \"region\": \"Tak\","
                                       " \"region_code\": \"TH-63\", \"code\": \"TH6306\", \"type\": \"district\"}");
  g_autoptr (json_t) stored = json_object ();
  const json_t *place;

  gtk_editable_set_text (GTK_EDITABLE (test_find_type (field, GTK_TYPE_ENTRY)), "Mae Ramat");
  sak_field_store (SAK_FIELD (field), stored);
  place = json_object_get (stored, "place");
  g_assert_cmpstr (sak_json_get_text (place, "name"), ==, "Mae Ramat");
  g_assert_cmpstr (sak_json_get_text (place, "region_code"), ==, "TH-63");
  g_assert_null (json_object_get (place, "code"));
  g_assert_null (json_object_get (place, "type"));
  g_assert_finalize_object (field);
}

/* A code that our list has not, from elsewhere, is not lost with another letter in the name. */
static void
a_country_that_we_do_not_know_stays (void)
{
  GtkWidget *field = make_place_field ("2019", "{\"name\": \"Harbour\", \"country\": \"XX\"}");
  g_autoptr (json_t) stored = json_object ();

  gtk_editable_set_text (GTK_EDITABLE (test_find_type (field, GTK_TYPE_ENTRY)), "The harbour");
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "place"), "country"), ==, "XX");
  g_assert_true (choose (get_drop_down (field, 1), "Thailand"));
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "place"), "country"), ==, "TH");
  gtk_drop_down_set_selected (get_drop_down (field, 1), 0);
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_null (json_object_get (json_object_get (stored, "place"), "country"));
  g_assert_finalize_object (field);
}

/* What the lists know is offered while a name is typed, and brings its code and its region. */
static void
places_of_the_lists_are_offered (void)
{
  static const char list[] = "ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_TH,ADM2_PCODE\nTak,TH63,Mae Sot,แม่สอด,TH6306\n";
  TestVault f;
  g_autoptr (SakPlaceTable) table = NULL;
  g_autoptr (SakWorker) worker = NULL;
  g_autoptr (SakSession) session = NULL;
  g_autoptr (json_t) stored = json_object ();
  const json_t *place;
  GtkWidget *field;

  test_vault_set_up (&f, NULL);
  table = sak_vault_load_place_list (f.vault, "Thailand", list, sizeof list - 1, NULL);
  g_assert_nonnull (table);
  worker = sak_worker_new ();
  session = sak_session_new (worker, f.vault);
  field = g_object_ref_sink (sak_field_new (session, sak_form_find_field (sak_form_get ("event"), "place")));
  sak_field_load (SAK_FIELD (field), stored);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_drop_down (field, 0))));
  gtk_editable_set_text (GTK_EDITABLE (test_find_type (field, GTK_TYPE_ENTRY)), "แม่ส");
  for (guint turn = 0; turn < 2000 && !gtk_widget_get_visible (GTK_WIDGET (get_drop_down (field, 0))); turn++)
    test_turn ();
  gtk_test_accessible_assert_property (get_drop_down (field, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Places of this name in the lists");
  sak_field_store (SAK_FIELD (field), stored);
  g_assert_cmpstr (sak_json_get_text (json_object_get (stored, "place"), "name"), ==, "แม่ส");
  g_assert_true (choose (get_drop_down (field, 0), "Mae Sot, Tak"));
  sak_field_store (SAK_FIELD (field), stored);
  place = json_object_get (stored, "place");
  g_assert_cmpstr (sak_json_get_text (place, "name"), ==, "Mae Sot");
  g_assert_cmpstr (sak_json_get_text (place, "code"), ==, "TH6306");
  g_assert_cmpstr (sak_json_get_text (place, "region_code"), ==, "TH-63");
  g_assert_cmpstr (sak_json_get_text (place, "precision"), ==, "district");
  g_assert_true (sak_place_check ("place", place, NULL));
  g_assert_finalize_object (field);
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_vault_tear_down (&f, NULL);
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
  g_test_add_func ("/fields/names-in-a-consent-move-beside-it", names_in_a_consent_move_beside_it);
  g_test_add_func ("/fields/every-field-of-every-form-builds-and-goes",
                   every_field_of_every_form_builds_and_goes);
  g_test_add_func ("/fields/loading-is-not-a-change", loading_is_not_a_change);
  g_test_add_func ("/dates/typed-dates-offer-what-they-may-mean", typed_dates_offer_what_they_may_mean);
  g_test_add_func ("/dates/a-chosen-date-stays-chosen", a_chosen_date_stays_chosen);
  g_test_add_func ("/dates/a-date-is-told-by-an-event-of-the-vault", a_date_is_told_by_an_event_of_the_vault);
  g_test_add_func ("/dates/words-that-are-no-date-are-kept", words_that_are_no_date_are_kept);
  g_test_add_func ("/places/divisions-are-those-of-the-day", divisions_are_those_of_the_day);
  g_test_add_func ("/places/another-name-is-another-place", another_name_is_another_place);
  g_test_add_func ("/places/a-country-that-we-do-not-know-stays", a_country_that_we_do_not_know_stays);
  g_test_add_func ("/places/places-of-the-lists-are-offered", places_of_the_lists_are_offered);
  g_test_add_func ("/text/burmese-khmer-and-lao-get-breaks-and-nothing-else",
                   burmese_khmer_and_lao_get_breaks_and_nothing_else);
  g_test_add_func ("/passphrase/strength-does-not-depend-on-the-script",
                   strength_does_not_depend_on_the_script);
  g_test_add_func ("/passphrase/generated-passphrases-have-their-form-and-differ",
                   generated_passphrases_have_their_form_and_differ);
  return g_test_run ();
}
