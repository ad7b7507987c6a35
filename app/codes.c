/* codes.c - starts sakkhi-codes, which finds QR codes in pictures for the windows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/picture/sak-codes-private.h"

#include <unistd.h>

int
main (int    argc,
      char **argv)
{
  /* Nothing of a library's is run on the way out. */
  _exit (sak_codes_child_main (argc, argv));
}
