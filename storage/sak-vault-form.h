/* sak-vault-form.h - forms that were brought into the vault, and the packs that are switched on
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A form of somebody else's is a signed record of kind "form". It is checked whenever it is read, wherever it came
 * from, and serves to show the records that were written by it. New ones are written by one that was brought in here,
 * or by one that whoever is believed here sent (sak-network-news.h).
 */
#pragma once

#include "storage/model/sak-form.h"
#include "storage/model/sak-kind.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* Shipped, brought in, or sent: of several that say to be the same, the one that could be in force. @version 0: the
 * latest that new records may be written by. NOT_FOUND.
 */
SakForm   *sak_vault_find_form      (SakVault     *self,
                                     const char   *name,
                                     guint         version,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* SakForm, every version: own ones, those of whoever is believed, others; each in the order in which they came. */
GPtrArray *sak_vault_list_forms     (SakVault     *self,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;
char      *sak_vault_import_form    (SakVault     *self,
                                     const char   *text,
                                     gssize        size,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* A new draft by this form. */
char      *sak_vault_add_record_by  (SakVault     *self,
                                     const SakForm *form,
                                     json_t       *fields,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* A draft of the record as the newest version of its form has it. */
gboolean   sak_vault_upgrade_record (SakVault     *self,
                                     const char   *record,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Names, for sak_form_is_section_shown(). Empty, never NULL, also where there is an error. */
char     **sak_vault_list_packs     (SakVault     *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_switch_pack    (SakVault     *self,
                                     const char   *pack,
                                     gboolean      is_on,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
