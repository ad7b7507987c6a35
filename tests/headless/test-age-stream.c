/* test-age-stream.c - seeking in age files, and losing them when the vault is locked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-sign.h"

#include <string.h>

#define CHUNK ((gsize) SAK_AGE_CHUNK_SIZE)
#define SEALED_CHUNK (CHUNK + 16)

typedef struct
{
  SakSecret *identity;
  GBytes *plain;
  GBytes *sealed;
} Fixture;

static GBytes *
encrypt (GBytes                *plain,
         const SakAgeRecipient *recipient)
{
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SakAgeWriter) writer = sak_age_writer_new (sink, recipient, 1, NULL, &error);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (plain, &size);

  g_assert_no_error (error);
  g_assert_true (sak_age_writer_write (writer, bytes, size, NULL, &error));
  g_assert_true (sak_age_writer_finish (writer, NULL, &error));
  g_assert_true (g_output_stream_close (sink, NULL, &error));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
}

static void
make (Fixture *f,
      gsize    size)
{
  guint8 *bytes = g_malloc (size + 1);
  SakAgeRecipient recipient;

  sak_random_bytes (bytes, size);
  f->identity = sak_secret_new_random (SAK_AGE_KEY_SIZE);
  sak_x25519_get_public (f->identity, recipient.bytes);
  f->plain = g_bytes_new_take (bytes, size);
  f->sealed = encrypt (f->plain, &recipient);
}

static void
clear (Fixture *f)
{
  sak_secret_unref (f->identity);
  g_bytes_unref (f->plain);
  g_bytes_unref (f->sealed);
}

static GInputStream *
open_stream (Fixture  *f,
             GBytes   *sealed,
             GError  **error)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (sealed);

  return sak_age_input_stream_new (source, f->identity, NULL, error);
}

static guint64
get_size (GInputStream *stream)
{
  return sak_age_input_stream_get_size (SAK_AGE_INPUT_STREAM (stream));
}

static void
assert_reads_at (GInputStream *stream,
                 GBytes       *plain,
                 gsize         offset,
                 gsize         size)
{
  g_autofree guint8 *buffer = g_malloc (size + 1);
  g_autoptr (GError) error = NULL;
  gsize got = 0, expected = MIN (size, g_bytes_get_size (plain) - offset);
  const guint8 *bytes = g_bytes_get_data (plain, NULL);

  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), (goffset) offset, G_SEEK_SET, NULL, &error));
  g_assert_true (g_input_stream_read_all (stream, buffer, size, &got, NULL, &error));
  g_assert_cmpmem (buffer, got, bytes + offset, expected);
  g_assert_cmpint (g_seekable_tell (G_SEEKABLE (stream)), ==, (goffset) (offset + expected));
}

/* Forty chunks in a cache of sixteen, in no order. */
static void
seeking_anywhere_reads_the_plain_bytes (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  gsize size = 40 * CHUNK - 5;

  make (&f, size);
  stream = open_stream (&f, f.sealed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_size (stream), ==, size);
  for (gsize chunk = 0; chunk < 40; chunk++)
    {
      gsize offset = chunk * 7 % 40 * CHUNK;

      assert_reads_at (stream, f.plain, offset, 1);
      assert_reads_at (stream, f.plain, offset + CHUNK - 6, 12);
      assert_reads_at (stream, f.plain, offset + 3, CHUNK);
    }
  for (guint i = 0; i < 300; i++)
    assert_reads_at (stream, f.plain, (gsize) g_random_int_range (0, (gint32) size), 3000);
  assert_reads_at (stream, f.plain, 0, size + 1);
  assert_reads_at (stream, f.plain, size, 10);
  clear (&f);
}

static void
each_size_is_known_and_read (void)
{
  const gsize sizes[] = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Fixture f;
      g_autoptr (GError) error = NULL;
      g_autoptr (GInputStream) stream = NULL;

      make (&f, sizes[i]);
      stream = open_stream (&f, f.sealed, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (get_size (stream), ==, sizes[i]);
      assert_reads_at (stream, f.plain, 0, sizes[i] + 100);
      clear (&f);
    }
}

