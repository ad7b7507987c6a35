/* sak-withdrawal.h - records from elsewhere whose consent was taken back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What came of such a record is not shown any more: of each of its versions only the consent
 * can be read, while signatures and digests stay, so that its history verifies. Nothing is
 * deleted before a person says so: a consent can be given again, and a withdrawal be forced.
 */
#pragma once

#include "storage/sak-contact.h"
#include "storage/sak-record.h"

G_BEGIN_DECLS

/* Deletes what is not shown: texts for good, files where no other record has them. CONFLICT where
 * the record is not withdrawn. It comes again if it is sent again.
 */
gboolean sak_vault_discard_withdrawn (SakVault          *self,
                                      const char        *record,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether there is anything that this would delete. */
gboolean sak_vault_has_withdrawn     (SakVault          *self,
                                      const char        *record,
                                      gboolean          *ret_has_any,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether any version of the record was ever put into a bundle for the contact. */
gboolean sak_vault_was_sent          (SakVault          *self,
                                      const SakContact  *contact,
                                      const char        *record_id,
                                      gboolean          *ret_was_sent,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
