/* sak-picture-canvas.h - a picture to look at closely: larger, smaller, turned, moved about
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a GtkScrolledWindow. What is turned is the look of it, never the file.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SAK_TYPE_PICTURE_CANVAS (sak_picture_canvas_get_type ())
G_DECLARE_FINAL_TYPE (SakPictureCanvas, sak_picture_canvas, SAK, PICTURE_CANVAS, GtkWidget)

/* Emits "zoomed" when what sak_picture_canvas_get_zoom() says is something else. */
GtkWidget  *sak_picture_canvas_new         (void);
GdkTexture *sak_picture_canvas_get_texture (SakPictureCanvas *self);
/* @is_same: another look at the same thing, which stays as large and as it was turned. */
void        sak_picture_canvas_set_texture (SakPictureCanvas *self,
                                            GdkTexture       *texture,
                                            gboolean          is_same);
/* 1: a pixel of the picture is one of the screen. */
double      sak_picture_canvas_get_zoom    (SakPictureCanvas *self);
void        sak_picture_canvas_zoom_by     (SakPictureCanvas *self,
                                            double            factor);
void        sak_picture_canvas_set_full    (SakPictureCanvas *self);
/* As large as the window lets the whole of it be, and no larger than it is. */
void        sak_picture_canvas_fit         (SakPictureCanvas *self);
gboolean    sak_picture_canvas_is_fitted   (SakPictureCanvas *self);
/* By quarters of a circle, to the right. */
void        sak_picture_canvas_turn        (SakPictureCanvas *self,
                                            int               quarters);
int         sak_picture_canvas_get_turn    (SakPictureCanvas *self);
void        sak_picture_canvas_move        (SakPictureCanvas *self,
                                            double            dx,
                                            double            dy);

G_END_DECLS
