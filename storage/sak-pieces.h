/* sak-pieces.h - texts of a vault's own that are too long for one setting
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault-private.h"

G_BEGIN_DECLS

/* @kind and @name: neither may have a unit separator. Inside a transaction of the caller's. */
gboolean sak_pieces_store  (SakVault    *vault,
                            const char  *kind,
                            const char  *name,
                            const char  *text,
                            gsize        size,
                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_pieces_remove (SakVault    *vault,
                            const char  *kind,
                            const char  *name,
                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_pieces_have   (SakVault    *vault,
                            const char  *kind,
                            const char  *name);
GBytes  *sak_pieces_load   (SakVault    *vault,
                            const char  *kind,
                            const char  *name,
                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
