/* sak-number-scan.c - numbers in a text that lead to somebody: telephones, identity papers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By their shape alone: eight to fifteen digits that begin with 0 or + can be called; nine and
 * more are on some paper, as are six and more behind one or two capitals, or behind the township
 * of a Burmese card, 12/ABC(N)123456. Days and sums with separators are neither.
 */
#include "config.h"

#include "storage/model/sak-number-scan.h"

#include <string.h>

#define MIN_DIGITS 6
#define MIN_PHONE 8
#define MAX_PHONE 15
#define MIN_PAPER 9
#define MAX_GROUPS 8

typedef struct
{
  SakNumber number;
  guint groups[MAX_GROUPS];     /* digits between separators */
  guint n_groups;
  gunichar separator;           /* the first */
  gboolean has_plus;
} Run;

static gboolean
is_separator (gunichar c)
{
  return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/' || c == 0x2010 || c == 0x2011
  || c == 0xa0;
}

/* Behind separators, of which two may stand together, there must be a digit again. */
static const char *
skip_separators (const char *at)
{
  const char *start = at;

  while (at - start <= 4 && is_separator (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return g_unichar_digit_value (g_utf8_get_char (at)) >= 0 ? at : start;
}

static const char *
read_run (Run        *run,
          const char *text,
          const char *at)
{
  SakNumber *number = &run->number;

  number->start = at - text;
  if (*at == '+')
    {
      run->has_plus = TRUE;
      at++;
    }
  run->n_groups = 1;
  while (TRUE)
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (at));
      const char *next;

      if (digit >= 0)
        {
          if (number->n_digits < SAK_NUMBER_MAX_DIGITS)
            number->digits[number->n_digits++] = '0' + digit;
          run->groups[run->n_groups - 1]++;
          at = g_utf8_next_char (at);
          continue;
        }
      next = skip_separators (at);
      if (next == at || run->n_groups == MAX_GROUPS)
        break;
      if (run->n_groups == 1)
        run->separator = g_utf8_get_char (at);
      run->n_groups++;
      at = next;
    }
  number->end = at - text;
  return at;
}

/* Of any calendar of the region. */
static gboolean
is_year (const Run *run,
         guint      from,
         guint      n_digits)
{
  g_autofree char *text = g_strndup (run->number.digits + from, n_digits);
  guint64 year = g_ascii_strtoull (text, NULL, 10);

  return n_digits == 2 || (n_digits == 4 && year >= 1250 && year <= 2700);
}

/* 2019-07-14, 14/07/2562, 14.7.19, also with a time of day behind it. */
static gboolean
is_day (const Run *run)
{
  const guint *groups = run->groups;

  if (run->n_groups < 3 || run->separator == ' ' || run->has_plus || groups[1] > 2)
    return FALSE;
  return (groups[0] == 4 && groups[2] <= 2 && is_year (run, 0, 4)) ||
         (groups[0] <= 2 && is_year (run, groups[0] + groups[1], groups[2]));
}

/* Two years or two days with something between. */
static gboolean
is_span (const Run *run)
{
  return !run->has_plus && run->number.digits[0] != '0' && run->n_groups > 1 && run->n_groups % 2 == 0 &&
         run->groups[0] == 4 && run->groups[run->n_groups / 2] == 4;
}

/* One or two capitals right before it, or "(N)" of a Burmese card. */
static gboolean
follows_paper (const char *text,
               const char *start)
{
  const char *at = start;
  guint n_capitals = 0;

  while (at > text && (at[-1] == ' ' || at[-1] == '-') && start - at < 1)
    at--;
  if (at > text && at[-1] == ')')
    return memchr (text, '/', at - text) != NULL;
  while (at > text && g_ascii_isupper (at[-1]))
    {
      at--;
      n_capitals++;
    }
  return n_capitals >= 1 && n_capitals <= 2 && (at == text || !g_ascii_isalnum (at[-1]));
}

static void
judge (Run        *run,
       const char *text)
{
  SakNumber *number = &run->number;
  gboolean is_free = !is_day (run) && !is_span (run);

  number->is_phone = is_free && (run->has_plus || number->digits[0] == '0') && number->n_digits >= MIN_PHONE &&
                     number->n_digits <= MAX_PHONE;
  number->is_paper = is_free && !number->is_phone &&
                     (number->n_digits >= MIN_PAPER || follows_paper (text, text + number->start));
}

GArray *
sak_number_scan (const char *text)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (SakNumber));

  for (const char *at = text; *at != '\0';)
    {
      gboolean is_plus = *at == '+' && g_unichar_digit_value (g_utf8_get_char (at + 1)) >= 0;
      Run run = { 0 };

      if (!is_plus && g_unichar_digit_value (g_utf8_get_char (at)) < 0)
        {
          at = g_utf8_next_char (at);
          continue;
        }
      at = read_run (&run, text, at);
      judge (&run, text);
      if (run.number.n_digits >= MIN_DIGITS)
        g_array_append_val (numbers, run.number);
    }
  return numbers;
}
