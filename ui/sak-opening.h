/* sak-opening.h - making and unlocking a vault on its worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

void        sak_opening_wipe_entry   (GtkEditable          *entry);
/* Takes the text out of an entry into guarded memory, and empties the entry. */
SakSecret  *sak_opening_take_secret  (GtkEditable          *entry) G_GNUC_WARN_UNUSED_RESULT;

/* Cancelled, it answers G_IO_ERROR_CANCELLED, and the vault is closed whether it could be opened or not. A wrong try
 * is counted all the same (ui/sak-patience.h): leaving quickly is no way round the waiting.
 */
void        sak_opening_open_async   (SakWorker            *worker,
                                      const char           *path,
                                      SakSecret            *passphrase,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
void        sak_opening_open_with_async (SakWorker         *worker,
                                      const char           *path,
                                      SakCredential        *credential,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
/* In a new folder below @folder, which is made too. A practice vault gets its cases, in the language of now. */
void        sak_opening_create_async (SakWorker            *worker,
                                      const char           *folder,
                                      const char           *name,
                                      const char           *organisation,
                                      SakSecret            *passphrase,
                                      SakVaultFlags         flags,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
SakVault   *sak_opening_finish       (GAsyncResult         *result,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
