/* test-record-links.c - references between records, read both ways
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/model/sak-uuid.h"
#include "storage/model/sak-vocabulary.h"
#include "storage/sak-links-private.h"
#include "tests/headless/sak-test-old-vault.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/words/sak-words-links.h"

#define NOBODY "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"
#define ROW "links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e5"
#define MANY 100000

static GPtrArray *
list (SakVault   *vault,
      const char *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *links = sak_vault_list_links (vault, id, SAK_LINKS_OUT | SAK_LINKS_IN, &error);

  g_assert_no_error (error);
  return links;
}

static char *
add_person (SakVault   *vault,
            const char *name)
{
  g_autoptr (json_t) fields = json_pack ("{s:s}", "identity.name", name);
  g_autofree char *json = json_dumps (fields, 0);

  return test_add_json (vault, "person", json, FALSE);
}

static char *
add_event_about (SakVault   *vault,
                 const char *title,
                 const char *role,
                 const char *to)
{
  g_autoptr (json_t) fields = json_pack ("{s:s, s:{s:s, s:s}}", "title", title, ROW "0", "role", role, "to", to);
  g_autofree char *json = json_dumps (fields, 0);

  return test_add_json (vault, "event", json, FALSE);
}

static void
save (SakVault   *vault,
      const char *id,
      json_t     *fields)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_save_draft (vault, id, NULL, fields, &error));
  g_assert_no_error (error);
}

static void
a_link_is_read_from_both_ends (TestVault     *f,
                               gconstpointer  unused)
{
  g_autofree char *person = add_person (f->vault, "Ko Aung");
  g_autofree char *event = add_event_about (f->vault, "Raid on the pier", "victim", person);
  g_autoptr (GPtrArray) out = list (f->vault, event);
  g_autoptr (GPtrArray) in = list (f->vault, person);
  const SakLink *link;

  g_assert_cmpuint (out->len, ==, 1);
  link = out->pdata[0];
  g_assert_false (link->is_incoming);
  g_assert_cmpstr (link->id, ==, person);
  g_assert_cmpstr (link->title, ==, "Ko Aung");
  g_assert_cmpstr (link->kind, ==, "person");
  g_assert_cmpstr (sak_words_name_link (link, "en"), ==, "Victim");
  g_assert_cmpuint (in->len, ==, 1);
  link = in->pdata[0];
  g_assert_true (link->is_incoming);
  g_assert_cmpstr (link->id, ==, event);
  g_assert_cmpstr (link->path, ==, ROW "0");
  g_assert_cmpstr (sak_words_name_link (link, "en"), ==, "Harmed in");
}

static void
what_has_not_arrived_is_shown_as_such_and_then_itself (TestVault     *f,
                                                       gconstpointer  unused)
{
  g_autofree char *event = add_event_about (f->vault, "Raid on the pier", "victim", NOBODY);
  g_autoptr (GPtrArray) links = list (f->vault, event);
  const SakLink *link = links->pdata[0];

  g_assert_false (link->is_here);
  g_assert_cmpstr (link->id, ==, NOBODY);
  g_assert_cmpstr (link->title, ==, "");
}

static void
changes_and_removals_are_followed (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autofree char *first = add_person (f->vault, "Ko Aung");
  g_autofree char *second = add_person (f->vault, "Ma Hla");
  g_autofree char *event = add_event_about (f->vault, "Raid", "victim", first);
  g_autoptr (json_t) moved = json_pack ("{s:s, s:{s:s, s:s}}", "title", "Raid", ROW "0", "role", "victim",
                                        "to", second);
  g_autoptr (GPtrArray) of_first = NULL;
  g_autoptr (GPtrArray) of_second = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  save (f->vault, event, moved);
  of_first = list (f->vault, first);
  of_second = list (f->vault, second);
  g_assert_cmpuint (of_first->len, ==, 0);
  g_assert_cmpuint (of_second->len, ==, 1);
  g_assert_true (sak_vault_discard_draft (f->vault, event, &error));
  after = list (f->vault, second);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
cycles_do_no_harm (TestVault     *f,
                   gconstpointer  unused)
{
  g_autofree char *first = add_event_about (f->vault, "First", "victim", NOBODY);
  g_autofree char *second = add_event_about (f->vault, "Second", "victim", first);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:{s:s, s:s}, s:{s:s, s:s}}", "title", "First",
                                         ROW "0", "role", "victim", "to", second,
                                         ROW "1", "role", "victim", "to", first);
  g_autoptr (GPtrArray) links = NULL;

  save (f->vault, first, fields);
  links = list (f->vault, first);
  g_assert_cmpuint (links->len, ==, 4);         /* two out, itself and the second in */
}

