/* sak-manual.c - a page of the manual, read from its file; without GTK
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small part of Markdown and nothing else, so that any editor shows the files as well; README.md has the
 * rules. What is not understood is an error, never shown as it stands.
 */
#include "config.h"

#include "ui/manual/sak-manual.h"

#include <string.h>

#include "crypto/sak-error.h"

typedef struct
{
  SakManualPage *page;
  guint line;                   /* from 1 */
  gboolean is_open;             /* the last block may go on in the next line */
  guint n_steps;                /* of the list being read */
} Reader;

static void
free_block (gpointer data)
{
  SakManualBlock *block = data;

  g_free (block->text);
  g_free (block->target);
  g_free (block);
}

void
sak_manual_page_free (SakManualPage *page)
{
  if (page == NULL)
    return;
  g_free (page->title);
  g_ptr_array_unref (page->blocks);
  g_free (page);
}

static gboolean
refuse (Reader      *self,
        const char  *reason,
        GError     **error)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "line %u: %s", self->line, reason);
  return FALSE;
}

/* Nothing within a line is marked up; what looks so is a slip. */
static gboolean
check_words (Reader      *self,
             const char  *words,
             GError     **error)
{
  if (*words == '\0' || g_ascii_isspace (*words))
    return refuse (self, "no words", error);
  if (strpbrk (words, "*`<>[]_|\\\t\r") != NULL)
    return refuse (self, "markup within a line", error);
  return TRUE;
}

static gboolean
append_block (Reader         *self,
              SakManualKind   kind,
              const char     *words,
              GError        **error)
{
  SakManualBlock *block;

  if (self->page->title == NULL)
    return refuse (self, "the title comes first", error);
  if (!check_words (self, words, error))
    return FALSE;
  block = g_new0 (SakManualBlock, 1);
  block->kind = kind;
  block->text = g_strdup (words);
  self->n_steps = kind == SAK_MANUAL_STEP ? self->n_steps + 1 : 0;
  block->number = self->n_steps;
  self->is_open = kind != SAK_MANUAL_HEADING;
  g_ptr_array_add (self->page->blocks, block);
  return TRUE;
}

/* A name of a page, or of a picture's file: nothing that could lead elsewhere. */
static gboolean
is_name (const char *name,
         const char *ending)
{
  const char *dot = strchr (name, '.');

  for (const char *c = name; *c != '\0' && c != dot; c++)
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && *c != '-')
      return FALSE;
  return dot != NULL && dot != name && g_str_equal (dot, ending);
}

/* "[words](target)" from its bracket on, alone in its line. */
static gboolean
read_link (Reader         *self,
           SakManualKind   kind,
           const char     *line,
           GError        **error)
{
  const char *ending = kind == SAK_MANUAL_PICTURE ? ".png" : ".md";
  const char *folder = kind == SAK_MANUAL_PICTURE ? "../pictures/" : "";
  const char *middle = strstr (line, "](");
  g_autofree char *words = middle != NULL ? g_strndup (line + 1, (gsize) (middle - line - 1)) : NULL;
  g_autofree char *target = middle != NULL ? g_strdup (middle + 2) : NULL;
  gsize length = target != NULL ? strlen (target) : 0;
  SakManualBlock *block;

  if (length < 2 || target[length - 1] != ')' || !g_str_has_prefix (target, folder))
    return refuse (self, "a link or picture that is not whole", error);
  target[length - 1] = '\0';
  if (!is_name (target + strlen (folder), ending))
    return refuse (self, "a link or picture that leads elsewhere", error);
  if (!append_block (self, kind, words, error))
    return FALSE;
  block = self->page->blocks->pdata[self->page->blocks->len - 1];
  block->target = kind == SAK_MANUAL_PICTURE ? g_strdup (target + strlen (folder))
                                             : g_strndup (target, length - 1 - strlen (ending));
  self->is_open = FALSE;
  return TRUE;
}

static gboolean
read_title (Reader      *self,
            const char  *words,
            GError     **error)
{
  if (self->page->title != NULL)
    return refuse (self, "a second title", error);
  if (!check_words (self, words, error))
    return FALSE;
  self->page->title = g_strdup (words);
  return TRUE;
}

