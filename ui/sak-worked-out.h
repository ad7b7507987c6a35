/* sak-worked-out.h - what the program works out of a section's answers, as they are typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-record-titles.h"

G_BEGIN_DECLS

#define SAK_TYPE_WORKED_OUT (sak_worked_out_get_type ())
G_DECLARE_FINAL_TYPE (SakWorkedOut, sak_worked_out, SAK, WORKED_OUT, AdwBin)

GtkWidget *sak_worked_out_new     (SakSession    *session,
                                   const SakForm *form,
                                   guint          section);
/* Not to be seen where there is nothing to say. */
void       sak_worked_out_refresh (SakWorkedOut  *self,
                                   json_t        *fields,
                                   gboolean       is_writing);

G_END_DECLS
