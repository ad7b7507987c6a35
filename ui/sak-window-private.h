/* sak-window-private.h - what the window's own files share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-clipboard-guard.h"
#include "ui/sak-create-page.h"
#include "ui/sak-idle-lock.h"
#include "ui/sak-other-way-page.h"
#include "ui/sak-start-page.h"
#include "ui/sak-unlock-page.h"
#include "ui/sak-watermark.h"
#include "ui/sak-window.h"

G_BEGIN_DECLS

struct _SakWindow
{
  AdwApplicationWindow parent_instance;
  AdwToastOverlay *toasts;
  GtkOverlay *overlay;
  GtkStack *stack;
  GtkStack *gate;
  AdwHeaderBar *gate_bar;
  AdwLeaflet *leaflet;
  GtkListBox *sidebar;
  AdwWindowTitle *vault_title;
  AdwWindowTitle *page_title;
  GtkStack *content;
  GtkButton *back;
  GtkButton *add;
  GtkMenuButton *menu;
  GtkMenuButton *new_menu;
  GtkWidget *busy;              /* an answer takes long */
  GtkWidget *watermark;         /* of practice */
  SakStartPage *start;          /* in the gate */
  SakCreatePage *create;
  SakUnlockPage *unlock;
  SakOtherWayPage *other_way;

  SakSettings settings;
  SakWorker *worker;
  SakSession *session;          /* NULL while locked */
  SakIdleLock *idle_lock;
  SakClipboardGuard *clipboard_guard;
  GPtrArray *trail;             /* SakRecordPage or SakReviewRecord, borrowed from the stack */
  char *path;
  guint n_opened;
  char *wanted_language;        /* until all is saved; or NULL */
  AdwComboRow *language_row;    /* of the settings; weak, or NULL */
  int place;                    /* what is shown, as its row in the sidebar; -1: nothing */
};

/* sak-window-places.c: the sidebar, the page shown, and the trail of opened records */
void sak_window_build_places   (SakWindow      *self);
void sak_window_install_places (GtkWidgetClass *widget_class);
void sak_window_show_first     (SakWindow      *self);
GtkWidget *sak_window_go       (SakWindow      *self,
                                const char     *name);
void _sak_window_flush         (SakWindow      *self);
void sak_window_drop_pages     (SakWindow      *self);
void _sak_window_go_to         (SakWindow      *self,
                                int             place);
void _sak_window_push          (SakWindow      *self,
                                GtkWidget      *record_page);

/* sak-window.c, for another window in place of this one */
GtkWidget *_sak_window_new_with_worker (GtkApplication    *application,
                                        const SakSettings *settings,
                                        SakWorker         *worker);
void _sak_window_adopt         (SakWindow      *self,
                                SakSession     *session,
                                const char     *path);
void _sak_window_show_main     (SakWindow      *self);

/* sak-window-language.c */
GtkWidget *_sak_window_build_language_choice (SakWindow *self);

G_END_DECLS
