/* sak-notice-make.c - network notices: made
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each says all that the one before said, and what is new.
 */
#include "config.h"

#include "sync/sak-notice.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-network.h"

typedef struct
{
  SakVault *vault;
  json_t *members;              /* key -> { "card", "name"? } */
  json_t *revoked;              /* key -> { "key", "since", "why" } */
} Making;

static char *
get_key (const SakContact *contact)
{
  return sak_hex_encode (contact->signing_key, sizeof contact->signing_key);
}

/* The key that a card says; the card was checked when it came. */
static char *
get_card_key (const json_t *entry)
{
  const char *text = sak_json_get_text (entry, "card");
  gsize size = text != NULL ? strlen (text) : 0;
  g_autoptr (json_t) card = NULL;

  if (size > 0 && text[size - 1] == '\n')
    size--;
  card = text != NULL ? sak_json_parse (text, (gssize) size, NULL) : NULL;
  return g_strdup (sak_json_get_text (card, "sign"));
}

static void
take_over (Making                 *self,
           const SakNoticeFields  *before)
{
  for (gsize i = 0; i < json_array_size (before->members); i++)
    {
      json_t *entry = json_array_get (before->members, i);
      g_autofree char *key = get_card_key (entry);

      if (key != NULL)
        json_object_set (self->members, key, entry);
    }
  for (gsize i = 0; i < json_array_size (before->revoked); i++)
    {
      json_t *entry = json_array_get (before->revoked, i);

      json_object_set (self->revoked, sak_json_get_text (entry, "key"), entry);
    }
}

static gboolean
add (Making      *self,
     const char  *name,
     GError     **error)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact (self->vault, name, error);
  g_autofree char *key = NULL;

  if (contact == NULL)
    return FALSE;
  if (contact->trust != SAK_TRUST_COMPARED)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_UNTRUSTED, "only a contact whose code was compared is named to others");
      return FALSE;
    }
  key = get_key (contact);
  if (json_object_get (self->revoked, key) != NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_UNTRUSTED, "an earlier notice of yours revoked this key");
      return FALSE;
    }
  json_object_set_new (self->members, key, json_pack ("{s:s, s:s}", "card", contact->card, "name", contact->name));
  return TRUE;
}

static gboolean
rename_one (Making      *self,
            const char  *name,
            const char  *new_name,
            GError     **error)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact (self->vault, name, error);
  g_autofree char *key = contact != NULL ? get_key (contact) : NULL;
  g_autofree char *normal = new_name != NULL ? g_utf8_normalize (new_name, -1, G_NORMALIZE_NFC) : NULL;
  json_t *entry = key != NULL ? json_object_get (self->members, key) : NULL;

  if (contact == NULL)
    return FALSE;
  if (entry == NULL || normal == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the notice does not name this contact");
      return FALSE;
    }
  json_object_set_new (self->members, key, json_pack ("{s:s, s:s}", "card", sak_json_get_text (entry, "card"),
                                                      "name", normal));
  return TRUE;
}

static gboolean
revoke_one (Making                 *self,
            const char             *name,
            const SakNoticeChange  *change,
            GError                **error)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact (self->vault, name, error);
  g_autofree char *key = contact != NULL ? get_key (contact) : NULL;

  if (contact == NULL)
    return FALSE;
  json_object_del (self->members, key);
  json_object_set_new (self->revoked, key, json_pack ("{s:s, s:s, s:s}", "key", key, "since",
                                                      change->since != NULL ? change->since : "",
                                                      "why", change->why != NULL ? change->why : ""));
  return TRUE;
}

static gboolean
change_all (Making                 *self,
            const SakNoticeChange  *change,
            GError                **error)
{
  for (const char *const *name = change->add; name != NULL && *name != NULL; name++)
    if (!add (self, *name, error))
      return FALSE;
  for (const char *const *name = change->rename; name != NULL && name[0] != NULL; name += 2)
    if (!rename_one (self, name[0], name[1], error))
      return FALSE;
  for (const char *const *name = change->revoke; name != NULL && *name != NULL; name++)
    if (!revoke_one (self, *name, change, error))
      return FALSE;
  return TRUE;
}

