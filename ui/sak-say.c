/* sak-say.c - values in the words and shape a person reads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include "ui/sak-say.h"

const char *
sak_say_language (void)
{
  static char language[16];
  const char *const *names = g_get_language_names ();

  if (language[0] == '\0')
    {
      gsize size = strcspn (names[0], "_.@");

      g_strlcpy (language, names[0], MIN (size + 1, sizeof language));
      if (g_str_equal (language, "C") || g_str_equal (language, "POSIX"))
        g_strlcpy (language, "en", sizeof language);
    }
  return language;
}

/* "2019-07-14", "2019-07", "2019", each perhaps with X: the month's name, no invented day. */
static char *
say_point (const char *point)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day;
  char rest;
  int n = sscanf (point, "%5d-%2d-%2d%c", &year, &month, &day, &rest);

  if (n == 3 && strlen (point) == 10)
    date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  else if (n == 2 && strlen (point) == 7)
    date = g_date_time_new_utc (year, month, 1, 0, 0, 0);
  if (date == NULL)
    return g_strdup (point);
  if (n == 3)
    /* Translators: a day, as strftime writes it */
    return g_date_time_format (date, _("%-d %B %Y"));
  /* Translators: a month, as strftime writes it */
  return g_date_time_format (date, _("%B %Y"));
}

static char *
say_half (const char *half)
{
  gsize size = strlen (half);
  char mark = size > 0 ? half[size - 1] : '\0';
  g_autofree char *point = g_strndup (half, strchr ("?~%", mark) != NULL && size > 0 ? size - 1 : size);
  g_autofree char *said = say_point (point);

  switch (mark)
    {
    case '~':
      /* Translators: an approximate date: "about July 2019" */
      return g_strdup_printf (_("about %s"), said);
    case '?':
      /* Translators: an uncertain date: "July 2019, not certain" */
      return g_strdup_printf (_("%s, not certain"), said);
    case '%':
      /* Translators: an approximate and uncertain date */
      return g_strdup_printf (_("about %s, not certain"), said);
    default:
      return g_steal_pointer (&said);
    }
}

static gboolean
is_open (const char *half)
{
  return half[0] == '\0' || g_str_equal (half, "..");
}

char *
sak_say_date (const char *edtf)
{
  const char *slash = strchr (edtf, '/');
  g_autofree char *from = NULL;
  g_autofree char *from_said = NULL;
  g_autofree char *to_said = NULL;

  if (slash == NULL)
    return say_half (edtf);

  from = g_strndup (edtf, (gsize) (slash - edtf));
  from_said = say_half (from);
  to_said = say_half (slash + 1);
  if (is_open (from) && is_open (slash + 1))
    return g_strdup (_("date not known"));
  if (is_open (from))
    /* Translators: a span with an open begin */
    return g_strdup_printf (_("until %s"), to_said);
  if (is_open (slash + 1))
    /* Translators: a span with an open end */
    return g_strdup_printf (_("from %s on"), from_said);
  /* Translators: from the first date to the second */
  return g_strdup_printf (_("%1$s to %2$s"), from_said, to_said);
}

/* Digits of every script become ASCII; the rest is lower case and without outer spaces. */
static char *
plain_typed (const char *typed)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (plain, (char) ('0' + g_unichar_digit_value (c)));
      else
        g_string_append_unichar (plain, g_unichar_tolower (c));
    }
  return g_strstrip (g_string_free (plain, FALSE));
}

/* A day, month or year with dots, slashes or strokes, year first or last; years of the
 * Buddhist era are taken for what they are.
 */
static char *
read_point (const char *plain)
{
  int a, b, c, at = 0;
  int year, month = 0, day = 0;

  if (sscanf (plain, "%4d%*1[-./ ]%2d%*1[-./ ]%4d%n", &a, &b, &c, &at) == 3 && plain[at] == '\0')
    {
      year = a > 31 ? a : c;
      month = b;
      day = a > 31 ? c : a;
    }
  else if ((at = 0, sscanf (plain, "%4d%*1[-./ ]%4d%n", &a, &b, &at)) == 2 && plain[at] == '\0')
    {
      year = a > 12 ? a : b;
      month = a > 12 ? b : a;
    }
  else if ((at = 0, sscanf (plain, "%4d%n", &year, &at)) != 1 || plain[at] != '\0')
    return NULL;

  if (year >= 2400 && year < 2700)
    year -= 543;
  if (year < 1000 || year > 2399 || month < 0 || month > 12 || day < 0 || day > 31)
    return NULL;
  if (day > 0)
    return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  if (month > 0)
    return g_strdup_printf ("%04d-%02d", year, month);
  return g_strdup_printf ("%04d", year);
}

