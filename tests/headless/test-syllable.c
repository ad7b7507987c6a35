/* test-syllable.c - one spelling for what reads the same, and where a text is cut
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib.h>
#include <string.h>
#include <unicode/unorm2.h>

#include "storage/model/sak-fold.h"
#include "storage/model/sak-syllable.h"

/* The pieces of the text itself, with bars between. */
static char *
cut (const char *text)
{
  g_autoptr (SakSyllables) syllables = sak_syllables_new (text, strlen (text));
  GString *pieces = g_string_new (NULL);

  for (guint i = 0; i < syllables->all->len; i++)
    {
      const SakSyllable *syllable = sak_syllables_get (syllables, i);

      g_assert_cmpuint (syllable->start, <, syllable->end);
      g_assert_cmpuint (syllable->end, <=, strlen (text));
      if (i > 0)
        g_string_append_c (pieces, '|');
      g_string_append_len (pieces, text + syllable->start, syllable->end - syllable->start);
    }
  return g_string_free (pieces, FALSE);
}

/* What is compared. */
static char *
list_keys (const char *text)
{
  g_autoptr (SakSyllables) syllables = sak_syllables_new (text, strlen (text));
  GString *keys = g_string_new (NULL);

  for (guint i = 0; i < syllables->all->len; i++)
    g_string_append_printf (keys, "%s|", sak_syllables_get_key (syllables, sak_syllables_get (syllables, i)));
  return g_string_free (keys, FALSE);
}

static const struct
{
  const char *text;
  const char *pieces;
} cuts[] = {
  { "", "" },
  { " ,;: ၊။ ฯ ៗ …", "" },
  /* Burmese: finals, a stack, kinzi, a contraction, digits, a sign that is a word */
  { "စစ်တပ်က ရွာကိုမီးရှို့တယ်။", "စစ်|တပ်|က|ရွာ|ကို|မီး|ရှို့|တယ်" },
  { "တက္ကသိုလ်", "တက္|က|သိုလ်" },
  { "အင်္ဂလိပ်", "အင်္|ဂ|လိပ်" },
  { "ယောက်ျား", "ယောက်ျား" },
  { "ကျွန်ုပ်", "ကျွန်ုပ်" },
  { "၂၅ရက်", "၂၅|ရက်" },
  { "၎င်း", "၎င်း" },
  { "န့်", "န့်" },
  /* Shan, S'gaw Karen, Mon */
  { "လိၵ်ႈတႆး", "လိၵ်ႈ|တႆး" },
  { "ကညီကျိာ်", "က|ညီ|ကျိာ်" },
  { "ဘာသာမန်", "ဘာ|သာ|မန်" },
  /* Thai: bare consonants, vowels before, sara am, silent letters */
  { "ชาวบ้านถูกไล่ที่", "ชา|ว|บ้า|น|ถู|ก|ไล่|ที่" },
  { "น้ำท่วม", "น้ำ|ท่|ว|ม" },
  { "วันจันทร์", "วั|น|จั|น|ท|ร์" },
  { "พ.ศ. ๒๕๖๒", "พ|ศ|๒๕๖๒" },
  /* Khmer: a consonant below, and invisible spaces */
  { "ប្រជាពលរដ្ឋ", "ប្រ|ជា|ព|ល|រ|ដ្ឋ" },
  { "ដី\u200bធ្លី", "ដី|ធ្លី" },
  /* Lao: letters in one, vowels before */
  { "ໝູ່ບ້ານ", "ໝູ່|ບ້າ|ນ" },
  { "ເມືອງ", "ເມື|ອ|ງ" },
  /* Words */
  { "Forced evictions, 12,500 baht", "Forced|evictions|12,500|baht" },
  { "the workers' and worker's; don't", "the|workers|and|worker|don't" },
  { "cưỡng chế đất đai", "cưỡng|chế|đất|đai" },
  { "MNK-2026-0042", "MNK|2026|0042" },
  { "COVID19ကြောင့်", "COVID|19|ကြောင့်" },
  { "警察 来了", "警|察|来|了" },
  { "a\u200bb", "a|b" },
  { "\x1e" "c:forced-labour word\x1fnext", "\x1e" "c:forced-labour|word|\x1f|next" },
};

