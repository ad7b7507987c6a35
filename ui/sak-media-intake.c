/* sak-media-intake.c - takes files into the vault, one after another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-recording.h"
#include "ui/sak-media-intake.h"

SakMediaOffer *
sak_media_offer_new_file (GFile *file)
{
  SakMediaOffer *self = g_new0 (SakMediaOffer, 1);

  self->file = g_object_ref (file);
  return self;
}

SakMediaOffer *
sak_media_offer_new_bytes (GBytes     *bytes,
                           const char *name)
{
  SakMediaOffer *self = g_new0 (SakMediaOffer, 1);

  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (name);
  return self;
}

SakMediaOffer *
sak_media_offer_new_texture (GdkTexture *texture)
{
  SakMediaOffer *self = g_new0 (SakMediaOffer, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->picture = g_object_ref (texture);
  self->name = g_date_time_format (now, "pasted-%Y%m%d-%H%M%S.png");
  return self;
}

SakMediaOffer *
sak_media_offer_new_recording (const char *id)
{
  SakMediaOffer *self = g_new0 (SakMediaOffer, 1);

  self->recording = g_strdup (id);
  return self;
}

void
sak_media_offer_free (SakMediaOffer *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->picture);
  g_free (self->name);
  g_free (self->recording);
  g_free (self);
}

/* A file's content, size and time; call->stream where bytes were offered; or the picture, which takes a second to
 * encode where it is a large one. What comes from the clipboard is in memory, not with the graphics card, so any
 * thread may read it.
 */
static GInputStream *
open_offer (SakCall         *call,
            SakMediaOrigin  *origin,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (call->stream != NULL)
    return g_object_ref (call->stream);
  if (call->picture != NULL)
    {
      g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (GDK_TEXTURE (call->picture));

      origin->total_bytes = g_bytes_get_size (png);
      return g_memory_input_stream_new_from_bytes (png);
    }
  file = g_file_new_for_path (call->filename);
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED,
                                         cancellable, NULL);
  if (info != NULL)
    {
      origin->total_bytes = (guint64) g_file_info_get_size (info);
      origin->modified = (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);
    }
  return G_INPUT_STREAM (g_steal_pointer (&stream));
}

static gpointer
take_in_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SakCall *call = data;
  SakMediaOrigin origin = { .name_tainted = call->text, .total_bytes = (guint64) call->number };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GInputStream) stream = open_offer (call, &origin, cancellable, &local_error);
  g_autoptr (SakMediaInfo) info = NULL;
  const char *id;

  if (stream == NULL)
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        g_set_error_literal (error, SAK_ERROR, SAK_ERROR_IO, "cannot read the chosen file");
      return NULL;
    }
  id = sak_draft_ensure_record (call, error);
  if (id == NULL)
    return NULL;
  info = sak_vault_take_in (call->vault, id, stream, &origin, sak_progress_report, call->progress, cancellable, error);
  if (info == NULL)
    return NULL;
  return sak_vault_load_record (call->vault, id, error);
}

/* Of a recording the vault knows itself to which record it belongs. */
static gpointer
keep_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  const char *id = sak_draft_ensure_record (call, error);
  g_autoptr (SakMediaInfo) info = NULL;

  if (id == NULL)
    return NULL;
  info = sak_vault_keep_recording (call->vault, call->id, sak_progress_report, call->progress, cancellable, error);
  return info != NULL ? sak_vault_load_record (call->vault, id, error) : NULL;
}

void
sak_media_intake_async (SakSession          *session,
                        SakDraft            *draft,
                        SakMediaOffer       *offer,
                        SakProgressBar      *bar,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  SakCall *call = sak_session_new_call (session);
  g_autoptr (GCancellable) cancellable = NULL;

  sak_draft_join (draft, call);
  if (offer->recording != NULL)
    call->id = g_strdup (offer->recording);
  else if (offer->file != NULL)
    {
      call->filename = g_file_get_path (offer->file);
      call->text = g_file_get_basename (offer->file);
    }
  else
    {
      if (offer->picture != NULL)
        call->picture = g_object_ref (G_OBJECT (offer->picture));
      else
        {
          call->stream = g_memory_input_stream_new_from_bytes (offer->bytes);
          call->number = (gint64) g_bytes_get_size (offer->bytes);
        }
      call->text = g_strdup (offer->name);
    }
  call->progress = sak_progress_bar_start (bar, session, _("Taking the file into the vault…"),
                                           &cancellable);
  sak_session_call (session, call, offer->recording != NULL ? keep_job : take_in_job,
                    (GDestroyNotify) sak_record_unref, cancellable, callback, user_data);
}

SakRecord *
sak_media_intake_finish (GAsyncResult  *result,
                         GError       **error)
{
  return sak_session_call_finish (result, error);
}
