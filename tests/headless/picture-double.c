/* picture-double.c - in sakkhi-picture's place: hangs, breaks down, or lies
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Started as sakkhi-picture is; the largest side that it is asked for says what it does.
 */
#include "config.h"

#include "tests/headless/picture-double.h"
#include "ui/picture/sak-picture-private.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
answer (guint32 magic,
        guint32 width,
        guint32 height,
        gsize   n_bytes)
{
  const SakPictureAnswer head = { magic, SAK_PICTURE_STATUS_OK, width, height };
  static guint8 pixels[4096];

  (void) !write (STDOUT_FILENO, &head, sizeof head);
  (void) !write (STDOUT_FILENO, pixels, MIN (n_bytes, sizeof pixels));
}

static void
swallow (void)
{
  char buffer[4096];

  while (read (STDIN_FILENO, buffer, sizeof buffer) > 0)
    ;
}

int
main (int    argc,
      char **argv)
{
  int what = argc > 1 ? atoi (argv[1]) : 0;

  if (what != DOUBLE_IS_DEAF)
    swallow ();
  switch (what)
    {
    case DOUBLE_HANGS:
    case DOUBLE_IS_DEAF:
      for (;;)
        pause ();
    case DOUBLE_CRASHES:
      abort ();
    case DOUBLE_CRASHES_MIDWAY:
      answer (SAK_PICTURE_MAGIC, 10, 10, 300);
      abort ();
    case DOUBLE_SAYS_NOTHING:
      return 0;
    case DOUBLE_CLAIMS_MUCH:
      answer (SAK_PICTURE_MAGIC, G_MAXUINT32, G_MAXUINT32, 4096);
      return 0;
    case DOUBLE_CLAIMS_NOTHING:
      answer (SAK_PICTURE_MAGIC, 0, 10, 0);
      return 0;
    case DOUBLE_SENDS_MORE:
      answer (SAK_PICTURE_MAGIC, 10, 10, 401);
      return 0;
    case DOUBLE_SENDS_LESS:
      answer (SAK_PICTURE_MAGIC, 10, 10, 399);
      return 0;
    case DOUBLE_IS_ANOTHER:
      answer (0x12345678, 10, 10, 400);
      return 0;
    case DOUBLE_BEHAVES:
      answer (SAK_PICTURE_MAGIC, 10, 10, 400);
      return 0;
    default:
      return 1;
    }
}
