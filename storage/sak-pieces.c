/* sak-pieces.c - texts of a vault's own that are too long for one setting
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The settings "KIND-piece/NAME", unit separator, number are the text, in pieces that fit into
 * a page: SQLite copies a longer key and value with every comparison. The setting
 * "KIND-list/NAME" says how many bytes they are. A rescue brings settings without knowing them.
 */
#include "config.h"

#include "storage/sak-pieces.h"

#include <string.h>

#define PIECE_SIZE 1500
#define SEPARATOR "\037"
#define BEHIND_SEPARATOR " "

static char *
name_setting (const char *kind,
              const char *name)
{
  return g_strconcat (kind, "-list/", name, NULL);
}

static void
bind_pieces (sqlite3_stmt *statement,
             const char   *kind,
             const char   *name)
{
  g_autofree char *first = g_strconcat (kind, "-piece/", name, SEPARATOR, NULL);
  g_autofree char *behind = g_strconcat (kind, "-piece/", name, BEHIND_SEPARATOR, NULL);

  sak_db_bind_text (statement, 1, first);
  sak_db_bind_text (statement, 2, behind);
}

gboolean
sak_pieces_remove (SakVault    *vault,
                   const char  *kind,
                   const char  *name,
                   GError     **error)
{
  g_autofree char *setting = name_setting (kind, name);
  sak_autostmt statement = sak_db_prepare (vault->db, "DELETE FROM setting WHERE name >= ?1 AND name < ?2");

  bind_pieces (statement, kind, name);
  return sak_db_run (vault->db, statement, error) && sak_vault_remove_setting (vault, setting, error);
}

/**
 * sak_pieces_store:
 *
 * In place of what is there by this name.
 */
gboolean
sak_pieces_store (SakVault    *vault,
                  const char  *kind,
                  const char  *name,
                  const char  *text,
                  gsize        size,
                  GError     **error)
{
  g_autofree char *setting = name_setting (kind, name);
  g_autofree char *said = g_strdup_printf ("%" G_GSIZE_FORMAT, size);

  if (!sak_pieces_remove (vault, kind, name, error))
    return FALSE;
  for (gsize at = 0; at < size; at += PIECE_SIZE)
    {
      g_autofree char *piece = g_strdup_printf ("%s-piece/%s" SEPARATOR "%06" G_GSIZE_FORMAT, kind, name,
                                                at / PIECE_SIZE);

      if (!sak_vault_set_setting (vault, piece, text + at, MIN (PIECE_SIZE, size - at), error))
        return FALSE;
    }
  return sak_vault_set_setting (vault, setting, said, strlen (said), error);
}

gboolean
sak_pieces_have (SakVault    *vault,
                 const char  *kind,
                 const char  *name)
{
  g_autofree char *setting = name_setting (kind, name);
  g_autoptr (GBytes) there = sak_vault_get_setting (vault, setting, NULL);

  return there != NULL;
}

/**
 * sak_pieces_load:
 *
 * Errors: NOT_FOUND; DAMAGED where pieces of it were lost; a disk's error.
 */
GBytes *
sak_pieces_load (SakVault    *vault,
                 const char  *kind,
                 const char  *name,
                 GError     **error)
{
  g_autofree char *setting = name_setting (kind, name);
  g_autoptr (GBytes) said = sak_vault_get_setting (vault, setting, error);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autofree char *size = NULL;
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (said == NULL)
    return NULL;
  size = g_strndup (g_bytes_get_data (said, NULL), g_bytes_get_size (said));
  statement = sak_db_prepare (vault->db, "SELECT value FROM setting WHERE name >= ?1 AND name < ?2 ORDER BY name");
  bind_pieces (statement, kind, name);
  for (;;)
    {
      const char *piece;
      gsize length;

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      piece = sak_db_get_bytes (statement, 0, &length);
      g_byte_array_append (whole, (const guint8 *) piece, (guint) length);
    }
  if (g_ascii_strtoull (size, NULL, 10) == whole->len)
    return g_byte_array_free_to_bytes (g_steal_pointer (&whole));
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED,
               "a text of the vault's settings (%s) has lost a part: load it again", kind);
  return NULL;
}
