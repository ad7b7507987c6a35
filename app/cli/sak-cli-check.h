/* sak-cli-check.h - what a check found, for persons and for scripts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/cli/sak-cli.h"
#include "storage/sak-check.h"

G_BEGIN_DECLS

gboolean sak_cli_check           (SakCli               *cli,
                                  int                   argc,
                                  char                **argv,
                                  GError              **error);
/* In sak-cli-rescue.c. */
gboolean sak_cli_rescue          (SakCli               *cli,
                                  int                   argc,
                                  char                **argv,
                                  GError              **error);
json_t  *sak_cli_damages_to_json (const SakCheckReport *report) G_GNUC_WARN_UNUSED_RESULT;
/* What is damaged, where, and what can be done; nothing where all is well. */
void     sak_cli_print_damages   (const SakCheckReport *report);
/* Of a line, where there is something to print. */
void     sak_cli_print_part      (const char           *text,
                                  const char          **separator);
/* FALSE with DAMAGED where there is any: the exit status says so, too. */
gboolean sak_cli_end_with_damage (const SakCheckReport *report,
                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
