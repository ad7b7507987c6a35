/* sak-key-entry.h - a way into a vault, as somebody gives it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-credential.h"

G_BEGIN_DECLS

/* Emits "activate" when Return says that it is complete. */
#define SAK_TYPE_KEY_ENTRY (sak_key_entry_get_type ())
G_DECLARE_FINAL_TYPE (SakKeyEntry, sak_key_entry, SAK, KEY_ENTRY, AdwBin)

/* @has_passphrase: among the others; what is shown first is the passphrase then, else the code. */
GtkWidget     *sak_key_entry_new       (gboolean      has_passphrase);
/* Empties what was typed. NULL where it cannot be right, or it is not yet time; it says so itself. */
SakCredential *sak_key_entry_take      (SakKeyEntry  *self) G_GNUC_WARN_UNUSED_RESULT;
/* What was wrong with it after all. Where it did not open, further tries may have to wait. */
void           sak_key_entry_refuse    (SakKeyEntry  *self,
                                        const GError *error,
                                        SakSlotType   type);
void           sak_key_entry_clear     (SakKeyEntry  *self);
/* As if it had been chosen. */
void           sak_key_entry_read_file (SakKeyEntry  *self,
                                        const char   *filename);

G_END_DECLS
