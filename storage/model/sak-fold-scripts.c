/* sak-fold-scripts.c - one spelling for each cluster of Thai, Lao, Khmer and Burmese letters
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What looks the same on the screen is typed in many orders, and Unicode's normalisation
 * unites few of them: its classes for these scripts are mostly zero. So the marks of each
 * cluster are sorted here by what they are, and what is commonly typed for another letter
 * becomes it. Clusters never grow or shrink over a base, so that part of a text folds to
 * part of what the text folds to.
 */
#include "config.h"

#include "storage/model/sak-fold-private.h"

#define AT(array, i) (&g_array_index (array, SakFoldChar, i))

/* Marks on one base beyond this are no writing; the rest stays in its order. */
#define MAX_RUN 32

/* A stable sort: few elements, mostly in order. The same mark twice is seen as one. */
static guint
sort_run (SakFoldChar *run,
          guint        n)
{
  guint n_kept = 0;

  for (guint i = 1; i < n; i++)
    {
      SakFoldChar taken = run[i];
      guint to = i;

      for (; to > 0 && run[to - 1].order > taken.order; to--)
        run[to] = run[to - 1];
      run[to] = taken;
    }
  for (guint i = 0; i < n; i++)
    if (n_kept > 0 && run[n_kept - 1].c == run[i].c)
      run[n_kept - 1].end = MAX (run[n_kept - 1].end, run[i].end);
    else
      run[n_kept++] = run[i];
  return n_kept;
}

/* --- Thai and Lao --- */

static guint8
order_thai (gunichar c)
{
  switch (c >= 0x0e80 ? c - 0x80 : c)
    {
    case 0x0e48: case 0x0e49: case 0x0e4a: case 0x0e4b:        /* tones */
      return 2;
    case 0x0e4c:
      return 3;
    case 0x0e4d:                /* nikhahit: before the tone or after it */
      return 4;
    case 0x0e30: case 0x0e32:
      return 5;
    default:
      return 1;
    }
}

/* HO LO has no sign of its own: a number of its block that is nobody's, for private use. */
#define LAO_HO_LO 0x0ef0

/* The leading HO and its letter, which stand for one sound: in one sign, in two letters, or with a mark below. */
static gunichar
join_lao (gunichar first,
          gunichar second)
{
  if (first != 0x0eab)
    return 0;
  switch (second)
    {
    case 0x0e99:
      return 0x0edc;
    case 0x0ea1:
      return 0x0edd;
    case 0x0ea5: case 0x0ebc:
      return LAO_HO_LO;
    default:
      return 0;
    }
}

/* Two short vowels for the long one, and the long AA of Sanskrit for the common one. */
static void
respell_thai (GArray *chars,
              guint   at,
              guint  *n_out)
{
  SakFoldChar *c = AT (chars, at);
  SakFoldChar *before = *n_out > 0 ? AT (chars, *n_out - 1) : NULL;

  if (c->c == 0x0e45)
    c->c = 0x0e32;
  if ((c->c == 0x0e40 || c->c == 0x0ec0) && before != NULL && before->c == c->c)
    {
      before->c++;
      before->end = c->end;
      return;
    }
  if (before != NULL && join_lao (before->c, c->c) != 0)
    {
      before->c = join_lao (before->c, c->c);
      before->end = c->end;
      return;
    }
  c->order = order_thai (c->c);
  *AT (chars, (*n_out)++) = *c;
}

/* --- Khmer --- */

#define KHMER_COENG 0x17d2
#define IS_KHMER_CONSONANT(c) ((c) >= 0x1780 && (c) <= 0x17a2)

static guint8
order_khmer (gunichar c)
{
  if (c == 0x17c9 || c == 0x17ca)
    return 3;
  if (c >= 0x17b6 && c <= 0x17c5)
    return 4;
  return c == 0x17c6 ? 5 : 6;
}

