/* sak-owner.h - what a vault's owner says of themselves beside the vault's name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

#define SAK_ORGANISATION_MAX_LENGTH 100         /* characters, as on a contact card */

/* "" where there is none. */
char    *sak_vault_dup_organisation (SakVault    *self,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_vault_set_organisation (SakVault    *self,
                                     const char  *organisation,
                                     GError     **error);

G_END_DECLS
