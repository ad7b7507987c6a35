/* sak-header.h - vault.header: how the master key is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes: FORMAT.md, "vault.header". The master key is random; each slot wraps it under a
 * key made from something a person knows or has.
 */
#pragma once

#include "storage/sak-slot.h"
#include "storage/sak-vfs.h"

G_BEGIN_DECLS

#define SAK_HEADER_SIZE 4096
#define SAK_HEADER_N_SLOTS 8

typedef struct
{
  guint8 vault_id[SAK_VFS_VAULT_ID_SIZE];
  guint8 file_salt[SAK_VFS_SALT_SIZE];
  guint64 generation;
  gboolean is_practice;
  guint8 slots[SAK_HEADER_N_SLOTS][SAK_SLOT_SIZE];
} SakHeader;

void       sak_header_init_new (SakHeader         *self,
                                gboolean           is_practice);
gboolean   sak_header_add      (SakHeader         *self,
                                SakCredential     *credential,
                                const SakKdfCost  *cost,
                                SakSecret         *master_key,
                                guint             *ret_slot,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_header_unlock   (const SakHeader   *self,
                                SakCredential     *credential,
                                guint             *ret_slot,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Both files. */
gboolean   sak_header_write    (SakHeader         *self,
                                SakSecret         *master_key,
                                const char        *vault_path,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_header_open     (const char        *vault_path,
                                SakCredential     *credential,
                                SakHeader         *ret_header,
                                guint             *ret_slot,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_header_verify   (const guint8      *file,
                                gsize              size,
                                SakSecret         *master_key,
                                SakHeader         *ret_header,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
