/* sak-test-sight.h - waiting for what a person would see, within one process
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "storage/sak-vault.h"
#include "storage/sak-worker.h"

G_BEGIN_DECLS

/* As large as a window of the program: one that fits a page of which nothing has been read yet is
 * too small for what comes then, and GTK complains.
 */
GtkWidget *test_window_new    (void);
/* One turn of the main loop, of a hundredth of a second. */
void       test_turn          (void);
/* @vault, once all that windows asked of it is done: a vault is for one thread at a time, and they can ask
 * nothing more before the next turn. @worker may be NULL.
 */
SakVault  *test_at_rest       (SakWorker  *worker,
                               SakVault   *vault);
/* Once all that windows asked of it is done, and answered: what it worked on can be locked, and taken away.
 * Windows and sessions are gone by then, else this fails.
 * @worker: (transfer full)
 */
void       test_end_worker    (SakWorker  *worker);
/* Label or button with this text in what is visible below @root; NULL if there is none. */
GtkWidget *test_find_text     (GtkWidget  *root,
                               const char *text);
/* Until it is there; fails after a minute. Returns it. */
GtkWidget *test_see           (GtkWidget  *root,
                               const char *text);
/* The button with this text, once it can be clicked. */
void       test_click         (GtkWidget  *root,
                               const char *text);
/* The entry row with this title, or what carries this name; fails where there is none. */
GtkWidget *test_find_entry    (GtkWidget  *root,
                               const char *name);
GtkWidget *test_find_entry_now (GtkWidget *root,
                                const char *name);
void       test_type          (GtkWidget  *root,
                               const char *name,
                               const char *text);

/* Real keys, as "ctrl+z" or "a b c", into what has the focus in @window. What they do comes with later turns. */
void       test_press_keys    (GtkWidget  *window,
                               const char *keys);

/* The first below @root of this type, shown or not; NULL if there is none. */
GtkWidget *test_find_type     (GtkWidget  *root,
                               GType       type);
/* The same, of what is not hidden. */
GtkWidget *test_find_shown    (GtkWidget  *root,
                               GType       type);
/* Waits for the first, shown or not. */
GtkWidget *test_see_type      (GtkWidget  *root,
                               GType       type);
/* The window of this type that is shown; NULL if there is none. */
GtkWidget *test_find_window   (GType       type);
GtkWidget *test_see_window    (GType       type);

/* Whether screen readers are told this name. */
gboolean   test_is_called     (GtkWidget  *widget,
                               const char *name);
/* Goes round by Tab alone until something is called so, and returns it; fails where nothing is. */
GtkWidget *test_tab_to        (GtkWidget  *window,
                               const char *name);

G_END_DECLS
