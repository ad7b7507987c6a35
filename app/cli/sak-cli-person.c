/* sak-cli-person.c - person match: who of the vault may be called so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include "storage/sak-people.h"
#include "ui/words/sak-words-name.h"

static const char *const name_paths[] = { "identity.name", "identity.other_names", "known_as" };

typedef struct
{
  char *record_id;
  char *title;
  char *name;                   /* the one that fits */
  SakNameMatch match;
} Found;

typedef struct
{
  SakName *name;
  GHashTable *by_record;        /* record id -> Found */
} Search;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_free (self->record_id);
  g_free (self->title);
  g_free (self->name);
  sak_name_match_clear (&self->match);
  g_free (self);
}

static gboolean
is_better (const SakNameMatch *a,
           const SakNameMatch *b)
{
  return a->likeness != b->likeness ? a->likeness > b->likeness : a->score > b->score;
}

static void
try_name (Search      *self,
          const char  *record_id,
          const char  *title,
          const char  *text)
{
  g_autoptr (SakName) name = sak_name_new (text);
  g_auto (SakNameMatch) match = { 0 };
  Found *found = g_hash_table_lookup (self->by_record, record_id);

  sak_name_compare (self->name, name, &match);
  if (match.likeness == SAK_NAME_DIFFERENT || (found != NULL && !is_better (&match, &found->match)))
    return;
  found = g_new0 (Found, 1);
  found->record_id = g_strdup (record_id);
  found->title = g_strdup (title);
  found->name = g_strdup (text);
  found->match = match;
  match.address = NULL;
  g_hash_table_replace (self->by_record, found->record_id, found);
}

static gboolean
try_person (const char    *record_id,
            const char    *title,
            const json_t  *fields,
            gpointer       user_data,
            GError       **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (name_paths); i++)
    {
      const char *text = sak_json_get_text (fields, name_paths[i]);
      g_auto (GStrv) names = text != NULL ? sak_name_split (text) : NULL;

      for (gsize j = 0; names != NULL && names[j] != NULL; j++)
        try_name (user_data, record_id, title, names[j]);
    }
  return TRUE;
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *found_a = *(const Found *const *) a, *found_b = *(const Found *const *) b;

  if (is_better (&found_a->match, &found_b->match))
    return -1;
  return is_better (&found_b->match, &found_a->match) ? 1 : g_strcmp0 (found_a->record_id, found_b->record_id);
}

static void
print_found (const Found *found)
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
found_to_json (const Found *found)
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
  g_autoptr (GHashTable) by_record = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, found_free);
  g_autoptr (GPtrArray) sorted = NULL;
  g_autoptr (SakName) name = NULL;
  g_autoptr (json_t) array = json_array ();
  Search search = { .by_record = by_record };
  GHashTableIter iter;
  gpointer found;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  if (!g_utf8_validate (argv[1], -1, NULL))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name is not UTF-8");
      return FALSE;
    }
  search.name = name = sak_name_new (argv[1]);
  if (!sak_vault_foreach_person (cli->vault, try_person, &search, error))
    return FALSE;
  sorted = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, by_record);
  while (g_hash_table_iter_next (&iter, NULL, &found))
    g_ptr_array_add (sorted, found);
  g_ptr_array_sort (sorted, compare_found);
  for (guint i = 0; i < sorted->len; i++)
    if (cli->is_json)
      json_array_append_new (array, found_to_json (g_ptr_array_index (sorted, i)));
    else
      print_found (g_ptr_array_index (sorted, i));
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

const SakCliCommand sak_cli_person_commands[] = {
  { "person", "match", "NAME", TRUE, match },
  { NULL }
};
