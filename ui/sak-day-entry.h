/* sak-day-entry.h - a line for a day, with how it was understood below
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For days of which the record keeps the day alone, and not the words.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_DAY_ENTRY (sak_day_entry_get_type ())
G_DECLARE_FINAL_TYPE (SakDayEntry, sak_day_entry, SAK, DAY_ENTRY, AdwBin)

/* Emits "changed" when the person typed. */
GtkWidget *sak_day_entry_new          (void);
void       sak_day_entry_set_name     (SakDayEntry *self,
                                       const char  *name);
/* NULL for none. */
void       sak_day_entry_set_edtf     (SakDayEntry *self,
                                       const char  *edtf);
/* NULL where nothing stands there, and where it was not understood. */
char      *sak_day_entry_dup_edtf     (SakDayEntry *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_day_entry_is_wrong     (SakDayEntry *self);

G_END_DECLS
