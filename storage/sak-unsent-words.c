/* sak-unsent-words.c - words that somebody began to write to somebody, kept until they are sent or given up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-unsent-words.h"

#include <string.h>

#include "storage/model/sak-talk.h"
#include "storage/sak-pieces.h"

#define KIND "unsent-words"

char *
sak_vault_dup_unsent_words (SakVault    *self,
                            const char  *where,
                            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) stored = sak_pieces_load (self, KIND, where, &local_error);
  const char *text;
  gsize size;

  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return g_strdup ("");
  if (stored == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  text = g_bytes_get_data (stored, &size);
  return g_utf8_validate_len (text, size, NULL) ? g_strndup (text, size) : g_strdup ("");
}

gboolean
sak_vault_keep_unsent_words (SakVault    *self,
                             const char  *where,
                             const char  *text,
                             GError     **error)
{
  if (g_utf8_strlen (text, -1) > SAK_TALK_MAX_TEXT)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "at most %d characters are kept", SAK_TALK_MAX_TEXT);
      return FALSE;
    }
  if (!sak_vault_begin (self, error))
    return FALSE;
  if ((*text != '\0' ? sak_pieces_store (self, KIND, where, text, strlen (text), error)
                     : sak_pieces_remove (self, KIND, where, error)) &&
      sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
