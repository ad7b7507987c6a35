/* sak-clipboard-guard.h - what was copied out of the program does not stay in the clipboard
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SAK_TYPE_CLIPBOARD_GUARD (sak_clipboard_guard_get_type ())
G_DECLARE_FINAL_TYPE (SakClipboardGuard, sak_clipboard_guard, SAK, CLIPBOARD_GUARD, GObject)

SakClipboardGuard *sak_clipboard_guard_new (GtkWidget *window,
                                            guint      seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
