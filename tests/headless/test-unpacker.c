/* test-unpacker.c - tars and frames as a hostile sender might make them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each case is a whole age file, well made: what is wrong is inside, where only somebody
 * who knows the file key can put it.
 */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <zstd.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-sign.h"
#include "sync/sak-packer.h"
#include "sync/sak-tar-gate.h"
#include "sync/sak-unpacker.h"

#define TAR_CAPACITY (256 * 1024)

static SakSecret *identity;
static SakAgeRecipient recipient;

/* What the reader expects: two members, "bag/one" with "first" and "bag/two" with "second". */
static const char *const paths[] = { "bag/one", "bag/two" };
static const char *const contents[] = { "first", "second" };

typedef struct
{
  const char *path;
  const char *content;
  unsigned int type;            /* AE_IFREG if 0 */
  const char *hardlink;
  const char *symlink;
  gboolean is_sparse;
  gboolean has_attribute;
} Member;

static void
add_member (struct archive *archive,
            const Member   *member)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize size = member->content != NULL ? strlen (member->content) : 0;

  archive_entry_set_pathname (entry, member->path);
  archive_entry_set_filetype (entry, member->type != 0 ? member->type : AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) size);
  if (member->hardlink != NULL)
    archive_entry_set_hardlink (entry, member->hardlink);
  if (member->symlink != NULL)
    archive_entry_set_symlink (entry, member->symlink);
  if (member->has_attribute)
    archive_entry_xattr_add_entry (entry, "user.evil", "x", 1);
  if (member->is_sparse)
    {
      archive_entry_set_size (entry, 900);
      archive_entry_sparse_add_entry (entry, 890, 10);
    }
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  if (size > 0 && !member->is_sparse)
    g_assert_cmpint ((int) archive_write_data (archive, member->content, size), ==, (int) size);
  archive_entry_free (entry);
}

static GByteArray *
make_tar (const Member *members,
          guint         n_members)
{
  struct archive *archive = archive_write_new ();
  GByteArray *tar = g_byte_array_new ();
  size_t used = 0;

  g_byte_array_set_size (tar, TAR_CAPACITY);
  archive_write_set_format_pax (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  archive_write_open_memory (archive, tar->data, tar->len, &used);
  for (guint i = 0; i < n_members; i++)
    add_member (archive, &members[i]);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  g_byte_array_set_size (tar, (guint) used);
  return tar;
}

static GByteArray *
make_good_tar (void)
{
  const Member members[] = { { paths[0], contents[0] }, { paths[1], contents[1] } };

  return make_tar (members, G_N_ELEMENTS (members));
}

static GByteArray *
compress (GByteArray *tar)
{
  ZSTD_CCtx *zstd = ZSTD_createCCtx ();
  GByteArray *frame = g_byte_array_new ();

  g_byte_array_set_size (frame, (guint) ZSTD_compressBound (tar->len));
  ZSTD_CCtx_setParameter (zstd, ZSTD_c_checksumFlag, 1);
  g_byte_array_set_size (frame, (guint) ZSTD_compress2 (zstd, frame->data, frame->len, tar->data,
                                                        tar->len));
  ZSTD_freeCCtx (zstd);
  return frame;
}

static GBytes *
seal (const GByteArray *payload)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (SakAgeWriter) age = sak_age_writer_new (sink, &recipient, 1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (sak_age_writer_write (age, payload->data, payload->len, NULL, &error));
  g_assert_true (sak_age_writer_finish (age, NULL, &error));
  g_assert_true (g_output_stream_close (sink, NULL, &error));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
}

static gboolean
read_member (SakUnpacker  *unpacker,
             guint         index,
             GError      **error)
{
  g_autoptr (GString) content = g_string_new (NULL);
  const void *bytes;
  guint64 size;
  gsize got;

  if (!sak_unpacker_next (unpacker, paths[index], 1000, &size, error))
    return FALSE;
  do
    {
      if (!sak_unpacker_read (unpacker, &bytes, &got, error))
        return FALSE;
      g_string_append_len (content, bytes, (gssize) got);
    }
  while (got > 0);
  g_assert_cmpstr (content->str, ==, contents[index]);
  g_assert_cmpuint (size, ==, content->len);
  return TRUE;
}

/* Returns: whether all of it was as expected, to the end. */
static gboolean
unpack (GBytes   *file,
        guint64   budget,
        GError  **error)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (SakAgeReader) age = sak_age_reader_new (source, &identity, 1, NULL, error);
  g_autoptr (SakUnpacker) unpacker = NULL;

  g_assert_nonnull (age);
  unpacker = sak_unpacker_new (age, SAK_UNPACKER_ZSTD, budget, NULL);
  return read_member (unpacker, 0, error) && read_member (unpacker, 1, error) &&
         sak_unpacker_finish (unpacker, error);
}

