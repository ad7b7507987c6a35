/* sak-scan.h - looks for QR codes in pictures, outside this process and the vault's thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

/* Larger is no photo of a code. */
#define SAK_SCAN_MAX_SIZE (64 * 1024 * 1024)

/* Three sources, one answer on the main thread: an array of SakSecret as sak_codes_find() gives it, and its errors. */
void       sak_scan_file_async  (const char           *path,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
/* @bytes: of a picture's file. */
void       sak_scan_bytes_async (GBytes               *bytes,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
void       sak_scan_grey_async  (GBytes               *grey,
                                 guint                 width,
                                 guint                 height,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
GPtrArray *sak_scan_finish      (GAsyncResult         *result,
                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
