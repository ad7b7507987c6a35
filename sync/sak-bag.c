/* sak-bag.c - the texts of a bundle's BagIt bag, as they are written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-bag-private.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "crypto/sak-minisign.h"
#include "storage/model/sak-json.h"

static const struct
{
  const char *path;
  gsize limit;
} tag_files[SAK_BAG_N_TAGS] = {
  [SAK_BAG_DECLARATION] = { "bagit.txt", 256 },
  [SAK_BAG_INFO] = { "bag-info.txt", 4096 },
  [SAK_BAG_MANIFEST] = { "manifest-sha256.txt", SAK_BAG_MAX_MANIFEST },
  [SAK_BAG_TAG_MANIFEST] = { "tagmanifest-sha256.txt", 4096 },
  [SAK_BAG_SIGNATURE] = { "tagmanifest-sha256.txt.minisig", 4096 },
  [SAK_BAG_HOW_TO] = { "HOW-TO-VERIFY.txt", 65536 },
  [SAK_BAG_BUNDLE] = { "sakkhi/bundle.json", 65536 },
};

/* What the tag manifest lists, sorted as bytes. */
static const SakBagTag listed_tags[] = {
  SAK_BAG_HOW_TO, SAK_BAG_INFO, SAK_BAG_DECLARATION, SAK_BAG_MANIFEST, SAK_BAG_BUNDLE,
};

static const char how_to[] =
  "How to open and verify this bundle without Sakkhi\n"
  "==================================================\n"
  "\n"
  "You need the programs age, zstd, tar, minisign and sha256sum, and the file with the\n"
  "age identity of the person to whom the bundle was sent (here: identity.txt).\n"
  "\n"
  "1. Open it. This makes a folder named \"bag\":\n"
  "\n"
  "     age -d -i identity.txt BUNDLE | zstd -d | tar x\n"
  "     cd bag\n"
  "\n"
  "2. Was it made by the person whose key this is, and was the list of files not changed?\n"
  "\n"
  "     minisign -Vm tagmanifest-sha256.txt -P %s\n"
  "\n"
  "   The key above came with the bundle, so it proves nothing by itself: compare it with\n"
  "   the key that the sender gave you in person, by telephone, or on a contact card.\n"
  "\n"
  "3. Is every file as it was when it was signed?\n"
  "\n"
  "     sha256sum -c tagmanifest-sha256.txt\n"
  "     sha256sum -c manifest-sha256.txt\n"
  "\n"
  "The folder is a BagIt bag (RFC 8493). data/media has photos, recordings and papers, named\n"
  "by the SHA-256 of their content. data/revisions-NNNN.jsonl has the records, one signed\n"
  "version in each line (JSON); where a field was held back, its digest stands in its place.\n"
  "data/stream and sakkhi/bundle.json say which bundle of the sender this is. data/receipts, if\n"
  "it is there, confirms what came the other way: a receipt opens like the bundle, by age.\n"
  "\n"
  "The files in this folder are not encrypted any more. Delete them when you are done.\n";

const char *
sak_bag_tag_get_path (SakBagTag tag)
{
  return tag_files[tag].path;
}

gsize
sak_bag_tag_get_limit (SakBagTag tag)
{
  return tag_files[tag].limit;
}

void
sak_bag_file_init_stream (SakBagFile   *self,
                          const guint8  stream_id[static SAK_STREAM_ID_SIZE],
                          gboolean      is_sealed)
{
  g_autofree char *id = sak_hex_encode (stream_id, SAK_STREAM_ID_SIZE);

  memset (self, 0, sizeof *self);
  self->kind = SAK_BAG_STREAM;
  g_snprintf (self->path, sizeof self->path, "data/stream/%s.jsonl%s", id, is_sealed ? ".age" : "");
}

void
sak_bag_file_init_receipt (SakBagFile   *self,
                           const guint8  stream_id[static SAK_STREAM_ID_SIZE])
{
  g_autofree char *id = sak_hex_encode (stream_id, SAK_STREAM_ID_SIZE);

  memset (self, 0, sizeof *self);
  self->kind = SAK_BAG_RECEIPT;
  g_snprintf (self->path, sizeof self->path, "data/receipts/%s.age", id);
}

