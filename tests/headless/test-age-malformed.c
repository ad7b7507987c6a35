/* test-age-malformed.c - age files made by hand, each wrong in one way and authentic in all others
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-age-private.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-sign.h"

#include <string.h>

#define CHUNK ((gsize) SAK_AGE_CHUNK_SIZE)
#define OK (-1)
#define LINE_OF_48_BYTES "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB"
#define ZERO_SHARE "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define V1 "age-encryption.org/v1\n"

/* Keys and a stanza that fits them; the header around it is the test's own. */
typedef struct
{
  SakSecret *identity;
  SakSecret *file_key;
  SakSecret *payload_key;
  guint8 nonce[SAK_AGE_NONCE_SIZE];
  char *share;
  char *body;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) header = NULL;
  g_auto (GStrv) lines = NULL;
  guint8 mac[SAK_SHA256_SIZE];
  SakAgeRecipient recipient;

  f->identity = sak_secret_new_random (SAK_AGE_KEY_SIZE);
  f->file_key = sak_secret_new_random (SAK_AGE_FILE_KEY_SIZE);
  f->payload_key = sak_age_derive_payload_key (f->file_key, f->nonce);
  sak_x25519_get_public (f->identity, recipient.bytes);
  header = sak_age_header_build (&recipient, 1, f->file_key, mac, &error);
  g_assert_no_error (error);
  lines = g_strsplit (header->str, "\n", -1);
  f->share = g_strdup (lines[1] + strlen ("-> X25519 "));
  f->body = g_strdup (lines[2]);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  sak_secret_unref (f->identity);
  sak_secret_unref (f->file_key);
  sak_secret_unref (f->payload_key);
  g_free (f->share);
  g_free (f->body);
}

/* One more in the last place changes only bits that canonical base64 has as zero. */
static char *
spoil_last_bits (const char *text)
{
  char *spoilt = g_strdup (text);

  spoilt[strlen (text) - 1]++;
  return spoilt;
}

/* @S stands for the stanza, @h and @b for its share and body, @H and @B for those spoilt. */
static GString *
expand (Fixture    *f,
        const char *template)
{
  g_autofree char *stanza = g_strdup_printf ("-> X25519 %s\n%s\n", f->share, f->body);
  g_autofree char *spoilt_share = spoil_last_bits (f->share);
  g_autofree char *spoilt_body = spoil_last_bits (f->body);
  GString *header = g_string_new (template);

  g_string_replace (header, "@S", stanza, 0);
  g_string_replace (header, "@h", f->share, 0);
  g_string_replace (header, "@b", f->body, 0);
  g_string_replace (header, "@H", spoilt_share, 0);
  g_string_replace (header, "@B", spoilt_body, 0);
  return header;
}

static char *
compute_mac_text (Fixture    *f,
                  const char *header)
{
  guint8 key[SAK_SHA256_SIZE], mac[SAK_SHA256_SIZE];
  char *text;

  sak_hkdf_sha256 (sak_secret_get_bytes (f->file_key), SAK_AGE_FILE_KEY_SIZE, NULL, 0,
                   "header", key);
  sak_hmac_sha256 (key, sizeof key, header, strlen (header), mac);
  text = g_base64_encode (mac, sizeof mac);
  text[43] = '\0';
  return text;
}

static void
append_chunk (Fixture    *f,
              GByteArray *file,
              guint64     counter,
              gboolean    is_final,
              gsize       size)
{
  guint start = file->len;

  g_byte_array_set_size (file, (guint) (start + size + SAK_AGE_TAG_SIZE));
  memset (file->data + start, 'a' + (int) counter, size);
  sak_age_chunk_seal (f->payload_key, counter, is_final, file->data + start, size);
}

static GByteArray *
begin_file (Fixture    *f,
            const char *header)
{
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (file, f->nonce, sizeof f->nonce);
  return file;
}

static GByteArray *
begin_good_file (Fixture *f)
{
  g_autoptr (GString) header = expand (f, V1 "@S---");
  g_autofree char *mac = compute_mac_text (f, header->str);

  g_string_append_printf (header, " %s\n", mac);
  return begin_file (f, header->str);
}

static GInputStream *
new_source (GByteArray *file)
{
  return g_memory_input_stream_new_from_data (file->data, file->len, NULL);
}

static GError *
try (Fixture    *f,
     GByteArray *file,
     gsize      *n_released)
{
  g_autoptr (GInputStream) source = new_source (file);
  GError *error = NULL;
  g_autoptr (SakAgeReader) reader = sak_age_reader_new (source, &f->identity, 1, NULL, &error);
  guint8 buffer[4096];
  gssize got;

  *n_released = 0;
  if (reader == NULL)
    return error;
  while ((got = sak_age_reader_read (reader, buffer, sizeof buffer, NULL, &error)) > 0)
    *n_released += (gsize) got;
  g_assert_true ((got < 0) == (error != NULL));
  return error;
}

