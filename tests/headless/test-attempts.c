/* test-attempts.c - how long to wait after wrong passphrases
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "storage/sak-attempts.h"

static void
the_delay_doubles_up_to_a_minute (void)
{
  const guint expected[] = { 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60 };

  for (guint n = 0; n < G_N_ELEMENTS (expected); n++)
    g_assert_cmpuint (sak_attempts_get_delay_seconds (n), ==, expected[n]);
  g_assert_cmpuint (sak_attempts_get_delay_seconds (40), ==, 60);
  g_assert_cmpuint (sak_attempts_get_delay_seconds (G_MAXUINT), ==, 60);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attempts/the-delay-doubles-up-to-a-minute", the_delay_doubles_up_to_a_minute);
  return g_test_run ();
}
