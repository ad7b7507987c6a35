/* sak-practice.h - the made-up cases that a practice vault comes with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* Into a practice vault only. @language: "en", "my"…; English where there is no such text. */
gboolean sak_vault_add_practice_cases (SakVault    *self,
                                       const char  *language,
                                       GError     **error);

G_END_DECLS
