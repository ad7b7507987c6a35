/* sak-vault-create.c - a new vault in an empty folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The header comes last: it is what makes the folder a vault. Until then a mark says that
 * what lies there is nobody's yet (sak-folder.h).
 */
#include "config.h"

#include "storage/sak-vault-private.h"

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-sign.h"
#include "storage/sak-contact.h"
#include "storage/sak-file.h"
#include "storage/sak-folder.h"
#include "storage/sak-schema.h"

#include <string.h>

#define MASTER_KEY_SIZE 32
#define MAX_NAME_CHARS 100

/* A name is shown to other people and printed on cards: one clean line. */
static char *
check_name (const char  *name,
            GError     **error)
{
  g_autofree char *normal = NULL;
  glong length;

  if (!g_utf8_validate (name, -1, NULL))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name is not valid UTF-8");
      return NULL;
    }
  normal = g_strstrip (g_utf8_normalize (name, -1, G_NORMALIZE_NFC));
  length = g_utf8_strlen (normal, -1);
  if (length == 0 || length > MAX_NAME_CHARS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name has %ld characters, not 1 to %d",
                   length, MAX_NAME_CHARS);
      return NULL;
    }
  if (!sak_contact_is_name_seen (normal))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name has nothing to see in it");
      return NULL;
    }
  for (const char *at = normal; *at != '\0'; at = g_utf8_next_char (at))
    if (!sak_contact_is_name_char (g_utf8_get_char (at)))
      {
        g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the name has invisible characters");
        return NULL;
      }
  return g_steal_pointer (&normal);
}

static gboolean
make_directories (SakVault  *self,
                  GError   **error)
{
  static const char *const names[] = { "media", "inbox", "outbox" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->path, names[i], NULL);

      if (!sak_file_make_directory (path, error))
        return FALSE;
    }
  return sak_file_sync_directory (self->path, error);
}

static gboolean
directory_is_empty (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);

  return directory != NULL && g_dir_read_name (directory) == NULL;
}

/* What an interrupted creation left may go; anything else is not ours to remove. */
static gboolean
make_directory (const char  *path,
                GError     **error)
{
  if (!sak_file_make_directory (path, error))
    return FALSE;
  if (!directory_is_empty (path) && !sak_folder_is_unfinished (path))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "%s exists and is not an empty folder", path);
      return FALSE;
    }
  return TRUE;
}

/* Under the lock: until now somebody else may have been making a vault here. */
static gboolean
begin_in_directory (SakVault  *self,
                    GError   **error)
{
  self->lock_fd = sak_file_lock_directory (self->path, error);
  if (self->lock_fd < 0)
    return FALSE;
  if (sak_folder_is_unfinished (self->path))
    sak_folder_empty (self->path);
  if (!make_directory (self->path, error))
    return FALSE;
  return sak_folder_mark_unfinished (self->path, error);
}

/* The first letters of a record's code: from the name where it has three Latin letters. */
static char *
make_code_prefix (const char *name)
{
  char prefix[4] = "";
  gsize length = 0;

  for (; *name != '\0' && length < 3; name++)
    if (g_ascii_isalpha (*name))
      prefix[length++] = g_ascii_toupper (*name);
  return g_strdup (length == 3 ? prefix : "SAK");
}

static gboolean
store_identity (SakVault    *self,
                const char  *name,
                GError     **error)
{
  g_autofree char *prefix = make_code_prefix (name);

  self->signing_seed = sak_secret_new_random (SAK_SIGN_SEED_SIZE);
  self->exchange_identity = sak_secret_new_random (SAK_AGE_KEY_SIZE);
  return sak_vault_set_setting (self, "name", name, strlen (name), error) &&
         sak_vault_set_setting (self, "code-prefix", prefix, strlen (prefix), error) &&
         sak_vault_set_setting (self, "signing-seed", sak_secret_get_bytes (self->signing_seed),
                                SAK_SIGN_SEED_SIZE, error) &&
         sak_vault_set_setting (self, "exchange-identity", sak_secret_get_bytes (self->exchange_identity),
                                SAK_AGE_KEY_SIZE, error);
}

static gboolean
fill_new_database (SakVault    *self,
                   const char  *name,
                   GError     **error)
{
  sak_freshness_clear (&self->freshness);
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_schema_create (self->db, error) && store_identity (self, name, error) &&
      sak_vault_log_custody (self, "vault-made", "", name, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

static gboolean
create_contents (SakVault          *self,
                 SakCredential     *credential,
                 const SakKdfCost  *cost,
                 GError           **error)
{
  SakKdfCost measured;
  guint slot;

  if (cost == NULL)
    sak_kdf_measure_cost (SAK_KDF_TARGET_MS, &measured);
  self->master_key = sak_secret_new_random (MASTER_KEY_SIZE);
  sak_vault_derive_keys (self);
  if (!sak_header_add (&self->header, credential, cost != NULL ? cost : &measured, self->master_key, &slot, error) ||
      !make_directories (self, error) ||
      !sak_vault_open_database (self, "records.db", error) ||
      !fill_new_database (self, self->name, error) ||
      !sak_header_write (&self->header, self->master_key, self->path, error))
    return FALSE;
  sak_folder_mark_finished (self->path);
  sak_vault_note_opened_slot (self, slot);
  return TRUE;
}

/**
 * sak_vault_create:
 * @path: a folder that does not exist yet, is empty, or has in it what an interrupted
 *   creation left; its parent exists
 * @name: who keeps the vault, as other people shall see it
 * @passphrase: as typed
 * @cost: (nullable): for tests; NULL measures about a second on this machine
 *
 * Returns: (transfer full): the new vault, unlocked
 */
SakVault *
sak_vault_create (const char        *path,
                  const char        *name,
                  SakSecret         *passphrase,
                  SakVaultFlags      flags,
                  const SakKdfCost  *cost,
                  GError           **error)
{
  g_autoptr (SakVault) self = g_object_new (SAK_TYPE_VAULT, NULL);
  g_autoptr (SakCredential) credential = sak_credential_new_passphrase (passphrase, error);

  sak_crypto_init ();
  self->path = g_canonicalize_filename (path, NULL);
  if (credential == NULL || (self->name = check_name (name, error)) == NULL ||
      !make_directory (self->path, error) || !begin_in_directory (self, error))
    return NULL;
  sak_header_init_new (&self->header, (flags & SAK_VAULT_PRACTICE) != 0);
  if (!create_contents (self, credential, cost, error))
    {
      /* Nothing stays, so that the same place can be tried again. */
      g_clear_pointer (&self->db, sak_db_free);
      sak_folder_empty (self->path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

SakVault *
sak_vault_create_copy (const char       *path,
                       SakSecret        *master_key,
                       const SakHeader  *header,
                       GError          **error)
{
  g_autoptr (SakVault) self = sak_vault_new_copy (path, master_key, header);

  sak_freshness_clear (&self->freshness);
  if (!make_directories (self, error) || !sak_vault_open_database (self, "records.db", error) ||
      !sak_vault_begin (self, error))
    return NULL;
  if (sak_schema_create (self->db, error) && sak_vault_commit (self, error))
    return g_steal_pointer (&self);
  sak_vault_rollback (self);
  return NULL;
}
