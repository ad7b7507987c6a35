/* sak-test-tour.h - every screen of the program, one after the other, over one practice vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/headless/sak-test-pair.h"
#include "ui/sak-session.h"
#include "ui/sak-window.h"

G_BEGIN_DECLS

typedef struct
{
  int width;                    /* of the main window; others ask for their own */
  int height;
  TestPair pair;
  SakWorker *worker;
  SakSession *session;          /* with the partner's vault */
  GtkWidget *window;            /* SakWindow, in which it is open */
  char *testimony;              /* a draft with everything in it */
  char *incident;               /* finished, with a table and a link */
} TestTour;

/* A screen. @stands_for: the files of ui/ whose page or window it is, apart from "sak-" and ".c", with spaces. */
typedef struct
{
  const char *name;
  const char *stands_for;
  /* Returns: the window to look at. */
  GtkWidget *(*open) (TestTour *self);
} TestStop;

extern const TestStop test_stops_places[];
extern const TestStop test_stops_records[];

/* In the language of now; at its end every window of it is closed. */
void       test_tour_set_up    (TestTour       *self,
                                int             width,
                                int             height);
void       test_tour_tear_down (TestTour       *self);
/* Goes there, and waits until the vault and the windows have nothing more to do. */
GtkWidget *test_tour_visit     (TestTour       *self,
                                const TestStop *stop);
/* Closes what was opened over the main window, and goes home. */
void       test_tour_leave     (TestTour       *self);

/* For stops */
GtkWidget *test_tour_go        (TestTour       *self,
                                const char     *place);
/* Until nothing is asked of the vault any more. */
void       test_tour_settle    (TestTour       *self);
/* The vault, for this thread. */
SakVault  *test_tour_at_rest   (TestTour       *self);

G_END_DECLS
