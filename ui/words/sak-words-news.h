/* sak-words-news.h - forms and terms that the secretariat sent, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-bundle.h"

G_BEGIN_DECLS

/* What became of one. */
char *sak_words_about_news         (const SakNews         *news) G_GNUC_WARN_UNUSED_RESULT;
/* Of all that a bundle brought, a line each; NULL where it brought none. */
char *sak_words_about_brought_news (const SakBundleReport *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
