/* sak-words-versions.h - versions of a record and how they differ, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-history.h"

G_BEGIN_DECLS

/* @form may be NULL: then the path is its own name. @value: what lies there, on any side.
 * "Title", "Victim", "Violation: Arrest".
 */
char       *sak_words_name_path        (const SakForm     *form,
                                        const char        *path,
                                        const json_t      *value,
                                        const char        *language) G_GNUC_WARN_UNUSED_RESULT;
/* A value as text, in lines where it has any; "" for NULL. */
char       *sak_words_tell_value       (const SakForm     *form,
                                        const char        *path,
                                        const json_t      *value,
                                        const char        *language) G_GNUC_WARN_UNUSED_RESULT;
/* A word or two: "changed", "added". */
const char *sak_words_name_change      (SakChange          change);
/* One sentence each; NULL for a clock that says nothing strange, "" for an outcome of which nothing can be said. */
const char *sak_words_about_clock      (SakClock           clock);
const char *sak_words_about_outcome    (SakOutcome         outcome);
/* Who made a version. */
const char *sak_words_name_author      (const char        *author,
                                        gboolean           is_own);
/* What can be done about a conflict as a whole. */
const char *sak_words_about_conflict   (const SakConflict *conflict);

G_END_DECLS
