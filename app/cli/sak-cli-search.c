/* sak-cli-search.c - record search; searches with a name; the index
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "storage/model/sak-search-query.h"
#include "storage/sak-search.h"

/* Records between two looks at the progress. */
#define STEP 500

static gboolean
parse_search (int         *argc,
              char      ***argv,
              int          min_arguments,
              int          max_arguments,
              SakSearch   *search,
              gboolean    *ret_with_snippets,
              GError     **error)
{
  int limit = 0;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &search->kind, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &search->from, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &search->to, NULL, NULL },
    { "place", 0, 0, G_OPTION_ARG_STRING, &search->place, NULL, NULL },
    { "violation", 0, 0, G_OPTION_ARG_STRING, &search->violation, NULL, NULL },
    { "person", 0, 0, G_OPTION_ARG_STRING, &search->person, NULL, NULL },
    { "tag", 0, 0, G_OPTION_ARG_STRING, &search->tag, NULL, NULL },
    { "state", 0, 0, G_OPTION_ARG_STRING, &search->state, NULL, NULL },
    { "snippets", 0, 0, G_OPTION_ARG_NONE, ret_with_snippets, NULL, NULL },
    { NULL }
  };

  if (!sak_cli_parse (entries, argc, argv, min_arguments, max_arguments, error))
    return FALSE;
  if (limit < 0 || limit > 1000000)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--limit is a number from 1 to 1000000");
      return FALSE;
    }
  if (search->kind != NULL && sak_form_get (search->kind) == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "there is no kind of record of this name");
      return FALSE;
    }
  search->limit = (guint) limit;
  return TRUE;
}

gboolean
sak_cli_complete_index (SakCli  *cli,
                        GError **error)
{
  guint64 n_left = 1, n_at_first = 0;

  while (n_left > 0)
    {
      if (!sak_vault_index_some (cli->vault, STEP, &n_left, error))
        return FALSE;
      n_at_first = MAX (n_at_first, n_left);
      if (n_at_first > 0)
        sak_cli_progress (n_at_first - n_left, n_at_first, NULL);
    }
  if (n_at_first > 0)
    sak_cli_progress_end ();
  return TRUE;
}

/* In characters: what a script cuts its strings by. */
static json_t *
ranges_to_json (const char *text,
                GArray     *ranges)
{
  json_t *array = json_array ();

  for (guint i = 0; i < ranges->len; i++)
    {
      const SakSearchRange *range = &g_array_index (ranges, SakSearchRange, i);

      json_int_t start = g_utf8_pointer_to_offset (text, text + range->start);
      json_int_t end = g_utf8_pointer_to_offset (text, text + range->end);

      json_array_append_new (array, json_pack ("[I, I]", start, end));
    }
  return array;
}

static json_t *
found_to_json (const SakSearchFound *found)
{
  const SakRecordRow *row = found->row;

  return json_pack ("{s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:s?, s:s, s:o, s:i}", "id", row->id, "kind", row->kind,
                    "code", row->code, "title", row->title,
                    "title_ranges", ranges_to_json (row->title, found->title_ranges),
                    "date", row->date, "place", row->place, "state", sak_cli_name_state (row->state),
                    "from", row->origin, "snippet", found->snippet,
                    "snippet_ranges", ranges_to_json (found->snippet, found->snippet_ranges), "points", found->points);
}

/* What was found, in brackets. */
static char *
mark (const char *text,
      GArray     *ranges)
{
  GString *marked = g_string_new (text);

  for (guint i = ranges->len; i > 0; i--)
    {
      const SakSearchRange *range = &g_array_index (ranges, SakSearchRange, i - 1);

      g_string_insert_c (marked, range->end, ']');
      g_string_insert_c (marked, range->start, '[');
    }
  return g_string_free (marked, FALSE);
}

