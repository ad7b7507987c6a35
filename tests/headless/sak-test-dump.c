/* sak-test-dump.c - all that a person has in a vault, as text, for comparing two of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/headless/sak-test-dump.h"

#include <string.h>

#include "crypto/sak-age.h"
#include "crypto/sak-hex.h"
#include "storage/sak-contact.h"
#include "storage/sak-media.h"

static void
dump_history (SakVault   *vault,
              const char *record_id,
              GString    *text)
{
  g_autoptr (GPtrArray) history = sak_vault_list_history (vault, record_id, NULL);

  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      g_autofree char *line = sak_revision_to_line (history->pdata[i], NULL);

      g_string_append_printf (text, "version %s\n", line);
    }
}

static void
dump_content (SakVault   *vault,
              const char *sha256,
              GString    *text)
{
  g_autoptr (GInputStream) stream = sak_vault_open_media (vault, sha256, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 block[4096];
  gssize n = -1;

  while (stream != NULL && (n = g_input_stream_read (stream, block, sizeof block, NULL, NULL)) > 0)
    g_checksum_update (checksum, block, n);
  g_string_append_printf (text, "content %s\n", n == 0 ? g_checksum_get_string (checksum) : "cannot be read");
}

char *
test_dump_record (SakVault   *vault,
                  const char *record_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, record_id, &error);
  g_autoptr (GPtrArray) media = NULL;
  g_autofree char *fields = NULL;
  GString *text = g_string_new (NULL);

  if (record == NULL)
    {
      g_string_append_printf (text, "%s", error->message);
      return g_string_free (text, FALSE);
    }
  fields = sak_json_to_canonical (record->fields);
  g_string_append_printf (text, "%s %s %d %s %s\n%s\n", record->kind, record->code, record->state,
                          record->base_revision != NULL ? record->base_revision : "-",
                          record->origin != NULL ? record->origin : "-", fields);
  dump_history (vault, record_id, text);
  media = sak_media_list_from_fields (record->fields);
  for (guint i = 0; i < media->len; i++)
    dump_content (vault, ((SakMediaInfo *) media->pdata[i])->sha256, text);
  return g_string_free (text, FALSE);
}

static char *
dump_contacts (SakVault *vault)
{
  g_autoptr (GPtrArray) contacts = sak_vault_list_contacts (vault, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    {
      const SakContact *contact = g_ptr_array_index (contacts, i);

      g_string_append_printf (text, "%s %d %s\n", contact->name, contact->trust, contact->card);
    }
  return g_string_free (text, FALSE);
}

static char *
dump_keys (SakVault *vault)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (vault);
  g_autofree char *a = sak_hex_encode (sak_secret_get_bytes (seed), sak_secret_get_size (seed));
  g_autofree char *b = sak_hex_encode (sak_secret_get_bytes (identity), sak_secret_get_size (identity));

  return g_strdup_printf ("%s %d %s %s", sak_vault_get_name (vault), sak_vault_is_practice (vault), a, b);
}

GHashTable *
test_dump_vault (SakVault *vault)
{
  GHashTable *dump = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = sak_vault_list_rowids (vault, NULL, SAK_SORT_CHANGED, &error);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_no_error (error);
  rows = sak_vault_load_rows (vault, (const gint64 *) rowids->data, rowids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const SakRecordRow *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (dump, g_strdup (row->id), test_dump_record (vault, row->id));
    }
  g_hash_table_insert (dump, g_strdup ("contacts"), dump_contacts (vault));
  g_hash_table_insert (dump, g_strdup ("keys"), dump_keys (vault));
  return dump;
}

void
test_assert_same_dump (GHashTable *a,
                       GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, value;

  g_assert_cmpuint (g_hash_table_size (a), ==, g_hash_table_size (b));
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpstr (g_hash_table_lookup (b, key), ==, value);
}
