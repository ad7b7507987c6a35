/* sak-date-lexicon.c - the words of dates, from dates/, and text cut into them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All languages lie in one table: scripts keep them apart, people mix them, and a word may
 * have several senses anyway ("ก่อน" is "before" and "ago"). The longest word wins.
 * Where a script has no spaces a word ends anywhere but before a mark that belongs to its
 * last letter.
 */
#include "config.h"

#include "storage/model/sak-date-words-private.h"

#include "sak-dates-resources.h"

#include <stdlib.h>
#include <string.h>

#define MAX_NUMBER_DIGITS 6

static const char *const languages[] = { "en", "my", "th", "km", "lo", "vi", NULL };
static const char *const kinds[] = {
  "month", "weekday", "season", "festival", "era", "unit", "before-number", "after-number", "part",
  "relative", "number", "ago", "about", "perhaps", "before", "after", "until", "since", "from",
  "between", "to", "and", "or", "decade", "noise", NULL
};
static const char *const parts[] = { "", "start", "middle", "end", "first-half", "second-half", NULL };
static const char *const eras[] = { "", "ce", "be", "me", NULL };

typedef struct
{
  GHashTable *words;            /* folded → GArray of SakSense */
  gsize longest;                /* bytes */
} Lexicon;

void
sak_token_clear (SakToken *self)
{
  g_clear_pointer (&self->own_senses, g_array_unref);
}

const SakSense *
sak_token_find (const SakToken *self,
                SakWordKind     kind)
{
  for (guint i = 0; self->senses != NULL && i < self->senses->len; i++)
    if (g_array_index (self->senses, SakSense, i).kind == kind)
      return &g_array_index (self->senses, SakSense, i);
  return NULL;
}

static gboolean
is_dash (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == 0x2212;
}

/* Burmese sentence marks, the apostrophes that keyboards make, and what nobody sees. */
static void
append_folded (GString  *folded,
               gunichar  c)
{
  if (g_unichar_type (c) == G_UNICODE_FORMAT || c == 0x00ad)
    return;
  if (g_unichar_isdigit (c))
    g_string_append_c (folded, (char) ('0' + g_unichar_digit_value (c)));
  else if (is_dash (c))
    g_string_append_c (folded, '-');
  else if (g_unichar_isspace (c) || c == 0x104a || c == 0x104b || c == 0x17d4 || c == ',' || c == '(' || c == ')')
    g_string_append_c (folded, ' ');
  else if (c == 0x2019 || c == 0x2018)
    g_string_append_c (folded, '\'');
  else
    g_string_append_unichar (folded, g_unichar_tolower (c));
}

/**
 * sak_date_fold:
 * @text: valid UTF-8
 *
 * Compatibility forms, case, invisible characters and the script of digits are gone; words
 * are one space apart.
 */
