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
  SAK_DAMAGE_CUSTODY,           /* the log of custody: an entry altered or gone */
  SAK_DAMAGE_RECORD,            /* a record whose versions or draft cannot be read */
  SAK_DAMAGE_MEDIA_ABSENT,      /* a record of ours names content that is not here; harmless */
  SAK_DAMAGE_MEDIA_UNUSED,      /* content that no record refers to; harmless */
  SAK_DAMAGE_SEARCH,            /* the search index does not fit the records; it can be made anew; harmless */
  SAK_DAMAGE_LAST = SAK_DAMAGE_SEARCH,
} SakDamageKind;

typedef struct
{
  SakDamageKind kind;
  char *record_id;              /* the record that is touched, or NULL */
  char *code;                   /* its code, or NULL */
  char *title;                  /* what a list shows of it, or NULL: case contents! */
  char *file_name;              /* of a photo, recording or paper, or NULL: case contents! */
  char *detail;                 /* page, object, digest, revision id; never contents */
} SakDamage;

/* Untidy, but nothing is lost. */
gboolean        sak_damage_is_harmless (const SakDamage  *self);

typedef struct
{
  guint64 n_pages;
  guint64 n_records;
  guint64 n_revisions;
  guint64 n_media;
  guint64 media_bytes;
  guint64 n_damaged_pages;      /* of them only the first have a SakDamage each */
  guint64 n_open_links;         /* to records that are not here: that is allowed */
  GPtrArray *damages;           /* SakDamage; empty when all is well */
} SakCheckReport;

void            sak_check_report_free (SakCheckReport   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakCheckReport, sak_check_report_free)
/* Whether anything is damaged; untidiness aside. */
gboolean        sak_check_report_has_damage (const SakCheckReport *self);

/* Reads everything. Fails only where it cannot check at all. */
SakCheckReport *sak_vault_check       (SakVault         *self,
                                       SakProgressFunc   progress,
                                       gpointer          progress_data,
                                       GCancellable     *cancellable,
                                       GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
