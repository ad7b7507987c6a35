/* test-person-names.c - persons found by what they may be called, as their records change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/sak-people.h"
#include "storage/sak-rescue.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-vault.h"

/* Names that fit, best first, with bars between. */
static void
assert_matches (SakVault   *vault,
                const char *name,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) matches = sak_vault_list_like_people (vault, name, NULL, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < matches->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", ((SakLikePerson *) matches->pdata[i])->name);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
save (SakVault   *vault,
      const char *id,
      const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, &error);
  g_autoptr (json_t) fields = json_copy (record->fields);

  json_object_set_new (fields, "identity.name", json_string (name));
  g_assert_true (sak_vault_save_draft (vault, id, record->base_revision, fields, &error));
  g_assert_no_error (error);
}

static void
persons_are_found_by_each_of_their_names (TestVault     *f,
                                          gconstpointer  unused)
{
  g_free (test_add_json (f->vault, "person", "{\"identity.name\": \"Daw Khin Hla\", \"known_as\": \"Somchai Jaidee\","
                         " \"identity.other_names\": \"Naw Paw, Ma Thida\"}", TRUE));
  g_free (test_add_json (f->vault, "person", "{\"identity.name\": \"U Aung Kyaw\"}", FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"Khin Hla\"}", FALSE));
  assert_matches (f->vault, "khinhla", "Daw Khin Hla");
  assert_matches (f->vault, "ခင်လှ", "Daw Khin Hla");
  assert_matches (f->vault, "Somchai", "Somchai Jaidee");
  assert_matches (f->vault, "สมชาย ใจดี", "Somchai Jaidee");
  assert_matches (f->vault, "Thida", "Ma Thida");
  assert_matches (f->vault, "Nobody", "");
  assert_matches (f->vault, "", "");
}

/* While a change is being written both names are hers; after it, the new one. */
static void
names_keep_up_with_the_record (TestVault     *f,
                               gconstpointer  unused)
{
  g_autofree char *id = test_add_json (f->vault, "person", "{\"identity.name\": \"Daw Khin Hla\"}", TRUE);
  g_autofree char *draft = test_add_json (f->vault, "person", "{\"identity.name\": \"Naw Paw\"}", FALSE);
  g_autofree char *revision = NULL;
  g_autoptr (GError) error = NULL;

  assert_matches (f->vault, "Khin Hla", "Daw Khin Hla");
  save (f->vault, id, "Aung Kyaw");
  assert_matches (f->vault, "Khin Hla", "Daw Khin Hla");
  assert_matches (f->vault, "Aung Kyaw", "Aung Kyaw");
  revision = sak_vault_finish_record (f->vault, id, "wrong name", &error);
  g_assert_no_error (error);
  assert_matches (f->vault, "Khin Hla", "");
  assert_matches (f->vault, "Naw Paw", "Naw Paw");
  g_assert_true (sak_vault_discard_draft (f->vault, draft, &error));
  assert_matches (f->vault, "Naw Paw", "");
}

static gboolean
note_person (const char    *record_id,
             const char    *title,
             const json_t  *fields,
             gpointer       user_data,
             GError       **error)
{
  const char *name = sak_json_get_text (fields, "identity.name");

  g_string_append_printf (user_data, "%s|", name != NULL ? name : "");
  return TRUE;
}

/* Whoever is told of for this text, each with a bar behind. */
static char *
list_named (SakVault   *vault,
            const char *text)
{
  g_autoptr (SakNameSieve) sieve = sak_name_sieve_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  sak_name_sieve_add_text (sieve, text);
  g_assert_true (sak_vault_foreach_named (vault, sieve, note_person, names, &error));
  g_assert_no_error (error);
  return g_strdup (names->str);
}

static void
assert_named (SakVault   *vault,
              const char *text,
              const char *expected)
{
  g_autofree char *names = list_named (vault, text);

  g_assert_cmpstr (names, ==, expected);
}

/* By the name of the draft and of what is finished, and by the number; a person of whom no name
 * could be gathered is always looked at.
 */
static void
those_whom_a_text_may_name_are_told_of (TestVault     *f,
                                        gconstpointer  unused)
{
  g_autofree char *id = test_add_json (f->vault, "person", "{\"identity.name\": \"Daw Khin Hla\","
                                       " \"identity.contact\": \"09 765432100\"}", TRUE);
  g_autoptr (GError) error = NULL;

  g_free (test_add_json (f->vault, "person", "{\"identity.name\": \"Somchai Jaidee\"}", FALSE));
  g_free (test_add_json (f->vault, "person", "{\"known_as\": \"A woman of the camp\"}", TRUE));
  assert_named (f->vault, "We met Khin Hla.", "Daw Khin Hla|");
  assert_named (f->vault, "ခင်လှ", "Daw Khin Hla|");
  assert_named (f->vault, "Somchai Jaidee came", "Somchai Jaidee|");
  assert_named (f->vault, "Call +95 9 765 432 100!", "Daw Khin Hla|");
  assert_named (f->vault, "Nobody came.", "");
  save (f->vault, id, "Aung Kyaw");
  assert_named (f->vault, "Khin Hla", "Aung Kyaw|Daw Khin Hla|");
  assert_named (f->vault, "Aung Kyaw", "Aung Kyaw|Daw Khin Hla|");
  g_assert_true (sak_db_exec (f->vault->db, "DELETE FROM person_name WHERE record IN (SELECT rowid FROM record"
                              " WHERE title = 'Somchai Jaidee')", &error));
  assert_named (f->vault, "Nobody came.", "Somchai Jaidee|");
}

/* As one that an older program made; and one out of a rescue. */
static void
a_vault_without_names_is_filled_when_asked (TestVault     *f,
                                            gconstpointer  unused)
{
  g_autofree char *id = test_add_json (f->vault, "person", "{\"identity.name\": \"Daw Khin Hla\"}", TRUE);
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (SakCredential) credential = sak_credential_new_passphrase (passphrase, NULL);
  g_autofree char *directory = g_strconcat (f->path, "-rescued", NULL);
  g_autoptr (SakRescueReport) report = NULL;
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  assert_matches (f->vault, "Khin Hla", "Daw Khin Hla");
  g_assert_true (sak_db_exec (f->vault->db, "DELETE FROM person_name; DELETE FROM setting WHERE name = 'names-version'",
                              &error));
  assert_matches (f->vault, "Khin Hla", "Daw Khin Hla");
  test_vault_close (f);
  report = sak_vault_rescue (f->path, NULL, credential, directory, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  vault = sak_vault_open (directory, passphrase, &error);
  g_assert_no_error (error);
  assert_matches (vault, "Khin Hla", "Daw Khin Hla");
  sak_vault_lock (vault);
}

#define ADD(path, test) g_test_add (path, TestVault, NULL, test_vault_set_up, test, test_vault_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/person-names/persons-are-found-by-each-of-their-names", persons_are_found_by_each_of_their_names);
  ADD ("/person-names/names-keep-up-with-the-record", names_keep_up_with_the_record);
  ADD ("/person-names/those-whom-a-text-may-name-are-told-of", those_whom_a_text_may_name_are_told_of);
  ADD ("/person-names/a-vault-without-names-is-filled-when-asked", a_vault_without_names_is_filled_when_asked);
  return g_test_run ();
}
