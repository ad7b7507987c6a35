/* sak-dav-watch.h - ends a request that goes on without getting anywhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connection's own patience begins anew with each byte: who sends one now and then is waited for without end.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SAK_DAV_LEAST_BYTES 256         /* a second, after @patience_seconds; Tor on a bad day has ten times that */

typedef struct _SakDavWatch SakDavWatch;

/* @outer: or NULL; cancels the request, too. */
SakDavWatch  *sak_dav_watch_new             (GCancellable *outer,
                                             guint         patience_seconds) G_GNUC_WARN_UNUSED_RESULT;
void          sak_dav_watch_free            (SakDavWatch  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakDavWatch, sak_dav_watch_free)
/* Borrowed: for the request. */
GCancellable *sak_dav_watch_get_cancellable (SakDavWatch  *self);
void          sak_dav_watch_count           (SakDavWatch  *self,
                                             gsize         bytes);
/* Whether it was ended for being slow, and not from outside. */
gboolean      sak_dav_watch_was_slow        (SakDavWatch  *self);

G_END_DECLS
