/* test-place-table.c - tables of places, from the agencies and from those who mean harm
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-csv.h"
#include "storage/model/sak-place-table.h"

#include <math.h>
#include <string.h>

static SakPlaceTable *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SakPlaceTable *table = sak_place_table_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return table;
}

static void
assert_refused (const char *text,
                gsize       size,
                int         code,
                const char *words)
{
  g_autoptr (GError) error = NULL;
  SakPlaceTable *table = sak_place_table_parse (text, size, &error);

  g_assert_null (table);
  g_assert_error (error, SAK_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" has no \"%s\"", error->message, words);
}

static const SakPlaceRow *
get_row (const SakPlaceTable *table,
         guint                number)
{
  g_assert_cmpuint (number, <, table->rows->len);
  return &g_array_index (table->rows, SakPlaceRow, number);
}

static void
rows_are_read_with_quotes_and_any_line_end (void)
{
  static const char text[] = "\357\273\277a;\"b;\"\"c\"\"\";d\r\n\"x\ny\" ; z ;\rlast\n\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;
  SakCsv csv;

  g_assert_true (sak_csv_open (&csv, text, sizeof text - 1, &error));
  g_assert_cmpint (csv.delimiter, ==, ';');
  first = sak_csv_read_row (&csv, &error);
  g_assert_cmpuint (first->len, ==, 3);
  g_assert_cmpstr (first->pdata[1], ==, "b;\"c\"");
  second = sak_csv_read_row (&csv, &error);
  g_assert_cmpuint (second->len, ==, 3);
  g_assert_cmpstr (second->pdata[0], ==, "x\ny");
  g_assert_cmpstr (second->pdata[1], ==, "z");
  third = sak_csv_read_row (&csv, &error);
  g_assert_cmpuint (csv.line, ==, 4);
  g_assert_cmpstr (third->pdata[0], ==, "last");
  g_assert_null (sak_csv_read_row (&csv, &error));
  g_assert_no_error (error);
}

static void
headings_are_known (void)
{
  static const struct { const char *heading; SakColumnRole role; guint level; } headings[] = {
    { "admin1Name_en", SAK_COLUMN_NAME, 1 }, { "admin1Pcode", SAK_COLUMN_CODE, 1 }, { "ADM2_EN", SAK_COLUMN_NAME, 2 },
    { "ADM2_PCODE", SAK_COLUMN_CODE, 2 }, { "ADM3_MY", SAK_COLUMN_SPELLING, 3 },
    { "admin2AltName1_en", SAK_COLUMN_SPELLING, 2 }, { "admin1RefName_en", SAK_COLUMN_SPELLING, 1 },
    { "SR_Pcode", SAK_COLUMN_CODE, 1 }, { "SR_Name_Eng", SAK_COLUMN_NAME, 1 },
    { "District/SAZ_Pcode", SAK_COLUMN_CODE, 2 }, { "Tsp_Pcode", SAK_COLUMN_CODE, 3 },
    { "Township_Name_MMR", SAK_COLUMN_SPELLING, 3 }, { "Village_Tract_Name_Eng", SAK_COLUMN_NAME, 4 },
    { "Village_Name_Eng", SAK_COLUMN_NAME, 5 }, { "Village_Pcode", SAK_COLUMN_CODE, 5 },
    { "Latitude", SAK_COLUMN_LAT, 0 }, { "lon", SAK_COLUMN_LON, 0 }, { "Name", SAK_COLUMN_NAME, 0 },
    { "parent_pcode", SAK_COLUMN_PARENT, 0 }, { "name_th", SAK_COLUMN_SPELLING, 0 }, { "Province", SAK_COLUMN_NAME, 1 },
    { "Commune", SAK_COLUMN_NAME, 3 }, { "Tambon", SAK_COLUMN_NAME, 3 }, { "province_code", SAK_COLUMN_CODE, 1 },
    { "ADM0_EN", SAK_COLUMN_IGNORED, 0 }, { "Shape_Length", SAK_COLUMN_IGNORED, 0 }, { "date", SAK_COLUMN_IGNORED, 0 },
    { "", SAK_COLUMN_IGNORED, 0 }, { "ADM1_TYPE", SAK_COLUMN_IGNORED, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      SakColumn column = sak_place_table_read_heading (headings[i].heading);

      if (column.role != headings[i].role || (column.role != SAK_COLUMN_IGNORED && column.level != headings[i].level))
        g_error ("%s: role %d, level %u", headings[i].heading, column.role, column.level);
    }
}

static const char wide[] =
  "ADM0_EN,ADM1_EN,ADM1_MY,ADM1_PCODE,ADM2_EN,ADM2_PCODE,ADM3_EN,ADM3_PCODE,lat,lon\n"
  "Myanmar,Kachin,ကချင်,MMR001,Myitkyina,MMR001D001,Myitkyina,MMR001001,25.38,97.39\n"
  "Myanmar,Kachin,ကချင်,MMR001,Myitkyina,MMR001D001,Waingmaw,MMR001002,25.35,97.43\n"
  "Myanmar,Kayin,ကရင်,MMR003,Hpa-An,MMR003D001,Hpa-An,MMR003001,,\n"
  "Myanmar,Kayin,ကရင်,MMR003,Hpa-An,MMR003D001,Hpa-An,MMR003001,,\n";

static void
a_line_for_the_smallest_makes_all_above_it (void)
{
  g_autoptr (SakPlaceTable) table = parse (wide);

  g_assert_cmpuint (table->rows->len, ==, 7);
  g_assert_cmpuint (table->n_lines, ==, 4);
  g_assert_cmpuint (table->n_repeated, ==, 1);
  g_assert_cmpuint (table->n_refused, ==, 0);
  g_assert_cmpstr (get_row (table, 0)->name, ==, "Kachin");
  g_assert_cmpstr (get_row (table, 0)->type, ==, "province");
  g_assert_cmpstr (get_row (table, 0)->spellings->pdata[0], ==, "ကချင်");
  g_assert_cmpint (get_row (table, 3)->parent, ==, 1);
  g_assert_cmpstr (get_row (table, 3)->name, ==, "Waingmaw");
  g_assert_cmpstr (get_row (table, 3)->type, ==, "township");
  g_assert_cmpfloat (get_row (table, 3)->lat, ==, 25.35);
  g_assert_true (isnan (get_row (table, 6)->lat));
  g_assert_nonnull (strstr (table->columns, "ADM1_MY\tspelling\tprovince\n"));
  g_assert_nonnull (strstr (table->columns, "ADM0_EN\t-\t\n"));
}

static void
a_line_for_each_names_its_parent (void)
{
  g_autoptr (SakPlaceTable) table = parse ("code;name;type;parent;spellings\n"
                                           "B1;Ban Nong;village;A1;บ้านหนอง|Ban Nhong\n"
                                           "A1;Mae Sot;district;;\nB2;Ban Dong;village;nowhere;\n");

  g_assert_cmpuint (table->rows->len, ==, 3);
  g_assert_cmpint (get_row (table, 0)->parent, ==, 1);
  g_assert_cmpint (get_row (table, 1)->parent, ==, -1);
  g_assert_cmpint (get_row (table, 2)->parent, ==, -1);
  g_assert_cmpuint (get_row (table, 0)->spellings->len, ==, 2);
  g_assert_cmpstr (get_row (table, 0)->type, ==, "village");
}

/* Two villages of one name in one province, and none with a code. */
static void
without_codes_a_place_is_its_name_where_it_lies (void)
{
  g_autoptr (SakPlaceTable) table = parse ("Province,District,Village\nA,B,V\nA,C,V\nA,B,V\n");

  g_assert_cmpuint (table->rows->len, ==, 5);
  g_assert_cmpuint (table->n_repeated, ==, 1);
}

