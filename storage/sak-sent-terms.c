/* sak-sent-terms.c - terms that the secretariat adds to vocabularies, and sends to its members
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They are taken over once (sak_vault_take_sent_terms): what this vault's people added stays beside them, and only what
 * came from the same secretariat is changed by it.
 */
#include "config.h"

#include "storage/sak-announcement.h"
#include "storage/sak-exchange.h"
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

/* What was taken last: "id" of its revision, "key" of who signed it, "number", and "kept", codes of it that are other
 * people's here. An empty object where nothing was.
 */
static json_t *
load_taken (SakVault    *self,
            const char  *vocabulary)
{
  g_autofree char *name = g_strconcat (TAKEN, vocabulary, NULL);
  g_autoptr (GBytes) stored = sak_vault_get_setting (self, name, NULL);
  json_t *json = NULL;

  if (stored != NULL)
    json = sak_json_parse (g_bytes_get_data (stored, NULL), (gssize) g_bytes_get_size (stored), NULL);
  return json != NULL ? json : json_object ();
}

char *
sak_sent_terms_dup_taken (SakVault   *self,
                          const char *vocabulary)
{
  g_autoptr (json_t) taken = load_taken (self, vocabulary);

  return g_strdup (sak_json_get_text (taken, "id"));
}

static gboolean
store_taken (SakVault          *self,
             const char        *vocabulary,
             const SakContact  *authority,
             SakRevision       *revision,
             json_t            *kept,
             GError           **error)
{
  g_autofree char *name = g_strconcat (TAKEN, vocabulary, NULL);
  g_autofree char *key = sak_network_encode_key (authority->signing_key);
  const json_t *number = json_object_get (sak_revision_get_fields (revision), "number");
  g_autoptr (json_t) json = json_pack ("{s:s, s:s, s:I, s:O}", "id", sak_revision_get_id (revision), "key", key,
                                       "number", json_integer_value (number), "kept", kept);
  g_autofree char *text = sak_json_to_canonical (json);

  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_vault_set_setting (self, name, text, strlen (text), error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

/* The terms first, that they were taken then: what a crash interrupts is done again, and does nothing more. @last: what
 * was taken from the same before, or an empty object.
 */
static gboolean
take_one (SakVault          *self,
          const SakContact  *authority,
          const char        *vocabulary,
          const json_t      *last,
          SakRevision       *revision,
          GError           **error)
{
  g_autofree char *text = write_additions (sak_revision_get_fields (revision));
  const char *last_id = sak_json_get_text (last, "id");
  g_autoptr (SakRevision) before = last_id != NULL ? sak_vault_load_revision (self, last_id, NULL) : NULL;
  const json_t *additions = before != NULL ? json_object_get (sak_revision_get_fields (before), "additions") : NULL;
  g_autoptr (json_t) kept = json_array ();
  g_autoptr (SakVocabulary) merged = NULL;

  if (json_is_array (json_object_get (last, "kept")))
    json_array_extend (kept, json_object_get (last, "kept"));
  merged = sak_vault_take_sent_terms (self, text, additions, kept, error);
  return merged != NULL && store_taken (self, vocabulary, authority, revision, kept, error);
}

static gboolean
take_newest (SakVault          *self,
             const SakContact  *authority,
             const char        *vocabulary,
             GError           **error)
{
  g_autofree char *key = sak_network_encode_key (authority->signing_key);
  g_autoptr (json_t) last = load_taken (self, vocabulary);
  g_autoptr (GPtrArray) sent = NULL;
  guint number;

  if (g_strcmp0 (key, sak_json_get_text (last, "key")) != 0)
    json_object_clear (last);   /* another's numbers say nothing about these */
  number = (guint) json_integer_value (json_object_get (last, "number"));
  sent = sak_announcement_list (self, SAK_KIND_VOCABULARY, authority->signing_key, vocabulary, number + 1, error);
  for (guint i = 0; sent != NULL && i < sent->len; i++)
    if (sak_sent_terms_check (sak_revision_get_fields (sent->pdata[i]), NULL))
      return take_one (self, authority, vocabulary, last, sent->pdata[i], error);
  return sent != NULL;
}

/* Each by itself: what one cannot take keeps no other out. */
gboolean
sak_sent_terms_take (SakVault          *self,
                     const SakContact  *authority,
                     GError           **error)
{
  const SakVocabulary *shipped;
  gboolean is_done = TRUE;

  for (guint i = 0; (shipped = sak_vocabulary_get_shipped (i)) != NULL; i++)
    is_done = take_newest (self, authority, sak_vocabulary_get_name (shipped), is_done ? error : NULL) && is_done;
  return is_done;
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
