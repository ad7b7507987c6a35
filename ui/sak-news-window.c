/* sak-news-window.c - the secretariat sends forms and terms to its members
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thing is chosen, and to whom it goes. It is signed here, and leaves with the next bundle to each of them.
 */
#include "config.h"

#include "ui/sak-news-window.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-news-item.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words.h"

struct _SakNewsWindow
{
  AdwWindow parent_instance;
  SakSession *session;
  GtkListBox *items;            /* what can be sent; a row's "sak-item" is it */
  GtkListBox *contacts;         /* to whom */
  GtkWidget *nothing;           /* that there is nothing to send yet */
  GtkWidget *nobody;            /* that there are no contacts yet */
  GtkWidget *choose;            /* a form from a file */
  GtkWidget *send;
  GtkBox *sent;
  GtkLabel *outcome;
  GCancellable *cancellable;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (SakNewsWindow, sak_news_window, ADW_TYPE_WINDOW)

/* --- What is chosen --- */

static GtkCheckButton *
get_choice (GtkWidget *row)
{
  return GTK_CHECK_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
}

static const SakNewsItem *
find_chosen (SakNewsWindow *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->items)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_check_button_get_active (get_choice (row)))
      return g_object_get_data (G_OBJECT (row), "sak-item");
  return NULL;
}

static char **
list_chosen_contacts (SakNewsWindow *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->contacts)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_check_button_get_active (get_choice (row)))
      g_strv_builder_add (names, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  return g_strv_builder_end (names);
}

static void
changed_cb (SakNewsWindow *self)
{
  g_auto (GStrv) to = list_chosen_contacts (self);

  gtk_widget_set_sensitive (self->send, !self->is_busy && find_chosen (self) != NULL && *to != NULL);
}

/* @group: a row of those of which one is chosen, or NULL. */
static GtkWidget *
append_row (SakNewsWindow *self,
            GtkListBox    *list,
            const char    *title,
            const char    *about,
            GtkWidget     *group)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *choice = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (about != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), get_choice (group));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), choice);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), choice);
  g_signal_connect_object (choice, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (list, row);
  return row;
}

/* Takes @item. */
static GtkWidget *
append_item (SakNewsWindow *self,
             SakNewsItem   *item)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->items));
  g_autofree char *title = sak_news_item_dup_title (item);
  g_autofree char *about = sak_news_item_dup_about (item);
  GtkWidget *row = append_row (self, self->items, title, about, first);

  g_object_set_data_full (G_OBJECT (row), "sak-item", item, sak_news_item_free);
  gtk_widget_set_visible (GTK_WIDGET (self->items), TRUE);
  gtk_widget_set_visible (self->nothing, FALSE);
  return row;
}

/* --- Reading --- */

static void
empty_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  gtk_widget_set_visible (GTK_WIDGET (list), FALSE);
}

static void
show_sent (SakNewsWindow *self,
           GPtrArray     *sent)
{
  sak_build_empty (self->sent);
  gtk_widget_set_visible (GTK_WIDGET (self->sent), sent->len > 0);
  if (sent->len > 0)
    gtk_box_append (self->sent, sak_build_heading (_("What you sent last")));
  for (guint i = 0; i < sent->len; i++)
    {
      g_autofree char *words = sak_news_say_sent (sent->pdata[i]);

      gtk_box_append (self->sent, sak_build_label (words, NULL));
    }
}

static void
show_all (SakNewsWindow  *self,
          SakNewsReading *reading)
{
  empty_list (self->items);
  empty_list (self->contacts);
  gtk_widget_set_visible (self->nothing, reading->items->len == 0);
  while (reading->items->len > 0)
    append_item (self, g_ptr_array_steal_index (reading->items, 0));
  gtk_widget_set_visible (self->nobody, reading->contacts->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->contacts), reading->contacts->len > 0);
  for (guint i = 0; i < reading->contacts->len; i++)
    append_row (self, self->contacts, reading->contacts->pdata[i], NULL, NULL);
  show_sent (self, reading->sent);
  changed_cb (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakNewsWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  SakNewsReading *reading = sak_session_call_finish (result, &error);

  if (self != NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      if (reading != NULL)
        show_all (self, reading);
      else
        sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
    }
  g_clear_pointer (&reading, sak_news_reading_free);
}

static void
read_all (SakNewsWindow *self)
{
  sak_session_call (self->session, sak_session_new_call (self->session), sak_news_read_job, sak_news_reading_free,
                    self->cancellable, read_cb, sak_weak_point_at (self));
}

/* --- A form from a file --- */

static char *
say_fault (const GError *error)
{
  if (error->domain != SAK_ERROR)
    return g_strdup (sak_words_for_error (error));
  if (error->code == SAK_ERROR_EXISTS)
    return g_strdup (_("Another form of this name and version is here already. A form that was changed needs a new "
                       "version, and a name of its own."));
  if (error->code == SAK_ERROR_INVALID || error->code == SAK_ERROR_TOO_LARGE)
    /* Translators: %s is a technical remark, in English, for whoever wrote the form */
    return g_strdup_printf (_("This is no form that can be sent. Whoever wrote it can mend it by this: %s"),
                            error->message);
  return g_strdup (sak_words_for_error (error));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakNewsWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  SakNewsItem *item = sak_session_call_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    g_clear_pointer (&item, sak_news_item_free);
  else if (item != NULL)
    {
      GtkWidget *row = append_item (self, item);

      sak_build_say (self->outcome, "", FALSE);
      gtk_check_button_set_active (get_choice (row), TRUE);
      gtk_widget_grab_focus (row);
    }
  else
    {
      g_autofree char *words = say_fault (error);

      sak_build_say (self->outcome, words, TRUE);
    }
}

