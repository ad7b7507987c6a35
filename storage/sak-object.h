/* sak-object.h - one encrypted media object on its way into the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written under a temporary name, hashed in the same pass, synced, and only then moved
 * to the name that its content gives it. Freed before that, it leaves nothing.
 */
#pragma once

#include "crypto/sak-hash.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef struct _SakObject SakObject;

typedef enum
{
  SAK_OBJECT_IN_MEDIA,          /* taken in here */
  SAK_OBJECT_IN_INBOX,          /* arriving in a bundle */
} SakObjectPlace;

SakObject    *sak_object_begin       (SakVault         *vault,
                                      SakObjectPlace    place,
                                      GCancellable     *cancellable,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sak_object_write       (SakObject        *self,
                                      const void       *bytes,
                                      gsize             size,
                                      GCancellable     *cancellable,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends and syncs the temporary file; afterwards digest, size and head are known. */
gboolean      sak_object_seal        (SakObject        *self,
                                      GCancellable     *cancellable,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Inside a transaction: moves the file to its place under media/ and adds the row. What
 * the vault has already is not stored twice.
 */
gboolean      sak_object_keep        (SakObject        *self,
                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* After the transaction, which decides whether what keep moved stays. */
void          sak_object_free        (SakObject        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakObject, sak_object_free)

const guint8 *sak_object_get_sha256  (SakObject        *self);
guint64       sak_object_get_size    (SakObject        *self);
/* The first bytes of the content, for telling its type: at most SAK_OBJECT_HEAD_SIZE. */
#define SAK_OBJECT_HEAD_SIZE (256 * 1024)
GByteArray   *sak_object_get_head    (SakObject        *self);
void          sak_object_forget_head (SakObject       *self);

G_END_DECLS
