/* sak-cli-versions.c - record history, compare, conflict, merge
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-fields.h"
#include "app/cli/sak-cli-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "storage/model/sak-path.h"
#include "storage/model/sak-text-compare.h"
#include "storage/sak-exchange.h"
#include "storage/sak-history.h"
#include "ui/words/sak-words-versions.h"
#include "ui/words/sak-words.h"

/* "draft" in the place of a revision's id. */
#define DRAFT "draft"

/* Values and changes */

static const char *
name_change (SakChange change)
{
  static const char *const names[] = { "none", "changed", "added", "removed", "withheld" };

  return names[change];
}

static const char *
name_outcome (SakOutcome outcome)
{
  static const char *const names[] = { "same", "taken", "asked", "withheld", "shown" };

  return names[outcome];
}

static const json_t *
find_value (const SakFieldComparison *comparison)
{
  for (guint i = 0; i < comparison->n_sides; i++)
    if (comparison->sides[i].value != NULL)
      return comparison->sides[i].value;
  return comparison->base;
}

static json_t *
side_to_json (const SakFieldSide *side)
{
  json_t *json = json_pack ("{s:s}", "change", name_change (side->change));

  if (side->value != NULL)
    json_object_set (json, "value", side->value);
  return json;
}

static json_t *
comparison_to_json (const SakForm            *form,
                    const SakFieldComparison *comparison,
                    const char               *language)
{
  g_autofree char *label = sak_words_name_path (form, comparison->path, find_value (comparison), language);
  json_t *sides = json_array ();
  json_t *json;

  for (guint i = 0; i < comparison->n_sides; i++)
    json_array_append_new (sides, side_to_json (&comparison->sides[i]));
  json = json_pack ("{s:s, s:s, s:s, s:o}", "path", comparison->path, "label", label,
                    "outcome", name_outcome (comparison->outcome), "sides", sides);
  g_assert (json != NULL);
  if (comparison->base != NULL)
    json_object_set (json, "base", comparison->base);
  if (comparison->is_base_withheld)
    json_object_set_new (json, "base_withheld", json_true ());
  return json;
}

/* Every line of a text behind @mark. */
static void
print_marked (const char *mark,
              const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      sak_cli_print ("%s", mark);
      sak_cli_print_foreign_line (lines[i]);
      sak_cli_print ("\n");
    }
}

/* In one text what went in [-…-] and what came in {+…+}, as word differences are often shown. */
static void
print_difference (const char *before,
                  const char *after)
{
  g_autoptr (GPtrArray) pieces = sak_text_compare (before, after);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const SakTextPiece *piece = pieces->pdata[i];

      g_string_append (text, piece->kind == SAK_TEXT_REMOVED ? "[-" : piece->kind == SAK_TEXT_ADDED ? "{+" : "");
      g_string_append (text, piece->text);
      g_string_append (text, piece->kind == SAK_TEXT_REMOVED ? "-]" : piece->kind == SAK_TEXT_ADDED ? "+}" : "");
    }
  print_marked ("      ", text->str);
}

static void
print_side (const SakForm            *form,
            const SakFieldComparison *comparison,
            const SakFieldSide       *side,
            const char               *language)
{
  g_autofree char *before = sak_words_tell_value (form, comparison->path, comparison->base, language);
  g_autofree char *after = sak_words_tell_value (form, comparison->path, side->value, language);

  if (side->change == SAK_CHANGE_CHANGED && comparison->base != NULL)
    print_difference (before, after);
  else if (side->value != NULL)
    print_marked (side->change == SAK_CHANGE_NONE ? "      " : "    + ", after);
  else if (side->change == SAK_CHANGE_REMOVED)
    print_marked ("    - ", before);
}

static void
print_field (const SakForm            *form,
             const SakFieldComparison *comparison,
             const char               *language)
{
  g_autofree char *label = sak_words_name_path (form, comparison->path, find_value (comparison), language);

  sak_cli_print ("  ");
  sak_cli_print_foreign_line (label);
  sak_cli_print (" (%s)", comparison->path);
}

