/* sak-picture-answer.c - how sakkhi-picture and sakkhi-pages answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/picture/sak-picture-private.h"

#include <errno.h>
#include <unistd.h>

gboolean
sak_picture_write (const guint8 *bytes,
                   gsize         size)
{
  while (size > 0)
    {
      gssize n = write (STDOUT_FILENO, bytes, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* Returns: the exit status. */
int
sak_picture_refuse (SakPictureStatus status)
{
  const SakPictureAnswer answer = { SAK_PICTURE_MAGIC, status, 0, 0, 0 };

  return sak_picture_write ((const guint8 *) &answer, sizeof answer) ? 0 : 1;
}
