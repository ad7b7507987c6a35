/* sak-notice-store.c - notices of the network as records, whose are believed, and what they said of contacts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-notice-store.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-announcement.h"
#include "storage/sak-network-news-private.h"

#define AUTHORITY "notice-authority"

void
sak_contact_note_free (SakContactNote *self)
{
  if (self == NULL)
    return;
  g_free (self->named_by);
  g_free (self->revoked_by);
  g_free (self->since);
  g_free (self->why);
  g_free (self);
}

void
sak_last_notice_clear (SakLastNotice *self)
{
  g_clear_pointer (&self->id, g_free);
}

static char *
name_setting (const char   *what,
              const guint8  key[static SAK_SIGN_PUBLIC_SIZE])
{
  g_autofree char *hex = sak_hex_encode (key, SAK_SIGN_PUBLIC_SIZE);

  return g_strconcat (what, hex, NULL);
}

/* NULL without an error where there is none. */
static json_t *
load_setting (SakVault    *self,
              const char  *name,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) stored = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  stored = sak_vault_get_setting (self, name, &local_error);
  if (stored != NULL)
    return sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), error);
  if (!g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* NULL for @value: it goes. */
static gboolean
put_setting (SakVault      *self,
             const char    *name,
             const json_t  *value,
             GError       **error)
{
  g_autofree char *text = value != NULL ? sak_json_to_canonical (value) : NULL;

  return text != NULL ? sak_vault_set_setting (self, name, text, strlen (text), error)
                      : sak_vault_remove_setting (self, name, error);
}

static gboolean
store_setting (SakVault      *self,
               const char    *name,
               const json_t  *value,
               GError       **error)
{
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (put_setting (self, name, value, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

SakContactNote *
sak_vault_load_contact_note (SakVault      *self,
                             const guint8   key[static SAK_SIGN_PUBLIC_SIZE],
                             GError       **error)
{
  g_autofree char *name = name_setting ("contact-notice-", key);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (json_t) json = load_setting (self, name, &local_error);
  SakContactNote *note;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  note = g_new0 (SakContactNote, 1);
  note->named_by = g_strdup (sak_json_get_text (json, "named_by"));
  note->revoked_by = g_strdup (sak_json_get_text (json, "revoked_by"));
  note->since = g_strdup (sak_json_get_text (json, "since"));
  note->why = g_strdup (sak_json_get_text (json, "why"));
  return note;
}

static gboolean
change_note (SakVault      *self,
             const guint8   key[static SAK_SIGN_PUBLIC_SIZE],
             json_t        *change,
             GError       **error)
{
  g_autofree char *name = name_setting ("contact-notice-", key);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (json_t) json = load_setting (self, name, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (json == NULL)
    json = json_object ();
  json_object_update (json, change);
  return store_setting (self, name, json, error);
}

gboolean
sak_vault_note_named (SakVault      *self,
                      const guint8   key[static SAK_SIGN_PUBLIC_SIZE],
                      const char    *by,
                      GError       **error)
{
  g_autoptr (json_t) change = json_pack ("{s:s}", "named_by", by);

  return change_note (self, key, change, error);
}

/* Of words only as many as a setting takes. */
gboolean
sak_vault_note_revoked (SakVault      *self,
                        const guint8   key[static SAK_SIGN_PUBLIC_SIZE],
                        const char    *by,
                        const char    *since,
                        const char    *why,
                        GError       **error)
{
  g_autofree char *words = g_utf8_substring (why, 0, MIN (g_utf8_strlen (why, -1), 300));
  g_autoptr (json_t) change = json_pack ("{s:s, s:s, s:s}", "revoked_by", by, "since", since, "why", words);

  return change_note (self, key, change, error);
}

SakContact *
sak_vault_load_authority (SakVault  *self,
                          GError   **error)
{
  g_autoptr (json_t) json = load_setting (self, AUTHORITY, error);
  g_autoptr (GError) local_error = NULL;
  guint8 key[SAK_SIGN_PUBLIC_SIZE];
  SakContact *contact;

  if (json == NULL || !sak_hex_decode (json_string_value (json_object_get (json, "key")), key, sizeof key))
    return NULL;
  contact = sak_vault_find_contact_by_key (self, key, &local_error);
  /* A rescue may have kept the setting and not the contact: then nobody is believed. */
  if (contact == NULL && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_UNKNOWN_SENDER))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return contact;
}

static gboolean
check_authority (SakVault          *self,
                 const SakContact  *contact,
                 gboolean           is_authority,
                 GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakContact) present = sak_vault_load_authority (self, &local_error);
  gboolean is_same = present != NULL && present->rowid == contact->rowid;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (is_authority && contact->trust != SAK_TRUST_COMPARED)
    g_set_error (error, SAK_ERROR, SAK_ERROR_UNTRUSTED, "notices are believed of a compared contact alone");
  else if (present != NULL && !is_same)
    g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "another contact's notices are believed");
  else
    return TRUE;
  return FALSE;
}

gboolean
sak_vault_set_authority (SakVault    *self,
                         const char  *name,
                         gboolean     is_authority,
                         GError     **error)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact (self, name, error);
  g_autofree char *key = NULL;
  g_autoptr (json_t) json = NULL;

  if (contact == NULL || !check_authority (self, contact, is_authority, error))
    return FALSE;
  key = sak_hex_encode (contact->signing_key, sizeof contact->signing_key);
  json = json_pack ("{s:s}", "key", key);
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (put_setting (self, AUTHORITY, is_authority ? json : NULL, error) && sak_sent_forms_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

GPtrArray *
sak_vault_list_notices (SakVault      *self,
                        const guint8   author[static SAK_SIGN_PUBLIC_SIZE],
                        guint          least,
                        GError       **error)
{
  return sak_vault_require_unlocked (self, error)
           ? sak_announcement_list (self, SAK_KIND_NOTICE, author, "", least, error) : NULL;
}

SakRevision *
sak_vault_load_own_notice (SakVault  *self,
                           GError   **error)
{
  guint8 own[SAK_SIGN_PUBLIC_SIZE];
  g_autoptr (GPtrArray) notices = NULL;
  guint last;

  if (!sak_vault_require_unlocked (self, error) ||
      !sak_announcement_find_last (self, SAK_KIND_NOTICE, "", &last, error))
    return NULL;
  sak_network_get_own_key (self, own);
  notices = sak_announcement_list (self, SAK_KIND_NOTICE, own, "", last, error);
  return notices != NULL && notices->len > 0 ? sak_revision_ref (notices->pdata[0]) : NULL;
}

static char *
add_in_transaction (SakVault           *self,
                    const json_t       *fields,
                    const char *const  *distrusted,
                    GError            **error)
{
  g_autofree char *id = sak_network_add (self, SAK_KIND_NOTICE, fields, error);

  for (gsize i = 0; id != NULL && distrusted != NULL && distrusted[i] != NULL; i++)
    if (!sak_contact_set_trust (self, distrusted[i], SAK_TRUST_REVOKED, error))
      return NULL;
  return g_steal_pointer (&id);
}

char *
sak_vault_add_notice (SakVault           *self,
                      const json_t       *fields,
                      const char *const  *distrusted,
                      GError            **error)
{
  g_autofree char *id = NULL;
  SakNoticeFields notice;

  if (!sak_notice_read (fields, &notice))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "this is no notice, or too long for one");
      return NULL;
    }
  if (!sak_vault_begin (self, error))
    return NULL;
  id = add_in_transaction (self, fields, distrusted, error);
  if (id != NULL && sak_sent_forms_commit_trust (self, distrusted, error))
    return g_steal_pointer (&id);
  sak_vault_rollback (self);
  return NULL;
}

static gboolean
keep_in_transaction (SakVault          *self,
                     SakRevision       *notice,
                     const SakContact  *from,
                     GError           **error)
{
  g_auto (SakRecordKey) key = { 0 };
  guint8 id[SAK_UUID_SIZE];
  gboolean is_new;

  if (sak_record_find (self, sak_revision_get_record_id (notice), &key, NULL))
    {
      if (g_str_equal (key.kind, SAK_KIND_NOTICE))
        return sak_revision_store (self, &key, notice, from->rowid, &is_new, error) &&
               sak_network_update (self, &key, error);
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a revision changes the kind of its record");
      return FALSE;
    }
  return sak_uuid_to_bytes (sak_revision_get_record_id (notice), id) &&
         sak_record_insert (self, id, SAK_KIND_NOTICE, "", from->rowid, &key, error) &&
         sak_revision_store (self, &key, notice, from->rowid, &is_new, error) &&
         sak_network_update (self, &key, error) &&
         sak_vault_log_custody (self, "received", sak_revision_get_record_id (notice), from->name, error);
}

gboolean
sak_vault_keep_notice (SakVault          *self,
                       SakRevision       *notice,
                       const SakContact  *from,
                       GError           **error)
{
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (keep_in_transaction (self, notice, from, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

gboolean
sak_vault_get_last_notice (SakVault          *self,
                           const SakContact  *authority,
                           SakLastNotice     *ret_last,
                           GError           **error)
{
  g_autofree char *name = name_setting ("notice-last-", authority->signing_key);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (json_t) json = load_setting (self, name, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  ret_last->number = (guint) json_integer_value (json_object_get (json, "number"));
  ret_last->id = g_strdup (sak_json_get_text (json, "id"));
  ret_last->is_fork_told = json_is_true (json_object_get (json, "fork"));
  return TRUE;
}

gboolean
sak_vault_set_last_notice (SakVault             *self,
                           const SakContact     *authority,
                           const SakLastNotice  *last,
                           GError              **error)
{
  g_autofree char *name = name_setting ("notice-last-", authority->signing_key);
  g_autoptr (json_t) json = json_pack ("{s:s, s:i, s:b}", "id", last->id, "number", (int) last->number,
                                       "fork", last->is_fork_told);

  return store_setting (self, name, json, error);
}
