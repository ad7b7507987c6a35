/* sak-key-slots.c - the ways into an open vault: listed, added, changed, removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The slots stand in vault.header, which anybody can read who has the disk; what they are
 * called, and of how many shares, stands in the database. Every change is made to a copy
 * of the header in memory, written, and kept only when both files are written.
 */
#include "config.h"

#include "storage/sak-key-slots.h"

#include "crypto/sak-hex.h"
#include "crypto/sak-key-file.h"
#include "crypto/sak-slip39.h"
#include "storage/model/sak-json.h"
#include "storage/sak-contact.h"
#include "storage/sak-vault-private.h"

#include <string.h>

#define MAX_LABEL_CHARS 100

void
sak_slot_info_free (SakSlotInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self);
}

static char *
name_setting (const guint8 *slot)
{
  g_autofree char *id = sak_hex_encode (sak_slot_get_id (slot), SAK_SLOT_ID_SIZE);

  return g_strconcat ("slot-", id, NULL);
}

/* What the database knows of a slot may be missing: it then has no name, no more. */
static void
load_description (SakVault     *self,
                  const guint8 *slot,
                  SakSlotInfo  *info)
{
  g_autofree char *name = name_setting (slot);
  g_autoptr (GBytes) stored = sak_vault_get_setting (self, name, NULL);
  g_autoptr (json_t) json = stored == NULL ? NULL
                            : sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored),
                                              NULL);
  const char *label = json != NULL ? sak_json_get_text (json, "label") : NULL;

  info->label = g_strdup (label != NULL ? label : "");
  info->threshold = (guint) json_integer_value (json_object_get (json, "threshold"));
  info->n_shares = (guint) json_integer_value (json_object_get (json, "shares"));
  info->set_number = (guint) json_integer_value (json_object_get (json, "set"));
}