char *
sak_date_fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GString) folded = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) joined = g_string_new (NULL);

  for (const char *p = normal != NULL ? normal : ""; *p != '\0'; p = g_utf8_next_char (p))
    append_folded (folded, g_utf8_get_char (p));
  words = g_strsplit (folded->str, " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", words[i]);
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* Vietnamese as it is typed in a hurry: "thang tam". */
static char *
strip_marks (const char *folded)
{
  g_autofree char *split = g_utf8_normalize (folded, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = split; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x0111)
        g_string_append_c (plain, 'd');
      else if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK)
        g_string_append_unichar (plain, c);
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static int
find_name (const char *const *names,
           const char        *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

/* "06/10" "04-13/04-15" "-1y" "be" "day" "7" "-": the files are ours. */
static void
parse_value (SakSense   *sense,
             const char *value)
{
  const char *slash = strchr (value, '/');

  switch (sense->kind)
    {
    case SAK_WORD_FESTIVAL:
      sense->a = atoi (value) * 100 + atoi (value + 3);
      sense->b = atoi (slash + 1) * 100 + atoi (slash + 4);
      return;
    case SAK_WORD_ERA:
      sense->a = find_name (eras, value);
      return;
    case SAK_WORD_PART:
      sense->a = find_name (parts, value);
      return;
    case SAK_WORD_UNIT:
    case SAK_WORD_BEFORE_NUMBER:
    case SAK_WORD_AFTER_NUMBER:
      sense->a = value[0];
      return;
    case SAK_WORD_RELATIVE:
      sense->a = value[strlen (value) - 1];
      sense->b = -atoi (value);
      return;
    default:
      sense->a = atoi (value);
      sense->b = slash != NULL ? atoi (slash + 1) : sense->a;
    }
}

static void
add_word (Lexicon        *self,
          const char     *folded,
          const SakSense *sense)
{
  GArray *senses = g_hash_table_lookup (self->words, folded);

  if (senses == NULL)
    {
      senses = g_array_new (FALSE, FALSE, sizeof (SakSense));
      g_hash_table_insert (self->words, g_strdup (folded), senses);
      self->longest = MAX (self->longest, strlen (folded));
    }
  g_array_append_vals (senses, sense, 1);
}

static void
add_line (Lexicon    *self,
          const char *line,
          const char *language)
{
  g_auto (GStrv) columns = g_strsplit (line, "\t", 3);
  g_auto (GStrv) words = NULL;
  SakSense sense = { 0 };

  if (line[0] == '#' || g_strv_length (columns) != 3)
    return;
  sense.kind = (SakWordKind) find_name (kinds, columns[0]);
  g_strlcpy (sense.language, language, sizeof sense.language);
  parse_value (&sense, columns[1]);
  words = g_strsplit (columns[2], "|", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *folded = sak_date_fold (words[i]);

      add_word (self, folded, &sense);
      if (g_str_equal (language, "vi"))
        {
          g_autofree char *plain = strip_marks (folded);

          if (strlen (plain) > 2 && !g_str_equal (plain, folded))
            add_word (self, plain, &sense);
        }
    }
}

static Lexicon *
load (void)
{
  Lexicon *self = g_new0 (Lexicon, 1);

  sak_dates_register_resource ();
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/org/sakkhi/dates/%s.tsv", languages[i]);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      for (gsize n = 0; lines[n] != NULL; n++)
        add_line (self, lines[n], languages[i]);
    }
  return self;
}

static const Lexicon *
get_lexicon (void)
{
  static gsize lexicon;

  if (g_once_init_enter (&lexicon))
    g_once_init_leave (&lexicon, (gsize) load ());
  return (const Lexicon *) lexicon;
}

/* Whether a word may end here. */
static gboolean
is_word_end (const char *start,
             const char *end)
{
  gunichar last = g_utf8_get_char (g_utf8_find_prev_char (start, end));
  gunichar next = g_utf8_get_char (end);

  if (*end == '\0')
    return TRUE;
  if (g_unichar_ismark (next) || next == 0x1039 || next == 0x17d2)
    return FALSE;
  return !(g_unichar_get_script (last) == G_UNICODE_SCRIPT_LATIN
           && g_unichar_get_script (next) == G_UNICODE_SCRIPT_LATIN);
}

static gsize
match_word (const char    *at,
            const GArray **ret_senses)
{
  const Lexicon *lexicon = get_lexicon ();

  for (gsize size = MIN (lexicon->longest, strlen (at)); size > 0; size--)
    {
      g_autofree char *word = NULL;

      if ((at[size] & 0xc0) == 0x80 || !is_word_end (at, at + size))
        continue;
      word = g_strndup (at, size);
      *ret_senses = g_hash_table_lookup (lexicon->words, word);
      if (*ret_senses != NULL)
        return size;
    }
  return 0;
}

/* The caller's own events come before every word of ours. */
static gsize
match_event (const char         *at,
             const SakDateEvent *events,
             GArray            **ret_senses)
{
  gsize longest = 0;

  for (int i = 0; events != NULL && events[i].name != NULL; i++)
    {
      g_autofree char *name = sak_date_fold (events[i].name);
      SakSense sense = { SAK_WORD_EVENT, i, i, "" };

      if (name[0] == '\0' || strlen (name) <= longest || !g_str_has_prefix (at, name)
          || !is_word_end (at, at + strlen (name)))
        continue;
      longest = strlen (name);
      g_clear_pointer (ret_senses, g_array_unref);
      *ret_senses = g_array_new (FALSE, FALSE, sizeof (SakSense));
      g_array_append_val (*ret_senses, sense);
    }
  return longest;
}

