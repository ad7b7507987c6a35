/* sak-cli.h - what the commands of sakkhi-cli share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <jansson.h>

#include "storage/sak-record.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef struct
{
  char *vault_path;
  int passphrase_fd;            /* -1: ask at the terminal */
  int new_passphrase_fd;        /* the same, for what is to be set */
  int recovery_code_fd;         /* -1: not by this way */
  int shares_fd;
  char *key_file;
  gboolean is_json;
  gboolean converts_zawgyi;     /* of fields that are read: sak-cli-text.c */
  json_t *originals;            /* what they were before, or NULL */
  SakVault *vault;              /* open where the command wants one */
  SakSlotType way;              /* what was tried, for the sentence where it failed */
  SakTypingMistake mistake;
  const char *words;            /* why it failed, where a command knows better than its error says; NULL */
} SakCli;

typedef gboolean (*SakCliRun) (SakCli   *cli,
                               int       argc,
                               char    **argv,
                               GError  **error);

typedef struct
{
  const char *group;            /* "record" */
  const char *verb;             /* "add" */
  const char *arguments;        /* "KIND [FILE|-] [--finish]" */
  gboolean needs_vault;
  SakCliRun run;                /* argv[0] is the verb */
} SakCliCommand;

/* Each ends with an entry whose group is NULL. */
extern const SakCliCommand sak_cli_vault_commands[];
extern const SakCliCommand sak_cli_copy_commands[];
extern const SakCliCommand sak_cli_slot_commands[];
extern const SakCliCommand sak_cli_record_commands[];
extern const SakCliCommand sak_cli_search_commands[];
extern const SakCliCommand sak_cli_text_commands[];
extern const SakCliCommand sak_cli_media_commands[];
extern const SakCliCommand sak_cli_card_commands[];
extern const SakCliCommand sak_cli_bundle_commands[];
extern const SakCliCommand sak_cli_format_commands[];
extern const SakCliCommand sak_cli_inbox_commands[];
extern const SakCliCommand sak_cli_outbox_commands[];
extern const SakCliCommand sak_cli_carrier_commands[];
extern const SakCliCommand sak_cli_receipt_commands[];
extern const SakCliCommand sak_cli_question_commands[];
extern const SakCliCommand sak_cli_review_commands[];
extern const SakCliCommand sak_cli_notice_commands[];
extern const SakCliCommand sak_cli_parts_commands[];
extern const SakCliCommand sak_cli_person_commands[];
extern const SakCliCommand sak_cli_custody_commands[];
extern const SakCliCommand sak_cli_withdrawal_commands[];
extern const SakCliCommand sak_cli_vocabulary_commands[];
extern const SakCliCommand sak_cli_term_commands[];
extern const SakCliCommand sak_cli_form_commands[];
extern const SakCliCommand sak_cli_date_commands[];
extern const SakCliCommand sak_cli_place_commands[];

/* Passphrases: from --passphrase-fd, or the terminal without echo. */
SakSecret  *sak_cli_read_passphrase     (SakCli            *cli,
                                         gboolean           is_new,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret  *sak_cli_read_new_passphrase (SakCli            *cli,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret  *sak_cli_read_password       (int                fd,
                                         const char        *question,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* By whichever way the general options say. */
SakCredential *sak_cli_read_credential  (SakCli            *cli,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret  *sak_cli_read_line           (int                fd,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
SakSecret  *sak_cli_read_line_or_end    (int                fd,
                                         gboolean          *ret_at_end,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* For commands that take one if -V names it; others say needs_vault. */
gboolean    sak_cli_open_vault          (SakCli            *cli,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Arguments. After parsing, argv holds the plain arguments alone, from argv[1] on. */
gboolean    sak_cli_parse               (const GOptionEntry *entries,
                                         int               *argc,
                                         char            ***argv,
                                         int                min_arguments,
                                         int                max_arguments,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* The person's first language that forms and vocabularies are in. */
char       *sak_cli_pick_language       (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_cli_check_language      (const char        *language,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* On standard error; nothing where @path is no part of a bundle. */
void        sak_cli_tell_of_parts       (const char        *path);

/* Files named on the command line; "-" is standard input or output. */
GBytes     *sak_cli_read_file           (const char        *name,
                                         gsize              limit,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_cli_write_file          (const char        *name,
                                         const void        *bytes,
                                         gsize              size,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* For people to read, too: on several lines. */
gboolean    sak_cli_write_json          (const char        *name,
                                         const json_t      *value,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Output. Text of records may come from others: control characters are not passed on to
 * the terminal.
 */
void        sak_cli_print               (const char        *format,
                                         ...) G_GNUC_PRINTF (1, 2);
void        sak_cli_print_foreign       (const char        *text);
void        sak_cli_print_foreign_line  (const char        *text);
char       *sak_cli_tame                (const char        *text,
                                         gboolean           keeps_lines) G_GNUC_WARN_UNUSED_RESULT;
void        sak_cli_print_json          (json_t            *value);
char       *sak_cli_format_time         (gint64             time) G_GNUC_WARN_UNUSED_RESULT;
void        sak_cli_progress            (guint64            done_bytes,
                                         guint64            total_bytes,
                                         gpointer           unused);
void        sak_cli_progress_end        (void);

G_END_DECLS
