/* sak-vault-terms.h - terms that the people of this vault added to the shipped vocabularies
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kept apart from the shipped ones, a file of additions for each (model/vocabularies/README.md),
 * and in force for forms, checks and the search while the vault is open.
 */
#pragma once

#include "storage/model/sak-vocabulary.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* Where there is none yet NOT_FOUND; DAMAGED where it is not to be read. */
SakVocabulary *sak_vault_load_terms (SakVault      *self,
                                     const char    *vocabulary,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* All of these are durable and in force when they return. */
char      *sak_vault_add_term       (SakVault      *self,
                                     const char    *vocabulary,
                                     const char    *parent,
                                     const char    *language,
                                     const char    *label,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_rename_term    (SakVault      *self,
                                     const char    *vocabulary,
                                     const char    *code,
                                     const char    *language,
                                     const char    *label,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_retire_term    (SakVault      *self,
                                     const char    *vocabulary,
                                     const char    *code,
                                     const char    *replacement,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;
SakVocabulary *sak_vault_import_terms (SakVault    *self,
                                     const char    *text,
                                     gssize         size,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* At opening: what damage took stays out, and nothing else. */
void       sak_vault_bring_terms    (SakVault      *self);

G_END_DECLS
