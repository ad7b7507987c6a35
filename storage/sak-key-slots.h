/* sak-key-slots.h - the ways into an open vault: listed, added, changed, removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is generated (recovery code, shares, key file) is returned once and kept nowhere.
 * Each function that changes something returns when it is on the disk; if it fails, the
 * ways in are the old or the new ones, and never none.
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef struct
{
  SakSlotType type;
  char id[17];                  /* hexadecimal */
  char *label;                  /* in the database, for it may name people; "" where there is none */
  gint64 made_at;               /* seconds since 1970 */
  SakKdfCost cost;              /* zeros where there is no passphrase */
  guint threshold;              /* of shares; 0 for other kinds, or if not known */
  guint n_shares;
  guint set_number;             /* stands on each page of the shares */
  gboolean opened_this_session;
} SakSlotInfo;

void       sak_slot_info_free           (SakSlotInfo       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSlotInfo, sak_slot_info_free)

/* Of SakSlotInfo, in the order they were put there; those of a newer version too. */
GPtrArray *sak_vault_list_slots         (SakVault          *self,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_add_passphrase     (SakVault          *self,
                                         SakSecret         *typed,
                                         const SakKdfCost  *cost,
                                         const char        *label,
                                         char             **ret_id,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_vault_add_recovery_code  (SakVault          *self,
                                         const char        *label,
                                         char             **ret_id,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of SakSecret: the words of each share. sak_slip39_words_to_numbers() has their numbers. */
GPtrArray *sak_vault_add_shares         (SakVault          *self,
                                         guint              threshold,
                                         guint              n_shares,
                                         const char        *label,
                                         char             **ret_id,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_vault_add_key_file       (SakVault          *self,
                                         SakSecret         *typed_passphrase,
                                         const SakKdfCost  *cost,
                                         const char        *label,
                                         char             **ret_id,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_change_passphrase  (SakVault          *self,
                                         const char        *id,
                                         SakCredential     *changed,
                                         const SakKdfCost  *cost,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_remove_slot        (SakVault          *self,
                                         const char        *id,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* For asking again before a change, and whether somebody wrote down what they were shown. */
gboolean   sak_vault_verify_credential  (SakVault          *self,
                                         SakCredential     *credential,
                                         char             **ret_id,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