static void
circles_are_refused (void)
{
  static const char round[] = "code,name,parent\nA,a,C\nB,b,A\nC,c,B\n";
  static const char self[] = "code,name,parent\nA,a,A\n";
  static const char levels[] = "ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE\nx,SAME,y,SAME\n";

  assert_refused (round, sizeof round - 1, SAK_ERROR_INVALID, "lies in itself");
  assert_refused (self, sizeof self - 1, SAK_ERROR_INVALID, "lies in itself");
  assert_refused (levels, sizeof levels - 1, SAK_ERROR_INVALID, "Line 2");
}

/* What a spreadsheet would run is no name of a place, and no code. */
static void
formulas_are_no_places (void)
{
  g_autoptr (SakPlaceTable) table = parse ("name,code\n=cmd|' /C calc'!A0,A1\n+1+1,A2\n@SUM(1),A3\nGood,A4\n"
                                           "Bad code,=1\n,A5\n\"two\nlines\",A6\n");

  g_assert_cmpuint (table->rows->len, ==, 1);
  g_assert_cmpuint (table->n_refused, ==, 6);
  g_assert_cmpstr (get_row (table, 0)->name, ==, "Good");
}

static void
what_is_no_table_is_refused (void)
{
  static const char nul[] = "name\na\0b\n";
  static const char latin[] = "name\nM\xfcnchen\n";
  static const char open_quote[] = "name,code\n\"a,b\nc\n";

  assert_refused (nul, sizeof nul - 1, SAK_ERROR_INVALID, "UTF-8");
  assert_refused (latin, sizeof latin - 1, SAK_ERROR_INVALID, "UTF-8");
  assert_refused (open_quote, sizeof open_quote - 1, SAK_ERROR_INVALID, "Line 2");
  assert_refused ("", 0, SAK_ERROR_INVALID, "empty");
  assert_refused ("a,b,c\n1,2,3\n", 12, SAK_ERROR_INVALID, "no column");
}

