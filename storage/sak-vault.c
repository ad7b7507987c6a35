/* sak-vault.c - one person's encrypted store on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening and locking; sak-vault-create.c makes one. What is in it is in the files beside:
 * sak-record.c, sak-media.c, sak-contact.c, sak-stream.c, sak-arrival.c, sak-check.c.
 */
#include "config.h"

#include "storage/sak-vault-private.h"

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-sign.h"
#include "storage/sak-file.h"
#include "storage/sak-folder.h"
#include "storage/sak-leftovers.h"
#include "storage/sak-links-private.h"
#include "storage/sak-network-news.h"
#include "storage/sak-network-private.h"
#include "storage/sak-schema.h"
#include "storage/sak-search-private.h"
#include "storage/sak-vault-dates.h"
#include "storage/sak-vault-terms.h"
#include "storage/sak-vfs-sqlite.h"

#include <glib/gstdio.h>

G_DEFINE_FINAL_TYPE (SakVault, sak_vault, G_TYPE_OBJECT)

void
sak_vault_prepare_process (void)
{
  (void) sak_vfs_wipe_freed_memory ();
}

static void
revoke_open_streams (SakVault *self)
{
  g_mutex_lock (&self->streams_lock);
  for (guint i = 0; i < self->open_streams->len; i++)
    {
      g_autoptr (GObject) stream = g_weak_ref_get (g_ptr_array_index (self->open_streams, i));

      if (stream != NULL)
        sak_age_input_stream_revoke (SAK_AGE_INPUT_STREAM (stream));
    }
  g_ptr_array_set_size (self->open_streams, 0);
  g_mutex_unlock (&self->streams_lock);
}

static void
wipe_secret (SakSecret **secret)
{
  if (*secret == NULL)
    return;
  sak_secret_wipe (*secret);
  g_clear_pointer (secret, sak_secret_unref);
}

/**
 * sak_vault_lock:
 *
 * Closes the database, wipes every key, ends every open media stream. For good: opening
 * again is a new SakVault. Run it as the last job of the vault's worker.
 */
void
sak_vault_lock (SakVault *self)
{
  g_return_if_fail (SAK_IS_VAULT (self));

  sak_vocabulary_drop_local (self);
  sak_form_drop_for_new (self);
  sak_date_drop_events (self);
  revoke_open_streams (self);
  sak_pins_revoke (self->pins);
  g_clear_pointer (&self->revision_memory, sak_revision_memory_free);
  g_clear_pointer (&self->form_memory, sak_form_memory_free);
  g_clear_pointer (&self->db, sak_db_free);
  g_clear_pointer (&self->vfs, sak_vfs_free);
  wipe_secret (&self->master_key);
  wipe_secret (&self->signing_seed);
  wipe_secret (&self->exchange_identity);
  wipe_secret (&self->media_identity);
  wipe_secret (&self->media_name_key);
  if (self->lock_fd >= 0)
    g_close (self->lock_fd, NULL);
  self->lock_fd = -1;
}

gboolean
sak_vault_is_locked (SakVault *self)
{
  g_return_val_if_fail (SAK_IS_VAULT (self), TRUE);

  return self->db == NULL;
}

gboolean
sak_vault_require_unlocked (SakVault  *self,
                            GError   **error)
{
  if (self->db != NULL)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_LOCKED, "the vault is locked");
  return FALSE;
}

static void
sak_vault_finalize (GObject *object)
{
  SakVault *self = SAK_VAULT (object);

  sak_vault_lock (self);
  g_clear_pointer (&self->open_streams, g_ptr_array_unref);
  g_clear_pointer (&self->pins, sak_pins_unref);
  g_mutex_clear (&self->streams_lock);
  g_free (self->path);
  g_free (self->name);
  G_OBJECT_CLASS (sak_vault_parent_class)->finalize (object);
}

