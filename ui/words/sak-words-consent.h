/* sak-words-consent.h - who may have what, and for what, in words for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-consent.h"

G_BEGIN_DECLS

/* "Lawyers", "To find help for them", "Yes, with the name"; the code itself where it is unknown. */
const char *sak_words_name_recipient   (const char   *code);
const char *sak_words_name_purpose     (const char   *code);
const char *sak_words_name_permission  (const char   *identity);
/* One row of the matrix. */
char       *sak_words_for_consent_row  (const json_t *row,
                                     const char   *contact) G_GNUC_WARN_UNUSED_RESULT;
char       *sak_words_name_contact_alone (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* What all answers together come to on a day: a few lines for each kind of recipient. */
char       *sak_words_for_consent      (const json_t *consent,
                                        gint32        when_day) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
