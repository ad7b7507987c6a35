/* test-everybody.c - every screen, as a screen reader is told of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Over the bus of accessibility, on which this program asks itself: sak-test-spoken.h says why.
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-spoken.h"
#include "tests/display/sak-test-tour.h"
#include "ui/words/sak-language.h"

static TestTour tour;

static void
every_control_has_a_name (gconstpointer data)
{
  GtkWidget *window = test_tour_visit (&tour, data);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  TestSpoken *spoken = test_spoken_read (GTK_WINDOW (window));

  test_spoken_find_faults (spoken, faults);
  /* A window says more than this even where its page is empty. */
  g_assert_cmpuint (test_spoken_count (spoken), >, 5);
  test_spoken_free (spoken);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *) faults->pdata[i]);
  if (faults->len > 0)
    g_test_fail ();
  test_tour_leave (&tour);
}

static void
add_stops (const TestStop *stops)
{
  for (; stops->name != NULL; stops++)
    {
      g_autofree char *path = g_strdup_printf ("/everybody/%s/every-control-has-a-name", stops->name);

      g_test_add_data_func (path, stops, every_control_has_a_name);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_disable_setlocale ();
  sak_language_init ("en");
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  sak_crypto_init ();
  sak_window_init_application (NULL);
  test_tour_set_up (&tour, 1366, 768);
  add_stops (test_stops_places);
  add_stops (test_stops_records);
  status = g_test_run ();
  test_tour_tear_down (&tour);
  return status;
}
