/* sak-plain-fields.h - a record whose form is not here, shown by its paths
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include <jansson.h>

G_BEGIN_DECLS

GtkWidget *sak_plain_fields_new (json_t *fields);

G_END_DECLS
