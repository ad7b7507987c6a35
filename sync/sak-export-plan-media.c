/* sak-export-plan-media.c - which files leave with a plan, and why others do not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-uuid.h"
#include "sync/sak-export-plan-private.h"

void
sak_plan_kept_file_free (gpointer data)
{
  SakPlanKeptFile *self = data;

  sak_media_info_free (self->info);
  g_free (self);
}

static void
add_media_of_revision (GHashTable  *set,
                       SakRevision *revision)
{
  g_autoptr (GPtrArray) media = sak_media_list_from_fields (sak_revision_get_fields (revision));

  for (guint i = 0; i < media->len; i++)
    g_hash_table_add (set, g_strdup (((SakMediaInfo *) media->pdata[i])->sha256));
}

void
sak_plan_item_note_media (SakPlanItem *self,
                          SakRevision *revision)
{
  g_autoptr (GPtrArray) media = sak_media_list_from_fields (sak_revision_get_fields (revision));

  if (media->len > 0)
    add_media_of_revision (sak_plan_item_own_set (&self->referred), revision);
}

/* A version that is not sent yet, and was not chosen now, may have newer ones: nothing in the
 * bundle would refer to them.
 */
GPtrArray *
sak_plan_item_list_media (const SakPlanItem *self,
                          const json_t      *fields)
{
  GPtrArray *media = sak_media_list_from_fields (fields);

  for (guint i = media->len; i > 0; i--)
    if (!g_hash_table_contains (self->referred, ((SakMediaInfo *) media->pdata[i - 1])->sha256))
      g_ptr_array_remove_index (media, i - 1);
  return media;
}

/* Of all of its history: a file that was taken out of a record was in it. */
static gboolean
add_withheld_by_item (GHashTable   *withheld,
                      SakPlanItem  *item,
                      SakVault     *vault,
                      GError      **error)
{
  g_autoptr (GPtrArray) history = sak_vault_list_history (vault, item->record_id, error);

  if (history == NULL)
    return FALSE;
  for (guint i = 0; i < history->len; i++)
    add_media_of_revision (withheld, g_ptr_array_index (history, i));
  return TRUE;
}

/* What the finished versions say; @otherwise where there is none. */
static gboolean
heads_withhold (const SakExportPlan  *plan,
                SakVault             *vault,
                const char           *record_id,
                GPtrArray            *heads,
                gboolean              otherwise,
                gboolean             *ret_withholds,
                GError              **error)
{
  SakPlanVerdict verdict;

  *ret_withholds = otherwise;
  if (heads->len == 0)
    return TRUE;
  if (!sak_export_plan_judge_record (plan, vault, record_id, heads, &verdict, error))
    return FALSE;
  *ret_withholds = verdict != SAK_PLAN_LEAVES;
  return TRUE;
}

/* Whether a person who can be seen or heard in the file lets it leave with their face; of those
 * who are not here nothing is known.
 */
static gboolean
person_withholds (const SakExportPlan  *plan,
                  SakVault             *vault,
                  const char           *person,
                  gboolean             *ret_withholds,
                  GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) heads = sak_vault_list_heads (vault, person, &local_error);

  *ret_withholds = FALSE;
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return TRUE;
  if (heads == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  /* One that was never finished has not said yes. */
  return heads_withhold (plan, vault, person, heads, TRUE, ret_withholds, error);
}

/* What is noted about the file itself: that the people in it said no, or who they are. */
static gboolean
notes_withhold (const SakExportPlan  *plan,
                SakVault             *vault,
                const json_t         *value,
                gboolean             *ret_withholds,
                GError              **error)
{
  const json_t *persons = json_object_get (value, "persons");
  gsize i;
  json_t *person;

  *ret_withholds = sak_media_is_refused (value);
  json_array_foreach ((json_t *) persons, i, person)
    if (!*ret_withholds && json_is_string (person) && sak_uuid_is_valid (json_string_value (person)) &&
        !person_withholds (plan, vault, json_string_value (person), ret_withholds, error))
      return FALSE;
  return TRUE;
}

