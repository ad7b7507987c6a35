/* sak-key-file.c - a random key in a small text file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two lines: what it is, and the key as Bech32, whose checksum finds what a cut or an
 * editor did to it. One spelling and no other.
 */
#include "config.h"

#include "crypto/sak-key-file.h"

#include "crypto/sak-bech32.h"

#include <string.h>

#define FIRST_LINE "sakkhi key file v1\n"
#define FIRST_LENGTH (sizeof FIRST_LINE - 1)
#define PREFIX "SAKKHI-KEY-"
#define KEY_LENGTH SAK_BECH32_LENGTH (sizeof PREFIX - 1, SAK_KEY_FILE_KEY_SIZE)
#define FILE_SIZE (FIRST_LENGTH + KEY_LENGTH + 1)

SakSecret *
sak_key_file_to_text (SakSecret *key)
{
  SakSecret *file = sak_secret_new (FILE_SIZE);
  char *text = (char *) sak_secret_get_bytes (file);

  g_return_val_if_fail (sak_secret_get_size (key) == SAK_KEY_FILE_KEY_SIZE, file);
  memcpy (text, FIRST_LINE, FIRST_LENGTH);
  sak_bech32_encode (PREFIX, sak_secret_get_bytes (key), SAK_KEY_FILE_KEY_SIZE, text + FIRST_LENGTH);
  text[FILE_SIZE - 1] = '\n';
  return file;
}

/* sak_bech32_decode() wants its text to end in a zero byte. */
static gboolean
decode_key (const char *text,
            SakSecret  *key)
{
  g_autoptr (SakSecret) ended = sak_secret_new (KEY_LENGTH + 1);

  memcpy (sak_secret_get_bytes (ended), text, KEY_LENGTH);
  return sak_bech32_decode (PREFIX, (const char *) sak_secret_get_bytes (ended),
                            sak_secret_get_bytes (key), SAK_KEY_FILE_KEY_SIZE);
}

/* Returns: (transfer full): the key; or NULL with TOO_NEW or INVALID. */
SakSecret *
sak_key_file_parse (SakSecret  *file,
                    GError    **error)
{
  const char *text = (const char *) sak_secret_get_bytes (file);
  gsize size = sak_secret_get_size (file);
  g_autoptr (SakSecret) key = sak_secret_new (SAK_KEY_FILE_KEY_SIZE);

  if (size == FILE_SIZE && memcmp (text, FIRST_LINE, FIRST_LENGTH) == 0 && text[FILE_SIZE - 1] == '\n' &&
      decode_key (text + FIRST_LENGTH, key))
    return g_steal_pointer (&key);
  if (size > FIRST_LENGTH && memcmp (text, FIRST_LINE, FIRST_LENGTH - 2) == 0 && text[FIRST_LENGTH - 2] != '1')
    g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW, "the key file is of a later version");
  else
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is no whole key file");
  return NULL;
}
