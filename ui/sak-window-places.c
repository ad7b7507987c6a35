/* sak-window-places.c - the sidebar, the page shown, and the trail of opened records
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-care-page.h"
#include "ui/sak-contacts-page.h"
#include "ui/sak-export-page.h"
#include "ui/sak-home-page.h"
#include "ui/sak-import-page.h"
#include "ui/sak-progress-bar.h"
#include "ui/sak-record-list.h"
#include "ui/sak-record-page.h"
#include "ui/sak-review-page.h"
#include "ui/sak-review-record.h"
#include "ui/sak-show-only.h"
#include "ui/sak-transfer-page.h"
#include "ui/sak-ways-page.h"
#include "ui/words/sak-words-lists.h"

typedef struct
{
  const char *name;             /* of the stack's child; the kind, for lists */
  const char *icon;
  const char *label;
} Place;

static const Place places[] = {
  { "home", "go-home-symbolic", N_("Home") },
  { SAK_KIND_EVENT, "x-office-calendar-symbolic", N_("Incidents") },
  { SAK_KIND_PERSON, "avatar-default-symbolic", N_("People") },
  { SAK_KIND_TESTIMONY, "user-available-symbolic", N_("Testimonies") },
  { SAK_KIND_DOCUMENT, "folder-documents-symbolic", N_("Evidence") },
  { SAK_KIND_INTERVENTION, "emblem-system-symbolic", N_("Actions") },
  /* Translators: in the list on the left: to look at what arrived from partners, and to decide about it */
  { "review", "mail-read-symbolic", N_("Review") },
  { "contacts", "system-users-symbolic", N_("Contacts") },
  { "export", "send-to-symbolic", N_("Make a bundle") },
  { "import", "document-open-symbolic", N_("Import a bundle") },
  { "transfer", "mail-send-receive-symbolic", N_("Sent and received") },
  { "care", "drive-harddisk-symbolic", N_("Check and backup") },
  { "ways", "changes-allow-symbolic", N_("Ways to open it") },
};
/* The lists follow the first place. */
#define N_KINDS 5

static gboolean
is_list (int place)
{
  return place >= 1 && place <= N_KINDS;
}

/* These stay as they were left. */
static gboolean
is_kept (int place)
{
  return is_list (place) || g_str_equal (places[place].name, "review");
}

static int
get_place (SakWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->sidebar);

  return row != NULL ? gtk_list_box_row_get_index (row) : 0;
}

static GtkWidget *
make_page (SakWindow *self,
           int        place)
{
  if (is_list (place))
    return sak_record_list_new (self->session, places[place].name);
  if (g_str_equal (places[place].name, "home"))
    return sak_home_page_new (self->session);
  if (g_str_equal (places[place].name, "review"))
    return sak_review_page_new (self->session);
  if (g_str_equal (places[place].name, "contacts"))
    return sak_contacts_page_new (self->session);
  if (g_str_equal (places[place].name, "export"))
    return sak_export_page_new (self->session);
  if (g_str_equal (places[place].name, "transfer"))
    return sak_transfer_page_new (self->session);
  if (g_str_equal (places[place].name, "care"))
    return sak_care_page_new (self->session);
  if (g_str_equal (places[place].name, "ways"))
    return sak_ways_page_new (self->session);
  return sak_import_page_new (self->session);
}

static void
show_header (SakWindow *self)
{
  int place = get_place (self);

  adw_window_title_set_title (self->page_title, _(places[place].label));
  gtk_widget_set_visible (GTK_WIDGET (self->back), self->trail->len > 0
                                                     || adw_leaflet_get_folded (self->leaflet));
  gtk_widget_set_visible (GTK_WIDGET (self->add), self->trail->len == 0 && is_list (place));
  gtk_widget_set_visible (GTK_WIDGET (self->new_menu), self->trail->len == 0 && !is_list (place));
  if (is_list (place))
    gtk_button_set_label (self->add, sak_words_for_new (places[place].name));
}

/* What is only read has nothing to save. */
static void
flush (GtkWidget *page)
{
  if (SAK_IS_RECORD_PAGE (page))
    sak_record_page_flush (SAK_RECORD_PAGE (page));
}

