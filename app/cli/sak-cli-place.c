/* sak-cli-place.c - place divisions, coarsen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include "storage/model/sak-division.h"
#include "storage/model/sak-place.h"
#include "storage/sak-iso-codes.h"

static json_t *
division_to_json (const SakDivision *division,
                  const SakDateSpan *when,
                  const char        *language)
{
  g_autofree char *first = sak_date_day_to_text (division->first_day);
  g_autofree char *last = sak_date_day_to_text (division->last_day);

  return json_pack ("{s:s, s:s, s:s, s:s, s:s*, s:s, s:s, s:b}", "code", division->code, "type", division->type,
                    "label", sak_division_get_name (division, language), "name", division->name,
                    "local_name", division->local_name, "first_day", first, "last_day", last,
                    "certain", sak_division_was (division, when) == SAK_DIVISION_THEN);
}

static gboolean
list_divisions (SakCli   *cli,
                int       argc,
                char    **argv,
                GError  **error)
{
  g_autofree char *language = NULL;
  g_autofree char *when = NULL;
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL },
    { "when", 0, 0, G_OPTION_ARG_STRING, &when, NULL, NULL },
    { NULL }
  };
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (json_t) array = json_array ();
  SakDateSpan span;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error) || (when != NULL && !sak_date_parse (when, &span, error)))
    return FALSE;
  if (language == NULL)
    language = sak_cli_pick_language ();
  (void) sak_iso_codes_load (SAK_ISO_CODES_PATH);
  list = sak_division_list (argv[1], when != NULL ? &span : NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const SakDivision *division = list->pdata[i];

      json_array_append_new (array, division_to_json (division, when != NULL ? &span : NULL, language));
      if (!cli->is_json)
        sak_cli_print ("%s\t%s\t%s\n", division->code, division->type, sak_division_get_name (division, language));
    }
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

/* What of a place in JSON may be told where only so much may. */
static gboolean
coarsen (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr (GBytes) file = NULL;
  g_autoptr (json_t) place = NULL;
  g_autoptr (json_t) kept = NULL;
  SakPlaceLevel level;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 2, error))
    return FALSE;
  if (!sak_place_parse_level (argv[1], &level))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE,
                   "the level is one of country, province, district, township, village, exact");
      return FALSE;
    }
  file = sak_cli_read_file (argc > 2 ? argv[2] : "-", SAK_JSON_MAX_SIZE, error);
  if (file == NULL)
    return FALSE;
  place = sak_json_parse (g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file), error);
  if (place == NULL || !sak_place_check ("place", place, error))
    return FALSE;
  kept = sak_place_coarsen (place, level);
  sak_cli_print_json (kept);
  return TRUE;
}

const SakCliCommand sak_cli_place_commands[] = {
  { "place", "divisions", "COUNTRY [--when EDTF] [--language L]", FALSE, list_divisions },
  { "place", "coarsen", "LEVEL [FILE|-]", FALSE, coarsen },
  { NULL }
};