/* In the model: forms may or may not have tables of this name yet. */
static gboolean
note_reference (const SakReference *reference,
                gpointer            user_data)
{
  g_string_append_printf (user_data, "%s %s %.8s %.4s\n", reference->role, reference->code, reference->target,
                          reference->path);
  return TRUE;
}

static void
references_in_tables_are_found (void)
{
  static const char text[] =
    "{\"acts/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {"
    "   \"type\": \"killing\", \"victim\": \"11111111-2b56-4f0a-9d3e-0c2c7a1b9e55\", \"order\": 1,"
    "   \"involvements\": [ { \"person\": \"22222222-2b56-4f0a-9d3e-0c2c7a1b9e55\", \"type\": [\"police\"],"
    "                       \"deeper\": [ { \"person\": \"44444444-2b56-4f0a-9d3e-0c2c7a1b9e55\" } ] },"
    "                     { \"note\": \"not known\" }, 3 ] },"
    " \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": { \"role\": \"relation\", \"code\": \"parent\","
    "   \"to\": \"33333333-2b56-4f0a-9d3e-0c2c7a1b9e55\" },"
    " \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e56\": { \"role\": \"victim\", \"to\": \"somebody\" },"
    " \"media/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": { \"name\": \"55555555-2b56-4f0a-9d3e-0c2c7a1b9e55\" },"
    " \"title\": \"66666666-2b56-4f0a-9d3e-0c2c7a1b9e55\" }";
  g_autoptr (json_t) fields = json_loads (text, 0, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_nonnull (fields);
  g_assert_true (sak_link_walk (fields, note_reference, found));
  g_assert_cmpstr (found->str, ==,
                   "victim  11111111 acts\nperpetrator  22222222 acts\nrelation parent 33333333 link\n");
}

static void
assert_called (const char *role,
               const char *code,
               const char *out,
               const char *in)
{
  SakLink link = { .role = (char *) role, .code = (char *) code };

  g_assert_cmpstr (sak_words_name_link (&link, "en"), ==, out);
  link.is_incoming = TRUE;
  g_assert_cmpstr (sak_words_name_link (&link, "en"), ==, in);
}

static void
each_side_has_its_own_word (void)
{
  assert_called ("relation", "parent", "Parent", "Child");
  assert_called ("relation", "spouse", "Husband or wife", "Husband or wife");
  assert_called ("relation", "recruiter", "Recruiter or broker", "Was recruited by this one");
  assert_called ("relation", "owner-of", "Owner or shareholder of", "Owned by");
  assert_called ("relation", "member-of", "Belongs to (a group)", "Has as a member");
  assert_called ("relation", "creditor", "Owes money to", "Lent money to");
  assert_called ("relation", "branch-of", "Branch, unit or subsidiary of", "Head office or parent company of");
  assert_called ("relation", "local.comrade", "Related to", "Related to");
  assert_called ("chain", "earlier", "Happened before this", "Happened after this");
  assert_called ("chain", "cause", "Led to this", "Came of this");
  assert_called ("source", "", "Source", "Source of");
  assert_called ("a-role-of-tomorrow", "", "Linked to", "Linked from");
}

/* Whatever may be chosen has a name at the other end, and going there and back leads home. */
static void
every_relation_has_an_inverse (void)
{
  static const char *const roles[] = { SAK_ROLE_RELATION, SAK_ROLE_CHAIN };

  for (gsize n = 0; n < G_N_ELEMENTS (roles); n++)
    {
      const SakVocabulary *vocabulary = sak_vocabulary_get (sak_link_role_get_vocabulary (roles[n]));

      for (guint i = 0; i < sak_vocabulary_get_n_terms (vocabulary); i++)
        {
          const char *code = sak_term_get_code (sak_vocabulary_get_term (vocabulary, i));
          const char *inverse = sak_link_role_invert (roles[n], code);
          SakLink link = { .is_incoming = TRUE, .role = (char *) roles[n], .code = (char *) code };

          g_assert_cmpstr (sak_words_name_link (&link, "en"), !=, "Related to");
          g_assert_cmpstr (sak_words_name_link (&link, "en"), !=, "Connected with");
          if (inverse == NULL)
            continue;
          g_assert_nonnull (sak_vocabulary_find_term (vocabulary, inverse));
          g_assert_nonnull (sak_link_role_invert (roles[n], inverse));
        }
    }
}

static void
an_older_vault_gets_its_index_at_opening (TestVault     *f,
                                          gconstpointer  unused)
{
  g_autofree char *person = add_person (f->vault, "Ko Aung");
  g_autofree char *draft = add_event_about (f->vault, "A draft", "victim", person);
  g_autofree char *finished = add_event_about (f->vault, "Finished", "victim", person);
  g_autofree char *revision = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GError) error = NULL;

  revision = sak_vault_finish_record (f->vault, finished, NULL, &error);
  g_assert_no_error (error);
  test_vault_make_old (f->vault, 2);
  test_vault_reopen (f);
  links = list (f->vault, person);
  g_assert_cmpuint (links->len, ==, 2);
}

static void
assert_uses_index (SakVault   *vault,
                   const char *sql,
                   const char *index)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *statement = NULL;
  g_autoptr (GString) plan = g_string_new (NULL);

  g_assert_cmpint (sqlite3_prepare_v2 (sak_db_get_sqlite (vault->db), explain, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append_printf (plan, "%s\n", (const char *) sqlite3_column_text (statement, 3));
  sqlite3_finalize (statement);
  g_assert_nonnull (strstr (plan->str, index));
  g_assert_null (strstr (plan->str, "SCAN"));
  g_assert_null (strstr (plan->str, "TEMP B-TREE"));
}

/* A hundred thousand links that are somebody else's cost nothing to whoever asks for theirs. */
static void
many_links_are_found_by_index (TestVault     *f,
                               gconstpointer  unused)
{
  g_autofree char *person = add_person (f->vault, "Ko Aung");
  g_autofree char *event = add_event_about (f->vault, "Raid", "victim", person);
  g_autofree char *fill = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n"
                                           " WHERE i < %d) INSERT INTO link SELECT (SELECT max (rowid) FROM record),"
                                           " i, randomblob (16), 'links/x', 'victim', '' FROM n", MANY);
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_db_exec (f->vault->db, fill, &error));
  assert_uses_index (f->vault, SAK_SQL_LINKS_OUT, "PRIMARY KEY");
  assert_uses_index (f->vault, SAK_SQL_LINKS_IN, "link_by_target");
  links = list (f->vault, person);
  g_assert_cmpuint (links->len, ==, 1);
}

#define ADD(name, func) \
  g_test_add ("/links/" name, TestVault, NULL, test_vault_set_up, func, test_vault_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-link-is-read-from-both-ends", a_link_is_read_from_both_ends);
  ADD ("what-has-not-arrived-is-shown-as-such", what_has_not_arrived_is_shown_as_such_and_then_itself);
  ADD ("changes-and-removals-are-followed", changes_and_removals_are_followed);
  ADD ("cycles-do-no-harm", cycles_do_no_harm);
  g_test_add_func ("/links/references-in-tables-are-found", references_in_tables_are_found);
  g_test_add_func ("/links/each-side-has-its-own-word", each_side_has_its_own_word);
  g_test_add_func ("/links/every-relation-has-an-inverse", every_relation_has_an_inverse);
  ADD ("an-older-vault-gets-its-index-at-opening", an_older_vault_gets_its_index_at_opening);
  ADD ("many-links-are-found-by-index", many_links_are_found_by_index);
  return g_test_run ();
}
