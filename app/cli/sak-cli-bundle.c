/* sak-cli-bundle.c - bundle create, inspect, verify, import
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "crypto/sak-hex.h"
#include "sync/sak-bundle.h"
#include "ui/words/sak-words.h"

typedef struct
{
  GPtrArray *recipients;
  GPtrArray *records;
  gboolean is_dry_run;
  const char *file;
} CreateArguments;

/* --to and --record take one or several words each, up to the next option; the last word
 * of all is the file. GOption cannot say this.
 */
static gboolean
parse_create (int               argc,
              char            **argv,
              CreateArguments  *ret,
              GError          **error)
{
  GPtrArray *list = NULL;
  int last = argc - 1;

  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "--to"))
        list = ret->recipients;
      else if (g_str_equal (argv[i], "--record"))
        list = ret->records;
      else if (g_str_equal (argv[i], "--dry-run"))
        ret->is_dry_run = TRUE;
      else if (g_str_equal (argv[i], "--") && i + 1 == last)
        continue;
      else if (g_str_has_prefix (argv[i], "--") || (i != last && list == NULL))
        break;
      else if (i == last && !ret->is_dry_run)
        ret->file = argv[i];
      else if (list != NULL)
        g_ptr_array_add (list, argv[i]);
    }
  if (ret->recipients->len > 0 && (ret->file != NULL || ret->is_dry_run))
    {
      g_ptr_array_add (ret->recipients, NULL);
      g_ptr_array_add (ret->records, NULL);
      return TRUE;
    }
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "bundle create --to NAME… [--record ID…] FILE");
  return FALSE;
}

static json_t *
plan_to_json (const SakExportPlan *plan)
{
  static const char *const verdicts[] = {
    "leaves", "leaves-unnamed", "stays-not-asked", "stays-refused", "stays-withdrawn",
  };
  json_t *items = json_array ();

  for (guint i = 0; i < plan->items->len; i++)
    {
      const SakPlanItem *item = g_ptr_array_index (plan->items, i);

      json_array_append_new (items, json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:i, s:i}",
                                               "record", item->record_id, "revision", item->revision_id,
                                               "kind", item->kind, "title", item->title,
                                               "verdict", verdicts[item->verdict],
                                               "meaning", sak_words_for_verdict (item->verdict),
                                               "name", item->name, "place", item->place,
                                               "media", (int) item->media->len,
                                               "media_withheld", (int) item->n_media_withheld));
    }
  return json_pack ("{s:o, s:i, s:i, s:I}", "items", items, "leaving", (int) plan->n_leaving,
                    "staying", (int) plan->n_staying, "media_bytes", (json_int_t) plan->media_bytes);
}

static void
print_plan (const SakExportPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      const SakPlanItem *item = g_ptr_array_index (plan->items, i);

      sak_cli_print_foreign_line (item->title);
      sak_cli_print (": %s\n", sak_words_for_verdict (item->verdict));
    }
}

static json_t *
report_to_json (const SakBundleReport *report)
{
  g_autofree char *key = sak_hex_encode (report->sender_key, SAK_SIGN_PUBLIC_SIZE);
  g_autofree char *time = sak_cli_format_time (report->time);
  static const char *const trusts[] = { "seen", "compared", "revoked" };
  json_t *json = json_pack ("{s:b, s:b, s:i, s:s, s:s?, s:s?, s:s?, s:I, s:s, s:I, s:i, s:i, s:i, s:i, s:i}",
                            "for_us", report->is_for_us, "verified", report->is_verified,
                            "recipients", (int) report->n_recipients, "sender_key", key,
                            "sender", report->sender_name, "sender_code", report->sender_code,
                            "sender_trust", report->sender_name != NULL ? trusts[report->sender_trust] : NULL,
                            "sequence", (json_int_t) report->sequence, "time", time,
                            "total_bytes", (json_int_t) report->total_bytes, "files", (int) report->n_files,
                            "revisions", (int) report->n_revisions, "new_revisions", (int) report->n_new_revisions,
                            "media", (int) report->n_media, "withheld_fields", (int) report->n_withheld_fields);
  json_t *records = json_array ();

  for (guint i = 0; report->record_ids != NULL && i < report->record_ids->len; i++)
    json_array_append_new (records, json_string (report->record_ids->pdata[i]));
  json_object_set_new (json, "records", records);
  return json;
}

