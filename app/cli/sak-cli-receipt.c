/* sak-cli-receipt.c - receipt create, import, list; exchange list, restart, sent
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-card.h"
#include "app/cli/sak-cli-receipt.h"

#include "storage/sak-contact.h"
#include "sync/sak-countersign.h"
#include "ui/words/sak-words-receipt.h"

static gboolean
create (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autofree char *to = NULL;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL },
    { NULL }
  };

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  if (to != NULL)
    return sak_countersign_write (cli->vault, to, argv[1], error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "receipt create --to NAME FILE");
  return FALSE;
}

static gboolean
import (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (SakContact) contact = NULL;
  g_autoptr (json_t) json = NULL;
  g_autofree char *words = NULL;
  SakReceiptOutcome outcome;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) ||
      !sak_countersign_import (cli->vault, argv[1], &contact, &outcome, NULL, error))
    return FALSE;
  if (cli->is_json)
    {
      json = json_pack ("{s:s, s:I, s:i, s:i, s:i, s:b}", "from", contact->name, "count", (json_int_t) outcome.count,
                        "received", (int) outcome.n_received, "absent", (int) outcome.n_absent,
                        "again", (int) outcome.n_again, "tells_fork", outcome.tells_fork);
      sak_cli_print_json (json);
      return TRUE;
    }
  words = sak_words_about_receipt (contact->name, &outcome);
  sak_cli_print_foreign (words);
  sak_cli_print ("\n");
  return TRUE;
}

/* NULL without an error: no name was given. */
static gboolean
find_contact (SakCli       *cli,
              int           argc,
              char        **argv,
              SakContact  **ret_contact,
              GError      **error)
{
  *ret_contact = argc > 1 ? sak_vault_find_contact (cli->vault, argv[1], error) : NULL;
  return argc <= 1 || *ret_contact != NULL;
}

static gboolean
list (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr (SakContact) contact = NULL;
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (json_t) json = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 1, error) || !find_contact (cli, argc, argv, &contact, error))
    return FALSE;
  receipts = sak_vault_list_receipts (cli->vault, contact, error);
  if (receipts == NULL)
    return FALSE;
  for (guint i = 0; i < receipts->len; i++)
    {
      const SakKeptReceipt *receipt = g_ptr_array_index (receipts, i);
      g_autofree char *time = sak_cli_format_time (receipt->time);
      g_autofree char *arrived = sak_cli_format_time (receipt->arrived);

      json_array_append_new (json, json_pack ("{s:s, s:s, s:s, s:s}", "from", receipt->contact, "time", time,
                                              "arrived", arrived, "text", receipt->text));
      if (cli->is_json)
        continue;
      sak_cli_print ("%s\t%s\t", arrived, time);
      sak_cli_print_foreign_line (receipt->contact);
      sak_cli_print ("\n");
    }
  if (cli->is_json)
    sak_cli_print_json (json);
  return TRUE;
}

json_t *
sak_cli_delivery_to_json (const SakDelivery *delivery)
{
  static const char *const states[SAK_N_DELIVERY_STATES] = { "sent", "received", "absent" };
  g_autofree char *time = delivery->state != SAK_DELIVERY_SENT ? sak_cli_format_time (delivery->time) : NULL;

  return json_pack ("{s:s, s:s, s:s, s:s?, s:s, s:s?}", "to", delivery->contact, "what", delivery->kind,
                    "id", delivery->id, "record", delivery->record_id, "state", states[delivery->state],
                    "time", time);
}

/* Of the versions of a record the latest alone: who has that has the record. */
gboolean
sak_cli_print_deliveries (SakCli      *cli,
                          const char  *record_id,
                          GError     **error)
{
  g_autoptr (GPtrArray) deliveries = sak_vault_list_deliveries (cli->vault, record_id, error);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = deliveries != NULL ? deliveries->len : 0; i > 0; i--)
    {
      const SakDelivery *delivery = g_ptr_array_index (deliveries, i - 1);
      g_autofree char *words = NULL;

      if (!g_str_equal (delivery->kind, "revision") || !g_hash_table_add (told, delivery->contact))
        continue;
      words = sak_words_for_delivery (delivery);
      sak_cli_print_foreign_line (words);
      sak_cli_print ("\n");
    }
  return deliveries != NULL;
}

