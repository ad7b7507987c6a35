/* sak-date-words.h - dates in the words that people use, understood as EDTF
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-date.h"
#include "storage/model/sak-json.h"

G_BEGIN_DECLS

#define SAK_DATE_MAX_WORDS 1000         /* characters; more is never a date */
#define SAK_DATE_NO_REFERENCE G_MININT32

/* What a place remembers time by: "the flood", and when it was. */
typedef struct
{
  const char *name;
  const char *edtf;
} SakDateEvent;

typedef struct
{
  char *edtf;
  const char *calendar;         /* static: "gregorian" "buddhist" "myanmar", as it was said */
} SakDateOption;

typedef struct
{
  char *said;                   /* trimmed; "" for nothing */
  char *edtf;                   /* NULL: the words are kept as said, alone */
  const char *calendar;         /* static; NULL where there is no EDTF */
  gboolean is_certain;          /* no guess in it: one reading, and its calendar was said */
  gboolean weekday_differs;     /* the day of the week that was said is another one */
  GPtrArray *alternatives;      /* SakDateOption, the likelier first; never NULL */
} SakDateReading;

SakDateReading *sak_date_understand     (const char           *text,
                                         const char           *language,
                                         gint32                reference_day,
                                         const SakDateEvent   *events,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void            sak_date_reading_free   (SakDateReading       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakDateReading, sak_date_reading_free)

/* As a record keeps it, with the @n-th alternative instead where @n is above 0; NULL for
 * nothing said.
 */
json_t         *sak_date_reading_to_value (const SakDateReading *self,
                                           guint                 n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
