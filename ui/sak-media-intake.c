/* sak-media-intake.c - takes files into the vault, one after another
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Locking waits for what was given and is quick: a pasted picture is nowhere else. It is not seen to wait, but the
 * keys stay that long; so what is large or slow is broken off, and told of after the next opening.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-left-out.h"
#include "storage/sak-recording.h"
#include "ui/sak-media-intake.h"

/* A photo, a minute of sound, a few pages. */
#define QUICK_BYTES (16 * 1024 * 1024)
/* Before sleep a desktop waits no longer than five seconds (crypto/THREATS.md). */
#define LAST_MS 3000

struct _SakMediaOffer
{
  GObject parent_instance;
  GFile *file;
  GBytes *bytes;
  GdkTexture *picture;
  char *name;                   /* for bytes and pictures */
  char *recording;              /* its id */
  GCancellable *cancellable;
  int is_last;                  /* atomic: the vault is being locked */
  int is_taken;                 /* atomic: it is in the vault */
};

G_DEFINE_FINAL_TYPE (SakMediaOffer, sak_media_offer, G_TYPE_OBJECT)

static guint last_ms = LAST_MS;

static void
sak_media_offer_finalize (GObject *object)
{
  SakMediaOffer *self = SAK_MEDIA_OFFER (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->picture);
  g_clear_object (&self->cancellable);
  g_free (self->name);
  g_free (self->recording);
  G_OBJECT_CLASS (sak_media_offer_parent_class)->finalize (object);
}

static void
sak_media_offer_class_init (SakMediaOfferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_media_offer_finalize;
}

static void
sak_media_offer_init (SakMediaOffer *self)
{
}

SakMediaOffer *
sak_media_offer_new_file (GFile *file)
{
  SakMediaOffer *self = g_object_new (SAK_TYPE_MEDIA_OFFER, NULL);

  self->file = g_object_ref (file);
  self->name = g_file_get_basename (file);
  return self;
}

SakMediaOffer *
sak_media_offer_new_bytes (GBytes     *bytes,
                           const char *name)
{
  SakMediaOffer *self = g_object_new (SAK_TYPE_MEDIA_OFFER, NULL);

  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (name);
  return self;
}

SakMediaOffer *
sak_media_offer_new_texture (GdkTexture *texture)
{
  SakMediaOffer *self = g_object_new (SAK_TYPE_MEDIA_OFFER, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->picture = g_object_ref (texture);
  self->name = g_date_time_format (now, "pasted-%Y%m%d-%H%M%S.png");
  return self;
}

SakMediaOffer *
sak_media_offer_new_recording (const char *id)
{
  SakMediaOffer *self = g_object_new (SAK_TYPE_MEDIA_OFFER, NULL);

  self->recording = g_strdup (id);
  return self;
}

/* In jobs: */

/* A file's content, size and time; or the picture, which takes a second to encode where it is a large one. What
 * comes from the clipboard is in memory, not with the graphics card, so any thread may read it.
 */
static GInputStream *
open_offer (SakMediaOffer   *offer,
            SakMediaOrigin  *origin,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (offer->file == NULL)
    {
      g_autoptr (GBytes) bytes = offer->bytes != NULL ? g_bytes_ref (offer->bytes)
                                                      : gdk_texture_save_to_png_bytes (offer->picture);

      origin->total_bytes = g_bytes_get_size (bytes);
      return g_memory_input_stream_new_from_bytes (bytes);
    }
  stream = g_file_read (offer->file, cancellable, error);
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

/* A SakProgressFunc. */
static void
report (guint64  done_bytes,
        guint64  total_bytes,
        gpointer data)
{
  SakCall *call = data;
  SakMediaOffer *offer = SAK_MEDIA_OFFER (call->offered);

  if (call->progress != NULL)
    sak_progress_report (done_bytes, total_bytes, call->progress);
  if (g_atomic_int_get (&offer->is_last) && total_bytes > done_bytes && total_bytes - done_bytes > QUICK_BYTES)
    g_cancellable_cancel (offer->cancellable);
}

static SakRecord *
end_job (SakCall    *call,
         const char *record_id,
         GError    **error)
{
  g_atomic_int_set (&SAK_MEDIA_OFFER (call->offered)->is_taken, TRUE);
  return sak_vault_load_record (call->vault, record_id, error);
}

static gpointer
take_in_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SakCall *call = data;
  SakMediaOffer *offer = SAK_MEDIA_OFFER (call->offered);
  SakMediaOrigin origin = { .name_tainted = offer->name };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GInputStream) stream = open_offer (offer, &origin, cancellable, &local_error);
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
  report (0, origin.total_bytes, call);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  id = sak_draft_ensure_record (call, error);
  if (id == NULL)
    return NULL;
  info = sak_vault_take_in (call->vault, id, stream, &origin, report, call, cancellable, error);
  return info != NULL ? end_job (call, id, error) : NULL;
}

