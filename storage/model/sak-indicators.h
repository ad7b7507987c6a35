/* sak-indicators.h - what was recorded of forced labour and of trafficking; never a verdict
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The eleven indicators of the ILO and the three elements of the Palermo Protocol, article 3, out
 * of the fields of an incident, version 2.
 */
#pragma once

#include <jansson.h>

#include <glib.h>

G_BEGIN_DECLS

#define SAK_N_INDICATORS 11

typedef enum
{
  SAK_FINDING_NOT_ASKED,
  SAK_FINDING_ABSENT,
  SAK_FINDING_UNSURE,
  SAK_FINDING_PRESENT,
} SakFinding;

/* All borrowed from the fields and the form; NULL where nothing was said. */
typedef struct
{
  guint number;                 /* as the ILO counts them, from 1 */
  const char *code;             /* "documents" */
  SakFinding finding;
  const char *path;             /* of the row */
  const char *who;              /* ids of records */
  const char *testimony;
  const char *evidence;
  const json_t *since;          /* a date */
  const char *words;            /* in whose words */
} SakIndicator;

/* What is recorded of the three elements; what that makes in law, a court says. */
typedef enum
{
  SAK_TRAFFICKING_NOTHING,      /* none of them */
  SAK_TRAFFICKING_ALL_RECORDED,
  SAK_TRAFFICKING_CHILD,        /* act and purpose; under eighteen, so means are not needed */
  SAK_TRAFFICKING_INCOMPLETE,
} SakTraffickingHint;

typedef struct
{
  SakTraffickingHint hint;
  gboolean has_act;
  gboolean has_means;
  gboolean has_purpose;
  gboolean is_age_known;        /* at recruitment */
  guint age;
} SakTrafficking;

void           sak_indicators_read    (const json_t   *fields,
                                       SakIndicator    ret_indicators[static SAK_N_INDICATORS]);
const char    *sak_finding_get_code   (SakFinding      finding);
SakTrafficking sak_trafficking_read   (const json_t   *fields);

G_END_DECLS
