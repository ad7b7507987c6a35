/* sak-test-tour-menus.c - stops of the tour: menus and what else pops up, and what came of an import
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include "tests/display/sak-test-sight.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-choosing-more.h"
#include "ui/sak-fields.h"
#include "ui/sak-filter-chips.h"
#include "ui/sak-form-section.h"
#include "ui/sak-record-page.h"
#include "ui/sak-saved-searches.h"
#include "ui/words/sak-words.h"

/* The n-th menu button that is seen below @widget, from 0. */
static GtkMenuButton *
find_button (GtkWidget *widget,
             guint     *n)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_MENU_BUTTON (widget) && (*n)-- == 0)
    return GTK_MENU_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkMenuButton *found = find_button (child, n);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* It must not close when the test looks elsewhere. */
static GtkWidget *
pop_up (TestTour      *tour,
        GtkMenuButton *button)
{
  g_assert_nonnull (button);
  gtk_menu_button_popup (button);
  tour->popover = gtk_menu_button_get_popover (button);
  g_assert_nonnull (tour->popover);
  if (gtk_popover_get_autohide (tour->popover))
    {
      gtk_menu_button_popdown (button);
      gtk_popover_set_autohide (tour->popover, FALSE);
      gtk_menu_button_popup (button);
    }
  return tour->window;
}

static GtkWidget *
pop_up_in (TestTour *tour,
           GType     type,
           guint     n)
{
  return pop_up (tour, find_button (test_see_type (tour->window, type), &n));
}

#define AT_HOME(function, n)                            \
  static GtkWidget *                                    \
  function (TestTour *tour)                             \
  {                                                     \
    (void) test_tour_go (tour, "home");                 \
    test_tour_settle (tour);                            \
    return pop_up_in (tour, SAK_TYPE_WINDOW, n);        \
  }

AT_HOME (open_menu, 0)
AT_HOME (open_new_menu, 1)

