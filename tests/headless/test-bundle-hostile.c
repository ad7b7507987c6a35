/* test-bundle-hostile.c - bundles of a known sender who means ill
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every one is well signed and well sealed; one thing in it is wrong. Each must be refused
 * with its own code, and leave the vault as it was.
 */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-minisign.h"
#include "sync/sak-bag-private.h"
#include "tests/headless/sak-test-bundle.h"

static TestPair pair;

static void
assert_outcome (SpoilFunc content,
                SpoilFunc tags,
                SpoilFunc preamble,
                SpoilFunc members,
                int       code)
{
  g_autofree char *path = test_path (&pair, "hand.age");
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.partner, pair.desk);
  bundle.spoil_content = content;
  bundle.spoil_tags = tags;
  bundle.spoil_preamble = preamble;
  bundle.spoil_members = members;
  hand_bundle_write (&bundle, path);
  if (code < 0)
    sak_bundle_report_free (test_import (pair.desk, path));
  else
    test_assert_refused (pair.desk, path, code);
  hand_bundle_clear (&bundle);
}

static void
refused_by_content (SpoilFunc func,
                    int       code)
{
  assert_outcome (func, NULL, NULL, NULL, code);
}

static void
refused_by_tags (SpoilFunc func,
                 int       code)
{
  assert_outcome (NULL, func, NULL, NULL, code);
}

static void
refused_by_preamble (SpoilFunc func,
                     int       code)
{
  assert_outcome (NULL, NULL, func, NULL, code);
}

static void
refused_by_members (SpoilFunc func,
                    int       code)
{
  assert_outcome (NULL, NULL, NULL, func, code);
}

/* Without this, all that follows would prove nothing. */
static void
one_made_by_hand_without_fault_is_taken (void)
{
  guint n_before = test_count_records (pair.desk);

  assert_outcome (NULL, NULL, NULL, NULL, -1);
  g_assert_cmpuint (test_count_records (pair.desk), ==, n_before + 1);
}

/* Content. */

static void
list_nothing (HandBundle *self)
{
  static const char other[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  g_ptr_array_set_size (self->entries, 0);
  hand_bundle_add_entry (self, "revision", other);
  self->preamble.recipients[0].new_count = 1;
  memcpy (self->preamble.recipients[0].new_head,
          ((SakStreamEntry *) g_ptr_array_index (self->entries, 0))->chain, SAK_SHA256_SIZE);
}

static void
repeat_revision (HandBundle *self)
{
  g_autofree char *line = g_strdup (self->revisions->str);

  g_string_append (self->revisions, line);
}

static void
alter_revision (HandBundle *self)
{
  char *title = strstr (self->revisions->str, "Made by hand");

  g_assert_nonnull (title);
  title[0] = 'F';
}

static void
drop_last_line_end (HandBundle *self)
{
  g_string_truncate (self->revisions, self->revisions->len - 1);
}

static void
add_empty_line (HandBundle *self)
{
  g_string_append_c (self->revisions, '\n');
}

static void
add_media_of_nobody (HandBundle *self)
{
  g_ptr_array_add (self->media, g_bytes_new_static ("stowaway", 8));
}

static void
announce_another_head (HandBundle *self)
{
  self->preamble.recipients[0].new_head[0] ^= 1;
}

static void
announce_more_entries (HandBundle *self)
{
  self->preamble.recipients[0].new_count++;
}

static void
announce_a_gap (HandBundle *self)
{
  self->preamble.recipients[0].base_count = 1;
  self->preamble.recipients[0].base_head[0] = 1;
}

static void
revisions_and_streams_must_fit (void)
{
  refused_by_content (list_nothing, SAK_ERROR_INVALID);
  refused_by_content (repeat_revision, SAK_ERROR_INVALID);
  refused_by_content (alter_revision, SAK_ERROR_FORGED);
  refused_by_content (drop_last_line_end, SAK_ERROR_INVALID);
  refused_by_content (add_empty_line, SAK_ERROR_INVALID);
  refused_by_content (add_media_of_nobody, SAK_ERROR_INVALID);
  refused_by_content (announce_another_head, SAK_ERROR_INVALID);
  refused_by_content (announce_more_entries, SAK_ERROR_INVALID);
  refused_by_content (announce_a_gap, SAK_ERROR_GAP);
}

/* Tags; the tag manifest and its signature are made to fit again. */

static void
set_manifest (HandBundle *self,
              const char *text)
{
  hand_bundle_set_tag (self, SAK_BAG_MANIFEST, text);
}

static void
reverse_manifest (HandBundle *self)
{
  const char *text = g_bytes_get_data (self->tags[SAK_BAG_MANIFEST], NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *reversed = g_strdup_printf ("%s\n%s\n%s\n", lines[2], lines[1], lines[0]);

  set_manifest (self, reversed);
}

static void
repeat_manifest_line (HandBundle *self)
{
  const char *text = g_bytes_get_data (self->tags[SAK_BAG_MANIFEST], NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *repeated = g_strdup_printf ("%s\n%s\n%s\n%s\n", lines[0], lines[0], lines[1],
                                               lines[2]);

  set_manifest (self, repeated);
}

static void
list_a_path (HandBundle *self,
             const char *path)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (self->tags[SAK_BAG_MANIFEST], NULL),
                                     g_bytes_get_size (self->tags[SAK_BAG_MANIFEST]));
  g_autofree char *more = g_strdup_printf ("%s%064d  %s\n", text, 0, path);

  self->preamble.n_files++;
  set_manifest (self, more);
}

static void
list_upwards (HandBundle *self)
{
  list_a_path (self, "data/stream/../../../x");
}

static void
list_a_tag_file (HandBundle *self)
{
  list_a_path (self, "fetch.txt");
}

static void
list_capitals (HandBundle *self)
{
  list_a_path (self, "data/stream/ABCDEF00112233445566778899AABBCC.jsonl");
}

static void
list_a_second_stream (HandBundle *self)
{
  list_a_path (self, "data/stream/ffffffffffffffffffffffffffffffff.jsonl");
}

static void
list_revisions_with_a_gap (HandBundle *self)
{
  const char *text = g_bytes_get_data (self->tags[SAK_BAG_MANIFEST], NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *gap = g_strdup_printf ("%s\n%s\n%064d  data/revisions-0003.jsonl\n%s\n",
                                          lines[0], lines[1], 0, lines[2]);

  self->preamble.n_files++;
  set_manifest (self, gap);
}

static void
name_media_falsely (HandBundle *self)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (self->tags[SAK_BAG_MANIFEST], NULL),
                                     g_bytes_get_size (self->tags[SAK_BAG_MANIFEST]));

  /* The first line is the photo's: its digest changes, its name does not. */
  text[0] = text[0] == '0' ? '1' : '0';
  set_manifest (self, text);
}

