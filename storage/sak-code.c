/* sak-code.c - the codes that people call records by, such as "MNK-2026-0042"
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three letters of the vault's name, the year, and a number that goes up. A vault that was
 * restored or rescued does not know which numbers were given out after the backup, or on
 * the lost pages: from then on two letters more tell its codes from those, "MNKTB-2026-0043".
 */
#include "config.h"

#include "storage/sak-code.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-vault-private.h"

#define PREFIX "code-prefix"
#define N_NAME_LETTERS 3
/* Without vowels no word comes about; without Y, Q and I nothing is read for another. */
#define LETTERS "BCDFGHJKLMNPRSTVWXZ"
#define N_LETTERS (sizeof LETTERS - 1)

static char *
load_text (SakVault    *vault,
           const char  *name,
           GError     **error)
{
  g_autoptr (GBytes) value = sak_vault_get_setting (vault, name, error);

  return value != NULL ? g_strndup (g_bytes_get_data (value, NULL), g_bytes_get_size (value)) : NULL;
}

char *
sak_code_make (SakVault  *vault,
               GError   **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *prefix = load_text (vault, PREFIX, error);
  g_autofree char *counter = NULL;
  g_autofree char *last = NULL;
  g_autofree char *text = NULL;
  guint64 number;

  if (prefix == NULL)
    return NULL;
  if (now == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the computer's clock is after 9999");
      return NULL;
    }
  counter = g_strdup_printf ("code-number-%d", g_date_time_get_year (now));
  last = load_text (vault, counter, NULL);
  number = last != NULL ? g_ascii_strtoull (last, NULL, 10) + 1 : 1;
  text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  if (!sak_vault_set_setting (vault, counter, text, strlen (text), error))
    return NULL;
  return g_strdup_printf ("%s-%d-%04" G_GUINT64_FORMAT, prefix, g_date_time_get_year (now), number);
}

static char
draw_letter (void)
{
  guint32 dice;

  sak_random_bytes (&dice, sizeof dice);
  return LETTERS[dice % N_LETTERS];
}

gboolean
sak_code_begin_anew (SakVault  *vault,
                     GError   **error)
{
  g_autofree char *old = load_text (vault, PREFIX, error);
  g_autofree char *prefix = NULL;

  if (old == NULL)
    return FALSE;
  do
    {
      g_free (prefix);
      prefix = g_strdup_printf ("%.*s%c%c", N_NAME_LETTERS, old, draw_letter (), draw_letter ());
    }
  while (g_str_equal (prefix, old));
  return sak_vault_set_setting (vault, PREFIX, prefix, strlen (prefix), error);
}

gboolean
sak_code_split (const char  *code,
                char       **ret_prefix,
                char       **ret_year,
                guint64     *ret_number)
{
  g_auto (GStrv) parts = g_strsplit (code, "-", 0);

  if (g_strv_length (parts) != 3 || !g_ascii_string_to_unsigned (parts[2], 10, 1, G_MAXINT32, ret_number, NULL))
    return FALSE;
  *ret_prefix = g_strdup (parts[0]);
  *ret_year = g_strdup (parts[1]);
  return TRUE;
}
