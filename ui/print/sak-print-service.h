/* sak-print-service.h - the printers of this computer, and sending them pages
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages go from memory into the standard input of the system's own `lp`, which hands them on
 * to its print service. GtkPrintOperation is not used: it writes what is printed into a file
 * first, and so does its preview. What the service itself keeps: crypto/THREATS.md.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The program that is waited for is ended where one of these is cancelled. */

/* Names, the one that is chosen for the computer first; empty where there are none. NOT_FOUND where
 * this computer has no print service.
 */
void     sak_print_service_list_async  (GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
char   **sak_print_service_list_finish (GAsyncResult         *result,
                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE once the service has taken them; they are on paper later. */
void     sak_print_service_send_async  (const char           *printer,
                                        guint                 n_copies,
                                        GBytes               *pdf,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean sak_print_service_send_finish (GAsyncResult         *result,
                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