static void
seeking_stays_within_the_stream (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  GSeekable *seekable;

  make (&f, 100);
  stream = open_stream (&f, f.sealed, &error);
  g_assert_no_error (error);
  seekable = G_SEEKABLE (stream);
  g_assert_true (g_seekable_seek (seekable, -40, G_SEEK_END, NULL, &error));
  g_assert_true (g_seekable_seek (seekable, -10, G_SEEK_CUR, NULL, &error));
  g_assert_cmpint (g_seekable_tell (seekable), ==, 50);
  g_assert_false (g_seekable_seek (seekable, -51, G_SEEK_CUR, NULL, NULL));
  g_assert_false (g_seekable_seek (seekable, 51, G_SEEK_CUR, NULL, NULL));
  g_assert_false (g_seekable_seek (seekable, 101, G_SEEK_SET, NULL, NULL));
  g_assert_false (g_seekable_seek (seekable, -1, G_SEEK_SET, NULL, NULL));
  g_assert_false (g_seekable_seek (seekable, G_MAXINT64, G_SEEK_END, NULL, NULL));
  g_assert_false (g_seekable_seek (seekable, G_MININT64, G_SEEK_END, NULL, NULL));
  g_assert_cmpint (g_seekable_tell (seekable), ==, 50);
  g_assert_false (g_seekable_can_truncate (seekable));
  clear (&f);
}

/* A part of the first chunk may as well be a whole small file that was damaged. */
static void
assert_cut_is_refused (Fixture *f,
                       gsize    kept,
                       gsize    payload_start)
{
  gboolean is_part_of_first = kept >= payload_start + 16 && kept < payload_start + SEALED_CHUNK;
  int code = is_part_of_first ? SAK_ERROR_DAMAGED : SAK_ERROR_TRUNCATED;
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (f->sealed, 0, kept);
  g_autoptr (GError) error = NULL;

  g_assert_null (open_stream (f, cut, &error));
  g_assert_error (error, SAK_ERROR, code);
}

/* Each length near both ends, some between, and those at the ends of chunks. */
static void
every_truncation_is_refused_at_opening (void)
{
  Fixture f;
  gsize size, start;

  make (&f, 2 * CHUNK + 50);
  size = g_bytes_get_size (f.sealed);
  start = size - 2 * SEALED_CHUNK - 66;
  for (gsize kept = 0; kept < size; kept += kept > 400 && kept + 400 < size ? 3989 : 1)
    assert_cut_is_refused (&f, kept, start);
  for (gsize chunks = 0; chunks < 3; chunks++)
    assert_cut_is_refused (&f, start + chunks * SEALED_CHUNK, start);
  clear (&f);
}

static void
assert_read_fails_at (GInputStream *stream,
                      gsize         offset,
                      SakError      code)
{
  g_autoptr (GError) error = NULL;
  guint8 buffer[8];

  g_assert_true (g_seekable_seek (G_SEEKABLE (stream), (goffset) offset, G_SEEK_SET, NULL, NULL));
  g_assert_cmpint (g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error), ==, -1);
  g_assert_error (error, SAK_ERROR, (int) code);
}

static void
a_damaged_chunk_is_refused_alone (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) altered = NULL;
  g_autoptr (GInputStream) stream = NULL;
  guint8 *copy;
  gsize size;

  make (&f, 3 * CHUNK);
  size = g_bytes_get_size (f.sealed);
  copy = g_memdup2 (g_bytes_get_data (f.sealed, NULL), size);
  copy[size - 2 * SEALED_CHUNK + 10] ^= 0x40;
  altered = g_bytes_new_take (copy, size);
  stream = open_stream (&f, altered, &error);
  g_assert_no_error (error);
  assert_reads_at (stream, f.plain, 0, CHUNK);
  assert_reads_at (stream, f.plain, 2 * CHUNK, CHUNK);
  assert_read_fails_at (stream, CHUNK, SAK_ERROR_DAMAGED);
  assert_read_fails_at (stream, CHUNK, SAK_ERROR_DAMAGED);
  clear (&f);
}

/* Sixteen chunks are kept: after opening, the last one, and then the fifteen read here. What
 * is kept is seen by spoiling the source behind the stream's back.
 */