/* "2019-03", "3/2562", "12.3.62": digits with one separator between, and more digits. */
static gsize
match_numbers (const char *at,
               SakToken   *token)
{
  gsize size = 0;

  for (token->n_numbers = 0; token->n_numbers < 3; token->n_numbers++)
    {
      guint n = token->n_numbers;

      if (n > 0 && (strchr ("-/.", at[size]) == NULL || !g_ascii_isdigit (at[size] == '\0' ? 0 : at[size + 1])
                    || (n == 2 && at[size] != at[size - (gsize) token->n_digits[1] - 1])))
        break;
      /* "5-7 March", "2017-2019": a span, unless what stands there is a year and a month. */
      if (n == 1 && at[size] == '-' && strspn (at + size + 1, "0123456789") > 0)
        {
          gsize next = strspn (at + size + 1, "0123456789");
          gboolean has_third = at[size + 1 + next] == '-' && g_ascii_isdigit (at[size + 2 + next]);

          if (!has_third && ((token->n_digits[0] > 2) == (next > 2)
                             || (at[size + 1 + next] != '\0' && strchr ("/.", at[size + 1 + next]) != NULL)))
            break;
        }
      size += n > 0;
      token->numbers[n] = 0;
      token->n_digits[n] = 0;
      for (; g_ascii_isdigit (at[size]); size++)
        {
          if (token->n_digits[n]++ < MAX_NUMBER_DIGITS)
            token->numbers[n] = token->numbers[n] * 10 + g_ascii_digit_value (at[size]);
        }
    }
  return size;
}

/* "the 1990s" */
static gsize
match_decade_ending (const char *at)
{
  gsize size = at[0] == '\'' ? 1 : 0;

  return at[size] == 's' && is_word_end (at, at + size + 1) ? size + 1 : 0;
}

static gsize
match_token (const char         *at,
             const SakDateEvent *events,
             SakToken           *token)
{
  static const SakSense decade = { SAK_WORD_DECADE, 0, 0, "en" };
  static const SakSense perhaps = { SAK_WORD_PERHAPS, 0, 0, "" };
  static const SakSense about = { SAK_WORD_ABOUT, 0, 0, "" };
  static const SakSense to = { SAK_WORD_TO, 0, 0, "" };
  const SakSense *sign = at[0] == '?' ? &perhaps : at[0] == '~' ? &about : at[0] == '-' ? &to : NULL;
  gsize size = match_event (at, events, &token->own_senses);

  token->senses = token->own_senses;
  if (size > 0)
    return size;
  if (g_ascii_isdigit (at[0]))
    return match_numbers (at, token);
  size = match_word (at, &token->senses);
  if (size > 0)
    return size;
  if (sign == NULL && (size = match_decade_ending (at)) > 0)
    sign = &decade;
  if (sign == NULL)
    return 0;
  token->senses = token->own_senses = g_array_new (FALSE, FALSE, sizeof (SakSense));
  g_array_append_vals (token->own_senses, sign, 1);
  return MAX (size, 1);
}

/**
 * sak_date_tokenise:
 * @events: (nullable): ends with a NULL name
 *
 * Returns: (nullable): GArray of SakToken; NULL where a piece of the text is not known
 */
GArray *
sak_date_tokenise (const char         *folded,
                   const SakDateEvent *events)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, TRUE, sizeof (SakToken));

  g_array_set_clear_func (tokens, (GDestroyNotify) sak_token_clear);
  for (const char *at = folded; *at != '\0';)
    {
      SakToken token = { 0 };
      gsize size;

      /* and before years of two digits: "the early '90s" */
      if (*at == ' ' || (*at == '.' && (at[1] == '\0' || at[1] == ' '))
          || (*at == '\'' && strspn (at + 1, "0123456789") == 2))
        {
          at++;
          continue;
        }
      size = match_token (at, events, &token);
      if (size == 0)
        return NULL;
      g_array_append_val (tokens, token);
      at += size;
    }
  return g_steal_pointer (&tokens);
}
