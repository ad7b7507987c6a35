/* sak-test-bundle.c - bundles made by hand, right in all but what a test makes wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/headless/sak-test-bundle.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "crypto/sak-minisign.h"
#include "storage/model/sak-uuid.h"
#include "sync/sak-bag-private.h"
#include "sync/sak-bundle-stream.h"
#include "sync/sak-packer.h"

static const char photo[] = "not really a photo";

static char *
hash_text (const void *bytes,
           gsize       size)
{
  guint8 digest[SAK_SHA256_SIZE];

  sak_sha256 (bytes, size, digest);
  return sak_hex_encode (digest, sizeof digest);
}

void
hand_bundle_add_entry (HandBundle *self,
                       const char *kind,
                       const char *id)
{
  static const guint8 zeros[SAK_SHA256_SIZE];
  const SakStreamEntry *last = NULL;

  if (self->entries->len > 0)
    last = g_ptr_array_index (self->entries, self->entries->len - 1);
  g_ptr_array_add (self->entries, sak_stream_entry_new (self->entries->len + 1, kind, id,
                                                        last != NULL ? last->chain : zeros));
}

void
hand_bundle_add_revision (HandBundle  *self,
                          const char  *record_id,
                          const char  *kind,
                          const char  *parent,
                          json_t      *fields)
{
  const char *const parents[] = { parent, NULL };
  SakRevisionContent content = { .record_id = record_id, .kind = kind, .form = kind,
                                 .form_version = 1, .parents = parents, .reason = "",
                                 .time = self->preamble.time, .fields = fields };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) revision = sak_revision_new (&content, self->seed, &error);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  line = sak_revision_to_line (revision, NULL);
  g_string_append_printf (self->revisions, "%s\n", line);
  hand_bundle_add_entry (self, "revision", sak_revision_get_id (revision));
}

void
hand_bundle_add_event (HandBundle *self,
                       const char *title,
                       const char *media_sha256)
{
  guint8 random[2 * SAK_UUID_SIZE];
  g_autofree char *record_id = NULL;
  g_autofree char *media_id = NULL;
  g_autofree char *media_path = NULL;
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", title);

  sak_random_bytes (random, sizeof random);
  record_id = sak_uuid_from_bytes (random);
  media_id = sak_uuid_from_bytes (random + SAK_UUID_SIZE);
  media_path = g_strconcat ("media/", media_id, NULL);
  if (media_sha256 != NULL)
    json_object_set_new (fields, media_path,
                         json_pack ("{s:s, s:i, s:s, s:s}", "sha256", media_sha256, "size",
                                    (int) sizeof photo, "type", "image/jpeg", "name", "a.jpg"));
  hand_bundle_add_revision (self, record_id, "event", NULL, fields);
}

void
hand_bundle_init (HandBundle *self,
                  SakVault   *from,
                  SakVault   *to)
{
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (to);
  g_autofree char *photo_hash = hash_text (photo, sizeof photo);

  memset (self, 0, sizeof *self);
  self->seed = sak_vault_dup_signing_seed (from);
  sak_x25519_get_public (identity, self->recipient.bytes);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_stream_entry_free);
  self->revisions = g_string_new (NULL);
  self->media = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->files = g_array_new (FALSE, FALSE, sizeof (SakBagFile));
  self->contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->member_paths = g_ptr_array_new_with_free_func (g_free);
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->preamble.is_practice = sak_vault_is_practice (from);
  self->preamble.time = 1700000000;
  self->preamble.n_recipients = 1;
  self->preamble.recipients[0].recipient = self->recipient;
  self->preamble.recipients[0].sequence = 1;
  sak_sign_get_public (self->seed, self->preamble.sender_key);
  sak_random_bytes (self->preamble.recipients[0].stream_id, SAK_STREAM_ID_SIZE);
  hand_bundle_add_event (self, "Made by hand", photo_hash);
  hand_bundle_add_entry (self, "media", photo_hash);
  g_ptr_array_add (self->media, g_bytes_new_static (photo, sizeof photo));
}

void
hand_bundle_clear (HandBundle *self)
{
  sak_secret_unref (self->seed);
  g_ptr_array_unref (self->entries);
  g_string_free (self->revisions, TRUE);
  g_ptr_array_unref (self->media);
  g_clear_pointer (&self->receipt, g_bytes_unref);
  g_array_unref (self->files);
  g_ptr_array_unref (self->contents);
  g_ptr_array_unref (self->member_paths);
  g_ptr_array_unref (self->members);
  for (int tag = 0; tag < SAK_BAG_N_TAGS; tag++)
    g_clear_pointer (&self->tags[tag], g_bytes_unref);
}

static void
add_file (HandBundle *self,
          SakBagFile *file,
          GBytes     *content)
{
  gsize size;
  const void *bytes = g_bytes_get_data (content, &size);

  sak_sha256 (bytes, size, file->digest);
  file->size_bytes = size;
  g_array_append_val (self->files, *file);
  g_ptr_array_add (self->contents, g_bytes_ref (content));
}

/* Streams, revisions, media: in the tar's order already, with one of each or so. */
static void
make_files (HandBundle *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GBytes) stream = NULL;
  g_autoptr (GBytes) revisions = g_bytes_new (self->revisions->str, self->revisions->len);
  SakBagFile file;

  for (guint i = 0; i < self->entries->len; i++)
    {
      g_autofree char *line = sak_stream_entry_to_line (g_ptr_array_index (self->entries, i));

      g_string_append (lines, line);
    }
  stream = g_bytes_new (lines->str, lines->len);
  sak_bag_file_init_stream (&file, self->preamble.recipients[0].stream_id, FALSE);
  add_file (self, &file, stream);
  if (self->receipt != NULL)
    {
      sak_bag_file_init_receipt (&file, self->receipt_stream);
      add_file (self, &file, self->receipt);
    }
  sak_bag_file_init_revisions (&file, 1);
  add_file (self, &file, revisions);
  for (guint i = 0; i < self->media->len; i++)
    {
      GBytes *content = g_ptr_array_index (self->media, i);
      gsize size;
      const void *bytes = g_bytes_get_data (content, &size);
      guint8 digest[SAK_SHA256_SIZE];

      sak_sha256 (bytes, size, digest);
      sak_bag_file_init_media (&file, digest);
      add_file (self, &file, content);
    }
}

