/* sak-vocabulary-term.c - asking one term of a vocabulary
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-vocabulary-private.h"

#include <string.h>

/* "my_MM.UTF-8" asks for "my". */
const char *
sak_vocabulary_translate (const json_t *words,
                          const char   *language)
{
  g_autofree char *plain = g_strndup (language, strcspn (language, "-_.@"));
  const char *text = sak_json_get_text (words, plain);

  return text != NULL ? text : sak_json_get_text (words, "en");
}

const char *
sak_term_get_code (const SakTerm *self)
{
  return sak_json_get_text (self->data, "code");
}

const SakTerm *
sak_term_get_parent (const SakTerm *self)
{
  return self->parent;
}

guint
sak_term_get_level (const SakTerm *self)
{
  return self->level;
}

gboolean
sak_term_is_local (const SakTerm *self)
{
  return self->is_local;
}

/**
 * sak_term_get_label:
 *
 * Returns: in this language; else in English; else, of local terms, in the one it has
 */
const char *
sak_term_get_label (const SakTerm *self,
                    const char    *language)
{
  json_t *words = json_object_get (self->data, "label");
  const char *text = sak_vocabulary_translate (words, language);

  if (text == NULL)
    text = json_string_value (json_object_iter_value (json_object_iter (words)));
  return text != NULL ? text : sak_term_get_code (self);
}

GPtrArray *
sak_term_list_words (const SakTerm *self)
{
  GPtrArray *all = g_ptr_array_new ();
  const char *language;
  json_t *label, *list, *words;
  gsize i;

  json_object_foreach (json_object_get (self->data, "label"), language, label)
    g_ptr_array_add (all, (gpointer) json_string_value (label));
  json_object_foreach (json_object_get (self->data, "also"), language, list)
    json_array_foreach (list, i, words)
      g_ptr_array_add (all, (gpointer) json_string_value (words));
  return all;
}

gboolean
sak_term_has_label (const SakTerm *self,
                    const char    *language)
{
  return sak_json_get_text (json_object_get (self->data, "label"), language) != NULL;
}

const char *
sak_term_get_note (const SakTerm *self,
                   const char    *language)
{
  return sak_vocabulary_translate (json_object_get (self->data, "note"), language);
}

/**
 * sak_term_dup_path:
 *
 * Returns: (transfer full): labels from the top down to the term's own
 */
char **
sak_term_dup_path (const SakTerm *self,
                   const char    *language)
{
  char **path = g_new0 (char *, self->level + 1);

  for (const SakTerm *at = self; at != NULL; at = at->parent)
    path[at->level - 1] = g_strdup (sak_term_get_label (at, language));
  return path;
}

gboolean
sak_term_is_in (const SakTerm *self,
                const SakTerm *ancestor)
{
  while (self != NULL && self != ancestor)
    self = self->parent;
  return self != NULL;
}

static gboolean
is_listed (const json_t *list,
           const char   *language)
{
  json_t *item;
  gsize i;

  json_array_foreach (list, i, item)
    if (g_strcmp0 (json_string_value (item), language) == 0)
      return TRUE;
  return FALSE;
}

/* Said for the whole file, or for the term. */
gboolean
sak_term_needs_review (const SakTerm *self,
                       const char    *language)
{
  g_autofree char *plain = g_strndup (language, strcspn (language, "-_.@"));

  return is_listed (json_object_get (self->file, "review"), plain)
         || is_listed (json_object_get (self->data, "review"), plain);
}

guint
sak_term_get_since (const SakTerm *self)
{
  const json_t *since = json_object_get (self->data, "since");

  return since != NULL ? (guint) json_integer_value (since) : 1;
}

gboolean
sak_term_is_withdrawn (const SakTerm *self)
{
  return json_object_get (self->data, "withdrawn") != NULL;
}

const SakTerm *
sak_term_get_replacement (const SakTerm *self)
{
  return self->replacement;
}

const char *
sak_term_get_huridocs (const SakTerm *self)
{
  return sak_json_get_text (self->data, "huridocs");
}

guint
sak_term_get_ilo (const SakTerm *self)
{
  return (guint) json_integer_value (json_object_get (self->data, "ilo"));
}

const char *
sak_term_get_palermo (const SakTerm *self)
{
  return sak_json_get_text (self->data, "palermo");
}

const char *
sak_term_get_iso639 (const SakTerm *self)
{
  return sak_json_get_text (self->data, "iso639");
}
