/* sak-vault-dates.h - the events that this vault's people remember time by: "the flood"
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In force for dates in words while the vault is open: storage/model/sak-date-events.h.
 */
#pragma once

#include "storage/model/sak-date-events.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* Of SakDateEvent, as they were added. */
GArray   *sak_vault_list_date_events  (SakVault    *self,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Durable and in force when they return. */
gboolean  sak_vault_add_date_event    (SakVault    *self,
                                       const char  *name,
                                       const char  *edtf,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_vault_remove_date_event (SakVault    *self,
                                       const char  *name,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* At opening: what damage took stays out, and nothing else. */
void      sak_vault_bring_date_events (SakVault    *self);

G_END_DECLS
