/* sak-print.h - pages as PDF, without GTK
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawing brings cairo and with it half of X, which the command line does without: so the
 * program sakkhi-print draws, and this starts it. The text goes through a pipe, never a file.
 */
#pragma once

#include <gio/gio.h>

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* @paper: see sak-words-paper.h. FAILED where sakkhi-print is not installed. Cancelled, the program is ended. */
GBytes *sak_print_to_pdf (const json_t  *paper,
                          GCancellable  *cancellable,
                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* The pixels of the next picture (sak-print-wire.h), once for each block of style "picture", while the pages
 * are drawn. NULL with @error set.
 */
typedef GBytes *(*SakPrintNextFunc) (gpointer        data,
                                     guint          *ret_width,
                                     guint          *ret_height,
                                     GCancellable   *cancellable,
                                     GError        **error);
GBytes *sak_print_pictures_to_pdf (const json_t      *paper,
                                   SakPrintNextFunc   next,
                                   gpointer           data,
                                   GCancellable      *cancellable,
                                   GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* For tests: the program in sakkhi-print's place. */
void    sak_print_set_program (const char *path);

G_END_DECLS
