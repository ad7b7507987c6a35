/* sak-fold.c - text as it is compared in a search: one spelling for what is read as the same
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three steps: Unicode's NFKC casefold, by ICU; the marks of Latin, Greek and Cyrillic
 * letters taken off, for Vietnamese is typed without them as often as with them; then what
 * Unicode does not know of the scripts here (sak-fold-scripts.c). Each character keeps the
 * bytes that it comes from, so that what is found can be shown in the text itself.
 */
#include "config.h"

#include "storage/model/sak-fold-private.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

/* Characters that are normalised together; whoever puts more marks on one letter writes no word. */
#define MAX_PIECE 32
#define MAX_NORMAL (MAX_PIECE * 36)

#define ZWSP 0x200b

/* Without decomposition: they only look like a letter with a mark. */
static const struct
{
  gunichar from;
  const char *to;
} look_alikes[] = {
  { 0x00e6, "ae" }, { 0x00f0, "d" }, { 0x00f8, "o" }, { 0x00fe, "th" }, { 0x0111, "d" },
  { 0x0127, "h" }, { 0x0131, "i" }, { 0x0142, "l" }, { 0x0153, "oe" },
};

typedef struct
{
  guint8 n;
  gunichar to[3];
} Known;

/* Latin with marks: a quarter of the letters of Vietnamese. */
#define N_KNOWN (0x0250 - 0x80 + 0x100)

static int
index_known (gunichar c)
{
  if (c >= 0x80 && c < 0x0250)
    return (int) c - 0x80;
  if (c >= 0x1e00 && c < 0x1f00)
    return (int) c - 0x1e00 + 0x0250 - 0x80;
  return -1;
}

static const UNormalizer2 *
get_casefold (void)
{
  static const UNormalizer2 *normalizer;

  if (g_once_init_enter (&normalizer))
    {
      UErrorCode status = U_ZERO_ERROR;
      const UNormalizer2 *found = unorm2_getNFKCCasefoldInstance (&status);

      g_assert (U_SUCCESS (status));
      g_once_init_leave (&normalizer, found);
    }
  return normalizer;
}

static const UNormalizer2 *
get_decomposition (void)
{
  static const UNormalizer2 *normalizer;

  if (g_once_init_enter (&normalizer))
    {
      UErrorCode status = U_ZERO_ERROR;
      const UNormalizer2 *found = unorm2_getNFDInstance (&status);

      g_assert (U_SUCCESS (status));
      g_once_init_leave (&normalizer, found);
    }
  return normalizer;
}

static void
append (GArray   *chars,
        gunichar  c,
        guint32   start,
        guint32   end)
{
  SakFoldChar folded = { .c = c, .start = start, .end = end };

  g_array_append_val (chars, folded);
}

/* Letters whose marks are taken off: of Latin, Greek, Cyrillic. */
static gboolean
is_european (gunichar c)
{
  return c < 0x0530 || (c >= 0x1d00 && c < 0x2000) || (c >= 0x2c60 && c < 0x2c80) || (c >= 0xa720 && c < 0xa800);
}

static guint
take_look_alike (gunichar  c,
                 gunichar *to)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (look_alikes); i++)
    if (look_alikes[i].from == c)
      {
        for (const char *at = look_alikes[i].to; *at != '\0'; at++)
          to[n++] = (guchar) *at;
        return n;
      }
  to[0] = c;
  return 1;
}

/* @to has room for MAX_NORMAL. */
static guint
fold_piece (const UChar *piece,
            int          length,
            gunichar     first,
            gunichar    *to)
{
  UChar cased[MAX_NORMAL], parts[MAX_NORMAL];
  UErrorCode status = U_ZERO_ERROR;
  const UChar *from = cased;
  int n = unorm2_normalize (get_casefold (), piece, length, cased, MAX_NORMAL, &status);
  guint n_to = 0;

  if (U_SUCCESS (status) && is_european (first))
    {
      n = unorm2_normalize (get_decomposition (), cased, n, parts, MAX_NORMAL, &status);
      from = parts;
    }
  if (U_FAILURE (status))
    return 0;
  for (int i = 0; i < n && n_to + 2 < MAX_NORMAL;)
    {
      UChar32 c;

      U16_NEXT (from, i, n, c);
      if (!is_european (first) || c < 0x0300 || c > 0x036f)
        n_to += take_look_alike ((gunichar) c, to + n_to);
    }
  return n_to;
}

