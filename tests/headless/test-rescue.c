/* test-rescue.c - whatever is damaged, what could be read is there, and what is not is told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-media.h"
#include "storage/sak-rescue-private.h"
#include "storage/sak-vault-private.h"
#include "sync/sak-backup.h"
#include "tests/headless/sak-test-dump.h"
#include "tests/headless/sak-test-pair.h"

#define PAGE SAK_VFS_PAGE_SIZE
#define N_EVENTS 40
#define N_FOREIGN 4
#define PHOTO 200000
#define HUGE_TEXT 60000

/* One vault is made and read for all tests; each works on a copy of its folder. */
static TestPair pair;
static GHashTable *original;    /* its dump */
static SakHeader header;
static SakSecret *master_key;
static char *vault_path;
static char *copy_path;
static char *rescued_path;
static char *database_path;     /* of the copy */
static char *database;          /* as it is when nothing is wrong */
static gsize database_size;
static char *photo_path;

static char *
make_text (gsize size)
{
  GString *text = g_string_new (NULL);

  while (text->len < size)
    g_string_append_printf (text, "He said %u. ", g_random_int ());
  return g_string_free (text, FALSE);
}

static char *
add_event (SakVault   *vault,
           const char *title,
           gsize       size,
           gboolean    finish)
{
  g_autofree char *narrative = make_text (size);
  g_autofree char *json = g_strdup_printf ("{\"title\": \"%s\", \"narrative\": \"%s\"}", title, narrative);

  return test_add_json (vault, "event", json, finish);
}

static void
change (SakVault   *vault,
        const char *id,
        const char *title,
        gboolean    finish)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, &error);
  g_autoptr (json_t) fields = json_copy (record->fields);

  g_assert_no_error (error);
  json_object_set_new (fields, "title", json_string (title));
  json_object_del (fields, "code");
  g_assert_true (sak_vault_save_draft (vault, id, record->base_revision, fields, &error));
  if (finish)
    test_finish (vault, id, "because");
}

static void
fill_vault (void)
{
  g_autofree guint8 *photo = g_malloc (PHOTO);
  g_autofree char *bundle = NULL;
  g_autofree char *sent = NULL;

  sak_random_bytes (photo, PHOTO);
  for (int i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *title = g_strdup_printf ("Event %d", i);
      g_autofree char *id = add_event (pair.partner, title, i == 7 ? HUGE_TEXT : 1500, FALSE);

      if (i % 10 == 3)
        test_add_media (pair.partner, id, "photo.jpg", photo + i, PHOTO - (gsize) i);
      if (i % 5 != 4)
        test_finish (pair.partner, id, NULL);
      if (i % 10 == 1)
        change (pair.partner, id, "Changed", TRUE);
      if (i % 10 == 2)
        change (pair.partner, id, "Being changed", FALSE);
    }
  for (int i = 0; i < N_FOREIGN; i++)
    g_free (add_event (pair.desk, "From the desk", 1500, TRUE));
  bundle = test_bundle (&pair, pair.desk, "Harbour", NULL, "from-desk.age");
  sak_bundle_report_free (test_import (pair.partner, bundle));
  sent = test_bundle (&pair, pair.partner, "Desk", NULL, "to-desk.age");
}

