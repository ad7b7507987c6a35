/* sak-media.c - photos, recordings and papers: encrypted objects of any size
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-media.h"

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-zawgyi.h"
#include "storage/sak-exif.h"
#include "storage/sak-file.h"
#include "storage/sak-media-type.h"
#include "storage/sak-object.h"
#include "storage/sak-record-private.h"

#include <errno.h>
#include <string.h>

#define BLOCK_SIZE (256 * 1024)
#define MAX_NAME_SIZE 255
#define PROGRESS_INTERVAL_US 50000

SakMediaInfo *
sak_media_info_copy (const SakMediaInfo *self)
{
  SakMediaInfo *copy = g_new0 (SakMediaInfo, 1);

  *copy = *self;
  copy->sha256 = g_strdup (self->sha256);
  copy->type = g_strdup (self->type);
  copy->name = g_strdup (self->name);
  copy->id = g_strdup (self->id);
  copy->value = json_deep_copy (self->value);
  return copy;
}

void
sak_media_info_free (SakMediaInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->sha256);
  g_free (self->type);
  g_free (self->name);
  g_free (self->id);
  json_decref (self->value);
  g_free (self);
}

static gboolean
copy_content (SakObject        *object,
              GInputStream     *content,
              guint64           total_bytes,
              SakProgressFunc   progress,
              gpointer          progress_data,
              GCancellable     *cancellable,
              GError          **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gint64 next_report = 0;
  gboolean went_well = FALSE;
  gsize n;

  for (;;)
    {
      if (!g_input_stream_read_all (content, block, BLOCK_SIZE, &n, cancellable, error))
        break;
      if (n == 0)
        {
          went_well = TRUE;
          break;
        }
      if (!sak_object_write (object, block, n, cancellable, error))
        break;
      if (progress != NULL && g_get_monotonic_time () >= next_report)
        {
          progress (sak_object_get_size (object), total_bytes, progress_data);
          next_report = g_get_monotonic_time () + PROGRESS_INTERVAL_US;
        }
    }
  sak_wipe (block, BLOCK_SIZE);
  return went_well;
}

/* The last part of a path, as text that can be shown and stored: valid UTF-8, no control
 * characters, not too long. @ret_bytes: the exact bytes in hexadecimal where text could
 * not hold them, else NULL.
 */
static char *
clean_name (const char  *tainted,
            char       **ret_bytes)
{
  const char *slash = strrchr (tainted, '/');
  const char *base = slash != NULL ? slash + 1 : tainted;
  gsize size = MIN (strlen (base), MAX_NAME_SIZE);
  g_autofree char *valid = g_utf8_make_valid (base, (gssize) size);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  GString *name = g_string_new (NULL);

  *ret_bytes = g_utf8_validate (base, (gssize) size, NULL) ? NULL
               : sak_hex_encode ((const guint8 *) base, size);
  for (const char *at = normal; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (name, g_unichar_iscntrl (c) ? 0xfffd : c);
    }
  if (name->len == 0)
    g_string_append (name, "unnamed");
  return g_string_free (name, FALSE);
}

static char *
format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static void
set_text (json_t     *field,
          const char *member,
          const char *text)
{
  g_autofree char *normal = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_NFC) : NULL;

  if (normal != NULL && *normal != '\0')
    json_object_set_new (field, member, json_string (normal));
}

