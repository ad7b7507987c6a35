/* sak-cli-term.c - vocabulary add, rename, retire, export, import: terms of this vault's own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <string.h>

#include "storage/sak-network-news.h"
#include "storage/sak-vault-terms.h"

/* @name: the option beside --language, without it NULL. */
static gboolean
parse_options (const char   *name,
               char        **value,
               char        **language,
               int          *argc,
               char       ***argv,
               int           n_arguments,
               GError      **error)
{
  const GOptionEntry entries[] = {
    { "language", 'l', 0, G_OPTION_ARG_STRING, language, NULL, NULL },
    { name, 0, 0, G_OPTION_ARG_STRING, value, NULL, NULL },
    { NULL }
  };

  if (!sak_cli_parse (entries, argc, argv, n_arguments, n_arguments, error))
    return FALSE;
  if (*language == NULL)
    *language = sak_cli_pick_language ();
  return sak_cli_check_language (*language, error);
}

static gboolean
add (SakCli   *cli,
     int       argc,
     char    **argv,
     GError  **error)
{
  g_autofree char *under = NULL;
  g_autofree char *language = NULL;
  g_autofree char *code = NULL;

  if (!parse_options ("under", &under, &language, &argc, &argv, 2, error))
    return FALSE;
  code = sak_vault_add_term (cli->vault, argv[1], under, language, argv[2], error);
  if (code == NULL)
    return FALSE;
  sak_cli_print ("%s\n", code);
  return TRUE;
}

static gboolean
rename_term (SakCli   *cli,
             int       argc,
             char    **argv,
             GError  **error)
{
  g_autofree char *language = NULL;

  return parse_options (NULL, NULL, &language, &argc, &argv, 3, error)
         && sak_vault_rename_term (cli->vault, argv[1], argv[2], language, argv[3], error);
}

static gboolean
retire (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autofree char *replacement = NULL;
  const GOptionEntry entries[] = {
    { "for", 0, 0, G_OPTION_ARG_STRING, &replacement, NULL, NULL },
    { NULL }
  };

  return sak_cli_parse (entries, &argc, &argv, 2, 2, error)
         && sak_vault_retire_term (cli->vault, argv[1], argv[2], replacement, error);
}

static gboolean
export (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (SakVocabulary) merged = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  merged = sak_vault_load_terms (cli->vault, argv[1], error);
  return merged != NULL && sak_cli_write_json (argv[2], sak_vocabulary_get_additions (merged), error);
}

static gboolean
import (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (SakVocabulary) merged = NULL;
  const char *text;
  gsize size;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  file = sak_cli_read_file (argv[1], SAK_VOCABULARY_MAX_SIZE, error);
  if (file == NULL)
    return FALSE;
  text = g_bytes_get_data (file, &size);
  merged = sak_vault_import_terms (cli->vault, text != NULL ? text : "", (gssize) size, error);
  return merged != NULL;
}

static gboolean
send_terms (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  g_auto (GStrv) to = NULL;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING_ARRAY, &to, NULL, NULL },
    { NULL }
  };
  g_autofree char *id = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  id = sak_vault_send_terms (cli->vault, argv[1], (const char *const *) to, error);
  if (id == NULL)
    return FALSE;
  sak_cli_print ("%s\n", id);
  return TRUE;
}

const SakCliCommand sak_cli_term_commands[] = {
  { "vocabulary", "add", "NAME LABEL [--under CODE] [--language L]", TRUE, add },
  { "vocabulary", "rename", "NAME CODE LABEL [--language L]", TRUE, rename_term },
  { "vocabulary", "retire", "NAME CODE [--for CODE]", TRUE, retire },
  { "vocabulary", "export", "NAME FILE|-", TRUE, export },
  { "vocabulary", "import", "FILE|-", TRUE, import },
  { "vocabulary", "send", "NAME --to NAME …", TRUE, send_terms },
  { NULL }
};
