/* sak-typing-mistake.h - where somebody slipped who typed a recovery code or key shares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SakMistakeKind:
 * @SAK_MISTAKE_NONE: nothing wrong with the typing
 * @SAK_MISTAKE_CHARACTER: something that can stand in no code or share
 * @SAK_MISTAKE_TOO_SHORT: digits or words are missing
 * @SAK_MISTAKE_TOO_LONG: there are more digits or words than there may be
 * @SAK_MISTAKE_GROUP: the group's check digit does not fit
 * @SAK_MISTAKE_WORD: no such word or number in the list
 * @SAK_MISTAKE_CHECKSUM: some word of the share is another than was printed
 * @SAK_MISTAKE_SHARE_TWICE: the same share was typed before, as share @other
 * @SAK_MISTAKE_OTHER_SET: a share, but of another set than the rest
 * @SAK_MISTAKE_TOO_FEW: good shares, but more are needed
 * @SAK_MISTAKE_DIGEST: each share is well typed, but together they give nothing
 */
typedef enum
{
  SAK_MISTAKE_NONE,
  SAK_MISTAKE_CHARACTER,
  SAK_MISTAKE_TOO_SHORT,
  SAK_MISTAKE_TOO_LONG,
  SAK_MISTAKE_GROUP,
  SAK_MISTAKE_WORD,
  SAK_MISTAKE_CHECKSUM,
  SAK_MISTAKE_SHARE_TWICE,
  SAK_MISTAKE_OTHER_SET,
  SAK_MISTAKE_TOO_FEW,
  SAK_MISTAKE_DIGEST,
} SakMistakeKind;

typedef struct
{
  SakMistakeKind kind;
  guint part;                   /* from 1: the group of the code, or which of the shares; 0: all */
  guint word;                   /* from 1: of that share; 0: not known which */
  guint other;                  /* SHARE_TWICE: the share that it repeats */
  guint needed;                 /* TOO_FEW: shares */
  guint had;
} SakTypingMistake;

G_END_DECLS
