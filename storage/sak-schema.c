/* sak-schema.c - the tables of records.db, and how older ones become what they are now
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is signed stands in revision.line, whole; the columns of record are only what a
 * list shows and sorts by, and can be made again from the lines.
 *
 * Each version of the schema is one step from the version before. A new vault takes all
 * of them, an older one those that it lacks. A step that was released never changes: what
 * is wrong with it, the next one mends.
 */
#include "config.h"

#include "storage/sak-schema.h"

static const char STEP_1[] =
  "CREATE TABLE setting ("
  "  name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;"

  "CREATE TABLE contact ("
  "  rowid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, organisation TEXT NOT NULL,"
  "  signing_key BLOB NOT NULL UNIQUE, recipient BLOB NOT NULL, trust INTEGER NOT NULL,"
  "  practice INTEGER NOT NULL, added INTEGER NOT NULL, card TEXT NOT NULL) STRICT;"

  "CREATE TABLE record ("
  "  rowid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, code TEXT NOT NULL,"
  "  state INTEGER NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL, latest_day INTEGER,"
  "  place TEXT NOT NULL, n_media INTEGER NOT NULL, origin INTEGER REFERENCES contact (rowid),"
  "  changed INTEGER NOT NULL) STRICT;"
  "CREATE INDEX record_by_change ON record (kind, changed);"
  "CREATE INDEX record_by_day ON record (kind, latest_day);"
  "CREATE INDEX record_by_title ON record (kind, title COLLATE NOCASE);"
  "CREATE INDEX record_by_code ON record (code);"

  "CREATE TABLE revision ("
  "  rowid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, record INTEGER NOT NULL REFERENCES record (rowid),"
  "  author BLOB NOT NULL, time INTEGER NOT NULL, is_head INTEGER NOT NULL,"
  "  origin INTEGER REFERENCES contact (rowid), line TEXT NOT NULL) STRICT;"
  "CREATE INDEX revision_by_record ON revision (record, is_head);"
  "CREATE TABLE revision_parent ("
  "  parent BLOB NOT NULL, child INTEGER NOT NULL REFERENCES revision (rowid),"
  "  PRIMARY KEY (parent, child)) STRICT, WITHOUT ROWID;"

  "CREATE TABLE draft ("
  "  record INTEGER PRIMARY KEY REFERENCES record (rowid), base BLOB, fields TEXT NOT NULL,"
  "  changed INTEGER NOT NULL) STRICT;"

  "CREATE TABLE media ("
  "  rowid INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, object TEXT NOT NULL UNIQUE,"
  "  size INTEGER NOT NULL, added INTEGER NOT NULL) STRICT;"

  /* Which records ever referred to which content: a consent governs it wherever it is used. */
  "CREATE TABLE media_use ("
  "  sha256 BLOB NOT NULL, record INTEGER NOT NULL REFERENCES record (rowid),"
  "  PRIMARY KEY (sha256, record)) STRICT, WITHOUT ROWID;"

  "CREATE TABLE stream ("
  "  rowid INTEGER PRIMARY KEY, id BLOB NOT NULL, contact INTEGER NOT NULL REFERENCES contact (rowid),"
  "  is_incoming INTEGER NOT NULL, sequence INTEGER NOT NULL, n_entries INTEGER NOT NULL,"
  "  n_acknowledged INTEGER NOT NULL, head BLOB NOT NULL, UNIQUE (id, contact, is_incoming)) STRICT;"
  "CREATE TABLE stream_entry ("
  "  stream INTEGER NOT NULL REFERENCES stream (rowid), number INTEGER NOT NULL, kind TEXT NOT NULL,"
  "  ref BLOB NOT NULL, chain BLOB NOT NULL, PRIMARY KEY (stream, number)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX stream_entry_by_ref ON stream_entry (stream, ref);"
  "CREATE TABLE bundle ("
  "  rowid INTEGER PRIMARY KEY, stream INTEGER NOT NULL REFERENCES stream (rowid),"
  "  sequence INTEGER NOT NULL, digest BLOB NOT NULL, time INTEGER NOT NULL) STRICT;"

  "CREATE TABLE custody ("
  "  number INTEGER PRIMARY KEY, entry TEXT NOT NULL, chain BLOB NOT NULL) STRICT;";

