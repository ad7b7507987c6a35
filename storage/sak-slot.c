/* sak-slot.c - one key slot: the master key wrapped under what somebody knows or has
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passphrases go through Argon2id. Recovery codes, shares and key files are random and
 * long: a keyed hash is enough, and they open on the smallest machine at once.
 */
#include "config.h"

#include "storage/sak-slot.h"

#include "crypto/sak-aead.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "storage/sak-little-endian.h"

#include <string.h>

/* Offsets in a slot; all before AUTHENTICATED_END is what the wrap authenticates. */
enum
{
  AT_TYPE = 0,
  AT_ID = 8,
  AT_MADE = 16,
  AT_SALT = 88,
  AT_PASSES = 104,
  AT_MEMORY = 112,
  AUTHENTICATED_END = 120,
  AT_NONCE = 120,
  AT_COMMITMENT = 144,
  AT_WRAPPED = 176,
  AT_TAG = 208,
};

#define ASSOCIATED_SIZE (SAK_VFS_VAULT_ID_SIZE + AUTHENTICATED_END)

SakSlotType
sak_slot_get_type (const guint8 *slot)
{
  return slot[AT_TYPE] <= SAK_SLOT_KEY_FILE_AND_PASSPHRASE ? (SakSlotType) slot[AT_TYPE] : SAK_SLOT_NEWER;
}

gboolean
sak_slot_type_has_cost (SakSlotType type)
{
  return type == SAK_SLOT_PASSPHRASE || type == SAK_SLOT_KEY_FILE_AND_PASSPHRASE;
}

gint64
sak_slot_get_made_at (const guint8 *slot)
{
  return (gint64) MIN (sak_get_u64_le (slot + AT_MADE), (guint64) G_MAXINT64);
}

SakKdfCost
sak_slot_get_cost (const guint8 *slot)
{
  return (SakKdfCost) { sak_get_u64_le (slot + AT_PASSES), sak_get_u64_le (slot + AT_MEMORY) };
}

const guint8 *
sak_slot_get_id (const guint8 *slot)
{
  return slot + AT_ID;
}

/* What both the wrap and the commitment bind to: this vault and the slot's parameters. */
static void
fill_associated (const guint8 *vault_id,
                 const guint8 *slot,
                 guint8        associated[static ASSOCIATED_SIZE])
{
  memcpy (associated, vault_id, SAK_VFS_VAULT_ID_SIZE);
  memcpy (associated + SAK_VFS_VAULT_ID_SIZE, slot, AUTHENTICATED_END);
}

