/* sak-cli-bundle.c - bundle plan, create, inspect, verify, import
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-bundle.h"
#include "app/cli/sak-cli-plan.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "crypto/sak-hex.h"
#include "sync/sak-inbox.h"
#include "sync/sak-outbox.h"
#include "ui/words/sak-words-news.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words-receipt.h"
#include "ui/words/sak-words-talk.h"
#include "ui/words/sak-words.h"

static json_t *
news_to_json (const SakBundleReport *report)
{
  static const char *const states[] = { "in-force", "shipped-again", "older", "of-others", "refused" };
  json_t *array = json_array ();

  for (guint i = 0; report->news != NULL && i < report->news->len; i++)
    {
      const SakNews *news = report->news->pdata[i];

      json_array_append_new (array, json_pack ("{s:s, s:s, s:s*, s:s*, s:s*, s:s*}",
                                               "what", news->is_vocabulary ? "vocabulary" : "form",
                                               "state", states[news->state], "by", news->by, "name", news->name,
                                               "kind", news->kind,
                                               "why", news->why != NULL ? news->why->message : NULL));
    }
  return array;
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
  json_object_set_new (json, "receipt", json_boolean (report->has_receipt));
  json_object_set_new (json, "notice", json_integer (report->notice != NULL ? report->notice->number : 0));
  json_object_set_new (json, "news", news_to_json (report));
  json_object_set_new (json, "news_failed", json_boolean (report->news_error != NULL));
  json_object_set_new (json, "notice_failed", json_boolean (report->notice_error != NULL));
  json_object_set_new (json, "questions", json_integer (report->n_questions));
  json_object_set_new (json, "urgent_questions", json_integer (report->n_urgent));
  json_object_set_new (json, "answers", json_integer (report->n_answers));
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

/* To the file, or to the outbox, whose id for it is printed last. */
static SakBundleReport *
write_bundle (SakCli               *cli,
              const SakExportPlan  *plan,
              const SakCliPlan     *arguments,
              json_t               *json,
              GError              **error)
{
  g_autofree char *id = NULL;
  SakBundleReport *report;

  if (arguments->outbox == NULL)
    return sak_bundle_create (cli->vault, plan, arguments->file, sak_cli_progress, NULL, NULL, error);
  report = sak_outbox_create (cli->vault, plan, arguments->outbox, sak_cli_progress, NULL, &id, NULL, error);
  if (report != NULL)
    json_object_set_new (json, "outbox", json_string (id));
  return report;
}

static gboolean
create (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_auto (SakCliPlan) arguments = { 0 };
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (json_t) json = NULL;

  sak_cli_plan_init (&arguments);
  if (!sak_cli_plan_parse (&arguments, argc, argv, TRUE))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "bundle create --to NAME… [--record ID…] FILE|--outbox CARRIER");
      return FALSE;
    }
  plan = sak_cli_plan_make (cli, &arguments, error);
  if (plan == NULL)
    return FALSE;
  json = sak_cli_plan_to_json (plan);
  if (!cli->is_json)
    sak_cli_plan_print (plan);
  if (!arguments.is_dry_run)
    {
      report = write_bundle (cli, plan, &arguments, json, error);
      sak_cli_progress_end ();
      if (report == NULL)
        {
          if (plan->n_undecided > 0)
            fprintf (stderr, "%s\n", sak_words_before_decision ());
          return FALSE;
        }
      json_object_set_new (json, "bundle", report_to_json (report));
      if (!cli->is_json)
        print_numbers (report);
      if (!cli->is_json && arguments.outbox != NULL)
        sak_cli_print ("%s\n", json_string_value (json_object_get (json, "outbox")));
    }
  if (cli->is_json)
    sak_cli_print_json (json);
  return TRUE;
}

static void
print_notice (const SakBundleReport *report)
{
  g_autofree char *words = sak_words_about_brought_notice (report);

  if (words == NULL)
    return;
  sak_cli_print_foreign (words);
  sak_cli_print ("\n");
}

static void
print_news (const SakBundleReport *report)
{
  g_autofree char *words = sak_words_about_brought_news (report);

  if (words == NULL)
    return;
  sak_cli_print_foreign (words);
  sak_cli_print ("\n");
}

static void
print_talk (const SakBundleReport *report)
{
  g_autofree char *words = sak_words_about_brought_talk (report);

  if (words != NULL)
    sak_cli_print ("%s\n", words);
}

static void
print_receipt (const SakBundleReport *report)
{
  g_autofree char *words = sak_words_about_brought_receipt (report);

  if (words == NULL)
    return;
  sak_cli_print_foreign (words);
  sak_cli_print ("\n");
}

gboolean
sak_cli_finish_report (SakCli          *cli,
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
  print_receipt (report);
  print_talk (report);
  print_notice (report);
  print_news (report);
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
  sak_cli_tell_of_parts (argv[1]);
  report = sak_bundle_inspect (cli->vault, argv[1], NULL, error);
  if (report == NULL)
    return FALSE;
  if (cli->is_json)
    return sak_cli_finish_report (cli, report, "");
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
  sak_cli_tell_of_parts (argv[1]);
  report = sak_bundle_verify (cli->vault, argv[1], sak_cli_progress, NULL, NULL, error);
  return sak_cli_finish_report (cli, report, _("Every byte of it was verified. Nothing was imported."));
}

static gboolean
import (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  gboolean sets_aside = FALSE;
  const GOptionEntry entries[] = {
    { "set-aside", 0, 0, G_OPTION_ARG_NONE, &sets_aside, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakSetAside) kept = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  sak_cli_tell_of_parts (argv[1]);
  /* A script that asked for an import alone finds the vault as it was where that was refused. */
  report = sets_aside ? sak_inbox_import (cli->vault, argv[1], sak_cli_progress, NULL, &kept, NULL, error)
           : sak_bundle_import (cli->vault, argv[1], sak_cli_progress, NULL, NULL, error);
  if (kept != NULL)
    {
      /* Translators: a bundle was not imported; the command is not translated, %s is a number in it. */
      fprintf (stderr, _("It was set aside in the vault. When the reason is gone: sakkhi-cli inbox retry %s"),
               kept->id);
      fputc ('\n', stderr);
    }
  return sak_cli_finish_report (cli, report, _("Every byte of it was verified, and it is imported."));
}

const SakCliCommand sak_cli_bundle_commands[] = {
  { "bundle", "plan", "--to NAME… [--record ID…] [--withhold RECORD:PATH…] [--knowingly RECORD:PATH…]", TRUE,
    sak_cli_plan_show },
  { "bundle", "create", "--to NAME… [--record ID…] FILE | --outbox CARRIER | --dry-run", TRUE, create },
  { "bundle", "inspect", "FILE", TRUE, inspect },
  { "bundle", "verify", "FILE", TRUE, verify },
  { "bundle", "import", "[--set-aside] FILE", TRUE, import },
  { NULL }
};
