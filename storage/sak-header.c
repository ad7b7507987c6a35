/* sak-header.c - vault.header: how the master key is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing in the file is believed before it is checked, in this order: size, checksum
 * (a torn write), version, cost bounds, a slot's key commitment, the wrapped key's tag,
 * and last the MAC over the whole header under the master key, which shows slots that
 * were added, removed or changed by somebody without it.
 */
#include "config.h"

#include "storage/sak-header.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "storage/sak-file.h"
#include "storage/sak-little-endian.h"

#include <string.h>

#define MAGIC "SAKVAULT"
#define VERSION 1
#define FLAG_PRACTICE 1

/* Offsets in the file. */
enum
{
  AT_VERSION = 8,
  AT_FLAGS = 12,
  AT_VAULT_ID = 16,
  AT_FILE_SALT = 32,
  AT_GENERATION = 64,
  AT_SLOTS = 128,
  AT_MAC = AT_SLOTS + SAK_HEADER_N_SLOTS * SAK_SLOT_SIZE,
  AT_PADDING = AT_MAC + 32,
  AT_CHECKSUM = SAK_HEADER_SIZE - 32,
};

void
sak_header_init_new (SakHeader *self,
                     gboolean   is_practice)
{
  memset (self, 0, sizeof *self);
  sak_random_bytes (self->vault_id, sizeof self->vault_id);
  sak_random_bytes (self->file_salt, sizeof self->file_salt);
  self->is_practice = is_practice;
}

/**
 * sak_header_add:
 * @cost: (nullable): where @credential has a passphrase
 * @ret_slot: (out): which of the slots it became
 *
 * In memory; sak_header_write() makes it so.
 */
gboolean
sak_header_add (SakHeader         *self,
                SakCredential     *credential,
                const SakKdfCost  *cost,
                SakSecret         *master_key,
                guint             *ret_slot,
                GError           **error)
{
  for (guint i = 0; i < SAK_HEADER_N_SLOTS; i++)
    if (sak_slot_get_type (self->slots[i]) == SAK_SLOT_EMPTY)
      {
        *ret_slot = i;
        return sak_slot_make (self->slots[i], self->vault_id, NULL, credential, cost, master_key, error);
      }
  g_set_error (error, SAK_ERROR, SAK_ERROR_SLOTS_FULL, "all %d key slots are taken", SAK_HEADER_N_SLOTS);
  return FALSE;
}

/**
 * sak_header_unlock:
 * @ret_slot: (out): which slot it was
 *
 * Returns: the master key, or NULL: PASSPHRASE if no slot of @credential's kind fits; a
 *   slot that is damaged or too dear does not keep the next one from being tried
 */
SakSecret *
sak_header_unlock (const SakHeader  *self,
                   SakCredential    *credential,
                   guint            *ret_slot,
                   GError          **error)
{
  g_autoptr (GError) slot_error = NULL;

  for (guint i = 0; i < SAK_HEADER_N_SLOTS; i++)
    {
      g_autoptr (GError) local_error = NULL;
      SakSecret *master_key = sak_slot_open (self->slots[i], self->vault_id, credential, &local_error);

      if (master_key != NULL)
        {
          *ret_slot = i;
          return master_key;
        }
      if (local_error != NULL && slot_error == NULL)
        slot_error = g_steal_pointer (&local_error);
    }
  if (slot_error != NULL)
    g_propagate_error (error, g_steal_pointer (&slot_error));
  else
    g_set_error (error, SAK_ERROR, SAK_ERROR_PASSPHRASE, "what was given fits no key slot");
  return NULL;
}

static void
compute_mac (const guint8 *file,
             SakSecret    *master_key,
             guint8        mac[static 32])
{
  g_autoptr (SakSecret) key = sak_kdf_derive (master_key, "sakkhi header mac v1", NULL, 0);

  sak_blake2b (sak_secret_get_bytes (key), SAK_KDF_KEY_SIZE, file, AT_MAC, mac, 32);
}

