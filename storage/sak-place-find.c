/* sak-place-find.c - places of the loaded lists, by the beginning of a name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-place-list.h"

#include "storage/model/sak-division.h"
#include "storage/sak-vault-private.h"

#include <math.h>
#include <string.h>

#define MAX_LOOKED_AT 500               /* names, for one search */

typedef struct
{
  gint64 parent;
  char *list;
  char *code;
  char *name;
  char *spellings;
  char *type;
  double lat, lon;
} Place;

static void
place_clear (Place *self)
{
  g_free (self->list);
  g_free (self->code);
  g_free (self->name);
  g_free (self->spellings);
  g_free (self->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static double
get_degrees (sqlite3_stmt *statement,
             int           column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? NAN : sqlite3_column_double (statement, column);
}

static gboolean
read_place (SakVault  *self,
            gint64     rowid,
            Place     *ret_place,
            GError   **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "SELECT parent, place_list.name, code, place.name, spellings,"
                                           " type, lat, lon FROM place JOIN place_list ON place_list.rowid = place.list"
                                           " WHERE place.rowid = ?1");
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, rowid);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a place's parent is missing");
      return FALSE;
    }
  ret_place->parent = sqlite3_column_int64 (statement, 0);
  ret_place->list = sak_db_dup_text (statement, 1);
  ret_place->code = sak_db_dup_text (statement, 2);
  ret_place->name = sak_db_dup_text (statement, 3);
  ret_place->spellings = sak_db_dup_text (statement, 4);
  ret_place->type = sak_db_dup_text (statement, 5);
  ret_place->lat = get_degrees (statement, 6);
  ret_place->lon = get_degrees (statement, 7);
  return TRUE;
}

static void
set_code (json_t     *object,
          const char *code)
{
  if (code[0] != '\0')
    json_object_set_new (object, "code", json_string (code));
}

/* P-codes begin with the country's. */
static void
set_country (json_t     *value,
             const char *code)
{
  g_autofree char *letters = g_strndup (code, 2);

  if (sak_country_exists (letters))
    json_object_set_new (value, "country", json_string (letters));
}

static void
set_region (json_t      *value,
            const Place *region)
{
  const SakDivision *division;

  json_object_set_new (value, "region", json_string (region->name));
  set_country (value, region->code);
  division = sak_division_find_named (sak_json_get_text (value, "country"), region->name);
  if (division != NULL)
    {
      g_autofree char *country = g_strndup (division->code, 2);

      json_object_set_new (value, "region_code", json_string (division->code));
      json_object_set_new (value, "country", json_string (country));
    }
}

/* What it lies in, the larger first; what is of the level of a province is the region. */
static gboolean
add_parents (SakVault    *self,
             json_t      *value,
             const Place *place,
             GError     **error)
{
  g_autoptr (json_t) parents = json_array ();
  gint64 above = place->parent;

  for (guint depth = 0; above != 0 && depth < SAK_PLACE_MAX_PARENTS; depth++)
    {
      g_auto (Place) parent = { 0 };
      SakPlaceLevel level;

      if (!read_place (self, above, &parent, error))
        return FALSE;
      above = parent.parent;
      if (sak_place_get_type_level (parent.type, &level) && level == SAK_PLACE_PROVINCE)
        set_region (value, &parent);
      else
        {
          json_t *object = json_pack ("{s:s, s:s}", "name", parent.name, "type", parent.type);

          set_code (object, parent.code);
          json_array_insert_new (parents, 0, object);
        }
    }
  if (json_array_size (parents) > 0)
    json_object_set (value, "parents", parents);
  return TRUE;
}

/* What a list gives is the middle of a place, and right within about the place. */
static void
add_point (json_t      *value,
           const Place *place)
{
  static const int metres[] = { 500000, 100000, 50000, 20000, 2000, 1000 };
  SakPlaceLevel level = SAK_PLACE_EXACT;

  if (isnan (place->lat) || isnan (place->lon))
    return;
  (void) sak_place_get_type_level (place->type, &level);
  json_object_set_new (value, "point", json_pack ("{s:f, s:f, s:i}", "lat", place->lat, "lon", place->lon,
                                                  "precision_m", metres[level]));
}

