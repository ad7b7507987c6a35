/* sak-text-compare.c - what was taken out of a text and what was put in
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By lines first; where lines differ, by words, which are runs of letters in scripts with
 * spaces and single clusters in those without. Shortest edit script after Myers (1986), up
 * to so many edits that time and memory stay bounded; beyond them all was replaced.
 */
#include "config.h"

#include "storage/model/sak-text-compare.h"

#include <string.h>

#define MAX_EDITS 1000          /* the trace takes the square of it, in numbers of 4 bytes */

typedef struct
{
  const char *text;
  gsize size;
} Token;

typedef struct
{
  const Token *before;
  const Token *after;
  int n_before;
  int n_after;
} Stretch;

typedef void (*SplitFunc) (const Token *text,
                           GArray      *tokens);

void
sak_text_piece_free (SakTextPiece *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

/* Splitting */

static void
append_token (GArray     *tokens,
              const char *from,
              const char *to)
{
  const Token token = { from, (gsize) (to - from) };

  if (to > from)
    g_array_append_val (tokens, token);
}

static void
split_lines (const Token *text,
             GArray      *tokens)
{
  const char *end = text->text + text->size;
  const char *at = text->text;

  while (at < end)
    {
      const char *line_end = memchr (at, '\n', (gsize) (end - at));
      const char *next = line_end != NULL ? line_end + 1 : end;

      append_token (tokens, at, next);
      at = next;
    }
}

static gboolean
has_no_spaces (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether @c goes on with what @previous began. Stacked consonants stand behind a virama, and
 * the vowels of Thai and Lao that are written first before theirs.
 */
static gboolean
continues (gunichar previous,
           gunichar c)
{
  gboolean is_written_first = (previous >= 0x0e40 && previous <= 0x0e44) || (previous >= 0x0ec0 && previous <= 0x0ec4);

  if (is_written_first || g_unichar_ismark (c) || previous == 0x1039 || previous == 0x17d2 || c == 0x200d)
    return TRUE;
  if (g_unichar_isspace (previous) && g_unichar_isspace (c))
    return previous != '\n' && c != '\n';
  return g_unichar_isalnum (previous) && g_unichar_isalnum (c) && !has_no_spaces (previous) && !has_no_spaces (c);
}

static void
split_words (const Token *text,
             GArray      *tokens)
{
  const char *end = text->text + text->size;
  const char *begun = text->text;
  gunichar previous = 0;

  for (const char *at = text->text; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (previous != 0 && !continues (previous, c))
        {
          append_token (tokens, begun, at);
          begun = at;
        }
      /* Marks say nothing of what may follow the letter that they stand on. */
      if (!g_unichar_ismark (c) || previous == 0 || c == 0x1039 || c == 0x17d2)
        previous = c;
    }
  append_token (tokens, begun, end);
}

/* Comparing */

static gboolean
is_equal (const Token *a,
          const Token *b)
{
  return a->size == b->size && memcmp (a->text, b->text, a->size) == 0;
}

static void
emit (GPtrArray        *pieces,
      SakTextPieceKind  kind,
      const Token      *token)
{
  SakTextPiece *last = pieces->len > 0 ? pieces->pdata[pieces->len - 1] : NULL;
  SakTextPiece *piece;

  if (last != NULL && last->kind == kind)
    {
      char *joined = g_strdup_printf ("%s%.*s", last->text, (int) token->size, token->text);

      g_free (last->text);
      last->text = joined;
      return;
    }
  piece = g_new0 (SakTextPiece, 1);
  piece->kind = kind;
  piece->text = g_strndup (token->text, token->size);
  g_ptr_array_add (pieces, piece);
}

/* Neighbouring tokens of one kind lie beside each other in the text: one token. */
static void
emit_run (GPtrArray        *pieces,
          SakTextPieceKind  kind,
          const Token      *tokens,
          int               n_tokens)
{
  if (n_tokens > 0)
    {
      const Token *last = &tokens[n_tokens - 1];
      const Token run = { tokens->text, (gsize) (last->text + last->size - tokens->text) };

      emit (pieces, kind, &run);
    }
}

/* One row of the trace for each number of edits: how far each diagonal came. */
static GPtrArray *
trace_edits (const Stretch *stretch)
{
  g_autoptr (GPtrArray) trace = g_ptr_array_new_with_free_func (g_free);
  int most = MIN (stretch->n_before + stretch->n_after, MAX_EDITS);

  for (int d = 0; d <= most; d++)
    {
      const int *last = d > 0 ? trace->pdata[d - 1] : NULL;     /* diagonals -(d-1)…d-1, at k + d - 1 */
      int *reached = g_new (int, 2 * d + 1);

      g_ptr_array_add (trace, reached);
      for (int k = -d; k <= d; k += 2)
        {
          gboolean is_down = k == -d || (k != d && last[k - 1 + d - 1] < last[k + 1 + d - 1]);
          int x = d == 0 ? 0 : is_down ? last[k + 1 + d - 1] : last[k - 1 + d - 1] + 1;

          while (x < stretch->n_before && x - k < stretch->n_after &&
                 is_equal (&stretch->before[x], &stretch->after[x - k]))
            x++;
          reached[k + d] = x;
          if (x >= stretch->n_before && x - k >= stretch->n_after)
            return g_steal_pointer (&trace);
        }
    }
  return NULL;
}

/* From the end back: for each token whether it stayed. */
static void
mark_same (const Stretch *stretch,
           GPtrArray     *trace,
           gboolean      *same_before,
           gboolean      *same_after)
{
  int x = stretch->n_before;
  int y = stretch->n_after;

  for (int d = (int) trace->len - 1; d >= 0; d--)
    {
      const int *last = d > 0 ? trace->pdata[d - 1] : NULL;
      int k = x - y;
      gboolean is_down = d > 0 && (k == -d || (k != d && last[k - 1 + d - 1] < last[k + 1 + d - 1]));
      int from_x = d == 0 ? 0 : is_down ? last[k + 1 + d - 1] : last[k - 1 + d - 1];
      int begun_x = d == 0 ? 0 : is_down ? from_x : from_x + 1;

      while (x > begun_x)
        {
          same_before[--x] = TRUE;
          same_after[--y] = TRUE;
        }
      x = from_x;
      y = d == 0 ? 0 : from_x - (is_down ? k + 1 : k - 1);
    }
}

static void compare_tokens (GPtrArray     *pieces,
                            const Stretch *stretch,
                            SplitFunc      finer);

/* What was taken out at one place, and what came there. */
static void
emit_difference (GPtrArray     *pieces,
                 const Stretch *stretch,
                 SplitFunc      finer)
{
  if (finer != NULL && stretch->n_before > 0 && stretch->n_after > 0)
    {
      g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (Token));
      g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (Token));
      Stretch fine;

      for (int i = 0; i < stretch->n_before; i++)
        finer (&stretch->before[i], before);
      for (int i = 0; i < stretch->n_after; i++)
        finer (&stretch->after[i], after);
      fine = (Stretch) { (Token *) before->data, (Token *) after->data, (int) before->len, (int) after->len };
      compare_tokens (pieces, &fine, NULL);
      return;
    }
  emit_run (pieces, SAK_TEXT_REMOVED, stretch->before, stretch->n_before);
  emit_run (pieces, SAK_TEXT_ADDED, stretch->after, stretch->n_after);
}

