/* test-age.c - age files: written, read, and refused when altered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-sign.h"

#include <glib/gstdio.h>
#include <string.h>

#define CHUNK ((gsize) SAK_AGE_CHUNK_SIZE)

static const gsize sizes[] = {
  0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 16 * CHUNK - 1, 16 * CHUNK, 16 * CHUNK + 1,
  32 * CHUNK, 33 * CHUNK + 7, 5000000,
};

static SakSecret *
new_identity (SakAgeRecipient *recipient)
{
  SakSecret *identity = sak_secret_new_random (SAK_AGE_KEY_SIZE);

  sak_x25519_get_public (identity, recipient->bytes);
  return identity;
}

static GBytes *
new_plain (gsize size)
{
  guint8 *bytes = g_malloc (size + 1);

  sak_random_bytes (bytes, size);
  return g_bytes_new_take (bytes, size);
}

/* In pieces of uneven size, so that they fall across chunks and batches. */
static GBytes *
encrypt (GBytes                *plain,
         const SakAgeRecipient *recipients,
         guint                  n_recipients)
{
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SakAgeWriter) writer = sak_age_writer_new (sink, recipients, n_recipients, NULL,
                                                        &error);
  gsize size, done = 0, piece = 1;
  const guint8 *bytes = g_bytes_get_data (plain, &size);

  g_assert_no_error (error);
  for (; done < size; done += piece, piece = piece * 3 + 1)
    {
      gboolean written;

      piece = MIN (piece, size - done);
      written = sak_age_writer_write (writer, bytes + done, piece, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (written);
    }
  g_assert_true (sak_age_writer_finish (writer, NULL, &error));
  g_assert_true (g_output_stream_close (sink, NULL, &error));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
}

/* Everything that comes out, also before a failure. */
static GBytes *
decrypt (GBytes     *sealed,
         SakSecret  *identity,
         GError    **error)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (sealed);
  g_autoptr (SakAgeReader) reader = sak_age_reader_new (source, &identity, 1, NULL, error);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  guint8 buffer[50000];
  gssize got;

  if (reader == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&plain));
  while ((got = sak_age_reader_read (reader, buffer, sizeof buffer, NULL, error)) > 0)
    g_byte_array_append (plain, buffer, (guint) got);
  if (got < 0)
    {
      g_autoptr (GError) again = NULL;

      g_assert_cmpint (sak_age_reader_read (reader, buffer, 1, NULL, &again), ==, -1);
      g_assert_error (again, (*error)->domain, (*error)->code);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&plain));
}

static void
what_is_written_is_read (void)
{
  SakAgeRecipient recipient;
  g_autoptr (SakSecret) identity = new_identity (&recipient);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) plain = new_plain (sizes[i]);
      g_autoptr (GBytes) sealed = encrypt (plain, &recipient, 1);
      g_autoptr (GBytes) opened = decrypt (sealed, identity, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (plain, opened));
    }
}

/* Streams that misbehave: they give or take a byte at a time, and then, perhaps, fail. */

typedef struct
{
  GFilterInputStream parent_instance;
  gsize left;                  /* bytes until the disk fails */
} SlowInput;
typedef GFilterInputStreamClass SlowInputClass;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SlowInput, g_object_unref)

typedef struct
{
  GFilterOutputStream parent_instance;
  gsize left;                  /* bytes until the disk is full */
} SlowOutput;
typedef GFilterOutputStreamClass SlowOutputClass;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SlowOutput, g_object_unref)

static GType slow_input_get_type (void);
static GType slow_output_get_type (void);
G_DEFINE_TYPE (SlowInput, slow_input, G_TYPE_FILTER_INPUT_STREAM)
G_DEFINE_TYPE (SlowOutput, slow_output, G_TYPE_FILTER_OUTPUT_STREAM)

static gssize
slow_input_read (GInputStream  *stream,
                 void          *buffer,
                 gsize          size,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SlowInput *self = (SlowInput *) stream;

  if (self->left == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "bad sector");
      return -1;
    }
  self->left--;
  return g_input_stream_read (self->parent_instance.base_stream, buffer, 1, cancellable, error);
}

static gssize
slow_output_write (GOutputStream  *stream,
                   const void     *bytes,
                   gsize           size,
                   GCancellable   *cancellable,
                   GError        **error)
{
  SlowOutput *self = (SlowOutput *) stream;
  gsize taken = MIN (size, self->left);

  if (self->left == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "disk full");
      return -1;
    }
  self->left -= taken;
  return g_output_stream_write (self->parent_instance.base_stream, bytes, taken,
                                cancellable, error);
}