/* A consonant below and the sign that puts it there are one mark; for private use, so nobody's. */
#define SUBSCRIPT(c) ((c) - 0x1780 + 0xf0000)
#define IS_SUBSCRIPT(c) ((c) >= 0xf0000 && (c) < 0xf0100)

static void
respell_khmer (GArray *chars,
               guint   at,
               guint  *n_out)
{
  SakFoldChar *c = AT (chars, at);
  SakFoldChar *before = *n_out > 0 ? AT (chars, *n_out - 1) : NULL;

  if (before != NULL && before->c == KHMER_COENG && IS_KHMER_CONSONANT (c->c))
    {
      /* DA and TA look the same below, and RO stands to the left: typed first or last. */
      before->c = SUBSCRIPT (c->c == 0x178a ? 0x178f : c->c);
      before->order = c->c == 0x179a ? 2 : 1;
      before->end = c->end;
      return;
    }
  if (c->c == 0x17b2)
    c->c = 0x17b1;
  else if (c->c == 0x17a3)
    c->c = 0x17a2;
  c->order = order_khmer (c->c);
  *AT (chars, (*n_out)++) = *c;
}

static gboolean
is_above_khmer (gunichar c)
{
  return (c >= 0x17b7 && c <= 0x17ba) || c == 0x17be || c == 0x17d0;
}

/* Vowels of two parts typed as their parts; and the shifters, which below a high vowel look like U. */
static guint
join_khmer (SakFoldChar *run,
            guint        n)
{
  gboolean has_above = FALSE;
  guint n_kept = 0;

  for (guint i = 0; i < n; i++)
    {
      SakFoldChar *before = n_kept > 0 ? &run[n_kept - 1] : NULL;

      if (before != NULL && (before->c == 0x17c1 || before->c == 0x17b8) &&
          before->c + run[i].c == 0x17c1 + 0x17b8)
        before->c = 0x17be;
      else if (before != NULL && (before->c == 0x17c1 || before->c == 0x17b6) &&
               before->c + run[i].c == 0x17c1 + 0x17b6)
        before->c = 0x17c4;
      else
        run[n_kept++] = run[i];
      run[n_kept - 1].end = MAX (run[n_kept - 1].end, run[i].end);
    }
  for (guint i = 0; i < n_kept; i++)
    has_above |= is_above_khmer (run[i].c);
  for (guint i = 0; has_above && i < n_kept; i++)
    if (run[i].c == 0x17c9 || run[i].c == 0x17bb)
      {
        run[i].c = 0x17ca;
        run[i].order = 3;
      }
  return sort_run (run, n_kept);
}

/* --- Burmese and the other languages of its script --- */

#define ASAT 0x103a
#define VIRAMA 0x1039
#define DOT_BELOW 0x1037

static guint8
order_myanmar (gunichar c)
{
  switch (c)
    {
    case 0x103b: return 1;
    case 0x103c: return 2;
    case 0x103d: case 0x1082: return 3;
    case 0x103e: return 4;
    case 0x1031: return 5;
    case 0x102d: case 0x102e: case 0x1032: return 6;
    case 0x102f: case 0x1030: return 7;
    case 0x102c: return 8;
    case 0x1036: return 9;
    case ASAT: return 10;
    case DOT_BELOW: return 11;
    case 0x1038: return 12;
    default: return c >= 0x105e && c <= 0x1060 ? 4 : c >= 0x1071 && c <= 0x1074 ? 6 : 13;
    }
}

static gunichar
peek (GArray *chars,
      guint   at)
{
  return at < chars->len ? AT (chars, at)->c : 0;
}

/* With asat, or above a stacked consonant: it closes the syllable before it. */
static gboolean
is_killed (GArray *chars,
           guint   base)
{
  guint at = base + 1 + (peek (chars, base + 1) == DOT_BELOW);

  return AT (chars, base)->kind == SAK_FOLD_BASE && (peek (chars, at) == ASAT || peek (chars, at) == VIRAMA);
}

static gboolean
is_myanmar_mark (GArray *chars,
                 guint   at)
{
  return at < chars->len && AT (chars, at)->kind == SAK_FOLD_MARK && SAK_IS_MYANMAR (AT (chars, at)->c);
}

