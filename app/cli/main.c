/* main.c - sakkhi-cli: everything the core can do, for automation, tests and rescue
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The spellings of commands and options are a contract (README.md here): more may be
 * added, none changed. So are the exit statuses.
 */
#include "config.h"

#include "app/cli/sak-cli-check.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-platform.h"
#include "crypto/sak-secret.h"
#include "ui/words/sak-language.h"
#include "ui/words/sak-words-keys.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words-receipt.h"
#include "ui/words/sak-words-talk.h"
#include "ui/words/sak-words.h"

static const SakCliCommand *const groups[] = {
  sak_cli_vault_commands, sak_cli_slot_commands, sak_cli_copy_commands, sak_cli_record_commands,
  sak_cli_search_commands, sak_cli_text_commands, sak_cli_media_commands,
  sak_cli_card_commands, sak_cli_bundle_commands, sak_cli_parts_commands, sak_cli_inbox_commands,
  sak_cli_receipt_commands, sak_cli_question_commands, sak_cli_review_commands, sak_cli_notice_commands,
  sak_cli_outbox_commands, sak_cli_carrier_commands,
  sak_cli_format_commands,
  sak_cli_person_commands, sak_cli_withdrawal_commands,
  sak_cli_vocabulary_commands, sak_cli_term_commands, sak_cli_form_commands,
  sak_cli_date_commands, sak_cli_place_commands,
  sak_cli_custody_commands,
};

static const SakCliCommand *
find_command (const char *group,
              const char *verb)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const SakCliCommand *command = groups[i]; command->group != NULL; command++)
      if (g_str_equal (command->group, group) && g_str_equal (command->verb, verb))
        return command;
  return NULL;
}

static void
print_usage (FILE *to)
{
  fprintf (to, _("Usage: sakkhi-cli [-V VAULT] [--passphrase-fd N] [--json] COMMAND\n\nCommands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const SakCliCommand *command = groups[i]; command->group != NULL; command++)
      fprintf (to, "  %s%s%s %s\n", command->group, *command->verb != '\0' ? " " : "", command->verb,
               command->arguments);
  fprintf (to, "\n%s\n", _("A passphrase is asked for at the terminal, or read from file descriptor N."));
  fprintf (to, "%s\n  --recovery-code-fd N\n  --shares-fd N\n  --key-file FILE [--passphrase-fd N]\n",
           _("Instead of it, a vault opens by a recovery code, by shares (one a line), or by a key file:"));
}

/* What is made for others: a key that is revoked is then the recipient's. */
static gboolean
is_sending (const char *group,
            const char *verb)
{
  return g_str_equal (group, "question") || g_str_equal (verb, "send") ||
         (g_str_equal (group, "bundle") && (g_str_equal (verb, "plan") || g_str_equal (verb, "create")));
}

static const char *
find_words_of_contacts (const GError *error,
                        const char   *group,
                        const char   *verb)
{
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_UNTRUSTED) && is_sending (group, verb))
    return sak_words_for_talk_error (error);
  if (g_str_equal (group, "notice"))
    return g_str_equal (verb, "make") ? sak_words_for_own_notice_error (error) : sak_words_for_notice_error (error);
  if (!g_str_equal (group, "card"))
    return NULL;
  if (g_str_equal (verb, "authority"))
    return sak_words_for_notice_error (error);
  if (!g_str_equal (verb, "import") || !g_error_matches (error, SAK_ERROR, SAK_ERROR_CONFLICT))
    return NULL;
  fprintf (stderr, "%s\n", sak_words_name_other_key ());
  return sak_words_about_other_key ();
}

