/* test-text-decode.c - the words of text files in the encodings of the region
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "storage/model/sak-text-decode.h"

static const struct
{
  const char *bytes;
  gsize size;
  const char *words;
  const char *encoding;
} table[] = {
#define BYTES(literal) literal, sizeof literal - 1
  { BYTES (""), "", "UTF-8" },
  { BYTES ("plain\nlines\r\nof\rwords\t."), "plain\nlines\nof\nwords\t.", "UTF-8" },
  { BYTES ("စစ်သား"), "စစ်သား", "UTF-8" },
  { BYTES ("\xef\xbb\xbfwith a mark"), "with a mark", "UTF-8" },
  { BYTES ("\xff\xfe\x10\x10\x2d\x10"), "တိ", "UTF-16LE" },
  { BYTES ("\xfe\xff\x0e\x2b\x0e\x21\x0e\x39"), "หมู", "UTF-16BE" },
  { BYTES ("\xcb\xc1\xd9\xe8\xba\xe9\xd2\xb9\xc3\xd4\xc1\xb9\xe9\xd3"), "หมู่บ้านริมน้ำ", "windows-874" },
};

static void
each_encoding_is_told_and_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *encoding = NULL;
      g_autofree char *words = sak_text_decode ((const guint8 *) table[i].bytes, table[i].size, FALSE, &encoding);

      g_assert_cmpstr (words, ==, table[i].words);
      g_assert_cmpstr (encoding, ==, table[i].encoding);
    }
}

static void
a_letter_cut_in_two_is_no_other_encoding (void)
{
  static const char cut[] = "စစ်သာ\xe1\x80";
  const char *encoding = NULL;
  g_autofree char *words = sak_text_decode ((const guint8 *) cut, sizeof cut - 1, TRUE, &encoding);

  g_assert_cmpstr (encoding, ==, "UTF-8");
  g_assert_true (g_str_has_prefix (words, "စစ်သာ"));
  g_assert_true (g_utf8_validate (words, -1, NULL));
}

/* Wherever the first so many bytes of a long file end: "a", then letters of four bytes each. */
static void
a_file_of_sixteen_bits_may_be_cut_anywhere (void)
{
  static const struct { const char *mark, *encoding; } kinds[] = {
    { "\xff\xfe", "UTF-16LE" }, { "\xfe\xff", "UTF-16BE" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gsize size;
      g_autofree char *bytes = g_convert ("a\U00011103\U00011127", -1, kinds[i].encoding, "UTF-8", NULL, &size, NULL);
      g_autofree char *file = g_malloc (size + 2);

      memcpy (file, kinds[i].mark, 2);
      memcpy (file + 2, bytes, size);
      for (gsize cut = 4; cut <= size + 2; cut++)
        {
          const char *encoding = NULL;
          g_autofree char *words = sak_text_decode ((const guint8 *) file, cut, TRUE, &encoding);

          g_assert_nonnull (words);
          g_assert_cmpstr (encoding, ==, kinds[i].encoding);
          g_assert_cmpstr (words, ==, cut < 8 ? "a" : cut < 12 ? "a\U00011103" : "a\U00011103\U00011127");
        }
    }
}

static void
what_is_no_text_is_not_shown_as_text (void)
{
  static const char program[] = "\x7f\x45\x4c\x46\2\1\1\0\0\0\0";
  static const char controls[] = "\1\2\3\4\5\6ab";
  const char *encoding = NULL;

  g_assert_null (sak_text_decode ((const guint8 *) program, sizeof program - 1, FALSE, &encoding));
  g_assert_null (sak_text_decode ((const guint8 *) controls, sizeof controls - 1, FALSE, &encoding));
  g_assert_null (encoding);
}

/* What stands behind a NUL is there, too: nobody is to take a part of a text for all of it. */
static void
a_text_does_not_end_within (void)
{
  static const char wide[] = "\xff\xfe" "a\0b\0\0\0c\0d\0";
  static const char program[] = "\xef\xbb\xbf" "a\0\0\0\0";
  g_autoptr (GString) marked = g_string_new ("\xef\xbb\xbf");
  const char *encoding = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (marked, "line\n");
  g_string_append_len (marked, "\0end", 4);
  words = sak_text_decode ((const guint8 *) marked->str, marked->len, FALSE, &encoding);
  g_assert_true (g_str_has_suffix (words, "line\n\xef\xbf\xbd" "end"));
  /* Too many of them: no text. */
  g_assert_null (sak_text_decode ((const guint8 *) wide, sizeof wide - 1, FALSE, &encoding));
  g_assert_null (sak_text_decode ((const guint8 *) program, sizeof program - 1, FALSE, &encoding));
}

/* A file that was sent to do harm. */
static void
any_bytes_give_valid_text_or_none (void)
{
  for (guint round = 0; round < 500; round++)
    {
      guint8 bytes[300];
      gsize size = (gsize) g_test_rand_int_range (0, sizeof bytes);
      const char *encoding = NULL;
      g_autofree char *words = NULL;

      for (gsize i = 0; i < size; i++)
        bytes[i] = (guint8) g_test_rand_int_range (round % 2 == 0 ? 0 : 32, 256);
      words = sak_text_decode (bytes, size, round % 3 == 0, &encoding);
      if (words != NULL)
        g_assert_true (g_utf8_validate (words, -1, NULL) && encoding != NULL);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-decode/each-encoding-is-told-and-read", each_encoding_is_told_and_read);
  g_test_add_func ("/text-decode/a-letter-cut-in-two-is-no-other-encoding", a_letter_cut_in_two_is_no_other_encoding);
  g_test_add_func ("/text-decode/a-file-of-sixteen-bits-may-be-cut-anywhere",
                   a_file_of_sixteen_bits_may_be_cut_anywhere);
  g_test_add_func ("/text-decode/what-is-no-text-is-not-shown-as-text", what_is_no_text_is_not_shown_as_text);
  g_test_add_func ("/text-decode/a-text-does-not-end-within", a_text_does_not_end_within);
  g_test_add_func ("/text-decode/any-bytes-give-valid-text-or-none", any_bytes_give_valid_text_or_none);
  return g_test_run ();
}
