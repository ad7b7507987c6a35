/* sak-name-private.h - a name taken apart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-name.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_NAME_IN_LATIN,
  SAK_NAME_IN_BURMESE,
  SAK_NAME_IN_THAI,
  SAK_NAME_IN_LAO,
  SAK_NAME_IN_KHMER,
  SAK_NAME_IN_OTHER,
} SakNameScript;

/* A word; of Burmese, a syllable. */
typedef struct
{
  guint32 start;                /* bytes of the text */
  guint32 end;
  SakNameScript script;
  gboolean is_capital;          /* begins with one, or its script has none */
  char *folded;
  char *key;                    /* one spelling for the ways to write it in Latin letters */
  char *sound;                  /* the same for what only sounds alike */
} SakNameWord;

struct _SakName
{
  char *text;                   /* without the prefix */
  char *prefix;                 /* a form of address that is written together with the name; or NULL */
  GArray *words;                /* SakNameWord */
  guint n_address;              /* how many at the beginning are a form of address */
  gboolean is_man;              /* … of a man, of a woman; neither where it tells nothing */
  gboolean is_woman;
};

/* Words of any text, in its order. */
GArray       *sak_name_cut           (const char    *text) G_GNUC_WARN_UNUSED_RESULT;
SakNameScript sak_name_get_script    (gunichar       c);
/* Both appended to @key, which Latin letters alone make up. */
void          sak_name_spell_latin   (const char    *folded,
                                      GString       *key);
void          sak_name_spell_burmese (const char    *syllable,
                                      GString       *key);
void          sak_name_spell_other   (const char    *folded,
                                      GString       *key);
char         *sak_name_make_sound    (const char    *key) G_GNUC_WARN_UNUSED_RESULT;
/* Consonants alone, in classes: what is left of a name in every script. */
char         *sak_name_make_bones    (const char    *key) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the word is a form of address; @ret_is_man, @ret_is_woman where it tells. */
gboolean      sak_name_is_address    (const SakNameWord *word,
                                      gboolean      *ret_is_man,
                                      gboolean      *ret_is_woman);
/* Thai, Lao and Khmer write it together with the name: its bytes, or 0. */
gsize         sak_name_find_prefix   (const char    *folded,
                                      gboolean      *ret_is_man,
                                      gboolean      *ret_is_woman);

#define sak_name_word(words, i) (&g_array_index (words, SakNameWord, i))

/* What is looked up of a text, word by word. */
#define SAK_NAME_MAX_WORDS 8            /* of a name in a text */
#define SAK_NAME_MIN_ALONE 5            /* letters of one word that is a name without more around it */
#define SAK_NAME_LAST_DIGITS 7          /* what two spellings of one telephone number share */

/* Scripts that have no spaces, and of whose vowels nothing is known in another one. */
gboolean      sak_name_is_native     (SakNameScript  script);
/* Whether nothing but blanks is between them. */
gboolean      sak_name_is_next       (const char    *text,
                                      const SakNameWord *word,
                                      const SakNameWord *next);
/* Whether a form of address is before the word. */
gboolean      sak_name_is_addressed  (const char    *text,
                                      GArray        *words,
                                      guint          n);

/* sak-name-glued.c: behind a form of address in Thai, Lao or Khmer, what can be compared of a name there. */
#define SAK_GLUED_MAX 12                /* consonants that are looked at */
#define SAK_GLUED_MIN_NEAR 4            /* … of which one may be another, or must be behind "you" */

typedef struct
{
  SakNameScript script;
  guint32 start;                        /* bytes of the text */
  guint32 ends[SAK_GLUED_MAX];          /* … where it has one consonant, two, and so on */
  guint n_bones;
  char bones[SAK_GLUED_MAX];
  gboolean is_pronoun;                  /* the form of address is also "you" */
} SakGluedName;

GArray       *sak_name_list_glued    (const char    *text) G_GNUC_WARN_UNUSED_RESULT;
/* How many of its consonants may be the name of these bones; 0 for none. @is_whole: they are all of it. */
guint         sak_name_match_glued   (const SakGluedName *self,
                                      const char    *bones,
                                      gboolean       is_whole,
                                      gboolean      *ret_is_near);

/* @native: of the name in this script, so many as @bones has. */
gboolean      sak_name_bones_are_alike (SakNameScript script,
                                      const char    *native,
                                      const char    *bones,
                                      gsize          size);
gboolean      sak_name_bones_are_near (const char    *a,
                                      gsize          size_a,
                                      const char    *b,
                                      gsize          size_b);

/* sak-name-run.c: words in Latin letters of which the consonants are compared with names in Thai, Lao and Khmer. */
typedef struct
{
  guint32 start;                        /* bytes of the text */
  guint32 end;
  guint n_words;
  guint n_bones;
  char bones[SAK_GLUED_MAX];
  gboolean is_capital;                  /* all of them */
  gboolean is_addressed;
} SakNameRun;

/* Two whose consonants are alike or near have one of these in common: all of them as they are heard, and, where
 * @has_near and there are enough, all but one. @set: the same letters are another thing in another. Ends where @func
 * says TRUE, and says so.
 */
#define SAK_NAME_BONES 'b'
#define SAK_NAME_RUN 'r'
typedef gboolean (*SakNameVariantFunc) (guint32 hash, gpointer user_data);
gboolean      sak_name_try_variants  (char           set,
                                      const char    *bones,
                                      gsize          size,
                                      gboolean       has_near,
                                      SakNameVariantFunc func,
                                      gpointer       user_data);
/* All that stands next to each other and may be a name. */
GArray       *sak_name_list_runs     (const char    *text) G_GNUC_WARN_UNUSED_RESULT;
/* @bones: of a name in @script; @is_whole: they are all of it. */
gboolean      sak_name_match_run     (const SakNameRun *self,
                                      SakNameScript  script,
                                      const char    *bones,
                                      gboolean       is_whole,
                                      gboolean      *ret_is_near);

/* A hint, taken apart; the pieces are borrowed. */
#define SAK_HINT_MAX_WORDS 16

typedef enum { SAK_HINT_FOLDED, SAK_HINT_KEY, SAK_HINT_SOUND, SAK_HINT_N_SPELLINGS } SakHintSpelling;

typedef struct
{
  const char *start;
  gsize size;
} SakHintPiece;

typedef struct
{
  guint n_address;
  gboolean is_without_vowels;
  guint n_words;
  SakHintPiece words[SAK_HINT_N_SPELLINGS][SAK_HINT_MAX_WORDS];
} SakHintView;

/* FALSE for what is no hint, or has more words than are looked at. */
gboolean      sak_name_read_hint     (const char    *hint,
                                      SakHintView   *view);

G_END_DECLS