static json_t *
list_values (const json_t *object)
{
  json_t *array = json_array ();
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) object, key, value)
    json_array_append (array, value);
  return array;
}

static json_t *
list_keys (const json_t *object)
{
  json_t *array = json_array ();
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *) object, key, value)
    json_array_append_new (array, json_string (key));
  return array;
}

/**
 * sak_notice_make:
 *
 * It is for its members, and goes with the next bundle to each of them; whoever is revoked in it does not get it, and
 * is believed here no more either, from the moment it is made.
 *
 * Errors: NOT_FOUND, UNTRUSTED where somebody is to be named whose code was not compared; INVALID where the day or the
 * words for a revocation are missing, or it becomes too long; UNTRUSTED of nobody's else.
 *
 * Returns: (transfer full): its id
 */
char *
sak_notice_make (SakVault               *vault,
                 const SakNoticeChange  *change,
                 GError                **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakRevision) last = sak_vault_load_own_notice (vault, &local_error);
  g_autoptr (json_t) members = json_object ();
  g_autoptr (json_t) revoked = json_object ();
  g_autoptr (json_t) fields = NULL;
  Making making = { vault, members, revoked };
  SakNoticeFields before = { 0 };
  guint number;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (last != NULL && sak_notice_read (sak_revision_get_fields (last), &before))
    take_over (&making, &before);
  if (!sak_vault_choose_number (vault, before.number, &number, error) || !change_all (&making, change, error))
    return NULL;
  fields = json_pack ("{s:i, s:o, s:o, s:o}", "number", (int) number, SAK_TO_PATH, list_keys (members),
                      "members", list_values (members), "revoked", list_values (revoked));
  if (last != NULL)
    json_object_set_new (fields, "previous", json_string (sak_revision_get_id (last)));
  return sak_vault_add_notice (vault, fields, change->revoke, error);
}

/* --- What it says --- */

void
sak_notice_standing_free (SakNoticeStanding *self)
{
  if (self == NULL)
    return;
  g_free (self->contact);
  g_free (self->name);
  g_free (self);
}

static SakNoticeStanding *
make_standing (const Making      *making,
               const SakContact  *contact)
{
  SakNoticeStanding *self = g_new0 (SakNoticeStanding, 1);
  g_autofree char *key = get_key (contact);
  const json_t *member = json_object_get (making->members, key);

  self->contact = g_strdup (contact->name);
  self->trust = contact->trust;
  self->is_member = member != NULL;
  self->name = g_strdup (member != NULL ? sak_json_get_text (member, "name") : NULL);
  self->is_revoked = json_object_get (making->revoked, key) != NULL;
  return self;
}

/**
 * sak_notice_list_standings:
 *
 * Returns: (transfer full): SakNoticeStanding of every contact, as this vault's own latest notice has them
 */
GPtrArray *
sak_notice_list_standings (SakVault  *vault,
                           guint     *ret_number,
                           GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakRevision) last = sak_vault_load_own_notice (vault, &local_error);
  g_autoptr (GPtrArray) contacts = local_error == NULL ? sak_vault_list_contacts (vault, &local_error) : NULL;
  g_autoptr (GPtrArray) standings = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_notice_standing_free);
  g_autoptr (json_t) members = json_object ();
  g_autoptr (json_t) revoked = json_object ();
  Making making = { vault, members, revoked };
  SakNoticeFields fields = { 0 };

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (last != NULL && sak_notice_read (sak_revision_get_fields (last), &fields))
    take_over (&making, &fields);
  for (guint i = 0; i < contacts->len; i++)
    g_ptr_array_add (standings, make_standing (&making, contacts->pdata[i]));
  *ret_number = fields.number;
  return g_steal_pointer (&standings);
}

char *
sak_notice_export (SakVault  *vault,
                   GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakRevision) last = sak_vault_load_own_notice (vault, &local_error);
  g_autofree char *line = NULL;

  if (last == NULL)
    {
      if (local_error == NULL)
        g_set_error (&local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "no notice was made here");
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  line = sak_revision_to_line (last, NULL);
  return g_strconcat (line, "\n", NULL);
}
