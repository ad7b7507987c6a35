/* sak-print-window.h - before something is put on paper, or saved as PDF: what that means, and where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_PRINT_WINDOW (sak_print_window_get_type ())
G_DECLARE_FINAL_TYPE (SakPrintWindow, sak_print_window, SAK, PRINT_WINDOW, AdwWindow)

typedef enum
{
  SAK_PRINT_CASE,               /* noted in the log of custody */
  SAK_PRINT_SHEET,              /* noted as a custody sheet */
  SAK_PRINT_FILE,               /* noted in the log of custody of a file, which is saved elsewhere */
  SAK_PRINT_KEY,                /* what opens a vault: not noted, and never a file */
} SakPrintSort;

/* It waits for the pages. @session: may be NULL for SAK_PRINT_KEY; @what: its name, for the person;
 * @item: for the log of custody, NULL for a key.
 */
GtkWidget *sak_print_window_new  (GtkWindow      *parent,
                                  SakSession     *session,
                                  SakPrintSort    sort,
                                  const char     *what,
                                  const char     *item);
/* Something else to be thought of first; NULL for nothing. */
void       sak_print_window_warn (SakPrintWindow *self,
                                  const char     *warning);
/* The pages, as PDF; or by a job of the session that returns them as GBytes. */
void       sak_print_window_take (SakPrintWindow *self,
                                  GBytes         *pdf);
void       sak_print_window_make (SakPrintWindow *self,
                                  SakCall        *call,
                                  SakJobFunc      job);
/* Pages that are drawn only when they are printed, and it is known which of @n_pages (0: no choice). @draw
 * answers with sak_print_window_take() or _fail() for the window that is given, if it is still there.
 */
typedef void (*SakPrintDrawFunc) (SakPrintWindow *self,
                                  guint           first,
                                  guint           last,
                                  GCancellable   *cancellable,
                                  gpointer        data);
void       sak_print_window_draw (SakPrintWindow   *self,
                                  guint             n_pages,
                                  SakPrintDrawFunc  draw,
                                  gpointer          data,
                                  GDestroyNotify    free_data);
void       sak_print_window_fail (SakPrintWindow *self,
                                  const char     *words);

G_END_DECLS
