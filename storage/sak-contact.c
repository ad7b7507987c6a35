/* sak-contact.c - the other vaults this one knows, and this vault's own keys
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-contact.h"

#include "storage/sak-network-news-private.h"
#include "storage/sak-record-private.h"

#include <string.h>

#define CONTACT_COLUMNS "rowid, name, organisation, signing_key, recipient, trust, practice, added, card"

/* A name must not be able to look like another one by what cannot be seen. */
gboolean
sak_contact_is_name_char (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:      /* bidi controls among them */
      /* Joiners are part of how words of the region are spelled. */
      return c == 0x200c || c == 0x200d;
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return FALSE;
    case G_UNICODE_SPACE_SEPARATOR:
      return c == ' ';
    default:
      return TRUE;
    }
}

/* Letters to Unicode, and nothing to the eye: fillers of Hangul, an empty Braille cell, vowels of Khmer that are not
 * to be used.
 */
static gboolean
is_blank_letter (gunichar c)
{
  static const gunichar blanks[] = { 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0 };

  for (gsize i = 0; i < G_N_ELEMENTS (blanks); i++)
    if (c == blanks[i])
      return TRUE;
  return FALSE;
}

gboolean
sak_contact_is_name_seen (const char *name)
{
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isgraph (c) && !g_unichar_ismark (c) && !g_unichar_iszerowidth (c) && !is_blank_letter (c))
        return TRUE;
    }
  return FALSE;
}

void
sak_contact_free (SakContact *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->organisation);
  g_free (self->card);
  g_free (self);
}

/* What the set hash covers of a contact: keys, card and trust. */
static void
hash_contact (SakVault         *self,
              const SakContact *contact,
              gboolean          is_removal)
{
  g_autofree char *content = g_strdup_printf ("%d\n%s\n%s", contact->trust, contact->name, contact->card);

  (is_removal ? sak_freshness_remove : sak_freshness_add) (&self->freshness, "contact",
                                                           contact->signing_key, SAK_SIGN_PUBLIC_SIZE,
                                                           content, strlen (content));
}

static SakContact *
read_contact (sqlite3_stmt  *statement,
              GError       **error)
{
  g_autoptr (SakContact) contact = g_new0 (SakContact, 1);

  contact->rowid = sqlite3_column_int64 (statement, 0);
  contact->name = sak_db_dup_text (statement, 1);
  contact->organisation = sak_db_dup_text (statement, 2);
  contact->trust = sqlite3_column_int (statement, 5);
  contact->is_practice = sqlite3_column_int (statement, 6) != 0;
  contact->added = sqlite3_column_int64 (statement, 7);
  contact->card = sak_db_dup_text (statement, 8);
  if (sak_db_copy_blob (statement, 3, contact->signing_key, SAK_SIGN_PUBLIC_SIZE) &&
      sak_db_copy_blob (statement, 4, contact->recipient.bytes, SAK_AGE_KEY_SIZE))
    return g_steal_pointer (&contact);
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a contact's keys have a wrong size");
  return NULL;
}

static gboolean
insert_contact (SakVault          *self,
                const SakContact  *contact,
                GError           **error)
{
  sak_autostmt statement = sak_db_prepare (self->db,
                                           "INSERT INTO contact (name, organisation, signing_key, recipient,"
                                           " trust, practice, added, card) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

  sak_db_bind_text (statement, 1, contact->name);
  sak_db_bind_text (statement, 2, contact->organisation);
  sak_db_bind_blob (statement, 3, contact->signing_key, SAK_SIGN_PUBLIC_SIZE);
  sak_db_bind_blob (statement, 4, contact->recipient.bytes, SAK_AGE_KEY_SIZE);
  sqlite3_bind_int (statement, 5, contact->trust);
  sqlite3_bind_int (statement, 6, contact->is_practice);
  sqlite3_bind_int64 (statement, 7, g_get_real_time () / G_USEC_PER_SEC);
  sak_db_bind_text (statement, 8, contact->card);
  return sak_db_run (self->db, statement, error);
}

/* Under the number that it had, for rows that refer to it; inside a transaction. */
gboolean
sak_contact_put_back (SakVault          *vault,
                      const SakContact  *contact,
                      GError           **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "UPDATE contact SET rowid = ?2, added = ?3 WHERE rowid = ?1");

  hash_contact (vault, contact, FALSE);
  if (!insert_contact (vault, contact, error))
    return FALSE;
  sqlite3_bind_int64 (statement, 1, sqlite3_last_insert_rowid (sak_db_get_sqlite (vault->db)));
  sqlite3_bind_int64 (statement, 2, contact->rowid);
  sqlite3_bind_int64 (statement, 3, contact->added);
  return sak_db_run (vault->db, statement, error);
}

