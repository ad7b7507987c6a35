/* sak-schema.h - the tables of records.db, and how older ones become what they are now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-db.h"

G_BEGIN_DECLS

guint       sak_schema_get_version (void);
const char *sak_schema_get_step    (guint    version);

/* In a transaction of the caller's. */
gboolean    sak_schema_create      (SakDb   *db,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* In a transaction of its own. TOO_NEW where a later program wrote it. */
gboolean    sak_schema_upgrade     (SakDb   *db,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
