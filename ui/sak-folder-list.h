/* sak-folder-list.h - which photos, films and recordings lie in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* More than that is not looked at, nor folders within folders deeper than that. */
#define SAK_FOLDER_MAX_FILES 20000
#define SAK_FOLDER_MAX_DEPTH 5

typedef struct
{
  char *path;
  char *name;                   /* valid UTF-8, for showing */
  guint64 size_bytes;
  gint64 modified;              /* seconds since 1970 */
  gboolean is_picture;
} SakFolderItem;

void       sak_folder_item_free  (SakFolderItem  *self);

/* GPtrArray of SakFolderItem, the newest first. By their endings: a telephone's files are slow
 * to open. Hidden ones and links are left out.
 */
GPtrArray *sak_folder_list_media (const char     *path,
                                  GCancellable   *cancellable,
                                  GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
