/* kill-helper.c - the vault's side of test-kill.py: makes, works without end, and looks what is there
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   kill-helper make FOLDER      two practice vaults that know each other, "partner" and "desk"
 *   kill-helper work VAULT       takes in one thing after the other, and tells each once it is safe
 *   kill-helper verify VAULT     reads lines as "work" writes them, and finds all of it or fails
 *
 * Lines: "record ID TITLE", "revision ID REVISION", "media SHA256 TEXT" (the content is TEXT a
 * thousand times). The passphrase is "the passphrase".
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-media.h"
#include "storage/sak-record.h"
#include "storage/sak-check.h"
#include "sync/sak-card.h"

static void
insist (gboolean      is_right,
        const GError *error,
        const char   *what)
{
  if (is_right)
    return;
  fprintf (stderr, "kill-helper: %s: %s\n", what, error != NULL ? error->message : "not there");
  exit (1);
}

static SakSecret *
make_passphrase (void)
{
  return sak_secret_new_copy ("the passphrase", strlen ("the passphrase"));
}

static SakVault *
open_vault (const char *path)
{
  g_autoptr (SakSecret) passphrase = make_passphrase ();
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_open (path, passphrase, &error);

  insist (vault != NULL, error, "opening");
  return vault;
}

/* --- make --- */

static SakVault *
make_vault (const char *folder,
            const char *name)
{
  const SakKdfCost floor = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (SakSecret) passphrase = make_passphrase ();
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_create (path, name, passphrase, SAK_VAULT_PRACTICE, &floor, &error);

  insist (vault != NULL, error, "making a vault");
  return vault;
}

static void
introduce (SakVault *known,
           SakVault *knower)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *card = sak_card_export (known, "Testers", &error);
  g_autoptr (SakContact) contact = NULL;

  insist (card != NULL, error, "a card");
  contact = sak_card_import (knower, card, strlen (card), &error);
  insist (contact != NULL, error, "a contact");
}

static void
make (const char *folder)
{
  g_autoptr (SakVault) partner = make_vault (folder, "partner");
  g_autoptr (SakVault) desk = make_vault (folder, "desk");

  introduce (desk, partner);
  introduce (partner, desk);
}

/* --- work --- */

static char *
add_record (SakVault   *vault,
            const char *title)
{
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", title);
  g_autoptr (GError) error = NULL;
  char *id = sak_vault_add_record (vault, "event", fields, &error);

  insist (id != NULL, error, "adding a record");
  printf ("record %s %s\n", id, title);
  return id;
}

static void
finish (SakVault   *vault,
        const char *id,
        const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *revision = sak_vault_finish_record (vault, id, reason, &error);

  insist (revision != NULL, error, "finishing");
  printf ("revision %s %s\n", id, revision);
}

static char *
make_content (const char *text)
{
  GString *content = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    g_string_append (content, text);
  return g_string_free (content, FALSE);
}

static void
add_media (SakVault   *vault,
           const char *id,
           const char *text)
{
  g_autofree char *content = make_content (text);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content, (gssize) strlen (content), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = sak_vault_add_media (vault, id, stream, "a.txt", 0, NULL, NULL, NULL, &error);

  insist (info != NULL, error, "adding a file");
  printf ("media %s %s\n", info->sha256, text);
}

static void
work (const char *path)
{
  g_autoptr (SakVault) vault = open_vault (path);

  setvbuf (stdout, NULL, _IOLBF, 0);
  printf ("open\n");
  for (guint i = 0; ; i++)
    {
      g_autofree char *title = g_strdup_printf ("Boat %u of %" G_GINT64_FORMAT, i, g_get_real_time ());
      g_autofree char *text = g_strdup_printf ("photo-%u-%" G_GINT64_FORMAT, i, g_get_real_time ());
      g_autofree char *id = add_record (vault, title);

      finish (vault, id, NULL);
      add_media (vault, id, text);
      finish (vault, id, "With a photo.");
    }
}

/* --- verify --- */

static void
verify_record (SakVault   *vault,
               const char *id,
               const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, &error);

  insist (record != NULL, error, id);
  insist (g_strcmp0 (json_string_value (json_object_get (record->fields, "title")), title) == 0, NULL, title);
}

static void
verify_revision (SakVault   *vault,
                 const char *id,
                 const char *revision_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = sak_vault_list_history (vault, id, &error);

  insist (history != NULL, error, id);
  for (guint i = 0; i < history->len; i++)
    if (g_str_equal (sak_revision_get_id (g_ptr_array_index (history, i)), revision_id))
      return;
  insist (FALSE, NULL, revision_id);
}

static void
verify_media (SakVault   *vault,
              const char *sha256,
              const char *text)
{
  g_autofree char *content = make_content (text);
  g_autofree char *found = g_malloc0 (strlen (content) + 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = sak_vault_open_media (vault, sha256, &error);
  gsize n;

  insist (stream != NULL && g_input_stream_read_all (stream, found, strlen (content) + 1, &n, NULL, &error), error,
          sha256);
  insist (g_str_equal (found, content), NULL, "the content of a file");
}

static void
verify (const char *path)
{
  g_autoptr (SakVault) vault = open_vault (path);
  char line[1024];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", 3);

      insist (g_strv_length (words) == 3, NULL, "a line of three words");
      if (g_str_equal (words[0], "record"))
        verify_record (vault, words[1], words[2]);
      else if (g_str_equal (words[0], "revision"))
        verify_revision (vault, words[1], words[2]);
      else
        verify_media (vault, words[1], words[2]);
    }
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  insist (argc == 3, NULL, "two arguments");
  if (g_str_equal (argv[1], "make"))
    make (argv[2]);
  else if (g_str_equal (argv[1], "work"))
    work (argv[2]);
  else
    verify (argv[2]);
  return 0;
}
