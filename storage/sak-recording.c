/* sak-recording.c - sound that is being recorded: encrypted as it comes, and never lost to a crash
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An age file is sealed in chunks of 64 KiB, of which speech fills one in ten seconds, and is
 * nothing without its last. So what is being recorded lies in frames as small as they come,
 * each sealed by itself, and is read frame by frame for as long as they verify:
 *
 *   magic | size, ciphertext, tag | size, ciphertext, tag | …
 *
 * The first frame says to which record it belongs.
 */
#include "config.h"

#include "storage/sak-recording.h"

#include "crypto/sak-aead.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "crypto/sak-kdf.h"
#include "storage/sak-file.h"
#include "storage/sak-folder.h"
#include "storage/sak-recording-stream.h"
#include "storage/sak-vault-private.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define ID_SIZE 16
#define SUFFIX ".rec"
#define SYNC_INTERVAL_US (2 * G_USEC_PER_SEC)

struct _SakRecording
{
  char *id;
  char *path;
  SakFd fd;
  SakSecret *key;
  guint64 counter;
  guint64 end;                  /* of the last whole frame */
  gint64 next_sync;
  GError *failure;              /* sticky */
};

void
sak_recording_info_free (SakRecordingInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->record_id);
  g_free (self);
}

static char *
make_path (SakVault   *vault,
           const char *id)
{
  g_autofree char *file = g_strconcat (id, SUFFIX, NULL);

  return g_build_filename (vault->path, "media", file, NULL);
}

static SakSecret *
derive_key (SakVault   *vault,
            const char *id)
{
  guint8 salt[ID_SIZE];

  if (!sak_hex_decode (id, salt, sizeof salt))
    return NULL;
  return sak_kdf_derive (vault->master_key, SAK_RECORDING_CONTEXT, salt, sizeof salt);
}

static gboolean
write_whole (SakRecording *self,
             const guint8 *bytes,
             gsize         size)
{
  while (size > 0)
    {
      gssize n = write (self->fd, bytes, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          sak_set_error_from_errno (&self->failure, errno, self->path);
          /* Half a frame ends what can be read, whatever came after it. */
          (void) !ftruncate (self->fd, (off_t) self->end);
          return FALSE;
        }
      bytes += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static gboolean
append_frame (SakRecording *self,
              const guint8 *bytes,
              guint32       size)
{
  gsize frame_size = SAK_RECORDING_FRAME_OVERHEAD + size;
  g_autofree guint8 *frame = g_malloc (frame_size);
  guint8 nonce[SAK_AEAD_NONCE_SIZE];
  const guint32 little = GUINT32_TO_LE (size);

  memcpy (frame, &little, sizeof little);
  sak_recording_make_nonce (self->counter, nonce);
  sak_aead_encrypt (sak_secret_get_bytes (self->key), nonce, frame, sizeof little, bytes, size,
                    frame + sizeof little, frame + sizeof little + size);
  if (!write_whole (self, frame, frame_size))
    return FALSE;
  self->counter++;
  self->end += frame_size;
  return TRUE;
}

static void
sync_now_and_then (SakRecording *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->failure != NULL || now < self->next_sync)
    return;
  self->next_sync = now + SYNC_INTERVAL_US;
  if (fdatasync (self->fd) != 0)
    sak_set_error_from_errno (&self->failure, errno, self->path);
}

gboolean
sak_recording_append (SakRecording  *self,
                      const void    *bytes,
                      gsize          size,
                      GError       **error)
{
  const guint8 *next = bytes;

  while (size > 0 && self->failure == NULL)
    {
      guint32 taken = (guint32) MIN (size, SAK_RECORDING_MAX_FRAME);

      if (!append_frame (self, next, taken))
        break;
      next += taken;
      size -= taken;
    }
  sync_now_and_then (self);
  if (self->failure != NULL && error != NULL)
    *error = g_error_copy (self->failure);
  return self->failure == NULL;
}

static gboolean
append_head (SakRecording  *self,
             const char    *record_id,
             GError       **error)
{
  g_autoptr (json_t) head = json_pack ("{s:s, s:I}", "record", record_id, "started",
                                       (json_int_t) (g_get_real_time () / G_USEC_PER_SEC));
  g_autofree char *text = sak_json_to_canonical (head);

  return sak_recording_append (self, text, strlen (text), error);
}

/**
 * sak_vault_begin_recording:
 * @record_id: exists, and may be changed by whoever records
 *
 * Returns: (transfer full): what the sound is appended to
 */
SakRecording *
sak_vault_begin_recording (SakVault    *self,
                           const char  *record_id,
                           GError     **error)
{
  g_autoptr (SakRecording) recording = g_new0 (SakRecording, 1);
  g_autofree char *media = NULL;
  guint8 id[ID_SIZE];

  recording->fd = -1;
  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  media = g_build_filename (self->path, "media", NULL);
  sak_random_bytes (id, sizeof id);
  recording->id = sak_hex_encode (id, sizeof id);
  recording->path = make_path (self, recording->id);
  recording->key = derive_key (self, recording->id);
  recording->fd = sak_file_create (recording->path, error);
  if (recording->fd < 0)
    return NULL;
  if (!write_whole (recording, (const guint8 *) SAK_RECORDING_MAGIC, SAK_RECORDING_MAGIC_SIZE))
    {
      g_propagate_error (error, g_steal_pointer (&recording->failure));
      return NULL;
    }
  recording->end = SAK_RECORDING_MAGIC_SIZE;
  if (!append_head (recording, record_id, error) || !sak_file_sync_directory (media, error))
    return NULL;
  return g_steal_pointer (&recording);
}

const char *
sak_recording_get_id (SakRecording *self)
{
  return self->id;
}

void
sak_recording_free (SakRecording *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    (void) fdatasync (self->fd);
  sak_fd_clear (&self->fd);
  sak_secret_unref (self->key);
  g_clear_error (&self->failure);
  g_free (self->id);
  g_free (self->path);
  g_free (self);
}

/* Reading */

static GInputStream *
open_stream (SakVault           *vault,
             const char         *id,
             SakRecordingInfo  **ret_info,
             GError            **error)
{
  g_autofree char *path = make_path (vault, id);
  g_autoptr (SakSecret) key = derive_key (vault, id);
  g_autoptr (GInputStream) stream = key != NULL ? sak_recording_stream_new (path, key, error) : NULL;
  g_autoptr (SakRecordingInfo) info = g_new0 (SakRecordingInfo, 1);
  g_autoptr (json_t) head = NULL;
  const char *record_id;

  if (key == NULL)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "no recording has this name");
  if (stream == NULL)
    return NULL;
  head = sak_recording_stream_take_head (SAK_RECORDING_STREAM (stream));
  record_id = sak_json_get_text (head, "record");
  if (record_id == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "%s cannot be read", path);
      return NULL;
    }
  info->id = g_strdup (id);
  info->record_id = g_strdup (record_id);
  info->started = json_integer_value (json_object_get (head, "started"));
  info->size_bytes = sak_recording_stream_get_file_size (SAK_RECORDING_STREAM (stream));
  *ret_info = g_steal_pointer (&info);
  return g_steal_pointer (&stream);
}