static void
add_byte_order_mark (HandBundle *self)
{
  hand_bundle_set_tag (self, SAK_BAG_DECLARATION, "\xef\xbb\xbf" SAK_BAG_DECLARATION_TEXT);
}

static void
say_another_oxum (HandBundle *self)
{
  hand_bundle_set_tag (self, SAK_BAG_INFO, "Payload-Oxum: 1.1\n");
}

static void
say_another_sequence (HandBundle *self)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (self->tags[SAK_BAG_BUNDLE], NULL),
                                     g_bytes_get_size (self->tags[SAK_BAG_BUNDLE]));
  char *sequence = strstr (text, "\"sequence\":1");

  sequence[strlen ("\"sequence\":")] = '2';
  hand_bundle_set_tag (self, SAK_BAG_BUNDLE, text);
}

static void
tag_files_must_be_strict (void)
{
  refused_by_tags (reverse_manifest, SAK_ERROR_INVALID);
  refused_by_tags (repeat_manifest_line, SAK_ERROR_INVALID);
  refused_by_tags (list_upwards, SAK_ERROR_INVALID);
  refused_by_tags (list_a_tag_file, SAK_ERROR_INVALID);
  refused_by_tags (list_capitals, SAK_ERROR_INVALID);
  refused_by_tags (list_a_second_stream, SAK_ERROR_INVALID);
  refused_by_tags (list_revisions_with_a_gap, SAK_ERROR_INVALID);
  refused_by_tags (name_media_falsely, SAK_ERROR_INVALID);
  refused_by_tags (add_byte_order_mark, SAK_ERROR_INVALID);
  refused_by_tags (say_another_oxum, SAK_ERROR_INVALID);
  refused_by_tags (say_another_sequence, SAK_ERROR_INVALID);
}

/* Members, put in after everything was signed. */

static void
replace_member (HandBundle *self,
                guint       index,
                const char *text)
{
  g_bytes_unref (g_ptr_array_index (self->members, index));
  self->members->pdata[index] = g_bytes_new (text, strlen (text));
}