static gboolean
is_known (SakVault          *self,
          const SakContact  *contact,
          gboolean          *ret_is_known,
          GError           **error)
{
  sak_autostmt statement = sak_db_prepare (self->db,
                                           "SELECT count(*) FROM contact WHERE name = ?1 OR signing_key = ?2");
  gint64 count = 0;

  sak_db_bind_text (statement, 1, contact->name);
  sak_db_bind_blob (statement, 2, contact->signing_key, SAK_SIGN_PUBLIC_SIZE);
  if (!sak_db_get_number (self->db, statement, 0, &count, error))
    return FALSE;
  *ret_is_known = count > 0;
  return TRUE;
}

/**
 * sak_vault_add_contact:
 *
 * EXISTS if the name or the signing key is taken: what that means is for sync/ to say.
 */
gboolean
sak_vault_add_contact (SakVault          *self,
                       const SakContact  *contact,
                       GError           **error)
{
  gboolean known = FALSE;

  if (!sak_vault_begin (self, error))
    return FALSE;
  if (!is_known (self, contact, &known, error))
    goto failed;
  if (known)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "a contact with this name or key is there");
      goto failed;
    }
  hash_contact (self, contact, FALSE);
  if (insert_contact (self, contact, error) &&
      sak_vault_log_custody (self, "contact-added", contact->name, self->name, error) &&
      sak_vault_commit (self, error))
    return TRUE;

failed:
  sak_vault_rollback (self);
  return FALSE;
}

/**
 * sak_vault_list_contacts:
 *
 * Returns: (transfer full): SakContact, by name
 */
GPtrArray *
sak_vault_list_contacts (SakVault  *self,
                         GError   **error)
{
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_contact_free);
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT " CONTACT_COLUMNS " FROM contact ORDER BY name COLLATE NOCASE");
  for (;;)
    {
      SakContact *contact;

      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&contacts);
      contact = read_contact (statement, error);
      if (contact == NULL)
        return NULL;
      g_ptr_array_add (contacts, contact);
    }
}

