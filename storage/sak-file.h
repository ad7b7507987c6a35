/* sak-file.h - files that are there whole or not at all, also after a power cut
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* An open file descriptor that closes itself. -1 when empty. */
typedef int SakFd;
static inline void
sak_fd_clear (SakFd *fd)
{
  if (*fd >= 0)
    g_close (*fd, NULL);
  *fd = -1;
}
#define sak_autofd __attribute__ ((cleanup (sak_fd_clear))) SakFd

typedef enum
{
  SAK_FILE_ABSENT,
  SAK_FILE_REGULAR,
  SAK_FILE_OTHER,               /* folder, link, pipe, device… or out of reach */
} SakFileState;

/* Of the name itself: a link is a link. Opening a pipe would wait for somebody to write. */
SakFileState sak_file_get_state   (const char    *path);
gboolean  sak_file_sync_directory (const char    *path,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_file_make_directory (const char    *path,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* New file, fsync, rename, fsync of the directory: the old content or the new, never neither. */
gboolean  sak_file_replace        (const char    *path,
                                   const void    *bytes,
                                   gsize          size,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Opens a new file that nobody had before, for writing. -1 with @error set on failure. */
SakFd     sak_file_create         (const char    *path,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_file_write_all      (SakFd          fd,
                                   const guint8  *bytes,
                                   gsize          size,
                                   const char    *path,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_file_sync           (SakFd          fd,
                                   const char    *path,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Moves a finished file to its place; both directories are synced. */
gboolean  sak_file_move           (const char    *from,
                                   const char    *to,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* At most @limit bytes, or TOO_LARGE. */
GBytes   *sak_file_read           (const char    *path,
                                   gsize          limit,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;
SakFd     sak_file_lock_directory (const char    *path,
                                   GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