static void
sak_vault_class_init (SakVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_vault_finalize;
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
sak_vault_init (SakVault *self)
{
  self->lock_fd = -1;
  self->open_streams = g_ptr_array_new_with_free_func (free_weak_ref);
  self->pins = sak_pins_new ();
  g_mutex_init (&self->streams_lock);
}

/* Keys that follow from the master key alone. */
void
sak_vault_derive_keys (SakVault *self)
{
  const guint8 *id = self->header.vault_id;

  self->media_identity = sak_kdf_derive (self->master_key, "sakkhi media identity v1",
                                         id, SAK_VFS_VAULT_ID_SIZE);
  self->media_name_key = sak_kdf_derive (self->master_key, "sakkhi media name v1",
                                         id, SAK_VFS_VAULT_ID_SIZE);
}

gboolean
sak_vault_open_database (SakVault    *self,
                         const char  *name,
                         GError     **error)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  sqlite3 *connection;

  self->vfs = sak_vfs_new (NULL, self->master_key, self->header.vault_id, self->header.file_salt);
  connection = sak_vfs_open_database (self->vfs, path, error);
  if (connection == NULL)
    return FALSE;
  self->db = sak_db_new (connection);
  return sak_search_register_tokenizer (self->db, error);
}

/* A vault without either of its headers is damaged: a copy of one opens it, and a rescue
 * takes that. What was never finished, or is something else, is no vault.
 */
static gboolean
check_header_is_there (SakVault  *self,
                       GError   **error)
{
  if (!sak_folder_has_lost_header (self->path))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the vault has lost both copies of its header");
  return FALSE;
}

/* Opening would make an empty one in its place, and the loss would look like a new vault.
 * What lies beside it SQLite opens by itself, and would wait at a pipe for ever.
 */
static gboolean
check_database_is_there (SakVault  *self,
                         GError   **error)
{
  static const char *const names[] = { "records.db", "records.db-journal", "records.db-wal" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->path, names[i], NULL);
      SakFileState state = sak_file_get_state (path);

      if (state == SAK_FILE_REGULAR || (state == SAK_FILE_ABSENT && i > 0))
        continue;
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED,
                   state == SAK_FILE_ABSENT ? "the vault has lost its %s" : "%s in the vault is not a file",
                   names[i]);
      return FALSE;
    }
  return TRUE;
}

static SakSecret *
load_secret (SakVault    *self,
             const char  *name,
             gsize        size,
             GError     **error)
{
  g_autoptr (GBytes) value = sak_vault_get_setting (self, name, error);
  SakSecret *secret;
  gsize actual;
  const void *bytes;

  if (value == NULL)
    return NULL;
  bytes = g_bytes_get_data (value, &actual);
  if (actual != size)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "setting %s has a wrong size", name);
      return NULL;
    }
  secret = sak_secret_new_copy (bytes, size);
  sak_wipe ((void *) bytes, size);      /* our own copy, made by get_setting */
  return secret;
}

gboolean
sak_vault_load_signing_seed (SakVault  *self,
                             GError   **error)
{
  self->signing_seed = load_secret (self, "signing-seed", SAK_SIGN_SEED_SIZE, error);
  return self->signing_seed != NULL;
}

static gboolean
load_identity (SakVault  *self,
               GError   **error)
{
  g_autoptr (GBytes) name = sak_vault_get_setting (self, "name", error);
  g_autoptr (GBytes) freshness = NULL;

  if (name == NULL)
    return FALSE;
  self->name = g_strndup (g_bytes_get_data (name, NULL), g_bytes_get_size (name));
  freshness = sak_vault_get_setting (self, "freshness", error);
  if (freshness == NULL)
    return FALSE;
  if (g_bytes_get_size (freshness) != SAK_FRESHNESS_SIZE)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the set hash has a wrong size");
      return FALSE;
    }
  sak_freshness_decode (&self->freshness, g_bytes_get_data (freshness, NULL));
  if (!sak_vault_load_signing_seed (self, error))
    return FALSE;
  self->exchange_identity = load_secret (self, "exchange-identity", SAK_AGE_KEY_SIZE, error);
  return self->exchange_identity != NULL;
}

/**
 * sak_vault_open_with:
 *
 * Takes about a second where there is a passphrase, for the key derivation.
 *
 * Returns: (transfer full): the vault, unlocked; or NULL with NOT_VAULT, IN_USE,
 *   PASSPHRASE (whatever kind of thing @credential is), DAMAGED, TOO_NEW, MEMORY or a
 *   disk's error
 */
