/* test-news.c - forms and terms that the secretariat sends, and what others cannot do by them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Desk" sends, "Harbour" receives, "Stranger" is a contact that nobody believes.
 */
#include "config.h"

#include <string.h>

#include "storage/sak-check.h"
#include "storage/sak-network-private.h"
#include "storage/sak-network-news.h"
#include "storage/sak-notice-store.h"
#include "storage/sak-vault-form.h"
#include "storage/sak-vault-terms.h"
#include "tests/headless/sak-test-bundle.h"

#define PERSON_HEAD "{\"form\": \"help-person\", \"kind\": \"person\", \"version\": 1," \
                    " \"label\": {\"en\": \"Somebody\"}," \
                    " \"title_from\": [\"notes\"], \"sections\": [{\"label\": {\"en\": \"A\"}, \"fields\": ["
#define NOTES "{\"path\": \"notes\", \"type\": \"paragraphs\", \"label\": {\"en\": \"Notes\"}}"
#define NAME "{\"path\": \"identity.name\", \"type\": \"text\", \"label\": {\"en\": \"Name\"}, \"required\": true}"
#define NAME_OR_NOTES "{\"path\": \"identity.name\", \"type\": \"text\", \"label\": {\"en\": \"Name\"}," \
                      " \"required\": true, \"required_unless\": \"notes\"}"
#define CONSENT "{\"path\": \"consent\", \"type\": \"consent\", \"label\": {\"en\": \"Consent\"}}"
#define ASKED_SOMETIMES "{\"path\": \"consent\", \"type\": \"consent\", \"label\": {\"en\": \"Consent\"}," \
                        " \"show_if\": {\"path\": \"notes\", \"answered\": true}}"
#define EXPOSED "{\"path\": \"contact\", \"type\": \"text\", \"label\": {\"en\": \"Telephone\"}}"
#define END "]}]}"

static TestPair pair;
static guint n_files;
static guint n_parsed;

SakForm *__real_sak_form_parse (const char *text, gssize size, GError **error);
SakForm *__wrap_sak_form_parse (const char *text, gssize size, GError **error);

SakForm *
__wrap_sak_form_parse (const char  *text,
                       gssize       size,
                       GError     **error)
{
  n_parsed++;
  return __real_sak_form_parse (text, size, error);
}

static const char *const to_harbour[] = { "Harbour", NULL };

/* A form for incidents. */
static SakForm *
make_form (const char *name,
           guint       version)
{
  g_autofree char *text = g_strdup_printf (
    "{\"form\": \"%s\", \"kind\": \"event\", \"version\": %u, \"label\": {\"en\": \"Raid %u\"},"
    " \"title_from\": [\"title\"], \"sections\": [{\"label\": {\"en\": \"A\"}, \"fields\": ["
    " {\"path\": \"title\", \"type\": \"text\", \"label\": {\"en\": \"Title\"}},"
    " {\"path\": \"boats\", \"type\": \"number\", \"label\": {\"en\": \"Boats\"}}]}]}", name, version, version);
  g_autoptr (GError) error = NULL;
  SakForm *form = sak_form_parse (text, -1, &error);

  g_assert_no_error (error);
  return form;
}

static SakBundleReport *
carry (SakVault   *from,
       const char *to_name,
       SakVault   *to)
{
  g_autofree char *name = g_strdup_printf ("way-%u.age", ++n_files);
  g_autofree char *path = test_bundle (&pair, from, to_name, NULL, name);

  return test_import (to, path);
}

static void
send_form (const SakForm *form,
           const char    *kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sak_vault_send_form (pair.desk, form, kind, to_harbour, &error);

  g_assert_no_error (error);
  g_assert_nonnull (id);
}

static void
assert_news (const SakBundleReport *report,
             SakNewsState           state)
{
  g_assert_no_error (report->news_error);
  g_assert_cmpuint (report->news->len, ==, 1);
  g_assert_cmpint (((SakNews *) report->news->pdata[0])->state, ==, state);
}

static void
assert_in_force (const char *kind,
                 const char *name,
                 guint       version)
{
  g_autoptr (SakForm) form = sak_form_ref_for_new (pair.partner, kind);

  g_assert_cmpstr (sak_form_get_name (form), ==, name);
  if (version > 0)
    g_assert_cmpuint (sak_form_get_version (form), ==, version);
}

