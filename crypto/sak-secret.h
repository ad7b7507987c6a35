/* sak-secret.h - a key or passphrase in guarded memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SakSecret:
 *
 * Bytes in memory of their own: between guard pages, locked against swapping where
 * the system allows, left out of core dumps, wiped when the last reference goes.
 * Any thread may read; sak_secret_wipe() only when nobody reads.
 */
typedef struct _SakSecret SakSecret;

#define SAK_TYPE_SECRET (sak_secret_get_type ())
GType         sak_secret_get_type   (void);
SakSecret    *sak_secret_new        (gsize            size) G_GNUC_WARN_UNUSED_RESULT;
SakSecret    *sak_secret_new_copy   (const void      *bytes,
                                     gsize            size) G_GNUC_WARN_UNUSED_RESULT;
SakSecret    *sak_secret_new_random (gsize            size) G_GNUC_WARN_UNUSED_RESULT;
SakSecret    *sak_secret_ref        (SakSecret       *self);
void          sak_secret_unref      (SakSecret       *self);
guint8       *sak_secret_get_bytes  (const SakSecret *self);
gsize         sak_secret_get_size   (const SakSecret *self);
gboolean      sak_secret_equal      (const SakSecret *a,
                                     const SakSecret *b);
void          sak_secret_wipe       (SakSecret       *self);
void          sak_secret_wipe_at_end (void);
gboolean      sak_secret_is_memory_locked (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSecret, sak_secret_unref)

G_END_DECLS
