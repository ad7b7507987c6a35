/* sak-check-panel.c - checks the vault, and says in words what is damaged
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-custody.h"
#include "ui/sak-check-panel.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-progress-bar.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

/* A disk that is going bad damages thousands of things: the first tell as much as all. */
#define MAX_PLACES_SHOWN 20

struct _SakCheckPanel
{
  AdwBin parent_instance;
  GtkWidget *start;
  SakProgressBar *progress;
  GtkLabel *outcome;
  GtkBox *damages;

  SakSession *session;
  GCancellable *cancellable;    /* of the check that runs */
};

G_DEFINE_FINAL_TYPE (SakCheckPanel, sak_check_panel, ADW_TYPE_BIN)

static gpointer
check_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  SakCheckReport *report = sak_vault_check (call->vault, sak_progress_report, call->progress, cancellable, error);

  /* A damaged vault is not written to; one that cannot be has been checked all the same. */
  if (report != NULL && report->damages->len == 0 && !sak_vault_note_check (call->vault, NULL))
    g_debug ("the check was not noted");
  return report;
}

static void
append_part (GString    *text,
             const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, part);
}

/* The record and the file as their owner knows them; what only we understand, if they have none. */
static char *
name_place (const SakDamage *damage)
{
  GString *text = g_string_new (NULL);

  append_part (text, damage->code);
  append_part (text, damage->title);
  append_part (text, damage->file_name);
  if (text->len == 0)
    append_part (text, damage->detail);
  return g_string_free (text, FALSE);
}

static void
append_kind (GtkBox               *box,
             const SakCheckReport *report,
             SakDamageKind         kind)
{
  GtkWidget *frame = NULL;
  guint n_places = 0;

  for (guint i = 0; i < report->damages->len; i++)
    {
      const SakDamage *damage = g_ptr_array_index (report->damages, i);
      g_autofree char *place = NULL;

      if (damage->kind != kind)
        continue;
      if (frame == NULL)
        frame = sak_build_boxed (sak_words_for_damage (kind));
      place = name_place (damage);
      if (n_places++ < MAX_PLACES_SHOWN)
        gtk_box_append (GTK_BOX (frame), sak_build_label (place, "dim-label"));
    }
  if (frame == NULL)
    return;
  if (n_places > MAX_PLACES_SHOWN)
    {
      guint n_more = n_places - MAX_PLACES_SHOWN;
      g_autofree char *more = sak_words_print (ngettext ("And %u more.", "And %u more.", n_more), n_more);

      gtk_box_append (GTK_BOX (frame), sak_build_label (more, "dim-label"));
    }
  gtk_box_append (GTK_BOX (frame), sak_build_label (sak_words_for_damage_advice (kind), NULL));
  gtk_box_append (box, frame);
}

void
sak_check_panel_append_damages (GtkBox               *box,
                                const SakCheckReport *report)
{
  for (SakDamageKind kind = 0; kind <= SAK_DAMAGE_LAST; kind++)
    append_kind (box, report, kind);
}

static void
show_report (SakCheckPanel        *self,
             const SakCheckReport *report)
{
  g_autofree char *size = sak_words_size (report->media_bytes);
  g_autofree char *records = sak_words_print (ngettext ("%u record", "%u records", (guint) report->n_records),
                                              (guint) report->n_records);
  g_autofree char *media = sak_words_print (ngettext ("%u file", "%u files", (guint) report->n_media),
                                            (guint) report->n_media);
  g_autofree char *words = NULL;

  if (sak_check_report_has_damage (report))
    /* Translators: %1$s "12 records", %2$s "3 files", %3$s a size such as "100.0 MB" */
    words = g_strdup_printf (_("Damage was found. %1$s and %2$s (%3$s) were checked; what is wrong, and "
                               "what to do about it, stands below."), records, media, size);
  else
    /* Translators: %1$s "12 records", %2$s "3 files", %3$s a size such as "100.0 MB" */
    words = g_strdup_printf (_("Everything in the vault is whole: %1$s with all their versions and "
                               "signatures, and %2$s (%3$s)."), records, media, size);
  sak_build_say (self->outcome, words, sak_check_report_has_damage (report));
  sak_check_panel_append_damages (self->damages, report);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakCheckPanel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_session_call_finish (result, &error);

  if (self->session == NULL)
    return;
  sak_progress_bar_stop (self->progress);
  gtk_widget_set_sensitive (self->start, TRUE);
  if (report != NULL)
    show_report (self, report);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sak_build_say (self->outcome, _("The check was stopped; nothing can be said yet."), FALSE);
  else
    sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
}

static void
start_clicked_cb (SakCheckPanel *self)
{
  SakCall *call = sak_session_new_call (self->session);

  g_clear_object (&self->cancellable);
  sak_build_say (self->outcome, "", FALSE);
  sak_build_empty (self->damages);
  gtk_widget_set_sensitive (self->start, FALSE);
  call->progress = sak_progress_bar_start (self->progress, self->session, _("Checking the vault…"),
                                           &self->cancellable);
  sak_session_call (self->session, call, check_job, (GDestroyNotify) sak_check_report_free,
                    self->cancellable, checked_cb, g_object_ref (self));
}

static void
sak_check_panel_dispose (GObject *object)
{
  SakCheckPanel *self = SAK_CHECK_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_check_panel_parent_class)->dispose (object);
}

static void
sak_check_panel_class_init (SakCheckPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_check_panel_dispose;
}

static void
sak_check_panel_init (SakCheckPanel *self)
{
  GtkWidget *box = sak_build_boxed (_("Check"));

  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("Reads everything in the vault and looks whether each record, "
                                     "signature and file is still what was put there. It takes as long "
                                     "as reading that much from the disk; you can stop it at any time."),
                                   NULL));
  self->start = sak_build_button (_("Check the vault"), NULL, G_CALLBACK (start_clicked_cb), self);
  gtk_box_append (GTK_BOX (box), self->start);
  self->progress = SAK_PROGRESS_BAR (sak_progress_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  self->outcome = GTK_LABEL (sak_build_label ("", "sak-notice"));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outcome));
  self->damages = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->damages));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sak_check_panel_new (SakSession *session)
{
  SakCheckPanel *self = g_object_new (SAK_TYPE_CHECK_PANEL, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
