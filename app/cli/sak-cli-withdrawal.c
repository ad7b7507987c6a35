/* sak-cli-withdrawal.c - record withdraw, record forget
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "storage/model/sak-consent.h"
#include "storage/sak-exchange.h"
#include "storage/sak-withdrawal.h"
#include "ui/words/sak-words-plan.h"

static char *
make_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return now != NULL ? g_date_time_format (now, "%Y-%m-%d") : NULL;
}

static json_t *
make_fields (json_t     *present,
             const char *day,
             const char *by)
{
  json_t *fields = json_deep_copy (present);
  json_t *consent = json_object_get (fields, SAK_CONSENT_PATH);

  if (!json_is_object (consent))
    {
      json_object_set_new (fields, SAK_CONSENT_PATH, json_object ());
      consent = json_object_get (fields, SAK_CONSENT_PATH);
    }
  json_object_set_new (consent, "withdrawn", json_string (day));
  if (by != NULL)
    json_object_set_new (consent, "withdrawn_by", json_string (by));
  /* What is told of a withdrawal is the consent alone: nobody else is named by it. */
  sak_consent_move_names (fields);
  return fields;
}

/* Somebody is writing at it still: what they have so far stays a draft, and says the same. */
static gboolean
withdraw_finished (SakCli           *cli,
                   const SakRecord  *record,
                   const char       *day,
                   const char       *by,
                   const char       *reason,
                   GError          **error)
{
  g_autoptr (SakRevision) base = sak_vault_load_revision (cli->vault, record->base_revision, error);
  g_autoptr (SakRecord) after = NULL;
  g_autoptr (json_t) fields = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autofree char *revision = NULL;

  if (base == NULL)
    return FALSE;
  fields = make_fields (sak_revision_get_fields (base), day, by);
  draft = make_fields (record->fields, day, by);
  revision = sak_vault_finish_beside_draft (cli->vault, record->id, record->base_revision, fields, draft,
                                            reason != NULL ? reason : "Consent withdrawn.", error);
  if (revision == NULL)
    return FALSE;
  sak_cli_print ("%s\n", revision);
  fprintf (stderr, "%s\n", sak_words_after_withdrawal ());
  after = sak_vault_load_record (cli->vault, record->id, NULL);
  if (after != NULL && after->state == SAK_RECORD_CHANGED)
    /* Translators: of a record that somebody has changed and not finished yet */
    fprintf (stderr, "%s\n", _("There is an unfinished draft of this record. It stays a draft, and says as well that "
                               "the consent was taken back."));
  return TRUE;
}

/* Nothing of it ever left: there is nobody to tell, and it stays what it is. */
static gboolean
withdraw_draft (SakCli           *cli,
                const SakRecord  *record,
                const char       *day,
                const char       *by,
                GError          **error)
{
  g_autoptr (json_t) fields = make_fields (record->fields, day, by);

  if (!sak_vault_save_draft (cli->vault, record->id, NULL, fields, error))
    return FALSE;
  fprintf (stderr, "%s\n", _("This record was never finished, so nobody else has it. It stays a draft, which says now "
                             "that the consent was taken back."));
  return TRUE;
}

static gboolean
withdraw (SakCli   *cli,
          int       argc,
          char    **argv,
          GError  **error)
{
  g_autofree char *day = NULL, *by = NULL, *reason = NULL;
  const GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_STRING, &day, NULL, NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL }
  };
  g_autoptr (SakRecord) record = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  record = sak_vault_load_record (cli->vault, argv[1], error);
  if (record == NULL)
    return FALSE;
  if (day == NULL && (day = make_today ()) == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the computer's clock is after 9999");
      return FALSE;
    }
  return record->base_revision == NULL ? withdraw_draft (cli, record, day, by, error)
                                       : withdraw_finished (cli, record, day, by, reason, error);
}

static gboolean
forget (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) &&
         sak_vault_discard_withdrawn (cli->vault, argv[1], error);
}

const SakCliCommand sak_cli_withdrawal_commands[] = {
  { "record", "withdraw", "ID [--on DAY] [--by person|guardian|family|representative] [--reason TEXT]",
    TRUE, withdraw },
  { "record", "forget", "ID", TRUE, forget },
  { NULL }
};
