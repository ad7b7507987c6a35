/* sak-window.c - the one window: gate, sidebar, pages, lock
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before unlocking it shows the gate (start, new vault, passphrase), afterwards the
 * sidebar and one page. Records are opened on top of each other, as a trail that "back"
 * goes down again. Locking destroys all of that; what was not saved is queued before the
 * keys are wiped.
 */
#include "config.h"

#include "ui/sak-window-private.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-above.h"
#include "ui/sak-build.h"
#include "ui/sak-card-panel.h"
#include "ui/sak-code-panel.h"
#include "ui/sak-courier.h"
#include "ui/sak-flow.h"
#include "ui/sak-help.h"
#include "ui/sak-interrupted-window.h"
#include "ui/sak-left-out.h"
#include "ui/sak-preferences.h"
#include "ui/sak-recover-page.h"
#include "ui/sak-record-page.h"
#include "ui/sak-roles.h"
#include "ui/sak-show-only.h"
#include "ui/sak-ways-page.h"
#include "ui/sak-welcome-page.h"
#include "ui/words/sak-language.h"
#include "ui/words/sak-words.h"

#define CLIPBOARD_SECONDS 45

G_DEFINE_FINAL_TYPE (SakWindow, sak_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_gate (SakWindow  *self,
           const char *name)
{
  sak_show_only_named (self->stack, "gate");
  sak_show_only_named (self->gate, name);
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->gate));
}

static void
to_start_activated (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  SakWindow *self = SAK_WINDOW (widget);

  if (self->session != NULL)
    return;
  sak_create_page_clear (self->create);
  sak_unlock_page_leave (self->unlock);
  sak_other_way_page_leave (self->other_way);
  gtk_widget_set_visible (self->watermark, FALSE);
  sak_start_page_refresh (self->start);
  show_gate (self, "start");
}

/* The page is made anew each time: nothing typed in it stays. */
static void
show_recover (SakWindow  *self,
              const char *damaged_vault)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->gate, "recover");

  if (page != NULL)
    gtk_stack_remove (self->gate, page);
  page = sak_recover_page_new (self->worker, damaged_vault);
  g_signal_connect_object (page, "vault-chosen", G_CALLBACK (sak_window_open_path), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->gate, page, "recover");
  show_gate (self, "recover");
}

static void
restore_activated (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  if (SAK_WINDOW (widget)->session == NULL)
    show_recover (SAK_WINDOW (widget), NULL);
}

static void
rescue_activated (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  SakWindow *self = SAK_WINDOW (widget);

  if (self->session == NULL && self->path != NULL)
    {
      sak_unlock_page_leave (self->unlock);
      show_recover (self, self->path);
    }
}

static void
lock_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  sak_window_lock (SAK_WINDOW (widget));
}

static void
toast_activated (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  adw_toast_overlay_add_toast (SAK_WINDOW (widget)->toasts,
                               adw_toast_new (g_variant_get_string (parameter, NULL)));
}

static void
settings_activated (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  SakWindow *self = SAK_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (sak_preferences_new (GTK_WINDOW (self), &self->settings, self->session)));
}

/* "": the page about what is on the screen. */
static void
help_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  const char *page = g_variant_get_string (parameter, NULL);

  sak_help_show (widget, *page != '\0' ? page : sak_help_find_page (widget));
}

/* Dialogs over the window show what is in the vault. File dialogs do not, and GTK owns them. */
static void
destroy_dialogs (SakWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (GTK_IS_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == GTK_WINDOW (self)
        && (ADW_IS_WINDOW (l->data) || ADW_IS_MESSAGE_DIALOG (l->data)))
      gtk_window_destroy (l->data);
}

static void
clear_clipboard (SakWindow *self)
{
  GdkClipboard *clipboards[] = { gtk_widget_get_clipboard (GTK_WIDGET (self)),
                                 gtk_widget_get_primary_clipboard (GTK_WIDGET (self)) };

  for (guint i = 0; i < G_N_ELEMENTS (clipboards); i++)
    if (gdk_clipboard_is_local (clipboards[i]))
      gdk_clipboard_set_content (clipboards[i], NULL);
}