static void
the_chunks_used_last_are_kept (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) source = NULL, stream = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size;

  make (&f, 20 * CHUNK);
  size = g_bytes_get_size (f.sealed);
  copy = g_memdup2 (g_bytes_get_data (f.sealed, NULL), size);
  source = g_memory_input_stream_new_from_data (copy, (gssize) size, NULL);
  stream = sak_age_input_stream_new (source, f.identity, NULL, &error);
  g_assert_no_error (error);
  for (gsize chunk = 0; chunk < 15; chunk++)
    assert_reads_at (stream, f.plain, chunk * CHUNK, CHUNK);
  memset (copy, 0, size);
  for (gsize chunk = 0; chunk < 15; chunk++)
    assert_reads_at (stream, f.plain, chunk * CHUNK, CHUNK);
  assert_reads_at (stream, f.plain, 19 * CHUNK, CHUNK);
  assert_read_fails_at (stream, 15 * CHUNK, SAK_ERROR_DAMAGED);
  assert_read_fails_at (stream, 0, SAK_ERROR_DAMAGED);
  assert_reads_at (stream, f.plain, 19 * CHUNK, CHUNK);
  clear (&f);
}

static void
a_revoked_stream_gives_nothing (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = NULL;

  make (&f, 1000);
  stream = open_stream (&f, f.sealed, &error);
  g_assert_no_error (error);
  assert_reads_at (stream, f.plain, 0, 10);
  sak_age_input_stream_revoke (SAK_AGE_INPUT_STREAM (stream));
  sak_age_input_stream_revoke (SAK_AGE_INPUT_STREAM (stream));
  assert_read_fails_at (stream, 0, SAK_ERROR_LOCKED);
  assert_read_fails_at (stream, 1000, SAK_ERROR_LOCKED);
  g_assert_true (g_input_stream_close (stream, NULL, NULL));
  g_assert_finalize_object (g_steal_pointer (&stream));
  clear (&f);
}

static gpointer
read_until_refused (gpointer data)
{
  Fixture *f = ((gpointer *) data)[0];
  GInputStream *stream = ((gpointer *) data)[1];
  gsize size;
  const guint8 *bytes = g_bytes_get_data (f->plain, &size);
  guint8 buffer[1000];
  GError *error = NULL;

  while (error == NULL)
    {
      gsize offset = (gsize) g_random_int_range (0, (gint32) (size - sizeof buffer));
      gssize got;

      g_seekable_seek (G_SEEKABLE (stream), (goffset) offset, G_SEEK_SET, NULL, NULL);
      got = g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error);
      if (got > 0)
        {
          g_assert_cmpmem (buffer, got, bytes + offset, got);
          g_atomic_int_inc ((int *) ((gpointer *) data)[2]);
        }
    }
  return error;
}

static void
revoking_from_another_thread_stops_a_reader (void)
{
  for (guint round = 0; round < 20; round++)
    {
      Fixture f;
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GError) error = NULL;
      int n_reads = 0;
      gpointer data[] = { &f, NULL, &n_reads };
      GThread *thread;

      make (&f, 30 * CHUNK);
      stream = open_stream (&f, f.sealed, &error);
      g_assert_no_error (error);
      data[1] = stream;
      thread = g_thread_new ("reader", read_until_refused, data);
      while (g_atomic_int_get (&n_reads) < 5)
        g_thread_yield ();
      sak_age_input_stream_revoke (SAK_AGE_INPUT_STREAM (stream));
      error = g_thread_join (thread);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_LOCKED);
      clear (&f);
    }
}

static void
another_identity_is_told_so (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;

  make (&f, 10);
  sak_secret_unref (f.identity);
  f.identity = sak_secret_new_random (SAK_AGE_KEY_SIZE);
  g_assert_null (open_stream (&f, f.sealed, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOR_US);
  clear (&f);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/age-stream/seeking-anywhere-reads-the-plain-bytes",
                   seeking_anywhere_reads_the_plain_bytes);
  g_test_add_func ("/age-stream/each-size-is-known-and-read", each_size_is_known_and_read);
  g_test_add_func ("/age-stream/seeking-stays-within-the-stream", seeking_stays_within_the_stream);
  g_test_add_func ("/age-stream/every-truncation-is-refused-at-opening",
                   every_truncation_is_refused_at_opening);
  g_test_add_func ("/age-stream/a-damaged-chunk-is-refused-alone",
                   a_damaged_chunk_is_refused_alone);
  g_test_add_func ("/age-stream/the-chunks-used-last-are-kept", the_chunks_used_last_are_kept);
  g_test_add_func ("/age-stream/a-revoked-stream-gives-nothing", a_revoked_stream_gives_nothing);
  g_test_add_func ("/age-stream/revoking-from-another-thread-stops-a-reader",
                   revoking_from_another_thread_stops_a_reader);
  g_test_add_func ("/age-stream/another-identity-is-told-so", another_identity_is_told_so);
  return g_test_run ();
}
