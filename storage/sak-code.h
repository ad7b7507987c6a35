/* sak-code.h - the codes that people call records by, such as "MNK-2026-0042"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* The next one. Inside a transaction. */
char     *sak_code_make        (SakVault    *vault,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* In a vault that forgot what it did last. Inside a transaction. */
gboolean  sak_code_begin_anew  (SakVault    *vault,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Into PREFIX, YEAR and NUMBER; FALSE for what no vault makes. */
gboolean  sak_code_split       (const char  *code,
                                char       **ret_prefix,
                                char       **ret_year,
                                guint64     *ret_number);

G_END_DECLS
