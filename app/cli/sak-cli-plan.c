/* sak-cli-plan.c - bundle plan: what would leave, and why the rest stays
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-plan.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/words/sak-words.h"

/* --to and --record take one or several words each, up to the next option; the last word
 * of all is the file. GOption cannot say this.
 */
gboolean
sak_cli_plan_parse (SakCliPlan  *self,
                    int          argc,
                    char       **argv,
                    gboolean     has_file)
{
  GPtrArray *list = NULL;
  int last = argc - 1;

  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "--to"))
        list = self->recipients;
      else if (g_str_equal (argv[i], "--record"))
        list = self->records;
      else if (g_str_equal (argv[i], "--withhold"))
        list = self->withhold;
      else if (g_str_equal (argv[i], "--knowingly"))
        list = self->knowingly;
      else if (has_file && g_str_equal (argv[i], "--dry-run"))
        self->is_dry_run = TRUE;
      else if (has_file && g_str_equal (argv[i], "--outbox") && i < last)
        self->outbox = argv[++i];
      else if (g_str_equal (argv[i], "--") && i + 1 == last)
        continue;
      else if (g_str_has_prefix (argv[i], "--") || (i != last && list == NULL))
        return FALSE;
      else if (i == last && has_file && !self->is_dry_run && self->outbox == NULL)
        self->file = argv[i];
      else if (list != NULL)
        g_ptr_array_add (list, argv[i]);
    }
  if (self->recipients->len == 0 || (has_file && self->file == NULL && self->outbox == NULL && !self->is_dry_run))
    return FALSE;
  g_ptr_array_add (self->recipients, NULL);
  g_ptr_array_add (self->records, NULL);
  return TRUE;
}

void
sak_cli_plan_init (SakCliPlan *self)
{
  *self = (SakCliPlan) { .recipients = g_ptr_array_new (), .records = g_ptr_array_new (),
                         .withhold = g_ptr_array_new (), .knowingly = g_ptr_array_new () };
}

void
sak_cli_plan_clear (SakCliPlan *self)
{
  g_ptr_array_unref (self->recipients);
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->withhold);
  g_ptr_array_unref (self->knowingly);
}

static SakExportPlan *
make_plan (SakCli            *cli,
           const SakCliPlan  *self,
           GError           **error)
{
  return sak_export_plan_new (cli->vault, (const char *const *) self->recipients->pdata,
                              self->records->len > 1 ? (const char *const *) self->records->pdata : NULL, error);
}

/* "RECORD:PATH"; the record by id or code. */
static gboolean
choose (SakCli               *cli,
        const SakExportPlan  *plan,
        const char           *place,
        SakChoice             choice,
        GError              **error)
{
  const char *colon = strchr (place, ':');
  g_autofree char *record = g_strndup (place, colon != NULL ? (gsize) (colon - place) : strlen (place));

  for (guint i = 0; colon != NULL && i < plan->items->len; i++)
    {
      const SakPlanItem *item = g_ptr_array_index (plan->items, i);

      if (g_str_equal (item->record_id, record) || g_str_equal (item->code, record))
        return sak_export_plan_choose (plan, cli->vault, item, colon + 1, choice, error);
    }
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "a decision is for RECORD:PATH, of a record in the plan");
  return FALSE;
}

static gboolean
choose_all (SakCli               *cli,
            const SakExportPlan  *plan,
            GPtrArray            *places,
            SakChoice             choice,
            GError              **error)
{
  for (guint i = 0; i < places->len; i++)
    if (!choose (cli, plan, places->pdata[i], choice, error))
      return FALSE;
  return TRUE;
}

