/* sak-cli-credential.c - what opens the vault, from the general options
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <string.h>
#include <unistd.h>

#include "crypto/sak-key-file.h"

#define MAX_SHARE_LINES 256     /* sixteen groups of sixteen */

static SakCredential *
read_recovery_code (SakCli  *cli,
                    GError **error)
{
  g_autoptr (SakSecret) typed = sak_cli_read_line (cli->recovery_code_fd, error);

  return typed != NULL ? sak_credential_new_recovery_code (typed, &cli->mistake, error) : NULL;
}

/* A share a line, up to the end; empty lines say nothing. */
static SakCredential *
read_shares (SakCli  *cli,
             GError **error)
{
  g_autoptr (GPtrArray) typed = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_secret_unref);
  gboolean at_end = FALSE;

  while (!at_end)
    {
      SakSecret *line = sak_cli_read_line_or_end (cli->shares_fd, &at_end, error);

      if (line == NULL)
        return NULL;
      if (sak_secret_get_size (line) > 0)
        g_ptr_array_add (typed, line);
      else
        sak_secret_unref (line);
      if (typed->len > MAX_SHARE_LINES)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "over %d shares", MAX_SHARE_LINES);
          return NULL;
        }
    }
  return sak_credential_new_shares (typed, &cli->mistake, error);
}

/* With --passphrase-fd, both are wanted. */
static SakCredential *
read_key_file (SakCli  *cli,
               GError **error)
{
  g_autoptr (GBytes) bytes = sak_cli_read_file (cli->key_file, SAK_KEY_FILE_MAX_SIZE, error);
  g_autoptr (SakSecret) file = NULL;
  g_autoptr (SakSecret) passphrase = NULL;

  if (bytes == NULL)
    return NULL;
  file = sak_secret_new_copy (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (cli->passphrase_fd >= 0 && (passphrase = sak_cli_read_passphrase (cli, FALSE, error)) == NULL)
    return NULL;
  return sak_credential_new_key_file (file, passphrase, error);
}

static SakCredential *
read_passphrase (SakCli  *cli,
                 GError **error)
{
  g_autoptr (SakSecret) typed = sak_cli_read_passphrase (cli, FALSE, error);

  return typed != NULL ? sak_credential_new_passphrase (typed, error) : NULL;
}

/**
 * sak_cli_read_credential:
 *
 * Asks at the terminal for a passphrase where no option says otherwise. Notes in @cli
 * what was tried, and where it was mistyped, for the sentence.
 */
SakCredential *
sak_cli_read_credential (SakCli  *cli,
                         GError **error)
{
  guint n_ways = (cli->recovery_code_fd >= 0) + (cli->shares_fd >= 0) + (cli->key_file != NULL);

  if (n_ways > 1 || (n_ways == 1 && cli->key_file == NULL && cli->passphrase_fd >= 0))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "a vault is opened by one way: several were given");
      return NULL;
    }
  if (cli->recovery_code_fd >= 0)
    {
      cli->way = SAK_SLOT_RECOVERY_CODE;
      return read_recovery_code (cli, error);
    }
  if (cli->shares_fd >= 0)
    {
      cli->way = SAK_SLOT_SHARES;
      return read_shares (cli, error);
    }
  if (cli->key_file != NULL)
    {
      cli->way = SAK_SLOT_KEY_FILE;
      return read_key_file (cli, error);
    }
  cli->way = SAK_SLOT_PASSPHRASE;
  return read_passphrase (cli, error);
}
