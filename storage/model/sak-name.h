/* sak-name.h - whether two names may be one person's
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of the region have no family name, or have it first; they are written with and
 * without a form of address, apart or together, in their own script or in Latin letters,
 * each in several ways. Nobody may be missed: rather one "maybe" too many. A match is a
 * question for a person, and says why it was asked.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SAK_NAME_DIFFERENT,
  SAK_NAME_MAYBE,
  SAK_NAME_SAME,
} SakNameLikeness;

/* Why; several may hold. */
typedef enum
{
  SAK_NAME_LETTERS = 1 << 0,            /* the same letters */
  SAK_NAME_SPACING = 1 << 1,            /* … written together or apart */
  SAK_NAME_MARKS = 1 << 2,              /* one is written without its marks */
  SAK_NAME_OTHER_MARKS = 1 << 3,        /* both have marks, and not the same */
  SAK_NAME_ADDRESS = 1 << 4,            /* after leaving out U, Nai, Ong */
  SAK_NAME_OTHER_ADDRESS = 1 << 5,      /* one a man's form of address, the other a woman's */
  SAK_NAME_ORDER = 1 << 6,              /* the same parts in another order */
  SAK_NAME_ROMANISATION = 1 << 7,       /* two ways of writing one name in Latin letters */
  SAK_NAME_SCRIPT = 1 << 8,             /* one in its own script */
  SAK_NAME_SOUND = 1 << 9,              /* only sounds alike */
  SAK_NAME_LETTER = 1 << 10,            /* but for one letter */
  SAK_NAME_PART = 1 << 11,              /* one is a part of the other */
  SAK_NAME_LAST_REASON = SAK_NAME_PART,
} SakNameReason;

typedef struct
{
  SakNameLikeness likeness;
  guint score;                  /* 0 to 100 */
  guint reasons;                /* of SakNameReason */
  char *address;                /* the form of address that was left out, as it is written; or NULL */
} SakNameMatch;

void     sak_name_match_clear (SakNameMatch *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakNameMatch, sak_name_match_clear)

/* A name taken apart once, to be compared with many. */
typedef struct _SakName SakName;
SakName *sak_name_new         (const char    *text) G_GNUC_WARN_UNUSED_RESULT;
void     sak_name_free        (SakName       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakName, sak_name_free)

void     sak_name_compare     (const SakName *self,
                               const SakName *other,
                               SakNameMatch  *ret_match);
/* The names in a field that holds several, one a line or with commas between. */
char   **sak_name_split       (const char    *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