static void
texts_are_cut_where_syllables_end (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autofree char *pieces = cut (cuts[i].text);

      g_assert_cmpstr (pieces, ==, cuts[i].pieces);
    }
}

static const char *const same[][2] = {
  /* Thai */
  { "น้ำ", "น\u0e49\u0e4d\u0e32" }, { "น้ำ", "น\u0e4d\u0e49\u0e32" }, { "แม่", "เเม่" }, { "กี่",
  "ก\u0e48\u0e35" },
  { "ที่", "ท\u0e35\u0e35\u0e48" }, { "๒๕๖๒", "2562" }, { "ฤๅ", "ฤา" },
  /* Lao */
  { "ນ້ຳ", "ນ\u0ec9\u0ecd\u0eb2" }, { "ນ້ຳ", "ນ\u0ecd\u0ec9\u0eb2" }, { "ໝູ່", "ຫມູ່" }, { "ແມ່", "ເເມ່" },
  { "ໜ້າ", "ຫນ້າ" },
  { "ຕຳຫຼວດ", "ຕຳຫລວດ" },
  /* Khmer */
  { "ស្ត្រី", "ស\u17d2\u179a\u17d2\u178fី" }, { "ស្ដី", "ស្តី" }, { "កើត", "ក\u17c1\u17b8ត" },
  { "កោះ", "ក\u17c1\u17b6ះ" },
  { "ដីធ្លី", "ដី\u200bធ្លី" }, { "ស៊ី", "ស\u17bb\u17b8" }, { "ស៊ី", "សី\u17ca" }, { "ឲ្យ",
  "ឱ្យ" }, { "១២", "12" },
  { "ទាំង", "ទ\u17c6\u17b6ង" },
  /* Burmese */
  { "ကို", "ကုိ" }, { "ကြွ", "က\u103d\u103c" }, { "ဝါး", "၀ါး" }, { "ရက်", "၇က်" }, { "ဝန်ထမ်း", "၀န်ထမ်း" },
  { "မြေ", "ေမြ" }, { "ပဉ္စမ", "ပဥ္စမ" }, { "ဉ်", "ဥ်" }, { "ဦး", "ဦး" }, { "တုံး", "တ\u1036\u102fး" },
  { "ဩဂုတ်", "သြဂုတ်" }, { "၁၀၇", "၁ဝ၇" }, { "၁၀", "၁ဝ" }, { "ဉာဏ်", "ဥာဏ်" }, { "ဥပဒေ", "ဉပဒေ" }, { "ဩဇာ", "သြဇာ" },
  { "ပြဿနာ", "ပြသ္သနာ" }, { "တက္ကသိုလ်", "တက်ကသိုလ်" }, { "အင်္ဂလိပ်", "အင်ဂလိပ်" }, { "န့်",
  "န\u103a\u1037" },
  { "ကြောင့်", "ကြောင\u103a\u1037" }, { "ပါ", "ပာ" }, { "၎င်း", "၄င်း" }, { "၁၉၈၈", "1988" },
  { "သို့", "သ\u1037\u102f\u102d" },
  /* Latin */
  { "đất", "dat" }, { "hòa", "hoà" }, { "hòa", "ho\u0300a" }, { "Đất", "Ðất" }, { "Mua bán",
  "MUA BAN" }, { "ệ", "e\u0302\u0323" },
  { "evictions", "eviction" }, { "companies", "company" }, { "12,500", "12500" }, { "１２", "12" },
  { "ﬁsh", "fish" },
  { "Straße", "strasse" }, { "worker’s", "worker" },
};

static const char *const different[][2] = {
  { "ตา", "ตาย" }, { "ကွက်", "ကြက်" }, { "မ", "မာ" }, { "စ", "စစ်" }, { "ကော", "ကော်" }, { "ដី",
  "ដា" }, { "ນາ", "ນ້າ" },
  { "this", "thi" }, { "bus", "bu" }, { "class", "clas" }, { "၇ရက်", "ရရက်" },
  { "၁၉၈၈", "၁၉၈၈ဝ" }, { "၁၀န်း", "၁ဝန်း" },
  { "1,50", "150" },
  { "ស្រ", "ស្ត" }, { "ตี", "ตื" },
};

