/* sak-cli-slot.c - vault slot list, add, change, remove: the ways into a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli.h"
#include "app/cli/sak-cli-qr.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crypto/sak-key-file.h"
#include "crypto/sak-slip39.h"
#include "storage/sak-key-slots.h"
#include "ui/words/sak-words-keys.h"

static const char *
name_type (SakSlotType type)
{
  switch (type)
    {
    case SAK_SLOT_PASSPHRASE:
      return "passphrase";
    case SAK_SLOT_RECOVERY_CODE:
      return "recovery";
    case SAK_SLOT_SHARES:
      return "shares";
    case SAK_SLOT_KEY_FILE:
      return "keyfile";
    case SAK_SLOT_KEY_FILE_AND_PASSPHRASE:
      return "keyfile-with-passphrase";
    case SAK_SLOT_EMPTY:
    case SAK_SLOT_NEWER:
    default:
      return "newer";
    }
}

static json_t *
slot_to_json (const SakSlotInfo *slot)
{
  g_autofree char *time = sak_cli_format_time (slot->made_at);

  return json_pack ("{s:s, s:s, s:s, s:s, s:b, s:I, s:I, s:i, s:i, s:i}",
                    "id", slot->id, "type", name_type (slot->type), "label", slot->label, "made", time,
                    "opened_this_session", slot->opened_this_session,
                    "argon2id_passes", (json_int_t) slot->cost.passes,
                    "argon2id_memory_bytes", (json_int_t) slot->cost.memory_bytes,
                    "threshold", slot->threshold, "shares", slot->n_shares, "set", slot->set_number);
}

static gboolean
list (SakCli   *cli,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (json_t) json = json_array ();

  if (!sak_cli_parse (NULL, &argc, &argv, 0, 0, error) ||
      (slots = sak_vault_list_slots (cli->vault, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < slots->len; i++)
    {
      const SakSlotInfo *slot = g_ptr_array_index (slots, i);
      g_autofree char *words = sak_words_for_slot (slot);
      g_autofree char *time = sak_cli_format_time (slot->made_at);

      json_array_append_new (json, slot_to_json (slot));
      if (cli->is_json)
        continue;
      sak_cli_print ("%s\t%s\t", slot->id, time);
      sak_cli_print_foreign_line (words);
      sak_cli_print ("%s\n", slot->opened_this_session ? " *" : "");
    }
  if (cli->is_json)
    sak_cli_print_json (json);
  return TRUE;
}

/* The slot that opened, where none is named. */
static const SakSlotInfo *
find_slot (GPtrArray   *slots,
           const char  *id,
           GError     **error)
{
  for (guint i = 0; i < slots->len; i++)
    {
      const SakSlotInfo *slot = g_ptr_array_index (slots, i);

      if (id != NULL ? g_str_equal (slot->id, id) : slot->opened_this_session)
        return slot;
    }
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no such key slot");
  return NULL;
}

static void
print_secret (SakSecret *secret)
{
  fwrite (sak_secret_get_bytes (secret), 1, sak_secret_get_size (secret), stdout);
}

static gboolean
add_passphrase (SakCli      *cli,
                const char  *label,
                GError     **error)
{
  g_autoptr (SakSecret) typed = sak_cli_read_new_passphrase (cli, error);
  g_autofree char *id = NULL;

  if (typed == NULL || !sak_vault_add_passphrase (cli->vault, typed, NULL, label, &id, error))
    return FALSE;
  sak_cli_print ("%s\n", id);
  return TRUE;
}

static gboolean
add_recovery_code (SakCli      *cli,
                   const char  *label,
                   GError     **error)
{
  g_autofree char *id = NULL;
  g_autoptr (SakSecret) code = sak_vault_add_recovery_code (cli->vault, label, &id, error);

  if (code == NULL)
    return FALSE;
  fprintf (stderr, "%s\n", _("Write this down by hand and keep it away from the computer. It is shown only once, and "
                             "whoever has it can open the vault."));
  sak_cli_print ("%s\n", id);
  print_secret (code);
  putchar ('\n');
  return TRUE;
}

/* A word and its number beside it, four to a line. */
static void
print_words (SakSecret *words)
{
  g_autoptr (SakSecret) numbers = sak_slip39_words_to_numbers (words);
  const char *number = (const char *) sak_secret_get_bytes (numbers);
  const char *word = (const char *) sak_secret_get_bytes (words);
  const char *end = word + sak_secret_get_size (words);

  for (guint i = 1; word < end; i++, number += 5)
    {
      const char *space = memchr (word, ' ', (gsize) (end - word));
      int length = (int) ((space != NULL ? space : end) - word);

      printf ("%2u. %-8.*s %.4s%s", i, length, word, number, i % 4 == 0 || word + length >= end ? "\n" : "   ");
      word += length + 1;
    }
}

