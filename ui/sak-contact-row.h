/* sak-contact-row.h - one contact: its code, how far it is trusted, what it is to the network
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-contact.h"

G_BEGIN_DECLS

#define SAK_TYPE_CONTACT_ROW (sak_contact_row_get_type ())
G_DECLARE_FINAL_TYPE (SakContactRow, sak_contact_row, SAK, CONTACT_ROW, GtkListBoxRow)

/* Emits "trust-set" with a SakTrust, "role-set" with a recipient of sak-consent.h, and "belief-set" with whether the
 * contact's notices are to be believed. @noticed: what the notice of a
 * network says of them, or NULL.
 */
GtkWidget  *sak_contact_row_new      (const SakContact *contact,
                                      const char       *role,
                                      const char       *noticed);
/* A button for the network notices of who was compared. */
void        sak_contact_row_offer_belief (SakContactRow  *self,
                                      gboolean          is_believed);
const char *sak_contact_row_get_name (SakContactRow    *self);

G_END_DECLS
