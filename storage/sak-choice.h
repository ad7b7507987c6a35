/* sak-choice.h - what somebody decided about a text that names people, remembered in the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_CHOICE_NONE,              /* not decided yet */
  SAK_CHOICE_WITHHOLD,
  SAK_CHOICE_KNOWINGLY,         /* leaves as it is */
} SakChoice;

/* @question: 64 hexadecimal digits that stand for what was decided and for whom, and tell it to nobody. */
gboolean sak_vault_get_choice  (SakVault          *self,
                                const char        *question,
                                SakChoice         *ret_choice,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for all @questions (NULL-terminated), or for none of them. Written into the custody log, once; @record_id:
 * of the record that it is about.
 */
gboolean sak_vault_set_choices (SakVault          *self,
                                const char *const *questions,
                                const char        *record_id,
                                SakChoice          choice,
                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
