/* sak-cli-parts.c - bundle split and join: a bundle in several files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <stdio.h>
#include <string.h>

#include "sync/sak-parts.h"
#include "ui/words/sak-words-parts.h"

/* A number of bytes; with K, M or G of thousands, as mail programs count. */
static gboolean
parse_size (const char  *text,
            guint64     *ret_size,
            GError     **error)
{
  static const char units[] = "KMG";
  gsize length = text != NULL ? strlen (text) : 0;
  const char *unit = length > 1 ? strchr (units, g_ascii_toupper (text[length - 1])) : NULL;
  g_autofree char *digits = g_strndup (text, unit != NULL && *unit != '\0' ? length - 1 : length);
  guint64 factor = 1;

  for (const char *u = units; unit != NULL && *unit != '\0' && u <= unit; u++)
    factor *= 1000;
  if (text != NULL && g_ascii_string_to_unsigned (digits, 10, 1, G_MAXINT64 / factor, ret_size, NULL))
    {
      *ret_size *= factor;
      return TRUE;
    }
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "say how large a part may be: --size 25M");
  return FALSE;
}

static gboolean
split (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autofree char *size_text = NULL;
  const GOptionEntry entries[] = {
    { "size", 's', 0, G_OPTION_ARG_STRING, &size_text, NULL, NULL },
    { NULL }
  };
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *folder = NULL;
  guint64 size;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 2, error) || !parse_size (size_text, &size, error))
    return FALSE;
  folder = argc > 2 ? g_strdup (argv[2]) : g_path_get_dirname (argv[1]);
  files = sak_parts_split (argv[1], folder, NULL, size, sak_cli_progress, NULL, NULL, error);
  sak_cli_progress_end ();
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      sak_cli_print_foreign_line (g_ptr_array_index (files, i));
      sak_cli_print ("\n");
    }
  return files != NULL;
}

static void
print_notes (const SakParts *parts)
{
  for (guint i = 0; i < parts->notes->len; i++)
    {
      g_autofree char *words = sak_words_for_part (parts, g_ptr_array_index (parts->notes, i));
      g_autofree char *tame = sak_cli_tame (words, FALSE);

      fprintf (stderr, "%s\n", tame);
    }
}

static gboolean
join (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr (SakParts) parts = NULL;
  gboolean went_well;

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  parts = sak_parts_find (argv[1], NULL, error);
  if (parts == NULL)
    return FALSE;
  print_notes (parts);
  went_well = sak_parts_join (parts, argv[2], sak_cli_progress, NULL, NULL, error);
  sak_cli_progress_end ();
  return went_well;
}

/* Before a bundle is opened that may be in parts: what is the matter with them. */
void
sak_cli_tell_of_parts (const char *path)
{
  g_autoptr (SakParts) parts = sak_parts_is_one (path) ? sak_parts_find (path, NULL, NULL) : NULL;

  if (parts != NULL)
    print_notes (parts);
}

const SakCliCommand sak_cli_parts_commands[] = {
  { "bundle", "split", "--size BYTES|25M FILE [DIR]", FALSE, split },
  { "bundle", "join", "DIR|PART FILE", FALSE, join },
  { NULL }
};