static int
compare_started (gconstpointer a,
                 gconstpointer b)
{
  const SakRecordingInfo *first = *(SakRecordingInfo *const *) a, *second = *(SakRecordingInfo *const *) b;

  return first->started < second->started ? -1 : first->started > second->started;
}

GPtrArray *
sak_vault_list_recordings (SakVault  *self,
                           GError   **error)
{
  g_autofree char *media = g_build_filename (self->path, "media", NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_recording_info_free);
  g_autoptr (GDir) directory = NULL;
  const char *name;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  directory = g_dir_open (media, 0, NULL);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *id = sak_folder_is_recording (name) ? g_strndup (name, 2 * ID_SIZE) : NULL;
      SakRecordingInfo *info = NULL;
      g_autoptr (GInputStream) stream = id != NULL ? open_stream (self, id, &info, NULL) : NULL;

      if (stream != NULL)
        g_ptr_array_add (list, info);
    }
  g_ptr_array_sort (list, compare_started);
  return g_steal_pointer (&list);
}

static char *
make_name (gint64 started)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (started);

  return time != NULL ? g_date_time_format (time, "recording-%Y%m%d-%H%M%S.ogg") : g_strdup ("recording.ogg");
}

SakMediaInfo *
sak_vault_keep_recording (SakVault         *self,
                          const char       *id,
                          SakProgressFunc   progress,
                          gpointer          progress_data,
                          GCancellable     *cancellable,
                          GError          **error)
{
  g_autoptr (SakRecordingInfo) recording = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (SakMediaInfo) info = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) late = NULL;
  SakMediaOrigin origin = { 0 };

  if (!sak_vault_require_unlocked (self, error) || (stream = open_stream (self, id, &recording, error)) == NULL)
    return NULL;
  name = make_name (recording->started);
  origin.name_tainted = name;
  origin.total_bytes = recording->size_bytes;
  origin.modified = recording->started;
  info = sak_vault_take_in (self, recording->record_id, stream, &origin, progress, progress_data, cancellable, error);
  /* It is safe in the vault: should the file stay, it is offered again, and content is stored once. */
  if (info != NULL && !sak_vault_discard_recording (self, id, &late))
    g_debug ("a kept recording stays: %s", late->message);
  return g_steal_pointer (&info);
}

gboolean
sak_vault_discard_recording (SakVault    *self,
                             const char  *id,
                             GError     **error)
{
  g_autofree char *media = g_build_filename (self->path, "media", NULL);
  g_autofree char *name = g_strconcat (id, SUFFIX, NULL);
  g_autofree char *path = make_path (self, id);

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  if (!sak_folder_is_recording (name))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "no recording has this name");
      return FALSE;
    }
  if (unlink (path) != 0 && errno != ENOENT)
    {
      sak_set_error_from_errno (error, errno, path);
      return FALSE;
    }
  return sak_file_sync_directory (media, error);
}
