/* sak-manual-sheet.c - a page of the manual as it is printed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/manual/sak-manual-sheet.h"

static void
append (json_t     *blocks,
        const char *style,
        const char *text)
{
  json_t *block = json_object ();

  json_object_set_new (block, "style", json_string (style));
  json_object_set_new (block, "text", json_string (text));
  json_array_append_new (blocks, block);
}

/* Lines of Burmese are so high that the small letters are needed to bring as much onto a page. */
static gboolean
is_tall (const SakManualPage *page)
{
  return g_unichar_get_script (g_utf8_get_char (page->title)) == G_UNICODE_SCRIPT_MYANMAR;
}

json_t *
sak_manual_sheet_lay_out (const SakManualPage *page)
{
  gboolean is_small = is_tall (page);
  json_t *blocks = json_array ();

  append (blocks, is_small ? "heading" : "title", page->title);
  for (guint i = 0; i < page->blocks->len; i++)
    {
      const SakManualBlock *block = page->blocks->pdata[i];
      g_autofree char *text = NULL;

      if (block->kind == SAK_MANUAL_PICTURE || block->kind == SAK_MANUAL_LINK)
        continue;
      if (block->kind == SAK_MANUAL_STEP)
        text = g_strdup_printf ("%u. %s", block->number, block->text);
      else
        text = g_strconcat (block->kind == SAK_MANUAL_ITEM ? "• " : block->kind == SAK_MANUAL_WARNING ? "! " : "",
                            block->text, NULL);
      if (block->kind == SAK_MANUAL_HEADING)
        append (blocks, is_small ? "item" : "heading", text);
      else
        append (blocks, is_small ? "code" : "text", text);
    }
  return blocks;
}
