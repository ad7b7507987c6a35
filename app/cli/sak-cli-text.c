/* sak-cli-text.c - text zawgyi; and Zawgyi in records that are added or changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "storage/model/sak-zawgyi.h"
#include "storage/sak-media.h"

static const char *
name_verdict (SakZawgyi verdict)
{
  static const char *const names[] = { "none", "unicode", "unsure", "zawgyi" };

  return names[verdict];
}

static char *
read_text (const char  *name,
           GError     **error)
{
  g_autoptr (GBytes) file = sak_cli_read_file (name, SAK_JSON_MAX_SIZE, error);
  gsize size;
  const char *bytes;

  if (file == NULL)
    return NULL;
  bytes = g_bytes_get_data (file, &size);
  if (bytes == NULL || g_utf8_validate_len (bytes, size, NULL))
    return g_strndup (bytes != NULL ? bytes : "", size);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the text is not valid UTF-8");
  return NULL;
}

static gboolean
zawgyi (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autofree char *text = NULL;
  double probability;
  SakZawgyi verdict;

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  if (!g_str_equal (argv[1], "check") && !g_str_equal (argv[1], "convert"))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "text zawgyi check or text zawgyi convert");
      return FALSE;
    }
  text = read_text (argv[2], error);
  if (text == NULL)
    return FALSE;
  if (g_str_equal (argv[1], "convert"))
    {
      g_autofree char *converted = sak_zawgyi_convert (text);

      sak_cli_print_foreign (converted);
      return TRUE;
    }
  verdict = sak_zawgyi_check (text, &probability);
  if (cli->is_json)
    {
      g_autoptr (json_t) json = json_pack ("{s:s, s:f}", "verdict", name_verdict (verdict), "probability", probability);

      sak_cli_print_json (json);
    }
  else
    sak_cli_print ("%s\t%.6f\n", name_verdict (verdict), probability);
  return TRUE;
}

/**
 * sak_cli_mind_zawgyi:
 *
 * Says on standard error which fields are in Zawgyi. Where that was asked for it converts them, and remembers
 * what they were.
 *
 * Returns: (transfer full): the fields to go on with
 */
json_t *
sak_cli_mind_zawgyi (SakCli  *cli,
                     json_t  *fields)
{
  g_autoptr (json_t) originals = NULL;
  g_autoptr (json_t) converted = sak_zawgyi_convert_fields (fields, &originals);
  const char *path;
  json_t *value;

  json_object_foreach (originals, path, value)
    {
      g_autofree char *tame = sak_cli_tame (path, FALSE);

      /* Translators: %s is the name of a field; Zawgyi is an old way to write Burmese in computers. */
      fprintf (stderr, cli->converts_zawgyi
               ? _("Field %s was in Zawgyi; it is converted, and what was typed is kept.\n")
               : _("Field %s is in Zawgyi. Nobody with Unicode can read or find it:"
                   " --convert-zawgyi converts it.\n"), tame);
    }
  if (originals == NULL || !cli->converts_zawgyi)
    return json_incref (fields);
  g_clear_pointer (&cli->originals, json_decref);
  cli->originals = g_steal_pointer (&originals);
  return g_steal_pointer (&converted);
}

/* As an attachment: fields are the form's to name. */
gboolean
sak_cli_keep_originals (SakCli      *cli,
                        const char  *record_id,
                        GError     **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (SakMediaInfo) info = NULL;

  if (cli->originals == NULL)
    return TRUE;
  file = sak_zawgyi_make_file (cli->originals);
  stream = g_memory_input_stream_new_from_bytes (file);
  info = sak_vault_add_media (cli->vault, record_id, stream, SAK_ZAWGYI_FILE, g_bytes_get_size (file), NULL, NULL,
                              NULL, error);
  return info != NULL;
}

const SakCliCommand sak_cli_text_commands[] = {
  { "text", "zawgyi", "check|convert FILE|-", FALSE, zawgyi },
  { NULL }
};
