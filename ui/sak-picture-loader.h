/* sak-picture-loader.h - a picture of the vault as a texture, decoded outside this process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "storage/sak-media.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

gboolean    sak_picture_can_load    (const SakMediaInfo   *info);
void        sak_picture_load_async  (SakSession           *session,
                                     const SakMediaInfo   *info,
                                     guint                 max_side,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
/* Of a file outside the vault, whatever it is; answered by sak_picture_load_finish(). */
void        sak_picture_load_file_async (const char          *path,
                                         guint                max_side,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* @page: of a paper, from 1. */
void        sak_picture_load_page_async (SakSession          *session,
                                         const SakMediaInfo  *info,
                                         guint                page,
                                         guint                max_side,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* @ret_n_pages: 0 for what has no pages; may be NULL. */
GdkTexture *sak_picture_load_page_finish (GAsyncResult       *result,
                                          guint              *ret_n_pages,
                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GdkTexture *sak_picture_load_finish (GAsyncResult         *result,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
