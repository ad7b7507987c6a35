/* sak-name-cut.c - words of a text, as names are made of them, and forms of address
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Burmese writes names with and without spaces, so its words here are syllables. Thai, Lao and
 * Khmer write the form of address and the name as one word.
 */
#include "config.h"

#include "storage/model/sak-name-private.h"

#include <string.h>

#include "storage/model/sak-fold.h"

SakNameScript
sak_name_get_script (gunichar c)
{
  if ((c >= 0x1000 && c < 0x10a0) || (c >= 0xaa60 && c < 0xaa80) || (c >= 0xa9e0 && c < 0xaa00))
    return SAK_NAME_IN_BURMESE;
  if (c >= 0x0e00 && c < 0x0e80)
    return SAK_NAME_IN_THAI;
  if (c >= 0x0e80 && c < 0x0f00)
    return SAK_NAME_IN_LAO;
  if (c >= 0x1780 && c < 0x1800)
    return SAK_NAME_IN_KHMER;
  if (c < 0x0250 || (c >= 0x1e00 && c < 0x1f00) || (c >= 0x0300 && c < 0x0370))
    return SAK_NAME_IN_LATIN;
  return SAK_NAME_IN_OTHER;
}

/* An apostrophe within a word is a letter ("S’gaw"); digits are in no name. */
static gboolean
is_part (gunichar c)
{
  if (c >= 0x104a && c <= 0x104f)
    return FALSE;
  return (g_unichar_isalpha (c) || g_unichar_ismark (c) || c == 0x2019 || c == 0x200c || c == 0x200d)
         && c != 0x0e2f && c != 0x0e46;
}

static gboolean
is_burmese_base (gunichar c)
{
  return (c >= 0x1000 && c <= 0x102a) || c == 0x103f || (c >= 0xaa60 && c <= 0xaa7a)
         || (c >= 0x1050 && c <= 0x1055) || (c >= 0x1075 && c <= 0x1081);
}

/* A base begins a syllable, but not where it closes the one before it, or is written below it. */
static gboolean
begins_syllable (const char *at,
                 gunichar    before)
{
  const char *next = g_utf8_next_char (at);
  gunichar after = g_utf8_get_char (next);

  if (!is_burmese_base (g_utf8_get_char (at)) || before == 0x1039)
    return FALSE;
  /* The tone may stand before asat or behind it. */
  while (after == 0x1037 || after == 0x1038)
    {
      next = g_utf8_next_char (next);
      after = g_utf8_get_char (next);
    }
  return after != 0x103a && after != 0x1039;
}

static void
clear_word (gpointer data)
{
  SakNameWord *word = data;

  g_free (word->folded);
  g_free (word->key);
  g_free (word->sound);
}

static void
add_word (GArray        *words,
          const char    *text,
          const char    *start,
          const char    *end,
          SakNameScript  script)
{
  g_autofree char *raw = g_strndup (start, end - start);
  g_autoptr (GString) key = g_string_new (NULL);
  SakNameWord word = { .start = start - text, .end = end - text, .script = script };

  word.folded = sak_fold_text (raw);
  word.is_capital = script != SAK_NAME_IN_LATIN || g_unichar_isupper (g_utf8_get_char (start));
  if (script == SAK_NAME_IN_LATIN)
    sak_name_spell_latin (word.folded, key);
  else if (script == SAK_NAME_IN_BURMESE)
    sak_name_spell_burmese (raw, key);
  else
    sak_name_spell_other (raw, key);
  word.key = g_strdup (key->str);
  word.sound = sak_name_make_sound (key->str);
  g_array_append_val (words, word);
}

GArray *
sak_name_cut (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (SakNameWord));
  const char *start = NULL;
  SakNameScript script = SAK_NAME_IN_OTHER;
  gunichar before = 0;

  g_array_set_clear_func (words, clear_word);
  for (const char *at = text; ; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean is_in = c != 0 && is_part (c);
      SakNameScript here = g_unichar_ismark (c) && start != NULL ? script : sak_name_get_script (c);
      gboolean is_cut = start != NULL && (!is_in || (here != script && c != 0x2019 && c != 0x200c && c != 0x200d) ||
                                          (script == SAK_NAME_IN_BURMESE && begins_syllable (at, before)));

      if (is_cut)
        {
          add_word (words, text, start, at, script);
          start = NULL;
        }
      if (is_in && start == NULL)
        {
          start = at;
          script = here;
        }
      before = c;
      if (c == 0)
        return words;
    }
}

