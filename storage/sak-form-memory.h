/* sak-form-memory.h - the forms that are in the vault: each is known by name, and what was read stays read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever a record shows is told by its form, so each record that is listed, planned or taken in asks for one, and a
 * form takes longer to read than a hundred records. Part of an open vault, and of its thread.
 */
#pragma once

#include "storage/model/sak-form.h"
#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef struct _SakFormMemory SakFormMemory;

void       sak_form_memory_free (SakFormMemory  *self);

/* What is no good form, or has the name of a shipped one, is none. Own ones come before those of whoever is believed
 * here, these before what others sent; of what was sent, that which keeps what protects people before that which does
 * not (and was never in force); in that, as they came. @of_others: also what serves to show records and nothing else.
 *
 * Returns: SakForm, maybe none
 */
GPtrArray *sak_form_memory_list (SakVault       *vault,
                                 gboolean        of_others,
                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* The first of this name and version; @version 0: of the highest. NULL without an error where there is none. */
SakForm   *sak_form_memory_find (SakVault       *vault,
                                 const char     *name,
                                 guint           version,
                                 gboolean        of_others,
                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
