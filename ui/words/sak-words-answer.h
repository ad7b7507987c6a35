/* sak-words-answer.h - answers to a form's fields as a person reads them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-form.h"

G_BEGIN_DECLS

/* How whoever asks sees the world. */
typedef struct
{
  const char *language;
  /* What a linked record is called; borrowed, NULL where that is not known (yet). */
  const char *(*find_title) (gpointer    data,
                             const char *record);
  gpointer data;
} SakWordsSight;

/* One term: its own words, or with what it stands under ("Detention › Arbitrary arrest"). A code
 * that is not in the list is shown as it is. @vocabulary may be NULL.
 */
char *sak_words_term       (const SakVocabulary *vocabulary,
                            const char          *code,
                            const char          *language,
                            gboolean             with_path) G_GNUC_WARN_UNUSED_RESULT;
/* An answer; "" where there is none. What has a line for each of its parts keeps them. */
char *sak_words_answer     (const SakFormField  *field,
                            const json_t        *value,
                            const SakWordsSight *sight) G_GNUC_WARN_UNUSED_RESULT;
/* A row of a table in one sentence, and what else there is to it; both may be "". */
char *sak_words_row        (const SakFormField  *table,
                            const json_t        *row,
                            const SakWordsSight *sight) G_GNUC_WARN_UNUSED_RESULT;
char *sak_words_row_detail (const SakFormField  *table,
                            const json_t        *row,
                            const SakWordsSight *sight) G_GNUC_WARN_UNUSED_RESULT;
/* "3 of 8 answered". */
char *sak_words_progress   (guint                n_answered,
                            guint                n_fields) G_GNUC_WARN_UNUSED_RESULT;

/* Money and lengths of time */

/* What was typed, digits of any script, grouped or not: "2,800.50", "2.800.500", "๕๐๐". NULL
 * where it is no sum.
 */
char *sak_words_read_amount (const char         *typed) G_GNUC_WARN_UNUSED_RESULT;
/* "2 800.50" */
char *sak_words_amount      (const char         *amount) G_GNUC_WARN_UNUSED_RESULT;
/* "Thai baht"; NULL for currencies that are not met every day in this region. */
const char *sak_words_name_currency (const char *code);
/* The n-th of those; NULL after the last. */
const char *sak_words_get_currency  (guint       n);
/* "4 months" */
char *sak_words_span        (const json_t       *span) G_GNUC_WARN_UNUSED_RESULT;
/* "26 days": @number as it is to stand there, @n for the plural. */
char *sak_words_count_unit  (const char         *unit,
                             const char         *number,
                             gulong              n) G_GNUC_WARN_UNUSED_RESULT;
/* "months", for choosing. */
const char *sak_words_name_unit     (const char *unit);
const char *sak_words_get_unit      (guint       n);

G_END_DECLS