/* Queues what is not saved yet of all that is open. */
void
_sak_window_flush (SakWindow *self)
{
  for (guint i = 0; i < self->trail->len; i++)
    flush (self->trail->pdata[i]);
}

static void
drop_record_page (SakWindow *self)
{
  GtkWidget *page = g_ptr_array_steal_index (self->trail, self->trail->len - 1);

  flush (page);
  gtk_stack_remove (self->content, page);
}

static void
page_gone_cb (SakWindow *self,
              GtkWidget *page)
{
  guint at;

  if (!g_ptr_array_find (self->trail, page, &at))
    return;
  if (at + 1 == self->trail->len)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
      return;
    }
  /* Something else was opened on top of it meanwhile, and stays. */
  g_ptr_array_remove_index (self->trail, at);
  gtk_stack_remove (self->content, page);
}

/* A page that works on something is there until somebody has seen what came of it. */
static void
keep_if_working (GtkWidget *page)
{
  if (page != NULL && sak_progress_bar_runs_in (page))
    g_object_set_data (G_OBJECT (page), "sak-kept", page);
}

static gboolean
is_awaited (GtkWidget *page)
{
  return g_object_get_data (G_OBJECT (page), "sak-kept") != NULL || sak_progress_bar_runs_in (page);
}

/* Lists stay as they were left; the other pages for exchange are made anew, to show what is now. */
static void
show_place (SakWindow *self)
{
  int place = get_place (self);
  GtkWidget *page = gtk_stack_get_child_by_name (self->content, places[place].name);

  if (self->place >= 0)
    keep_if_working (gtk_stack_get_child_by_name (self->content, places[self->place].name));
  self->place = place;
  while (self->trail->len > 0)
    drop_record_page (self);
  if (page != NULL && !is_kept (place) && !is_awaited (page))
    {
      gtk_stack_remove (self->content, page);
      page = NULL;
    }
  if (page == NULL)
    {
      page = make_page (self, place);
      gtk_stack_add_named (self->content, page, places[place].name);
    }
  g_object_set_data (G_OBJECT (page), "sak-kept", NULL);
  sak_show_only (self->content, page);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  show_header (self);
}

/* A list box says so too when the keyboard only comes back to the row that is selected: that
 * must not cost what is being done on the page.
 */
static void
place_selected_cb (SakWindow *self)
{
  if (self->session != NULL && gtk_list_box_get_selected_row (self->sidebar) != NULL &&
      get_place (self) != self->place)
    show_place (self);
}

/* A click, or Return: back to the place itself, from whatever was opened in it. */
static void
place_activated_cb (SakWindow *self)
{
  if (self->session != NULL && (self->trail->len > 0 || get_place (self) != self->place))
    show_place (self);
  else if (self->session != NULL)
    adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

/* From the list of places into the page: Tab would go through the places, and change the page. */
static gboolean
page_entered (GtkWidget *widget,
              GVariant  *args,
              gpointer   data)
{
  SakWindow *self = data;
  GtkWidget *page = gtk_stack_get_visible_child (self->content);

  if (page == NULL)
    return FALSE;
  /* Through a record from its beginning; elsewhere to what the page is for. */
  return (self->trail->len == 0 && gtk_widget_grab_focus (page)) ||
         gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
listen_for_tab (SakWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Tab, 0),
                      gtk_callback_action_new (page_entered, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->sidebar), controller);
}

static void
show_record_page (SakWindow *self,
                  GtkWidget *page)
{
  g_autofree char *name = g_strdup_printf (SAK_IS_RECORD_PAGE (page) ? "record-%u" : "review-%u", self->n_opened++);

  if (self->trail->len > 0)
    flush (g_ptr_array_index (self->trail, self->trail->len - 1));
  gtk_stack_add_named (self->content, page, name);
  g_ptr_array_add (self->trail, page);
  sak_show_only (self->content, page);
  show_header (self);
  gtk_widget_grab_focus (page);
}

/* Locked, nothing of it is shown. */
static void
page_unsaved_cb (SakWindow *self,
                 GtkWidget *page)
{
  if (self->session != NULL)
    show_record_page (self, page);
}

