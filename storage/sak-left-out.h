/* sak-left-out.h - files that were given to a record, and not taken in before the vault was locked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* To be told of after the next opening. @record_id: NULL where nothing of the record is stored. */
gboolean  sak_vault_note_left_out   (SakVault           *self,
                                     const char         *record_id,
                                     const char *const  *names,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* An array of { "names": [name…], "record"?: id }, the oldest first. */
json_t   *sak_vault_list_left_out   (SakVault           *self,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_vault_forget_left_out (SakVault           *self,
                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