static void
add_member (HandBundle *self)
{
  g_ptr_array_add (self->member_paths, g_strdup ("bag/data/extra"));
  g_ptr_array_add (self->members, g_bytes_new_static ("x", 1));
}

static void
drop_member (HandBundle *self)
{
  g_ptr_array_set_size (self->members, (int) self->members->len - 1);
}

static void
swap_members (HandBundle *self)
{
  gpointer path = self->member_paths->pdata[SAK_BAG_N_TAGS];
  gpointer content = self->members->pdata[SAK_BAG_N_TAGS];

  self->member_paths->pdata[SAK_BAG_N_TAGS] = self->member_paths->pdata[SAK_BAG_N_TAGS + 1];
  self->members->pdata[SAK_BAG_N_TAGS] = self->members->pdata[SAK_BAG_N_TAGS + 1];
  self->member_paths->pdata[SAK_BAG_N_TAGS + 1] = path;
  self->members->pdata[SAK_BAG_N_TAGS + 1] = content;
}

static void
point_upwards (HandBundle *self)
{
  g_free (self->member_paths->pdata[0]);
  self->member_paths->pdata[0] = g_strdup ("bag/../../bagit.txt");
}

static void
change_photo (HandBundle *self)
{
  static const char other[] = "not a photo either";

  /* As long as the real one, zero byte and all. */
  g_bytes_unref (g_ptr_array_index (self->members, self->members->len - 1));
  self->members->pdata[self->members->len - 1] = g_bytes_new_static (other, sizeof other);
}

static void
change_revisions (HandBundle *self)
{
  g_autofree char *line = g_strdup (self->revisions->str);

  strstr (line, "Made by hand")[0] = 'F';
  replace_member (self, SAK_BAG_N_TAGS + 1, line);
}

static void
add_another_event (HandBundle *self)
{
  const SakStreamEntry *last;

  hand_bundle_add_event (self, "A second one", NULL);
  last = g_ptr_array_index (self->entries, self->entries->len - 1);
  self->preamble.recipients[0].new_count = self->entries->len;
  memcpy (self->preamble.recipients[0].new_head, last->chain, SAK_SHA256_SIZE);
}

/* Each line is as it was, and signed; only the file is another. */
static void
swap_revisions (HandBundle *self)
{
  g_auto (GStrv) lines = g_strsplit (self->revisions->str, "\n", -1);
  g_autofree char *swapped = g_strdup_printf ("%s\n%s\n", lines[1], lines[0]);

  replace_member (self, SAK_BAG_N_TAGS + 1, swapped);
}

static void
change_how_to (HandBundle *self)
{
  gsize size;
  const char *text = g_bytes_get_data (self->tags[SAK_BAG_HOW_TO], &size);
  g_autofree char *changed = g_strndup (text, size);

  changed[0] = 'X';
  replace_member (self, SAK_BAG_HOW_TO, changed);
}

static void
change_tag_manifest (HandBundle *self)
{
  gsize size;
  const char *text = g_bytes_get_data (self->tags[SAK_BAG_TAG_MANIFEST], &size);
  g_autofree char *changed = g_strndup (text, size);

  changed[0] = changed[0] == '0' ? '1' : '0';
  replace_member (self, SAK_BAG_TAG_MANIFEST, changed);
}

/* By a key that is the sender's in nothing but the announcement. */
static void
sign_with_another_key (HandBundle *self)
{
  g_autoptr (SakSecret) other = sak_secret_new_random (SAK_SIGN_SEED_SIZE);
  gsize size;
  const void *text = g_bytes_get_data (self->tags[SAK_BAG_TAG_MANIFEST], &size);
  g_autofree char *signature = sak_minisign_sign (other, text, size, SAK_BAG_TRUSTED_COMMENT);

  replace_member (self, SAK_BAG_SIGNATURE, signature);
}

static void
members_must_be_those_that_were_signed (void)
{
  refused_by_members (add_member, SAK_ERROR_INVALID);
  refused_by_members (drop_member, SAK_ERROR_INVALID);
  refused_by_members (swap_members, SAK_ERROR_INVALID);
  refused_by_members (point_upwards, SAK_ERROR_INVALID);
  refused_by_members (change_photo, SAK_ERROR_FORGED);
  refused_by_members (change_revisions, SAK_ERROR_FORGED);
  assert_outcome (add_another_event, NULL, NULL, swap_revisions, SAK_ERROR_FORGED);
  assert_outcome (add_another_event, NULL, NULL, NULL, -1);
  refused_by_members (change_how_to, SAK_ERROR_FORGED);
  refused_by_members (change_tag_manifest, SAK_ERROR_FORGED);
  refused_by_members (sign_with_another_key, SAK_ERROR_FORGED);
}