void
_sak_window_push (SakWindow *self,
                  GtkWidget *page)
{
  if (!SAK_IS_RECORD_PAGE (page))
    {
      show_record_page (self, page);
      return;
    }
  g_signal_connect_object (page, "unsaved", G_CALLBACK (page_unsaved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "gone", G_CALLBACK (page_gone_cb), self, G_CONNECT_SWAPPED);
  show_record_page (self, page);
}

static void
new_of_kind_activated (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  SakWindow *self = SAK_WINDOW (widget);

  if (self->session != NULL)
    _sak_window_push (self, sak_record_page_new_for_kind (self->session, g_variant_get_string (parameter, NULL)));
}

/* In a list one of its kind; elsewhere the kinds are asked for, testimonies first: Ctrl+N, Return. */
static void
new_record_activated (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  SakWindow *self = SAK_WINDOW (widget);
  int place = get_place (self);

  if (self->session == NULL)
    return;
  if (is_list (place))
    _sak_window_push (self, sak_record_page_new_for_kind (self->session, places[place].name));
  else
    gtk_menu_button_popup (self->new_menu);
}

/* "(ss)": a kind, and what narrows its list: a state, or "consent-ending". */
static void
show_list_activated (GtkWidget  *widget,
                     const char *action,
                     GVariant   *parameter)
{
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  const char *kind, *narrowing;
  GtkWidget *page;

  g_variant_get (parameter, "(&s&s)", &kind, &narrowing);
  if (g_str_equal (narrowing, "consent-ending"))
    search->consent = g_strdup (SAK_SEARCH_CONSENT_ENDING);
  else
    search->state = g_strdup (narrowing);
  page = sak_window_go (SAK_WINDOW (widget), kind);
  if (page != NULL && SAK_IS_RECORD_LIST (page))
    sak_record_list_set_search (SAK_RECORD_LIST (page), search);
}

static void
open_record_activated (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  SakWindow *self = SAK_WINDOW (widget);

  if (self->session != NULL)
    _sak_window_push (self, sak_record_page_new (self->session,
                                                 g_variant_get_string (parameter, NULL)));
}

/* From one record to the next goes along the list as it stands, if the record is in it. */
static void
review_record_activated (GtkWidget  *widget,
                         const char *action,
                         GVariant   *parameter)
{
  SakWindow *self = SAK_WINDOW (widget);
  GtkWidget *page = self->session != NULL ? gtk_stack_get_child_by_name (self->content, "review") : NULL;
  g_autoptr (GArray) list = page != NULL ? sak_review_page_ref_rowids (SAK_REVIEW_PAGE (page)) : NULL;

  if (self->session != NULL)
    _sak_window_push (self, sak_review_record_new (self->session, g_variant_get_string (parameter, NULL), list));
}

static void
search_activated (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  SakWindow *self = SAK_WINDOW (widget);
  GtkWidget *page = self->session != NULL ? gtk_stack_get_visible_child (self->content) : NULL;

  if (page != NULL && SAK_IS_RECORD_LIST (page))
    sak_record_list_search (SAK_RECORD_LIST (page));
}

/* What was chosen in a list goes to the page for bundles. */
static void
bundle_records_activated (GtkWidget  *widget,
                          const char *action,
                          GVariant   *parameter)
{
  GtkWidget *page = sak_window_go (SAK_WINDOW (widget), "export");
  g_autofree const char **records = g_variant_get_strv (parameter, NULL);

  if (page != NULL)
    sak_export_page_set_records (SAK_EXPORT_PAGE (page), records);
}

/* One that was found among what arrived. */
static void
import_card_activated (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  GtkWidget *page = sak_window_go (SAK_WINDOW (widget), "contacts");

  if (page != NULL)
    sak_contacts_page_import (SAK_CONTACTS_PAGE (page), g_variant_get_string (parameter, NULL));
}

static void
show_questions_activated (GtkWidget  *widget,
                          const char *action,
                          GVariant   *parameter)
{
  GtkWidget *page = sak_window_go (SAK_WINDOW (widget), "transfer");

  if (page != NULL && SAK_IS_TRANSFER_PAGE (page))
    sak_transfer_page_show_questions (SAK_TRANSFER_PAGE (page));
}

static void
show_outbox_activated (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  GtkWidget *page = sak_window_go (SAK_WINDOW (widget), "transfer");

  if (page != NULL && SAK_IS_TRANSFER_PAGE (page))
    sak_transfer_page_show_outbox (SAK_TRANSFER_PAGE (page));
}

static void
back_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  SakWindow *self = SAK_WINDOW (widget);

  if (self->session == NULL)
    return;
  if (self->trail->len == 0)
    {
      adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
      return;
    }
  drop_record_page (self);
  if (self->trail->len > 0)
    sak_show_only (self->content,
                                 g_ptr_array_index (self->trail, self->trail->len - 1));
  else
    sak_show_only_named (self->content, places[get_place (self)].name);
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->content));
  show_header (self);
}

