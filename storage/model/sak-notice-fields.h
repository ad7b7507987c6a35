/* sak-notice-fields.h - what a network notice holds, read strictly
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes: storage/FORMAT.md, "Notices". Each says everything anew, so that who missed one lacks nothing.
 */
#pragma once

#include "storage/model/sak-kind.h"

G_BEGIN_DECLS

#define SAK_NOTICE_MAX_ENTRIES 1000     /* members, and as many revoked keys */
#define SAK_NOTICE_MAX_CARD 8192        /* bytes */

/* All borrowed. */
typedef struct
{
  guint number;                 /* from 1; the highest counts */
  const char *previous;         /* id of the version of the one before; NULL in the first one that it knows */
  const json_t *members;        /* array of { "card", "name"? } */
  const json_t *revoked;        /* array of { "key", "since", "why" } */
} SakNoticeFields;

gboolean sak_notice_read (const json_t    *fields,
                          SakNoticeFields *ret_notice);

G_END_DECLS
