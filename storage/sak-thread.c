/* sak-thread.c - questions about records, and what was answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Table talk has a row for each question and answer that holds what it must, and of a question its state, so that what
 * is open is counted without reading it. The words stay in the signed line alone.
 */
#include "config.h"

#include "storage/sak-thread.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-network-private.h"
#include "storage/sak-review-private.h"

#define SAYS_QUESTION (-1)


void
sak_answer_free (SakAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->text);
  g_free (self->author);
  g_free (self);
}

void
sak_question_free (SakQuestion *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->revision_id);
  g_free (self->author);
  g_free (self->to);
  g_free (self->about);
  g_free (self->about_code);
  g_free (self->about_title);
  g_free (self->about_kind);
  g_free (self->path);
  g_free (self->text);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_free (self);
}

/* Deriving */

typedef struct
{
  const char *to, *about, *question;
  int says;
  gboolean is_urgent;
} Row;

static gboolean
read_row (SakRevision *revision,
          Row         *ret_row)
{
  const json_t *fields = sak_revision_get_fields (revision);
  SakQuestionFields question;
  SakAnswerFields answer;

  if (g_str_equal (sak_revision_get_kind (revision), SAK_KIND_QUESTION) && sak_question_read (fields, &question))
    {
      *ret_row = (Row) { question.to, question.about, NULL, SAYS_QUESTION, question.is_urgent };
      return TRUE;
    }
  if (g_str_equal (sak_revision_get_kind (revision), SAK_KIND_ANSWER) && sak_answer_read (fields, &answer))
    {
      *ret_row = (Row) { answer.to, answer.about, answer.question, (int) answer.kind, FALSE };
      return TRUE;
    }
  return FALSE;
}

static void
bind_key (sqlite3_stmt *statement,
          int           index,
          const char   *hex)
{
  guint8 bytes[SAK_SIGN_PUBLIC_SIZE];

  G_STATIC_ASSERT (SAK_SIGN_PUBLIC_SIZE == SAK_REVISION_ID_SIZE);
  if (hex != NULL && sak_hex_decode (hex, bytes, sizeof bytes))
    sak_db_bind_blob (statement, index, bytes, sizeof bytes);
}

/* What others ask and answer each other is no business of this vault's, whoever brings it: nothing is derived of it. */
static gboolean
concerns_us (SakVault            *vault,
             const SakRecordKey  *key,
             SakRevision         *revision,
             const Row           *row)
{
  g_autofree char *own = sak_network_dup_own_key (vault);
  guint8 bytes[SAK_SIGN_PUBLIC_SIZE];

  sak_network_get_own_key (vault, bytes);
  return key->origin == 0 || g_str_equal (row->to, own) ||
         memcmp (sak_revision_get_author (revision), bytes, sizeof bytes) == 0;
}

/* Whether version ?2 was put into a bundle for whoever has the key ?4. */
#define SQL_SENT \
  " (SELECT 1 FROM contact CROSS JOIN stream CROSS JOIN stream_entry ON stream.contact = contact.rowid" \
  " AND stream_entry.stream = stream.rowid AND stream_entry.ref = ?2" \
  " WHERE contact.signing_key = ?4 AND stream.is_incoming = 0)"

static gboolean
insert_row (SakVault            *vault,
            const SakRecordKey  *key,
            SakRevision         *revision,
            const Row           *row,
            GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "INSERT INTO talk (record, revision, author, addressee, about,"
                                           " question, says, is_urgent, time, state, is_sent)"
                                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, EXISTS" SQL_SENT ")");
  guint8 about[SAK_UUID_SIZE];

  if (!sak_uuid_to_bytes (row->about, about))
    return TRUE;
  sqlite3_bind_int64 (statement, 1, key->rowid);
  bind_key (statement, 2, sak_revision_get_id (revision));
  sak_db_bind_blob (statement, 3, sak_revision_get_author (revision), SAK_SIGN_PUBLIC_SIZE);
  bind_key (statement, 4, row->to);
  sak_db_bind_blob (statement, 5, about, sizeof about);
  bind_key (statement, 6, row->question);
  sqlite3_bind_int (statement, 7, row->says);
  sqlite3_bind_int (statement, 8, row->is_urgent);
  sqlite3_bind_int64 (statement, 9, sak_revision_get_time (revision));
  return sak_db_run (vault->db, statement, error);
}