/* What the search knows of each record: derived, see sak-search-index.c. */
static const char STEP_2[] =
  "CREATE TABLE search_document ("
  "  record INTEGER PRIMARY KEY REFERENCES record (rowid), title TEXT NOT NULL, text TEXT NOT NULL,"
  "  place TEXT NOT NULL, facet TEXT NOT NULL, earliest_day INTEGER, latest_day INTEGER) STRICT;";

/* Who refers to whom: derived, see sak-links.c. What there is already is due at opening. */
static const char STEP_3[] =
  "CREATE TABLE link ("
  "  record INTEGER NOT NULL REFERENCES record (rowid), number INTEGER NOT NULL, target BLOB NOT NULL,"
  "  path TEXT NOT NULL, role TEXT NOT NULL, code TEXT NOT NULL,"
  "  PRIMARY KEY (record, number)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX link_by_target ON link (target, record);"
  "INSERT INTO setting (name, value) SELECT 'links-due', x'01' WHERE EXISTS (SELECT 1 FROM record);";

/* Where places are found by name: derived from settings, see sak-place-list.c. */
static const char STEP_4[] =
  "CREATE TABLE place_list ("
  "  rowid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, n_places INTEGER NOT NULL, size INTEGER NOT NULL) STRICT;"
  "CREATE TABLE place ("
  "  rowid INTEGER PRIMARY KEY, list INTEGER NOT NULL REFERENCES place_list (rowid), parent INTEGER,"
  "  code TEXT NOT NULL, name TEXT NOT NULL, spellings TEXT NOT NULL, type TEXT NOT NULL, lat REAL, lon REAL) STRICT;"
  "CREATE INDEX place_by_list ON place (list);"
  "CREATE TABLE place_name ("
  "  fold TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (fold, place)) STRICT, WITHOUT ROWID;";

/* What happened to one item, out of the whole log of custody: derived. An entry that is
 * damaged has no subject.
 */
static const char STEP_5[] =
  "CREATE TABLE custody_step ("
  "  subject TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (subject, number)) STRICT, WITHOUT ROWID;"
  "INSERT INTO custody_step (subject, number)"
  "  SELECT CASE WHEN json_valid (entry) THEN json_extract (entry, '$.subject') END AS subject, number"
  "  FROM custody WHERE subject IS NOT NULL;";

/* A new vault has nothing to be indexed, an older one everything up to its last record. */
static const char STEP_6[] =
  "CREATE VIRTUAL TABLE search USING fts5 (title, text, place, facet,"
  "  content = 'search_document', content_rowid = 'record', tokenize = 'sakkhi', columnsize = 0);"
  "INSERT OR REPLACE INTO setting (name, value)"
  "  SELECT 'search-index', CAST ('{\"next\":' || ifnull (max (rowid), 0) || ',\"version\":1}' AS BLOB) FROM record;";

/* What persons are called: derived, see sak-person-names.c, which fills it when it is first asked. */
static const char STEP_7[] =
  "CREATE TABLE person_name ("
  "  record INTEGER NOT NULL REFERENCES record (rowid), number INTEGER NOT NULL, name TEXT NOT NULL,"
  "  hint TEXT NOT NULL, PRIMARY KEY (record, number)) STRICT, WITHOUT ROWID;";

/* What reached the other side: of incoming streams what came, of outgoing ones what receipts say. An entry
 * without a row: of the former what is here of it came, of the latter nothing is known.
 */
static const char STEP_8[] =
  "CREATE TABLE delivery ("
  "  stream INTEGER NOT NULL REFERENCES stream (rowid), number INTEGER NOT NULL, state INTEGER NOT NULL,"
  "  time INTEGER NOT NULL, PRIMARY KEY (stream, number)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE receipt ("
  "  rowid INTEGER PRIMARY KEY, stream INTEGER NOT NULL REFERENCES stream (rowid), sequence INTEGER NOT NULL,"
  "  asked INTEGER NOT NULL, time INTEGER NOT NULL, arrived INTEGER NOT NULL, text TEXT NOT NULL) STRICT;"
  "CREATE INDEX receipt_by_stream ON receipt (stream);";

/* What one record used: asked whenever it changes. */
static const char STEP_9[] =
  "CREATE INDEX media_use_by_record ON media_use (record);";

