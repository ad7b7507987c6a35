/* sak-bundle-writer.c - writing a bundle: one pass, constant memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "sync/sak-bundle-content.h"
#include "sync/sak-bundle-private.h"
#include "sync/sak-card.h"
#include "sync/sak-new-file.h"
#include "sync/sak-packer.h"

#define BLOCK_SIZE (256 * 1024)

typedef struct
{
  SakVault *vault;
  SakMeter *meter;
  SakBundleContent *content;
  SakSecret *seed;
  SakPreamble preamble;
  GBytes *tags[SAK_BAG_N_TAGS];
  SakNewFile *file;
  SakAgeWriter *age;
  SakPacker *packer;
  SakRevisionCursor cursor;
  SakSha256 hash;               /* of the member being written */
  guint64 written;
} Writer;

static void
writer_clear (Writer *self)
{
  g_clear_pointer (&self->packer, sak_packer_free);
  g_clear_pointer (&self->age, sak_age_writer_free);
  g_clear_pointer (&self->file, sak_new_file_free);
  for (int tag = 0; tag < SAK_BAG_N_TAGS; tag++)
    g_clear_pointer (&self->tags[tag], g_bytes_unref);
  g_clear_pointer (&self->seed, sak_secret_unref);
  g_clear_pointer (&self->content, sak_bundle_content_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
fill_preamble (Writer               *self,
               const SakExportPlan  *plan,
               GError              **error)
{
  SakPreamble *preamble = &self->preamble;

  self->seed = sak_vault_dup_signing_seed (self->vault);
  if (self->seed == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_LOCKED, "the vault is locked");
      return FALSE;
    }
  sak_sign_get_public (self->seed, preamble->sender_key);
  preamble->has_receipts = self->content->n_receipts > 0;
  preamble->is_practice = sak_vault_is_practice (self->vault);
  preamble->time = g_get_real_time () / G_USEC_PER_SEC;
  if (preamble->time < 0 || preamble->time > SAK_REVISION_MAX_TIME)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                   "the computer's clock is before 1970 or after 9999");
      return FALSE;
    }
  preamble->n_recipients = plan->recipients->len;
  for (guint i = 0; i < preamble->n_recipients; i++)
    sak_outgoing_announce (g_ptr_array_index (self->content->outgoing, i),
                           g_ptr_array_index (plan->recipients, i), &preamble->recipients[i]);
  sak_bag_write_tags (preamble, self->content->files, self->seed, self->tags);
  self->meter->total_bytes = preamble->total_bytes;
  return TRUE;
}

/* The header comes first: the preamble is bound to it. */
static gboolean
begin (Writer      *self,
       const char  *filename,
       GError     **error)
{
  SakAgeRecipient recipients[SAK_AGE_MAX_RECIPIENTS];
  GCancellable *cancellable = self->meter->cancellable;
  g_autoptr (GByteArray) frame = NULL;

  for (guint i = 0; i < self->preamble.n_recipients; i++)
    recipients[i] = self->preamble.recipients[i].recipient;
  self->file = sak_new_file_new (filename, error);
  if (self->file == NULL)
    return FALSE;
  self->age = sak_age_writer_new (sak_new_file_get_stream (self->file), recipients,
                                  self->preamble.n_recipients, cancellable, error);
  if (self->age == NULL)
    return FALSE;
  sak_age_writer_get_binding (self->age, &self->preamble.binding);
  frame = sak_preamble_encode (&self->preamble, self->seed);
  if (!sak_age_writer_write (self->age, frame->data, frame->len, cancellable, error))
    return FALSE;
  self->packer = sak_packer_new (self->age, SAK_PACKER_ZSTD, self->preamble.time, cancellable, error);
  return self->packer != NULL;
}

static gboolean
begin_member (Writer      *self,
              const char  *path,
              guint64      size,
              GError     **error)
{
  g_autofree char *full = g_strconcat (SAK_BAG_FOLDER, path, NULL);

  sak_sha256_init (&self->hash);
  self->written = 0;
  return sak_packer_begin_member (self->packer, full, size, error);
}

static gboolean
set_changed (GError **error)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED,
               "what is stored is not what it was when it was taken in");
  return FALSE;
}

static gboolean
write_piece (const void  *bytes,
             gsize        size,
             gpointer     user_data,
             GError     **error)
{
  Writer *self = user_data;

  if (!sak_meter_add (self->meter, size, error))
    return FALSE;
  sak_sha256_update (&self->hash, bytes, size);
  self->written += size;
  return sak_packer_write (self->packer, bytes, size, error);
}

