/* sak-minisign.c - minisign signatures (jedisct1/minisign), prehashed form
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A key is "Ed", key id, key; a signature "ED", key id, signature over BLAKE2b-512 of the
 * content. Of the key id nothing is believed: what counts is the key the caller trusts.
 */
#include "config.h"

#include "crypto/sak-minisign.h"

#include "crypto/sak-base64.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"

#include <sodium.h>
#include <string.h>

#define ALGORITHM_SIZE 2
#define KEY_ID_SIZE 8
#define SIGNATURE_SIZE (ALGORITHM_SIZE + KEY_ID_SIZE + SAK_SIGN_SIZE)
#define PUBLIC_KEY_SIZE (ALGORITHM_SIZE + KEY_ID_SIZE + SAK_SIGN_PUBLIC_SIZE)
#define HASH_SIZE 64
#define UNTRUSTED_PREFIX "untrusted comment: "
#define TRUSTED_PREFIX "trusted comment: "
#define MAX_UNTRUSTED_COMMENT 1024
#define BASE64 sodium_base64_VARIANT_ORIGINAL

typedef struct
{
  guint8 algorithm[ALGORITHM_SIZE];
  guint8 key_id[KEY_ID_SIZE];
  guint8 signature[SAK_SIGN_SIZE];
} Signature;

G_STATIC_ASSERT (sizeof (Signature) == SIGNATURE_SIZE);

/* What the second signature covers: the first one and the trusted comment. */
typedef struct
{
  guint8 signature[SAK_SIGN_SIZE];
  char comment[SAK_MINISIGN_MAX_COMMENT];
} Covered;

static void
compute_key_id (const guint8 public_key[static SAK_SIGN_PUBLIC_SIZE],
                guint8       key_id[static KEY_ID_SIZE])
{
  guint8 digest[32];

  sak_blake2b (NULL, 0, public_key, SAK_SIGN_PUBLIC_SIZE, digest, sizeof digest);
  memcpy (key_id, digest, KEY_ID_SIZE);
}

static void
append_base64 (GString    *text,
               const void *bytes,
               gsize       size)
{
  char encoded[128];

  sodium_bin2base64 (encoded, sizeof encoded, bytes, size, BASE64);
  g_string_append (text, encoded);
}

/* Tabs are in what the tool itself writes. */
static gboolean
is_printable (const char *text,
              gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if ((text[i] < 0x20 || text[i] > 0x7e) && text[i] != '\t')
      return FALSE;
  return TRUE;
}