static void
copy_tree (const char *from,
           const char *to)
{
  g_autofree char *command = g_strdup_printf ("cp -a '%s' '%s'", from, to);
  int status = -1;

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
set_up_all (void)
{
  g_autofree char *media = NULL;

  test_pair_set_up (&pair);
  fill_vault ();
  vault_path = g_strdup (pair.f.path);
  header = pair.partner->header;
  master_key = sak_secret_new_copy (sak_secret_get_bytes (pair.partner->master_key), 32);
  original = test_dump_vault (pair.partner);
  test_vault_close (&pair.f);
  copy_path = test_path (&pair, "Copy");
  rescued_path = test_path (&pair, "Rescued");
  copy_tree (vault_path, copy_path);
  database_path = g_build_filename (copy_path, "records.db", NULL);
  g_assert_true (g_file_get_contents (database_path, &database, &database_size, NULL));
  media = g_build_filename (copy_path, "media", NULL);
  photo_path = test_find_object (media);
}

static void
tear_down_all (void)
{
  g_clear_pointer (&original, g_hash_table_unref);
  g_clear_pointer (&master_key, sak_secret_unref);
  test_pair_tear_down (&pair);
  g_free (vault_path);
  g_free (copy_path);
  g_free (rescued_path);
  g_free (database_path);
  g_free (database);
  g_free (photo_path);
}

static void
set_database (const char *content,
              gsize       size)
{
  FILE *file = fopen (database_path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (content, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

static SakRescueReport *
rescue (void)
{
  g_autoptr (GError) error = NULL;
  SakRescueReport *report = sak_rescue_with_key (copy_path, &header, master_key, rescued_path, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->check->damages->len; i++)
    g_test_message ("left: %s", ((SakDamage *) report->check->damages->pdata[i])->detail);
  g_assert_false (sak_check_report_has_damage (report->check));
  return report;
}

static GHashTable *
dump_rescued (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVault) vault = sak_vault_open_copy (rescued_path, "records.db", master_key, &header, &error);
  GHashTable *dump;

  g_assert_no_error (error);
  dump = test_dump_vault (vault);
  sak_vault_lock (vault);
  return dump;
}

static gboolean
is_told (const SakRescueReport *report,
         SakLossKind            kind)
{
  for (guint i = 0; i < report->losses->len; i++)
    if (((SakLoss *) report->losses->pdata[i])->kind == kind)
      return TRUE;
  return FALSE;
}

/* By its id, by its code, or by that of one of its versions. */
static gboolean
is_named (const SakRescueReport *report,
          const char            *record_id,
          const char            *dump)
{
  for (guint i = 0; i < report->losses->len; i++)
    {
      const SakLoss *loss = g_ptr_array_index (report->losses, i);
      g_autofree char *code = loss->code != NULL ? g_strdup_printf (" %s ", loss->code) : NULL;

      if (g_strcmp0 (loss->record_id, record_id) == 0 || (code != NULL && strstr (dump, code) != NULL) ||
          (loss->kind == SAK_LOSS_LISTED && strstr (dump, loss->detail) != NULL))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_foreign (const char *dump)
{
  return strstr (dump, " Desk\n") != NULL;
}

static gboolean
may_differ (const SakRescueReport *report,
            const char            *key,
            const char            *value)
{
  if (g_str_equal (key, "contacts"))
    return is_told (report, SAK_LOSS_CONTACT) || is_told (report, SAK_LOSS_PAGES);
  if (g_str_equal (key, "keys"))
    return is_told (report, SAK_LOSS_SIGNING_KEY) && is_told (report, SAK_LOSS_EXCHANGE_KEY);
  /* What came from others and is gone without a trace can be asked for again. With the
   * counters gone as well, nobody knows how many codes there were.
   */
  return is_named (report, key, value) || is_told (report, SAK_LOSS_CONTACT) ||
         (is_foreign (value) && is_told (report, SAK_LOSS_PAGES)) || is_told (report, SAK_LOSS_SIGNING_KEY);
}

/* What is the same byte for byte, of what there was. Everything else must have been told. */
static guint
compare (const SakRescueReport *report)
{
  g_autoptr (GHashTable) dump = dump_rescued ();
  GHashTableIter iter;
  gpointer key, value;
  guint n_same = 0;

  g_hash_table_iter_init (&iter, original);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const char *now = g_hash_table_lookup (dump, key);

      if (g_strcmp0 (now, value) == 0)
        n_same++;
      else if (!may_differ (report, key, value))
        g_error ("not told: %s\nwas %.300s\nis %.300s", (char *) key, (char *) value, now);
    }
  test_remove_tree (rescued_path);
  return n_same;
}

static void
a_whole_vault_comes_out_the_same (void)
{
  g_autoptr (SakRescueReport) report = rescue ();

  for (guint i = 0; i < report->losses->len; i++)
    g_test_message ("told: %d %s", ((SakLoss *) report->losses->pdata[i])->kind,
                    ((SakLoss *) report->losses->pdata[i])->detail);
  g_assert_cmpuint (report->losses->len, ==, 0);
  g_assert_cmpuint (report->n_records, ==, N_EVENTS + N_FOREIGN);
  g_assert_cmpuint (report->n_contacts, ==, 1);
  g_assert_cmpuint (report->n_media, ==, 4);
  g_assert_cmpuint (compare (report), ==, g_hash_table_size (original));
}

static void
spoil_page (char  *content,
            gsize  number)
{
  memset (content + number * PAGE + 4096, 0x5a, 512);
}

/* One page holds few of these records: no page may cost many, whichever it is. */
static void
each_page_costs_what_it_holds (void)
{
  guint all = g_hash_table_size (original);

  for (gsize number = 0; number < database_size / PAGE; number++)
    {
      g_autofree char *content = g_memdup2 (database, database_size);
      g_autoptr (SakRescueReport) report = NULL;
      guint n_same;

      spoil_page (content, number);
      set_database (content, database_size);
      report = rescue ();
      g_assert_cmpuint (report->n_damaged_pages, ==, 1);
      g_assert_true (is_told (report, SAK_LOSS_PAGES));
      n_same = compare (report);
      g_test_message ("page %" G_GSIZE_FORMAT ": %u of %u the same", number + 1, n_same, all);
      g_assert_cmpuint (n_same, >=, all - 12);
    }
  set_database (database, database_size);
}

static void
any_pages_may_be_damaged (void)
{
  gsize n_pages = database_size / PAGE;

  for (int round = 0; round < (g_test_slow () ? 1000 : 25); round++)
    {
      g_autofree char *content = g_memdup2 (database, database_size);
      g_autoptr (SakRescueReport) report = NULL;
      int n_spoilt = round % 5 == 0 ? (int) n_pages / 2 : g_test_rand_int_range (2, 6);

      for (int i = 0; i < n_spoilt; i++)
        spoil_page (content, (gsize) g_test_rand_int_range (0, (int) n_pages));
      set_database (content, database_size);
      report = rescue ();
      (void) compare (report);
    }
  set_database (database, database_size);
}

static void
a_database_cut_short_gives_its_beginning (void)
{
  for (gsize size = 0; size < database_size; size += g_test_slow () ? PAGE / 2 : 5 * PAGE / 2)
    {
      g_autoptr (SakRescueReport) report = NULL;

      set_database (database, size);
      report = rescue ();
      g_assert_true (is_told (report, SAK_LOSS_PAGES));
      (void) compare (report);
    }
  set_database (database, database_size);
}

/* Not even the database is there: the key alone gives back the photos. */
static void
media_need_no_database (void)
{
  g_autoptr (SakRescueReport) report = NULL;

  g_assert_cmpint (g_unlink (database_path), ==, 0);
  report = rescue ();
  g_assert_cmpuint (report->n_records, ==, 0);
  g_assert_cmpuint (report->n_media, ==, 4);
  g_assert_cmpuint (report->check->n_media, ==, 4);
  g_assert_true (is_told (report, SAK_LOSS_SIGNING_KEY));
  g_assert_true (is_told (report, SAK_LOSS_NAME));
  test_remove_tree (rescued_path);
  set_database (database, database_size);
}

static const SakLoss *
find_loss (const SakRescueReport *report,
           SakLossKind            kind)
{
  for (guint i = 0; i < report->losses->len; i++)
    if (((SakLoss *) report->losses->pdata[i])->kind == kind)
      return report->losses->pdata[i];
  return NULL;
}

static SakRescueReport *
rescue_as_a_person (const char  *header_copy,
                    const char  *words,
                    const char  *parts,
                    GError     **error)
{
  g_autoptr (SakSecret) passphrase = test_passphrase (words);
  g_autoptr (SakCredential) credential = sak_credential_new_passphrase (passphrase, NULL);

  return sak_vault_rescue (copy_path, header_copy, credential, rescued_path, parts, NULL, NULL, NULL, error);
}

static void
a_damaged_photo_is_named_with_what_is_left (void)
{
  g_autofree char *parts = test_path (&pair, "parts");
  g_autofree char *content = NULL;
  g_autofree char *part_path = NULL;
  g_autoptr (SakRescueReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) directory = NULL;
  GStatBuf status;
  const SakLoss *loss;
  gsize size;

  g_assert_true (g_file_get_contents (photo_path, &content, &size, NULL));
  test_flip_byte (photo_path, 150000);
  g_assert_cmpint (g_mkdir (parts, 0700), ==, 0);
  report = rescue_as_a_person (NULL, "the passphrase", parts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->losses->len, ==, 1);
  loss = find_loss (report, SAK_LOSS_MEDIA_DAMAGED);
  g_assert_true (loss != NULL && g_strcmp0 (loss->file_name, "photo.jpg") == 0);
  g_assert_nonnull (loss->title);
  g_assert_cmpuint (loss->n_bytes, ==, 2 * 65536);
  g_assert_cmpuint (report->n_media, ==, 3);
  g_assert_false (sak_check_report_has_damage (report->check));
  directory = g_dir_open (parts, 0, NULL);
  part_path = g_build_filename (parts, g_dir_read_name (directory), NULL);
  g_assert_true (g_str_has_suffix (part_path, "-photo.jpg"));
  g_assert_cmpint (g_stat (part_path, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, 2 * 65536);
  test_remove_tree (rescued_path);
  g_assert_true (g_file_set_contents (photo_path, content, (gssize) size, NULL));
}

static void
spoil_header (const char *name)
{
  g_autofree char *path = g_build_filename (copy_path, name, NULL);

  test_flip_byte (path, 300);
}

static void
a_copy_of_the_header_opens_a_smashed_one (void)
{
  g_autofree char *kept = test_path (&pair, "kept.header");
  g_autofree char *own = g_build_filename (vault_path, "vault.header", NULL);
  g_autofree char *content = NULL;
  g_autoptr (SakRescueReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  spoil_header ("vault.header");
  report = rescue_as_a_person (NULL, "the passphrase", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (compare (report), ==, g_hash_table_size (original));
  g_clear_pointer (&report, sak_rescue_report_free);

  spoil_header ("vault.header.bak");
  g_assert_null (rescue_as_a_person (NULL, "the passphrase", NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_false (g_file_test (rescued_path, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_get_contents (own, &content, &size, NULL));
  g_assert_true (g_file_set_contents (kept, content, (gssize) size, NULL));
  g_assert_null (rescue_as_a_person (kept, "not the passphrase", NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_PASSPHRASE);
  g_clear_error (&error);
  report = rescue_as_a_person (kept, "the passphrase", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (compare (report), ==, g_hash_table_size (original));
  test_remove_tree (copy_path);
  copy_tree (vault_path, copy_path);
}

/* The state in which a crash leaves the files: a large change half written, its journal hot. */
static void
crash_in_the_middle (void)
{
  g_autofree char *work = test_path (&pair, "Work");
  g_autofree char *from = g_build_filename (work, "records.db", NULL);
  g_autofree char *from_journal = g_build_filename (work, "records.db-journal", NULL);
  g_autofree char *to_journal = g_strconcat (database_path, "-journal", NULL);
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  copy_tree (vault_path, work);
  vault = sak_vault_open_copy (work, "records.db", master_key, &header, &error);
  g_assert_no_error (error);
  done = sak_db_exec (vault->db, "PRAGMA cache_size = 10; BEGIN IMMEDIATE;"
                      "UPDATE revision SET line = replace (line, 'He', 'Shee');"
                      "UPDATE record SET title = 'never', code = 'never';", &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_unlink (database_path);
  g_unlink (to_journal);
  copy_tree (from, database_path);
  copy_tree (from_journal, to_journal);
  sak_db_rollback (vault->db);
  sak_vault_lock (vault);
  test_remove_tree (work);
}

static void
a_change_that_a_crash_cut_off_is_undone (void)
{
  g_autofree char *journal = g_strconcat (database_path, "-journal", NULL);
  g_autofree char *content = NULL;
  g_autoptr (SakRescueReport) report = NULL;
  gsize size;

  crash_in_the_middle ();
  g_assert_true (g_file_get_contents (journal, &content, &size, NULL));
  g_assert_cmpuint (size, >, 10 * PAGE);
  report = rescue ();
  g_assert_cmpuint (report->losses->len, ==, 0);
  g_assert_cmpuint (compare (report), ==, g_hash_table_size (original));
  g_clear_pointer (&report, sak_rescue_report_free);

  /* The journal cannot be read in the middle: it is told, and no false version comes in. */
  test_flip_byte (journal, size / 2 / PAGE * PAGE + 100);
  report = rescue ();
  g_assert_true (is_told (report, SAK_LOSS_UNFINISHED));
  test_remove_tree (rescued_path);
  g_assert_cmpint (g_unlink (journal), ==, 0);
  set_database (database, database_size);
}

static void
the_rescued_vault_is_worked_in (void)
{
  g_autofree char *content = g_memdup2 (database, database_size);
  g_autoptr (SakRescueReport) report = NULL;
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bundle = NULL;
  g_autofree char *id = NULL;
  g_autoptr (SakBundleReport) arrived = NULL;
  g_autoptr (SakRecord) seen = NULL;
  g_autoptr (SakRecord) new_record = NULL;

  /* The tree's root and the schema are gone. */
  spoil_page (content, 0);
  set_database (content, database_size);
  report = rescue ();
  vault = sak_vault_open_copy (rescued_path, "records.db", master_key, &header, &error);
  g_assert_no_error (error);
  id = test_add_event (vault, "Afterwards", TRUE);
  new_record = sak_vault_load_record (vault, id, NULL);
  g_assert_true (g_regex_match_simple ("^HAR[B-Z]{2}-", new_record->code, 0, 0));
  bundle = test_bundle (&pair, vault, "Desk", NULL, "after.age");
  arrived = test_import (pair.desk, bundle);
  g_assert_cmpuint (arrived->n_revisions, >, 30);
  seen = sak_vault_load_record (pair.desk, id, NULL);
  g_assert_nonnull (seen);
  sak_vault_lock (vault);
  test_remove_tree (rescued_path);
  set_database (database, database_size);
}

static SakVault *
open_at (const char *path)
{
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_open_copy (path, "records.db", master_key, &header, &error);

  g_assert_no_error (error);
  return vault;
}

/* Sent after the backup, forgotten by the restored vault, known to the desk: going on in the
 * old stream would be a fork.
 */
static void
a_restored_vault_tells_no_second_history (void)
{
  g_autofree char *backup = test_path (&pair, "copy.sakkhi");
  g_autoptr (SakVault) live = open_at (copy_path);
  g_autoptr (SakVault) restored = NULL;
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (SakRestoreReport) report = NULL;
  g_autoptr (SakRecord) seen = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = test_add_event (live, "Before the backup", TRUE);
  g_autofree char *after = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *again = NULL;

  sak_backup_report_free (sak_backup_create (live, backup, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  after = test_add_event (live, "After the backup", TRUE);
  sent = test_bundle (&pair, live, "Desk", NULL, "sent.age");
  sak_bundle_report_free (test_import (pair.desk, sent));
  sak_vault_lock (live);

  report = sak_backup_restore (backup, passphrase, rescued_path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  restored = open_at (rescued_path);
  change (restored, before, "Changed after restoring", TRUE);
  again = test_bundle (&pair, restored, "Desk", NULL, "again.age");
  sak_bundle_report_free (test_import (pair.desk, again));
  seen = sak_vault_load_record (pair.desk, before, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seen->state, ==, SAK_RECORD_FINISHED);
  g_assert_cmpstr (sak_json_get_text (seen->fields, "title"), ==, "Changed after restoring");
  g_clear_pointer (&seen, sak_record_unref);
  seen = sak_vault_load_record (pair.desk, after, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sak_json_get_text (seen->fields, "title"), ==, "After the backup");
  sak_vault_lock (restored);
  test_remove_tree (rescued_path);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  set_up_all ();
  g_test_add_func ("/rescue/a-whole-vault-comes-out-the-same", a_whole_vault_comes_out_the_same);
  g_test_add_func ("/rescue/each-page-costs-what-it-holds", each_page_costs_what_it_holds);
  g_test_add_func ("/rescue/any-pages-may-be-damaged", any_pages_may_be_damaged);
  g_test_add_func ("/rescue/a-database-cut-short-gives-its-beginning", a_database_cut_short_gives_its_beginning);
  g_test_add_func ("/rescue/media-need-no-database", media_need_no_database);
  g_test_add_func ("/rescue/a-damaged-photo-is-named-with-what-is-left", a_damaged_photo_is_named_with_what_is_left);
  g_test_add_func ("/rescue/a-copy-of-the-header-opens-a-smashed-one", a_copy_of_the_header_opens_a_smashed_one);
  g_test_add_func ("/rescue/a-change-that-a-crash-cut-off-is-undone", a_change_that_a_crash_cut_off_is_undone);
  g_test_add_func ("/rescue/the-rescued-vault-is-worked-in", the_rescued_vault_is_worked_in);
  g_test_add_func ("/rescue/a-restored-vault-tells-no-second-history", a_restored_vault_tells_no_second_history);
  result = g_test_run ();
  tear_down_all ();
  return result;
}