static gboolean
store_description (SakVault           *self,
                   const guint8       *slot,
                   const SakSlotInfo  *info,
                   GError            **error)
{
  g_autofree char *name = name_setting (slot);
  g_autoptr (json_t) json = json_pack ("{s:s, s:i, s:i, s:i}", "label", info->label, "threshold", info->threshold,
                                       "shares", info->n_shares, "set", info->set_number);
  g_autofree char *text = sak_json_to_canonical (json);

  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_vault_set_setting (self, name, text, strlen (text), error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

/* A name without its slot says nothing and harms nothing: trying is enough. */
static void
forget_description (SakVault     *self,
                    const guint8 *slot)
{
  g_autofree char *name = name_setting (slot);

  if (!sak_vault_begin (self, NULL))
    return;
  if (!sak_vault_remove_setting (self, name, NULL) || !sak_vault_commit (self, NULL))
    sak_vault_rollback (self);
}

/* Returns: (transfer full): one clean line, in Unicode form C */
static char *
check_label (const char  *label,
             GError     **error)
{
  g_autofree char *normal = g_utf8_normalize (label, -1, G_NORMALIZE_NFC);

  if (normal != NULL)
    g_strstrip (normal);
  if (normal == NULL || g_utf8_strlen (normal, -1) > MAX_LABEL_CHARS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a label is at most %d characters of UTF-8", MAX_LABEL_CHARS);
      return NULL;
    }
  for (const char *at = normal; *at != '\0'; at = g_utf8_next_char (at))
    if (!sak_contact_is_name_char (g_utf8_get_char (at)))
      {
        g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the label has invisible characters");
        return NULL;
      }
  return g_steal_pointer (&normal);
}

static gboolean
write_header (SakVault         *self,
              const SakHeader  *changed,
              GError          **error)
{
  SakHeader before = self->header;

  self->header = *changed;
  if (sak_header_write (&self->header, self->master_key, self->path, error))
    return TRUE;
  /* One of the two files may be written all the same: the next generation is after it. */
  before.generation = self->header.generation;
  self->header = before;
  return FALSE;
}

/* @description: label, threshold, shares and set of the new slot */
static gboolean
add_slot (SakVault           *self,
          SakCredential      *credential,
          const SakKdfCost   *cost,
          const SakSlotInfo  *description,
          char              **ret_id,
          GError            **error)
{
  SakHeader changed;
  SakKdfCost measured;
  guint slot;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  if (cost == NULL && sak_slot_type_has_cost (sak_credential_get_slot_type (credential)))
    sak_kdf_measure_cost (SAK_KDF_TARGET_MS, &measured);
  changed = self->header;
  if (!sak_header_add (&changed, credential, cost != NULL ? cost : &measured, self->master_key, &slot, error) ||
      !store_description (self, changed.slots[slot], description, error))
    return FALSE;
  if (!write_header (self, &changed, error))
    {
      forget_description (self, changed.slots[slot]);
      return FALSE;
    }
  if (ret_id != NULL)
    *ret_id = sak_hex_encode (sak_slot_get_id (changed.slots[slot]), SAK_SLOT_ID_SIZE);
  return TRUE;
}

static gboolean
add_labelled (SakVault          *self,
              SakCredential     *credential,
              const SakKdfCost  *cost,
              const char        *label,
              char             **ret_id,
              GError           **error)
{
  g_autofree char *normal = check_label (label, error);
  const SakSlotInfo description = { .label = normal };

  return normal != NULL && add_slot (self, credential, cost, &description, ret_id, error);
}

/**
 * sak_vault_add_passphrase:
 * @cost: (nullable): for tests; NULL measures about a second on this machine
 * @ret_id: (out) (optional): of the new slot
 */
gboolean
sak_vault_add_passphrase (SakVault          *self,
                          SakSecret         *typed,
                          const SakKdfCost  *cost,
                          const char        *label,
                          char             **ret_id,
                          GError           **error)
{
  g_autoptr (SakCredential) credential = sak_credential_new_passphrase (typed, error);

  return credential != NULL && add_labelled (self, credential, cost, label, ret_id, error);
}

/* Returns: (transfer full): the code as it is to be written down, groups with spaces between */
SakSecret *
sak_vault_add_recovery_code (SakVault    *self,
                             const char  *label,
                             char       **ret_id,
                             GError     **error)
{
  g_autoptr (SakSecret) key = sak_recovery_code_new ();
  g_autoptr (SakCredential) credential = sak_credential_new (SAK_SLOT_RECOVERY_CODE, key, NULL);

  if (!add_labelled (self, credential, NULL, label, ret_id, error))
    return NULL;
  return sak_recovery_code_to_text (key);
}

static GPtrArray *
write_shares (GPtrArray *shares)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_secret_unref);

  for (guint i = 0; i < shares->len; i++)
    g_ptr_array_add (texts, sak_slip39_share_to_words (g_ptr_array_index (shares, i)));
  return texts;
}

/**
 * sak_vault_add_shares:
 * @threshold: how many restore, 2 to @n_shares
 * @n_shares: at most 16
 *
 * Returns: (transfer full): the shares; INVALID for numbers that cannot be
 */
GPtrArray *
sak_vault_add_shares (SakVault    *self,
                      guint        threshold,
                      guint        n_shares,
                      const char  *label,
                      char       **ret_id,
                      GError     **error)
{
  g_autoptr (SakSecret) key = sak_secret_new_random (SAK_SHARES_KEY_SIZE);
  g_autoptr (SakCredential) credential = sak_credential_new (SAK_SLOT_SHARES, key, NULL);
  g_autofree char *normal = check_label (label, error);
  g_autoptr (GPtrArray) shares = NULL;
  SakSlotInfo description = { .label = normal, .threshold = threshold, .n_shares = n_shares };

  if (normal == NULL)
    return NULL;
  if (threshold < 2 || threshold > n_shares || n_shares > SAK_SLIP39_MAX_SHARES)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%u of %u shares: 2 to 16 of at most 16 can be",
                   threshold, n_shares);
      return NULL;
    }
  shares = sak_slip39_split (key, threshold, n_shares);
  description.set_number = ((const SakSlip39Share *) g_ptr_array_index (shares, 0))->identifier;
  if (!add_slot (self, credential, NULL, &description, ret_id, error))
    return NULL;
  return write_shares (shares);
}

