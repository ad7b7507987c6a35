/* sak-cli-links.c - record links
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-record.h"

#include <glib/gi18n.h>

#include "storage/sak-links.h"
#include "ui/words/sak-words-links.h"
#include "ui/words/sak-words.h"

static json_t *
link_to_json (const SakLink *link,
              const char    *language)
{
  const char *inverse = sak_link_role_invert (link->role, link->code);
  const char *words = sak_words_name_link (link, language);
  json_t *json = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:b}", "direction", link->is_incoming ? "in" : "out",
                            "role", link->role, "called", words, "id", link->id, "path", link->path,
                            "here", link->is_here);

  g_assert (json != NULL);
  if (link->code[0] != '\0')
    json_object_set_new (json, "link_code", json_string (link->code));
  if (inverse != NULL)
    json_object_set_new (json, "inverse_code", json_string (inverse));
  if (link->is_here)
    {
      json_object_set_new (json, "kind", json_string (link->kind));
      json_object_set_new (json, "code", json_string (link->record_code));
      json_object_set_new (json, "title", json_string (link->title));
      json_object_set_new (json, "state", json_string (sak_cli_name_state (link->state)));
    }
  return json;
}

static void
print_link (const SakLink *link,
            const char    *language)
{
  sak_cli_print ("%s\t%s\t", link->is_incoming ? "←" : "→", sak_words_name_link (link, language));
  sak_cli_print_foreign_line (link->is_here ? link->title : sak_words_about_absent_link ());
  sak_cli_print ("\t%s\t", link->is_here ? sak_words_name_kind (link->kind) : "");
  sak_cli_print_foreign_line (link->record_code);
  sak_cli_print ("\t%s\t%s\n", link->is_here ? sak_words_name_state (link->state) : "", link->id);
}

gboolean
sak_cli_record_links (SakCli   *cli,
                      int       argc,
                      char    **argv,
                      GError  **error)
{
  g_autofree char *language = sak_cli_pick_language ();
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  links = sak_vault_list_links (cli->vault, argv[1], SAK_LINKS_OUT | SAK_LINKS_IN, error);
  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    if (cli->is_json)
      json_array_append_new (array, link_to_json (links->pdata[i], language));
    else
      print_link (links->pdata[i], language);
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}
