/* sak-reminder.c - what was put off, said once above the first page
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thing at a time: that damage was seen, that there is a single way into the vault, or
 * that the last backup is old. "Not now" holds until the vault is locked.
 */
#include "config.h"

#include "ui/sak-reminder.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-key-slots.h"
#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words.h"

struct _SakReminder
{
  AdwBin parent_instance;
  GtkLabel *words;
  GtkButton *go;
  SakSession *session;
  gulong handler;
  const char *place;            /* where to do something about it; NULL: nothing is due */
  gboolean is_dismissed;
  gboolean is_covered;
};

G_DEFINE_FINAL_TYPE (SakReminder, sak_reminder, ADW_TYPE_BIN)

static void
show (SakReminder *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->place != NULL && !self->is_dismissed && !self->is_covered
                                             && self->session != NULL);
}

typedef struct
{
  SakLastBackup last;
  guint n_slots;
  gboolean has_seen_damage;
} Look;

static gpointer
look_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) slots = sak_vault_list_slots (call->vault, error);
  g_autofree Look *look = g_new0 (Look, 1);

  if (slots == NULL || !sak_vault_get_last_backup (call->vault, &look->last, error))
    return NULL;
  look->n_slots = slots->len;
  look->has_seen_damage = sak_vault_has_seen_damage (call->vault);
  return g_steal_pointer (&look);
}

static void
remind (SakReminder *self,
        const char  *place,
        const char  *words,
        const char  *button)
{
  g_autofree char *broken = sak_say_with_breaks (words);

  self->place = place;
  gtk_label_set_label (self->words, broken);
  gtk_button_set_label (self->go, button);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakReminder) self = data;
  g_autofree Look *look = sak_session_call_finish (result, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  self->place = NULL;
  if (look != NULL && look->has_seen_damage)
    remind (self, "care", sak_words_about_seen_damage (), _("Check…"));
  else if (look != NULL && look->n_slots == 1)
    remind (self, "ways", _("Only one thing opens this vault. If it is forgotten or lost, everything in the vault is "
                            "lost: put a recovery code away on paper."), _("Recovery code…"));
  else if (look != NULL && sak_words_is_backup_due (&look->last, now))
    {
      g_autofree char *words = sak_words_about_last_backup (&look->last);

      remind (self, "care", words, _("Backup…"));
    }
  show (self);
}

static void
session_changed_cb (SakReminder *self)
{
  if (self->session != NULL)
    sak_session_call (self->session, sak_session_new_call (self->session), look_job, g_free, NULL,
                      looked_cb, g_object_ref (self));
}

void
sak_reminder_set_session (SakReminder *self,
                          SakSession  *session)
{
  if (self->session != NULL)
    g_clear_signal_handler (&self->handler, self->session);
  g_set_object (&self->session, session);
  self->is_dismissed = FALSE;
  self->place = NULL;
  show (self);
  if (session == NULL)
    return;
  self->handler = g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                                           G_CONNECT_SWAPPED);
  session_changed_cb (self);
}

void
sak_reminder_set_covered (SakReminder *self,
                          gboolean     is_covered)
{
  self->is_covered = is_covered;
  show (self);
}

static void
later_clicked_cb (SakReminder *self)
{
  self->is_dismissed = TRUE;
  show (self);
}

static void
go_clicked_cb (SakReminder *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", self->place);
}

static void
sak_reminder_dispose (GObject *object)
{
  SakReminder *self = SAK_REMINDER (object);

  if (self->session != NULL)
    g_clear_signal_handler (&self->handler, self->session);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_reminder_parent_class)->dispose (object);
}

static void
sak_reminder_class_init (SakReminderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_reminder_dispose;
}

static void
sak_reminder_init (SakReminder *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (box, "sak-reminder");
  self->words = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  self->go = GTK_BUTTON (sak_build_button ("", NULL, G_CALLBACK (go_clicked_cb), self));
  gtk_widget_set_valign (GTK_WIDGET (self->go), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->go));
  /* Translators: a button that puts a reminder off */
  gtk_box_append (GTK_BOX (box), sak_build_button (_("Not now"), "flat", G_CALLBACK (later_clicked_cb), self));
  gtk_widget_set_valign (gtk_widget_get_last_child (box), GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
