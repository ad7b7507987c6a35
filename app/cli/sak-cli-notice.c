/* sak-cli-notice.c - notice make, export, import; card authority
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "storage/sak-network-news.h"
#include "sync/sak-notice.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words.h"

/* "NAME=NEW NAME" as pairs. */
static char **
split_pairs (char    **renamed,
             GError  **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);

  for (char **at = renamed; at != NULL && *at != NULL; at++)
    {
      const char *sign = strchr (*at, '=');

      if (sign == NULL || sign[1] == '\0')
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--rename NAME=NEW");
          return NULL;
        }
      g_ptr_array_add (pairs, g_strndup (*at, (gsize) (sign - *at)));
      g_ptr_array_add (pairs, g_strdup (sign + 1));
    }
  g_ptr_array_add (pairs, NULL);
  return (char **) g_ptr_array_steal (pairs, NULL);
}

static gboolean
make (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_auto (GStrv) added = NULL;
  g_auto (GStrv) renamed = NULL;
  g_auto (GStrv) revoked = NULL;
  g_auto (GStrv) pairs = NULL;
  g_autofree char *since = NULL;
  g_autofree char *why = NULL;
  g_autofree char *id = NULL;
  const GOptionEntry entries[] = {
    { "add", 0, 0, G_OPTION_ARG_STRING_ARRAY, &added, NULL, NULL },
    { "rename", 0, 0, G_OPTION_ARG_STRING_ARRAY, &renamed, NULL, NULL },
    { "revoke", 0, 0, G_OPTION_ARG_STRING_ARRAY, &revoked, NULL, NULL },
    { "since", 0, 0, G_OPTION_ARG_STRING, &since, NULL, NULL },
    { "why", 0, 0, G_OPTION_ARG_STRING, &why, NULL, NULL },
    { NULL }
  };
  SakNoticeChange change = { NULL };

  if (!sak_cli_parse (entries, &argc, &argv, 0, 0, error) || (pairs = split_pairs (renamed, error)) == NULL)
    return FALSE;
  change = (SakNoticeChange) { (const char *const *) added, (const char *const *) pairs,
                               (const char *const *) revoked, since, why };
  id = sak_notice_make (cli->vault, &change, error);
  if (id != NULL)
    sak_cli_print ("%s\n", id);
  return id != NULL;
}

static gboolean
export (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autofree char *text = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  text = sak_notice_export (cli->vault, error);
  return text != NULL && sak_cli_write_file (argv[1], text, strlen (text), error);
}

static void
print_outcome (const SakNoticeOutcome *outcome)
{
  g_autofree char *words = sak_words_about_notice (outcome);

  if (words == NULL)
    return;
  sak_cli_print_foreign (words);
  sak_cli_print ("\n");
}

static gboolean
import (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (SakNoticeOutcome) outcome = NULL;
  g_autoptr (GBytes) text = NULL;
  const char *bytes;
  gsize size;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) ||
      (text = sak_cli_read_file (argv[1], SAK_NOTICE_MAX_SIZE, error)) == NULL)
    return FALSE;
  bytes = g_bytes_get_data (text, &size);
  outcome = sak_notice_import (cli->vault, bytes, size, error);
  if (outcome != NULL)
    print_outcome (outcome);
  return outcome != NULL;
}

/* Nobody's are believed who was not compared, or is revoked. */
static gboolean
believe (SakCli      *cli,
         const char  *name,
         gboolean     is_authority,
         GError     **error)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact (cli->vault, name, error);

  if (contact == NULL)
    return FALSE;
  if (is_authority && contact->trust != SAK_TRUST_COMPARED)
    cli->words = sak_words_for_trust (contact->trust);
  return sak_vault_set_authority (cli->vault, name, is_authority, error);
}

/* What is here already of theirs is carried out at once. */
static gboolean
set_authority (SakCli   *cli,
               int       argc,
               char    **argv,
               GError  **error)
{
  g_autoptr (SakNoticeOutcome) outcome = NULL;
  gboolean is_authority;

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  is_authority = g_str_equal (argv[2], "yes");
  if (!is_authority && !g_str_equal (argv[2], "no"))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "card authority NAME yes|no");
      return FALSE;
    }
  if (!believe (cli, argv[1], is_authority, error) ||
      (outcome = sak_notice_apply (cli->vault, error)) == NULL || !sak_vault_take_news (cli->vault, error))
    return FALSE;
  print_outcome (outcome);
  return TRUE;
}

const SakCliCommand sak_cli_notice_commands[] = {
  { "notice", "make", "[--add NAME…] [--rename NAME=NEW…] [--revoke NAME… --since DAY --why TEXT]", TRUE, make },
  { "notice", "export", "FILE|-", TRUE, export },
  { "notice", "import", "FILE", TRUE, import },
  { "card", "authority", "NAME yes|no", TRUE, set_authority },
  { NULL }
};