/* What came from others has its own words, and so have backups. */
static const char *
find_words (SakCli       *cli,
            const GError *error,
            const char   *group,
            const char   *verb)
{
  const char *words = cli->words != NULL ? cli->words : find_words_of_contacts (error, group, verb);

  if (words != NULL)
    return words;
  if (g_str_equal (group, "vault") && (g_str_equal (verb, "backup") || g_str_equal (verb, "restore")))
    return sak_words_for_backup_error (error);
  /* Where one is made, or listed, what is not there is a contact, or anything that came. */
  if (g_str_equal (group, "receipt") &&
      (g_str_equal (verb, "import") || !g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND)))
    return sak_words_for_receipt_error (error);
  if (g_str_equal (group, "bundle") || g_str_equal (group, "card"))
    return sak_words_for_bundle_error (error);
  return sak_words_for_way_error (error, cli->way);
}

static int
report_error (SakCli       *cli,
              const GError *error,
              GPtrArray    *arguments)
{
  const char *group = arguments->len > 0 ? arguments->pdata[0] : "";
  const char *verb = arguments->len > 1 ? arguments->pdata[1] : "";
  /* A path in the detail may be anybody's: nothing of it may steer the terminal. */
  g_autofree char *detail = sak_cli_tame (error->message, FALSE);

  if (cli->mistake.kind != SAK_MISTAKE_NONE)
    {
      g_autofree char *words = sak_words_for_mistake (&cli->mistake);

      fprintf (stderr, "sakkhi-cli: %s\n", words);
    }
  else
    fprintf (stderr, "sakkhi-cli: %s\n", find_words (cli, error, group, verb));
  fprintf (stderr, "  (%s)\n", detail);
  return sak_error_get_exit_status (error);
}

/* Takes "NAME VALUE" or "NAME=VALUE" out of the arguments. */
static gboolean
take_value (int          argc,
            char       **argv,
            int         *at,
            const char  *name,
            const char **ret_value)
{
  gsize length = strlen (name);

  if (g_str_equal (argv[*at], name) && *at + 1 < argc)
    {
      *ret_value = argv[++*at];
      return TRUE;
    }
  if (g_str_has_prefix (argv[*at], name) && argv[*at][length] == '=' && length > 2)
    {
      *ret_value = argv[*at] + length + 1;
      return TRUE;
    }
  return FALSE;
}

static gboolean
parse_descriptor (const char  *option,
                  const char  *text,
                  int         *ret_descriptor,
                  GError     **error)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, 0, 65535, &number, NULL))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "%s takes a number", option);
      return FALSE;
    }
  *ret_descriptor = (int) number;
  return TRUE;
}

/* FALSE with @error where the option's value is wrong, without where it is none of these. */
static gboolean
take_way_in (SakCli      *cli,
             int          argc,
             char       **argv,
             int         *at,
             GError     **error)
{
  struct { const char *option; int *descriptor; } ways[] = {
    { "--passphrase-fd", &cli->passphrase_fd },
    { "--recovery-code-fd", &cli->recovery_code_fd },
    { "--shares-fd", &cli->shares_fd },
  };
  const char *value;

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (take_value (argc, argv, at, ways[i].option, &value))
      return parse_descriptor (ways[i].option, value, ways[i].descriptor, error);
  if (!take_value (argc, argv, at, "--key-file", &value))
    return FALSE;
  g_free (cli->key_file);
  cli->key_file = g_strdup (value);
  return TRUE;
}

/* The general options may stand anywhere before a "--". */
static gboolean
take_general_options (SakCli     *cli,
                      int         argc,
                      char      **argv,
                      GPtrArray  *rest,
                      GError    **error)
{
  int i;

  for (i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    {
      g_autoptr (GError) local_error = NULL;
      const char *value;

      if (take_value (argc, argv, &i, "-V", &value) || take_value (argc, argv, &i, "--vault", &value))
        {
          g_free (cli->vault_path);
          cli->vault_path = g_strdup (value);
        }
      else if (take_way_in (cli, argc, argv, &i, &local_error))
        continue;
      else if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      else if (g_str_equal (argv[i], "--json"))
        cli->is_json = TRUE;
      else
        g_ptr_array_add (rest, argv[i]);
    }
  for (; i < argc; i++)
    g_ptr_array_add (rest, argv[i]);
  return TRUE;
}

gboolean
sak_cli_open_vault (SakCli  *cli,
                    GError **error)
{
  g_autoptr (SakCredential) credential = NULL;

  if (cli->vault != NULL)
    return TRUE;
  if (cli->vault_path == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "say which vault: -V VAULT");
      return FALSE;
    }
  credential = sak_cli_read_credential (cli, error);
  if (credential == NULL)
    return FALSE;
  cli->vault = sak_vault_open_with (cli->vault_path, credential, error);
  return cli->vault != NULL;
}

