/* sak-cli-record.c - record add, edit, finish, list, history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-fields.h"
#include "app/cli/sak-cli-form.h"
#include "app/cli/sak-cli-record.h"

#include <glib/gi18n.h>
#include <string.h>

#include "storage/model/sak-date.h"
#include "storage/model/sak-uuid.h"
#include "storage/sak-exchange.h"
#include "storage/sak-history.h"
#include "storage/sak-links.h"
#include "storage/sak-record-days.h"
#include "storage/sak-search.h"
#include "storage/sak-vault-form.h"
#include "ui/words/sak-words.h"

/* All or nothing: what could not be finished was not asked to stay as a draft. */
static gboolean
complete_added (SakCli      *cli,
                const char  *id,
                gboolean     is_finished,
                GError     **error)
{
  g_autofree char *revision = NULL;

  if (sak_cli_keep_originals (cli, id, error) &&
      (!is_finished || (revision = sak_vault_finish_record (cli->vault, id, NULL, error)) != NULL))
    return TRUE;
  if (!sak_vault_discard_draft (cli->vault, id, NULL))
    sak_cli_print ("%s\n", id);
  return FALSE;
}

/* By the program's own form, or one that was brought in: @name, or NAME:VERSION. */
static char *
add_fields (SakCli      *cli,
            const char  *kind,
            const char  *name,
            const char  *file,
            GError     **error)
{
  g_autoptr (SakForm) form = name != NULL ? sak_cli_find_form (cli, name, error) : NULL;
  g_autoptr (json_t) fields = NULL;
  g_autoptr (json_t) minded = NULL;
  g_autoptr (json_t) added = NULL;
  g_autoptr (json_t) nothing = json_object ();

  if (name != NULL && form == NULL)
    return NULL;
  if (form != NULL && g_strcmp0 (sak_form_get_kind (form), kind) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "the form is for another kind of record");
      return NULL;
    }
  fields = sak_cli_read_fields (file, form, error);
  if (fields == NULL)
    return NULL;
  minded = sak_cli_mind_zawgyi (cli, fields);
  added = sak_cli_merge_fields (nothing, minded);
  sak_cli_mind_places (added);
  if (!sak_vault_check_added_links (cli->vault, kind, form, added, error))
    return NULL;
  return form != NULL ? sak_vault_add_record_by (cli->vault, form, added, error)
                      : sak_vault_add_record (cli->vault, kind, added, error);
}

static gboolean
add (SakCli   *cli,
     int       argc,
     char    **argv,
     GError  **error)
{
  gboolean is_finished = FALSE;
  g_autofree char *form = NULL;
  const GOptionEntry entries[] = {
    { "finish", 0, 0, G_OPTION_ARG_NONE, &is_finished, NULL, NULL },
    { "form", 0, 0, G_OPTION_ARG_STRING, &form, NULL, NULL },
    { "convert-zawgyi", 0, 0, G_OPTION_ARG_NONE, &cli->converts_zawgyi, NULL, NULL },
    { NULL }
  };
  g_autofree char *id = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 2, error))
    return FALSE;
  id = add_fields (cli, argv[1], form, argc > 2 ? argv[2] : "-", error);
  if (id == NULL || !complete_added (cli, id, is_finished, error))
    return FALSE;
  sak_cli_print ("%s\n", id);
  return TRUE;
}

/* On what the edit says that it was made: what the record shows, or some version of it. */
static json_t *
load_base_fields (SakCli           *cli,
                  const SakRecord  *record,
                  const char       *base,
                  GError          **error)
{
  g_autoptr (SakRevision) revision = NULL;

  if (g_strcmp0 (base, record->base_revision) == 0)
    return json_incref (record->fields);
  revision = sak_vault_load_revision (cli->vault, base, error);
  if (revision == NULL)
    return NULL;
  if (g_str_equal (sak_revision_get_record_id (revision), record->id))
    return json_incref (sak_revision_get_fields (revision));
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the record has no such revision");
  return NULL;
}

