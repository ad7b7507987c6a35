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
/* The same for what somebody sends whom this vault believes. Codes that are new here come in, and those of @before
 * (additions taken from the same sender, or NULL) become what @text says; any other that is here stays as it is, now
 * and later: it is added to @kept, an array of codes. One of ours with the name of one that comes is withdrawn in its
 * favour.
 */
SakVocabulary *sak_vault_take_sent_terms (SakVault      *self,
                                          const char    *text,
                                          const json_t  *before,
                                          json_t        *kept,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* At opening: what damage took stays out, and nothing else. */
void       sak_vault_bring_terms    (SakVault      *self);

G_END_DECLS
