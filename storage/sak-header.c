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

#include "crypto/sak-aead.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "storage/sak-file.h"

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
  AT_MAC = AT_SLOTS + SAK_HEADER_N_SLOTS * 256,
  AT_PADDING = AT_MAC + 32,
  AT_CHECKSUM = SAK_HEADER_SIZE - 32,
};

/* Offsets in a slot; all before SLOT_AUTHENTICATED_END is what the wrap authenticates. */
enum
{
  SLOT_TYPE = 0,
  SLOT_ID = 8,
  SLOT_CREATED = 16,
  SLOT_LABEL = 24,
  SLOT_SALT = 88,
  SLOT_PASSES = 104,
  SLOT_MEMORY = 112,
  SLOT_AUTHENTICATED_END = 120,
  SLOT_NONCE = 120,
  SLOT_COMMITMENT = 144,
  SLOT_WRAPPED = 176,
  SLOT_TAG = 208,
};

static void
put_u64 (guint8  *at,
         guint64  value)
{
  guint64 little = GUINT64_TO_LE (value);

  memcpy (at, &little, sizeof little);
}

static guint64
get_u64 (const guint8 *at)
{
  guint64 little;

  memcpy (&little, at, sizeof little);
  return GUINT64_FROM_LE (little);
}

static void
put_u32 (guint8  *at,
         guint32  value)
{
  guint32 little = GUINT32_TO_LE (value);

  memcpy (at, &little, sizeof little);
}

static guint32
get_u32 (const guint8 *at)
{
  guint32 little;

  memcpy (&little, at, sizeof little);
  return GUINT32_FROM_LE (little);
}

void
sak_header_init_new (SakHeader *self,
                     gboolean   is_practice)
{
  memset (self, 0, sizeof *self);
  sak_random_bytes (self->vault_id, sizeof self->vault_id);
  sak_random_bytes (self->file_salt, sizeof self->file_salt);
  self->is_practice = is_practice;
}

static guint8 *
find_empty_slot (SakHeader *self)
{
  for (guint i = 0; i < SAK_HEADER_N_SLOTS; i++)
    if (self->slots[i][SLOT_TYPE] == SAK_SLOT_EMPTY)
      return self->slots[i];
  return NULL;
}

/* What both the wrap and the commitment bind to: this vault and the slot's parameters. */
static void
fill_associated (const SakHeader *self,
                 const guint8    *slot,
                 guint8           associated[static SAK_VFS_VAULT_ID_SIZE + SLOT_AUTHENTICATED_END])
{
  memcpy (associated, self->vault_id, SAK_VFS_VAULT_ID_SIZE);
  memcpy (associated + SAK_VFS_VAULT_ID_SIZE, slot, SLOT_AUTHENTICATED_END);
}

static void
compute_commitment (SakSecret    *slot_key,
                    const guint8 *associated,
                    gsize         size,
                    guint8        commitment[static 32])
{
  g_autoptr (SakSecret) key = sak_kdf_derive (slot_key, "sakkhi slot commitment v1", NULL, 0);

  sak_blake2b (sak_secret_get_bytes (key), SAK_KDF_KEY_SIZE, associated, size, commitment, 32);
}

static void
wrap_master_key (const SakHeader *self,
                 guint8          *slot,
                 SakSecret       *slot_key,
                 SakSecret       *master_key)
{
  guint8 associated[SAK_VFS_VAULT_ID_SIZE + SLOT_AUTHENTICATED_END];
  g_autoptr (SakSecret) key = sak_kdf_derive (slot_key, "sakkhi slot wrap v1", NULL, 0);

  fill_associated (self, slot, associated);
  compute_commitment (slot_key, associated, sizeof associated, slot + SLOT_COMMITMENT);
  sak_random_bytes (slot + SLOT_NONCE, SAK_AEAD_NONCE_SIZE);
  sak_aead_encrypt (sak_secret_get_bytes (key), slot + SLOT_NONCE, associated, sizeof associated,
                    sak_secret_get_bytes (master_key), 32, slot + SLOT_WRAPPED, slot + SLOT_TAG);
}

