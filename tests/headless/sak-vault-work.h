/* sak-vault-work.h - a day's work in a vault, step by step, and what must be there after each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef struct
{
  SakVault *vault;
  char *event;                  /* ids of the records that the steps work on */
  char *person;
  char *testimony;
} SakVaultWork;

/* "the passphrase", the cheapest key derivation. */
SakVault   *sak_vault_work_create (const char    *path,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
SakVault   *sak_vault_work_open   (const char    *path,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Each is one call that the program acknowledges to the person. */
guint       sak_vault_work_count  (void);
const char *sak_vault_work_name   (guint          step);
gboolean    sak_vault_work_do     (SakVaultWork  *self,
                                   guint          step,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void        sak_vault_work_clear  (SakVaultWork  *self);

/* Of every row of records, drafts, media and contacts, of the log and the settings. */
char       *sak_vault_work_digest (SakVault      *vault) G_GNUC_WARN_UNUSED_RESULT;
/* How many records, revisions, drafts, media and entries in the log: the same in each run. */
char       *sak_vault_work_shape  (SakVault      *vault) G_GNUC_WARN_UNUSED_RESULT;
/* What a check of the whole vault complains of, a line each; "" if all is well. */
char       *sak_vault_work_check  (SakVault      *vault) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
