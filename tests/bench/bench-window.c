/* bench-window.c - how soon the real window answers a click, by how many records there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-window FOLDER [RECORDS [DEED]]: at 1000, 10000 … up to RECORDS (100000), all deeds or those whose name
 * begins so; needs a display (tests/display/run-display.sh). Of each thing done: after how many milliseconds the first
 * frame is painted that the click brought, when what was asked for stands there whole, and for how long at most the
 * window was deaf in between. What other work on the machine does not lengthen is told beside it: the main
 * thread's own time up to that frame, and that of all other threads. Each is done five times; medians count.
 */
#include "config.h"

#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "storage/sak-review.h"
#include "storage/sak-search-private.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-list-header.h"
#include "ui/sak-record-list.h"
#include "ui/sak-review-page.h"
#include "ui/sak-window-private.h"

#define BUDGET_MS 100
#define TIMES 5
#define GIVE_UP_USEC (120 * G_USEC_PER_SEC)

static SakWindow *window;
static gboolean is_painted;

static const char *const words[] = {
  "boat", "harbour", "wages", "captain", "papers", "ရွာ", "စစ်တပ်", "မီး", "น้ำ", "หมู่บ้าน", "ទឹក", "ນ້ຳ", "nhà",
};

/* The row and its index, as sak_record_update_summary() makes them; nothing else is shown by a list. */
static void
add_one (SakVault *vault,
         gint64    number)
{
  sak_autostmt row = sak_db_prepare (vault->db,
                                     "INSERT INTO record (rowid, id, kind, code, state, title, date, latest_day,"
                                     " place, n_media, origin, changed) VALUES (?1, randomblob(16), 'event', ?2, ?3,"
                                     " ?4, '2019-07', ?5, ?6, 0, 1 + ?1 % 12, ?1)");
  const char *one = words[number % G_N_ELEMENTS (words)], *other = words[number / 7 % G_N_ELEMENTS (words)];
  g_autofree char *title = g_strdup_printf ("%s %s %" G_GINT64_FORMAT, one, other, number);
  g_autofree char *code = g_strdup_printf ("HAR-2026-%" G_GINT64_FORMAT, number);
  g_autofree char *place = g_strdup_printf ("Place %" G_GINT64_FORMAT, number * 7919 % 997);
  SakRecordState state = number % 1000 == 0 ? SAK_RECORD_DRAFT : SAK_RECORD_FINISHED;
  SakRecordKey key = { .rowid = number, .kind = (char *) "event", .code = code };
  g_autofree char *story = g_strdup_printf ("They were kept and not paid; %s", other);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s, s:{s:s, s:s}}", "title", title, "narrative", story, "place",
                                         "name", place, "country", "TH");
  g_autoptr (GError) error = NULL;

  sqlite3_bind_int64 (row, 1, number);
  sak_db_bind_text (row, 2, code);
  sqlite3_bind_int (row, 3, state);
  sak_db_bind_text (row, 4, title);
  sqlite3_bind_int64 (row, 5, 15000 + number % 5000);
  sak_db_bind_text (row, 6, place);
  if (!sak_db_run (vault->db, row, &error) ||
      !sak_search_update (vault, &key, state, title, "2019-07", fields, &error))
    g_error ("%s", error->message);
}

/* Twelve partners; every record came from one of them, and was looked at or not (sak-review-derive.c). */
static void
add_contacts (SakVault *vault)
{
  sak_autostmt contact = sak_db_prepare (vault->db,
                                         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)"
                                         " INSERT INTO contact (rowid, name, organisation, signing_key, recipient,"
                                         " trust, practice, added, card) SELECT i, 'Partner ' || i, '',"
                                         " randomblob(32), randomblob(32), i % 2, 0, 0, '' FROM n");

  g_assert_true (sak_db_run (vault->db, contact, NULL));
}

static void
add_arrival (SakVault *vault,
             gint64    number)
{
  sak_autostmt arrival = sak_db_prepare (vault->db,
                                         "INSERT INTO arrival (record, contact, state, grade, n_questions, is_urgent,"
                                         " latest, is_unread) VALUES (?1, 1 + ?1 % 12, ?1 % 6, 0, 0, ?1 % 997 = 0,"
                                         " ?1, ?1 % 3 = 0)");

  sqlite3_bind_int64 (arrival, 1, number);
  g_assert_true (sak_db_run (vault->db, arrival, NULL));
}

static void
fill (SakVault *vault,
      gint64   *n_there,
      gint64    n)
{
  while (*n_there < n)
    {
      g_assert_true (sak_vault_begin (vault, NULL));
      for (guint i = 0; i < 5000 && *n_there < n; i++)
        {
          add_one (vault, ++*n_there);
          add_arrival (vault, *n_there);
        }
      g_assert_true (sak_vault_commit (vault, NULL));
    }
}

