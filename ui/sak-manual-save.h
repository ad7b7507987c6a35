/* sak-manual-save.h - a button that saves a page of the manual as PDF
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ui/manual/sak-manual.h"

G_BEGIN_DECLS

/* With the words that say how it went below it. */
GtkWidget *sak_manual_save_new (const SakManualPage *page);

G_END_DECLS
