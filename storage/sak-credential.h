/* sak-credential.h - what somebody knows or has that may open a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"
#include "crypto/sak-recovery-code.h"
#include "crypto/sak-secret.h"
#include "crypto/sak-typing-mistake.h"

G_BEGIN_DECLS

/* The numbers stand in vault.header. */
typedef enum
{
  SAK_SLOT_EMPTY = 0,
  SAK_SLOT_PASSPHRASE = 1,
  SAK_SLOT_RECOVERY_CODE = 2,
  SAK_SLOT_SHARES = 3,
  SAK_SLOT_KEY_FILE = 4,
  SAK_SLOT_KEY_FILE_AND_PASSPHRASE = 5,
  SAK_SLOT_NEWER = 255,         /* of a kind that this version does not know; never in a file */
} SakSlotType;

/**
 * SakCredential:
 *
 * One way in, checked for its form but not against any vault. It opens key slots of its
 * own kind alone. In guarded memory; any thread.
 */
typedef struct _SakCredential SakCredential;

#define SAK_TYPE_CREDENTIAL (sak_credential_get_type ())
GType          sak_credential_get_type          (void);
SakCredential *sak_credential_new_passphrase    (SakSecret         *typed,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakCredential *sak_credential_new_recovery_code (SakSecret         *typed,
                                                 SakTypingMistake  *ret_mistake,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* @typed: of SakSecret, a share each, as words or numbers. */
SakCredential *sak_credential_new_shares        (GPtrArray         *typed,
                                                 SakTypingMistake  *ret_mistake,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakCredential *sak_credential_new_key_file      (SakSecret         *file,
                                                 SakSecret         *typed_passphrase,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakCredential *sak_credential_ref               (SakCredential     *self);
void           sak_credential_unref             (SakCredential     *self);
SakSlotType    sak_credential_get_slot_type     (SakCredential     *self);

/* What a passphrase is made of: the same characters whichever keyboard typed them (NFC). */
SakSecret     *sak_passphrase_normalise         (SakSecret         *typed,
                                                 GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakCredential, sak_credential_unref)

G_END_DECLS
