/* sak-fetched.h - what was found at a carrier already, so that nothing is tried twice
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the vault's thread.
 */
#pragma once

#include "storage/sak-carrier-list.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;                   /* of the file there; of a bundle in parts, of what they are parts of */
  char *stamp;                  /* size and time, or what the server says: another one, another file */
  guint8 sha256[32];            /* of all of it */
  gboolean has_sha256;
  int status;                   /* 0: imported; -1: set aside; else the SakError that it ended with */
  gint64 time;
} SakFetched;

void       sak_fetched_free         (SakFetched       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakFetched, sak_fetched_free)

/* The same name again takes the place of what was noted of it. */
gboolean   sak_vault_note_fetched   (SakVault         *self,
                                     const SakCarrier *carrier,
                                     const SakFetched *fetched,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is noted of names that are not among @names (a set; those that are there now) goes. */
gboolean   sak_vault_forget_fetched (SakVault         *self,
                                     const SakCarrier *carrier,
                                     GHashTable       *names,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* SakFetched by name; those of one carrier. */
GHashTable *sak_vault_list_fetched  (SakVault         *self,
                                     const SakCarrier *carrier,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether this content was found before, by whichever carrier and name, and dealt with. */
gboolean   sak_vault_has_fetched    (SakVault         *self,
                                     const guint8      sha256[static 32],
                                     gboolean         *ret_has,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
