/* sak-cli-print.c - record print: a record as pages
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-record.h"

#include <glib/gi18n.h>

#include "storage/sak-custody.h"
#include "ui/print/sak-print.h"
#include "ui/words/sak-language.h"
#include "ui/words/sak-words-record.h"

gboolean
sak_cli_record_print (SakCli   *cli,
                      int       argc,
                      char    **argv,
                      GError  **error)
{
  g_autofree char *language = NULL;
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (json_t) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 2, 2, error))
    return FALSE;
  if (language == NULL)
    language = sak_cli_pick_language ();
  if (!sak_cli_check_language (language, error))
    return FALSE;
  /* The labels of forms, and the sentences around them. */
  sak_language_choose (language);
  if ((record = sak_vault_load_record (cli->vault, argv[1], error)) == NULL
      || (paper = sak_words_make_record_paper (cli->vault, record->id, language, error)) == NULL
      || (pdf = sak_print_to_pdf (paper, NULL, error)) == NULL
      || !sak_cli_write_file (argv[2], g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), error)
      || !sak_vault_note_print (cli->vault, record->id, error))
    return FALSE;
  /* Translators: after a record was written to a PDF by the command line */
  g_printerr ("%s\n", _("The pages are not encrypted: whoever has them reads them."));
  return TRUE;
}
