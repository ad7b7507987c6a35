/* fuzz-age.c - an age file, whole; or only its payload, behind a header that is right
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/fuzz/sak-fuzz.h"

#include <string.h>

static const char *
get_good_header (gsize *ret_size)
{
  static GBytes *file;

  if (file == NULL)
    {
      GOutputStream *sink = g_memory_output_stream_new_resizable ();
      g_autoptr (SakAgeWriter) writer = NULL;
      SakAgeRecipient recipient;

      sak_x25519_get_public (fuzz_get_identity (), recipient.bytes);
      writer = sak_age_writer_new (sink, &recipient, 1, NULL, NULL);
      g_assert_true (sak_age_writer_finish (writer, NULL, NULL));
      g_assert_true (g_output_stream_close (sink, NULL, NULL));
      file = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
      g_object_unref (sink);
    }
  *ret_size = g_bytes_get_size (file) - 16;
  return g_bytes_get_data (file, NULL);
}

/* What comes out was authentic: of bytes that nobody sealed, nothing. */
static void
read_all (const void *bytes,
          gsize       size)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
  SakSecret *identity = fuzz_get_identity ();
  g_autoptr (SakAgeReader) reader = sak_age_reader_new (source, &identity, 1, NULL, NULL);
  guint8 plain[4096];

  while (reader != NULL && sak_age_reader_read (reader, plain, sizeof plain, NULL, NULL) > 0)
    ;
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  gsize header_size;
  const char *header = get_good_header (&header_size);

  read_all (bytes, size);
  g_byte_array_append (file, (const guint8 *) header, (guint) header_size);
  g_byte_array_append (file, bytes, (guint) size);
  read_all (file->data, file->len);
  return 0;
}
