/* sak-export-ways.h - sending a bundle by one of the ways that are set up: a button for each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_EXPORT_WAYS (sak_export_ways_get_type ())
G_DECLARE_FINAL_TYPE (SakExportWays, sak_export_ways, SAK, EXPORT_WAYS, AdwBin)

/* Emits "send" with the name of one. */
void sak_export_ways_set_session (SakExportWays *self,
                                  SakSession    *session);
/* Whether there is something to send; the ways themselves can be set up all the same. */
void sak_export_ways_set_ready   (SakExportWays *self,
                                  gboolean       is_ready);

G_END_DECLS
