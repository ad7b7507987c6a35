/* sak-search-bar.c - above a list: what is searched for, what narrows it, and searches with names
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-search-bar.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-filter-chips.h"
#include "ui/sak-saved-searches.h"

struct _SakSearchBar
{
  AdwBin parent_instance;
  GtkEditable *entry;
  GtkToggleButton *filters;
  SakFilterChips *chips;
  GtkBox *row;
  gboolean is_being_set;
};

G_DEFINE_FINAL_TYPE (SakSearchBar, sak_search_bar, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, SIGNAL_LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
tell (SakSearchBar *self)
{
  if (!self->is_being_set)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
stop_search_cb (SakSearchBar *self)
{
  gtk_editable_set_text (self->entry, "");
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static gboolean
entry_key_pressed_cb (SakSearchBar *self,
                      guint         key)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
  return TRUE;
}

static void
entry_activated_cb (SakSearchBar *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
filters_toggled_cb (SakSearchBar *self)
{
  gboolean is_open = gtk_toggle_button_get_active (self->filters);

  gtk_widget_set_visible (GTK_WIDGET (self->chips), is_open);
}

static void
chosen_cb (SakSearchBar    *self,
           const SakSearch *search)
{
  sak_search_bar_set_search (self, search);
}

static GtkWidget *
make_entry (SakSearchBar *self)
{
  GtkWidget *entry = gtk_search_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = GTK_EDITABLE (entry);
  gtk_widget_set_name (entry, "search");
  gtk_widget_set_hexpand (entry, TRUE);
  g_object_set (entry, "placeholder-text", _("Search in what was written"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search this list"), -1);
  g_signal_connect_object (entry, "search-changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (entry_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (entry_key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, keys);
  return entry;
}

static gboolean
sak_search_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_SEARCH_BAR (widget)->entry));
}

static void
sak_search_bar_class_init (SakSearchBarClass *klass)
{
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_search_bar_grab_focus);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LEFT] = g_signal_new ("left", SAK_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sak_search_bar_init (SakSearchBar *self)
{
}

GtkWidget *
sak_search_bar_new (SakSession *session,
                    const char *kind)
{
  SakSearchBar *self = g_object_new (SAK_TYPE_SEARCH_BAR, NULL);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *saved;

  self->row = GTK_BOX (row);
  self->chips = SAK_FILTER_CHIPS (sak_filter_chips_new (session, kind));
  gtk_widget_set_visible (GTK_WIDGET (self->chips), FALSE);
  self->filters = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_("Narrow down")));
  saved = sak_saved_searches_new (session, self);
  gtk_box_append (self->row, make_entry (self));
  gtk_box_append (self->row, GTK_WIDGET (self->filters));
  gtk_box_append (self->row, saved);
  gtk_box_append (GTK_BOX (column), row);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->chips));
  gtk_widget_add_css_class (column, "sak-search-bar");
  g_signal_connect_object (self->filters, "toggled", G_CALLBACK (filters_toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chips, "changed", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (saved, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), column);
  return GTK_WIDGET (self);
}

void
sak_search_bar_append (SakSearchBar *self,
                       GtkWidget    *button)
{
  gtk_box_append (self->row, button);
}

SakSearch *
sak_search_bar_dup_search (SakSearchBar *self)
{
  SakSearch *search = sak_search_copy (sak_filter_chips_get_search (self->chips));
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  if (text[0] != '\0')
    search->text = g_steal_pointer (&text);
  return search;
}

void
sak_search_bar_set_search (SakSearchBar    *self,
                           const SakSearch *search)
{
  g_autoptr (SakSearch) nothing = sak_search_new (NULL);
  const SakSearch *wanted = search != NULL ? search : nothing;

  /* The entry would tell only after a moment, and the chips not at all. */
  self->is_being_set = TRUE;
  gtk_editable_set_text (self->entry, wanted->text != NULL ? wanted->text : "");
  sak_filter_chips_set_search (self->chips, wanted);
  gtk_toggle_button_set_active (self->filters, sak_filter_chips_is_set (self->chips));
  self->is_being_set = FALSE;
  tell (self);
}

gboolean
sak_search_bar_has_text (SakSearchBar *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  return text[0] != '\0';
}

gboolean
sak_search_bar_is_set (SakSearchBar *self)
{
  return sak_search_bar_has_text (self) || sak_filter_chips_is_set (self->chips);
}
