/* test-outbox.c - bundles that wait, go to a folder and are found there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/sak-check.h"
#include "sync/sak-dav-watch.h"
#include "sync/sak-fetch.h"
#include "sync/sak-outbox-watch.h"
#include "sync/sak-outbox.h"
#include "sync/sak-pace.h"
#include "sync/sak-parts.h"
#include "sync/sak-shelf.h"
#include "tests/headless/sak-disk.h"
#include "tests/headless/sak-test-bundle.h"

#define NOISE_SIZE 700000

static TestPair pair;
static char *stick;

/* Empty, and known to both vaults as "stick". */
static void
lay_stick (guint64 part_bytes)
{
  SakVault *vaults[] = { pair.partner, pair.desk };

  stick = test_path (&pair, "stick");
  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (vaults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakCarrier) carrier = sak_carrier_new ("stick", SAK_CARRIER_FOLDER, stick);

      carrier->part_bytes = part_bytes;
      g_assert_true (sak_carrier_prepare (carrier, &error));
      g_assert_no_error (error);
      g_assert_true (sak_vault_add_carrier (vaults[i], carrier, &error));
      g_assert_no_error (error);
    }
}

static void
take_stick_away (void)
{
  SakVault *vaults[] = { pair.partner, pair.desk };

  for (gsize i = 0; i < G_N_ELEMENTS (vaults); i++)
    {
      g_autoptr (GPtrArray) items = sak_vault_list_outbox (vaults[i], NULL);
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < items->len; j++)
        g_assert_true (sak_vault_remove_outbox (vaults[i], ((SakOutboxItem *) items->pdata[j])->id, NULL));
      g_assert_true (sak_vault_remove_carrier (vaults[i], "stick", &error));
      g_assert_no_error (error);
    }
  test_remove_tree (stick);
  g_clear_pointer (&stick, g_free);
}

/* Returns: the item's id. */
static char *
queue (void)
{
  g_autofree char *record = test_add_event (pair.partner, "At the pier", FALSE);
  g_autofree char *noise = g_malloc (NOISE_SIZE);
  const char *to[] = { "Desk", NULL };
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  for (gsize i = 0; i < NOISE_SIZE; i++)
    noise[i] = (char) g_test_rand_int ();
  test_add_media (pair.partner, record, "voice.ogg", noise, NOISE_SIZE);
  test_finish (pair.partner, record, NULL);
  plan = sak_export_plan_new (pair.partner, to, NULL, &error);
  g_assert_no_error (error);
  report = sak_outbox_create (pair.partner, plan, "stick", NULL, NULL, &id, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (report);
  return id;
}

static SakOutboxItem *
find (const char *id)
{
  g_autoptr (GError) error = NULL;
  SakOutboxItem *item = sak_vault_find_outbox (pair.partner, id, &error);

  g_assert_no_error (error);
  return item;
}

/* One try. Returns: how the item stands then. */
static SakOutboxItem *
send_once (const char     *id,
           SakCarryReason  expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (SakErrand) errand = sak_outbox_begin (pair.partner, id, &error);
  SakOutboxItem *item = NULL;
  gboolean went_well;

  g_assert_no_error (error);
  went_well = sak_errand_run (errand, NULL, NULL, NULL, &cause);
  g_assert_true (went_well == (expected == SAK_CARRY_FINE));
  if (!went_well)
    g_assert_error (cause, SAK_CARRY_ERROR, (int) expected);
  g_assert_true (sak_outbox_finish (pair.partner, errand, &item, &error));
  g_assert_no_error (error);
  g_assert_cmpint (item->reason, ==, expected);
  return item;
}

typedef struct
{
  guint n_imported;
  guint n_known;
  guint n_refused;
  guint n_incomplete;
  guint n_removed;
  int last_code;
} Fetched;

static Fetched
fetch (gboolean tidies)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakFetch) run = sak_fetch_new (pair.desk, "stick", &error);
  Fetched fetched = { .last_code = -1 };

  g_assert_no_error (error);
  g_assert_true (sak_fetch_look (run, NULL, &error));
  g_assert_no_error (error);
  while (sak_fetch_bring (run, NULL, NULL, NULL, &error))
    {
      g_autoptr (SakFetchResult) result = sak_fetch_take (run, pair.desk, NULL, NULL, NULL, &error);
      gboolean is_removed = FALSE;

      g_assert_no_error (error);
      g_assert_true (!tidies || sak_fetch_tidy (run, NULL, &is_removed, &error));
      fetched.n_imported += result->report != NULL;
      fetched.n_known += result->is_known;
      fetched.n_refused += result->refusal != NULL;
      fetched.n_removed += is_removed;
      if (result->refusal != NULL)
        fetched.last_code = result->refusal->code;
    }
  g_assert_no_error (error);
  fetched.n_incomplete = sak_fetch_get_n_incomplete (run);
  g_assert_true (sak_fetch_finish (run, pair.desk, &error));
  return fetched;
}