static void
drop_gate_page (SakWindow  *self,
                const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->gate, name);

  if (page != NULL)
    gtk_stack_remove (self->gate, page);
}

void
sak_window_lock (SakWindow *self)
{
  if (self->session == NULL)
    return;
  _sak_window_flush (self);
  sak_session_lock (self->session);
  g_clear_object (&self->session);
  drop_gate_page (self, "code");
  drop_gate_page (self, "card");
  destroy_dialogs (self);
  sak_help_close (GTK_WINDOW (self));
  clear_clipboard (self);
  sak_show_only_named (self->stack, "gate");
  sak_window_drop_pages (self);
  adw_window_title_set_title (self->vault_title, "");
  sak_unlock_page_set_path (self->unlock, self->path);
  show_gate (self, "unlock");
}

static void
show_busy (SakWindow *self)
{
  gtk_widget_set_visible (self->busy, self->session != NULL && sak_session_is_busy (self->session));
}

void
_sak_window_adopt (SakWindow  *self,
                   SakSession *session,
                   const char *path)
{
  g_autofree char *own_path = g_strdup (path);

  g_free (self->path);
  self->path = g_steal_pointer (&own_path);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "busy", G_CALLBACK (show_busy), self, G_CONNECT_SWAPPED);
  show_busy (self);
  sak_idle_lock_touch (self->idle_lock);
  sak_create_page_clear (self->create);
  adw_window_title_set_title (self->vault_title, sak_session_get_name (self->session));
  gtk_widget_set_visible (self->watermark, sak_session_is_practice (self->session));
}

static void
begin_session (SakWindow  *self,
               SakVault   *vault,
               const char *path)
{
  g_autoptr (SakSession) session = sak_session_new (self->worker, vault);

  _sak_window_adopt (self, session, path);
}

void
_sak_window_show_main (SakWindow *self)
{
  sak_show_only_named (self->stack, "main");
  sak_window_show_first (self);
  (void) sak_courier_get (self->session);
  drop_gate_page (self, "code");
  drop_gate_page (self, "card");
  if (!sak_secret_is_memory_locked ())
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (sak_words_about_swap ()));
}

static void
vault_opened_cb (SakWindow  *self,
                 SakVault   *vault,
                 const char *path)
{
  begin_session (self, vault, path);
  _sak_window_show_main (self);
  sak_interrupted_window_offer (GTK_WINDOW (self), self->session);
  sak_left_out_tell (GTK_WINDOW (self), self->session);
}

/* Whoever had to do without the passphrase sets a new one now. */
static void
opened_otherwise_cb (SakWindow  *self,
                     SakVault   *vault,
                     const char *path)
{
  vault_opened_cb (self, vault, path);
  sak_ways_page_offer_passphrase (SAK_WAYS_PAGE (sak_window_go (self, "ways")));
}

static void
show_gate_panel (SakWindow  *self,
                 const char *name,
                 GtkWidget  *panel,
                 GCallback   finished)
{
  GtkBox *column;
  GtkWidget *page = sak_build_page (&column);

  g_signal_connect_object (panel, "finished", finished, self, G_CONNECT_SWAPPED);
  gtk_box_append (column, panel);
  gtk_stack_add_named (self->gate, page, name);
  sak_show_only_named (self->gate, name);
  gtk_widget_grab_focus (panel);
}

static void
code_finished_cb (SakWindow *self)
{
  show_gate_panel (self, "card", sak_card_panel_new (self->session), G_CALLBACK (_sak_window_show_main));
}

/* A new vault is shown only when its recovery code is on paper, or was put off. */
static void
vault_made_cb (SakWindow  *self,
               SakVault   *vault,
               const char *path)
{
  begin_session (self, vault, path);
  show_gate_panel (self, "code", sak_code_panel_new (self->session, ""), G_CALLBACK (code_finished_cb));
}

static void
forgotten_cb (SakWindow *self)
{
  sak_other_way_page_set_path (self->other_way, self->path);
  show_gate (self, "other-way");
}

static void
remembered_cb (SakWindow *self)
{
  show_gate (self, "unlock");
}

static void
create_left_cb (SakWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.to-start", NULL);
}

