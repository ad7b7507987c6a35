/* test-revision.c - signed revisions: known answers, forgeries, withheld fields
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-revision-memory.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-path.h"

#include <string.h>

#define RECORD "3f0b9d7e-5c1a-4e7b-9a55-2d1f0e9c8b7a"

static char *
load_vector (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "revisions", name, NULL);
  char *line = NULL;

  g_file_get_contents (path, &line, NULL, &error);
  g_assert_no_error (error);
  return g_strchomp (line);
}

static SakSecret *
known_seed (void)
{
  SakSecret *seed = sak_secret_new (SAK_SIGN_SEED_SIZE);

  for (guint i = 0; i < SAK_SIGN_SEED_SIZE; i++)
    sak_secret_get_bytes (seed)[i] = (guint8) i;
  return seed;
}

static SakRevision *
make_revision (const SakRevisionContent *changes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) seed = known_seed ();
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s, s:{s:s}}", "title", "Raid on the pier",
                                         "identity.name", "Daw Hla", "date", "edtf", "2019-07~");
  SakRevisionContent content = { RECORD, "event", "event", 1, NULL, 1795300080, NULL, fields };
  SakRevision *self;

  if (changes != NULL)
    {
      content.parents = changes->parents;
      content.reason = changes->reason;
      content.fields = changes->fields != NULL ? changes->fields : fields;
    }
  self = sak_revision_new (&content, seed, &error);
  g_assert_no_error (error);
  return self;
}

static int
expected_code (const char *name)
{
  if (g_str_has_prefix (name, "forged-"))
    return SAK_ERROR_FORGED;
  if (g_str_has_prefix (name, "toonew-"))
    return SAK_ERROR_TOO_NEW;
  g_assert_true (g_str_has_prefix (name, "invalid-"));
  return SAK_ERROR_INVALID;
}

static void
known_answers_come_out (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "revisions", NULL);
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &open_error);
  guint n_good = 0, n_refused = 0;
  const char *name;

  g_assert_no_error (open_error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *line = load_vector (name);
      g_autoptr (GError) error = NULL;
      g_autoptr (SakRevision) revision = sak_revision_parse (line, -1, &error);
      g_autofree char *again = NULL;

      g_test_message ("%s", name);
      if (!g_str_has_prefix (name, "good-"))
        {
          g_assert_null (revision);
          g_assert_error (error, SAK_ERROR, expected_code (name));
          n_refused++;
          continue;
        }
      g_assert_no_error (error);
      again = sak_revision_to_line (revision, NULL);
      g_assert_cmpstr (again, ==, line);
      n_good++;
    }
  g_assert_cmpuint (n_good, ==, 8);
  g_assert_cmpuint (n_refused, >=, 37);
}

static void
parsed_revision_tells_its_head (void)
{
  g_autofree char *line = load_vector ("good-merge.jsonl");
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) revision = sak_revision_parse (line, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sak_revision_get_id (revision), ==,
                   "bf8cfc238621ffef5a11948b2023fa32dc01a2a551abe9c8242d70339d618ca4");
  g_assert_cmpstr (sak_revision_get_record_id (revision), ==, RECORD);
  g_assert_cmpstr (sak_revision_get_kind (revision), ==, "event");
  g_assert_cmpstr (sak_revision_get_form (revision), ==, "event");
  g_assert_cmpuint (sak_revision_get_form_version (revision), ==, 1);
  g_assert_cmpint (sak_revision_get_time (revision), ==, 1795300080);
  g_assert_cmpstr (sak_revision_get_reason (revision), ==, "Two versions brought together");
  g_assert_cmpuint (g_strv_length ((char **) sak_revision_get_parents (revision)), ==, 2);
  g_assert_cmpuint (g_strv_length ((char **) sak_revision_get_withheld (revision)), ==, 0);
  g_assert_cmpuint (sak_revision_get_author (revision)[0], ==, 0x03);
  g_assert_cmpstr (sak_json_get_text (sak_revision_get_fields (revision), "identity.name"), ==,
                   "Daw Hla");
}

/* Whoever gets one act, or all but one, gets the revision that was signed. */
static void
an_act_withheld_leaves_the_id (void)
{
  static const char *const names[] = { "good-acts.jsonl", "good-act-withheld.jsonl", "good-only-an-act.jsonl" };
  static const guint n_withheld[] = { 0, 1, 3 };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *line = load_vector (names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SakRevision) revision = sak_revision_parse (line, -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (sak_revision_get_id (revision), ==,
                       "eae4e4fc020f3dfc0770b8e79f1d42025951e227872f71b818e9e8bb86b4d057");
      g_assert_cmpuint (g_strv_length ((char **) sak_revision_get_withheld (revision)), ==, n_withheld[i]);
    }
}

