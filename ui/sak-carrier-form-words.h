/* sak-carrier-form-words.h - what stands in the fields of a way for bundles, and what is wrong with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-carrier.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_CARRIER_FIELD_NAME,
  SAK_CARRIER_FIELD_ADDRESS,
  SAK_CARRIER_FIELD_USER,
  SAK_CARRIER_FIELD_PASSWORD,
  SAK_CARRIER_FIELD_PROXY,
  SAK_CARRIER_FIELD_PIN,
  SAK_CARRIER_N_FIELDS,
} SakCarrierField;

/* As it can be read out and compared: pairs, eight in a line. "" of what is no such digest. */
char           *sak_carrier_form_write_pin   (const char       *digits) G_GNUC_WARN_UNUSED_RESULT;
/* Small letters, without what stands between them. */
char           *sak_carrier_form_read_pin    (const char       *typed) G_GNUC_WARN_UNUSED_RESULT;
/* "" is one, too: none. */
gboolean        sak_carrier_form_is_proxy    (const char       *proxy);
/* Which one can mend it; SAK_CARRIER_N_FIELDS: none. */
SakCarrierField sak_carrier_form_find_field  (SakCarryReason    reason);
/* @refusal: of sak_carrier_prepare(). */
const char     *sak_carrier_form_say_refusal (const SakCarrier *carrier,
                                              const GError     *refusal);

G_END_DECLS