static GtkWidget *
open_chip (TestTour *tour,
           guint     n)
{
  GtkWidget *window = test_tour_go (tour, "event");
  GtkWidget *label;

  test_tour_settle (tour);
  label = test_see (window, test_say ("Narrow down"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  test_tour_settle (tour);
  return pop_up_in (tour, SAK_TYPE_FILTER_CHIPS, n);
}

#define CHIP(function, n)                               \
  static GtkWidget *                                    \
  function (TestTour *tour)                             \
  {                                                     \
    return open_chip (tour, n);                         \
  }

CHIP (open_chip_0, 0)
CHIP (open_chip_1, 1)
CHIP (open_chip_2, 2)
CHIP (open_chip_3, 3)
CHIP (open_chip_4, 4)

static GtkWidget *
open_saved (TestTour *tour)
{
  (void) test_tour_go (tour, "event");
  test_tour_settle (tour);
  return pop_up_in (tour, SAK_TYPE_SAVED_SEARCHES, 0);
}

static GtkWidget *
open_in_record (TestTour *tour,
                GType     type,
                guint     n)
{
  gtk_widget_activate_action (tour->window, "win.new-of-kind", "s", "event");
  test_tour_settle (tour);
  return pop_up_in (tour, type, n);
}

/* It is the last one: before it stand those of the fields. */
static GtkWidget *
open_more (TestTour *tour)
{
  guint n = 0;

  gtk_widget_activate_action (tour->window, "win.open-record", "s", tour->incident);
  test_tour_settle (tour);
  while (TRUE)
    {
      guint left = n;

      if (find_button (test_see_type (tour->window, SAK_TYPE_RECORD_PAGE), &left) == NULL)
        break;
      n++;
    }
  return pop_up_in (tour, SAK_TYPE_RECORD_PAGE, n - 1);
}

static GtkWidget *
open_date_first (TestTour *tour)
{
  return open_in_record (tour, SAK_TYPE_DATE_FIELD, 0);
}

static GtkWidget *
open_date_second (TestTour *tour)
{
  return open_in_record (tour, SAK_TYPE_DATE_FIELD, 1);
}

/* Imports. Linked in the place of what asks for a file: who chooses is this test. */

static char *picked;

typedef void Pick (GtkWidget *, SakPick, const char *, const char *, const char *, GCancellable *,
                   GAsyncReadyCallback, gpointer);
Pick __wrap_sak_file_picker_async;
GListModel *__wrap_sak_file_picker_finish (GAsyncResult *, GError **);

void
__wrap_sak_file_picker_async (GtkWidget           *parent,
                              SakPick              pick,
                              const char          *title,
                              const char          *accept_label,
                              const char          *suggested_name,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (parent, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

GListModel *
__wrap_sak_file_picker_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (picked);
  GListStore *files = g_list_store_new (G_TYPE_FILE);

  g_list_store_append (files, file);
  return G_LIST_MODEL (files);
}

static GtkWidget *
pick_bundle (TestTour   *tour,
             const char *path)
{
  GtkWidget *window = test_tour_go (tour, "import");

  g_free (picked);
  picked = g_strdup (path);
  test_click (window, test_say ("Choose a bundle…"));
  return window;
}

static GtkWidget *
open_looked_into (TestTour *tour)
{
  GtkWidget *window = pick_bundle (tour, tour->bundle);

  test_see (window, test_say ("Checked to the last byte: nothing was altered on the way."));
  return window;
}

static GtkWidget *
open_imported (TestTour *tour)
{
  GtkWidget *window = open_looked_into (tour);
  GtkWidget *page = gtk_widget_get_ancestor (test_see (window, test_say ("Choose a bundle…")), ADW_TYPE_BIN);

  while (gtk_widget_get_parent (page) != NULL && !g_str_equal (G_OBJECT_TYPE_NAME (page), "SakImportPage"))
    page = gtk_widget_get_parent (page);
  test_click (page, test_say ("Import"));
  test_tour_settle (tour);
  /* Said once it is done. */
  while (test_find_text (page, test_say ("Importing…")) != NULL)
    test_turn ();
  return window;
}

/* One that broke off on its way. */
static GtkWidget *
open_refused (TestTour *tour)
{
  g_autofree char *path = test_path (&tour->pair, "torn.age");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  GtkWidget *window;
  gsize size;

  g_assert_true (g_file_get_contents (tour->bundle, &bytes, &size, &error));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) (size / 2), &error));
  report = sak_bundle_verify (test_tour_at_rest (tour), path, NULL, NULL, NULL, &refusal);
  g_assert_null (report);
  window = pick_bundle (tour, path);
  test_see (window, sak_words_for_bundle_error (refusal));
  return window;
}

static GtkWidget *
open_chosen (TestTour *tour)
{
  GtkWidget *window = test_tour_go (tour, "event");
  GtkWidget *choose;

  test_tour_settle (tour);
  choose = gtk_widget_get_ancestor (test_see (window, test_say ("Choose several")), GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (choose), TRUE);
  test_click (window, test_say ("Choose all"));
  return pop_up_in (tour, SAK_TYPE_CHOOSING_MORE, 0);
}

const TestStop test_stops_menus[] = {
  { "menu", "window", open_menu },
  { "menu-new", "window", open_new_menu },
  { "menu-record", "record-page", open_more },
  { "menu-chosen", "choosing-more", open_chosen },
  { "chip-1", "record-list", open_chip_0 },
  { "chip-2", "record-list", open_chip_1 },
  { "chip-3", "record-list", open_chip_2 },
  { "chip-4", "record-list", open_chip_3 },
  { "chip-5", "record-list", open_chip_4 },
  { "saved-searches", "record-list", open_saved },
  { "popover-date-1", "record-page", open_date_first },
  { "popover-date-2", "record-page", open_date_second },
  { "import-looked-into", "import-page", open_looked_into },
  { "import-refused", "import-page", open_refused },
  { "import-done", "import-page", open_imported },
  { NULL, NULL, NULL },
};
