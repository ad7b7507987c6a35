/* test-manual-pages.c - the pages of the manual are read as they are meant, and nothing else is let through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "crypto/sak-error.h"
#include "ui/manual/sak-manual-sheet.h"
#include "ui/manual/sak-manual.h"
#include "ui/words/sak-words-paper.h"

#define PAGES SAK_SOURCE_ROOT "/ui/manual"

static void
expect (const SakManualPage *page,
        guint                at,
        SakManualKind        kind,
        const char          *text)
{
  const SakManualBlock *block;

  g_assert_cmpuint (at, <, page->blocks->len);
  block = page->blocks->pdata[at];
  g_assert_cmpint (block->kind, ==, kind);
  g_assert_cmpstr (block->text, ==, text);
}

static void
every_kind_of_block_is_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakManualPage) page =
    sak_manual_page_parse ("# Unlock\n\nFirst line\n3 of them, second line.\nThird.\n\n## Then\n\n- one\n  more\n"
                           "- two\n\n"
                           "1. Press.\n2. Wait\n   5 minutes.\n\n> Do not\n> write it down.\n\n"
                           "![The page](../pictures/unlock.png)\n[Other ways](other-ways.md)\n", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (page->title, ==, "Unlock");
  expect (page, 0, SAK_MANUAL_PARAGRAPH, "First line 3 of them, second line. Third.");
  expect (page, 1, SAK_MANUAL_HEADING, "Then");
  expect (page, 2, SAK_MANUAL_ITEM, "one more");
  expect (page, 3, SAK_MANUAL_ITEM, "two");
  expect (page, 4, SAK_MANUAL_STEP, "Press.");
  expect (page, 5, SAK_MANUAL_STEP, "Wait 5 minutes.");
  g_assert_cmpuint (((SakManualBlock *) page->blocks->pdata[5])->number, ==, 2);
  expect (page, 6, SAK_MANUAL_WARNING, "Do not write it down.");
  expect (page, 7, SAK_MANUAL_PICTURE, "The page");
  g_assert_cmpstr (((SakManualBlock *) page->blocks->pdata[7])->target, ==, "unlock.png");
  expect (page, 8, SAK_MANUAL_LINK, "Other ways");
  g_assert_cmpstr (((SakManualBlock *) page->blocks->pdata[8])->target, ==, "other-ways");
  g_assert_cmpuint (page->blocks->len, ==, 9);
}

static void
what_is_no_page_is_refused_with_its_line (void)
{
  static const struct { const char *text; const char *line; } slips[] = {
    { "words before the title\n", "line 1:" },
    { "# One\n# Two\n", "line 2:" },
    { "# One\n\n### Deeper\n", "line 3:" },
    { "# One\n\nin *bold*\n", "line 3:" },
    { "# One\n\nsee [there](there.md)\n", "line 3:" },
    { "# One\n\n<b>x</b>\n", "line 3:" },
    { "# One\n\n[out](https://example.org)\n", "line 3:" },
    { "# One\n\n[out](../en/x.md)\n", "line 3:" },
    { "# One\n\n[half](x.md\n", "line 3:" },
    { "# One\n\n![p](../../secret.png)\n", "line 3:" },
    { "# One\n\n![p](../pictures/a/b.png)\n", "line 3:" },
    { "# One\n\n2. second first\n", "line 3:" },
    { "# One\n\n1. one\n3. three\n", "line 4:" },
    { "# One\n\n- \n", "line 3:" },
    { "# One\n\n indented\n", "line 3:" },
    { "# One\n", "line 2: a page without words" },
    { "# One\n\n\xff\n", "line 0: not UTF-8" },
    { "", "line 0:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakManualPage) page = sak_manual_page_parse (slips[i].text, &error);

      g_test_message ("page %u", i);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
      g_assert_null (page);
      g_assert_true (g_str_has_prefix (error->message, slips[i].line));
    }
}

static void
titles_are_found_before_words_in_the_text (void)
{
  g_autoptr (SakManualPage) page =
    sak_manual_page_parse ("# Lock the vault\n\nPress F12.\n\nThe KEYS are wiped.\n", NULL);
  g_autofree char *place = NULL, *none = NULL, *apart = NULL, *title = NULL, *blank = NULL;

  g_assert_cmpuint (sak_manual_page_match (page, "vault LOCK", &title), ==, 3);
  g_assert_cmpuint (sak_manual_page_match (page, "  keys wiped ", &place), ==, 2);
  g_assert_cmpstr (place, ==, "The KEYS are wiped.");
  g_assert_cmpuint (sak_manual_page_match (page, "vault f12", &apart), ==, 1);
  g_assert_null (apart);
  g_assert_cmpuint (sak_manual_page_match (page, "boat", &none), ==, 0);
  g_assert_cmpuint (sak_manual_page_match (page, " ", &blank), ==, 0);
}

/* All files, as they are built in. */
static void
every_page_of_the_manual_is_one (void)
{
  g_autoptr (GDir) languages = g_dir_open (PAGES, 0, NULL);
  const char *language, *name;
  guint n_pages = 0;

  while ((language = g_dir_read_name (languages)) != NULL)
    {
      g_autofree char *folder = g_build_filename (PAGES, language, NULL);
      g_autoptr (GDir) files = strlen (language) == 2 ? g_dir_open (folder, 0, NULL) : NULL;

      while (files != NULL && (name = g_dir_read_name (files)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);
          g_autofree char *text = NULL;
          g_autoptr (GError) error = NULL;
          g_autoptr (SakManualPage) page = NULL;

          g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
          page = sak_manual_page_parse (text, &error);
          if (page == NULL)
            g_error ("%s: %s", path, error->message);
          n_pages++;
        }
    }
  g_assert_cmpuint (n_pages, >, 1);
}

