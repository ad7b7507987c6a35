/* sak-cli-place.c - place divisions, coarsen, find; place list load, show, remove
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-record.h"
#include "app/cli/sak-cli.h"

#include "storage/model/sak-division.h"
#include "storage/model/sak-place.h"
#include "storage/sak-iso-codes.h"
#include "storage/sak-place-list.h"
#include "ui/words/sak-words-place.h"

/* As the windows say at the field. @fields: of a record that is added or changed. */
void
sak_cli_mind_places (const json_t *fields)
{
  const json_t *date = json_object_get (fields, "date");
  const char *edtf = json_is_object (date) ? sak_json_get_text (date, "edtf") : json_string_value (date);
  g_autofree char *language = sak_cli_pick_language ();
  SakDateSpan when;
  const char *path;
  json_t *value;

  if (edtf == NULL || !sak_date_parse (edtf, &when, NULL))
    return;
  json_object_foreach ((json_t *) fields, path, value)
    {
      const char *code = sak_json_get_text (value, "region_code");
      const SakDivision *division = code != NULL ? sak_division_find (code) : NULL;
      g_autofree char *words = division != NULL ? sak_words_about_division (division, &when, language)
                                                : NULL;
      g_autofree char *tame = sak_cli_tame (path, FALSE);

      if (words != NULL)
        fprintf (stderr, "%s: %s\n", tame, words);
    }
}

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

/* What a list says of itself, before anybody relies on it. */
static void
print_columns (const char *columns)
{
  g_auto (GStrv) lines = g_strsplit (columns, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 3);

      if (g_strv_length (cells) != 3)
        continue;
      sak_cli_print_foreign_line (cells[0]);
      sak_cli_print ("\t%s\t%s\n", cells[1], cells[2]);
    }
}

static gboolean
load_list (SakCli   *cli,
           int       argc,
           char    **argv,
           GError  **error)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { NULL }
  };
  g_autoptr (GBytes) file = NULL;
  g_autoptr (SakPlaceTable) table = NULL;
  g_autoptr (json_t) json = NULL;
  gsize size;
  const char *text;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (name == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "say what the list is to be called: --name NAME");
      return FALSE;
    }
  file = sak_cli_read_file (argv[1], SAK_PLACE_TABLE_MAX_SIZE, error);
  if (file == NULL)
    return FALSE;
  text = g_bytes_get_data (file, &size);
  table = sak_vault_load_place_list (cli->vault, name, text != NULL ? text : "", size, error);
  if (table == NULL)
    return FALSE;
  json = json_pack ("{s:i, s:i, s:i, s:i, s:s}", "places", (int) table->rows->len, "lines", (int) table->n_lines,
                    "repeated", (int) table->n_repeated, "refused", (int) table->n_refused, "columns", table->columns);
  if (cli->is_json)
    {
      sak_cli_print_json (json);
      return TRUE;
    }
  print_columns (table->columns);
  sak_cli_print ("places\t%u\nlines\t%u\nrepeated\t%u\nrefused\t%u\n", table->rows->len, table->n_lines,
                 table->n_repeated, table->n_refused);
  return TRUE;
}

static gboolean
show_lists (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (json_t) array = json_array ();
  g_autofree char *columns = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 1, error))
    return FALSE;
  if (argc > 1)
    {
      columns = sak_vault_describe_place_list (cli->vault, argv[1], error);
      if (columns == NULL)
        return FALSE;
      print_columns (columns);
      return TRUE;
    }
  lists = sak_vault_list_place_lists (cli->vault, error);
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      const SakPlaceList *list = lists->pdata[i];

      json_array_append_new (array, json_pack ("{s:s, s:I, s:I}", "name", list->name,
                                               "places", (json_int_t) list->n_places, "size", (json_int_t) list->size));
      if (cli->is_json)
        continue;
      sak_cli_print_foreign_line (list->name);
      sak_cli_print ("\t%" G_GINT64_FORMAT "\n", list->n_places);
    }
  if (lists != NULL && cli->is_json)
    sak_cli_print_json (array);
  return lists != NULL;
}

static gboolean
remove_list (SakCli   *cli,
             int       argc,
             char    **argv,
             GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error)
         && sak_vault_remove_place_list (cli->vault, argv[1], error);
}

static void
print_place (const json_t *place)
{
  static const char *const members[] = { "name", "type", "code", "region", "country", "list" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = sak_json_get_text (place, members[i]);

      sak_cli_print (i > 0 ? "\t" : "");
      sak_cli_print_foreign_line (text != NULL ? text : "");
    }
  sak_cli_print ("\n");
}

static gboolean
find (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *country = NULL;
  int limit = 50;
  const GOptionEntry entries[] = {
    { "country", 0, 0, G_OPTION_ARG_STRING, &country, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL },
    { NULL }
  };
  g_autoptr (GPtrArray) places = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (!g_utf8_validate (argv[1], -1, NULL))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the text is not UTF-8");
      return FALSE;
    }
  places = sak_vault_find_places (cli->vault, argv[1], country, (guint) CLAMP (limit, 1, 1000), error);
  for (guint i = 0; places != NULL && i < places->len; i++)
    if (cli->is_json)
      json_array_append (array, places->pdata[i]);
    else
      print_place (places->pdata[i]);
  if (places != NULL && cli->is_json)
    sak_cli_print_json (array);
  return places != NULL;
}

const SakCliCommand sak_cli_place_commands[] = {
  { "place", "divisions", "COUNTRY [--when EDTF] [--language L]", FALSE, list_divisions },
  { "place", "coarsen", "LEVEL [FILE|-]", FALSE, coarsen },
  { "place", "find", "TEXT [--country C] [--limit N]", TRUE, find },
  { "place list", "load", "FILE --name NAME", TRUE, load_list },
  { "place list", "show", "[NAME]", TRUE, show_lists },
  { "place list", "remove", "NAME", TRUE, remove_list },
  { NULL }
};
