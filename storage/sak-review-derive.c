/* sak-review-derive.c - table arrival: a row for each case that came from elsewhere, with its state
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kept whenever the case, a decision about it or a question about it changes, so that lists and counts only walk along
 * its indexes. Only decisions that were made in this vault are in table review: whoever sends one that they signed
 * decides nothing here.
 */
#include "config.h"

#include "storage/sak-review-private.h"

#include <string.h>

#include "storage/sak-network-private.h"
#include "storage/sak-thread.h"

/* Notes decide nothing; and what was left stands as it did before somebody looked at it. */
gboolean
sak_review_load_last (SakVault          *vault,
                      const guint8       about[static SAK_UUID_SIZE],
                      SakRevision      **ret_revision,
                      SakVerdictFields  *ret_verdict,
                      GError           **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT record FROM review WHERE about = ?1 AND"
                                           " CASE (SELECT says FROM review WHERE about = ?1 AND says <> ?2"
                                           "  ORDER BY number DESC, record DESC LIMIT 1)"
                                           " WHEN ?3 THEN says IN (?4, ?5) ELSE says <> ?2 END"
                                           " ORDER BY number DESC, record DESC LIMIT 1");
  g_autoptr (SakRevision) revision = NULL;
  gint64 record = 0;

  sak_db_bind_blob (statement, 1, about, SAK_UUID_SIZE);
  sqlite3_bind_int (statement, 2, SAK_SAYS_NOTE);
  sqlite3_bind_int (statement, 3, SAK_SAYS_LEFT);
  sqlite3_bind_int (statement, 4, SAK_SAYS_ACCEPTED);
  sqlite3_bind_int (statement, 5, SAK_SAYS_DECLINED);
  if (!sak_db_get_number (vault->db, statement, 0, &record, error) || record == 0)
    return FALSE;
  revision = sak_network_load (vault, record, error);
  if (revision == NULL || !sak_verdict_read (sak_revision_get_fields (revision), ret_verdict))
    return FALSE;
  *ret_revision = g_steal_pointer (&revision);
  return TRUE;
}

/* Asked here, and not closed. */
static gboolean
count_questions (SakVault      *vault,
                 const guint8   about[static SAK_UUID_SIZE],
                 gint64        *ret_n,
                 GError       **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT count(*) FROM talk JOIN record ON record.rowid ="
                                           " talk.record WHERE about = ?1 AND question IS NULL AND talk.state < ?2"
                                           " AND (record.origin IS NULL OR author = ?3)");
  guint8 own[SAK_SIGN_PUBLIC_SIZE];

  sak_network_get_own_key (vault, own);
  sak_db_bind_blob (statement, 1, about, SAK_UUID_SIZE);
  sqlite3_bind_int (statement, 2, SAK_QUESTION_CLOSED);
  sak_db_bind_blob (statement, 3, own, sizeof own);
  return sak_db_get_number (vault->db, statement, 0, ret_n, error);
}

static SakReviewState
tell_state (const SakVerdictFields  *verdict,
            GPtrArray               *heads,
            gint64                   n_questions)
{
  if (verdict != NULL && verdict->says != SAK_SAYS_BEGUN && sak_review_covers (verdict, heads))
    return verdict->says == SAK_SAYS_ACCEPTED ? SAK_REVIEW_ACCEPTED : SAK_REVIEW_DECLINED;
  if (n_questions > 0)
    return SAK_REVIEW_QUESTION;
  if (verdict == NULL)
    return SAK_REVIEW_NEW;
  return verdict->says == SAK_SAYS_BEGUN ? SAK_REVIEW_BEGUN : SAK_REVIEW_CHANGED;
}