/* Names, of the last member; only the one that is due there is taken. */

static const char *name_tried;

static void
rename_photo (HandBundle *self)
{
  guint last = self->member_paths->len - 1;

  g_free (self->member_paths->pdata[last]);
  self->member_paths->pdata[last] = g_strdup (name_tried);
}

static void
no_name_but_the_one_that_is_due_is_taken (void)
{
  static const char *const names[] = {
    "/etc/passwd", "../bag/data/media/x", "bag/data/media/../../../x", "bag/data/./media/x", "bag//data/media/x",
    "./bag/data/media/x", "data/media/x", "bag/data/media", "bag/fetch.txt", "bag/bagit.txt", "bag/data/x",
    "BAG/DATA/MEDIA/X", "bag\\data\\media\\x", "C:\\bag\\data\\media\\x", "~/x", "-rf", "bag/data/media/CON",
    "bag/data/media/\xe2\x80\xae" "3pm.exe", "bag/data/media/x\ny", "bag/data/media/x ", "bag/data/media/.x",
    "bag/data/revisions-0002.jsonl", "bag/data/revisions-0001.jsonl", "bag/tagmanifest-md5.txt",
    "bag/data/media/N\xc3\xba\xc3\xb1""ez", "bag/data/media/Nu\xcc\x81n\xcc\x83""ez",
  };
  g_autofree char *endless = g_strnfill (4096, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      name_tried = names[i];
      refused_by_members (rename_photo, SAK_ERROR_INVALID);
    }
  name_tried = endless;
  refused_by_members (rename_photo, SAK_ERROR_INVALID);
}

static void
shout_photo (HandBundle *self)
{
  char *path = g_ptr_array_index (self->member_paths, self->member_paths->len - 1);

  /* Its digest in capitals: the same name where the file system does not tell them apart. */
  for (char *c = path + strlen ("bag/data/media/"); *c != '\0'; c++)
    *c = g_ascii_toupper (*c);
}

static void
repeat_photo (HandBundle *self)
{
  guint last = self->members->len - 1;

  g_ptr_array_add (self->member_paths, g_strdup (g_ptr_array_index (self->member_paths, last)));
  g_ptr_array_add (self->members, g_bytes_ref (g_ptr_array_index (self->members, last)));
}

static void
a_second_file_of_one_name_is_refused (void)
{
  refused_by_members (shout_photo, SAK_ERROR_INVALID);
  refused_by_members (repeat_photo, SAK_ERROR_INVALID);
}

/* Lines of revisions that are none. */

static char *line_tried;

static void
add_line (HandBundle *self)
{
  g_string_append_printf (self->revisions, "%s\n", line_tried);
}

static void
refuse_line (char *line,
             int   code)
{
  line_tried = line;
  refused_by_content (add_line, code);
  g_clear_pointer (&line_tried, g_free);
}

static char *
nest (guint depth)
{
  g_autofree char *opened = g_strnfill (depth, '[');
  g_autofree char *closed = g_strnfill (depth, ']');

  return g_strdup_printf ("{\"head\":{},\"open\":{\"title\":{\"salt\":\"00\",\"value\":%s%s}},\"sig\":\"\"}", opened,
                          closed);
}

static char *
repeat_text (const char *before,
             const char *text,
             guint       n_times,
             const char *after)
{
  GString *line = g_string_new (before);

  for (guint i = 0; i < n_times; i++)
    g_string_append (line, text);
  return g_string_free (g_string_append (line, after), FALSE);
}

