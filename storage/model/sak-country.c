/* sak-country.c - countries, with their names by ICU
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-division.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define MAX_NAME 200

/* Where our users are, and where people from there go to work. */
static const char *const nearest[] = {
  "MM", "TH", "KH", "LA", "VN", "MY", "SG", "ID", "PH", "BN", "CN", "TW", "HK", "JP", "KR", "BD", "IN", "AE", "SA",
  "QA", NULL
};

gboolean
sak_country_exists (const char *code)
{
  const char *const *codes = uloc_getISOCountries ();

  return code != NULL && g_strv_contains (codes, code);
}

char *
sak_country_dup_name (const char *code,
                      const char *language)
{
  g_autofree char *locale = NULL;
  UChar units[MAX_NAME];
  UErrorCode status = U_ZERO_ERROR;
  int32_t size;

  if (!sak_country_exists (code))
    return NULL;
  locale = g_strconcat ("und_", code, NULL);
  size = uloc_getDisplayCountry (locale, language != NULL ? language : "en", units, MAX_NAME, &status);
  if (U_FAILURE (status) || size <= 0 || size > MAX_NAME)
    return g_strdup (code);
  return g_utf16_to_utf8 (units, size, NULL, NULL, NULL);
}

typedef struct
{
  const char *code;
  char *name;
} Country;

static int
compare_countries (gconstpointer a,
                   gconstpointer b)
{
  return g_utf8_collate (((const Country *) a)->name, ((const Country *) b)->name);
}

static void
country_clear (gpointer country)
{
  g_free (((Country *) country)->name);
}

char **
sak_country_list (const char *language)
{
  const char *const *codes = uloc_getISOCountries ();
  g_autoptr (GArray) countries = g_array_new (FALSE, FALSE, sizeof (Country));
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  g_array_set_clear_func (countries, country_clear);
  for (gsize i = 0; codes[i] != NULL; i++)
    {
      const Country country = { codes[i], sak_country_dup_name (codes[i], language) };

      g_array_append_val (countries, country);
    }
  g_array_sort (countries, compare_countries);
  for (gsize i = 0; nearest[i] != NULL; i++)
    g_strv_builder_add (list, nearest[i]);
  for (guint i = 0; i < countries->len; i++)
    if (!g_strv_contains (nearest, g_array_index (countries, Country, i).code))
      g_strv_builder_add (list, g_array_index (countries, Country, i).code);
  return g_strv_builder_end (list);
}