static void
assert_no_damage (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (pair.partner, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

/* A record of the network as somebody signs it who means ill. */
static SakBundleReport *
send_by_hand (SakVault   *from,
              const char *kind,
              json_t     *fields)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("hand-%u.age", ++n_files);
  g_autofree char *path = test_path (&pair, name);
  HandBundle bundle;

  hand_bundle_init (&bundle, from, pair.partner);
  hand_bundle_add_revision (&bundle, id, kind, NULL, fields);
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  return test_import (pair.partner, path);
}

static SakBundleReport *
send_definition (SakVault   *from,
                 const char *kind,
                 guint       number,
                 const char *definition)
{
  g_autoptr (json_t) form = sak_json_parse (definition, -1, NULL);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:i, s:s, s:O*}", "for", kind, "number", (int) number,
                                         "title", "By hand", "definition", form);

  return send_by_hand (from, SAK_KIND_FORM, fields);
}

static void
nobody_is_believed_by_default (void)
{
  g_autoptr (SakForm) form = make_form ("raid", 1);
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakForm) known = NULL;
  g_autoptr (SakForm) newest = NULL;

  send_form (form, NULL);
  report = carry (pair.desk, "Harbour", pair.partner);
  assert_news (report, SAK_NEWS_OF_OTHERS);
  g_assert_cmpuint (report->record_ids->len, ==, 0);
  assert_in_force ("event", "event", 0);
  known = sak_vault_find_form (pair.partner, "raid", 1, NULL);  /* to show records by */
  g_assert_nonnull (known);
  newest = sak_vault_find_form (pair.partner, "raid", 0, NULL); /* to write them by */
  g_assert_null (newest);
}

static void
believed_it_is_in_force_at_once (void)
{
  g_autoptr (json_t) fields = json_pack ("{s:s, s:i}", "title", "At the pier", "boats", 3);
  g_autoptr (json_t) wider = json_pack ("{s:s, s:s}", "title", "At the pier", "narrative", "They came at night.");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *wider_id = NULL;
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (SakRecord) other = NULL;

  g_assert_true (sak_vault_set_trust (pair.partner, "Desk", SAK_TRUST_COMPARED, NULL));
  g_assert_true (sak_vault_set_authority (pair.partner, "Desk", TRUE, NULL));
  assert_in_force ("event", "raid", 1);
  id = sak_vault_add_record (pair.partner, "event", fields, &error);
  g_assert_no_error (error);
  record = sak_vault_load_record (pair.partner, id, NULL);
  g_assert_cmpstr (sak_form_get_name (record->form), ==, "raid");
  /* What has no room in it is written by the program's own. */
  wider_id = sak_vault_add_record (pair.partner, "event", wider, &error);
  g_assert_no_error (error);
  other = sak_vault_load_record (pair.partner, wider_id, NULL);
  g_assert_cmpstr (sak_form_get_name (other->form), ==, "event");
}

static void
a_newer_one_leaves_old_records_as_they_are (void)
{
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Before");
  g_autofree char *before = sak_vault_add_record (pair.partner, "event", fields, NULL);
  g_autoptr (SakForm) form = make_form ("raid", 2);
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakRecord) record = NULL;

  test_finish (pair.partner, before, NULL);
  send_form (form, NULL);
  report = carry (pair.desk, "Harbour", pair.partner);
  assert_news (report, SAK_NEWS_IN_FORCE);
  g_assert_cmpstr (((SakNews *) report->news->pdata[0])->by, ==, "Desk");
  assert_in_force ("event", "raid", 2);
  record = sak_vault_load_record (pair.partner, before, NULL);
  g_assert_cmpuint (sak_form_get_version (record->form), ==, 1);
  assert_no_damage ();
}

static void
it_is_there_after_the_next_opening (void)
{
  g_autofree char *path = g_strdup (sak_vault_get_path (pair.partner));
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;
  gconstpointer old = pair.partner;
  g_autoptr (SakForm) gone = NULL;

  sak_vault_lock (pair.partner);
  gone = sak_form_ref_for_new (old, "event");
  g_assert_cmpstr (sak_form_get_name (gone), ==, "event");
  g_clear_object (&pair.f.vault);
  pair.partner = pair.f.vault = sak_vault_open (path, passphrase, &error);
  g_assert_no_error (error);
  assert_in_force ("event", "raid", 2);
}

static void
an_older_number_changes_nothing (void)
{
  g_autoptr (SakForm) form = make_form ("raid", 3);
  g_autofree char *definition = sak_json_to_canonical (sak_form_get_data (form));
  g_autoptr (SakBundleReport) report = send_definition (pair.desk, "event", 1, definition);

  assert_news (report, SAK_NEWS_OLDER);
  assert_in_force ("event", "raid", 2);
}

