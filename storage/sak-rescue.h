/* sak-rescue.h - out of a damaged vault, a whole one with all that can still be read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-check.h"
#include "storage/sak-credential.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_LOSS_PAGES,               /* n_bytes: of the database that could not be read */
  SAK_LOSS_UNFINISHED,          /* a change that a crash interrupted could not be undone whole */
  SAK_LOSS_NAME,                /* whose vault it is */
  SAK_LOSS_SIGNING_KEY,         /* a new one was made: contacts need the new card */
  SAK_LOSS_EXCHANGE_KEY,        /* the same; bundles made for the old one cannot be opened */
  SAK_LOSS_RECORD,              /* its row is there, nothing of its content */
  SAK_LOSS_LATEST_VERSION,      /* an earlier version stands for the record now */
  SAK_LOSS_VERSION,             /* some version of it; the latest is there */
  SAK_LOSS_DRAFT,               /* what was being changed; the last finished version is there */
  SAK_LOSS_ROW,                 /* made again from its versions; whether there was a draft nobody knows */
  SAK_LOSS_DRAFT_BASE,          /* the draft is there, and now stands on another version */
  SAK_LOSS_CODE,                /* a code that was given and is nowhere: lost, or discarded by its owner */
  SAK_LOSS_LISTED,              /* a version that was finished or sent here, known by its id alone */
  SAK_LOSS_CONTACT,             /* somebody from whom records came, and who that was */
  SAK_LOSS_STREAM,              /* what arrived from whom in which order */
  SAK_LOSS_CUSTODY,             /* entries of the log of custody */
  SAK_LOSS_MEDIA_MISSING,
  SAK_LOSS_MEDIA_DAMAGED,       /* n_bytes: readable from its beginning */
  SAK_LOSS_LAST = SAK_LOSS_MEDIA_DAMAGED,
} SakLossKind;

typedef struct
{
  SakLossKind kind;
  char *record_id;              /* or NULL, as all of these */
  char *code;
  char *title;                  /* case contents! */
  char *file_name;              /* case contents! */
  char *detail;                 /* digest, number; never contents */
  guint64 n_bytes;
} SakLoss;

typedef struct
{
  guint64 n_pages;
  guint64 n_damaged_pages;
  /* What is in the new vault. */
  guint64 n_records;
  guint64 n_revisions;
  guint64 n_drafts;
  guint64 n_contacts;
  guint64 n_custody;
  guint64 n_media;
  guint64 media_bytes;
  GPtrArray *losses;            /* SakLoss */
  SakCheckReport *check;        /* of the new vault */
} SakRescueReport;

void             sak_rescue_report_free (SakRescueReport  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakRescueReport, sak_rescue_report_free)

/* @vault is only read. @header: (nullable): a copy of its header, or a backup, where both of
 * its own are damaged. @parts: (nullable): a folder for the readable beginnings of damaged
 * media, decrypted! The new vault in @directory, which is not there yet or is empty, opens
 * with what opened the old one.
 */
SakRescueReport *sak_vault_rescue       (const char       *vault,
                                         const char       *header,
                                         SakCredential    *credential,
                                         const char       *directory,
                                         const char       *parts,
                                         SakProgressFunc   progress,
                                         gpointer          progress_data,
                                         GCancellable     *cancellable,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
