/* sak-check-private.h - what the parts of the check share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-check.h"
#include "storage/sak-vault-private.h"

G_BEGIN_DECLS

typedef struct
{
  SakVault *vault;
  SakCheckReport *report;
  SakFreshness freshness;
  GHashTable *objects;          /* set of object names that rows know */
  SakProgressFunc progress;
  gpointer progress_data;
  guint64 done_bytes;
  guint64 total_bytes;
  gint64 next_report;
  GCancellable *cancellable;
} SakCheck;

SakCheckReport *sak_check_report_new (void) G_GNUC_WARN_UNUSED_RESULT;
SakDamage *sak_check_add_damage (SakCheckReport *report,
                                 SakDamageKind   kind,
                                 const char     *record_id,
                                 const char     *detail);
/* Says by code and title which record it is, where the database can tell. */
void      sak_check_name_record (SakVault       *vault,
                                 SakDamage      *damage);
/* FALSE with @error set once it is cancelled. */
gboolean  sak_check_advance     (SakCheck       *check,
                                 guint64         n_bytes,
                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE, with @error set, ends the check. */
typedef gboolean (*SakCheckRow) (SakCheck       *check,
                                 sqlite3_stmt   *row,
                                 gconstpointer   data,
                                 GError        **error);
/* Each row that @sql gives. One that cannot be read is a finding at @where, not the end. */
gboolean  sak_check_each_row    (SakCheck       *check,
                                 const char     *sql,
                                 const char     *where,
                                 SakCheckRow     look,
                                 gconstpointer   data,
                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/* With the name of the file and of a record that has it, where the database can tell. */
void      sak_check_add_media_damage (SakVault       *vault,
                                      SakCheckReport *report,
                                      SakDamageKind   kind,
                                      const guint8   *sha256,
                                      int             size);
gboolean  sak_check_media       (SakCheck       *check,
                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_check_media_rows  (SakCheck       *check,
                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/* All but the media's files and what else lies in the folder: of a copy of the database. */
SakCheckReport *sak_vault_check_rows (SakVault      *self,
                                      GCancellable  *cancellable,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
