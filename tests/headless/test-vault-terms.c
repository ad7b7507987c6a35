/* test-vault-terms.c - terms that a vault's own people added: in force, renamed, withdrawn, kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form.h"
#include "storage/sak-rescue.h"
#include "storage/sak-vault-private.h"
#include "storage/sak-vault-terms.h"
#include "tests/headless/sak-test-search.h"
#include "tests/headless/sak-test-vault.h"

#include <string.h>

static char *
add (SakVault   *vault,
     const char *parent,
     const char *label)
{
  g_autoptr (GError) error = NULL;
  char *code = sak_vault_add_term (vault, "violations", parent, "en", label, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (code, SAK_VOCABULARY_LOCAL));
  return code;
}

static void
rename_term (SakVault   *vault,
             const char *code,
             const char *language,
             const char *label)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_rename_term (vault, "violations", code, language, label, &error));
  g_assert_no_error (error);
}

static void
retire (SakVault   *vault,
        const char *code,
        const char *replacement)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_retire_term (vault, "violations", code, replacement, &error));
  g_assert_no_error (error);
}

static const SakTerm *
find (const char *code)
{
  return sak_vocabulary_find_term (sak_vocabulary_get ("violations"), code);
}

static void
assert_label (const char *code,
              const char *label)
{
  g_assert_cmpstr (sak_vocabulary_get_label_for (sak_vocabulary_get ("violations"), code, "en"), ==, label);
}

static void
import_fails (SakVault   *vault,
              const char *text,
              gint        code,
              const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVocabulary) merged = sak_vault_import_terms (vault, text, (gssize) strlen (text), &error);

  g_assert_null (merged);
  g_assert_error (error, SAK_ERROR, code);
  if (strstr (error->message, place) == NULL)
    g_error ("\"%s\" does not name %s", error->message, place);
}

static SakVocabulary *
import (SakVault   *vault,
        const char *text)
{
  g_autoptr (GError) error = NULL;
  SakVocabulary *merged = sak_vault_import_terms (vault, text, (gssize) strlen (text), &error);

  g_assert_no_error (error);
  return merged;
}

static void
an_added_term_stands_among_the_shipped_ones (TestVault     *f,
                                             gconstpointer  unused)
{
  g_autofree char *code = add (f->vault, "land-taken", "  Flooded out by a dam ");
  g_autofree char *below = add (f->vault, code, "At night");
  const SakTerm *term = find (code);

  g_assert_true (sak_term_is_local (term));
  g_assert_cmpstr (sak_term_get_code (sak_term_get_parent (term)), ==, "land-taken");
  g_assert_cmpstr (sak_term_get_label (term, "en"), ==, "Flooded out by a dam");
  g_assert_true (sak_term_is_in (find (below), find ("land-taken")));
  test_vault_reopen (f);
  assert_label (below, "At night");
}

/* Locking takes them out, for another vault and for none. */
static void
a_locked_vault_leaves_no_terms (TestVault     *f,
                                gconstpointer  unused)
{
  g_autofree char *code = add (f->vault, NULL, "Curse");
  g_autoptr (SakVault) other = test_vault_make (f, "Other");

  g_assert_nonnull (find (code));
  test_vault_close (f);
  g_assert_null (find (code));
  sak_vocabulary_forget_local ();
  g_assert_nonnull (find ("land-taken"));
}

static void
old_records_are_found_by_the_new_name (TestVault     *f,
                                       gconstpointer  unused)
{
  g_autofree char *code = add (f->vault, "land-taken", "Flooded");
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Below the dam\", \"date\": \"2019\","
                                           " \"violations\": [\"%s\"]}", code);
  g_autofree char *id = test_add_json (f->vault, "event", json, TRUE);
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  g_autofree char *titles = NULL;

  test_assert_found (f->vault, "flooded", "Below the dam");
  rename_term (f->vault, code, "en", "Drowned fields");
  rename_term (f->vault, code, "my", "ရေနစ်သော လယ်များ");
  assert_label (code, "Drowned fields");
  test_assert_found (f->vault, "drowned fields", "Below the dam");
  test_assert_found (f->vault, "လယ်များ", "Below the dam");
  test_assert_found (f->vault, "flooded", "");
  search->violation = g_strdup ("land-taken");
  titles = test_find_by (f->vault, search);
  g_assert_cmpstr (titles, ==, "Below the dam");
}

