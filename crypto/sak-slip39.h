/* sak-slip39.h - a secret in shares of which any k restore it (SLIP-0039)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Interoperable with every other program that reads SLIP-0039: groups, extendable sets and
 * any length are read; what is written is one group of k out of n.
 */
#pragma once

#include "crypto/sak-error.h"
#include "crypto/sak-secret.h"
#include "crypto/sak-typing-mistake.h"

G_BEGIN_DECLS

#define SAK_SLIP39_N_WORDS 1024
#define SAK_SLIP39_MAX_SHARES 16

typedef struct
{
  guint identifier;             /* 15 bits: which set of shares */
  gboolean is_extendable;
  guint exponent;               /* of the iterations of PBKDF2 */
  guint group_index;            /* from 0 */
  guint group_threshold;
  guint n_groups;
  guint member_index;           /* from 0 */
  guint member_threshold;
  SakSecret *value;
} SakSlip39Share;

void            sak_slip39_share_free       (SakSlip39Share        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSlip39Share, sak_slip39_share_free)

SakSlip39Share *sak_slip39_share_parse      (SakSecret             *typed,
                                             guint                  number,
                                             SakTypingMistake      *ret_mistake,
                                             GError               **error) G_GNUC_WARN_UNUSED_RESULT;
/* "academic acid …": lower case, single spaces. */
SakSecret      *sak_slip39_share_to_words   (const SakSlip39Share  *self) G_GNUC_WARN_UNUSED_RESULT;
/* "0000 0001 …", for who has no Latin keyboard. @words: as made by the above. */
SakSecret      *sak_slip39_words_to_numbers (SakSecret             *words) G_GNUC_WARN_UNUSED_RESULT;
/* NULL above 1023. */
const char     *sak_slip39_get_word         (guint                  number);

/* Of SakSlip39Share. @master: 16 to 64 bytes, an even number. 2 ≤ threshold ≤ n_shares ≤ 16. */
GPtrArray      *sak_slip39_split            (SakSecret             *master,
                                             guint                  threshold,
                                             guint                  n_shares) G_GNUC_WARN_UNUSED_RESULT;
SakSecret      *sak_slip39_combine          (GPtrArray             *shares,
                                             const char            *passphrase,
                                             SakTypingMistake      *ret_mistake,
                                             GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