/* What was asked and answered, and to whom records of the network go: derived from their lines, see sak-network.c.
 * Older vaults have none of them.
 */
static const char STEP_10[] =
  "CREATE TABLE addressee ("
  "  record INTEGER NOT NULL REFERENCES record (rowid), key BLOB NOT NULL,"
  "  PRIMARY KEY (record, key)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE talk ("
  "  record INTEGER PRIMARY KEY REFERENCES record (rowid), revision BLOB NOT NULL, author BLOB NOT NULL,"
  "  addressee BLOB NOT NULL, about BLOB NOT NULL, question BLOB, says INTEGER NOT NULL,"
  "  is_urgent INTEGER NOT NULL, time INTEGER NOT NULL, state INTEGER NOT NULL) STRICT;"
  "CREATE INDEX talk_by_about ON talk (about);"
  "CREATE INDEX talk_by_revision ON talk (revision);"
  "CREATE INDEX talk_by_question ON talk (question) WHERE question IS NOT NULL;"
  "CREATE INDEX talk_by_state ON talk (state, addressee) WHERE question IS NULL;";

/* What came from elsewhere, what was decided about it, and what somebody read of it. All but the last is derived: see
 * sak-review-derive.c. In a vault from before nothing was decided, and all was read.
 */
static const char STEP_11[] =
  "CREATE TABLE review ("
  "  record INTEGER PRIMARY KEY REFERENCES record (rowid), about BLOB NOT NULL, number INTEGER NOT NULL,"
  "  says INTEGER NOT NULL) STRICT;"
  "CREATE INDEX review_by_about ON review (about, number);"
  "CREATE TABLE arrival ("
  "  record INTEGER PRIMARY KEY REFERENCES record (rowid), contact INTEGER NOT NULL REFERENCES contact (rowid),"
  "  state INTEGER NOT NULL, grade INTEGER NOT NULL, n_questions INTEGER NOT NULL, is_urgent INTEGER NOT NULL,"
  "  latest INTEGER NOT NULL, is_unread INTEGER NOT NULL) STRICT;"
  "CREATE INDEX arrival_in_order ON arrival (is_urgent DESC, latest DESC);"
  "CREATE INDEX arrival_by_state ON arrival (state, is_urgent DESC, latest DESC, is_unread);"
  "CREATE INDEX arrival_by_contact ON arrival (contact, is_urgent DESC, latest DESC, state, is_unread);"
  "CREATE TABLE seen (record INTEGER PRIMARY KEY REFERENCES record (rowid), revision INTEGER NOT NULL) STRICT;"
  "INSERT INTO arrival (record, contact, state, grade, n_questions, is_urgent, latest, is_unread)"
  "  SELECT record.rowid, record.origin, 0, 0, 0, EXISTS (SELECT 1 FROM revision"
  "   WHERE revision.record = record.rowid AND is_head = 1"
  "   AND CASE WHEN json_valid (line) THEN json_extract (line, '$.open.urgent.value') END = 'yes'),"
  "   (SELECT ifnull (max (rowid), 0) FROM revision"
  "   WHERE revision.record = record.rowid AND revision.origin IS NOT NULL), 0 FROM record"
  "  WHERE origin IS NOT NULL AND kind NOT IN ('question', 'answer', 'review', 'notice');"
  "INSERT INTO seen (record, revision) SELECT record, latest FROM arrival;";

/* Ways by which bundles travel, what is to go by them, and what was found there. */
static const char STEP_12[] =
  "CREATE TABLE carrier ("
  "  rowid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, address TEXT NOT NULL,"
  "  user TEXT NOT NULL, password BLOB NOT NULL, proxy TEXT NOT NULL, pin TEXT NOT NULL,"
  "  part_bytes INTEGER NOT NULL, flags INTEGER NOT NULL) STRICT;"
  "CREATE TABLE outbox ("
  "  rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, carrier INTEGER NOT NULL REFERENCES carrier (rowid),"
  "  label TEXT NOT NULL, state INTEGER NOT NULL, is_paused INTEGER NOT NULL, size INTEGER NOT NULL,"
  "  done INTEGER NOT NULL, sha256 BLOB, reason INTEGER NOT NULL, tries INTEGER NOT NULL, time INTEGER NOT NULL,"
  "  next_try INTEGER NOT NULL) STRICT;"
  "CREATE TABLE fetched ("
  "  carrier INTEGER NOT NULL REFERENCES carrier (rowid), name TEXT NOT NULL, stamp TEXT NOT NULL,"
  "  sha256 BLOB, status INTEGER NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (carrier, name)) STRICT, WITHOUT ROWID;";