/* Refused because it came too late; what was written is not lost. */
static gboolean
save_edit (SakCli           *cli,
           const SakRecord  *record,
           const char       *base,
           json_t           *fields,
           GError          **error)
{
  g_autoptr (GError) local_error = NULL;

  if (sak_vault_save_draft (cli->vault, record->id, base, fields, &local_error))
    return TRUE;
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_CONFLICT) &&
      sak_vault_keep_draft (cli->vault, record->id, base, fields, NULL))
    g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "%s; the edit is kept as a draft beside what is there: "
                 "record conflict, record merge", local_error->message);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
edit (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *reason = NULL;
  g_autofree char *base = NULL;
  gboolean is_draft = FALSE;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { "draft", 0, 0, G_OPTION_ARG_NONE, &is_draft, NULL, NULL },
    { "base", 0, 0, G_OPTION_ARG_STRING, &base, NULL, NULL },
    { "convert-zawgyi", 0, 0, G_OPTION_ARG_NONE, &cli->converts_zawgyi, NULL, NULL },
    { NULL }
  };
  g_autoptr (json_t) given = NULL;
  g_autoptr (json_t) minded = NULL;
  g_autoptr (json_t) present = NULL;
  g_autoptr (json_t) merged = NULL;
  g_autoptr (SakRecord) record = NULL;
  g_autofree char *revision = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 2, error))
    return FALSE;
  record = sak_vault_load_record (cli->vault, argv[1], error);
  if (record == NULL || (given = sak_cli_read_fields (argc > 2 ? argv[2] : "-", record->form, error)) == NULL)
    return FALSE;
  if (record->base_revision != NULL && reason == NULL && !is_draft)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "a finished record changes with a reason: --reason TEXT");
      return FALSE;
    }
  /* It could never be finished, and nothing but a draft that leads nowhere would be left of it. */
  if (record->withheld[0] != NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                   "parts of this record stayed with its author, who alone can change it: ask them, or write a note");
      return FALSE;
    }
  if (base == NULL)
    base = g_strdup (record->base_revision);
  present = load_base_fields (cli, record, base, error);
  if (present == NULL)
    return FALSE;
  minded = sak_cli_mind_zawgyi (cli, given);
  merged = sak_cli_merge_fields (present, minded);
  sak_cli_mind_places (merged);
  if (!sak_vault_check_changed_links (cli->vault, record->id, base, merged, error) ||
      !save_edit (cli, record, base, merged, error) || !sak_cli_keep_originals (cli, record->id, error))
    return FALSE;
  /* A record that was never finished stays a draft; a finished one gets its new revision. */
  if (record->base_revision == NULL || is_draft)
    return TRUE;
  revision = sak_vault_finish_record (cli->vault, record->id, reason, error);
  return revision != NULL;
}

static gboolean
is_media_only (SakVault   *vault,
               const char *record_id)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, record_id, NULL);
  g_autoptr (SakRevision) base = NULL;
  json_t *before;
  const char *path;
  json_t *value;

  if (record == NULL || record->base_revision == NULL ||
      (base = sak_vault_load_revision (vault, record->base_revision, NULL)) == NULL)
    return FALSE;
  before = sak_revision_get_fields (base);
  json_object_foreach (record->fields, path, value)
    if (!g_str_has_prefix (path, "media/") && !json_equal (value, json_object_get (before, path)))
      return FALSE;
  return TRUE;
}

static gboolean
finish (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL }
  };
  g_autofree char *revision = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (reason == NULL && is_media_only (cli->vault, argv[1]))
    reason = g_strdup (_("Files were added."));
  revision = sak_vault_finish_record (cli->vault, argv[1], reason, error);
  if (revision == NULL)
    return FALSE;
  sak_cli_print ("%s\n", revision);
  return TRUE;
}

/* A draft on the newest version of its form. */
static gboolean
upgrade (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) &&
         sak_vault_upgrade_record (cli->vault, argv[1], error);
}

static gboolean
discard (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) &&
         sak_vault_discard_draft (cli->vault, argv[1], error);
}

