/* sak-words-custody.h - the custody sheet as a person reads it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* From sak_vault_describe_custody() to blocks of sak-words-paper.h. */
json_t *sak_words_lay_out_custody    (const json_t *sheet) G_GNUC_WARN_UNUSED_RESULT;
/* The same as pages. */
json_t *sak_words_make_custody_paper (const json_t *sheet) G_GNUC_WARN_UNUSED_RESULT;
/* The same in plain lines. */
char   *sak_words_write_sheet        (const json_t *blocks) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