/* Returns: one line without its end, as `minisign -P` takes it. */
char *
sak_minisign_public_key_to_text (const guint8 public_key[static SAK_SIGN_PUBLIC_SIZE])
{
  guint8 bytes[PUBLIC_KEY_SIZE] = { 'E', 'd' };
  g_autoptr (GString) text = g_string_new (NULL);

  compute_key_id (public_key, bytes + ALGORITHM_SIZE);
  memcpy (bytes + ALGORITHM_SIZE + KEY_ID_SIZE, public_key, SAK_SIGN_PUBLIC_SIZE);
  append_base64 (text, bytes, sizeof bytes);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Returns: the two lines of a public key file, as `minisign -p` takes it. */
char *
sak_minisign_public_key_to_file (const guint8 public_key[static SAK_SIGN_PUBLIC_SIZE])
{
  g_autofree char *key = sak_minisign_public_key_to_text (public_key);

  return g_strconcat (UNTRUSTED_PREFIX "minisign public key\n", key, "\n", NULL);
}

static void
hash_content (const void *content,
              gsize       size,
              guint8      digest[static HASH_SIZE])
{
  sak_blake2b (NULL, 0, content, size, digest, HASH_SIZE);
}

static gsize
cover (Covered      *covered,
       const guint8  signature[static SAK_SIGN_SIZE],
       const char   *comment,
       gsize         length)
{
  memcpy (covered->signature, signature, SAK_SIGN_SIZE);
  memcpy (covered->comment, comment, length);
  return G_STRUCT_OFFSET (Covered, comment) + length;
}

/**
 * sak_minisign_sign:
 * @trusted_comment: printable ASCII, at most %SAK_MINISIGN_MAX_COMMENT bytes; signed too
 *
 * Returns: the four lines of a .minisig file.
 */
char *
sak_minisign_sign (SakSecret  *seed,
                   const void *content,
                   gsize       size,
                   const char *trusted_comment)
{
  gsize length = strlen (trusted_comment);
  g_autoptr (GString) text = g_string_new (UNTRUSTED_PREFIX "the signer's public key verifies\n");
  Signature first = { { 'E', 'D' } };
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];
  guint8 second[SAK_SIGN_SIZE];
  guint8 digest[HASH_SIZE];
  Covered covered;

  g_return_val_if_fail (length <= SAK_MINISIGN_MAX_COMMENT, NULL);
  g_return_val_if_fail (is_printable (trusted_comment, length), NULL);
  sak_sign_get_public (seed, public_key);
  compute_key_id (public_key, first.key_id);
  hash_content (content, size, digest);
  sak_sign (seed, digest, sizeof digest, first.signature);
  length = cover (&covered, first.signature, trusted_comment, length);
  sak_sign (seed, &covered, length, second);

  append_base64 (text, &first, sizeof first);
  g_string_append_printf (text, "\n" TRUSTED_PREFIX "%s\n", trusted_comment);
  append_base64 (text, second, sizeof second);
  g_string_append_c (text, '\n');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Verifying */

typedef struct
{
  const char *text;
  gsize length;
} Line;

/* Exactly four, each ended by a newline. */
static gboolean
split_lines (const char *text,
             gsize       size,
             Line        lines[static 4])
{
  for (guint i = 0; i < 4; i++)
    {
      const char *end = size > 0 ? memchr (text, '\n', size) : NULL;

      if (end == NULL)
        return FALSE;
      lines[i] = (Line) { text, (gsize) (end - text) };
      size -= lines[i].length + 1;
      text = end + 1;
    }
  return size == 0;
}

static gboolean
strip_prefix (Line       *line,
              const char *prefix,
              gsize       max_length)
{
  gsize length = strlen (prefix);

  if (line->length < length || memcmp (line->text, prefix, length) != 0)
    return FALSE;
  line->text += length;
  line->length -= length;
  return line->length <= max_length && is_printable (line->text, line->length);
}

/* Canonical text only: padding, filling bits and nothing else. */
static gboolean
decode_line (const Line *line,
             void       *bytes,
             gsize       size)
{
  gsize decoded = 0;

  if (!sak_base64_decode (line->text, line->length, BASE64, bytes, size, &decoded))
    return FALSE;
  return decoded == size;
}

/**
 * sak_minisign_verify:
 * @signature_text: the whole .minisig file; anything but its four lines is refused
 * @ret_trusted_comment: (out) (optional): untouched on failure
 *
 * Returns: whether @public_key signed both @content and the trusted comment, prehashed.
 */
gboolean
sak_minisign_verify (const guint8  public_key[static SAK_SIGN_PUBLIC_SIZE],
                     const void   *content,
                     gsize         size,
                     const char   *signature_text,
                     gsize         signature_size,
                     char        **ret_trusted_comment)
{
  Line lines[4];
  Signature first;
  guint8 second[SAK_SIGN_SIZE];
  guint8 digest[HASH_SIZE];
  Covered covered;
  gsize length;

  if (!split_lines (signature_text, signature_size, lines) ||
      !strip_prefix (&lines[0], UNTRUSTED_PREFIX, MAX_UNTRUSTED_COMMENT) ||
      !decode_line (&lines[1], &first, sizeof first) ||
      !strip_prefix (&lines[2], TRUSTED_PREFIX, SAK_MINISIGN_MAX_COMMENT) ||
      !decode_line (&lines[3], second, sizeof second) ||
      memcmp (first.algorithm, "ED", ALGORITHM_SIZE) != 0)
    return FALSE;
  hash_content (content, size, digest);
  length = cover (&covered, first.signature, lines[2].text, lines[2].length);
  if (!sak_sign_verify (public_key, digest, sizeof digest, first.signature) ||
      !sak_sign_verify (public_key, &covered, length, second))
    return FALSE;
  if (ret_trusted_comment != NULL)
    *ret_trusted_comment = g_strndup (lines[2].text, lines[2].length);
  return TRUE;
}
