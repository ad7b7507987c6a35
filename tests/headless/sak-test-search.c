/* sak-test-search.c - searching a test's vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/headless/sak-test-search.h"

#include "storage/sak-check.h"

SakSearchResult *
test_search (SakVault        *vault,
             const SakSearch *search)
{
  g_autoptr (GError) error = NULL;
  SakSearchResult *result = sak_vault_search (vault, search, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  return result;
}

char *
test_find_by (SakVault        *vault,
              const SakSearch *search)
{
  g_autoptr (SakSearchResult) result = test_search (vault, search);
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < result->found->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? "|" : "",
                            ((SakSearchFound *) result->found->pdata[i])->row->title);
  return g_string_free (titles, FALSE);
}

char *
test_find (SakVault   *vault,
           const char *text)
{
  g_autoptr (SakSearch) search = sak_search_new (text);

  return test_find_by (vault, search);
}

void
test_assert_found (SakVault   *vault,
                   const char *text,
                   const char *titles)
{
  g_autofree char *found = test_find (vault, text);

  g_assert_cmpstr (found, ==, titles);
}

void
test_assert_agrees (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}
