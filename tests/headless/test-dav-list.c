/* test-dav-list.c - what a server says lies in a collection: understood, passed over, refused
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sync/sak-dav-list.h"

#define BEGIN "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\">"
#define END "</D:multistatus>"
#define FILE(href, size) "<D:response><D:href>" href "</D:href><D:propstat><D:prop><D:getcontentlength>" size \
                         "</D:getcontentlength><D:getetag>\"a\"</D:getetag></D:prop></D:propstat></D:response>"

/* @piece: bytes that come at a time. */
static GHashTable *
read_pieces (const char  *text,
             gsize        size,
             gsize        piece,
             GError     **error)
{
  g_autoptr (SakDavList) list = sak_dav_list_new ();

  for (gsize at = 0; at < size; at += piece)
    if (!sak_dav_list_take ((const guint8 *) text + at, MIN (piece, size - at), list, error))
      return NULL;
  return sak_dav_list_finish (list, error);
}

static GHashTable *
read_list (const char *text)
{
  g_autoptr (GError) error = NULL;
  GHashTable *files = read_pieces (text, strlen (text), strlen (text), &error);

  g_assert_no_error (error);
  return files;
}

static void
assert_refused (const char *text,
                gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) files = read_pieces (text, size, 65536, &error);

  g_assert_null (files);
  g_assert_error (error, SAK_CARRY_ERROR, SAK_CARRY_ANSWER);
}

static void
assert_one (const char *text,
            const char *name)
{
  g_autoptr (GHashTable) files = read_list (text);

  g_assert_cmpuint (g_hash_table_size (files), ==, 1);
  g_assert_nonnull (g_hash_table_lookup (files, name));
}

static void
files_have_name_size_and_stamp (void)
{
  g_autoptr (GHashTable) files = read_list (BEGIN FILE ("/dav/box/one%20file.age", " 42 ") FILE ("two", "0") END);
  const SakShelfFile *one = g_hash_table_lookup (files, "one file.age");
  const SakShelfFile *two = g_hash_table_lookup (files, "two");

  g_assert_cmpuint (g_hash_table_size (files), ==, 2);
  g_assert_cmpuint (one->size_bytes, ==, 42);
  g_assert_cmpuint (two->size_bytes, ==, 0);
  g_assert_cmpstr (one->stamp, ==, "42 \"a\" ");
}

/* Apache calls the tag of a file weak while it is new: it is the same file. */
static void
a_weak_tag_is_the_same (void)
{
  g_autoptr (GHashTable) weak = read_list (BEGIN "<D:response><D:href>a</D:href><D:getcontentlength>1"
                                           "</D:getcontentlength><D:getetag>W/\"a\"</D:getetag></D:response>" END);
  g_autoptr (GHashTable) strong = read_list (BEGIN "<D:response><D:href>a</D:href><D:getcontentlength>1"
                                             "</D:getcontentlength><D:getetag>\"a\"</D:getetag></D:response>" END);

  g_assert_cmpstr (((SakShelfFile *) g_hash_table_lookup (weak, "a"))->stamp, ==,
                   ((SakShelfFile *) g_hash_table_lookup (strong, "a"))->stamp);
}

static void
any_prefix_does (void)
{
  assert_one ("<multistatus xmlns=\"DAV:\"><response><href>/x/a</href><getcontentlength>1</getcontentlength></response>"
              "</multistatus>", "a");
  assert_one ("<lp1:multistatus xmlns:lp1=\"DAV:\"><lp1:response><lp1:href>a</lp1:href><lp2:getcontentlength>1"
              "</lp2:getcontentlength></lp1:response></lp1:multistatus>", "a");
  assert_one (BEGIN "<D:response><D:href><![CDATA[a]]></D:href><D:getcontentlength>1</D:getcontentlength></D:response>"
              END, "a");
}

static void
what_is_no_file_is_passed_over (void)
{
  assert_one (BEGIN FILE ("/box/", "7")
              "<D:response><D:href>/box/sub</D:href><D:resourcetype><D:collection/></D:resourcetype>"
              "<D:getcontentlength>9</D:getcontentlength></D:response>"
              "<D:response><D:href>/box/unsized</D:href></D:response>"
              FILE ("/box/negative", "-1") FILE ("/box/large", "99999999999999999999") FILE ("/box/words", "many")
              FILE (".hidden", "1") FILE ("~half.tmp", "1") FILE ("made.part", "1")
              FILE ("up%2F..%2Fetc", "1") FILE ("%FF", "1") FILE ("%00", "1")
              "<D:response><D:getcontentlength>1</D:getcontentlength></D:response>"
              FILE ("/box/a", "1") END, "a");
}

