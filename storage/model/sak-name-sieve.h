/* sak-name-sieve.h - of very many names, those that texts may speak of
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To find the people who are named in a few texts, nobody has to take the names of all people apart: the
 * texts are put into the sieve, and by what is kept of each name (sak-name-hint.h) it tells which to
 * look for. Surely not those that it does not let pass; sak-name-scan.h looks at the others.
 */
#pragma once

#include "storage/model/sak-name-hint.h"

G_BEGIN_DECLS

typedef struct _SakNameSieve SakNameSieve;
SakNameSieve *sak_name_sieve_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void          sak_name_sieve_free     (SakNameSieve       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakNameSieve, sak_name_sieve_free)

void          sak_name_sieve_add_text (SakNameSieve       *self,
                                       const char         *text);
/* @hint: of a name or of ways to reach somebody. TRUE also for what is no hint. */
gboolean      sak_name_sieve_may_hold (const SakNameSieve *self,
                                       const char         *hint);

G_END_DECLS
