/* sak-cli-custody.c - custody: the sheet of an item or a record
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <string.h>

#include "storage/sak-custody.h"
#include "ui/print/sak-print.h"
#include "ui/words/sak-words-custody.h"

static GBytes *
write_plain (const json_t *blocks)
{
  char *text = sak_words_write_sheet (blocks);

  return g_bytes_new_take (text, strlen (text));
}

/* In the form that the file's name asks for. */
static gboolean
write_file (SakCli        *cli,
            const json_t  *sheet,
            const char    *name,
            GError       **error)
{
  g_autoptr (json_t) paper = sak_words_make_custody_paper (sheet);
  g_autoptr (GBytes) bytes = NULL;

  if (cli->is_json || g_str_has_suffix (name, ".json"))
    return sak_cli_write_json (name, sheet, error);
  if (g_str_has_suffix (name, ".pdf"))
    bytes = sak_print_to_pdf (paper, NULL, error);
  else
    bytes = write_plain (json_object_get (paper, "blocks"));
  return bytes != NULL &&
         sak_cli_write_file (name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static gboolean
custody (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr (json_t) sheet = NULL;
  g_autoptr (json_t) blocks = NULL;
  g_autofree char *text = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 2, error))
    return FALSE;
  sheet = sak_vault_describe_custody (cli->vault, argv[1], NULL, error);
  if (sheet == NULL)
    return FALSE;
  if (argc > 2)
    return write_file (cli, sheet, argv[2], error) && sak_vault_note_sheet (cli->vault, argv[1], error);
  if (cli->is_json)
    {
      sak_cli_print_json (sheet);
      return TRUE;
    }
  blocks = sak_words_lay_out_custody (sheet);
  text = sak_words_write_sheet (blocks);
  sak_cli_print_foreign (text);
  return TRUE;
}

const SakCliCommand sak_cli_custody_commands[] = {
  { "custody", "", "SHA256|RECORD [FILE|-]", TRUE, custody },
  { NULL }
};
