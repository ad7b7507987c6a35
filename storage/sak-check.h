/* sak-check.h - is everything in the vault still what was put there?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_DAMAGE_DATABASE,          /* SQLite's integrity check or a page's authentication */
  SAK_DAMAGE_REVISION,          /* a revision's digests or signature */
  SAK_DAMAGE_FRESHNESS,         /* the set hash: a page or file from an earlier time */
  SAK_DAMAGE_MEDIA_MISSING,
  SAK_DAMAGE_MEDIA_ALTERED,
  SAK_DAMAGE_MEDIA_STRAY,       /* a file in media/ or inbox/ that no row knows; harmless */
  SAK_DAMAGE_HEADER_COPY,       /* one of the two header files; the other one opened */
  SAK_DAMAGE_LINK,              /* a record's head or parent is missing */
} SakDamageKind;

typedef struct
{
  SakDamageKind kind;
  char *record_id;              /* the record that is touched, or NULL */
  char *detail;                 /* file name, revision id; never contents */
} SakDamage;

typedef struct
{
  guint64 n_pages;
  guint64 n_records;
  guint64 n_revisions;
  guint64 n_media;
  guint64 media_bytes;
  GPtrArray *damages;           /* SakDamage; empty when all is well */
} SakCheckReport;

void            sak_check_report_free (SakCheckReport   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakCheckReport, sak_check_report_free)

/* Reads everything. Fails only where it cannot check at all. */
SakCheckReport *sak_vault_check       (SakVault         *self,
                                       SakProgressFunc   progress,
                                       gpointer          progress_data,
                                       GCancellable     *cancellable,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
