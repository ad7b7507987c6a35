/* test-vault-flips.c - every byte of a vault altered, every file cut off: never wrong data
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One byte of one file is altered, or the file ends there, and the vault is opened as a
 * person would. Either it does not open, or a check names damage, or nothing is amiss and
 * everything is there; a header is mended from its copy. What can still be read is what was
 * written, and of a file never more than its true beginning.
 *
 * With the argument "all", every byte of every file (an hour and more), and every length but
 * those of database and journal, of which one in 61; of the database beside a hot journal
 * one byte in 97.
 */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-media.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-disk.h"
#include "tests/headless/sak-test-vault.h"
#include "tests/headless/sak-vault-work.h"

#define N_STEPS 9
#define N_MEDIA 2

/* A vault, and the truth about it. */
typedef struct
{
  char *path;
  char *digest;
  json_t *event;
  json_t *person;
  char *media[N_MEDIA];         /* SHA-256 */
  GBytes *content[N_MEDIA];
} Original;

typedef struct
{
  guint n_refused;
  guint n_found;
  guint n_unaffected;
} Outcome;

static gboolean all_places;
static char *folder;
static char *path;              /* of the copy that is altered */
static Original original;
static SakVaultWork ids;
static char *hot_path;          /* the same vault, with a transaction cut short */

/* --- The vault --- */

static json_t *
load_fields (SakVault   *vault,
             const char *id,
             GError    **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, error);

  return record != NULL ? json_deep_copy (record->fields) : NULL;
}

static GBytes *
read_media (SakVault    *vault,
            const char  *sha256,
            GError     **error)
{
  g_autoptr (GInputStream) stream = sak_vault_open_media (vault, sha256, error);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint8 block[4096];
  gssize n = 0;

  while (stream != NULL && (n = g_input_stream_read (stream, block, sizeof block, NULL, error)) > 0)
    g_byte_array_append (content, block, (guint) n);
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

static void
note_media (SakVault   *vault,
            const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) media = sak_vault_list_media (vault, id, &error);
  static guint n;

  g_assert_no_error (error);
  g_assert_cmpuint (media->len, ==, 1);
  original.media[n] = g_strdup (((SakMediaInfo *) media->pdata[0])->sha256);
  original.content[n] = read_media (vault, original.media[n], &error);
  g_assert_no_error (error);
  n++;
}

/* What a process killed in the middle of a long transaction leaves. */
static void
make_hot (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = g_build_filename (hot_path, "records.db-journal", NULL);
  GStatBuf info;

  g_assert_true (sak_vault_begin (vault, &error));
  g_assert_true (sak_db_exec (vault->db, "UPDATE revision SET line = line || 'x'; DELETE FROM custody;"
                              "UPDATE draft SET fields = '{}' || hex (zeroblob (60000));"
                              "INSERT INTO setting VALUES ('long', zeroblob (300000))", &error));
  sak_disk_copy_tree (original.path, hot_path);
  sak_vault_rollback (vault);
  g_assert_cmpint (g_stat (journal, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 30000);
}

static void
make_original (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("sakkhi-flips-XXXXXX", &error);
  g_assert_no_error (error);
  original.path = g_build_filename (folder, "original", NULL);
  hot_path = g_build_filename (folder, "hot", NULL);
  path = g_build_filename (folder, "vault", NULL);
  ids.vault = sak_vault_work_create (original.path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_STEPS; i++)
    g_assert_true (sak_vault_work_do (&ids, i, &error));
  original.digest = sak_vault_work_digest (ids.vault);
  original.event = load_fields (ids.vault, ids.event, &error);
  original.person = load_fields (ids.vault, ids.person, &error);
  note_media (ids.vault, ids.event);
  note_media (ids.vault, ids.person);
  make_hot (ids.vault);
  g_clear_object (&ids.vault);
}

/* --- The judgement --- */

static void
expect_truth_about_record (SakVault   *vault,
                           const char *id,
                           json_t     *truth)
{
  g_autoptr (GError) error = NULL;
  json_t *fields = load_fields (vault, id, &error);

  g_assert_true ((fields == NULL) == (error != NULL));
  g_assert_true (fields == NULL || json_equal (fields, truth));
  json_decref (fields);
}

static void
expect_truth_about_media (SakVault *vault,
                          guint     i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = read_media (vault, original.media[i], &error);
  gsize size = g_bytes_get_size (content);
  gsize true_size = g_bytes_get_size (original.content[i]);

  g_assert_cmpuint (size, <=, true_size);
  if (size > 0)
    g_assert_cmpint (memcmp (g_bytes_get_data (content, NULL), g_bytes_get_data (original.content[i], NULL), size),
                     ==, 0);
  g_assert_true (size == true_size || error != NULL);
}

/* What a check finds need not be readable any more. */
static gboolean
is_untouched (SakVault *vault)
{
  g_autofree char *complaints = sak_vault_work_check (vault);
  g_autofree char *digest = NULL;

  if (*complaints != '\0')
    return FALSE;
  digest = sak_vault_work_digest (vault);
  g_assert_cmpstr (digest, ==, original.digest);
  return TRUE;
}

static void
judge (Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_work_open (path, &error);

  if (vault == NULL)
    {
      g_assert_nonnull (error);
      outcome->n_refused++;
      return;
    }
  if (is_untouched (vault))
    outcome->n_unaffected++;
  else
    outcome->n_found++;
  expect_truth_about_record (vault, ids.event, original.event);
  expect_truth_about_record (vault, ids.person, original.person);
  for (guint i = 0; i < N_MEDIA; i++)
    expect_truth_about_media (vault, i);
  g_object_unref (vault);
}

/* --- What is done to it --- */

typedef struct
{
  const char *name;
  const char *file;             /* NULL: the media object */
  gboolean is_hot;
  guint stride;                 /* of bytes and of lengths, without "all" */
  guint cut_stride;
  guint stride_all;             /* and with it */
  guint cut_stride_all;
} Target;

static const Target targets[] = {
  { "vault.header", "vault.header", FALSE, 67, 131, 1, 1 },
  { "vault.header.bak", "vault.header.bak", FALSE, 71, 137, 1, 1 },
  { "records.db", "records.db", FALSE, 4099, 8191, 1, 61 },
  { "a-hot-journal", "records.db-journal", TRUE, 1021, 2039, 1, 61 },
  { "records.db-with-a-hot-journal", "records.db", TRUE, 8147, 16301, 97, 971 },
  { "a-photo", NULL, FALSE, 149, 307, 1, 1 },
};

static char *
find_target (const Target *target)
{
  g_autofree char *object = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVault) vault = NULL;
  sak_autostmt statement = NULL;        /* of the vault: gone before it */
  gboolean has_row;
  char *found;

  if (target->file != NULL)
    return g_build_filename (path, target->file, NULL);
  vault = sak_vault_work_open (path, &error);
  g_assert_no_error (error);
  statement = sak_db_prepare (vault->db, "SELECT object FROM media ORDER BY size LIMIT 1");
  g_assert_true (sak_db_step (vault->db, statement, &has_row, &error) && has_row);
  object = sak_db_dup_text (statement, 0);
  found = sak_vault_get_object_path (vault, object);
  return found;
}