static void
announce_entries (HandBundle *self)
{
  SakPreambleRecipient *announced = &self->preamble.recipients[0];
  const SakStreamEntry *last = g_ptr_array_index (self->entries, self->entries->len - 1);

  announced->new_count = self->entries->len;
  memcpy (announced->new_head, last->chain, sizeof announced->new_head);
}

void
hand_bundle_set_tag (HandBundle *self,
                     SakBagTag   tag,
                     const char *text)
{
  self->preamble.total_bytes -= g_bytes_get_size (self->tags[tag]);
  self->preamble.total_bytes += strlen (text);
  self->preamble.largest_bytes = MAX (self->preamble.largest_bytes, strlen (text));
  g_bytes_unref (self->tags[tag]);
  self->tags[tag] = g_bytes_new (text, strlen (text));
}

void
hand_bundle_sign_tags (HandBundle *self)
{
  g_autofree char *manifest = sak_bag_write_tag_manifest (self->tags);
  g_autofree char *signature = sak_minisign_sign (self->seed, manifest, strlen (manifest),
                                                  SAK_BAG_TRUSTED_COMMENT);

  hand_bundle_set_tag (self, SAK_BAG_TAG_MANIFEST, manifest);
  hand_bundle_set_tag (self, SAK_BAG_SIGNATURE, signature);
  sak_sha256 (manifest, strlen (manifest), self->preamble.tag_digest);
}

static void
make_members (HandBundle *self)
{
  for (int tag = 0; tag < SAK_BAG_N_TAGS; tag++)
    {
      g_ptr_array_add (self->member_paths, g_strconcat ("bag/", sak_bag_tag_get_path (tag), NULL));
      g_ptr_array_add (self->members, g_bytes_ref (self->tags[tag]));
    }
  for (guint i = 0; i < self->files->len; i++)
    {
      const SakBagFile *file = &g_array_index (self->files, SakBagFile, i);

      g_ptr_array_add (self->member_paths, g_strconcat ("bag/", file->path, NULL));
      g_ptr_array_add (self->members, g_bytes_ref (g_ptr_array_index (self->contents, i)));
    }
}

static void
spoil (HandBundle *self,
       SpoilFunc   func)
{
  if (func != NULL)
    func (self);
}

static void
pack_members (HandBundle   *self,
              SakAgeWriter *age)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPacker) packer = sak_packer_new (age, SAK_PACKER_ZSTD, self->preamble.time, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < self->members->len; i++)
    {
      gsize size;
      const void *bytes = g_bytes_get_data (g_ptr_array_index (self->members, i), &size);

      g_assert_true (sak_packer_begin_member (packer, g_ptr_array_index (self->member_paths, i),
                                              size, &error));
      g_assert_true (sak_packer_write (packer, bytes, size, &error));
    }
  g_assert_true (sak_packer_finish (packer, &error));
}

void
hand_bundle_write (HandBundle *self,
                   const char *filename)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (filename);
  g_autoptr (GFileOutputStream) sink = NULL;
  g_autoptr (SakAgeWriter) age = NULL;
  g_autoptr (GByteArray) frame = NULL;

  announce_entries (self);
  spoil (self, self->spoil_content);
  make_files (self);
  sak_bag_write_tags (&self->preamble, self->files, self->seed, self->tags);
  if (self->spoil_tags != NULL)
    {
      self->spoil_tags (self);
      hand_bundle_sign_tags (self);
    }
  make_members (self);
  sink = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  g_assert_no_error (error);
  age = sak_age_writer_new (G_OUTPUT_STREAM (sink), &self->recipient, 1, NULL, &error);
  g_assert_no_error (error);
  sak_age_writer_get_binding (age, &self->preamble.binding);
  spoil (self, self->spoil_preamble);
  spoil (self, self->spoil_members);
  frame = sak_preamble_encode (&self->preamble, self->seed);
  g_assert_true (sak_age_writer_write (age, frame->data, frame->len, NULL, &error));
  pack_members (self, age);
  g_assert_true (sak_age_writer_finish (age, NULL, &error));
  g_assert_true (g_output_stream_close (G_OUTPUT_STREAM (sink), NULL, &error));
}
