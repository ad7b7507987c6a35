/* sak-place-list.c - lists of places that people load into a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The settings "place-piece/NAME", unit separator, number are the file as it came, in pieces
 * that fit into a page: SQLite copies a longer key and value with every comparison. The
 * setting "place-list/NAME" says how many bytes they are. The tables place_list, place and
 * place_name are made from them: a rescue need not know them, and what it brings without
 * them is made again before anything is looked for. place_name has every spelling folded, from
 * the beginning of each of its words on, so that one range of the index answers.
 */
#include "config.h"

#include "storage/sak-place-list.h"

#include "storage/model/sak-division.h"
#include "storage/sak-vault-private.h"

#include <math.h>
#include <string.h>

#define SETTING "place-list/"
#define PIECE "place-piece/"
#define PIECE_SIZE 1500
#define MAX_WORDS 4                     /* of a name, from which it is found */
#define MAX_LOOKED_AT 500               /* names, for one search */
#define SEPARATOR "\037"

void
sak_place_list_free (SakPlaceList *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

/* Making the rows */

static gboolean
add_name (SakVault    *self,
          gint64       place,
          const char  *name,
          GError     **error)
{
  const char *word = name;

  for (guint i = 0; i < MAX_WORDS && word != NULL; i++)
    {
      sak_autostmt statement = sak_db_prepare (self->db, "INSERT OR IGNORE INTO place_name (fold, place)"
                                               " VALUES (?1, ?2)");
      g_autofree char *folded = sak_place_fold (word);

      sak_db_bind_text (statement, 1, folded);
      sqlite3_bind_int64 (statement, 2, place);
      if (folded[0] != '\0' && !sak_db_run (self->db, statement, error))
        return FALSE;
      word = strchr (word, ' ');
      word = word != NULL ? word + 1 : NULL;
    }
  return TRUE;
}

static gboolean
add_names (SakVault           *self,
           gint64              place,
           const SakPlaceRow  *row,
           GError            **error)
{
  if (!add_name (self, place, row->name, error) || !add_name (self, place, row->code, error))
    return FALSE;
  for (guint i = 0; row->spellings != NULL && i < row->spellings->len; i++)
    if (!add_name (self, place, row->spellings->pdata[i], error))
      return FALSE;
  return TRUE;
}

static char *
join_spellings (const SakPlaceRow *row)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; row->spellings != NULL && i < row->spellings->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? SEPARATOR : "", (const char *) row->spellings->pdata[i]);
  return g_string_free (joined, FALSE);
}

static void
bind_degrees (sqlite3_stmt *statement,
              int           index,
              double        degrees)
{
  if (isnan (degrees))
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_double (statement, index, degrees);
}

static gboolean
add_place (SakVault           *self,
           gint64              list,
           gint64              first,
           gint64              number,
           const SakPlaceRow  *row,
           GError            **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "INSERT INTO place (rowid, list, parent, code, name, spellings,"
                                           " type, lat, lon) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  g_autofree char *spellings = join_spellings (row);

  sqlite3_bind_int64 (statement, 1, first + number);
  sqlite3_bind_int64 (statement, 2, list);
  if (row->parent >= 0)
    sqlite3_bind_int64 (statement, 3, first + row->parent);
  sak_db_bind_text (statement, 4, row->code);
  sak_db_bind_text (statement, 5, row->name);
  sak_db_bind_text (statement, 6, spellings);
  sak_db_bind_text (statement, 7, row->type);
  bind_degrees (statement, 8, row->lat);
  bind_degrees (statement, 9, row->lon);
  return sak_db_run (self->db, statement, error) && add_names (self, first + number, row, error);
}

