/* sak-bundle-reader.c - a bundle's beginning: who sent it, and may it be opened
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order is that of sync/FORMAT.md §4.5. Nothing is parsed here but the age header and
 * fields at fixed offsets.
 */
#include "config.h"

#include "sync/sak-bundle-private.h"

#include "crypto/sak-crypto.h"
#include "sync/sak-bundle-stream.h"
#include "sync/sak-parts.h"

/* What the vault needs beside the contents: the database, the age layer of each object. */
#define SPARE_BYTES (32 * 1024 * 1024)

void
sak_bundle_reader_free (SakBundleReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->age, sak_age_reader_free);
  g_clear_object (&self->file);
  g_clear_pointer (&self->sender, sak_contact_free);
  g_clear_pointer (&self->receipt, g_bytes_unref);
  g_free (self);
}

/* A folder of parts, or one of them, stands for all of them together. */
static GInputStream *
open_stream (const char    *filename,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (filename);
  g_autoptr (SakParts) parts = NULL;
  GError *open_error = NULL;
  GInputStream *stream;

  /* Opening a pipe would wait for ever, and a device may have no end. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is no file");
      return NULL;
    }
  if (sak_parts_is_one (filename))
    {
      parts = sak_parts_find (filename, cancellable, error);
      return parts != NULL ? sak_parts_open (parts, error) : NULL;
    }
  stream = G_INPUT_STREAM (g_file_read (file, cancellable, &open_error));
  if (stream == NULL)
    sak_propagate_io_error (error, open_error);
  return stream;
}

static gboolean
open_file (SakBundleReader  *self,
           const char       *filename,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (self->vault);

  if (identity == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_LOCKED, "the vault is locked");
      return FALSE;
    }
  self->file = open_stream (filename, cancellable, error);
  if (self->file == NULL)
    return FALSE;
  self->age = sak_age_reader_new (self->file, &identity, 1, cancellable, error);
  return self->age != NULL;
}

static gboolean
read_exactly (SakBundleReader  *self,
              guint8           *bytes,
              gsize             size,
              GCancellable     *cancellable,
              GError          **error)
{
  while (size > 0)
    {
      gssize got = sak_age_reader_read (self->age, bytes, size, cancellable, error);

      if (got < 0)
        return FALSE;
      if (got == 0)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is not a bundle");
          return FALSE;
        }
      bytes += got;
      size -= (gsize) got;
    }
  return TRUE;
}

static gboolean
read_preamble (SakBundleReader  *self,
               GCancellable     *cancellable,
               GError          **error)
{
  guint8 frame_header[SAK_PREAMBLE_FRAME_HEADER_SIZE];
  guint8 bytes[SAK_PREAMBLE_MAX_SIZE];
  gsize size;

  return read_exactly (self, frame_header, sizeof frame_header, cancellable, error) &&
         sak_preamble_decode_size (frame_header, &size, error) &&
         read_exactly (self, bytes, size, cancellable, error) &&
         sak_preamble_decode (bytes, size, &self->preamble, error);
}

/* An unknown sender is no failure yet: inspecting shows the key. */
static gboolean
find_sender (SakBundleReader  *self,
             GError          **error)
{
  GError *find_error = NULL;

  self->sender = sak_vault_find_contact_by_key (self->vault, self->preamble.sender_key,
                                                &find_error);
  if (self->sender == NULL && !g_error_matches (find_error, SAK_ERROR, SAK_ERROR_UNKNOWN_SENDER))
    {
      g_propagate_error (error, find_error);
      return FALSE;
    }
  g_clear_error (&find_error);
  return TRUE;
}

SakBundleReader *
sak_bundle_reader_open (SakVault      *vault,
                        const char    *filename,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (SakBundleReader) self = g_new0 (SakBundleReader, 1);

  self->vault = vault;
  if (!open_file (self, filename, cancellable, error) ||
      !read_preamble (self, cancellable, error) || !find_sender (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
fail (GError     **error,
      SakError     code,
      const char  *what)
{
  g_set_error (error, SAK_ERROR, (int) code, "bundle: %s", what);
  return FALSE;
}

gboolean
sak_bundle_reader_verify (SakBundleReader  *self,
                          GError          **error)
{
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (self->vault);
  const SakAgeBinding *signed_binding = &self->preamble.binding;
  SakAgeBinding binding;
  SakAgeRecipient own;

  if (identity == NULL)
    return fail (error, SAK_ERROR_LOCKED, "the vault is locked");
  if (!sak_preamble_verify (&self->preamble))
    return fail (error, SAK_ERROR_FORGED, "the preamble's signature does not fit");
  sak_age_reader_get_binding (self->age, &binding);
  if (!sak_equal (binding.header_mac, signed_binding->header_mac, sizeof binding.header_mac) ||
      !sak_equal (binding.payload_nonce, signed_binding->payload_nonce,
                  sizeof binding.payload_nonce))
    return fail (error, SAK_ERROR_FORGED, "the preamble belongs to another file");
  /* Else it could be opened by somebody whom the preamble does not name. */
  if (sak_age_reader_get_n_recipients (self->age) != self->preamble.n_recipients)
    return fail (error, SAK_ERROR_INVALID, "it is not sealed for those alone whom the preamble names");
  sak_x25519_get_public (identity, own.bytes);
  self->announced = sak_preamble_find_recipient (&self->preamble, &own);
  if (self->announced == NULL)
    return fail (error, SAK_ERROR_FORGED, "the sender meant it for others");
  return TRUE;
}

/**
 * sak_bundle_reader_check:
 *
 * UNKNOWN_SENDER, UNTRUSTED, FORGED, PRACTICE, GAP, FORK; a bundle that was imported
 * before is no failure here.
 */
gboolean
sak_bundle_reader_check (SakBundleReader  *self,
                         GError          **error)
{
  gboolean is_practice = sak_vault_is_practice (self->vault);

  if (self->sender == NULL)
    return fail (error, SAK_ERROR_UNKNOWN_SENDER, "its sender is not among the contacts");
  if (self->sender->trust == SAK_TRUST_REVOKED)
    return fail (error, SAK_ERROR_UNTRUSTED, "its sender's key was revoked");
  if (!sak_bundle_reader_verify (self, error))
    return FALSE;
  if (!!self->preamble.is_practice != !!is_practice)
    return fail (error, SAK_ERROR_PRACTICE, "a practice vault and a real one do not exchange");
  return sak_vault_get_incoming_stream (self->vault, self->sender, self->announced->stream_id,
                                        &self->stream, error) &&
         sak_bundle_check_stream (self->vault, &self->stream, self->announced, &self->is_replay,
                                  error);
}

/* Where the system cannot tell, the writing will. */
gboolean
sak_bundle_reader_check_space (SakBundleReader  *self,
                               GError          **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (sak_vault_get_path (self->vault));
  g_autoptr (GFileInfo) info = NULL;
  guint64 needed = self->preamble.total_bytes + self->preamble.total_bytes / 2048 + SPARE_BYTES;

  info = g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) ||
      g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) >= needed)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NO_SPACE,
               "the disk has not the %" G_GUINT64_FORMAT " bytes that it needs", needed);
  return FALSE;
}
