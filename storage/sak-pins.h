/* sak-pins.h - what is being read by a backup while the vault goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Media objects never change, but they may be deleted. While a snapshot lives, deleting is
 * put off until it ends; locking the vault ends all snapshots. From any thread.
 */
#pragma once

#include "crypto/sak-secret.h"
#include "crypto/sak-error.h"

G_BEGIN_DECLS

typedef struct _SakPins SakPins;

SakPins  *sak_pins_new     (void) G_GNUC_WARN_UNUSED_RESULT;
SakPins  *sak_pins_ref     (SakPins       *self);
void      sak_pins_unref   (SakPins       *self);

/* A snapshot begins and ends. @revoked is cancelled and @secrets (NULL-terminated, borrowed)
 * are wiped when the vault is locked in between.
 */
void      sak_pins_enter   (SakPins       *self,
                            GCancellable  *revoked,
                            SakSecret    **secrets);
void      sak_pins_leave   (SakPins       *self,
                            GCancellable  *revoked);
void      sak_pins_revoke  (SakPins       *self);

/* Removes a file of media/, at once or when the last snapshot ends: the one way to do it. */
void      sak_pins_remove  (SakPins       *self,
                            const char    *path);
/* Before a file is put there again: it is not to be removed any more. */
void      sak_pins_keep    (SakPins       *self,
                            const char    *path);

G_END_DECLS
