/* sak-export-found.h - a field that would leave and names somebody, and what is to be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sync/sak-export-plan.h"

G_BEGIN_DECLS

#define SAK_TYPE_EXPORT_FOUND (sak_export_found_get_type ())
G_DECLARE_FINAL_TYPE (SakExportFound, sak_export_found, SAK, EXPORT_FOUND, AdwActionRow)

/* Emits "chosen" with a SakChoice. */
GtkWidget  *sak_export_found_new        (const SakPlanItem *item,
                                         const char        *path);
const char *sak_export_found_get_record (SakExportFound    *self);
const char *sak_export_found_get_path   (SakExportFound    *self);

G_END_DECLS
