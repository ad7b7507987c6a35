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
  int width;                    /* of the main window, and the most that any other may have */
  int height;
  int percent;                  /* of the text */
  TestPair pair;
  SakWorker *worker;
  SakSession *session;          /* with the partner's vault */
  GtkWidget *window;            /* SakWindow, in which it is open */
  SakWorker *empty_worker;
  SakSession *empty_session;    /* with a vault that has nothing in it */
  char *testimony;              /* a draft with files of all sorts */
  char *incident;               /* finished */
  char *draft;                  /* another, which could be */
  char *torn;                   /* finished, and again in two places at once */
  char *foreign;                /* came from the desk, and was asked about */
  char *reported;               /* went to the desk, which asked about it */
  char *told;                   /* a testimony from the desk, translated, with a person, an incident and a file */
  char *bundle;                 /* the path of one that came from the desk */
  GtkPopover *popover;          /* that a stop opened, and that stays while it is looked at; or NULL */
} TestTour;

/* A screen. @stands_for: the files of ui/ whose page or window it is, apart from "sak-" and ".c", with spaces. */
typedef struct
{
  const char *name;
  const char *stands_for;
  /* Returns: the window to look at. */
  GtkWidget *(*open) (TestTour *self);
} TestStop;

/* Each ends with one that has no name; this one with NULL. */
extern const TestStop *const test_stops[];
extern const TestStop test_stops_gate[];
extern const TestStop test_stops_places[];
extern const TestStop test_stops_carriers[];
extern const TestStop test_stops_records[];
extern const TestStop test_stops_review[];
extern const TestStop test_stops_media[];
extern const TestStop test_stops_menus[];
extern const TestStop test_stops_codes[];
extern const TestStop test_stops_talk[];

/* In the language of now. */
void       test_tour_set_up    (TestTour       *self,
                                int             width,
                                int             height,
                                int             percent);
/* Closes every window. */
void       test_tour_tear_down (TestTour       *self);
/* Goes there, and waits until the vault and the windows have nothing more to do. */
void       test_tour_show  (GtkWidget      *window);
GtkWidget *test_tour_visit     (TestTour       *self,
                                const TestStop *stop);
/* Closes what was opened over the main window, and goes home. */
void       test_tour_leave     (TestTour       *self);

/* For stops */
/* The program's own words, in the language of now. */
const char *test_say           (const char     *words);
GtkWidget *test_tour_go        (TestTour       *self,
                                const char     *place);
/* Until nothing is asked of the vault any more. */
void       test_tour_settle    (TestTour       *self);
/* The vault, for this thread. */
SakVault  *test_tour_at_rest   (TestTour       *self);

G_END_DECLS
