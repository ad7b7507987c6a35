/* sak-export-page-writing.c - the bundle that was shown is saved, in one file or several, or sent
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plan that was shown is not the one that is written: the job makes it anew for the
 * same recipients, and refuses when it no longer says the same.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-courier.h"
#include "ui/sak-export-page-private.h"
#include "ui/sak-exported.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

/* What mail takes with its own additions, a disc, and less than a file on a FAT stick may have. */
static const guint64 part_sizes[] = { 0, 7000000, 15000000, 100000000, 650000000, 4000000000 };

static void
bundle_written_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SakExportPage) self = data;
  g_autoptr (GError) error = NULL;
  SakExported *exported = sak_session_call_finish (result, &error);
  g_autofree char *words = NULL;

  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      sak_progress_bar_stop (self->progress);
      _sak_export_page_make_plan (self);
      if (exported != NULL && exported->outbox_id != NULL)
        sak_courier_send (sak_courier_get (self->session), exported->outbox_id);
      words = exported != NULL ? sak_exported_say (exported) : g_strdup (sak_words_for_error (error));
      _sak_export_page_say (self, words);
    }
  g_clear_pointer (&exported, sak_exported_free);
}

/* Nothing of it says who, what or when. */
static char *
dup_file_name (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strdup_printf ("%.8s.sakkhi", uuid);
}

/* The largest that a part may be; 0: one file. */
static guint64
get_part_size (SakExportPage *self)
{
  guint n = gtk_drop_down_get_selected (self->parts);

  return n < G_N_ELEMENTS (part_sizes) ? part_sizes[n] : 0;
}

/* To a path, or into the outbox for a carrier; both are taken over. */
static void
write_bundle (SakExportPage *self,
              char          *path,
              char          *carrier)
{
  g_autoptr (GCancellable) cancellable = NULL;
  gboolean all_compared;
  SakCall *call = sak_session_new_call (self->session);

  call->filename = path;
  call->text = carrier;
  call->most = carrier == NULL ? (gint64) get_part_size (self) : 0;
  call->names = _sak_export_page_list_chosen (self, &all_compared);
  call->records = g_strdupv (self->records);
  call->fields = json_pack ("{s:I, s:I}", "n_leaving", (json_int_t) self->n_leaving, "bytes",
                            (json_int_t) self->media_bytes);
  _sak_export_page_set_ready (self, FALSE);
  call->progress = sak_progress_bar_start (self->progress, self->session,
                                           _("Writing the bundle…"), &cancellable);
  sak_session_call (self->session, call, sak_exported_job, sak_exported_free, cancellable, bundle_written_cb,
                    g_object_ref (self));
}

static void
save_picked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakExportPage) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (file != NULL && path == NULL)
    _sak_export_page_say (self, sak_words_about_far_place ());
  else if (path != NULL && self->session != NULL)
    write_bundle (self, g_steal_pointer (&path), NULL);
}

static void
folder_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakExportPage) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) folder = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = folder != NULL ? g_file_get_path (folder) : NULL;
  g_autofree char *name = dup_file_name ();

  if (folder != NULL && path == NULL)
    _sak_export_page_say (self, sak_words_about_far_place ());
  else if (path != NULL && self->session != NULL)
    write_bundle (self, g_build_filename (path, name, NULL), NULL);
}

void
_sak_export_page_send (SakExportPage *self,
                       const char    *carrier)
{
  write_bundle (self, NULL, g_strdup (carrier));
}

void
_sak_export_page_save (SakExportPage *self)
{
  g_autofree char *name = dup_file_name ();

  if (get_part_size (self) == 0)
    sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_SAVE, _("Save the bundle"), _("Save"), name,
                           NULL, save_picked_cb, g_object_ref (self));
  else
    sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_FOLDER, _("Choose an empty folder for the parts"), _("Save"),
                           NULL, NULL, folder_picked_cb, g_object_ref (self));
}

void
_sak_export_page_fill_parts (SakExportPage *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (part_sizes); i++)
    {
      g_autofree char *size = sak_words_size (part_sizes[i]);
      g_autofree char *words = part_sizes[i] == 0 ? g_strdup (_("One file"))
                               /* Translators: of a bundle that is cut into several files; %s is such as "10.0 MB" */
                               : g_strdup_printf (_("In parts of at most %s"), size);
      g_autofree char *broken = sak_say_with_breaks (words);

      gtk_string_list_append (list, broken);
    }
  gtk_drop_down_set_model (self->parts, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->parts, 0);
  sak_build_name_choice (self->parts, _("As how many files"));
}