static void
assert_payload_refused (GByteArray *payload,
                        SakError    code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = seal (payload);

  g_assert_false (unpack (file, 64 * 1024, &error));
  g_assert_error (error, SAK_ERROR, (int) code);
}

static void
assert_tar_refused (const Member *members,
                    guint         n_members,
                    SakError      code)
{
  g_autoptr (GByteArray) tar = make_tar (members, n_members);
  g_autoptr (GByteArray) frame = compress (tar);

  assert_payload_refused (frame, code);
}

static void
what_the_packer_packs_is_unpacked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (SakAgeWriter) age = sak_age_writer_new (sink, &recipient, 1, NULL, &error);
  g_autoptr (SakPacker) packer = sak_packer_new (age, SAK_PACKER_ZSTD, 1700000000, NULL, &error);
  g_autoptr (GBytes) file = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_true (sak_packer_begin_member (packer, paths[i], strlen (contents[i]), &error));
      g_assert_true (sak_packer_write (packer, contents[i], strlen (contents[i]), &error));
    }
  g_assert_true (sak_packer_finish (packer, &error));
  g_assert_true (sak_age_writer_finish (age, NULL, &error));
  g_assert_true (g_output_stream_close (sink, NULL, &error));
  file = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
  g_assert_true (unpack (file, 3 * 2048, &error));
  g_assert_no_error (error);
}

static void
a_tar_of_another_maker_is_unpacked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) tar = make_good_tar ();
  g_autoptr (GByteArray) frame = compress (tar);
  g_autoptr (GBytes) file = seal (frame);

  g_assert_true (unpack (file, 64 * 1024, &error));
  g_assert_no_error (error);
}

static void
members_that_do_not_belong_are_refused (void)
{
  const Member extra[] = {
    { paths[0], contents[0] }, { paths[1], contents[1] }, { "bag/three", "3" },
  };
  const Member swapped[] = { { paths[1], contents[1] }, { paths[0], contents[0] } };
  const Member twice[] = {
    { paths[0], contents[0] }, { paths[0], contents[0] }, { paths[1], contents[1] },
  };
  const Member upwards[] = { { "../bag/one", contents[0] }, { paths[1], contents[1] } };
  const Member absolute[] = { { "/bag/one", contents[0] }, { paths[1], contents[1] } };
  const Member dotted[] = { { "./bag/one", contents[0] }, { paths[1], contents[1] } };
  const Member missing[] = { { paths[0], contents[0] } };
  const Member folder_first[] = {
    { "bag/", NULL, AE_IFDIR }, { paths[0], contents[0] }, { paths[1], contents[1] },
  };

  assert_tar_refused (extra, G_N_ELEMENTS (extra), SAK_ERROR_INVALID);
  assert_tar_refused (swapped, G_N_ELEMENTS (swapped), SAK_ERROR_INVALID);
  assert_tar_refused (twice, G_N_ELEMENTS (twice), SAK_ERROR_INVALID);
  assert_tar_refused (upwards, G_N_ELEMENTS (upwards), SAK_ERROR_INVALID);
  assert_tar_refused (absolute, G_N_ELEMENTS (absolute), SAK_ERROR_INVALID);
  assert_tar_refused (dotted, G_N_ELEMENTS (dotted), SAK_ERROR_INVALID);
  assert_tar_refused (missing, G_N_ELEMENTS (missing), SAK_ERROR_INVALID);
  assert_tar_refused (folder_first, G_N_ELEMENTS (folder_first), SAK_ERROR_INVALID);
}

