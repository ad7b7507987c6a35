/* sak-outbox-watch.h - waiting for the next try, or for what lets it come sooner
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the command line. A window has a main loop of its own: it starts an errand when
 * sak_outbox_get_wait() says so, and calls sak_outbox_hurry() when its GNetworkMonitor says "network-changed", and
 * now and then; in between sak_outbox_look() in a thread that is not the vault's.
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef struct _SakOutboxWatch SakOutboxWatch;

/* @look_seconds: how often to look whether a missing folder is back. Runs the default main context. */
SakOutboxWatch *sak_outbox_watch_new  (guint            look_seconds) G_GNUC_WARN_UNUSED_RESULT;
void            sak_outbox_watch_free (SakOutboxWatch  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakOutboxWatch, sak_outbox_watch_free)
/* At most so many seconds; sooner where something may be tried. */
gboolean        sak_outbox_watch_wait (SakOutboxWatch  *self,
                                       SakVault        *vault,
                                       gint64           seconds,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* SakCarrier: folders that something waits for. In the vault's thread. */
GPtrArray      *sak_outbox_list_missing (SakVault      *vault,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Leaves those that are there. In any thread: a share on a dead network keeps whoever asks for it waiting. */
void            sak_outbox_look       (GPtrArray       *carriers);
/* What waits for one of @back is due at once, and, where @has_network, what waits for the network. A hint alone:
 * whatever a monitor says, everything is tried when its time comes. In the vault's thread.
 */
gboolean        sak_outbox_hurry      (SakVault        *vault,
                                       gboolean         has_network,
                                       GPtrArray       *back,
                                       guint           *ret_n_hurried,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
