/* sak-slot.h - one key slot: the master key wrapped under what somebody knows or has
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the files of storage/ alone. Bytes: FORMAT.md, "vault.header".
 */
#pragma once

#include "crypto/sak-kdf.h"
#include "storage/sak-credential.h"
#include "storage/sak-vfs.h"

G_BEGIN_DECLS

#define SAK_SLOT_SIZE 256
#define SAK_SLOT_ID_SIZE 8
#define SAK_SHARES_KEY_SIZE 32   /* what a vault shares */

/* @key: high-entropy part; @passphrase: normalised. Either may be NULL, by the type. */
SakCredential *sak_credential_new             (SakSlotType         type,
                                               SakSecret          *key,
                                               SakSecret          *passphrase) G_GNUC_WARN_UNUSED_RESULT;
SakSecret     *sak_credential_get_key         (SakCredential      *self);
SakSecret     *sak_credential_get_passphrase  (SakCredential      *self);

SakSlotType    sak_slot_get_type              (const guint8       *slot);
gboolean       sak_slot_type_has_cost         (SakSlotType         type);
gint64         sak_slot_get_made_at           (const guint8       *slot);
SakKdfCost     sak_slot_get_cost              (const guint8       *slot);
const guint8  *sak_slot_get_id                (const guint8       *slot);

gboolean       sak_slot_make                  (guint8             *slot,
                                               const guint8       *vault_id,
                                               const guint8       *slot_id,
                                               SakCredential      *credential,
                                               const SakKdfCost   *cost,
                                               SakSecret          *master_key,
                                               GError            **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret     *sak_slot_open                  (const guint8       *slot,
                                               const guint8       *vault_id,
                                               SakCredential      *credential,
                                               GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
