/* sak-people.c - all persons of a vault, one after the other, by what they are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-people.h"

#include "storage/model/sak-uuid.h"
#include "storage/sak-record-private.h"

static gboolean
tell_row (sqlite3_stmt   *statement,
          gboolean        is_draft,
          SakPersonFunc   func,
          gpointer        user_data,
          GError        **error)
{
  gsize size;
  const char *text = sak_db_get_bytes (statement, 2, &size);
  g_autofree char *title = sak_db_dup_text (statement, 1);
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autofree char *record_id = NULL;
  guint8 id[SAK_UUID_SIZE];

  if (!sak_db_copy_blob (statement, 0, id, sizeof id))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a record row has an id of a wrong size");
      return FALSE;
    }
  record_id = sak_uuid_from_bytes (id);
  if (is_draft && (draft = sak_json_parse (text, (gssize) size, error)) == NULL)
    return FALSE;
  if (!is_draft && (revision = sak_revision_parse_stored (text, (gssize) size, error)) == NULL)
    return FALSE;
  return func (record_id, title, is_draft ? draft : sak_revision_get_fields (revision), user_data, error);
}

static gboolean
tell_all (SakVault       *self,
          const char     *sql,
          gboolean        is_draft,
          SakPersonFunc   func,
          gpointer        user_data,
          GError        **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, sql);
  gboolean has_row = FALSE;

  while (sak_db_step (self->db, statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (!tell_row (statement, is_draft, func, user_data, error))
        return FALSE;
    }
  return FALSE;
}

/**
 * sak_vault_foreach_person:
 *
 * In no order that means anything. @func may read the vault and must not change it.
 */
gboolean
sak_vault_foreach_person (SakVault       *self,
                          SakPersonFunc   func,
                          gpointer        user_data,
                          GError        **error)
{
  static const char drafts[] = "SELECT record.id, title, fields FROM draft JOIN record ON record.rowid = draft.record"
                               " WHERE kind = '" SAK_KIND_PERSON "'";
  static const char heads[] = "SELECT record.id, title, line FROM record JOIN revision"
                              " ON revision.record = record.rowid AND is_head = 1"
                              " WHERE kind = '" SAK_KIND_PERSON "'";

  return sak_vault_require_unlocked (self, error) &&
         tell_all (self, drafts, TRUE, func, user_data, error) &&
         tell_all (self, heads, FALSE, func, user_data, error);
}

static const char *const name_paths[] = { "identity.name", "identity.other_names", "known_as" };

typedef struct
{
  SakName *name;
  GCancellable *cancellable;
  GHashTable *by_record;        /* record id -> SakLikePerson */
} Search;

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

static gboolean
is_better (const SakNameMatch *a,
           const SakNameMatch *b)
{
  return a->likeness != b->likeness ? a->likeness > b->likeness : a->score > b->score;
}

static void
try_name (Search      *self,
          const char  *record_id,
          const char  *title,
          const char  *text)
{
  g_autoptr (SakName) name = sak_name_new (text);
  g_auto (SakNameMatch) match = { 0 };
  SakLikePerson *found = g_hash_table_lookup (self->by_record, record_id);

  sak_name_compare (self->name, name, &match);
  if (match.likeness == SAK_NAME_DIFFERENT || (found != NULL && !is_better (&match, &found->match)))
    return;
  found = g_new0 (SakLikePerson, 1);
  found->record_id = g_strdup (record_id);
  found->title = g_strdup (title);
  found->name = g_strdup (text);
  found->match = match;
  match.address = NULL;
  g_hash_table_replace (self->by_record, found->record_id, found);
}

static gboolean
try_person (const char    *record_id,
            const char    *title,
            const json_t  *fields,
            gpointer       user_data,
            GError       **error)
{
  Search *search = user_data;

  if (g_cancellable_set_error_if_cancelled (search->cancellable, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (name_paths); i++)
    {
      const char *text = sak_json_get_text (fields, name_paths[i]);
      g_auto (GStrv) names = text != NULL ? sak_name_split (text) : NULL;

      for (gsize j = 0; names != NULL && names[j] != NULL; j++)
        try_name (search, record_id, title, names[j]);
    }
  return TRUE;
}

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const SakLikePerson *found_a = *(const SakLikePerson *const *) a, *found_b = *(const SakLikePerson *const *) b;

  if (is_better (&found_a->match, &found_b->match))
    return -1;
  return is_better (&found_b->match, &found_a->match) ? 1 : g_strcmp0 (found_a->record_id, found_b->record_id);
}

static gboolean
take_found (gpointer record_id,
            gpointer found,
            gpointer list)
{
  g_ptr_array_add (list, found);
  return TRUE;
}

/**
 * sak_vault_list_like_people:
 *
 * Reads every person of the vault. Nobody is to be missed, so "perhaps" is among them; why is told by each match.
 */
GPtrArray *
sak_vault_list_like_people (SakVault      *self,
                            const char    *name,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_like_person_free);
  g_autoptr (GHashTable) by_record = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                            (GDestroyNotify) sak_like_person_free);
  g_autoptr (SakName) asked = sak_name_new (name);
  Search search = { asked, cancellable, by_record };

  if (!sak_vault_foreach_person (self, try_person, &search, error))
    return NULL;
  g_hash_table_foreach_steal (by_record, take_found, list);
  g_ptr_array_sort (list, compare_found);
  return g_steal_pointer (&list);
}