static void
withheld_field_leaves_only_its_digest (void)
{
  g_autoptr (GHashTable) withheld = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SakRevision) revision = make_revision (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) received = NULL;
  g_autofree char *line = NULL;
  g_autofree char *passed_on = NULL;

  g_hash_table_add (withheld, (gpointer) "identity.name");
  g_hash_table_add (withheld, (gpointer) "not.there");
  line = sak_revision_to_line (revision, withheld);
  g_assert_null (strstr (line, "Daw Hla"));

  received = sak_revision_parse (line, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sak_revision_get_id (received), ==, sak_revision_get_id (revision));
  g_assert_cmpuint (json_object_size (sak_revision_get_fields (received)), ==, 2);
  g_assert_null (json_object_get (sak_revision_get_fields (received), "identity.name"));
  g_assert_cmpstr (sak_revision_get_withheld (received)[0], ==, "identity.name");
  g_assert_null (sak_revision_get_withheld (received)[1]);
  passed_on = sak_revision_to_line (received, NULL);
  g_assert_cmpstr (passed_on, ==, line);
}

/* The digest of a short field could otherwise be guessed, or recognised in the next version. */
static void
salts_are_fresh_each_time (void)
{
  g_autoptr (SakRevision) first = make_revision (NULL);
  g_autoptr (SakRevision) second = make_revision (NULL);
  const json_t *digests = json_object_get (sak_revision_get_head (first), "fields");
  const json_t *others = json_object_get (sak_revision_get_head (second), "fields");
  const char *path;
  json_t *digest;

  json_object_foreach ((json_t *) digests, path, digest)
    g_assert_cmpstr (json_string_value (digest), !=, sak_json_get_text (others, path));
}

static void
parents_are_sorted_and_once (void)
{
  const char *low = "1111111111111111111111111111111111111111111111111111111111111111";
  const char *high = "2222222222222222222222222222222222222222222222222222222222222222";
  const char *parents[] = { high, low, high, NULL };
  SakRevisionContent changes = { .parents = parents, .reason = "brought together" };
  g_autoptr (SakRevision) revision = make_revision (&changes);
  g_autofree char *line = sak_revision_to_line (revision, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) again = sak_revision_parse (line, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length ((char **) sak_revision_get_parents (again)), ==, 2);
  g_assert_cmpstr (sak_revision_get_parents (again)[0], ==, low);
}

static void
assert_not_made (const char *reason,
                 json_t     *fields,
                 int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) seed = known_seed ();
  SakRevisionContent content = { RECORD, "event", "event", 1, NULL, 0, reason, fields };
  g_autoptr (SakRevision) revision = sak_revision_new (&content, seed, &error);

  g_assert_null (revision);
  g_assert_error (error, SAK_ERROR, code);
}

static void
nothing_is_signed_that_could_not_be_read (void)
{
  g_autoptr (json_t) fields = json_object ();
  g_autoptr (json_t) bad_path = json_pack ("{s:s}", "Title", "x");
  g_autofree char *long_reason = g_strnfill (SAK_REVISION_MAX_REASON + 1, 'r');
  g_autofree char *long_text = g_strnfill (SAK_JSON_MAX_SIZE, 'x');

  assert_not_made (long_reason, fields, SAK_ERROR_TOO_LARGE);
  assert_not_made ("\xff", fields, SAK_ERROR_INVALID);
  assert_not_made ("", bad_path, SAK_ERROR_INVALID);
  json_object_set_new (fields, "number", json_integer (9007199254740993));
  assert_not_made ("", fields, SAK_ERROR_INVALID);
  json_object_set_new (fields, "number", json_stringn ("a\0b", 3));
  assert_not_made ("", fields, SAK_ERROR_INVALID);
  json_object_clear (fields);
  json_object_set_new (fields, "narrative", json_string (long_text));
  assert_not_made ("", fields, SAK_ERROR_TOO_LARGE);
  json_object_clear (fields);
  for (int i = 0; i <= SAK_PATH_MAX_FIELDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("f%d", i);

      json_object_set_new (fields, path, json_null ());
    }
  assert_not_made ("", fields, SAK_ERROR_TOO_LARGE);
}