static void
slow_input_class_init (SlowInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = slow_input_read;
}

static void
slow_input_init (SlowInput *self)
{
}

static void
slow_output_class_init (SlowOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = slow_output_write;
}

static void
slow_output_init (SlowOutput *self)
{
}

static SakAgeReader *
read_slowly (GBytes     *sealed,
             gsize       left,
             SakSecret  *identity,
             GError    **error)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_bytes (sealed);
  g_autoptr (SlowInput) source = g_object_new (slow_input_get_type (), "base-stream", base, NULL);

  source->left = left;
  return sak_age_reader_new (G_INPUT_STREAM (source), &identity, 1, NULL, error);
}

static void
short_reads_make_no_difference (void)
{
  SakAgeRecipient recipient;
  g_autoptr (SakSecret) identity = new_identity (&recipient);
  g_autoptr (GBytes) plain = new_plain (17 * CHUNK);
  g_autoptr (GBytes) sealed = encrypt (plain, &recipient, 1);
  const gsize room = 17 * CHUNK + 1;
  g_autofree guint8 *buffer = g_malloc (room);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakAgeReader) reader = read_slowly (sealed, G_MAXSIZE, identity, &error);
  gsize total = 0;
  gssize got;

  g_assert_no_error (error);
  while ((got = sak_age_reader_read (reader, buffer + total, room - total, NULL, &error)) > 0)
    total += (gsize) got;
  g_assert_no_error (error);
  g_assert_cmpmem (buffer, total, g_bytes_get_data (plain, NULL), 17 * CHUNK);
}

/* At once, in the header; or after the batch that was read before. */
static void
a_failing_source_is_reported (void)
{
  const gsize lefts[] = { 0, 100, CHUNK + 5000, 20 * CHUNK };
  SakAgeRecipient recipient;
  g_autoptr (SakSecret) identity = new_identity (&recipient);
  g_autoptr (GBytes) plain = new_plain (33 * CHUNK);
  g_autoptr (GBytes) sealed = encrypt (plain, &recipient, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (lefts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakAgeReader) reader = read_slowly (sealed, lefts[i], identity, &error);
      gsize total = 0;
      gssize got = -1;
      guint8 buffer[4096];

      while (reader != NULL &&
             (got = sak_age_reader_read (reader, buffer, sizeof buffer, NULL, &error)) > 0)
        total += (gsize) got;
      g_assert_cmpint (got, ==, -1);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_IO);
      g_assert_cmpuint (total, ==, lefts[i] > 16 * CHUNK + 1000 ? 16 * CHUNK : 0);
    }
}

/* Wherever the disk fills, writing fails, and goes on failing. */
static void
a_full_disk_is_reported (void)
{
  const gsize lefts[] = { 0, 50, 500, 3 * CHUNK, 20 * CHUNK, 40 * CHUNK };
  SakAgeRecipient recipient;
  g_autoptr (SakSecret) identity = new_identity (&recipient);
  g_autoptr (GBytes) plain = new_plain (40 * CHUNK);
  const guint8 *bytes = g_bytes_get_data (plain, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lefts); i++)
    {
      g_autoptr (GOutputStream) base = g_memory_output_stream_new_resizable ();
      g_autoptr (SlowOutput) sink = g_object_new (slow_output_get_type (), "base-stream", base,
                                                  NULL);
      g_autoptr (GError) error = NULL, again = NULL;
      g_autoptr (SakAgeWriter) writer = NULL;

      sink->left = lefts[i];
      writer = sak_age_writer_new (G_OUTPUT_STREAM (sink), &recipient, 1, NULL, &error);
      if (writer != NULL)
        {
          if (sak_age_writer_write (writer, bytes, 40 * CHUNK, NULL, &error))
            g_assert_false (sak_age_writer_finish (writer, NULL, &error));
          g_assert_false (sak_age_writer_finish (writer, NULL, &again));
          g_assert_error (again, SAK_ERROR, SAK_ERROR_NO_SPACE);
        }
      g_assert_error (error, SAK_ERROR, SAK_ERROR_NO_SPACE);
    }
}

