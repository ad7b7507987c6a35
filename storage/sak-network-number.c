/* sak-network-number.c - by which of two notices of one signer the later is known
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers go up. A vault that was put back does not know which were given out after its backup: were one given twice,
 * others would take the new one for old, or for another's. So it goes on a thousand above all that it knows of.
 */
#include "config.h"

#include "storage/sak-announcement.h"
#include "storage/sak-network.h"
#include "storage/sak-network-private.h"

#include <string.h>

#define FLOOR "number-floor"
#define SKIP 1000

static gboolean
load_floor (SakVault  *vault,
            guint     *ret_floor,
            GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) stored = sak_vault_get_setting (vault, FLOOR, &local_error);
  g_autofree char *text = NULL;

  if (stored == NULL && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (stored != NULL)
    text = g_strndup (g_bytes_get_data (stored, NULL), g_bytes_get_size (stored));
  *ret_floor = text != NULL ? (guint) MIN (g_ascii_strtoull (text, NULL, 10), SAK_NETWORK_MAX_NUMBER) : 1;
  return TRUE;
}

gboolean
sak_vault_choose_number (SakVault  *self,
                         guint      last,
                         guint     *ret_number,
                         GError   **error)
{
  guint floor;

  if (!sak_vault_require_unlocked (self, error) || !load_floor (self, &floor, error))
    return FALSE;
  *ret_number = MAX (last + 1, floor);
  return TRUE;
}

gboolean
sak_network_begin_numbers_anew (SakVault  *vault,
                                GError   **error)
{
  g_autofree char *text = NULL;
  guint floor, highest;

  if (!load_floor (vault, &floor, error) || !sak_announcement_find_last (vault, NULL, NULL, &highest, error))
    return FALSE;
  text = g_strdup_printf ("%u", MIN (MAX (floor, highest + 1) + SKIP, SAK_NETWORK_MAX_NUMBER));
  return sak_vault_set_setting (vault, FLOOR, text, strlen (text), error);
}