/* The first start: the page is made anew where it is another language. */
static void
language_chosen_cb (SakWindow  *self,
                    const char *code)
{
  self->settings.is_new = FALSE;
  if (!g_str_equal (code, sak_language_get ()))
    {
      sak_window_change_language (self, code);
      return;
    }
  g_strlcpy (self->settings.language, code, sizeof self->settings.language);
  sak_settings_save_async (&self->settings);
  show_gate (self, "start");
}

static void
create_asked_cb (SakWindow *self)
{
  show_gate (self, "create");
}

void
sak_window_open_path (SakWindow  *self,
                      const char *path)
{
  g_autofree char *own_path = g_strdup (path);

  sak_window_lock (self);
  sak_other_way_page_leave (self->other_way);
  g_free (self->path);
  self->path = g_steal_pointer (&own_path);
  sak_unlock_page_set_path (self->unlock, self->path);
  show_gate (self, "unlock");
}

static gpointer
all_locked_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return SAK_JOB_DONE;
}

static void
all_locked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SakIdleLock) lock = data;

  if (sak_worker_run_finish (SAK_WORKER (source), result, NULL) != NULL)
    sak_idle_lock_let_sleep (lock);
}

/* Behind the lock in the worker's queue: then the keys are wiped. */
static void
lock_due_cb (SakWindow *self,
             gboolean   must)
{
  if (self->session != NULL && (must || !sak_session_is_held (self->session)))
    sak_window_lock (self);
  if (must)
    sak_worker_run_async (self->worker, all_locked_job, NULL, NULL, NULL, NULL, all_locked_cb,
                          g_object_ref (self->idle_lock));
}

static gboolean
sak_window_close_request (GtkWindow *window)
{
  SakWindow *self = SAK_WINDOW (window);

  gtk_window_get_default_size (window, &self->settings.width, &self->settings.height);
  sak_settings_save_async (&self->settings);
  sak_window_lock (self);
  return GTK_WINDOW_CLASS (sak_window_parent_class)->close_request (window);
}

static void
sak_window_dispose (GObject *object)
{
  SakWindow *self = SAK_WINDOW (object);

  if (self->session != NULL)
    sak_session_lock (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->worker);
  g_clear_object (&self->idle_lock);
  g_clear_object (&self->clipboard_guard);
  G_OBJECT_CLASS (sak_window_parent_class)->dispose (object);
}

static void
sak_window_finalize (GObject *object)
{
  SakWindow *self = SAK_WINDOW (object);

  g_ptr_array_unref (self->trail);
  g_free (self->path);
  g_free (self->wanted_language);
  g_clear_weak_pointer (&self->language_row);
  G_OBJECT_CLASS (sak_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.to-start", NULL, to_start_activated);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock_activated);
  gtk_widget_class_install_action (widget_class, "win.restore", NULL, restore_activated);
  gtk_widget_class_install_action (widget_class, "win.rescue", NULL, rescue_activated);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_activated);
  gtk_widget_class_install_action (widget_class, "win.settings", NULL, settings_activated);
  gtk_widget_class_install_action (widget_class, "win.help", "s", help_activated);
}

static void
sak_window_class_init (SakWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sak_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SakWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, gate);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, gate_bar);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, vault_title);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, content);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, back);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, add);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, busy);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, SakWindow, new_menu);
  sak_window_install_places (widget_class);
  install_actions (widget_class);
}

