/* sak-cli-check.c - vault check
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-check.h"

#include <glib/gi18n.h>

#include "storage/sak-custody.h"
#include "ui/words/sak-words.h"

json_t *
sak_cli_damages_to_json (const SakCheckReport *report)
{
  json_t *damages = json_array ();

  for (guint i = 0; i < report->damages->len; i++)
    {
      const SakDamage *damage = g_ptr_array_index (report->damages, i);

      json_array_append_new (damages, json_pack ("{s:s, s:s, s:b, s:s?, s:s?, s:s?, s:s?, s:s?}",
                                                 "meaning", sak_words_for_damage (damage->kind),
                                                 "advice", sak_words_for_damage_advice (damage->kind),
                                                 "harmless", sak_damage_is_harmless (damage),
                                                 "record", damage->record_id, "code", damage->code,
                                                 "title", damage->title, "file", damage->file_name,
                                                 "detail", damage->detail));
    }
  return damages;
}

static json_t *
report_to_json (const SakCheckReport *report)
{
  return json_pack ("{s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o}", "whole", report->damages->len == 0,
                    "pages", (json_int_t) report->n_pages, "damaged_pages", (json_int_t) report->n_damaged_pages,
                    "records", (json_int_t) report->n_records,
                    "revisions", (json_int_t) report->n_revisions, "media", (json_int_t) report->n_media,
                    "media_bytes", (json_int_t) report->media_bytes,
                    "open_links", (json_int_t) report->n_open_links,
                    "damages", sak_cli_damages_to_json (report));
}

void
sak_cli_print_part (const char  *text,
                    const char **separator)
{
  if (text == NULL || *text == '\0')
    return;
  sak_cli_print ("%s", *separator);
  sak_cli_print_foreign_line (text);
  *separator = ", ";
}

/* A kind of damage, its places, and once what to do about it. */
static void
print_kind (const SakCheckReport *report,
            SakDamageKind         kind)
{
  gboolean is_first = TRUE;

  for (guint i = 0; i < report->damages->len; i++)
    {
      const SakDamage *damage = g_ptr_array_index (report->damages, i);
      const char *separator = "  ";

      if (damage->kind != kind)
        continue;
      if (is_first)
        sak_cli_print ("\n%s\n", sak_words_for_damage (kind));
      is_first = FALSE;
      sak_cli_print_part (damage->code, &separator);
      sak_cli_print_part (damage->title, &separator);
      sak_cli_print_part (damage->file_name, &separator);
      sak_cli_print_part (damage->detail, &separator);
      sak_cli_print ("\n");
    }
  if (!is_first)
    sak_cli_print ("%s\n", sak_words_for_damage_advice (kind));
}

void
sak_cli_print_damages (const SakCheckReport *report)
{
  for (SakDamageKind kind = 0; kind <= SAK_DAMAGE_LAST; kind++)
    print_kind (report, kind);
}

gboolean
sak_cli_end_with_damage (const SakCheckReport  *report,
                         GError               **error)
{
  if (!sak_check_report_has_damage (report))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the check found damage");
  return FALSE;
}

static void
print_report (const SakCheckReport *report)
{
  g_autofree char *size = g_format_size (report->media_bytes);

  sak_cli_print (_("Records checked: %lu\n"), (gulong) report->n_records);
  sak_cli_print (_("Versions checked, with their signatures: %lu\n"), (gulong) report->n_revisions);
  /* Translators: a number, and a size such as "100.0 MB". */
  sak_cli_print (_("Photos, recordings and papers checked: %1$lu (%2$s)\n"), (gulong) report->n_media, size);
  sak_cli_print_damages (report);
  if (report->damages->len == 0)
    sak_cli_print ("%s\n", _("Everything in the vault is whole."));
}

gboolean
sak_cli_check (SakCli   *cli,
               int       argc,
               char    **argv,
               GError  **error)
{
  g_autoptr (SakCheckReport) report = NULL;
  g_autoptr (GError) unnoted = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 0, error))
    return FALSE;
  report = sak_vault_check (cli->vault, sak_cli_progress, NULL, NULL, error);
  sak_cli_progress_end ();
  if (report == NULL)
    return FALSE;
  /* A damaged vault is not written to; one that cannot be has been checked all the same. */
  if (report->damages->len == 0 && !sak_vault_note_check (cli->vault, &unnoted))
    g_debug ("the check was not noted: %s", unnoted->message);
  if (cli->is_json)
    {
      g_autoptr (json_t) json = report_to_json (report);

      sak_cli_print_json (json);
    }
  else
    print_report (report);
  return sak_cli_end_with_damage (report, error);
}
