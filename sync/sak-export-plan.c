/* sak-export-plan.c - what will leave this computer, decided and shown before it does
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verdict comes from the record's latest finished version, of two heads from the
 * stricter one, and holds for the whole of the history that is sent.
 */
#include "config.h"

#include "sync/sak-export-plan.h"

#include <string.h>

#include "storage/model/sak-form.h"
#include "sync/sak-export-plan-private.h"

static void
item_free (gpointer data)
{
  SakPlanItem *self = data;

  if (self == NULL)
    return;
  g_free (self->record_id);
  g_free (self->revision_id);
  g_free (self->kind);
  g_free (self->code);
  g_free (self->title);
  g_free (self->name);
  g_free (self->place);
  g_clear_pointer (&self->withheld, g_hash_table_unref);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_clear_pointer (&self->revision_ids, g_ptr_array_unref);
  g_clear_pointer (&self->referred, g_hash_table_unref);
  g_free (self);
}

void
sak_export_plan_free (SakExportPlan *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->recipients, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

static gboolean
check_recipient (SakVault          *vault,
                 const SakContact  *recipient,
                 GError           **error)
{
  if (recipient->trust == SAK_TRUST_REVOKED)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_UNTRUSTED, "a recipient's key was revoked");
      return FALSE;
    }
  if (!!recipient->is_practice != !!sak_vault_is_practice (vault))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_PRACTICE,
                   "a practice vault and a real one do not exchange");
      return FALSE;
    }
  return TRUE;
}

static gint
compare_recipients (gconstpointer a,
                    gconstpointer b)
{
  const SakContact *contact_a = *(SakContact *const *) a, *contact_b = *(SakContact *const *) b;

  return memcmp (&contact_a->recipient, &contact_b->recipient, sizeof contact_a->recipient);
}

/* By key, as the bundle will list them. */
static gboolean
find_recipients (SakExportPlan      *self,
                 SakVault           *vault,
                 const char *const  *names,
                 GError            **error)
{
  self->recipients = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_contact_free);
  for (guint i = 0; names[i] != NULL; i++)
    {
      SakContact *recipient;

      if (g_strv_contains (names + i + 1, names[i]))
        continue;
      recipient = sak_vault_find_contact (vault, names[i], error);
      if (recipient == NULL)
        return FALSE;
      g_ptr_array_add (self->recipients, recipient);
      if (!check_recipient (vault, recipient, error))
        return FALSE;
    }
  if (self->recipients->len == 0 || self->recipients->len > SAK_AGE_MAX_RECIPIENTS)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a bundle has 1 to %d recipients",
                   SAK_AGE_MAX_RECIPIENTS);
      return FALSE;
    }
  g_ptr_array_sort (self->recipients, compare_recipients);
  return TRUE;
}

/* Codes become ids; what was never finished cannot leave. */
static char **
resolve_records (SakVault           *vault,
                 const char *const  *records,
                 GError            **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; records[i] != NULL; i++)
    {
      g_autoptr (SakRecord) record = sak_vault_load_record (vault, records[i], error);

      if (record == NULL)
        return NULL;
      if (record->base_revision == NULL)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "record %s was never finished",
                       record->code);
          return NULL;
        }
      g_ptr_array_add (ids, g_strdup (record->id));
    }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_steal (ids, NULL);
}

static void
add_media_of_revision (GHashTable  *set,
                       SakRevision *revision)
{
  g_autoptr (GPtrArray) media = sak_media_list_from_fields (sak_revision_get_fields (revision));

  for (guint i = 0; i < media->len; i++)
    g_hash_table_add (set, g_strdup (((SakMediaInfo *) media->pdata[i])->sha256));
}

/* Groups revisions by record, records in the order of their first one. */
static gboolean
add_candidate (SakExportPlan  *self,
               GHashTable     *by_record,
               SakVault       *vault,
               const char     *revision_id,
               gboolean        is_again,
               GError        **error)
{
  g_autoptr (SakRevision) revision = sak_vault_load_revision (vault, revision_id, error);
  const char *record_id;
  SakPlanItem *item;

  if (revision == NULL)
    return FALSE;
  record_id = sak_revision_get_record_id (revision);
  item = g_hash_table_lookup (by_record, record_id);
  if (item == NULL)
    {
      item = g_new0 (SakPlanItem, 1);
      item->record_id = g_strdup (record_id);
      item->kind = g_strdup (sak_revision_get_kind (revision));
      item->is_sent_again = TRUE;
      item->revision_ids = g_ptr_array_new_with_free_func (g_free);
      item->referred = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_ptr_array_add (self->items, item);
      g_hash_table_insert (by_record, item->record_id, item);
    }
  item->is_sent_again = item->is_sent_again && is_again;
  g_ptr_array_add (item->revision_ids, g_strdup (revision_id));
  add_media_of_revision (item->referred, revision);
  return TRUE;
}

