/* sak-name-spelling.c - one spelling for the many ways to write a name in Latin letters
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The key is Latin letters, with capitals for what two letters write: T for the th of
 * Burmese Thein, O for aw, C for ky and ch, S for sh, N for ny. Burmese script is spelled
 * syllable by syllable into the same; of Thai, Lao and Khmer only the consonants count,
 * for their vowels are written in Latin letters in too many ways.
 */
#include "config.h"

#include "storage/model/sak-name-private.h"

#include <string.h>

/* The longest comes first among those with the same beginning. */
typedef struct
{
  const char *from;
  const char *to;
} Rule;

static const Rule latin_rules[] = {
  /* consonants before the vowel */
  { "hk", "k" }, { "hp", "p" }, { "ht", "t" }, { "hs", "s" }, { "hl", "l" }, { "lh", "l" }, { "hm", "m" },
  { "hny", "N" }, { "hn", "n" }, { "hw", "w" }, { "kh", "k" }, { "ph", "p" }, { "th", "T" }, { "sh", "S" },
  { "shw", "Sw" }, { "ch", "C" }, { "ky", "C" }, { "khy", "C" }, { "gy", "C" }, { "tj", "C" }, { "j", "C" },
  { "ngw", "nw" }, { "ng", "n" }, { "gn", "N" }, { "ny", "N" }, { "nh", "N" }, { "ck", "k" }, { "q", "k" },
  { "x", "s" },
  { "v", "w" }, { "ts", "s" }, { "dh", "d" }, { "bh", "b" }, { "gh", "g" }, { "rh", "r" },
  /* rhymes */
  { "aung", "aun" }, { "oung", "aun" }, { "ong", "aun" }, { "awng", "aun" }, { "aing", "ain" },
  { "ine", "ain" }, { "aine", "ain" }, { "yne", "ain" }, { "eing", "ein" }, { "ayn", "ain" },
  { "ynn", "in" }, { "yn", "in" }, { "een", "in" }, { "ien", "in" }, { "ohn", "un" }, { "one", "un" }, { "on", "un" },
  { "oon", "un" }, { "oun", "un" }, { "own", "un" }, { "ate", "eit" }, { "ait", "eit" }, { "eik", "eit" },
  { "aye", "e" }, { "ay", "e" }, { "ai", "e" }, { "ei", "e" }, { "ey", "e" }, { "eh", "e" }, { "ae", "e" },
  { "ee", "i" },
  { "ain", "ain" }, { "ein", "ein" }, { "ie", "i" }, { "ea", "i" }, { "y", "i" },
  { "oo", "u" }, { "ou", "u" }, { "uu", "u" }, { "uy", "ui" }, { "oui", "ui" }, { "aw", "O" }, { "au", "O" },
  { "or", "O" }, { "ore", "O" },
  { "oe", "o" }, { "er", "o" }, { "oh", "o" }, { "ow", "o" }, { "aa", "a" }, { "ah", "a" }, { "ar", "a" },
  { "eo", "eo" },
  { "auk", "auk" }, { "auck", "auk" }, { "aik", "aik" }, { "ike", "aik" },
};

static gboolean
is_vowel (char c)
{
  return c != '\0' && strchr ("aeiouyO", c) != NULL;
}

static const Rule *
find_rule (const char *text)
{
  const Rule *best = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (latin_rules); i++)
    if (text[0] == latin_rules[i].from[0] && g_str_has_prefix (text, latin_rules[i].from)
        && (best == NULL || strlen (latin_rules[i].from) > strlen (best->from)))
      best = &latin_rules[i];
  return best;
}

/* Some letters are one thing before a vowel and another behind it. */
static gboolean
is_rule_meant (const Rule *rule,
               const char *text,
               gboolean    is_first)
{
  char next = text[strlen (rule->from)];

  if (g_str_equal (rule->from, "y"))
    return !is_first && !is_vowel (next);
  if (g_str_equal (rule->from, "nh"))
    return is_vowel (next) || next == '\0';
  if (g_str_equal (rule->from, "ar") || g_str_equal (rule->from, "or") || g_str_equal (rule->from, "ore")
      || g_str_equal (rule->from, "er") || g_str_equal (rule->from, "ah") || g_str_equal (rule->from, "oh")
      || g_str_equal (rule->from, "eh")
      || g_str_equal (rule->from, "one") || g_str_equal (rule->from, "ine") || g_str_equal (rule->from, "yne")
      || g_str_equal (rule->from, "ate") || g_str_equal (rule->from, "ike"))
    return !is_vowel (next);
  if (g_str_equal (rule->from, "aw") || g_str_equal (rule->from, "ow"))
    return !is_vowel (next);
  return TRUE;
}

