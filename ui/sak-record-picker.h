/* sak-record-picker.h - finds a record to link to, or makes a new one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_RECORD_PICKER (sak_record_picker_get_type ())
G_DECLARE_FINAL_TYPE (SakRecordPicker, sak_record_picker, SAK, RECORD_PICKER, AdwWindow)

/* Emits "picked" with the id and title of a record of @kind. */
GtkWidget *sak_record_picker_new (GtkWindow  *parent,
                                  SakSession *session,
                                  const char *kind);

G_END_DECLS