/* What the file says of itself, and what the person who brings it says. */
static json_t *
make_field (SakObject             *object,
            const SakMediaOrigin  *origin,
            SakMediaInfo         **ret_info)
{
  GByteArray *head = sak_object_get_head (object);
  SakMediaInfo *info = g_new0 (SakMediaInfo, 1);
  g_autofree char *name_bytes = NULL;
  g_autofree char *added = format_time (g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *modified = origin->modified > 0 ? format_time (origin->modified) : NULL;
  SakExif exif;
  json_t *field;

  info->sha256 = sak_hex_encode (sak_object_get_sha256 (object), SAK_SHA256_SIZE);
  info->size_bytes = sak_object_get_size (object);
  info->type = g_strdup (sak_media_type_guess (head->data, head->len));
  info->name = clean_name (origin->name_tainted, &name_bytes);
  sak_exif_read (head->data, head->len, &exif);
  info->has_exif = exif.is_there;
  info->has_gps = exif.has_position;

  field = json_pack ("{s:s, s:I, s:s, s:s, s:s, s:b, s:b}", "sha256", info->sha256,
                     "size", (json_int_t) info->size_bytes, "type", info->type, "name", info->name,
                     "added", added,
                     "exif", info->has_exif, "gps", info->has_gps);
  g_assert (field != NULL);
  set_text (field, "name_bytes", name_bytes);
  set_text (field, "modified", modified);
  set_text (field, "taken", exif.taken);
  set_text (field, "camera", exif.camera);
  set_text (field, "source", origin->source);
  *ret_info = info;
  return field;
}

/* The record's present fields, as a copy that may be changed, and the base they stand on. */
static json_t *
load_fields (SakVault            *self,
             const SakRecordKey  *key,
             char               **ret_base,
             SakForm            **ret_form,
             GError             **error)
{
  g_autofree char *id = sak_uuid_from_bytes (key->id);
  g_autoptr (SakRecord) record = sak_vault_load_record (self, id, error);

  if (record == NULL)
    return NULL;
  *ret_base = g_strdup (record->base_revision);
  *ret_form = g_steal_pointer (&record->form);
  return json_copy (record->fields);
}

static gboolean
attach (SakVault    *self,
        const char  *record_id,
        SakObject   *object,
        json_t      *field,
        GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (json_t) fields = NULL;
  g_autofree char *base = NULL;
  g_autofree char *uuid = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SakForm) form = NULL;
  g_autoptr (json_t) before = NULL;
  guint8 id[SAK_UUID_SIZE];
  SakRecordState state;

  if (!sak_record_find (self, record_id, &key, error) || !sak_record_require_shown (&key, error) ||
      (fields = load_fields (self, &key, &base, &form, error)) == NULL)
    return FALSE;
  before = json_copy (fields);
  sak_record_make_id (id);
  uuid = sak_uuid_from_bytes (id);
  path = g_strconcat ("media/", uuid, NULL);
  json_object_set (fields, path, field);
  if (form != NULL && !sak_form_check_change (form, fields, before, FALSE, error))
    return FALSE;
  state = key.state == SAK_RECORD_FINISHED ? SAK_RECORD_CHANGED : key.state;
  return sak_object_keep (object, error) && sak_draft_store (self, &key, base, fields, error) &&
         sak_record_update_summary (self, &key, fields, state, error) &&
         sak_vault_log_custody (self, "taken-in", sak_json_get_text (field, "sha256"), self->name, error);
}

/**
 * sak_vault_take_in:
 *
 * Returns: (transfer full): what is known of the content now
 */
SakMediaInfo *
sak_vault_take_in (SakVault              *self,
                   const char            *record_id,
                   GInputStream          *content,
                   const SakMediaOrigin  *origin,
                   SakProgressFunc        progress,
                   gpointer               progress_data,
                   GCancellable          *cancellable,
                   GError               **error)
{
  g_autoptr (SakObject) object = NULL;
  g_autoptr (SakMediaInfo) info = NULL;
  g_autoptr (json_t) field = NULL;
  g_auto (SakRecordKey) key = { 0 };

  /* Ask before gigabytes are read whether there is a record to attach them to. */
  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record_id, &key, error) ||
      !sak_record_require_shown (&key, error))
    return NULL;
  object = sak_object_begin (self, SAK_OBJECT_IN_MEDIA, cancellable, error);
  if (object == NULL ||
      !copy_content (object, content, origin->total_bytes, progress, progress_data, cancellable, error) ||
      !sak_object_seal (object, cancellable, error))
    return NULL;
  field = make_field (object, origin, &info);
  if (!sak_vault_begin (self, error))
    return NULL;
  if (attach (self, record_id, object, field, error) && sak_vault_commit (self, error))
    return g_steal_pointer (&info);
  sak_vault_rollback (self);
  return NULL;
}

SakMediaInfo *
sak_vault_add_media (SakVault         *self,
                     const char       *record_id,
                     GInputStream     *content,
                     const char       *name_tainted,
                     guint64           total_bytes,
                     SakProgressFunc   progress,
                     gpointer          progress_data,
                     GCancellable     *cancellable,
                     GError          **error)
{
  const SakMediaOrigin origin = { .name_tainted = name_tainted, .total_bytes = total_bytes };

  return sak_vault_take_in (self, record_id, content, &origin, progress, progress_data, cancellable, error);
}

/**
 * sak_media_list_from_fields:
 * @json_fields: a json_t object of path → value
 *
 * Returns: (transfer full): SakMediaInfo in the order of their paths
 */
