/* sak-fuzz-trap.c - a warning that GLib ends the program for is a finding that libFuzzer keeps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <signal.h>
#include <stdlib.h>

int LLVMFuzzerInitialize (int    *argc,
                          char ***argv);

static void
trap_came (int number)
{
  abort ();
}

/* libFuzzer knows the signals of abort() and of bad addresses, but not the breakpoint of fatal warnings. */
int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  signal (SIGTRAP, trap_came);
  return 0;
}
