/* sak-carriers-window.c - the ways by which bundles are sent and fetched: sticks, folders, servers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-carriers-window.h"

#include <glib/gi18n-lib.h>

#include "sync/sak-outbox.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-build.h"
#include "ui/sak-carrier-form.h"
#include "ui/sak-courier.h"
#include "ui/sak-giving-up.h"
#include "ui/sak-say.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words.h"

struct _SakCarriersWindow
{
  AdwWindow parent_instance;
  SakSession *session;
  GCancellable *cancellable;
  GtkBox *box;
  GtkLabel *outcome;
  GPtrArray *carriers;          /* SakCarrier, as listed */
  SakCarrierForm *form;         /* instead of the list, or NULL */
  gboolean takes_focus;         /* the first button, when it is listed */
};

G_DEFINE_FINAL_TYPE (SakCarriersWindow, sak_carriers_window, ADW_TYPE_WINDOW)

static void list_ways (SakCarriersWindow *self);

static gpointer
list_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_carriers (call->vault, error);
}

static gpointer
remove_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_vault_remove_carrier (call->vault, call->text, error) ? SAK_JOB_DONE : NULL;
}

/* --- Adding, changing --- */

static void
form_left_cb (SakCarriersWindow *self)
{
  self->form = NULL;
  self->takes_focus = TRUE;
  list_ways (self);
}

static void
show_form (SakCarriersWindow *self,
           SakCarrierKind     kind,
           const SakCarrier  *carrier)
{
  GtkWidget *form = sak_carrier_form_new (self->session, kind, carrier);

  g_signal_connect_object (form, "left", G_CALLBACK (form_left_cb), self, G_CONNECT_SWAPPED);
  sak_build_say (self->outcome, "", FALSE);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  sak_build_empty (self->box);
  self->form = SAK_CARRIER_FORM (form);
  gtk_box_append (self->box, form);
  gtk_widget_grab_focus (form);
}

static void
add_folder_clicked_cb (SakCarriersWindow *self)
{
  show_form (self, SAK_CARRIER_FOLDER, NULL);
}

static void
add_server_clicked_cb (SakCarriersWindow *self)
{
  show_form (self, SAK_CARRIER_WEBDAV, NULL);
}

static const SakCarrier *
find_carrier (SakCarriersWindow *self,
              const char        *name)
{
  for (guint i = 0; self->carriers != NULL && i < self->carriers->len; i++)
    if (g_str_equal (((SakCarrier *) self->carriers->pdata[i])->name, name))
      return self->carriers->pdata[i];
  return NULL;
}

static const char *
get_name (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "sak-name");
}

static SakCarriersWindow *
get_window (GtkWidget *row)
{
  return SAK_CARRIERS_WINDOW (gtk_widget_get_ancestor (row, SAK_TYPE_CARRIERS_WINDOW));
}

static void
change_clicked_cb (GtkWidget *row)
{
  SakCarriersWindow *self = get_window (row);
  const SakCarrier *carrier = find_carrier (self, get_name (row));

  if (carrier != NULL)
    show_form (self, carrier->kind, carrier);
}

/* --- Removing --- */

static void
removed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakCarriersWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean is_done = sak_session_call_finish (result, &error) != NULL;

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (is_done)
    sak_build_say (self->outcome, "", FALSE);
  else if (g_error_matches (error, SAK_ERROR, SAK_ERROR_CONFLICT))
    sak_build_say (self->outcome, _("Bundles in the outbox are to go this way. Send them, or take them out, first."),
                   TRUE);
  else
    sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
  self->takes_focus = TRUE;
  sak_courier_look (sak_courier_get (self->session));
  list_ways (self);
}

