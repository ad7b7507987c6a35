/* sak-contact.h - the other vaults this one knows, and this vault's own keys
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cards and what trust means are sync/'s; here is where they are kept.
 */
#pragma once

#include "crypto/sak-age.h"
#include "crypto/sak-sign.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_TRUST_SEEN,               /* a card was imported; nobody compared the code */
  SAK_TRUST_COMPARED,           /* the code was compared in person or by voice */
  SAK_TRUST_REVOKED,
} SakTrust;

typedef struct
{
  gint64 rowid;
  char *name;                   /* unique in this vault */
  char *organisation;           /* or "" */
  guint8 signing_key[SAK_SIGN_PUBLIC_SIZE];
  SakAgeRecipient recipient;
  SakTrust trust;
  gboolean is_practice;
  gint64 added;                 /* seconds since 1970 */
  char *card;                   /* the card's text as it came */
} SakContact;

/* What a contact's or a vault's name may have in it. */
gboolean sak_contact_is_name_char (gunichar c);
/* Whether there is a mark on the screen for it: joiners and fillers alone are none. @name: UTF-8. */
gboolean sak_contact_is_name_seen (const char *name);
void sak_contact_free (SakContact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakContact, sak_contact_free)

gboolean    sak_vault_add_contact         (SakVault          *self,
                                           const SakContact  *contact,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *sak_vault_list_contacts       (SakVault          *self,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakContact *sak_vault_find_contact        (SakVault          *self,
                                           const char        *name,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakContact *sak_vault_find_contact_by_key (SakVault          *self,
                                           const guint8 signing_key[static SAK_SIGN_PUBLIC_SIZE],
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_vault_set_trust           (SakVault          *self,
                                           const char        *name,
                                           SakTrust           trust,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* EXISTS where another contact has that name. */
gboolean    sak_vault_rename_contact      (SakVault          *self,
                                           const char        *name,
                                           const char        *new_name,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the contact is to the network, for whom consent is asked: a recipient of sak-consent.h. */
char       *sak_vault_dup_contact_role    (SakVault          *self,
                                           const SakContact  *contact,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_vault_set_contact_role    (SakVault          *self,
                                           const char        *name,
                                           const char        *role,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_contact_can_be            (const char        *recipient);

/* This vault's own keys. The media identity opens media/, the exchange identity the
 * bundles sent to this vault. NULL when the vault is locked; new references.
 */
SakSecret  *sak_vault_dup_signing_seed      (SakVault         *self) G_GNUC_WARN_UNUSED_RESULT;
SakSecret  *sak_vault_dup_exchange_identity (SakVault         *self) G_GNUC_WARN_UNUSED_RESULT;
SakSecret  *sak_vault_dup_media_identity    (SakVault         *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