/* "Myint" and "Myin", "Thant" and "Than" are one; before a vowel the t begins the next syllable. */
static gboolean
is_silent (const char *at,
           const char *start)
{
  return *at == 't' && at > start && at[-1] == 'n' && !is_vowel (at[1]) && at[1] != 'h';
}

static void
append_once (GString    *key,
             const char *to)
{
  for (; *to != '\0'; to++)
    if (key->len == 0 || key->str[key->len - 1] != *to)
      g_string_append_c (key, *to);
}

void
sak_name_spell_latin (const char *folded,
                      GString    *key)
{
  for (const char *at = folded; *at != '\0';)
    {
      const Rule *rule = find_rule (at);
      char letter[2] = { *at, '\0' };

      if (is_silent (at, folded))
        {
          at++;
          continue;
        }
      if (rule != NULL && is_rule_meant (rule, at, at == folded))
        {
          append_once (key, rule->to);
          at += strlen (rule->from);
          continue;
        }
      if (g_ascii_isalpha (*at))
        append_once (key, letter);
      at++;
    }
}

/* Burmese */

static const struct
{
  gunichar c;
  const char *to;
} burmese_consonants[] = {
  { 0x1000, "k" }, { 0x1001, "k" }, { 0x1002, "g" }, { 0x1003, "g" }, { 0x1004, "n" }, { 0x1005, "s" },
  { 0x1006, "s" }, { 0x1007, "z" }, { 0x1008, "z" }, { 0x1009, "N" }, { 0x100a, "N" }, { 0x100b, "t" }, { 0x100c, "t" },
  { 0x100d, "d" }, { 0x100e, "d" }, { 0x100f, "n" }, { 0x1010, "t" }, { 0x1011, "t" }, { 0x1012, "d" },
  { 0x1013, "d" }, { 0x1014, "n" }, { 0x1015, "p" }, { 0x1016, "p" }, { 0x1017, "b" }, { 0x1018, "b" }, { 0x1019, "m" },
  { 0x101a, "y" }, { 0x101b, "y" }, { 0x101c, "l" }, { 0x101d, "w" }, { 0x101e, "T" }, { 0x103f, "T" }, { 0x101f, "h" },
  { 0x1020, "l" }, { 0x1021, "" }, { 0x1023, "i" }, { 0x1024, "i" }, { 0x1025, "u" }, { 0x1026, "u" },
  { 0x1027, "e" }, { 0x1029, "O" }, { 0x102a, "O" },
};

/* Vowel signs, then the consonant that closes it (with asat), as the sound is written. */
static const struct
{
  const char *signs;
  const char *finals;           /* any of them; "" for none */
  const char *to;
} burmese_rhymes[] = {
  { "ေါ", "ကခဂ", "auk" }, { "ော", "ကခဂ", "auk" }, { "ေါ", "င", "aun" }, { "ော", "င", "aun" },
  { "ို", "ကခဂ", "aik" }, { "ို", "င", "ain" }, { "ေါ", "", "O" }, { "ော", "", "O" }, { "ို", "ယလ", "o" },
  { "ို", "", "o" },
  { "ိ", "နမဏံ", "ein" }, { "ိ", "တပဒဋ", "eit" }, { "ု", "နမဏံ", "un" }, { "ု", "တပဒကဂ", "ok" },
  { "ွ", "နမံ", "un" }, { "ွ", "တပ", "ut" },
  { "ံ", "", "an" }, { "", "နမဏဘ", "an" }, { "", "ငဉ", "in" }, { "", "ည", "i" }, { "", "ကဂ", "et" },
  { "", "စဇ", "it" }, { "", "တပဒ", "at" }, { "", "ယ", "e" }, { "ာ", "ဏန", "an" }, { "ာ", "တ", "at" },
  { "ေ", "", "e" }, { "ဲ", "", "e" }, { "ိ", "", "i" }, { "ီ", "", "i" }, { "ု", "", "u" }, { "ူ", "", "u" },
  { "ာ", "", "a" }, { "ါ", "", "a" },
};

typedef struct
{
  GString *signs;
  gunichar final;
  gboolean has_y, has_w, has_h;
} Burmese;

/* What follows the first consonant of a syllable. */
static void
read_burmese (Burmese    *self,
              const char *at)
{
  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      self->has_y = self->has_y || c == 0x103b || c == 0x103c;
      self->has_w = self->has_w || c == 0x103d;
      self->has_h = self->has_h || c == 0x103e;
      if (c >= 0x1000 && c <= 0x1021)
        self->final = c;
      else if (c == 0x1036 && self->signs->len > 0)
        self->final = c;
      else if ((c >= 0x102b && c <= 0x1032) || c == 0x1036)
        g_string_append_unichar (self->signs, c);
    }
}

