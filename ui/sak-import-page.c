/* sak-import-page.c - looks into a bundle that arrived, and imports it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever came is chosen here, several files at once if need be: what each of them is, is known by
 * what is in it. A bundle waits for a press of the button, a receipt is taken, a card is for Contacts.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-file-picker.h"
#include "ui/sak-arrived.h"
#include "ui/sak-build.h"
#include "ui/sak-import-page.h"
#include "ui/sak-progress-bar.h"
#include "ui/sak-say.h"
#include "ui/sak-set-aside-list.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

struct _SakImportPage
{
  AdwBin parent_instance;
  GtkButton *choose;
  GtkButton *choose_folder;
  GtkWidget *found;
  GtkLabel *sender;
  GtkLabel *code;
  GtkLabel *trust;
  GtkLabel *contents;
  GtkLabel *verified;
  GtkButton *import;
  GtkButton *pass;
  SakProgressBar *progress;
  GtkLabel *outcome;
  GtkBox *cards;                /* a button for each that was among them */
  GtkWidget *show_questions;    /* once something brought some */
  SakSetAsideList *set_aside;

  SakSession *session;
  GCancellable *cancellable;
  GPtrArray *paths;             /* of what was chosen, and */
  guint at;                     /* which of them it is about */
  GString *said;                /* of those before it */
  gboolean is_retrying;         /* what was set aside, which is none of them */
};

G_DEFINE_FINAL_TYPE (SakImportPage, sak_import_page, ADW_TYPE_BIN)

static void
show_report (SakImportPage         *self,
             const SakBundleReport *report)
{
  g_autofree char *time = sak_say_time (report->time);
  g_autofree char *size = sak_words_size (report->total_bytes);
  g_autofree char *records = NULL;
  g_autofree char *media = NULL;
  g_autofree char *sender = NULL;
  g_autofree char *contents = NULL;

  /* Translators: %s is a contact's name */
  sender = g_strdup_printf (_("From %s"), report->sender_name != NULL ? report->sender_name
                                                                       : _("somebody unknown"));
  records = sak_words_print (ngettext ("%u version of a record", "%u versions of records",
                                       report->n_revisions), report->n_revisions);
  media = sak_words_print (ngettext ("%u file", "%u files", report->n_media), report->n_media);
  contents =
    /* Translators: %1$u bundle's number, %2$s day and time, %3$s versions, %4$s files, %5$s size */
    sak_words_print (_("Bundle number %1$u, made on %2$s by the sender’s clock: %3$s, %4$s, %5$s."),
                     (guint) report->sequence, time, records, media, size);
  gtk_label_set_label (self->sender, sender);
  gtk_label_set_label (self->code, report->sender_code != NULL ? report->sender_code : "");
  gtk_widget_set_visible (GTK_WIDGET (self->code), report->sender_code != NULL);
  gtk_label_set_label (self->trust, sak_words_for_trust (report->sender_trust));
  gtk_label_set_label (self->contents, contents);
  gtk_label_set_label (self->verified, report->is_verified
                                         ? _("Checked to the last byte: nothing was altered on the "
                                             "way.")
                                         : "");
  gtk_widget_set_visible (self->found, TRUE);
}

/* What is said of the file that it is about, below what was said of those before it. */
static void
say (SakImportPage *self,
     GString       *words,
     gboolean       is_refusal)
{
  if (self->paths->len > 1 && words->len > 0 && !self->is_retrying)
    {
      g_autofree char *file = g_filename_display_basename (g_ptr_array_index (self->paths, self->at));
      /* Translators: a file's name, and what is said of it */
      g_autofree char *both = g_strdup_printf (_("%1$s: %2$s"), file, words->str);

      sak_arrived_add_words (self->said, both);
    }
  else
    sak_arrived_add_words (self->said, words->str);
  sak_build_say (self->outcome, self->said->str, is_refusal);
  g_string_free (words, TRUE);
}

static void
show_busy (SakImportPage *self,
           gboolean       is_busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose), !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose_folder), !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->set_aside), !is_busy);
}

static void
run (SakImportPage       *self,
     SakCall             *call,
     SakJobFunc           job,
     const char          *words,
     GAsyncReadyCallback  done)
{
  g_autoptr (GCancellable) cancellable = NULL;

  call->progress = sak_progress_bar_start (self->progress, self->session, words, &cancellable);
  show_busy (self, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pass), FALSE);
  sak_build_say (self->outcome, "", FALSE);
  sak_session_call (self->session, call, job, sak_arrived_file_free, cancellable, done, g_object_ref (self));
}