/* Zero and seven typed for the letters WA and RA, and four in "the said". Nothing hangs on a
 * number, and no syllable begins with a final, so what has either is no number.
 */
static void
read_digits_as_letters (GArray *chars)
{
  for (guint i = 0; i < chars->len; i++)
    {
      SakFoldChar *c = AT (chars, i);
      gboolean is_letter = c->c >= 0x1040 && c->c <= 0x1049 &&
                           (is_myanmar_mark (chars, i + 1) || (i + 1 < chars->len && is_killed (chars, i + 1))) &&
                           (i == 0 || AT (chars, i - 1)->kind != SAK_FOLD_DIGIT);
      gunichar letter = c->c == 0x1040 ? 0x101d : c->c == 0x1047 ? 0x101b : c->c == 0x1044 ? 0x104e : 0;

      if (!is_letter || letter == 0)
        continue;
      c->c = letter;
      c->kind = SAK_FOLD_BASE;
    }
}

/* WA typed for zero: behind a digit, where no syllable goes on. */
static void
read_letters_as_digits (GArray *chars)
{
  for (guint i = 1; i < chars->len; i++)
    {
      SakFoldChar *c = AT (chars, i);

      if (c->c != 0x101d || c[-1].c < 0x1040 || c[-1].c > 0x1049 || is_myanmar_mark (chars, i + 1) ||
          (i + 1 < chars->len && is_killed (chars, i + 1)))
        continue;
      c->c = 0x1040;
      c->kind = SAK_FOLD_DIGIT;
    }
}

/* The vowel E typed, as it is seen, before its consonant: there where none before it can have it. */
static void
move_first_vowels (GArray *chars)
{
  for (guint i = 0; i + 1 < chars->len; i++)
    {
      SakFoldChar *c = AT (chars, i);
      const SakFoldChar *before = i > 0 ? c - 1 : NULL;
      SakFoldChar moved = *c;

      if (c->c != 0x1031 || c[1].kind != SAK_FOLD_BASE || !SAK_IS_MYANMAR (c[1].c))
        continue;
      if (before != NULL && SAK_IS_MYANMAR (before->c) &&
          (before->kind == SAK_FOLD_BASE || (before->kind == SAK_FOLD_MARK && order_myanmar (before->c) <= 4)))
        continue;
      *c = c[1];
      c[1] = moved;
      i++;
    }
}

/* Whether an asat that comes next stands right behind its consonant. */
static gboolean
is_behind_base (GArray *chars,
                guint   n_out)
{
  guint8 kind;

  if (n_out > 0 && AT (chars, n_out - 1)->c == DOT_BELOW)
    n_out--;
  kind = n_out > 0 ? AT (chars, n_out - 1)->kind : SAK_FOLD_GAP;
  return kind == SAK_FOLD_BASE || kind == SAK_FOLD_FINAL;
}

static void
respell_killed (SakFoldChar       *c,
                const SakFoldChar *before)
{
  if (before != NULL && SAK_IS_MYANMAR (before->c) && before->kind != SAK_FOLD_GAP && before->kind != SAK_FOLD_DIGIT)
    c->kind = SAK_FOLD_FINAL;
}

static void
respell_myanmar (GArray *chars,
                 guint   at,
                 guint  *n_out)
{
  SakFoldChar *c = AT (chars, at);
  SakFoldChar *before = *n_out > 0 ? AT (chars, *n_out - 1) : NULL;

  if (is_killed (chars, at))
    respell_killed (c, before);
  /* The vowel U and NYA are one to the eye, and each is written for the other: what has a vowel or is killed is NYA. */
  if (c->c == 0x1025 || c->c == 0x1009)
    c->c = is_killed (chars, at) || (is_myanmar_mark (chars, at + 1) && AT (chars, at + 1)->c != 0x102e) ? 0x1009
                                                                                                          : 0x1025;
  if (c->c == 0x102b)           /* the tall AA is one of shape */
    c->c = 0x102c;
  if (c->c == VIRAMA)
    c->c = ASAT;
  c->order = c->c == ASAT && is_behind_base (chars, *n_out) ? 0 : order_myanmar (c->c);
  if (c->c == 0x102e && before != NULL && before->c == 0x1025)
    {
      before->c = 0x1026;
      before->end = c->end;
      return;
    }
  *AT (chars, (*n_out)++) = *c;
}

