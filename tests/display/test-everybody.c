/* test-everybody.c - every screen, for ears and for eyes, in every language and size
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   test-everybody names                        what screen readers are told, over the bus of accessibility
 *   test-everybody fit LOOK…                    what is cut off, and what no font has letters for
 *   test-everybody pictures FOLDER LOOK…        a picture of each screen
 *
 * A look is a language, a size, and what else is to be so: "my:960x480:200:rtl:dark".
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-fit.h"
#include "tests/display/sak-test-sight.h"
#include "tests/display/sak-test-spoken.h"
#include "tests/display/sak-test-tour.h"
#include "ui/picture/sak-picture.h"
#include "ui/words/sak-language.h"

typedef struct
{
  const char *look;
  const TestStop *stop;         /* NULL: the tour begins, or ends */
} Visit;

static TestTour tour;
static const char *pictures;
#define MAX_TURNS 100

/* A look is put on before the windows are made. */
static void
put_on (const char *look)
{
  g_auto (GStrv) parts = g_strsplit (look, ":", -1);
  int width = 1366, height = 768, percent = 100;

  sak_language_choose (parts[0]);
  for (guint i = 1; parts[i] != NULL; i++)
    if (strchr (parts[i], 'x') != NULL)
      g_assert_cmpint (sscanf (parts[i], "%dx%d", &width, &height), ==, 2);
    else if (g_ascii_isdigit (parts[i][0]))
      percent = atoi (parts[i]);
  gtk_widget_set_default_direction (g_strv_contains ((const char *const *) parts, "rtl") ? GTK_TEXT_DIR_RTL
                                                                                         : GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_strv_contains ((const char *const *) parts, "dark")
                                        ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  test_tour_set_up (&tour, width, height, percent);
}

static void
set_out (gconstpointer look)
{
  put_on (look);
}

static void
come_home (gconstpointer unused)
{
  test_tour_tear_down (&tour);
}

static void
tell (GPtrArray *faults)
{
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *) faults->pdata[i]);
  if (faults->len > 0)
    g_test_fail ();
}

static void
listen (GtkWidget *window,
        GPtrArray *faults)
{
  TestSpoken *spoken = test_spoken_read (GTK_WINDOW (window));

  /* A window says more than this even where its page is empty. */
  g_assert_cmpuint (test_spoken_count (spoken), >, 5);
  test_spoken_find_faults (spoken, faults);
  test_spoken_free (spoken);
}

static void
look (GtkWidget *window,
      GPtrArray *faults)
{
  test_fit_find_faults (GTK_WINDOW (window), tour.width, tour.height, faults);
  test_fit_find_glyphs (window, faults);
}

/* What is only just coming or going has its place a moment later: a fault is one that stays. */
static void
judge (GtkWidget *window,
       void     (*find_faults) (GtkWidget *window, GPtrArray *faults))
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  find_faults (window, faults);
  for (guint i = 0; i < MAX_TURNS && faults->len > 0; i++)
    {
      test_turn ();
      g_ptr_array_set_size (faults, 0);
      find_faults (window, faults);
    }
  tell (faults);
}

static void
every_control_has_a_name (gconstpointer data)
{
  judge (test_tour_visit (&tour, data), listen);
  test_tour_leave (&tour);
}

static void
everything_is_seen (gconstpointer data)
{
  judge (test_tour_visit (&tour, data), look);
  test_tour_leave (&tour);
}

static void
a_picture_is_made (gconstpointer data)
{
  const Visit *visit = data;
  GtkWidget *window = test_tour_visit (&tour, visit->stop);
  g_autofree char *name = g_strdup_printf ("%s-%s.png", visit->look, visit->stop->name);
  g_autofree char *path = g_build_filename (pictures, g_strdelimit (name, ":", '-'), NULL);

  gtk_test_widget_wait_for_draw (window);
  test_fit_save_picture (tour.popover != NULL ? GTK_NATIVE (tour.popover) : GTK_NATIVE (window), path);
  test_tour_leave (&tour);
}

static void
add_tour (const char   *look,
          const char   *claim,
          GTestDataFunc test)
{
  g_autofree char *first = g_strdup_printf ("/everybody/%s/sets-out", look);
  g_autofree char *last = g_strdup_printf ("/everybody/%s/comes-home", look);

  g_test_add_data_func (first, look, set_out);
  for (guint i = 0; test_stops[i] != NULL; i++)
    for (const TestStop *stop = test_stops[i]; stop->name != NULL; stop++)
      {
        g_autofree char *path = g_strdup_printf ("/everybody/%s/%s:-%s", look, stop->name, claim);
        gconstpointer data = stop;

        if (test == a_picture_is_made)
          {
            Visit *visit = g_new (Visit, 1);

            *visit = (Visit) { look, stop };
            data = visit;
          }
        g_test_add_data_func (path, data, test);
      }
  g_test_add_data_func (last, NULL, come_home);
}

/* Windows */

/* "ui/sak-contacts-page.ui" → "contacts-page", where it is a screen; otherwise NULL. */
static char *
name_screen (const char *filename)
{
  static const char *const endings[] = { "-page.c", "-window.c", "-panel.c", ".ui" };
  const char *name = g_str_has_prefix (filename, "sak-") ? filename + 4 : filename;

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return g_strndup (name, (gsize) (strrchr (name, '.') - name));
  return NULL;
}

static gboolean
is_visited (const char *screen)
{
  for (guint i = 0; test_stops[i] != NULL; i++)
    for (const TestStop *stop = test_stops[i]; stop->name != NULL; stop++)
      {
        g_auto (GStrv) screens = g_strsplit (stop->stands_for, " ", -1);

        if (g_strv_contains ((const char *const *) screens, screen))
          return TRUE;
      }
  return FALSE;
}

/* Whoever adds a page, a window or a panel takes the tour there. */
static void
no_screen_is_left_out (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (SAK_UI, 0, &error);
  const char *filename;
  guint n = 0;

  g_assert_no_error (error);
  while ((filename = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *screen = name_screen (filename);

      if (screen == NULL)
        continue;
      n++;
      if (!is_visited (screen))
        {
          g_test_message ("no stop of the tour stands for %s", filename);
          g_test_fail ();
        }
    }
  g_assert_cmpuint (n, >, 20);
}

static void
add_tests (int    argc,
           char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "names"))
    {
      g_test_add_func ("/everybody/no-screen-is-left-out", no_screen_is_left_out);
      add_tour ("en", "every-control-has-a-name", every_control_has_a_name);
    }
  else if (argc > 2 && g_str_equal (argv[1], "fit"))
    for (int i = 2; i < argc; i++)
      add_tour (argv[i], "everything-is-seen", everything_is_seen);
  else if (argc > 3 && g_str_equal (argv[1], "pictures"))
    for (int i = 3; i < argc; i++)
      add_tour (argv[i], "a-picture-is-made", a_picture_is_made);
  else
    g_error ("names, fit LOOK…, or pictures FOLDER LOOK…");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("sakkhi-everybody-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  gtk_disable_setlocale ();
  sak_language_init ("en");
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  sak_crypto_init ();
  sak_window_init_application (NULL);
  sak_picture_set_program (SAK_PICTURE_PROGRAM, 0);
  if (argc > 2)
    pictures = argv[2];
  add_tests (argc, argv);
  status = g_test_run ();
  test_remove_tree (data);
  return status;
}