static gboolean
settle (SakVault            *vault,
        const SakRecordKey  *key,
        GError             **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_stored_heads (vault, key, error);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakRevision) revision = NULL;
  SakVerdictFields verdict;
  gboolean has_verdict;
  gint64 n_questions = 0;
  sak_autostmt statement = NULL;

  if (heads == NULL || !count_questions (vault, key->id, &n_questions, error))
    return FALSE;
  has_verdict = sak_review_load_last (vault, key->id, &revision, &verdict, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  statement = sak_db_prepare (vault->db, "UPDATE arrival SET state = ?2, grade = ?3, n_questions = ?4"
                              " WHERE record = ?1");
  sqlite3_bind_int64 (statement, 1, key->rowid);
  sqlite3_bind_int (statement, 2, tell_state (has_verdict ? &verdict : NULL, heads, n_questions));
  sqlite3_bind_int (statement, 3, has_verdict ? (int) verdict.grade : SAK_GRADE_NONE);
  sqlite3_bind_int64 (statement, 4, n_questions);
  return sak_db_run (vault->db, statement, error);
}

gboolean
sak_review_settle (SakVault      *vault,
                   const guint8   about[static SAK_UUID_SIZE],
                   GError       **error)
{
  g_autofree char *id = sak_uuid_from_bytes (about);
  g_autoptr (GError) local_error = NULL;
  g_auto (SakRecordKey) key = { 0 };

  if (sak_record_find (vault, id, &key, &local_error))
    return key.origin == 0 || sak_kind_is_network (key.kind) || settle (vault, &key, error);
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return TRUE;                /* it has not come yet */
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Whatever came last, and whether somebody has read that. */
static const char SQL_NOTE[] =
  "INSERT INTO arrival (record, contact, state, grade, n_questions, is_urgent, latest, is_unread)"
  " SELECT ?1, ?2, 0, 0, 0, ?3, latest, latest > ifnull ((SELECT revision FROM seen WHERE record = ?1), 0)"
  " FROM (SELECT ifnull (max (rowid), 0) AS latest FROM revision WHERE record = ?1 AND origin IS NOT NULL) WHERE 1"
  " ON CONFLICT (record) DO UPDATE SET contact = excluded.contact, is_urgent = excluded.is_urgent,"
  " latest = excluded.latest, is_unread = excluded.is_unread";

gboolean
sak_review_note_arrival (SakVault            *vault,
                         const SakRecordKey  *key,
                         const json_t        *fields,
                         GError             **error)
{
  sak_autostmt statement = NULL;

  if (key->origin == 0)
    return TRUE;
  statement = sak_db_prepare (vault->db, SQL_NOTE);
  sqlite3_bind_int64 (statement, 1, key->rowid);
  sqlite3_bind_int64 (statement, 2, key->origin);
  sqlite3_bind_int (statement, 3, g_strcmp0 (sak_json_get_text (fields, "urgent"), "yes") == 0);
  return sak_db_run (vault->db, statement, error) && settle (vault, key, error);
}

static gboolean
insert_review (SakVault                *vault,
               const SakRecordKey      *key,
               const SakVerdictFields  *verdict,
               const guint8             about[static SAK_UUID_SIZE],
               GError                 **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "INSERT INTO review (record, about, number, says)"
                                           " VALUES (?1, ?2, ?3, ?4)");

  sqlite3_bind_int64 (statement, 1, key->rowid);
  sak_db_bind_blob (statement, 2, about, SAK_UUID_SIZE);
  sqlite3_bind_int (statement, 3, (int) verdict->number);
  sqlite3_bind_int (statement, 4, (int) verdict->says);
  return sak_db_run (vault->db, statement, error);
}

gboolean
sak_review_update (SakVault            *vault,
                   const SakRecordKey  *key,
                   SakRevision         *revision,
                   GError             **error)
{
  SakVerdictFields verdict;
  guint8 about[SAK_UUID_SIZE];

  if (!g_str_equal (key->kind, SAK_KIND_REVIEW))
    return TRUE;
  if (!sak_db_run_for_row (vault->db, "DELETE FROM review WHERE record = ?1", key->rowid, error))
    return FALSE;
  if (key->origin != 0 || revision == NULL || !sak_verdict_read (sak_revision_get_fields (revision), &verdict) ||
      !sak_uuid_to_bytes (verdict.about, about))
    return TRUE;
  return insert_review (vault, key, &verdict, about, error) && sak_review_settle (vault, about, error);
}
