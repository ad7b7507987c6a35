/* sak-place-table.c - a list of places as the mapping agencies publish them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two shapes are read: a line for each smallest place, with columns for everything that it
 * lies in; and a line for each place, with the code of its parent. A place is known by its
 * code, and without one by its name and its parent. What looks like a spreadsheet's formula
 * is no name.
 */
#include "config.h"

#include "storage/model/sak-place-table.h"

#include "storage/model/sak-csv.h"

#include <math.h>
#include <string.h>

typedef struct
{
  SakPlaceTable *table;
  GArray *columns;              /* SakColumn */
  GHashTable *known;            /* code, or parent and name → number + 1 */
  GPtrArray *parent_codes;      /* of each row: what a "parent" column says, or NULL */
  SakCsv csv;
} Parser;

static void
row_clear (gpointer row)
{
  SakPlaceRow *self = row;

  g_free (self->code);
  g_free (self->name);
  g_clear_pointer (&self->spellings, g_ptr_array_unref);
}

void
sak_place_table_free (SakPlaceTable *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->rows);
  g_free (self->columns);
  g_free (self);
}

static void
parser_clear (Parser *self)
{
  sak_place_table_free (self->table);
  g_array_unref (self->columns);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->parent_codes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parser, parser_clear)

static gboolean
refuse (Parser      *self,
        int          code,
        const char  *what,
        GError     **error)
{
  g_set_error (error, SAK_ERROR, code, "Line %u: %s", self->csv.line, what);
  return FALSE;
}

/* Headings */

static const char *
name_role (SakColumnRole role)
{
  static const char *const names[] = { "-", "name", "spelling", "code", "parent", "type", "lat", "lon" };

  return names[role];
}

static gboolean
read_headings (Parser  *self,
               GError **error)
{
  g_autoptr (GPtrArray) row = sak_csv_read_row (&self->csv, error);
  g_autoptr (GString) columns = g_string_new (NULL);
  gboolean has_name = FALSE;

  if (row == NULL)
    return (error != NULL && *error != NULL) ? FALSE : refuse (self, SAK_ERROR_INVALID, "the table is empty", error);
  for (guint i = 0; i < row->len; i++)
    {
      SakColumn column = sak_place_table_read_heading (row->pdata[i]);

      has_name |= column.role == SAK_COLUMN_NAME;
      g_array_append_val (self->columns, column);
      g_string_append_printf (columns, "%s\t%s\t%s\n", (const char *) row->pdata[i], name_role (column.role),
                              column.type != NULL ? column.type : "");
    }
  self->table->columns = g_string_free (g_steal_pointer (&columns), FALSE);
  return has_name || refuse (self, SAK_ERROR_INVALID, "no column is headed as a name (name, ADM1_EN, Village_Name_Eng)",
                             error);
}

/* Cells */

static gboolean
is_formula (const char *text)
{
  return text[0] != '\0' && strchr ("=+@", text[0]) != NULL;
}

static gboolean
is_place_code (const char *text)
{
  gsize size = strlen (text);

  return size <= SAK_PLACE_MAX_CODE
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./") == size
         && (size == 0 || g_ascii_isalnum (text[0]));
}

static gboolean
is_name (const char *text)
{
  return !is_formula (text) && strlen (text) <= 400 && strpbrk (text, "\n\r\t") == NULL;
}

/* A number with a point, whatever the computer's language. */
static double
read_degrees (const char *text,
              double      limit)
{
  char *end;
  double number = g_ascii_strtod (text, &end);

  return text[0] != '\0' && *end == '\0' && isfinite (number) && fabs (number) <= limit ? number : NAN;
}

typedef struct
{
  const char *name;
  const char *code;
  const char *type;
  GPtrArray *spellings;         /* borrowed texts */
} Cell;

typedef struct
{
  Cell levels[SAK_PLACE_TABLE_LEVELS];
  const char *parent;
  double lat, lon;
  gboolean is_refused;
} Line;

