/* sak-window-language.c - another language, at once and with the vault open
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words are set when widgets are made, so a whole new window is made, which takes over the
 * session, the place and the trail of opened records from the old one. What was not saved is saved
 * before; the records are opened anew when that has gone through, so that new ones have an id.
 */
#include "config.h"

#include "ui/sak-window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-preferences.h"
#include "ui/sak-record-page.h"
#include "ui/sak-review-record.h"
#include "ui/words/sak-language.h"

static GtkWidget *
make_like (GtkWidget *page)
{
  return SAK_IS_REVIEW_RECORD (page) ? sak_review_record_new_like (SAK_REVIEW_RECORD (page))
                                     : sak_record_page_new_like (SAK_RECORD_PAGE (page));
}

static void
take_over (SakWindow *self,
           SakWindow *old)
{
  _sak_window_adopt (self, old->session, old->path);
  _sak_window_show_main (self);
  _sak_window_go_to (self, old->place);
  for (guint i = 0; i < old->trail->len; i++)
    _sak_window_push (self, make_like (old->trail->pdata[i]));
  g_clear_object (&old->session);
}

static void
replace (SakWindow *old)
{
  GtkWidget *window = _sak_window_new_with_worker (gtk_window_get_application (GTK_WINDOW (old)), &old->settings,
                                                   old->worker);
  SakWindow *self = SAK_WINDOW (window);
  gboolean has_session = old->session != NULL;

  if (has_session)
    take_over (self, old);
  else if (g_strcmp0 (gtk_stack_get_visible_child_name (old->gate), "unlock") == 0)
    sak_window_open_path (self, old->path);
  if (gtk_window_is_maximized (GTK_WINDOW (old)))
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  /* Its pages have saved, and the session is not theirs any more. */
  gtk_window_destroy (GTK_WINDOW (old));
  if (has_session)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.settings", NULL);
}

static gpointer
all_saved_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return SAK_JOB_DONE;
}

static void save_all (SakWindow *self);

static guint
find_language (const char *code)
{
  const char *const *codes = sak_language_list ();
  guint i = 0;

  while (codes[i] != NULL && !g_str_equal (codes[i], code))
    i++;
  return i;
}

static void
adopt_language (SakWindow  *self,
                const char *code)
{
  g_strlcpy (self->settings.language, code, sizeof self->settings.language);
  gtk_window_get_default_size (GTK_WINDOW (self), &self->settings.width, &self->settings.height);
  sak_settings_save_async (&self->settings);
  sak_language_choose (code);
}

/* The pages of this window are all that has what was written. */
static void
refuse (SakWindow  *self,
        const char *words)
{
  AdwComboRow *row = self->language_row;

  if (row == NULL)
    {
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (words));
      return;
    }
  adw_combo_row_set_selected (row, find_language (sak_language_get ()));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
}

/* Whether every page has @is_so. */
static gboolean
all_are (SakWindow *self,
         gboolean (*is_so) (SakRecordPage *page))
{
  for (guint i = 0; i < self->trail->len; i++)
    if (SAK_IS_RECORD_PAGE (self->trail->pdata[i]) && !is_so (self->trail->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
could_save (SakRecordPage *page)
{
  return !sak_record_page_could_not_save (page);
}

/* If it was locked in the meantime, the gate is shown in the new language; closed, nothing. */
static void
all_saved_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakWindow) self = data;
  g_autofree char *code = g_steal_pointer (&self->wanted_language);
  gboolean is_done = sak_session_call_finish (result, NULL) != NULL;

  if (self->worker == NULL || code == NULL)
    return;
  if (self->session != NULL && (!is_done || !all_are (self, could_save)))
    {
      refuse (self, _("The language stays as it is: what was written last could not be saved. Look at the record, "
                      "and try again when it is saved."));
      return;
    }
  /* Begun while the vault was slow: its page has the button that stops it, and says what comes of it. */
  if (self->session != NULL && sak_session_is_held (self->session))
    {
      refuse (self, _("It can be changed when the work in progress is done."));
      return;
    }
  /* More was written while the vault was slow. */
  if (self->session != NULL && !all_are (self, sak_record_page_is_saved))
    {
      self->wanted_language = g_steal_pointer (&code);
      save_all (self);
      return;
    }
  adopt_language (self, code);
  replace (self);
}

static void
save_all (SakWindow *self)
{
  _sak_window_flush (self);
  sak_session_call (self->session, sak_session_new_call (self->session), all_saved_job, NULL, NULL, all_saved_cb,
                    g_object_ref (self));
}

/* Not while the drop-down that was used is still busy with its own closing. */
static gboolean
choice_closed_cb (gpointer data)
{
  g_autoptr (SakWindow) self = data;

  if (self->worker != NULL && self->session == NULL)
    replace (self);
  return G_SOURCE_REMOVE;
}

gboolean
sak_window_can_change_language (SakWindow *self)
{
  if (self->session == NULL)
    return TRUE;
  return !sak_session_is_held (self->session) &&
         g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "main") == 0;
}

