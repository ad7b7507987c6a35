/* sak-test-pair.c - a partner's vault and the secretariat's, which know each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/headless/sak-test-pair.h"

#include <glib/gstdio.h>
#include <string.h>

#include "storage/sak-media.h"
#include "sync/sak-card.h"

void
test_introduce (SakVault *known,
                SakVault *knower)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *card = sak_card_export (known, "Testers", &error);
  g_autoptr (SakContact) contact = NULL;

  g_assert_no_error (error);
  contact = sak_card_import (knower, card, strlen (card), &error);
  g_assert_no_error (error);
}

void
test_pair_set_up (TestPair *self)
{
  test_vault_set_up (&self->f, NULL);
  self->partner = self->f.vault;
  self->desk = test_vault_make (&self->f, "Desk");
  self->stranger = test_vault_make (&self->f, "Stranger");
  test_introduce (self->partner, self->desk);
  test_introduce (self->desk, self->partner);
  test_introduce (self->desk, self->stranger);
}

void
test_pair_tear_down (TestPair *self)
{
  sak_vault_lock (self->desk);
  sak_vault_lock (self->stranger);
  g_clear_object (&self->desk);
  g_clear_object (&self->stranger);
  test_vault_tear_down (&self->f, NULL);
}

char *
test_path (TestPair   *self,
           const char *name)
{
  return g_build_filename (self->f.folder, name, NULL);
}

void
test_add_media (SakVault   *vault,
                const char *record_id,
                const char *name,
                const void *content,
                gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content, (gssize) size, NULL);
  g_autoptr (SakMediaInfo) info = sak_vault_add_media (vault, record_id, stream, name, size, NULL,
                                                       NULL, NULL, &error);

  g_assert_no_error (error);
}

void
test_finish (SakVault   *vault,
             const char *record_id,
             const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *revision = sak_vault_finish_record (vault, record_id, reason, &error);

  g_assert_no_error (error);
}

char *
test_bundle (TestPair   *self,
             SakVault   *from,
             const char *to,
             const char *record_id,
             const char *name)
{
  const char *const recipients[] = { to, NULL };
  const char *const records[] = { record_id, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  char *path = test_path (self, name);

  plan = sak_export_plan_new (from, recipients, record_id != NULL ? records : NULL, &error);
  g_assert_no_error (error);
  report = sak_bundle_create (from, plan, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

SakBundleReport *
test_import (SakVault   *vault,
             const char *filename)
{
  g_autoptr (GError) error = NULL;
  SakBundleReport *report = sak_bundle_import (vault, filename, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static void
list_files (const char *path,
            GPtrArray  *lines)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  GStatBuf info;

  if (folder == NULL && g_lstat (path, &info) == 0)
    g_ptr_array_add (lines, g_strdup_printf ("%s %" G_GUINT64_FORMAT, path, (guint64) info.st_size));
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      list_files (inside, lines);
    }
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
test_list_files (const char *path)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  list_files (path, lines);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

void
test_assert_refused (SakVault   *vault,
                     const char *filename,
                     int         code)
{
  g_autofree char *before = test_list_files (sak_vault_get_path (vault));
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  guint n_records = test_count_records (vault);

  report = sak_bundle_import (vault, filename, NULL, NULL, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, SAK_ERROR, code);
  after = test_list_files (sak_vault_get_path (vault));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (test_count_records (vault), ==, n_records);
}
