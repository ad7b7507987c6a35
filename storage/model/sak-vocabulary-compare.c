/* sak-vocabulary-compare.c - what another version of a vocabulary changes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-vocabulary-private.h"

#include <string.h>

void
sak_vocabulary_change_free (SakVocabularyChange *self)
{
  g_free (self->code);
  g_free (self->detail);
  g_free (self);
}

static void
add_change (GPtrArray               *changes,
            SakVocabularyChangeKind  kind,
            const SakTerm           *term,
            const char              *detail)
{
  SakVocabularyChange *change = g_new0 (SakVocabularyChange, 1);

  change->kind = kind;
  change->code = g_strdup (sak_term_get_code (term));
  change->detail = g_strdup (detail);
  g_ptr_array_add (changes, change);
}

static const char *
get_code (const SakTerm *term)
{
  return term != NULL ? sak_term_get_code (term) : NULL;
}

/* In which the label is another; a label that only came or went is one, too. */
static char *
list_languages (const SakTerm *older,
                const SakTerm *newer)
{
  GString *list = g_string_new (NULL);

  for (const char *const *language = sak_vocabulary_get_languages (); *language != NULL; language++)
    if (g_strcmp0 (sak_json_get_text (json_object_get (older->data, "label"), *language),
                   sak_json_get_text (json_object_get (newer->data, "label"), *language)) != 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", *language);
  return g_string_free (list, FALSE);
}

static void
compare_term (GPtrArray     *changes,
              const SakTerm *older,
              const SakTerm *newer)
{
  g_autofree char *languages = list_languages (older, newer);

  if (sak_term_is_withdrawn (newer) && !sak_term_is_withdrawn (older))
    add_change (changes, SAK_VOCABULARY_WITHDRAWN, newer, get_code (newer->replacement));
  if (*languages != '\0')
    add_change (changes, SAK_VOCABULARY_RENAMED, newer, languages);
  if (g_strcmp0 (get_code (older->parent), get_code (newer->parent)) != 0)
    add_change (changes, SAK_VOCABULARY_MOVED, newer, get_code (newer->parent));
}

/**
 * sak_vocabulary_compare:
 *
 * Returns: (transfer full): in the order of @newer, and last what it lost. A term may be there
 *   several times, moved and renamed.
 */
GPtrArray *
sak_vocabulary_compare (const SakVocabulary *older,
                        const SakVocabulary *newer)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_vocabulary_change_free);

  for (guint i = 0; i < newer->terms->len; i++)
    {
      const SakTerm *term = newer->terms->pdata[i];
      const SakTerm *before = sak_vocabulary_find_term (older, sak_term_get_code (term));

      if (before != NULL)
        compare_term (changes, before, term);
      else
        add_change (changes, SAK_VOCABULARY_ADDED, term, NULL);
    }
  for (guint i = 0; i < older->terms->len; i++)
    if (sak_vocabulary_find_term (newer, sak_term_get_code (older->terms->pdata[i])) == NULL)
      add_change (changes, SAK_VOCABULARY_LOST, older->terms->pdata[i], NULL);
  return changes;
}