/* What others say about a question that is not theirs to answer or to close changes nothing. */
static gboolean
settle_state (SakVault    *vault,
              const char  *question,
              GError     **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
    "UPDATE talk SET state = CASE"
    " WHEN EXISTS (SELECT 1 FROM talk AS answer WHERE answer.question = talk.revision AND answer.says = ?2"
    "  AND answer.author = talk.author AND answer.addressee = talk.addressee) THEN ?3"
    " WHEN EXISTS (SELECT 1 FROM talk AS answer WHERE answer.question = talk.revision AND answer.says <> ?2"
    "  AND answer.author = talk.addressee AND answer.addressee = talk.author) THEN ?4"
    " ELSE ?5 END WHERE revision = ?1 AND question IS NULL");

  bind_key (statement, 1, question);
  sqlite3_bind_int (statement, 2, SAK_ANSWER_CLOSED);
  sqlite3_bind_int (statement, 3, SAK_QUESTION_CLOSED);
  sqlite3_bind_int (statement, 4, SAK_QUESTION_ANSWERED);
  sqlite3_bind_int (statement, 5, SAK_QUESTION_OPEN);
  return sak_db_run (vault->db, statement, error);
}

gboolean
sak_thread_update (SakVault            *vault,
                   const SakRecordKey  *key,
                   SakRevision         *revision,
                   GError             **error)
{
  guint8 about[SAK_UUID_SIZE];
  Row row;

  if (!sak_db_run_for_row (vault->db, "DELETE FROM talk WHERE record = ?1", key->rowid, error))
    return FALSE;
  if (revision == NULL || !read_row (revision, &row) || !concerns_us (vault, key, revision, &row))
    return TRUE;
  return insert_row (vault, key, revision, &row, error) &&
         settle_state (vault, row.question != NULL ? row.question : sak_revision_get_id (revision), error) &&
         sak_uuid_to_bytes (row.about, about) && sak_review_settle (vault, about, error);
}

/* Reading */

static char *
name_key (SakVault *vault,
          const guint8 key[static SAK_SIGN_PUBLIC_SIZE])
{
  g_autoptr (SakContact) contact = sak_vault_find_contact_by_key (vault, key, NULL);

  return contact != NULL ? g_strdup (contact->name) : NULL;
}

static gboolean
is_own_key (SakVault *vault,
            const guint8 *key)
{
  guint8 own[SAK_SIGN_PUBLIC_SIZE];

  sak_network_get_own_key (vault, own);
  return memcmp (own, key, sizeof own) == 0;
}

static gboolean
has_path (SakRevision *revision,
          const char  *path)
{
  const char *const *withheld = sak_revision_get_withheld (revision);

  return json_object_get (sak_revision_get_fields (revision), path) != NULL ||
         (withheld != NULL && g_strv_contains (withheld, path));
}

/* FALSE without an error: it is not here, or no case. */
static gboolean
find_case (SakVault      *vault,
           const char    *record,
           SakRecordKey  *ret_key,
           GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!sak_record_find (vault, record, ret_key, &local_error))
    {
      if (!g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return !sak_kind_is_network (ret_key->kind);
}

/* Of the versions that stand, not of a draft. */
static gboolean
look_at_record (SakVault     *vault,
                SakQuestion  *question,
                const char   *version,
                GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_auto (SakRecordKey) key = { 0 };

  question->is_here = find_case (vault, question->about, &key, &local_error);
  if (question->is_here && (heads = sak_record_load_heads (vault, &key, &local_error)) != NULL)
    rows = sak_vault_load_rows (vault, &key.rowid, 1, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  question->about_code = g_strdup (question->is_here ? key.code : "");
  question->about_kind = g_strdup (question->is_here ? key.kind : "");
  question->about_title = g_strdup (rows != NULL ? ((SakRecordRow *) rows->pdata[0])->title : "");
  question->is_changed = heads != NULL && heads->len > 0 && !sak_record_has_head (heads, version);
  for (guint i = 0; heads != NULL && i < heads->len; i++)
    question->has_path |= question->path != NULL && has_path (heads->pdata[i], question->path);
  return TRUE;
}

/* Whether it was put into no bundle for whoever has this key. */
static gboolean
find_waiting (SakVault      *vault,
              SakRevision   *revision,
              const guint8   to[static SAK_SIGN_PUBLIC_SIZE],
              gboolean      *ret_waits,
              GError       **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT NOT EXISTS" SQL_SENT);
  gint64 waits = 0;

  bind_key (statement, 2, sak_revision_get_id (revision));
  sak_db_bind_blob (statement, 4, to, SAK_SIGN_PUBLIC_SIZE);
  if (!sak_db_get_number (vault->db, statement, 0, &waits, error))
    return FALSE;
  *ret_waits = waits != 0;
  return TRUE;
}

static SakQuestion *
make_question (SakVault     *vault,
               SakRevision  *revision,
               int           state,
               GError      **error)
{
  g_autoptr (SakQuestion) self = g_new0 (SakQuestion, 1);
  SakQuestionFields fields;

  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_answer_free);
  if (!sak_question_read (sak_revision_get_fields (revision), &fields) ||
      !sak_hex_decode (fields.to, self->to_key, sizeof self->to_key))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a question is not what its row says");
      return NULL;
    }
  memcpy (self->author_key, sak_revision_get_author (revision), sizeof self->author_key);
  self->id = g_strdup (sak_revision_get_record_id (revision));
  self->revision_id = g_strdup (sak_revision_get_id (revision));
  self->state = (SakQuestionState) CLAMP (state, 0, SAK_N_QUESTION_STATES - 1);
  self->is_own = is_own_key (vault, self->author_key);
  self->is_urgent = fields.is_urgent;
  self->author = name_key (vault, self->author_key);
  self->to = name_key (vault, self->to_key);
  self->about = g_strdup (fields.about);
  self->path = g_strdup (fields.path);
  self->text = g_strdup (fields.text);
  self->time = sak_revision_get_time (revision);
  if (self->is_own && !find_waiting (vault, revision, self->to_key, &self->waits_for_bundle, error))
    return NULL;
  return look_at_record (vault, self, fields.version, error) ? g_steal_pointer (&self) : NULL;
}