static void
encode (const SakHeader *self,
        SakSecret       *master_key,
        guint8           file[static SAK_HEADER_SIZE])
{
  memset (file, 0, SAK_HEADER_SIZE);
  memcpy (file, MAGIC, 8);
  sak_put_u32_le (file + AT_VERSION, VERSION);
  sak_put_u32_le (file + AT_FLAGS, self->is_practice ? FLAG_PRACTICE : 0);
  memcpy (file + AT_VAULT_ID, self->vault_id, sizeof self->vault_id);
  memcpy (file + AT_FILE_SALT, self->file_salt, sizeof self->file_salt);
  sak_put_u64_le (file + AT_GENERATION, self->generation);
  memcpy (file + AT_SLOTS, self->slots, sizeof self->slots);
  compute_mac (file, master_key, file + AT_MAC);
  sak_blake2b (NULL, 0, file, AT_CHECKSUM, file + AT_CHECKSUM, 32);
}

static gboolean
decode (const guint8  *file,
        gsize          size,
        SakHeader     *ret_header,
        GError       **error)
{
  guint8 checksum[32];

  if (size < SAK_HEADER_SIZE || memcmp (file, MAGIC, 8) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the vault header is not a vault header");
      return FALSE;
    }
  sak_blake2b (NULL, 0, file, AT_CHECKSUM, checksum, sizeof checksum);
  if (!sak_equal (checksum, file + AT_CHECKSUM, sizeof checksum))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the vault header is damaged");
      return FALSE;
    }
  if (sak_get_u32_le (file + AT_VERSION) != VERSION || (sak_get_u32_le (file + AT_FLAGS) & ~FLAG_PRACTICE) != 0 ||
      size != SAK_HEADER_SIZE)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW, "the vault has format %u, this program knows %d",
                   sak_get_u32_le (file + AT_VERSION), VERSION);
      return FALSE;
    }
  memset (ret_header, 0, sizeof *ret_header);
  memcpy (ret_header->vault_id, file + AT_VAULT_ID, sizeof ret_header->vault_id);
  memcpy (ret_header->file_salt, file + AT_FILE_SALT, sizeof ret_header->file_salt);
  ret_header->generation = sak_get_u64_le (file + AT_GENERATION);
  ret_header->is_practice = (sak_get_u32_le (file + AT_FLAGS) & FLAG_PRACTICE) != 0;
  memcpy (ret_header->slots, file + AT_SLOTS, sizeof ret_header->slots);
  return TRUE;
}

/**
 * sak_header_write:
 *
 * First vault.header, then vault.header.bak: at every moment one of them is whole, and
 * in the end both are the new generation, so that a removed slot is removed.
 */
gboolean
sak_header_write (SakHeader   *self,
                  SakSecret   *master_key,
                  const char  *vault_path,
                  GError     **error)
{
  g_autofree char *path = g_build_filename (vault_path, "vault.header", NULL);
  g_autofree char *copy = g_build_filename (vault_path, "vault.header.bak", NULL);
  guint8 file[SAK_HEADER_SIZE];

  self->generation++;
  encode (self, master_key, file);
  return sak_file_replace (path, file, sizeof file, error) &&
         sak_file_replace (copy, file, sizeof file, error);
}

/* One of the two files, from reading to the MAC. */
static SakSecret *
open_one (const char     *path,
          SakCredential  *credential,
          SakHeader      *ret_header,
          guint          *ret_slot,
          GError        **error)
{
  g_autoptr (GBytes) file = sak_file_read (path, SAK_HEADER_SIZE * 16, error);
  g_autoptr (SakSecret) master_key = NULL;
  const guint8 *bytes;
  gsize size;
  guint8 mac[32];

  if (file == NULL)
    return NULL;
  bytes = g_bytes_get_data (file, &size);
  if (!decode (bytes, size, ret_header, error))
    return NULL;
  master_key = sak_header_unlock (ret_header, credential, ret_slot, error);
  if (master_key == NULL)
    return NULL;
  compute_mac (bytes, master_key, mac);
  if (!sak_equal (mac, bytes + AT_MAC, sizeof mac))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED,
                   "the vault header was altered by somebody without the key");
      return NULL;
    }
  return g_steal_pointer (&master_key);
}

/* Whether another generation of the header is worth trying after @error. */
static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, SAK_ERROR, SAK_ERROR_DAMAGED) ||
         g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND) ||
         g_error_matches (error, SAK_ERROR, SAK_ERROR_IO) ||
         g_error_matches (error, SAK_ERROR, SAK_ERROR_TOO_LARGE);
}