/* Forms of address */

typedef struct
{
  const char *word;             /* folded */
  char who;                     /* m, w, or - where it tells nothing */
} Address;

static const Address addresses[] = {
  /* Burma; Karen, Shan, Mon, Chin */
  { "u", 'm' }, { "daw", 'w' }, { "ma", 'w' }, { "ko", 'm' }, { "maung", 'm' }, { "mg", 'm' }, { "ashin", 'm' },
  { "saw", 'm' }, { "naw", 'w' }, { "nang", 'w' }, { "nan", 'w' }, { "nant", 'w' }, { "sai", 'm' }, { "mi", 'w' },
  { "min", 'm' }, { "mehm", 'm' }, { "mahn", 'm' }, { "salai", 'm' }, { "mai", 'w' }, { "sao", 'm' }, { "lway", 'w' },
  { "ဦး", 'm' }, { "ဒေါ်", 'w' }, { "မ", 'w' }, { "ကို", 'm' }, { "မောင်", 'm' }, { "စော", 'm' }, { "နော်", 'w' },
  { "နန်း", 'w' }, { "နန့်", 'w' }, { "စိုင်း", 'm' }, { "မိ", 'w' }, { "မင်း", 'm' }, { "မန်း", 'm' },
  { "အရှင်", 'm' },
  /* Thailand, Laos */
  { "nai", 'm' }, { "nangsao", 'w' }, { "khun", '-' }, { "thao", 'm' }, { "than", '-' }, { "dekchai", 'm' },
  { "dekying", 'w' }, { "phra", 'm' }, { "lung", 'm' }, { "pa", 'w' }, { "phi", '-' }, { "ajarn", '-' },
  /* Cambodia */
  { "lok", 'm' }, { "neak", '-' }, { "bong", '-' }, { "yeay", 'w' }, { "oknha", 'm' },
  /* Vietnam */
  { "ong", 'm' }, { "ba", 'w' }, { "anh", 'm' }, { "chi", 'w' }, { "em", '-' }, { "co", 'w' }, { "chu", 'm' },
  { "bac", '-' },
  { "thay", 'm' },
  { "mr", 'm' }, { "mrs", 'w' }, { "ms", 'w' }, { "miss", 'w' }, { "dr", '-' }, { "prof", '-' },
};

/* Before a name, in the same word. The longest first. */
static const Address prefixes[] = {
  { "นางสาว", 'w' }, { "นาง", 'w' }, { "นาย", 'm' }, { "คุณ", '-' }, { "ด.ช.", 'm' }, { "ด.ญ.", 'w' }, { "น.ส.", 'w' },
  { "เด็กชาย", 'm' }, { "เด็กหญิง", 'w' }, { "ลุง", 'm' }, { "ป้า", 'w' }, { "พระ", 'm' },
  { "ທ້າວ", 'm' }, { "ທ່ານ", '-' }, { "ນາງ", 'w' },
  { "លោកស្រី", 'w' }, { "លោក", 'm' }, { "អ្នកស្រី", 'w' }, { "បង", '-' }, { "យាយ", 'w' },
};

static void
tell (char      who,
      gboolean *ret_is_man,
      gboolean *ret_is_woman)
{
  *ret_is_man = who == 'm';
  *ret_is_woman = who == 'w';
}

static GHashTable *
get_addresses (void)
{
  static GHashTable *by_word;

  if (g_once_init_enter (&by_word))
    {
      GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
        g_hash_table_insert (made, sak_fold_text (addresses[i].word), (gpointer) &addresses[i]);
      g_once_init_leave (&by_word, made);
    }
  return by_word;
}

gboolean
sak_name_is_address (const SakNameWord *word,
                     gboolean          *ret_is_man,
                     gboolean          *ret_is_woman)
{
  const Address *address = g_hash_table_lookup (get_addresses (), word->folded);

  if (address != NULL)
    tell (address->who, ret_is_man, ret_is_woman);
  return address != NULL;
}

gsize
sak_name_find_prefix (const char *text,
                      gboolean   *ret_is_man,
                      gboolean   *ret_is_woman)
{
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (text, prefixes[i].word) && text[strlen (prefixes[i].word)] != '\0')
      {
        tell (prefixes[i].who, ret_is_man, ret_is_woman);
        return strlen (prefixes[i].word);
      }
  return 0;
}
