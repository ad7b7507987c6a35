/* sak-error.c - what can go wrong, as far as a caller can act on it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-error.h"

#include <errno.h>
#include <string.h>

G_DEFINE_QUARK (sak-error-quark, sak_error)

static SakError
code_for_gio (int code)
{
  switch (code)
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
 * sak_error_get_code:
 *
 * Streams of GIO fail in words of their own, and sometimes what they failed with comes
 * through to the caller: to a person it is the same disk.
 *
 * Returns: the SakError that @error means; -1 if it was cancelled
 */
int
sak_error_get_code (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return -1;
  if (error->domain == G_IO_ERROR)
    return code_for_gio (error->code);
  return error->domain == SAK_ERROR ? error->code : SAK_ERROR_FAILED;
}

/**
 * sak_error_get_exit_status:
 *
 * Returns: 1 for the unexpected, 2 for usage, 3 for cancelled, else 10 + the code.
 */
int
sak_error_get_exit_status (const GError *error)
{
  int code = sak_error_get_code (error);

  switch (code)
    {
    case -1:
      return 3;
    case SAK_ERROR_FAILED:
      return 1;
    case SAK_ERROR_USAGE:
      return 2;
    default:
      return 10 + code;
    }
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
