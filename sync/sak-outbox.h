/* sak-outbox.h - bundles that wait for a carrier, and carrying them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list is storage/sak-outbox-list.h, carriers are sak-carrier.h. Sending has three steps, so
 * that the vault is free while bytes travel: sak_outbox_begin() in the vault's thread takes
 * what is needed, sak_errand_run() needs no vault and may take hours in any other thread,
 * sak_outbox_finish() notes what came of it, again in the vault's. Whoever locks the vault
 * cancels what runs: an errand has its own reference of the carrier's password.
 */
#pragma once

#include "sync/sak-bundle.h"
#include "sync/sak-carrier.h"

G_BEGIN_DECLS

#define SAK_OUTBOX_FIRST_WAIT 60                /* seconds; doubled with each try */
#define SAK_OUTBOX_LONGEST_WAIT (4 * 3600)

/* sak_bundle_create(), with its errors, into the outbox. What the item is called for the owner
 * are the recipients' names. @ret_id: (out) (transfer full).
 */
SakBundleReport *sak_outbox_create   (SakVault             *vault,
                                      const SakExportPlan  *plan,
                                      const char           *carrier,
                                      SakProgressFunc       progress,
                                      gpointer              progress_data,
                                      char                **ret_id,
                                      GCancellable         *cancellable,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Copies a bundle or receipt that was made before. INVALID: it is neither, that is no age file.
 * Returns: its id.
 */
char            *sak_outbox_add      (SakVault             *vault,
                                      const char           *filename,
                                      const char           *carrier,
                                      GCancellable         *cancellable,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* A paused one is not tried. Resumed, also one that failed for good waits again, without delay.
 * CONFLICT where it is delivered.
 */
gboolean         sak_outbox_set_paused (SakVault           *vault,
                                      const char           *id,
                                      gboolean              is_paused,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* What failed for good by @carrier waits again: its settings are others now. */
gboolean         sak_outbox_revive   (SakVault             *vault,
                                      const char           *carrier,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether its turn has come at @now, seconds since 1970. Never believes a clock that would let it wait
 * longer than the longest wait.
 */
gboolean         sak_outbox_item_is_due (const SakOutboxItem *item,
                                      gint64                now);
/* Until the first of @items (of sak_vault_list_outbox()) is due; -1: none waits. */
gint64           sak_outbox_get_wait (GPtrArray            *items,
                                      gint64                now);

typedef struct _SakErrand SakErrand;

/* @id: that one, whether it is due or not; NULL: the first that is. NOT_FOUND where there is none,
 * CONFLICT where it is paused, delivered or under way. From here on it is under way.
 */
SakErrand       *sak_outbox_begin    (SakVault             *vault,
                                      const char           *id,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
const SakOutboxItem *sak_errand_get_item (SakErrand        *self);
/* @progress counts what is there and what goes; sak-pace.h makes a time of it. @error: domain SAK_CARRY_ERROR;
 * it is remembered for sak_outbox_finish().
 */
gboolean         sak_errand_run      (SakErrand            *self,
                                      SakProgressFunc       progress,
                                      gpointer              progress_data,
                                      GCancellable         *cancellable,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void             sak_errand_free     (SakErrand            *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakErrand, sak_errand_free)
/* Delivered, waiting for the next try, or failed for good. An errand that did not run, or was
 * stopped, counts as no try. @ret_item: (out) (optional): how it stands now.
 */
gboolean         sak_outbox_finish   (SakVault             *vault,
                                      SakErrand            *errand,
                                      SakOutboxItem       **ret_item,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