static gboolean
write_tags (Writer  *self,
            GError **error)
{
  for (int tag = 0; tag < SAK_BAG_N_TAGS; tag++)
    {
      gsize size;
      const void *bytes = g_bytes_get_data (self->tags[tag], &size);

      if (!begin_member (self, sak_bag_tag_get_path (tag), size, error) ||
          !write_piece (bytes, size, self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_stream (Writer            *self,
              const SakBagFile  *file,
              GError           **error)
{
  for (guint i = 0; i < self->content->outgoing->len; i++)
    {
      SakOutgoing *outgoing = g_ptr_array_index (self->content->outgoing, i);
      SakBagFile own;

      sak_bag_file_init_stream (&own, outgoing->stream.id, outgoing->sealed != NULL);
      if (g_str_equal (own.path, file->path))
        return sak_outgoing_write (outgoing, write_piece, self, error);
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
write_receipt (Writer            *self,
               const SakBagFile  *file,
               GError           **error)
{
  for (guint i = 0; i < self->content->outgoing->len; i++)
    {
      SakOutgoing *outgoing = g_ptr_array_index (self->content->outgoing, i);
      SakBagFile own;

      sak_bag_file_init_receipt (&own, outgoing->stream.id);
      if (g_str_equal (own.path, file->path))
        return write_piece (g_bytes_get_data (outgoing->receipt, NULL), g_bytes_get_size (outgoing->receipt), self,
                            error);
    }
  g_return_val_if_reached (FALSE);
}

/* As many lines as were measured for this file. */
static gboolean
write_revisions (Writer            *self,
                 const SakBagFile  *file,
                 GError           **error)
{
  while (self->written < file->size_bytes)
    {
      g_autofree char *line = NULL;

      if (!sak_revision_cursor_next (&self->cursor, &line, error))
        return FALSE;
      if (line == NULL || strlen (line) > file->size_bytes - self->written)
        return set_changed (error);
      if (!write_piece (line, strlen (line), self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_media (Writer            *self,
             const SakBagFile  *file,
             GError           **error)
{
  g_autofree char *name = sak_hex_encode (file->digest, sizeof file->digest);
  g_autoptr (GInputStream) content = sak_vault_open_media (self->vault, name, error);
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);

  if (content == NULL)
    return FALSE;
  while (TRUE)
    {
      GError *read_error = NULL;
      gssize size = g_input_stream_read (content, block, BLOCK_SIZE, self->meter->cancellable,
                                         &read_error);

      if (size < 0)
        {
          sak_propagate_io_error (error, read_error);
          return FALSE;
        }
      if (size == 0)
        return TRUE;
      if ((guint64) size > file->size_bytes - self->written)
        return set_changed (error);
      if (!write_piece (block, (gsize) size, self, error))
        return FALSE;
    }
}

static gboolean
write_payload_file (Writer            *self,
                    const SakBagFile  *file,
                    GError           **error)
{
  guint8 digest[SAK_SHA256_SIZE];
  gboolean written = FALSE;

  if (!begin_member (self, file->path, file->size_bytes, error))
    return FALSE;
  switch (file->kind)
    {
    case SAK_BAG_STREAM:
      written = write_stream (self, file, error);
      break;
    case SAK_BAG_RECEIPT:
      written = write_receipt (self, file, error);
      break;
    case SAK_BAG_REVISIONS:
      written = write_revisions (self, file, error);
      break;
    case SAK_BAG_MEDIA:
      written = write_media (self, file, error);
      break;
    default:
      g_assert_not_reached ();
    }
  if (!written)
    return FALSE;
  sak_sha256_finish (&self->hash, digest);
  /* Rot in the store must not travel under a good signature. */
  if (self->written != file->size_bytes || memcmp (digest, file->digest, sizeof digest) != 0)
    return set_changed (error);
  return TRUE;
}

/* The lists advance while the file is complete but has no name yet: a crash in between
 * leaves a bundle that nobody can send, which is the same as one that was lost. The other
 * way round, a bundle could be sent of which the list knows nothing: a fork.
 */
static gboolean
finish (Writer      *self,
        GError     **error)
{
  GPtrArray *outgoing = self->content->outgoing;

  if (!sak_packer_finish (self->packer, error) ||
      !sak_age_writer_finish (self->age, self->meter->cancellable, error) ||
      !sak_new_file_sync (self->file, error) ||
      g_cancellable_set_error_if_cancelled (self->meter->cancellable, error))
    return FALSE;
  for (guint i = 0; i < outgoing->len; i++)
    {
      SakOutgoing *sent = g_ptr_array_index (outgoing, i);

      if (!sak_vault_commit_sent (self->vault, sent->stream.id, sent->stream.sequence + 1,
                                  sent->new_entries, error))
        return FALSE;
    }
  return sak_new_file_publish (self->file, error);
}

static SakBundleReport *
report (Writer *self)
{
  SakBundleReport *report = sak_bundle_report_new (&self->preamble, NULL);

  report->is_verified = TRUE;
  report->sequence = self->preamble.recipients[0].sequence;
  report->n_revisions = self->content->n_revisions;
  report->n_media = self->content->n_media;
  report->n_withheld_fields = self->content->n_withheld_fields;
  report->sender_name = g_strdup (sak_vault_get_name (self->vault));
  report->sender_code = sak_card_get_own_code (self->vault, NULL);
  return report;
}

gboolean
sak_bundle_write (SakVault             *vault,
                  const SakExportPlan  *plan,
                  const char           *filename,
                  SakMeter             *meter,
                  SakBundleReport     **ret_report,
                  GError              **error)
{
  g_auto (Writer) self = { .vault = vault, .meter = meter };

  if (g_file_test (filename, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "%s: it is there already", filename);
      return FALSE;
    }
  self.content = sak_bundle_content_new (vault, plan, meter->cancellable, error);
  if (self.content == NULL)
    return FALSE;
  self.cursor.content = self.content;
  if (!fill_preamble (&self, plan, error) || !begin (&self, filename, error) ||
      !write_tags (&self, error))
    return FALSE;
  for (guint i = 0; i < self.content->files->len; i++)
    if (!write_payload_file (&self, &g_array_index (self.content->files, SakBagFile, i), error))
      return FALSE;
  if (!finish (&self, error))
    return FALSE;
  sak_meter_finish (meter);
  *ret_report = report (&self);
  return TRUE;
}
