/* sak-place-coarse.h - coarser places beside a place, each at a path of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is signed cannot be made coarser by whoever passes it on, only be left out. So what is
 * signed has, beside "place", "place.at.country", "place.at.province" and so on, down to the level
 * above its own: where only so much may be told, the finer paths stay behind. They are made when a
 * record is finished and belong to no form.
 */
#pragma once

#include "storage/model/sak-place.h"

G_BEGIN_DECLS

/* "place.at.province": whether @path is one, and then of which field, and how fine. */
gboolean      sak_place_read_coarse_path (const char     *path,
                                          char          **ret_base,
                                          SakPlaceLevel  *ret_level);
gboolean      sak_place_is_coarse_path   (const char     *path);
/* Into @fields, those of the place at @path; nothing where it has no valid one. */
void          sak_place_add_coarse       (json_t         *fields,
                                          const char     *path);
/* A copy without any. */
json_t       *sak_place_without_coarse   (const json_t   *fields) G_GNUC_WARN_UNUSED_RESULT;
/* The place at @path or, where that is not there, the finest of those beside it; or NULL. */
const json_t *sak_place_find             (const json_t   *fields,
                                          const char     *path);
/* Whether @value, of any field, tells no place more finely than @level, as far as that can be told. */
gboolean      sak_place_is_within        (const char     *path,
                                          const json_t   *value,
                                          SakPlaceLevel   level);

G_END_DECLS