static void
cancelling_stops_both_ways (void)
{
  SakAgeRecipient recipient;
  g_autoptr (SakSecret) identity = new_identity (&recipient);
  g_autoptr (GBytes) plain = new_plain (33 * CHUNK);
  g_autoptr (GBytes) sealed = encrypt (plain, &recipient, 1);
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (sealed);
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SakAgeWriter) writer = sak_age_writer_new (sink, &recipient, 1, cancellable, &error);
  g_autoptr (SakAgeReader) reader = sak_age_reader_new (source, &identity, 1, cancellable, &error);
  guint8 buffer[10];

  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (sak_age_writer_write (writer, g_bytes_get_data (plain, NULL), 33 * CHUNK,
                                        cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (sak_age_reader_read (reader, buffer, 10, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Recipients */

static void
each_of_many_recipients_can_read (void)
{
  SakAgeRecipient recipients[SAK_AGE_MAX_RECIPIENTS];
  SakSecret *identities[SAK_AGE_MAX_RECIPIENTS];
  g_autoptr (GBytes) plain = new_plain (10);
  g_autoptr (GBytes) sealed = NULL;

  for (guint i = 0; i < SAK_AGE_MAX_RECIPIENTS; i++)
    identities[i] = new_identity (&recipients[i]);
  sealed = encrypt (plain, recipients, SAK_AGE_MAX_RECIPIENTS);
  for (guint i = 0; i < SAK_AGE_MAX_RECIPIENTS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) opened = decrypt (sealed, identities[i], &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (plain, opened));
      sak_secret_unref (identities[i]);
    }
}

static void
somebody_else_is_told_so (void)
{
  SakAgeRecipient recipient, other_recipient;
  g_autoptr (SakSecret) identity = new_identity (&recipient);
  g_autoptr (SakSecret) other = new_identity (&other_recipient);
  g_autoptr (GBytes) plain = new_plain (10);
  g_autoptr (GBytes) sealed = encrypt (plain, &recipient, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = decrypt (sealed, other, &error);

  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOR_US);
  g_assert_cmpuint (g_bytes_get_size (opened), ==, 0);
}

static void
bad_recipients_are_refused (void)
{
  g_autofree SakAgeRecipient *recipients = g_new0 (SakAgeRecipient, SAK_AGE_MAX_RECIPIENTS + 1);
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  const struct { guint n; int code; } cases[] = {
    { 0, SAK_ERROR_INVALID },
    { 1, SAK_ERROR_INVALID },  /* all zero: of small order */
    { SAK_AGE_MAX_RECIPIENTS + 1, SAK_ERROR_TOO_LARGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sak_age_writer_new (sink, recipients, cases[i].n, NULL, &error));
      g_assert_error (error, SAK_ERROR, cases[i].code);
    }
}

/* The same on both sides, and different in each file. */
static void
the_binding_is_the_files_own (void)
{
  SakAgeRecipient recipients[2];
  g_autoptr (SakSecret) identity = new_identity (&recipients[0]);
  SakAgeBinding written[2], read;

  recipients[1] = recipients[0];
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
      g_autoptr (GError) error = NULL;
      g_autoptr (SakAgeWriter) writer = sak_age_writer_new (sink, recipients, 2, NULL, &error);
      g_autoptr (GInputStream) source = NULL;
      g_autoptr (SakAgeReader) reader = NULL;

      sak_age_writer_get_binding (writer, &written[i]);
      g_assert_true (sak_age_writer_finish (writer, NULL, &error));
      source = g_memory_input_stream_new_from_data (
        g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (sink)),
        (gssize) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (sink)), NULL);
      reader = sak_age_reader_new (source, &identity, 1, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (sak_age_reader_get_n_recipients (reader), ==, 2);
      sak_age_reader_get_binding (reader, &read);
      g_assert_cmpmem (&read, sizeof read, &written[i], sizeof written[i]);
    }
  g_assert_true (memcmp (written[0].header_mac, written[1].header_mac, SAK_SHA256_SIZE) != 0);
  g_assert_true (memcmp (written[0].payload_nonce, written[1].payload_nonce,
                         SAK_AGE_NONCE_SIZE) != 0);
}

/* Stock tools */

typedef struct
{
  char *folder;
  char *identity_path;
  char *input_path;
  char *output_path;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("sak-age-XXXXXX", &error);
  g_assert_no_error (error);
  f->identity_path = g_build_filename (f->folder, "identity", NULL);
  f->input_path = g_build_filename (f->folder, "in", NULL);
  f->output_path = g_build_filename (f->folder, "out", NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_remove (f->identity_path);
  g_remove (f->input_path);
  g_remove (f->output_path);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->identity_path);
  g_free (f->input_path);
  g_free (f->output_path);
}

/* Returns: whether the program ended well. */
static gboolean
run (const char *const  *arguments,
     char              **output)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;
  GSpawnFlags flags = G_SPAWN_SEARCH_PATH;
  int status = 0;

  if (output == NULL)
    flags |= G_SPAWN_STDOUT_TO_DEV_NULL;
  g_spawn_sync (NULL, (char **) arguments, NULL, flags, NULL, NULL,
                output, &complaint, &status, &error);
  g_assert_no_error (error);
  return g_spawn_check_wait_status (status, NULL);
}