static gboolean
go_on (Reader      *self,
       const char  *line,
       GError     **error)
{
  SakManualBlock *block = self->page->blocks->pdata[self->page->blocks->len - 1];
  g_autofree char *before = g_steal_pointer (&block->text);
  const char *words = line;

  if (block->kind == SAK_MANUAL_ITEM || block->kind == SAK_MANUAL_STEP)
    words += strspn (line, " ");
  else if (block->kind == SAK_MANUAL_WARNING && g_str_has_prefix (line, "> "))
    words += 2;
  block->text = g_strjoin (" ", before, words, NULL);
  return check_words (self, words, error);
}

/* A number may begin a line by chance, too, within what is no list. */
static gboolean
read_number (Reader      *self,
             const char  *line,
             GError     **error)
{
  char *end;
  guint64 number = g_ascii_strtoull (line, &end, 10);

  if (g_str_has_prefix (end, ". ") && !(self->is_open && self->n_steps == 0))
    return number == self->n_steps + 1 ? append_block (self, SAK_MANUAL_STEP, end + 2, error)
                                       : refuse (self, "steps are counted from 1", error);
  return self->is_open ? go_on (self, line, error) : append_block (self, SAK_MANUAL_PARAGRAPH, line, error);
}

static gboolean
read_line (Reader      *self,
           const char  *line,
           GError     **error)
{
  self->line++;
  if (*line == '\0')
    {
      self->is_open = FALSE;
      return TRUE;
    }
  if (g_str_has_prefix (line, "# "))
    return read_title (self, line + 2, error);
  if (g_str_has_prefix (line, "## "))
    return append_block (self, SAK_MANUAL_HEADING, line + 3, error);
  if (g_str_has_prefix (line, "- "))
    return append_block (self, SAK_MANUAL_ITEM, line + 2, error);
  if (*line == '[')
    return read_link (self, SAK_MANUAL_LINK, line, error);
  if (g_str_has_prefix (line, "!["))
    return read_link (self, SAK_MANUAL_PICTURE, line + 1, error);
  if (g_ascii_isdigit (*line))
    return read_number (self, line, error);
  if (self->is_open)
    return go_on (self, line, error);
  if (g_str_has_prefix (line, "> "))
    return append_block (self, SAK_MANUAL_WARNING, line + 2, error);
  if (strchr ("#!-> ", *line) != NULL)
    return refuse (self, "what a line may not begin with", error);
  return append_block (self, SAK_MANUAL_PARAGRAPH, line, error);
}

SakManualPage *
sak_manual_page_parse (const char  *text,
                       GError     **error)
{
  g_autoptr (SakManualPage) page = g_new0 (SakManualPage, 1);
  g_auto (GStrv) lines = NULL;
  Reader reader = { .page = page };

  page->blocks = g_ptr_array_new_with_free_func (free_block);
  if (!g_utf8_validate (text, -1, NULL))
    {
      refuse (&reader, "not UTF-8", error);
      return NULL;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!read_line (&reader, lines[i], error))
      return NULL;
  if (page->title == NULL || page->blocks->len == 0)
    {
      refuse (&reader, "a page without words", error);
      return NULL;
    }
  return g_steal_pointer (&page);
}

static char *
fold (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (composed != NULL ? composed : "", -1);
}

static gboolean
has_all (const char  *text,
         char       **words)
{
  g_autofree char *folded = fold (text);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
has_all_somewhere (const SakManualPage  *page,
                   char                **words)
{
  g_autoptr (GString) all = g_string_new (page->title);

  for (guint i = 0; i < page->blocks->len; i++)
    g_string_append_printf (all, "\n%s", ((SakManualBlock *) page->blocks->pdata[i])->text);
  return has_all (all->str, words);
}

guint
sak_manual_page_match (const SakManualPage  *page,
                       const char           *words,
                       char                **ret_place)
{
  g_autofree char *folded = fold (words);
  g_auto (GStrv) parts = g_strsplit_set (g_strstrip (folded), " ", -1);

  *ret_place = NULL;
  if (parts[0] == NULL || *parts[0] == '\0' || !has_all_somewhere (page, parts))
    return 0;
  for (guint i = 0; i < page->blocks->len && *ret_place == NULL; i++)
    {
      const SakManualBlock *block = page->blocks->pdata[i];

      if (block->kind != SAK_MANUAL_LINK && block->kind != SAK_MANUAL_PICTURE && has_all (block->text, parts))
        *ret_place = g_strdup (block->text);
    }
  if (has_all (page->title, parts))
    return 3;
  return *ret_place != NULL ? 2 : 1;
}
