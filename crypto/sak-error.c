/* sak-error.c - what can go wrong, as far as a caller can act on it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-error.h"

#include <errno.h>
#include <string.h>

G_DEFINE_QUARK (sak-error-quark, sak_error)

/**
 * sak_error_get_exit_status:
 *
 * Returns: 1 for the unexpected, 2 for usage, 3 for cancelled, else 10 + the code.
 */
int
sak_error_get_exit_status (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return 3;
  if (error->domain != SAK_ERROR || error->code == SAK_ERROR_FAILED)
    return 1;
  if (error->code == SAK_ERROR_USAGE)
    return 2;
  return 10 + error->code;
}

static SakError
code_for_errno (int saved_errno)
{
  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return SAK_ERROR_NO_SPACE;
    case ENOENT:
    case ENOTDIR:
      return SAK_ERROR_NOT_FOUND;
    case EEXIST:
    case ENOTEMPTY:
      return SAK_ERROR_EXISTS;
    default:
      return SAK_ERROR_IO;
    }
}

/**
 * sak_set_error_from_errno:
 * @saved_errno: errno, read before anything else was called
 * @what: what was attempted, with the path; never contents of a case
 */
void
sak_set_error_from_errno (GError     **error,
                          int          saved_errno,
                          const char  *what)
{
  g_set_error (error, SAK_ERROR, code_for_errno (saved_errno),
               "%s: %s", what, g_strerror (saved_errno));
}

static SakError
code_for_io_error (const GError *io_error)
{
  switch (io_error->code)
    {
    case G_IO_ERROR_NO_SPACE:
      return SAK_ERROR_NO_SPACE;
    case G_IO_ERROR_NOT_FOUND:
      return SAK_ERROR_NOT_FOUND;
    case G_IO_ERROR_EXISTS:
      return SAK_ERROR_EXISTS;
    default:
      return SAK_ERROR_IO;
    }
}

/**
 * sak_propagate_io_error:
 * @io_error: (transfer full): what a stream said
 *
 * G_IO_ERROR becomes a code of SAK_ERROR; cancelling and other domains stay as they are.
 */
void
sak_propagate_io_error (GError **error,
                        GError  *io_error)
{
  if (io_error->domain == G_IO_ERROR && io_error->code != G_IO_ERROR_CANCELLED)
    {
      int code = (int) code_for_io_error (io_error);

      io_error->domain = SAK_ERROR;
      io_error->code = code;
    }
  g_propagate_error (error, io_error);
}