static void
emit_marked (GPtrArray      *pieces,
             const Stretch  *stretch,
             const gboolean *same_before,
             const gboolean *same_after,
             SplitFunc       finer)
{
  int x = 0;
  int y = 0;

  while (x < stretch->n_before || y < stretch->n_after)
    {
      int from_x = x;
      int from_y = y;
      Stretch difference;

      while (x < stretch->n_before && !same_before[x])
        x++;
      while (y < stretch->n_after && !same_after[y])
        y++;
      difference = (Stretch) { stretch->before + from_x, stretch->after + from_y, x - from_x, y - from_y };
      emit_difference (pieces, &difference, finer);
      from_x = x;
      while (x < stretch->n_before && y < stretch->n_after && same_before[x] && same_after[y])
        {
          x++;
          y++;
        }
      emit_run (pieces, SAK_TEXT_SAME, stretch->before + from_x, x - from_x);
    }
}

/* Equal ends are set aside first: most changes are one place in a long text. */
static void
compare_tokens (GPtrArray     *pieces,
                const Stretch *whole,
                SplitFunc      finer)
{
  g_autofree gboolean *same_before = NULL;
  g_autofree gboolean *same_after = NULL;
  g_autoptr (GPtrArray) trace = NULL;
  Stretch middle = *whole;
  int n_end = 0;

  while (middle.n_before > 0 && middle.n_after > 0 && is_equal (middle.before, middle.after))
    {
      middle.before++;
      middle.after++;
      middle.n_before--;
      middle.n_after--;
    }
  emit_run (pieces, SAK_TEXT_SAME, whole->before, whole->n_before - middle.n_before);
  while (middle.n_before > 0 && middle.n_after > 0 &&
         is_equal (&middle.before[middle.n_before - 1], &middle.after[middle.n_after - 1]))
    {
      middle.n_before--;
      middle.n_after--;
      n_end++;
    }
  trace = trace_edits (&middle);
  if (trace != NULL)
    {
      same_before = g_new0 (gboolean, middle.n_before + 1);
      same_after = g_new0 (gboolean, middle.n_after + 1);
      mark_same (&middle, trace, same_before, same_after);
      emit_marked (pieces, &middle, same_before, same_after, finer);
    }
  else
    emit_difference (pieces, &middle, finer);
  emit_run (pieces, SAK_TEXT_SAME, middle.before + middle.n_before, n_end);
}

/**
 * sak_text_compare:
 * @before: valid UTF-8, as @after
 *
 * Returns: (transfer full): in the order of the text; what was removed stands before what
 *   came in its place
 */
GPtrArray *
sak_text_compare (const char *before,
                  const char *after)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_text_piece_free);
  g_autoptr (GArray) lines_before = g_array_new (FALSE, FALSE, sizeof (Token));
  g_autoptr (GArray) lines_after = g_array_new (FALSE, FALSE, sizeof (Token));
  const Token whole_before = { before, strlen (before) };
  const Token whole_after = { after, strlen (after) };
  Stretch stretch;

  split_lines (&whole_before, lines_before);
  split_lines (&whole_after, lines_after);
  stretch = (Stretch) { (Token *) lines_before->data, (Token *) lines_after->data,
                        (int) lines_before->len, (int) lines_after->len };
  compare_tokens (pieces, &stretch, split_words);
  return pieces;
}