static void
what_is_no_plain_file_is_refused (void)
{
  const Member odd[] = {
    { "bag/one", NULL, AE_IFLNK, NULL, "/etc/passwd" },
    { "bag/one", NULL, AE_IFREG, "/etc/passwd" },
    { "bag/one", NULL, AE_IFDIR },
    { "bag/one", NULL, AE_IFIFO },
    { "bag/one", NULL, AE_IFCHR },
    { "bag/one", NULL, AE_IFREG, NULL, NULL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      const Member members[] = { odd[i], { paths[1], contents[1] } };
      g_autoptr (GByteArray) tar = make_tar (members, G_N_ELEMENTS (members));
      g_autoptr (GByteArray) frame = compress (tar);
      g_autoptr (GBytes) file = seal (frame);
      g_autoptr (GError) error = NULL;

      g_assert_false (unpack (file, 64 * 1024, &error));
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
    }
}

static void
set_type (guint8 *header,
          guint8  type)
{
  guint sum = 0;

  header[156] = type;
  memset (header + 148, ' ', 8);
  for (int i = 0; i < 512; i++)
    sum += header[i];
  g_snprintf ((char *) header + 148, 8, "%06o", sum);
}

/* Links, devices, folders, pipes, and headers about headers, with a file's
 * content in place. What is no known type, POSIX says, is a plain file.
 */
static void
each_other_type_of_member_is_refused (void)
{
  for (const char *type = "123456xgLKV"; *type != '\0'; type++)
    {
      g_autoptr (GByteArray) tar = make_good_tar ();
      g_autoptr (GByteArray) frame = NULL;

      memcpy (tar->data + 157, "/etc/passwd", 12);
      set_type (tar->data, (guint8) *type);
      frame = compress (tar);
      assert_payload_refused (frame, SAK_ERROR_INVALID);
    }
}

static void
extended_attributes_are_refused (void)
{
  const Member members[] = {
    { paths[0], contents[0], .has_attribute = TRUE }, { paths[1], contents[1] },
  };

  assert_tar_refused (members, G_N_ELEMENTS (members), SAK_ERROR_INVALID);
}

static void
a_member_over_its_limit_is_refused (void)
{
  g_autofree char *long_text = g_strnfill (1001, 'x');
  const Member members[] = { { paths[0], long_text }, { paths[1], contents[1] } };

  assert_tar_refused (members, G_N_ELEMENTS (members), SAK_ERROR_TOO_LARGE);
}

/* Zeros after the tar's end are padding; anything else is a place to hide things. */
static void
only_zeros_may_follow_the_tar (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) tar = make_good_tar ();
  g_autoptr (GByteArray) padded = NULL;
  g_autoptr (GByteArray) hiding = NULL;
  g_autoptr (GBytes) file = NULL;
  guint size = tar->len;

  g_byte_array_set_size (tar, size + 9216);
  memset (tar->data + size, 0, 9216);
  padded = compress (tar);
  file = seal (padded);
  g_assert_true (unpack (file, 64 * 1024, &error));
  g_assert_no_error (error);
  tar->data[size + 9215] = 1;
  hiding = compress (tar);
  assert_payload_refused (hiding, SAK_ERROR_INVALID);
}

/* Two blocks of zeros, and no part of one. */
static void
the_tar_ends_as_it_must (void)
{
  static const guint lengths[] = { 0, 1, 512, 1023, 1025, 1124 };
  g_autoptr (GByteArray) tar = make_good_tar ();
  guint end = tar->len;

  while (tar->data[end - 1] == 0)
    end--;
  end = (end + 511) / 512 * 512;
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) frame = NULL;

      g_byte_array_set_size (tar, end + lengths[i]);
      memset (tar->data + end, 0, lengths[i]);
      frame = compress (tar);
      assert_payload_refused (frame, SAK_ERROR_INVALID);
    }
}

static void
assert_tar_bytes_refused (const GByteArray *tar)
{
  g_autoptr (GByteArray) frame = compress ((GByteArray *) tar);

  assert_payload_refused (frame, SAK_ERROR_INVALID);
}

