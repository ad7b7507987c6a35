/* sak-passphrase.h - offering a passphrase, and saying honestly how strong one is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_STRENGTH_TOO_WEAK,        /* refused */
  SAK_STRENGTH_WEAK,
  SAK_STRENGTH_FAIR,
  SAK_STRENGTH_STRONG,
} SakStrength;

typedef enum
{
  SAK_PASSPHRASE_SYLLABLES,     /* "badu kimo tefa …": any Latin keyboard */
  SAK_PASSPHRASE_DIGITS,        /* "4821 0937 …": any keyboard */
} SakPassphraseKind;

/* Bits of chance in what sak_passphrase_generate() gives. */
#define SAK_PASSPHRASE_SYLLABLES_BITS 75
#define SAK_PASSPHRASE_DIGITS_BITS 79

SakSecret   *sak_passphrase_generate      (SakPassphraseKind  kind) G_GNUC_WARN_UNUSED_RESULT;
double       sak_passphrase_estimate_bits (const char        *text);
SakStrength  sak_passphrase_get_strength  (double             bits);
/* A sentence for the person who is typing it. */
const char  *sak_passphrase_say_strength  (const char        *text,
                                           gboolean           is_generated);

G_END_DECLS
