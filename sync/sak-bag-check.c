/* sak-bag-check.c - the texts of a bundle's BagIt bag, as they came
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All texts but HOW-TO-VERIFY.txt and the manifest are functions of the preamble. So none
 * of them is parsed: it is written as it must be, and compared.
 */
#include "config.h"

#include "sync/sak-bag-private.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "crypto/sak-minisign.h"

#define HEX_SIZE (2 * SAK_SHA256_SIZE)

static gboolean
fail (GError     **error,
      SakError     code,
      const char  *what)
{
  g_set_error (error, SAK_ERROR, code, "bundle: %s", what);
  return FALSE;
}

static gboolean
equals (GBytes     *bytes,
        const char *expected)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return size == strlen (expected) && memcmp (data, expected, size) == 0;
}

/* From the digest in the signed preamble, over the signature, to each tag file. */
static gboolean
check_signed_tags (const SakPreamble  *preamble,
                   GBytes *const       tags[static SAK_BAG_N_TAGS],
                   GError            **error)
{
  g_autofree char *expected = NULL;
  g_autofree char *comment = NULL;
  guint8 digest[SAK_SHA256_SIZE];
  gsize size, signature_size;
  const void *tag_manifest = g_bytes_get_data (tags[SAK_BAG_TAG_MANIFEST], &size);
  const char *signature = g_bytes_get_data (tags[SAK_BAG_SIGNATURE], &signature_size);

  sak_sha256 (tag_manifest, size, digest);
  if (!sak_equal (digest, preamble->tag_digest, sizeof digest))
    return fail (error, SAK_ERROR_FORGED, "the tag manifest is not the one that was announced");
  if (!sak_minisign_verify (preamble->sender_key, tag_manifest, size, signature, signature_size,
                            &comment) ||
      g_strcmp0 (comment, SAK_BAG_TRUSTED_COMMENT) != 0)
    return fail (error, SAK_ERROR_FORGED, "the tag manifest's signature does not fit");
  expected = sak_bag_write_tag_manifest (tags);
  if (!equals (tags[SAK_BAG_TAG_MANIFEST], expected))
    return fail (error, SAK_ERROR_FORGED, "a tag file is not what the tag manifest says");
  return TRUE;
}

/* The stream that a file is named by, @at of its path. */
static gboolean
parse_stream_id (const char *path,
                 gsize       at,
                 guint8      id[static SAK_STREAM_ID_SIZE])
{
  g_autofree char *digits = g_strndup (path + at, 2 * SAK_STREAM_ID_SIZE);

  return strlen (digits) == 2 * SAK_STREAM_ID_SIZE && sak_hex_decode (digits, id, SAK_STREAM_ID_SIZE);
}

static gboolean
parse_path (const char   *path,
            const guint8  digest[static SAK_SHA256_SIZE],
            gboolean      is_sealed,
            SakBagFile   *ret_file)
{
  guint8 id[SAK_SHA256_SIZE];

  if (g_str_has_prefix (path, "data/media/") &&
      sak_hex_decode (path + strlen ("data/media/"), id, SAK_SHA256_SIZE))
    {
      sak_bag_file_init_media (ret_file, digest);
    }
  else if (g_str_has_prefix (path, "data/stream/") && parse_stream_id (path, strlen ("data/stream/"), id))
    {
      sak_bag_file_init_stream (ret_file, id, is_sealed);
    }
  else if (g_str_has_prefix (path, "data/receipts/") && parse_stream_id (path, strlen ("data/receipts/"), id))
    {
      sak_bag_file_init_receipt (ret_file, id);
    }
  else if (g_str_has_prefix (path, "data/revisions-"))
    {
      guint64 number = g_ascii_strtoull (path + strlen ("data/revisions-"), NULL, 10);

      sak_bag_file_init_revisions (ret_file, (guint) (number % 10000));
    }
  else
    {
      return FALSE;
    }
  memcpy (ret_file->digest, digest, SAK_SHA256_SIZE);
  /* The one spelling there is; for media it also ties the name to the digest. */
  return g_str_equal (ret_file->path, path);
}

static gboolean
parse_line (const char  *line,
            gsize        size,
            gboolean     is_sealed,
            SakBagFile  *ret_file)
{
  g_autofree char *text = NULL;
  guint8 digest[SAK_SHA256_SIZE];

  if (size <= HEX_SIZE + 2 || size >= HEX_SIZE + 2 + SAK_BAG_MAX_PATH ||
      memchr (line, '\0', size) != NULL)
    return FALSE;
  text = g_strndup (line, size);
  if (text[HEX_SIZE] != ' ' || text[HEX_SIZE + 1] != ' ')
    return FALSE;
  text[HEX_SIZE] = '\0';
  return sak_hex_decode (text, digest, sizeof digest) &&
         parse_path (text + HEX_SIZE + 2, digest, is_sealed, ret_file);
}

