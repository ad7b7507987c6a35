/* sak-test-old-vault.h - a vault as an older program left it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* Puts the open @vault back to an older schema, with what that one can hold of its rows. */
void test_vault_make_old (SakVault *vault,
                          guint     version);
guint test_vault_get_version (SakVault *vault);

G_END_DECLS
