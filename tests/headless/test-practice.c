/* test-practice.c - the made-up cases of a practice vault, in every language
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-crypto.h"
#include "storage/sak-check.h"
#include "storage/sak-practice.h"
#include "tests/headless/sak-test-vault.h"

static const struct
{
  const char *language, *title;
} networks[] = {
  { "en", "Letter to the labour office" },
  { "my", "အလုပ်သမားရုံးသို့ စာ" },
  { "th", "จดหมายถึงสำนักงานแรงงาน" },
  { "km", "លិខិតទៅការិយាល័យការងារ" },
  { "lo", "ຈົດໝາຍເຖິງຫ້ອງການແຮງງານ" },
  { "vi", "Thư gửi phòng lao động" },
};

static GPtrArray *
list (SakVault   *vault,
      const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = sak_vault_list_rowids (vault, kind, SAK_SORT_TITLE, &error);
  GPtrArray *rows;

  g_assert_no_error (error);
  rows = sak_vault_load_rows (vault, (const gint64 *) (void *) rowids->data, rowids->len, &error);
  g_assert_no_error (error);
  return rows;
}

static guint
count (SakVault   *vault,
       const char *kind,
       gboolean   *ret_has_latin)
{
  g_autoptr (GPtrArray) rows = list (vault, kind);

  for (guint i = 0; i < rows->len; i++)
    {
      const SakRecordRow *row = rows->pdata[i];

      g_assert_cmpstr (row->title, !=, "");
      *ret_has_latin |= g_ascii_isalpha (row->title[0]) != 0;
    }
  return rows->len;
}

/* Links that lead somewhere, one photo, and nothing that a check would find fault with. */
static void
assert_whole (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
  g_assert_cmpuint (report->n_open_links, ==, 0);
  g_assert_cmpuint (report->n_media, ==, 1);
  g_assert_cmpuint (report->n_revisions, ==, 10);
}

static void
a_network_comes_in_the_language_chosen (gconstpointer data)
{
  const char *language = networks[GPOINTER_TO_UINT (data)].language;
  TestVault f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) letters = NULL;
  gboolean has_latin = FALSE;

  test_vault_set_up (&f, NULL);
  g_assert_true (sak_vault_add_practice_cases (f.vault, language, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (f.vault, SAK_KIND_PERSON, &has_latin), ==, 4);
  g_assert_cmpuint (count (f.vault, SAK_KIND_EVENT, &has_latin), ==, 3);
  g_assert_cmpuint (count (f.vault, SAK_KIND_TESTIMONY, &has_latin), ==, 2);
  g_assert_cmpuint (count (f.vault, SAK_KIND_DOCUMENT, &has_latin), ==, 1);
  letters = list (f.vault, SAK_KIND_INTERVENTION);
  g_assert_cmpuint (letters->len, ==, 1);
  g_assert_cmpstr (((SakRecordRow *) letters->pdata[0])->title, ==, networks[GPOINTER_TO_UINT (data)].title);
  g_assert_cmpint (has_latin, ==, g_str_equal (language, "en") || g_str_equal (language, "vi"));
  assert_whole (f.vault);
  test_vault_tear_down (&f, NULL);
}

static void
a_real_vault_takes_none_of_them (void)
{
  const SakKdfCost floor = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  TestVault f;
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SakVault) real = NULL;

  test_vault_set_up (&f, NULL);
  path = g_build_filename (f.folder, "real", NULL);
  real = sak_vault_create (path, "Real", passphrase, SAK_VAULT_REAL, &floor, &error);
  g_assert_no_error (error);
  g_assert_false (sak_vault_add_practice_cases (real, "en", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_PRACTICE);
  g_assert_cmpuint (test_count_records (real), ==, 0);
  sak_vault_lock (real);
  test_vault_tear_down (&f, NULL);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autofree char *path = g_strconcat ("/practice/a-network-comes-in-the-language-chosen/", networks[i].language,
                                           NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), a_network_comes_in_the_language_chosen);
    }
  g_test_add_func ("/practice/a-real-vault-takes-none-of-them", a_real_vault_takes_none_of_them);
  return g_test_run ();
}
