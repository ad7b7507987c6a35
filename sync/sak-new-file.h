/* sak-new-file.h - a file that has its name only when it is complete and on the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

typedef struct _SakNewFile SakNewFile;

/* In the folder of @filename. EXISTS if there is a @filename. */
SakNewFile    *sak_new_file_new        (const char  *filename,
                                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GOutputStream *sak_new_file_get_stream (SakNewFile  *self);
/* Where this process can read what was written so far. */
char          *sak_new_file_get_path   (SakNewFile  *self) G_GNUC_WARN_UNUSED_RESULT;
void           sak_new_file_write_behind (SakNewFile *self);
gboolean       sak_new_file_sync       (SakNewFile  *self,
                                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Gives it its name, never replacing another file. */
gboolean       sak_new_file_publish    (SakNewFile  *self,
                                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what was not published. */
void           sak_new_file_free       (SakNewFile  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakNewFile, sak_new_file_free)

G_END_DECLS