/* In the manifest's order, or NULL. */
static GArray *
parse_manifest (GBytes   *manifest,
                gboolean  is_sealed)
{
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (SakBagFile));
  gsize left;
  const char *line = g_bytes_get_data (manifest, &left);

  while (left > 0)
    {
      const char *end = memchr (line, '\n', left);
      SakBagFile file;

      if (end == NULL || files->len == SAK_BUNDLE_MAX_FILES ||
          !parse_line (line, (gsize) (end - line), is_sealed, &file))
        return NULL;
      if (files->len > 0 &&
          sak_bag_compare_paths (&g_array_index (files, SakBagFile, files->len - 1), &file) >= 0)
        return NULL;
      g_array_append_val (files, file);
      left -= (gsize) (end + 1 - line);
      line = end + 1;
    }
  return g_steal_pointer (&files);
}

/* Of recipients of this bundle, and only where it says that there are some. */
static gboolean
receipts_are_expected (const SakPreamble *preamble,
                       GArray            *files)
{
  guint n_receipts = 0, n_expected = 0;
  SakBagFile expected;

  for (guint i = 0; i < files->len; i++)
    n_receipts += g_array_index (files, SakBagFile, i).kind == SAK_BAG_RECEIPT;
  for (guint i = 0; i < preamble->n_recipients; i++)
    {
      sak_bag_file_init_receipt (&expected, preamble->recipients[i].stream_id);
      n_expected += g_array_binary_search (files, &expected, sak_bag_compare_for_tar, NULL);
    }
  return n_receipts == n_expected && (n_receipts > 0) == !!preamble->has_receipts;
}

/* One stream for each recipient, and revisions numbered from 1. @files: in the tar's order. */
static gboolean
payload_is_complete (const SakPreamble *preamble,
                     GArray            *files)
{
  guint n_streams = 0, n_revisions = 0;
  SakBagFile expected;

  for (guint i = 0; i < files->len; i++)
    {
      const SakBagFile *file = &g_array_index (files, SakBagFile, i);

      if (file->kind == SAK_BAG_STREAM)
        n_streams++;
      if (file->kind != SAK_BAG_REVISIONS)
        continue;
      sak_bag_file_init_revisions (&expected, ++n_revisions);
      if (!g_str_equal (file->path, expected.path))
        return FALSE;
    }
  if (n_streams != preamble->n_recipients)
    return FALSE;
  for (guint i = 0; i < preamble->n_recipients; i++)
    {
      gboolean found = FALSE;

      sak_bag_file_init_stream (&expected, preamble->recipients[i].stream_id, preamble->n_recipients > 1);
      for (guint j = 0; j < n_streams; j++)
        found |= g_str_equal (g_array_index (files, SakBagFile, j).path, expected.path);
      if (!found)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_derived_texts (const SakPreamble  *preamble,
                     GBytes *const       tags[static SAK_BAG_N_TAGS],
                     guint               n_payload_files,
                     GError            **error)
{
  g_autofree char *bundle = sak_bag_write_bundle (preamble);
  g_autofree char *info = NULL;
  guint64 tag_bytes = 0;

  for (int tag = 0; tag < SAK_BAG_N_TAGS; tag++)
    tag_bytes += g_bytes_get_size (tags[tag]);
  if (tag_bytes > preamble->total_bytes || preamble->n_files != n_payload_files + SAK_BAG_N_TAGS)
    return fail (error, SAK_ERROR_INVALID, "its size or number of files is not what was announced");
  info = sak_bag_write_info (preamble, preamble->total_bytes - tag_bytes, n_payload_files);
  if (!equals (tags[SAK_BAG_DECLARATION], SAK_BAG_DECLARATION_TEXT) ||
      !equals (tags[SAK_BAG_INFO], info) || !equals (tags[SAK_BAG_BUNDLE], bundle))
    return fail (error, SAK_ERROR_INVALID, "a tag file differs from the preamble");
  return TRUE;
}

/**
 * sak_bag_check_tags:
 *
 * FORGED where a digest or the signature does not fit, INVALID where something that was
 * signed is not what it must be.
 */
GArray *
sak_bag_check_tags (const SakPreamble  *preamble,
                    GBytes *const       tags[static SAK_BAG_N_TAGS],
                    GError            **error)
{
  g_autoptr (GArray) files = NULL;

  if (!check_signed_tags (preamble, tags, error))
    return NULL;
  files = parse_manifest (tags[SAK_BAG_MANIFEST], preamble->n_recipients > 1);
  if (files == NULL)
    {
      fail (error, SAK_ERROR_INVALID, "the manifest does not have the form it must have");
      return NULL;
    }
  sak_bag_sort_for_tar (files);
  if (!payload_is_complete (preamble, files) || !receipts_are_expected (preamble, files))
    {
      fail (error, SAK_ERROR_INVALID, "a stream or a file of revisions is missing or too many");
      return NULL;
    }
  if (!check_derived_texts (preamble, tags, files->len, error))
    return NULL;
  return g_steal_pointer (&files);
}