static void
a_line_that_is_no_revision_is_refused (void)
{
  static const char *const lines[] = {
    "{}", "[]", "null", "true", "1", "\"\"", " ", "x", "{", "{\"head\":{},\"open\":{},\"sig\":\"\"}",
    "{\"head\":{},\"head\":{},\"open\":{},\"sig\":\"\"}", "\xef\xbb\xbf{}", "{}\r", "\xff", "{\"a\":\"\xff\"}",
    "{\"a\":\"\\u0000\"}", "{\"a\":9007199254740993}", "{\"a\":1e400}", "{\"a\":NaN}", "{\"a\":1}{\"b\":1}",
    "{\"a\":\"\\ud800\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    refuse_line (g_strdup (lines[i]), SAK_ERROR_INVALID);
  refuse_line (nest (64), SAK_ERROR_INVALID);
  refuse_line (nest (100000), SAK_ERROR_INVALID);
  refuse_line (repeat_text ("[0", ",0", 200000, "]"), SAK_ERROR_TOO_LARGE);
  refuse_line (repeat_text ("{\"a\":\"", "0123456789abcdef", 1024 * 1024, "\"}"), SAK_ERROR_TOO_LARGE);
}

/* The preamble, before it is signed. */

static void
bind_to_another_header (HandBundle *self)
{
  self->preamble.binding.header_mac[31] ^= 1;
}

static void
bind_to_another_nonce (HandBundle *self)
{
  self->preamble.binding.payload_nonce[0] ^= 1;
}

static void
mean_another_recipient (HandBundle *self)
{
  self->preamble.recipients[0].recipient.bytes[5] ^= 1;
}

static void
be_real (HandBundle *self)
{
  self->preamble.is_practice = FALSE;
}

/* Everything else was made with the sender's key, which only the sender has. */
static void
sign_preamble_with_another_key (HandBundle *self)
{
  sak_secret_unref (self->seed);
  self->seed = sak_secret_new_random (SAK_SIGN_SEED_SIZE);
}

static void
announce_less (HandBundle *self)
{
  self->preamble.total_bytes -= 1;
}

static void
announce_more (HandBundle *self)
{
  self->preamble.total_bytes += 1;
}

static void
announce_too_much_for_any_disk (HandBundle *self)
{
  self->preamble.total_bytes = SAK_BUNDLE_MAX_TOTAL;
}

static void
announce_more_than_is_taken (HandBundle *self)
{
  self->preamble.total_bytes = SAK_BUNDLE_MAX_TOTAL + 1;
}

static void
announce_smaller_members (HandBundle *self)
{
  self->preamble.largest_bytes = 100;
}

static void
announce_larger_members (HandBundle *self)
{
  self->preamble.largest_bytes += 1;
}

static void
announce_fewer_files (HandBundle *self)
{
  self->preamble.n_files -= 1;
}

static void
announce_another_tag_manifest (HandBundle *self)
{
  self->preamble.tag_digest[0] ^= 1;
}

static void
the_preamble_must_fit_the_rest (void)
{
  refused_by_preamble (bind_to_another_header, SAK_ERROR_FORGED);
  refused_by_preamble (bind_to_another_nonce, SAK_ERROR_FORGED);
  refused_by_preamble (mean_another_recipient, SAK_ERROR_FORGED);
  refused_by_preamble (sign_preamble_with_another_key, SAK_ERROR_FORGED);
  refused_by_preamble (be_real, SAK_ERROR_PRACTICE);
  refused_by_preamble (announce_less, SAK_ERROR_INVALID);
  refused_by_preamble (announce_more, SAK_ERROR_INVALID);
  refused_by_preamble (announce_too_much_for_any_disk, SAK_ERROR_NO_SPACE);
  refused_by_preamble (announce_more_than_is_taken, SAK_ERROR_TOO_LARGE);
  refused_by_preamble (announce_smaller_members, SAK_ERROR_TOO_LARGE);
  refused_by_preamble (announce_larger_members, SAK_ERROR_INVALID);
  refused_by_preamble (announce_fewer_files, SAK_ERROR_INVALID);
  refused_by_preamble (announce_another_tag_manifest, SAK_ERROR_FORGED);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  /* libarchive writes names in the locale's encoding. */
  g_assert_nonnull (setlocale (LC_CTYPE, "C.UTF-8"));
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
#define ADD(path, function) g_test_add_func ("/bundle-hostile/" path, function)
  ADD ("one-made-by-hand-without-fault-is-taken", one_made_by_hand_without_fault_is_taken);
  ADD ("revisions-and-streams-must-fit", revisions_and_streams_must_fit);
  ADD ("tag-files-must-be-strict", tag_files_must_be_strict);
  ADD ("members-must-be-those-that-were-signed", members_must_be_those_that_were_signed);
  ADD ("no-name-but-the-one-that-is-due-is-taken", no_name_but_the_one_that_is_due_is_taken);
  ADD ("a-second-file-of-one-name-is-refused", a_second_file_of_one_name_is_refused);
  ADD ("a-line-that-is-no-revision-is-refused", a_line_that_is_no_revision_is_refused);
  ADD ("the-preamble-must-fit-the-rest", the_preamble_must_fit_the_rest);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
