/* sak-person-names.c - what every person of the vault is called, ready to be compared
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kept up with the record, a row for each name, and one with the numbers by which to reach them. Where
 * the setting "names-version" is not that of our hints, in a vault of an older program or one just made, it is
 * filled when somebody first asks.
 */
#include "config.h"

#include "storage/sak-people.h"

#include <string.h>

#include "storage/model/sak-name-hint.h"
#include "storage/sak-record-private.h"

#define VERSION "names-version"

static const char *const name_paths[] = { "identity.name", "identity.other_names", "known_as" };

void
sak_like_person_free (SakLikePerson *self)
{
  if (self == NULL)
    return;
  g_free (self->record_id);
  g_free (self->title);
  g_free (self->name);
  sak_name_match_clear (&self->match);
  g_free (self);
}

/* Keeping up */

static gboolean
insert_row (SakVault            *vault,
            const SakRecordKey  *key,
            guint                number,
            const char          *name,
            const char          *hint,
            GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "INSERT INTO person_name (record, number, name, hint)"
                                           " VALUES (?1, ?2, ?3, ?4)");

  sqlite3_bind_int64 (statement, 1, key->rowid);
  sqlite3_bind_int (statement, 2, (int) number);
  sak_db_bind_text (statement, 3, name);
  sak_db_bind_text (statement, 4, hint);
  return sak_db_run (vault->db, statement, error);
}

static gboolean
insert_name (SakVault            *vault,
             const SakRecordKey  *key,
             guint                number,
             const char          *text,
             GError             **error)
{
  g_autoptr (SakName) name = sak_name_new (text);
  g_autofree char *hint = sak_name_make_hint (name);

  return insert_row (vault, key, number, text, hint, error);
}

/* The row of each person, also of one without a name: who has none could not be read. */
static gboolean
insert_contacts (SakVault            *vault,
                 const SakRecordKey  *key,
                 const GPtrArray     *contacts,
                 GError             **error)
{
  g_autofree char *hint = sak_name_make_contact_hint (contacts);

  return insert_row (vault, key, 0, "", hint, error);
}

static void
collect (GPtrArray    *names,
         GPtrArray    *contacts,
         const json_t *fields)
{
  const char *contact = sak_json_get_text (fields, "identity.contact");

  if (contact != NULL && !g_ptr_array_find_with_equal_func (contacts, contact, g_str_equal, NULL))
    g_ptr_array_add (contacts, g_strdup (contact));
  for (gsize i = 0; i < G_N_ELEMENTS (name_paths); i++)
    {
      const char *text = sak_json_get_text (fields, name_paths[i]);
      g_auto (GStrv) each = text != NULL ? sak_name_split (text) : NULL;

      for (gsize j = 0; each != NULL && each[j] != NULL; j++)
        if (!g_ptr_array_find_with_equal_func (names, each[j], g_str_equal, NULL))
          g_ptr_array_add (names, g_strdup (each[j]));
    }
}

gboolean
sak_person_names_remove (SakVault            *vault,
                         const SakRecordKey  *key,
                         GError             **error)
{
  return sak_db_run_for_row (vault->db, "DELETE FROM person_name WHERE record = ?1", key->rowid, error);
}

/* @fields: of the draft or of the head that stands for the person; where there are both, or several
 * heads, all of them call the person something.
 */
