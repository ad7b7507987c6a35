/* sak-file-picker.h - asks for a file or folder, and leaves no trace of the answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  SAK_PICK_OPEN,
  SAK_PICK_OPEN_MANY,
  SAK_PICK_SAVE,
  SAK_PICK_FOLDER,
} SakPick;

void        sak_file_picker_async  (GtkWidget            *parent,
                                    SakPick               pick,
                                    const char           *title,
                                    const char           *accept_label,
                                    const char           *suggested_name,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
/* GListModel of GFile; NULL with G_IO_ERROR_CANCELLED when nothing was chosen. */
GListModel *sak_file_picker_finish (GAsyncResult         *result,
                                    GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
