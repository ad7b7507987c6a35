/* sak-announcement.h - what one signer says anew each time, with a number: notices, forms, vocabularies
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of several about one thing the one with the highest number counts, whatever clocks say, and in which order they came.
 */
#pragma once

#include "storage/sak-network-private.h"

G_BEGIN_DECLS

/* Of this author, about @name ("" for notices; the kind of record; the vocabulary) with at least this number:
 * SakRevision, the highest first, of two the one that came first.
 */
GPtrArray *sak_announcement_list   (SakVault            *vault,
                                    const char          *kind,
                                    const guint8         author[static SAK_SIGN_PUBLIC_SIZE],
                                    const char          *name,
                                    guint                least,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of these the one at @position, from 0; NULL without an error behind the last. */
SakRevision *sak_announcement_load (SakVault            *vault,
                                    const char          *kind,
                                    const guint8         author[static SAK_SIGN_PUBLIC_SIZE],
                                    const char          *name,
                                    guint                position,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* The highest number that this vault gave, 0 for none; of all kinds and names where @kind is NULL. */
gboolean   sak_announcement_find_last (SakVault         *vault,
                                    const char          *kind,
                                    const char          *name,
                                    guint               *ret_number,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* A version of it came; part of sak_network_update(). */
gboolean   sak_announcement_update (SakVault            *vault,
                                    const SakRecordKey  *key,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
