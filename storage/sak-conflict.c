/* sak-conflict.c - several heads, and a draft that came too late, side by side and merged
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A merge is a revision whose parents are the heads that a person saw. It is refused where
 * one of them is no head any more, so that nothing is pushed aside unseen, and for heads that
 * are not whole here: what was withheld would be signed as gone.
 */
#include "config.h"

#include "storage/sak-history.h"

#include "storage/sak-exchange.h"
#include "storage/sak-history-private.h"
#include "storage/sak-record-private.h"

#include <string.h>

/* Those that can be merged at once; and how many of all are shown. */
#define MAX_SIDES (2 * SAK_REVISION_MAX_PARENTS)

static void
free_side (gpointer data)
{
  SakConflictSide *side = data;

  g_free (side->revision);
  g_free (side->author);
  g_free (side->reason);
  json_decref (side->fields);
  g_strfreev (side->withheld);
  g_free (side);
}

void
sak_conflict_free (SakConflict *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->kind);
  sak_form_unref (self->form);
  g_free (self->base);
  g_clear_pointer (&self->sides, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

char **
sak_conflict_list_parents (const SakConflict *self)
{
  g_autoptr (GStrvBuilder) parents = g_strv_builder_new ();

  for (guint i = 0; i < self->n_mergeable; i++)
    {
      const SakConflictSide *side = self->sides->pdata[i];

      if (side->is_head)
        g_strv_builder_add (parents, side->revision);
    }
  return g_strv_builder_end (parents);
}

gboolean
sak_conflict_has_draft (const SakConflict *self)
{
  for (guint i = 0; i < self->n_mergeable; i++)
    if (((SakConflictSide *) self->sides->pdata[i])->is_draft)
      return TRUE;
  return FALSE;
}

/* Seeing */

static SakConflictSide *
side_from_head (SakVault    *vault,
                SakRevision *head)
{
  SakConflictSide *side = g_new0 (SakConflictSide, 1);

  side->revision = g_strdup (sak_revision_get_id (head));
  side->is_head = TRUE;
  side->author = sak_vault_dup_author_name (vault, sak_revision_get_author (head), &side->is_own);
  side->time = sak_revision_get_time (head);
  side->reason = g_strdup (sak_revision_get_reason (head));
  side->fields = json_incref (sak_revision_get_fields (head));
  side->withheld = g_strdupv ((char **) sak_revision_get_withheld (head));
  side->is_whole = side->withheld[0] == NULL;
  return side;
}

/* What was not shown to the writer of a draft is not taken out by it. */
static char **
list_unseen (GPtrArray  *revisions,
             const char *base,
             json_t     *fields)
{
  g_autoptr (GStrvBuilder) unseen = g_strv_builder_new ();

  for (guint i = 0; i < revisions->len; i++)
    {
      SakRevision *revision = revisions->pdata[i];
      const char *const *withheld = sak_revision_get_withheld (revision);

      if (g_strcmp0 (sak_revision_get_id (revision), base) != 0)
        continue;
      for (gsize n = 0; withheld[n] != NULL; n++)
        if (json_object_get (fields, withheld[n]) == NULL)
          g_strv_builder_add (unseen, withheld[n]);
      break;
    }
  return g_strv_builder_end (unseen);
}

static SakConflictSide *
side_from_draft (SakVault   *vault,
                 GPtrArray  *revisions,
                 const char *base,
                 json_t     *fields)
{
  SakConflictSide *side = g_new0 (SakConflictSide, 1);

  side->revision = g_strdup (base);
  side->is_draft = TRUE;
  side->is_own = TRUE;
  side->author = g_strdup (sak_vault_get_name (vault));
  side->time = g_get_real_time () / G_USEC_PER_SEC;
  side->reason = g_strdup ("");
  side->fields = json_incref (fields);
  side->withheld = list_unseen (revisions, base, fields);
  side->is_whole = side->withheld[0] == NULL;
  return side;
}

/* The draft is what became of the head that it stands on, where that is whole. */
static void
put_draft_in (SakConflict     *self,
              SakConflictSide *draft)
{
  for (guint i = 0; i < self->sides->len; i++)
    {
      SakConflictSide *head = self->sides->pdata[i];

      if (head->is_whole && g_strcmp0 (head->revision, draft->revision) == 0)
        {
          draft->is_head = TRUE;
          free_side (head);
          self->sides->pdata[i] = draft;
          return;
        }
    }
  g_ptr_array_insert (self->sides, 0, draft);
}

static int
compare_sides (gconstpointer a,
               gconstpointer b)
{
  const SakConflictSide *const *first = a;
  const SakConflictSide *const *second = b;

  return (*second)->is_whole - (*first)->is_whole;
}

/* g_ptr_array_sort() is stable: the head that stands for the record stays before the others. */
static void
order_sides (SakConflict *self)
{
  g_ptr_array_sort (self->sides, compare_sides);
  while (self->n_mergeable < self->sides->len && self->n_mergeable < SAK_REVISION_MAX_PARENTS &&
         ((SakConflictSide *) self->sides->pdata[self->n_mergeable])->is_whole)
    self->n_mergeable++;
  if (self->sides->len > MAX_SIDES)
    g_ptr_array_set_size (self->sides, MAX_SIDES);
}

static SakRevision *
find_base (const SakConflict *self,
           SakLineage        *lineage)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < MAX (self->n_mergeable, 1) && i < self->sides->len; i++)
    {
      const SakConflictSide *side = self->sides->pdata[i];

      if (side->revision == NULL)
        return NULL;
      g_ptr_array_add (ids, side->revision);
    }
  g_ptr_array_add (ids, NULL);
  return sak_lineage_find_base (lineage, (const char *const *) ids->pdata);
}

