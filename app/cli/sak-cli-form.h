/* sak-cli-form.h - forms by the names that are typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/cli/sak-cli.h"

G_BEGIN_DECLS

/* "event", "event:1", or one that was brought into the vault, if one is open. */
SakForm *sak_cli_find_form (SakCli      *cli,
                            const char  *name,
                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
