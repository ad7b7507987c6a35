/* sak-fuzz.c - what the fuzzers share: keys that never change, bytes as a sealed file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/fuzz/sak-fuzz.h"

#include <string.h>

#include "crypto/sak-crypto.h"

static SakSecret *
get_secret (SakSecret **secret,
            char        fill)
{
  guint8 bytes[32];

  sak_crypto_init ();
  if (*secret == NULL)
    {
      memset (bytes, fill, sizeof bytes);
      *secret = sak_secret_new_copy (bytes, sizeof bytes);
    }
  return *secret;
}

SakSecret *
fuzz_get_identity (void)
{
  static SakSecret *identity;

  return get_secret (&identity, 'i');
}

SakSecret *
fuzz_get_seed (void)
{
  static SakSecret *seed;

  return get_secret (&seed, 's');
}

SakAgeReader *
fuzz_seal (const guint8 *bytes,
           size_t        size)
{
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) source = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (SakAgeWriter) writer = NULL;
  SakSecret *identity = fuzz_get_identity ();
  SakAgeRecipient recipient;
  SakAgeReader *reader;

  sak_x25519_get_public (identity, recipient.bytes);
  writer = sak_age_writer_new (sink, &recipient, 1, NULL, NULL);
  g_assert_true (sak_age_writer_write (writer, bytes, size, NULL, NULL));
  g_assert_true (sak_age_writer_finish (writer, NULL, NULL));
  g_assert_true (g_output_stream_close (sink, NULL, NULL));
  sealed = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (sink));
  source = g_memory_input_stream_new_from_bytes (sealed);
  reader = sak_age_reader_new (source, &identity, 1, NULL, NULL);
  g_assert_nonnull (reader);
  return reader;
}

void
fuzz_init_preamble (SakPreamble *preamble)
{
  memset (preamble, 0, sizeof *preamble);
  preamble->time = 1700000000;
  preamble->n_recipients = 1;
  preamble->recipients[0].sequence = 1;
  sak_sign_get_public (fuzz_get_seed (), preamble->sender_key);
  sak_x25519_get_public (fuzz_get_identity (), preamble->recipients[0].recipient.bytes);
}