/* What has a sign of its own, and is written by others as well: two SA, one above the other; the vowel O, which is SA
 * with RA around it to the eye.
 */
static void
join_signs (GArray *chars)
{
  static const struct
  {
    gunichar sign;
    gunichar parts[4];
  } joined[] = { { 0x103f, { 0x101e, VIRAMA, 0x101e } }, { 0x1029, { 0x101e, 0x103c } } };
  guint n_out = 0;

  for (guint i = 0; i < chars->len; i++, n_out++)
    {
      *AT (chars, n_out) = *AT (chars, i);
      for (guint k = 0; k < G_N_ELEMENTS (joined); k++)
        {
          guint n = 0;

          while (joined[k].parts[n] != 0 && peek (chars, i + n) == joined[k].parts[n])
            n++;
          if (joined[k].parts[n] != 0)
            continue;
          i += n - 1;
          AT (chars, n_out)->c = joined[k].sign;
          AT (chars, n_out)->end = AT (chars, i)->end;
          break;
        }
    }
  g_array_set_size (chars, n_out);
}

/* --- All of them --- */

static guint
fold_run (SakFoldChar *run,
          guint        n)
{
  guint n_kept;

  if (n > MAX_RUN)
    return n;
  n_kept = sort_run (run, n);
  if (SAK_IS_KHMER (run[0].c) || IS_SUBSCRIPT (run[0].c))
    n_kept = join_khmer (run, n_kept);
  return n_kept;
}

static void
sort_marks (GArray *chars)
{
  guint n_out = 0;

  for (guint i = 0; i < chars->len;)
    {
      guint n = 0, n_kept;

      *AT (chars, n_out) = *AT (chars, i++);
      if (AT (chars, n_out)->kind == SAK_FOLD_MARK)
        {
          n_out++;
          continue;
        }
      while (i + n < chars->len && AT (chars, i + n)->kind == SAK_FOLD_MARK)
        n++;
      n_out++;
      if (n == 0)
        continue;
      n_kept = n > 1 ? fold_run (AT (chars, i), n) : n;
      for (guint k = 0; k < n_kept; k++)
        *AT (chars, n_out++) = *AT (chars, i + k);
      i += n;
    }
  g_array_set_size (chars, n_out);
}

static gboolean
has_any (GArray   *chars,
         gunichar  from,
         gunichar  to)
{
  for (guint i = 0; i < chars->len; i++)
    if (AT (chars, i)->c >= from && AT (chars, i)->c < to)
      return TRUE;
  return FALSE;
}

void
sak_fold_respell (GArray *chars)
{
  guint n_out = 0;

  if (!has_any (chars, 0x0e00, 0x1800) && !has_any (chars, 0xa9e0, 0xaae0))
    return;
  if (has_any (chars, 0x1000, 0x10a0))
    {
      join_signs (chars);
      read_letters_as_digits (chars);
      read_digits_as_letters (chars);
      move_first_vowels (chars);
    }
  for (guint i = 0; i < chars->len; i++)
    {
      gunichar c = AT (chars, i)->c;

      if (SAK_IS_MYANMAR (c))
        respell_myanmar (chars, i, &n_out);
      else if (SAK_IS_KHMER (c))
        respell_khmer (chars, i, &n_out);
      else if (SAK_IS_THAI (c) || SAK_IS_LAO (c))
        respell_thai (chars, i, &n_out);
      else
        *AT (chars, n_out++) = *AT (chars, i);
    }
  g_array_set_size (chars, n_out);
  sort_marks (chars);
}