GPtrArray *
sak_media_list_from_fields (const void *json_fields)
{
  GPtrArray *media = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_media_info_free);
  json_t *fields = (json_t *) json_fields;
  const char *path;
  json_t *value;

  json_object_foreach (fields, path, value)
    {
      const char *sha256 = sak_json_get_text (value, "sha256");
      const char *type = sak_json_get_text (value, "type");
      const char *name = sak_json_get_text (value, "name");
      SakMediaInfo *info;

      if (!g_str_has_prefix (path, "media/") || sha256 == NULL)
        continue;
      info = g_new0 (SakMediaInfo, 1);
      info->sha256 = g_strdup (sha256);
      info->size_bytes = (guint64) MAX (json_integer_value (json_object_get (value, "size")), 0);
      info->type = g_strdup (type != NULL ? type : "application/octet-stream");
      info->name = g_strdup (name != NULL ? name : "");
      info->has_exif = json_is_true (json_object_get (value, "exif"));
      info->has_gps = json_is_true (json_object_get (value, "gps"));
      info->id = g_strdup (path + strlen ("media/"));
      info->value = json_deep_copy (value);
      g_ptr_array_add (media, info);
    }
  return media;
}

/* What was typed before a conversion may tell what is withheld in the fields. */
gboolean
sak_media_is_refused (const json_t *value)
{
  return g_strcmp0 (sak_json_get_text (value, "consent"), "no") == 0 ||
         g_strcmp0 (sak_json_get_text (value, "name"), SAK_ZAWGYI_FILE) == 0;
}

static gboolean
is_empty (const json_t *value)
{
  return value == NULL || json_is_null (value) || (json_is_string (value) && json_string_length (value) == 0) ||
         (json_is_array (value) && json_array_size (value) == 0) ||
         (json_is_object (value) && json_object_size (value) == 0);
}

gboolean
sak_media_has_notes (const json_t *value)
{
  static const char *const members[] = SAK_MEDIA_NOTE_MEMBERS;

  for (gsize i = 0; members[i] != NULL; i++)
    if (!is_empty (json_object_get (value, members[i])))
      return TRUE;
  return FALSE;
}

/* A copy of @value with these notes in place of those it has. */
static json_t *
replace_notes (const json_t *value,
               const json_t *notes)
{
  static const char *const members[] = SAK_MEDIA_NOTE_MEMBERS;
  json_t *copy = json_copy ((json_t *) value);

  for (gsize i = 0; members[i] != NULL; i++)
    {
      json_t *note = json_object_get (notes, members[i]);

      if (is_empty (note))
        json_object_del (copy, members[i]);
      else
        json_object_set_new (copy, members[i], json_deep_copy (note));
    }
  return copy;
}

static gboolean
describe (SakVault      *self,
          const char    *record_id,
          const char    *media_id,
          const json_t  *notes,
          GError       **error)
{
  g_autofree char *path = g_strconcat ("media/", media_id, NULL);
  g_autoptr (json_t) normal = sak_json_normalise_nfc (notes);
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (json_t) fields = NULL;
  g_autoptr (json_t) before = NULL;
  g_autofree char *base = NULL;
  g_autoptr (SakForm) form = NULL;

  if (normal == NULL)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "two notes have the same name");
      return FALSE;
    }
  if (!sak_record_find (self, record_id, &key, error) || !sak_record_require_shown (&key, error) ||
      (fields = load_fields (self, &key, &base, &form, error)) == NULL)
    return FALSE;
  if (json_object_get (fields, path) == NULL)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the record has no such file");
      return FALSE;
    }
  before = json_copy (fields);
  json_object_set_new (fields, path, replace_notes (json_object_get (fields, path), normal));
  if (json_equal (fields, before))
    return TRUE;
  if (form != NULL && !sak_form_check_change (form, fields, before, FALSE, error))
    return FALSE;
  return sak_draft_store (self, &key, base, fields, error) &&
         sak_record_update_summary (self, &key, fields,
                                    key.state == SAK_RECORD_FINISHED ? SAK_RECORD_CHANGED : key.state, error);
}

