/* sak-cli-card.c - card export, import, list, code, trust
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"
#include "app/cli/sak-cli-card.h"
#include "app/cli/sak-cli-qr.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/sak-card-qr.h"
#include "sync/sak-card.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words.h"

static gboolean
export (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autofree char *organisation = NULL;
  gboolean is_qr = FALSE, is_text = FALSE;
  const GOptionEntry entries[] = {
    { "organisation", 0, 0, G_OPTION_ARG_STRING, &organisation, NULL, NULL },
    { "qr", 0, 0, G_OPTION_ARG_NONE, &is_qr, NULL, NULL },
    { "qr-text", 0, 0, G_OPTION_ARG_NONE, &is_text, NULL, NULL },
    { NULL }
  };
  g_autofree char *card = NULL;
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 1, error))
    return FALSE;
  card = sak_card_export (cli->vault, organisation, error);
  if (card == NULL || (!is_qr && !is_text))
    return card != NULL && sak_cli_write_file (argv[1], card, strlen (card), error);
  text = sak_card_qr_from_card (card, strlen (card), error);
  if (text == NULL || is_qr)
    return text != NULL && sak_cli_write_qr (argv[1], text, error);
  line = g_strconcat (text, "\n", NULL);
  return sak_cli_write_file (argv[1], line, strlen (line), error);
}

const char *
sak_cli_name_trust (SakTrust trust)
{
  static const char *const names[] = { "seen", "compared", "revoked" };

  return names[trust];
}

char *
sak_cli_say_trust (SakCli            *cli,
                   const SakContact  *contact,
                   GError           **error)
{
  g_autoptr (SakContactNote) note = sak_vault_load_contact_note (cli->vault, contact->signing_key, error);

  return note != NULL ? sak_words_about_origin (contact->trust, note) : NULL;
}

/* Of one who is here already and compared, or revoked, that is said and not that the card was new. */
static gboolean
print_imported (SakCli            *cli,
                const SakContact  *contact,
                GError           **error)
{
  g_autofree char *code = sak_card_get_code (contact);
  g_autofree char *trust = sak_cli_say_trust (cli, contact, error);
  g_autofree char *line = NULL;

  if (trust == NULL)
    return FALSE;
  if (contact->trust == SAK_TRUST_SEEN)
    /* Translators: the first is a contact's name, the second groups of digits. */
    line = g_strdup_printf (_("%1$s is among the contacts now. Compare the code by voice: %2$s"), contact->name, code);
  else
    line = g_strdup_printf ("%s: %s\n%s", contact->name, trust, code);
  sak_cli_print_foreign (line);
  sak_cli_print ("\n");
  return TRUE;
}

static gboolean
import (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (SakContact) contact = NULL;
  const char *bytes;
  gsize size;

  if (!sak_cli_parse (NULL, &argc, &argv, 1, 1, error))
    return FALSE;
  text = sak_cli_read_card (argv[1], error);
  if (text == NULL)
    return FALSE;
  bytes = g_bytes_get_data (text, &size);
  contact = sak_card_import (cli->vault, bytes, size, error);
  return contact != NULL && print_imported (cli, contact, error);
}

static gboolean
list (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (json_t) array = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 0, error))
    return FALSE;
  contacts = sak_vault_list_contacts (cli->vault, error);
  if (contacts == NULL)
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    {
      const SakContact *contact = g_ptr_array_index (contacts, i);
      g_autofree char *code = sak_card_get_code (contact);
      g_autofree char *role_code = sak_vault_dup_contact_role (cli->vault, contact, error);
      g_autoptr (SakContactNote) note = sak_vault_load_contact_note (cli->vault, contact->signing_key, error);
      g_autofree char *words = note != NULL ? sak_words_about_contact_note (note, contact->trust) : NULL;

      if (role_code == NULL || note == NULL)
        return FALSE;
      if (cli->is_json)
        {
          json_array_append_new (array, json_pack ("{s:s, s:s, s:s, s:s, s:s, s:b, s:s?, s:s?, s:s?, s:s?}",
                                                   "name", contact->name,
                                                   "organisation", contact->organisation,
                                                   "trust", sak_cli_name_trust (contact->trust), "role", role_code,
                                                   "code", code,
                                                   "practice", contact->is_practice, "named_by", note->named_by,
                                                   "revoked_by", note->revoked_by, "since", note->since,
                                                   "why", note->why));
          continue;
        }
      sak_cli_print_foreign (contact->name);
      sak_cli_print ("\t%s\t%s%s", sak_cli_name_trust (contact->trust), code, words != NULL ? "\t" : "");
      sak_cli_print_foreign_line (words != NULL ? words : "");
      sak_cli_print ("\n");
    }
  if (cli->is_json)
    sak_cli_print_json (array);
  return TRUE;
}

static gboolean
print_code (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  g_autoptr (SakContact) contact = NULL;
  g_autofree char *code = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 1, error))
    return FALSE;
  if (argc > 1 && (contact = sak_vault_find_contact (cli->vault, argv[1], error)) == NULL)
    return FALSE;
  code = contact != NULL ? sak_card_get_code (contact) : sak_card_get_own_code (cli->vault, error);
  if (code == NULL)
    return FALSE;
  if (cli->is_json)
    {
      g_autoptr (json_t) json = json_pack ("{s:s}", "code", code);

      sak_cli_print_json (json);
    }
  else
    sak_cli_print ("%s\n", code);
  return TRUE;
}

static gboolean
trust (SakCli   *cli,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autofree char *line = NULL;

  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  for (SakTrust value = SAK_TRUST_SEEN; value <= SAK_TRUST_REVOKED; value++)
    if (g_str_equal (argv[2], sak_cli_name_trust (value)))
      {
        if (!sak_vault_set_trust (cli->vault, argv[1], value, error))
          return FALSE;
        line = g_strdup_printf ("%s: %s", argv[1], sak_words_for_trust (value));
        sak_cli_print_foreign (line);
        sak_cli_print ("\n");
        return TRUE;
      }
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "trust is compared or revoked");
  return FALSE;
}

static gboolean
role (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  if (!sak_cli_parse (NULL, &argc, &argv, 2, 2, error))
    return FALSE;
  return sak_vault_set_contact_role (cli->vault, argv[1], argv[2], error);
}

const SakCliCommand sak_cli_card_commands[] = {
  { "card", "export", "FILE|- [--organisation TEXT] [--qr|--qr-text]", TRUE, export },
  { "card", "import", "FILE", TRUE, import },
  { "card", "list", "", TRUE, list },
  { "card", "code", "[NAME]", TRUE, print_code },
  { "card", "trust", "NAME compared|revoked", TRUE, trust },
  { "card", "role", "NAME secretariat|partner-network|lawyers|…", TRUE, role },
  { NULL }
};