static gboolean
copies_differ (const char *path,
               const char *copy)
{
  g_autoptr (GBytes) a = sak_file_read (path, SAK_HEADER_SIZE * 16, NULL);
  g_autoptr (GBytes) b = sak_file_read (copy, SAK_HEADER_SIZE * 16, NULL);

  return a == NULL || b == NULL || !g_bytes_equal (a, b);
}

/* A crash between the two writings, a bad sector: both files are made anew from the header
 * that opened. A key slot that was removed must not come back by way of an older
 * copy, and the next accident finds two again. If the disk refuses, so be it.
 */
static void
mend_copy (const char      *path,
           const SakHeader *header,
           SakSecret       *master_key)
{
  guint8 file[SAK_HEADER_SIZE];
  gboolean is_mended;

  encode (header, master_key, file);
  is_mended = sak_file_replace (path, file, sizeof file, NULL);
  (void) is_mended;
}

/**
 * sak_header_verify:
 *
 * Whether @file is a whole header that was written by whoever has @master_key.
 */
gboolean
sak_header_verify (const guint8  *file,
                   gsize          size,
                   SakSecret     *master_key,
                   SakHeader     *ret_header,
                   GError       **error)
{
  guint8 mac[32];

  if (!decode (file, size, ret_header, error))
    return FALSE;
  compute_mac (file, master_key, mac);
  if (sak_equal (mac, file + AT_MAC, sizeof mac))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the vault header was altered by somebody without the key");
  return FALSE;
}

/* Both files may be whole and of different generations: a crash between the two writings, or an
 * older one put back. The newer one counts, and what it no longer has in it opens nothing.
 */
static gboolean
take_newer (const char     *other,
            SakCredential  *credential,
            SakSecret      *master_key,
            SakHeader      *header,
            guint          *ret_slot,
            GError        **error)
{
  g_autoptr (GBytes) file = sak_file_read (other, SAK_HEADER_SIZE * 16, NULL);
  g_autoptr (SakSecret) again = NULL;
  SakHeader newer;

  if (file == NULL ||
      !sak_header_verify (g_bytes_get_data (file, NULL), g_bytes_get_size (file), master_key, &newer, NULL) ||
      newer.generation <= header->generation)
    return TRUE;
  again = sak_header_unlock (&newer, credential, ret_slot, error);
  if (again == NULL)
    return FALSE;
  *header = newer;
  return TRUE;
}

/**
 * sak_header_open:
 * @ret_slot: (out): which slot opened
 *
 * Of vault.header and vault.header.bak the newer whole one counts; the format of neither may be
 * newer than this program. In the end both files are the one that opened.
 */
SakSecret *
sak_header_open (const char     *vault_path,
                 SakCredential  *credential,
                 SakHeader      *ret_header,
                 guint          *ret_slot,
                 GError        **error)
{
  g_autofree char *path = g_build_filename (vault_path, "vault.header", NULL);
  g_autofree char *copy = g_build_filename (vault_path, "vault.header.bak", NULL);
  g_autoptr (GError) first_error = NULL;
  g_autoptr (GError) copy_error = NULL;
  g_autoptr (SakSecret) master_key = NULL;
  gboolean differ, is_wrong;
  const char *other = copy;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (copy, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_VAULT, "%s is not a vault", vault_path);
      return NULL;
    }
  differ = copies_differ (path, copy);
  master_key = open_one (path, credential, ret_header, ret_slot, &first_error);
  is_wrong = g_error_matches (first_error, SAK_ERROR, SAK_ERROR_PASSPHRASE);
  if (master_key == NULL && (is_damage (first_error) || (is_wrong && differ)))
    {
      master_key = open_one (copy, credential, ret_header, ret_slot, &copy_error);
      other = path;
    }
  if (master_key == NULL)
    {
      /* The copy is whole, so what keeps us out is the passphrase, not the damage. */
      gboolean is_passphrase = g_error_matches (copy_error, SAK_ERROR, SAK_ERROR_PASSPHRASE);

      g_propagate_error (error, is_passphrase ? g_steal_pointer (&copy_error) : g_steal_pointer (&first_error));
      return NULL;
    }
  if (differ && !take_newer (other, credential, master_key, ret_header, ret_slot, error))
    return NULL;
  if (differ)
    {
      mend_copy (path, ret_header, master_key);
      mend_copy (copy, ret_header, master_key);
    }
  return g_steal_pointer (&master_key);
}
