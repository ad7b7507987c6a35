/* sak-replacing.c - a file that the person agreed to replace stays until its successor is whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-replacing.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "crypto/sak-error.h"

/* Its end stays: programs go by it. */
char *
sak_replacing_begin (const char *chosen)
{
  g_autofree char *folder = g_path_get_dirname (chosen);
  g_autofree char *name = g_path_get_basename (chosen);
  GStatBuf seen;

  if (g_lstat (chosen, &seen) != 0)
    return g_strdup (chosen);
  for (guint i = 2;; i++)
    {
      g_autofree char *other = g_strdup_printf ("%u-%s", i, name);
      g_autofree char *path = g_build_filename (folder, other, NULL);

      if (g_lstat (path, &seen) != 0)
        return g_steal_pointer (&path);
    }
}

/* A folder of that name is not replaced: rename() refuses. */
gboolean
sak_replacing_finish (const char  *written,
                      const char  *chosen,
                      GError     **error)
{
  if (g_str_equal (written, chosen) || g_rename (written, chosen) == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_IO, "the old file cannot be replaced: %s", g_strerror (errno));
  return FALSE;
}
