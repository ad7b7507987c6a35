/* sak-vocabulary.c - lists of terms with stable codes: the shipped ones, and asking one
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record holds codes. Labels may be bettered at any time; a term may be moved, or
 * withdrawn in favour of another, and the code in old records still leads there. The files
 * are under vocabularies/ and compiled in; the README.md there tells what they may say.
 */
#include "config.h"

#include "storage/model/sak-vocabulary-private.h"

#include "storage/model/sak-vocabularies-resources.h"

#include <string.h>

static const char *const shipped_names[] = {
  "violations", "perpetrators", "involvement", "connection", "reliability", "places", "victim-status",
  "interventions", "responses", "relations", "chain", "languages", "peoples", "identity",
};

/* Shipped ones: they are ours, so a fault in one is a fault of the program. */

static SakVocabulary *
load_shipped (const char *name)
{
  static gsize registered = 0;
  g_autofree char *path = g_strdup_printf ("/org/sakkhi/vocabularies/%s.json", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SakVocabulary *self = NULL;

  if (g_once_init_enter (&registered))
    {
      sak_vocabularies_register_resource ();
      g_once_init_leave (&registered, 1);
    }
  bytes = g_resources_lookup_data (path, 0, &error);
  if (bytes != NULL)
    self = sak_vocabulary_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  if (self == NULL)
    g_error ("Vocabulary %s: %s", name, error->message);
  return self;
}

/**
 * sak_vocabulary_get_shipped:
 *
 * Without local additions; lives as long as the program. Loaded when first asked for. Any thread.
 *
 * Returns: (nullable): NULL after the last
 */
const SakVocabulary *
sak_vocabulary_get_shipped (guint n)
{
  static gsize loaded[G_N_ELEMENTS (shipped_names)];

  if (n >= G_N_ELEMENTS (shipped_names))
    return NULL;
  if (g_once_init_enter (&loaded[n]))
    g_once_init_leave (&loaded[n], (gsize) load_shipped (shipped_names[n]));
  return (const SakVocabulary *) loaded[n];
}

/**
 * sak_vocabulary_get_nth:
 *
 * Of the shipped ones, with the local additions that are in force. Any thread.
 *
 * Returns: (nullable): NULL after the last
 */
const SakVocabulary *
sak_vocabulary_get_nth (guint n)
{
  const SakVocabulary *shipped = sak_vocabulary_get_shipped (n);
  const SakVocabulary *local = shipped != NULL ? sak_vocabulary_find_local (shipped_names[n]) : NULL;

  return local != NULL ? local : shipped;
}

/**
 * sak_vocabulary_get:
 * @name: (nullable): may be anything
 *
 * Returns: (nullable): NULL if this program has no such vocabulary
 */
const SakVocabulary *
sak_vocabulary_get (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (shipped_names); i++)
    if (g_strcmp0 (shipped_names[i], name) == 0)
      return sak_vocabulary_get_nth (i);
  return NULL;
}

/* Asking a vocabulary */

const char *
sak_vocabulary_get_name (const SakVocabulary *self)
{
  return sak_json_get_text (self->data, "vocabulary");
}

const json_t *
sak_vocabulary_get_additions (const SakVocabulary *self)
{
  return self->local;
}

guint
sak_vocabulary_get_version (const SakVocabulary *self)
{
  return (guint) json_integer_value (json_object_get (self->data, "version"));
}

guint
sak_vocabulary_get_local_version (const SakVocabulary *self)
{
  return (guint) json_integer_value (json_object_get (self->local, "version"));
}

const char *
sak_vocabulary_get_label (const SakVocabulary *self,
                          const char          *language)
{
  return sak_vocabulary_translate (json_object_get (self->data, "label"), language);
}

guint
sak_vocabulary_get_n_terms (const SakVocabulary *self)
{
  return self->terms->len;
}

const SakTerm *
sak_vocabulary_get_term (const SakVocabulary *self,
                         guint                n)
{
  return n < self->terms->len ? self->terms->pdata[n] : NULL;
}

/**
 * sak_vocabulary_find_term:
 * @code: (nullable): may be anything
 *
 * Returns: (nullable): the term of this code itself, even if it is withdrawn
 */
const SakTerm *
sak_vocabulary_find_term (const SakVocabulary *self,
                          const char          *code)
{
  return code != NULL ? g_hash_table_lookup (self->by_code, code) : NULL;
}

/**
 * sak_vocabulary_resolve:
 * @code: (nullable): as in a record, of whatever age
 *
 * Returns: (nullable): the term that stands for it now; a withdrawn one only where nothing came
 *   in its place
 */
const SakTerm *
sak_vocabulary_resolve (const SakVocabulary *self,
                        const char          *code)
{
  const SakTerm *term = sak_vocabulary_find_term (self, code);

  while (term != NULL && term->replacement != NULL)
    term = term->replacement;
  return term;
}

/**
 * sak_vocabulary_get_label_for:
 *
 * Returns: (nullable): NULL for a code that is not known, such as another partner's local one
 */
const char *
sak_vocabulary_get_label_for (const SakVocabulary *self,
                              const char          *code,
                              const char          *language)
{
  const SakTerm *term = sak_vocabulary_resolve (self, code);

  return term != NULL ? sak_term_get_label (term, language) : NULL;
}

GPtrArray *
sak_vocabulary_list_children (const SakVocabulary *self,
                              const SakTerm       *parent)
{
  GPtrArray *children = g_ptr_array_new ();
  guint level = parent != NULL ? parent->level : 0;

  for (guint i = parent != NULL ? parent->index + 1 : 0; i < self->terms->len; i++)
    {
      SakTerm *term = self->terms->pdata[i];

      if (term->level <= level)
        break;
      if (term->level == level + 1 && !sak_term_is_withdrawn (term))
        g_ptr_array_add (children, term);
    }
  return children;
}
