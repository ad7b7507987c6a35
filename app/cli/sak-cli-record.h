/* sak-cli-record.h - how a record, its links and its versions are shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/cli/sak-cli.h"

G_BEGIN_DECLS

gboolean    sak_cli_record_show      (SakCli          *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
gboolean    sak_cli_record_links     (SakCli          *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
gboolean    sak_cli_record_history   (SakCli          *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
gboolean    sak_cli_record_compare   (SakCli          *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
gboolean    sak_cli_record_conflict  (SakCli          *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
gboolean    sak_cli_record_merge     (SakCli          *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
/* Says on standard error which divisions were none at the record's date: sak-cli-place.c. */
void        sak_cli_mind_places      (const json_t    *fields);
/* Text in Zawgyi: sak-cli-text.c. */
json_t     *sak_cli_mind_zawgyi      (SakCli          *cli,
                                      json_t          *fields) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_cli_keep_originals   (SakCli          *cli,
                                      const char      *record_id,
                                      GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of record search, search run and search save. */
#define SAK_CLI_SEARCH_ARGUMENTS \
  "[--kind K] [--limit N] [--from DATE] [--to DATE] [--place P] [--violation CODE]" \
  " [--person ID] [--tag TAG] [--state S] [--snippets] [TEXT]"
/* Of a vault from an older program; once. */
gboolean    sak_cli_complete_index   (SakCli          *cli,
                                      GError         **error);
gboolean    sak_cli_record_search    (SakCli          *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
/* sak-cli-question.c; about @record, or all where it is NULL. */
gboolean    sak_cli_print_questions  (SakCli          *cli,
                                      const char      *record,
                                      gboolean         only_open,
                                      GError         **error);
/* sak-cli-print.c */
gboolean    sak_cli_record_print     (SakCli          *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
/* sak-cli-labour.c */
gboolean    sak_cli_record_labour    (SakCli          *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
gboolean    sak_cli_record_indicators (SakCli         *cli,
                                      int              argc,
                                      char           **argv,
                                      GError         **error);
/* For scripts: "draft", "finished", "changed", "conflict". */
const char *sak_cli_name_state       (SakRecordState   state);
/* This vault's name, a contact's, or the key where neither has it. */
char       *sak_cli_name_author      (SakVault        *vault,
                                      const guint8    *key) G_GNUC_WARN_UNUSED_RESULT;
json_t     *sak_cli_revision_to_json (SakVault        *vault,
                                      SakRevision     *revision) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
