/* test-vault-form.c - forms that were brought in, versions, links to nothing, and packs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-exchange.h"
#include "storage/sak-links.h"
#include "storage/sak-record-private.h"
#include "storage/sak-vault-form.h"
#include "tests/headless/sak-test-vault.h"

#define VISIT SAK_SOURCE_ROOT "/tests/data/forms/visit.json"
#define NOWHERE "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define ELSEWHERE "7a1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define ROW "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"

static guint n_parsed;

SakForm *__real_sak_form_parse (const char *text, gssize size, GError **error);
SakForm *__wrap_sak_form_parse (const char *text, gssize size, GError **error);

/* A form takes longer to read than a hundred records: it is counted. */
SakForm *
__wrap_sak_form_parse (const char  *text,
                       gssize       size,
                       GError     **error)
{
  n_parsed++;
  return __real_sak_form_parse (text, size, error);
}

static char *
read_visit (const char *version)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) pieces = NULL;

  g_assert_true (g_file_get_contents (VISIT, &text, NULL, NULL));
  pieces = g_strsplit (text, "\"version\": 2", 2);
  g_assert_cmpuint (g_strv_length (pieces), ==, 2);
  return g_strjoinv (version, pieces);
}

static char *
import (TestVault  *f,
        const char *version)
{
  g_autofree char *text = read_visit (version);
  g_autoptr (GError) error = NULL;
  char *id = sak_vault_import_form (f->vault, text, -1, &error);

  g_assert_no_error (error);
  return id;
}

static json_t *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *value = sak_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static SakRecord *
load (TestVault  *f,
      const char *id)
{
  g_autoptr (GError) error = NULL;
  SakRecord *record = sak_vault_load_record (f->vault, id, &error);

  g_assert_no_error (error);
  return record;
}

static char *
add_by (TestVault  *f,
        guint       version,
        const char *fields)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakForm) form = sak_vault_find_form (f->vault, "visit", version, &error);
  g_autoptr (json_t) value = parse (fields);
  char *id;

  g_assert_no_error (error);
  id = sak_vault_add_record_by (f->vault, form, value, &error);
  g_assert_no_error (error);
  return id;
}

static void
finish (TestVault  *f,
        const char *id,
        const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *revision = sak_vault_finish_record (f->vault, id, reason, &error);

  g_assert_no_error (error);
  g_assert_nonnull (revision);
}