/* With the decisions of the command line; they are remembered. */
SakExportPlan *
sak_cli_plan_make (SakCli            *cli,
                   const SakCliPlan  *self,
                   GError           **error)
{
  g_autoptr (SakExportPlan) plan = make_plan (cli, self, error);

  if (plan == NULL || self->withhold->len + self->knowingly->len == 0)
    return g_steal_pointer (&plan);
  if (!choose_all (cli, plan, self->withhold, SAK_CHOICE_WITHHOLD, error) ||
      !choose_all (cli, plan, self->knowingly, SAK_CHOICE_KNOWINGLY, error))
    return NULL;
  return make_plan (cli, self, error);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
sort_paths (GHashTable *withheld)
{
  GPtrArray *paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, withheld);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (paths, path);
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

static SakPlanKeep
get_keep (const SakPlanItem *item,
          const char        *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (item->withheld, path));
}

/* A field can be kept where nobody is named in it, too. */
static const char *
say_keep (const SakPlanItem *item,
          const char        *path)
{
  SakPlanKeep keep = get_keep (item, path);

  for (guint i = 0; i < item->hits->len; i++)
    if (g_str_equal (((const SakPlanHit *) item->hits->pdata[i])->path, path))
      return sak_words_for_keep (keep);
  return keep == SAK_PLAN_KEEP_CHOSEN ? sak_words_for_choice (SAK_CHOICE_WITHHOLD) : sak_words_for_keep (keep);
}

static json_t *
withheld_to_json (const SakPlanItem *item)
{
  g_autoptr (GPtrArray) paths = sort_paths (item->withheld);
  json_t *array = json_array ();

  for (guint i = 0; i < paths->len; i++)
    {
      SakPlanKeep keep = get_keep (item, paths->pdata[i]);

      json_array_append_new (array, json_pack ("{s:s, s:s, s:s}", "path", paths->pdata[i], "reason",
                                               sak_plan_keep_to_code (keep), "meaning",
                                               say_keep (item, paths->pdata[i])));
    }
  return array;
}

static json_t *
files_to_json (const SakPlanItem *item)
{
  json_t *array = json_array ();

  for (guint i = 0; i < item->kept_files->len; i++)
    {
      const SakPlanKeptFile *file = g_ptr_array_index (item->kept_files, i);

      json_array_append_new (array, json_pack ("{s:s, s:s, s:s, s:s}", "sha256", file->info->sha256,
                                               "name", file->info->name,
                                               "reason", sak_plan_keep_to_code (file->keep),
                                               "meaning", sak_words_for_keep (file->keep)));
    }
  return array;
}

static json_t *
hits_to_json (const SakPlanItem *item)
{
  static const char *const kinds[] = { "name", "contact", "phone", "paper" };
  static const char *const choices[] = { "none", "withhold", "knowingly" };
  json_t *array = json_array ();

  for (guint i = 0; i < item->hits->len; i++)
    {
      const SakPlanHit *hit = g_ptr_array_index (item->hits, i);
      g_autofree char *meaning = sak_words_for_hit (hit);

      json_array_append_new (array, json_pack ("{s:s, s:s, s:s, s:b, s:s?, s:s?, s:s, s:b, s:s}", "path", hit->path,
                                               "words", hit->words, "kind", kinds[hit->kind],
                                               "sure", hit->likeness == SAK_NAME_SAME, "person", hit->person_id,
                                               "person_name", hit->person,
                                               "choice", choices[sak_plan_item_get_choice (item, hit->path)],
                                               "must_be_decided", hit->must_be_decided, "meaning", meaning));
    }
  return array;
}

static json_t *
item_to_json (const SakPlanItem *item)
{
  return json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?, s:i, s:i, s:o, s:o, s:o}",
                    "record", item->record_id, "revision", item->revision_id, "kind", item->kind,
                    "title", item->title, "verdict", sak_plan_verdict_to_code (item->verdict),
                    "meaning", sak_words_for_plan_verdict (item), "name", item->name,
                    "place", item->place, "conditions", item->conditions, "media", (int) item->media->len,
                    "media_withheld", (int) item->n_media_withheld, "withheld", withheld_to_json (item),
                    "files_withheld", files_to_json (item), "names", hits_to_json (item));
}