void
sak_bag_file_init_revisions (SakBagFile *self,
                             guint       number)
{
  memset (self, 0, sizeof *self);
  self->kind = SAK_BAG_REVISIONS;
  g_snprintf (self->path, sizeof self->path, "data/revisions-%04u.jsonl", number);
}

void
sak_bag_file_init_media (SakBagFile   *self,
                         const guint8  digest[static SAK_SHA256_SIZE])
{
  g_autofree char *name = sak_hex_encode (digest, SAK_SHA256_SIZE);

  memset (self, 0, sizeof *self);
  self->kind = SAK_BAG_MEDIA;
  memcpy (self->digest, digest, SAK_SHA256_SIZE);
  g_snprintf (self->path, sizeof self->path, "data/media/%s", name);
}

gint
sak_bag_compare_paths (gconstpointer a,
                       gconstpointer b)
{
  return strcmp (((const SakBagFile *) a)->path, ((const SakBagFile *) b)->path);
}

gint
sak_bag_compare_for_tar (gconstpointer a,
                         gconstpointer b)
{
  const SakBagFile *file_a = a, *file_b = b;

  if (file_a->kind != file_b->kind)
    return file_a->kind < file_b->kind ? -1 : 1;
  return sak_bag_compare_paths (a, b);
}

void
sak_bag_sort_for_tar (GArray *files)
{
  g_array_sort (files, sak_bag_compare_for_tar);
}

static void
append_line (GString      *text,
             const guint8 *digest,
             const char   *path)
{
  g_autofree char *hex = sak_hex_encode (digest, SAK_SHA256_SIZE);

  g_string_append_printf (text, "%s  %s\n", hex, path);
}

/* Leaves @files in the manifest's order. */
static char *
write_manifest (GArray *files)
{
  GString *text = g_string_sized_new (files->len * 144 + 1);

  g_array_sort (files, sak_bag_compare_paths);
  for (guint i = 0; i < files->len; i++)
    {
      const SakBagFile *file = &g_array_index (files, SakBagFile, i);

      append_line (text, file->digest, file->path);
    }
  return g_string_free (text, FALSE);
}

char *
sak_bag_write_info (const SakPreamble *preamble,
                    guint64            payload_bytes,
                    guint              n_payload_files)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (preamble->time);
  g_autofree char *day = g_date_time_format (time, "%Y-%m-%d");

  return g_strdup_printf ("Bag-Software-Agent: Sakkhi\n"
                          "Bagging-Date: %s\n"
                          "Payload-Oxum: %" G_GUINT64_FORMAT ".%u\n",
                          day, payload_bytes, n_payload_files);
}

static json_t *
describe_recipient (const SakPreambleRecipient *recipient)
{
  g_autofree char *key = sak_age_recipient_to_text (&recipient->recipient);
  g_autofree char *stream = sak_hex_encode (recipient->stream_id, SAK_STREAM_ID_SIZE);
  g_autofree char *base_head = sak_hex_encode (recipient->base_head, SAK_SHA256_SIZE);
  g_autofree char *new_head = sak_hex_encode (recipient->new_head, SAK_SHA256_SIZE);

  return json_pack ("{s:s, s:s, s:I, s:I, s:s, s:I, s:s}",
                    "recipient", key, "stream", stream,
                    "sequence", (json_int_t) recipient->sequence,
                    "base_count", (json_int_t) recipient->base_count, "base_head", base_head,
                    "new_count", (json_int_t) recipient->new_count, "new_head", new_head);
}

char *
sak_bag_write_bundle (const SakPreamble *preamble)
{
  g_autofree char *sender = sak_hex_encode (preamble->sender_key, SAK_SIGN_PUBLIC_SIZE);
  g_autoptr (json_t) bundle = NULL;
  g_autofree char *text = NULL;
  json_t *recipients = json_array ();

  for (guint i = 0; i < preamble->n_recipients; i++)
    json_array_append_new (recipients, describe_recipient (&preamble->recipients[i]));
  bundle = json_pack ("{s:s, s:i, s:b, s:s, s:I, s:o}",
                      "type", "sakkhi-bundle", "v", preamble->has_receipts ? 2 : 1, "practice", preamble->is_practice,
                      "sender", sender, "time", (json_int_t) preamble->time,
                      "recipients", recipients);
  text = sak_json_to_canonical (bundle);
  return g_strconcat (text, "\n", NULL);
}