static char *
read_after_word (const char        *plain,
                 const char *const *words,
                 const char        *format)
{
  for (; *words != NULL; words++)
    if (g_str_has_prefix (plain, *words) && plain[strlen (*words)] == ' ')
      {
        g_autofree char *rest = g_strstrip (g_strdup (plain + strlen (*words)));
        g_autofree char *point = read_point (rest);

        if (point != NULL)
          return g_strconcat (g_str_has_prefix (format, "..") ? "../" : "", point,
                              g_str_has_prefix (format, "..") ? "" : format, NULL);
      }
  return NULL;
}

static char *
read_span (const char *plain)
{
  static const char *const joints[] = { " to ", " until ", " and ", " – ", " - ", NULL };
  const char *start = g_str_has_prefix (plain, "between ") ? plain + 8
                      : g_str_has_prefix (plain, "from ")  ? plain + 5
                                                           : plain;

  for (guint i = 0; joints[i] != NULL; i++)
    {
      const char *joint = strstr (start, joints[i]);
      g_autofree char *left = joint != NULL ? g_strndup (start, (gsize) (joint - start)) : NULL;
      g_autofree char *right = joint != NULL ? g_strdup (joint + strlen (joints[i])) : NULL;
      g_autofree char *from = left != NULL ? read_point (g_strstrip (left)) : NULL;
      g_autofree char *to = right != NULL ? read_point (g_strstrip (right)) : NULL;

      if (from != NULL && to != NULL)
        return g_strconcat (from, "/", to, NULL);
    }
  return NULL;
}

char *
sak_say_read_date (const char *typed)
{
  static const char *const about[] = { "about", "around", "circa", "ca.", "c.", NULL };
  static const char *const before[] = { "before", "until", "by", NULL };
  static const char *const after[] = { "after", "since", "from", NULL };
  g_autofree char *plain = plain_typed (typed);
  g_autofree char *upper = g_ascii_strup (plain, -1);
  char *edtf = NULL;
  SakDateSpan span;

  if (plain[0] == '\0')
    return NULL;
  if ((edtf = read_point (plain)) == NULL
      && (edtf = read_after_word (plain, about, "~")) == NULL
      && (edtf = read_span (plain)) == NULL
      && (edtf = read_after_word (plain, before, "..")) == NULL
      && (edtf = read_after_word (plain, after, "/..")) == NULL)
    edtf = g_strdup (upper);
  if (!sak_date_parse (edtf, &span, NULL))
    g_clear_pointer (&edtf, g_free);
  return edtf;
}

char *
sak_say_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

  if (time == NULL)
    return g_strdup ("");
  /* Translators: day and time, as strftime writes it */
  return g_date_time_format (time, _("%-d %B %Y, %H:%M"));
}

static gboolean
needs_breaks (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    switch (g_unichar_get_script (g_utf8_get_char (p)))
      {
      case G_UNICODE_SCRIPT_MYANMAR:
      case G_UNICODE_SCRIPT_KHMER:
      case G_UNICODE_SCRIPT_LAO:
        return TRUE;
      default:
        break;
      }
  return FALSE;
}

char *
sak_say_with_breaks (const char *text)
{
  g_autofree gunichar2 *units = NULL;
  GString *broken = NULL;
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *breaks;
  glong n_units = 0;
  int32_t from = 0;

  if (text == NULL || !needs_breaks (text))
    return g_strdup (text);

  units = g_utf8_to_utf16 (text, -1, NULL, &n_units, NULL);
  if (units == NULL)
    return g_strdup (text);
  breaks = ubrk_open (UBRK_LINE, NULL, units, (int32_t) n_units, &status);
  if (U_FAILURE (status))
    return g_strdup (text);
  broken = g_string_sized_new (strlen (text) * 2);
  for (int32_t to = ubrk_next (breaks); to != UBRK_DONE; to = ubrk_next (breaks))
    {
      g_autofree char *piece = g_utf16_to_utf8 (units + from, to - from, NULL, NULL, NULL);

      if (from > 0)
        g_string_append (broken, "\342\200\213");
      g_string_append (broken, piece != NULL ? piece : "");
      from = to;
    }
  ubrk_close (breaks);
  return g_string_free (broken, FALSE);
}
