/* sak-tags.h - the words of their own by which people find records again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* Where forms have them: a line of text, with commas between. */
#define SAK_TAGS_PATH "tags"

/* Of a field's value: char *, as they were written, each once. */
GPtrArray *sak_tags_list (const json_t *value) G_GNUC_WARN_UNUSED_RESULT;
/* One spelling for what is read as the same tag; "" for what is none. */
char      *sak_tags_fold (const char   *tag) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