/* Of a recording the vault knows itself to which record it belongs. */
static gpointer
keep_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  SakMediaOffer *offer = SAK_MEDIA_OFFER (call->offered);
  const char *id = sak_draft_ensure_record (call, error);
  g_autoptr (SakMediaInfo) info = NULL;

  if (id == NULL)
    return NULL;
  info = sak_vault_keep_recording (call->vault, offer->recording, report, call, cancellable, error);
  return info != NULL ? end_job (call, id, error) : NULL;
}

/* What is recorded is in the vault already, and offered by itself (ui/sak-interrupted-window.c). */
static gpointer
note_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  GListModel *given = G_LIST_MODEL (call->offered);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (given); i++)
    {
      g_autoptr (SakMediaOffer) offer = g_list_model_get_item (given, i);

      if (!g_atomic_int_get (&offer->is_taken) && offer->recording == NULL)
        {
          g_autofree char *name = g_utf8_make_valid (offer->name, -1);

          g_strv_builder_add (names, name);
        }
    }
  list = g_strv_builder_end (names);
  if (list[0] == NULL)
    return SAK_JOB_DONE;
  return sak_vault_note_left_out (call->vault, sak_draft_get_record (call), (const char *const *) list, error)
         ? SAK_JOB_DONE : NULL;
}

/* On the main thread: */

static void
take_in (SakSession          *session,
         SakDraft            *draft,
         SakMediaOffer       *offer,
         SakProgress         *progress,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  SakCall *call = sak_session_new_call (session);

  sak_draft_join (draft, call);
  call->offered = g_object_ref (G_OBJECT (offer));
  call->progress = progress;
  sak_session_call (session, call, offer->recording != NULL ? keep_job : take_in_job,
                    (GDestroyNotify) sak_record_unref, offer->cancellable, callback, user_data);
}

void
sak_media_intake_async (SakSession          *session,
                        SakDraft            *draft,
                        SakMediaOffer       *offer,
                        SakProgressBar      *bar,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GCancellable) cancellable = NULL;
  SakProgress *progress = sak_progress_bar_start (bar, session, _("Taking the file into the vault…"), &cancellable);

  sak_progress_bar_keep_on (bar);
  g_set_object (&offer->cancellable, cancellable);
  take_in (session, draft, offer, progress, callback, user_data);
}

SakRecord *
sak_media_intake_finish (GAsyncResult  *result,
                         GError       **error)
{
  return sak_session_call_finish (result, error);
}

static gboolean
last_moment_over_cb (gpointer given)
{
  for (guint i = 0; i < g_list_model_get_n_items (given); i++)
    {
      g_autoptr (SakMediaOffer) offer = g_list_model_get_item (given, i);

      g_cancellable_cancel (offer->cancellable);
    }
  return G_SOURCE_REMOVE;
}

void
sak_media_intake_end (SakSession    *session,
                      SakDraft      *draft,
                      SakMediaOffer *current,
                      GQueue        *waiting)
{
  GListStore *given = g_list_store_new (SAK_TYPE_MEDIA_OFFER);
  SakCall *call = sak_session_new_call (session);
  SakMediaOffer *offer;

  if (current != NULL)
    {
      g_atomic_int_set (&current->is_last, TRUE);
      g_list_store_append (given, current);
    }
  while ((offer = g_queue_pop_head (waiting)) != NULL)
    {
      offer->is_last = TRUE;
      offer->cancellable = g_cancellable_new ();
      take_in (session, draft, offer, NULL, NULL, NULL);
      g_list_store_append (given, offer);
      g_object_unref (offer);
    }
  g_timeout_add_full (G_PRIORITY_DEFAULT, last_ms, last_moment_over_cb, g_object_ref (given), g_object_unref);
  sak_draft_join (draft, call);
  call->offered = G_OBJECT (given);
  sak_session_call (session, call, note_job, NULL, NULL, NULL, NULL);
}

void
sak_media_intake_set_last (guint milliseconds)
{
  last_ms = milliseconds;
}
