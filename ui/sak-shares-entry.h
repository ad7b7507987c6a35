/* sak-shares-entry.h - shares of a key, typed from paper: a field for each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

#define SAK_TYPE_SHARES_ENTRY (sak_shares_entry_get_type ())
G_DECLARE_FINAL_TYPE (SakSharesEntry, sak_shares_entry, SAK, SHARES_ENTRY, AdwBin)

GtkWidget *sak_shares_entry_new   (void);
/* Of SakSecret, what stands in each field that is not empty. */
GPtrArray *sak_shares_entry_get   (SakSharesEntry *self) G_GNUC_WARN_UNUSED_RESULT;
void       sak_shares_entry_clear (SakSharesEntry *self);

G_END_DECLS
