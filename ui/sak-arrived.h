/* sak-arrived.h - what became of one file that came from somebody, and the words for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-arriving.h"
#include "sync/sak-inbox.h"
#include "sync/sak-notice.h"
#include "sync/sak-parts.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

/* How far one file came: exactly one of a report, a contact whose receipt it was, a notice's
 * outcome, a refusal, or a card.
 */
typedef struct
{
  SakArriving kind;
  SakParts *parts;              /* NULL where it came in one file */
  SakBundleReport *report;
  gboolean is_folder;
  gboolean is_part;             /* the file is named as one */
  gboolean is_set_aside;
  SakContact *contact;
  SakReceiptOutcome receipt;
  SakNoticeOutcome *notice;
  GError *refusal;
} SakArrivedFile;

void     sak_arrived_file_free           (gpointer          arrived);

/* Jobs, which always return a SakArrivedFile. Of call->filename, which is taken for what is in it: a receipt is taken
 * at once, since it changes nothing that somebody could want to see first, and a notice, since whose are believed was
 * chosen before; a bundle is verified.
 */
gpointer sak_arrived_look_job       (gpointer          data,
                                     GCancellable     *cancellable,
                                     GError          **error);
gpointer sak_arrived_import_job     (gpointer          data,
                                     GCancellable     *cancellable,
                                     GError          **error);
/* Of what was set aside as call->id. */
gpointer sak_arrived_retry_job      (gpointer          data,
                                     GCancellable     *cancellable,
                                     GError          **error);

/* Below what stands in @text. */
void     sak_arrived_add_words      (GString          *text,
                                     const char       *words);
/* Of what is no bundle to be imported: what it is, or why it was refused and where it is now. */
void     sak_arrived_say            (const SakArrivedFile *self,
                                     GString          *text);
void     sak_arrived_say_imported   (const SakArrivedFile *self,
                                     GString          *text);

G_END_DECLS
