/* sak-cli-copy.c - vault backup, restore; the list of these commands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-check.h"

#include <glib/gi18n.h>

#include "crypto/sak-hex.h"
#include "sync/sak-backup.h"
#include "ui/words/sak-words.h"

static void
print_backup (SakCli                 *cli,
              const char             *filename,
              const SakBackupReport  *report)
{
  g_autofree char *digest = sak_hex_encode (report->digest, sizeof report->digest);
  g_autofree char *time = sak_cli_format_time (report->mark.time);
  g_autofree char *size = g_format_size (report->size_bytes);
  g_autoptr (json_t) json = NULL;

  if (cli->is_json)
    {
      json = json_pack ("{s:s, s:s, s:I, s:i, s:s, s:o}", "file", filename, "time", time,
                        "size", (json_int_t) report->size_bytes, "files", (int) report->n_files,
                        "manifest_sha256", digest, "damages", sak_cli_damages_to_json (report->check));
      sak_cli_print_json (json);
      return;
    }
  /* Translators: %s is a size such as "100.0 MB". */
  sak_cli_print (_("The backup is made: %s. It was read back from the disk, and all of it is right.\n"), size);
  if (report->check->damages->len > 0)
    sak_cli_print ("%s\n", _("This was damaged or untidy in the vault itself, and is so in the backup:"));
  sak_cli_print_damages (report->check);
}

static gboolean
backup (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (SakBackupReport) report = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  report = sak_backup_create (cli->vault, argv[1], sak_cli_progress, NULL, NULL, error);
  sak_cli_progress_end ();
  if (report == NULL)
    return FALSE;
  print_backup (cli, argv[1], report);
  return sak_cli_end_with_damage (report->check, error);
}

static void
print_restore (SakCli                  *cli,
               const char              *directory,
               const SakRestoreReport  *report)
{
  g_autofree char *time = sak_cli_format_time (report->time);
  g_autofree char *size = g_format_size (report->total_bytes);
  g_autoptr (json_t) json = NULL;

  if (cli->is_json)
    {
      json = json_pack ("{s:s, s:s, s:I, s:i, s:o}", "vault", directory, "time", time,
                        "size", (json_int_t) report->total_bytes, "files", (int) report->n_files,
                        "damages", sak_cli_damages_to_json (report->check));
      sak_cli_print_json (json);
      return;
    }
  /* Translators: a folder's name, a date with time, and a size such as "100.0 MB". */
  sak_cli_print (_("The vault is in %1$s, as it was on %2$s (%3$s). All of it was checked.\n"), directory, time, size);
  sak_cli_print ("%s\n", sak_words_after_restore ());
  if (report->check->damages->len > 0)
    sak_cli_print ("%s\n", _("This was damaged or untidy already when the backup was made:"));
  sak_cli_print_damages (report->check);
}

static gboolean
restore (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr (SakCredential) credential = NULL;
  g_autoptr (SakRestoreReport) report = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  credential = sak_cli_read_credential (cli, error);
  if (credential == NULL)
    return FALSE;
  report = sak_backup_restore_with (argv[1], credential, argv[2], sak_cli_progress, NULL, NULL, error);
  sak_cli_progress_end ();
  if (report == NULL)
    return FALSE;
  print_restore (cli, argv[2], report);
  return sak_cli_end_with_damage (report->check, error);
}

static gboolean
export_header (SakCli   *cli,
               int       argc,
               char    **argv,
               GError  **error)
{
  g_autoptr (GBytes) header = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) ||
      (header = sak_vault_dup_header (cli->vault, error)) == NULL)
    return FALSE;
  return sak_cli_write_file (argv[1], g_bytes_get_data (header, NULL), g_bytes_get_size (header), error);
}

const SakCliCommand sak_cli_copy_commands[] = {
  { "vault", "check", "", TRUE, sak_cli_check },
  { "vault", "backup", "FILE", TRUE, backup },
  { "vault", "restore", "FILE DIR", FALSE, restore },
  { "vault", "export-header", "FILE|-", TRUE, export_header },
  { "vault", "rescue", "DIR [--header FILE] [--parts DIR]", FALSE, sak_cli_rescue },
  { NULL }
};