/* The same, for a record that has the content. */
static gboolean
record_s_notes_withhold (const SakExportPlan  *plan,
                         SakVault             *vault,
                         const SakRecord      *record,
                         const char           *sha256,
                         gboolean             *ret_withholds,
                         GError              **error)
{
  g_autoptr (GPtrArray) media = sak_media_list_from_fields (record->fields);

  for (guint i = 0; i < media->len && !*ret_withholds; i++)
    {
      const SakMediaInfo *info = g_ptr_array_index (media, i);

      if (g_str_equal (info->sha256, sha256) && !notes_withhold (plan, vault, info->value, ret_withholds, error))
        return FALSE;
    }
  return TRUE;
}

/* A person or a testimony that refers to the content, in this plan or not, and does not let
 * it leave. One that was never finished has not said yes.
 */
static gboolean
user_withholds (const SakExportPlan  *plan,
                SakVault             *vault,
                const char           *record_id,
                const char           *sha256,
                gboolean             *ret_withholds,
                GError              **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, record_id, error);
  g_autoptr (GPtrArray) heads = NULL;
  gboolean may_speak;

  if (record == NULL || (heads = sak_vault_list_heads (vault, record_id, error)) == NULL)
    return FALSE;
  may_speak = g_str_equal (record->kind, SAK_KIND_PERSON) || g_str_equal (record->kind, SAK_KIND_TESTIMONY);
  if (!heads_withhold (plan, vault, record_id, heads, may_speak, ret_withholds, error))
    return FALSE;
  return record_s_notes_withhold (plan, vault, record, sha256, ret_withholds, error);
}

static gboolean
find_withholding_user (const SakExportPlan  *plan,
                       SakVault             *vault,
                       const char           *sha256,
                       gboolean             *ret_withholds,
                       GError              **error)
{
  g_autoptr (GPtrArray) users = sak_vault_list_media_users (vault, sha256, error);

  *ret_withholds = FALSE;
  if (users == NULL)
    return FALSE;
  for (guint i = 0; i < users->len && !*ret_withholds; i++)
    if (!user_withholds (plan, vault, users->pdata[i], sha256, ret_withholds, error))
      return FALSE;
  return TRUE;
}

/* Whoever keeps what is said of a file keeps the file: without its row it would be of no record. */
static gboolean
is_row_kept (const SakPlanItem  *item,
             const SakMediaInfo *info)
{
  g_autofree char *path = g_strconcat (SAK_PATH_MEDIA "/", info->id, NULL);

  return sak_plan_item_get_choice (item, path) == SAK_CHOICE_WITHHOLD;
}

static gboolean
add_withheld_by_users (GHashTable           *withheld,
                       const SakPlanItem    *item,
                       const SakExportPlan  *plan,
                       SakVault             *vault,
                       GError              **error)
{
  for (guint i = 0; i < item->media->len; i++)
    {
      const SakMediaInfo *info = g_ptr_array_index (item->media, i);
      gboolean withholds;

      if (!find_withholding_user (plan, vault, info->sha256, &withholds, error))
        return FALSE;
      if (withholds || is_row_kept (item, info))
        g_hash_table_add (withheld, g_strdup (info->sha256));
    }
  return TRUE;
}

/* Contents that some record withholds do not leave by way of another one. */
static GHashTable *
collect_withheld (SakExportPlan  *self,
                  SakVault       *vault,
                  GError        **error)
{
  g_autoptr (GHashTable) withheld = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (self->items, i);

      if (item->verdict != SAK_PLAN_LEAVES && !add_withheld_by_item (withheld, item, vault, error))
        return NULL;
      if (!add_withheld_by_users (withheld, item, self, vault, error))
        return NULL;
    }
  return g_steal_pointer (&withheld);
}

static SakPlanKeep
judge_file (const SakPlanItem  *item,
            SakVault           *vault,
            GHashTable         *withheld,
            const SakMediaInfo *info)
{
  if (!sak_plan_item_leaves (item))
    return SAK_PLAN_KEEP_RECORD;
  if (item->verdict != SAK_PLAN_LEAVES || sak_media_is_refused (info->value))
    return SAK_PLAN_KEEP_MEDIA;
  if (item->place_level < SAK_PLACE_EXACT && info->has_gps)
    return SAK_PLAN_KEEP_PLACE;
  if (is_row_kept (item, info))
    return SAK_PLAN_KEEP_CHOSEN;
  if (g_hash_table_contains (withheld, info->sha256))
    return SAK_PLAN_KEEP_OTHER_RECORD;
  return sak_vault_has_media (vault, info->sha256) ? 0 : SAK_PLAN_KEEP_NOT_HERE;
}

