/* sak-review-write.c - deciding about what arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-review.h"

#include <string.h>

#include "storage/model/sak-talk.h"
#include "storage/sak-network-private.h"
#include "storage/sak-review-private.h"

static gboolean
check_record (const SakRecordKey  *key,
              SakVerdictSays       says,
              GError             **error)
{
  if (sak_kind_is_network (key->kind) || (key->origin == 0 && says != SAK_SAYS_NOTE))
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "only what came from elsewhere is accepted or declined");
  else if (key->state == SAK_RECORD_WITHDRAWN && says != SAK_SAYS_NOTE)
    g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the consent to this record was taken back");
  else
    return TRUE;
  return FALSE;
}

static gboolean
find_number (SakVault            *vault,
             const SakRecordKey  *key,
             guint               *ret_number,
             GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT max (number) FROM review WHERE about = ?1");
  gint64 last = 0;

  sak_db_bind_blob (statement, 1, key->id, sizeof key->id);
  if (!sak_db_get_number (vault->db, statement, 0, &last, error))
    return FALSE;
  *ret_number = (guint) last + 1;
  return TRUE;
}

static char *
decide_in_transaction (SakVault           *self,
                       const char         *record,
                       const char *const  *seen,
                       SakVerdictFields   *verdict,
                       GError            **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (json_t) versions = NULL;
  g_autoptr (json_t) open = NULL;
  g_autoptr (json_t) fields = NULL;
  g_autofree char *about = NULL;

  if (!sak_record_find (self, record, &key, error) || !check_record (&key, verdict->says, error) ||
      !find_number (self, &key, &verdict->number, error) ||
      (heads = sak_record_load_stored_heads (self, &key, error)) == NULL ||
      !sak_review_take_seen (self, &key, seen, heads, verdict, error))
    return NULL;
  verdict->about = about = sak_uuid_from_bytes (key.id);
  versions = (json_t *) verdict->versions;
  open = (json_t *) verdict->open;
  fields = sak_verdict_to_fields (verdict);
  return sak_network_add (self, SAK_KIND_REVIEW, fields, error);
}

static char *
decide (SakVault           *self,
        const char         *record,
        const char *const  *seen,
        SakVerdictSays      says,
        SakGrade            grade,
        const char         *text,
        GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *clean = sak_talk_clean_text (text, &local_error);
  SakVerdictFields verdict = { .says = says, .grade = grade, .text = clean };
  g_autofree char *id = NULL;

  if (local_error == NULL && clean == NULL && (says == SAK_SAYS_DECLINED || says == SAK_SAYS_NOTE))
    g_set_error (&local_error, SAK_ERROR, SAK_ERROR_INVALID, "words are wanted");
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!sak_vault_begin (self, error))
    return NULL;
  id = decide_in_transaction (self, record, seen, &verdict, error);
  if (id != NULL && sak_vault_commit (self, error))
    return g_steal_pointer (&id);
  sak_vault_rollback (self);
  return NULL;
}

/* The decision made last where that is all that was to be said; NULL without an error where it is not. */
static char *
find_begun (SakVault    *self,
            const char  *record,
            GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (SakRevision) revision = NULL;
  SakVerdictFields verdict;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record, &key, error) ||
      !sak_review_load_last (self, key.id, &revision, &verdict, error))
    return NULL;
  return verdict.says == SAK_SAYS_BEGUN ? g_strdup (sak_revision_get_record_id (revision)) : NULL;
}

/**
 * sak_vault_begin_review:
 *
 * Says that somebody looks at it; where that was said last, nothing new is signed.
 */
char *
sak_vault_begin_review (SakVault    *self,
                        const char  *record,
                        GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  char *present = find_begun (self, record, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (present == NULL)
    return decide (self, record, NULL, SAK_SAYS_BEGUN, SAK_GRADE_NONE, NULL, error);
  return present;
}

gboolean
sak_vault_end_review (SakVault    *self,
                      const char  *record,
                      GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *begun = find_begun (self, record, &local_error);
  g_autofree char *left = NULL;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (begun == NULL)
    return TRUE;
  else
    left = decide (self, record, NULL, SAK_SAYS_LEFT, SAK_GRADE_NONE, NULL, error);
  return left != NULL;
}

/**
 * sak_vault_accept:
 * @seen: (nullable)
 * @note: (nullable)
 */
char *
sak_vault_accept (SakVault           *self,
                  const char         *record,
                  const char *const  *seen,
                  SakGrade            grade,
                  const char         *note,
                  GError            **error)
{
  g_return_val_if_fail (grade > SAK_GRADE_NONE && grade < SAK_N_GRADES, NULL);

  return decide (self, record, seen, SAK_SAYS_ACCEPTED, grade, note, error);
}

char *
sak_vault_decline (SakVault           *self,
                   const char         *record,
                   const char *const  *seen,
                   const char         *reason,
                   GError            **error)
{
  return decide (self, record, seen, SAK_SAYS_DECLINED, SAK_GRADE_NONE, reason, error);
}

char *
sak_vault_add_note (SakVault    *self,
                    const char  *record,
                    const char  *text,
                    GError     **error)
{
  return decide (self, record, NULL, SAK_SAYS_NOTE, SAK_GRADE_NONE, text, error);
}

static gboolean
tell_seen (SakVault            *vault,
           const SakRecordKey  *key,
           const char *const   *seen,
           gboolean            *ret_is_seen,
           GError             **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_stored_heads (vault, key, error);
  g_autoptr (json_t) versions = NULL;
  g_autoptr (json_t) open = NULL;
  SakVerdictFields looked_at = { 0 };

  if (heads == NULL || !sak_review_take_seen (vault, key, seen, heads, &looked_at, error))
    return FALSE;
  versions = (json_t *) looked_at.versions;
  open = (json_t *) looked_at.open;
  *ret_is_seen = sak_review_covers (&looked_at, heads);
  return TRUE;
}

static gboolean
set_seen (SakVault            *vault,
          const SakRecordKey  *key,
          const char *const   *seen,
          gboolean             is_read,
          GError             **error)
{
  static const char read_it[] =
    "INSERT OR REPLACE INTO seen (record, revision) SELECT record, latest FROM arrival WHERE record = ?1";
  gboolean is_seen = TRUE;

  if (key->origin == 0 || sak_kind_is_network (key->kind))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "only what came from elsewhere is read or not");
      return FALSE;
    }
  if (is_read && !tell_seen (vault, key, seen, &is_seen, error))
    return FALSE;
  if (!is_seen)
    return TRUE;                /* and stays unread */
  return sak_db_run_for_row (vault->db, is_read ? read_it : "DELETE FROM seen WHERE record = ?1", key->rowid, error) &&
         sak_db_run_for_row (vault->db, "UPDATE arrival SET is_unread = latest > ifnull ((SELECT revision FROM seen"
                             " WHERE seen.record = arrival.record), 0) WHERE record = ?1", key->rowid, error);
}

/**
 * sak_vault_set_read:
 * @seen: (nullable): of no meaning where it is not read
 *
 * Remembered in this vault alone, until a further version comes.
 */
gboolean
sak_vault_set_read (SakVault           *self,
                    const char         *record,
                    const char *const  *seen,
                    gboolean            is_read,
                    GError            **error)
{
  g_auto (SakRecordKey) key = { 0 };

  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_record_find (self, record, &key, error) && set_seen (self, &key, seen, is_read, error) &&
      sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
