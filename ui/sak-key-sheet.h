/* sak-key-sheet.h - a recovery code or a share on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

#define SAK_TYPE_KEY_SHEET (sak_key_sheet_get_type ())
G_DECLARE_FINAL_TYPE (SakKeySheet, sak_key_sheet, SAK, KEY_SHEET, GObject)

/* @code: as sak_recovery_code_to_text() has it. */
SakKeySheet *sak_key_sheet_new_for_code (SakSecret    *code) G_GNUC_WARN_UNUSED_RESULT;
/* @words: a share, as sak_vault_add_shares() gives it; the @number-th of @n, @threshold needed. */
SakKeySheet *sak_key_sheet_new_for_share (SakSecret   *words,
                                          guint        number,
                                          guint        threshold,
                                          guint        n) G_GNUC_WARN_UNUSED_RESULT;
/* What stands on it, for who hears instead of seeing. Free with the second, which wipes. */
char        *sak_key_sheet_dup_text     (SakKeySheet  *self) G_GNUC_WARN_UNUSED_RESULT;
void         sak_key_sheet_free_text    (char         *text);
/* Asks for a printer. */
void         sak_key_sheet_print        (SakKeySheet  *self,
                                         GtkWidget    *parent);
/* One page on @cr, @width × @height points: for printing, and for tests. */
void         sak_key_sheet_draw         (SakKeySheet  *self,
                                         cairo_t      *cr,
                                         double        width,
                                         double        height);

G_END_DECLS
