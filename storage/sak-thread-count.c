/* sak-thread-count.c - how many questions wait for what, and which answers were waited for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-thread.h"

#include "crypto/sak-hex.h"
#include "storage/sak-exchange.h"
#include "storage/sak-network-private.h"

/* By an index of what is open: what was closed costs nothing. */
static const char SQL_COUNT[] =
  "SELECT count(*) FILTER (WHERE state = ?2 AND addressee = ?1 AND author <> ?1),"
  " count(*) FILTER (WHERE state = ?2 AND addressee = ?1 AND author <> ?1 AND is_urgent),"
  " count(*) FILTER (WHERE state = ?3 AND author = ?1), count(*) FILTER (WHERE state = ?2 AND author = ?1)"
  " FROM talk WHERE question IS NULL AND state < ?4";

/* By an index of what was not sent: what was costs nothing. */
static const char SQL_TO_SEND[] =
  "SELECT count(*) FROM talk CROSS JOIN contact ON contact.signing_key = talk.addressee"
  " WHERE talk.author = ?1 AND talk.is_sent = 0 AND talk.addressee <> ?1 AND contact.trust <> ?2";

static gboolean
count_to_send (SakVault      *vault,
               const guint8   own[static SAK_SIGN_PUBLIC_SIZE],
               gint64        *ret_n,
               GError       **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, SQL_TO_SEND);

  sak_db_bind_blob (statement, 1, own, SAK_SIGN_PUBLIC_SIZE);
  sqlite3_bind_int (statement, 2, SAK_TRUST_REVOKED);
  return sak_db_get_number (vault->db, statement, 0, ret_n, error);
}

gboolean
sak_vault_count_questions (SakVault        *self,
                           SakThreadCount  *ret_count,
                           GError         **error)
{
  sak_autostmt statement = NULL;
  guint8 own[SAK_SIGN_PUBLIC_SIZE];
  gboolean has_row = FALSE;
  gint64 n_to_send = 0;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  sak_network_get_own_key (self, own);
  if (!count_to_send (self, own, &n_to_send, error))
    return FALSE;
  statement = sak_db_prepare (self->db, SQL_COUNT);
  sak_db_bind_blob (statement, 1, own, sizeof own);
  sqlite3_bind_int (statement, 2, SAK_QUESTION_OPEN);
  sqlite3_bind_int (statement, 3, SAK_QUESTION_ANSWERED);
  sqlite3_bind_int (statement, 4, SAK_QUESTION_CLOSED);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return FALSE;
  *ret_count = (SakThreadCount) {
    (guint) sqlite3_column_int (statement, 0), (guint) sqlite3_column_int (statement, 1),
    (guint) sqlite3_column_int (statement, 2), (guint) sqlite3_column_int (statement, 3), (guint) n_to_send,
  };
  return TRUE;
}

gboolean
sak_vault_has_asked_for (SakVault    *self,
                         SakRevision *answer)
{
  g_autoptr (SakRevision) asked = NULL;
  g_autofree char *asker = NULL;
  g_autofree char *own = sak_network_dup_own_key (self);
  g_autofree char *author = sak_hex_encode (sak_revision_get_author (answer), SAK_SIGN_PUBLIC_SIZE);
  SakQuestionFields question;
  SakAnswerFields fields;

  if (!g_str_equal (sak_revision_get_kind (answer), SAK_KIND_ANSWER) ||
      !sak_answer_read (sak_revision_get_fields (answer), &fields) || fields.kind == SAK_ANSWER_CLOSED)
    return FALSE;
  asked = sak_vault_load_revision (self, fields.question, NULL);
  if (asked == NULL || !g_str_equal (sak_revision_get_kind (asked), SAK_KIND_QUESTION) ||
      !sak_question_read (sak_revision_get_fields (asked), &question))
    return FALSE;
  asker = sak_hex_encode (sak_revision_get_author (asked), SAK_SIGN_PUBLIC_SIZE);
  return g_str_equal (asker, own) && g_str_equal (author, question.to) && g_str_equal (fields.to, own);
}
