/* sak-new-folder.h - a vault's folder that has its name only when it is complete
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For restoring and rescuing; the like of sync/sak-new-file.h.
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

typedef struct _SakNewFolder SakNewFolder;

/* Made beside @directory, which is not there yet or is empty: else EXISTS. */
SakNewFolder *sak_new_folder_new         (const char    *directory,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;
const char   *sak_new_folder_get_scratch (SakNewFolder  *self);
gboolean      sak_new_folder_publish     (SakNewFolder  *self,
                                          GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what was not published. */
void          sak_new_folder_free        (SakNewFolder  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakNewFolder, sak_new_folder_free)

G_END_DECLS
