/* sak-date-words-private.h - words of dates, and what is made of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-date-words.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_WORD_MONTH,
  SAK_WORD_WEEKDAY,
  SAK_WORD_SEASON,              /* first and last month, or an EDTF season twice */
  SAK_WORD_FESTIVAL,            /* first and last day, as month * 100 + day */
  SAK_WORD_ERA,                 /* SakEra */
  SAK_WORD_UNIT,                /* 'd' 'w' 'm' 'y' */
  SAK_WORD_BEFORE_NUMBER,       /* the same */
  SAK_WORD_AFTER_NUMBER,
  SAK_WORD_PART,                /* SakPart */
  SAK_WORD_RELATIVE,            /* unit, and how many back */
  SAK_WORD_NUMBER,
  SAK_WORD_AGO,
  SAK_WORD_ABOUT,
  SAK_WORD_PERHAPS,
  SAK_WORD_BEFORE,
  SAK_WORD_AFTER,
  SAK_WORD_UNTIL,
  SAK_WORD_SINCE,
  SAK_WORD_FROM,
  SAK_WORD_BETWEEN,
  SAK_WORD_TO,
  SAK_WORD_AND,
  SAK_WORD_OR,
  SAK_WORD_DECADE,
  SAK_WORD_NOISE,
  SAK_WORD_NUMERIC,             /* "12/3/2562": not in the tables, as what follows */
  SAK_WORD_EVENT,               /* number of the event that the caller named */
} SakWordKind;

typedef enum { SAK_ERA_NONE, SAK_ERA_CE, SAK_ERA_BE, SAK_ERA_ME } SakEra;

typedef enum
{
  SAK_PART_NONE,
  SAK_PART_START,
  SAK_PART_MIDDLE,
  SAK_PART_END,
  SAK_PART_FIRST_HALF,
  SAK_PART_SECOND_HALF,
} SakPart;

typedef struct
{
  SakWordKind kind;
  int a;
  int b;
  char language[4];
} SakSense;

/* A piece of the text: a word with everything it may mean, or a number. */
typedef struct
{
  const GArray *senses;         /* SakSense; NULL for digits */
  int numbers[3];
  int n_digits[3];
  guint n_numbers;              /* 1: a number; 2 or 3: NUMERIC */
  GArray *own_senses;           /* of events */
} SakToken;

void            sak_token_clear        (SakToken           *self);
const SakSense *sak_token_find         (const SakToken     *self,
                                        SakWordKind         kind);
char           *sak_date_fold          (const char         *text) G_GNUC_WARN_UNUSED_RESULT;
GArray         *sak_date_tokenise      (const char         *folded,
                                        const SakDateEvent *events) G_GNUC_WARN_UNUSED_RESULT;

/* What stands in the words of one date; 0 where nothing does, months and days from 1. */
typedef struct
{
  int year;
  int year_digits;
  SakEra era;
  gboolean is_era_marked;
  int month;
  int day;
  int weekday;
  int decade;
  SakPart part;
  const SakSense *season;
  const SakSense *festival;
  const SakSense *relative;
  int loose[3];
  int loose_digits[3];
  guint n_loose;
  gboolean is_numeric;          /* the loose numbers stood together: day, month, year */
  int count;                    /* "3 days ago" */
  int count_unit;               /* 'd' 'w' 'm' 'y', or 0 */
  int event;                    /* number + 1 */
  gboolean is_about;
} SakSaid;

/* One thing that it may mean. */
typedef struct
{
  gint32 earliest_day;
  gint32 latest_day;
  SakEra era;
  gboolean is_guess;            /* nobody said which calendar, or which century */
  gboolean is_approximate;
  gboolean is_uncertain;
  gboolean is_within;           /* not all of these days: "the early 1990s" */
} SakMeaning;

/* A year of any calendar. */
typedef struct
{
  gint32 first;
  gint32 last;
  SakEra era;
  gboolean is_guess;
} SakDateWindow;

#define SAK_DATE_FIRST_CE 1000

/* What stands between two dates. */
typedef enum
{
  SAK_JOINT_WORD,               /* "to", "and" */
  SAK_JOINT_DASH,
  SAK_JOINT_OR,
} SakJoint;

typedef struct
{
  char language[4];
  gint32 reference_day;
  const SakDateEvent *events;
} SakDateContext;

void            sak_date_add_window    (GArray               *windows,
                                        gint32                first,
                                        gint32                last,
                                        SakEra                era,
                                        gboolean              is_guess);
/* Of SakDateWindow, the likelier first; none where there is no such year. */
void            sak_date_find_windows  (GArray               *windows,
                                        const SakSaid        *said,
                                        int                   year,
                                        int                   n_digits,
                                        const SakDateContext *context);

/* Of SakMeaning, the likelier first; empty where it is no date. */
GArray         *sak_date_resolve       (const SakSaid        *said,
                                        const SakDateContext *context,
                                        gboolean             *ret_weekday_differs) G_GNUC_WARN_UNUSED_RESULT;

/* The same of two dates, which share what only one of them says. */
GArray         *sak_date_resolve_span  (SakSaid              *first,
                                        SakSaid              *last,
                                        SakJoint              joint,
                                        const SakDateContext *context,
                                        gboolean             *ret_weekday_differs) G_GNUC_WARN_UNUSED_RESULT;

GArray         *sak_date_read_tokens   (const GArray         *tokens,
                                        const SakDateContext *context,
                                        gboolean             *ret_weekday_differs) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
