/* sak-cli-fetch.c - inbox fetch: what lies at the carriers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-fetch.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "sync/sak-fetch.h"
#include "ui/words/sak-words-carrier.h"
#include "ui/words/sak-words.h"

typedef struct
{
  SakCli *cli;
  gboolean tidies;
  json_t *results;
  GError *first;                /* of what failed: the carrier, or one of the bundles */
} Run;

static void
note_error (Run    *run,
            GError *error)
{
  if (run->first == NULL)
    run->first = error;
  else
    g_error_free (error);
}

static void
say (Run                  *run,
     const char           *carrier,
     const SakFetchResult *result,
     gboolean              is_removed)
{
  g_autofree char *words = sak_words_for_fetch_result (result);
  int status = result->refusal != NULL ? sak_error_get_exit_status (result->refusal) : 0;

  json_array_append_new (run->results, json_pack ("{s:s, s:s, s:I, s:i, s:b, s:b, s:s?, s:b, s:s}", "carrier",
                                                  carrier, "name", result->name, "size",
                                                  (json_int_t) result->size_bytes, "status", status, "known",
                                                  result->is_known, "receipt", result->is_receipt, "set_aside",
                                                  result->set_aside != NULL ? result->set_aside->id : NULL,
                                                  "removed", is_removed, "meaning", words));
  if (run->cli->is_json)
    return;
  sak_cli_print_foreign_line (result->name);
  sak_cli_print ("\t");
  /* A line for each. */
  g_strdelimit (words, "\n", ' ');
  sak_cli_print_foreign_line (words);
  sak_cli_print ("\n");
}

static void
say_carry_error (Run          *run,
                 const char   *carrier,
                 const GError *error)
{
  SakCarryReason reason = sak_carry_reason_from_error (error);
  g_autofree char *tame = sak_cli_tame (carrier, FALSE);

  /* This computer's own disk is not what lies there. */
  if (error->domain == SAK_ERROR)
    {
      fprintf (stderr, "%s: %s\n", tame, sak_words_for_error (error));
      note_error (run, g_error_copy (error));
      return;
    }
  fprintf (stderr, "%s: %s\n", tame, sak_words_for_carry_reason (reason));
  note_error (run, g_error_new_literal (SAK_ERROR, (int) sak_carry_reason_to_error (reason), error->message));
}

static gboolean
take_one (Run         *run,
          SakFetch    *fetch,
          const char  *carrier,
          GError     **error)
{
  g_autoptr (SakFetchResult) result = sak_fetch_take (fetch, run->cli->vault, sak_cli_progress, NULL, NULL, error);
  g_autoptr (GError) tidy_error = NULL;
  gboolean is_removed = FALSE;

  sak_cli_progress_end ();
  if (result == NULL)
    return FALSE;
  if (run->tidies && !sak_fetch_tidy (fetch, NULL, &is_removed, &tidy_error))
    say_carry_error (run, carrier, tidy_error);
  say (run, carrier, result, is_removed);
  /* What is for others lies there rightly. */
  if (result->refusal != NULL && !g_error_matches (result->refusal, SAK_ERROR, SAK_ERROR_NOT_FOR_US) &&
      !g_error_matches (result->refusal, SAK_ERROR, SAK_ERROR_REPLAYED))
    note_error (run, g_error_copy (result->refusal));
  return TRUE;
}

/* The next one that can be brought: a file that cannot be read keeps nobody from those behind it.
 * @first_error: of those before it that could not.
 */
static gboolean
bring_next (SakFetch  *fetch,
            GError   **first_error)
{
  for (;;)
    {
      GError *error = NULL;
      gboolean is_end;

      if (sak_fetch_bring (fetch, sak_cli_progress, NULL, NULL, &error))
        return TRUE;
      is_end = error == NULL || sak_fetch_is_over (error);
      if (error != NULL && *first_error == NULL)
        *first_error = g_steal_pointer (&error);
      g_clear_error (&error);
      if (is_end)
        return FALSE;
    }
}

static gboolean
fetch_from (Run         *run,
            const char  *carrier,
            GError     **error)
{
  g_autoptr (SakFetch) fetch = sak_fetch_new (run->cli->vault, carrier, error);
  g_autoptr (GError) local_error = NULL;

  if (fetch == NULL)
    return FALSE;
  if (sak_fetch_look (fetch, NULL, &local_error))
    while (bring_next (fetch, &local_error))
      if (!take_one (run, fetch, carrier, error))
        return FALSE;
  sak_cli_progress_end ();
  if (local_error != NULL)
    say_carry_error (run, carrier, local_error);
  if (sak_fetch_get_n_incomplete (fetch) > 0)
    fprintf (stderr, ngettext ("%u bundle there is not complete yet, and is left for later.\n",
                               "%u bundles there are not complete yet, and are left for later.\n",
                               sak_fetch_get_n_incomplete (fetch)), sak_fetch_get_n_incomplete (fetch));
  return sak_fetch_finish (fetch, run->cli->vault, error);
}

static gboolean
fetch_from_all (Run     *run,
                GError **error)
{
  g_autoptr (GPtrArray) carriers = sak_vault_list_carriers (run->cli->vault, error);

  for (guint i = 0; carriers != NULL && i < carriers->len; i++)
    if (!fetch_from (run, ((SakCarrier *) g_ptr_array_index (carriers, i))->name, error))
      return FALSE;
  return carriers != NULL;
}

gboolean
sak_cli_fetch (SakCli   *cli,
               int       argc,
               char    **argv,
               GError  **error)
{
  Run run = { .cli = cli };
  const GOptionEntry entries[] = {
    { "tidy", 0, 0, G_OPTION_ARG_NONE, &run.tidies, NULL, NULL },
    { NULL }
  };
  gboolean went_well;

  if (!sak_cli_parse (entries, &argc, &argv, 0, 1, error))
    return FALSE;
  run.results = json_array ();
  went_well = argc > 1 ? fetch_from (&run, argv[1], error) : fetch_from_all (&run, error);
  if (went_well && cli->is_json)
    sak_cli_print_json (run.results);
  json_decref (run.results);
  if (went_well && run.first != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&run.first));
      went_well = FALSE;
    }
  g_clear_error (&run.first);
  return went_well;
}