gboolean
sak_vault_describe_media (SakVault      *self,
                          const char    *record_id,
                          const char    *media_id,
                          const json_t  *notes,
                          GError       **error)
{
  if (!sak_vault_require_unlocked (self, error) || !sak_vault_begin (self, error))
    return FALSE;
  if (describe (self, record_id, media_id, notes, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

GPtrArray *
sak_vault_list_media (SakVault    *self,
                      const char  *record_id,
                      GError     **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (self, record_id, error);

  return record != NULL ? sak_media_list_from_fields (record->fields) : NULL;
}

/* NULL without error where the vault does not have the content. */
static char *
find_object_path (SakVault    *self,
                  const char  *sha256,
                  GError     **error)
{
  sak_autostmt statement = NULL;
  guint8 digest[SAK_SHA256_SIZE];
  g_autofree char *object = NULL;
  gboolean has_row = FALSE;

  if (!sak_hex_decode (sha256, digest, sizeof digest))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT object FROM media WHERE sha256 = ?1");
  sak_db_bind_blob (statement, 1, digest, sizeof digest);
  if (!sak_db_step (self->db, statement, &has_row, error) || !has_row)
    return NULL;
  object = sak_db_dup_text (statement, 0);
  return sak_vault_get_object_path (self, object);
}

gboolean
sak_vault_has_media (SakVault   *self,
                     const char *sha256)
{
  g_autofree char *path = NULL;

  if (self->db == NULL)
    return FALSE;
  path = find_object_path (self, sha256, NULL);
  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

guint64
sak_vault_get_media_size (SakVault   *self,
                          const char *sha256)
{
  sak_autostmt statement = NULL;
  guint8 digest[SAK_SHA256_SIZE];
  gint64 size = 0;

  if (self->db == NULL || !sak_hex_decode (sha256, digest, sizeof digest))
    return 0;
  statement = sak_db_prepare (self->db, "SELECT size FROM media WHERE sha256 = ?1");
  sak_db_bind_blob (statement, 1, digest, sizeof digest);
  if (!sak_db_get_number (self->db, statement, 0, &size, NULL))
    return 0;
  return (guint64) MAX (size, 0);
}

GPtrArray *
sak_vault_list_media_users (SakVault    *self,
                            const char  *sha256,
                            GError     **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sak_autostmt statement = NULL;
  guint8 digest[SAK_SHA256_SIZE];
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  if (!sak_hex_decode (sha256, digest, sizeof digest))
    return g_steal_pointer (&ids);
  statement = sak_db_prepare (self->db, "SELECT record.id FROM media_use"
                              " JOIN record ON record.rowid = media_use.record WHERE sha256 = ?1");
  sak_db_bind_blob (statement, 1, digest, sizeof digest);
  for (;;)
    {
      guint8 id[SAK_UUID_SIZE];

      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&ids);
      if (sak_db_copy_blob (statement, 0, id, sizeof id))
        g_ptr_array_add (ids, sak_uuid_from_bytes (id));
    }
}

/* So that locking can end it, wherever it is being played. */
static void
remember_stream (SakVault     *self,
                 GInputStream *stream)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, stream);
  g_mutex_lock (&self->streams_lock);
  for (guint i = self->open_streams->len; i > 0; i--)
    {
      g_autoptr (GObject) other = g_weak_ref_get (g_ptr_array_index (self->open_streams, i - 1));

      if (other == NULL)
        g_ptr_array_remove_index_fast (self->open_streams, i - 1);
    }
  g_ptr_array_add (self->open_streams, reference);
  g_mutex_unlock (&self->streams_lock);
}

/* GIO's words for a missing file are ours for a vault that lost one. */
static GFileInputStream *
open_object (const char  *path,
             GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local_error = NULL;
  SakFileState state = sak_file_get_state (path);
  GFileInputStream *stream = NULL;

  if (state == SAK_FILE_OTHER)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "%s is not a file", path);
      return NULL;
    }
  stream = g_file_read (file, NULL, &local_error);
  if (stream == NULL)
    g_set_error (error, SAK_ERROR,
                 g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? SAK_ERROR_DAMAGED : SAK_ERROR_IO,
                 "%s", local_error->message);
  return stream;
}

GInputStream *
sak_vault_open_media (SakVault    *self,
                      const char  *sha256,
                      GError     **error)
{
  g_autoptr (GFileInputStream) source = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = NULL;
  GInputStream *stream;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  path = find_object_path (self, sha256, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (path == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the vault has no file with this digest");
      return NULL;
    }
  source = open_object (path, error);
  if (source == NULL)
    return NULL;
  stream = sak_age_input_stream_new (G_INPUT_STREAM (source), self->media_identity, NULL, error);
  if (stream != NULL)
    remember_stream (self, stream);
  return stream;
}
