/* sak-custody-window.c - the custody sheet of an item or a record, to read, to print and to save
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-custody.h"
#include "ui/print/sak-print.h"
#include "ui/sak-build.h"
#include "ui/sak-custody-window.h"
#include "ui/sak-print-window.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-custody.h"
#include "ui/words/sak-words.h"

struct _SakCustodyWindow
{
  AdwWindow parent_instance;
  SakSession *session;
  char *item;
  json_t *paper;                /* what is shown is what is printed */
  GtkBox *box;
  GtkButton *print;
  GtkLabel *outcome;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakCustodyWindow, sak_custody_window, ADW_TYPE_WINDOW)

/* Printing */

static gpointer
draw_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  return sak_print_to_pdf (call->fields, cancellable, error);
}

static void
print_clicked_cb (SakCustodyWindow *self)
{
  GtkWidget *window = sak_print_window_new (GTK_WINDOW (self), self->session, SAK_PRINT_SHEET, _("Custody sheet"),
                                            self->item);
  SakCall *call = sak_session_new_call (self->session);

  call->fields = json_incref (self->paper);
  sak_print_window_warn (SAK_PRINT_WINDOW (window),
                         _("The sheet names the record, the file, who gave it, and to whom it was sent."));
  sak_print_window_make (SAK_PRINT_WINDOW (window), call, draw_job);
  gtk_window_present (GTK_WINDOW (window));
}

/* Showing */

static void
append_block (SakCustodyWindow *self,
              const json_t     *block)
{
  const char *style = sak_json_get_text (block, "style");
  const char *label = sak_json_get_text (block, "label");
  const char *text = sak_json_get_text (block, "text");
  g_autofree char *row = NULL;

  if (g_str_equal (style, "title") || g_str_equal (style, "heading"))
    gtk_box_append (self->box, sak_build_label (text, g_str_equal (style, "title") ? "title-2" : "heading"));
  else if (g_str_equal (style, "row"))
    {
      /* Translators: what something is, and its value: "Size: 20 bytes" */
      row = g_strdup_printf (_("%1$s: %2$s"), label, text);
      gtk_box_append (self->box, sak_build_label (row, NULL));
    }
  else
    gtk_box_append (self->box, sak_build_label (text, g_str_equal (style, "code") ? "monospace" : NULL));
}

static void
described_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakCustodyWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) sheet = sak_session_call_finish (result, &error);
  gsize i;
  json_t *block;

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (sheet == NULL)
    {
      sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
      return;
    }
  self->paper = sak_words_make_custody_paper (sheet);
  json_array_foreach (json_object_get (self->paper, "blocks"), i, block)
    append_block (self, block);
  gtk_widget_set_sensitive (GTK_WIDGET (self->print), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->print));
}

static gpointer
describe_job (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SakCall *call = data;

  return sak_vault_describe_custody (call->vault, call->id, cancellable, error);
}

static void
sak_custody_window_dispose (GObject *object)
{
  g_cancellable_cancel (SAK_CUSTODY_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (sak_custody_window_parent_class)->dispose (object);
}

static void
sak_custody_window_finalize (GObject *object)
{
  SakCustodyWindow *self = SAK_CUSTODY_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  json_decref (self->paper);
  g_free (self->item);
  G_OBJECT_CLASS (sak_custody_window_parent_class)->finalize (object);
}

static void
sak_custody_window_class_init (SakCustodyWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_custody_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_custody_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_custody_window_init (SakCustodyWindow *self)
{
  self->cancellable = g_cancellable_new ();
  /* Translators: a button: on paper, or as a file */
  self->print = GTK_BUTTON (gtk_button_new_with_label (_("Print or save…")));
  gtk_widget_set_sensitive (GTK_WIDGET (self->print), FALSE);
  g_signal_connect_object (self->print, "clicked", G_CALLBACK (print_clicked_cb), self, G_CONNECT_SWAPPED);
  sak_build_window (ADW_WINDOW (self), 760, GTK_WIDGET (self->print), &self->box, &self->outcome);
  /* Nothing in it takes the keyboard but what scrolls it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_ancestor (GTK_WIDGET (self->box),
                                                                           GTK_TYPE_SCROLLED_WINDOW)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Custody sheet"), -1);
  gtk_box_set_spacing (self->box, 4);
}

GtkWidget *
sak_custody_window_new (GtkWindow  *parent,
                        SakSession *session,
                        const char *item)
{
  SakCustodyWindow *self = g_object_new (SAK_TYPE_CUSTODY_WINDOW, "transient-for", parent, "modal", TRUE,
                                         "destroy-with-parent", TRUE, "title", _("Custody sheet"),
                                         "default-width", 760, "default-height", 520, NULL);
  SakCall *call = sak_session_new_call (session);

  self->session = g_object_ref (session);
  self->item = g_strdup (item);
  call->id = g_strdup (item);
  sak_session_call (session, call, describe_job, (GDestroyNotify) json_decref, self->cancellable, described_cb,
                    sak_weak_point_at (self));
  return GTK_WIDGET (self);
}
