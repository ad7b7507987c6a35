/* sak-bundle.h - the signed, encrypted archive that travels: writing and reading it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An age file holding a signed preamble and a zstd-compressed tar of a BagIt bag whose
 * tag manifest carries a minisign signature. Bytes: sync/FORMAT.md.
 */
#pragma once

#include "storage/sak-delivery.h"
#include "storage/sak-network-news.h"
#include "sync/sak-export-plan.h"
#include "sync/sak-notice.h"

G_BEGIN_DECLS

/* What is known of a bundle, as far as reading it went. */
typedef struct
{
  gboolean is_for_us;
  gboolean is_verified;         /* everything was: to the last byte */
  guint n_recipients;
  guint8 sender_key[SAK_SIGN_PUBLIC_SIZE];
  char *sender_name;            /* NULL if unknown */
  char *sender_code;            /* the code to compare over the phone */
  SakTrust sender_trust;
  guint64 sequence;
  gint64 time;                  /* as the sender's clock claims */
  guint64 total_bytes;          /* of all members */
  guint n_files;
  guint n_revisions;
  guint n_new_revisions;        /* import only */
  guint n_media;
  guint n_withheld_fields;
  gboolean has_receipt;         /* for us, of what we sent */
  GError *receipt_error;        /* import only: why it was not taken, or NULL */
  SakReceiptOutcome receipt;    /* import only: what it brought, if it was */
  GPtrArray *record_ids;        /* import only: char *, of records that are new or changed */
  SakNoticeOutcome *notice;     /* import only: what a network notice did, or NULL where none was carried out */
  GError *notice_error;         /* import only: why that failed, or NULL; the bundle itself is here */
  GPtrArray *news_ids;          /* import only: char *, of versions of forms and terms that came */
  GPtrArray *news;              /* import only: SakNews, of forms and terms that came */
  GError *news_error;           /* import only: why they were not taken, or NULL */
  guint n_questions;            /* import only: new ones for us */
  guint n_urgent;               /* of these */
  guint n_answers;              /* import only: new ones by whom we asked; that a question is closed is none */
} SakBundleReport;

void             sak_bundle_report_free (SakBundleReport      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakBundleReport, sak_bundle_report_free)

/* Writes to a temporary name beside @filename, and renames only when it is complete
 * and on the disk. @filename must not exist (EXISTS).
 */
SakBundleReport *sak_bundle_create  (SakVault             *vault,
                                     const SakExportPlan  *plan,
                                     const char           *filename,
                                     SakProgressFunc       progress,
                                     gpointer              progress_data,
                                     GCancellable         *cancellable,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Age header and preamble only: who sent it, how large, is it for us. */
SakBundleReport *sak_bundle_inspect (SakVault             *vault,
                                     const char           *filename,
                                     GCancellable         *cancellable,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Everything that import checks, and nothing kept. A bundle that was imported before verifies. */
SakBundleReport *sak_bundle_verify  (SakVault             *vault,
                                     const char           *filename,
                                     SakProgressFunc       progress,
                                     gpointer              progress_data,
                                     GCancellable         *cancellable,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* All or nothing. A refused bundle is copied aside into the vault's inbox/ by the caller's
 * wish only; the vault is unchanged.
 */
SakBundleReport *sak_bundle_import  (SakVault             *vault,
                                     const char           *filename,
                                     SakProgressFunc       progress,
                                     gpointer              progress_data,
                                     GCancellable         *cancellable,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
