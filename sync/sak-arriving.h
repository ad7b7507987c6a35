/* sak-arriving.h - what a file is that came from somebody: a bundle, a receipt, a contact card, a notice
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_ARRIVING_BUNDLE,          /* or nothing of ours: reading it as a bundle says what is wrong */
  SAK_ARRIVING_RECEIPT,
  SAK_ARRIVING_CARD,
  SAK_ARRIVING_NOTICE,
} SakArriving;

/* By what is in it, whatever it is called. Nothing of it is believed. */
SakArriving sak_arriving_recognize (SakVault     *vault,
                                    const char   *filename,
                                    GCancellable *cancellable);

G_END_DECLS