static json_t *
make_value (SakVault  *self,
            gint64     rowid,
            GError   **error)
{
  g_auto (Place) place = { 0 };
  g_autoptr (json_t) value = NULL;
  SakPlaceLevel level = SAK_PLACE_EXACT;

  if (!read_place (self, rowid, &place, error))
    return NULL;
  (void) sak_place_get_type_level (place.type, &level);
  value = json_pack ("{s:s, s:s, s:s, s:s}", "name", place.name, "type", place.type, "list", place.list,
                     "precision", sak_place_precision_codes[level]);
  set_code (value, place.code);
  set_country (value, place.code);
  if (level == SAK_PLACE_PROVINCE)
    set_region (value, &place);
  if (place.spellings[0] != '\0')
    {
      g_auto (GStrv) spellings = g_strsplit (place.spellings, SAK_PLACE_LIST_SEPARATOR, SAK_PLACE_MAX_SPELLINGS);
      json_t *array = json_array ();

      for (gsize i = 0; spellings[i] != NULL; i++)
        json_array_append_new (array, json_string (spellings[i]));
      json_object_set_new (value, "spellings", array);
    }
  add_point (value, &place);
  return add_parents (self, value, &place, error) ? g_steal_pointer (&value) : NULL;
}

static gboolean
is_in_country (const json_t *value,
               const char   *country)
{
  const char *its = sak_json_get_text (value, "country");

  return country == NULL || its == NULL || g_str_equal (its, country);
}

/* Rows whose folded names begin so, in their order: what is exactly so comes first. */
static gboolean
find_rows (SakVault    *self,
           const char  *folded,
           GHashTable  *seen,
           GArray      *rows,
           GError     **error)
{
  g_autofree char *behind = g_strconcat (folded, "\364\217\277\277", NULL);
  sak_autostmt statement = sak_db_prepare (self->db, "SELECT place FROM place_name WHERE fold >= ?1 AND fold < ?2"
                                           " ORDER BY fold LIMIT ?3");
  gboolean has_row = FALSE;

  sak_db_bind_text (statement, 1, folded);
  sak_db_bind_text (statement, 2, behind);
  sqlite3_bind_int (statement, 3, MAX_LOOKED_AT);
  for (;;)
    {
      gint64 rowid;

      if (!sak_db_step (self->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      rowid = sqlite3_column_int64 (statement, 0);
      if (g_hash_table_add (seen, g_memdup2 (&rowid, sizeof rowid)))
        g_array_append_val (rows, rowid);
    }
}

/* As it is typed, and without its hyphens. */
static GArray *
find_all_rows (SakVault    *self,
               const char  *text,
               GError     **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *folded = sak_place_fold (text);
  g_autofree char *joined = sak_place_fold_hyphens (text);

  if ((folded[0] != '\0' && !find_rows (self, folded, seen, rows, error)) ||
      (joined != NULL && joined[0] != '\0' && !find_rows (self, joined, seen, rows, error)))
    return NULL;
  return g_steal_pointer (&rows);
}

/**
 * sak_vault_find_places:
 * @text: the beginning of a name, of one of its words, or of a code, in any spelling
 * @country: (nullable): only of this one
 *
 * Returns: (transfer full): json_t, as sak_place_check() takes them; at most @most
 */
GPtrArray *
sak_vault_find_places (SakVault    *self,
                       const char  *text,
                       const char  *country,
                       guint        most,
                       GError     **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func ((GDestroyNotify) json_decref);
  g_autoptr (GArray) rows = NULL;

  if (!sak_vault_require_unlocked (self, error) || !sak_vault_make_place_rows (self, error))
    return NULL;
  rows = find_all_rows (self, text, error);
  for (guint i = 0; rows != NULL && i < rows->len && places->len < most; i++)
    {
      json_t *value = make_value (self, g_array_index (rows, gint64, i), error);

      if (value == NULL)
        return NULL;
      if (is_in_country (value, country))
        g_ptr_array_add (places, value);
      else
        json_decref (value);
    }
  return rows != NULL ? g_steal_pointer (&places) : NULL;
}
