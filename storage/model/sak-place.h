/* sak-place.h - a place as known: named, with how exactly, and no more than that
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * { "name", "country"?, "region"?, "region_code"?, "precision"?, "type"?, "code"?, "list"?,
 *   "spellings"?: [text…], "parents"?: [{ "name", "type"?, "code"? }…],
 *   "point"?: { "lat", "lon", "precision_m" } }
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* How exactly, from coarse to fine. */
typedef enum
{
  SAK_PLACE_COUNTRY,
  SAK_PLACE_PROVINCE,           /* the first level, whatever it is called there */
  SAK_PLACE_DISTRICT,
  SAK_PLACE_TOWNSHIP,           /* and subdistrict, commune, village tract, town */
  SAK_PLACE_VILLAGE,
  SAK_PLACE_EXACT,
} SakPlaceLevel;

#define SAK_PLACE_MAX_SPELLINGS 20
#define SAK_PLACE_MAX_PARENTS 6
#define SAK_PLACE_MAX_CODE 40
#define SAK_PLACE_MAX_PRECISION_M 2000000

/* Codes of "precision", in the order of the levels; of "type", and what level one has. */
extern const char *const sak_place_precision_codes[];
const char *const *sak_place_get_types    (void);
gboolean           sak_place_get_type_level (const char    *type,
                                             SakPlaceLevel *ret_level);
gboolean           sak_place_parse_level  (const char      *code,
                                           SakPlaceLevel   *ret_level);

/* @at: the field's path, for the message. */
gboolean           sak_place_check        (const char      *at,
                                           const json_t    *value,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is entered here: a country that there is, and a division of it. */
gboolean           sak_place_check_codes  (const char      *at,
                                           const json_t    *value,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether somewhere in @fields a place has the same country and division. */
gboolean           sak_place_stands_in    (const json_t    *fields,
                                           const json_t    *place);
json_t            *sak_place_describe     (void) G_GNUC_WARN_UNUSED_RESULT;

/* Of a valid place; how fine it is, if that can be told. */
gboolean           sak_place_get_level    (const json_t    *place,
                                           SakPlaceLevel   *ret_level);
json_t            *sak_place_coarsen      (const json_t    *place,
                                           SakPlaceLevel    level) G_GNUC_WARN_UNUSED_RESULT;

/* Names as they are compared: sak-fold.h, and without what stands between words. */
char              *sak_place_fold         (const char      *text) G_GNUC_WARN_UNUSED_RESULT;
char              *sak_place_fold_hyphens (const char      *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