static void
print_sender (const SakBundleReport *report)
{
  g_autofree char *line = NULL;

  if (report->sender_name == NULL)
    return;
  /* Translators: the first is the sender's name, the second a sentence about the contact. */
  line = g_strdup_printf (_("From %1$s. %2$s"), report->sender_name, sak_words_for_trust (report->sender_trust));
  sak_cli_print_foreign (line);
  sak_cli_print ("\n");
}

static void
print_numbers (const SakBundleReport *report)
{
  g_autofree char *size = g_format_size (report->total_bytes);

  sak_cli_print (_("Versions of records: %u\n"), report->n_revisions);
  sak_cli_print (_("Photos, recordings and papers: %u\n"), report->n_media);
  /* Translators: %s is a size such as "100.0 MB". */
  sak_cli_print (_("Size of all of it: %s\n"), size);
}

static gboolean
create (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (GPtrArray) recipients = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  CreateArguments arguments = { recipients, records, FALSE, NULL };
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (json_t) json = NULL;

  if (!parse_create (argc, argv, &arguments, error))
    return FALSE;
  plan = sak_export_plan_new (cli->vault, (const char *const *) recipients->pdata,
                              records->len > 1 ? (const char *const *) records->pdata : NULL, error);
  if (plan == NULL)
    return FALSE;
  json = plan_to_json (plan);
  if (!cli->is_json)
    print_plan (plan);
  if (!arguments.is_dry_run)
    {
      report = sak_bundle_create (cli->vault, plan, arguments.file, sak_cli_progress, NULL, NULL, error);
      sak_cli_progress_end ();
      if (report == NULL)
        return FALSE;
      json_object_set_new (json, "bundle", report_to_json (report));
      if (!cli->is_json)
        print_numbers (report);
    }
  if (cli->is_json)
    sak_cli_print_json (json);
  return TRUE;
}

static gboolean
finish_report (SakCli          *cli,
               SakBundleReport *report,
               const char      *sentence)
{
  sak_cli_progress_end ();
  if (report == NULL)
    return FALSE;
  if (cli->is_json)
    {
      g_autoptr (json_t) json = report_to_json (report);

      sak_cli_print_json (json);
      return TRUE;
    }
  print_sender (report);
  print_numbers (report);
  sak_cli_print ("%s\n", sentence);
  return TRUE;
}

static gboolean
inspect (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr (SakBundleReport) report = NULL;
  g_autofree char *size = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  report = sak_bundle_inspect (cli->vault, argv[1], NULL, error);
  if (report == NULL)
    return FALSE;
  if (cli->is_json)
    return finish_report (cli, report, "");
  size = g_format_size (report->total_bytes);
  print_sender (report);
  /* Translators: of a bundle that was not read yet; a number, and a size such as "100.0 MB". */
  sak_cli_print (ngettext ("It says that it holds %1$u file of %2$s.\n", "It says that it holds %1$u files of %2$s.\n",
                           report->n_files), report->n_files, size);
  return TRUE;
}

static gboolean
verify (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (SakBundleReport) report = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  report = sak_bundle_verify (cli->vault, argv[1], sak_cli_progress, NULL, NULL, error);
  return finish_report (cli, report, _("Every byte of it was verified. Nothing was imported."));
}

static gboolean
import (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (SakBundleReport) report = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  report = sak_bundle_import (cli->vault, argv[1], sak_cli_progress, NULL, NULL, error);
  return finish_report (cli, report, _("Every byte of it was verified, and it is imported."));
}

const SakCliCommand sak_cli_bundle_commands[] = {
  { "bundle", "create", "--to NAME… [--record ID…] FILE | --dry-run", TRUE, create },
  { "bundle", "inspect", "FILE", TRUE, inspect },
  { "bundle", "verify", "FILE", TRUE, verify },
  { "bundle", "import", "FILE", TRUE, import },
  { NULL }
};
