/* sak-cli-plan.h - what would leave, for the commands that show it and that send it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/cli/sak-cli.h"
#include "sync/sak-export-plan.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *recipients;        /* borrowed words, ended by NULL */
  GPtrArray *records;
  GPtrArray *withhold;          /* "RECORD:PATH", as decided */
  GPtrArray *knowingly;
  gboolean is_dry_run;
  const char *outbox;           /* a carrier instead of the file, or NULL */
  const char *file;
} SakCliPlan;

void           sak_cli_plan_init    (SakCliPlan          *self);
void           sak_cli_plan_clear   (SakCliPlan          *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SakCliPlan, sak_cli_plan_clear)

/* FALSE where the words are not understood; who calls says how they are written. */
gboolean       sak_cli_plan_parse   (SakCliPlan          *self,
                                     int                  argc,
                                     char               **argv,
                                     gboolean             has_file) G_GNUC_WARN_UNUSED_RESULT;
SakExportPlan *sak_cli_plan_make    (SakCli              *cli,
                                     const SakCliPlan    *self,
                                     GError             **error) G_GNUC_WARN_UNUSED_RESULT;
json_t        *sak_cli_plan_to_json (const SakExportPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
void           sak_cli_plan_print   (const SakExportPlan *plan);
/* bundle plan */
gboolean       sak_cli_plan_show    (SakCli              *cli,
                                     int                  argc,
                                     char               **argv,
                                     GError             **error);

G_END_DECLS
