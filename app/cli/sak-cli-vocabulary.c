/* sak-cli-vocabulary.c - vocabulary list, show, find, check, compare
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <string.h>

#include "storage/sak-vault-terms.h"

/* What show and find take beside their arguments. */
typedef struct
{
  char *language;
  char *local_file;
  SakVocabulary *merged;        /* owned, where there is a local file */
  const SakVocabulary *vocabulary;
} Choice;

static void
choice_clear (Choice *self)
{
  g_free (self->language);
  g_free (self->local_file);
  g_clear_pointer (&self->merged, sak_vocabulary_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choice, choice_clear)

static const SakVocabulary *
find_vocabulary (const char  *name,
                 GError     **error)
{
  const SakVocabulary *vocabulary = sak_vocabulary_get (name);

  if (vocabulary == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND,
                 "there is no vocabulary of this name: vocabulary list");
  return vocabulary;
}

static gboolean
add_local_file (Choice  *choice,
                GError **error)
{
  g_autoptr (GBytes) file = sak_cli_read_file (choice->local_file, SAK_VOCABULARY_MAX_SIZE, error);

  if (file == NULL)
    return FALSE;
  choice->merged = sak_vocabulary_add_local (choice->vocabulary, g_bytes_get_data (file, NULL),
                                             (gssize) g_bytes_get_size (file), error);
  choice->vocabulary = choice->merged;
  return choice->merged != NULL;
}

static gboolean
parse_choice (SakCli   *cli,
              Choice   *choice,
              int      *argc,
              char   ***argv,
              int       min_arguments,
              GError  **error)
{
  const GOptionEntry entries[] = {
    { "language", 'l', 0, G_OPTION_ARG_STRING, &choice->language, NULL, NULL },
    { "local", 0, 0, G_OPTION_ARG_FILENAME, &choice->local_file, NULL, NULL },
    { NULL }
  };

  if (!sak_cli_parse (entries, argc, argv, min_arguments, 2, error))
    return FALSE;
  if (choice->language == NULL)
    choice->language = sak_cli_pick_language ();
  if (!sak_cli_check_language (choice->language, error))
    return FALSE;
  /* With a vault, what was added in it stands among the shipped terms. */
  if (cli->vault_path != NULL && !sak_cli_open_vault (cli, error))
    return FALSE;
  choice->vocabulary = find_vocabulary ((*argv)[1], error);
  if (choice->vocabulary == NULL)
    return FALSE;
  return choice->local_file == NULL || add_local_file (choice, error);
}

static void
set_text (json_t     *object,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_new (object, name, json_string (text));
}

static json_t *
path_to_json (const SakTerm *term,
              const char    *language)
{
  g_auto (GStrv) path = sak_term_dup_path (term, language);
  json_t *array = json_array ();

  for (guint i = 0; path[i] != NULL; i++)
    json_array_append_new (array, json_string (path[i]));
  return array;
}

static json_t *
labels_to_json (const SakTerm *term)
{
  json_t *labels = json_object ();

  for (const char *const *language = sak_vocabulary_get_languages (); *language != NULL; language++)
    if (sak_term_has_label (term, *language))
      set_text (labels, *language, sak_term_get_label (term, *language));
  return labels;
}

static json_t *
term_to_json (const SakTerm *term,
              const char    *language)
{
  const SakTerm *parent = sak_term_get_parent (term);
  const SakTerm *replacement = sak_term_get_replacement (term);
  json_t *object = json_pack ("{s:s, s:i, s:s, s:o, s:o, s:i, s:b, s:b, s:b}",
                              "code", sak_term_get_code (term),
                              "level", (int) sak_term_get_level (term),
                              "label", sak_term_get_label (term, language),
                              "labels", labels_to_json (term),
                              "path", path_to_json (term, language),
                              "since", (int) sak_term_get_since (term),
                              "local", sak_term_is_local (term),
                              "review", sak_term_needs_review (term, language),
                              "withdrawn", sak_term_is_withdrawn (term));

  set_text (object, "parent", parent != NULL ? sak_term_get_code (parent) : NULL);
  set_text (object, "replaced_by", replacement != NULL ? sak_term_get_code (replacement) : NULL);
  set_text (object, "note", sak_term_get_note (term, language));
  set_text (object, "huridocs", sak_term_get_huridocs (term));
  set_text (object, "palermo", sak_term_get_palermo (term));
  set_text (object, "iso639", sak_term_get_iso639 (term));
  if (sak_term_get_ilo (term) != 0)
    json_object_set_new (object, "ilo", json_integer (sak_term_get_ilo (term)));
  return object;
}

static void
print_member (const char *name,
              const char *text)
{
  if (text == NULL)
    return;
  sak_cli_print ("%s\t", name);
  sak_cli_print_foreign_line (text);
  sak_cli_print ("\n");
}

static void
print_path (const SakTerm *term,
            const char    *language)
{
  g_auto (GStrv) path = sak_term_dup_path (term, language);
  g_autofree char *joined = g_strjoinv (" › ", path);

  print_member (sak_term_get_code (term), joined);
}

/* Named as in the JSON. */
static void
print_term (const SakTerm *term,
            const char    *language)
{
  const SakTerm *replacement = sak_term_get_replacement (term);
  g_autofree char *ilo = g_strdup_printf ("%u", sak_term_get_ilo (term));

  print_path (term, language);
  for (const char *const *each = sak_vocabulary_get_languages (); *each != NULL; each++)
    if (sak_term_has_label (term, *each))
      print_member (*each, sak_term_get_label (term, *each));
  print_member ("note", sak_term_get_note (term, language));
  print_member ("huridocs", sak_term_get_huridocs (term));
  print_member ("ilo", sak_term_get_ilo (term) != 0 ? ilo : NULL);
  print_member ("palermo", sak_term_get_palermo (term));
  print_member ("iso639", sak_term_get_iso639 (term));
  print_member ("local", sak_term_is_local (term) ? "yes" : NULL);
  print_member ("withdrawn", sak_term_is_withdrawn (term) ? "yes" : NULL);
  print_member ("replaced_by", replacement != NULL ? sak_term_get_code (replacement) : NULL);
}

static void
add_local_terms (SakCli              *cli,
                 const SakVocabulary *vocabulary,
                 const char          *language,
                 json_t              *array)
{
  const SakTerm *term;

  for (guint i = 0; (term = sak_vocabulary_get_term (vocabulary, i)) != NULL; i++)
    if (!sak_term_is_local (term))
      continue;
    else if (cli->is_json)
      {
        json_t *object = term_to_json (term, language);

        set_text (object, "vocabulary", sak_vocabulary_get_name (vocabulary));
        json_array_append_new (array, object);
      }
    else
      {
        sak_cli_print ("%s\t%s\t", sak_vocabulary_get_name (vocabulary),
                       sak_term_is_withdrawn (term) ? "retired" : "in use");
        print_path (term, language);
      }
}

/* What was added in the vault. One whose additions are damaged is said, and not passed over. */
static gboolean
list_local (SakCli      *cli,
            const char  *language,
            GError     **error)
{
  g_autoptr (json_t) array = json_array ();
  const SakVocabulary *each;

  if (!sak_cli_open_vault (cli, error))
    return FALSE;
  for (guint i = 0; (each = sak_vocabulary_get_shipped (i)) != NULL; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (SakVocabulary) merged = sak_vault_load_terms (cli->vault, sak_vocabulary_get_name (each),
                                                               &local_error);

      if (merged != NULL)
        add_local_terms (cli, merged, language, array);
      else if (!g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

static gboolean
list_vocabularies (SakCli   *cli,
                   int       argc,
                   char    **argv,
                   GError  **error)
{
  g_autoptr (json_t) array = json_array ();
  g_autofree char *language = sak_cli_pick_language ();
  gboolean is_local = FALSE;
  const GOptionEntry entries[] = {
    { "local", 0, 0, G_OPTION_ARG_NONE, &is_local, NULL, NULL },
    { NULL }
  };
  const SakVocabulary *each;

  if (!sak_cli_parse (entries, &argc, &argv, 0, 0, error))
    return FALSE;
  if (is_local)
    return list_local (cli, language, error);
  for (guint i = 0; (each = sak_vocabulary_get_nth (i)) != NULL; i++)
    if (cli->is_json)
      json_array_append_new (array, json_pack ("{s:s, s:i, s:i, s:s}",
                                               "name", sak_vocabulary_get_name (each),
                                               "version", (int) sak_vocabulary_get_version (each),
                                               "terms", (int) sak_vocabulary_get_n_terms (each),
                                               "label", sak_vocabulary_get_label (each, language)));
    else
      sak_cli_print ("%s\t%u\t%u\t%s\n", sak_vocabulary_get_name (each), sak_vocabulary_get_version (each),
                     sak_vocabulary_get_n_terms (each), sak_vocabulary_get_label (each, language));
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

static void
show_tree (SakCli *cli,
           Choice *choice)
{
  g_autoptr (json_t) array = json_array ();
  const SakTerm *term;

  for (guint i = 0; (term = sak_vocabulary_get_term (choice->vocabulary, i)) != NULL; i++)
    if (cli->is_json)
      json_array_append_new (array, term_to_json (term, choice->language));
    else if (!sak_term_is_withdrawn (term))
      {
        sak_cli_print ("%*s", (int) (2 * (sak_term_get_level (term) - 1)), "");
        print_member (sak_term_get_code (term), sak_term_get_label (term, choice->language));
      }
  if (cli->is_json)
    sak_cli_print_json (array);
}

static gboolean
show (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_auto (Choice) choice = { NULL };
  const SakTerm *term = NULL;

  if (!parse_choice (cli, &choice, &argc, &argv, 1, error))
    return FALSE;
  if (argc < 3)
    {
      show_tree (cli, &choice);
      return TRUE;
    }
  term = sak_vocabulary_find_term (choice.vocabulary, argv[2]);
  if (term == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no term of this code: vocabulary find");
      return FALSE;
    }
  if (cli->is_json)
    {
      g_autoptr (json_t) object = term_to_json (term, choice.language);

      sak_cli_print_json (object);
    }
  else
    print_term (term, choice.language);
  return TRUE;
}

static gboolean
find (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_auto (Choice) choice = { NULL };
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!parse_choice (cli, &choice, &argc, &argv, 2, error))
    return FALSE;
  if (!g_utf8_validate (argv[2], -1, NULL))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the text is not UTF-8");
      return FALSE;
    }
  hits = sak_vocabulary_search (choice.vocabulary, argv[2]);
  for (guint i = 0; i < hits->len; i++)
    if (cli->is_json)
      json_array_append_new (array, term_to_json (hits->pdata[i], choice.language));
    else
      print_path (hits->pdata[i], choice.language);
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

/* A whole vocabulary, or additions to a shipped one. */
static SakVocabulary *
read_vocabulary (const char  *file_name,
                 GError     **error)
{
  g_autoptr (GBytes) file = sak_cli_read_file (file_name, SAK_VOCABULARY_MAX_SIZE, error);
  g_autoptr (json_t) data = NULL;
  const SakVocabulary *shared;
  const char *text, *name;
  gsize size;

  if (file == NULL)
    return NULL;
  text = g_bytes_get_data (file, &size);
  data = sak_json_parse (text != NULL ? text : "", (gssize) size, error);
  if (data == NULL)
    return NULL;
  name = sak_json_get_text (data, "additions_to");
  if (name == NULL)
    return sak_vocabulary_parse (text, (gssize) size, error);
  shared = find_vocabulary (name, error);
  return shared != NULL ? sak_vocabulary_add_local (shared, text, (gssize) size, error) : NULL;
}

static gboolean
check (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr (SakVocabulary) vocabulary = NULL;
  g_autoptr (json_t) object = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  vocabulary = read_vocabulary (argv[1], error);
  if (vocabulary == NULL)
    return FALSE;
  object = json_pack ("{s:s, s:i, s:i, s:i}", "name", sak_vocabulary_get_name (vocabulary),
                      "version", (int) sak_vocabulary_get_version (vocabulary),
                      "local_version", (int) sak_vocabulary_get_local_version (vocabulary),
                      "terms", (int) sak_vocabulary_get_n_terms (vocabulary));
  if (cli->is_json)
    sak_cli_print_json (object);
  else
    sak_cli_print ("%s\t%u\t%u\n", sak_vocabulary_get_name (vocabulary),
                   sak_vocabulary_get_version (vocabulary), sak_vocabulary_get_n_terms (vocabulary));
  return TRUE;
}

static const char *
name_kind (SakVocabularyChangeKind kind)
{
  switch (kind)
    {
    case SAK_VOCABULARY_ADDED:
      return "added";
    case SAK_VOCABULARY_RENAMED:
      return "renamed";
    case SAK_VOCABULARY_MOVED:
      return "moved";
    case SAK_VOCABULARY_WITHDRAWN:
      return "withdrawn";
    case SAK_VOCABULARY_LOST:
    default:
      return "lost";
    }
}

/* The name of a shipped vocabulary, or a file. */
static SakVocabulary *
open_vocabulary (const char  *name,
                 GError     **error)
{
  const SakVocabulary *shipped = sak_vocabulary_get (name);

  return shipped != NULL ? sak_vocabulary_ref ((SakVocabulary *) shipped) : read_vocabulary (name, error);
}

static gboolean
compare (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr (SakVocabulary) older = NULL;
  g_autoptr (SakVocabulary) newer = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  older = open_vocabulary (argv[1], error);
  newer = older != NULL ? open_vocabulary (argv[2], error) : NULL;
  if (newer == NULL)
    return FALSE;
  if (strcmp (sak_vocabulary_get_name (older), sak_vocabulary_get_name (newer)) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "these are two vocabularies, not versions of one");
      return FALSE;
    }
  changes = sak_vocabulary_compare (older, newer);
  for (guint i = 0; i < changes->len; i++)
    {
      const SakVocabularyChange *change = changes->pdata[i];

      if (cli->is_json)
        json_array_append_new (array, json_pack ("{s:s, s:s, s:s*}", "change", name_kind (change->kind),
                                                 "code", change->code, "detail", change->detail));
      else
        sak_cli_print ("%s\t%s\t%s\n", name_kind (change->kind), change->code,
                       change->detail != NULL ? change->detail : "");
    }
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

const SakCliCommand sak_cli_vocabulary_commands[] = {
  { "vocabulary", "list", "[--local]", FALSE, list_vocabularies },
  { "vocabulary", "show", "NAME [CODE] [--language L] [--local FILE]", FALSE, show },
  { "vocabulary", "find", "NAME TEXT [--language L] [--local FILE]", FALSE, find },
  { "vocabulary", "check", "FILE", FALSE, check },
  { "vocabulary", "compare", "OLD NEW", FALSE, compare },
  { NULL }
};
