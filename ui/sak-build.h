/* sak-build.h - the few shapes of which pages made in code consist
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A column that scrolls, as wide as text can be read; @ret_box takes what stands in it. */
GtkWidget *sak_build_page     (GtkBox       **ret_box);
/* A window's header bar with @end in it, or NULL; such a column, at most @width wide; and below it words for
 * sak_build_say(), hidden until then.
 */
void       sak_build_window   (AdwWindow     *window,
                               int            width,
                               GtkWidget     *end,
                               GtkBox       **ret_box,
                               GtkLabel     **ret_words);
/* A column within a page, in a frame of its own; @heading may be NULL. */
GtkWidget *sak_build_boxed    (const char    *heading);
/* Such a frame in a bin, for steps of which one is seen, and words for sak_build_say() below them. */
GtkStack  *sak_build_steps    (AdwBin        *bin,
                               const char    *heading,
                               GtkLabel     **ret_problem);
/* Words that wrap; @css_class may be NULL. */
GtkWidget *sak_build_label    (const char    *words,
                               const char    *css_class);
GtkWidget *sak_build_heading  (const char    *words);
/* @css_class: "suggested-action", "destructive-action", "flat" or NULL; calls clicked (owner), if not NULL. */
GtkWidget *sak_build_button   (const char    *label,
                               const char    *css_class,
                               GCallback      clicked,
                               gpointer       owner);
/* A list of what can be chosen: it grows to @max_height and scrolls then, and calls activated (owner, row). */
GtkWidget *sak_build_offers   (const char    *name,
                               int            max_height,
                               GCallback      activated,
                               gpointer       owner,
                               GtkListBox   **ret_list);
/* What of an AdwBin takes the focus when it is asked to; Tab goes through all of it all the same. */
void       sak_build_set_grab_focus (GtkWidgetClass *klass,
                                     gboolean      (*grab_focus) (GtkWidget *widget));
/* A drop-down's name and choice, for screen readers: those of GTK 4.8 tell neither. */
void       sak_build_name_choice (GtkDropDown *drop_down,
                                  const char  *name);
/* What @widget lets choose from when it opens, for screen readers: each line by its words. */
void       sak_build_name_choices (GtkWidget *widget);
/* For screen readers, what pops up from @button, which has it already. */
void       sak_build_name_menu   (GtkMenuButton *button,
                                  const char    *name);
/* For screen readers, the button of an AdwPasswordEntryRow that shows what is typed: libadwaita 1.2
 * does not name it.
 */
void       sak_build_name_eye (GtkWidget *password_row);
/* Takes away all children. */
void       sak_build_empty    (GtkBox        *box);
/* Words that say how something went: as good news, or as a warning; "" takes them away. */
void       sak_build_say      (GtkLabel      *label,
                               const char    *words,
                               gboolean       is_warning);

G_END_DECLS
