/* sak-sent-terms.c - terms that the secretariat adds to vocabularies, and sends to its members
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are taken over once, as from a file (sak-vault-terms.h): what this vault's people added stays beside them.
 */
#include "config.h"

#include "storage/sak-announcement.h"
#include "storage/sak-network-news-private.h"
#include "storage/sak-network.h"
#include "storage/sak-vault-terms.h"

#include <string.h>

#define TAKEN "terms-taken-"

static char *
write_additions (const json_t *fields)
{
  const json_t *additions = json_object_get (fields, "additions");

  return json_is_object (additions) ? sak_json_to_canonical (additions) : g_strdup ("");
}

gboolean
sak_sent_terms_check (const json_t  *fields,
                      GError       **error)
{
  const char *name = sak_json_get_text (fields, SAK_KIND_VOCABULARY);
  const char *said = sak_json_get_text (json_object_get (fields, "additions"), "additions_to");
  g_autofree char *text = write_additions (fields);
  g_autoptr (SakVocabulary) merged = NULL;
  const SakVocabulary *shipped = NULL;

  for (guint i = 0; (shipped = sak_vocabulary_get_shipped (i)) != NULL; i++)
    if (g_strcmp0 (sak_vocabulary_get_name (shipped), name) == 0)
      break;
  if (shipped == NULL || g_strcmp0 (name, said) != 0)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the terms are for no vocabulary that is here");
  else
    merged = sak_vocabulary_add_local (shipped, text, -1, error);
  return merged != NULL;
}

static gboolean
load_taken (SakVault    *self,
            const char  *vocabulary,
            char       **ret_id,
            char       **ret_key,
            guint       *ret_number)
{
  g_autofree char *name = g_strconcat (TAKEN, vocabulary, NULL);
  g_autoptr (GBytes) stored = sak_vault_get_setting (self, name, NULL);
  g_autoptr (json_t) json = NULL;

  if (stored != NULL)
    json = sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), NULL);
  *ret_id = g_strdup (sak_json_get_text (json, "id"));
  *ret_key = g_strdup (sak_json_get_text (json, "key"));
  *ret_number = (guint) json_integer_value (json_object_get (json, "number"));
  return json != NULL;
}

char *
sak_sent_terms_dup_taken (SakVault   *self,
                          const char *vocabulary)
{
  g_autofree char *key = NULL;
  char *id;
  guint number;

  load_taken (self, vocabulary, &id, &key, &number);
  return id;
}

static gboolean
store_taken (SakVault          *self,
             const char        *vocabulary,
             const SakContact  *authority,
             SakRevision       *revision,
             GError           **error)
{
  g_autofree char *name = g_strconcat (TAKEN, vocabulary, NULL);
  g_autofree char *key = sak_network_encode_key (authority->signing_key);
  const json_t *number = json_object_get (sak_revision_get_fields (revision), "number");
  g_autoptr (json_t) json = json_pack ("{s:s, s:s, s:I}", "id", sak_revision_get_id (revision), "key", key,
                                       "number", json_integer_value (number));
  g_autofree char *text = sak_json_to_canonical (json);

  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_vault_set_setting (self, name, text, strlen (text), error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

/* The terms first, that they were taken then: what a crash interrupts is done again, and does nothing more. */
static gboolean
take_one (SakVault          *self,
          const SakContact  *authority,
          const char        *vocabulary,
          SakRevision       *revision,
          GError           **error)
{
  g_autofree char *text = write_additions (sak_revision_get_fields (revision));
  g_autoptr (SakVocabulary) merged = sak_vault_import_terms (self, text, -1, error);

  return merged != NULL && store_taken (self, vocabulary, authority, revision, error);
}

static gboolean
take_newest (SakVault          *self,
             const SakContact  *authority,
             const char        *vocabulary,
             GError           **error)
{
  g_autofree char *key = sak_network_encode_key (authority->signing_key);
  g_autofree char *last_key = NULL;
  g_autofree char *last_id = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  guint last = 0;

  load_taken (self, vocabulary, &last_id, &last_key, &last);
  if (g_strcmp0 (key, last_key) != 0)
    last = 0;                   /* another's numbers say nothing about these */
  sent = sak_announcement_list (self, SAK_KIND_VOCABULARY, authority->signing_key, vocabulary, last + 1, error);
  for (guint i = 0; sent != NULL && i < sent->len; i++)
    if (sak_sent_terms_check (sak_revision_get_fields (sent->pdata[i]), NULL))
      return take_one (self, authority, vocabulary, sent->pdata[i], error);
  return sent != NULL;
}

gboolean
sak_sent_terms_take (SakVault          *self,
                     const SakContact  *authority,
                     GError           **error)
{
  const SakVocabulary *shipped;

  for (guint i = 0; (shipped = sak_vocabulary_get_shipped (i)) != NULL; i++)
    if (!take_newest (self, authority, sak_vocabulary_get_name (shipped), error))
      return FALSE;
  return TRUE;
}

char *
sak_vault_send_terms (SakVault           *self,
                      const char         *vocabulary,
                      const char *const  *to,
                      GError            **error)
{
  g_autoptr (SakVocabulary) merged = sak_vault_load_terms (self, vocabulary, error);
  g_autoptr (json_t) keys = merged != NULL ? sak_network_list_keys (self, to, error) : NULL;
  g_autoptr (json_t) fields = NULL;
  guint number;

  if (keys == NULL || !sak_announcement_find_last (self, SAK_KIND_VOCABULARY, vocabulary, &number, error) ||
      !sak_vault_choose_number (self, number, &number, error))
    return NULL;
  fields = json_pack ("{s:O, s:i, s:s, s:O}", SAK_TO_PATH, keys, "number", (int) number, SAK_KIND_VOCABULARY,
                      vocabulary, "additions", sak_vocabulary_get_additions (merged));
  return sak_network_add_alone (self, SAK_KIND_VOCABULARY, fields, error);
}