/* Heads as the vault has them: what another author put on top of a version does not take
 * the consent in it away.
 */
static SakPlanVerdict
judge_heads (GPtrArray *heads,
             GPtrArray *recipients)
{
  SakPlanVerdict strictest = SAK_PLAN_LEAVES;

  for (guint i = 0; i < heads->len; i++)
    {
      SakPlanVerdict verdict = sak_export_plan_judge (g_ptr_array_index (heads, i), recipients);

      strictest = MAX (strictest, verdict);
    }
  return strictest;
}

static GPtrArray *
load_heads (SakVault    *vault,
            const char  *record_id,
            GError     **error)
{
  g_autoptr (GPtrArray) heads = sak_vault_list_heads (vault, record_id, error);

  if (heads == NULL || heads->len > 0)
    return g_steal_pointer (&heads);
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a record has revisions and no head");
  return NULL;
}

static char *
get_leaving_text (const SakPlanItem *item,
                  const json_t      *fields,
                  const char        *path)
{
  const json_t *value = json_object_get (fields, path);
  const char *text = NULL;

  if (!sak_plan_item_leaves (item) || g_hash_table_contains (item->withheld, path))
    return NULL;
  if (json_is_object (value))
    text = sak_json_get_text (value, "name");
  else if (json_is_string (value))
    text = json_string_value (value);
  return g_strdup (text);
}

/* A version that is not sent yet, and was not chosen now, may have newer ones: nothing in the
 * bundle would refer to them.
 */
static GPtrArray *
list_media (SakPlanItem  *item,
            const json_t *fields)
{
  GPtrArray *media = sak_media_list_from_fields (fields);

  for (guint i = media->len; i > 0; i--)
    if (!g_hash_table_contains (item->referred, ((SakMediaInfo *) media->pdata[i - 1])->sha256))
      g_ptr_array_remove_index (media, i - 1);
  return media;
}

/* What a list shows of the record, from the version that leaves and not from a draft. */
static gboolean
describe (SakPlanItem  *item,
          SakVault     *vault,
          GPtrArray    *recipients,
          GError      **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, item->record_id, error);
  g_autoptr (GPtrArray) heads = NULL;
  SakRevision *head;
  const SakForm *form;
  const json_t *fields;

  if (record == NULL)
    return FALSE;
  heads = load_heads (vault, item->record_id, error);
  if (heads == NULL)
    return FALSE;
  head = g_ptr_array_index (heads, 0);
  form = sak_form_get (sak_revision_get_form (head));
  fields = sak_revision_get_fields (head);
  item->verdict = judge_heads (heads, recipients);
  item->revision_id = g_strdup (sak_revision_get_id (head));
  item->code = g_strdup (record->code);
  item->title = form != NULL ? sak_form_get_title (form, fields) : g_strdup (record->code);
  item->withheld = sak_plan_item_withhold (item, head);
  item->name = get_leaving_text (item, fields, "identity.name");
  item->place = get_leaving_text (item, fields, "place");
  item->media = list_media (item, fields);
  return TRUE;
}

/* Of all of its history: a file that was taken out of a record was in it. */
static gboolean
add_withheld_media (GHashTable   *withheld,
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

/* A person or a testimony that refers to the content, in this plan or not, and does not let
 * it leave. One that was never finished has not said yes.
 */
static gboolean
user_withholds (SakVault    *vault,
                const char  *record_id,
                GPtrArray   *recipients,
                gboolean    *ret_withholds,
                GError     **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, record_id, error);
  g_autoptr (GPtrArray) heads = NULL;

  if (record == NULL || (heads = sak_vault_list_heads (vault, record_id, error)) == NULL)
    return FALSE;
  if (heads->len == 0)
    *ret_withholds = g_str_equal (record->kind, SAK_KIND_PERSON) || g_str_equal (record->kind, SAK_KIND_TESTIMONY);
  else
    *ret_withholds = judge_heads (heads, recipients) != SAK_PLAN_LEAVES;
  return TRUE;
}

static gboolean
add_withheld_by_users (GHashTable   *withheld,
                       SakPlanItem  *item,
                       SakVault     *vault,
                       GPtrArray    *recipients,
                       GError      **error)
{
  for (guint i = 0; i < item->media->len; i++)
    {
      const SakMediaInfo *info = g_ptr_array_index (item->media, i);
      g_autoptr (GPtrArray) users = sak_vault_list_media_users (vault, info->sha256, error);
      gboolean withholds = FALSE;

      if (users == NULL)
        return FALSE;
      for (guint j = 0; j < users->len && !withholds; j++)
        if (!user_withholds (vault, users->pdata[j], recipients, &withholds, error))
          return FALSE;
      if (withholds)
        g_hash_table_add (withheld, g_strdup (info->sha256));
    }
  return TRUE;
}

