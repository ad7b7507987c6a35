/* sak-test-spoken.h - what a screen reader is told of a window, and what is wrong with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One thing on the screen, as the bus of accessibility has it. */
typedef struct _TestSpoken TestSpoken;
struct _TestSpoken
{
  TestSpoken *parent;           /* NULL: a window */
  char *path;
  char *name;
  char *role;
  guint64 states;
  GPtrArray *children;          /* TestSpoken, owned */
};

/* Of this very process, over its own bus: names are what GTK works out of labels, relations and its fallbacks,
 * which nothing within the process tells. @window has to be shown. Free with test_spoken_free().
 */
TestSpoken *test_spoken_read        (GtkWindow  *window);
void        test_spoken_free        (TestSpoken *self);
guint       test_spoken_count       (TestSpoken *self);
/* Appends a sentence for each fault below @self. */
void        test_spoken_find_faults (TestSpoken *self,
                                     GPtrArray  *faults);

G_END_DECLS