static void
what_reads_the_same_has_one_key (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *a = list_keys (same[i][0]);
      g_autofree char *b = list_keys (same[i][1]);

      g_assert_cmpstr (a, ==, b);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (different); i++)
    {
      g_autofree char *a = list_keys (different[i][0]);
      g_autofree char *b = list_keys (different[i][1]);

      g_assert_cmpstr (a, !=, b);
    }
}

static const char *const sentences[] = {
  ("စစ်တပ်က မြေယာသိမ်းပြီး တက္ကသိုလ်ကျောင်းသား ၁၅ ယောက်ကို ဖမ်းဆီးသွားသည်။ "
   "ဥက္ကဋ္ဌနဲ့ အင်္ဂလိပ်ဆရာ ယောက်ျားနှစ်ဦး ပြဿနာဖြစ်တယ်"),
  "ชาวบ้านถูกไล่ที่เพราะเขื่อน น้ำท่วมนาข้าว ตำรวจยึดหนังสือเดินทางเมื่อวันจันทร์ที่ ๑๒ พ.ศ. ๒๕๖๒",
  "ប្រជាពលរដ្ឋត្រូវបានបណ្តេញចេញពីដីធ្លី ដោយសារទំនប់វារីអគ្គិសនី ស្ត្រីកម្មករ ១២ នាក់",
  "ຊາວບ້ານຖືກຍົກຍ້າຍຍ້ອນເຂື່ອນໄຟຟ້າ ນ້ຳຖ້ວມໄຮ່ນາ ຕຳຫຼວດຈັບຄົນໃນໝູ່ບ້ານ ໜ້າໂຮງຮຽນ",
  "Công an cưỡng chế thu hồi đất của 40 hộ dân ở xã Đồng Tâm, nhiều người bị bắt",
  "Workers' passports were taken; the boat's owner didn't pay 12,500 baht. COVID-19ကြောင့် ရပ်နားခဲ့",
};

/* Recall: whatever stands in a text, cut out of it at syllables, is cut as it is there. */
static void
a_part_is_cut_as_it_is_in_the_whole (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (sentences); s++)
    {
      const char *text = sentences[s];
      g_autoptr (SakSyllables) whole = sak_syllables_new (text, strlen (text));

      for (guint from = 0; from < whole->all->len; from++)
        for (guint to = from; to < MIN (whole->all->len, from + 6); to++)
          {
            const SakSyllable *first = sak_syllables_get (whole, from), *last = sak_syllables_get (whole, to);
            g_autoptr (SakSyllables) part = sak_syllables_new (text + first->start, last->end - first->start);

            g_assert_cmpuint (part->all->len, ==, to - from + 1);
            for (guint i = from; i <= to; i++)
              g_assert_true (sak_syllables_same (whole, i, part, i - from));
          }
    }
}

/* Those that are handled without ICU are the ones that NFKC casefold changes, and no others. */
static void
the_short_way_is_what_icu_does (void)
{
  const gunichar blocks[][2] = { { 0x0e00, 0x0eff }, { 0x1000, 0x109f }, { 0x1780, 0x17ff } };
  /* Two of Lao go the other way: sak-fold-scripts.c joins what ICU takes apart. */
  const gunichar changed[] = { 0x0e33, 0x0eb3, 0x0edc, 0x0edd, 0x17b4, 0x17b5 };
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance (&status);
  guint n_changed = 0;

  for (gsize b = 0; b < G_N_ELEMENTS (blocks); b++)
    for (gunichar c = blocks[b][0]; c <= blocks[b][1]; c++)
      {
        UChar from = (UChar) c, to[8];
        int n = unorm2_normalize (casefold, &from, 1, to, 8, &status);

        g_assert_cmpint (status, <=, U_ZERO_ERROR);
        if (n != 1 || to[0] != from)
          {
            g_assert_cmpuint (n_changed, <, G_N_ELEMENTS (changed));
            g_assert_cmphex (c, ==, changed[n_changed++]);
          }
      }
  g_assert_cmpuint (n_changed, ==, G_N_ELEMENTS (changed));
}

