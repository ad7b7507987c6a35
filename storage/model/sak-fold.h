/* sak-fold.h - text as it is compared in a search: one spelling for what is read as the same
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Never stored in place of the text: what is stored is NFC, as it was typed.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a character does for the one before it and after it. */
typedef enum
{
  SAK_FOLD_GAP,                 /* between words; of the controls, only U+001E and U+001F are left */
  SAK_FOLD_LETTER,              /* of a script that writes words apart */
  SAK_FOLD_DIGIT,
  SAK_FOLD_SIGN,                /* stands alone: Chinese */
  SAK_FOLD_BASE,                /* begins a cluster: consonants, independent vowels */
  SAK_FOLD_FINAL,               /* the same, but closes the syllable before it: Burmese with asat */
  SAK_FOLD_LEAD,                /* vowel written before its consonant: Thai, Lao */
  SAK_FOLD_MARK,                /* belongs to the cluster before it */
} SakFoldKind;

typedef struct
{
  gunichar c;
  guint32 start;                /* bytes of the text that it comes from */
  guint32 end;
  guint8 kind;
  guint8 order;                 /* of a mark within its cluster, as sak-fold-scripts.c sorts */
} SakFoldChar;

GArray *sak_fold_chars (const char *text,
                        gsize       size) G_GNUC_WARN_UNUSED_RESULT;
char   *sak_fold_text  (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
