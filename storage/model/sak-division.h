/* sak-division.h - countries and their first-level divisions, and when which was one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-date.h"

G_BEGIN_DECLS

typedef struct
{
  char *code;                   /* ISO 3166-2: "VN-57" */
  char *type;                   /* "province", "state"…: sak-place.h */
  char *name;                   /* in Latin letters */
  char *local_name;             /* as it is written there; NULL where not known */
  char **spellings;             /* others; never NULL */
  char **origins;               /* codes of what it was part of before it was one */
  char **successors;            /* what it became part of */
  gint32 first_day;             /* or G_MININT32 */
  gint32 last_day;              /* or G_MAXINT32 */
} SakDivision;

typedef enum
{
  SAK_DIVISION_NOT_THEN,
  SAK_DIVISION_PERHAPS_THEN,    /* a date that lies across the change */
  SAK_DIVISION_THEN,
} SakDivisionWhen;

/* What is returned lives as long as the program. @when: NULL for every time. */
const SakDivision *sak_division_find      (const char         *code);
SakDivisionWhen    sak_division_was       (const SakDivision  *self,
                                           const SakDateSpan  *when);
GPtrArray         *sak_division_list      (const char         *country,
                                           const SakDateSpan  *when) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *sak_division_move      (const SakDivision  *self,
                                           gint32              from_day,
                                           gint32              to_day) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *sak_division_search    (const char         *country,
                                           const char         *text,
                                           const SakDateSpan  *when) G_GNUC_WARN_UNUSED_RESULT;
const SakDivision *sak_division_find_named (const char        *country,
                                           const char         *name);
/* In the local script where the language is the country's own, else in Latin letters. */
const char        *sak_division_get_name  (const SakDivision  *self,
                                           const char         *language);

/* iso_3166-2.json of Debian's iso-codes, for the countries that we have no table of. Once,
 * before threads use the others.
 */
gboolean           sak_division_add_iso   (const char         *text,
                                           gssize              size,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* ISO 3166-1, by ICU: NULL for what is no country. */
char              *sak_country_dup_name   (const char         *code,
                                           const char         *language) G_GNUC_WARN_UNUSED_RESULT;
gboolean           sak_country_exists     (const char         *code);
/* Codes, ours first, then by their names in the language. */
char             **sak_country_list       (const char         *language) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