static GBytes *
run_on (GBytes     *input,
        const char *program,
        const char *argument)
{
  const char *command[] = { program, argument, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
    g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  GBytes *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (child, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (child));
  return output;
}

/* What somebody carries on paper: two sides of a sheet, in each of the six languages. */
static void
the_quick_start_is_two_printed_pages (void)
{
  static const char *const languages[] = { "en", "my", "th", "km", "lo", "vi" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *path = g_build_filename (PAGES, languages[i], "quick-start.md", NULL);
      g_autofree char *text = NULL, *blocks = NULL, *words = NULL;
      g_autoptr (SakManualPage) page = NULL;
      g_autoptr (GBytes) input = NULL, pdf = NULL, info = NULL;
      json_t *sheet, *paper;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      page = sak_manual_page_parse (text, NULL);
      g_assert_nonnull (page);
      sheet = sak_manual_sheet_lay_out (page);
      paper = sak_paper_new (sheet, "Sakkhi", FALSE);
      blocks = json_dumps (paper, 0);
      json_decref (sheet);
      json_decref (paper);
      input = g_bytes_new (blocks, strlen (blocks));
      pdf = run_on (input, SAK_PRINT_PROGRAM, NULL);
      info = run_on (pdf, "pdfinfo", "-");
      words = g_strndup (g_bytes_get_data (info, NULL), g_bytes_get_size (info));
      g_test_message ("%s: %s", languages[i], words);
      g_assert_true (g_regex_match_simple ("Pages: +2\n", words, 0, 0));
    }
}

/* Cut anywhere, and with any byte changed: read or refused, never more. */
static void
damaged_pages_break_nothing (void)
{
  static const char whole[] = "# A\n\n- b\n1. c\n2. d\n> e\n![f](../pictures/g.png)\n[h](i.md)\n## j\nk\n";

  for (gsize i = 0; i < sizeof whole; i++)
    for (guint byte = 0; byte < 256; byte++)
      {
        g_autofree char *text = g_strndup (whole, sizeof whole);
        g_autoptr (SakManualPage) page = NULL;

        text[i] = (char) byte;
        page = sak_manual_page_parse (text, NULL);
        if (page != NULL)
          g_assert_nonnull (page->title);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manual-pages/every-kind-of-block-is-read", every_kind_of_block_is_read);
  g_test_add_func ("/manual-pages/what-is-no-page-is-refused-with-its-line", what_is_no_page_is_refused_with_its_line);
  g_test_add_func ("/manual-pages/titles-are-found-before-words-in-the-text",
                   titles_are_found_before_words_in_the_text);
  g_test_add_func ("/manual-pages/every-page-of-the-manual-is-one", every_page_of_the_manual_is_one);
  g_test_add_func ("/manual-pages/the-quick-start-is-two-printed-pages", the_quick_start_is_two_printed_pages);
  g_test_add_func ("/manual-pages/damaged-pages-break-nothing", damaged_pages_break_nothing);
  return g_test_run ();
}
