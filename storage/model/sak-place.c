/* sak-place.c - kinds of places, and what remains of one when only so much may leave
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Coarsening keeps what is known to be no finer than the level, and nothing else: a name
 * whose level cannot be told goes, and so does every member that this program does not
 * know.
 */
#include "config.h"

#include "storage/model/sak-place.h"

#include "storage/model/sak-division.h"
#include "storage/model/sak-fold.h"

#include <string.h>

#define MAX_TYPES 40

static const struct
{
  const char *code;
  SakPlaceLevel level;
} types[] = {
  { "country", SAK_PLACE_COUNTRY },
  { "state", SAK_PLACE_PROVINCE }, { "region", SAK_PLACE_PROVINCE }, { "province", SAK_PLACE_PROVINCE },
  { "municipality", SAK_PLACE_PROVINCE }, { "prefecture", SAK_PLACE_PROVINCE },
  { "union-territory", SAK_PLACE_PROVINCE },
  { "district", SAK_PLACE_DISTRICT }, { "city", SAK_PLACE_DISTRICT }, { "self-administered", SAK_PLACE_DISTRICT },
  { "township", SAK_PLACE_TOWNSHIP }, { "subdistrict", SAK_PLACE_TOWNSHIP }, { "tambon", SAK_PLACE_TOWNSHIP },
  { "commune", SAK_PLACE_TOWNSHIP }, { "town", SAK_PLACE_TOWNSHIP }, { "village-tract", SAK_PLACE_TOWNSHIP },
  { "ward", SAK_PLACE_VILLAGE }, { "village", SAK_PLACE_VILLAGE }, { "quarter", SAK_PLACE_VILLAGE },
  { "camp", SAK_PLACE_VILLAGE }, { "island", SAK_PLACE_VILLAGE },
  { "workplace", SAK_PLACE_EXACT }, { "place-of-detention", SAK_PLACE_EXACT }, { "address", SAK_PLACE_EXACT },
  { "road", SAK_PLACE_EXACT }, { "river", SAK_PLACE_EXACT }, { "border-crossing", SAK_PLACE_EXACT },
  { "at-sea", SAK_PLACE_EXACT }, { "other", SAK_PLACE_EXACT },
};

G_STATIC_ASSERT (G_N_ELEMENTS (types) < MAX_TYPES);

/* A point leaves with a level only where it says no more than the level does. */
static const double least_precision_m[] = {
  [SAK_PLACE_COUNTRY] = 1000000, [SAK_PLACE_PROVINCE] = 200000, [SAK_PLACE_DISTRICT] = 50000,
  [SAK_PLACE_TOWNSHIP] = 20000, [SAK_PLACE_VILLAGE] = 2000, [SAK_PLACE_EXACT] = 0,
};

const char *const *
sak_place_get_types (void)
{
  static const char *codes[MAX_TYPES];
  static gsize is_filled;

  if (g_once_init_enter (&is_filled))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
        codes[i] = types[i].code;
      g_once_init_leave (&is_filled, 1);
    }
  return codes;
}

gboolean
sak_place_get_type_level (const char    *type,
                          SakPlaceLevel *ret_level)
{
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].code, type))
      {
        *ret_level = types[i].level;
        return TRUE;
      }
  return FALSE;
}

gboolean
sak_place_parse_level (const char    *code,
                       SakPlaceLevel *ret_level)
{
  for (int i = 0; code != NULL && sak_place_precision_codes[i] != NULL; i++)
    if (g_str_equal (sak_place_precision_codes[i], code))
      {
        *ret_level = (SakPlaceLevel) i;
        return TRUE;
      }
  return FALSE;
}

/* Of what its type and its precision say, the finer: who chose "village" and typed a street meant the street. */
gboolean
sak_place_get_level (const json_t  *place,
                     SakPlaceLevel *ret_level)
{
  SakPlaceLevel of_type = SAK_PLACE_COUNTRY, of_precision = SAK_PLACE_COUNTRY;
  gboolean has_type = sak_place_get_type_level (sak_json_get_text (place, "type"), &of_type);
  gboolean has_precision = sak_place_parse_level (sak_json_get_text (place, "precision"), &of_precision);

  *ret_level = MAX (of_type, of_precision);
  return has_type || has_precision;
}