SakVault *
sak_vault_open_with (const char     *path,
                     SakCredential  *credential,
                     GError        **error)
{
  const SakKdfCost floor = { SAK_KDF_FLOOR_PASSES, SAK_KDF_FLOOR_MEMORY };

  return sak_vault_open_at (path, credential, &floor, error);
}

/* @floor: what a passphrase shall cost at the least; a slot below it is wrapped anew. */
SakVault *
sak_vault_open_at (const char        *path,
                   SakCredential     *credential,
                   const SakKdfCost  *floor,
                   GError           **error)
{
  g_autoptr (SakVault) self = g_object_new (SAK_TYPE_VAULT, NULL);
  guint slot;

  sak_crypto_init ();
  self->path = g_canonicalize_filename (path, NULL);
  if (!g_file_test (self->path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_VAULT, "%s is not a folder", self->path);
      return NULL;
    }
  if ((self->lock_fd = sak_file_lock_directory (self->path, error)) < 0)
    return NULL;
  if (!check_header_is_there (self, error))
    return NULL;
  self->master_key = sak_header_open (self->path, credential, &self->header, &slot, error);
  if (self->master_key == NULL)
    return NULL;
  sak_vault_derive_keys (self);
  if (!check_database_is_there (self, error) || !sak_vault_open_database (self, "records.db", error) ||
      !sak_schema_upgrade (self->db, error) || !load_identity (self, error) ||
      !sak_links_catch_up (self, error) || !sak_network_catch_up (self, error))
    return NULL;
  sak_vault_bring_terms (self);
  sak_vault_bring_forms (self, NULL);   /* what cannot be read is seen as damage: the vault opens */
  sak_vault_bring_date_events (self);
  sak_leftovers_remove (self);
  sak_vault_note_opened_slot (self, slot);
  sak_vault_raise_slot (self, slot, credential, floor);
  return g_steal_pointer (&self);
}

SakVault *
sak_vault_new_copy (const char       *path,
                    SakSecret        *master_key,
                    const SakHeader  *header)
{
  SakVault *self = g_object_new (SAK_TYPE_VAULT, NULL);

  self->path = g_canonicalize_filename (path, NULL);
  self->header = *header;
  self->master_key = sak_secret_new_copy (sak_secret_get_bytes (master_key), sak_secret_get_size (master_key));
  sak_vault_derive_keys (self);
  return self;
}

SakVault *
sak_vault_open_copy (const char       *path,
                     const char       *database,
                     SakSecret        *master_key,
                     const SakHeader  *header,
                     GError          **error)
{
  g_autoptr (SakVault) self = sak_vault_new_copy (path, master_key, header);

  if (!sak_vault_open_database (self, database, error) || !sak_schema_upgrade (self->db, error) ||
      !load_identity (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* With a passphrase as typed. */
SakVault *
sak_vault_open (const char  *path,
                SakSecret   *passphrase,
                GError     **error)
{
  g_autoptr (SakCredential) credential = NULL;

  /* Where there is no vault, the passphrase is not what is wrong. */
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_VAULT, "%s is not a folder", path);
      return NULL;
    }
  credential = sak_credential_new_passphrase (passphrase, error);
  return credential != NULL ? sak_vault_open_with (path, credential, error) : NULL;
}

const char *
sak_vault_get_path (SakVault *self)
{
  g_return_val_if_fail (SAK_IS_VAULT (self), NULL);

  return self->path;
}

const char *
sak_vault_get_name (SakVault *self)
{
  g_return_val_if_fail (SAK_IS_VAULT (self), NULL);

  return self->name;
}

gboolean
sak_vault_is_practice (SakVault *self)
{
  g_return_val_if_fail (SAK_IS_VAULT (self), FALSE);

  return self->header.is_practice;
}

gboolean
sak_vault_has_seen_damage (SakVault *self)
{
  g_return_val_if_fail (SAK_IS_VAULT (self), FALSE);

  return self->vfs != NULL && (sak_vfs_has_seen_damage (self->vfs) || self->are_forms_unread);
}
