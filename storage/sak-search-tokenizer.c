/* sak-search-tokenizer.c - SQLite's full text index cuts texts as storage/model/sak-syllable.c does
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-search-private.h"

#include "storage/model/sak-syllable.h"

/* FTS5 wants an object; there is nothing to keep. */
static char the_one;

static int
create (void            *context,
        const char     **arguments,
        int              n_arguments,
        Fts5Tokenizer  **ret_tokenizer)
{
  *ret_tokenizer = (Fts5Tokenizer *) (void *) &the_one;
  return SQLITE_OK;
}

static void
destroy (Fts5Tokenizer *tokenizer)
{
}

/* What words make together stands where the first of them does. */
static int
take_joined (const SakSyllables  *syllables,
             guint                at,
             guint               *next,
             void                *context,
             int                (*take_token) (void *, int, const char *, int, int, int))
{
  int result = SQLITE_OK;

  for (; result == SQLITE_OK && *next < syllables->joined->len &&
       sak_syllables_get_joined (syllables, *next)->from == at; (*next)++)
    {
      const SakSyllable *word = &sak_syllables_get_joined (syllables, *next)->word;

      result = take_token (context, FTS5_TOKEN_COLOCATED, sak_syllables_get_key (syllables, word), word->key_size,
                           (int) word->start, (int) word->end);
    }
  return result;
}

/* The same for texts and for queries, but that a query asks by itself for what words make together. */
static int
tokenize (Fts5Tokenizer *tokenizer,
          void          *context,
          int            flags,
          const char    *text,
          int            size,
          int          (*take_token) (void *, int, const char *, int, int, int))
{
  g_autoptr (SakSyllables) syllables = NULL;
  int result = SQLITE_OK;
  guint next = 0;

  if (size <= 0)
    return SQLITE_OK;
  if (!g_utf8_validate_len (text, (gsize) size, NULL))
    return SQLITE_CORRUPT;
  syllables = sak_syllables_new (text, (gsize) size);
  for (guint i = 0; i < syllables->all->len && result == SQLITE_OK; i++)
    {
      const SakSyllable *syllable = sak_syllables_get (syllables, i);

      result = take_token (context, 0, sak_syllables_get_key (syllables, syllable), syllable->key_size,
                           (int) syllable->start, (int) syllable->end);
      if (result == SQLITE_OK && (flags & FTS5_TOKENIZE_QUERY) == 0)
        result = take_joined (syllables, i, &next, context, take_token);
    }
  return result;
}

static fts5_api *
find_api (sqlite3 *db)
{
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT fts5 (?1)", -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
      (void) sqlite3_step (statement);
    }
  sqlite3_finalize (statement);
  return api;
}

gboolean
sak_search_register_tokenizer (SakDb   *db,
                               GError **error)
{
  static fts5_tokenizer ours = { create, destroy, tokenize };
  fts5_api *api = find_api (sak_db_get_sqlite (db));

  if (api != NULL && api->xCreateTokenizer (api, "sakkhi", NULL, &ours, NULL) == SQLITE_OK)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_FAILED, "this SQLite has no FTS5");
  return FALSE;
}
