/* sak-vocabulary-private.h - what loading, checking and searching vocabularies share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-vocabulary.h"

G_BEGIN_DECLS

/* A thin view on a term's data. */
struct _SakTerm
{
  const json_t *data;
  const json_t *file;           /* that it stands in */
  const SakTerm *parent;
  const SakTerm *replacement;
  guint number;                 /* in its file, from 1, for messages */
  guint index;                  /* among all terms, in the order of the tree */
  guint level;
  gboolean is_local;
};

struct _SakVocabulary
{
  gatomicrefcount ref_count;
  json_t *data;
  json_t *local;                /* nullable: the additions */
  GPtrArray *terms;             /* SakTerm, each before its children */
  GHashTable *by_code;          /* borrowed code → borrowed SakTerm */
  gsize has_texts;              /* g_once_init_enter() */
  GPtrArray *texts;             /* sak-vocabulary-search.c */
};

/* One fault, with the term that has it. */
G_GNUC_INTERNAL
gboolean sak_vocabulary_refuse     (const SakTerm   *term,
                                    GError         **error,
                                    const char      *format,
                                    ...) G_GNUC_PRINTF (3, 4);
/* Each on its own, before terms are looked at together. */
G_GNUC_INTERNAL
gboolean sak_vocabulary_check_head (const json_t    *data,
                                    gboolean         is_local,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean sak_vocabulary_check_term (const SakTerm   *term,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean sak_vocabulary_check_labels (GPtrArray     *terms,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
const char *sak_vocabulary_find_text_fault (const json_t *value,
                                            glong         max_chars);
G_GNUC_INTERNAL
const char *sak_vocabulary_translate (const json_t   *words,
                                      const char     *language);

/* What stands in for the shipped one of this name just now, or NULL; borrowed. */
G_GNUC_INTERNAL
const SakVocabulary *sak_vocabulary_find_local (const char *name);

G_END_DECLS