static const Known *
get_known (void)
{
  static Known *table;

  if (g_once_init_enter (&table))
    {
      Known *known = g_new0 (Known, N_KNOWN);

      for (gunichar c = 0x80; c < 0x1f00; c = c == 0x024f ? 0x1e00 : c + 1)
        {
          const UChar piece[] = { (UChar) c };
          gunichar folded[MAX_NORMAL];
          Known *at = known + index_known (c);

          at->n = (guint8) MIN (fold_piece (piece, 1, c, folded), G_N_ELEMENTS (at->to));
          memcpy (at->to, folded, at->n * sizeof folded[0]);
        }
      g_once_init_leave (&table, known);
    }
  return table;
}

/* One character and the marks that Unicode may join to it. Returns: where the next one begins. */
static gsize
append_piece (GArray     *chars,
              const char *text,
              gsize       size,
              gsize       at)
{
  gunichar folded[MAX_NORMAL];
  UChar piece[MAX_PIECE * 2];
  gunichar first = g_utf8_get_char (text + at);
  gsize end = at;
  int length = 0;
  guint n_chars = 0, n;

  do
    {
      gunichar c = g_utf8_get_char (text + end);

      if (n_chars > 0 && (c < 0x300 || c == ZWSP || unorm2_hasBoundaryBefore (get_casefold (), (UChar32) c)))
        break;
      U16_APPEND_UNSAFE (piece, length, c);
      end += (gsize) g_utf8_skip[(guchar) text[end]];
      n_chars++;
    }
  while (end < size && n_chars < MAX_PIECE);
  n = fold_piece (piece, length, first, folded);
  for (guint i = 0; i < n; i++)
    append (chars, folded[i], (guint32) at, (guint32) end);
  return end;
}

/* ZWSP shows where words end that are written without spaces, here and there; in a script
 * that has them it is one.
 */
static void
append_blank (GArray  *chars,
              guint32  start,
              guint32  end)
{
  if (chars->len > 0 && g_array_index (chars, SakFoldChar, chars->len - 1).c < 0x0e00)
    append (chars, ' ', start, end);
}

/* Without ICU what is easy: these blocks have few characters that NFKC casefold changes, and
 * the order of their marks is sak-fold-scripts.c's to say.
 */
