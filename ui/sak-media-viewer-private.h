/* sak-media-viewer-private.h - what the viewer's two files share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-media-notes.h"
#include "ui/sak-media-text.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-picture-canvas.h"
#include "ui/sak-player-view.h"
#include "ui/sak-progress-bar.h"

G_BEGIN_DECLS

struct _SakMediaViewer
{
  AdwWindow parent_instance;
  AdwWindowTitle *title;
  GtkWidget *neighbours;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  SakPictureCanvas *canvas;
  GtkLabel *percent;
  GtkWidget *pages;
  GtkLabel *page_words;
  GtkTextView *text;
  GtkToggleButton *zawgyi;
  SakPlayerView *player;
  GtkLabel *facts;
  GtkLabel *outcome;
  SakProgressBar *progress;
  AdwStatusPage *message;
  GtkLabel *digest;
  GtkBox *columns;
  GtkToggleButton *about;
  SakMediaNotes *notes;         /* NULL where no page has the record */

  SakSession *session;
  GPtrArray *media;             /* of SakMediaInfo, copies */
  guint at;
  SakRecordPage *record_page;   /* weak; NULL once it is gone */
  SakMediaText *words;          /* NULL where no text is shown */
  guint page;                   /* the one that is shown, or asked for */
  guint n_pages;
  GCancellable *cancellable;    /* of what is being opened */
};

const SakMediaInfo *sak_media_viewer_get_info       (SakMediaViewer *self);
void                sak_media_viewer_show_item      (SakMediaViewer *self,
                                                     guint           at);
void                sak_media_viewer_turn_page      (SakMediaViewer *self,
                                                     int             by);
/* Its actions, and the keys for them. */
void                sak_media_viewer_class_add_keys (GtkWidgetClass *widget_class);

G_END_DECLS