/**
 * sak_vault_add_key_file:
 * @typed_passphrase: (nullable): to be asked for together with the file
 *
 * Returns: (transfer full): what the file is to hold. Where it cannot be written, remove
 *   the slot again.
 */
SakSecret *
sak_vault_add_key_file (SakVault          *self,
                        SakSecret         *typed_passphrase,
                        const SakKdfCost  *cost,
                        const char        *label,
                        char             **ret_id,
                        GError           **error)
{
  g_autoptr (SakSecret) key = sak_secret_new_random (SAK_KEY_FILE_KEY_SIZE);
  g_autoptr (SakSecret) file = sak_key_file_to_text (key);
  g_autoptr (SakCredential) credential = sak_credential_new_key_file (file, typed_passphrase, error);

  if (credential == NULL || !add_labelled (self, credential, cost, label, ret_id, error))
    return NULL;
  return g_steal_pointer (&file);
}

GPtrArray *
sak_vault_list_slots (SakVault  *self,
                      GError   **error)
{
  g_autoptr (GPtrArray) slots = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_slot_info_free);

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  for (guint i = 0; i < SAK_HEADER_N_SLOTS; i++)
    {
      const guint8 *slot = self->header.slots[i];
      g_autofree char *id = sak_hex_encode (sak_slot_get_id (slot), SAK_SLOT_ID_SIZE);
      SakSlotInfo *info;

      if (sak_slot_get_type (slot) == SAK_SLOT_EMPTY)
        continue;
      info = g_new0 (SakSlotInfo, 1);
      info->type = sak_slot_get_type (slot);
      g_strlcpy (info->id, id, sizeof info->id);
      info->made_at = sak_slot_get_made_at (slot);
      if (sak_slot_type_has_cost (info->type))
        info->cost = sak_slot_get_cost (slot);
      info->opened_this_session = memcmp (sak_slot_get_id (slot), self->opened_slot_id, SAK_SLOT_ID_SIZE) == 0;
      load_description (self, slot, info);
      g_ptr_array_add (slots, info);
    }
  return g_steal_pointer (&slots);
}

static gboolean
find_slot (SakVault    *self,
           const char  *id,
           guint       *ret_slot,
           GError     **error)
{
  for (guint i = 0; i < SAK_HEADER_N_SLOTS; i++)
    {
      g_autofree char *slot_id = sak_hex_encode (sak_slot_get_id (self->header.slots[i]), SAK_SLOT_ID_SIZE);

      if (sak_slot_get_type (self->header.slots[i]) != SAK_SLOT_EMPTY && g_str_equal (slot_id, id))
        {
          *ret_slot = i;
          return TRUE;
        }
    }
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no such key slot");
  return FALSE;
}

/* In one writing: at every moment the old passphrase or the new one opens. */
static gboolean
rewrap_slot (SakVault          *self,
             guint              slot,
             SakCredential     *credential,
             const SakKdfCost  *cost,
             GError           **error)
{
  SakHeader changed = self->header;

  return sak_slot_make (changed.slots[slot], self->header.vault_id, sak_slot_get_id (self->header.slots[slot]),
                        credential, cost, self->master_key, error) &&
         write_header (self, &changed, error);
}

/**
 * sak_vault_change_passphrase:
 * @id: of a slot that has a passphrase
 * @changed: what shall open it from now on; of the same kind. For a passphrase together
 *   with a key file it is made of both.
 * @cost: (nullable): as for sak_vault_add_passphrase()
 *
 * The slot keeps its id and label. The old passphrase is not asked for: who forgot it
 * came in by another way.
 */
