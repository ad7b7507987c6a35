/* sak-test-kdf.c - each passphrase is stretched once, for campaigns that open thousands of times
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Programs that link this with -Wl,--wrap=sak_kdf_from_passphrase call it in the place of
 * the real one, which makes each key; asked again, the answer is remembered.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-kdf.h"

SakKdfResult __real_sak_kdf_from_passphrase (SakSecret        *passphrase,
                                             const guint8      salt[static SAK_KDF_SALT_SIZE],
                                             const SakKdfCost *cost,
                                             SakSecret       **ret_key);
SakKdfResult __wrap_sak_kdf_from_passphrase (SakSecret        *passphrase,
                                             const guint8      salt[static SAK_KDF_SALT_SIZE],
                                             const SakKdfCost *cost,
                                             SakSecret       **ret_key);

static char *
make_question (SakSecret        *passphrase,
               const guint8     *salt,
               const SakKdfCost *cost)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (checksum, salt, SAK_KDF_SALT_SIZE);
  g_checksum_update (checksum, (const guchar *) cost, sizeof *cost);
  g_checksum_update (checksum, sak_secret_get_bytes (passphrase), (gssize) sak_secret_get_size (passphrase));
  return g_strdup (g_checksum_get_string (checksum));
}

SakKdfResult
__wrap_sak_kdf_from_passphrase (SakSecret        *passphrase,
                                const guint8      salt[static SAK_KDF_SALT_SIZE],
                                const SakKdfCost *cost,
                                SakSecret       **ret_key)
{
  static GHashTable *answers;
  g_autofree char *question = make_question (passphrase, salt, cost);
  SakSecret *known;
  SakKdfResult result;

  if (answers == NULL)
    answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sak_secret_unref);
  known = g_hash_table_lookup (answers, question);
  if (known == NULL)
    {
      result = __real_sak_kdf_from_passphrase (passphrase, salt, cost, &known);
      if (result != SAK_KDF_OK)
        return result;
      g_hash_table_insert (answers, g_steal_pointer (&question), known);
    }
  *ret_key = sak_secret_new_copy (sak_secret_get_bytes (known), sak_secret_get_size (known));
  return SAK_KDF_OK;
}