static SakAnswer *
make_answer (SakVault     *vault,
             gint64        rowid,
             GError      **error)
{
  g_autoptr (SakRevision) revision = sak_network_load (vault, rowid, error);
  g_autoptr (SakAnswer) answer = g_new0 (SakAnswer, 1);
  guint8 to[SAK_SIGN_PUBLIC_SIZE];
  SakAnswerFields fields;

  if (revision == NULL)
    return NULL;
  if (!sak_answer_read (sak_revision_get_fields (revision), &fields) || !sak_hex_decode (fields.to, to, sizeof to))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "an answer is not what its row says");
      return NULL;
    }
  answer->id = g_strdup (sak_revision_get_record_id (revision));
  answer->kind = fields.kind;
  answer->text = g_strdup (fields.text);
  answer->author = name_key (vault, sak_revision_get_author (revision));
  answer->is_own = is_own_key (vault, sak_revision_get_author (revision));
  answer->time = sak_revision_get_time (revision);
  if (answer->is_own && !find_waiting (vault, revision, to, &answer->waits_for_bundle, error))
    return NULL;
  return g_steal_pointer (&answer);
}

/* Of the asker and of who was asked; what others say to it is no part of it. */
static gboolean
add_answers (SakVault     *vault,
             SakQuestion  *question,
             GError      **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
    "SELECT record FROM (SELECT record, time FROM talk WHERE question = ?1"
    " AND ((author = ?2 AND addressee = ?3 AND says = ?4) OR (author = ?3 AND addressee = ?2 AND says <> ?4))"
    " ORDER BY time DESC, record DESC LIMIT ?5) ORDER BY time, record");
  g_autoptr (GArray) rowids = NULL;

  bind_key (statement, 1, question->revision_id);
  sak_db_bind_blob (statement, 2, question->author_key, sizeof question->author_key);
  sak_db_bind_blob (statement, 3, question->to_key, sizeof question->to_key);
  sqlite3_bind_int (statement, 4, SAK_ANSWER_CLOSED);
  sqlite3_bind_int (statement, 5, SAK_QUESTION_MAX_ANSWERS);
  rowids = sak_db_list_numbers (vault->db, statement, error);
  for (guint i = 0; rowids != NULL && i < rowids->len; i++)
    {
      g_autoptr (GError) local_error = NULL;
      SakAnswer *answer = make_answer (vault, g_array_index (rowids, gint64, i), &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (answer != NULL)
        g_ptr_array_add (question->answers, answer);
    }
  return rowids != NULL;
}

static SakQuestion *
load_row (SakVault  *vault,
          gint64     rowid,
          int        state,
          GError   **error)
{
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (SakQuestion) question = NULL;
  g_autoptr (GError) local_error = NULL;

  revision = sak_network_load (vault, rowid, &local_error);
  if (revision == NULL && local_error == NULL)
    g_set_error (&local_error, SAK_ERROR, SAK_ERROR_DAMAGED, "a question has no version");
  if (local_error == NULL)
    question = make_question (vault, revision, state, &local_error);
  if (local_error == NULL && add_answers (vault, question, &local_error))
    return g_steal_pointer (&question);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
sak_vault_is_addressed (SakVault      *self,
                        const json_t  *fields)
{
  g_autoptr (GPtrArray) keys = sak_kind_list_addressees (fields);
  g_autofree char *own = sak_network_dup_own_key (self);

  return g_ptr_array_find_with_equal_func (keys, own, g_str_equal, NULL);
}

#define OF_OURS " question IS NULL AND (author = ?1 OR addressee = ?1)"

/**
 * sak_vault_load_question:
 * @question: id of its record
 *
 * Errors: NOT_FOUND where it is none, or between others.
 *
 * Returns: (transfer full)
 */
SakQuestion *
sak_vault_load_question (SakVault    *self,
                         const char  *question,
                         GError     **error)
{
  sak_autostmt statement = NULL;
  g_auto (SakRecordKey) key = { 0 };
  guint8 own[SAK_SIGN_PUBLIC_SIZE];
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, question, &key, error))
    return NULL;
  sak_network_get_own_key (self, own);
  statement = sak_db_prepare (self->db, "SELECT state FROM talk WHERE record = ?2 AND" OF_OURS);
  sak_db_bind_blob (statement, 1, own, sizeof own);
  sqlite3_bind_int64 (statement, 2, key.rowid);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return NULL;
  if (has_row)
    return load_row (self, key.rowid, sqlite3_column_int (statement, 0), error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no such question here");
  return NULL;
}

