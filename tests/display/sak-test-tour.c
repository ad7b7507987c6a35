/* sak-test-tour.c - every screen of the program, one after the other, over one practice vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include <string.h>

#include "storage/sak-practice.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-window-private.h"
#include "ui/words/sak-language.h"

#define TURNS 5

static void
add_records (TestTour *self)
{
  SakVault *vault = self->pair.partner;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_add_practice_cases (vault, sak_language_get (), &error));
  g_assert_no_error (error);
  self->testimony = test_add_json (vault, "testimony", "{\"title\": \"Told on the pier\", \"date\": \"2020-02-11\"}",
                                   FALSE);
  self->incident = test_add_event (vault, "Seven men kept at sea", TRUE);
}

void
test_tour_set_up (TestTour *self,
                  int       width,
                  int       height)
{
  const SakSettings settings = { .width = width, .height = height, .idle_minutes = 30, .text_percent = 100 };

  self->width = width;
  self->height = height;
  test_pair_set_up (&self->pair);
  add_records (self);
  self->worker = sak_worker_new ();
  self->session = sak_session_new (self->worker, self->pair.partner);
  self->window = _sak_window_new_with_worker (NULL, &settings, self->worker);
  _sak_window_adopt (SAK_WINDOW (self->window), self->session, self->pair.f.path);
  _sak_window_show_main (SAK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  test_tour_settle (self);
}

void
test_tour_tear_down (TestTour *self)
{
  test_tour_leave (self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  test_tour_settle (self);
  g_clear_object (&self->session);
  g_clear_object (&self->worker);
  g_free (self->testimony);
  g_free (self->incident);
  test_pair_tear_down (&self->pair);
  memset (self, 0, sizeof *self);
}

SakVault *
test_tour_at_rest (TestTour *self)
{
  return test_at_rest (self->worker, self->pair.partner);
}

/* An answer may ask for more: three times over, which no page's asking exceeds. */
void
test_tour_settle (TestTour *self)
{
  for (guint round = 0; round < 3; round++)
    {
      (void) test_tour_at_rest (self);
      for (guint i = 0; i < TURNS; i++)
        test_turn ();
    }
}

GtkWidget *
test_tour_go (TestTour   *self,
              const char *place)
{
  gtk_widget_activate_action (self->window, "win.go", "s", place);
  return self->window;
}

GtkWidget *
test_tour_visit (TestTour       *self,
                 const TestStop *stop)
{
  GtkWidget *window = stop->open (self);

  if (!gtk_widget_get_visible (window))
    gtk_window_present (GTK_WINDOW (window));
  test_tour_settle (self);
  return window;
}

void
test_tour_leave (TestTour *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != self->window && gtk_widget_get_visible (l->data))
      gtk_window_destroy (l->data);
  gtk_widget_activate_action (self->window, "win.back", NULL);
  test_tour_go (self, "home");
  test_tour_settle (self);
}
