/* sak-syllable.h - a text cut into what can be searched for: words, numbers, syllables
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In texts that are put together for the search index. Before a code, which is one token up
 * to the next blank and which no text has; and between fields, so that nothing is found across.
 */
#define SAK_SYLLABLE_CODE "\x1e"
#define SAK_SYLLABLE_BREAK "\x1f"

/* Keys are cut off behind this; nobody writes such words. */
#define SAK_SYLLABLE_MAX_KEY 240

typedef enum
{
  SAK_SYLLABLE_WORD,            /* of a script that writes words apart */
  SAK_SYLLABLE_NUMBER,
  SAK_SYLLABLE_CLUSTER,         /* a syllable or part of one, or a Chinese sign */
  SAK_SYLLABLE_OTHER,           /* a code, or a break */
} SakSyllableKind;

typedef struct
{
  guint32 start;                /* bytes of the text */
  guint32 end;
  guint32 key;                  /* where in the keys its key begins */
  guint16 key_size;
  guint8 kind;
  guint8 is_bare;               /* one consonant alone, in a script without asat: it may close a syllable */
  guint8 follows;               /* stands right behind the one before it, in the same script */
  gunichar first;               /* of its folded characters */
} SakSyllable;

/* Words with a hyphen between, with points ("U.N."), or by a capital alone ("MaeSot") are also one: "co-operative" is
 * "cooperative". At most so many.
 */
#define SAK_SYLLABLE_MAX_JOINED 8

typedef struct
{
  guint from;                   /* of the syllables, words all: from … to - 1 */
  guint to;
  SakSyllable word;             /* that they make together */
} SakJoinedWord;

typedef struct
{
  GArray *all;                  /* of SakSyllable, in the order of the text */
  GArray *joined;               /* of SakJoinedWord, by where they begin */
  GString *keys;
} SakSyllables;

SakSyllables *sak_syllables_new  (const char          *text,
                                  gsize                size) G_GNUC_WARN_UNUSED_RESULT;
void          sak_syllables_free (SakSyllables        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSyllables, sak_syllables_free)

#define sak_syllables_get(self, i) (&g_array_index ((self)->all, SakSyllable, i))
#define sak_syllables_get_key(self, syllable) ((self)->keys->str + (syllable)->key)

#define sak_syllables_get_joined(self, i) (&g_array_index ((self)->joined, SakJoinedWord, i))

/* What all of them make together, where there are several and that is one word; or NULL. */
const SakSyllable *sak_syllables_get_whole (const SakSyllables *self);
gboolean      sak_syllables_same (const SakSyllables  *self,
                                  guint                at,
                                  const SakSyllables  *other,
                                  guint                other_at);

G_END_DECLS
