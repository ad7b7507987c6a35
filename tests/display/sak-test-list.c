/* sak-test-list.c - what stands in a list of records
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/display/sak-test-list.h"

#include <string.h>

#include "tests/display/sak-test-sight.h"
#include "ui/sak-record-list-model.h"

#define WAIT (180 * G_USEC_PER_SEC)

GListModel *
test_get_rows (GtkWidget *root)
{
  GtkListView *view = GTK_LIST_VIEW (test_find_type (root, GTK_TYPE_LIST_VIEW));

  return G_LIST_MODEL (gtk_list_view_get_model (view));
}

void
test_see_first (GtkWidget  *root,
                const char *words)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  for (;;)
    {
      g_autoptr (SakRecordItem) item = g_list_model_get_item (test_get_rows (root), 0);
      const SakRecordRow *row = item != NULL ? sak_record_item_get_row (item) : NULL;

      if (row != NULL && strstr (row->title, words) != NULL)
        return;
      if (g_get_monotonic_time () > end)
        g_error ("“%s” is not the first, but “%s”", words, row != NULL ? row->title : "nothing");
      test_turn ();
    }
}
