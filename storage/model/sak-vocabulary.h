/* sak-vocabulary.h - lists of terms with stable codes, in six languages
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* Limits on a vocabulary, whoever wrote it. */
#define SAK_VOCABULARY_MAX_SIZE (2 * 1024 * 1024)
#define SAK_VOCABULARY_MAX_TERMS 5000   /* with local additions */
#define SAK_VOCABULARY_MAX_LEVELS 4
#define SAK_VOCABULARY_MAX_CODE 64      /* characters, as all below */
#define SAK_VOCABULARY_MAX_LABEL 160
#define SAK_VOCABULARY_MAX_NOTE 1000
#define SAK_VOCABULARY_MAX_ALSO 30      /* other words, for each language */

/* Only such codes may be added locally, and no shared vocabulary has any. */
#define SAK_VOCABULARY_LOCAL "local."

typedef struct _SakVocabulary SakVocabulary;
typedef struct _SakTerm SakTerm;

/* Shipped vocabularies, with what was added locally in the vault that is open: they live until
 * sak_vocabulary_forget_local(), and without additions as long as the program.
 */
const SakVocabulary *sak_vocabulary_get          (const char           *name);
const SakVocabulary *sak_vocabulary_get_nth      (guint                 n);
const SakVocabulary *sak_vocabulary_get_shipped  (guint                 n);
/* The languages that labels may have, English first; ends with NULL. */
const char *const   *sak_vocabulary_get_languages (void);

SakVocabulary       *sak_vocabulary_parse        (const char           *text,
                                                  gssize                size,
                                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;
SakVocabulary       *sak_vocabulary_add_local    (const SakVocabulary  *shared,
                                                  const char           *text,
                                                  gssize                size,
                                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Local additions in force: sak-vocabulary-local.c. */
void                 sak_vocabulary_use_local    (gconstpointer         owner,
                                                  SakVocabulary        *merged);
void                 sak_vocabulary_drop_local   (gconstpointer         owner);
void                 sak_vocabulary_forget_local (void);
/* SakVocabulary, one for each name that has additions in force. */
GPtrArray           *sak_vocabulary_list_local   (void) G_GNUC_WARN_UNUSED_RESULT;

SakVocabulary       *sak_vocabulary_ref          (SakVocabulary        *self);
void                 sak_vocabulary_unref        (SakVocabulary        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakVocabulary, sak_vocabulary_unref)

const char          *sak_vocabulary_get_name     (const SakVocabulary  *self);
/* The additions as a file, or NULL; borrowed. */
const json_t        *sak_vocabulary_get_additions (const SakVocabulary *self);
guint                sak_vocabulary_get_version  (const SakVocabulary  *self);
/* Of the local additions; 0 where there are none. */
guint                sak_vocabulary_get_local_version (const SakVocabulary *self);
const char          *sak_vocabulary_get_label    (const SakVocabulary  *self,
                                                  const char           *language);
/* Every term, withdrawn ones too, each before its children. */
guint                sak_vocabulary_get_n_terms  (const SakVocabulary  *self);
const SakTerm       *sak_vocabulary_get_term     (const SakVocabulary  *self,
                                                  guint                 n);
const SakTerm       *sak_vocabulary_find_term    (const SakVocabulary  *self,
                                                  const char           *code);
const SakTerm       *sak_vocabulary_resolve      (const SakVocabulary  *self,
                                                  const char           *code);
const char          *sak_vocabulary_get_label_for (const SakVocabulary *self,
                                                  const char           *code,
                                                  const char           *language);
/* What may be chosen; borrowed const SakTerm. @parent: NULL for the top. */
GPtrArray           *sak_vocabulary_list_children (const SakVocabulary *self,
                                                  const SakTerm        *parent) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray           *sak_vocabulary_search       (const SakVocabulary  *self,
                                                  const char           *text) G_GNUC_WARN_UNUSED_RESULT;

const char          *sak_term_get_code           (const SakTerm        *self);
const SakTerm       *sak_term_get_parent         (const SakTerm        *self);
/* 1 at the top. */
guint                sak_term_get_level          (const SakTerm        *self);
gboolean             sak_term_is_local           (const SakTerm        *self);
const char          *sak_term_get_label          (const SakTerm        *self,
                                                  const char           *language);
/* Labels and other words for it in every language; borrowed text. */
GPtrArray           *sak_term_list_words         (const SakTerm        *self) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it has one in this language itself. */
gboolean             sak_term_has_label          (const SakTerm        *self,
                                                  const char           *language);
/* NULL where the label says all. */
const char          *sak_term_get_note           (const SakTerm        *self,
                                                  const char           *language);
char               **sak_term_dup_path           (const SakTerm        *self,
                                                  const char           *language) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @self is @ancestor or stands under it; for counting and filters. */
gboolean             sak_term_is_in              (const SakTerm        *self,
                                                  const SakTerm        *ancestor);
/* Whether a native reader has yet to look at the label in this language. */
gboolean             sak_term_needs_review       (const SakTerm        *self,
                                                  const char           *language);
guint                sak_term_get_since          (const SakTerm        *self);
gboolean             sak_term_is_withdrawn       (const SakTerm        *self);
/* The next in line, which may itself be withdrawn; or NULL. */
const SakTerm       *sak_term_get_replacement    (const SakTerm        *self);

/* The same term elsewhere, NULL or 0 where there is none. HURIDOCS: "4/010101020000",
 * micro-thesaurus and code; ILO indicator of forced labour 1…11; element of trafficking
 * "act" "means" "purpose" (Palermo, article 3); language of ISO 639-3.
 */
const char          *sak_term_get_huridocs       (const SakTerm        *self);
guint                sak_term_get_ilo            (const SakTerm        *self);
const char          *sak_term_get_palermo        (const SakTerm        *self);
const char          *sak_term_get_iso639         (const SakTerm        *self);

typedef enum
{
  SAK_VOCABULARY_ADDED,
  SAK_VOCABULARY_RENAMED,       /* detail: the languages, "en my" */
  SAK_VOCABULARY_MOVED,         /* detail: code of the new parent, NULL for the top */
  SAK_VOCABULARY_WITHDRAWN,     /* detail: code of the replacement, or NULL */
  SAK_VOCABULARY_LOST,          /* what must not be: old records have the code */
} SakVocabularyChangeKind;

typedef struct
{
  SakVocabularyChangeKind kind;
  char *code;
  char *detail;
} SakVocabularyChange;

void                 sak_vocabulary_change_free  (SakVocabularyChange  *self);
/* Of SakVocabularyChange, which it owns. */
GPtrArray           *sak_vocabulary_compare      (const SakVocabulary  *older,
                                                  const SakVocabulary  *newer) G_GNUC_WARN_UNUSED_RESULT;

/* Whether two labels (by language) look the same in some language. */
gboolean             sak_vocabulary_is_same_label     (const json_t *one,
                                                       const json_t *other);

G_END_DECLS