/* Of notices, forms and vocabularies, which are said anew each time, what tells the one that counts:
 * sak-announcement.c. And all records of the network are derived, which an older program took for cases:
 * sak-network-due.c.
 */
static const char STEP_13[] =
  "CREATE TABLE announcement ("
  "  revision INTEGER PRIMARY KEY REFERENCES revision (rowid), record INTEGER NOT NULL REFERENCES record (rowid),"
  "  kind TEXT NOT NULL, author BLOB NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL) STRICT;"
  "CREATE INDEX announcement_by_record ON announcement (record);"
  "CREATE INDEX announcement_in_order ON announcement (kind, author, name, number);"
  "INSERT OR REPLACE INTO setting (name, value) SELECT 'network-due', x'01' WHERE EXISTS (SELECT 1 FROM record"
  "  WHERE kind IN ('question', 'answer', 'review', 'notice', 'form', 'vocabulary'));";

/* What of the vault's own questions and answers nobody was sent yet, found without looking at all that was ever sent.
 * Derived from the streams: sak_stream_append() and sak_thread_update() keep it.
 */
static const char STEP_14[] =
  "CREATE INDEX stream_by_contact ON stream (contact);"
  "ALTER TABLE talk ADD COLUMN is_sent INTEGER NOT NULL DEFAULT 0;"
  "UPDATE talk SET is_sent = 1 WHERE EXISTS (SELECT 1 FROM contact CROSS JOIN stream CROSS JOIN stream_entry"
  "  ON stream.contact = contact.rowid AND stream_entry.stream = stream.rowid AND stream_entry.ref = talk.revision"
  "  WHERE contact.signing_key = talk.addressee AND stream.is_incoming = 0);"
  "CREATE INDEX talk_to_send ON talk (author, addressee) WHERE is_sent = 0;";

/* The version is the number of steps. */
static const char *const steps[] = {
  STEP_1,
  STEP_2,
  STEP_3,
  STEP_4,
  STEP_5,
  STEP_6,
  STEP_7,
  STEP_8,
  STEP_9,
  STEP_10,
  STEP_11,
  STEP_12,
  STEP_13,
  STEP_14,
};

guint
sak_schema_get_version (void)
{
  return G_N_ELEMENTS (steps);
}

/* The SQL that leads from the version before to @version. */
const char *
sak_schema_get_step (guint version)
{
  g_return_val_if_fail (version >= 1 && version <= G_N_ELEMENTS (steps), NULL);

  return steps[version - 1];
}

static gboolean
run_steps (SakDb   *db,
           guint    from,
           GError **error)
{
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %u", sak_schema_get_version ());

  for (gsize i = from; i < G_N_ELEMENTS (steps); i++)
    if (!sak_db_exec (db, steps[i], error))
      return FALSE;
  return sak_db_exec (db, version, error);
}

gboolean
sak_schema_create (SakDb   *db,
                   GError **error)
{
  return run_steps (db, 0, error);
}

static gboolean
check_version (gint64   version,
               GError **error)
{
  if (version > sak_schema_get_version ())
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW,
                   "records.db has schema %" G_GINT64_FORMAT ", this program knows %u",
                   version, sak_schema_get_version ());
      return FALSE;
    }
  if (version < 1)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "records.db has no schema");
      return FALSE;
    }
  return TRUE;
}

/* All that is lacking or nothing: what fails leaves the vault to the program that made it. */
gboolean
sak_schema_upgrade (SakDb   *db,
                    GError **error)
{
  gint64 version;

  if (!sak_db_get_number (db, sak_db_prepare (db, "PRAGMA user_version"), 0, &version, error) ||
      !check_version (version, error))
    return FALSE;
  if (version == sak_schema_get_version ())
    return TRUE;
  if (!sak_db_begin (db, error))
    return FALSE;
  if (run_steps (db, (guint) version, error) && sak_db_commit (db, error))
    return TRUE;
  sak_db_rollback (db);
  return FALSE;
}