/* "vault slot add" is the verb "add" of the group "vault slot", "place list load" of "place
 * list", "date event add", "custody" a group without verbs; others have one word each.
 */
static const SakCliCommand *
find_command_of (GPtrArray *arguments,
                 guint     *ret_verb)
{
  static const char *const doubles[] = { "vault slot", "place list", "date event" };
  g_autofree char *group = arguments->len >= 3 ? g_strdup_printf ("%s %s", (char *) arguments->pdata[0],
                                                                  (char *) arguments->pdata[1]) : NULL;
  const SakCliCommand *alone = arguments->len > 0 ? find_command (arguments->pdata[0], "") : NULL;

  for (gsize i = 0; group != NULL && i < G_N_ELEMENTS (doubles); i++)
    if (g_str_equal (group, doubles[i]))
      {
        *ret_verb = 2;
        return find_command (group, arguments->pdata[2]);
      }
  *ret_verb = alone != NULL ? 0 : 1;
  if (alone != NULL)
    return alone;
  return arguments->len > 1 ? find_command (arguments->pdata[0], arguments->pdata[1]) : NULL;
}

static gboolean
run_command (SakCli     *cli,
             GPtrArray  *arguments,
             GError    **error)
{
  guint verb;
  const SakCliCommand *command = find_command_of (arguments, &verb);
  /* Ended by NULL, as main() has them: an argument that was not given is none. */
  g_autofree char **argv = g_new0 (char *, arguments->len + 1);
  gboolean went_well;

  if (command == NULL)
    {
      if (arguments->len == 0)
        print_usage (stderr);
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "there is no such command: sakkhi-cli --help lists them");
      return FALSE;
    }
  if (command->needs_vault && !sak_cli_open_vault (cli, error))
    return FALSE;
  for (guint i = 0; i < arguments->len; i++)
    argv[i] = g_ptr_array_index (arguments, i);
  went_well = command->run (cli, (int) (arguments->len - verb), argv + verb, error);
  if (cli->vault != NULL)
    {
      /* Said by "vault check" in its own words. */
      if (sak_vault_has_seen_damage (cli->vault) && command->run != sak_cli_check)
        fprintf (stderr, "%s\n", sak_words_about_seen_damage ());
      sak_vault_lock (cli->vault);
    }
  g_clear_object (&cli->vault);
  if (went_well && fflush (stdout) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_IO, "standard output could not be written");
      return FALSE;
    }
  return went_well;
}

int
main (int   argc,
      char *argv[])
{
  SakCli cli = { .passphrase_fd = -1, .new_passphrase_fd = -1, .recovery_code_fd = -1, .shares_fd = -1,
                 .way = SAK_SLOT_PASSPHRASE };
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gboolean went_well;

  sak_platform_harden_process ();
  sak_vault_prepare_process ();
  sak_language_init (NULL);
  sak_crypto_init ();
  sak_secret_wipe_at_end ();

  went_well = take_general_options (&cli, argc, argv, arguments, &error);
  if (went_well && arguments->len == 1 && g_str_equal (arguments->pdata[0], "--version"))
    puts ("sakkhi-cli " SAK_VERSION);
  else if (went_well && arguments->len >= 1 &&
           (g_str_equal (arguments->pdata[0], "--help") || g_str_equal (arguments->pdata[0], "help")))
    print_usage (stdout);
  else if (went_well)
    went_well = run_command (&cli, arguments, &error);
  g_free (cli.vault_path);
  g_free (cli.key_file);
  json_decref (cli.originals);
  return went_well ? 0 : report_error (&cli, error, arguments);
}