static void
compare_sides_with_base (SakConflict *self,
                         SakRevision *base)
{
  g_autofree SakRecordSide *sides = g_new0 (SakRecordSide, self->sides->len + 1);
  SakRecordSide before = { 0 };

  for (guint i = 0; i < self->sides->len; i++)
    {
      const SakConflictSide *side = self->sides->pdata[i];

      sides[i] = (SakRecordSide) { side->fields, (const char *const *) side->withheld };
    }
  if (base != NULL)
    before = (SakRecordSide) { sak_revision_get_fields (base), sak_revision_get_withheld (base) };
  self->base = base != NULL ? g_strdup (sak_revision_get_id (base)) : NULL;
  self->fields = sak_record_compare (base != NULL ? &before : NULL, sides, self->sides->len, self->n_mergeable);
}

static guint
find_position (const SakForm *form,
               const char    *path)
{
  g_autofree char *collection = g_strndup (path, strcspn (path, "/"));

  for (guint i = 0; i < sak_form_get_n_fields (form); i++)
    if (g_str_equal (sak_form_field_get_path (sak_form_get_field (form, i)), collection))
      return i;
  return G_MAXUINT;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b,
                   gpointer      form)
{
  const SakFieldComparison *const *first = a;
  const SakFieldComparison *const *second = b;
  guint first_position = find_position (form, (*first)->path);
  guint second_position = find_position (form, (*second)->path);

  return first_position < second_position ? -1 : first_position > second_position;
}

/* As the form asks, and what it does not know last. */
static void
order_fields (SakConflict *self)
{
  if (self->form != NULL)
    g_ptr_array_sort_with_data (self->fields, compare_positions, self->form);
}

/**
 * sak_vault_load_conflict:
 *
 * Returns: (transfer full): also where there is none: then with one side
 */