static void
keep (json_t       *kept,
      const json_t *place,
      const char   *member)
{
  json_t *value = json_object_get (place, member);

  if (value != NULL)
    json_object_set_new (kept, member, json_deep_copy (value));
}

/* The parents that are no finer, and the finest of them. */
static json_t *
coarsen_parents (const json_t   *place,
                 SakPlaceLevel   level,
                 const json_t  **ret_finest)
{
  json_t *kept = json_array ();
  SakPlaceLevel finest = SAK_PLACE_COUNTRY;
  json_t *parent;
  gsize i;

  *ret_finest = NULL;
  json_array_foreach (json_object_get (place, "parents"), i, parent)
    {
      SakPlaceLevel its;

      if (!sak_place_get_type_level (sak_json_get_text (parent, "type"), &its) || its > level)
        continue;
      json_array_append_new (kept, json_deep_copy (parent));
      if (*ret_finest == NULL || its >= finest)
        {
          *ret_finest = parent;
          finest = its;
        }
    }
  return kept;
}

static gboolean
is_point_coarse (const json_t  *place,
                 SakPlaceLevel  level)
{
  const json_t *point = json_object_get (place, "point");

  return point != NULL
         && json_number_value (json_object_get (point, "precision_m")) >= least_precision_m[level];
}

/* What the place is called when its own name may not be told. */
static void
name_after (json_t       *kept,
            const json_t *place,
            const json_t *parent,
            SakPlaceLevel level)
{
  const char *region = level >= SAK_PLACE_PROVINCE ? sak_json_get_text (place, "region") : NULL;
  g_autofree char *country = sak_country_dup_name (sak_json_get_text (place, "country"), "en");

  if (parent != NULL)
    {
      keep (kept, parent, "name");
      keep (kept, parent, "type");
      keep (kept, parent, "code");
    }
  else
    json_object_set_new (kept, "name", json_string (region != NULL ? region : country != NULL ? country : ""));
}

/**
 * sak_place_coarsen:
 * @place: valid
 * @level: the finest that may be told
 *
 * A pure function. What remains is a valid place and reveals nothing finer than @level; its
 * name is "" where nothing may be said at all.
 *
 * Returns: (transfer full): a new place
 */
json_t *
sak_place_coarsen (const json_t  *place,
                   SakPlaceLevel  level)
{
  json_t *kept = json_object ();
  const json_t *finest;
  SakPlaceLevel its;
  gboolean keeps_name = level == SAK_PLACE_EXACT || (sak_place_get_level (place, &its) && its <= level);
  json_t *parents = coarsen_parents (place, level, &finest);

  keep (kept, place, "country");
  if (level >= SAK_PLACE_PROVINCE)
    {
      keep (kept, place, "region");
      keep (kept, place, "region_code");
    }
  if (keeps_name)
    {
      static const char *const own[] = { "name", "type", "code", "list", "spellings", "precision" };

      for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
        keep (kept, place, own[i]);
    }
  else
    {
      name_after (kept, place, finest, level);
      json_object_set_new (kept, "precision", json_string (sak_place_precision_codes[level]));
    }
  if (json_array_size (parents) > 0)
    json_object_set (kept, "parents", parents);
  if (is_point_coarse (place, level))
    keep (kept, place, "point");
  json_decref (parents);
  return kept;
}

char *
sak_place_fold (const char *text)
{
  g_autofree char *folded = sak_fold_text (text);
  GString *joined = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p++)
    if (!g_ascii_isspace (*p) && (guchar) *p >= ' ')
      g_string_append_c (joined, *p);
  return g_string_free (joined, FALSE);
}

/* "Mae-Sot" as "Mae Sot" is folded; NULL where there is no hyphen. */
char *
sak_place_fold_hyphens (const char *text)
{
  g_autofree char *folded = sak_place_fold (text);
  GString *joined;

  if (strchr (folded, '-') == NULL)
    return NULL;
  joined = g_string_new (folded);
  (void) g_string_replace (joined, "-", "", 0);
  return g_string_free (joined, FALSE);
}
