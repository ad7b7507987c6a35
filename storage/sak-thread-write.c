/* sak-thread-write.c - asking, answering and closing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-thread.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-path.h"
#include "storage/sak-network-private.h"

static char *
require_text (const char  *text,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *clean = sak_talk_clean_text (text, &local_error);

  if (clean != NULL)
    return g_steal_pointer (&clean);
  if (local_error == NULL)
    g_set_error (&local_error, SAK_ERROR, SAK_ERROR_INVALID, "words are wanted");
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
check_contact (const SakContact  *contact,
               GError           **error)
{
  if (contact->trust != SAK_TRUST_REVOKED)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_UNTRUSTED, "the key of who would be asked was revoked");
  return FALSE;
}

/* Who began the record, as sak_record_load_stored_heads() has it: whatever others put beside or on top of it since,
 * and whatever times they claim, the question does not go to them. Where nobody here knows them, who sent it.
 */
static SakContact *
find_author (SakVault            *vault,
             const SakRecordKey  *key,
             GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "SELECT author FROM revision WHERE record = ?1 ORDER BY rowid LIMIT 1");
  guint8 author[SAK_SIGN_PUBLIC_SIZE] = { 0 };
  g_autoptr (SakContact) contact = NULL;
  g_autofree char *origin = NULL;
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, key->rowid);
  if (!sak_db_step (vault->db, statement, &has_row, error))
    return NULL;
  if (key->origin == 0 || !has_row || !sak_db_copy_blob (statement, 0, author, sizeof author))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the record was made in this vault: there is nobody to ask");
      return NULL;
    }
  contact = sak_vault_find_contact_by_key (vault, author, NULL);
  if (contact == NULL)
    {
      origin = sak_contact_dup_name (vault, key->origin);
      contact = sak_vault_find_contact (vault, origin != NULL ? origin : "", error);
    }
  return contact != NULL && check_contact (contact, error) ? g_steal_pointer (&contact) : NULL;
}

/* A field that a version has here, or had and kept there; or one that its form would have. */
static gboolean
check_path (SakVault            *vault,
            const SakRecordKey  *key,
            SakRevision         *head,
            const char          *path,
            GError             **error)
{
  const char *const *withheld = sak_revision_get_withheld (head);
  g_autofree char *id = sak_uuid_from_bytes (key->id);
  g_autoptr (SakRecord) record = NULL;

  if (path == NULL)
    return TRUE;
  if (sak_path_is_valid (path) && (json_object_get (sak_revision_get_fields (head), path) != NULL ||
                                   (withheld != NULL && g_strv_contains (withheld, path))))
    return TRUE;
  record = sak_vault_load_record (vault, id, error);
  if (record == NULL)
    return FALSE;
  if (record->form != NULL && sak_form_find_field (record->form, path) != NULL)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the record has no such field");
  return FALSE;
}

static SakContact *
find_asked (SakVault      *self,
            const char    *record,
            SakRecordKey  *ret_key,
            GError       **error)
{
  if (!sak_record_find (self, record, ret_key, error))
    return NULL;
  if (!sak_kind_is_network (ret_key->kind))
    return find_author (self, ret_key, error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "questions are asked about cases");
  return NULL;
}

SakContact *
sak_vault_find_asked (SakVault    *self,
                      const char  *record,
                      GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };

  return sak_vault_require_unlocked (self, error) ? find_asked (self, record, &key, error) : NULL;
}

static char *
ask_in_transaction (SakVault     *self,
                    const char   *record,
                    const char   *path,
                    const char   *text,
                    gboolean      is_urgent,
                    GError      **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (SakContact) contact = find_asked (self, record, &key, error);
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (json_t) fields = NULL;
  g_autofree char *about = NULL;
  g_autofree char *to = NULL;
  SakQuestionFields question = { .path = path, .text = text, .is_urgent = is_urgent };

  heads = contact != NULL ? sak_record_load_heads (self, &key, error) : NULL;
  if (heads == NULL || heads->len == 0 || !check_path (self, &key, heads->pdata[0], path, error))
    return NULL;
  question.about = about = sak_uuid_from_bytes (key.id);
  question.to = to = sak_hex_encode (contact->signing_key, sizeof contact->signing_key);
  question.version = sak_revision_get_id (heads->pdata[0]);
  fields = sak_question_to_fields (&question);
  return sak_network_add (self, SAK_KIND_QUESTION, fields, error);
}