SakConflict *
sak_vault_load_conflict (SakVault    *self,
                         const char  *record,
                         GError     **error)
{
  g_autoptr (SakConflict) conflict = g_new0 (SakConflict, 1);
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (GPtrArray) revisions = NULL;
  g_autoptr (SakLineage) lineage = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autofree char *draft_base = NULL;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record, &key, error) ||
      (heads = sak_record_load_heads (self, &key, error)) == NULL ||
      (revisions = sak_vault_list_history (self, record, error)) == NULL ||
      !sak_draft_load_shown (self, &key, &draft_base, &draft, error))
    return NULL;
  conflict->id = sak_uuid_from_bytes (key.id);
  conflict->kind = g_strdup (key.kind);
  conflict->sides = g_ptr_array_new ();
  for (guint i = 0; i < heads->len; i++)
    g_ptr_array_add (conflict->sides, side_from_head (self, heads->pdata[i]));
  if (draft != NULL)
    put_draft_in (conflict, side_from_draft (self, revisions, draft_base, draft));
  g_ptr_array_set_free_func (conflict->sides, free_side);
  order_sides (conflict);
  lineage = sak_lineage_new (revisions);
  compare_sides_with_base (conflict, find_base (conflict, lineage));
  if (conflict->sides->len > 0)
    {
      const SakConflictSide *first = conflict->sides->pdata[0];

      conflict->form = sak_record_find_form (self, &key, heads, first->revision, first->fields);
      order_fields (conflict);
    }
  return g_steal_pointer (&conflict);
}

/* Merging */

static SakRevision *
find_head (GPtrArray  *heads,
           const char *id)
{
  for (guint i = 0; i < heads->len; i++)
    if (g_str_equal (sak_revision_get_id (heads->pdata[i]), id))
      return heads->pdata[i];
  return NULL;
}

static gboolean
check_parents (GPtrArray          *heads,
               const char *const  *parents,
               GError            **error)
{
  guint n_parents = parents != NULL ? g_strv_length ((char **) parents) : 0;

  if (n_parents == 0 || n_parents > SAK_REVISION_MAX_PARENTS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "a merge has 1 to %d parents", SAK_REVISION_MAX_PARENTS);
      return FALSE;
    }
  for (; *parents != NULL; parents++)
    {
      SakRevision *head = find_head (heads, *parents);

      if (head == NULL)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the record changed since the versions were compared");
          return FALSE;
        }
      if (sak_revision_get_withheld (head)[0] != NULL)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT,
                       "parts of a version stayed with its author; only the author can bring it together");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_draft (SakVault            *self,
             const SakRecordKey  *key,
             const SakMerge      *merge,
             GError             **error)
{
  g_autoptr (json_t) draft = NULL;
  g_autofree char *base = NULL;

  if (!sak_draft_load (self, key, &base, &draft, error))
    return FALSE;
  if (draft == NULL || merge->takes_draft)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the record has a draft that the merge knows nothing of");
  return FALSE;
}

static SakRevision *
sign_merge (SakVault            *self,
            const SakRecordKey  *key,
            GPtrArray           *heads,
            const SakMerge      *merge,
            GError             **error)
{
  g_autoptr (json_t) fields = sak_json_normalise_nfc (merge->fields);
  g_autoptr (SakForm) form = NULL;

  if (!json_is_object (fields))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a record is an object of fields, each once");
      return NULL;
    }
  form = sak_record_choose_form (self, key, heads, merge->parents[0], fields, error);
  if (form == NULL || !sak_record_check_finished (self, form, heads, fields, error))
    return NULL;
  return sak_record_sign (self, key, form, merge->parents, fields, merge->reason, error);
}

static char *
merge_in_transaction (SakVault            *self,
                      const SakRecordKey  *key,
                      const SakMerge      *merge,
                      GError             **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_heads (self, key, error);
  g_autoptr (SakRevision) revision = NULL;
  gboolean is_new;

  if (heads == NULL || !sak_record_require_shown (key, error) ||
      !check_parents (heads, merge->parents, error) || !check_draft (self, key, merge, error))
    return NULL;
  revision = sign_merge (self, key, heads, merge, error);
  if (revision == NULL || !sak_revision_store (self, key, revision, 0, &is_new, error) ||
      !sak_draft_remove (self, key, error) || !sak_record_set_form (self, key, NULL, error) ||
      !sak_record_refresh (self, key, error) ||
      !sak_vault_log_custody (self, "merged", sak_revision_get_id (revision), sak_vault_get_name (self), error))
    return NULL;
  return g_strdup (sak_revision_get_id (revision));
}

