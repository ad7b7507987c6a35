/* sak-print-sending.h - pages go to a printer, or into a file, and the log of custody knows it before
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-print-window.h"

G_BEGIN_DECLS

/* Goes on whatever becomes of the window. FAILED where the printer does not take it, which is noted, too;
 * G_IO_ERROR_TIMED_OUT where it is not known whether it did; else what kept it from being noted, and sent.
 */
void     sak_print_send_async  (SakSession           *session,
                                SakPrintSort          sort,
                                const char           *item,
                                const char           *printer,
                                guint                 n_copies,
                                GBytes               *pdf,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gboolean sak_print_send_finish (GAsyncResult         *result,
                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the place of what is there: the file dialog has asked. */
void     sak_print_save_async  (SakSession           *session,
                                SakPrintSort          sort,
                                const char           *item,
                                GFile                *file,
                                GBytes               *pdf,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gboolean sak_print_save_finish (GAsyncResult         *result,
                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* How long the print service may take for an answer. */
guint    sak_print_get_limit   (void);
void     sak_print_set_limit   (guint                 milliseconds);

G_END_DECLS