/* The clock of an old laptop with an empty battery says anything. */
static void
a_time_that_could_not_be_read_is_not_signed (void)
{
  static const gint64 times[] = { -1, G_MININT64, SAK_REVISION_MAX_TIME + 1, G_MAXINT64 };
  g_autoptr (json_t) fields = json_object ();
  g_autoptr (SakSecret) seed = known_seed ();

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      SakRevisionContent content = { RECORD, "event", "event", 1, NULL, times[i], "", fields };
      g_autoptr (GError) error = NULL;
      g_autoptr (SakRevision) revision = sak_revision_new (&content, seed, &error);

      g_assert_null (revision);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
    }
}

/* What is just within the limit must be readable again, and one deeper is not made. */
static void
values_nest_as_deep_as_can_be_read (void)
{
  g_autoptr (GString) text = g_string_new ("1");
  g_autoptr (json_t) fields = json_object ();
  SakRevisionContent changes = { .fields = fields };
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (SakRevision) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  for (int i = 0; i < SAK_JSON_MAX_DEPTH - 3; i++)
    {
      g_string_prepend_c (text, '[');
      g_string_append_c (text, ']');
    }
  json_object_set_new (fields, "deep", sak_json_parse (text->str, -1, NULL));
  revision = make_revision (&changes);
  line = sak_revision_to_line (revision, NULL);
  again = sak_revision_parse (line, -1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);

  json_object_set_new (fields, "deep", json_pack ("[o]", sak_json_parse (text->str, -1, NULL)));
  assert_not_made ("", fields, SAK_ERROR_INVALID);
}

/* Limits hold before anything is hashed: here not even the digests would fit. */
static void
too_many_fields_are_refused (void)
{
  g_autofree char *line = load_vector ("good-empty.jsonl");
  g_autoptr (json_t) root = json_loads (line, 0, NULL);
  json_t *digests = json_object_get (json_object_get (root, "head"), "fields");
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) revision = NULL;
  g_autofree char *larger = NULL;

  for (int i = 0; i <= SAK_PATH_MAX_FIELDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("f%d", i);
      g_autofree char *digest = g_strnfill (64, 'a');

      json_object_set_new (digests, path, json_string (digest));
    }
  larger = sak_json_to_canonical (root);
  revision = sak_revision_parse (larger, -1, &error);
  g_assert_null (revision);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

/* Whatever single byte is changed, and wherever it is cut, it is refused. */
static void
each_flipped_byte_and_truncation_is_refused (void)
{
  g_autoptr (SakRevision) revision = make_revision (NULL);
  g_autofree char *line = sak_revision_to_line (revision, NULL);
  gsize size = strlen (line);

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) cut_error = NULL;
      g_autoptr (SakRevision) flipped = NULL;
      g_autoptr (SakRevision) cut = sak_revision_parse (line, (gssize) i, &cut_error);

      line[i] ^= 1;
      flipped = sak_revision_parse (line, (gssize) size, &error);
      line[i] ^= 1;
      g_assert_null (flipped);
      g_assert_nonnull (error);
      g_assert_null (cut);
      g_assert_error (cut_error, SAK_ERROR, SAK_ERROR_INVALID);
    }
}

