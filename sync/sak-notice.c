/* sak-notice.c - network notices: carried out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each step is durable by itself and does nothing the second time; that all of it was done is remembered last. So what
 * a crash interrupts is done again.
 */
#include "config.h"

#include "sync/sak-notice.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "sync/sak-card.h"

/* "Harbour", "Harbour (2)" … "Harbour (9)". */
#define MAX_SAME_NAMES 9

typedef struct
{
  SakVault *vault;
  const SakContact *authority;
  guint8 own[SAK_SIGN_PUBLIC_SIZE];
  SakNoticeOutcome *outcome;
  GHashTable *names;            /* of all contacts, as they were before */
} Carrying;

void
sak_notice_outcome_free (SakNoticeOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->by);
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->renamed);
  g_ptr_array_unref (self->revoked);
  g_ptr_array_unref (self->revoked_compared);
  g_free (self);
}

static SakNoticeOutcome *
outcome_new (void)
{
  SakNoticeOutcome *self = g_new0 (SakNoticeOutcome, 1);

  self->added = g_ptr_array_new_with_free_func (g_free);
  self->renamed = g_ptr_array_new_with_free_func (g_free);
  self->revoked = g_ptr_array_new_with_free_func (g_free);
  self->revoked_compared = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static gboolean
is_not_there (const GError *error)
{
  return g_error_matches (error, SAK_ERROR, SAK_ERROR_UNKNOWN_SENDER) ||
         g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
}

/* NULL without an error where no contact has it. */
static SakContact *
find_key (SakVault      *vault,
          const guint8   key[static SAK_SIGN_PUBLIC_SIZE],
          GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  SakContact *contact = sak_vault_find_contact_by_key (vault, key, &local_error);

  if (contact == NULL && !is_not_there (local_error))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return contact;
}

/* Under the name that they have in the network, or one beside it that is free; EXISTS where there is none. */
static gboolean
add_under_free_name (Carrying    *self,
                     SakContact  *contact,
                     GError     **error)
{
  g_autofree char *name = g_steal_pointer (&contact->name);

  for (guint i = 1; i <= MAX_SAME_NAMES; i++)
    {
      g_autoptr (GError) local_error = NULL;

      g_free (contact->name);
      contact->name = i == 1 ? g_strdup (name) : g_strdup_printf ("%s (%u)", name, i);
      if (g_hash_table_contains (self->names, contact->name))
        g_set_error (&local_error, SAK_ERROR, SAK_ERROR_EXISTS, "somebody had this name");
      else if (sak_vault_add_contact (self->vault, contact, &local_error))
        return TRUE;
      if (i == MAX_SAME_NAMES || !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return FALSE;
}

static gboolean
add_member (Carrying    *self,
            SakContact  *contact,
            const char  *name,
            GError     **error)
{
  g_autoptr (SakContactNote) note = NULL;
  g_autoptr (GError) local_error = NULL;

  if (name != NULL)
    {
      g_free (contact->name);
      contact->name = g_strdup (name);
    }
  note = sak_vault_load_contact_note (self->vault, contact->signing_key, error);
  if (note == NULL)
    return FALSE;
  /* Nobody gives a revoked key back by naming it once more. */
  contact->trust = note->revoked_by != NULL ? SAK_TRUST_REVOKED : SAK_TRUST_SEEN;
  if (!add_under_free_name (self, contact, &local_error))
    {
      if (!g_error_matches (local_error, SAK_ERROR, SAK_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      self->outcome->n_not_added++;
      return TRUE;
    }
  if (contact->trust == SAK_TRUST_REVOKED)
    return TRUE;
  g_ptr_array_add (self->outcome->added, g_strdup (contact->name));
  return sak_vault_note_named (self->vault, contact->signing_key, self->authority->name, error);
}

/* A name that a person here knows somebody by is never given to another contact, also not where the same notice has
 * just given its owner another: what is sent to that name would go to somebody else.
 */
static gboolean
rename_member (Carrying          *self,
               const SakContact  *known,
               const char        *name,
               GError           **error)
{
  g_autoptr (GError) local_error = NULL;

  if (name == NULL || g_str_equal (known->name, name) || g_hash_table_contains (self->names, name))
    return TRUE;
  if (sak_vault_rename_contact (self->vault, known->name, name, &local_error))
    {
      g_ptr_array_add (self->outcome->renamed, g_strdup_printf ("%s → %s", known->name, name));
      return TRUE;
    }
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_EXISTS))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
is_name (const char *name)
{
  if (name == NULL)
    return TRUE;
  if (*name == ' ' || g_str_has_suffix (name, " "))
    return FALSE;
  if (!sak_contact_is_name_seen (name))
    return FALSE;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (!sak_contact_is_name_char (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static gboolean
take_member (Carrying      *self,
             const json_t  *entry,
             GError       **error)
{
  const char *card = sak_json_get_text (entry, "card");
  const char *name = sak_json_get_text (entry, "name");
  g_autoptr (SakContact) contact = sak_card_parse (card, strlen (card), NULL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakContact) known = NULL;

  if (contact == NULL || !is_name (name) || contact->is_practice != !!sak_vault_is_practice (self->vault))
    {
      self->outcome->n_not_added++;
      return TRUE;
    }
  if (memcmp (contact->signing_key, self->own, sizeof self->own) == 0 ||
      memcmp (contact->signing_key, self->authority->signing_key, sizeof self->own) == 0)
    return TRUE;
  known = find_key (self->vault, contact->signing_key, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return known != NULL ? rename_member (self, known, name, error) : add_member (self, contact, name, error);
}

/* Also of a key that nobody here knows yet: its card may still come. */
static gboolean
take_revoked (Carrying      *self,
              const json_t  *entry,
              GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakContact) contact = NULL;
  guint8 key[SAK_SIGN_PUBLIC_SIZE];

  if (!sak_hex_decode (sak_json_get_text (entry, "key"), key, sizeof key))
    return TRUE;
  self->outcome->names_us |= memcmp (key, self->own, sizeof key) == 0;
  self->outcome->names_signer |= memcmp (key, self->authority->signing_key, sizeof key) == 0;
  if (memcmp (key, self->own, sizeof key) == 0 || memcmp (key, self->authority->signing_key, sizeof key) == 0)
    return TRUE;
  contact = find_key (self->vault, key, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (contact != NULL && contact->trust == SAK_TRUST_REVOKED)
    return TRUE;
  if (!sak_vault_note_revoked (self->vault, key, self->authority->name, sak_json_get_text (entry, "since"),
                               sak_json_get_text (entry, "why"), error))
    return FALSE;
  if (contact == NULL)
    return TRUE;
  g_ptr_array_add (contact->trust == SAK_TRUST_COMPARED ? self->outcome->revoked_compared : self->outcome->revoked,
                   g_strdup (contact->name));
  return sak_vault_set_trust (self->vault, contact->name, SAK_TRUST_REVOKED, error);
}

static GHashTable *
list_names (SakVault  *vault,
            GError   **error)
{
  g_autoptr (GPtrArray) contacts = sak_vault_list_contacts (vault, error);
  GHashTable *names;

  if (contacts == NULL)
    return NULL;
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < contacts->len; i++)
    g_hash_table_add (names, g_strdup (((const SakContact *) contacts->pdata[i])->name));
  return names;
}

/* Keys first: a member's new card may come under the name of the old one. */
static gboolean
carry_out (Carrying      *self,
           SakRevision   *notice,
           GError       **error)
{
  SakNoticeFields fields;

  if (!sak_notice_read (sak_revision_get_fields (notice), &fields))
    return TRUE;
  for (gsize i = 0; i < json_array_size (fields.revoked); i++)
    if (!take_revoked (self, json_array_get (fields.revoked, i), error))
      return FALSE;
  for (gsize i = 0; i < json_array_size (fields.members); i++)
    if (!take_member (self, json_array_get (fields.members, i), error))
      return FALSE;
  self->outcome->number = fields.number;
  g_free (self->outcome->by);
  self->outcome->by = g_strdup (self->authority->name);
  return TRUE;
}

/* The newest, and of two of one number the one that was carried out, else the one that came first. That there are two
 * is told once.
 */
static SakRevision *
pick_newest (GPtrArray            *notices,
             const SakLastNotice  *last,
             gboolean             *ret_is_fork)
{
  SakRevision *newest = NULL;
  SakNoticeFields fields;
  guint number = 0;

  *ret_is_fork = FALSE;
  for (guint i = 0; i < notices->len; i++)
    {
      const char *id = sak_revision_get_id (notices->pdata[i]);

      if (!sak_notice_read (sak_revision_get_fields (notices->pdata[i]), &fields))
        continue;
      if (number == 0 && fields.number > last->number)
        newest = notices->pdata[i];
      number = MAX (number, fields.number);
      if (fields.number == number)
        *ret_is_fork |= g_strcmp0 (id, newest != NULL ? sak_revision_get_id (newest) : last->id) != 0;
    }
  return newest;
}

static gboolean
get_own_key (SakVault  *vault,
             guint8     key[static SAK_SIGN_PUBLIC_SIZE],
             GError   **error)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);

  if (seed != NULL)
    sak_sign_get_public (seed, key);
  else
    g_set_error (error, SAK_ERROR, SAK_ERROR_LOCKED, "the vault is locked");
  return seed != NULL;
}

/* Carries out the newest, if there is a newer one, and remembers what was told. */
static gboolean
apply_newest (Carrying             *self,
              GPtrArray            *notices,
              const SakLastNotice  *last,
              GError              **error)
{
  gboolean is_fork;
  SakRevision *newest = pick_newest (notices, last, &is_fork);
  SakLastNotice now = { last->number, last->id, is_fork };

  self->outcome->tells_fork = is_fork && (newest != NULL || !last->is_fork_told);
  if (newest != NULL)
    {
      if (!carry_out (self, newest, error))
        return FALSE;
      now.number = self->outcome->number;
      now.id = (char *) sak_revision_get_id (newest);
    }
  return (newest == NULL && !self->outcome->tells_fork) ||
         sak_vault_set_last_notice (self->vault, self->authority, &now, error);
}

/**
 * sak_notice_apply:
 *
 * Where nobody's notices are believed, or there is nothing newer, nothing is done: "number" is 0.
 *
 * Returns: (transfer full)
 */
SakNoticeOutcome *
sak_notice_apply (SakVault  *vault,
                  GError   **error)
{
  g_autoptr (SakNoticeOutcome) outcome = outcome_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakContact) authority = sak_vault_load_authority (vault, &local_error);
  g_autoptr (GPtrArray) notices = NULL;
  g_auto (SakLastNotice) last = { 0 };
  g_autoptr (GHashTable) names = NULL;
  Carrying carrying = { vault, authority, { 0 }, outcome, NULL };

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (authority == NULL || authority->trust != SAK_TRUST_COMPARED)
    return g_steal_pointer (&outcome);
  names = carrying.names = list_names (vault, error);
  if (names == NULL || !get_own_key (vault, carrying.own, error) ||
      !sak_vault_get_last_notice (vault, authority, &last, error) ||
      (notices = sak_vault_list_notices (vault, authority->signing_key, last.number, error)) == NULL ||
      !apply_newest (&carrying, notices, &last, error))
    return NULL;
  return g_steal_pointer (&outcome);
}

/* Of the contact whose notices are believed here, and newer than what was carried out, or another one of its number. */
static gboolean
check_news (SakVault               *vault,
            SakRevision            *notice,
            const SakNoticeFields  *fields,
            const SakContact       *signer,
            GError                **error)
{
  g_autoptr (SakContact) authority = sak_vault_load_authority (vault, NULL);
  g_auto (SakLastNotice) last = { 0 };

  if (authority == NULL || authority->rowid != signer->rowid || signer->trust != SAK_TRUST_COMPARED)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_UNTRUSTED, "notices of who signed it are not believed here");
      return FALSE;
    }
  if (!sak_vault_get_last_notice (vault, authority, &last, error))
    return FALSE;
  if (fields->number > last.number || (fields->number == last.number && !last.is_fork_told &&
                                       g_strcmp0 (last.id, sak_revision_get_id (notice)) != 0))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_REPLAYED, "a notice as new or newer was carried out before");
  return FALSE;
}

/**
 * sak_notice_import:
 *
 * Errors: INVALID where it is none; UNKNOWN_SENDER and UNTRUSTED where it is not by the contact whose notices are
 * believed here; REPLAYED where it says nothing newer. What is refused is not kept.
 *
 * Returns: (transfer full)
 */
SakNoticeOutcome *
sak_notice_import (SakVault    *vault,
                   const char  *text,
                   gsize        size,
                   GError     **error)
{
  g_autoptr (SakRevision) notice = NULL;
  g_autoptr (SakContact) signer = NULL;
  SakNoticeFields fields;

  if (size > 0 && text[size - 1] == '\n')
    size--;
  notice = sak_revision_parse (text, (gssize) size, error);
  if (notice == NULL)
    return NULL;
  if (!g_str_equal (sak_revision_get_kind (notice), SAK_KIND_NOTICE) ||
      !sak_notice_read (sak_revision_get_fields (notice), &fields))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is no network notice");
      return NULL;
    }
  signer = sak_vault_find_contact_by_key (vault, sak_revision_get_author (notice), error);
  if (signer == NULL)
    return NULL;
  if (!check_news (vault, notice, &fields, signer, error) || !sak_vault_keep_notice (vault, notice, signer, error))
    return NULL;
  return sak_notice_apply (vault, error);
}
