/* sak-people.h - all persons of a vault, one after the other, by what they are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-record.h"

G_BEGIN_DECLS

/* Of a draft and of each head: a person may be told of more than once. @title is what lists show.
 * FALSE with @error ends it.
 */
typedef gboolean (*SakPersonFunc) (const char    *record_id,
                                   const char    *title,
                                   const json_t  *fields,
                                   gpointer       user_data,
                                   GError       **error);

gboolean sak_vault_foreach_person (SakVault       *self,
                                   SakPersonFunc   func,
                                   gpointer        user_data,
                                   GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
