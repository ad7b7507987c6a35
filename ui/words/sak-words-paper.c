/* sak-words-paper.c - what is put on paper, as blocks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-paper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/words/sak-words-number.h"

/* What somebody wrote must not look like a line of the sheet, nor turn its writing around. */
static char *
tame (const char *text,
      gboolean    keeps_lines)
{
  GString *tame = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean is_bidi = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
      gboolean is_line = c == '\n' || c == 0x2028 || c == 0x2029;

      if (is_line && keeps_lines)
        g_string_append_c (tame, '\n');
      else
        g_string_append_unichar (tame, is_bidi ? 0xfffd : is_line || g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_string_free (tame, FALSE);
}

void
sak_paper_add (json_t     *blocks,
               const char *style,
               const char *label,
               const char *text)
{
  g_autofree char *plain = tame (text, FALSE);

  json_array_append_new (blocks, json_pack ("{s:s, s:s, s:s}", "style", style, "label", label, "text", plain));
}

void
sak_paper_add_row (json_t     *blocks,
                   guint       depth,
                   const char *label,
                   const char *text)
{
  g_autofree char *plain = NULL;
  g_autofree char *plain_label = tame (label, FALSE);

  if (text == NULL || *text == '\0')
    return;
  plain = tame (text, TRUE);
  json_array_append_new (blocks, json_pack ("{s:s, s:s, s:s, s:i}", "style", "row", "label", plain_label, "text", plain,
                                            "depth", (int) MIN (depth, SAK_PAPER_MAX_DEPTH)));
}

void
sak_paper_add_lines (json_t     *blocks,
                     const char *text)
{
  g_autofree char *plain = tame (text, TRUE);
  g_auto (GStrv) lines = g_strsplit (plain, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      sak_paper_add (blocks, "text", "", lines[i]);
}

void
sak_paper_add_plain (json_t     *blocks,
                     const char *text)
{
  g_autofree char *plain = tame (text, TRUE);

  json_array_append_new (blocks, json_pack ("{s:s, s:s}", "style", "plain", "text", plain));
}

/* @foot: may be NULL. */
void
sak_paper_add_picture (json_t     *blocks,
                       int         turn,
                       const char *foot)
{
  json_array_append_new (blocks, json_pack ("{s:s, s:i, s:s*}", "style", "picture", "turn", turn, "foot", foot));
}

json_t *
sak_paper_new (const json_t *blocks,
               const char   *footer,
               gboolean      is_practice)
{
  /* Translators: at the foot of each printed page: which it is, and of how many. The numbers are put in
   * later, so both stay as they are.
   */
  g_autofree char *pages = g_strdup_printf (_("Page %1$s of %2$s"), "{page}", "{pages}");
  g_autofree char *plain = tame (footer, FALSE);
  g_autofree char *digits = sak_words_digits ("0123456789");
  json_t *paper = json_pack ("{s:O, s:s, s:s, s:s}", "blocks", blocks, "footer", plain, "pages", pages, "digits",
                             digits);

  if (is_practice)
    /* Translators: in large letters across each page that is printed from a practice vault */
    json_object_set_new (paper, "watermark", json_string (_("PRACTICE")));
  return paper;
}
