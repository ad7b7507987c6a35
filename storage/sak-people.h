/* sak-people.h - the persons of a vault, by what they are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-name-sieve.h"
#include "storage/model/sak-name.h"
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

/* Those whom the texts in the sieve may name or tell how to reach, and some whom they do not. */
gboolean sak_vault_foreach_named (SakVault            *self,
                                  const SakNameSieve  *sieve,
                                  SakPersonFunc        func,
                                  gpointer             user_data,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* Somebody who may be called so. */
typedef struct
{
  char *record_id;
  char *title;
  char *name;                   /* the one that fits */
  SakNameMatch match;
} SakLikePerson;

void       sak_like_person_free       (SakLikePerson  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakLikePerson, sak_like_person_free)

/* SakLikePerson, the likeliest first; each record once. */
GPtrArray *sak_vault_list_like_people (SakVault       *self,
                                       const char     *name,
                                       GCancellable   *cancellable,
                                       GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