static void
print_sent (SakCli            *cli,
            const SakDelivery *delivery)
{
  g_autoptr (SakRecord) record = NULL;
  g_autofree char *words = sak_words_for_delivery (delivery);

  if (delivery->record_id != NULL)
    record = sak_vault_load_record (cli->vault, delivery->record_id, NULL);
  sak_cli_print ("%s\t", delivery->id);
  sak_cli_print_foreign_line (record != NULL ? record->code : delivery->kind);
  sak_cli_print ("\t");
  sak_cli_print_foreign_line (words);
  sak_cli_print ("\n");
}

static gboolean
list_sent (SakCli   *cli,
           int       argc,
           char    **argv,
           GError  **error)
{
  g_autoptr (SakContact) contact = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (json_t) json = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error) || !find_contact (cli, argc, argv, &contact, error))
    return FALSE;
  sent = sak_vault_list_sent (cli->vault, contact, error);
  if (sent == NULL)
    return FALSE;
  for (guint i = 0; i < sent->len; i++)
    if (cli->is_json)
      json_array_append_new (json, sak_cli_delivery_to_json (sent->pdata[i]));
    else
      print_sent (cli, sent->pdata[i]);
  if (cli->is_json)
    sak_cli_print_json (json);
  return TRUE;
}

static json_t *
exchange_to_json (const SakExchange *exchange,
                  SakTrust           trust)
{
  g_autofree char *time = exchange->last_receipt > 0 ? sak_cli_format_time (exchange->last_receipt) : NULL;

  return json_pack ("{s:s, s:s, s:I, s:I, s:I, s:s?, s:I, s:I}", "contact", exchange->contact,
                    "trust", sak_cli_name_trust (trust),
                    "sent", (json_int_t) exchange->n_sent, "acknowledged", (json_int_t) exchange->n_acknowledged,
                    "absent", (json_int_t) exchange->n_absent, "last_receipt", time,
                    "came", (json_int_t) exchange->n_came, "told", (json_int_t) exchange->n_told);
}

static gboolean
print_exchange (SakCli             *cli,
                const SakExchange  *exchange,
                const SakContact   *contact,
                GError            **error)
{
  g_autofree char *words = sak_words_for_exchange (exchange);
  g_autofree char *trust = sak_cli_say_trust (cli, contact, error);
  g_autofree char *line = trust != NULL ? g_strdup_printf ("%s\n%s: %s", words, contact->name, trust) : NULL;

  if (trust == NULL)
    return FALSE;
  sak_cli_print_foreign (line);
  sak_cli_print ("\n");
  return TRUE;
}

static gboolean
list_exchanges (SakCli   *cli,
                int       argc,
                char    **argv,
                GError  **error)
{
  g_autoptr (GPtrArray) exchanges = NULL;
  g_autoptr (json_t) json = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 0, error))
    return FALSE;
  exchanges = sak_vault_list_exchanges (cli->vault, error);
  if (exchanges == NULL)
    return FALSE;
  for (guint i = 0; i < exchanges->len; i++)
    {
      const SakExchange *exchange = exchanges->pdata[i];
      g_autoptr (SakContact) contact = sak_vault_find_contact (cli->vault, exchange->contact, error);

      if (contact == NULL)
        return FALSE;
      json_array_append_new (json, exchange_to_json (exchange, contact->trust));
      if (!cli->is_json && !print_exchange (cli, exchange, contact, error))
        return FALSE;
    }
  if (cli->is_json)
    sak_cli_print_json (json);
  return TRUE;
}

static gboolean
restart (SakCli   *cli,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr (SakContact) contact = NULL;

  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) && find_contact (cli, argc, argv, &contact, error) &&
         sak_vault_begin_anew (cli->vault, contact, error);
}

const SakCliCommand sak_cli_receipt_commands[] = {
  { "receipt", "create", "--to NAME FILE", TRUE, create },
  { "receipt", "import", "FILE", TRUE, import },
  { "receipt", "list", "[NAME]", TRUE, list },
  { "exchange", "list", "", TRUE, list_exchanges },
  { "exchange", "restart", "NAME", TRUE, restart },
  { "exchange", "sent", "NAME", TRUE, list_sent },
  { NULL }
};
