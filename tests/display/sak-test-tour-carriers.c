/* sak-test-tour-carriers.c - stops of the tour: ways for bundles, the outbox, looking for what came
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include <glib/gstdio.h>

#include "sync/sak-outbox.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-carriers-window.h"
#include "ui/sak-courier.h"

#define WAIT_TURNS 6000

static void
add_carrier (SakVault       *vault,
             const char     *name,
             SakCarrierKind  kind,
             const char     *address)
{
  g_autoptr (SakCarrier) carrier = sak_carrier_new (name, kind, address);

  carrier->flags = kind == SAK_CARRIER_FOLDER ? 0 : SAK_CARRIER_ALLOWS_PLAIN;
  g_assert_true (sak_vault_add_carrier (vault, carrier, NULL));
}

static void
add_ways (TestTour *tour)
{
  SakVault *vault = test_tour_at_rest (tour);
  g_autoptr (GPtrArray) carriers = sak_vault_list_carriers (vault, NULL);
  g_autofree char *stick = test_path (&tour->pair, "stick");

  if (carriers->len > 0)
    return;
  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  add_carrier (vault, "Stick", SAK_CARRIER_FOLDER, stick);
  add_carrier (vault, "Office of the secretariat", SAK_CARRIER_WEBDAV, "https://store.example.org/partners/harbour");
}

static void
note (SakVault       *vault,
      const char     *id,
      SakOutboxState  state,
      SakCarryReason  reason)
{
  g_autoptr (SakOutboxItem) item = sak_vault_find_outbox (vault, id, NULL);

  item->state = state;
  item->reason = reason;
  item->n_tries = 3;
  item->done_bytes = item->size_bytes / 2;
  g_assert_true (sak_vault_note_outbox (vault, item, NULL));
}

/* One that goes to the stick now, one that failed, one that waits. */
static void
fill_outbox (TestTour *tour)
{
  SakVault *vault;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *path = test_path (&tour->pair, "waiting.age");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  add_ways (tour);
  vault = test_tour_at_rest (tour);
  items = sak_vault_list_outbox (vault, NULL);
  if (items->len > 0)
    return;
  g_assert_true (g_file_set_contents (path, "age-encryption.org/v1\nnot read here", -1, NULL));
  first = sak_outbox_add (vault, path, "Stick", NULL, NULL);
  second = sak_outbox_add (vault, path, "Office of the secretariat", NULL, NULL);
  third = sak_outbox_add (vault, path, "Office of the secretariat", NULL, NULL);
  note (vault, second, SAK_OUTBOX_FAILED, SAK_CARRY_CERTIFICATE_CHANGED);
  note (vault, third, SAK_OUTBOX_WAITING, SAK_CARRY_UNREACHABLE);
  sak_courier_send (sak_courier_get (tour->session), first);
  test_tour_settle (tour);
}

static GtkWidget *
open_ways_empty (TestTour *tour)
{
  return sak_carriers_window_new (GTK_WINDOW (tour->window), tour->empty_session);
}

static GtkWidget *
open_ways (TestTour *tour)
{
  GtkWidget *window;

  add_ways (tour);
  window = sak_carriers_window_new (GTK_WINDOW (tour->window), tour->session);
  gtk_window_present (GTK_WINDOW (window));
  test_tour_settle (tour);
  return window;
}

static GtkWidget *
open_folder (TestTour *tour)
{
  GtkWidget *window = open_ways (tour);

  test_click (window, test_say ("Add a folder or stick…"));
  return window;
}

/* With what is wrong said. */
static GtkWidget *
open_server (TestTour *tour)
{
  GtkWidget *window = open_ways (tour);

  test_click (window, test_say ("Add a server…"));
  test_click (window, test_say ("Save"));
  return window;
}

static GtkWidget *
open_change (TestTour *tour)
{
  GtkWidget *window = open_ways (tour);

  test_click (window, test_say ("Change…"));
  return window;
}

static GtkWidget *
open_outbox (TestTour *tour)
{
  fill_outbox (tour);
  return test_tour_go (tour, "transfer");
}

/* What goes to the stick has come there while the page is shown. */
static GtkWidget *
open_delivered (TestTour *tour)
{
  g_autofree char *path = test_path (&tour->pair, "waiting.age");
  g_autofree char *id = NULL;
  GtkWidget *window;

  fill_outbox (tour);
  window = test_tour_go (tour, "transfer");
  test_tour_settle (tour);
  id = sak_outbox_add (test_tour_at_rest (tour), path, "Stick", NULL, NULL);
  sak_courier_send (sak_courier_get (tour->session), id);
  test_tour_settle (tour);
  for (guint i = 0; i < WAIT_TURNS && sak_courier_get_current (sak_courier_get (tour->session)) != NULL; i++)
    test_turn ();
  g_assert_null (sak_courier_get_current (sak_courier_get (tour->session)));
  return window;
}

/* Of @words with "%s" in them. */
static char *
fill_in (const char *words,
         const char *name)
{
  g_auto (GStrv) parts = g_strsplit (words, "%s", -1);

  return g_strjoinv (name, parts);
}

static GtkWidget *
open_looked (TestTour *tour)
{
  g_autofree char *look = fill_in (test_say ("Look at %s"), "Stick");
  g_autofree char *nothing = fill_in (test_say ("Nothing new lies at %s."), "Stick");
  GtkWidget *window = open_outbox (tour);

  test_tour_settle (tour);
  test_click (window, look);
  test_see (window, nothing);
  return window;
}

const TestStop test_stops_carriers[] = {
  { "carriers-empty", "carriers-window", open_ways_empty },
  { "carriers", "carriers-window", open_ways },
  { "carrier-folder", "carrier-form", open_folder },
  { "carrier-server", "carrier-form", open_server },
  { "carrier-change", "carrier-form", open_change },
  { "outbox", "outbox-view outbox-row export-ways", open_outbox },
  { "outbox-delivered", "take-out", open_delivered },
  { "looked", "fetch-panel", open_looked },
  { NULL, NULL, NULL },
};