static void
remove_confirmed (GtkWidget  *asker,
                  const char *text,
                  gpointer    data)
{
  SakCarriersWindow *self = get_window (asker);
  SakCall *call;

  if (self == NULL || sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->text = g_strdup (get_name (asker));
  sak_session_call (self->session, call, remove_job, NULL, NULL, removed_cb, sak_weak_point_at (self));
}

static void
remove_clicked_cb (GtkWidget *row)
{
  /* Translators: %s is the name that the owner gave a stick, folder or server */
  g_autofree char *heading = g_strdup_printf (_("Remove %s from the ways?"), get_name (row));

  sak_ask (row, SAK_ASK_DESTRUCTIVE, heading,
           _("Its settings and its password are deleted here. What lies there already stays there."), _("Remove"),
           remove_confirmed, NULL);
}

/* --- The list --- */

static void
add_button (GtkWidget  *row,
            const char *label,
            GCallback   clicked)
{
  GtkWidget *button = sak_build_button (label, NULL, clicked, row);
  /* Translators: a button and what it is about, for a screen reader: "Show: 2 incidents" */
  g_autofree char *name = g_strdup_printf (_("%1$s: %2$s"), label, get_name (row));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static char *
say_way (const SakCarrier *carrier)
{
  const char *kind = carrier->kind == SAK_CARRIER_WEBDAV ? _("Server")
                     : (carrier->flags & SAK_CARRIER_IS_APART) != 0
                     /* Translators: a kind of way for bundles: a folder that is on a stick or another disk */
                     ? _("Folder on a stick or disk of its own") : _("Folder on this computer");
  const char *when = (carrier->flags & SAK_CARRIER_BY_ITSELF) != 0
                     ? _("Sends by itself when it can.") : _("Sends when you say so.");

  return g_strdup_printf ("%s · %s\n%s", kind, carrier->address, when);
}

static GtkWidget *
make_row (const SakCarrier *carrier)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = say_way (carrier);
  g_autofree char *broken = sak_say_with_breaks (words);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), carrier->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), broken);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data_full (G_OBJECT (row), "sak-name", g_strdup (carrier->name), g_free);
  add_button (row, _("Change…"), G_CALLBACK (change_clicked_cb));
  add_button (row, _("Remove…"), G_CALLBACK (remove_clicked_cb));
  /* The stops for the keyboard are the buttons. */
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
show_ways (SakCarriersWindow *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *add;

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  sak_build_empty (self->box);
  gtk_box_append (self->box,
                  sak_build_label (_("A bundle can go by a stick, by a folder that another program shares, or by a "
                                     "server that speaks WebDAV, such as Nextcloud. It is encrypted before: whoever "
                                     "has the stick or the server cannot read it, but sees when files come and how "
                                     "large they are. The program only goes where you say here."), NULL));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Ways to send"), -1);
  for (guint i = 0; i < self->carriers->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (self->carriers->pdata[i]));
  if (self->carriers->len > 0)
    gtk_box_append (self->box, list);
  else
    {
      g_object_ref_sink (list);
      g_object_unref (list);
      gtk_box_append (self->box, sak_build_label (_("None is set up yet."), "dim-label"));
    }
  add = sak_build_button (_("Add a folder or stick…"), NULL, G_CALLBACK (add_folder_clicked_cb), self);
  gtk_box_append (self->box, add);
  gtk_box_append (self->box, sak_build_button (_("Add a server…"), NULL, G_CALLBACK (add_server_clicked_cb), self));
  if (self->takes_focus)
    gtk_widget_grab_focus (add);
  self->takes_focus = FALSE;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakCarriersWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) carriers = sak_session_call_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (carriers == NULL)
    {
      sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
      return;
    }
  g_clear_pointer (&self->carriers, g_ptr_array_unref);
  self->carriers = g_steal_pointer (&carriers);
  show_ways (self);
}

static void
list_ways (SakCarriersWindow *self)
{
  if (!sak_session_is_locked (self->session))
    sak_session_call (self->session, sak_session_new_call (self->session), list_job, (GDestroyNotify) g_ptr_array_unref,
                      self->cancellable, listed_cb, sak_weak_point_at (self));
}

/* From the form back to the ways, if nothing was changed in it. */
static gboolean
escape_pressed_cb (GtkWidget *widget,
                   GVariant  *args,
                   gpointer   unused)
{
  SakCarriersWindow *self = SAK_CARRIERS_WINDOW (widget);

  if (self->form != NULL && !sak_carrier_form_is_changed (self->form))
    form_left_cb (self);
  else
    gtk_window_close (GTK_WINDOW (self));
  return TRUE;
}

static gboolean
sak_carriers_window_close_request (GtkWindow *window)
{
  SakCarriersWindow *self = SAK_CARRIERS_WINDOW (window);

  if (self->form != NULL && sak_carrier_form_is_changed (self->form) && !sak_session_is_locked (self->session) &&
      sak_giving_up_ask (window))
    return TRUE;
  return GTK_WINDOW_CLASS (sak_carriers_window_parent_class)->close_request (window);
}

static void
sak_carriers_window_dispose (GObject *object)
{
  SakCarriersWindow *self = SAK_CARRIERS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->carriers, g_ptr_array_unref);
  G_OBJECT_CLASS (sak_carriers_window_parent_class)->dispose (object);
}

static void
sak_carriers_window_finalize (GObject *object)
{
  SakCarriersWindow *self = SAK_CARRIERS_WINDOW (object);

  g_clear_object (&self->session);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (sak_carriers_window_parent_class)->finalize (object);
}

static void
sak_carriers_window_class_init (SakCarriersWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_carriers_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_carriers_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sak_carriers_window_close_request;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, escape_pressed_cb, NULL);
}

static void
sak_carriers_window_init (SakCarriersWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->takes_focus = TRUE;
  sak_build_window (ADW_WINDOW (self), 720, NULL, &self->box, &self->outcome);
}

GtkWidget *
sak_carriers_window_new (GtkWindow  *parent,
                         SakSession *session)
{
  SakCarriersWindow *self = g_object_new (SAK_TYPE_CARRIERS_WINDOW, "transient-for", parent, "modal", TRUE,
                                          "destroy-with-parent", TRUE, "title", _("Ways to send"),
                                          "default-width", 760, "default-height", 600, NULL);

  self->session = g_object_ref (session);
  list_ways (self);
  return GTK_WIDGET (self);
}