static void
independent_reader_agrees (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "headless", "verify-revision.py",
                                                   NULL);
  g_autoptr (GHashTable) withheld = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (json_t) fields = json_pack ("{s:[f, f, f, i, b, n], s:s}", "numbers", 0.1, 1e-7,
                                         1.5e+22, -3, 0,
                                         "text", "\xe1\x80\x94\xe1\x80\xb1 \xf0\x9f\x9a\xa2"
                                         " \n\t\x01\x7f \xe2\x80\xa8 \"\\/");
  SakRevisionContent changes = { .fields = fields };
  g_autoptr (SakRevision) odd = make_revision (&changes);
  g_autoptr (SakRevision) usual = make_revision (NULL);
  g_autoptr (GSubprocess) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *odd_line = sak_revision_to_line (odd, NULL);
  g_autofree char *usual_line = NULL;
  g_autofree char *input = NULL;
  g_autofree char *output = NULL;
  g_autofree char *expected = NULL;

  g_hash_table_add (withheld, (gpointer) "title");
  usual_line = sak_revision_to_line (usual, withheld);
  input = g_strdup_printf ("%s\n%s\n", odd_line, usual_line);
  expected = g_strdup_printf ("%s\n%s\n", sak_revision_get_id (odd), sak_revision_get_id (usual));
  reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             "/usr/bin/python3", script, "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (reader, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (output, ==, expected);
  g_assert_true (g_subprocess_get_successful (reader));
}

/* The same bytes, and no others: a line that differs by its salts is another one. */
static void
a_line_parsed_a_moment_ago_is_not_parsed_again (void)
{
  g_autoptr (SakRevisionMemory) memory = sak_revision_memory_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_revision_unref);
  g_autoptr (SakRevision) once_more = NULL;
  g_autofree char *first = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (SakRevision) revision = make_revision (NULL);
      g_autofree char *line = sak_revision_to_line (revision, NULL);
      g_autoptr (SakRevision) again = NULL;
      SakRevision *parsed = sak_revision_memory_parse (memory, line, strlen (line), &error);

      g_assert_no_error (error);
      g_ptr_array_add (kept, parsed);
      g_assert_cmpstr (sak_revision_get_id (parsed), ==, sak_revision_get_id (revision));
      again = sak_revision_memory_parse (memory, line, strlen (line), &error);
      g_assert_true (again == parsed);
      if (i == 0)
        first = g_steal_pointer (&line);
    }
  /* Forgotten by now, and read anew. */
  once_more = sak_revision_memory_parse (memory, first, strlen (first), &error);
  g_assert_no_error (error);
  g_assert_true (once_more != kept->pdata[0]);
  g_assert_cmpstr (sak_revision_get_id (once_more), ==, sak_revision_get_id (kept->pdata[0]));
  g_assert_null (sak_revision_memory_parse (memory, first, strlen (first) - 1, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/revision/known-answers-come-out", known_answers_come_out);
  g_test_add_func ("/revision/parsed-revision-tells-its-head", parsed_revision_tells_its_head);
  g_test_add_func ("/revision/an-act-withheld-leaves-the-id", an_act_withheld_leaves_the_id);
  g_test_add_func ("/revision/withheld-field-leaves-only-its-digest",
                   withheld_field_leaves_only_its_digest);
  g_test_add_func ("/revision/salts-are-fresh-each-time", salts_are_fresh_each_time);
  g_test_add_func ("/revision/parents-are-sorted-and-once", parents_are_sorted_and_once);
  g_test_add_func ("/revision/nothing-is-signed-that-could-not-be-read",
                   nothing_is_signed_that_could_not_be_read);
  g_test_add_func ("/revision/a-time-that-could-not-be-read-is-not-signed",
                   a_time_that_could_not_be_read_is_not_signed);
  g_test_add_func ("/revision/values-nest-as-deep-as-can-be-read",
                   values_nest_as_deep_as_can_be_read);
  g_test_add_func ("/revision/too-many-fields-are-refused", too_many_fields_are_refused);
  g_test_add_func ("/revision/each-flipped-byte-and-truncation-is-refused",
                   each_flipped_byte_and_truncation_is_refused);
  g_test_add_func ("/revision/a-line-parsed-a-moment-ago-is-not-parsed-again",
                   a_line_parsed_a_moment_ago_is_not_parsed_again);
  g_test_add_func ("/revision/independent-reader-agrees", independent_reader_agrees);
  return g_test_run ();
}