/* Testimonies first: that is what is begun in a hurry. */
static void
fill_new_menu (SakWindow *self)
{
  static const char *const kinds[] = {
    SAK_KIND_TESTIMONY, SAK_KIND_EVENT, SAK_KIND_PERSON, SAK_KIND_DOCUMENT, SAK_KIND_INTERVENTION,
  };
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (sak_words_for_new (kinds[i]), NULL);

      g_menu_item_set_action_and_target (item, "win.new-of-kind", "s", kinds[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->new_menu, G_MENU_MODEL (menu));
  sak_build_name_menu (self->new_menu, _("New…"));
  sak_build_name_menu (self->menu, _("Menu"));
}

static void
append_place (SakWindow   *self,
              const Place *place)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = sak_build_label (_(place->label), NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (place->icon);
  GtkWidget *row = gtk_list_box_row_new ();

  /* Names are longer in Burmese: two lines of them are read whole. */
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "sak-place");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(place->label), -1);
  gtk_list_box_append (self->sidebar, row);
}

/* Another page by its name, as a click in the sidebar. */
GtkWidget *
sak_window_go (SakWindow  *self,
               const char *name)
{
  for (int i = 0; self->session != NULL && i < (int) G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, name))
      {
        gtk_list_box_select_row (self->sidebar, gtk_list_box_get_row_at_index (self->sidebar, i));
        gtk_widget_grab_focus (gtk_stack_get_visible_child (self->content));
        return gtk_stack_get_visible_child (self->content);
      }
  return NULL;
}

/* The place only; the keyboard stays where it is. */
void
_sak_window_go_to (SakWindow *self,
                   int        place)
{
  gtk_list_box_select_row (self->sidebar, gtk_list_box_get_row_at_index (self->sidebar, place));
}

static void
go_activated (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  (void) sak_window_go (SAK_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

void
sak_window_show_first (SakWindow *self)
{
  gtk_list_box_select_row (self->sidebar, gtk_list_box_get_row_at_index (self->sidebar, 0));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->sidebar, 0)));
}

/* What is not saved yet is queued before that: sak_window_lock(). */
void
sak_window_drop_pages (SakWindow *self)
{
  GtkWidget *page;

  g_ptr_array_set_size (self->trail, 0);
  self->place = -1;
  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->content))) != NULL)
    gtk_stack_remove (self->content, page);
  gtk_list_box_unselect_all (self->sidebar);
}

void
sak_window_build_places (SakWindow *self)
{
  self->trail = g_ptr_array_new ();
  self->place = -1;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    append_place (self, &places[i]);
  fill_new_menu (self);
  listen_for_tab (self);
}

void
sak_window_install_places (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-record", NULL, new_record_activated);
  gtk_widget_class_install_action (widget_class, "win.open-record", "s", open_record_activated);
  gtk_widget_class_install_action (widget_class, "win.review-record", "s", review_record_activated);
  gtk_widget_class_install_action (widget_class, "win.new-of-kind", "s", new_of_kind_activated);
  gtk_widget_class_install_action (widget_class, "win.show-list", "(ss)", show_list_activated);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_activated);
  gtk_widget_class_install_action (widget_class, "win.bundle-records", "as", bundle_records_activated);
  gtk_widget_class_install_action (widget_class, "win.import-card", "s", import_card_activated);
  gtk_widget_class_install_action (widget_class, "win.show-questions", NULL, show_questions_activated);
  gtk_widget_class_install_action (widget_class, "win.show-outbox", NULL, show_outbox_activated);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "win.go", "s", go_activated);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_header);
}
