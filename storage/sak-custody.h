/* sak-custody.h - through whose hands an item or a record went, for people and for courts
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the chained log of custody, the signed versions and the item itself. The sheet is JSON:
 * its members are in app/cli/README.md; words for it are in ui/words/.
 */
#pragma once

#include "storage/model/sak-json.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* @item: the SHA-256 of a photo, recording or paper; or a record's id or code. Reads every
 * byte of what it describes, to say whether it is still what was taken in.
 */
json_t   *sak_vault_describe_custody (SakVault         *self,
                                      const char       *item,
                                      GCancellable     *cancellable,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* Steps that no other function notes. @item: as above, or a revision's id. A file left the
 * vault as it is, or a sheet about it did; a check of the whole vault found nothing wrong.
 */
gboolean  sak_vault_note_export      (SakVault         *self,
                                      const char       *item,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_vault_note_sheet       (SakVault         *self,
                                      const char       *item,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* On paper, or as pages outside the vault. */
gboolean  sak_vault_note_print       (SakVault         *self,
                                      const char       *item,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Noted first, and then it came to nothing. */
gboolean  sak_vault_note_no_print    (SakVault         *self,
                                      const char       *item,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_vault_note_check       (SakVault         *self,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
