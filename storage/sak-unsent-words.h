/* sak-unsent-words.h - words that somebody began to write to somebody, kept until they are sent or given up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

/* @where: what is written, and about which record or question, such as "answer/" and an id.
 * Returns: (transfer full): "" where nothing is kept.
 */
char    *sak_vault_dup_unsent_words  (SakVault     *self,
                                      const char   *where,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* Durable. @text: "" forgets what was kept; longer than SAK_TALK_MAX_TEXT characters is INVALID. */
gboolean sak_vault_keep_unsent_words (SakVault     *self,
                                      const char   *where,
                                      const char   *text,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
