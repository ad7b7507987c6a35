/* sak-leftovers.h - what a crash left of an unfinished change goes when the vault is opened
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault-private.h"

G_BEGIN_DECLS

gboolean sak_leftovers_mark   (SakVault    *vault,
                               const char  *object,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void     sak_leftovers_settle (SakVault    *vault,
                               const char  *object);
void     sak_leftovers_remove (SakVault    *vault);

G_END_DECLS