static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (text == NULL || (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
painted_cb (void)
{
  is_painted = TRUE;
}

typedef struct
{
  double first;
  double first_own;             /* of the processor, the main thread; */
  double others;                /* and all others, until it is whole */
  double whole;
  double deaf;
} Answer;

static double
get_ms (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
get_own_ms (void)
{
  return get_ms (CLOCK_THREAD_CPUTIME_ID);
}

static double
get_others_ms (void)
{
  return get_ms (CLOCK_PROCESS_CPUTIME_ID) - get_own_ms ();
}

/* Turns the main loop, without ever waiting in it, until @text stands somewhere and was painted. */
static Answer
wait_for (const char *text,
          gint64      start,
          double      own_start)
{
  Answer answer = { 0 };
  gboolean is_there = FALSE;
  double others_start = get_others_ms ();

  is_painted = FALSE;
  answer.deaf = get_own_ms () - own_start;
  while (answer.whole <= 0)
    {
      double before = get_own_ms ();

      g_main_context_iteration (NULL, FALSE);
      answer.deaf = MAX (answer.deaf, get_own_ms () - before);
      if (g_get_monotonic_time () - start > GIVE_UP_USEC)
        g_error ("“%s” never came", text);
      if (!is_painted)
        continue;
      is_painted = FALSE;
      if (answer.first <= 0)
        {
          answer.first = (double) (g_get_monotonic_time () - start) / 1e3;
          answer.first_own = get_own_ms () - own_start;
        }
      /* Painted once more since it was there. */
      if (is_there)
        answer.whole = (double) (g_get_monotonic_time () - start) / 1e3;
      is_there = find (GTK_WIDGET (window), GTK_TYPE_LABEL, text) != NULL;
      gtk_widget_queue_draw (GTK_WIDGET (window));
    }
  answer.others = get_others_ms () - others_start;
  return answer;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

static double
get_median (double *numbers)
{
  qsort (numbers, TIMES, sizeof *numbers, compare_doubles);
  return numbers[TIMES / 2];
}

/* --- What is done --- */

typedef struct
{
  const char *name;
  void (*prepare) (void);
  const char *prepared;         /* seen before it is measured; NULL: nothing to do */
  void (*act) (void);
  const char *text;             /* which tells that it is there */
} Deed;

static char *all_text;          /* "100000 records" */

static void
go (const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.go", "s", name);
}

static void
go_home (void)
{
  go ("home");
}

static void
go_list (void)
{
  go (SAK_KIND_EVENT);
}

static void
go_people (void)
{
  go (SAK_KIND_PERSON);
}

static void
show_whole_list (void)
{
  go_list ();
  sak_record_list_set_search (SAK_RECORD_LIST (find (GTK_WIDGET (window), SAK_TYPE_RECORD_LIST, NULL)), NULL);
}

static void
narrow (const char *text,
        const char *state,
        const char *place)
{
  SakSearch search = { .text = (char *) text, .state = (char *) state, .place = (char *) place };

  sak_record_list_set_search (SAK_RECORD_LIST (find (GTK_WIDGET (window), SAK_TYPE_RECORD_LIST, NULL)), &search);
}

static void
search_rare (void)
{
  narrow ("boat 991", NULL, NULL);
}

static void
search_common (void)
{
  narrow ("ရွာ", NULL, NULL);
}

static void
show_drafts (void)
{
  narrow (NULL, "draft", NULL);
}

static void
show_place (void)
{
  narrow (NULL, NULL, "Place 5");
}

static void
sort_by (const char *column)
{
  GtkWidget *header = find (GTK_WIDGET (window), SAK_TYPE_LIST_HEADER, NULL);

  g_signal_emit_by_name (gtk_widget_get_ancestor (find (header, GTK_TYPE_LABEL, column), GTK_TYPE_BUTTON), "clicked");
}

static void
sort_by_title (void)
{
  sort_by ("Title");
}

static void
sort_by_place (void)
{
  sort_by ("Place");
}

static void
scroll_far (void)
{
  GtkWidget *view = find (GTK_WIDGET (window), GTK_TYPE_LIST_VIEW, NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view))));

  gtk_widget_activate_action (view, "list.scroll-to-item", "u", n * 7 / 10);
}

static void
leave_record (void)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  show_whole_list ();
}

static void
begin_record (void)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new-of-kind", "s", SAK_KIND_EVENT);
}

static void
go_desk (void)
{
  go ("review");
}

static GtkDropDown *
find_choice (guint at)
{
  GtkWidget *choice = find (find (GTK_WIDGET (window), SAK_TYPE_REVIEW_PAGE, NULL), GTK_TYPE_DROP_DOWN, NULL);

  return GTK_DROP_DOWN (at == 0 ? choice : gtk_widget_get_next_sibling (choice));
}

static void
show_whole_desk (void)
{
  go_desk ();
  if (find (GTK_WIDGET (window), SAK_TYPE_REVIEW_PAGE, NULL) == NULL || find_choice (0) == NULL)
    return;
  gtk_drop_down_set_selected (find_choice (0), 0);
  gtk_drop_down_set_selected (find_choice (1), 0);
}

static void
show_desk_state (void)
{
  gtk_drop_down_set_selected (find_choice (1), 1 + SAK_REVIEW_QUESTION);
}