/* The words that are told beside their parts, with bars between. */
static void
words_that_may_be_one_are_told (void)
{
  static const struct { const char *text, *joined; } cases[] = {
    { "the co-operative was here", "cooperative" },
    { "co operative, e.g the", "eg" },
    { "U.N. and U.S.A.", "un us usa sa" },
    { "re‐arrested", "rearrested" },
    { "MaeSot", "maesot" },
    { "DoJ, NGOs, McDonald", "mcdonald" },
    { "end.Next - and -x", "" },
    { "co-ops", "coop" },
    { "women-led", "womenled" },
    { "COVID-19 and 12-13", "" },
    { "စစ်-တပ်", "" },
    { "a\x1f-b", "" },
    { "a-b-c-d-e-f-g-h-i", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SakSyllables) syllables = sak_syllables_new (cases[i].text, strlen (cases[i].text));
      g_autoptr (GString) told = g_string_new (NULL);

      for (guint k = 0; k < syllables->joined->len; k++)
        {
          const SakJoinedWord *joined = sak_syllables_get_joined (syllables, k);

          g_assert_cmpuint (joined->to - joined->from, <=, SAK_SYLLABLE_MAX_JOINED);
          g_assert_cmpuint (joined->word.end, ==, sak_syllables_get (syllables, joined->to - 1)->end);
          g_string_append_printf (told, "%s%s", k > 0 ? " " : "", sak_syllables_get_key (syllables, &joined->word));
        }
      if (cases[i].joined != NULL)
        g_assert_cmpstr (told->str, ==, cases[i].joined);
    }
}

/* A mebibyte of each of these is read in seconds, not hours. */
static void
nothing_that_is_typed_takes_for_ever (void)
{
  static const char *const pieces[] = { "\u103a", "\u103f", "\u1031", "\u1040", "\u17d2", "\u0e48",
                                        "\u0301", "a\u0301\u0302",
                                        "\u0e40", "x", "7,", "'", "\x1e", "\x1f", "က\u1037",
                                        "ក\u17d2", "\u200b", "\ufdfa", "x-", "x.", "xxY" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_sized_new (1 << 20);
      g_autoptr (SakSyllables) syllables = NULL;

      while (text->len < (1 << 20))
        g_string_append (text, pieces[i]);
      syllables = sak_syllables_new (text->str, text->len);
      for (guint k = 0; k < syllables->all->len; k++)
        g_assert_cmpuint (sak_syllables_get (syllables, k)->key_size, <=, SAK_SYLLABLE_MAX_KEY);
    }
}

/* Every character, alone and between others: keys are text, and ranges lie within. */
static void
every_character_is_taken (void)
{
  for (gunichar c = 1; c <= 0x2ffff; c++)
    {
      char text[32] = "ក";
      g_autofree char *pieces = NULL;
      g_autofree char *folded = NULL;
      gsize n = strlen (text);

      if (c >= 0xd800 && c < 0xe000)
        continue;
      n += (gsize) g_unichar_to_utf8 (c, text + n);
      n += (gsize) g_unichar_to_utf8 (c, text + n);
      strcpy (text + n, "်a");
      pieces = cut (text);
      folded = sak_fold_text (text);
      g_assert_true (g_utf8_validate (pieces, -1, NULL));
      g_assert_true (g_utf8_validate (folded, -1, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/syllable/texts-are-cut-where-syllables-end", texts_are_cut_where_syllables_end);
  g_test_add_func ("/syllable/what-reads-the-same-has-one-key", what_reads_the_same_has_one_key);
  g_test_add_func ("/syllable/a-part-is-cut-as-it-is-in-the-whole", a_part_is_cut_as_it_is_in_the_whole);
  g_test_add_func ("/syllable/the-short-way-is-what-icu-does", the_short_way_is_what_icu_does);
  g_test_add_func ("/syllable/words-that-may-be-one-are-told", words_that_may_be_one_are_told);
  g_test_add_func ("/syllable/nothing-that-is-typed-takes-for-ever", nothing_that_is_typed_takes_for_ever);
  g_test_add_func ("/syllable/every-character-is-taken", every_character_is_taken);
  return g_test_run ();
}