static void
print_change (const SakForm            *form,
              const SakFieldComparison *comparison,
              const char               *language)
{
  print_field (form, comparison, language);
  sak_cli_print (": %s\n", sak_words_name_change (comparison->sides[0].change));
  print_side (form, comparison, &comparison->sides[0], language);
}

/* History */

static void
print_version (SakCli           *cli,
               const SakVersion *version,
               const SakForm    *form,
               const char       *language)
{
  SakRevision *revision = version->revision;
  g_autofree char *time = sak_cli_format_time (sak_revision_get_time (revision));
  g_autofree char *author = sak_cli_name_author (cli->vault, sak_revision_get_author (revision));
  const char *reason = sak_revision_get_reason (revision);
  const char *clock = sak_words_about_clock (version->clock);

  sak_cli_print ("%s\t%s\t", sak_revision_get_id (revision), time);
  sak_cli_print_foreign_line (author);
  sak_cli_print ("\t");
  sak_cli_print_foreign_line (reason);
  sak_cli_print ("%s\n", version->is_head ? "\t*" : "");
  if (clock != NULL)
    sak_cli_print ("  ! %s\n", clock);
  if (version->lacks_parent)
    sak_cli_print ("  ! %s\n", _("A version that this one follows is not here."));
  for (guint i = 0; i < version->changes->len; i++)
    {
      const SakFieldComparison *comparison = version->changes->pdata[i];

      print_field (form, comparison, language);
      sak_cli_print (": %s\n", sak_words_name_change (comparison->sides[0].change));
    }
}

static json_t *
version_to_json (SakCli           *cli,
                 const SakVersion *version,
                 const SakForm    *form,
                 const char       *language)
{
  static const char *const clocks[] = { "fine", "before-parent", "in-future" };
  json_t *json = sak_cli_revision_to_json (cli->vault, version->revision);
  json_t *changes = json_array ();

  for (guint i = 0; i < version->changes->len; i++)
    json_array_append_new (changes, comparison_to_json (form, version->changes->pdata[i], language));
  json_object_set_new (json, "changes", changes);
  json_object_set_new (json, "clock", json_string (clocks[version->clock]));
  json_object_set_new (json, "head", json_boolean (version->is_head));
  json_object_set_new (json, "parent_missing", json_boolean (version->lacks_parent));
  return json;
}

gboolean
sak_cli_record_history (SakCli   *cli,
                        int       argc,
                        char    **argv,
                        GError  **error)
{
  g_autofree char *language = sak_cli_pick_language ();
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) ||
      (record = sak_vault_load_record (cli->vault, argv[1], error)) == NULL ||
      (versions = sak_vault_list_versions (cli->vault, argv[1], error)) == NULL)
    return FALSE;
  for (guint i = 0; i < versions->len; i++)
    if (cli->is_json)
      json_array_append_new (array, version_to_json (cli, versions->pdata[i], record->form, language));
    else
      print_version (cli, versions->pdata[i], record->form, language);
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

/* Compare */

static gboolean
check_of_record (SakCli       *cli,
                 const char   *record_id,
                 const char   *revision_id,
                 GError      **error)
{
  g_autoptr (SakRevision) revision = sak_vault_load_revision (cli->vault, revision_id, error);

  if (revision == NULL)
    return FALSE;
  if (g_str_equal (sak_revision_get_record_id (revision), record_id))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the record has no such revision");
  return FALSE;
}

