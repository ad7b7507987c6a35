/* sak-words-lists.h - what the windows say of kinds of records and lists of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @kind: SAK_KIND_EVENT and so on. What it is, for whoever has none yet. */
const char *sak_words_about_kind     (const char *kind);
/* "No incidents yet" */
const char *sak_words_for_empty_list (const char *kind);
/* On a button: "New incident…" */
const char *sak_words_for_new        (const char *kind);
/* "3 incidents" */
char       *sak_words_count_kind     (const char *kind,
                                      guint       n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
