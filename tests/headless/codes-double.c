/* codes-double.c - in sakkhi-codes' place: hangs, breaks down, or lies
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Started as sakkhi-codes is; the width that it is told says what it does.
 */
#include "config.h"

#include "tests/headless/codes-double.h"
#include "ui/picture/sak-codes-private.h"

#include <stdlib.h>
#include <unistd.h>

static void
answer (guint32 magic,
        guint32 status,
        guint32 n_codes)
{
  const SakCodesAnswer head = { magic, status, n_codes };

  (void) !write (STDOUT_FILENO, &head, sizeof head);
}

/* @n_bytes: that really come. */
static void
say_code (guint32 size,
          gsize   n_bytes)
{
  static guint8 bytes[65536];

  (void) !write (STDOUT_FILENO, &size, sizeof size);
  (void) !write (STDOUT_FILENO, bytes, n_bytes);
}

static void
swallow (void)
{
  char buffer[4096];

  while (read (STDIN_FILENO, buffer, sizeof buffer) > 0)
    ;
}

static int
lie (int what)
{
  switch (what)
    {
    case CODES_DOUBLE_REFUSES:
      answer (SAK_CODES_MAGIC, SAK_PICTURE_STATUS_FAILED, 0);
      return 0;
    case CODES_DOUBLE_CLAIMS_MANY:
      answer (SAK_CODES_MAGIC, 0, G_MAXUINT32);
      return 0;
    case CODES_DOUBLE_CLAIMS_A_LARGE_ONE:
      answer (SAK_CODES_MAGIC, 0, 1);
      say_code (G_MAXUINT32, 65536);
      return 0;
    case CODES_DOUBLE_CLAIMS_AN_EMPTY_ONE:
      answer (SAK_CODES_MAGIC, 0, 1);
      say_code (0, 0);
      return 0;
    case CODES_DOUBLE_SENDS_MORE:
      answer (SAK_CODES_MAGIC, 0, 1);
      say_code (10, 11);
      return 0;
    case CODES_DOUBLE_SENDS_LESS:
      answer (SAK_CODES_MAGIC, 0, 2);
      say_code (10, 10);
      return 0;
    case CODES_DOUBLE_IS_ANOTHER:
      answer (0x12345678, 0, 0);
      return 0;
    case CODES_DOUBLE_BEHAVES:
      answer (SAK_CODES_MAGIC, 0, 2);
      say_code (10, 10);
      say_code (8192, 8192);
      return 0;
    default:
      return 1;
    }
}

int
main (int    argc,
      char **argv)
{
  int what = argc > 1 ? atoi (argv[1]) : 0;

  if (what != CODES_DOUBLE_IS_DEAF)
    swallow ();
  if (what == CODES_DOUBLE_HANGS || what == CODES_DOUBLE_IS_DEAF)
    for (;;)
      pause ();
  if (what == CODES_DOUBLE_CRASHES)
    abort ();
  return lie (what);
}