static void
save (SakVault   *vault,
      const char *code,
      gint        error_code)
{
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s, s:[s]}", "title", "T", "date", "2019", "violations", code);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sak_vault_add_record (vault, "event", fields, &error);
  g_autofree char *revision = NULL;

  g_assert_no_error (error);
  revision = sak_vault_finish_record (vault, id, NULL, &error);
  if (error_code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, SAK_ERROR, error_code);
}

/* A local code that nobody here knows is another partner's. */
static void
a_retired_term_is_kept_but_not_chosen (TestVault     *f,
                                       gconstpointer  unused)
{
  g_autofree char *code = add (f->vault, "land-taken", "Flooded");
  g_autoptr (GPtrArray) children = NULL;

  save (f->vault, code, -1);
  retire (f->vault, code, "land-taken");
  save (f->vault, code, SAK_ERROR_INVALID);
  save (f->vault, "local.theirs", -1);
  g_assert_true (sak_term_is_withdrawn (find (code)));
  assert_label (code, sak_term_get_label (find ("land-taken"), "en"));
  children = sak_vocabulary_list_children (sak_vocabulary_get ("violations"), find ("land-taken"));
  for (guint i = 0; i < children->len; i++)
    g_assert_cmpstr (sak_term_get_code (children->pdata[i]), !=, code);
}