static void
form_picked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakNewsWindow) self = sak_weak_take (data);
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  SakCall *call;

  if (self == NULL || file == NULL || g_file_peek_path (file) == NULL || sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->filename = g_file_get_path (file);
  sak_session_call (self->session, call, sak_news_open_job, sak_news_item_free, self->cancellable, opened_cb,
                    sak_weak_point_at (self));
}

static void
choose_clicked_cb (SakNewsWindow *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_OPEN, _("Choose a form"), _("Choose"), NULL, self->cancellable,
                         form_picked_cb, sak_weak_point_at (self));
}

/* --- Sending --- */

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakNewsWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean is_sent = sak_session_call_finish (result, &error) != NULL;
  g_autofree char *fault = is_sent ? NULL : say_fault (error);

  if (self == NULL)
    return;
  self->is_busy = FALSE;
  sak_build_say (self->outcome, is_sent ? _("It is signed, and goes with your next bundle to each of them.") : fault,
                 !is_sent);
  changed_cb (self);
  if (!is_sent || sak_session_is_locked (self->session))
    return;
  sak_session_changed (self->session);
  read_all (self);
  gtk_widget_grab_focus (self->choose);
}

static void
send_clicked_cb (SakNewsWindow *self)
{
  const SakNewsItem *item = find_chosen (self);
  g_auto (GStrv) to = list_chosen_contacts (self);
  SakCall *call;

  if (self->is_busy || item == NULL || *to == NULL || sak_session_is_locked (self->session))
    return;
  self->is_busy = TRUE;
  sak_build_say (self->outcome, "", FALSE);
  changed_cb (self);
  call = sak_session_new_call (self->session);
  sak_news_fill_call (call, item, to);
  /* What was begun is done, whether the window is still there or not. */
  sak_session_call (self->session, call, sak_news_send_job, NULL, NULL, sent_cb, sak_weak_point_at (self));
}

/* --- The window --- */

static void
sak_news_window_dispose (GObject *object)
{
  g_cancellable_cancel (SAK_NEWS_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (sak_news_window_parent_class)->dispose (object);
}

static void
sak_news_window_finalize (GObject *object)
{
  SakNewsWindow *self = SAK_NEWS_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (sak_news_window_parent_class)->finalize (object);
}

static void
sak_news_window_class_init (SakNewsWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_news_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_news_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkListBox *
append_list (GtkBox     *box,
             const char *heading)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_box_append (box, sak_build_heading (heading));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  gtk_widget_set_visible (list, FALSE);
  gtk_box_append (box, list);
  return GTK_LIST_BOX (list);
}

static GtkWidget *
append_hint (GtkBox     *box,
             const char *words)
{
  GtkWidget *label = sak_build_label (words, "dim-label");

  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (box, label);
  return label;
}

static void
sak_news_window_init (SakNewsWindow *self)
{
  GtkBox *box;

  self->cancellable = g_cancellable_new ();
  /* Translators: a button: signs a form or terms for the chosen contacts */
  self->send = sak_build_button (C_("news", "Send"), "suggested-action", G_CALLBACK (send_clicked_cb), self);
  gtk_widget_set_sensitive (self->send, FALSE);
  sak_build_window (ADW_WINDOW (self), 620, self->send, &box, &self->outcome);
  gtk_box_append (box, sak_build_label (_("What you send comes into use with those who chose to believe your notices, "
                                          "and with nobody else. Records that were written before stay as they are."),
                                        NULL));
  self->items = append_list (box, _("What is sent"));
  self->nothing = append_hint (box, _("No form and no terms of your own are in this vault yet. A form comes as a file "
                                      "from whoever wrote it."));
  self->choose = sak_build_button (_("Choose a form…"), NULL, G_CALLBACK (choose_clicked_cb), self);
  gtk_widget_set_halign (self->choose, GTK_ALIGN_START);
  gtk_box_append (box, self->choose);
  self->contacts = append_list (box, _("To whom"));
  self->nobody = append_hint (box, _("There are no contacts yet. Import their cards first."));
  self->sent = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_visible (GTK_WIDGET (self->sent), FALSE);
  gtk_box_append (box, GTK_WIDGET (self->sent));
}

GtkWidget *
sak_news_window_new (GtkWindow  *parent,
                     SakSession *session)
{
  SakNewsWindow *self = g_object_new (SAK_TYPE_NEWS_WINDOW, "transient-for", parent, "modal", TRUE,
                                      "destroy-with-parent", TRUE, "title", _("Forms and terms"),
                                      "default-width", 660, "default-height", 560, NULL);

  self->session = g_object_ref (session);
  read_all (self);
  return GTK_WIDGET (self);
}
