/* sak-cli-inbox.c - inbox list, retry, remove: bundles that were set aside
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-bundle.h"
#include "app/cli/sak-cli-fetch.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "crypto/sak-hex.h"
#include "sync/sak-inbox.h"
#include "ui/words/sak-words.h"

/* NULL while nobody has this key. */
static char *
name_sender (SakCli            *cli,
             const SakSetAside *kept)
{
  g_autoptr (SakContact) contact = NULL;
  guint8 key[SAK_SIGN_PUBLIC_SIZE];

  if (sak_hex_decode (kept->sender_key, key, sizeof key))
    contact = sak_vault_find_contact_by_key (cli->vault, key, NULL);
  return contact != NULL ? g_strdup (contact->name) : NULL;
}

static const char *
get_sentence (const SakSetAside *kept)
{
  g_autoptr (GError) why = g_error_new_literal (SAK_ERROR, kept->reason, "");

  return sak_words_for_bundle_error (why);
}

static json_t *
to_json (SakCli            *cli,
         const SakSetAside *kept)
{
  g_autofree char *sender = name_sender (cli, kept);
  g_autofree char *time = sak_cli_format_time (kept->time);

  return json_pack ("{s:s, s:s, s:i, s:s, s:s, s:s?, s:s, s:I, s:I, s:s}", "id", kept->id, "origin", kept->origin,
                    "status", 10 + kept->reason, "reason", get_sentence (kept), "sender_key", kept->sender_key,
                    "sender", sender, "sha256", kept->sha256, "sequence", (json_int_t) kept->sequence,
                    "size", (json_int_t) kept->size_bytes, "time", time);
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
  all = sak_vault_list_set_aside (cli->vault, error);
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const SakSetAside *kept = g_ptr_array_index (all, i);
      g_autofree char *sender = name_sender (cli, kept);
      g_autofree char *time = sak_cli_format_time (kept->time);

      json_array_append_new (json, to_json (cli, kept));
      if (cli->is_json)
        continue;
      sak_cli_print ("%s\t%s\t%" G_GUINT64_FORMAT "\t", kept->id, time, kept->size_bytes);
      sak_cli_print_foreign_line (sender != NULL ? sender : kept->sender_key);
      sak_cli_print ("\t");
      sak_cli_print_foreign_line (kept->origin);
      sak_cli_print ("\t%s\n", get_sentence (kept));
    }
  if (cli->is_json)
    sak_cli_print_json (json);
  return TRUE;
}

static gboolean
retry_one (SakCli      *cli,
           const char  *id,
           GError     **error)
{
  g_autoptr (SakBundleReport) report = sak_inbox_retry (cli->vault, id, sak_cli_progress, NULL, NULL, error);

  return sak_cli_finish_report (cli, report, _("Every byte of it was verified, and it is imported."));
}

/* All of them: one that is refused again does not keep the next from being tried. */
static gboolean
retry_all (SakCli  *cli,
           GError **error)
{
  g_autoptr (GPtrArray) all = sak_vault_list_set_aside (cli->vault, error);
  g_autoptr (GError) first = NULL;

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const SakSetAside *kept = g_ptr_array_index (all, i);
      g_autoptr (GError) local_error = NULL;

      if (retry_one (cli, kept->id, &local_error))
        continue;
      fprintf (stderr, "%s: %s\n", kept->id, sak_words_for_bundle_error (local_error));
      if (first == NULL)
        first = g_steal_pointer (&local_error);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
retry (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  if (!sak_cli_parse (NULL, &argc, &argv, 0, 1, error))
    return FALSE;
  return argc > 1 ? retry_one (cli, argv[1], error) : retry_all (cli, error);
}

static gboolean
remove_one (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) && sak_vault_remove_set_aside (cli->vault, argv[1], error);
}

const SakCliCommand sak_cli_inbox_commands[] = {
  { "inbox", "list", "", TRUE, list },
  { "inbox", "fetch", "[CARRIER] [--tidy]", TRUE, sak_cli_fetch },
  { "inbox", "retry", "[ID]", TRUE, retry },
  { "inbox", "remove", "ID", TRUE, remove_one },
  { NULL }
};