/* Whatever is called so that somebody would take it for a bundle. */
static guint
count_takeable (void)
{
  g_autoptr (GDir) directory = g_dir_open (stick, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    n += !sak_shelf_is_passed_over (name);
  return n;
}

static void
a_bundle_goes_to_a_stick_and_is_found_there (void)
{
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SakOutboxItem) before = NULL;
  g_autoptr (SakOutboxItem) after = NULL;
  guint n_records = test_count_records (pair.desk);
  Fetched first, second;
  struct stat status;

  lay_stick (0);
  id = queue ();
  before = find (id);
  g_assert_cmpint (before->state, ==, SAK_OUTBOX_WAITING);
  g_assert_cmpstr (before->label, ==, "Desk");
  g_assert_true (before->has_sha256);
  g_assert_cmpuint (before->size_bytes, >, NOISE_SIZE);
  after = send_once (id, SAK_CARRY_FINE);
  g_assert_cmpint (after->state, ==, SAK_OUTBOX_DELIVERED);
  g_assert_cmpuint (after->done_bytes, ==, after->size_bytes);
  g_assert_false (g_file_test (before->path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_takeable (), ==, 1);
  path = g_strdup_printf ("%s/%s.age", stick, id);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpuint ((guint64) status.st_size, ==, before->size_bytes);
  first = fetch (FALSE);
  g_assert_cmpuint (first.n_imported, ==, 1);
  g_assert_cmpuint (test_count_records (pair.desk), ==, n_records + 1);
  second = fetch (FALSE);
  g_assert_cmpuint (second.n_imported + second.n_known + second.n_refused, ==, 0);
  g_assert_cmpuint (count_takeable (), ==, 1);
  take_stick_away ();
}

static void
what_was_put_there_under_another_name_is_known (void)
{
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  Fetched again, tidied;

  lay_stick (0);
  id = queue ();
  sak_outbox_item_free (send_once (id, SAK_CARRY_FINE));
  g_assert_cmpuint (fetch (FALSE).n_imported, ==, 1);
  path = g_strdup_printf ("%s/%s.age", stick, id);
  other = g_strdup_printf ("%s/renamed by somebody", stick);
  g_assert_cmpint (g_rename (path, other), ==, 0);
  again = fetch (FALSE);
  g_assert_cmpuint (again.n_known, ==, 1);
  g_assert_cmpuint (again.n_imported + again.n_refused, ==, 0);
  /* Only what was imported just now is deleted, and only where it is for us alone. */
  tidied = fetch (TRUE);
  g_assert_cmpuint (tidied.n_removed, ==, 0);
  g_free (id);
  id = queue ();
  sak_outbox_item_free (send_once (id, SAK_CARRY_FINE));
  tidied = fetch (TRUE);
  g_assert_cmpuint (tidied.n_removed, ==, 1);
  g_assert_cmpuint (count_takeable (), ==, 1);
  take_stick_away ();
}

static void
parts_are_sent_once_and_found_when_all_are_there (void)
{
  g_autofree char *id = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *hidden = NULL;
  g_autoptr (SakOutboxItem) item = NULL;
  struct stat before, after;

  lay_stick (200000);
  id = queue ();
  item = send_once (id, SAK_CARRY_FINE);
  g_assert_cmpuint (count_takeable (), ==, 1 + (item->size_bytes + 200000 - 1) / (3 * 65552));
  gone = g_strdup_printf ("%s/%s.age.002-of-%03u", stick, id, count_takeable () - 1);
  kept = g_strdup_printf ("%s/%s.age.001-of-%03u", stick, id, count_takeable () - 1);
  hidden = g_strdup_printf ("%s/.syncthing.half.tmp", stick);
  g_assert_cmpint (g_rename (gone, hidden), ==, 0);
  g_assert_cmpuint (fetch (FALSE).n_incomplete, ==, 1);
  g_assert_cmpint (g_rename (hidden, gone), ==, 0);
  g_assert_cmpint (stat (kept, &before), ==, 0);
  g_assert_cmpuint (fetch (FALSE).n_imported, ==, 1);
  g_assert_cmpint (stat (kept, &after), ==, 0);
  g_assert_cmpint (before.st_ino, ==, after.st_ino);
  take_stick_away ();
}

/* A list of parts that are gone would be taken for a bundle that did not come whole. */
static void
parts_are_tidied_away_with_their_list (void)
{
  g_autofree char *id = NULL;

  lay_stick (200000);
  id = queue ();
  sak_outbox_item_free (send_once (id, SAK_CARRY_FINE));
  g_assert_cmpuint (count_takeable (), >, 2);
  g_assert_cmpuint (fetch (TRUE).n_removed, ==, 1);
  g_assert_cmpuint (count_takeable (), ==, 0);
  take_stick_away ();
}

/* As after a kill: some parts lie there, one of them spoilt. */
static void
what_lies_there_already_is_not_written_again (void)
{
  g_autofree char *id = NULL;
  g_autofree char *copy = test_path (&pair, "copy");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (SakOutboxItem) item = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;
  struct stat before, after;

  lay_stick (200000);
  id = queue ();
  item = find (id);
  /* The same cut, made beforehand. */
  g_assert_cmpint (g_mkdir (copy, 0700), ==, 0);
  names = sak_parts_split (item->path, stick, NULL, 200000, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  first = g_build_filename (stick, names->pdata[0], NULL);
  second = g_build_filename (stick, names->pdata[1], NULL);
  test_flip_byte (second, 1000);
  g_assert_cmpint (stat (first, &before), ==, 0);
  sak_outbox_item_free (send_once (id, SAK_CARRY_FINE));
  g_assert_cmpint (stat (first, &after), ==, 0);
  g_assert_cmpint (before.st_ino, ==, after.st_ino);
  g_assert_cmpuint (fetch (FALSE).n_imported, ==, 1);
  g_assert_cmpint (g_rmdir (copy), ==, 0);
  take_stick_away ();
}

static void
whichever_call_fails_nothing_half_written_is_taken_for_whole (gconstpointer is_simple)
{
  g_autofree char *id = NULL;
  gboolean is_delivered = FALSE;
  guint n, n_imported = 0;
  Fetched fetched;

  lay_stick (200000);
  id = queue ();
  sak_disk_watch (stick);
  sak_disk_be_simple (is_simple != NULL);
  for (n = 1; !is_delivered; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakErrand) errand = sak_outbox_begin (pair.partner, id, &error);
      g_autoptr (SakOutboxItem) item = NULL;
      gboolean went_well;

      g_assert_no_error (error);
      sak_disk_fail_at (n, SAK_DISK_OPEN | SAK_DISK_WRITE | SAK_DISK_SYNC | SAK_DISK_RENAME, n % 2 == 0 ? ENOSPC : EIO,
                        TRUE);
      went_well = sak_errand_run (errand, NULL, NULL, NULL, &error);
      sak_disk_fail_at (0, 0, 0, FALSE);
      g_assert_true (went_well || error->domain == SAK_CARRY_ERROR);
      g_assert_true (sak_outbox_finish (pair.partner, errand, &item, NULL));
      is_delivered = item->state == SAK_OUTBOX_DELIVERED;
      g_assert_true (is_delivered == went_well);
      g_assert_true (is_delivered || item->state == SAK_OUTBOX_WAITING);
      /* All parts may be there and the list of them not: then it is whole. */
      fetched = fetch (FALSE);
      g_assert_cmpuint (fetched.n_refused, ==, 0);
      n_imported += fetched.n_imported;
    }
  sak_disk_be_simple (FALSE);
  sak_disk_watch (NULL);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (n_imported, ==, 1);
  take_stick_away ();
}

static guint
hurry (gboolean has_network)
{
  g_autoptr (GPtrArray) folders = sak_outbox_list_missing (pair.partner, NULL);
  guint n_hurried;

  g_assert_nonnull (folders);
  sak_outbox_look (folders);
  g_assert_true (sak_outbox_hurry (pair.partner, has_network, folders, &n_hurried, NULL));
  return n_hurried;
}

static void
a_stick_that_is_not_there_is_waited_for (void)
{
  g_autofree char *id = NULL;
  g_autofree char *away = test_path (&pair, "away");
  gint64 waits[3];

  lay_stick (0);
  id = queue ();
  g_assert_cmpint (g_rename (stick, away), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      gint64 now = g_get_real_time () / G_USEC_PER_SEC;
      g_autoptr (SakOutboxItem) item = send_once (id, SAK_CARRY_NO_FOLDER);

      g_assert_cmpint (item->state, ==, SAK_OUTBOX_WAITING);
      g_assert_cmpuint (item->n_tries, ==, i + 1);
      waits[i] = item->next_try - now;
    }
  g_assert_cmpint (waits[1], >=, 2 * SAK_OUTBOX_FIRST_WAIT);
  g_assert_cmpint (waits[2], >=, 4 * SAK_OUTBOX_FIRST_WAIT);
  g_assert_cmpuint (hurry (TRUE), ==, 0);
  g_assert_cmpint (g_rename (away, stick), ==, 0);
  g_assert_cmpuint (hurry (FALSE), ==, 1);
  sak_outbox_item_free (send_once (NULL, SAK_CARRY_FINE));
  take_stick_away ();
}

/* Where it was mounted stays as an empty folder of the system's own disk. */
static void
a_stick_that_was_pulled_is_no_folder_to_write_to (void)
{
  g_autofree char *id = NULL;
  g_autoptr (SakCarrier) carrier = NULL;
  g_autoptr (GError) error = NULL;

  lay_stick (0);
  carrier = sak_vault_find_carrier (pair.partner, "stick", NULL);
  id = queue ();
  g_free (carrier->address);
  carrier->address = g_strdup ("/");
  carrier->flags = SAK_CARRIER_IS_APART;
  g_assert_true (sak_vault_change_carrier (pair.partner, carrier, &error));
  sak_outbox_item_free (send_once (id, SAK_CARRY_NO_FOLDER));
  take_stick_away ();
}

/* The same below a disk that is not the system's: what lies there then is mounted less deep. */
static void
a_stick_below_another_disk_is_missed_too (void)
{
  g_autofree char *id = NULL;
  g_autoptr (SakCarrier) carrier = NULL;
  g_autoptr (GError) error = NULL;
  guint depth;

  lay_stick (0);
  carrier = sak_vault_find_carrier (pair.partner, "stick", NULL);
  depth = sak_shelf_measure_mount (stick);
  id = queue ();
  g_free (carrier->address);
  carrier->address = g_strdup ("/proc/self");
  carrier->flags = (SakCarrierFlags) (SAK_CARRIER_IS_APART | (2u << SAK_CARRIER_DEPTH_SHIFT));
  g_assert_true (sak_vault_change_carrier (pair.partner, carrier, &error));
  g_assert_false (sak_carrier_is_there (carrier));
  sak_outbox_item_free (send_once (id, SAK_CARRY_NO_FOLDER));
  g_assert_false (sak_carrier_prepare (carrier, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  sak_carrier_move_to (carrier, stick);
  g_assert_cmpuint (carrier->flags, ==, 0);
  g_assert_true (sak_carrier_prepare (carrier, NULL));
  g_assert_cmpuint ((guint) carrier->flags >> SAK_CARRIER_DEPTH_SHIFT, ==, depth);
  g_assert_true (sak_carrier_is_there (carrier));
  take_stick_away ();
}

/* And what was allowed for one is not for another. */
static void
who_moves_does_not_send_by_itself_there (void)
{
  g_autoptr (SakCarrier) carrier = sak_carrier_new ("office", SAK_CARRIER_WEBDAV, "https://one.example/");

  carrier->flags = SAK_CARRIER_BY_ITSELF;
  sak_carrier_move_to (carrier, "https://one.example/");
  g_assert_cmpuint (carrier->flags, ==, SAK_CARRIER_BY_ITSELF);
  sak_carrier_move_to (carrier, "https://two.example/");
  g_assert_cmpuint (carrier->flags, ==, 0);
}

/* What a server gives now and then keeps a connection's own patience for ever. */
static void
what_gets_nowhere_is_ended (void)
{
  g_autoptr (SakDavWatch) slow = sak_dav_watch_new (NULL, 1);
  g_autoptr (GCancellable) outer = g_cancellable_new ();
  g_autoptr (SakDavWatch) fast = sak_dav_watch_new (outer, 1);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  sak_dav_watch_count (slow, 10);
  sak_dav_watch_count (fast, 1000 * SAK_DAV_LEAST_BYTES);
  while (!g_cancellable_is_cancelled (sak_dav_watch_get_cancellable (slow)) && g_get_monotonic_time () < end)
    g_thread_yield ();
  g_assert_true (sak_dav_watch_was_slow (slow));
  g_assert_false (g_cancellable_is_cancelled (sak_dav_watch_get_cancellable (fast)));
  g_cancellable_cancel (outer);
  g_assert_true (g_cancellable_is_cancelled (sak_dav_watch_get_cancellable (fast)));
  g_assert_false (sak_dav_watch_was_slow (fast));
}

static SakOutboxItem
make_item (gint64 next_try)
{
  return (SakOutboxItem) { .state = SAK_OUTBOX_WAITING, .next_try = next_try };
}

static void
a_wrong_clock_lets_nothing_wait_for_years (void)
{
  const gint64 now = 1700000000;
  SakOutboxItem at_once = make_item (0), soon = make_item (now + 60), past = make_item (now - 60),
                from_tomorrow = make_item (now + 86400), paused = make_item (0);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  paused.is_paused = TRUE;
  g_assert_true (sak_outbox_item_is_due (&at_once, now));
  g_assert_true (sak_outbox_item_is_due (&past, now));
  g_assert_true (sak_outbox_item_is_due (&from_tomorrow, now));
  g_assert_false (sak_outbox_item_is_due (&soon, now));
  g_assert_false (sak_outbox_item_is_due (&paused, now));
  g_ptr_array_add (items, &paused);
  g_assert_cmpint (sak_outbox_get_wait (items, now), ==, -1);
  g_ptr_array_add (items, &soon);
  g_assert_cmpint (sak_outbox_get_wait (items, now), ==, 60);
  g_ptr_array_add (items, &from_tomorrow);
  g_assert_cmpint (sak_outbox_get_wait (items, now), ==, 0);
}

static void
the_time_left_is_by_what_went_now (void)
{
  SakPace pace = { 0 };

  g_assert_cmpint (sak_pace_get_seconds_left (&pace, 1000000, 500, 1500), ==, -1);
  g_assert_cmpint (sak_pace_get_seconds_left (&pace, 2000000, 600, 1500), ==, -1);
  /* 100 in five seconds; what was there at first took none. */
  g_assert_cmpint (sak_pace_get_seconds_left (&pace, 6000000, 600, 1500), ==, 45);
  g_assert_cmpint (sak_pace_get_seconds_left (&pace, 6000000, 1500, 1500), ==, 0);
}

static void
a_program_that_ended_in_between_goes_on (void)
{
  g_autofree char *under_way = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *left = NULL;
  g_autofree char *other = NULL;
  g_autoptr (SakOutboxItem) making = NULL;
  g_autoptr (SakOutboxItem) made = NULL;
  g_autoptr (SakErrand) errand = NULL;
  g_autoptr (SakOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  lay_stick (0);
  under_way = queue ();
  errand = sak_outbox_begin (pair.partner, under_way, &error);
  g_assert_no_error (error);
  g_assert_null (sak_outbox_begin (pair.partner, under_way, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (sak_vault_remove_outbox (pair.partner, under_way, NULL));
  making = sak_vault_reserve_outbox (pair.partner, "stick", "Desk", &error);
  made = sak_vault_reserve_outbox (pair.partner, "stick", "Desk", &error);
  g_assert_true (g_file_set_contents (made->path, "whole", 5, NULL));
  folder = g_path_get_dirname (made->path);
  left = g_build_filename (folder, "00112233445566778899aabbccddeeff.age", NULL);
  other = g_build_filename (folder, "by-hand.age", NULL);
  g_assert_true (g_file_set_contents (left, "left", 4, NULL) && g_file_set_contents (other, "other", 5, NULL));
  sak_vault_settle_outbox (pair.partner);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_remove (other), ==, 0);
  g_assert_null (sak_vault_find_outbox (pair.partner, making->id, NULL));
  item = find (made->id);
  g_assert_cmpint (item->state, ==, SAK_OUTBOX_WAITING);
  g_assert_cmpuint (item->size_bytes, ==, 5);
  sak_outbox_item_free (item);
  item = find (under_way);
  g_assert_cmpint (item->state, ==, SAK_OUTBOX_WAITING);
  take_stick_away ();
}

static void
a_bundle_that_was_spoilt_in_the_outbox_does_not_leave (void)
{
  g_autofree char *id = NULL;
  g_autoptr (SakOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;

  lay_stick (0);
  id = queue ();
  item = find (id);
  test_flip_byte (item->path, item->size_bytes / 2);
  sak_outbox_item_free (item);
  item = send_once (id, SAK_CARRY_DAMAGED);
  g_assert_cmpint (item->state, ==, SAK_OUTBOX_FAILED);
  g_assert_cmpuint (count_takeable (), ==, 0);
  g_assert_false (sak_vault_remove_carrier (pair.partner, "stick", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  g_assert_true (sak_outbox_set_paused (pair.partner, id, FALSE, NULL));
  sak_outbox_item_free (item);
  item = find (id);
  g_assert_cmpint (item->state, ==, SAK_OUTBOX_WAITING);
  take_stick_away ();
}

static void
what_is_no_bundle_or_not_whole_is_left_alone (void)
{
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *letter = NULL;
  g_autofree char *list = NULL;
  g_autofree char *link = NULL;
  Fetched fetched;
  gsize size;

  lay_stick (0);
  id = queue ();
  sak_outbox_item_free (send_once (id, SAK_CARRY_FINE));
  path = g_strdup_printf ("%s/%s.age", stick, id);
  letter = g_strdup_printf ("%s/letter.odt", stick);
  list = g_strdup_printf ("%s/.syncthing.%s.age.tmp", stick, id);
  link = g_strdup_printf ("%s/link.age", stick);
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_assert_true (g_file_set_contents (path, text, (gssize) size / 2, NULL));
  g_assert_true (g_file_set_contents (letter, "not for us", -1, NULL));
  g_assert_true (g_file_set_contents (list, text, (gssize) size, NULL));
  g_assert_cmpint (symlink (list, link), ==, 0);
  fetched = fetch (TRUE);
  g_assert_cmpuint (fetched.n_refused, ==, 1);
  g_assert_cmpint (fetched.last_code, ==, SAK_ERROR_TRUNCATED);
  g_assert_cmpuint (fetched.n_imported + fetched.n_removed, ==, 0);
  g_assert_cmpuint (fetch (FALSE).n_refused, ==, 0);
  /* It has grown since. */
  g_assert_true (g_file_set_contents (path, text, (gssize) size, NULL));
  g_assert_cmpuint (fetch (FALSE).n_imported, ==, 1);
  take_stick_away ();
}

/* Whoever put it there can mend its list: it is looked at again, and told again until then. */
static void
parts_with_a_damaged_list_are_tried_again (void)
{
  g_autofree char *id = NULL;
  g_autofree char *list = NULL;
  g_autofree char *text = NULL;
  Fetched fetched;
  gsize size;

  lay_stick (200000);
  id = queue ();
  sak_outbox_item_free (send_once (id, SAK_CARRY_FINE));
  list = g_strdup_printf ("%s/%s.age.sha256", stick, id);
  g_assert_true (g_file_get_contents (list, &text, &size, NULL));
  test_flip_byte (list, 3);
  for (guint i = 0; i < 2; i++)
    {
      fetched = fetch (FALSE);
      g_assert_cmpuint (fetched.n_imported, ==, 0);
      g_assert_cmpuint (fetched.n_refused, ==, 1);
    }
  g_assert_true (g_file_set_contents (list, text, (gssize) size, NULL));
  g_assert_cmpuint (fetch (FALSE).n_imported, ==, 1);
  take_stick_away ();
}

/* Neither is none: one may be read another day, the other is still being written. */
static void
what_cannot_be_read_is_told (void)
{
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SakFetch) unreadable = NULL;
  g_autoptr (SakFetch) growing = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit before, none;
  FILE *file;

  lay_stick (0);
  id = queue ();
  sak_outbox_item_free (send_once (id, SAK_CARRY_FINE));
  path = g_strdup_printf ("%s/%s.age", stick, id);
  unreadable = sak_fetch_new (pair.desk, "stick", NULL);
  growing = sak_fetch_new (pair.desk, "stick", NULL);
  g_assert_true (sak_fetch_look (unreadable, NULL, NULL));
  g_assert_true (sak_fetch_look (growing, NULL, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  none = before;
  none.rlim_cur = 0;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  g_assert_false (sak_fetch_bring (unreadable, NULL, NULL, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  g_assert_error (error, SAK_CARRY_ERROR, SAK_CARRY_UNREADABLE);
  g_assert_false (sak_fetch_is_over (error));
  g_clear_error (&error);
  file = fopen (path, "a");
  g_assert_nonnull (file);
  g_assert_cmpint (fputs ("more", file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
  g_assert_false (sak_fetch_bring (growing, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sak_fetch_get_n_incomplete (growing), ==, 1);
  take_stick_away ();
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
#define ADD(path, function) g_test_add_func ("/outbox/" path, function)
  ADD ("a-bundle-goes-to-a-stick-and-is-found-there", a_bundle_goes_to_a_stick_and_is_found_there);
  ADD ("what-was-put-there-under-another-name-is-known", what_was_put_there_under_another_name_is_known);
  ADD ("parts-are-sent-once-and-found-when-all-are-there", parts_are_sent_once_and_found_when_all_are_there);
  ADD ("parts-are-tidied-away-with-their-list", parts_are_tidied_away_with_their_list);
  ADD ("what-lies-there-already-is-not-written-again", what_lies_there_already_is_not_written_again);
  g_test_add_data_func ("/outbox/whichever-call-fails-nothing-half-written-is-taken-for-whole", NULL,
                        whichever_call_fails_nothing_half_written_is_taken_for_whole);
  g_test_add_data_func ("/outbox/whichever-call-fails-nothing-half-written-is-taken-for-whole/as-on-fat", "as FAT",
                        whichever_call_fails_nothing_half_written_is_taken_for_whole);
  ADD ("a-stick-that-is-not-there-is-waited-for", a_stick_that_is_not_there_is_waited_for);
  ADD ("a-stick-that-was-pulled-is-no-folder-to-write-to", a_stick_that_was_pulled_is_no_folder_to_write_to);
  ADD ("a-stick-below-another-disk-is-missed-too", a_stick_below_another_disk_is_missed_too);
  ADD ("who-moves-does-not-send-by-itself-there", who_moves_does_not_send_by_itself_there);
  ADD ("what-gets-nowhere-is-ended", what_gets_nowhere_is_ended);
  ADD ("parts-with-a-damaged-list-are-tried-again", parts_with_a_damaged_list_are_tried_again);
  ADD ("what-cannot-be-read-is-told", what_cannot_be_read_is_told);
  ADD ("a-wrong-clock-lets-nothing-wait-for-years", a_wrong_clock_lets_nothing_wait_for_years);
  ADD ("the-time-left-is-by-what-went-now", the_time_left_is_by_what_went_now);
  ADD ("a-program-that-ended-in-between-goes-on", a_program_that_ended_in_between_goes_on);
  ADD ("a-bundle-that-was-spoilt-in-the-outbox-does-not-leave", a_bundle_that_was_spoilt_in_the_outbox_does_not_leave);
  ADD ("what-is-no-bundle-or-not-whole-is-left-alone", what_is_no_bundle_or_not_whole_is_left_alone);
#undef ADD
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
