/* sak-announcement.c - what one signer says anew each time, with a number: notices, forms, vocabularies
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row for each version without parents that holds what it must, whoever signed it under whichever record: nobody
 * pushes another's aside by using its id.
 */
#include "config.h"

#include "storage/sak-announcement.h"

#include <string.h>

#include "storage/model/sak-notice-fields.h"

/* NULL where it is none. Borrowed. */
static const char *
get_name (const char    *kind,
          const json_t  *fields)
{
  SakNoticeFields notice;

  if (g_str_equal (kind, SAK_KIND_NOTICE))
    return sak_notice_read (fields, &notice) ? "" : NULL;
  if (g_str_equal (kind, SAK_KIND_FORM))
    return sak_json_get_text (fields, SAK_FOR_PATH);
  return g_str_equal (kind, SAK_KIND_VOCABULARY) ? sak_json_get_text (fields, SAK_KIND_VOCABULARY) : NULL;
}

static gboolean
insert (SakVault            *vault,
        const SakRecordKey  *key,
        gint64               rowid,
        SakRevision         *revision,
        GError             **error)
{
  const char *const *parents = sak_revision_get_parents (revision);
  const json_t *fields = sak_revision_get_fields (revision);
  const json_t *number = json_object_get (fields, "number");
  const char *name = get_name (key->kind, fields);
  sak_autostmt statement = NULL;

  if (name == NULL || (parents != NULL && *parents != NULL) || !json_is_integer (number) ||
      json_integer_value (number) < 1 || json_integer_value (number) > SAK_NETWORK_MAX_NUMBER)
    return TRUE;
  statement = sak_db_prepare (vault->db, "INSERT INTO announcement (revision, record, kind, author, name, number)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  sqlite3_bind_int64 (statement, 1, rowid);
  sqlite3_bind_int64 (statement, 2, key->rowid);
  sak_db_bind_text (statement, 3, key->kind);
  sak_db_bind_blob (statement, 4, sak_revision_get_author (revision), SAK_SIGN_PUBLIC_SIZE);
  sak_db_bind_text (statement, 5, name);
  sqlite3_bind_int64 (statement, 6, json_integer_value (number));
  return sak_db_run (vault->db, statement, error);
}

static SakRevision *
parse_line (sqlite3_stmt  *statement,
            int            column,
            GError       **error)
{
  gsize size;
  const char *line = sak_db_get_bytes (statement, column, &size);

  return sak_revision_parse_stored (line, (gssize) size, error);
}

gboolean
sak_announcement_update (SakVault            *vault,
                         const SakRecordKey  *key,
                         GError             **error)
{
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!g_str_equal (key->kind, SAK_KIND_NOTICE) && !g_str_equal (key->kind, SAK_KIND_FORM) &&
      !g_str_equal (key->kind, SAK_KIND_VOCABULARY))
    return TRUE;
  if (!sak_db_run_for_row (vault->db, "DELETE FROM announcement WHERE record = ?1", key->rowid, error))
    return FALSE;
  statement = sak_db_prepare (vault->db, "SELECT rowid, line FROM revision WHERE record = ?1 ORDER BY rowid");
  sqlite3_bind_int64 (statement, 1, key->rowid);
  for (;;)
    {
      g_autoptr (SakRevision) revision = NULL;

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      revision = parse_line (statement, 1, error);
      if (revision == NULL || !insert (vault, key, sqlite3_column_int64 (statement, 0), revision, error))
        return FALSE;
    }
}

static sqlite3_stmt *
prepare_lines (SakVault      *vault,
               const char    *kind,
               const guint8   author[static SAK_SIGN_PUBLIC_SIZE],
               const char    *name)
{
  sqlite3_stmt *statement = sak_db_prepare (vault->db, "SELECT line FROM announcement JOIN revision ON revision.rowid ="
                                            " announcement.revision WHERE announcement.kind = ?1"
                                            " AND announcement.author = ?2 AND name = ?3 AND number >= ?4"
                                            " ORDER BY number DESC, announcement.revision LIMIT ?5 OFFSET ?6");

  sak_db_bind_text (statement, 1, kind);
  sak_db_bind_blob (statement, 2, author, SAK_SIGN_PUBLIC_SIZE);
  sak_db_bind_text (statement, 3, name);
  sqlite3_bind_int64 (statement, 4, 0);
  sqlite3_bind_int64 (statement, 5, -1);        /* all of them */
  sqlite3_bind_int64 (statement, 6, 0);
  return statement;
}

SakRevision *
sak_announcement_load (SakVault      *vault,
                       const char    *kind,
                       const guint8   author[static SAK_SIGN_PUBLIC_SIZE],
                       const char    *name,
                       guint          position,
                       GError       **error)
{
  sak_autostmt statement = prepare_lines (vault, kind, author, name);
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 5, 1);
  sqlite3_bind_int64 (statement, 6, position);
  return sak_db_step (vault->db, statement, &has_row, error) && has_row ? parse_line (statement, 0, error) : NULL;
}

GPtrArray *
sak_announcement_list (SakVault      *vault,
                       const char    *kind,
                       const guint8   author[static SAK_SIGN_PUBLIC_SIZE],
                       const char    *name,
                       guint          least,
                       GError       **error)
{
  sak_autostmt statement = prepare_lines (vault, kind, author, name);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_revision_unref);
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 4, least);
  for (;;)
    {
      SakRevision *revision;

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&list);
      revision = parse_line (statement, 0, error);
      if (revision == NULL)
        return NULL;
      g_ptr_array_add (list, revision);
    }
}

gboolean
sak_announcement_find_last (SakVault    *vault,
                            const char  *kind,
                            const char  *name,
                            guint       *ret_number,
                            GError     **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, kind == NULL
    ? "SELECT ifnull (max (number), 0) FROM announcement WHERE author = ?1"
    : "SELECT ifnull (max (number), 0) FROM announcement WHERE author = ?1 AND kind = ?2 AND name = ?3");
  guint8 own[SAK_SIGN_PUBLIC_SIZE];
  gint64 number = 0;

  sak_network_get_own_key (vault, own);
  sak_db_bind_blob (statement, 1, own, sizeof own);
  if (kind != NULL)
    {
      sak_db_bind_text (statement, 2, kind);
      sak_db_bind_text (statement, 3, name);
    }
  if (!sak_db_get_number (vault->db, statement, 0, &number, error))
    return FALSE;
  *ret_number = (guint) CLAMP (number, 0, SAK_NETWORK_MAX_NUMBER);
  return TRUE;
}
