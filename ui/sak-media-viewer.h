/* sak-media-viewer.h - shows the photos, papers and recordings of a record, from memory only
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-media.h"
#include "ui/sak-record-page.h"

G_BEGIN_DECLS

#define SAK_TYPE_MEDIA_VIEWER (sak_media_viewer_get_type ())
G_DECLARE_FINAL_TYPE (SakMediaViewer, sak_media_viewer, SAK, MEDIA_VIEWER, AdwWindow)

/* @media: SakMediaInfo, of which the one @at is shown first; the others are one step away. */
GtkWidget *sak_media_viewer_new (GtkWindow   *parent,
                                 SakSession  *session,
                                 GPtrArray   *media,
                                 guint        at);
/* Whose record it is: shows what is noted about the files, and lets it be changed where the page
 * is being edited.
 */
/* NULL where there is none, or it went. */
SakRecordPage *sak_media_viewer_get_page (SakMediaViewer *self);
void       sak_media_viewer_set_page (SakMediaViewer *self,
                                      SakRecordPage  *page);

G_END_DECLS