static SakSecret *
derive_slot_key (const guint8  *slot,
                 SakSecret     *passphrase,
                 GError       **error)
{
  const SakKdfCost cost = { get_u64 (slot + SLOT_PASSES), get_u64 (slot + SLOT_MEMORY) };
  SakSecret *key = NULL;

  switch (sak_kdf_from_passphrase (passphrase, slot + SLOT_SALT, &cost, &key))
    {
    case SAK_KDF_OK:
      return key;
    case SAK_KDF_NO_MEMORY:
      g_set_error (error, SAK_ERROR, SAK_ERROR_MEMORY,
                   "the key derivation needs %" G_GUINT64_FORMAT " MiB of memory",
                   cost.memory_bytes / (1024 * 1024));
      return NULL;
    case SAK_KDF_OUT_OF_BOUNDS:
    default:
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a key slot asks for a cost out of bounds");
      return NULL;
    }
}

gboolean
sak_header_add_passphrase (SakHeader         *self,
                           SakSecret         *master_key,
                           SakSecret         *passphrase,
                           const SakKdfCost  *cost,
                           const char        *label,
                           GError           **error)
{
  guint8 *free_slot = find_empty_slot (self);
  guint8 slot[256] = { SAK_SLOT_PASSPHRASE };
  g_autoptr (SakSecret) slot_key = NULL;

  if (free_slot == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "all %d key slots are taken", SAK_HEADER_N_SLOTS);
      return FALSE;
    }
  sak_random_bytes (slot + SLOT_ID, 8);
  put_u64 (slot + SLOT_CREATED, g_get_real_time () / G_USEC_PER_SEC);
  strncpy ((char *) slot + SLOT_LABEL, label, SAK_SLOT_LABEL_SIZE - 1);
  sak_random_bytes (slot + SLOT_SALT, SAK_KDF_SALT_SIZE);
  put_u64 (slot + SLOT_PASSES, cost->passes);
  put_u64 (slot + SLOT_MEMORY, cost->memory_bytes);

  slot_key = derive_slot_key (slot, passphrase, error);
  if (slot_key == NULL)
    return FALSE;
  wrap_master_key (self, slot, slot_key, master_key);
  memcpy (free_slot, slot, sizeof slot);
  return TRUE;
}

/* NULL without error where the passphrase is simply not this slot's. */
static SakSecret *
try_slot (const SakHeader  *self,
          const guint8     *slot,
          SakSecret        *passphrase,
          GError          **error)
{
  guint8 associated[SAK_VFS_VAULT_ID_SIZE + SLOT_AUTHENTICATED_END];
  guint8 commitment[32];
  g_autoptr (SakSecret) slot_key = derive_slot_key (slot, passphrase, error);
  g_autoptr (SakSecret) key = NULL;
  g_autoptr (SakSecret) master_key = NULL;

  if (slot_key == NULL)
    return NULL;
  fill_associated (self, slot, associated);
  compute_commitment (slot_key, associated, sizeof associated, commitment);
  if (!sak_equal (commitment, slot + SLOT_COMMITMENT, sizeof commitment))
    return NULL;

  key = sak_kdf_derive (slot_key, "sakkhi slot wrap v1", NULL, 0);
  master_key = sak_secret_new (32);
  if (!sak_aead_decrypt (sak_secret_get_bytes (key), slot + SLOT_NONCE, associated, sizeof associated,
                         slot + SLOT_WRAPPED, 32, slot + SLOT_TAG, sak_secret_get_bytes (master_key)))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the wrapped key of a slot is damaged");
      return NULL;
    }
  return g_steal_pointer (&master_key);
}

/**
 * sak_header_unlock:
 *
 * Returns: the master key, or NULL: PASSPHRASE if no slot fits; a slot that is damaged
 *   or too dear does not keep the next one from being tried
 */