/* What a job ended with; one that was stopped before it began ends with nothing but an error. NULL: nobody looks. */
static SakArrivedFile *
take_arrived (SakImportPage *self,
              GAsyncResult  *result)
{
  GError *error = NULL;
  SakArrivedFile *arrived = sak_session_call_finish (result, &error);

  if (arrived == NULL)
    {
      arrived = g_new0 (SakArrivedFile, 1);
      arrived->refusal = error;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      sak_arrived_file_free (arrived);
      return NULL;
    }
  sak_progress_bar_stop (self->progress);
  show_busy (self, FALSE);
  return arrived;
}

static void look_at (SakImportPage *self);

static void
go_on (SakImportPage *self)
{
  if (self->at + 1 >= self->paths->len)
    return;
  self->at++;
  look_at (self);
}

static gboolean
was_stopped (const SakArrivedFile *arrived)
{
  return g_error_matches (arrived->refusal, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Whoever stops is told what is left; a pressed button goes on with it. */
static void
tell_rest (SakImportPage *self)
{
  guint n = self->paths->len - self->at - 1;
  g_autofree char *words = NULL;

  if (n == 0)
    return;
  words = sak_words_print (ngettext ("%u more file that you chose was not looked at. Choose it again.",
                                     "%u more files that you chose were not looked at. Choose them again.", n), n);
  sak_arrived_add_words (self->said, words);
  sak_build_say (self->outcome, self->said->str, FALSE);
}

/* The bundle that was looked at waits for a button. */
static void
offer (SakImportPage *self)
{
  gboolean has_more = self->at + 1 < self->paths->len;

  gtk_widget_set_sensitive (GTK_WIDGET (self->import), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pass), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->pass), has_more);
  gtk_widget_grab_focus (GTK_WIDGET (self->import));
}

static void
card_clicked_cb (GtkWidget *button)
{
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (button), "sak-path"));

  gtk_widget_activate_action (button, "win.import-card", "s", path);
}

static void
offer_card (SakImportPage *self,
            const char    *path)
{
  g_autofree char *file = g_filename_display_basename (path);
  /* Translators: a button; %s is a file name */
  g_autofree char *label = g_strdup_printf (_("Import the card %s"), file);
  GtkWidget *button = sak_build_button (self->paths->len > 1 ? label : _("Import the card"), "suggested-action", NULL,
                                        NULL);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "sak-path", g_strdup (path), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (card_clicked_cb), NULL);
  gtk_box_append (self->cards, button);
  gtk_widget_set_visible (GTK_WIDGET (self->cards), TRUE);
}

static void
tell (SakImportPage    *self,
      const SakArrivedFile *arrived)
{
  GString *words = g_string_new (NULL);

  if (arrived->kind == SAK_ARRIVING_CARD)
    offer_card (self, g_ptr_array_index (self->paths, self->at));
  if (arrived->contact != NULL || arrived->notice != NULL)
    sak_session_changed (self->session);
  sak_arrived_say (arrived, words);
  say (self, words, arrived->refusal != NULL);
}

/* What is no bundle to import does not stop the rest. */
static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakImportPage) self = data;
  SakArrivedFile *arrived = take_arrived (self, result);

  if (arrived == NULL)
    return;
  gtk_widget_set_visible (self->found, arrived->report != NULL);
  if (arrived->report != NULL)
    {
      show_report (self, arrived->report);
      tell (self, arrived);
      offer (self);
    }
  else
    {
      tell (self, arrived);
      if (arrived->is_set_aside)
        sak_set_aside_list_reload (self->set_aside);
      if (was_stopped (arrived))
        tell_rest (self);
      else
        go_on (self);
    }
  sak_arrived_file_free (arrived);
}

/* What can be tried once more stays; what cannot be imported at all goes. */
static void
offer_again (SakImportPage        *self,
             const SakArrivedFile *arrived)
{
  if (was_stopped (arrived) || g_error_matches (arrived->refusal, SAK_ERROR, SAK_ERROR_NO_SPACE) ||
      g_error_matches (arrived->refusal, SAK_ERROR, SAK_ERROR_IO))
    offer (self);
  else
    {
      gtk_widget_set_visible (self->found, FALSE);
      go_on (self);
    }
}

/* What waited for a button meanwhile still does. */
static void
end_retry (SakImportPage *self)
{
  self->is_retrying = FALSE;
  if (gtk_widget_get_visible (self->found))
    offer (self);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakImportPage) self = data;
  SakArrivedFile *arrived = take_arrived (self, result);
  GString *words;

  if (arrived == NULL)
    return;
  words = g_string_new (NULL);
  if (arrived->report != NULL)
    {
      if (!self->is_retrying)
        show_report (self, arrived->report);
      sak_arrived_say_imported (arrived, words);
      if (arrived->report->n_questions + arrived->report->n_answers > 0)
        gtk_widget_set_visible (self->show_questions, TRUE);
      sak_session_changed (self->session);
    }
  else
    sak_arrived_say (arrived, words);
  say (self, words, arrived->report == NULL);
  sak_set_aside_list_reload (self->set_aside);
  if (self->is_retrying)
    end_retry (self);
  else if (arrived->report == NULL)
    offer_again (self, arrived);
  else
    go_on (self);
  sak_arrived_file_free (arrived);
}