/**
 * sak_vault_merge_record:
 *
 * Errors: CONFLICT where a parent is no head any more or not whole here, or where there is a
 * draft that the merge does not take; USAGE without a reason; INVALID names what is missing.
 *
 * Returns: the id of the revision
 */
char *
sak_vault_merge_record (SakVault        *self,
                        const char      *record,
                        const SakMerge  *merge,
                        GError         **error)
{
  g_autoptr (SakUnusedMedia) unused = NULL;
  g_auto (SakRecordKey) key = { 0 };
  g_autofree char *revision_id = NULL;

  if (merge->reason == NULL || *merge->reason == '\0')
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_USAGE, "bringing versions together needs a reason");
      return NULL;
    }
  if (!sak_vault_begin (self, error))
    return NULL;
  unused = sak_unused_media_new (self);
  if (sak_record_find (self, record, &key, error) &&
      (revision_id = merge_in_transaction (self, &key, merge, error)) != NULL &&
      sak_unused_media_collect (unused, &key, error) && sak_vault_commit (self, error))
    return g_steal_pointer (&revision_id);
  sak_vault_rollback (self);
  return NULL;
}

/* Keeping what came too late */

/* One of this record's, whether or not it is a head. */
static SakRevision *
load_own_revision (SakVault            *self,
                   const SakRecordKey  *key,
                   const char          *id,
                   GError             **error)
{
  g_autoptr (SakRevision) revision = sak_vault_load_revision (self, id, error);
  g_autofree char *record_id = sak_uuid_from_bytes (key->id);

  if (revision == NULL)
    return NULL;
  if (g_str_equal (sak_revision_get_record_id (revision), record_id))
    return g_steal_pointer (&revision);
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the record has no such revision");
  return NULL;
}

static gboolean
check_no_other_draft (SakVault            *self,
                      const SakRecordKey  *key,
                      const char          *base,
                      GError             **error)
{
  g_autoptr (json_t) draft = NULL;
  g_autofree char *draft_base = NULL;

  if (!sak_draft_load (self, key, &draft_base, &draft, error))
    return FALSE;
  if (draft == NULL || g_strcmp0 (draft_base, base) == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the record has another draft already");
  return FALSE;
}

static gboolean
keep_in_transaction (SakVault            *self,
                     const SakRecordKey  *key,
                     const char          *base,
                     json_t              *fields,
                     GError             **error)
{
  g_autoptr (GPtrArray) known = sak_record_load_heads (self, key, error);
  g_autoptr (SakForm) form = NULL;
  SakRevision *revision;

  if (known == NULL || !check_no_other_draft (self, key, base, error))
    return FALSE;
  if (base != NULL)
    {
      revision = load_own_revision (self, key, base, error);
      if (revision == NULL)
        return FALSE;
      g_ptr_array_add (known, revision);        /* its form, and what it linked to */
    }
  form = sak_record_choose_form (self, key, known, base, fields, error);
  return form != NULL && sak_draft_store (self, key, base, fields, error) && sak_record_refresh (self, key, error);
}

/**
 * sak_vault_keep_draft:
 * @base_revision: (nullable): what was being looked at, head or history
 *
 * For an edit that sak_vault_save_draft() refused as CONFLICT: it becomes the record's draft
 * and takes part in the conflict. CONFLICT where there is another draft.
 */
gboolean
sak_vault_keep_draft (SakVault    *self,
                      const char  *record,
                      const char  *base_revision,
                      json_t      *fields,
                      GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (json_t) normal = json_is_object (fields) ? sak_json_normalise_nfc (fields) : NULL;

  if (normal == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a record is an object of fields, each once");
      return FALSE;
    }
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_record_find (self, record, &key, error) && keep_in_transaction (self, &key, base_revision, normal, error) &&
      sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
