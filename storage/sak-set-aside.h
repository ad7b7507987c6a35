/* sak-set-aside.h - bundles that were refused and may be taken later
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file lies in inbox/ as it came, encrypted as it is; why, whose and since when stands in
 * the vault. Which bundles are worth keeping is for sync/ to say.
 */
#pragma once

#include "crypto/sak-sign.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

#define SAK_SET_ASIDE_MAX_FILES 200
#define SAK_SET_ASIDE_MAX_BYTES ((guint64) 4 << 30)

typedef struct
{
  char *id;                     /* 32 hexadecimal digits */
  char *path;                   /* of the file, whole */
  char *origin;                 /* what the file was called where it came from */
  char *sender_key;             /* hexadecimal */
  char *sha256;                 /* of the file */
  int reason;                   /* a SakError */
  guint64 sequence;             /* as the bundle says */
  guint64 size_bytes;
  gint64 time;                  /* when it was set aside */
  gint64 after;                 /* number of the last bundle that was imported before it came */
} SakSetAside;

void         sak_set_aside_free        (SakSetAside   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSetAside, sak_set_aside_free)

/* Copies the file. The same content again is the same one, with the reason of now. TOO_LARGE:
 * over the quota; NO_SPACE.
 */
SakSetAside *sak_vault_set_aside       (SakVault      *self,
                                        const char    *filename,
                                        const guint8   sender_key[static SAK_SIGN_PUBLIC_SIZE],
                                        guint64        sequence,
                                        int            reason,
                                        GCancellable  *cancellable,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* By sender, then in the order in which they were made. */
GPtrArray   *sak_vault_list_set_aside  (SakVault      *self,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
SakSetAside *sak_vault_find_set_aside  (SakVault      *self,
                                        const char    *id,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     sak_vault_note_set_aside  (SakVault      *self,
                                        const char    *id,
                                        int            reason,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     sak_vault_remove_set_aside (SakVault     *self,
                                        const char    *id,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a file of inbox/ is one of these, and the vault knows it. */
gboolean     sak_vault_has_set_aside   (SakVault      *self,
                                        const char    *file_name);

G_END_DECLS
