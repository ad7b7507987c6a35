/* sak-cli-outbox.c - outbox list, add, remove, pause, resume, send; inbox fetch
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "sync/sak-fetch.h"
#include "sync/sak-outbox-watch.h"
#include "sync/sak-outbox.h"
#include "ui/words/sak-words-carrier.h"

#define LOOK_SECONDS 5          /* how often folders that are missing are looked for */

static const char *const states[] = { "making", "waiting", "under-way", "delivered", "failed" };

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static json_t *
to_json (const SakOutboxItem *item)
{
  g_autofree char *time = sak_cli_format_time (item->time);
  g_autofree char *next = item->next_try > 0 ? sak_cli_format_time (item->next_try) : NULL;

  return json_pack ("{s:s, s:s, s:s, s:s, s:b, s:I, s:I, s:s, s:i, s:s, s:s?}", "id", item->id,
                    "carrier", item->carrier, "to", item->label, "state", states[item->state],
                    "paused", item->is_paused, "size", (json_int_t) item->size_bytes,
                    "done", (json_int_t) item->done_bytes, "reason", sak_carry_reason_to_code (item->reason),
                    "tries", (int) item->n_tries, "time", time, "next_try", next);
}

static void
print_item (const SakOutboxItem *item)
{
  g_autofree char *words = sak_words_for_outbox_item (item, TRUE, get_now ());

  sak_cli_print ("%s\t%s\t%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT "\t", item->id,
                 sak_words_for_outbox_state (item), item->done_bytes, item->size_bytes);
  sak_cli_print_foreign_line (item->label);
  sak_cli_print ("\t");
  sak_cli_print_foreign_line (item->carrier);
  sak_cli_print ("\t%s\n", words);
}

static gboolean
list (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (json_t) json = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 0, error))
    return FALSE;
  all = sak_vault_list_outbox (cli->vault, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (cli->is_json)
      json_array_append_new (json, to_json (g_ptr_array_index (all, i)));
    else
      print_item (g_ptr_array_index (all, i));
  if (all != NULL && cli->is_json)
    sak_cli_print_json (json);
  return all != NULL;
}

static gboolean
add (SakCli   *cli,
     int       argc,
     char    **argv,
     GError  **error)
{
  g_autofree char *id = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  id = sak_outbox_add (cli->vault, argv[2], argv[1], NULL, error);
  if (id != NULL)
    sak_cli_print ("%s\n", id);
  return id != NULL;
}

static gboolean
remove_one (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) && sak_vault_remove_outbox (cli->vault, argv[1], error);
}

static gboolean
pause_one (SakCli   *cli,
           int       argc,
           char    **argv,
           GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) && sak_outbox_set_paused (cli->vault, argv[1], TRUE, error);
}

static gboolean
resume_one (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) && sak_outbox_set_paused (cli->vault, argv[1], FALSE, error);
}

/* --- Sending --- */

static void
say_delivered (SakCli              *cli,
               const SakOutboxItem *item)
{
  g_autoptr (SakCarrier) carrier = sak_vault_find_carrier (cli->vault, item->carrier, NULL);
  g_autofree char *words = NULL;

  if (carrier != NULL && carrier->kind == SAK_CARRIER_FOLDER)
    /* Translators: %s is the name that the owner gave the stick or folder. */
    words = g_strdup_printf (_("Delivered to %s, and read back. If it is a stick, it may be pulled out now."),
                             item->carrier);
  else
    /* Translators: %s is the name that the owner gave the server. */
    words = g_strdup_printf (_("Delivered to %s."), item->carrier);
  sak_cli_print_foreign_line (words);
  sak_cli_print ("\n");
}

/* One try. FALSE with SAK_ERROR that says what its reason comes to; @ret_passed: where only that try failed. */
static gboolean
send_one (SakCli      *cli,
          const char  *id,
          gboolean    *ret_passed,
          GError     **error)
{
  g_autoptr (SakErrand) errand = sak_outbox_begin (cli->vault, id, error);
  g_autoptr (SakOutboxItem) item = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean went_well;

  *ret_passed = FALSE;
  if (errand == NULL)
    return FALSE;
  went_well = sak_errand_run (errand, sak_cli_progress, NULL, NULL, &cause);
  sak_cli_progress_end ();
  if (!sak_outbox_finish (cli->vault, errand, &item, error))
    return FALSE;
  *ret_passed = TRUE;
  if (cli->is_json)
    {
      g_autoptr (json_t) json = to_json (item);

      sak_cli_print_json (json);
    }
  else if (went_well)
    say_delivered (cli, item);
  if (went_well)
    return TRUE;
  fprintf (stderr, "%s: %s\n", item->id, sak_words_for_carry_reason (item->reason));
  g_set_error_literal (error, SAK_ERROR, (int) sak_carry_reason_to_error (item->reason), cause->message);
  return FALSE;
}

/* Each once, due or not; that one fails does not keep the next from being tried. */
static gboolean
send_all (SakCli  *cli,
          GError **error)
{
  g_autoptr (GPtrArray) all = sak_vault_list_outbox (cli->vault, error);
  g_autoptr (GError) first = NULL;

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const SakOutboxItem *item = g_ptr_array_index (all, i);
      g_autoptr (GError) local_error = NULL;
      gboolean passed;

      if (item->state != SAK_OUTBOX_WAITING || item->is_paused)
        continue;
      if (!send_one (cli, item->id, &passed, &local_error) && first == NULL)
        first = g_steal_pointer (&local_error);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* Until nothing waits any more: what failed for good does not. */
static gboolean
watch (SakCli  *cli,
       GError **error)
{
  g_autoptr (SakOutboxWatch) follower = sak_outbox_watch_new (LOOK_SECONDS);
  g_autoptr (GError) last = NULL;

  for (;;)
    {
      g_autoptr (GPtrArray) all = sak_vault_list_outbox (cli->vault, error);
      gint64 wait = all != NULL ? sak_outbox_get_wait (all, get_now ()) : -1;
      gboolean passed = TRUE;

      if (all == NULL)
        return FALSE;
      if (wait < 0)
        break;
      if (wait > 0)
        {
          if (!sak_outbox_watch_wait (follower, cli->vault, wait, error))
            return FALSE;
          continue;
        }
      g_clear_error (&last);
      if (!send_one (cli, NULL, &passed, &last) && !passed)
        break;
      (void) fflush (stdout);
    }
  if (last == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&last));
  return FALSE;
}

static gboolean
send_out (SakCli   *cli,
          int       argc,
          char    **argv,
          GError  **error)
{
  gboolean watches = FALSE, passed;
  const GOptionEntry entries[] = {
    { "watch", 0, 0, G_OPTION_ARG_NONE, &watches, NULL, NULL },
    { NULL }
  };

  if (!sak_cli_parse (entries, &argc, &argv, 0, 1, error))
    return FALSE;
  if (argc > 1)
    return send_one (cli, argv[1], &passed, error);
  return watches ? watch (cli, error) : send_all (cli, error);
}

const SakCliCommand sak_cli_outbox_commands[] = {
  { "outbox", "list", "", TRUE, list },
  { "outbox", "add", "CARRIER FILE", TRUE, add },
  { "outbox", "send", "[ID|--watch]", TRUE, send_out },
  { "outbox", "pause", "ID", TRUE, pause_one },
  { "outbox", "resume", "ID", TRUE, resume_one },
  { "outbox", "remove", "ID", TRUE, remove_one },
  { NULL }
};
