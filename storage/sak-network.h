/* sak-network.h - records that run the network, read by those who send them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-record.h"

G_BEGIN_DECLS

/* The one version of a question, notice or the like that counts (sak-network.c); what others signed under the same id
 * is neither judged nor sent. @record: its id. NOT_FOUND where none counts. (transfer full). The vault's thread.
 */
SakRevision *sak_vault_load_counting (SakVault    *self,
                                      const char  *record,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* The next number after @last for what this vault says anew, higher where it was put back to an older state. */
gboolean     sak_vault_choose_number (SakVault    *self,
                                      guint        last,
                                      guint       *ret_number,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
