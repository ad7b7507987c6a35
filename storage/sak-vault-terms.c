/* sak-vault-terms.c - terms that the people of this vault added to the shipped vocabularies
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A code is drawn by lot and never changes, so that it is nobody else's: not a shipped one, and
 * not the one of another partner, whose records may come here. What a term is called may change
 * at any time; what is not to be used any more is withdrawn and keeps its name for old records.
 */
#include "config.h"

#include "storage/sak-vault-terms.h"

#include "crypto/sak-crypto.h"
#include "storage/sak-pieces.h"

#include <string.h>

#define KIND "term"
#define N_LETTERS 10            /* fifty bits */

static const SakVocabulary *
find_shipped (const char  *name,
              GError     **error)
{
  const SakVocabulary *shipped;

  for (guint i = 0; (shipped = sak_vocabulary_get_shipped (i)) != NULL; i++)
    if (g_strcmp0 (sak_vocabulary_get_name (shipped), name) == 0)
      return shipped;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no vocabulary of this name");
  return NULL;
}

/**
 * sak_vault_load_terms:
 *
 * Returns: (transfer full): the shipped terms with ours among them
 */
SakVocabulary *
sak_vault_load_terms (SakVault    *self,
                      const char  *vocabulary,
                      GError     **error)
{
  const SakVocabulary *shipped;
  g_autoptr (GBytes) stored = NULL;
  SakVocabulary *merged;

  if (!sak_vault_require_unlocked (self, error) || (shipped = find_shipped (vocabulary, error)) == NULL)
    return NULL;
  if (!sak_pieces_have (self, KIND, vocabulary))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "nothing was added to this vocabulary");
      return NULL;
    }
  stored = sak_pieces_load (self, KIND, vocabulary, error);
  if (stored == NULL)
    return NULL;
  merged = sak_vocabulary_add_local (shipped, g_bytes_get_data (stored, NULL),
                                     (gssize) g_bytes_get_size (stored), NULL);
  if (merged == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "what was added to the vocabulary %s is not as it must be",
                 vocabulary);
  return merged;
}

void
sak_vault_bring_terms (SakVault *self)
{
  const SakVocabulary *shipped;

  for (guint i = 0; (shipped = sak_vocabulary_get_shipped (i)) != NULL; i++)
    {
      SakVocabulary *merged = sak_vault_load_terms (self, sak_vocabulary_get_name (shipped), NULL);

      if (merged != NULL)
        sak_vocabulary_use_local (self, merged);
    }
}

/* Changing them */

