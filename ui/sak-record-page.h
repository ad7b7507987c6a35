/* sak-record-page.h - one record as a form: reading, writing, finishing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-media-intake.h"

G_BEGIN_DECLS

#define SAK_TYPE_RECORD_PAGE (sak_record_page_get_type ())
G_DECLARE_FINAL_TYPE (SakRecordPage, sak_record_page, SAK, RECORD_PAGE, AdwBin)

/* Emits "unsaved" where it was left, and what was written last could not be saved. */
GtkWidget *sak_record_page_new          (SakSession    *session,
                                         const char    *record_id);
GtkWidget *sak_record_page_new_for_kind (SakSession    *session,
                                         const char    *kind);
/* The same record once more, in another window. What @other had not saved is saved already. */
GtkWidget *sak_record_page_new_like     (SakRecordPage *other);
/* Queues what was not saved yet. The page may be destroyed at once afterwards. */
void       sak_record_page_flush        (SakRecordPage *self);
/* Whether the vault has, or is being given, all that was written; and whether it could not take it. */
gboolean   sak_record_page_is_saved     (SakRecordPage *self);
gboolean   sak_record_page_could_not_save (SakRecordPage *self);
/* @offer: (transfer full). */
void       sak_record_page_take_media   (SakRecordPage *self,
                                         SakMediaOffer *offer);
/* What was typed at @path before it was converted: kept as a file of the record with the next save. Not @is_kept:
 * it was taken back.
 */
void       sak_record_page_keep_typed   (SakRecordPage *self,
                                         const char    *path,
                                         const char    *text,
                                         gboolean       is_kept);
gboolean   sak_record_page_is_editing   (SakRecordPage *self);
/* Whether the person said, or says now, that it must not be shared. */
gboolean   sak_record_page_is_refused   (SakRecordPage *self);
/* What is noted about one of its files: sak_vault_describe_media(). */
void       sak_record_page_describe_media (SakRecordPage *self,
                                           const char    *media_id,
                                           const json_t  *notes);
/* Open a window for it. */
void       sak_record_page_record_sound (SakRecordPage *self);
void       sak_record_page_add_from_folder (SakRecordPage *self);

G_END_DECLS
