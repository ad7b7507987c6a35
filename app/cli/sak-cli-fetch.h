/* sak-cli-fetch.h - inbox fetch
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/cli/sak-cli.h"

G_BEGIN_DECLS

gboolean sak_cli_fetch (SakCli   *cli,
                        int       argc,
                        char    **argv,
                        GError  **error);

G_END_DECLS