static void
put (const char *path,
     const void *bytes,
     gsize       size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

static GBytes *
get (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gsize size = 0;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, size);
}

static void
put_identity (Fixture   *f,
              SakSecret *identity)
{
  g_autoptr (SakSecret) text = sak_age_identity_to_text (identity);

  put (f->identity_path, sak_secret_get_bytes (text), sak_secret_get_size (text));
}

static void
stock_age_reads_what_we_write (Fixture       *f,
                               gconstpointer  unused)
{
  const char *age[] = { "age", "-d", "-i", f->identity_path, "-o", f->output_path,
                        f->input_path, NULL };
  SakAgeRecipient recipients[2];
  g_autoptr (SakSecret) other G_GNUC_UNUSED = new_identity (&recipients[0]);
  g_autoptr (SakSecret) identity = new_identity (&recipients[1]);

  put_identity (f, identity);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) plain = new_plain (sizes[i]);
      g_autoptr (GBytes) sealed = encrypt (plain, recipients, 2);
      g_autoptr (GBytes) opened = NULL;

      put (f->output_path, "", 0);    /* age makes no file for nothing */
      put (f->input_path, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
      g_assert_true (run (age, NULL));
      opened = get (f->output_path);
      g_assert_true (g_bytes_equal (plain, opened));
    }
}

static void
we_read_what_stock_age_writes (Fixture       *f,
                               gconstpointer  unused)
{
  SakAgeRecipient recipients[2];
  g_autoptr (SakSecret) other G_GNUC_UNUSED = new_identity (&recipients[0]);
  g_autoptr (SakSecret) identity = new_identity (&recipients[1]);
  g_autofree char *other_text = sak_age_recipient_to_text (&recipients[0]);
  g_autofree char *text = sak_age_recipient_to_text (&recipients[1]);
  const char *age[] = { "age", "-r", other_text, "-r", text, "-o", f->output_path,
                        f->input_path, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) plain = new_plain (sizes[i]);
      g_autoptr (GBytes) sealed = NULL;
      g_autoptr (GBytes) opened = NULL;

      put (f->input_path, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
      g_assert_true (run (age, NULL));
      sealed = get (f->output_path);
      opened = decrypt (sealed, identity, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (plain, opened));
    }
}

/* age-keygen -y tells the recipient of an identity: both texts at once. */
static void
keys_as_text_agree_with_age_keygen (Fixture       *f,
                                    gconstpointer  unused)
{
  const char *tell[] = { "age-keygen", "-y", f->identity_path, NULL };
  const char *make[] = { "age-keygen", NULL };
  SakAgeRecipient recipient, parsed;
  g_autoptr (SakSecret) identity = new_identity (&recipient);
  g_autofree char *text = sak_age_recipient_to_text (&recipient);
  g_autofree char *told = NULL;
  g_autofree char *made = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (SakSecret) theirs = NULL;
  g_autofree char *theirs_text = NULL;

  put_identity (f, identity);
  g_assert_true (run (tell, &told));
  g_assert_cmpstr (g_strchomp (told), ==, text);

  g_assert_true (run (make, &made));
  lines = g_strsplit (made, "\n", -1);
  theirs = sak_age_identity_from_text (lines[2]);
  g_assert_nonnull (theirs);
  sak_x25519_get_public (theirs, recipient.bytes);
  theirs_text = sak_age_recipient_to_text (&recipient);
  g_assert_true (g_str_has_suffix (lines[1], theirs_text));
  g_assert_true (sak_age_recipient_from_text (theirs_text, &parsed));
  g_assert_cmpmem (parsed.bytes, SAK_AGE_KEY_SIZE, recipient.bytes, SAK_AGE_KEY_SIZE);
}

