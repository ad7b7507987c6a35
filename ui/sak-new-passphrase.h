/* sak-new-passphrase.h - a new passphrase, typed twice
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

/* Emits "changed" when it has become ready or unready, "activate" on Return when ready. */
#define SAK_TYPE_NEW_PASSPHRASE (sak_new_passphrase_get_type ())
G_DECLARE_FINAL_TYPE (SakNewPassphrase, sak_new_passphrase, SAK, NEW_PASSPHRASE, AdwBin)

/* @may_be_empty: then no passphrase at all is ready, too. */
GtkWidget *sak_new_passphrase_new      (gboolean          may_be_empty);
/* With a bar for the strength, and other offers: where there is room. */
void       sak_new_passphrase_offer_more (SakNewPassphrase *self);
gboolean   sak_new_passphrase_is_ready (SakNewPassphrase *self);
/* Empties the entries. NULL where it is empty. */
SakSecret *sak_new_passphrase_take     (SakNewPassphrase *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