static json_t *
row_to_json (const SakRecordRow *row)
{
  g_autofree char *changed = sak_cli_format_time (row->changed);

  return json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s, s:i}", "id", row->id,
                    "kind", row->kind, "code", row->code, "title", row->title, "date", row->date,
                    "place", row->place, "state", sak_cli_name_state (row->state),
                    "from", row->origin, "changed", changed, "media", (int) row->n_media);
}

static void
print_row (const SakRecordRow *row)
{
  sak_cli_print ("%s\t%s\t", row->id, row->kind);
  sak_cli_print_foreign_line (row->code);
  sak_cli_print ("\t%s\t", sak_cli_name_state (row->state));
  sak_cli_print_foreign_line (row->date);
  sak_cli_print ("\t");
  sak_cli_print_foreign_line (row->title);
  sak_cli_print ("\n");
}

/* In portions, so that a million records need no more memory than a thousand. */
static gboolean
print_rows (SakCli  *cli,
            GArray  *rowids,
            GError **error)
{
  const guint portion = 1000;
  gboolean is_first = TRUE;

  if (cli->is_json)
    sak_cli_print ("[");
  for (guint at = 0; at < rowids->len; at += portion)
    {
      g_autoptr (GPtrArray) rows = sak_vault_load_rows (cli->vault, &g_array_index (rowids, gint64, at),
                                                        MIN (portion, rowids->len - at), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          if (!cli->is_json)
            {
              print_row (rows->pdata[i]);
              continue;
            }
          g_autoptr (json_t) json = row_to_json (rows->pdata[i]);

          sak_cli_print (is_first ? "\n" : ",\n");
          json_dumpf (json, stdout, JSON_INDENT (2));
          is_first = FALSE;
        }
    }
  if (cli->is_json)
    sak_cli_print (is_first ? "]\n" : "\n]\n");
  return TRUE;
}

static gboolean
check_kind (const char  *kind,
            GError     **error)
{
  if (kind == NULL || sak_form_get (kind) != NULL)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "there is no kind of record of this name");
  return FALSE;
}

/* Kind by kind where none is named. */
static GArray *
list_tagged (SakCli      *cli,
             const char  *kind,
             const char  *tag,
             const char  *when,
             GError     **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  const SakForm *form;

  for (guint i = 0; (form = sak_form_get_nth (i)) != NULL; i++)
    {
      const SakSearch search = { .kind = (char *) sak_form_get_name (form), .tag = (char *) tag,
                                 .from = (char *) when, .to = (char *) when };
      g_autoptr (GArray) rowids = NULL;

      if (kind != NULL && !g_str_equal (kind, search.kind))
        continue;
      rowids = sak_vault_list_matching (cli->vault, &search, SAK_SORT_CHANGED, FALSE, 0, -1, NULL, error);
      if (rowids == NULL)
        return NULL;
      g_array_append_vals (all, rowids->data, rowids->len);
    }
  return g_steal_pointer (&all);
}

static gboolean
list (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *kind = NULL;
  g_autofree char *when = NULL;
  g_autofree char *tag = NULL;
  gboolean is_certain = FALSE;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, NULL, NULL },
    { "tag", 0, 0, G_OPTION_ARG_STRING, &tag, NULL, NULL },
    { "when", 0, 0, G_OPTION_ARG_STRING, &when, NULL, NULL },
    { "certain", 0, 0, G_OPTION_ARG_NONE, &is_certain, NULL, NULL },
    { NULL }
  };
  g_autoptr (GArray) rowids = NULL;
  SakDateSpan span;

  if (!sak_cli_parse (entries, &argc, &argv, 0, 0, error) || !check_kind (kind, error))
    return FALSE;
  if (when != NULL && !sak_date_parse (when, &span, error))
    return FALSE;
  if (tag != NULL && (is_certain || !sak_cli_complete_index (cli, error)))
    {
      if (is_certain)
        g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--tag and --certain do not go together");
      return FALSE;
    }
  rowids = tag != NULL ? list_tagged (cli, kind, tag, when, error)
           : when == NULL ? sak_vault_list_rowids (cli->vault, kind, SAK_SORT_CHANGED, error)
           : sak_vault_list_between (cli->vault, kind, span.earliest_day, span.latest_day, is_certain, error);
  return rowids != NULL && print_rows (cli, rowids, error);
}