static gboolean
append_quickly (GArray   *chars,
                gunichar  c,
                guint32   start,
                guint32   end)
{
  int known = index_known (c);

  if (c < 0x80)
    append (chars, (guint8) g_ascii_tolower ((char) c), start, end);
  else if (known >= 0)
    for (guint i = 0; i < get_known ()[known].n; i++)
      append (chars, get_known ()[known].to[i], start, end);
  else if (c == 0x0e33 || c == 0x0eb3)
    {
      append (chars, c == 0x0e33 ? 0x0e4d : 0x0ecd, start, end);
      append (chars, c - 1, start, end);
    }
  else if (c == ZWSP)
    append_blank (chars, start, end);
  else if (c == 0x17b4 || c == 0x17b5)
    return TRUE;
  else if (SAK_IS_THAI (c) || SAK_IS_LAO (c) || SAK_IS_KHMER (c) || (c >= 0x1000 && c < 0x10a0))
    append (chars, c, start, end);
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_mark_after (gunichar c)
{
  return c >= 0x0300 && c != ZWSP && !SAK_IS_THAI (c) && !SAK_IS_LAO (c) && !SAK_IS_KHMER (c) && !SAK_IS_MYANMAR (c) &&
         !unorm2_hasBoundaryBefore (get_casefold (), (UChar32) c);
}

static guint8
find_kind (gunichar c)
{
  switch (u_charType ((UChar32) c))
    {
    case U_DECIMAL_DIGIT_NUMBER:
      return SAK_FOLD_DIGIT;
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
      break;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_ENCLOSING_MARK:
      return SAK_FOLD_MARK;
    default:
      return SAK_FOLD_GAP;
    }
  switch (u_getIntPropertyValue ((UChar32) c, UCHAR_LINE_BREAK))
    {
    case U_LB_COMPLEX_CONTEXT:
      return u_hasBinaryProperty ((UChar32) c, UCHAR_LOGICAL_ORDER_EXCEPTION) ? SAK_FOLD_LEAD : SAK_FOLD_BASE;
    case U_LB_IDEOGRAPHIC:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
      return SAK_FOLD_SIGN;
    default:
      return SAK_FOLD_LETTER;
    }
}

/* What is a letter to Unicode and a mark to a reader, and the other way round. */
static guint8
correct_kind (gunichar c,
              guint8   kind)
{
  if (c == 0x0e30 || c == 0x0e32 || c == 0x0e45 || c == 0x0eb0 || c == 0x0eb2 || c == 0x0ebd ||
      (c >= 0x19b0 && c <= 0x19c9 && kind == SAK_FOLD_BASE))
    return SAK_FOLD_MARK;
  if (c >= 0x104c && c <= 0x104f)
    return SAK_FOLD_BASE;
  if (c == 0x0e2f || c == 0x0eaf || c == 0x0e46 || c == 0x0ec6 || c == 0x17d7)     /* and so on; say it again */
    return SAK_FOLD_GAP;
  return kind;
}

#define N_KINDS 0x3000

static guint8
get_kind (gunichar c)
{
  static guint8 *kinds;

  if (g_once_init_enter (&kinds))
    {
      guint8 *table = g_new (guint8, N_KINDS);

      for (gunichar i = 0; i < N_KINDS; i++)
        table[i] = correct_kind (i, find_kind (i));
      g_once_init_leave (&kinds, table);
    }
  return c < N_KINDS ? kinds[c] : correct_kind (c, find_kind (c));
}

static void
set_kinds (GArray *chars)
{
  for (guint i = 0; i < chars->len; i++)
    {
      SakFoldChar *at = &g_array_index (chars, SakFoldChar, i);

      at->kind = get_kind (at->c);
    }
}

/**
 * sak_fold_chars:
 * @text: valid UTF-8; at most 4 GiB
 *
 * Digits keep their script: a Burmese zero may be meant as a letter.
 *
 * Returns: (transfer full): array of SakFoldChar, as they are compared
 */
GArray *
sak_fold_chars (const char *text,
                gsize       size)
{
  GArray *chars = g_array_sized_new (FALSE, FALSE, sizeof (SakFoldChar), (guint) (size / 2 + 8));
  gsize at = 0;

  g_return_val_if_fail (size < G_MAXUINT32, chars);

  while (at < size)
    {
      gunichar c = g_utf8_get_char (text + at);
      gsize next = at + (gsize) g_utf8_skip[(guchar) text[at]];
      gboolean is_alone = next >= size || (guchar) text[next] < 0x80 || !is_mark_after (g_utf8_get_char (text + next));

      if (!is_alone || !append_quickly (chars, c, (guint32) at, (guint32) next))
        next = append_piece (chars, text, size, at);
      at = next;
    }
  set_kinds (chars);
  sak_fold_respell (chars);
  return chars;
}

/**
 * sak_fold_text:
 *
 * Returns: (transfer full): for comparing whole texts
 */
char *
sak_fold_text (const char *text)
{
  g_autoptr (GArray) chars = sak_fold_chars (text, strlen (text));
  GString *folded = g_string_new (NULL);

  for (guint i = 0; i < chars->len; i++)
    {
      const SakFoldChar *at = &g_array_index (chars, SakFoldChar, i);

      if (at->kind == SAK_FOLD_DIGIT)
        g_string_append_c (folded, (char) ('0' + u_charDigitValue ((UChar32) at->c)));
      else
        g_string_append_unichar (folded, at->c);
    }
  return g_string_free (folded, FALSE);
}