static void
what_does_not_protect_is_refused (void)
{
  static const char *const definitions[][2] = {
    { "person", PERSON_HEAD NOTES ", " NAME END },
    { "person", PERSON_HEAD NOTES ", " CONSENT END },
    { "person", PERSON_HEAD NOTES ", " NAME_OR_NOTES ", " CONSENT END },
    { "person", PERSON_HEAD NOTES ", " NAME ", " ASKED_SOMETIMES END },
    { "person", PERSON_HEAD NOTES ", " NAME ", " CONSENT ", " EXPOSED END },
    { "event", PERSON_HEAD NOTES ", " NAME ", " CONSENT END },
    { "person", "{\"form\": \"person\", \"version\": 9, \"label\": {\"en\": \"A\"}, \"title_from\": [\"notes\"],"
                " \"sections\": [{\"label\": {\"en\": \"A\"}, \"fields\": [" NOTES ", " NAME ", " CONSENT END },
    { "person", "{\"form\": \"person\"}" },
    { "person", "[]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (definitions); i++)
    {
      g_autoptr (SakBundleReport) report = send_definition (pair.desk, definitions[i][0], 100 + (guint) i,
                                                            definitions[i][1]);

      assert_news (report, SAK_NEWS_REFUSED);
      g_assert_nonnull (((SakNews *) report->news->pdata[0])->why);
      assert_in_force ("person", "person", 0);
      assert_in_force ("event", "raid", 2);
    }
}

static void
what_protects_is_taken (void)
{
  g_autoptr (SakBundleReport) report = send_definition (pair.desk, "person", 200,
                                                        PERSON_HEAD NOTES ", " NAME ", " CONSENT END);

  assert_news (report, SAK_NEWS_IN_FORCE);
  assert_in_force ("person", "help-person", 1);
}

static void
assert_asks_for_consent (void)
{
  g_autoptr (SakForm) form = sak_vault_find_form (pair.partner, "help-person", 1, NULL);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s}", "notes", "At the pier", "identity.name", "Daw Khin Hla");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sak_vault_add_record_by (pair.partner, form, fields, &error);
  g_autoptr (SakRecord) record = NULL;

  g_assert_no_error (error);
  record = sak_vault_load_record (pair.partner, id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (sak_form_find_field (record->form, "consent"));
  g_assert_true (sak_vault_discard_draft (pair.partner, id, &error));
}

/* The one without consent came before under the same name and version, and was refused. */
static void
records_are_filled_in_by_what_was_let_in (void)
{
  assert_in_force ("person", "help-person", 1);
  assert_asks_for_consent ();
  /* Nor when its sender is one of the others. */
  g_assert_true (sak_vault_set_authority (pair.partner, "Desk", FALSE, NULL));
  assert_asks_for_consent ();
  g_assert_true (sak_vault_set_authority (pair.partner, "Desk", TRUE, NULL));
  assert_in_force ("person", "help-person", 1);
}

/* Whoever is distrusted, as long as it is not who sent them. */
static void
trust_in_others_reads_no_form (void)
{
  n_parsed = 0;
  g_assert_true (sak_vault_set_trust (pair.partner, "Stranger", SAK_TRUST_REVOKED, NULL));
  g_assert_true (sak_vault_set_trust (pair.partner, "Stranger", SAK_TRUST_SEEN, NULL));
  g_assert_cmpuint (n_parsed, ==, 0);
  assert_in_force ("person", "help-person", 1);
  g_assert_true (sak_vault_set_trust (pair.partner, "Desk", SAK_TRUST_SEEN, NULL));
  assert_in_force ("person", "person", 0);
  g_assert_true (sak_vault_set_trust (pair.partner, "Desk", SAK_TRUST_COMPARED, NULL));
  assert_in_force ("person", "help-person", 1);
}

static void
run_sql (const char *sql)
{
  g_autoptr (GError) error = NULL;
  gboolean went_well = sak_db_exec (pair.partner->db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (went_well);
}

/* Known by name, and no version that could be read. */
#define SPOIL "UPDATE revision SET line = '{\"open\":{\"definition\":{\"value\":{\"form\":\"help-person\"," \
              "\"version\":1}}}}' WHERE rowid IN (SELECT row FROM kept)"

static void
reopen_partner (void)
{
  g_autofree char *path = g_strdup (sak_vault_get_path (pair.partner));
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;

  sak_vault_lock (pair.partner);
  g_clear_object (&pair.f.vault);
  pair.partner = pair.f.vault = sak_vault_open (path, passphrase, &error);
  g_assert_no_error (error);
}

/* What cannot be read is told, and puts no other form in force meanwhile. */
static void
what_cannot_be_read_is_told (void)
{
  g_autoptr (GError) error = NULL;

  run_sql ("CREATE TABLE kept AS SELECT rowid AS row, line FROM revision WHERE rowid IN"
           " (SELECT revision FROM announcement WHERE name = 'person')");
  run_sql (SPOIL);
  g_assert_false (sak_vault_has_seen_damage (pair.partner));
  g_assert_false (sak_vault_take_news (pair.partner, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  assert_in_force ("person", "help-person", 1);
  assert_in_force ("event", "raid", 2);
  g_assert_true (sak_vault_has_seen_damage (pair.partner));
  g_assert_true (sak_vault_set_trust (pair.partner, "Stranger", SAK_TRUST_REVOKED, NULL));
  /* Not half: nobody is believed here whose forms cannot be read, and nobody keeps one who is not believed. */
  g_assert_true (sak_vault_set_authority (pair.partner, "Desk", FALSE, NULL));
  assert_in_force ("person", "person", 0);
  g_assert_false (sak_vault_set_authority (pair.partner, "Desk", TRUE, &error));
  g_assert_nonnull (error);
  assert_in_force ("event", "event", 0);
  run_sql ("UPDATE revision SET line = (SELECT line FROM kept WHERE row = revision.rowid)"
           " WHERE rowid IN (SELECT row FROM kept)");
  g_assert_true (sak_vault_set_authority (pair.partner, "Desk", TRUE, NULL));
  g_assert_false (sak_vault_has_seen_damage (pair.partner));
  g_assert_true (sak_vault_set_trust (pair.partner, "Stranger", SAK_TRUST_SEEN, NULL));
}

/* The vault opens all the same, and says that a check is due until they were read. */
static void
what_cannot_be_read_at_opening_is_told (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakForm) form = NULL;

  run_sql (SPOIL);
  reopen_partner ();
  g_assert_true (sak_vault_has_seen_damage (pair.partner));
  form = sak_vault_find_form (pair.partner, "help-person", 1, &error);
  g_assert_null (form);
  g_assert_nonnull (error);
  g_assert_false (g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND));
  run_sql ("UPDATE revision SET line = (SELECT line FROM kept WHERE row = revision.rowid)"
           " WHERE rowid IN (SELECT row FROM kept)");
  run_sql ("DROP TABLE kept");
  assert_no_damage ();          /* which is the check */
  g_assert_false (sak_vault_has_seen_damage (pair.partner));
  assert_in_force ("person", "help-person", 1);
}

/* Nor does the sender let it out. */
static void
what_would_be_refused_is_not_sent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unknown = NULL;
  g_autoptr (SakForm) form = sak_form_parse (PERSON_HEAD NOTES ", " NAME END, -1, NULL);
  g_autoptr (SakForm) good = make_form ("raid", 7);
  static const char *const nobody[] = { "Nobody", NULL };

  g_assert_nonnull (form);
  g_assert_null (sak_vault_send_form (pair.desk, form, NULL, to_harbour, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (sak_vault_send_form (pair.desk, sak_form_get ("event"), NULL, to_harbour, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  g_assert_null (sak_vault_send_form (pair.desk, good, NULL, nobody, &unknown));
  g_assert_nonnull (unknown);
  g_assert_null (sak_vault_send_form (pair.desk, good, NULL, NULL, NULL));
}

/* Somebody else's form of the same name and version, who was quicker. */
static void
a_stranger_s_form_is_in_nobody_s_way (void)
{
  static const char hostile[] = "{\"form\": \"raid\", \"kind\": \"event\", \"version\": 8,"
    " \"label\": {\"en\": \"Bad\"},"
    " \"title_from\": [\"title\"], \"sections\": [{\"label\": {\"en\": \"A\"}, \"fields\": ["
    " {\"path\": \"title\", \"type\": \"text\", \"label\": {\"en\": \"Title\"}}]}]}";
  g_autoptr (SakForm) form = make_form ("raid", 8);
  g_autofree char *definition = sak_json_to_canonical (sak_form_get_data (form));
  g_autoptr (SakBundleReport) first = send_definition (pair.stranger, "event", 900000, hostile);
  g_autoptr (SakForm) between = NULL;
  g_autoptr (SakBundleReport) second = NULL;
  g_autoptr (SakForm) found = NULL;

  assert_news (first, SAK_NEWS_OF_OTHERS);
  assert_in_force ("event", "raid", 2);
  second = send_definition (pair.desk, "event", 300, definition);
  assert_news (second, SAK_NEWS_IN_FORCE);
  found = sak_vault_find_form (pair.partner, "raid", 8, NULL);
  g_assert_cmpstr (sak_form_get_label (found, "en"), ==, "Raid 8");
}

static void
it_is_taken_back (void)
{
  g_autoptr (json_t) fields = json_pack ("{s:s, s:i}", "for", "event", "number", 400);
  g_autoptr (SakBundleReport) report = send_by_hand (pair.desk, SAK_KIND_FORM, fields);

  assert_news (report, SAK_NEWS_SHIPPED_AGAIN);
  assert_in_force ("event", "event", 0);
}

/* What was sent after its backup has numbers that a restored secretariat does not know of. */
static void
after_a_restore_it_goes_on_above (void)
{
  g_autoptr (SakForm) form = make_form ("raid", 9);
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_begin (pair.desk, &error));
  g_assert_true (sak_network_begin_numbers_anew (pair.desk, &error));
  g_assert_true (sak_vault_commit (pair.desk, &error));
  g_assert_no_error (error);
  send_form (form, NULL);
  report = carry (pair.desk, "Harbour", pair.partner);
  assert_news (report, SAK_NEWS_IN_FORCE);
  assert_in_force ("event", "raid", 9);
}

static void
terms_are_added (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = sak_vault_add_term (pair.partner, "violations", NULL, "en", "Our own term", &error);
  g_autofree char *code = sak_vault_add_term (pair.desk, "violations", NULL, "en", "Taken at sea", &error);
  g_autofree char *id = sak_vault_send_terms (pair.desk, "violations", to_harbour, &error);
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakVocabulary) merged = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (id);
  report = carry (pair.desk, "Harbour", pair.partner);
  assert_news (report, SAK_NEWS_IN_FORCE);
  merged = sak_vault_load_terms (pair.partner, "violations", &error);
  g_assert_no_error (error);
  g_assert_nonnull (sak_vocabulary_find_term (merged, code));
  g_assert_nonnull (sak_vocabulary_find_term (merged, own));
  assert_no_damage ();
}

static SakBundleReport *
send_terms_by_hand (SakVault   *from,
                    guint       number,
                    const char *vocabulary,
                    const char *additions)
{
  g_autoptr (json_t) file = sak_json_parse (additions, -1, NULL);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:i, s:O}", "vocabulary", vocabulary, "number", (int) number,
                                         "additions", file);

  return send_by_hand (from, SAK_KIND_VOCABULARY, fields);
}

static void
assert_term (const char *code,
             const char *stands_for,
             const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVocabulary) merged = sak_vault_load_terms (pair.partner, "violations", &error);
  const SakTerm *term = merged != NULL ? sak_vocabulary_resolve (merged, code) : NULL;

  g_assert_no_error (error);
  g_assert_nonnull (term);
  g_assert_cmpstr (sak_term_get_code (term), ==, stands_for);
  g_assert_cmpstr (sak_term_get_label (term, "en"), ==, label);
}

/* Old records have the codes: whoever is believed can change what came from them, and nobody else's. */
static void
only_what_came_from_there_is_changed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = sak_vault_add_term (pair.partner, "violations", NULL, "en", "Debt bondage at sea", &error);
  g_autofree char *same = sak_vault_add_term (pair.partner, "violations", NULL, "en", "Fishing pier raid", &error);
  g_autofree char *text = g_strdup_printf (
    "{\"additions_to\": \"violations\", \"version\": 1, \"terms\": ["
    "{\"code\": \"%s\", \"label\": {\"en\": \"Voluntary overtime\"}},"
    "{\"code\": \"local.theirsaaaa\", \"label\": {\"en\": \"fishing pier RAID\"}},"
    "{\"code\": \"local.theirsbbbb\", \"label\": {\"en\": \"Old name\"}}]}", own);
  g_autoptr (GString) changed = g_string_new (text);
  g_autoptr (SakBundleReport) first = send_terms_by_hand (pair.desk, 3000, "violations", text);
  g_autoptr (SakBundleReport) second = NULL;

  g_assert_no_error (error);
  assert_news (first, SAK_NEWS_IN_FORCE);
  assert_term (own, own, "Debt bondage at sea");
  /* Of the same name, there was no telling them apart: ours gives way, and its code leads to theirs. */
  assert_term (same, "local.theirsaaaa", "fishing pier RAID");
  assert_term ("local.theirsbbbb", "local.theirsbbbb", "Old name");
  g_string_replace (changed, "Old name", "New name", 0);
  second = send_terms_by_hand (pair.desk, 3001, "violations", changed->str);
  assert_news (second, SAK_NEWS_IN_FORCE);
  assert_term (own, own, "Debt bondage at sea");
  assert_term ("local.theirsbbbb", "local.theirsbbbb", "New name");
  assert_no_damage ();
}