static gboolean
print_shares (GPtrArray          *shares,
              const SakSlotInfo  *slot,
              GError            **error)
{
  sak_cli_print ("%s\n", slot->id);
  for (guint i = 0; i < shares->len; i++)
    {
      SakSecret *words = g_ptr_array_index (shares, i);

      putchar ('\n');
      /* Translators: the head of one share: %1$u its number, %4$05u that of the set; any %3$u of the %2$u
       * shares restore the key.
       */
      sak_cli_print (_("Share %1$u of %2$u, set %4$05u; any %3$u of them open the vault\n"), i + 1, shares->len,
                     slot->threshold, slot->set_number);
      print_words (words);
      print_secret (words);
      putchar ('\n');
      if (!sak_cli_print_qr (words, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_shares (SakCli      *cli,
            int          threshold,
            int          count,
            const char  *label,
            GError     **error)
{
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) shares = NULL;
  g_autoptr (GPtrArray) slots = NULL;
  const SakSlotInfo *slot;

  if (threshold < 2 || count < threshold || count > SAK_SLIP39_MAX_SHARES)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "say how many are needed and how many there are: "
                   "--threshold K --count N, 2 to %d", SAK_SLIP39_MAX_SHARES);
      return FALSE;
    }
  shares = sak_vault_add_shares (cli->vault, (guint) threshold, (guint) count, label, &id, error);
  if (shares == NULL || (slots = sak_vault_list_slots (cli->vault, error)) == NULL ||
      (slot = find_slot (slots, id, error)) == NULL)
    return FALSE;
  fprintf (stderr, "%s\n", _("Print each share on a page of its own and give it to another person. They are shown "
                             "only once."));
  return print_shares (shares, slot, error);
}

/* A key file that could not be written opens nothing: its slot goes again. */
static gboolean
add_key_file (SakCli      *cli,
              const char  *name,
              gboolean     with_passphrase,
              const char  *label,
              GError     **error)
{
  g_autoptr (SakSecret) typed = with_passphrase ? sak_cli_read_new_passphrase (cli, error) : NULL;
  g_autoptr (SakSecret) file = NULL;
  g_autofree char *id = NULL;

  if (with_passphrase && typed == NULL)
    return FALSE;
  file = sak_vault_add_key_file (cli->vault, typed, NULL, label, &id, error);
  if (file == NULL)
    return FALSE;
  if (!sak_cli_write_file (name, sak_secret_get_bytes (file), sak_secret_get_size (file), error))
    {
      gboolean removed = sak_vault_remove_slot (cli->vault, id, NULL);

      if (!removed)
        g_prefix_error (error, "slot %s stays without its file: ", id);
      return FALSE;
    }
  if (!g_str_equal (name, "-"))
    sak_cli_print ("%s\n", id);
  return TRUE;
}

static gboolean
add (SakCli   *cli,
     int       argc,
     char    **argv,
     GError  **error)
{
  g_autofree char *label = NULL;
  int threshold = 0, count = 0;
  gboolean with_passphrase = FALSE;
  const GOptionEntry entries[] = {
    { "label", 0, 0, G_OPTION_ARG_STRING, &label, NULL, NULL },
    { "new-passphrase-fd", 0, 0, G_OPTION_ARG_INT, &cli->new_passphrase_fd, NULL, NULL },
    { "threshold", 0, 0, G_OPTION_ARG_INT, &threshold, NULL, NULL },
    { "count", 0, 0, G_OPTION_ARG_INT, &count, NULL, NULL },
    { "with-passphrase", 0, 0, G_OPTION_ARG_NONE, &with_passphrase, NULL, NULL },
    { NULL }
  };
  const char *text;

  if (!sak_cli_parse (entries, &argc, &argv, 1, 2, error))
    return FALSE;
  text = label != NULL ? label : "";
  if (g_str_equal (argv[1], "keyfile") && argc == 3)
    return add_key_file (cli, argv[2], with_passphrase, text, error);
  if (g_str_equal (argv[1], "passphrase") && argc == 2)
    return add_passphrase (cli, text, error);
  if (g_str_equal (argv[1], "recovery") && argc == 2)
    return add_recovery_code (cli, text, error);
  if (g_str_equal (argv[1], "shares") && argc == 2)
    return add_shares (cli, threshold, count, text, error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "a way in is a passphrase, recovery, shares, or keyfile FILE");
  return FALSE;
}

static gboolean
change (SakCli   *cli,
        int       argc,
        char    **argv,
        GError  **error)
{
  const GOptionEntry entries[] = {
    { "new-passphrase-fd", 0, 0, G_OPTION_ARG_INT, &cli->new_passphrase_fd, NULL, NULL },
    { NULL }
  };
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (SakSecret) typed = NULL;
  g_autoptr (SakSecret) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SakCredential) changed = NULL;
  const SakSlotInfo *slot;

  if (!sak_cli_parse (entries, &argc, &argv, 0, 1, error) ||
      (slots = sak_vault_list_slots (cli->vault, error)) == NULL ||
      (slot = find_slot (slots, argc == 2 ? argv[1] : NULL, error)) == NULL ||
      (typed = sak_cli_read_new_passphrase (cli, error)) == NULL)
    return FALSE;
  if (slot->type == SAK_SLOT_KEY_FILE_AND_PASSPHRASE && cli->key_file != NULL)
    {
      bytes = sak_cli_read_file (cli->key_file, SAK_KEY_FILE_MAX_SIZE, error);
      if (bytes == NULL)
        return FALSE;
      file = sak_secret_new_copy (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      changed = sak_credential_new_key_file (file, typed, error);
    }
  else
    changed = sak_credential_new_passphrase (typed, error);
  return changed != NULL && sak_vault_change_passphrase (cli->vault, slot->id, changed, NULL, error);
}

static gboolean
remove_one (SakCli   *cli,
            int       argc,
            char    **argv,
            GError  **error)
{
  return sak_cli_parse (NULL, &argc, &argv, 1, 1, error) && sak_vault_remove_slot (cli->vault, argv[1], error);
}

const SakCliCommand sak_cli_slot_commands[] = {
  { "vault slot", "list", "", TRUE, list },
  { "vault slot", "add", "passphrase|recovery|shares|keyfile [FILE] [--label TEXT] [--threshold K --count N] "
    "[--with-passphrase] [--new-passphrase-fd N]", TRUE, add },
  { "vault slot", "change", "[ID] [--new-passphrase-fd N]", TRUE, change },
  { "vault slot", "remove", "ID", TRUE, remove_one },
  { NULL }
};