static void
a_form_is_brought_in_once (TestVault     *f,
                           gconstpointer  unused)
{
  g_autofree char *id = import (f, "\"version\": 2");
  g_autofree char *again = import (f, "\"version\": 2");
  g_autofree char *later = import (f, "\"version\": 3");
  g_autofree char *changed = read_visit ("\"note\": { \"en\": \"x\" }, \"version\": 2");
  g_autoptr (SakRecord) record = load (f, id);
  g_autoptr (GPtrArray) forms = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (again, ==, id);
  g_assert_cmpstr (later, ==, id);
  g_assert_cmpstr (record->kind, ==, "form");
  g_assert_cmpint (record->state, ==, SAK_RECORD_FINISHED);
  forms = sak_vault_list_forms (f->vault, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (forms->len, ==, 2);
  g_assert_null (sak_vault_import_form (f->vault, changed, -1, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
}

static void
a_shipped_name_or_a_bad_form_is_refused (TestVault     *f,
                                         gconstpointer  unused)
{
  static const char bad[] = "{\"form\":\"visit\"}";
  g_autofree char *event = sak_json_to_pretty (sak_form_get_data (sak_form_get ("event")));
  g_autoptr (GError) error = NULL;

  g_assert_null (sak_vault_import_form (f->vault, event, -1, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (sak_vault_import_form (f->vault, bad, -1, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

static void
a_record_is_found_again_with_its_form (TestVault     *f,
                                       gconstpointer  unused)
{
  g_autofree char *form_id = import (f, "\"version\": 2");
  g_autofree char *id = add_by (f, 2, "{\"title\":\"Pier\",\"cost\":{\"amount\":\"20\",\"currency\":\"THB\"}}");
  g_autoptr (SakRecord) draft = load (f, id);
  g_autoptr (SakRecord) finished = NULL;
  g_autoptr (SakRevision) revision = NULL;
  g_autofree char *later = NULL;

  g_assert_cmpstr (draft->kind, ==, "event");
  g_assert_cmpstr (sak_form_get_name (draft->form), ==, "visit");
  finish (f, id, NULL);
  later = import (f, "\"version\": 3");
  finished = load (f, id);
  g_assert_cmpuint (sak_form_get_version (finished->form), ==, 2);
  revision = sak_vault_load_revision (f->vault, finished->base_revision, NULL);
  g_assert_cmpstr (sak_revision_get_form (revision), ==, "visit");
  g_assert_cmpuint (sak_revision_get_form_version (revision), ==, 2);
  json_object_set_new (finished->fields, "narrative", json_string ("more"));
  g_assert_true (sak_vault_save_draft (f->vault, id, finished->base_revision, finished->fields, NULL));
  g_clear_pointer (&draft, sak_record_unref);
  draft = load (f, id);
  g_assert_cmpuint (sak_form_get_version (draft->form), ==, 2);
}

static void
assert_row (TestVault  *f,
            const char *title,
            const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = sak_vault_list_rowids (f->vault, "event", SAK_SORT_CHANGED, &error);
  g_autoptr (GPtrArray) rows = sak_vault_load_rows (f->vault, (const gint64 *) (void *) rowids->data, rowids->len,
                                                    &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (((SakRecordRow *) rows->pdata[0])->title, ==, title);
  g_assert_cmpstr (((SakRecordRow *) rows->pdata[0])->place, ==, place);
}

/* As a draft and finished: what it is called and where it was are the form's to say. */
static void
lists_tell_a_record_by_its_own_form (TestVault     *f,
                                     gconstpointer  unused)
{
  g_autofree char *text = read_visit ("\"version\": 2");
  g_auto (GStrv) pieces = g_strsplit (text, "\"title_from\": [\"title\"]", 2);
  g_autofree char *renamed = g_strjoinv ("\"title_from\": [\"why_unsafe\", \"title\"]", pieces);
  g_autoptr (GError) error = NULL;
  g_autofree char *form_id = sak_vault_import_form (f->vault, renamed, -1, &error);
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (pieces), ==, 2);
  id = add_by (f, 2, "{\"title\": \"Pier\", \"was_safe\": \"no\", \"why_unsafe\": \"A guard\","
                     " \"unsafe_place\": {\"name\": \"Gate\"}}");
  assert_row (f, "A guard", "Gate");
  finish (f, id, NULL);
  assert_row (f, "A guard", "Gate");
}

static void
a_form_is_read_once_for_all_records (TestVault     *f,
                                     gconstpointer  unused)
{
  g_autofree char *form_id = import (f, "\"version\": 2");
  g_autofree char *other_id = import (f, "\"version\": 3");
  g_autoptr (SakForm) nothing = NULL;

  n_parsed = 0;
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = add_by (f, 2, "{\"title\":\"Pier\"}");
      g_autoptr (SakRecord) record = NULL;

      finish (f, id, NULL);
      record = load (f, id);
      g_assert_cmpuint (sak_form_get_version (record->form), ==, 2);
    }
  g_assert_cmpuint (n_parsed, ==, 1);
  /* What is not here costs nothing either. */
  nothing = sak_vault_find_form (f->vault, "visit", 4, NULL);
  g_assert_null (nothing);
  g_assert_cmpuint (n_parsed, ==, 1);
}

static void
assert_newest (TestVault *f,
               guint      version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakForm) form = sak_vault_find_form (f->vault, "visit", 0, &error);

  if (version == 0)
    {
      g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (sak_form_get_version (form), ==, version);
}

/* Also where it comes in a transaction that is taken back. */
static void
what_comes_and_goes_is_known_at_once (TestVault     *f,
                                      gconstpointer  unused)
{
  g_autofree char *first = NULL;
  g_autofree char *later = NULL;
  g_autofree char *text = read_visit ("\"version\": 7");
  g_autoptr (json_t) definition = parse (text);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:O}", "title", "Visit", "definition", definition);
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (SakRecordKey) key = { 0 };
  SakRevisionContent content = { .kind = "form", .form = "form", .form_version = 1, .time = 1, .fields = fields };
  gboolean is_new;

  assert_newest (f, 0);
  first = import (f, "\"version\": 2");
  assert_newest (f, 2);
  content.record_id = first;
  revision = sak_revision_new (&content, f->vault->signing_seed, &error);
  g_assert_no_error (error);
  g_assert_true (sak_vault_begin (f->vault, &error));
  g_assert_true (sak_record_find (f->vault, first, &key, &error));
  g_assert_true (sak_revision_store (f->vault, &key, revision, 0, &is_new, &error));
  assert_newest (f, 7);
  sak_vault_rollback (f->vault);
  assert_newest (f, 2);
  later = import (f, "\"version\": 3");
  assert_newest (f, 3);
  test_vault_reopen (f);
  assert_newest (f, 3);
}

/* More than are kept: the program's own form for incidents, under other versions of another name. */
static void
many_large_forms_are_all_found (TestVault     *f,
                                gconstpointer  unused)
{
  g_autoptr (json_t) definition = json_deep_copy (sak_form_get_data (sak_form_get ("event")));
  g_autoptr (GError) error = NULL;
  const guint n = 24;

  json_object_set_new (definition, "form", json_string ("large"));
  json_object_set_new (definition, "kind", json_string ("event"));
  for (guint version = 1; version <= n; version++)
    {
      g_autofree char *text = NULL;
      g_autofree char *id = NULL;

      json_object_set_new (definition, "version", json_integer (version));
      text = sak_json_to_canonical (definition);
      id = sak_vault_import_form (f->vault, text, -1, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < 2 * n; i++)
    {
      g_autoptr (SakForm) form = sak_vault_find_form (f->vault, "large", 1 + i % n, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (sak_form_get_version (form), ==, 1 + i % n);
    }
}

static void
an_old_record_moves_up_when_asked (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autofree char *form_id = import (f, "\"version\": 1");
  g_autofree char *id = add_by (f, 1, "{\"title\":\"Pier\"}");
  g_autofree char *newer = NULL;
  g_autoptr (SakRecord) moved = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;

  finish (f, id, NULL);
  newer = import (f, "\"version\": 2");
  g_assert_true (sak_vault_upgrade_record (f->vault, id, &error));
  g_assert_no_error (error);
  moved = load (f, id);
  g_assert_cmpint (moved->state, ==, SAK_RECORD_CHANGED);
  g_assert_cmpuint (sak_form_get_version (moved->form), ==, 2);
  finish (f, id, "new questions");
  history = sak_vault_list_history (f->vault, id, &error);
  g_assert_cmpuint (history->len, ==, 2);
  g_assert_cmpuint (sak_revision_get_form_version (history->pdata[0]), ==, 2);
  g_assert_cmpuint (sak_revision_get_form_version (history->pdata[1]), ==, 1);
}

/* As if it had come in a bundle. */
static char *
store_foreign (TestVault  *f,
               const char *form,
               guint       version,
               const char *text)
{
  g_autoptr (json_t) fields = parse (text);
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (SakRecordKey) key = { 0 };
  SakRevisionContent content = { 0 };
  guint8 bytes[SAK_UUID_SIZE];
  g_autofree char *id = NULL;
  gboolean is_new;

  sak_record_make_id (bytes);
  id = sak_uuid_from_bytes (bytes);
  content.record_id = id;
  content.kind = "event";
  content.form = form;
  content.form_version = version;
  content.time = 1;
  content.fields = fields;
  revision = sak_revision_new (&content, f->vault->signing_seed, &error);
  g_assert_no_error (error);
  g_assert_true (sak_vault_begin (f->vault, &error));
  g_assert_true (sak_record_insert (f->vault, bytes, "event", "X-1", 0, &key, &error));
  g_assert_true (sak_revision_store (f->vault, &key, revision, 0, &is_new, &error));
  g_assert_true (sak_record_refresh (f->vault, &key, &error));
  g_assert_true (sak_vault_commit (f->vault, &error));
  return g_steal_pointer (&id);
}

static void
a_form_that_is_not_here_is_read_but_not_written (TestVault     *f,
                                                 gconstpointer  unused)
{
  g_autofree char *id = store_foreign (f, "event", 99, "{\"title\":\"Later\",\"weather\":{\"wind\":[7]}}");
  g_autoptr (SakRecord) record = load (f, id);
  g_autoptr (SakRecord) now = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (record->form);
  g_assert_nonnull (json_object_get (record->fields, "weather"));
  json_object_set_new (record->fields, "title", json_string ("Mine"));
  g_assert_false (sak_vault_save_draft (f->vault, id, record->base_revision, record->fields, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW);
  now = load (f, id);
  g_assert_cmpstr (sak_json_get_text (now->fields, "title"), ==, "Later");
  g_assert_cmpint (now->state, ==, SAK_RECORD_FINISHED);
}

static void
what_came_from_elsewhere_can_be_changed (TestVault     *f,
                                         gconstpointer  unused)
{
  g_autofree char *form_id = import (f, "\"version\": 2");
  g_autofree char *id = store_foreign (f, "visit", 2, "{\"title\":\"Theirs\",\"topics\":[\"of-a-later-version\"],"
                                       "\"links/" ROW "\":{\"role\":\"host\",\"to\":\"" NOWHERE "\"}}");
  g_autoptr (SakRecord) record = load (f, id);
  g_autoptr (GError) error = NULL;

  json_object_set_new (record->fields, "title", json_string ("Ours"));
  g_assert_true (sak_vault_save_draft (f->vault, id, record->base_revision, record->fields, &error));
  g_assert_no_error (error);
  finish (f, id, "a better title");
}

static void
assert_not_finished (TestVault  *f,
                     const char *fields,
                     const char *message)
{
  g_autofree char *id = add_by (f, 2, fields);
  g_autofree char *revision = NULL;
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  revision = sak_vault_finish_record (f->vault, id, NULL, &error);
  g_assert_null (revision);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
  record = load (f, id);
  g_assert_cmpint (record->state, ==, SAK_RECORD_DRAFT);
}

static void
a_link_to_nothing_is_not_finished (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autofree char *form_id = import (f, "\"version\": 2");
  g_autofree char *event = test_add_event (f->vault, "Harbour", TRUE);
  g_autofree char *wrong = g_strdup_printf ("{\"title\":\"x\",\"people/" ROW "\":{\"type\":\"police\","
                                            "\"who\":\"%s\"}}", event);
  g_autofree char *right = g_strdup_printf ("{\"title\":\"x\",\"links/" ROW "\":{\"role\":\"after\","
                                            "\"to\":\"%s\"}}", event);
  g_autofree char *of_event = g_strdup_printf ("Field people/" ROW ", who: the record it links to is of another "
                                               "kind: %s", event);
  g_autofree char *id = NULL;

  assert_not_finished (f, "{\"title\":\"x\",\"links/" ROW "\":{\"role\":\"host\",\"to\":\"" NOWHERE "\"}}",
                       "Field links/" ROW ": the record it links to is not here: " NOWHERE);
  assert_not_finished (f, "{\"title\":\"x\",\"people/" ROW "\":{\"type\":\"police\",\"who\":\"" NOWHERE "\"}}",
                       "Field people/" ROW ", who: the record it links to is not here: " NOWHERE);
  assert_not_finished (f, wrong, of_event);
  id = add_by (f, 2, right);
  finish (f, id, NULL);
}

/* Before anything is stored: what no form takes is left to the storing, which says so. */
static void
new_links_are_looked_for_before_they_are_stored (TestVault     *f,
                                                 gconstpointer  unused)
{
  g_autofree char *form_id = import (f, "\"version\": 2");
  g_autoptr (SakForm) visit = sak_vault_find_form (f->vault, "visit", 2, NULL);
  g_autoptr (json_t) away = json_loads ("{\"title\":\"x\",\"links/" ROW "\":{\"role\":\"host\",\"to\":\"" NOWHERE
                                        "\"}}", 0, NULL);
  g_autoptr (json_t) strange = json_loads ("{\"weather\":\"" NOWHERE "\"}", 0, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (sak_vault_check_added_links (f->vault, "event", visit, away, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "Field links/" ROW ": the record it links to is not here: " NOWHERE);
  g_assert_true (sak_vault_check_added_links (f->vault, "event", NULL, strange, NULL));
  g_assert_true (sak_vault_check_added_links (f->vault, "no such kind", NULL, away, NULL));
}

static void
a_changed_record_keeps_links_to_what_never_came (TestVault     *f,
                                                 gconstpointer  unused)
{
  g_autofree char *form_id = import (f, "\"version\": 2");
  g_autofree char *id = store_foreign (f, "visit", 2, "{\"title\":\"Theirs\","
                                       "\"links/" ROW "\":{\"role\":\"host\",\"to\":\"" NOWHERE "\"}}");
  g_autoptr (SakRecord) record = load (f, id);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lost = sak_vault_list_lost_links (f->vault, id, NULL);
  json_t *link = json_object_get (record->fields, "links/" ROW);

  /* What came so may come yet. */
  g_assert_cmpuint (g_strv_length (lost), ==, 0);
  g_clear_pointer (&lost, g_strfreev);
  json_object_set_new (record->fields, "title", json_string ("Ours"));
  g_assert_true (sak_vault_check_changed_links (f->vault, id, record->base_revision, record->fields, &error));
  json_object_set_new (link, "to", json_string (ELSEWHERE));
  g_assert_false (sak_vault_check_changed_links (f->vault, id, record->base_revision, record->fields, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, ELSEWHERE));
  g_clear_error (&error);
  /* As the windows do, which lose nothing that was entered; then it may stay there. */
  g_assert_true (sak_vault_save_draft (f->vault, id, record->base_revision, record->fields, &error));
  g_assert_true (sak_vault_check_changed_links (f->vault, id, record->base_revision, record->fields, &error));
  lost = sak_vault_list_lost_links (f->vault, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (lost), ==, 1);
  g_assert_cmpstr (lost[0], ==, ELSEWHERE);
}

static void
packs_are_switched_on_and_off (TestVault     *f,
                               gconstpointer  unused)
{
  g_auto (GStrv) none = sak_vault_list_packs (f->vault);
  g_auto (GStrv) two = NULL;
  g_auto (GStrv) one = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (none[0]);
  g_assert_true (sak_vault_switch_pack (f->vault, "labour-migration", TRUE, &error));
  g_assert_true (sak_vault_switch_pack (f->vault, "gender-lgbt", TRUE, &error));
  g_assert_true (sak_vault_switch_pack (f->vault, "gender-lgbt", TRUE, &error));
  two = sak_vault_list_packs (f->vault);
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_true (sak_vault_switch_pack (f->vault, "labour-migration", FALSE, &error));
  one = sak_vault_list_packs (f->vault);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, "gender-lgbt");
  g_assert_false (sak_vault_switch_pack (f->vault, "weather", TRUE, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
}

#define ADD(path, func) g_test_add (path, TestVault, NULL, test_vault_set_up, func, test_vault_tear_down)

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/vault-form/a-form-is-brought-in-once", a_form_is_brought_in_once);
  ADD ("/vault-form/a-shipped-name-or-a-bad-form-is-refused", a_shipped_name_or_a_bad_form_is_refused);
  ADD ("/vault-form/a-record-is-found-again-with-its-form", a_record_is_found_again_with_its_form);
  ADD ("/vault-form/lists-tell-a-record-by-its-own-form", lists_tell_a_record_by_its_own_form);
  ADD ("/vault-form/a-form-is-read-once-for-all-records", a_form_is_read_once_for_all_records);
  ADD ("/vault-form/what-comes-and-goes-is-known-at-once", what_comes_and_goes_is_known_at_once);
  ADD ("/vault-form/many-large-forms-are-all-found", many_large_forms_are_all_found);
  ADD ("/vault-form/an-old-record-moves-up-when-asked", an_old_record_moves_up_when_asked);
  ADD ("/vault-form/a-form-that-is-not-here-is-read-but-not-written", a_form_that_is_not_here_is_read_but_not_written);
  ADD ("/vault-form/what-came-from-elsewhere-can-be-changed", what_came_from_elsewhere_can_be_changed);
  ADD ("/vault-form/a-link-to-nothing-is-not-finished", a_link_to_nothing_is_not_finished);
  ADD ("/vault-form/new-links-are-looked-for-before-they-are-stored", new_links_are_looked_for_before_they_are_stored);
  ADD ("/vault-form/a-changed-record-keeps-links-to-what-never-came", a_changed_record_keeps_links_to_what_never_came);
  ADD ("/vault-form/packs-are-switched-on-and-off", packs_are_switched_on_and_off);
  return g_test_run ();
}
