/* sak-cli-receipt.h - what was sent and whether it arrived, printed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/cli/sak-cli.h"
#include "storage/sak-delivery.h"

G_BEGIN_DECLS

json_t  *sak_cli_delivery_to_json (const SakDelivery *delivery) G_GNUC_WARN_UNUSED_RESULT;
/* A line for each contact that was sent the record. */
gboolean sak_cli_print_deliveries (SakCli            *cli,
                                   const char        *record_id,
                                   GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