/* Inside a transaction of the caller's. */
static gboolean
add_rows (SakVault             *self,
          const char           *name,
          const SakPlaceTable  *table,
          gsize                 size,
          GError              **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "INSERT INTO place_list (name, n_places, size)"
                                           " VALUES (?1, ?2, ?3)");
  gint64 list, first;

  sak_db_bind_text (statement, 1, name);
  sqlite3_bind_int64 (statement, 2, table->rows->len);
  sqlite3_bind_int64 (statement, 3, (gint64) size);
  if (!sak_db_run (self->db, statement, error))
    return FALSE;
  list = sqlite3_last_insert_rowid (sak_db_get_sqlite (self->db));
  if (!sak_db_get_number (self->db, sak_db_prepare (self->db, "SELECT coalesce (max (rowid), 0) + 1 FROM place"),
                          1, &first, error))
    return FALSE;
  for (guint i = 0; i < table->rows->len; i++)
    if (!add_place (self, list, first, i, &g_array_index (table->rows, SakPlaceRow, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
remove_rows (SakVault    *self,
             const char  *name,
             GError     **error)
{
  static const char *const deletions[] = {
    "DELETE FROM place_name WHERE place IN (SELECT place.rowid FROM place"
    " JOIN place_list ON place_list.rowid = place.list WHERE place_list.name = ?1)",
    "DELETE FROM place WHERE list = (SELECT rowid FROM place_list WHERE name = ?1)",
    "DELETE FROM place_list WHERE name = ?1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (deletions); i++)
    {
      sak_autostmt statement = sak_db_prepare (self->db, deletions[i]);

      sak_db_bind_text (statement, 1, name);
      if (!sak_db_run (self->db, statement, error))
        return FALSE;
    }
  return TRUE;
}

static char *
name_setting (const char *name)
{
  return g_strconcat (SETTING, name, NULL);
}

/* The file as it came */

static gboolean
store_source (SakVault    *self,
              const char  *name,
              const char  *text,
              gsize        size,
              GError     **error)
{
  g_autofree char *setting = name_setting (name);
  g_autofree char *said = g_strdup_printf ("%" G_GSIZE_FORMAT, size);

  for (gsize at = 0; at < size; at += PIECE_SIZE)
    {
      g_autofree char *piece = g_strdup_printf (PIECE "%s" SEPARATOR "%06" G_GSIZE_FORMAT, name, at / PIECE_SIZE);

      if (!sak_vault_set_setting (self, piece, text + at, MIN (PIECE_SIZE, size - at), error))
        return FALSE;
    }
  return sak_vault_set_setting (self, setting, said, strlen (said), error);
}

static void
bind_pieces (sqlite3_stmt *statement,
             const char   *name)
{
  g_autofree char *first = g_strconcat (PIECE, name, SEPARATOR, NULL);
  g_autofree char *behind = g_strconcat (PIECE, name, " ", NULL);       /* the character behind the separator */

  sak_db_bind_text (statement, 1, first);
  sak_db_bind_text (statement, 2, behind);
}

static gboolean
remove_source (SakVault    *self,
               const char  *name,
               GError     **error)
{
  g_autofree char *setting = name_setting (name);
  sak_autostmt statement = sak_db_prepare (self->db, "DELETE FROM setting WHERE name >= ?1 AND name < ?2");

  bind_pieces (statement, name);
  return sak_db_run (self->db, statement, error) && sak_vault_remove_setting (self, setting, error);
}

/* NULL without @error where pieces of it were lost to damage. */
static GBytes *
load_source (SakVault    *self,
             const char  *name,
             GError     **error)
{
  g_autofree char *setting = name_setting (name);
  g_autoptr (GBytes) said = sak_vault_get_setting (self, setting, error);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autofree char *size = NULL;
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (said == NULL)
    return NULL;
  size = g_strndup (g_bytes_get_data (said, NULL), g_bytes_get_size (said));
  statement = sak_db_prepare (self->db, "SELECT value FROM setting WHERE name >= ?1 AND name < ?2 ORDER BY name");
  bind_pieces (statement, name);
  for (;;)
    {
      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      g_byte_array_append (whole, sqlite3_column_blob (statement, 0), (guint) sqlite3_column_bytes (statement, 0));
    }
  return g_ascii_strtoull (size, NULL, 10) == whole->len ? g_byte_array_free_to_bytes (g_steal_pointer (&whole)) : NULL;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (g_utf8_validate (name, -1, NULL) && name[0] != '\0' && g_utf8_strlen (name, -1) <= SAK_PLACE_LIST_MAX_NAME
      && strcspn (name, "\n\r\t" SEPARATOR) == strlen (name))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a list's name is one line of up to %d characters",
               SAK_PLACE_LIST_MAX_NAME);
  return FALSE;
}

/* The name of a list that came without its rows: out of a rescue, or from another program. */
static gboolean
find_missing (SakVault  *self,
              char     **ret_name,
              GError   **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "SELECT substr (name, 12) FROM setting"
                                           " WHERE name >= 'place-list/' AND name < 'place-list0'"
                                           " AND substr (name, 12) NOT IN (SELECT name FROM place_list) LIMIT 1");
  gboolean has_row = FALSE;

  *ret_name = NULL;
  if (!sak_db_step (self->db, statement, &has_row, error))
    return FALSE;
  if (has_row)
    *ret_name = sak_db_dup_text (statement, 0);
  return TRUE;
}

/* A list that damage took pieces of stays as one without places, to be loaded again. */
static gboolean
make_rows (SakVault    *self,
           const char  *name,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) source = load_source (self, name, &local_error);
  g_autoptr (SakPlaceTable) table = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (source != NULL)
    table = sak_place_table_parse (g_bytes_get_data (source, NULL), g_bytes_get_size (source), NULL);
  if (table == NULL)
    table = sak_place_table_parse ("name\n", 5, NULL);
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (add_rows (self, name, table, source != NULL ? g_bytes_get_size (source) : 0, error)
      && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

static gboolean
make_missing_rows (SakVault  *self,
                   GError   **error)
{
  for (;;)
    {
      g_autofree char *name = NULL;

      if (!find_missing (self, &name, error))
        return FALSE;
      if (name == NULL)
        return TRUE;
      if (!make_rows (self, name, error))
        return FALSE;
    }
}

/**
 * sak_vault_load_place_list:
 *
 * Durable when it returns. A list of the same name must be removed first.
 */
SakPlaceTable *
sak_vault_load_place_list (SakVault    *self,
                           const char  *name,
                           const char  *text,
                           gsize        size,
                           GError     **error)
{
  g_autofree char *setting = name_setting (name);
  g_autoptr (SakPlaceTable) table = NULL;
  g_autoptr (GBytes) there = NULL;

  if (!sak_vault_require_unlocked (self, error) || !check_name (name, error))
    return NULL;
  there = sak_vault_get_setting (self, setting, NULL);
  if (there != NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "there is a list of this name: place list remove");
      return NULL;
    }
  table = sak_place_table_parse (text, size, error);
  if (table == NULL || !sak_vault_begin (self, error))
    return NULL;
  if (store_source (self, name, text, size, error) && add_rows (self, name, table, size, error)
      && sak_vault_commit (self, error))
    return g_steal_pointer (&table);
  sak_vault_rollback (self);
  return NULL;
}

gboolean
sak_vault_remove_place_list (SakVault    *self,
                             const char  *name,
                             GError     **error)
{
  g_autofree char *setting = name_setting (name);
  g_autoptr (GBytes) there = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  there = sak_vault_get_setting (self, setting, NULL);
  if (there == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no list of this name");
      return FALSE;
    }
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (remove_source (self, name, error) && remove_rows (self, name, error)
      && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

GPtrArray *
sak_vault_list_place_lists (SakVault  *self,
                            GError   **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_place_list_free);
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error) || !make_missing_rows (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT name, n_places, size FROM place_list ORDER BY name");
  for (;;)
    {
      SakPlaceList *list;

      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&lists);
      list = g_new0 (SakPlaceList, 1);
      list->name = sak_db_dup_text (statement, 0);
      list->n_places = sqlite3_column_int64 (statement, 1);
      list->size = sqlite3_column_int64 (statement, 2);
      g_ptr_array_add (lists, list);
    }
}

char *
sak_vault_describe_place_list (SakVault    *self,
                               const char  *name,
                               GError     **error)
{
  g_autofree char *setting = name_setting (name);
  g_autoptr (GBytes) there = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (SakPlaceTable) table = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  there = sak_vault_get_setting (self, setting, NULL);
  if (there == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no list of this name");
      return NULL;
    }
  source = load_source (self, name, error);
  if (source == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "pieces of the list are missing: load it again");
      return NULL;
    }
  table = sak_place_table_parse (g_bytes_get_data (source, NULL), g_bytes_get_size (source), error);
  return table != NULL ? g_steal_pointer (&table->columns) : NULL;
}

/* Finding */

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
      g_auto (GStrv) spellings = g_strsplit (place.spellings, SEPARATOR, SAK_PLACE_MAX_SPELLINGS);
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
static GArray *
find_rows (SakVault    *self,
           const char  *folded,
           GError     **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
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
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      rowid = sqlite3_column_int64 (statement, 0);
      if (g_hash_table_add (seen, g_memdup2 (&rowid, sizeof rowid)))
        g_array_append_val (rows, rowid);
    }
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
  g_autofree char *folded = sak_place_fold (text);
  g_autoptr (GArray) rows = NULL;

  if (!sak_vault_require_unlocked (self, error) || !make_missing_rows (self, error))
    return NULL;
  if (folded[0] == '\0')
    return g_steal_pointer (&places);
  rows = find_rows (self, folded, error);
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