gboolean
sak_vault_change_passphrase (SakVault          *self,
                             const char        *id,
                             SakCredential     *changed,
                             const SakKdfCost  *cost,
                             GError           **error)
{
  SakKdfCost measured;
  SakSlotType type;
  guint slot;

  if (!sak_vault_require_unlocked (self, error) || !find_slot (self, id, &slot, error))
    return FALSE;
  type = sak_slot_get_type (self->header.slots[slot]);
  if (!sak_slot_type_has_cost (type) || type != sak_credential_get_slot_type (changed))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the slot has no such passphrase to change");
      return FALSE;
    }
  if (cost == NULL)
    sak_kdf_measure_cost (SAK_KDF_TARGET_MS, &measured);
  return rewrap_slot (self, slot, changed, cost != NULL ? cost : &measured, error);
}

/* Ways in that this version can use, but for @slot. */
static guint
count_others (SakVault *self,
              guint     slot)
{
  guint n = 0;

  for (guint i = 0; i < SAK_HEADER_N_SLOTS; i++)
    {
      SakSlotType type = sak_slot_get_type (self->header.slots[i]);

      n += i != slot && type != SAK_SLOT_EMPTY && type != SAK_SLOT_NEWER;
    }
  return n;
}

/**
 * sak_vault_remove_slot:
 *
 * Fails with LAST_KEY where no other slot would be left that this version can open.
 */
gboolean
sak_vault_remove_slot (SakVault    *self,
                       const char  *id,
                       GError     **error)
{
  SakHeader changed;
  guint8 removed[SAK_SLOT_SIZE];
  guint slot;

  if (!sak_vault_require_unlocked (self, error) || !find_slot (self, id, &slot, error))
    return FALSE;
  if (count_others (self, slot) == 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_LAST_KEY, "no other slot would open the vault");
      return FALSE;
    }
  changed = self->header;
  memcpy (removed, changed.slots[slot], sizeof removed);
  memset (changed.slots[slot], 0, SAK_SLOT_SIZE);
  if (!write_header (self, &changed, error))
    return FALSE;
  forget_description (self, removed);
  return TRUE;
}

/**
 * sak_vault_verify_credential:
 * @ret_id: (out) (optional): of the slot that it opens
 *
 * Fails with PASSPHRASE where it opens none.
 */
gboolean
sak_vault_verify_credential (SakVault       *self,
                             SakCredential  *credential,
                             char          **ret_id,
                             GError        **error)
{
  g_autoptr (SakSecret) master_key = NULL;
  guint slot;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  master_key = sak_header_unlock (&self->header, credential, &slot, error);
  if (master_key == NULL)
    return FALSE;
  if (ret_id != NULL)
    *ret_id = sak_hex_encode (sak_slot_get_id (self->header.slots[slot]), SAK_SLOT_ID_SIZE);
  return TRUE;
}

void
sak_vault_note_opened_slot (SakVault *self,
                            guint     slot)
{
  memcpy (self->opened_slot_id, sak_slot_get_id (self->header.slots[slot]), SAK_SLOT_ID_SIZE);
}

/* Where the slot that just opened is cheaper to guess than the program makes them now, it
 * is wrapped anew. A full disk or a locked stick is no reason to keep the owner out.
 */
void
sak_vault_raise_slot (SakVault          *self,
                      guint              slot,
                      SakCredential     *credential,
                      const SakKdfCost  *floor)
{
  SakKdfCost cost = sak_slot_get_cost (self->header.slots[slot]);

  if (!sak_slot_type_has_cost (sak_slot_get_type (self->header.slots[slot])) ||
      (cost.passes >= floor->passes && cost.memory_bytes >= floor->memory_bytes))
    return;
  cost.passes = MAX (cost.passes, floor->passes);
  cost.memory_bytes = MAX (cost.memory_bytes, floor->memory_bytes);
  (void) rewrap_slot (self, slot, credential, &cost, NULL);
}