static void
assert_result (const char   *what,
               const GError *error,
               int           expected)
{
  int code = error != NULL ? error->code : OK;

  if (code != expected)
    g_error ("%s: expected %d, got %d (%s)", what, expected, code,
             error != NULL ? error->message : "");
  g_assert_true (error == NULL || error->domain == SAK_ERROR);
}

/* The MAC fits: it is the form that is refused. */
static void
assert_header (Fixture    *f,
               const char *template,
               int         expected)
{
  g_autoptr (GString) header = expand (f, template);
  g_autofree char *mac = compute_mac_text (f, header->str);
  g_autoptr (GByteArray) file = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_released;

  g_string_append_printf (header, " %s\n", mac);
  file = begin_file (f, header->str);
  append_chunk (f, file, 0, TRUE, 100);
  error = try (f, file, &n_released);
  assert_result (template, error, expected);
  g_assert_cmpuint (n_released, ==, expected == OK ? 100 : 0);
}

static void
headers_follow_the_grammar (Fixture       *f,
                            gconstpointer  unused)
{
  const struct { const char *template; int expected; } cases[] = {
    { V1 "@S---", OK },
    { V1 "-> grease a b c\n\n@S---", OK },
    { V1 "@S-> grease ~!\nQUFB\n---", OK },
    { V1 "@S-> grease\n" LINE_OF_48_BYTES "\n\n---", OK },
    { V1 "@S-> grease\n" LINE_OF_48_BYTES "\n" LINE_OF_48_BYTES "\nQQ\n---", OK },
    { V1 "@S@S---", OK },
    { "age-encryption.org/v2\n@S---", SAK_ERROR_TOO_NEW },
    { "age-encryption.org/v10\n@S---", SAK_ERROR_TOO_NEW },
    { "age-encryption.org/v1.1\n@S---", SAK_ERROR_DAMAGED },
    { "age-encryption.org/v1 \n@S---", SAK_ERROR_DAMAGED },
    { "age-encryption.org/v1\r\n@S---", SAK_ERROR_DAMAGED },
    { "age-encryption.org/v\n@S---", SAK_ERROR_DAMAGED },
    { "Age-encryption.org/v1\n@S---", SAK_ERROR_DAMAGED },
    { "\n" V1 "@S---", SAK_ERROR_DAMAGED },
    { V1 "---", SAK_ERROR_DAMAGED },
    { V1 "\n@S---", SAK_ERROR_DAMAGED },
    { V1 "-> \n\n@S---", SAK_ERROR_DAMAGED },
    { V1 "->\n\n@S---", SAK_ERROR_DAMAGED },
    { V1 "->  grease\n\n@S---", SAK_ERROR_DAMAGED },
    { V1 "-> grease \n\n@S---", SAK_ERROR_DAMAGED },
    { V1 "-> grease  a\n\n@S---", SAK_ERROR_DAMAGED },
    { V1 "-> gre\tase\n\n@S---", SAK_ERROR_DAMAGED },
    { V1 "-> gre\x7f\n\n@S---", SAK_ERROR_DAMAGED },
    { V1 "-> gr\xc3\xa9\n\n@S---", SAK_ERROR_DAMAGED },
    { V1 "-> grease\r\n\n@S---", SAK_ERROR_DAMAGED },
    { V1 "-> grease\n@S---", SAK_ERROR_DAMAGED },
    { V1 "@S-> grease\n" LINE_OF_48_BYTES "\n---", SAK_ERROR_DAMAGED },
    { V1 "@S-> grease\n" LINE_OF_48_BYTES "Q\n\n---", SAK_ERROR_DAMAGED },
    { V1 "@S-> grease\nQUFB\nQUFB\n---", SAK_ERROR_DAMAGED },
    { V1 "@S-> grease\nQQ==\n---", SAK_ERROR_DAMAGED },
    { V1 "@S-> grease\nQR\n---", SAK_ERROR_DAMAGED },
    { V1 "@S-> grease\nQUFBQ\n---", SAK_ERROR_DAMAGED },
    { V1 "@S-> grease\nQU FB\n---", SAK_ERROR_DAMAGED },
    { V1 "@S-> grease\nQUF_\n---", SAK_ERROR_DAMAGED },
    { V1 "@S-> grease\nQUFB\r\n---", SAK_ERROR_DAMAGED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_header (f, cases[i].template, cases[i].expected);
}

static void
x25519_stanzas_have_one_form (Fixture       *f,
                              gconstpointer  unused)
{
  const struct { const char *template; int expected; } cases[] = {
    { V1 "-> X25519 @h\n@b\n---", OK },
    { V1 "-> X25519 @H\n@b\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 @h\n@B\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 @h=\n@b\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 @h\n@b=\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 @h more\n@b\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519\n@b\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 @hA\n@b\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 @h\n@bA\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 QUFB\n@b\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 @h\n\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 @h\n" LINE_OF_48_BYTES "\n\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 @h\nQUFB\n@S---", SAK_ERROR_DAMAGED },
    { V1 "@S-> X25519 @h\nQUFB\n---", SAK_ERROR_DAMAGED },
    { V1 "-> X25519 " ZERO_SHARE "\n@b\n---", SAK_ERROR_DAMAGED },
    { V1 "-> x25519 @h\n@b\n---", SAK_ERROR_NOT_FOR_US },
    { V1 "-> grease @h\n@b\n---", SAK_ERROR_NOT_FOR_US },
    { V1 "-> scrypt c2FsdA 10\n@b\n---", SAK_ERROR_NOT_FOR_US },
    { V1 "-> scrypt c2FsdA 10\n@b\n@S---", SAK_ERROR_DAMAGED },
    { V1 "@S-> scrypt c2FsdA 10\n@b\n---", SAK_ERROR_DAMAGED },
    { V1 "-> grease\n\n-> scrypt c2FsdA 10\n@b\n---", SAK_ERROR_DAMAGED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_header (f, cases[i].template, cases[i].expected);
}

static void
the_mac_line_has_one_form (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr (GString) header = expand (f, V1 "@S---");
  g_autofree char *mac = compute_mac_text (f, header->str);
  g_autofree char *spoilt = spoil_last_bits (mac);
  g_autofree char *other = g_strconcat (mac[0] == 'A' ? "B" : "A", mac + 1, NULL);
  g_autofree char *shorter = g_strndup (mac, 42);
  const struct { const char *before, *mac, *after; int expected; } cases[] = {
    { " ", mac, "\n", OK },
    { " ", spoilt, "\n", SAK_ERROR_DAMAGED },
    { " ", other, "\n", SAK_ERROR_DAMAGED },
    { " ", shorter, "\n", SAK_ERROR_DAMAGED },
    { " ", mac, "=\n", SAK_ERROR_DAMAGED },
    { " ", mac, " \n", SAK_ERROR_DAMAGED },
    { " ", mac, "\r\n", SAK_ERROR_DAMAGED },
    { "  ", mac, "\n", SAK_ERROR_DAMAGED },
    { "", mac, "\n", SAK_ERROR_DAMAGED },
    { "- ", mac, "\n", SAK_ERROR_DAMAGED },
    { "", "", "\n", SAK_ERROR_DAMAGED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (header->str, cases[i].before, cases[i].mac,
                                           cases[i].after, NULL);
      g_autoptr (GByteArray) file = begin_file (f, text);
      g_autoptr (GError) error = NULL;
      gsize n_released;

      append_chunk (f, file, 0, TRUE, 100);
      error = try (f, file, &n_released);
      assert_result (text, error, cases[i].expected);
    }
}

static void
headers_are_limited (Fixture       *f,
                     gconstpointer  unused)
{
  g_autoptr (GString) stanzas = g_string_new (V1);
  g_autofree char *argument = g_strnfill (70000, 'a');
  g_autofree char *long_line = g_strconcat (V1 "-> grease ", argument, "\n\n@S---", NULL);
  g_autofree char *just_enough = NULL, *too_many = NULL;

  for (guint i = 0; i < 63; i++)
    g_string_append (stanzas, "-> grease\n\n");
  just_enough = g_strconcat (stanzas->str, "@S---", NULL);
  too_many = g_strconcat (stanzas->str, "@S-> grease\n\n---", NULL);
  assert_header (f, just_enough, OK);
  assert_header (f, too_many, SAK_ERROR_TOO_LARGE);
  assert_header (f, long_line, SAK_ERROR_TOO_LARGE);
}

/* A payload: each chunk's number, flag and size; what must come of it. */
typedef struct
{
  const char *what;
  struct { guint64 counter; gboolean is_final; gsize size; } chunks[3];
  guint n_chunks;
  guint n_trailing;
  int expected;
  gsize n_released;
} Payload;

static const Payload payloads[] = {
  { "empty", { { 0, TRUE, 0 } }, 1, 0, OK, 0 },
  { "one chunk", { { 0, TRUE, 9 } }, 1, 0, OK, 9 },
  { "a full final chunk", { { 0, FALSE, CHUNK }, { 1, TRUE, CHUNK } }, 2, 0, OK, 2 * CHUNK },
  { "no chunk", { { 0 } }, 0, 0, SAK_ERROR_TRUNCATED, 0 },
  { "an empty final chunk",
    { { 0, FALSE, CHUNK }, { 1, TRUE, 0 } }, 2, 0, SAK_ERROR_DAMAGED, CHUNK },
  { "no final chunk",
    { { 0, FALSE, CHUNK }, { 1, FALSE, CHUNK } }, 2, 0, SAK_ERROR_TRUNCATED, 2 * CHUNK },
  { "a short chunk that is not final", { { 0, FALSE, 9 } }, 1, 0, SAK_ERROR_DAMAGED, 0 },
  { "an empty chunk that is not final", { { 0, FALSE, 0 } }, 1, 0, SAK_ERROR_DAMAGED, 0 },
  { "final chunks twice", { { 0, TRUE, CHUNK }, { 1, TRUE, 9 } }, 2, 0, SAK_ERROR_DAMAGED, CHUNK },
  { "a missing first chunk", { { 1, TRUE, 9 } }, 1, 0, SAK_ERROR_DAMAGED, 0 },
  { "a missing middle chunk",
    { { 0, FALSE, CHUNK }, { 2, TRUE, CHUNK } }, 2, 0, SAK_ERROR_DAMAGED, CHUNK },
  { "swapped chunks",
    { { 1, FALSE, CHUNK }, { 0, FALSE, CHUNK }, { 2, TRUE, 9 } }, 3, 0, SAK_ERROR_DAMAGED, 0 },
  { "a chunk twice",
    { { 0, FALSE, CHUNK }, { 0, FALSE, CHUNK }, { 2, TRUE, 9 } }, 3, 0, SAK_ERROR_DAMAGED, CHUNK },
  { "a byte behind a short final chunk", { { 0, TRUE, 9 } }, 1, 1, SAK_ERROR_DAMAGED, 0 },
  { "a byte behind a full final chunk", { { 0, TRUE, CHUNK } }, 1, 1, SAK_ERROR_DAMAGED, CHUNK },
  { "many bytes behind a full final chunk",
    { { 0, TRUE, CHUNK } }, 1, 99, SAK_ERROR_DAMAGED, CHUNK },
  { "a part of a tag", { { 0, FALSE, CHUNK } }, 1, 15, SAK_ERROR_TRUNCATED, CHUNK },
};

static void
payloads_end_in_one_final_chunk (Fixture       *f,
                                 gconstpointer  unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      const Payload *payload = &payloads[i];
      const guint8 trailing[99] = { 0 };
      g_autoptr (GByteArray) file = begin_good_file (f);
      g_autoptr (GError) error = NULL;
      gsize n_released;

      for (guint j = 0; j < payload->n_chunks; j++)
        append_chunk (f, file, payload->chunks[j].counter, payload->chunks[j].is_final,
                      payload->chunks[j].size);
      g_byte_array_append (file, trailing, payload->n_trailing);
      error = try (f, file, &n_released);
      assert_result (payload->what, error, payload->expected);
      if (n_released != payload->n_released)
        g_error ("%s: %" G_GSIZE_FORMAT " bytes were released", payload->what, n_released);
    }
}

/* The seekable stream refuses the same, but for what lies before the last chunk. */
static void
streams_refuse_what_the_last_chunk_shows (Fixture       *f,
                                          gconstpointer  unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      const Payload *payload = &payloads[i];
      const guint8 trailing[99] = { 0 };
      g_autoptr (GByteArray) file = begin_good_file (f);
      g_autoptr (GInputStream) source = NULL, stream = NULL;
      g_autoptr (GError) error = NULL;
      guint8 buffer[4096];

      for (guint j = 0; j < payload->n_chunks; j++)
        append_chunk (f, file, payload->chunks[j].counter, payload->chunks[j].is_final,
                      payload->chunks[j].size);
      g_byte_array_append (file, trailing, payload->n_trailing);
      source = new_source (file);
      stream = sak_age_input_stream_new (source, f->identity, NULL, &error);
      while (stream != NULL &&
             g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error) > 0)
        ;
      if ((error == NULL) != (payload->expected == OK))
        g_error ("%s: %s", payload->what, error != NULL ? error->message : "accepted");
    }
}

int
main (int   argc,
      char *argv[])
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/age-malformed/headers-follow-the-grammar", headers_follow_the_grammar },
    { "/age-malformed/x25519-stanzas-have-one-form", x25519_stanzas_have_one_form },
    { "/age-malformed/the-mac-line-has-one-form", the_mac_line_has_one_form },
    { "/age-malformed/headers-are-limited", headers_are_limited },
    { "/age-malformed/payloads-end-in-one-final-chunk", payloads_end_in_one_final_chunk },
    { "/age-malformed/streams-refuse-what-the-last-chunk-shows",
      streams_refuse_what_the_last_chunk_shows },
  };

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