static json_t *
count_to_json (const SakDateCount *tally)
{
  json_t *buckets = json_array ();

  for (guint i = 0; i < tally->buckets->len; i++)
    {
      const SakDateBucket *bucket = tally->buckets->pdata[i];

      json_array_append_new (buckets, json_pack ("{s:s, s:I, s:I}", "date", bucket->name,
                                                 "certain", (json_int_t) bucket->n_certain,
                                                 "possible", (json_int_t) bucket->n_possible));
    }
  return json_pack ("{s:I, s:I, s:I, s:o}", "records", (json_int_t) tally->n_records,
                    "dated", (json_int_t) tally->n_dated, "undated", (json_int_t) tally->n_undated,
                    "buckets", buckets);
}

/* A line a year or month: how many surely, how many perhaps besides; "-" for those without a date. */
static gboolean
count (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autofree char *kind = NULL;
  g_autofree char *by = NULL;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, NULL, NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakDateCount) tally = NULL;
  g_autoptr (json_t) json = NULL;
  gboolean is_by_month;

  if (!sak_cli_parse (entries, &argc, &argv, 0, 0, error) || !check_kind (kind, error))
    return FALSE;
  is_by_month = g_strcmp0 (by, "month") == 0;
  if (!is_by_month && g_strcmp0 (by, "year") != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "--by takes year or month");
      return FALSE;
    }
  tally = sak_vault_count_by_date (cli->vault, kind, is_by_month ? SAK_COUNT_BY_MONTH : SAK_COUNT_BY_YEAR, error);
  if (tally == NULL)
    return FALSE;
  json = count_to_json (tally);
  if (cli->is_json)
    {
      sak_cli_print_json (json);
      return TRUE;
    }
  for (guint i = 0; i < tally->buckets->len; i++)
    {
      const SakDateBucket *bucket = tally->buckets->pdata[i];

      sak_cli_print ("%s\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\n", bucket->name, bucket->n_certain,
                     bucket->n_possible);
    }
  sak_cli_print ("-\t%" G_GUINT64_FORMAT "\t0\n", tally->n_undated);
  return TRUE;
}

const SakCliCommand sak_cli_record_commands[] = {
  { "record", "add", "KIND [FILE|-] [--finish] [--form NAME[:VERSION]] [--convert-zawgyi]", TRUE, add },
  { "record", "edit", "ID [FILE|-] --reason TEXT [--base REVISION] [--draft] [--convert-zawgyi]", TRUE, edit },
  { "record", "finish", "ID [--reason TEXT]", TRUE, finish },
  { "record", "discard", "ID", TRUE, discard },
  { "record", "upgrade", "ID", TRUE, upgrade },
  { "record", "print", "ID FILE|- [--language L]", TRUE, sak_cli_record_print },
  { "record", "labour", "ID", TRUE, sak_cli_record_labour },
  { "record", "indicators", "ID", TRUE, sak_cli_record_indicators },
  { "record", "show", "ID", TRUE, sak_cli_record_show },
  { "record", "list", "[--kind KIND] [--tag TAG] [--when EDTF [--certain]]", TRUE, list },
  { "record", "count", "--by year|month [--kind KIND]", TRUE, count },
  { "record", "search", SAK_CLI_SEARCH_ARGUMENTS, TRUE, sak_cli_record_search },
  { "record", "history", "ID", TRUE, sak_cli_record_history },
  { "record", "compare", "ID REVISION REVISION", TRUE, sak_cli_record_compare },
  { "record", "conflict", "ID", TRUE, sak_cli_record_conflict },
  { "record", "merge", "ID [FILE|-] [--take REVISION PATH]… --reason TEXT", TRUE, sak_cli_record_merge },
  { "record", "links", "ID", TRUE, sak_cli_record_links },
  { NULL }
};
