/* sak-month-view.h - the days of a month, to point at one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_MONTH_VIEW (sak_month_view_get_type ())
G_DECLARE_FINAL_TYPE (SakMonthView, sak_month_view, SAK, MONTH_VIEW, AdwBin)

/* Emits "chosen" with the day as ISO 8601 has it. Shows the month of today. */
GtkWidget *sak_month_view_new  (void);
/* @year: 1 to 9999; anything else is left alone. */
void       sak_month_view_show (SakMonthView *self,
                                int           year,
                                int           month);

G_END_DECLS
