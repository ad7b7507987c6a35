/* sak-vault.h - one person's encrypted store on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A vault is used by one thread at a time (see sak-worker.h) and by one process at a
 * time. Every function that takes a vault fails with SAK_ERROR_LOCKED once it is locked.
 */
#pragma once

#include "crypto/sak-kdf.h"
#include "storage/sak-credential.h"
#include "storage/sak-progress.h"

G_BEGIN_DECLS

#define SAK_TYPE_VAULT (sak_vault_get_type ())
G_DECLARE_FINAL_TYPE (SakVault, sak_vault, SAK, VAULT, GObject)

typedef enum
{
  SAK_VAULT_REAL = 0,
  SAK_VAULT_PRACTICE = 1 << 0,  /* fictional cases; never exchanges with a real vault */
} SakVaultFlags;

/* First thing in main(), before another library starts SQLite: makes it wipe what it frees. */
void        sak_vault_prepare_process (void);

SakVault   *sak_vault_create       (const char        *path,
                                    const char        *name,
                                    SakSecret         *passphrase,
                                    SakVaultFlags      flags,
                                    const SakKdfCost  *cost,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakVault   *sak_vault_open         (const char        *path,
                                    SakSecret         *passphrase,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* By any way in: see sak-credential.h; more of them: sak-key-slots.h. */
SakVault   *sak_vault_open_with    (const char        *path,
                                    SakCredential     *credential,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void        sak_vault_lock         (SakVault          *self);
gboolean    sak_vault_is_locked    (SakVault          *self);

const char *sak_vault_get_path     (SakVault          *self);
const char *sak_vault_get_name     (SakVault          *self);
gboolean    sak_vault_is_practice  (SakVault          *self);
/* Whether anything that was read since it was opened was not as it was written: a disk that
 * fails, or a power cut. Also where the forms that are in force could not be read. A check is
 * due; one that finds nothing ends it.
 */
gboolean    sak_vault_has_seen_damage (SakVault       *self);

G_END_DECLS
