/* sak-backup-panel.h - makes a backup, and says when the last one was made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_BACKUP_PANEL (sak_backup_panel_get_type ())
G_DECLARE_FINAL_TYPE (SakBackupPanel, sak_backup_panel, SAK, BACKUP_PANEL, AdwBin)

GtkWidget *sak_backup_panel_new     (SakSession     *session);
/* Without asking where: for the file that was chosen, and for tests. */
void       sak_backup_panel_back_up (SakBackupPanel *self,
                                     const char     *filename);

G_END_DECLS
