/* test-compare.c - fields of several versions compared, and texts word by word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/model/sak-record-compare.h"
#include "storage/model/sak-text-compare.h"

#define MAX_SIDES 4

/* A side: JSON, or JSON behind the paths that are withheld, "title,date|{…}". */
typedef struct
{
  const char *base;             /* NULL: no common ancestor */
  const char *sides[MAX_SIDES];
  const char *expected;         /* "path outcome taken", a line each */
} Case;

static const Case cases[] = {
  { "{\"t\": 1}", { "{\"t\": 1}", "{\"t\": 1}" }, "t same\n" },
  { "{\"t\": 1}", { "{\"t\": 2}", "{\"t\": 1}" }, "t taken 0\n" },
  { "{\"t\": 1}", { "{\"t\": 1}", "{\"t\": 2}" }, "t taken 1\n" },
  { "{\"t\": 1}", { "{\"t\": 2}", "{\"t\": 2}" }, "t taken 0\n" },
  { "{\"t\": 1}", { "{\"t\": 2}", "{\"t\": 3}" }, "t asked\n" },
  { "{\"t\": 1}", { "{}", "{\"t\": 1}" }, "t taken 0\n" },
  { "{\"t\": 1}", { "{}", "{\"t\": 2}" }, "t asked\n" },
  { "{\"t\": 1}", { "{}", "{}" }, "t taken 0\n" },
  { "{}", { "{\"t\": 2}", "{}" }, "t taken 0\n" },
  { "{}", { "{\"t\": 2}", "{\"t\": 3}" }, "t asked\n" },
  { "{\"a\": {\"x\": [1, 2]}}", { "{\"a\": {\"x\": [1, 2]}}", "{\"a\": {\"x\": [2, 1]}}" }, "a taken 1\n" },
  { "{\"code\": \"X-1\"}", { "{\"code\": \"X-2\"}", "{\"code\": \"X-3\"}" }, "" },
  /* Of three the one that alone is new stands; two that differ from each other are asked. */
  { "{\"t\": 1}", { "{\"t\": 1}", "{\"t\": 1}", "{\"t\": 2}" }, "t taken 2\n" },
  { "{\"t\": 1}", { "{\"t\": 2}", "{\"t\": 1}", "{\"t\": 3}" }, "t asked\n" },
  /* Without a common ancestor nobody knows who changed what. */
  { NULL, { "{\"t\": 1}", "{\"t\": 1}" }, "t taken 0\n" },
  { NULL, { "{\"t\": 1}", "{}" }, "t asked\n" },
  { NULL, { "{}", "{\"t\": 1}" }, "t asked\n" },
  /* What a person allowed is never taken without being looked at. */
  { "{\"consent\": {\"share\": \"no\"}}", { "{\"consent\": {\"share\": \"no\"}}",
                                              "{\"consent\": {\"share\": \"yes\"}}" },
    "consent asked\n" },
  { "{\"consent\": 1}", { "{\"consent\": 1}", "{\"consent\": 1}" }, "consent same\n" },
  { NULL, { "{\"consent\": 1}", "{\"consent\": 1}" }, "consent taken 0\n" },
  /* A digest alone can be neither compared nor merged. */
  { "{\"t\": 1}", { "{\"t\": 1}", "t|{}" }, "t withheld\n" },
  { "{\"t\": 1}", { "t|{}", "t|{}" }, "t withheld\n" },
  { "t|{}", { "{\"t\": 1}", "{\"t\": 1}" }, "t taken 0\n" },
  { "t|{}", { "{\"t\": 1}", "{\"t\": 2}" }, "t asked\n" },
};

typedef struct
{
  json_t *fields;
  char **withheld;
} Parsed;

static Parsed
parse_side (const char *text)
{
  const char *bar = strchr (text, '|');
  g_autofree char *paths = bar != NULL ? g_strndup (text, (gsize) (bar - text)) : NULL;
  Parsed parsed = { json_loads (bar != NULL ? bar + 1 : text, 0, NULL), NULL };

  g_assert_nonnull (parsed.fields);
  parsed.withheld = paths != NULL ? g_strsplit (paths, ",", -1) : NULL;
  return parsed;
}