typedef struct
{
  const char *record;           /* id, or NULL */
  SakQuestionFilter filter;
  guint first;
  guint most;
} Stretch;

/* As sak_vault_count_questions() counts them. */
static const char *
get_condition (SakQuestionFilter filter)
{
  switch (filter)
    {
    case SAK_QUESTIONS_NOT_CLOSED:
      return " AND state < ?3";
    case SAK_QUESTIONS_TO_ANSWER:
      return " AND state = ?4 AND addressee = ?1 AND author <> ?1";
    case SAK_QUESTIONS_TO_CLOSE:
      return " AND state = ?5 AND author = ?1";
    case SAK_QUESTIONS_WAITING:
      return " AND state = ?4 AND author = ?1";
    case SAK_QUESTIONS_ALL:
    default:
      return "";
    }
}

static sqlite3_stmt *
prepare_list (SakVault       *self,
              const Stretch  *stretch)
{
  g_autofree char *sql = g_strconcat ("SELECT record, state FROM talk WHERE" OF_OURS,
                                      stretch->record != NULL ? " AND about = ?2" : "",
                                      get_condition (stretch->filter),
                                      " ORDER BY state, is_urgent DESC, time DESC, record DESC LIMIT ?6"
                                      " OFFSET ?7", NULL);
  /* Statements are kept by where their text lies; there are ten of these. */
  sqlite3_stmt *statement = sak_db_prepare (self->db, g_intern_string (sql));
  guint8 own[SAK_SIGN_PUBLIC_SIZE];
  guint8 about[SAK_UUID_SIZE];

  sak_network_get_own_key (self, own);
  sak_db_bind_blob (statement, 1, own, sizeof own);
  if (stretch->record != NULL && sak_uuid_to_bytes (stretch->record, about))
    sak_db_bind_blob (statement, 2, about, sizeof about);
  sqlite3_bind_int (statement, 3, SAK_QUESTION_CLOSED);
  sqlite3_bind_int (statement, 4, SAK_QUESTION_OPEN);
  sqlite3_bind_int (statement, 5, SAK_QUESTION_ANSWERED);
  sqlite3_bind_int64 (statement, 6, stretch->most);
  sqlite3_bind_int64 (statement, 7, stretch->first);
  return statement;
}

/* Rows and states, one after the other. */
static GArray *
list_rows (SakVault       *self,
           const Stretch  *stretch,
           GError        **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  sak_autostmt statement = prepare_list (self, stretch);
  gboolean has_row = FALSE;

  for (;;)
    {
      gint64 row[2];

      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rows);
      row[0] = sqlite3_column_int64 (statement, 0);
      row[1] = sqlite3_column_int64 (statement, 1);
      g_array_append_vals (rows, row, G_N_ELEMENTS (row));
    }
}

/**
 * sak_vault_list_questions:
 * @record: (nullable): id or code; of a record that is not here its id. NULL for questions about all
 * @first: how many of them to leave out
 * @most: as each may have as many words as a page, and as many answers as somebody likes to send: a stretch of the list
 *
 * Returns: (transfer full): SakQuestion; open ones first, of these the urgent ones, and then the latest
 */
GPtrArray *
sak_vault_list_questions (SakVault           *self,
                          const char         *record,
                          SakQuestionFilter   filter,
                          guint               first,
                          guint               most,
                          GError            **error)
{
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_question_free);
  g_autoptr (GArray) rows = NULL;
  g_auto (SakRecordKey) key = { 0 };
  g_autofree char *id = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  if (record != NULL && !sak_uuid_is_valid (record))
    {
      if (!sak_record_find (self, record, &key, error))
        return NULL;
      id = sak_uuid_from_bytes (key.id);
    }
  rows = list_rows (self, &(Stretch) { id != NULL ? id : record, filter, first, most }, error);
  for (guint i = 0; rows != NULL && i < rows->len; i += 2)
    {
      SakQuestion *question = load_row (self, g_array_index (rows, gint64, i),
                                        (int) g_array_index (rows, gint64, i + 1), error);

      if (question == NULL)
        return NULL;
      g_ptr_array_add (questions, question);
    }
  return rows != NULL ? g_steal_pointer (&questions) : NULL;
}