gboolean
sak_cli_record_compare (SakCli   *cli,
                        int       argc,
                        char    **argv,
                        GError  **error)
{
  g_autofree char *language = sak_cli_pick_language ();
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 3, 3, error) ||
      (record = sak_vault_load_record (cli->vault, argv[1], error)) == NULL ||
      !check_of_record (cli, record->id, argv[2], error) ||
      (fields = sak_vault_compare_revisions (cli->vault, argv[2], argv[3], error)) == NULL)
    return FALSE;
  for (guint i = 0; i < fields->len; i++)
    {
      const SakFieldComparison *comparison = fields->pdata[i];

      if (cli->is_json)
        json_array_append_new (array, comparison_to_json (record->form, comparison, language));
      else if (comparison->sides[0].change != SAK_CHANGE_NONE)
        print_change (record->form, comparison, language);
    }
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

/* Conflict */

static const char *
name_side (const SakConflictSide *side)
{
  return side->is_draft ? DRAFT : side->revision;
}

static json_t *
conflict_side_to_json (const SakConflictSide *side)
{
  g_autofree char *time = sak_cli_format_time (side->time);
  json_t *withheld = json_array ();
  json_t *json;

  for (guint i = 0; side->withheld[i] != NULL; i++)
    json_array_append_new (withheld, json_string (side->withheld[i]));
  json = json_pack ("{s:s, s:s?, s:b, s:b, s:s?, s:b, s:s, s:s, s:o}", "side", name_side (side),
                    "revision", side->revision, "draft", side->is_draft, "head", side->is_head,
                    "author_name", side->author, "own", side->is_own, "time", time, "reason", side->reason,
                    "withheld", withheld);
  g_assert (json != NULL);
  return json;
}

static void
print_conflict_json (const SakConflict *conflict,
                     const char        *language)
{
  g_autoptr (json_t) json = NULL;
  json_t *sides = json_array ();
  json_t *fields = json_array ();

  for (guint i = 0; i < conflict->sides->len; i++)
    json_array_append_new (sides, conflict_side_to_json (conflict->sides->pdata[i]));
  for (guint i = 0; i < conflict->fields->len; i++)
    json_array_append_new (fields, comparison_to_json (conflict->form, conflict->fields->pdata[i], language));
  json = json_pack ("{s:s, s:s?, s:i, s:o, s:o}", "id", conflict->id, "base", conflict->base,
                    "mergeable", (int) conflict->n_mergeable, "sides", sides, "fields", fields);
  g_assert (json != NULL);
  sak_cli_print_json (json);
}

static void
print_sides (const SakConflict        *conflict,
             const SakFieldComparison *comparison,
             const char               *language)
{
  print_field (conflict->form, comparison, language);
  if (comparison->outcome == SAK_OUTCOME_SHOWN)
    sak_cli_print (":\n");
  else
    sak_cli_print (": %s\n", sak_words_about_outcome (comparison->outcome));
  for (guint i = 0; i < comparison->n_sides; i++)
    {
      sak_cli_print ("   [%u] %s\n", i + 1, sak_words_name_change (comparison->sides[i].change));
      print_side (conflict->form, comparison, &comparison->sides[i], language);
    }
}

static void
print_conflict (const SakConflict *conflict,
                const char        *language)
{
  sak_cli_print ("%s\n", sak_words_about_conflict (conflict));
  for (guint i = 0; i < conflict->sides->len; i++)
    {
      const SakConflictSide *side = conflict->sides->pdata[i];
      g_autofree char *time = sak_cli_format_time (side->time);

      sak_cli_print ("[%u] %s\t%s\t", i + 1, name_side (side) != NULL ? name_side (side) : "", time);
      sak_cli_print_foreign_line (sak_words_name_author (side->author, side->is_own));
      sak_cli_print ("\t");
      sak_cli_print_foreign_line (side->reason);
      sak_cli_print ("\n");
    }
  for (guint i = 0; conflict->sides->len > 1 && i < conflict->fields->len; i++)
    {
      const SakFieldComparison *comparison = conflict->fields->pdata[i];

      if (comparison->outcome != SAK_OUTCOME_SAME)
        print_sides (conflict, comparison, language);
    }
}