static void
keep_file (SakPlanItem *item,
           guint        n,
           SakPlanKeep  keep)
{
  SakPlanKeptFile *kept = g_new0 (SakPlanKeptFile, 1);

  kept->info = sak_media_info_copy (g_ptr_array_index (item->media, n));
  kept->keep = keep;
  g_ptr_array_add (sak_plan_item_own_list (&item->kept_files, sak_plan_kept_file_free), kept);
  g_ptr_array_remove_index (item->media, n);
  item->n_media_withheld++;
}

static void
settle_item (SakExportPlan *self,
             SakPlanItem   *item,
             SakVault      *vault,
             GHashTable    *withheld,
             GHashTable    *counted)
{
  for (guint i = 0; i < item->media->len;)
    {
      SakMediaInfo *info = g_ptr_array_index (item->media, i);
      SakPlanKeep keep = judge_file (item, vault, withheld, info);

      if (keep != 0)
        {
          keep_file (item, i, keep);
          continue;
        }
      /* The store's, not what somebody signed. */
      info->size_bytes = sak_vault_get_media_size (vault, info->sha256);
      if (g_hash_table_add (counted, info->sha256))
        self->media_bytes += info->size_bytes;
      i++;
    }
}

/* What is left in an item's media leaves; what is not in this vault cannot. */
gboolean
sak_export_plan_settle_media (SakExportPlan  *self,
                              SakVault       *vault,
                              GError        **error)
{
  g_autoptr (GHashTable) withheld = collect_withheld (self, vault, error);
  g_autoptr (GHashTable) counted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; withheld != NULL && i < self->items->len; i++)
    settle_item (self, g_ptr_array_index (self->items, i), vault, withheld, counted);
  return withheld != NULL;
}

gboolean
sak_plan_item_check_media (const SakPlanItem    *self,
                           const SakExportPlan  *plan,
                           SakVault             *vault,
                           GError              **error)
{
  g_autoptr (GHashTable) withheld = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!sak_plan_item_leaves (self))
    return TRUE;
  if (!add_withheld_by_users (withheld, self, plan, vault, error))
    return FALSE;
  if (g_hash_table_size (withheld) == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the consent for a file changed since the plan was made");
  return FALSE;
}

static gboolean
allows_nobody (const json_t *consent)
{
  gint32 today = sak_consent_get_day (g_get_real_time () / G_USEC_PER_SEC);

  return !sak_consent_allows (consent, SAK_PURPOSE_SHARE, NULL, SAK_IDENTITY_NAMED, today) ||
         sak_consent_is_taken_back (consent, NULL);
}

/**
 * sak_export_plan_find_media_consent:
 *
 * For a copy that the owner makes for themselves, of whom it is for nothing is known: whether a
 * person or a testimony that has the content did not allow it to be shared with the name.
 */
gboolean
sak_export_plan_find_media_consent (SakVault    *vault,
                                    const char  *sha256,
                                    gboolean    *ret_is_withheld,
                                    GError     **error)
{
  g_autoptr (GPtrArray) users = sak_vault_list_media_users (vault, sha256, error);
  gboolean is_withheld = FALSE;

  if (users == NULL)
    return FALSE;
  for (guint i = 0; i < users->len && !is_withheld; i++)
    {
      g_autoptr (SakRecord) record = sak_vault_load_record (vault, users->pdata[i], error);

      if (record == NULL)
        return FALSE;
      is_withheld = (g_str_equal (record->kind, SAK_KIND_PERSON) ||
                     g_str_equal (record->kind, SAK_KIND_TESTIMONY)) &&
                    allows_nobody (json_object_get (record->fields, SAK_CONSENT_PATH));
    }
  *ret_is_withheld = is_withheld;
  return TRUE;
}
