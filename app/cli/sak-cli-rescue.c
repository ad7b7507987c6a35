/* sak-cli-rescue.c - vault rescue
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-check.h"

#include <glib/gi18n.h>

#include "storage/sak-rescue.h"
#include "ui/words/sak-words.h"

static json_t *
losses_to_json (const SakRescueReport *report)
{
  static const char *const names[] = {
    "pages", "unfinished-change", "name", "signing-key", "exchange-key", "record", "latest-version", "version",
    "draft", "row", "draft-base", "code", "listed-version", "contact", "stream", "custody", "media-missing",
    "media-damaged",
  };
  json_t *losses = json_array ();

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == SAK_LOSS_LAST + 1);
  for (guint i = 0; i < report->losses->len; i++)
    {
      const SakLoss *loss = g_ptr_array_index (report->losses, i);

      json_array_append_new (losses, json_pack ("{s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:I}",
                                                "lost", names[loss->kind],
                                                "meaning", sak_words_for_loss (loss->kind),
                                                "record", loss->record_id, "code", loss->code, "title", loss->title,
                                                "file", loss->file_name, "detail", loss->detail,
                                                "bytes", (json_int_t) loss->n_bytes));
    }
  return losses;
}

static json_t *
report_to_json (const SakRescueReport *report)
{
  return json_pack ("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o}",
                    "pages", (json_int_t) report->n_pages, "damaged_pages", (json_int_t) report->n_damaged_pages,
                    "records", (json_int_t) report->n_records, "revisions", (json_int_t) report->n_revisions,
                    "drafts", (json_int_t) report->n_drafts, "contacts", (json_int_t) report->n_contacts,
                    "media", (json_int_t) report->n_media, "media_bytes", (json_int_t) report->media_bytes,
                    "losses", losses_to_json (report), "damages", sak_cli_damages_to_json (report->check));
}

static void
print_loss (const SakLoss *loss)
{
  g_autofree char *size = loss->n_bytes > 0 ? g_format_size (loss->n_bytes) : NULL;
  const char *separator = "  ";

  sak_cli_print_part (loss->code, &separator);
  sak_cli_print_part (loss->title, &separator);
  sak_cli_print_part (loss->file_name, &separator);
  sak_cli_print_part (loss->detail, &separator);
  sak_cli_print_part (size, &separator);
  if (*separator == ',')
    sak_cli_print ("\n");
}

static void
print_losses (const SakRescueReport *report)
{
  for (SakLossKind kind = 0; kind <= SAK_LOSS_LAST; kind++)
    {
      gboolean is_first = TRUE;

      for (guint i = 0; i < report->losses->len; i++)
        {
          const SakLoss *loss = g_ptr_array_index (report->losses, i);

          if (loss->kind != kind)
            continue;
          if (is_first)
            sak_cli_print ("\n%s\n", sak_words_for_loss (kind));
          is_first = FALSE;
          print_loss (loss);
        }
    }
}

static void
print_report (const SakRescueReport *report,
              const char            *directory)
{
  g_autofree char *size = g_format_size (report->media_bytes);

  /* Translators: %s is a folder's name. */
  sak_cli_print (_("What could be read is in the new vault in %s. It opens with what opened the old one.\n"),
                 directory);
  sak_cli_print (_("Records: %lu\n"), (gulong) report->n_records);
  sak_cli_print (_("Versions: %lu\n"), (gulong) report->n_revisions);
  sak_cli_print (_("Drafts: %lu\n"), (gulong) report->n_drafts);
  /* Translators: a number, and a size such as "100.0 MB". */
  sak_cli_print (_("Photos, recordings and papers: %1$lu (%2$s)\n"), (gulong) report->n_media, size);
  if (report->losses->len == 0)
    sak_cli_print ("%s\n", _("Nothing was lost."));
  print_losses (report);
  sak_cli_print_damages (report->check);
  sak_cli_print ("\n%s\n", _("Keep the damaged vault until you are sure that you need nothing more of it."));
}

static SakRescueReport *
run (SakCli      *cli,
     const char  *directory,
     const char  *header,
     const char  *parts,
     GError     **error)
{
  g_autoptr (SakCredential) credential = sak_cli_read_credential (cli, error);
  SakRescueReport *report;

  if (credential == NULL)
    return NULL;
  report = sak_vault_rescue (cli->vault_path, header, credential, directory, parts, sak_cli_progress, NULL, NULL,
                             error);
  sak_cli_progress_end ();
  return report;
}

gboolean
sak_cli_rescue (SakCli   *cli,
                int       argc,
                char    **argv,
                GError  **error)
{
  g_autofree char *header = NULL;
  g_autofree char *parts = NULL;
  const GOptionEntry entries[] = {
    { "header", 0, 0, G_OPTION_ARG_FILENAME, &header, NULL, NULL },
    { "parts", 0, 0, G_OPTION_ARG_FILENAME, &parts, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakRescueReport) report = NULL;
  g_autoptr (json_t) json = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (cli->vault_path == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "say which vault is damaged: -V VAULT");
      return FALSE;
    }
  report = run (cli, argv[1], header, parts, error);
  if (report == NULL)
    return FALSE;
  if (cli->is_json)
    {
      json = report_to_json (report);
      sak_cli_print_json (json);
    }
  else
    print_report (report, argv[1]);
  if (report->losses->len == 0)
    return sak_cli_end_with_damage (report->check, error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "not everything could be rescued");
  return FALSE;
}