static void
print_found (const SakSearchFound *found,
             gboolean              with_snippet)
{
  sak_cli_print ("%s\t", found->row->id);
  sak_cli_print_foreign_line (found->row->title);
  if (with_snippet)
    {
      g_autofree char *snippet = mark (found->snippet, found->snippet_ranges);

      sak_cli_print ("\t");
      sak_cli_print_foreign_line (snippet);
    }
  sak_cli_print ("\n");
}

static gboolean
run (SakCli           *cli,
     const SakSearch  *search,
     gboolean          with_snippets,
     GError          **error)
{
  g_autoptr (SakSearchResult) result = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_complete_index (cli, error) || (result = sak_vault_search (cli->vault, search, NULL, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < result->found->len; i++)
    if (cli->is_json)
      json_array_append_new (array, found_to_json (result->found->pdata[i]));
    else
      print_found (result->found->pdata[i], with_snippets);
  if (cli->is_json)
    sak_cli_print_json (array);
  else if (result->has_more)
    fprintf (stderr, "%s\n", _("There are more: --limit N shows the best N."));
  return TRUE;
}

gboolean
sak_cli_record_search (SakCli   *cli,
                       int       argc,
                       char    **argv,
                       GError  **error)
{
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  gboolean with_snippets = FALSE;

  if (!parse_search (&argc, &argv, 0, 64, search, &with_snippets, error))
    return FALSE;
  search->text = argc > 1 ? g_strjoinv (" ", argv + 1) : NULL;
  return run (cli, search, with_snippets, error);
}

static gboolean
save (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  gboolean unused = FALSE;

  if (!parse_search (&argc, &argv, 1, 64, search, &unused, error))
    return FALSE;
  search->text = argc > 2 ? g_strjoinv (" ", argv + 2) : NULL;
  return sak_vault_save_search (cli->vault, argv[1], search, error);
}

static gboolean
run_saved (SakCli   *cli,
           int       argc,
           char    **argv,
           GError  **error)
{
  int limit = 0;
  gboolean with_snippets = FALSE;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL },
    { "snippets", 0, 0, G_OPTION_ARG_NONE, &with_snippets, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakSearch) search = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error) ||
      (search = sak_vault_load_search (cli->vault, argv[1], error)) == NULL)
    return FALSE;
  search->limit = (guint) CLAMP (limit, 0, 1000000);
  return run (cli, search, with_snippets, error);
}

static json_t *
search_to_json (const char      *name,
                const SakSearch *search)
{
  return json_pack ("{s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?}", "name", name, "text", search->text,
                    "kind", search->kind, "state", search->state, "place", search->place,
                    "violation", search->violation, "person", search->person, "from", search->from, "to", search->to);
}

static gboolean
list (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 0, error) || (names = sak_vault_list_searches (cli->vault, error)) == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (SakSearch) search = sak_vault_load_search (cli->vault, names[i], error);

      if (search == NULL)
        return FALSE;
      json_array_append_new (array, search_to_json (names[i], search));
      if (cli->is_json)
        continue;
      sak_cli_print_foreign_line (names[i]);
      sak_cli_print ("\t");
      sak_cli_print_foreign_line (search->text != NULL ? search->text : "");
      sak_cli_print ("\n");
    }
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

static gboolean
forget (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) &&
         sak_vault_forget_search (cli->vault, argv[1], error);
}

static gboolean
make_index (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  gboolean anew = FALSE;
  const GOptionEntry entries[] = {
    { "anew", 0, 0, G_OPTION_ARG_NONE, &anew, NULL, NULL },
    { NULL }
  };

  return sak_cli_parse (entries, &argc, &argv, 0, 0, error) &&
         (!anew || sak_vault_reset_index (cli->vault, error)) && sak_cli_complete_index (cli, error);
}

const SakCliCommand sak_cli_search_commands[] = {
  { "search", "save", "NAME " SAK_CLI_SEARCH_ARGUMENTS, TRUE, save },
  { "search", "run", "NAME [--limit N] [--snippets]", TRUE, run_saved },
  { "search", "list", "", TRUE, list },
  { "search", "forget", "NAME", TRUE, forget },
  { "search", "index", "[--anew]", TRUE, make_index },
  { NULL }
};