static void
write_at (const char   *file,
          gsize         offset,
          const guint8 *bytes,
          gsize         size)
{
  int fd = open (file, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, bytes, size, (off_t) offset), ==, size);
  close (fd);
}

/* After a recovery other files have changed, too. */
static void
begin_anew (const Target *target)
{
  test_remove_tree (path);
  sak_disk_copy_tree (target->is_hot ? hot_path : original.path, path);
}

static gboolean
is_header (const Target *target)
{
  return target->file != NULL && g_str_has_prefix (target->file, "vault.header");
}

/* Of the header there are two: opening makes the one that failed anew. */
static void
expect_mended (const Target *target,
               const char   *file,
               const guint8 *content,
               gsize         size)
{
  g_autofree char *now = NULL;
  gsize size_now;

  if (!is_header (target))
    return;
  g_assert_true (g_file_get_contents (file, &now, &size_now, NULL));
  g_assert_cmpmem (now, size_now, content, size);
}

static void
alter_every_byte (const Target *target,
                  const char   *file,
                  const guint8 *content,
                  gsize         size,
                  Outcome      *outcome)
{
  for (gsize at = 0; at < size; at += all_places ? target->stride_all : target->stride)
    {
      guint8 altered = content[at] ^ (guint8) (1 << at % 8);

      write_at (file, at, &altered, 1);
      judge (outcome);
      expect_mended (target, file, content, size);
      if (target->is_hot || target->file == NULL)
        begin_anew (target);
      else
        write_at (file, at, content + at, 1);
    }
}

static void
cut_at_every_length (const Target *target,
                     const char   *file,
                     const guint8 *content,
                     gsize         size,
                     Outcome      *outcome)
{
  guint stride = all_places ? target->cut_stride_all : target->cut_stride;

  for (gsize at = 0; at < size; at += stride)
    {
      g_assert_cmpint (truncate (file, (off_t) at), ==, 0);
      judge (outcome);
      expect_mended (target, file, content, size);
      begin_anew (target);
    }
}

static void
no_alteration_gives_wrong_data (gconstpointer data)
{
  const Target *target = data;
  g_autofree char *file = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  Outcome flips = { 0 };
  Outcome cuts = { 0 };
  gsize size;

  begin_anew (target);
  file = find_target (target);
  g_file_get_contents (file, &content, &size, &error);
  g_assert_no_error (error);
  sak_disk_watch (path);        /* no waiting for the real disk */
  alter_every_byte (target, file, (const guint8 *) content, size, &flips);
  begin_anew (target);
  cut_at_every_length (target, file, (const guint8 *) content, size, &cuts);
  sak_disk_watch (NULL);
  g_test_message ("altered: %u not opened, %u found by a check, %u without effect", flips.n_refused, flips.n_found,
                  flips.n_unaffected);
  g_test_message ("cut off: %u not opened, %u found by a check, %u without effect", cuts.n_refused, cuts.n_found,
                  cuts.n_unaffected);
  if (is_header (target))
    {
      g_assert_cmpuint (flips.n_refused + flips.n_found + cuts.n_refused + cuts.n_found, ==, 0);
      return;
    }
  g_assert_cmpuint (flips.n_refused + flips.n_found, >, 10);
  g_assert_cmpuint (cuts.n_refused + cuts.n_found, >, 5);
  /* Only of a journal there are parts that nobody needs. */
  if (!target->is_hot)
    g_assert_cmpuint (flips.n_unaffected + cuts.n_unaffected, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  all_places = argc > 1 && g_str_equal (argv[1], "all");
  make_original ();
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *name = g_strconcat ("/vault/flips/", targets[i].name, NULL);

      g_test_add_data_func (name, &targets[i], no_alteration_gives_wrong_data);
    }
  result = g_test_run ();
  for (guint i = 0; i < N_MEDIA; i++)
    {
      g_free (original.media[i]);
      g_bytes_unref (original.content[i]);
    }
  json_decref (original.event);
  json_decref (original.person);
  g_free (original.digest);
  g_free (original.path);
  sak_vault_work_clear (&ids);
  test_remove_tree (folder);
  g_free (hot_path);
  g_free (path);
  g_free (folder);
  return result;
}
