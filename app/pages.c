/* pages.c - starts sakkhi-pages, which draws the pages of papers for the windows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/picture/sak-picture-private.h"

#include <unistd.h>

int
main (int    argc,
      char **argv)
{
  /* Nothing of a library's is run on the way out. */
  _exit (sak_pages_child_main (argc, argv));
}
