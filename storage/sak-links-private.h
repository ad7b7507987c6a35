/* sak-links-private.h - keeping the index of links
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table is derived from drafts and heads, so nothing but the fields needs keeping.
 */
#pragma once

#include "storage/sak-links.h"
#include "storage/sak-record-private.h"

G_BEGIN_DECLS

extern const char SAK_SQL_LINKS_OUT[];
extern const char SAK_SQL_LINKS_IN[];

/* In the caller's transaction; part of sak_record_update_summary(). */
gboolean sak_links_update   (SakVault            *vault,
                             const SakRecordKey  *key,
                             const json_t        *fields,
                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_links_remove   (SakVault            *vault,
                             const SakRecordKey  *key,
                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* In a transaction of its own: where the vault is from before the index. */
gboolean sak_links_catch_up (SakVault            *vault,
                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