static void
show_desk_partner (void)
{
  gtk_drop_down_set_selected (find_choice (0), 4);
}

/* All is read again after each record that was read or decided about: a click right behind that. */
static void
change_desk (void)
{
  sak_session_changed (window->session);
  show_desk_state ();
}

static const Deed deeds[] = {
  { "open the list", go_people, "No people yet", go_list, NULL },
  { "jump far down in it", show_whole_list, NULL, scroll_far, NULL },
  { "sort it by title", show_whole_list, NULL, sort_by_title, NULL },
  { "sort it by place", show_whole_list, NULL, sort_by_place, NULL },
  { "search a rare word", show_whole_list, NULL, search_rare, "found" },
  { "search a common word", show_whole_list, NULL, search_common, "best" },
  { "narrow it to drafts", show_whole_list, NULL, show_drafts, " record" },
  { "narrow it to a place", show_whole_list, NULL, show_place, " record" },
  { "begin a record", leave_record, NULL, begin_record, "Finish…" },
  { "the first page", leave_record, NULL, go_home, "Drafts to finish" },
  { "desk: open it", go_people, "No people yet", go_desk, NULL },
  { "desk: jump far down", show_whole_desk, NULL, scroll_far, NULL },
  { "desk: of one state", show_whole_desk, NULL, show_desk_state, " record" },
  { "desk: of one partner", show_whole_desk, NULL, show_desk_partner, " record" },
  { "desk: behind a change", show_whole_desk, NULL, change_desk, " record" },
};

static void
do_deed (const Deed *deed)
{
  double first[TIMES], first_own[TIMES], others[TIMES], whole[TIMES], deaf[TIMES];

  for (guint i = 0; i < TIMES; i++)
    {
      Answer answer;
      double own_start;
      gint64 start;

      deed->prepare ();
      (void) wait_for (deed->prepared != NULL ? deed->prepared : all_text, g_get_monotonic_time (),
                       get_own_ms ());
      start = g_get_monotonic_time ();
      own_start = get_own_ms ();
      deed->act ();
      answer = wait_for (deed->text != NULL ? deed->text : all_text, start, own_start);
      first[i] = answer.first;
      first_own[i] = answer.first_own;
      others[i] = answer.others;
      whole[i] = answer.whole;
      deaf[i] = answer.deaf;
    }
  printf ("      %-22s first frame %7.1f ms (own %6.1f)  whole %7.1f ms (others %6.1f)  deaf %6.1f ms  %s\n",
          deed->name, get_median (first), get_median (first_own), get_median (whole), get_median (others),
          get_median (deaf), get_median (first) <= BUDGET_MS ? "within budget"
                             : get_median (first_own) <= BUDGET_MS ? "over by the clock" : "OVER");
  fflush (stdout);
}

static void
unlock (TestVault *f)
{
  const SakSettings settings = { .width = 1366, .height = 768, .idle_minutes = 60, .text_percent = 100 };
  GtkWidget *entry;

  window = SAK_WINDOW (sak_window_new (NULL, &settings));
  gtk_window_present (GTK_WINDOW (window));
  sak_window_open_path (window, f->path);
  while ((entry = find (GTK_WIDGET (window), GTK_TYPE_PASSWORD_ENTRY, NULL)) == NULL &&
         (entry = find (GTK_WIDGET (window), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), "the passphrase");
  g_signal_emit_by_name (gtk_widget_get_ancestor (find (GTK_WIDGET (window), GTK_TYPE_LABEL, "Unlock"),
                                                  GTK_TYPE_BUTTON), "clicked");
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted_cb), NULL);
  (void) wait_for ("Drafts to finish", g_get_monotonic_time (), get_own_ms ());
}

static void
measure (TestVault  *f,
         gint64      n,
         const char *only)
{
  test_vault_close (f);
  g_free (all_text);
  all_text = g_strdup_printf ("%" G_GINT64_FORMAT " records", n);
  printf ("%8" G_GINT64_FORMAT " records\n", n);
  unlock (f);
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_str_has_prefix (deeds[i].name, only))
      do_deed (&deeds[i]);
  gtk_window_destroy (GTK_WINDOW (window));
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  test_vault_reopen (f);
}

int
main (int   argc,
      char *argv[])
{
  gint64 most = argc > 2 ? g_ascii_strtoll (argv[2], NULL, 10) : 100000;
  TestVault f = { 0 };
  gint64 n_there = 0;

  if (argc < 2 || most < 1000)
    {
      fprintf (stderr, "bench-window FOLDER [RECORDS [DEED]]\n");
      return 2;
    }
  g_setenv ("TMPDIR", argv[1], TRUE);
  adw_init ();
  sak_window_init_application (NULL);
  test_vault_set_up (&f, NULL);
  add_contacts (f.vault);
  for (gint64 n = 1000; n <= most; n *= 10)
    {
      fill (f.vault, &n_there, n);
      measure (&f, n, argc > 3 ? argv[3] : "");
    }
  test_vault_tear_down (&f, NULL);
  return 0;
}