/* Contents that some record withholds do not leave by way of another one. */
static GHashTable *
collect_withheld_media (SakExportPlan  *self,
                        SakVault       *vault,
                        GError        **error)
{
  g_autoptr (GHashTable) withheld = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (self->items, i);

      if (item->verdict != SAK_PLAN_LEAVES && !add_withheld_media (withheld, item, vault, error))
        return NULL;
      if (!add_withheld_by_users (withheld, item, vault, self->recipients, error))
        return NULL;
    }
  return g_steal_pointer (&withheld);
}

/* What is left in an item's media leaves; what is not in this vault cannot. */
static void
settle_media (SakExportPlan *self,
              SakVault      *vault,
              GHashTable    *withheld)
{
  g_autoptr (GHashTable) counted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (self->items, i);

      for (guint j = item->media->len; j > 0; j--)
        {
          SakMediaInfo *info = g_ptr_array_index (item->media, j - 1);

          if (g_hash_table_contains (withheld, info->sha256) ||
              !sak_vault_has_media (vault, info->sha256))
            {
              item->n_media_withheld++;
              g_ptr_array_remove_index (item->media, j - 1);
            }
          else
            {
              /* The store's, not what somebody signed. */
              info->size_bytes = sak_vault_get_media_size (vault, info->sha256);
              if (g_hash_table_add (counted, info->sha256))
                self->media_bytes += info->size_bytes;
            }
        }
      if (sak_plan_item_leaves (item))
        self->n_leaving++;
      else
        self->n_staying++;
    }
}

/**
 * sak_export_plan_new:
 * @records: (nullable): ids or codes; NULL for all that was not sent yet
 *
 * Looks at the vault and changes nothing but that a stream may begin. A plan is good
 * until the vault changes: make it, show it, and hand it to sak_bundle_create().
 */
SakExportPlan *
sak_export_plan_new (SakVault           *vault,
                     const char *const  *recipients,
                     const char *const  *records,
                     GError            **error)
{
  g_autoptr (SakExportPlan) self = g_new0 (SakExportPlan, 1);
  g_autoptr (GHashTable) by_record = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (GHashTable) withheld_media = NULL;
  g_auto (GStrv) record_ids = NULL;
  guint n_again = 0;

  self->items = g_ptr_array_new_with_free_func (item_free);
  if (!find_recipients (self, vault, recipients, error))
    return NULL;
  if (records != NULL && (record_ids = resolve_records (vault, records, error)) == NULL)
    return NULL;
  candidates = sak_export_plan_find_candidates (vault, self->recipients,
                                                (const char *const *) record_ids, &n_again, error);
  if (candidates == NULL)
    return NULL;
  for (guint i = 0; i < candidates->len; i++)
    if (!add_candidate (self, by_record, vault, g_ptr_array_index (candidates, i), i < n_again,
                        error))
      return NULL;
  for (guint i = 0; i < self->items->len; i++)
    if (!describe (g_ptr_array_index (self->items, i), vault, self->recipients, error))
      return NULL;
  withheld_media = collect_withheld_media (self, vault, error);
  if (withheld_media == NULL)
    return NULL;
  settle_media (self, vault, withheld_media);
  return g_steal_pointer (&self);
}

static gboolean
check_media_may_leave (const SakPlanItem  *item,
                       SakVault           *vault,
                       GPtrArray          *recipients,
                       GError            **error)
{
  g_autoptr (GHashTable) withheld = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!sak_plan_item_leaves (item))
    return TRUE;
  if (!add_withheld_by_users (withheld, (SakPlanItem *) item, vault, recipients, error))
    return FALSE;
  if (g_hash_table_size (withheld) == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the consent for a file changed since the plan was made");
  return FALSE;
}

/**
 * sak_export_plan_check:
 *
 * CONFLICT where a record has changed since, or what its consent says today: what would
 * leave is no longer what was shown.
 */
gboolean
sak_export_plan_check (const SakExportPlan  *self,
                       SakVault             *vault,
                       GError              **error)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const SakPlanItem *item = g_ptr_array_index (self->items, i);
      g_autoptr (GPtrArray) heads = load_heads (vault, item->record_id, error);

      if (heads == NULL)
        return FALSE;
      if (judge_heads (heads, self->recipients) != item->verdict ||
          !g_str_equal (sak_revision_get_id (g_ptr_array_index (heads, 0)), item->revision_id))
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "a record changed since the plan was made");
          return FALSE;
        }
      if (!check_media_may_leave (item, vault, self->recipients, error))
        return FALSE;
    }
  return TRUE;
}
