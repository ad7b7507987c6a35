/* sak-vocabulary-build.c - a vocabulary from its file, and local additions
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is checked for each term is in sak-vocabulary-check.c; here is what they must be
 * together.
 */
#include "config.h"

#include "storage/model/sak-vocabulary-private.h"

#include <string.h>

static gboolean
add_term (SakVocabulary  *self,
          const json_t   *file,
          guint           number,
          const json_t   *data,
          gboolean        is_local,
          GError        **error)
{
  SakTerm *term = g_new0 (SakTerm, 1);

  term->data = data;
  term->file = file;
  term->number = number;
  term->is_local = is_local;
  g_ptr_array_add (self->terms, term);
  if (!sak_vocabulary_check_term (term, error))
    return FALSE;
  if (!g_hash_table_insert (self->by_code, (gpointer) sak_term_get_code (term), term))
    return sak_vocabulary_refuse (term, error, "the code is there twice");
  return TRUE;
}

static gboolean
add_file (SakVocabulary  *self,
          const json_t   *file,
          gboolean        is_local,
          GError        **error)
{
  const json_t *terms = json_object_get (file, "terms");
  json_t *data;
  gsize i;

  if (self->terms->len + json_array_size (terms) > SAK_VOCABULARY_MAX_TERMS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "vocabulary: more than %d terms",
                   SAK_VOCABULARY_MAX_TERMS);
      return FALSE;
    }
  json_array_foreach (terms, i, data)
    if (!add_term (self, file, (guint) i + 1, data, is_local, error))
      return FALSE;
  return TRUE;
}

static gboolean
find_named (SakVocabulary   *self,
            SakTerm         *term,
            const char      *member,
            const SakTerm  **ret_term,
            GError         **error)
{
  const char *code = sak_json_get_text (term->data, member);

  *ret_term = code != NULL ? g_hash_table_lookup (self->by_code, code) : NULL;
  if (code == NULL || *ret_term != NULL)
    return TRUE;
  return sak_vocabulary_refuse (term, error, "%s %s is not there", member, code);
}

static gboolean
link_term (SakVocabulary  *self,
           SakTerm        *term,
           GError        **error)
{
  return find_named (self, term, "parent", &term->parent, error)
         && find_named (self, term, "replaced_by", &term->replacement, error);
}

static gboolean
check_replacements (SakVocabulary  *self,
                    SakTerm        *term,
                    GError        **error)
{
  const SakTerm *last = term;
  guint n;

  for (n = 0; last->replacement != NULL && n <= self->terms->len; n++)
    last = last->replacement;
  if (n > self->terms->len)
    return sak_vocabulary_refuse (term, error, "replaced_by leads round in a circle");
  return TRUE;
}

/* A shared term that local ones hang under may be withdrawn by a later version: they stay,
 * under what came in its place.
 */
static gboolean
find_live_parent (SakTerm  *term,
                  GError  **error)
{
  if (sak_term_is_withdrawn (term))
    return TRUE;
  if (term->parent != NULL && sak_term_is_withdrawn (term->parent) && !term->is_local)
    return sak_vocabulary_refuse (term, error, "parent is withdrawn");
  for (guint n = 0; term->parent != NULL && sak_term_is_withdrawn (term->parent); n++)
    {
      if (n > SAK_VOCABULARY_MAX_TERMS)
        return sak_vocabulary_refuse (term, error, "parent leads round in a circle");
      term->parent = term->parent->replacement != NULL ? term->parent->replacement : term->parent->parent;
    }
  return TRUE;
}

static gboolean
set_level (SakTerm  *term,
           GError  **error)
{
  term->level = 0;
  for (const SakTerm *at = term; at != NULL; at = at->parent)
    if (++term->level > SAK_VOCABULARY_MAX_LEVELS)
      return sak_vocabulary_refuse (term, error, "deeper than %d levels, or in a circle",
                                    SAK_VOCABULARY_MAX_LEVELS);
  return TRUE;
}

static void
append_tree (GHashTable    *children,
             const SakTerm *parent,
             GPtrArray     *ret_terms)
{
  GPtrArray *list = g_hash_table_lookup (children, parent);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      SakTerm *term = list->pdata[i];

      term->index = ret_terms->len;
      g_ptr_array_add (ret_terms, term);
      append_tree (children, term, ret_terms);
    }
}