void
sak_window_change_language (SakWindow  *self,
                            const char *code)
{
  gboolean is_waiting = self->wanted_language != NULL;

  g_clear_pointer (&self->wanted_language, g_free);
  if (g_str_equal (code, sak_language_get ()) || !sak_window_can_change_language (self))
    return;
  if (self->session == NULL)
    {
      adopt_language (self, code);
      g_idle_add (choice_closed_cb, g_object_ref (self));
      return;
    }
  self->wanted_language = g_strdup (code);
  if (!is_waiting)
    save_all (self);
}

/* By their own names. */
static GtkStringList *
list_languages (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  const char *const *codes = sak_language_list ();

  for (guint i = 0; codes[i] != NULL; i++)
    gtk_string_list_append (names, sak_language_get_name (codes[i]));
  return names;
}

static void
row_selected_cb (AdwComboRow *row,
                 GParamSpec  *unused,
                 SakWindow   *window)
{
  sak_window_change_language (window, sak_language_list ()[adw_combo_row_get_selected (row)]);
}

/* For the settings, which are shown again in the new language. */
GtkWidget *
sak_window_build_language_row (SakWindow *self)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = list_languages ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Language"));
  /* A sign for whoever is lost in a language that they cannot read. */
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("preferences-desktop-locale-symbolic"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_language (sak_language_get ()));
  gtk_widget_set_sensitive (row, sak_window_can_change_language (self));
  if (!gtk_widget_get_sensitive (row))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("It can be changed when the work in progress is done."));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (row_selected_cb), self, 0);
  g_set_weak_pointer (&self->language_row, ADW_COMBO_ROW (row));
  sak_build_name_choices (row);
  return row;
}

static void
choice_selected_cb (GtkDropDown *choice,
                    GParamSpec  *unused,
                    SakWindow   *window)
{
  sak_window_change_language (window, sak_language_list ()[gtk_drop_down_get_selected (choice)]);
}

/* Where something is being made, changing it would begin from the beginning. */
static void
gate_shown_cb (GtkStack   *gate,
               GParamSpec *unused,
               GtkWidget  *choice)
{
  const char *name = gtk_stack_get_visible_child_name (gate);

  gtk_widget_set_visible (choice, g_strcmp0 (name, "start") == 0 || g_strcmp0 (name, "unlock") == 0);
}

/* For the gate's header. */
GtkWidget *
_sak_window_build_language_choice (SakWindow *self)
{
  GtkWidget *choice = gtk_drop_down_new (G_LIST_MODEL (list_languages ()), NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), find_language (sak_language_get ()));
  gtk_widget_set_tooltip_text (choice, _("Language"));
  sak_build_name_choice (GTK_DROP_DOWN (choice), _("Language"));
  g_signal_connect_object (self->gate, "notify::visible-child", G_CALLBACK (gate_shown_cb), choice, 0);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (choice_selected_cb), self, 0);
  return choice;
}
