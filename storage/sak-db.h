/* sak-db.h - SQLite with our errors: statements kept, steps checked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sqlite3.h>

#include "crypto/sak-error.h"

G_BEGIN_DECLS

typedef struct _SakDb SakDb;

/* Takes over @connection. */
SakDb        *sak_db_new         (sqlite3       *connection) G_GNUC_WARN_UNUSED_RESULT;
void          sak_db_free        (SakDb         *self);
sqlite3      *sak_db_get_sqlite  (SakDb         *self);

/* A statement, prepared once and then reset for each use. Owned by @self; @sql must be
 * a constant. Aborts on SQL that does not compile: that is our own mistake.
 */
sqlite3_stmt *sak_db_prepare     (SakDb         *self,
                                  const char    *sql);
gboolean      sak_db_exec        (SakDb         *self,
                                  const char    *sql,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE when the step went well; @ret_has_row says whether there is a row. */
gboolean      sak_db_step        (SakDb         *self,
                                  sqlite3_stmt  *statement,
                                  gboolean      *ret_has_row,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* For statements that return no row; resets. */
gboolean      sak_db_run         (SakDb         *self,
                                  sqlite3_stmt  *statement,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for one whose only parameter is a row. */
gboolean      sak_db_run_for_row (SakDb         *self,
                                  const char    *sql,
                                  gint64         row,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* For statements that return one number; @fallback where there is no row. */
gboolean      sak_db_get_number  (SakDb         *self,
                                  sqlite3_stmt  *statement,
                                  gint64         fallback,
                                  gint64        *ret_number,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of each row its first column: GArray of gint64. */
GArray       *sak_db_list_numbers (SakDb        *self,
                                  sqlite3_stmt  *statement,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void          sak_db_set_error   (SakDb         *self,
                                  GError       **error);

/* Copies of the bytes, so that nothing depends on when SQLite moves them. */
void          sak_db_bind_text   (sqlite3_stmt  *statement,
                                  int            index,
                                  const char    *text);
void          sak_db_bind_blob   (sqlite3_stmt  *statement,
                                  int            index,
                                  const void    *bytes,
                                  gsize          size);
/* Without its own memory, so that it cannot fail; not NUL-terminated, valid until the next step. */
const void   *sak_db_get_bytes   (sqlite3_stmt  *statement,
                                  int            column,
                                  gsize         *ret_size);
/* NULL for NULL. Not sqlite3_column_text(), which is NULL also where memory is short. */
char         *sak_db_dup_text    (sqlite3_stmt  *statement,
                                  int            column) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE unless the column holds exactly @size bytes. */
gboolean      sak_db_copy_blob   (sqlite3_stmt  *statement,
                                  int            column,
                                  void          *bytes,
                                  gsize          size) G_GNUC_WARN_UNUSED_RESULT;

gboolean      sak_db_begin       (SakDb         *self,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sak_db_commit      (SakDb         *self,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void          sak_db_rollback    (SakDb         *self);

/* Leaves statements reset when a function returns by any way. */
static inline void
sak_db_reset_statement (sqlite3_stmt **statement)
{
  if (*statement != NULL)
    {
      sqlite3_reset (*statement);
      sqlite3_clear_bindings (*statement);
    }
}
#define sak_autostmt __attribute__ ((cleanup (sak_db_reset_statement))) sqlite3_stmt *

G_END_DECLS