static void
what_cannot_be_is_refused (TestVault     *f,
                           gconstpointer  unused)
{
  g_autofree char *code = add (f->vault, NULL, "Curse");
  g_autofree char *other = add (f->vault, code, "By a stranger");
  g_autoptr (GError) error = NULL;

  g_assert_null (sak_vault_add_term (f->vault, "violations", NULL, "en", "CURSE", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (sak_vault_add_term (f->vault, "violations", "local.nowhere", "en", "X", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (sak_vault_add_term (f->vault, "rumours", NULL, "en", "X", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (sak_vault_add_term (f->vault, "violations", NULL, "en", "\xff", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sak_vault_rename_term (f->vault, "violations", "land-taken", "en", "Ours", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sak_vault_retire_term (f->vault, "violations", code, code, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  assert_label (other, "By a stranger");
  assert_label ("land-taken", sak_term_get_label (find ("land-taken"), "en"));
}

#define HEAD "{\"additions_to\": \"violations\", \"version\": 1, \"terms\": ["

static void
hostile_files_are_refused_by_their_place (TestVault     *f,
                                          gconstpointer  unused)
{
  g_autofree char *code = add (f->vault, NULL, "Curse");

  import_fails (f->vault, "{}", SAK_ERROR_INVALID, "additions");
  import_fails (f->vault, "[1", SAK_ERROR_INVALID, "JSON");
  import_fails (f->vault, "{\"additions_to\": \"rumours\", \"version\": 1, \"terms\": []}", SAK_ERROR_NOT_FOUND,
                "vocabulary");
  import_fails (f->vault, HEAD "{\"code\": \"land-taken\", \"label\": {\"en\": \"X\"}}]}", SAK_ERROR_INVALID,
                "term 1, land-taken");
  import_fails (f->vault, HEAD "{\"code\": \"local.a\", \"label\": {\"en\": \"A\"}, \"parent\": \"local.b\"},"
                "{\"code\": \"local.b\", \"label\": {\"en\": \"B\"}, \"parent\": \"local.a\"}]}", SAK_ERROR_INVALID,
                "term 1, local.a");
  import_fails (f->vault, HEAD "{\"code\": \"local.a\", \"label\": {\"en\": \"A\"}},"
                "{\"code\": \"local.a\", \"label\": {\"en\": \"B\"}}]}", SAK_ERROR_INVALID, "term 2, local.a");
  import_fails (f->vault, HEAD "{\"code\": \"local.a\", \"label\": {\"en\": \"Curse\"}}]}", SAK_ERROR_INVALID,
                "local.a: label in en is that of a term beside it");
  import_fails (f->vault, HEAD "{\"code\": \"local.a\", \"label\": {\"en\": \"e\u202ecod\"}}]}", SAK_ERROR_INVALID,
                "term 1, local.a");
  assert_label (code, "Curse");
  g_assert_null (find ("local.a"));
}

/* What was exported in one vault comes into another, and again, newer, without losing what is there. */
static void
an_export_comes_in_elsewhere (TestVault     *f,
                              gconstpointer  unused)
{
  g_autofree char *code = add (f->vault, "land-taken", "Flooded");
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVocabulary) ours = sak_vault_load_terms (f->vault, "violations", &error);
  g_autofree char *first = sak_json_to_canonical (sak_vocabulary_get_additions (ours));
  g_autofree char *second = NULL;
  g_autoptr (SakVocabulary) newer = NULL;
  g_autoptr (SakVocabulary) once = NULL;
  g_autoptr (SakVocabulary) twice = NULL;
  g_autoptr (SakVault) other = NULL;
  g_autofree char *theirs = NULL;

  rename_term (f->vault, code, "en", "Drowned");
  newer = sak_vault_load_terms (f->vault, "violations", &error);
  second = sak_json_to_canonical (sak_vocabulary_get_additions (newer));
  test_vault_close (f);
  other = test_vault_make (f, "Other");
  theirs = add (other, NULL, "Curse");
  once = import (other, first);
  assert_label (code, "Flooded");
  twice = import (other, second);
  assert_label (code, "Drowned");
  assert_label (theirs, "Curse");
  g_assert_cmpuint (sak_vocabulary_get_local_version (twice), >, sak_vocabulary_get_local_version (once));
  sak_vault_lock (other);
}

/* Longer than a page of the database. */
static void
a_rescue_brings_the_terms (TestVault     *f,
                           gconstpointer  unused)
{
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (SakCredential) credential = sak_credential_new_passphrase (passphrase, NULL);
  g_autofree char *directory = g_strconcat (f->path, "-rescued", NULL);
  g_autoptr (GString) file = g_string_new (HEAD);
  g_autoptr (SakVocabulary) merged = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRescueReport) report = NULL;
  g_autoptr (SakVault) vault = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (file, "%s{\"code\": \"local.t%u\", \"label\": {\"en\": \"Term number %u\"}}",
                            i > 0 ? "," : "", i, i);
  g_string_append (file, "]}");
  merged = import (f->vault, file->str);
  test_vault_close (f);
  report = sak_vault_rescue (f->path, NULL, credential, directory, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  vault = sak_vault_open (directory, passphrase, &error);
  g_assert_no_error (error);
  assert_label ("local.t299", "Term number 299");
  sak_vault_lock (vault);
}

/* A vault opens without what damage took, and says so where it is asked for. */
static void
damaged_additions_keep_nobody_out (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autofree char *code = add (f->vault, NULL, "Curse");
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_db_exec (f->vault->db, "UPDATE setting SET value = x'7b' WHERE name LIKE 'term-piece/%'", &error));
  test_vault_reopen (f);
  g_assert_null (find (code));
  g_assert_null (sak_vault_load_terms (f->vault, "violations", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_DAMAGED);
}

#define ADD(path, test) g_test_add (path, TestVault, NULL, test_vault_set_up, test, test_vault_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/vault-terms/an-added-term-stands-among-the-shipped-ones", an_added_term_stands_among_the_shipped_ones);
  ADD ("/vault-terms/a-locked-vault-leaves-no-terms", a_locked_vault_leaves_no_terms);
  ADD ("/vault-terms/old-records-are-found-by-the-new-name", old_records_are_found_by_the_new_name);
  ADD ("/vault-terms/a-retired-term-is-kept-but-not-chosen", a_retired_term_is_kept_but_not_chosen);
  ADD ("/vault-terms/what-cannot-be-is-refused", what_cannot_be_is_refused);
  ADD ("/vault-terms/hostile-files-are-refused-by-their-place", hostile_files_are_refused_by_their_place);
  ADD ("/vault-terms/an-export-comes-in-elsewhere", an_export_comes_in_elsewhere);
  ADD ("/vault-terms/a-rescue-brings-the-terms", a_rescue_brings_the_terms);
  ADD ("/vault-terms/damaged-additions-keep-nobody-out", damaged_additions_keep_nobody_out);
  return g_test_run ();
}
