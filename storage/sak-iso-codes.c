/* sak-iso-codes.c - divisions of other countries, from the system's iso-codes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-iso-codes.h"

#include "storage/model/sak-division.h"
#include "storage/model/sak-json.h"

gboolean
sak_iso_codes_load (const char *path)
{
  g_autofree char *text = NULL;
  gsize size;

  return g_file_get_contents (path, &text, &size, NULL) && size <= SAK_JSON_MAX_SIZE
         && sak_division_add_iso (text, (gssize) size, NULL);
}
