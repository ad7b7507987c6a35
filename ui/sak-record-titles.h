/* sak-record-titles.h - what linked records are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One for a session, so that a title is read once however many fields ask for it. Goes with it.
 */
#pragma once

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_RECORD_TITLES (sak_record_titles_get_type ())
G_DECLARE_FINAL_TYPE (SakRecordTitles, sak_record_titles, SAK, RECORD_TITLES, GObject)

/* The session's; @session may be NULL, then nothing is ever known. */
SakRecordTitles *sak_record_titles_for  (SakSession      *session) G_GNUC_WARN_UNUSED_RESULT;
/* NULL where it is not known; then it is asked for, and "changed" says when to look again. A
 * record that cannot be read stays unknown.
 */
const char      *sak_record_titles_find (SakRecordTitles *self,
                                         const char      *record);
/* Whether it was here and was discarded, in this session or as _put_gone() tells: nothing can link to it any more. */
gboolean         sak_record_titles_is_gone (SakRecordTitles *self,
                                            const char      *record);
/* @records: of sak_vault_list_lost_links() */
void             sak_record_titles_put_gone (SakRecordTitles   *self,
                                             const char *const *records);
void             sak_record_titles_put  (SakRecordTitles *self,
                                         const char      *record,
                                         const char      *title);

G_END_DECLS
