/* sak-manual-window.c - the manual, in a window beside the one it is about
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It knows nothing of the vault and shows the same to everybody. It belongs to no application, which would
 * stay for its sake, and to a group of windows of its own: whoever is asked something may look it up.
 */
#include "config.h"

#include "ui/sak-manual-window.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-manual-save.h"
#include "ui/sak-manual-view.h"
#include "ui/sak-show-only.h"
#include "ui/words/sak-language.h"

#define ROOT "/org/sakkhi/Sakkhi/manual/"
#define ORIGINAL "en"           /* has every page */
#define QUICK_START "quick-start"

struct _SakManualWindow
{
  AdwWindow parent_instance;
  GtkWindow *about;             /* borrowed: this window goes first */
  GtkStack *stack;
  GtkWidget *view;              /* the page in the stack; NULL at first */
  GtkWidget *found;             /* what a search found, in the stack; NULL where there is none */
  GtkWidget *back;
  GtkSearchBar *search_bar;
  GtkEditable *search;
  GPtrArray *trail;             /* names of pages; the last one is shown */
};

G_DEFINE_FINAL_TYPE (SakManualWindow, sak_manual_window, ADW_TYPE_WINDOW)

/* Pages */

static SakManualPage *
load_from (const char *language,
           const char *name)
{
  g_autofree char *path = g_strconcat (ROOT, language, "/", name, ".md", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;

  return text != NULL ? sak_manual_page_parse (text, NULL) : NULL;
}

/* In the language of the program where there is one, else the original. */
static SakManualPage *
load_page (const char *name,
           gboolean   *ret_is_foreign)
{
  SakManualPage *page = load_from (sak_language_get (), name);

  *ret_is_foreign = page == NULL;
  return page != NULL ? page : load_from (ORIGINAL, name);
}

static void
link_activated_cb (SakManualWindow *self,
                   const char      *page)
{
  sak_manual_window_show (self, page);
}

/* In the place of what was in the stack as @place. */
static void
put_view (SakManualWindow  *self,
          GtkWidget       **place,
          GtkWidget        *view)
{
  GtkWidget *old = *place;

  g_signal_connect_object (view, "link-activated", G_CALLBACK (link_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, view);
  *place = view;
  sak_show_only (self->stack, view);
  if (old != NULL)
    gtk_stack_remove (self->stack, old);
}

static gboolean
show_last (SakManualWindow *self)
{
  const char *name = self->trail->pdata[self->trail->len - 1];
  const char *note;
  GtkWidget *view;
  gboolean is_foreign;
  g_autoptr (SakManualPage) page = load_page (name, &is_foreign);

  if (page == NULL)
    return FALSE;
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  note = is_foreign ? _("This page is in English only, so far.") : NULL;
  view = sak_manual_view_new (page, note);
  if (g_str_equal (name, QUICK_START))
    sak_manual_view_append (SAK_MANUAL_VIEW (view), sak_manual_save_new (page));
  put_view (self, &self->view, view);
  gtk_widget_set_sensitive (self->back, self->trail->len > 1);
  gtk_widget_grab_focus (self->view);
  return TRUE;
}

/* What does not exist leads to the contents. */
void
sak_manual_window_show (SakManualWindow *self,
                        const char      *page)
{
  if (g_strcmp0 (sak_manual_window_get_page (self), page) != 0)
    g_ptr_array_add (self->trail, g_strdup (page));
  if (!show_last (self))
    {
      g_ptr_array_set_size (self->trail, (int) self->trail->len - 1);
      if (!g_str_equal (page, SAK_MANUAL_CONTENTS))
        sak_manual_window_show (self, SAK_MANUAL_CONTENTS);
    }
}

const char *
sak_manual_window_get_page (SakManualWindow *self)
{
  return self->trail->len > 0 ? self->trail->pdata[self->trail->len - 1] : NULL;
}

/* Searching */

typedef struct
{
  guint fit;
  char *name;
  char *title;
  char *place;
} Found;

static void
free_found (gpointer data)
{
  Found *found = data;

  g_free (found->name);
  g_free (found->title);
  g_free (found->place);
  g_free (found);
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *first = *(Found *const *) a, *second = *(Found *const *) b;

  return first->fit != second->fit ? (int) second->fit - (int) first->fit
                                   : g_utf8_collate (first->title, second->title);
}

static GPtrArray *
find_pages (const char *words)
{
  g_auto (GStrv) files = g_resources_enumerate_children (ROOT ORIGINAL, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func (free_found);

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (files[i], (gsize) (strrchr (files[i], '.') - files[i]));
      gboolean is_foreign;
      g_autoptr (SakManualPage) page = load_page (name, &is_foreign);
      Found *found = g_new0 (Found, 1);

      found->fit = page != NULL && !g_str_equal (name, SAK_MANUAL_CONTENTS)
                     ? sak_manual_page_match (page, words, &found->place) : 0;
      found->name = g_steal_pointer (&name);
      found->title = g_strdup (page != NULL ? page->title : "");
      if (found->fit > 0)
        g_ptr_array_add (all, found);
      else
        free_found (found);
    }
  g_ptr_array_sort (all, compare_found);
  return all;
}

static void
search_changed_cb (SakManualWindow *self)
{
  const char *words = gtk_editable_get_text (self->search);
  g_autoptr (GPtrArray) all = find_pages (words);
  SakManualPage heading = { .blocks = g_ptr_array_new () };
  GtkWidget *view;

  if (words[strspn (words, " ")] != '\0')
    {
      heading.title = all->len > 0 ? _("Found in the manual") : _("Nothing found in the manual");
      view = sak_manual_view_new (&heading, NULL);
      for (guint i = 0; i < all->len; i++)
        {
          const Found *found = all->pdata[i];

          sak_manual_view_add_link (SAK_MANUAL_VIEW (view), found->name, found->title, found->place);
        }
      put_view (self, &self->found, view);
    }
  else if (self->view != NULL)
    sak_show_only (self->stack, self->view);
  g_ptr_array_unref (heading.blocks);
}

/* Return in the entry: the best of what was found. */
static void
search_activated_cb (SakManualWindow *self)
{
  g_autoptr (GPtrArray) all = find_pages (gtk_editable_get_text (self->search));

  if (all->len > 0)
    sak_manual_window_show (self, ((Found *) all->pdata[0])->name);
}

/* Actions */

static void
back_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  SakManualWindow *self = SAK_MANUAL_WINDOW (widget);

  if (gtk_search_bar_get_search_mode (self->search_bar))
    {
      gtk_search_bar_set_search_mode (self->search_bar, FALSE);
      gtk_widget_grab_focus (self->view);
    }
  else if (self->trail->len > 1)
    {
      g_ptr_array_set_size (self->trail, (int) self->trail->len - 1);
      (void) show_last (self);
    }
}

static void
contents_activated (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  sak_manual_window_show (SAK_MANUAL_WINDOW (widget), SAK_MANUAL_CONTENTS);
}

static void
search_activated (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  SakManualWindow *self = SAK_MANUAL_WINDOW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* First out of the search, then out of the window. */
static gboolean
escape_pressed (GtkWidget *widget,
                GVariant  *args,
                gpointer   unused)
{
  SakManualWindow *self = SAK_MANUAL_WINDOW (widget);

  if (gtk_search_bar_get_search_mode (self->search_bar))
    back_activated (widget, NULL, NULL);
  else
    gtk_window_close (GTK_WINDOW (self));
  return TRUE;
}

GtkWindow *
sak_manual_window_get_about (SakManualWindow *self)
{
  return self->about;
}

/* A key of the one window that must work wherever the person is, as those that lock (ui/sak-above.c). */
static void
quit_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  gtk_window_close (SAK_MANUAL_WINDOW (widget)->about);
}

/* Building */

static GtkWidget *
build_icon_button (const char *icon,
                   const char *words,
                   const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
build_header (SakManualWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->back = build_icon_button ("go-previous-symbolic", _("Back"), "manual.back");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  /* Translators: the table of contents of the manual */
  adw_header_bar_pack_start (ADW_HEADER_BAR (header),
                             build_icon_button ("view-list-symbolic", _("Contents"), "manual.contents"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           build_icon_button ("edit-find-symbolic", _("Search in the manual"), "manual.search"));
  return header;
}

static GtkWidget *
build_search_bar (SakManualWindow *self)
{
  GtkWidget *bar = gtk_search_bar_new ();
  GtkWidget *entry = gtk_search_entry_new ();

  self->search_bar = GTK_SEARCH_BAR (bar);
  self->search = GTK_EDITABLE (entry);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search in the manual"), -1);
  gtk_search_bar_set_child (self->search_bar, entry);
  gtk_search_bar_connect_entry (self->search_bar, self->search);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (search_activated_cb), self, G_CONNECT_SWAPPED);
  return bar;
}

static void
sak_manual_window_finalize (GObject *object)
{
  g_ptr_array_unref (SAK_MANUAL_WINDOW (object)->trail);
  G_OBJECT_CLASS (sak_manual_window_parent_class)->finalize (object);
}

static void
sak_manual_window_class_init (SakManualWindowClass *klass)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action; } keys[] = {
    { GDK_KEY_Left, GDK_ALT_MASK, "manual.back" }, { GDK_KEY_Home, GDK_ALT_MASK, "manual.contents" },
    { GDK_KEY_w, GDK_CONTROL_MASK, "window.close" }, { GDK_KEY_F1, 0, "manual.contents" },
    { GDK_KEY_q, GDK_CONTROL_MASK, "manual.quit" },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_manual_window_finalize;
  gtk_widget_class_install_action (widget_class, "manual.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "manual.contents", NULL, contents_activated);
  gtk_widget_class_install_action (widget_class, "manual.search", NULL, search_activated);
  gtk_widget_class_install_action (widget_class, "manual.quit", NULL, quit_activated);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_pressed, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

/* Before the label that has the focus: for that it is one letter on. */
static void
listen_for_search (SakManualWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_f, GDK_CONTROL_MASK),
                                                          gtk_named_action_new ("manual.search")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
sak_manual_window_init (SakManualWindow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GtkWindowGroup) group = gtk_window_group_new ();

  self->trail = g_ptr_array_new_with_free_func (g_free);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (content), build_header (self));
  gtk_box_append (GTK_BOX (content), build_search_bar (self));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), content);
  gtk_window_group_add_window (group, GTK_WINDOW (self));
  listen_for_search (self);
}

GtkWidget *
sak_manual_window_new (GtkWindow *about)
{
  SakManualWindow *self = g_object_new (SAK_TYPE_MANUAL_WINDOW, "title", _("Manual"), "default-width", 520,
                                        "default-height", 640, "width-request", 360, "height-request", 300, NULL);

  self->about = about;
  g_signal_connect_object (about, "destroy", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