static void
terms_that_do_not_hold_are_refused (void)
{
  static const char *const files[] = {
    "{}",
    "{\"additions_to\": \"places\", \"version\": 1, \"terms\": []}",
    ("{\"additions_to\": \"violations\", \"version\": 1, \"terms\":"
     " [{\"code\": \"torture\", \"label\": {\"en\": \"x\"}}]}"),
    "{\"additions_to\": \"violations\", \"version\": 1, \"terms\": [{\"code\": \"local.x\", \"label\": 7}]}",
  };
  static const char good[] = "{\"additions_to\": \"violations\", \"version\": 1, \"terms\":"
                             " [{\"code\": \"local.xxxxxxxxxx\", \"label\": {\"en\": \"Theirs\"}}]}";
  g_autoptr (SakBundleReport) others = NULL;
  g_autoptr (SakBundleReport) older = NULL;
  g_autoptr (SakVocabulary) merged = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (SakBundleReport) report = send_terms_by_hand (pair.desk, 5000 + (guint) i, "violations", files[i]);

      assert_news (report, SAK_NEWS_REFUSED);
    }
  others = send_terms_by_hand (pair.stranger, 6000, "violations", good);
  assert_news (others, SAK_NEWS_OF_OTHERS);
  older = send_terms_by_hand (pair.desk, 1, "violations", good);
  assert_news (older, SAK_NEWS_OLDER);
  merged = sak_vault_load_terms (pair.partner, "violations", NULL);
  g_assert_null (sak_vocabulary_find_term (merged, "local.xxxxxxxxxx"));
}

