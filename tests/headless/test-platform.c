/* test-platform.c - what the operating system is asked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-platform.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* In a child: a test program that nobody can debug would be no help. */
static void
a_hardened_process_leaves_no_core (void)
{
  if (g_test_subprocess ())
    {
      struct rlimit limit = { 1, 1 };

      sak_platform_harden_process ();
      g_assert_cmpint (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0), ==, 0);
      g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
      g_assert_cmpuint (limit.rlim_cur, ==, 0);
      g_assert_cmpuint (limit.rlim_max, ==, 0);
      g_assert_cmpuint (umask (077), ==, 077);
      /* LeakSanitizer looks into the process at its end. */
      g_assert_cmpint (prctl (PR_SET_DUMPABLE, 1, 0, 0, 0), ==, 0);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
memory_and_free_space_are_known (void)
{
  guint64 free_space = G_MAXUINT64;

  g_assert_cmpuint (sak_platform_get_memory_size (), >, 64 * 1024 * 1024);
  g_assert_true (sak_platform_get_free_space ("/", &free_space));
  g_assert_cmpuint (free_space, <, G_MAXUINT64);
  g_assert_false (sak_platform_get_free_space ("/nowhere/at/all", &free_space));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/a-hardened-process-leaves-no-core",
                   a_hardened_process_leaves_no_core);
  g_test_add_func ("/platform/memory-and-free-space-are-known", memory_and_free_space_are_known);
  return g_test_run ();
}