/* Each before its children, and otherwise as in the files, shared ones first. */
static void
sort_tree (SakVocabulary *self)
{
  g_autoptr (GHashTable) children = g_hash_table_new_full (NULL, NULL, NULL,
                                                           (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *sorted = g_ptr_array_new_full (self->terms->len, g_free);

  for (guint i = 0; i < self->terms->len; i++)
    {
      SakTerm *term = self->terms->pdata[i];
      GPtrArray *list = g_hash_table_lookup (children, term->parent);

      if (list == NULL)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (children, (gpointer) term->parent, list);
        }
      g_ptr_array_add (list, term);
    }
  append_tree (children, NULL, sorted);
  g_ptr_array_set_free_func (self->terms, NULL);
  g_ptr_array_unref (self->terms);
  self->terms = sorted;
}

static gboolean
link_terms (SakVocabulary  *self,
            GError        **error)
{
  for (guint i = 0; i < self->terms->len; i++)
    if (!link_term (self, self->terms->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->terms->len; i++)
    if (!check_replacements (self, self->terms->pdata[i], error)
        || !find_live_parent (self->terms->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->terms->len; i++)
    if (!set_level (self->terms->pdata[i], error))
      return FALSE;
  if (!sak_vocabulary_check_labels (self->terms, error))
    return FALSE;
  sort_tree (self);
  return TRUE;
}

static json_t *
parse_file (const char  *text,
            gssize       size,
            gboolean     is_local,
            GError     **error)
{
  gsize length = size < 0 ? strlen (text) : (gsize) size;
  g_autoptr (json_t) file = NULL;

  if (length > SAK_VOCABULARY_MAX_SIZE)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE,
                   "vocabulary of %" G_GSIZE_FORMAT " bytes; the limit is %d", length,
                   SAK_VOCABULARY_MAX_SIZE);
      return NULL;
    }
  file = sak_json_parse (text, (gssize) length, error);
  if (file == NULL || !sak_vocabulary_check_head (file, is_local, error))
    return NULL;
  return g_steal_pointer (&file);
}

/* Takes @local, which may be NULL. */
static SakVocabulary *
make_vocabulary (const json_t  *data,
                 json_t        *local,
                 GError       **error)
{
  g_autoptr (SakVocabulary) self = g_new0 (SakVocabulary, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->data = json_incref ((json_t *) data);
  self->local = local;
  self->terms = g_ptr_array_new_with_free_func (g_free);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  if (!add_file (self, data, FALSE, error)
      || (local != NULL && !add_file (self, local, TRUE, error))
      || !link_terms (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * sak_vocabulary_parse:
 * @size: in bytes, or -1 for a terminated string
 *
 * A whole vocabulary from anybody. Errors: INVALID, naming the term; TOO_LARGE.
 */
SakVocabulary *
sak_vocabulary_parse (const char  *text,
                      gssize       size,
                      GError     **error)
{
  g_autoptr (json_t) data = parse_file (text, size, FALSE, error);

  return data != NULL ? make_vocabulary (data, NULL, error) : NULL;
}

/**
 * sak_vocabulary_add_local:
 * @shared: without additions, or with others, which are left out
 *
 * Returns: (transfer full): the shared terms as they are, and those of @text among them
 */
SakVocabulary *
sak_vocabulary_add_local (const SakVocabulary  *shared,
                          const char           *text,
                          gssize                size,
                          GError              **error)
{
  g_autoptr (json_t) local = parse_file (text, size, TRUE, error);

  if (local == NULL)
    return NULL;
  if (strcmp (sak_json_get_text (local, "additions_to"), sak_vocabulary_get_name (shared)) != 0)
    {
      sak_vocabulary_refuse (NULL, error, "these are additions to %s",
                             sak_json_get_text (local, "additions_to"));
      return NULL;
    }
  return make_vocabulary (shared->data, g_steal_pointer (&local), error);
}

SakVocabulary *
sak_vocabulary_ref (SakVocabulary *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sak_vocabulary_unref (SakVocabulary *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_hash_table_unref (self->by_code);
  g_ptr_array_unref (self->terms);
  json_decref (self->local);
  json_decref (self->data);
  g_free (self);
}
