/* sak-cli-person.c - person match: who of the vault may be called so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include "storage/sak-people.h"
#include "ui/words/sak-words-name.h"

static void
print_found (const SakLikePerson *found)
{
  g_autofree char *why = sak_words_for_name_match (&found->match);

  sak_cli_print ("%s\t", found->record_id);
  sak_cli_print_foreign_line (found->title);
  sak_cli_print ("\t%s (%u)\t", sak_words_name_likeness (found->match.likeness), found->match.score);
  sak_cli_print_foreign_line (found->name);
  sak_cli_print ("\t");
  sak_cli_print_foreign_line (why);
  sak_cli_print ("\n");
}

static json_t *
found_to_json (const SakLikePerson *found)
{
  static const char *const likenesses[] = { "different", "maybe", "same" };
  static const char *const reasons[] = {
    "letters", "spacing", "marks", "other-marks", "address", "other-address", "order", "romanisation", "script",
    "sound", "letter", "part",
  };
  g_autofree char *why = sak_words_for_name_match (&found->match);
  json_t *codes = json_array ();

  G_STATIC_ASSERT (1 << (G_N_ELEMENTS (reasons) - 1) == SAK_NAME_LAST_REASON);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if ((found->match.reasons & 1u << i) != 0)
      json_array_append_new (codes, json_string (reasons[i]));
  return json_pack ("{s:s, s:s, s:s, s:s, s:i, s:o, s:s}", "record", found->record_id, "title", found->title,
                    "name", found->name, "likeness", likenesses[found->match.likeness],
                    "score", (int) found->match.score, "reasons", codes, "meaning", why);
}

static gboolean
match (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  if (!g_utf8_validate (argv[1], -1, NULL))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name is not UTF-8");
      return FALSE;
    }
  people = sak_vault_list_like_people (cli->vault, argv[1], NULL, error);
  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    if (cli->is_json)
      json_array_append_new (array, found_to_json (g_ptr_array_index (people, i)));
    else
      print_found (g_ptr_array_index (people, i));
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

const SakCliCommand sak_cli_person_commands[] = {
  { "person", "match", "NAME", TRUE, match },
  { NULL }
};