SakSecret *
sak_header_unlock (const SakHeader  *self,
                   SakSecret        *passphrase,
                   GError          **error)
{
  g_autoptr (GError) slot_error = NULL;

  for (guint i = 0; i < SAK_HEADER_N_SLOTS; i++)
    {
      g_autoptr (GError) local_error = NULL;
      SakSecret *master_key = NULL;

      if (self->slots[i][SLOT_TYPE] != SAK_SLOT_PASSPHRASE)
        continue;
      master_key = try_slot (self, self->slots[i], passphrase, &local_error);
      if (master_key != NULL)
        return master_key;
      if (local_error != NULL && slot_error == NULL)
        slot_error = g_steal_pointer (&local_error);
    }
  if (slot_error != NULL)
    g_propagate_error (error, g_steal_pointer (&slot_error));
  else
    g_set_error (error, SAK_ERROR, SAK_ERROR_PASSPHRASE, "the passphrase fits no key slot");
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
  put_u32 (file + AT_VERSION, VERSION);
  put_u32 (file + AT_FLAGS, self->is_practice ? FLAG_PRACTICE : 0);
  memcpy (file + AT_VAULT_ID, self->vault_id, sizeof self->vault_id);
  memcpy (file + AT_FILE_SALT, self->file_salt, sizeof self->file_salt);
  put_u64 (file + AT_GENERATION, self->generation);
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
  if (get_u32 (file + AT_VERSION) != VERSION || (get_u32 (file + AT_FLAGS) & ~FLAG_PRACTICE) != 0 ||
      size != SAK_HEADER_SIZE)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW, "the vault has format %u, this program knows %d",
                   get_u32 (file + AT_VERSION), VERSION);
      return FALSE;
    }
  memset (ret_header, 0, sizeof *ret_header);
  memcpy (ret_header->vault_id, file + AT_VAULT_ID, sizeof ret_header->vault_id);
  memcpy (ret_header->file_salt, file + AT_FILE_SALT, sizeof ret_header->file_salt);
  ret_header->generation = get_u64 (file + AT_GENERATION);
  ret_header->is_practice = (get_u32 (file + AT_FLAGS) & FLAG_PRACTICE) != 0;
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
open_one (const char  *path,
          SakSecret   *passphrase,
          SakHeader   *ret_header,
          GError     **error)
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
  master_key = sak_header_unlock (ret_header, passphrase, error);
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

/**
 * sak_header_open:
 * @ret_is_damaged_copy: (out): whether the two files are not the same healthy bytes
 *
 * Falls back to vault.header.bak where vault.header is damaged or gone, but not where
 * the passphrase is wrong or the format is newer.
 */
SakSecret *
sak_header_open (const char  *vault_path,
                 SakSecret   *passphrase,
                 SakHeader   *ret_header,
                 gboolean    *ret_is_damaged_copy,
                 GError     **error)
{
  g_autofree char *path = g_build_filename (vault_path, "vault.header", NULL);
  g_autofree char *copy = g_build_filename (vault_path, "vault.header.bak", NULL);
  g_autoptr (GError) first_error = NULL;
  g_autoptr (GError) copy_error = NULL;
  SakSecret *master_key = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (copy, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_VAULT, "%s is not a vault", vault_path);
      return NULL;
    }
  *ret_is_damaged_copy = copies_differ (path, copy);
  master_key = open_one (path, passphrase, ret_header, &first_error);
  if (master_key != NULL)
    return master_key;
  if (is_damage (first_error))
    master_key = open_one (copy, passphrase, ret_header, &copy_error);
  if (master_key == NULL)
    {
      /* The copy is whole, so what keeps us out is the passphrase, not the damage. */
      gboolean is_passphrase = g_error_matches (copy_error, SAK_ERROR, SAK_ERROR_PASSPHRASE);

      g_propagate_error (error, is_passphrase ? g_steal_pointer (&copy_error) : g_steal_pointer (&first_error));
    }
  return master_key;
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
