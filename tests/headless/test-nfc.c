/* test-nfc.c - text is in Unicode's form C wherever it enters, and what others signed is left alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/sak-exchange.h"
#include "storage/sak-history.h"
#include "storage/sak-media.h"
#include "storage/sak-people.h"
#include "storage/sak-place-list.h"
#include "storage/sak-record-private.h"
#include "storage/sak-vault-dates.h"
#include "storage/sak-vault-form.h"
#include "storage/sak-vault-terms.h"
#include "tests/headless/sak-test-search.h"
#include "tests/headless/sak-test-vault.h"

/* Two ways to write one thing: a Vietnamese letter with its marks apart, and together. */
#define APART "Ha\xcc\x80 No\xcc\xa3\xcc\x82i"
#define TOGETHER "H\xc3\xa0 N\xe1\xbb\x99i"

static json_t *
load_fields (SakVault   *vault,
             const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, &error);

  g_assert_no_error (error);
  return json_incref (record->fields);
}

static void
what_is_typed_into_a_record (TestVault     *f,
                             gconstpointer  unused)
{
  g_autofree char *id = test_add_json (f->vault, "event", "{\"title\": \"" APART "\", \"place\": {\"name\": \"" APART
                                       "\", \"spellings\": [\"" APART "\"]},"
                                       " \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {\"role\": \"victim\","
                                       " \"to\": \"6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\", "
                                       "\"note\": \"" APART "\"}}", FALSE);
  g_autoptr (json_t) fields = load_fields (f->vault, id);
  g_autofree char *text = sak_json_to_canonical (fields);

  g_assert_null (strstr (text, "\xcc"));
  g_assert_cmpstr (sak_json_get_text (fields, "title"), ==, TOGETHER);
}

static void
what_is_noted_about_a_file (TestVault     *f,
                            gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Raid", FALSE);
  g_autoptr (GInputStream) content = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) taken = sak_vault_add_media (f->vault, id, content, "a.txt", 3, NULL, NULL, NULL, &error);
  g_autoptr (GPtrArray) media = sak_vault_list_media (f->vault, id, &error);
  g_autoptr (json_t) notes = json_pack ("{s:s, s:{s:s, s:s}}", "caption", APART, "made", "edtf", "2019", "said", APART);
  g_autoptr (json_t) fields = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (taken);
  g_assert_true (sak_vault_describe_media (f->vault, id, ((SakMediaInfo *) media->pdata[0])->id, notes, &error));
  g_assert_no_error (error);
  fields = load_fields (f->vault, id);
  text = sak_json_to_canonical (fields);
  g_assert_null (strstr (text, "\xcc"));
  g_assert_nonnull (strstr (text, TOGETHER));
}

static void
why_a_record_changed (TestVault     *f,
                      gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Raid", TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (f->vault, id, &error);
  g_autoptr (json_t) fields = json_copy (record->fields);
  g_autofree char *revision_id = NULL;
  g_autoptr (SakRevision) revision = NULL;

  json_object_set_new (fields, "title", json_string ("Raid at the pier"));
  g_assert_true (sak_vault_save_draft (f->vault, id, record->base_revision, fields, &error));
  revision_id = sak_vault_finish_record (f->vault, id, APART, &error);
  g_assert_no_error (error);
  revision = sak_vault_load_revision (f->vault, revision_id, &error);
  g_assert_cmpstr (sak_revision_get_reason (revision), ==, TOGETHER);
}

