/* sak-schema.h - the tables of records.db
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-db.h"

G_BEGIN_DECLS

#define SAK_SCHEMA_VERSION 1

gboolean sak_schema_create (SakDb   *db,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* TOO_NEW where a later program wrote it. */
gboolean sak_schema_check  (SakDb   *db,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