static void
line_clear (Line *self)
{
  for (guint i = 0; i < SAK_PLACE_TABLE_LEVELS; i++)
    g_clear_pointer (&self->levels[i].spellings, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static void
add_spelling (Cell       *cell,
              const char *text)
{
  if (cell->spellings == NULL)
    cell->spellings = g_ptr_array_new ();
  g_ptr_array_add (cell->spellings, (gpointer) text);
}

static void
take_cell (Line            *line,
           const SakColumn *column,
           const char      *text)
{
  Cell *cell = &line->levels[column->level];
  SakPlaceLevel level;

  if (column->role == SAK_COLUMN_CODE || column->role == SAK_COLUMN_PARENT)
    line->is_refused |= !is_place_code (text);
  else if (column->role == SAK_COLUMN_NAME || column->role == SAK_COLUMN_SPELLING)
    line->is_refused |= !is_name (text);
  if (column->role == SAK_COLUMN_NAME && cell->name == NULL)
    cell->name = text;
  else if (column->role == SAK_COLUMN_NAME || column->role == SAK_COLUMN_SPELLING)
    add_spelling (cell, text);
  else if (column->role == SAK_COLUMN_CODE)
    cell->code = text;
  else if (column->role == SAK_COLUMN_PARENT)
    line->parent = text;
  else if (column->role == SAK_COLUMN_TYPE && sak_place_get_type_level (text, &level))
    cell->type = text;
  else if (column->role == SAK_COLUMN_LAT)
    line->lat = read_degrees (text, 90);
  else if (column->role == SAK_COLUMN_LON)
    line->lon = read_degrees (text, 180);
  if (column->type != NULL)
    cell->type = column->type;
}

static void
take_cells (Parser    *self,
            GPtrArray *row,
            Line      *line)
{
  line->lat = line->lon = NAN;
  for (guint i = 0; i < row->len && i < self->columns->len; i++)
    {
      const char *text = row->pdata[i];

      if (text[0] != '\0')
        take_cell (line, &g_array_index (self->columns, SakColumn, i), text);
    }
}

/* Rows */

static SakPlaceRow *
get_row (Parser *self,
         int     number)
{
  return &g_array_index (self->table->rows, SakPlaceRow, number);
}

static gboolean
has_spelling (const SakPlaceRow *row,
              const char        *text)
{
  if (strcmp (row->name, text) == 0)
    return TRUE;
  for (guint i = 0; row->spellings != NULL && i < row->spellings->len; i++)
    if (strcmp (row->spellings->pdata[i], text) == 0)
      return TRUE;
  return FALSE;
}

/* "Saigon; Sài Gòn" is two. */
static gboolean
learn_spellings (SakPlaceRow *row,
                 const char  *text)
{
  g_auto (GStrv) pieces = g_strsplit_set (text, ";|", -1);
  gboolean is_new = FALSE;

  for (gsize i = 0; pieces[i] != NULL; i++)
    {
      g_autofree char *piece = g_utf8_normalize (g_strstrip (pieces[i]), -1, G_NORMALIZE_NFC);

      if (piece[0] == '\0' || has_spelling (row, piece)
          || (row->spellings != NULL && row->spellings->len >= SAK_PLACE_MAX_SPELLINGS))
        continue;
      if (row->spellings == NULL)
        row->spellings = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (row->spellings, g_steal_pointer (&piece));
      is_new = TRUE;
    }
  return is_new;
}

static const char *
choose_type (const Cell *cell)
{
  const char *const *types = sak_place_get_types ();

  for (gsize i = 0; cell->type != NULL && types[i] != NULL; i++)
    if (g_str_equal (types[i], cell->type))
      return types[i];
  return "other";
}

static int
add_row (Parser     *self,
         const Cell *cell,
         const char *key,
         int         parent,
         const char *parent_code)
{
  SakPlaceRow row = { .type = choose_type (cell), .parent = parent, .lat = NAN, .lon = NAN };

  row.code = g_strdup (cell->code != NULL ? cell->code : "");
  row.name = g_utf8_normalize (cell->name != NULL ? cell->name : cell->code, -1, G_NORMALIZE_NFC);
  g_array_append_val (self->table->rows, row);
  g_ptr_array_add (self->parent_codes, g_strdup (parent_code));
  g_hash_table_insert (self->known, g_strdup (key), GINT_TO_POINTER ((int) self->table->rows->len));
  return (int) self->table->rows->len - 1;
}

/* The row of a cell, made if it is new; -1 with @error where it lies in itself. */
static int
find_or_add (Parser      *self,
             const Cell  *cell,
             int          parent,
             const char  *parent_code,
             gboolean    *ret_is_new,
             GError     **error)
{
  g_autofree char *key = cell->code != NULL ? g_strdup (cell->code)
                                            : g_strdup_printf ("\t%d\t%s", parent, cell->name);
  int number = GPOINTER_TO_INT (g_hash_table_lookup (self->known, key)) - 1;

  for (int above = parent; number >= 0 && above >= 0; above = get_row (self, above)->parent)
    if (above == number)
      {
        refuse (self, SAK_ERROR_INVALID, "a place lies in itself: one code stands at two levels", error);
        return -1;
      }
  if (number < 0)
    {
      number = add_row (self, cell, key, parent, parent_code);
      *ret_is_new = TRUE;
    }
  for (guint i = 0; cell->spellings != NULL && i < cell->spellings->len; i++)
    *ret_is_new |= learn_spellings (get_row (self, number), cell->spellings->pdata[i]);
  if (cell->name != NULL && !has_spelling (get_row (self, number), cell->name))
    *ret_is_new |= learn_spellings (get_row (self, number), cell->name);
  return number;
}

static gboolean
take_line (Parser    *self,
           GPtrArray *row,
           GError   **error)
{
  g_auto (Line) line = { 0 };
  gboolean is_new = FALSE;
  int number = -1;

  take_cells (self, row, &line);
  self->table->n_lines++;
  for (guint i = 1; i <= SAK_PLACE_TABLE_LEVELS && !line.is_refused; i++)
    {
      const Cell *cell = &line.levels[i % SAK_PLACE_TABLE_LEVELS];      /* the line's own place is the smallest */

      if (cell->name == NULL)
        continue;
      number = find_or_add (self, cell, number, i == SAK_PLACE_TABLE_LEVELS ? line.parent : NULL, &is_new, error);
      if (number < 0)
        return FALSE;
    }
  if (number < 0)
    self->table->n_refused++;
  else if (!is_new)
    self->table->n_repeated++;
  if (number >= 0 && !isnan (line.lat) && !isnan (line.lon))
    {
      get_row (self, number)->lat = line.lat;
      get_row (self, number)->lon = line.lon;
    }
  if (self->table->rows->len > SAK_PLACE_TABLE_MAX_ROWS)
    return refuse (self, SAK_ERROR_TOO_LARGE, "more than 400000 places", error);
  return TRUE;
}

/* Parents by code: of what is there, and never a circle. */
static gboolean
link_parents (Parser  *self,
              GError **error)
{
  for (guint i = 0; i < self->table->rows->len; i++)
    {
      const char *code = self->parent_codes->pdata[i];

      if (code != NULL)
        get_row (self, (int) i)->parent = GPOINTER_TO_INT (g_hash_table_lookup (self->known, code)) - 1;
    }
  for (guint i = 0; i < self->table->rows->len; i++)
    {
      int depth = 0;

      for (int above = get_row (self, (int) i)->parent; above >= 0; above = get_row (self, above)->parent)
        if (++depth > 2 * SAK_PLACE_TABLE_LEVELS)
          {
            g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "Place %u of the table lies in itself, by its parents",
                         i + 1);
            return FALSE;
          }
    }
  return TRUE;
}

/**
 * sak_place_table_parse:
 *
 * Errors: INVALID where it is no table of places, with the line; TOO_LARGE over a limit.
 * Lines that hold no place are counted and passed over.
 */
SakPlaceTable *
sak_place_table_parse (const char  *text,
                       gsize        size,
                       GError     **error)
{
  g_auto (Parser) self = { 0 };
  g_autoptr (GError) local_error = NULL;

  self.table = g_new0 (SakPlaceTable, 1);
  self.table->rows = g_array_new (FALSE, FALSE, sizeof (SakPlaceRow));
  g_array_set_clear_func (self.table->rows, row_clear);
  self.columns = g_array_new (FALSE, FALSE, sizeof (SakColumn));
  self.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.parent_codes = g_ptr_array_new_with_free_func (g_free);
  if (size > SAK_PLACE_TABLE_MAX_SIZE)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "The table is larger than 48 MiB");
      return NULL;
    }
  if (!sak_csv_open (&self.csv, text, size, error) || !read_headings (&self, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  for (;;)
    {
      g_autoptr (GPtrArray) row = sak_csv_read_row (&self.csv, &local_error);

      if (row == NULL && local_error == NULL)
        break;
      if (row == NULL || !take_line (&self, row, &local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  return link_parents (&self, error) ? g_steal_pointer (&self.table) : NULL;
}