static void
build_gate (SakWindow *self)
{
  self->start = SAK_START_PAGE (sak_start_page_new ());
  self->create = SAK_CREATE_PAGE (sak_create_page_new (self->worker));
  self->unlock = SAK_UNLOCK_PAGE (sak_unlock_page_new (self->worker));
  adw_header_bar_pack_end (self->gate_bar, _sak_window_build_language_choice (self));
  gtk_stack_add_named (self->gate, GTK_WIDGET (self->start), "start");
  gtk_stack_add_named (self->gate, GTK_WIDGET (self->create), "create");
  self->other_way = SAK_OTHER_WAY_PAGE (sak_other_way_page_new (self->worker));
  gtk_stack_add_named (self->gate, GTK_WIDGET (self->unlock), "unlock");
  gtk_stack_add_named (self->gate, GTK_WIDGET (self->other_way), "other-way");
  g_signal_connect_object (self->start, "create-asked", G_CALLBACK (create_asked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->start, "vault-chosen", G_CALLBACK (sak_window_open_path), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->create, "left", G_CALLBACK (create_left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->create, "opened", G_CALLBACK (vault_made_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unlock, "opened", G_CALLBACK (vault_opened_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unlock, "forgotten", G_CALLBACK (forgotten_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->other_way, "opened", G_CALLBACK (opened_otherwise_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->other_way, "left", G_CALLBACK (remembered_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
sak_window_init (SakWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sak_window_build_places (self);
  self->watermark = sak_watermark_new ();
  gtk_widget_set_visible (self->watermark, FALSE);
  gtk_overlay_add_overlay (self->overlay, self->watermark);
  sak_watermark_watch (GTK_WINDOW (self), self->watermark);
  /* F1 is no accelerator of the application: those come before the field that has help of its own. */
  sak_help_watch (GTK_WINDOW (self));
  self->idle_lock = sak_idle_lock_new (GTK_WIDGET (self));
  sak_above_watch (self->idle_lock);
  self->clipboard_guard = sak_clipboard_guard_new (GTK_WIDGET (self), CLIPBOARD_SECONDS);
  g_signal_connect_object (self->idle_lock, "due", G_CALLBACK (lock_due_cb), self,
                           G_CONNECT_SWAPPED);
}

void
sak_window_init_application (GtkApplication *application)
{
  static const struct { const char *action; const char *keys[4]; } shortcuts[] = {
    { "win.new-record", { "<Control>n", NULL } },
    { "win.search", { "<Control>f", NULL } },
    { "win.back", { "<Alt>Left", NULL } },
    { "win.lock", { "<Control>l", "<Control><Shift>l", "F12", NULL } },
    { "win.settings", { "<Control>comma", NULL } },
    { "win.show-help-overlay", { "<Control>question", NULL } },
    { "window.close", { "<Control>w", "<Control>q", NULL } },
  };
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  sak_roles_init ();
  sak_flow_init ();
  /* GTK 4.8.3 dies in blink_cb when a text stops being writable between two blinks. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  gtk_css_provider_load_from_resource (style, "/org/sakkhi/Sakkhi/ui/style/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  for (guint i = 0; application != NULL && i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                           (const char *const *) shortcuts[i].keys);
}

static void
show_welcome (SakWindow *self)
{
  GtkWidget *page = sak_welcome_page_new ();

  g_signal_connect_object (page, "chosen", G_CALLBACK (language_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->gate, page, "welcome");
  show_gate (self, "welcome");
}

GtkWidget *
_sak_window_new_with_worker (GtkApplication    *application,
                             const SakSettings *settings,
                             SakWorker         *worker)
{
  SakWindow *self = g_object_new (SAK_TYPE_WINDOW, "application", application, NULL);
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/org/sakkhi/Sakkhi/ui/help-overlay.ui");

  self->settings = *settings;
  self->worker = g_object_ref (worker);
  build_gate (self);
  gtk_window_set_default_size (GTK_WINDOW (self), settings->width, settings->height);
  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (self),
                                           GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
  sak_roles_name_keys (GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
  sak_window_set_idle_seconds (self, (guint) settings->idle_minutes * 60);
  sak_preferences_apply_text_size (settings->text_percent);
  sak_start_page_refresh (self->start);
  if (settings->is_new)
    show_welcome (self);
  else
    {
      sak_start_page_open_only_vault (self->start);
      show_gate (self, "start");
    }
  return GTK_WIDGET (self);
}

void
sak_window_set_idle_seconds (SakWindow *self,
                             guint      seconds)
{
  sak_idle_lock_set_seconds (self->idle_lock, seconds);
}

GtkWidget *
sak_window_new (GtkApplication    *application,
                const SakSettings *settings)
{
  g_autoptr (SakWorker) worker = sak_worker_new ();

  return _sak_window_new_with_worker (application, settings, worker);
}
