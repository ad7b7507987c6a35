/* sak-path.c - field paths: what a record's fields may be called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-path.h"

#include "storage/model/sak-uuid.h"

#include <string.h>

static gboolean
is_name_char (char c)
{
  return g_ascii_islower (c) || g_ascii_isdigit (c) || c == '_' || c == '.' || c == '-';
}

gboolean
sak_path_is_valid (const char *path)
{
  gsize size = strlen (path);
  gsize i = 0;

  if (size > SAK_PATH_MAX_SIZE)
    return FALSE;
  while (is_name_char (path[i]))
    i++;
  if (i == 0)
    return FALSE;
  return i == size || (path[i] == '/' && sak_uuid_is_valid (path + i + 1));
}

/* Identity is the first thing to be withheld when a record leaves. */
gboolean
sak_path_is_identity (const char *path)
{
  return g_str_has_prefix (path, SAK_PATH_IDENTITY_PREFIX);
}

gboolean
sak_path_is_in (const char *path,
                const char *collection)
{
  gsize size = strlen (collection);

  return strncmp (path, collection, size) == 0
         && path[size] == '/'
         && sak_uuid_is_valid (path + size + 1);
}
