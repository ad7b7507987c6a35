/* sak-test-vault.c - vaults in a scratch folder, at the floor of the key derivation's cost
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/headless/sak-test-vault.h"

#include <glib/gstdio.h>
#include <string.h>

#include "storage/sak-history.h"
#include "storage/sak-record-private.h"

SakSecret *
test_passphrase (const char *text)
{
  return sak_secret_new_copy (text, strlen (text));
}

SakVault *
test_vault_make (TestVault  *f,
                 const char *name)
{
  const SakKdfCost floor = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_create (path, name, passphrase, SAK_VAULT_PRACTICE, &floor, &error);

  g_assert_no_error (error);
  return vault;
}

void
test_vault_set_up (TestVault     *f,
                   gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("sakkhi-test-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "Harbour", NULL);
  f->vault = test_vault_make (f, "Harbour");
}

void
test_vault_close (TestVault *f)
{
  if (f->vault != NULL)
    sak_vault_lock (f->vault);
  g_clear_object (&f->vault);
}

void
test_vault_reopen (TestVault *f)
{
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;

  test_vault_close (f);
  f->vault = sak_vault_open (f->path, passphrase, &error);
  g_assert_no_error (error);
}

void
test_remove_tree (const char *path)
{
  g_autoptr (GDir) directory = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      test_remove_tree (inside);
    }
  (void) g_remove (path);
}

void
test_vault_tear_down (TestVault     *f,
                      gconstpointer  unused)
{
  test_vault_close (f);
  test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

char *
test_add_json (SakVault   *vault,
               const char *kind,
               const char *json,
               gboolean    finish)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) fields = sak_json_parse (json, -1, &error);
  char *id;

  g_assert_no_error (error);
  id = sak_vault_add_record (vault, kind, fields, &error);
  g_assert_no_error (error);
  if (finish)
    {
      g_autofree char *revision = sak_vault_finish_record (vault, id, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (revision);
    }
  return id;
}

void
test_add_version (SakVault   *vault,
                  const char *id,
                  const char *parent,
                  const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) fields = sak_json_parse (json, -1, &error);
  const char *const parents[] = { parent, NULL };
  static gint64 time = 1700000000;
  SakRevisionContent content = { id, "event", "event", 1, parents, time += 60, "On the other laptop", fields };
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  g_autoptr (SakRevision) revision = sak_revision_new (&content, seed, &error);
  g_auto (SakRecordKey) key = { 0 };
  gboolean is_new;

  g_assert_no_error (error);
  g_assert_true (sak_vault_begin (vault, &error));
  g_assert_true (sak_record_find (vault, id, &key, &error));
  g_assert_true (sak_revision_store (vault, &key, revision, 0, &is_new, &error));
  g_assert_true (sak_record_refresh (vault, &key, &error));
  g_assert_true (sak_vault_commit (vault, &error));
}

char *
test_add_torn (SakVault *vault)
{
  char *id = test_add_json (vault, "event", "{\"title\": \"Raid\", \"narrative\": \"They came at night.\"}", TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, &error);

  g_assert_no_error (error);
  test_add_version (vault, id, record->base_revision,
                    "{\"title\": \"Raid at the pier\", \"narrative\": \"They came at night.\"}");
  test_add_version (vault, id, record->base_revision,
                    "{\"title\": \"Raid on the market\", \"narrative\": \"They came at dawn, in two trucks.\"}");
  return id;
}

char *
test_add_event (SakVault   *vault,
                const char *title,
                gboolean    finish)
{
  g_autofree char *json = g_strdup_printf ("{\"title\": \"%s\", \"date\": \"2019-07~\"}", title);

  return test_add_json (vault, "event", json, finish);
}

guint
test_count_records (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = sak_vault_list_rowids (vault, NULL, SAK_SORT_CHANGED, &error);

  g_assert_no_error (error);
  return rowids->len;
}

static void
add_to_fingerprint (const char *path,
                    GPtrArray  *lines)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  g_autofree char *content = NULL;
  const char *name;
  gsize size;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      add_to_fingerprint (inside, lines);
    }
  if (directory == NULL && g_file_get_contents (path, &content, &size, NULL))
    {
      g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) content, size);

      g_ptr_array_add (lines, g_strdup_printf ("%s %s", path, digest));
    }
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
test_fingerprint (const char *path)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  add_to_fingerprint (path, lines);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* In its place, so that whoever has the file open sees it too. */
void
test_flip_byte (const char *path,
                gsize       offset)
{
  FILE *file = fopen (path, "r+b");
  int byte;

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, (long) offset, SEEK_SET), ==, 0);
  byte = fgetc (file);
  g_assert_cmpint (byte, !=, EOF);
  g_assert_cmpint (fseek (file, (long) offset, SEEK_SET), ==, 0);
  g_assert_cmpint (fputc (byte ^ 1, file), ==, byte ^ 1);
  g_assert_cmpint (fclose (file), ==, 0);
}

char *
test_find_object (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  if (g_str_has_suffix (path, ".age"))
    return g_strdup (path);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);
      char *found = test_find_object (inside);

      if (found != NULL)
        return found;
    }
  return NULL;
}
