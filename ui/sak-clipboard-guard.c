/* sak-clipboard-guard.c - what was copied out of the program does not stay in the clipboard
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only what is ours is taken out, and only the clipboard: emptying the primary selection would
 * deselect what somebody is just looking at. That one goes when the vault is locked.
 */
#include "config.h"

#include "ui/sak-clipboard-guard.h"

struct _SakClipboardGuard
{
  GObject parent_instance;
  GdkClipboard *clipboard;
  guint seconds;
  guint timer;
};

G_DEFINE_FINAL_TYPE (SakClipboardGuard, sak_clipboard_guard, G_TYPE_OBJECT)

static gboolean
time_passed_cb (gpointer data)
{
  SakClipboardGuard *self = data;

  self->timer = 0;
  if (gdk_clipboard_is_local (self->clipboard))
    gdk_clipboard_set_content (self->clipboard, NULL);
  return G_SOURCE_REMOVE;
}

static void
clipboard_changed_cb (SakClipboardGuard *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (gdk_clipboard_is_local (self->clipboard) && gdk_clipboard_get_content (self->clipboard) != NULL)
    self->timer = g_timeout_add_seconds (self->seconds, time_passed_cb, self);
}

static void
sak_clipboard_guard_dispose (GObject *object)
{
  SakClipboardGuard *self = SAK_CLIPBOARD_GUARD (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->clipboard);
  G_OBJECT_CLASS (sak_clipboard_guard_parent_class)->dispose (object);
}

static void
sak_clipboard_guard_class_init (SakClipboardGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_clipboard_guard_dispose;
}

static void
sak_clipboard_guard_init (SakClipboardGuard *self)
{
}

SakClipboardGuard *
sak_clipboard_guard_new (GtkWidget *window,
                         guint      seconds)
{
  SakClipboardGuard *self = g_object_new (SAK_TYPE_CLIPBOARD_GUARD, NULL);

  self->clipboard = g_object_ref (gtk_widget_get_clipboard (window));
  self->seconds = seconds;
  g_signal_connect_object (self->clipboard, "changed", G_CALLBACK (clipboard_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
