/* test-zawgyi.c - Zawgyi is told from Unicode, and converted
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The published reference has 50 rows; storage/model/zawgyi/verify.py compares with them.
 */
#include "config.h"

#include <string.h>

#include "storage/model/sak-zawgyi.h"

static const struct
{
  const char *text;
  SakZawgyi verdict;
} table[] = {
  { "", SAK_ZAWGYI_NONE },
  { "Harbour, 2019; ชาวบ้าน", SAK_ZAWGYI_NONE },
  { "စစ်တပ်က ရွာကို မီးရှို့ပြီး ရွာသားတွေကို ဖမ်းသွားတယ်", SAK_ZAWGYI_UNICODE },
  { "မြေယာသိမ်းခံရတယ်", SAK_ZAWGYI_UNICODE },
  { "မ်က္ႏွာ", SAK_ZAWGYI_SURE },
  { "လူ႔အခြင့္ေရး", SAK_ZAWGYI_SURE },
  { "ေျမယာသိမ္းခံရတယ္", SAK_ZAWGYI_SURE },
  { "စစ္တပ္က ရြာကို မီးရႈိ႕ၿပီး ရြာသားေတြကို ဖမ္းသြားတယ္", SAK_ZAWGYI_SURE },
  { "Police နဲ႔ေတြ႕တယ္", SAK_ZAWGYI_SURE },
  { "ကိုကို", SAK_ZAWGYI_UNSURE },
  { "က", SAK_ZAWGYI_UNSURE },
  /* Shan, Mon, S'gaw Karen, Pa'O: in their Unicode */
  { "ၵူၼ်းဝၢၼ်ႈ ၸိူဝ်းၼႆႉ လႆႈပၢႆႈၵႂႃႇ", SAK_ZAWGYI_UNICODE },
  { "လိၵ်ႈလၢႆးတႆး", SAK_ZAWGYI_UNICODE },
  { "ဂလာန်ညးဒါန်လိက် ဘာသာမန်", SAK_ZAWGYI_UNICODE },
  { "တၢ်ထံၣ်တၢ်ပၥ်သး ကညီပှၤဂီၢ်", SAK_ZAWGYI_UNICODE },
  { "ဖုံႏအဝ်ႏဒျာႏ ပအိုဝ်ႏဘာႏသာႏငဝ်းငွါ", SAK_ZAWGYI_UNICODE },
};

static void
zawgyi_is_told_from_unicode (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      double probability;
      SakZawgyi verdict = sak_zawgyi_check (table[i].text, &probability);

      g_test_message ("row %u: %.6f", (guint) i, probability);
      g_assert_cmpint (verdict, ==, table[i].verdict);
    }
}

static const char *const pairs[][2] = {
  { "လူ႔အခြင့္ေရး", "လူ့အခွင့်ရေး" },
  { "ေျမယာသိမ္းခံရတယ္", "မြေယာသိမ်းခံရတယ်" },
  { "မ်က္ႏွာ", "မျက်နှာ" },
  { "ျမန္မာ (Myanmar)", "မြန်မာ (Myanmar)" },
  { "", "" },
};

static void
zawgyi_is_converted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *converted = sak_zawgyi_convert (pairs[i][0]);

      g_assert_cmpstr (converted, ==, pairs[i][1]);
    }
}

/* Single words among Unicode too; ordinary accounts cost nothing more. */
static void
what_may_be_zawgyi_is_converted_for_a_search (void)
{
  g_autofree char *mixed = sak_zawgyi_convert_suspect ("မနေ့က ရွာထဲမှာ ဦးေအာင္ေက်ာ္ ပြောတယ်။\nဖမ်းသွားတယ်");
  g_autofree char *zawgyi = sak_zawgyi_convert_suspect ("ေျမယာသိမ္းခံရတယ္");

  g_assert_cmpstr (mixed, ==, "မနေ့က ရွာထဲမှာ ဦးအောင်ကျော် ပြောတယ်။\nဖမ်းသွားတယ်");
  g_assert_cmpstr (zawgyi, ==, "မြေယာသိမ်းခံရတယ်");
  for (gsize i = 0; table[i].verdict <= SAK_ZAWGYI_UNICODE; i++)
    {
      g_autofree char *none = sak_zawgyi_convert_suspect (table[i].text);

      g_assert_null (none);
    }
}

static void
fields_are_converted_and_the_originals_kept (void)
{
  static const char typed[] = "{\"title\": \"ေျမယာသိမ္းခံရတယ္\", \"narrative\": \"မြေယာသိမ်းခံရတယ်\","
                              " \"place\": {\"name\": \"ျမန္မာႏိုင္ငံ\", \"country\": \"MM\"}, \"age\": 3}";
  g_autoptr (json_t) fields = sak_json_parse (typed, -1, NULL);
  g_autoptr (json_t) originals = NULL;
  g_autoptr (json_t) converted = sak_zawgyi_convert_fields (fields, &originals);
  g_autoptr (json_t) nothing = NULL;
  g_autoptr (json_t) same = sak_zawgyi_convert_fields (converted, &nothing);

  g_assert_cmpstr (sak_json_get_text (converted, "title"), ==, "မြေယာသိမ်းခံရတယ်");
  g_assert_cmpstr (sak_json_get_text (json_object_get (converted, "place"), "name"), ==, "မြန်မာနိုင်ငံ");
  g_assert_true (json_equal (json_object_get (converted, "narrative"), json_object_get (fields, "narrative")));
  g_assert_true (json_equal (json_object_get (converted, "age"), json_object_get (fields, "age")));
  g_assert_cmpuint (json_object_size (originals), ==, 2);
  g_assert_true (json_equal (json_object_get (originals, "place"), json_object_get (fields, "place")));
  g_assert_null (nothing);
  g_assert_true (json_equal (same, converted));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/zawgyi/zawgyi-is-told-from-unicode", zawgyi_is_told_from_unicode);
  g_test_add_func ("/zawgyi/zawgyi-is-converted", zawgyi_is_converted);
  g_test_add_func ("/zawgyi/what-may-be-zawgyi-is-converted-for-a-search",
                   what_may_be_zawgyi_is_converted_for_a_search);
  g_test_add_func ("/zawgyi/fields-are-converted-and-the-originals-kept", fields_are_converted_and_the_originals_kept);
  return g_test_run ();
}
