/* sak-place-table.h - a list of places as the mapping agencies publish them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-place.h"

G_BEGIN_DECLS

#define SAK_PLACE_TABLE_MAX_SIZE (48 * 1024 * 1024)
#define SAK_PLACE_TABLE_MAX_ROWS 400000

typedef struct
{
  char *code;                   /* "" where it has none */
  char *name;
  GPtrArray *spellings;         /* others; NULL where there are none */
  const char *type;             /* static: a code of sak-place.h */
  int parent;                   /* number of the row, -1 at the top */
  double lat, lon;              /* NaN where not known */
} SakPlaceRow;

typedef struct
{
  GArray *rows;                 /* SakPlaceRow, each behind its parent */
  char *columns;                /* how the columns were understood, a line each */
  guint n_lines;
  guint n_repeated;             /* lines that named only what was there */
  guint n_refused;              /* lines that hold no place: no name, a formula, a code that is none */
} SakPlaceTable;

SakPlaceTable *sak_place_table_parse (const char     *text,
                                      gsize           size,
                                      GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void           sak_place_table_free  (SakPlaceTable  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakPlaceTable, sak_place_table_free)

/* What a column is, by its heading. */
typedef enum
{
  SAK_COLUMN_IGNORED,
  SAK_COLUMN_NAME,
  SAK_COLUMN_SPELLING,
  SAK_COLUMN_CODE,
  SAK_COLUMN_PARENT,            /* code of what it lies in */
  SAK_COLUMN_TYPE,
  SAK_COLUMN_LAT,
  SAK_COLUMN_LON,
} SakColumnRole;

#define SAK_PLACE_TABLE_LEVELS 7        /* 0: of the line's own place, 1 to 6: from large to small */

typedef struct
{
  SakColumnRole role;
  guint level;
  const char *type;             /* static, or NULL */
} SakColumn;

SakColumn      sak_place_table_read_heading (const char *heading);

G_END_DECLS