/**
 * sak_vault_ask:
 *
 * Signs a question to the author of a record that came from elsewhere; the next bundle to them takes it along.
 *
 * Errors: INVALID where there are no words or too many, or the record is this vault's own; NOT_FOUND where there is no
 * such record or field; UNTRUSTED where the author's key was revoked.
 *
 * Returns: (transfer full): the question's id
 */
char *
sak_vault_ask (SakVault    *self,
               const char  *record,
               const char  *path,
               const char  *text,
               gboolean     is_urgent,
               GError     **error)
{
  g_autofree char *clean = require_text (text, error);
  g_autofree char *id = NULL;

  if (clean == NULL || !sak_vault_begin (self, error))
    return NULL;
  id = ask_in_transaction (self, record, path, clean, is_urgent, error);
  if (id != NULL && sak_vault_commit (self, error))
    return g_steal_pointer (&id);
  sak_vault_rollback (self);
  return NULL;
}

/* Whoever asked closes, whoever was asked answers. */
static gboolean
check_side (const SakQuestion  *question,
            SakAnswerKind       kind,
            GError            **error)
{
  if (question->is_own == (kind == SAK_ANSWER_CLOSED))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
               question->is_own ? "the question was asked here: whoever was asked answers it"
                                : "the question was asked by somebody else, who closes it");
  return FALSE;
}

/* Known, or nothing could ever be sent to them. */
static gboolean
check_other (SakVault       *self,
             const guint8   *key,
             GError        **error)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact_by_key (self, key, error);

  return contact != NULL && check_contact (contact, error);
}

static char *
answer_in_transaction (SakVault       *self,
                       const char     *id,
                       SakAnswerKind   kind,
                       const char     *text,
                       GError        **error)
{
  g_autoptr (SakQuestion) question = sak_vault_load_question (self, id, error);
  g_autoptr (json_t) fields = NULL;
  g_autofree char *to = NULL;
  const guint8 *other;
  SakAnswerFields answer = { .kind = kind, .text = text };

  if (question == NULL || !check_side (question, kind, error))
    return NULL;
  other = question->is_own ? question->to_key : question->author_key;
  /* What is closed is closed here, whether it can still be told or not. */
  if (kind != SAK_ANSWER_CLOSED && !check_other (self, other, error))
    return NULL;
  answer.to = to = sak_hex_encode (other, SAK_SIGN_PUBLIC_SIZE);
  answer.about = question->about;
  answer.question = question->revision_id;
  fields = sak_answer_to_fields (&answer);
  return sak_network_add (self, SAK_KIND_ANSWER, fields, error);
}

static char *
add_answer (SakVault       *self,
            const char     *question,
            SakAnswerKind   kind,
            const char     *text,
            GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *clean = kind == SAK_ANSWER_TEXT ? require_text (text, &local_error)
                                                   : sak_talk_clean_text (text, &local_error);
  g_autofree char *id = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!sak_vault_begin (self, error))
    return NULL;
  id = answer_in_transaction (self, question, kind, clean, error);
  if (id != NULL && sak_vault_commit (self, error))
    return g_steal_pointer (&id);
  sak_vault_rollback (self);
  return NULL;
}

/**
 * sak_vault_answer:
 *
 * Errors: NOT_FOUND where there is no such question; INVALID where it was asked here, or there are no words;
 * UNKNOWN_SENDER and UNTRUSTED where the asker is no contact, or a revoked one.
 *
 * Returns: (transfer full): the answer's id
 */
char *
sak_vault_answer (SakVault       *self,
                  const char     *question,
                  SakAnswerKind   kind,
                  const char     *text,
                  GError        **error)
{
  g_return_val_if_fail (kind < SAK_ANSWER_CLOSED, NULL);

  return add_answer (self, question, kind, text, error);
}

/**
 * sak_vault_close_question:
 * @text: (nullable): a last word
 *
 * Errors: NOT_FOUND; INVALID where it was asked by somebody else. One that is closed already is no error.
 */
gboolean
sak_vault_close_question (SakVault    *self,
                          const char  *question,
                          const char  *text,
                          GError     **error)
{
  g_autoptr (SakQuestion) present = sak_vault_load_question (self, question, error);
  g_autofree char *id = NULL;

  if (present == NULL)
    return FALSE;
  if (present->is_own && present->state == SAK_QUESTION_CLOSED)
    return TRUE;
  id = add_answer (self, question, SAK_ANSWER_CLOSED, text, error);
  return id != NULL;
}