static SakSecret *
stretch_passphrase (const guint8  *slot,
                    SakSecret     *passphrase,
                    GError       **error)
{
  const SakKdfCost cost = sak_slot_get_cost (slot);
  SakSecret *key = NULL;

  switch (sak_kdf_from_passphrase (passphrase, slot + AT_SALT, &cost, &key))
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

static SakSecret *
derive_slot_key (const guint8   *slot,
                 SakCredential  *credential,
                 GError        **error)
{
  SakSecret *key = sak_credential_get_key (credential);
  g_autoptr (SakSecret) stretched = NULL;

  switch (sak_slot_get_type (slot))
    {
    case SAK_SLOT_PASSPHRASE:
      return stretch_passphrase (slot, sak_credential_get_passphrase (credential), error);
    case SAK_SLOT_RECOVERY_CODE:
      return sak_kdf_derive (key, "sakkhi slot recovery code v1", slot + AT_SALT, SAK_KDF_SALT_SIZE);
    case SAK_SLOT_SHARES:
      return sak_kdf_derive (key, "sakkhi slot shares v1", slot + AT_SALT, SAK_KDF_SALT_SIZE);
    case SAK_SLOT_KEY_FILE:
      return sak_kdf_derive (key, "sakkhi slot key file v1", slot + AT_SALT, SAK_KDF_SALT_SIZE);
    case SAK_SLOT_KEY_FILE_AND_PASSPHRASE:
      stretched = stretch_passphrase (slot, sak_credential_get_passphrase (credential), error);
      return stretched == NULL ? NULL
             : sak_kdf_derive (key, "sakkhi slot key file and passphrase v1",
                               sak_secret_get_bytes (stretched), SAK_KDF_KEY_SIZE);
    case SAK_SLOT_EMPTY:
    case SAK_SLOT_NEWER:
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
compute_commitment (SakSecret    *slot_key,
                    const guint8  associated[static ASSOCIATED_SIZE],
                    guint8        commitment[static 32])
{
  g_autoptr (SakSecret) key = sak_kdf_derive (slot_key, "sakkhi slot commitment v1", NULL, 0);

  sak_blake2b (sak_secret_get_bytes (key), SAK_KDF_KEY_SIZE, associated, ASSOCIATED_SIZE, commitment, 32);
}

static void
wrap_master_key (guint8       *slot,
                 const guint8 *vault_id,
                 SakSecret    *slot_key,
                 SakSecret    *master_key)
{
  guint8 associated[ASSOCIATED_SIZE];
  g_autoptr (SakSecret) key = sak_kdf_derive (slot_key, "sakkhi slot wrap v1", NULL, 0);

  fill_associated (vault_id, slot, associated);
  compute_commitment (slot_key, associated, slot + AT_COMMITMENT);
  sak_random_bytes (slot + AT_NONCE, SAK_AEAD_NONCE_SIZE);
  sak_aead_encrypt (sak_secret_get_bytes (key), slot + AT_NONCE, associated, sizeof associated,
                    sak_secret_get_bytes (master_key), 32, slot + AT_WRAPPED, slot + AT_TAG);
}

/**
 * sak_slot_make:
 * @slot: (out): untouched on failure
 * @slot_id: (nullable): of the slot that this one takes the place of; NULL for a new one
 * @cost: of the kinds that have a passphrase; not looked at for the others
 */
gboolean
sak_slot_make (guint8            *slot,
               const guint8      *vault_id,
               const guint8      *slot_id,
               SakCredential     *credential,
               const SakKdfCost  *cost,
               SakSecret         *master_key,
               GError           **error)
{
  guint8 made[SAK_SLOT_SIZE] = { (guint8) sak_credential_get_slot_type (credential) };
  g_autoptr (SakSecret) slot_key = NULL;

  if (slot_id != NULL)
    memcpy (made + AT_ID, slot_id, SAK_SLOT_ID_SIZE);
  else
    sak_random_bytes (made + AT_ID, SAK_SLOT_ID_SIZE);
  sak_put_u64_le (made + AT_MADE, (guint64) MAX (g_get_real_time () / G_USEC_PER_SEC, 0));
  sak_random_bytes (made + AT_SALT, SAK_KDF_SALT_SIZE);
  if (sak_slot_type_has_cost (sak_credential_get_slot_type (credential)))
    {
      sak_put_u64_le (made + AT_PASSES, cost->passes);
      sak_put_u64_le (made + AT_MEMORY, cost->memory_bytes);
    }

  slot_key = derive_slot_key (made, credential, error);
  if (slot_key == NULL)
    return FALSE;
  wrap_master_key (made, vault_id, slot_key, master_key);
  memcpy (slot, made, sizeof made);
  return TRUE;
}

/* The master key; NULL without error where the slot is simply not @credential's. */
SakSecret *
sak_slot_open (const guint8   *slot,
               const guint8   *vault_id,
               SakCredential  *credential,
               GError        **error)
{
  guint8 associated[ASSOCIATED_SIZE];
  guint8 commitment[32];
  g_autoptr (SakSecret) slot_key = NULL;
  g_autoptr (SakSecret) key = NULL;
  g_autoptr (SakSecret) master_key = NULL;

  if (sak_slot_get_type (slot) != sak_credential_get_slot_type (credential))
    return NULL;
  slot_key = derive_slot_key (slot, credential, error);
  if (slot_key == NULL)
    return NULL;
  fill_associated (vault_id, slot, associated);
  compute_commitment (slot_key, associated, commitment);
  if (!sak_equal (commitment, slot + AT_COMMITMENT, sizeof commitment))
    return NULL;

  key = sak_kdf_derive (slot_key, "sakkhi slot wrap v1", NULL, 0);
  master_key = sak_secret_new (32);
  if (!sak_aead_decrypt (sak_secret_get_bytes (key), slot + AT_NONCE, associated, sizeof associated,
                         slot + AT_WRAPPED, 32, slot + AT_TAG, sak_secret_get_bytes (master_key)))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the wrapped key of a slot is damaged");
      return NULL;
    }
  return g_steal_pointer (&master_key);
}
