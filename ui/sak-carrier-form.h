/* sak-carrier-form.h - one way for bundles to travel, as it is typed in: a stick or folder, a server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sync/sak-carrier.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_CARRIER_FORM (sak_carrier_form_get_type ())
G_DECLARE_FINAL_TYPE (SakCarrierForm, sak_carrier_form, SAK, CARRIER_FORM, AdwBin)

/* @carrier: the one that is changed, or NULL for a new one. Emits "left" when it is stored, or not wanted any more. */
GtkWidget *sak_carrier_form_new        (SakSession        *session,
                                        SakCarrierKind     kind,
                                        const SakCarrier  *carrier);
/* Whether something was typed or chosen since. */
gboolean   sak_carrier_form_is_changed (SakCarrierForm    *self);

G_END_DECLS