static char *
describe (GPtrArray *fields)
{
  static const char *const names[] = { "same", "taken", "asked", "withheld", "shown" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const SakFieldComparison *comparison = fields->pdata[i];

      g_string_append_printf (text, "%s %s", comparison->path, names[comparison->outcome]);
      if (comparison->outcome == SAK_OUTCOME_TAKEN)
        g_string_append_printf (text, " %u", comparison->taken);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
check_case (const Case *row)
{
  Parsed parsed[MAX_SIDES + 1] = { { NULL, NULL } };
  SakRecordSide sides[MAX_SIDES];
  SakRecordSide base = { NULL, NULL };
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree char *found = NULL;
  guint n = 0;

  for (; n < MAX_SIDES && row->sides[n] != NULL; n++)
    {
      parsed[n] = parse_side (row->sides[n]);
      sides[n] = (SakRecordSide) { parsed[n].fields, (const char *const *) parsed[n].withheld };
    }
  if (row->base != NULL)
    {
      parsed[MAX_SIDES] = parse_side (row->base);
      base = (SakRecordSide) { parsed[MAX_SIDES].fields, (const char *const *) parsed[MAX_SIDES].withheld };
    }
  fields = sak_record_compare (row->base != NULL ? &base : NULL, sides, n, n);
  found = describe (fields);
  g_test_message ("%s: %s | %s", row->base, row->sides[0], row->sides[1]);
  g_assert_cmpstr (found, ==, row->expected);
  for (guint i = 0; i <= MAX_SIDES; i++)
    {
      json_decref (parsed[i].fields);
      g_strfreev (parsed[i].withheld);
    }
}

static void
every_field_has_its_outcome (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

static void
what_needs_nobody_is_taken (void)
{
  g_autoptr (json_t) before = json_loads ("{\"a\": 1, \"b\": 1, \"c\": 1, \"d\": 1}", 0, NULL);
  g_autoptr (json_t) here = json_loads ("{\"a\": 2, \"b\": 1, \"c\": 2}", 0, NULL);
  g_autoptr (json_t) there = json_loads ("{\"a\": 1, \"b\": 3, \"c\": 3, \"d\": 1, \"e\": 5}", 0, NULL);
  const SakRecordSide base = { before, NULL };
  const SakRecordSide sides[] = { { here, NULL }, { there, NULL } };
  g_autoptr (GPtrArray) fields = sak_record_compare (&base, sides, 2, 2);
  g_autoptr (json_t) taken = sak_record_compare_take (fields);
  g_autofree char *text = sak_json_to_canonical (taken);

  g_assert_cmpstr (text, ==, "{\"a\":2,\"b\":3,\"e\":5}");
}

/* Whoever is only shown does not decide. */
static void
sides_beyond_the_deciding_are_only_shown (void)
{
  g_autoptr (json_t) before = json_loads ("{\"t\": 1}", 0, NULL);
  g_autoptr (json_t) here = json_loads ("{\"t\": 2}", 0, NULL);
  g_autoptr (json_t) shown = json_loads ("{}", 0, NULL);
  const char *const withheld[] = { "t", NULL };
  const SakRecordSide base = { before, NULL };
  const SakRecordSide sides[] = { { here, NULL }, { before, NULL }, { shown, withheld } };
  g_autoptr (GPtrArray) fields = sak_record_compare (&base, sides, 3, 2);
  const SakFieldComparison *comparison = fields->pdata[0];

  g_assert_cmpint (comparison->outcome, ==, SAK_OUTCOME_TAKEN);
  g_assert_cmpint (comparison->sides[2].change, ==, SAK_CHANGE_WITHHELD);
}

/* Of two versions that nobody here can bring together none is taken. */
static void
where_nothing_can_be_merged_nothing_is_said_of_it (void)
{
  g_autoptr (json_t) before = json_loads ("{\"s\": 1, \"t\": 1}", 0, NULL);
  g_autoptr (json_t) here = json_loads ("{\"s\": 1, \"t\": 5}", 0, NULL);
  g_autoptr (json_t) there = json_loads ("{\"s\": 1, \"t\": 7}", 0, NULL);
  const char *const withheld[] = { "w", NULL };
  const SakRecordSide base = { before, NULL };
  const SakRecordSide sides[] = { { here, NULL }, { there, withheld } };

  for (guint n_deciding = 0; n_deciding < 2; n_deciding++)
    for (guint has_base = 0; has_base < 2; has_base++)
      {
        g_autoptr (GPtrArray) fields = sak_record_compare (has_base ? &base : NULL, sides, 2, n_deciding);
        g_autoptr (json_t) taken = sak_record_compare_take (fields);
        g_autofree char *found = describe (fields);
        g_autofree char *text = sak_json_to_canonical (taken);

        g_assert_cmpstr (found, ==, "s same\nt shown\nw withheld\n");
        g_assert_cmpstr (text, ==, "{\"s\":1}");
      }
}

/* Texts */

static char *
show (const char *before,
      const char *after)
{
  static const char *const open[] = { "", "[", "{" };
  static const char *const close[] = { "", "]", "}" };
  g_autoptr (GPtrArray) pieces = sak_text_compare (before, after);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const SakTextPiece *piece = pieces->pdata[i];

      g_string_append_printf (text, "%s%s%s", open[piece->kind], piece->text, close[piece->kind]);
    }
  return g_string_free (text, FALSE);
}

static void
texts_differ_by_word_and_line (void)
{
  static const char *const rows[][3] = {
    { "", "", "" },
    { "same", "same", "same" },
    { "", "new", "{new}" },
    { "old", "", "[old]" },
    { "They came at night.", "They came at dawn.", "They came at [night]{dawn}." },
    { "one two three", "one three", "one [two ]three" },
    { "a\nb\nc\n", "a\nx\nc\n", "a\n[b]{x}\nc\n" },
    { "a\nc\n", "a\nb\nc\n", "a\n{b\n}c\n" },
    { "ตำรวจมาตอนเช้า", "ตำรวจมาตอนเย็น", "ตำรวจมาตอน[เช้า]{เย็น}" },
    { "ရဲများ လာသည်", "ရဲများ ပြန်သည်", "ရဲများ [လာ]{ပြန်}သည်" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = show (rows[i][0], rows[i][1]);

      g_assert_cmpstr (shown, ==, rows[i][2]);
    }
}

static void
assert_puts_together (const char *before,
                      const char *after)
{
  g_autoptr (GPtrArray) pieces = sak_text_compare (before, after);
  g_autoptr (GString) old_text = g_string_new (NULL);
  g_autoptr (GString) new_text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const SakTextPiece *piece = pieces->pdata[i];

      g_assert_cmpstr (piece->text, !=, "");
      if (piece->kind != SAK_TEXT_ADDED)
        g_string_append (old_text, piece->text);
      if (piece->kind != SAK_TEXT_REMOVED)
        g_string_append (new_text, piece->text);
    }
  g_assert_cmpstr (old_text->str, ==, before);
  g_assert_cmpstr (new_text->str, ==, after);
}

static char *
make_text (GRand *random,
           guint  n_letters)
{
  static const char *const letters[] = { "a", "b", " ", "\n", "က", "ိ", "္", "ខ", "្", "ไ", "é" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_letters; i++)
    g_string_append (text, letters[g_rand_int_range (random, 0, G_N_ELEMENTS (letters))]);
  return g_string_free (text, FALSE);
}

static void
pieces_put_together_are_the_texts (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *before = make_text (random, i % 40);
      g_autofree char *after = make_text (random, (i / 40) % 40);

      assert_puts_together (before, after);
    }
}

/* Two long testimonies with nothing in common cost bounded time and memory. */
static void
long_texts_end_in_time (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autofree char *before = make_text (random, 400000);
  g_autofree char *after = make_text (random, 400000);
  gint64 begun = g_get_monotonic_time ();

  assert_puts_together (before, after);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 60 * G_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/every-field-has-its-outcome", every_field_has_its_outcome);
  g_test_add_func ("/compare/what-needs-nobody-is-taken", what_needs_nobody_is_taken);
  g_test_add_func ("/compare/sides-beyond-the-deciding-are-only-shown", sides_beyond_the_deciding_are_only_shown);
  g_test_add_func ("/compare/where-nothing-can-be-merged-nothing-is-said-of-it",
                   where_nothing_can_be_merged_nothing_is_said_of_it);
  g_test_add_func ("/compare/texts-differ-by-word-and-line", texts_differ_by_word_and_line);
  g_test_add_func ("/compare/pieces-put-together-are-the-texts", pieces_put_together_are_the_texts);
  g_test_add_func ("/compare/long-texts-end-in-time", long_texts_end_in_time);
  return g_test_run ();
}
