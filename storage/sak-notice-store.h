/* sak-notice-store.h - notices of the network as records, whose are believed, and what they said of contacts
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What they do is sync/'s (sync/sak-notice.h); here is where they and their traces are kept. Notices of at most one
 * contact are believed, of nobody by default.
 */
#pragma once

#include "storage/model/sak-notice-fields.h"
#include "storage/sak-contact.h"
#include "storage/sak-revision.h"

G_BEGIN_DECLS

/* What notices said of one key. */
typedef struct
{
  char *named_by;               /* the contact whose notice brought it here, or NULL */
  char *revoked_by;             /* … revoked it, or NULL */
  char *since;                  /* a day, YYYY-MM-DD */
  char *why;
} SakContactNote;

typedef struct
{
  guint number;
  char *id;                     /* of its version */
  gboolean is_fork_told;        /* that there is another one of this number was told */
} SakLastNotice;

void sak_last_notice_clear (SakLastNotice *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakLastNotice, sak_last_notice_clear)

void sak_contact_note_free (SakContactNote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakContactNote, sak_contact_note_free)

/* Never NULL but for an error: of a key that no notice spoke of all members are. */
SakContactNote *sak_vault_load_contact_note (SakVault       *self,
                                             const guint8    key[static SAK_SIGN_PUBLIC_SIZE],
                                             GError        **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_note_named       (SakVault         *self,
                                       const guint8      key[static SAK_SIGN_PUBLIC_SIZE],
                                       const char       *by,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_note_revoked     (SakVault         *self,
                                       const guint8      key[static SAK_SIGN_PUBLIC_SIZE],
                                       const char       *by,
                                       const char       *since,
                                       const char       *why,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* NULL without an error: nobody. A contact whose code was compared; UNTRUSTED else, CONFLICT where another is. */
SakContact *sak_vault_load_authority  (SakVault         *self,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_set_authority    (SakVault         *self,
                                       const char       *name,
                                       gboolean          is_authority,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of this author, with at least this number: SakRevision, the highest first, those that are none left out. */
GPtrArray *sak_vault_list_notices     (SakVault         *self,
                                       const guint8      author[static SAK_SIGN_PUBLIC_SIZE],
                                       guint             least,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* This vault's own, the one with the highest number, or NULL without an error. */
SakRevision *sak_vault_load_own_notice (SakVault        *self,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* @distrusted: (nullable): contacts by name, whose keys it revokes: believed no more as soon as it is there, and
 * neither without the other. (transfer full): its id.
 */
char      *sak_vault_add_notice       (SakVault         *self,
                                       const json_t     *fields,
                                       const char *const *distrusted,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* One that came by itself, in a file. */
gboolean   sak_vault_keep_notice      (SakVault         *self,
                                       SakRevision      *notice,
                                       const SakContact *from,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Which of the authority's was carried out last; all members zero for none. */
gboolean   sak_vault_get_last_notice  (SakVault         *self,
                                       const SakContact *authority,
                                       SakLastNotice    *ret_last,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_vault_set_last_notice  (SakVault         *self,
                                       const SakContact *authority,
                                       const SakLastNotice *last,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