gboolean
sak_cli_record_conflict (SakCli   *cli,
                         int       argc,
                         char    **argv,
                         GError  **error)
{
  g_autofree char *language = sak_cli_pick_language ();
  g_autoptr (SakConflict) conflict = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) ||
      (conflict = sak_vault_load_conflict (cli->vault, argv[1], error)) == NULL)
    return FALSE;
  if (cli->is_json)
    print_conflict_json (conflict, language);
  else
    print_conflict (conflict, language);
  return TRUE;
}

/* Merge */

/* The side that @name means: a revision's id or a beginning of it, "draft", or its number. */
static int
find_side (const SakConflict *conflict,
           const char        *name)
{
  int found = -1;
  gint64 number;

  if (strlen (name) <= 2 && g_ascii_string_to_signed (name, 10, 1, conflict->sides->len, &number, NULL))
    return (int) number - 1;
  for (guint i = 0; i < conflict->sides->len; i++)
    {
      const SakConflictSide *side = conflict->sides->pdata[i];
      gboolean fits = side->is_draft ? g_str_equal (name, DRAFT)
                                     : strlen (name) >= 8 && g_str_has_prefix (side->revision, name);

      if (fits && found >= 0)
        return -1;
      if (fits)
        found = (int) i;
    }
  return found;
}

static SakFieldComparison *
find_comparison (const SakConflict *conflict,
                 const char        *path)
{
  for (guint i = 0; i < conflict->fields->len; i++)
    if (g_str_equal (((SakFieldComparison *) conflict->fields->pdata[i])->path, path))
      return conflict->fields->pdata[i];
  return NULL;
}

/* Decided paths go into @decided, their values into @fields. */
static gboolean
take_side (const SakConflict  *conflict,
           const char         *name,
           const char         *path,
           json_t             *fields,
           GHashTable         *decided,
           GError            **error)
{
  int side = find_side (conflict, name);
  const SakFieldComparison *comparison = find_comparison (conflict, path);

  if (side < 0 || comparison == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, side < 0 ? "--take: no version is called %s"
                                                                   : "--take: no version has a field %s",
                   side < 0 ? name : path);
      return FALSE;
    }
  if (comparison->sides[side].change == SAK_CHANGE_WITHHELD)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "--take: %s stayed with its author there", path);
      return FALSE;
    }
  if (comparison->sides[side].value != NULL)
    json_object_set (fields, path, comparison->sides[side].value);
  else
    json_object_del (fields, path);
  g_hash_table_add (decided, comparison->path);
  return TRUE;
}

/* Each row of any version, at its path. */
static json_t *
collect_values (const SakConflict *conflict)
{
  json_t *values = json_object ();

  for (guint i = 0; i < conflict->fields->len; i++)
    {
      const SakFieldComparison *comparison = conflict->fields->pdata[i];

      for (guint side = 0; side < comparison->n_sides; side++)
        if (comparison->sides[side].value != NULL)
          json_object_set (values, comparison->path, comparison->sides[side].value);
    }
  return values;
}

static void
decide (const SakConflict *conflict,
        const char        *path,
        GHashTable        *decided)
{
  for (guint i = 0; i < conflict->fields->len; i++)
    {
      const SakFieldComparison *comparison = conflict->fields->pdata[i];

      if (g_str_equal (comparison->path, path) || sak_path_is_in (comparison->path, path))
        g_hash_table_add (decided, comparison->path);
    }
}

/* As with edit: null takes a field out, and an array stands for all rows. */
static void
take_given (const SakConflict *conflict,
            json_t            *given,
            json_t            *fields,
            GHashTable        *decided)
{
  g_autoptr (json_t) values = collect_values (conflict);
  g_autoptr (json_t) placed = sak_cli_place_rows (values, given);
  const char *path;
  json_t *value;

  json_object_foreach (placed, path, value)
    {
      decide (conflict, path, decided);
      if (json_is_null (value))
        sak_cli_take_out (fields, path);
    }
  json_object_foreach (placed, path, value)
    if (!json_is_null (value))
      json_object_set (fields, path, value);
}