static SakContact *
find_one (SakVault      *self,
          sqlite3_stmt  *statement,
          SakError       code,
          const char    *message,
          GError       **error)
{
  gboolean has_row = FALSE;

  if (!sak_db_step (self->db, statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_contact (statement, error);
  g_set_error_literal (error, SAK_ERROR, code, message);
  return NULL;
}

SakContact *
sak_vault_find_contact (SakVault    *self,
                        const char  *name,
                        GError     **error)
{
  sak_autostmt statement = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT " CONTACT_COLUMNS " FROM contact WHERE name = ?1");
  sak_db_bind_text (statement, 1, name);
  return find_one (self, statement, SAK_ERROR_NOT_FOUND, "there is no contact of this name", error);
}

/* UNKNOWN_SENDER where no contact has the key. */
SakContact *
sak_vault_find_contact_by_key (SakVault      *self,
                               const guint8   signing_key[static SAK_SIGN_PUBLIC_SIZE],
                               GError       **error)
{
  sak_autostmt statement = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT " CONTACT_COLUMNS " FROM contact WHERE signing_key = ?1");
  sak_db_bind_blob (statement, 1, signing_key, SAK_SIGN_PUBLIC_SIZE);
  return find_one (self, statement, SAK_ERROR_UNKNOWN_SENDER, "no contact has this key", error);
}

static gboolean
update_trust (SakVault    *self,
              SakContact  *contact,
              SakTrust     trust,
              GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "UPDATE contact SET trust = ?2 WHERE rowid = ?1");
  static const char *const words[] = { "contact-seen", "contact-compared", "contact-revoked" };

  hash_contact (self, contact, TRUE);
  contact->trust = trust;
  hash_contact (self, contact, FALSE);
  sqlite3_bind_int64 (statement, 1, contact->rowid);
  sqlite3_bind_int (statement, 2, trust);
  return sak_db_run (self->db, statement, error) &&
         sak_vault_log_custody (self, words[trust], contact->name, self->name, error);
}

gboolean
sak_contact_set_trust (SakVault    *vault,
                       const char  *name,
                       SakTrust     trust,
                       GError     **error)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact (vault, name, error);

  return contact != NULL && update_trust (vault, contact, trust, error);
}

gboolean
sak_vault_set_trust (SakVault    *self,
                     const char  *name,
                     SakTrust     trust,
                     GError     **error)
{
  const char *const names[] = { name, NULL };

  g_return_val_if_fail (trust <= SAK_TRUST_REVOKED, FALSE);

  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_contact_set_trust (self, name, trust, error) && sak_sent_forms_commit_trust (self, names, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

static gboolean
update_name (SakVault    *self,
             SakContact  *contact,
             const char  *name,
             GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "UPDATE contact SET name = ?2 WHERE rowid = ?1");
  sak_autostmt taken = sak_db_prepare (self->db, "SELECT 1 FROM contact WHERE name = ?1");
  gint64 is_taken = 0;

  sak_db_bind_text (taken, 1, name);
  if (!sak_db_get_number (self->db, taken, 0, &is_taken, error))
    return FALSE;
  if (is_taken)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "a contact with this name is there");
      return FALSE;
    }
  hash_contact (self, contact, TRUE);
  g_free (contact->name);
  contact->name = g_strdup (name);
  hash_contact (self, contact, FALSE);
  sqlite3_bind_int64 (statement, 1, contact->rowid);
  sak_db_bind_text (statement, 2, name);
  return sak_db_run (self->db, statement, error) &&
         sak_vault_log_custody (self, "contact-renamed", name, self->name, error);
}

gboolean
sak_vault_rename_contact (SakVault    *self,
                          const char  *name,
                          const char  *new_name,
                          GError     **error)
{
  g_autoptr (SakContact) contact = NULL;

  if (!sak_vault_begin (self, error))
    return FALSE;
  contact = sak_vault_find_contact (self, name, error);
  if (contact != NULL && update_name (self, contact, new_name, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

/* NULL for row 0, which is this vault itself. */
char *
sak_contact_dup_name (SakVault *vault,
                      gint64    rowid)
{
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (rowid == 0)
    return NULL;
  statement = sak_db_prepare (vault->db, "SELECT name FROM contact WHERE rowid = ?1");
  sqlite3_bind_int64 (statement, 1, rowid);
  if (!sak_db_step (vault->db, statement, &has_row, NULL) || !has_row)
    return NULL;
  return sak_db_dup_text (statement, 0);
}

SakSecret *
sak_vault_dup_signing_seed (SakVault *self)
{
  return self->signing_seed != NULL ? sak_secret_ref (self->signing_seed) : NULL;
}

SakSecret *
sak_vault_dup_exchange_identity (SakVault *self)
{
  return self->exchange_identity != NULL ? sak_secret_ref (self->exchange_identity) : NULL;
}

SakSecret *
sak_vault_dup_media_identity (SakVault *self)
{
  return self->media_identity != NULL ? sak_secret_ref (self->media_identity) : NULL;
}
