/* sak-chacha.c - ChaCha20-Poly1305 (RFC 8439) by the faster of two libraries
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsodium defines what is right and is always there. libgcrypt, where the program was
 * built with it, does the same work about twice as fast (AVX2 with the authentication
 * interleaved): tests/bench. It is believed only after it has given libsodium's bytes for
 * every length class at the start of this very process, and whenever it cannot do a unit
 * (no memory for a handle), libsodium does that one.
 */
#include "config.h"

#include "crypto/sak-chacha.h"

#include <sodium.h>
#include <string.h>

#ifdef SAK_HAVE_GCRYPT
#include <gcrypt.h>
#endif

G_STATIC_ASSERT (SAK_CHACHA_KEY_SIZE == crypto_aead_chacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (SAK_CHACHA_NONCE_SIZE == crypto_aead_chacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (SAK_CHACHA_TAG_SIZE == crypto_aead_chacha20poly1305_ietf_ABYTES);

static void
seal_by_sodium (const SakChachaUnit *unit,
                const guint8        *input,
                gsize                size,
                guint8              *output,
                guint8              *tag)
{
  crypto_aead_chacha20poly1305_ietf_encrypt_detached (output, tag, NULL, input, size, unit->associated,
                                                      unit->associated_size, NULL, unit->nonce, unit->key);
}

/* Two steps, which are what libsodium does too: alone its decryption zeroes the output of
 * a refused unit, which may be the only copy of the input.
 */
static gboolean
open_by_sodium (const SakChachaUnit *unit,
                const guint8        *input,
                gsize                size,
                const guint8        *tag,
                guint8              *output)
{
  if (crypto_aead_chacha20poly1305_ietf_decrypt_detached (NULL, NULL, input, size, tag, unit->associated,
                                                          unit->associated_size, unit->nonce, unit->key) != 0)
    return FALSE;
  crypto_stream_chacha20_ietf_xor_ic (output, input, size, unit->nonce, 1, unit->key);
  return TRUE;
}

#ifdef SAK_HAVE_GCRYPT

static gboolean is_gcrypt_good;

/* The handle's memory is locked against swapping and wiped when its thread ends. */
static void
close_handle (gpointer handle)
{
  gcry_cipher_close (handle);
}

static GPrivate thread_handle = G_PRIVATE_INIT (close_handle);

/* Ready for one unit of this thread, or NULL. */
static gcry_cipher_hd_t
prepare_handle (const SakChachaUnit *unit)
{
  gcry_cipher_hd_t handle = g_private_get (&thread_handle);

  if (handle == NULL)
    {
      if (gcry_cipher_open (&handle, GCRY_CIPHER_CHACHA20, GCRY_CIPHER_MODE_POLY1305, GCRY_CIPHER_SECURE) != 0)
        return NULL;
      g_private_set (&thread_handle, handle);
    }
  if (gcry_cipher_setkey (handle, unit->key, SAK_CHACHA_KEY_SIZE) != 0
      || gcry_cipher_setiv (handle, unit->nonce, SAK_CHACHA_NONCE_SIZE) != 0
      || gcry_cipher_authenticate (handle, unit->associated, unit->associated_size) != 0)
    return NULL;
  return handle;
}

/* The handle outlives the unit, its key must not. */
static void
forget_key (gcry_cipher_hd_t handle)
{
  static const guint8 zeros[SAK_CHACHA_KEY_SIZE];

  (void) gcry_cipher_setkey (handle, zeros, sizeof zeros);
}

static gboolean
seal_by_gcrypt (const SakChachaUnit *unit,
                const guint8        *input,
                gsize                size,
                guint8              *output,
                guint8              *tag)
{
  gcry_cipher_hd_t handle = prepare_handle (unit);
  gboolean is_done;

  if (handle == NULL)
    return FALSE;
  /* In place by a NULL input: libgcrypt refuses two pointers to the same bytes. */
  is_done = (output == input ? gcry_cipher_encrypt (handle, output, size, NULL, 0)
                             : gcry_cipher_encrypt (handle, output, size, input, size)) == 0
            && gcry_cipher_gettag (handle, tag, SAK_CHACHA_TAG_SIZE) == 0;
  /* A cipher that stops in the middle may have eaten the input: there is no way on. */
  g_assert (is_done);
  forget_key (handle);
  return TRUE;
}

/* Decrypts before the tag is known, and takes it back where the tag does not fit: nothing
 * unauthenticated comes out, and @input is as it was.
 */
static gboolean
open_by_gcrypt (const SakChachaUnit *unit,
                const guint8        *input,
                gsize                size,
                const guint8        *tag,
                guint8              *output,
                gboolean            *ret_is_authentic)
{
  gcry_cipher_hd_t handle = prepare_handle (unit);
  gcry_error_t result;

  if (handle == NULL)
    return FALSE;
  result = output == input ? gcry_cipher_decrypt (handle, output, size, NULL, 0)
                           : gcry_cipher_decrypt (handle, output, size, input, size);
  g_assert (result == 0);
  *ret_is_authentic = gcry_cipher_checktag (handle, tag, SAK_CHACHA_TAG_SIZE) == 0;
  forget_key (handle);
  if (*ret_is_authentic)
    return TRUE;
  if (output == input)
    crypto_stream_chacha20_ietf_xor_ic (output, output, size, unit->nonce, 1, unit->key);
  else
    sodium_memzero (output, size);
  return TRUE;
}

/* Whether libgcrypt gives libsodium's bytes and refuses what libsodium refuses. */
static gboolean
agrees_on (gsize size)
{
  guint8 random[SAK_CHACHA_KEY_SIZE + SAK_CHACHA_NONCE_SIZE + 30];
  const SakChachaUnit unit = { random, random + 32, random + 44, 30 };
  g_autofree guint8 *plain = g_malloc (size + 1);
  g_autofree guint8 *ours = g_malloc (size + 1);
  g_autofree guint8 *theirs = g_malloc (size + 1);
  guint8 our_tag[SAK_CHACHA_TAG_SIZE], their_tag[SAK_CHACHA_TAG_SIZE];
  gboolean is_authentic = FALSE;

  randombytes_buf (random, sizeof random);
  randombytes_buf (plain, size);
  seal_by_sodium (&unit, plain, size, ours, our_tag);
  if (!seal_by_gcrypt (&unit, plain, size, theirs, their_tag)
      || memcmp (ours, theirs, size) != 0 || memcmp (our_tag, their_tag, sizeof our_tag) != 0
      || !open_by_gcrypt (&unit, theirs, size, their_tag, theirs, &is_authentic) || !is_authentic
      || memcmp (theirs, plain, size) != 0)
    return FALSE;
  our_tag[size % sizeof our_tag] ^= 1;
  return open_by_gcrypt (&unit, ours, size, our_tag, ours, &is_authentic) && !is_authentic;
}

static void
init_gcrypt (void)
{
  static const gsize sizes[] = { 0, 1, 16, 63, 64, 65, 255, 256, 257, 511, 512, 513, 1024, 4096, 8152 };

  if (gcry_check_version (NULL) == NULL)
    return;
  gcry_control (GCRYCTL_DISABLE_SECMEM_WARN);
  gcry_control (GCRYCTL_INIT_SECMEM, 32768, 0);
  gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
  is_gcrypt_good = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (sizes) && is_gcrypt_good; i++)
    is_gcrypt_good = agrees_on (sizes[i]);
}

#endif

void
sak_chacha_init (void)
{
#ifdef SAK_HAVE_GCRYPT
  init_gcrypt ();
#endif
}

const char *
sak_chacha_get_engine (void)
{
#ifdef SAK_HAVE_GCRYPT
  if (is_gcrypt_good)
    return "libgcrypt";
#endif
  return "libsodium";
}

void
sak_chacha_seal (const SakChachaUnit *unit,
                 const guint8        *input,
                 gsize                size,
                 guint8              *output,
                 guint8               tag[static SAK_CHACHA_TAG_SIZE])
{
#ifdef SAK_HAVE_GCRYPT
  if (is_gcrypt_good && seal_by_gcrypt (unit, input, size, output, tag))
    return;
#endif
  seal_by_sodium (unit, input, size, output, tag);
}

/**
 * sak_chacha_open:
 *
 * Returns: whether the tag fits. If it does not, nothing of the text is in @output, and
 *   @input is as it was, also where they are the same memory.
 */
gboolean
sak_chacha_open (const SakChachaUnit *unit,
                 const guint8        *input,
                 gsize                size,
                 const guint8         tag[static SAK_CHACHA_TAG_SIZE],
                 guint8              *output)
{
#ifdef SAK_HAVE_GCRYPT
  gboolean is_authentic;

  if (is_gcrypt_good && open_by_gcrypt (unit, input, size, tag, output, &is_authentic))
    return is_authentic;
#endif
  return open_by_sodium (unit, input, size, tag, output);
}
