/* sak-place-columns.c - what a column of a place list is, by its heading
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Known are the headings of OCHA's common datasets on HDX (ADM2_EN, admin2Pcode), of MIMU
 * (SR_Pcode, Township_Name_MMR), of the five countries' own words, and plain ones (name,
 * code, parent). A heading counts by its letters and digits alone.
 */
#include "config.h"

#include "storage/model/sak-place-table.h"

#include <string.h>

/* The longest that fits counts, so "village" comes behind "villagetract" in no order. */
static const struct
{
  const char *word;
  guint level;
  const char *type;
} divisions[] = {
  { "sr", 1, "province" }, { "stateregion", 1, "province" }, { "state", 1, "state" }, { "region", 1, "region" },
  { "province", 1, "province" }, { "prov", 1, "province" }, { "changwat", 1, "province" },
  { "adm1", 1, "province" }, { "admin1", 1, "province" },
  { "districtsaz", 2, "district" }, { "district", 2, "district" }, { "dt", 2, "district" },
  { "amphoe", 2, "district" }, { "srok", 2, "district" }, { "muang", 2, "district" }, { "huyen", 2, "district" },
  { "adm2", 2, "district" }, { "admin2", 2, "district" },
  { "township", 3, "township" }, { "tsp", 3, "township" }, { "ts", 3, "township" }, { "commune", 3, "commune" },
  { "khum", 3, "commune" }, { "tambon", 3, "tambon" }, { "subdistrict", 3, "subdistrict" }, { "xa", 3, "commune" },
  { "adm3", 3, "township" }, { "admin3", 3, "township" },
  { "town", 4, "town" }, { "villagetract", 4, "village-tract" }, { "vt", 4, "village-tract" },
  { "adm4", 4, "village-tract" }, { "admin4", 4, "village-tract" },
  { "ward", 5, "ward" }, { "village", 5, "village" }, { "vill", 5, "village" }, { "phum", 5, "village" },
  { "adm5", 5, "village" }, { "admin5", 5, "village" },
};

static const struct
{
  const char *heading;
  SakColumnRole role;
} plain[] = {
  { "name", SAK_COLUMN_NAME }, { "placename", SAK_COLUMN_NAME }, { "nameen", SAK_COLUMN_NAME },
  { "nameeng", SAK_COLUMN_NAME },
  { "pcode", SAK_COLUMN_CODE }, { "code", SAK_COLUMN_CODE }, { "id", SAK_COLUMN_CODE },
  { "placecode", SAK_COLUMN_CODE },
  { "parent", SAK_COLUMN_PARENT }, { "parentcode", SAK_COLUMN_PARENT }, { "parentpcode", SAK_COLUMN_PARENT },
  { "type", SAK_COLUMN_TYPE }, { "placetype", SAK_COLUMN_TYPE },
  { "lat", SAK_COLUMN_LAT }, { "latitude", SAK_COLUMN_LAT }, { "y", SAK_COLUMN_LAT },
  { "lon", SAK_COLUMN_LON }, { "long", SAK_COLUMN_LON }, { "lng", SAK_COLUMN_LON }, { "longitude", SAK_COLUMN_LON },
  { "x", SAK_COLUMN_LON },
  { "alt", SAK_COLUMN_SPELLING }, { "altname", SAK_COLUMN_SPELLING }, { "alternative", SAK_COLUMN_SPELLING },
  { "alternativenames", SAK_COLUMN_SPELLING }, { "alternatename", SAK_COLUMN_SPELLING },
  { "spellings", SAK_COLUMN_SPELLING }, { "othernames", SAK_COLUMN_SPELLING }, { "alias", SAK_COLUMN_SPELLING },
};

static char *
squeeze (const char *heading)
{
  GString *plain_heading = g_string_new (NULL);

  for (const char *p = heading; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (plain_heading, g_ascii_tolower (*p));
  return g_string_free (plain_heading, FALSE);
}

/* "pcode" "nameeng" "en" "namemmr" "altname1en" "ref": behind what names the level. */
static SakColumnRole
read_ending (const char *ending)
{
  static const char *const ignored[] = { "type", "date", "valid", "area", "shape", "pop", "note", "source", NULL };
  static const char *const others[] = { "alt", "ref", "other", NULL };
  static const char *const languages[] = { "my", "mm", "mmr", "th", "km", "kh", "lo", "la", "vi", "vn", "loc", NULL };

  for (gsize i = 0; ignored[i] != NULL; i++)
    if (g_str_has_prefix (ending, ignored[i]))
      return SAK_COLUMN_IGNORED;
  if (g_str_has_prefix (ending, "pcod") || g_str_has_prefix (ending, "code") || g_str_equal (ending, "id"))
    return SAK_COLUMN_CODE;
  for (gsize i = 0; others[i] != NULL; i++)
    if (g_str_has_prefix (ending, others[i]))
      return SAK_COLUMN_SPELLING;
  if (g_str_has_prefix (ending, "name"))
    ending += strlen ("name");
  if (ending[0] == '\0' || g_str_equal (ending, "en") || g_str_equal (ending, "eng"))
    return SAK_COLUMN_NAME;
  for (gsize i = 0; languages[i] != NULL; i++)
    if (g_str_equal (ending, languages[i]))
      return SAK_COLUMN_SPELLING;
  return SAK_COLUMN_IGNORED;
}

SakColumn
sak_place_table_read_heading (const char *heading)
{
  g_autofree char *squeezed = squeeze (heading);
  SakColumn column = { SAK_COLUMN_IGNORED, 0, NULL };
  gsize longest = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (squeezed, plain[i].heading))
      {
        column.role = plain[i].role;
        return column;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (divisions); i++)
    {
      gsize size = strlen (divisions[i].word);
      SakColumnRole role;

      if (size <= longest || !g_str_has_prefix (squeezed, divisions[i].word))
        continue;
      role = read_ending (squeezed + size);
      if (role == SAK_COLUMN_IGNORED)
        continue;
      column.role = role;
      column.level = divisions[i].level;
      column.type = divisions[i].type;
      longest = size;
    }
  if (longest == 0 && g_str_has_prefix (squeezed, "name") && read_ending (squeezed) == SAK_COLUMN_SPELLING)
    column.role = SAK_COLUMN_SPELLING;
  return column;
}