static const char *
find_rhyme (const Burmese *self,
            gboolean      *ret_takes_w)
{
  const char *signs = self->signs->str;

  *ret_takes_w = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (burmese_rhymes); i++)
    {
      const char *finals = burmese_rhymes[i].finals;
      gboolean is_w = g_str_equal (burmese_rhymes[i].signs, "ွ");

      if (is_w ? (!self->has_w || *signs != '\0') : !g_str_equal (burmese_rhymes[i].signs, signs))
        continue;
      if (self->final == 0 ? *finals != '\0' : g_utf8_strchr (finals, -1, self->final) == NULL)
        continue;
      *ret_takes_w = is_w;
      return burmese_rhymes[i].to;
    }
  return "a";
}

static const char *
find_consonant (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (burmese_consonants); i++)
    if (burmese_consonants[i].c == c)
      return burmese_consonants[i].to;
  return "";
}

static const char *
add_medials (const Burmese *self,
             const char    *consonant)
{
  if (self->has_h && (*consonant == 'y' || (*consonant == 'l' && self->has_y)))
    return "S";
  if (self->has_y && (*consonant == 'k' || *consonant == 'g'))
    return "C";
  return consonant;
}

void
sak_name_spell_burmese (const char *syllable,
                        GString    *key)
{
  g_autoptr (GString) signs = g_string_new (NULL);
  Burmese parts = { .signs = signs };
  gunichar first = g_utf8_get_char (syllable);
  const char *consonant = find_consonant (first);
  const char *written, *rhyme;
  gboolean takes_w;

  read_burmese (&parts, g_utf8_next_char (syllable));
  written = add_medials (&parts, consonant);
  rhyme = find_rhyme (&parts, &takes_w);
  append_once (key, written);
  if (parts.has_y && written == consonant && *consonant != 'y')
    append_once (key, "y");
  if (parts.has_w && !takes_w)
    append_once (key, "w");
  /* An independent vowel is its own rhyme. */
  if (first >= 0x1023 && first <= 0x102a && parts.final == 0)
    return;
  append_once (key, rhyme);
}

/* Thai, Lao, Khmer: consonants in their order, as Latin letters write them. */

static const struct
{
  gunichar first;
  const char *letters;          /* of the characters from it on; "." is no consonant, "-" silent */
} consonants[] = {
  { 0x0e01, "kkkkkknCCCsCNdtTTTndtTTTnbppfpfpmyr.l.wssshl-h" },
  { 0x0e81, "kk.k.knC.s..y......dtTT.nbppfpf.myr.l.w..sh.-h" },
  { 0x1780, "kkkknCCCCNdtdtntTtTnbpppmyrlwssshl-" },
};

static const char *
find_letter (gunichar c)
{
  static const char *const lao_pairs[] = { "n", "m" };

  if (c == 0x0edc || c == 0x0edd)
    return lao_pairs[c - 0x0edc];
  if (c == 0x0e33 || c == 0x0eb3)       /* the vowel am */
    return "m";
  for (gsize i = 0; i < G_N_ELEMENTS (consonants); i++)
    if (c >= consonants[i].first && c < consonants[i].first + strlen (consonants[i].letters))
      return consonants[i].letters + (c - consonants[i].first);
  return NULL;
}

/* The mark above a letter that is not spoken. */
static gboolean
is_silencer (gunichar c)
{
  return c == 0x0e4c || c == 0x0ecc || c == 0x17cd;
}

void
sak_name_spell_other (const char *folded,
                      GString    *key)
{
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      const char *letter = find_letter (c);

      if (is_silencer (c) && key->len > 0)
        g_string_truncate (key, key->len - 1);
      else if (letter != NULL && *letter != '.' && *letter != '-')
        g_string_append_c (key, *letter);
    }
}

/* What voices and breath make of a name between one ear and another. */
char *
sak_name_make_sound (const char *key)
{
  static const char from[] = "gbdzTSrvfOeN";
  static const char to[] = "kptstslwpuin";
  GString *sound = g_string_new (NULL);

  for (; *key != '\0'; key++)
    {
      const char *found = strchr (from, *key);
      char c = found != NULL ? to[found - from] : *key;

      c = c == 'o' ? 'u' : c;
      if (c == 'h' || (c == 'y' && sound->len > 0))
        continue;
      if (sound->len == 0 || sound->str[sound->len - 1] != c)
        g_string_append_c (sound, c);
    }
  return g_string_free (sound, FALSE);
}

char *
sak_name_make_bones (const char *key)
{
  g_autofree char *sound = sak_name_make_sound (key);
  GString *bones = g_string_new (NULL);

  for (const char *at = sound; *at != '\0'; at++)
    if (strchr (at == sound ? "aeiou" : "aeiouyw", *at) == NULL && (bones->len == 0
        || bones->str[bones->len - 1] != *at))
      g_string_append_c (bones, *at);
  return g_string_free (bones, FALSE);
}
