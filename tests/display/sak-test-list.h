/* sak-test-list.h - what stands in a list of records
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Of the list that is shown below @root. Borrowed. */
GListModel *test_get_rows  (GtkWidget  *root);
/* Until the title of the first row has these words; fails after three minutes. */
void        test_see_first (GtkWidget  *root,
                            const char *words);

G_END_DECLS