/* Who is not believed any more has no form in force; the terms stay, for records have their codes. */
static void
who_is_believed_no_more_has_no_form_here (void)
{
  g_assert_true (sak_vault_set_authority (pair.partner, "Desk", FALSE, NULL));
  assert_in_force ("event", "event", 0);
  assert_in_force ("person", "person", 0);
  assert_no_damage ();
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
  test_introduce (pair.stranger, pair.partner);
#define ADD(name, func) g_test_add_func ("/news/" name, func)
  ADD ("nobody-is-believed-by-default", nobody_is_believed_by_default);
  ADD ("believed-it-is-in-force-at-once", believed_it_is_in_force_at_once);
  ADD ("a-newer-one-leaves-old-records-as-they-are", a_newer_one_leaves_old_records_as_they_are);
  ADD ("it-is-there-after-the-next-opening", it_is_there_after_the_next_opening);
  ADD ("an-older-number-changes-nothing", an_older_number_changes_nothing);
  ADD ("what-does-not-protect-is-refused", what_does_not_protect_is_refused);
  ADD ("what-protects-is-taken", what_protects_is_taken);
  ADD ("records-are-filled-in-by-what-was-let-in", records_are_filled_in_by_what_was_let_in);
  ADD ("trust-in-others-reads-no-form", trust_in_others_reads_no_form);
  ADD ("what-cannot-be-read-is-told", what_cannot_be_read_is_told);
  ADD ("what-cannot-be-read-at-opening-is-told", what_cannot_be_read_at_opening_is_told);
  ADD ("what-would-be-refused-is-not-sent", what_would_be_refused_is_not_sent);
  ADD ("a-stranger-s-form-is-in-nobody-s-way", a_stranger_s_form_is_in_nobody_s_way);
  ADD ("it-is-taken-back", it_is_taken_back);
  ADD ("after-a-restore-it-goes-on-above", after_a_restore_it_goes_on_above);
  ADD ("terms-are-added", terms_are_added);
  ADD ("only-what-came-from-there-is-changed", only_what_came_from_there_is_changed);
  ADD ("terms-that-do-not-hold-are-refused", terms_that_do_not_hold_are_refused);
  ADD ("who-is-believed-no-more-has-no-form-here", who_is_believed_no_more_has_no_form_here);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