gboolean
sak_person_names_update (SakVault            *vault,
                         const SakRecordKey  *key,
                         SakRecordState       state,
                         const json_t        *fields,
                         GError             **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) heads = NULL;

  if (g_strcmp0 (key->kind, SAK_KIND_PERSON) != 0)
    return TRUE;
  collect (names, contacts, fields);
  if (state == SAK_RECORD_CHANGED || state == SAK_RECORD_CONFLICT)
    {
      heads = sak_record_load_heads (vault, key, error);
      if (heads == NULL)
        return FALSE;
    }
  for (guint i = 0; heads != NULL && i < heads->len; i++)
    collect (names, contacts, sak_revision_get_fields (heads->pdata[i]));
  if (!sak_person_names_remove (vault, key, error) || !insert_contacts (vault, key, contacts, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!insert_name (vault, key, i + 1, names->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Filling */

static gboolean
fill_for_record (SakVault  *vault,
                 gint64     rowid,
                 GError   **error)
{
  SakRecordKey key = { .rowid = rowid, .kind = (char *) SAK_KIND_PERSON };
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT state FROM record WHERE rowid = ?1");
  g_autoptr (json_t) draft = NULL;
  g_autofree char *base = NULL;
  g_autoptr (json_t) nothing = json_object ();
  gint64 state = 0;

  sqlite3_bind_int64 (statement, 1, rowid);
  if (!sak_db_get_number (vault->db, statement, 0, &state, error))
    return FALSE;
  key.state = (SakRecordState) state;
  if (!sak_draft_load_shown (vault, &key, &base, &draft, error))
    return FALSE;
  /* With all heads, whatever the state. */
  return sak_person_names_update (vault, &key, SAK_RECORD_CONFLICT, draft != NULL ? draft : nothing, error);
}

static gboolean
is_due (SakVault *vault)
{
  g_autoptr (GBytes) version = sak_vault_get_setting (vault, VERSION, NULL);
  const char digit = '0' + SAK_NAME_HINT_VERSION;

  return version == NULL || g_bytes_get_size (version) != 1 ||
         *(const char *) g_bytes_get_data (version, NULL) != digit;
}

gboolean
sak_person_names_catch_up (SakVault  *vault,
                           GError   **error)
{
  const char digit = '0' + SAK_NAME_HINT_VERSION;

  if (!is_due (vault))
    return TRUE;
  if (!sak_vault_begin (vault, error))
    return FALSE;
  if (sak_record_derive_all (vault, SAK_KIND_PERSON, fill_for_record, error) &&
      sak_vault_set_setting (vault, VERSION, &digit, 1, error) &&
      sak_vault_commit (vault, error))
    return TRUE;
  sak_vault_rollback (vault);
  return FALSE;
}

/* Asking */

static gboolean
is_better (const SakNameMatch *a,
           const SakNameMatch *b)
{
  return a->likeness != b->likeness ? a->likeness > b->likeness : a->score > b->score;
}

static void
try_name (const SakName *wanted,
          GHashTable    *by_record,
          gint64         record,
          char          *text)
{
  g_autoptr (SakName) name = sak_name_new (text);
  g_auto (SakNameMatch) match = { 0 };
  SakLikePerson *found = g_hash_table_lookup (by_record, &record);

  sak_name_compare (wanted, name, &match);
  if (match.likeness == SAK_NAME_DIFFERENT || (found != NULL && !is_better (&match, &found->match)))
    return;
  found = g_new0 (SakLikePerson, 1);
  found->name = g_strdup (text);
  found->match = match;
  match.address = NULL;
  g_hash_table_replace (by_record, g_memdup2 (&record, sizeof record), found);
}

static gboolean
try_all (SakVault       *vault,
         const SakName  *wanted,
         GCancellable   *cancellable,
         GHashTable     *by_record,
         GError        **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT hint, record, name FROM person_name WHERE number > 0");
  g_autofree char *hint = sak_name_make_hint (wanted);
  gboolean has_row = FALSE;

  for (;;)
    {
      g_autofree char *other = NULL;
      g_autofree char *name = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !sak_db_step (vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      other = sak_db_dup_text (statement, 0);
      if (!sak_name_may_match (hint, other))
        continue;
      name = sak_db_dup_text (statement, 2);
      try_name (wanted, by_record, sqlite3_column_int64 (statement, 1), name);
    }
}

static gboolean
describe (SakVault       *vault,
          gint64          record,
          SakLikePerson  *found,
          GError        **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT id, title FROM record WHERE rowid = ?1");
  guint8 id[SAK_UUID_SIZE];
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, record);
  if (!sak_db_step (vault->db, statement, &has_row, error))
    return FALSE;
  if (!has_row || !sak_db_copy_blob (statement, 0, id, sizeof id))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a name is of a record that is not there");
      return FALSE;
    }
  found->record_id = sak_uuid_from_bytes (id);
  found->title = sak_db_dup_text (statement, 1);
  return TRUE;
}

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  const SakLikePerson *match_a = *(const SakLikePerson *const *) a, *match_b = *(const SakLikePerson *const *) b;

  if (is_better (&match_a->match, &match_b->match))
    return -1;
  return is_better (&match_b->match, &match_a->match) ? 1 : g_strcmp0 (match_a->record_id, match_b->record_id);
}

/**
 * sak_vault_list_like_people:
 *
 * Nobody is to be missed, so "perhaps" is among them; why is told by each match. In a vault of an older
 * program the names of all are gathered first, once.
 */
GPtrArray *
sak_vault_list_like_people (SakVault      *self,
                            const char    *name,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autoptr (GHashTable) by_record = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                            (GDestroyNotify) sak_like_person_free);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_like_person_free);
  g_autoptr (SakName) wanted = sak_name_new (name);
  GHashTableIter iter;
  gpointer record, found;

  if (!sak_vault_require_unlocked (self, error) || !sak_person_names_catch_up (self, error) ||
      !try_all (self, wanted, cancellable, by_record, error))
    return NULL;
  g_hash_table_iter_init (&iter, by_record);
  while (g_hash_table_iter_next (&iter, &record, &found))
    {
      if (!describe (self, *(const gint64 *) record, found, error))
        return NULL;
      g_ptr_array_add (people, found);
      g_hash_table_iter_steal (&iter);
      g_free (record);
    }
  g_ptr_array_sort (people, compare_matches);
  return g_steal_pointer (&people);
}