static void
key_texts_are_strict (void)
{
  SakAgeRecipient recipient, parsed;
  g_autoptr (SakSecret) identity = new_identity (&recipient);
  g_autoptr (SakSecret) secret_text = sak_age_identity_to_text (identity);
  g_autofree char *text = sak_age_recipient_to_text (&recipient);
  g_autofree char *upper = g_ascii_strup (text, -1);
  g_autofree char *longer = g_strconcat (text, "q", NULL);
  g_autofree char *spaced = g_strconcat (text, "\n", NULL);
  g_autofree char *identity_text = g_strndup ((const char *) sak_secret_get_bytes (secret_text),
                                              sak_secret_get_size (secret_text));
  g_autofree char *lower = g_ascii_strdown (identity_text, -1);
  g_autofree char *renamed = g_strconcat ("bge", text + 3, NULL);

  g_assert_true (sak_age_recipient_from_text (text, &parsed));
  g_assert_false (sak_age_recipient_from_text (upper, &parsed));
  g_assert_false (sak_age_recipient_from_text (longer, &parsed));
  g_assert_false (sak_age_recipient_from_text (spaced, &parsed));
  g_assert_false (sak_age_recipient_from_text (renamed, &parsed));
  g_assert_false (sak_age_recipient_from_text (identity_text, &parsed));
  g_assert_false (sak_age_recipient_from_text ("", &parsed));
  g_assert_null (sak_age_identity_from_text (lower));
  g_assert_null (sak_age_identity_from_text (text));
  for (gsize i = 4; text[i] != '\0'; i++)
    {
      char kept = text[i];

      text[i] = kept == 'q' ? 'p' : 'q';
      g_assert_false (sak_age_recipient_from_text (text, &parsed));
      text[i] = g_ascii_toupper (kept);
      if (text[i] != kept)
        g_assert_false (sak_age_recipient_from_text (text, &parsed));
      text[i] = 'b';
      g_assert_false (sak_age_recipient_from_text (text, &parsed));
      text[i] = kept;
    }
}

/* Alterations */

/* Whole chunks may come out before the altered place; nothing else ever. */
static void
assert_refused (GBytes    *altered,
                GBytes    *plain,
                SakSecret *identity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = decrypt (altered, identity, &error);
  gsize size = g_bytes_get_size (opened);

  g_assert_nonnull (error);
  g_assert_true (error->domain == SAK_ERROR);
  g_assert_cmpuint (size % CHUNK, ==, 0);
  g_assert_cmpuint (size, <=, g_bytes_get_size (plain));
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), size, g_bytes_get_data (plain, NULL), size);
}

static void
every_flipped_byte_is_refused (void)
{
  SakAgeRecipient recipient;
  g_autoptr (SakSecret) identity = new_identity (&recipient);
  g_autoptr (GBytes) plain = new_plain (300);
  g_autoptr (GBytes) sealed = encrypt (plain, &recipient, 1);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);

  for (gsize i = 0; i < size; i++)
    {
      guint8 *copy = g_memdup2 (bytes, size);
      g_autoptr (GBytes) altered = NULL;

      copy[i] ^= (guint8) (1 << (i % 8));
      altered = g_bytes_new_take (copy, size);
      assert_refused (altered, plain, identity);
    }
}

static void
every_truncation_is_refused (void)
{
  SakAgeRecipient recipient;
  g_autoptr (SakSecret) identity = new_identity (&recipient);
  g_autoptr (GBytes) plain = new_plain (300);
  g_autoptr (GBytes) sealed = encrypt (plain, &recipient, 1);

  for (gsize size = 0; size < g_bytes_get_size (sealed); size++)
    {
      g_autoptr (GBytes) altered = g_bytes_new_from_bytes (sealed, 0, size);

      assert_refused (altered, plain, identity);
    }
}

static void
add_with_files (const char *path,
                void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/age/what-is-written-is-read", what_is_written_is_read);
  add_with_files ("/age/stock-age-reads-what-we-write", stock_age_reads_what_we_write);
  add_with_files ("/age/we-read-what-stock-age-writes", we_read_what_stock_age_writes);
  add_with_files ("/age/keys-as-text-agree-with-age-keygen", keys_as_text_agree_with_age_keygen);
  g_test_add_func ("/age/key-texts-are-strict", key_texts_are_strict);
  g_test_add_func ("/age/every-flipped-byte-is-refused", every_flipped_byte_is_refused);
  g_test_add_func ("/age/every-truncation-is-refused", every_truncation_is_refused);
  g_test_add_func ("/age/short-reads-make-no-difference", short_reads_make_no_difference);
  g_test_add_func ("/age/a-failing-source-is-reported", a_failing_source_is_reported);
  g_test_add_func ("/age/a-full-disk-is-reported", a_full_disk_is_reported);
  g_test_add_func ("/age/cancelling-stops-both-ways", cancelling_stops_both_ways);
  g_test_add_func ("/age/each-of-many-recipients-can-read", each_of_many_recipients_can_read);
  g_test_add_func ("/age/somebody-else-is-told-so", somebody_else_is_told_so);
  g_test_add_func ("/age/bad-recipients-are-refused", bad_recipients_are_refused);
  g_test_add_func ("/age/the-binding-is-the-files-own", the_binding_is_the_files_own);
  return g_test_run ();
}