/* The name alone is used, wherever it says that it lies. */
static void
no_path_leads_elsewhere (void)
{
  assert_one (BEGIN FILE ("https://elsewhere.example/../../etc/passwd", "1") END, "passwd");
  assert_one (BEGIN "<D:response><D:href>/box/a</D:href><D:href>/box/b</D:href><D:getcontentlength>1"
              "</D:getcontentlength></D:response>" END, "a");
}

static void
of_two_of_one_name_the_last_counts (void)
{
  g_autoptr (GHashTable) files = read_list (BEGIN FILE ("a", "1") FILE ("/b/a", "2") END);

  g_assert_cmpuint (((SakShelfFile *) g_hash_table_lookup (files, "a"))->size_bytes, ==, 2);
}

static void
what_is_no_such_list_is_refused (void)
{
  static const char *const texts[] = {
    "", "OK", "<html><body>It works!</body></html>", BEGIN, BEGIN FILE ("a", "1"), BEGIN "<D:response>" END,
    "<D:multistatus><D:response></D:href></D:multistatus>", BEGIN "&secret;" END,
    "<!DOCTYPE d [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]><multistatus><response><href>&secret;</href>"
    "<getcontentlength>1</getcontentlength></response></multistatus>",
    BEGIN "\xff" END, BEGIN END "\xe1\x80",
    BEGIN "<x><![CDATA[\xff]]></x>" END, BEGIN "<x><![CDATA[\xff]]></x><\xff>" END,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]));
  assert_refused (BEGIN "\0" END, sizeof BEGIN + sizeof END - 1);
}

static void
add_many (GString    *text,
          const char *piece,
          guint       n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
}

static void
what_is_too_much_is_refused (void)
{
  static const struct { const char *piece; guint n; } cases[] = {
    { "<a>", 40 }, { "xxxxxxxxxx", 500 }, { "<D:response/>", SAK_SHELF_MAX_FILES + 1 },
    { "<!-- nothing is said here, and at length -->", SAK_DAV_LIST_MAX / 40 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (BEGIN);

      add_many (text, cases[i].piece, cases[i].n);
      g_string_append (text, END);
      assert_refused (text->str, text->len);
    }
}

/* However it is cut on its way. */
static void
pieces_of_any_size_are_the_same (void)
{
  static const char text[] = BEGIN FILE ("/box/%E1%80%80", "3") FILE ("b", "4") "<x>\xe1\x80\x80 &amp;</x>" END;

  for (gsize piece = 1; piece < sizeof text; piece++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GHashTable) files = read_pieces (text, sizeof text - 1, piece, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_hash_table_size (files), ==, 2);
      g_assert_nonnull (g_hash_table_lookup (files, "\xe1\x80\x80"));
    }
}

/* A connection that breaks off gives no list of less. */
static void
every_truncation_is_refused (void)
{
  static const char text[] = BEGIN FILE ("a", "1") END;

  for (gsize size = 0; size < sizeof text - 1; size++)
    assert_refused (text, size);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func ("/dav-list/" name, func)
  ADD ("files-have-name-size-and-stamp", files_have_name_size_and_stamp);
  ADD ("a-weak-tag-is-the-same", a_weak_tag_is_the_same);
  ADD ("any-prefix-does", any_prefix_does);
  ADD ("what-is-no-file-is-passed-over", what_is_no_file_is_passed_over);
  ADD ("no-path-leads-elsewhere", no_path_leads_elsewhere);
  ADD ("of-two-of-one-name-the-last-counts", of_two_of_one_name_the_last_counts);
  ADD ("what-is-no-such-list-is-refused", what_is_no_such_list_is_refused);
  ADD ("what-is-too-much-is-refused", what_is_too_much_is_refused);
  ADD ("pieces-of-any-size-are-the-same", pieces_of_any_size_are_the_same);
  ADD ("every-truncation-is-refused", every_truncation_is_refused);
  return g_test_run ();
}
