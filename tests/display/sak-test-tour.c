/* sak-test-tour.c - every screen of the program, one after the other, over one practice vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include <string.h>

#include "storage/sak-practice.h"
#include "storage/sak-thread.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-window-private.h"
#include "ui/words/sak-language.h"

#define WAIT_SECONDS 180

#define TURNS 2

const TestStop *const test_stops[] = {
  test_stops_gate, test_stops_places, test_stops_carriers, test_stops_codes, test_stops_records, test_stops_media,
  test_stops_menus, test_stops_talk, test_stops_review, NULL,
};

/* One second of 8-bit silence with a WAV header. */
static void
add_sound (SakVault   *vault,
           const char *record)
{
  static const guint8 header[44] = {
    'R', 'I', 'F', 'F', 0x64, 0x1f, 0, 0, 'W', 'A', 'V', 'E', 'f', 'm', 't', ' ', 16, 0, 0, 0, 1, 0,
    1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0, 'd', 'a', 't', 'a', 0x40, 0x1f, 0, 0,
  };
  guint8 wav[44 + 8000];

  memcpy (wav, header, sizeof header);
  memset (wav + sizeof header, 0x80, sizeof wav - sizeof header);
  test_add_media (vault, record, "voice.wav", wav, sizeof wav);
}

static void
add_file (SakVault   *vault,
          const char *record,
          const char *path,
          const char *name)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, &error));
  test_add_media (vault, record, name, bytes, size);
}

static void
add_records (TestTour *self)
{
  static const char words[] = "They came at night.\nစစ်သား";
  SakVault *vault = self->pair.partner;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_add_practice_cases (vault, sak_language_get (), &error));
  g_assert_no_error (error);
  self->testimony = test_add_json (vault, "testimony", "{\"title\": \"Told on the pier\", \"date\": \"2020-02-11\","
                                   " \"statement\": \"He said it twice.\"}", FALSE);
  add_file (vault, self->testimony, SAK_PICTURES "/flag.png", "boat.png");
  add_file (vault, self->testimony, SAK_PICTURES "/three.pdf", "contract.pdf");
  test_add_media (vault, self->testimony, "words.txt", words, sizeof words - 1);
  add_sound (vault, self->testimony);
  test_add_media (vault, self->testimony, "things.zip", "PK\003\004 things", 11);
  self->incident = test_add_event (vault, "Seven men kept at sea", TRUE);
  self->draft = test_add_event (vault, "Raid", FALSE);
  self->torn = test_add_torn (vault);
}

static void
pass_on (TestTour   *self,
         SakVault   *from,
         const char *to_name,
         SakVault   *to,
         const char *record,
         const char *name)
{
  g_autofree char *path = test_bundle (&self->pair, from, to_name, record, name);

  sak_bundle_report_free (test_import (to, path));
}

/* Questions in both directions, of every state. */
static void
add_talk (TestTour *self)
{
  SakVault *partner = self->pair.partner;
  SakVault *desk = self->pair.desk;
  g_autofree char *closed = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *urgent = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *answer = NULL;

  self->foreign = test_add_event (desk, "Heard of at the desk", TRUE);
  self->reported = test_add_event (partner, "Two boats without a name", TRUE);
  pass_on (self, desk, "Harbour", partner, NULL, "talk-1.age");
  pass_on (self, partner, "Desk", desk, self->reported, "talk-2.age");
  closed = sak_vault_ask (partner, self->foreign, NULL, "Who told you of it?", FALSE, NULL);
  waiting = sak_vault_ask (partner, self->foreign, "title", "Is that the name of the boat?", FALSE, NULL);
  urgent = sak_vault_ask (desk, self->reported, "date", "On which day? He must be taken away from there.", TRUE, NULL);
  plain = sak_vault_ask (desk, self->reported, NULL, "Has anybody complained to the police?", FALSE, NULL);
  g_assert_nonnull (waiting);
  pass_on (self, partner, "Desk", desk, closed, "talk-3.age");
  answered = sak_vault_answer (desk, closed, SAK_ANSWER_TEXT, "A cook on the same boat.", NULL);
  g_assert_nonnull (answered);
  g_assert_nonnull (urgent);
  pass_on (self, desk, "Harbour", partner, NULL, "talk-4.age");
  answer = sak_vault_answer (partner, plain, SAK_ANSWER_TEXT, "Not yet.", NULL);
  g_assert_nonnull (answer);
}

