/* sak-notice-file.c - network notices that travel by themselves, as a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-notice.h"

#include <string.h>

#include "sync/sak-new-file.h"

static gboolean
take_io (GError       **error,
         const GError  *reason)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_IO, "%s", reason->message);
  return FALSE;
}

gboolean
sak_notice_save (SakVault    *vault,
                 const char  *filename,
                 GError     **error)
{
  g_autofree char *text = sak_notice_export (vault, error);
  g_autoptr (SakNewFile) file = text != NULL ? sak_new_file_new (filename, error) : NULL;
  g_autoptr (GError) local_error = NULL;

  if (file == NULL)
    return FALSE;
  if (!g_output_stream_write_all (sak_new_file_get_stream (file), text, strlen (text), NULL, NULL, &local_error))
    return take_io (error, local_error);
  return sak_new_file_sync (file, error) && sak_new_file_publish (file, error);
}

/* Of a regular file, and no more than a notice may be long. */
SakNoticeOutcome *
sak_notice_take_file (SakVault      *vault,
                      const char    *filename,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (filename);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &local_error);
  g_autofree char *tainted = g_malloc (SAK_NOTICE_MAX_SIZE + 1);
  gsize size = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), tainted, SAK_NOTICE_MAX_SIZE + 1, &size,
                                                  cancellable, &local_error))
    {
      (void) take_io (error, local_error);
      return NULL;
    }
  if (size <= SAK_NOTICE_MAX_SIZE)
    return sak_notice_import (vault, tainted, size, error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is too long for a notice");
  return NULL;
}
