/* sak-test-fit.h - whether a window shows all that it has to say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Appends a sentence for each thing of @window that is cut off, lies outside it, or scrolls sideways, and one where
 * the window cannot be as small as @width by @height.
 */
void test_fit_find_faults   (GtkWindow  *window,
                             int         width,
                             int         height,
                             GPtrArray  *faults);
/* Appends a sentence for each text for which there is no letter in any font. */
void test_fit_find_glyphs   (GtkWidget  *widget,
                             GPtrArray  *faults);
/* What is shown there, as an eye sees it. */
void test_fit_save_picture  (GtkNative  *native,
                             const char *filename);

G_END_DECLS