static void
endless_lines_and_columns_are_refused (void)
{
  g_autofree char *letters = g_strnfill (10000000, 'a');
  g_autofree char *commas = g_strnfill (1000000, ',');
  g_autofree char *quotes = g_strnfill (1000001, '"');
  g_autofree char *long_line = g_strconcat ("name\n", letters, "\n", NULL);
  g_autofree char *wide_line = g_strconcat ("name\n", commas, "\n", NULL);
  g_autofree char *quoted = g_strconcat ("name\n", quotes, "\n", NULL);

  assert_refused (long_line, strlen (long_line), SAK_ERROR_TOO_LARGE, "Line 2");
  assert_refused (wide_line, strlen (wide_line), SAK_ERROR_TOO_LARGE, "too many columns");
  assert_refused (quoted, strlen (quoted), SAK_ERROR_TOO_LARGE, "Line 2");
  assert_refused (letters, SAK_PLACE_TABLE_MAX_SIZE + 1, SAK_ERROR_TOO_LARGE, "48 MiB");
}

static void
garbled_tables_are_refused_or_make_places (void)
{
  static const char letters[] = ",;\"\n\r\t=A1\xe1\xff ";

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup (wide);
      g_autoptr (SakPlaceTable) table = NULL;
      g_autoptr (GError) error = NULL;

      for (int n = g_test_rand_int_range (1, 8); n > 0; n--)
        text[g_test_rand_int_range (0, sizeof wide - 1)] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      table = sak_place_table_parse (text, sizeof wide - 1, &error);
      g_assert_true ((table == NULL) == (error != NULL));
      for (guint row = 0; table != NULL && row < table->rows->len; row++)
        {
          g_assert_true (g_utf8_validate (get_row (table, row)->name, -1, NULL));
          g_assert_cmpint (get_row (table, row)->parent, <, (int) table->rows->len);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place-table/rows-are-read-with-quotes-and-any-line-end",
                   rows_are_read_with_quotes_and_any_line_end);
  g_test_add_func ("/place-table/headings-are-known", headings_are_known);
  g_test_add_func ("/place-table/a-line-for-the-smallest-makes-all-above-it",
                   a_line_for_the_smallest_makes_all_above_it);
  g_test_add_func ("/place-table/a-line-for-each-names-its-parent", a_line_for_each_names_its_parent);
  g_test_add_func ("/place-table/without-codes-a-place-is-its-name-where-it-lies",
                   without_codes_a_place_is_its_name_where_it_lies);
  g_test_add_func ("/place-table/circles-are-refused", circles_are_refused);
  g_test_add_func ("/place-table/formulas-are-no-places", formulas_are_no_places);
  g_test_add_func ("/place-table/what-is-no-table-is-refused", what_is_no_table_is_refused);
  g_test_add_func ("/place-table/endless-lines-and-columns-are-refused", endless_lines_and_columns_are_refused);
  g_test_add_func ("/place-table/garbled-tables-are-refused-or-make-places",
                   garbled_tables_are_refused_or_make_places);
  return g_test_run ();
}