/* Nothing stands in a header that we would not have written, though its checksum fits. */
static void
headers_say_no_more_than_they_must (void)
{
  static const struct { gsize at; const char *bytes; gsize size; } edits[] = {
    { 100, "0000755", 8 }, { 100, "0004644", 8 }, { 100, "000064x", 8 }, { 108, "0000001", 8 }, { 116, "0000001", 8 },
    { 257, "ustar  ", 8 }, { 257, "\0\0\0\0\0\0\0", 8 }, { 265, "root", 5 }, { 297, "wheel", 6 }, { 329, "0000001", 8 },
    { 345, "prefix", 7 }, { 500, "behind", 7 }, { 157, "bag/two", 8 }, { 136, "00000000001", 12 },
    { 124, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfb", 12 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (GByteArray) tar = make_good_tar ();

      /* The second member's: of the first the time is that of all. */
      memcpy (tar->data + 1024 + edits[i].at, edits[i].bytes, edits[i].size);
      set_type (tar->data + 1024, '0');
      assert_tar_bytes_refused (tar);
    }
  for (const char *type = "7SVXMN"; *type != '\0'; type++)
    {
      g_autoptr (GByteArray) tar = make_good_tar ();

      set_type (tar->data, (guint8) *type);
      assert_tar_bytes_refused (tar);
    }
}

static void
nothing_hides_where_a_member_is_filled_up (void)
{
  g_autoptr (GByteArray) tar = make_good_tar ();

  tar->data[512 + 400] = 'x';
  assert_tar_bytes_refused (tar);
}

/* As put before the first member. */
static void
pax_headers_are_for_what_does_not_fit (void)
{
  static const char *const lines[] = {
    "16 path=bag/one\n", "21 comment=a comment\n", "10 size=5\n", "22 mtime=1700000000.5\n", "20 mtime=1700000000\n",
    "19 size=9000000000\n19 size=9000000000\n", "18 size=9000000000\n", "20 size=9000000000\n", "19 size=-900000000\n",
    "20 size=09000000000\n", "x", "", "14 linkpath=x\n", "31 GNU.sparse.realsize=9000000\n", "0 size=9000000000\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GByteArray) good = make_good_tar ();
      g_autoptr (GByteArray) tar = g_byte_array_new ();
      guint8 blocks[1024] = { 0 };

      memcpy (blocks, good->data, 512);
      g_snprintf ((char *) blocks + 124, 12, "%011o", (guint) strlen (lines[i]));
      set_type (blocks, 'x');
      memcpy (blocks + 512, lines[i], strlen (lines[i]));
      g_byte_array_append (tar, blocks, *lines[i] != '\0' ? 1024 : 512);
      g_byte_array_append (tar, good->data, good->len);
      assert_tar_bytes_refused (tar);
    }
}

typedef struct
{
  SakTarGate gate;
  gboolean is_done;             /* what libarchive fills up is of no interest */
} Header;

static la_ssize_t
gate_takes_cb (struct archive  *archive,
               void            *data,
               const void      *bytes,
               size_t           size)
{
  Header *header = data;

  if (!header->is_done)
    g_assert_cmpstr (sak_tar_gate_take (&header->gate, bytes, size), ==, NULL);
  return (la_ssize_t) size;
}

/* As the packer writes them: of more than 8 GiB, and by a clock that is far ahead. */
static void
large_members_and_late_clocks_pass (void)
{
  static const struct { gint64 size; gint64 time; } cases[] = {
    { 5, 1700000000 }, { (G_GINT64_CONSTANT (1) << 33) - 1, 1700000000 }, { G_GINT64_CONSTANT (1) << 33, 1700000000 },
    { G_GINT64_CONSTANT (9) << 30, G_GINT64_CONSTANT (4000000000) }, { 5, 0x7ffffffe }, { 5, 0x7fffffff },
    { 5, G_GINT64_CONSTANT (253402300799) }, { 0, G_GINT64_CONSTANT (253402300799) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      struct archive *archive = archive_write_new ();
      struct archive_entry *entry = archive_entry_new ();
      Header header = { 0 };

      sak_tar_gate_init (&header.gate);
      header.gate.time = cases[i].time;
      archive_write_set_format_pax_restricted (archive);
      archive_write_set_bytes_per_block (archive, 0);
      archive_write_open (archive, &header, NULL, gate_takes_cb, NULL);
      archive_entry_set_pathname (entry, "bag/data/media/"
                                  "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
      archive_entry_set_size (entry, cases[i].size);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_mtime (entry, cases[i].time, 0);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      header.is_done = TRUE;
      g_assert_cmpint (header.gate.place, ==, cases[i].size > 0 ? SAK_TAR_GATE_CONTENT : SAK_TAR_GATE_HEADER);
      g_assert_cmpuint (header.gate.left, ==, cases[i].size);
      archive_entry_free (entry);
      archive_write_free (archive);
    }
}

static void
a_frame_without_a_checksum_is_refused (void)
{
  g_autoptr (GByteArray) tar = make_good_tar ();
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  g_byte_array_set_size (frame, (guint) ZSTD_compressBound (tar->len));
  g_byte_array_set_size (frame, (guint) ZSTD_compress (frame->data, frame->len, tar->data, tar->len, 3));
  assert_payload_refused (frame, SAK_ERROR_INVALID);
}

static void
what_follows_the_frame_is_refused (void)
{
  static const guint8 skippable[] = { 0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0 };
  g_autoptr (GByteArray) tar = make_good_tar ();
  g_autoptr (GByteArray) byte_more = compress (tar);
  g_autoptr (GByteArray) two_frames = compress (tar);
  g_autoptr (GByteArray) empty_frame = compress (tar);
  g_autoptr (GByteArray) one_frame = compress (tar);

  g_byte_array_append (byte_more, (const guint8 *) "", 1);
  assert_payload_refused (byte_more, SAK_ERROR_INVALID);
  g_byte_array_append (two_frames, one_frame->data, one_frame->len);
  assert_payload_refused (two_frames, SAK_ERROR_INVALID);
  g_byte_array_append (empty_frame, skippable, sizeof skippable);
  assert_payload_refused (empty_frame, SAK_ERROR_INVALID);
}

static void
what_is_no_zstd_frame_is_refused (void)
{
  static const guint8 skippable[] = { 0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0 };
  g_autoptr (GByteArray) tar = make_good_tar ();
  g_autoptr (GByteArray) frame = compress (tar);
  g_autoptr (GByteArray) second_preamble = g_byte_array_new ();
  g_autoptr (GByteArray) nothing = g_byte_array_new ();

  assert_payload_refused (tar, SAK_ERROR_INVALID);
  assert_payload_refused (nothing, SAK_ERROR_INVALID);
  g_byte_array_append (second_preamble, skippable, sizeof skippable);
  g_byte_array_append (second_preamble, frame->data, frame->len);
  assert_payload_refused (second_preamble, SAK_ERROR_INVALID);
}

/* Shortened before it was sealed, so that the age file itself is whole. */
static void
each_shortened_frame_is_refused (void)
{
  g_autoptr (GByteArray) tar = make_good_tar ();
  g_autoptr (GByteArray) frame = compress (tar);

  while (frame->len > 0)
    {
      g_byte_array_set_size (frame, frame->len - 1);
      assert_payload_refused (frame, SAK_ERROR_INVALID);
    }
}

static void
each_flipped_byte_of_a_frame_is_refused_or_harmless (void)
{
  g_autoptr (GByteArray) tar = make_good_tar ();
  g_autoptr (GByteArray) frame = compress (tar);

  for (guint i = 0; i < frame->len; i++)
    for (guint bit = 0; bit < 8; bit += 3)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) file = NULL;

        frame->data[i] ^= (guint8) (1u << bit);
        file = seal (frame);
        /* Some bits of a frame's header say nothing; that the content is right, read_member()
         * looks at.
         */
        if (!unpack (file, 64 * 1024, &error))
          g_assert_true (error->domain == SAK_ERROR);
        frame->data[i] ^= (guint8) (1u << bit);
      }
}

static void
a_bomb_stops_at_the_budget (void)
{
  g_autoptr (GByteArray) zeros = g_byte_array_new ();
  g_autoptr (GByteArray) tar = make_good_tar ();
  g_autoptr (GByteArray) frame = NULL;

  g_byte_array_append (zeros, tar->data, tar->len);
  g_byte_array_set_size (zeros, 200 * 1024 * 1024);
  memset (zeros->data + tar->len, 0, zeros->len - tar->len);
  frame = compress (zeros);
  g_assert_cmpuint (frame->len, <, 64 * 1024);
  assert_payload_refused (frame, SAK_ERROR_TOO_LARGE);
}

static void
a_window_over_eight_mebibytes_is_refused (void)
{
  ZSTD_CCtx *zstd = ZSTD_createCCtx ();
  g_autoptr (GByteArray) tar = make_good_tar ();
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  ZSTD_inBuffer input = { tar->data, tar->len, 0 };
  ZSTD_outBuffer output;

  g_byte_array_set_size (frame, 256 * 1024);
  output = (ZSTD_outBuffer) { frame->data, frame->len, 0 };
  ZSTD_CCtx_setParameter (zstd, ZSTD_c_windowLog, 24);
  ZSTD_CCtx_setParameter (zstd, ZSTD_c_contentSizeFlag, 0);
  ZSTD_CCtx_setParameter (zstd, ZSTD_c_checksumFlag, 1);
  g_assert_cmpuint (ZSTD_compressStream2 (zstd, &output, &input, ZSTD_e_continue), >=, 0);
  g_assert_cmpuint (ZSTD_compressStream2 (zstd, &output, &input, ZSTD_e_end), ==, 0);
  ZSTD_freeCCtx (zstd);
  g_byte_array_set_size (frame, (guint) output.pos);
  assert_payload_refused (frame, SAK_ERROR_TOO_LARGE);
}

/* The age layer's own words come through. */
static void
a_truncated_age_file_is_called_truncated (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *noise = g_malloc0 (200001);
  const Member members[] = { { paths[0], noise } };
  g_autoptr (GByteArray) tar = NULL;
  g_autoptr (GByteArray) frame = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) cut = NULL;
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (SakAgeReader) age = NULL;
  g_autoptr (SakUnpacker) unpacker = NULL;
  const void *bytes;
  guint64 size;
  gsize got = 1;

  sak_random_bytes (noise, 200000);
  for (gsize i = 0; i < 200000; i++)
    noise[i] = (char) ('0' + ((guint8) noise[i] & 0x0f));
  tar = make_tar (members, 1);
  frame = compress (tar);
  whole = seal (frame);
  g_assert_cmpuint (g_bytes_get_size (whole), >, 70000);
  cut = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) - 20000);
  source = g_memory_input_stream_new_from_bytes (cut);
  age = sak_age_reader_new (source, &identity, 1, NULL, &error);
  unpacker = sak_unpacker_new (age, SAK_UNPACKER_ZSTD, 1024 * 1024, NULL);
  if (sak_unpacker_next (unpacker, paths[0], 1024 * 1024, &size, &error))
    while (got > 0 && sak_unpacker_read (unpacker, &bytes, &got, &error))
      continue;
  g_assert_error (error, SAK_ERROR, SAK_ERROR_TRUNCATED);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  identity = sak_secret_new_random (SAK_AGE_KEY_SIZE);
  sak_x25519_get_public (identity, recipient.bytes);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/unpacker/" path, function)
  ADD ("what-the-packer-packs-is-unpacked", what_the_packer_packs_is_unpacked);
  ADD ("a-tar-of-another-maker-is-unpacked", a_tar_of_another_maker_is_unpacked);
  ADD ("members-that-do-not-belong-are-refused", members_that_do_not_belong_are_refused);
  ADD ("what-is-no-plain-file-is-refused", what_is_no_plain_file_is_refused);
  ADD ("each-other-type-of-member-is-refused", each_other_type_of_member_is_refused);
  ADD ("extended-attributes-are-refused", extended_attributes_are_refused);
  ADD ("a-member-over-its-limit-is-refused", a_member_over_its_limit_is_refused);
  ADD ("only-zeros-may-follow-the-tar", only_zeros_may_follow_the_tar);
  ADD ("the-tar-ends-as-it-must", the_tar_ends_as_it_must);
  ADD ("headers-say-no-more-than-they-must", headers_say_no_more_than_they_must);
  ADD ("nothing-hides-where-a-member-is-filled-up", nothing_hides_where_a_member_is_filled_up);
  ADD ("pax-headers-are-for-what-does-not-fit", pax_headers_are_for_what_does_not_fit);
  ADD ("large-members-and-late-clocks-pass", large_members_and_late_clocks_pass);
  ADD ("a-frame-without-a-checksum-is-refused", a_frame_without_a_checksum_is_refused);
  ADD ("what-follows-the-frame-is-refused", what_follows_the_frame_is_refused);
  ADD ("what-is-no-zstd-frame-is-refused", what_is_no_zstd_frame_is_refused);
  ADD ("each-shortened-frame-is-refused", each_shortened_frame_is_refused);
  ADD ("each-flipped-byte-of-a-frame-is-refused-or-harmless",
       each_flipped_byte_of_a_frame_is_refused_or_harmless);
  ADD ("a-bomb-stops-at-the-budget", a_bomb_stops_at_the_budget);
  ADD ("a-window-over-eight-mebibytes-is-refused", a_window_over_eight_mebibytes_is_refused);
  ADD ("a-truncated-age-file-is-called-truncated", a_truncated_age_file_is_called_truncated);
  result = g_test_run ();
  sak_secret_unref (identity);
  return result;
}
