/* sak-cli-vault.c - vault init; identity export
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-minisign.h"
#include "storage/sak-contact.h"
#include "storage/sak-practice.h"
#include "ui/words/sak-language.h"

static gboolean
init (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *name = NULL;
  gboolean is_practice = FALSE;
  gboolean with_cases = FALSE;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &is_practice, NULL, NULL },
    { "cases", 0, 0, G_OPTION_ARG_NONE, &with_cases, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakSecret) passphrase = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (name == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "say whose vault it is: --name NAME");
      return FALSE;
    }
  if (with_cases && !is_practice)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--cases are made up: they go with --practice");
      return FALSE;
    }
  passphrase = sak_cli_read_passphrase (cli, TRUE, error);
  if (passphrase == NULL)
    return FALSE;
  cli->vault = sak_vault_create (argv[1], name, passphrase,
                                 is_practice ? SAK_VAULT_PRACTICE : SAK_VAULT_REAL, NULL, error);
  if (cli->vault == NULL || (with_cases && !sak_vault_add_practice_cases (cli->vault, sak_language_get (), error)))
    return FALSE;
  sak_cli_print (is_practice ? _("The practice vault of %s is made in %s.\n") : _("The vault of %s is made in %s.\n"),
                 sak_vault_get_name (cli->vault), argv[1]);
  return TRUE;
}

/* In the form of age-keygen, which stock age -i reads; the second key opens the files
 * under media/ where only they are left of a vault.
 */
static SakSecret *
make_age_file (SakVault *vault,
               gsize    *ret_size)
{
  g_autoptr (SakSecret) exchange = sak_vault_dup_exchange_identity (vault);
  g_autoptr (SakSecret) media = sak_vault_dup_media_identity (vault);
  g_autoptr (SakSecret) exchange_text = sak_age_identity_to_text (exchange);
  g_autoptr (SakSecret) media_text = sak_age_identity_to_text (media);
  g_autofree char *public_text = NULL;
  SakAgeRecipient recipient;
  SakSecret *file = sak_secret_new (1024);

  sak_x25519_get_public (exchange, recipient.bytes);
  public_text = sak_age_recipient_to_text (&recipient);
  *ret_size = (gsize) g_snprintf ((char *) sak_secret_get_bytes (file), 1024,
                                  "# Sakkhi: opens the bundles that are sent to this vault\n"
                                  "# public key: %s\n%.*s\n"
                                  "# Sakkhi: opens the files under media/ of this vault\n%.*s\n", public_text,
                                  (int) sak_secret_get_size (exchange_text),
                                  (const char *) sak_secret_get_bytes (exchange_text),
                                  (int) sak_secret_get_size (media_text),
                                  (const char *) sak_secret_get_bytes (media_text));
  return file;
}

static gboolean
write_minisign_file (SakVault    *vault,
                     const char  *name,
                     GError     **error)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];
  g_autofree char *text = NULL;

  sak_sign_get_public (seed, public_key);
  text = sak_minisign_public_key_to_file (public_key);
  return sak_cli_write_file (name, text, strlen (text), error);
}

static gboolean
ask_to_confirm (GError **error)
{
  char answer[16] = "";

  fputs (_("Type yes to go on: "), stderr);
  if (fgets (answer, sizeof answer, stdin) != NULL && g_str_equal (g_strstrip (answer), "yes"))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "not confirmed: --yes confirms");
  return FALSE;
}

static gboolean
export_identity (SakCli   *cli,
                 int       argc,
                 char    **argv,
                 GError  **error)
{
  g_autofree char *age = NULL;
  g_autofree char *minisign = NULL;
  gboolean is_confirmed = FALSE;
  const GOptionEntry entries[] = {
    { "age", 0, 0, G_OPTION_ARG_FILENAME, &age, NULL, NULL },
    { "minisign", 0, 0, G_OPTION_ARG_FILENAME, &minisign, NULL, NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &is_confirmed, NULL, NULL },
    { NULL }
  };

  if (!sak_cli_parse (entries, &argc, &argv, 0, 0, error))
    return FALSE;
  if (age == NULL && minisign == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "say what to export: --age FILE or --minisign FILE");
      return FALSE;
    }
  if (age != NULL)
    {
      gsize size;
      g_autoptr (SakSecret) file = make_age_file (cli->vault, &size);

      fputs (_("Warning: whoever has this private key can read every bundle ever sent to this vault.\n"), stderr);
      if (!is_confirmed && !ask_to_confirm (error))
        return FALSE;
      if (!sak_cli_write_file (age, sak_secret_get_bytes (file), size, error))
        return FALSE;
    }
  return minisign == NULL || write_minisign_file (cli->vault, minisign, error);
}

const SakCliCommand sak_cli_vault_commands[] = {
  { "vault", "init", "DIR --name NAME [--practice [--cases]]", FALSE, init },
  { "identity", "export", "[--age FILE] [--minisign FILE] [--yes]", TRUE, export_identity },
  { NULL }
};
