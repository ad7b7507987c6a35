/* sak-field-help.h - the "?" beside a field: four parts of help, on demand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "storage/model/sak-form.h"

G_BEGIN_DECLS

/* NULL where the form says nothing. */
GtkWidget *sak_field_help_new (const SakFormField *form_field);

G_END_DECLS
