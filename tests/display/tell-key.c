/* tell-key.c - for memory.py: the master key of a vault, in hexadecimal
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   tell-key VAULT, with the passphrase on standard input
 */
#include "config.h"

#include "crypto/sak-crypto.h"
#include "storage/sak-header.h"

#include <stdio.h>
#include <unistd.h>

int
main (int    argc,
      char **argv)
{
  char typed[256];
  gssize size = read (STDIN_FILENO, typed, sizeof typed);
  g_autoptr (SakSecret) passphrase = NULL;
  g_autoptr (SakCredential) credential = NULL;
  g_autoptr (SakSecret) key = NULL;
  SakHeader header;
  guint slot;

  if (argc != 2 || size <= 0)
    return 2;
  sak_crypto_init ();
  passphrase = sak_secret_new_copy (typed, (gsize) size);
  credential = sak_credential_new_passphrase (passphrase, NULL);
  key = credential != NULL ? sak_header_open (argv[1], credential, &header, &slot, NULL) : NULL;
  if (key == NULL)
    return 1;
  for (gsize i = 0; i < sak_secret_get_size (key); i++)
    printf ("%02x", sak_secret_get_bytes (key)[i]);
  printf ("\n");
  return 0;
}