/* Ours as a file, to be changed; an empty one where there is none. */
static json_t *
copy_additions (SakVault    *self,
                const char  *vocabulary,
                GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakVocabulary) merged = sak_vault_load_terms (self, vocabulary, &local_error);

  if (merged != NULL)
    return json_deep_copy (sak_vocabulary_get_additions (merged));
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND) && find_shipped (vocabulary, error) != NULL)
    return json_pack ("{s:s, s:i, s:[]}", "additions_to", vocabulary, "version", 0, "terms");
  if (error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static json_int_t
get_version (const json_t *additions)
{
  return json_integer_value (json_object_get (additions, "version"));
}

static void
raise_version (json_t     *additions,
               json_int_t  least)
{
  json_object_set_new (additions, "version", json_integer (MAX (get_version (additions) + 1, least)));
}

static SakVocabulary *
store_additions (SakVault    *self,
                 json_t      *additions,
                 GError     **error)
{
  const char *name = sak_json_get_text (additions, "additions_to");
  g_autofree char *text = sak_json_to_canonical (additions);
  g_autoptr (SakVocabulary) merged = sak_vocabulary_add_local (find_shipped (name, NULL), text, -1, error);

  if (merged == NULL || !sak_vault_begin (self, error))
    return NULL;
  if (sak_pieces_store (self, KIND, name, text, strlen (text), error) && sak_vault_commit (self, error))
    {
      sak_vocabulary_use_local (self, sak_vocabulary_ref (merged));
      return g_steal_pointer (&merged);
    }
  sak_vault_rollback (self);
  return NULL;
}

static gboolean
store_and_forget (SakVault    *self,
                  json_t      *additions,
                  GError     **error)
{
  g_autoptr (SakVocabulary) merged = store_additions (self, additions, error);

  return merged != NULL;
}

static json_t *
find_term (const json_t *additions,
           const char   *code)
{
  json_t *term;
  gsize i;

  json_array_foreach (json_object_get (additions, "terms"), i, term)
    if (g_strcmp0 (sak_json_get_text (term, "code"), code) == 0)
      return term;
  return NULL;
}

static json_t *
find_own_term (const json_t  *additions,
               const char    *code,
               GError       **error)
{
  json_t *term = find_term (additions, code);

  if (term == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "no term of this code was added here");
  return term;
}

static char *
make_code (const json_t *additions)
{
  static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";     /* none like another */
  guint8 random[N_LETTERS];
  char code[N_LETTERS + 1] = { '\0' };

  for (;;)
    {
      g_autofree char *whole = NULL;

      sak_random_bytes (random, sizeof random);
      for (guint i = 0; i < N_LETTERS; i++)
        code[i] = letters[random[i] % (sizeof letters - 1)];
      whole = g_strconcat (SAK_VOCABULARY_LOCAL, code, NULL);
      if (find_term (additions, whole) == NULL)
        return g_steal_pointer (&whole);
    }
}

static json_t *
make_text (const char  *text,
           GError     **error)
{
  g_autofree char *normal = g_utf8_validate (text, -1, NULL) ? g_utf8_normalize (text, -1, G_NORMALIZE_NFC) : NULL;

  if (normal != NULL)
    return json_string (g_strstrip (normal));
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the text is not UTF-8");
  return NULL;
}

/**
 * sak_vault_add_term:
 * @parent: (nullable): the code of a shipped or local term to stand under; NULL for the top
 * @label: in @language; in other ones by sak_vault_rename_term()
 *
 * Errors: NOT_FOUND; INVALID for a label that a term beside it has, and a parent too deep.
 *
 * Returns: the code of the new term
 */
char *
sak_vault_add_term (SakVault    *self,
                    const char  *vocabulary,
                    const char  *parent,
                    const char  *language,
                    const char  *label,
                    GError     **error)
{
  g_autoptr (json_t) additions = copy_additions (self, vocabulary, error);
  g_autoptr (json_t) text = additions != NULL ? make_text (label, error) : NULL;
  g_autofree char *code = NULL;

  if (text == NULL)
    return NULL;
  raise_version (additions, 1);
  code = make_code (additions);
  json_array_append_new (json_object_get (additions, "terms"),
                         json_pack ("{s:s, s:{s:O}, s:s*, s:I}", "code", code, "label", language, text,
                                    "parent", parent, "since", get_version (additions)));
  return store_and_forget (self, additions, error) ? g_steal_pointer (&code) : NULL;
}

gboolean
sak_vault_rename_term (SakVault    *self,
                       const char  *vocabulary,
                       const char  *code,
                       const char  *language,
                       const char  *label,
                       GError     **error)
{
  g_autoptr (json_t) additions = copy_additions (self, vocabulary, error);
  g_autoptr (json_t) text = additions != NULL ? make_text (label, error) : NULL;
  json_t *term = text != NULL ? find_own_term (additions, code, error) : NULL;

  if (term == NULL)
    return FALSE;
  raise_version (additions, 1);
  json_object_set (json_object_get (term, "label"), language, text);
  return store_and_forget (self, additions, error);
}

/**
 * sak_vault_retire_term:
 * @replacement: (nullable): the code of what came in its place
 */
gboolean
sak_vault_retire_term (SakVault    *self,
                       const char  *vocabulary,
                       const char  *code,
                       const char  *replacement,
                       GError     **error)
{
  g_autoptr (json_t) additions = copy_additions (self, vocabulary, error);
  json_t *term = additions != NULL ? find_own_term (additions, code, error) : NULL;

  if (term == NULL)
    return FALSE;
  raise_version (additions, 1);
  if (json_object_get (term, "withdrawn") == NULL)
    json_object_set_new (term, "withdrawn", json_integer (get_version (additions)));
  if (replacement != NULL)
    json_object_set_new (term, "replaced_by", json_string (replacement));
  else
    json_object_del (term, "replaced_by");
  return store_and_forget (self, additions, error);
}

static gboolean
is_listed (const json_t *codes,
           const char   *code)
{
  json_t *listed;
  gsize i;

  json_array_foreach (codes, i, listed)
    if (g_strcmp0 (json_string_value (listed), code) == 0)
      return TRUE;
  return FALSE;
}

/* Ours of the same name under the same parent gives way: its code leads to theirs from now on, in old records, too. */
static void
give_way (json_t *ours,
          json_t *term)
{
  const char *code = sak_json_get_text (term, "code");
  json_t *other;
  gsize i;

  json_array_foreach (json_object_get (ours, "terms"), i, other)
    if (g_strcmp0 (sak_json_get_text (other, "code"), code) != 0 && json_object_get (other, "withdrawn") == NULL &&
        g_strcmp0 (sak_json_get_text (other, "parent"), sak_json_get_text (term, "parent")) == 0 &&
        sak_vocabulary_is_same_label (json_object_get (other, "label"), json_object_get (term, "label")))
      {
        json_object_set_new (other, "withdrawn", json_integer (get_version (ours)));
        json_object_set_new (other, "replaced_by", json_string (code));
      }
}

/* What we have and the file has not stays: records have the codes. Of what is sent (@kept is not NULL) only codes that
 * are new here, or that came from there before, become what it says.
 */
static void
take_terms (json_t       *ours,
            const json_t *theirs,
            const json_t *before,
            json_t       *kept)
{
  json_t *terms = json_object_get (ours, "terms");
  json_t *term;
  gsize i;

  json_array_foreach (json_object_get (theirs, "terms"), i, term)
    {
      const char *code = sak_json_get_text (term, "code");
      json_t *known = find_term (ours, code);

      /* The same was taken already, and then a crash came between. */
      if (kept != NULL && known != NULL && json_equal (known, term))
        continue;
      if (kept != NULL && known != NULL && (is_listed (kept, code) || find_term (before, code) == NULL))
        {
          if (!is_listed (kept, code))
            json_array_append_new (kept, json_string (code));
          continue;
        }
      if (known == NULL)
        json_array_append (terms, term);
      else
        {
          json_object_clear (known);
          json_object_update (known, term);
        }
      if (kept != NULL && json_object_get (term, "withdrawn") == NULL)
        give_way (ours, term);
    }
}

static SakVocabulary *
take_file (SakVault      *self,
           const char    *text,
           gssize         size,
           const json_t  *before,
           json_t        *kept,
           GError       **error)
{
  g_autoptr (SakVocabulary) theirs = NULL;
  g_autoptr (json_t) file = NULL;
  g_autoptr (json_t) ours = NULL;
  const SakVocabulary *shipped;
  const char *name;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  file = size <= SAK_VOCABULARY_MAX_SIZE ? sak_json_parse (text, size, error) : NULL;
  name = sak_json_get_text (file, "additions_to");
  if (file == NULL || name == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is no file of additions to a vocabulary, or too large");
      return NULL;
    }
  shipped = find_shipped (name, error);
  theirs = shipped != NULL ? sak_vocabulary_add_local (shipped, text, size, error) : NULL;
  ours = theirs != NULL ? copy_additions (self, name, error) : NULL;
  if (ours == NULL)
    return NULL;
  raise_version (ours, sak_vocabulary_get_local_version (theirs));
  take_terms (ours, sak_vocabulary_get_additions (theirs), before, kept);
  return store_additions (self, ours, error);
}

/**
 * sak_vault_import_terms:
 * @text: a file of additions, from anybody
 *
 * Errors name the term of the file; INVALID, TOO_LARGE; NOT_FOUND for a vocabulary that is not ours.
 *
 * Returns: (transfer full): what is in force now
 */
SakVocabulary *
sak_vault_import_terms (SakVault    *self,
                        const char  *text,
                        gssize       size,
                        GError     **error)
{
  return take_file (self, text, size, NULL, NULL, error);
}

SakVocabulary *
sak_vault_take_sent_terms (SakVault      *self,
                           const char    *text,
                           const json_t  *before,
                           json_t        *kept,
                           GError       **error)
{
  return take_file (self, text, -1, before, kept, error);
}