static gboolean
check_all_decided (const SakConflict  *conflict,
                   GHashTable         *decided,
                   GError            **error)
{
  g_autoptr (GString) open = g_string_new (NULL);

  for (guint i = 0; i < conflict->fields->len; i++)
    {
      const SakFieldComparison *comparison = conflict->fields->pdata[i];

      if ((comparison->outcome == SAK_OUTCOME_ASKED || comparison->outcome == SAK_OUTCOME_WITHHELD) &&
          !g_hash_table_contains (decided, comparison->path))
        g_string_append_printf (open, "%s%s", open->len > 0 ? ", " : "", comparison->path);
    }
  if (open->len == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "several versions changed %s: give these fields, or take them "
               "with --take REVISION PATH", open->str);
  return FALSE;
}

/* "--take REVISION PATH", as often as needed: not what GOption can say. Taken out of argv. */
static GPtrArray *
pull_takes (int     *argc,
            char   **argv,
            GError **error)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new ();
  int n_kept = 0;

  for (int i = 0; i < *argc; i++)
    {
      if (!g_str_equal (argv[i], "--take"))
        {
          argv[n_kept++] = argv[i];
          continue;
        }
      if (i + 2 >= *argc)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--take REVISION PATH");
          return NULL;
        }
      g_ptr_array_add (takes, argv[++i]);
      g_ptr_array_add (takes, argv[++i]);
    }
  *argc = n_kept;
  return g_steal_pointer (&takes);
}

static char *
merge (SakCli             *cli,
       const SakConflict  *conflict,
       json_t             *given,
       GPtrArray          *takes,
       const char         *reason,
       GError            **error)
{
  g_autoptr (json_t) fields = sak_record_compare_take (conflict->fields);
  g_autoptr (GHashTable) decided = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) parents = sak_conflict_list_parents (conflict);
  SakMerge decision = { (const char *const *) parents, sak_conflict_has_draft (conflict), fields, reason };

  if (conflict->n_mergeable < 2)
    {
      g_set_error (error, SAK_ERROR, conflict->sides->len < 2 ? SAK_ERROR_USAGE : SAK_ERROR_CONFLICT,
                   "there are no two whole versions to bring together");
      return NULL;
    }
  for (guint i = 0; i < takes->len; i += 2)
    if (!take_side (conflict, takes->pdata[i], takes->pdata[i + 1], fields, decided, error))
      return NULL;
  if (given != NULL)
    take_given (conflict, given, fields, decided);
  if (!check_all_decided (conflict, decided, error))
    return NULL;
  return sak_vault_merge_record (cli->vault, conflict->id, &decision, error);
}

gboolean
sak_cli_record_merge (SakCli   *cli,
                      int       argc,
                      char    **argv,
                      GError  **error)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL }
  };
  g_autoptr (GPtrArray) takes = pull_takes (&argc, argv, error);
  g_autoptr (json_t) given = NULL;
  g_autoptr (SakConflict) conflict = NULL;
  g_autofree char *revision = NULL;

  if (takes == NULL || !sak_cli_parse (entries, &argc, &argv, 1, 2, error))
    return FALSE;
  if (reason == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "bringing versions together needs a reason: --reason TEXT");
      return FALSE;
    }
  if (argc > 2 && (given = sak_cli_read_fields (argv[2], NULL, error)) == NULL)
    return FALSE;
  conflict = sak_vault_load_conflict (cli->vault, argv[1], error);
  if (conflict == NULL)
    return FALSE;
  revision = merge (cli, conflict, given, takes, reason, error);
  if (revision == NULL)
    return FALSE;
  sak_cli_print ("%s\n", revision);
  return TRUE;
}
