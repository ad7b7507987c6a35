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
  return g_test_run ();
}
