/* sak-link.h - references from one record to another, and what they are from the other side
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reference lies at "links/<uuid>", among the persons of "media/<uuid>", or in a row of a table
 * ("acts/<uuid>"), where every text that is a UUID names a record. It has a role ("victim"), and some roles have a code
 * of a vocabulary with it ("relation": "parent").
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* Roles that have words of their own; forms may have others. */
#define SAK_ROLE_VICTIM "victim"
#define SAK_ROLE_PERPETRATOR "perpetrator"
#define SAK_ROLE_SOURCE "source"
#define SAK_ROLE_ABOUT "about"
#define SAK_ROLE_FOR "for"
#define SAK_ROLE_RELATION "relation"    /* codes of the vocabulary "relations" */
#define SAK_ROLE_VISIBLE "visible"      /* can be seen or heard in a file: "persons" of "media/<uuid>" */
#define SAK_ROLE_CHAIN "chain"          /* codes of the vocabulary "chain" */

/* References of one record, whoever made it. */
#define SAK_LINK_MAX 20000

typedef struct
{
  const char *path;             /* of the field: "links/<uuid>", "acts/<uuid>" */
  const char *role;
  const char *code;             /* or "" */
  const char *target;           /* a record's id */
} SakReference;

/* FALSE ends the walk. */
typedef gboolean (*SakReferenceFunc) (const SakReference *reference,
                                      gpointer            user_data);

/* In the order of the paths; FALSE where @found said so. */
gboolean    sak_link_walk               (const json_t     *fields,
                                         SakReferenceFunc  found,
                                         gpointer          user_data);

/* The vocabulary that the codes of a role come from, or NULL. */
const char *sak_link_role_get_vocabulary (const char      *role);
/* What this record is to the other one where the other is @code to this one ("child" for
 * "parent"); NULL where the vocabulary has no term for it.
 */
const char *sak_link_role_invert        (const char       *role,
                                         const char       *code);

G_END_DECLS
