/* sak-cli-bundle.h - what a bundle turned out to be, said
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/cli/sak-cli.h"
#include "sync/sak-bundle.h"

G_BEGIN_DECLS

/* @report: may be NULL, then nothing is printed. Returns: whether there is one. */
gboolean sak_cli_finish_report (SakCli          *cli,
                                SakBundleReport *report,
                                const char      *sentence);

G_END_DECLS