static void
names_of_places_and_of_their_lists (TestVault     *f,
                                    gconstpointer  unused)
{
  static const char list[] = "ADM1_EN,ADM1_PCODE\n" APART ",VN01\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPlaceTable) table = sak_vault_load_place_list (f->vault, APART, list, strlen (list), &error);
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (GPtrArray) found = NULL;

  g_assert_no_error (error);
  lists = sak_vault_list_place_lists (f->vault, &error);
  g_assert_cmpstr (((SakPlaceList *) lists->pdata[0])->name, ==, TOGETHER);
  found = sak_vault_find_places (f->vault, APART, NULL, 5, &error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (sak_json_get_text (found->pdata[0], "name"), ==, TOGETHER);
  g_assert_true (sak_vault_remove_place_list (f->vault, APART, &error));
}

static void
terms_events_and_searches_by_name (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = sak_vault_add_term (f->vault, "violations", NULL, "vi", APART, &error);
  g_autoptr (GArray) events = NULL;
  g_autoptr (SakSearch) search = sak_search_new (APART);
  g_auto (GStrv) searches = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (sak_vocabulary_get_label_for (sak_vocabulary_get ("violations"), code, "vi"), ==, TOGETHER);
  g_assert_true (sak_vault_add_date_event (f->vault, APART, "1972-12", &error));
  events = sak_vault_list_date_events (f->vault, &error);
  g_assert_cmpstr (g_array_index (events, SakDateEvent, 0).name, ==, TOGETHER);
  g_assert_true (sak_vault_save_search (f->vault, APART, search, &error));
  searches = sak_vault_list_searches (f->vault, &error);
  g_assert_cmpstr (searches[0], ==, TOGETHER);
}

/* Files of vocabularies and forms are refused instead: somebody else has them, too. */
static void
a_file_of_words_in_another_form_is_refused (TestVault     *f,
                                            gconstpointer  unused)
{
  static const char terms[] = "{\"additions_to\": \"violations\", \"version\": 1, \"terms\": [{\"code\": \"local.a\","
                              " \"label\": {\"vi\": \"" APART "\"}}]}";
  static const char form[] = "{\"form\": \"visit\", \"kind\": \"event\", \"version\": 1, \"label\":"
                             " {\"en\": \"" APART "\"}, \"title_from\": [\"title\"], \"sections\":"
                             " [{\"label\": {\"en\": \"A\"}, \"fields\": [{\"path\": \"title\", \"type\": \"text\", "
                             "\"label\": {\"en\": \"T\"}}]}]}";
  g_autoptr (GError) error = NULL;

  g_assert_null (sak_vault_import_terms (f->vault, terms, sizeof terms - 1, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "form C"));
  g_clear_error (&error);
  g_assert_null (sak_vault_import_form (f->vault, form, -1, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "form C"));
}

static void
what_is_looked_for (TestVault     *f,
                    gconstpointer  unused)
{
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  g_autofree char *by_place = NULL;
  g_autofree char *by_tag = NULL;

  g_free (test_add_json (f->vault, "event", "{\"title\": \"One\", \"narrative\": \"" TOGETHER "\", \"tags\": \""
                         TOGETHER "\", \"place\": {\"name\": \"" TOGETHER "\", \"country\": \"VN\"}}", FALSE));
  test_assert_found (f->vault, APART, "One");
  search->place = g_strdup (APART);
  by_place = test_find_by (f->vault, search);
  g_assert_cmpstr (by_place, ==, "One");
  g_clear_pointer (&search->place, g_free);
  search->tag = g_strdup (APART);
  by_tag = test_find_by (f->vault, search);
  g_assert_cmpstr (by_tag, ==, "One");
}

/* Signed bytes are what somebody signed, and found all the same. */
static void
what_others_signed_is_left_alone (TestVault     *f,
                                  gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", APART);
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (SakRevision) stored = NULL;
  g_auto (SakRecordKey) key = { 0 };
  SakRevisionContent content = { .kind = "event", .form = "event", .form_version = 3, .reason = APART };
  guint8 id[SAK_UUID_SIZE];
  g_autofree char *record_id = NULL;
  g_autofree char *line = NULL;
  g_autofree char *kept = NULL;
  gboolean is_new;

  sak_record_make_id (id);
  record_id = sak_uuid_from_bytes (id);
  content.record_id = record_id;
  content.fields = fields;
  revision = sak_revision_new (&content, f->vault->signing_seed, &error);
  g_assert_no_error (error);
  g_assert_true (sak_vault_begin (f->vault, &error));
  g_assert_true (sak_record_insert (f->vault, id, "event", NULL, 0, &key, &error));
  g_assert_true (sak_revision_store (f->vault, &key, revision, 0, &is_new, &error));
  g_assert_true (sak_record_refresh (f->vault, &key, &error));
  g_assert_true (sak_vault_commit (f->vault, &error));
  stored = sak_vault_load_revision (f->vault, sak_revision_get_id (revision), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sak_json_get_text (sak_revision_get_fields (stored), "title"), ==, APART);
  g_assert_cmpstr (sak_revision_get_reason (stored), ==, APART);
  test_assert_found (f->vault, TOGETHER, APART);
}

#define ADD(path, test) g_test_add ("/nfc/" path, TestVault, NULL, test_vault_set_up, test, test_vault_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-is-typed-into-a-record", what_is_typed_into_a_record);
  ADD ("what-is-noted-about-a-file", what_is_noted_about_a_file);
  ADD ("why-a-record-changed", why_a_record_changed);
  ADD ("names-of-places-and-of-their-lists", names_of_places_and_of_their_lists);
  ADD ("terms-events-and-searches-by-name", terms_events_and_searches_by_name);
  ADD ("a-file-of-words-in-another-form-is-refused", a_file_of_words_in_another_form_is_refused);
  ADD ("what-is-looked-for", what_is_looked_for);
  ADD ("what-others-signed-is-left-alone", what_others_signed_is_left_alone);
  return g_test_run ();
}