static void
look_at (SakImportPage *self)
{
  SakCall *call = sak_session_new_call (self->session);

  call->filename = g_strdup (g_ptr_array_index (self->paths, self->at));
  gtk_widget_set_visible (self->found, FALSE);
  run (self, call, sak_arrived_look_job, _("Checking the bundle…"), looked_cb);
}

/* Where a part lies, and the name of what it is a part of: any of them stands for all. */
static char *
name_whole (const char *path)
{
  g_autoptr (GRegex) part = g_regex_new ("\\.\\d{3,4}-of-\\d{3,4}[^/]*$", G_REGEX_RAW, 0, NULL);

  return g_regex_replace_literal (part, path, -1, 0, "", 0, NULL);
}

static void
begin (SakImportPage *self)
{
  g_ptr_array_set_size (self->paths, 0);
  self->at = 0;
  g_string_truncate (self->said, 0);
  gtk_widget_set_visible (self->found, FALSE);
  gtk_widget_set_visible (self->show_questions, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cards), FALSE);
  sak_build_empty (self->cards);
}

static void
picked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakImportPage) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (files == NULL || self->session == NULL)
    return;
  begin (self);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      char *path = g_file_get_path (file);

      /* The list of the parts goes with them, and is nothing by itself. */
      if (path != NULL && (g_list_model_get_n_items (files) == 1 || !g_str_has_suffix (path, ".sha256")) &&
          g_hash_table_add (seen, name_whole (path)))
        g_ptr_array_add (self->paths, path);
      else
        g_free (path);
    }
  if (self->paths->len > 0)
    look_at (self);
  else
    sak_build_say (self->outcome, sak_words_about_far_place (), TRUE);
}

static void
choose_clicked_cb (SakImportPage *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_OPEN_MANY, _("Choose a bundle"), _("Check it"),
                         NULL, NULL, picked_cb, g_object_ref (self));
}

static void
choose_folder_clicked_cb (SakImportPage *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_FOLDER, _("Choose the folder with the parts"), _("Check it"),
                         NULL, NULL, picked_cb, g_object_ref (self));
}

static void
import_clicked_cb (SakImportPage *self)
{
  SakCall *call = sak_session_new_call (self->session);

  call->filename = g_strdup (g_ptr_array_index (self->paths, self->at));
  run (self, call, sak_arrived_import_job, _("Importing…"), imported_cb);
}

static void
pass_clicked_cb (SakImportPage *self)
{
  say (self, g_string_new (_("It was not imported. Choose it again when you want it.")), FALSE);
  gtk_widget_set_visible (self->found, FALSE);
  go_on (self);
}

static void
retry_asked_cb (SakImportPage *self,
                const char    *id)
{
  SakCall *call = sak_session_new_call (self->session);

  call->id = g_strdup (id);
  /* Of several files the rest still waits. */
  if (!gtk_widget_get_visible (self->found))
    begin (self);
  g_string_truncate (self->said, 0);
  self->is_retrying = TRUE;
  run (self, call, sak_arrived_retry_job, _("Importing…"), imported_cb);
  gtk_widget_grab_focus (GTK_WIDGET (self->progress));
}

static gboolean
sak_import_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_IMPORT_PAGE (widget)->choose));
}

static void
sak_import_page_dispose (GObject *object)
{
  SakImportPage *self = SAK_IMPORT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_import_page_parent_class)->dispose (object);
}

static void
sak_import_page_finalize (GObject *object)
{
  SakImportPage *self = SAK_IMPORT_PAGE (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->paths);
  g_string_free (self->said, TRUE);
  G_OBJECT_CLASS (sak_import_page_parent_class)->finalize (object);
}

static void
sak_import_page_class_init (SakImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_import_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_import_page_finalize;
  sak_build_set_grab_focus (widget_class, sak_import_page_grab_focus);
  g_type_ensure (SAK_TYPE_PROGRESS_BAR);
  g_type_ensure (SAK_TYPE_SET_ASIDE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, choose);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, choose_folder);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, found);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, sender);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, code);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, trust);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, contents);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, verified);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, import);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, progress);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, pass);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, cards);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, show_questions);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, set_aside);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pass_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_asked_cb);
}

static void
sak_import_page_init (SakImportPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->said = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sak_import_page_new (SakSession *session)
{
  SakImportPage *self = g_object_new (SAK_TYPE_IMPORT_PAGE, NULL);

  self->session = g_object_ref (session);
  sak_set_aside_list_set_session (self->set_aside, session);
  return GTK_WIDGET (self);
}