json_t *
sak_cli_plan_to_json (const SakExportPlan *plan)
{
  json_t *recipients = json_array (), *items = json_array ();

  for (guint i = 0; i < plan->recipients->len; i++)
    {
      const SakContact *contact = g_ptr_array_index (plan->recipients, i);

      json_array_append_new (recipients, json_pack ("{s:s, s:s}", "name", contact->name,
                                                    "role", plan->roles->pdata[i]));
    }
  for (guint i = 0; i < plan->items->len; i++)
    json_array_append_new (items, item_to_json (g_ptr_array_index (plan->items, i)));
  return json_pack ("{s:o, s:o, s:i, s:i, s:i, s:I}", "recipients", recipients, "items", items,
                    "leaving", (int) plan->n_leaving, "staying", (int) plan->n_staying,
                    "undecided", (int) plan->n_undecided, "media_bytes", (json_int_t) plan->media_bytes);
}

static void
print_part (const char *name,
            const char *words)
{
  sak_cli_print ("    ");
  sak_cli_print_foreign_line (name);
  sak_cli_print (": %s\n", words);
}

static void
print_parts (const SakPlanItem *item)
{
  g_autoptr (GPtrArray) paths = sort_paths (item->withheld);

  for (guint i = 0; sak_plan_item_leaves (item) && i < paths->len; i++)
    print_part (paths->pdata[i], say_keep (item, paths->pdata[i]));
  for (guint i = 0; i < item->kept_files->len; i++)
    {
      const SakPlanKeptFile *file = g_ptr_array_index (item->kept_files, i);

      if (file->keep != SAK_PLAN_KEEP_RECORD && file->keep != SAK_PLAN_KEEP_MEDIA)
        print_part (file->info->name, sak_words_for_keep (file->keep));
    }
  if (item->conditions != NULL && sak_plan_item_leaves (item))
    {
      /* Translators: %s is what a person said, in their own words. */
      g_autofree char *line = g_strdup_printf (_("Their conditions: %s"), item->conditions);

      sak_cli_print ("    ");
      sak_cli_print_foreign (line);
      sak_cli_print ("\n");
    }
}

static void
print_hits (const SakPlanItem *item)
{
  for (guint i = 0; i < item->hits->len; i++)
    {
      const SakPlanHit *hit = g_ptr_array_index (item->hits, i);
      SakChoice choice = sak_plan_item_get_choice (item, hit->path);
      g_autofree char *words = sak_words_for_hit (hit);

      sak_cli_print ("  ! %s: ", hit->path);
      sak_cli_print_foreign (words);
      sak_cli_print (" %s\n", choice != SAK_CHOICE_NONE || hit->must_be_decided ? sak_words_for_choice (choice) : "");
    }
}

void
sak_cli_plan_print (const SakExportPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const SakPlanItem *item = g_ptr_array_index (plan->items, i);

      sak_cli_print_foreign_line (item->title);
      sak_cli_print (": %s\n", sak_words_for_plan_verdict (item));
      print_parts (item);
      print_hits (item);
    }
}

gboolean
sak_cli_plan_show (SakCli   *cli,
                   int       argc,
                   char    **argv,
                   GError  **error)
{
  g_auto (SakCliPlan) arguments = { 0 };
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (json_t) json = NULL;

  sak_cli_plan_init (&arguments);
  if (!sak_cli_plan_parse (&arguments, argc, argv, FALSE))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "bundle plan --to NAME… [--record ID…]");
      return FALSE;
    }
  plan = sak_cli_plan_make (cli, &arguments, error);
  if (plan == NULL)
    return FALSE;
  if (cli->is_json)
    {
      json = sak_cli_plan_to_json (plan);
      sak_cli_print_json (json);
    }
  else if (plan->items->len == 0)
    sak_cli_print ("%s\n", _("There is nothing finished that was not sent already."));
  else
    sak_cli_plan_print (plan);
  return TRUE;
}
