/* sak-words-number.c - numbers within sentences, in the digits that a language writes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The C library's own way (%Id) asks for a locale that was generated, which a bare Debian has not. So each number is
 * put in between two marks, and what stands between them is changed once it is known.
 */
#include "config.h"

#include "ui/words/sak-words-number.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/unumsys.h>
#include <unicode/ustring.h>

#include "ui/words/sak-language.h"

/* Two bytes that no text in UTF-8 has: nobody's name can hold a mark. */
#define BEGIN '\376'
#define END '\377'
#define N_DIGITS 10

/* What ICU says that @language writes; 0 to 9 where it does not say ten letters. */
static void
find_digits (const char *language,
             gunichar    ret_digits[N_DIGITS])
{
  UErrorCode status = U_ZERO_ERROR;
  UNumberingSystem *system = unumsys_open (language, &status);
  UChar units[2 * N_DIGITS + 1];
  UChar32 digits[N_DIGITS + 1];
  int32_t n = 0;

  for (gunichar i = 0; i < N_DIGITS; i++)
    ret_digits[i] = '0' + i;
  if (U_FAILURE (status))
    return;
  if (!unumsys_isAlgorithmic (system) && unumsys_getRadix (system) == N_DIGITS
      && unumsys_getDescription (system, units, G_N_ELEMENTS (units), &status) > 0)
    (void) u_strToUTF32 (digits, G_N_ELEMENTS (digits), &n, units, -1, &status);
  unumsys_close (system);
  for (gsize i = 0; U_SUCCESS (status) && n == N_DIGITS && i < N_DIGITS; i++)
    ret_digits[i] = (gunichar) digits[i];
}

/* Those of the language of now. */
static gunichar
get_digit (char ascii)
{
  static GMutex mutex;
  static const char *known;
  static gunichar digits[N_DIGITS];
  g_autoptr (GMutexLocker) locker = NULL;

  locker = g_mutex_locker_new (&mutex);
  if (known != sak_language_get ())
    {
      known = sak_language_get ();
      find_digits (known, digits);
    }
  return digits[ascii - '0'];
}

/* Of a conversion, the letter that says what it is; past flags, width, precision and length. */
static const char *
find_conversion (const char *percent)
{
  return percent + 1 + strspn (percent + 1, "0123456789$-+ #'.*hlLqjzt");
}

/* "%05u", "%3$05u" */
static gboolean
is_padded (const char *percent)
{
  const char *flags = percent + 1 + strspn (percent + 1, "123456789");

  return flags[0] == '$' ? flags[1] == '0' : percent[1] == '0';
}

/* @format, with marks around what puts a number in. */
static char *
mark_numbers (const char *format)
{
  GString *marked = g_string_sized_new (strlen (format) + 8);

  while (*format != '\0')
    {
      const char *letter = *format == '%' ? find_conversion (format) : format;
      gboolean is_number = *format == '%' && *letter != '\0' && strchr ("diufFeEgG", *letter) != NULL
                           && !is_padded (format);

      if (is_number)
        g_string_append_c (marked, BEGIN);
      g_string_append_len (marked, format, letter - format + (*letter != '\0'));
      if (is_number)
        g_string_append_c (marked, END);
      format = *letter != '\0' ? letter + 1 : letter;
    }
  return g_string_free (marked, FALSE);
}

/* Changes the digits between the marks, or with @is_all all of them, and takes out the marks. */
static char *
write_digits (const char *text,
              gboolean    is_all)
{
  GString *words = g_string_sized_new (strlen (text) + 8);
  gboolean is_number = is_all;

  for (; *text != '\0'; text++)
    if (*text == BEGIN || *text == END)
      is_number = is_all || *text == BEGIN;
    else if (is_number && g_ascii_isdigit (*text))
      g_string_append_unichar (words, get_digit (*text));
    else
      g_string_append_c (words, *text);
  return g_string_free (words, FALSE);
}

static char * G_GNUC_PRINTF (1, 0)
print (const char *format,
       va_list     args)
{
  g_autofree char *marked = mark_numbers (format);
  g_autofree char *text = NULL;

  /* The compiler held @format to the arguments; the marks change none of them. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_vprintf (marked, args);
#pragma GCC diagnostic pop
  return write_digits (text, FALSE);
}

char *
sak_words_print (const char *format,
                 ...)
{
  va_list args;
  char *words;

  va_start (args, format);
  words = print (format, args);
  va_end (args);
  return words;
}

void
sak_words_append_print (GString    *words,
                        const char *format,
                        ...)
{
  g_autofree char *more = NULL;
  va_list args;

  va_start (args, format);
  more = print (format, args);
  va_end (args);
  g_string_append (words, more);
}

char *
sak_words_digits (const char *text)
{
  return write_digits (text, TRUE);
}

char *
sak_words_size (guint64 bytes)
{
  g_autofree char *size = NULL;

  /* GLib knows the word in few languages; kB and MB are the same in all. */
  if (bytes < 1000)
    return sak_words_print (ngettext ("%u byte", "%u bytes", (guint) bytes), (guint) bytes);
  size = g_format_size (bytes);
  return sak_words_digits (size);
}