/* To be read whole before it is decided about. */
static void
add_told (TestTour *self)
{
  SakVault *desk = self->pair.desk;
  g_autofree char *person = test_add_json (desk, "person", "{\"identity.name\": \"Ko Aung\"}", TRUE);
  g_autofree char *event = test_add_json (desk, "event", "{\"title\": \"Taken from the pier at night\","
                                          " \"urgent\": \"yes\"}", TRUE);
  g_autofree char *json = g_strdup_printf (
    "{\"title\": \"What the cook saw\", \"date\": \"2026-02-11\","
    " \"statement\": \"သူတို့ ညဘက် ရောက်လာသည်။ လူခုနစ်ယောက်ကို ခေါ်သွားသည်။\","
    " \"translation\": \"They came at night. They took seven men.\","
    " \"consent\": {\"share\": \"named\"},"
    " \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {\"role\": \"source\", \"to\": \"%s\"},"
    " \"links/7f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {\"role\": \"about\", \"to\": \"%s\"}}", person, event);

  self->told = test_add_json (desk, "testimony", json, FALSE);
  add_file (desk, self->told, SAK_PICTURES "/flag.png", "boat.png");
  test_finish (desk, self->told, "");
  pass_on (self, desk, "Harbour", self->pair.partner, NULL, "told.age");
}

static void
add_bundle (TestTour *self)
{
  g_autofree char *told = test_add_event (self->pair.desk, "Told at the desk", TRUE);

  self->bundle = test_bundle (&self->pair, self->pair.desk, "Harbour", told, "from-the-desk.age");
}

static void
open_empty (TestTour *self)
{
  self->empty_worker = sak_worker_new ();
  self->empty_session = sak_session_new (self->empty_worker, self->pair.stranger);
}

void
test_tour_set_up (TestTour *self,
                  int       width,
                  int       height,
                  int       percent)
{
  const SakSettings settings = {
    .width = width, .height = height, .idle_minutes = 30, .text_percent = percent,
  };

  self->width = width;
  self->height = height;
  self->percent = percent;
  test_pair_set_up (&self->pair);
  add_records (self);
  add_talk (self);
  add_told (self);
  add_bundle (self);
  open_empty (self);
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
  test_end_worker (g_steal_pointer (&self->worker));
  g_clear_object (&self->empty_session);
  test_end_worker (g_steal_pointer (&self->empty_worker));
  g_free (self->testimony);
  g_free (self->incident);
  g_free (self->draft);
  g_free (self->torn);
  g_free (self->foreign);
  g_free (self->reported);
  g_free (self->told);
  g_free (self->bundle);
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
      (void) test_at_rest (self->empty_worker, self->pair.stranger);
      for (guint i = 0; i < TURNS; i++)
        test_turn ();
    }
}

const char *
test_say (const char *words)
{
  return g_dpgettext (GETTEXT_PACKAGE, words, 0);
}

GtkWidget *
test_tour_go (TestTour   *self,
              const char *place)
{
  gtk_widget_activate_action (self->window, "win.go", "s", place);
  return self->window;
}

static gboolean
is_turning (GtkWidget *widget)
{
  if (GTK_IS_SPINNER (widget) && gtk_widget_get_mapped (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_turning (child))
      return TRUE;
  return FALSE;
}

/* Until nothing turns any more: pictures and pages come from a child process, which the vault's thread knows
 * nothing of.
 */
void
test_tour_show (GtkWidget *window)
{
  gint64 end = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;

  gtk_window_present (GTK_WINDOW (window));
  while (is_turning (window))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

GtkWidget *
test_tour_visit (TestTour       *self,
                 const TestStop *stop)
{
  GtkWidget *window = stop->open (self);
  int width, height;

  /* As on a screen of this size. */
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (window), MIN (width, self->width), MIN (height, self->height));
  gtk_window_present (GTK_WINDOW (window));
  test_tour_settle (self);
  test_tour_show (window);
  test_tour_settle (self);
  g_assert_true (self->popover == NULL || gtk_widget_get_mapped (GTK_WIDGET (self->popover)));
  return window;
}

void
test_tour_leave (TestTour *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  if (self->popover != NULL)
    gtk_popover_popdown (self->popover);
  self->popover = NULL;
  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != self->window && gtk_widget_get_visible (l->data))
      gtk_window_destroy (l->data);
  gtk_widget_activate_action (self->window, "win.back", NULL);
  test_tour_go (self, "home");
  test_tour_settle (self);
}