static char *
write_how_to (const SakPreamble *preamble)
{
  g_autofree char *key = sak_minisign_public_key_to_text (preamble->sender_key);

  return g_strdup_printf (how_to, key);
}

char *
sak_bag_write_tag_manifest (GBytes *const tags[static SAK_BAG_N_TAGS])
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (listed_tags); i++)
    {
      SakBagTag tag = listed_tags[i];
      guint8 digest[SAK_SHA256_SIZE];
      gsize size;
      const void *bytes = g_bytes_get_data (tags[tag], &size);

      sak_sha256 (bytes, size, digest);
      append_line (text, digest, tag_files[tag].path);
    }
  return g_string_free (text, FALSE);
}

static GBytes *
take_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

static void
sum_up (SakPreamble  *preamble,
        GArray       *files,
        GBytes *const tags[static SAK_BAG_N_TAGS],
        guint64       payload_bytes)
{
  preamble->n_files = SAK_BAG_N_TAGS + files->len;
  preamble->total_bytes = payload_bytes;
  preamble->largest_bytes = 0;
  for (int tag = 0; tag < SAK_BAG_N_TAGS; tag++)
    {
      preamble->total_bytes += g_bytes_get_size (tags[tag]);
      preamble->largest_bytes = MAX (preamble->largest_bytes, g_bytes_get_size (tags[tag]));
    }
  for (guint i = 0; i < files->len; i++)
    preamble->largest_bytes = MAX (preamble->largest_bytes,
                                   g_array_index (files, SakBagFile, i).size_bytes);
}

/* Leaves @files in the tar's order. */
void
sak_bag_write_tags (SakPreamble *preamble,
                    GArray      *files,
                    SakSecret   *seed,
                    GBytes      *ret_tags[static SAK_BAG_N_TAGS])
{
  guint64 payload_bytes = 0;
  gsize size;
  const char *tag_manifest;

  for (guint i = 0; i < files->len; i++)
    payload_bytes += g_array_index (files, SakBagFile, i).size_bytes;
  ret_tags[SAK_BAG_DECLARATION] = take_text (g_strdup (SAK_BAG_DECLARATION_TEXT));
  ret_tags[SAK_BAG_INFO] = take_text (sak_bag_write_info (preamble, payload_bytes, files->len));
  ret_tags[SAK_BAG_MANIFEST] = take_text (write_manifest (files));
  ret_tags[SAK_BAG_HOW_TO] = take_text (write_how_to (preamble));
  ret_tags[SAK_BAG_BUNDLE] = take_text (sak_bag_write_bundle (preamble));
  ret_tags[SAK_BAG_TAG_MANIFEST] = take_text (sak_bag_write_tag_manifest (ret_tags));
  tag_manifest = g_bytes_get_data (ret_tags[SAK_BAG_TAG_MANIFEST], &size);
  sak_sha256 (tag_manifest, size, preamble->tag_digest);
  ret_tags[SAK_BAG_SIGNATURE] = take_text (sak_minisign_sign (seed, tag_manifest, size,
                                                              SAK_BAG_TRUSTED_COMMENT));
  sum_up (preamble, files, ret_tags, payload_bytes);
  sak_bag_sort_for_tar (files);
}

/* @files: in the tar's order, where media come last, by digest. */
SakBagFile *
sak_bag_find_media (GArray       *files,
                    const guint8  digest[static SAK_SHA256_SIZE])
{
  SakBagFile wanted;
  guint index;

  sak_bag_file_init_media (&wanted, digest);
  if (!g_array_binary_search (files, &wanted, sak_bag_compare_for_tar, &index))
    return NULL;
  return &g_array_index (files, SakBagFile, index);
}
