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
#include "storage/model/sak-kind.h"
#include "storage/model/sak-place-coarse.h"
#include "storage/sak-network.h"
#include "storage/sak-vault-form.h"
#include "sync/sak-export-plan-private.h"

/* Characters of a question that stand for it where a plan is shown. */
#define MAX_WORDS 80

/* Never anything in them, so that they can be everybody's: of a hundred thousand records that leave, nearly all have
 * nothing found, chosen, kept or attached, and seven empty tables and lists for each were most of a plan's memory.
 */
static GHashTable *
get_empty_set (void)
{
  static GHashTable *empty = NULL;

  if (g_once_init_enter (&empty))
    g_once_init_leave (&empty, g_hash_table_new (g_str_hash, g_str_equal));
  return empty;
}

static GPtrArray *
get_empty_list (void)
{
  static GPtrArray *empty = NULL;

  if (g_once_init_enter (&empty))
    g_once_init_leave (&empty, g_ptr_array_new ());
  return empty;
}

GHashTable *
sak_plan_item_own_set (GHashTable **member)
{
  if (*member == get_empty_set ())
    {
      g_hash_table_unref (*member);
      *member = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  return *member;
}

GPtrArray *
sak_plan_item_own_list (GPtrArray     **member,
                        GDestroyNotify  free_element)
{
  if (*member == get_empty_list ())
    {
      g_ptr_array_unref (*member);
      *member = g_ptr_array_new_with_free_func (free_element);
    }
  return *member;
}

static GHashTable *
share_set (GHashTable *set)
{
  if (g_hash_table_size (set) > 0)
    return set;
  g_hash_table_unref (set);
  return g_hash_table_ref (get_empty_set ());
}

static GPtrArray *
share_list (GPtrArray *list)
{
  if (list->len > 0)
    return list;
  g_ptr_array_unref (list);
  return g_ptr_array_ref (get_empty_list ());
}

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
  g_free (self->conditions);
  g_clear_pointer (&self->kept_files, g_ptr_array_unref);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_hash_table_unref);
  g_clear_pointer (&self->withheld, g_hash_table_unref);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_clear_pointer (&self->revision_ids, g_ptr_array_unref);
  g_clear_pointer (&self->referred, g_hash_table_unref);
  g_clear_pointer (&self->refusing, g_hash_table_unref);
  g_free (self);
}

void
sak_export_plan_free (SakExportPlan *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->recipients, g_ptr_array_unref);
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  g_clear_pointer (&self->mentioned, g_hash_table_unref);
  g_clear_pointer (&self->refusing, g_hash_table_unref);
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
  self->roles = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->recipients->len; i++)
    {
      char *role = sak_vault_dup_contact_role (vault, g_ptr_array_index (self->recipients, i), error);

      if (role == NULL)
        return FALSE;
      g_ptr_array_add (self->roles, role);
    }
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

/* A form that was brought in has a version of the record for each of its own. */
static gboolean
is_same (SakRevision *revision,
         SakRevision *counting)
{
  if (g_str_equal (sak_revision_get_kind (revision), SAK_KIND_FORM))
    return memcmp (sak_revision_get_author (revision), sak_revision_get_author (counting), SAK_SIGN_PUBLIC_SIZE) == 0;
  return g_str_equal (sak_revision_get_id (counting), sak_revision_get_id (revision));
}

/* Of a record of the network one version goes, whatever others put beside it. */
static gboolean
tell_counting (SakVault     *vault,
               SakRevision  *revision,
               gboolean     *ret_counts,
               GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakRevision) counting = NULL;

  *ret_counts = TRUE;
  if (!sak_kind_is_network (sak_revision_get_kind (revision)))
    return TRUE;
  counting = sak_vault_load_counting (vault, sak_revision_get_record_id (revision), &local_error);
  *ret_counts = counting != NULL && is_same (revision, counting);
  if (counting != NULL || g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
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
  gboolean counts;
  const char *record_id;
  SakPlanItem *item;

  if (revision == NULL || !tell_counting (vault, revision, &counts, error))
    return FALSE;
  if (!counts)
    return TRUE;
  record_id = sak_revision_get_record_id (revision);
  item = g_hash_table_lookup (by_record, record_id);
  if (item == NULL)
    {
      item = g_new0 (SakPlanItem, 1);
      item->record_id = g_strdup (record_id);
      item->kind = g_strdup (sak_revision_get_kind (revision));
      item->is_sent_again = TRUE;
      item->revision_ids = g_ptr_array_new_with_free_func (g_free);
      item->referred = g_hash_table_ref (get_empty_set ());
      item->hits = g_ptr_array_ref (get_empty_list ());
      item->choices = g_hash_table_ref (get_empty_set ());
      item->kept_files = g_ptr_array_ref (get_empty_list ());
      g_ptr_array_add (self->items, item);
      g_hash_table_insert (by_record, item->record_id, item);
    }
  item->is_sent_again = item->is_sent_again && is_again;
  g_ptr_array_add (item->revision_ids, g_strdup (revision_id));
  sak_plan_item_note_media (item, revision);
  sak_export_plan_note_mentions (self, sak_revision_get_fields (revision));
  return TRUE;
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

/* As exactly as it leaves. */
static char *
get_leaving_place (const SakPlanItem *item,
                   const json_t      *fields)
{
  g_autoptr (json_t) leaving = json_object ();
  const char *path;
  json_t *value;

  json_object_foreach ((json_t *) fields, path, value)
    if (sak_plan_item_leaves (item) && !g_hash_table_contains (item->withheld, path))
      json_object_set (leaving, path, value);
  return g_strdup (sak_json_get_text (sak_place_find (leaving, "place"), "name"));
}

static gboolean
judge_item (SakExportPlan  *self,
            SakPlanItem    *item,
            SakVault       *vault,
            GError        **error)
{
  g_autoptr (GPtrArray) heads = sak_export_plan_load_heads (vault, item->record_id, error);

  item->refusing = g_hash_table_ref (self->refusing);
  if (heads == NULL)
    return FALSE;
  item->revision_id = g_strdup (sak_revision_get_id (heads->pdata[0]));
  return sak_export_plan_judge_item (self, vault, item->record_id, heads, &item->verdict, error) &&
         sak_export_plan_find_place_level (vault, item->record_id, &item->place_level, error);
}

/* By its words; the vault's own form knows what it is called, where it is not here the code must do. */
static char *
dup_words (const SakPlanItem  *item,
           const json_t       *fields,
           const SakRecord    *record)
{
  const char *text = sak_kind_is_network (item->kind) ? sak_json_get_text (fields, SAK_TEXT_PATH) : NULL;

  if (text == NULL && g_str_equal (item->kind, SAK_KIND_FORM))
    text = sak_json_get_text (fields, "title");
  if (text == NULL && g_str_equal (item->kind, SAK_KIND_VOCABULARY))
    text = sak_json_get_text (fields, SAK_KIND_VOCABULARY);
  return text != NULL ? g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_WORDS)) : g_strdup (record->code);
}

/* What a list shows of the record, from the version that leaves and not from a draft. */
static gboolean
describe (SakExportPlan  *self,
          SakPlanItem    *item,
          SakVault       *vault,
          GError        **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, item->record_id, error);
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (SakForm) foreign = NULL;
  SakRevision *head;
  const SakForm *form;
  const json_t *fields;

  if (record == NULL)
    return FALSE;
  heads = sak_export_plan_load_heads (vault, item->record_id, error);
  if (heads == NULL)
    return FALSE;
  head = g_ptr_array_index (heads, 0);
  foreign = sak_vault_find_form (vault, sak_revision_get_form (head), sak_revision_get_form_version (head), NULL);
  form = foreign != NULL ? foreign : sak_form_get (sak_revision_get_form (head));
  fields = sak_revision_get_fields (head);
  item->code = g_strdup (record->code);
  item->title = form != NULL ? sak_form_get_title (form, fields) : dup_words (item, fields, record);
  item->withheld = share_set (sak_plan_item_withhold (item, head));
  item->name = get_leaving_text (item, fields, "identity.name");
  item->place = get_leaving_place (item, fields);
  item->conditions = sak_export_plan_get_conditions (self, fields);
  item->media = share_list (sak_plan_item_list_media (item, fields));
  return TRUE;
}

static void
count_items (SakExportPlan *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (sak_plan_item_leaves (g_ptr_array_index (self->items, i)))
      self->n_leaving++;
    else
      self->n_staying++;
}

static gboolean
make_plan (SakExportPlan      *self,
           SakVault           *vault,
           const char *const  *recipients,
           const char *const  *records,
           GError            **error)
{
  g_autoptr (GHashTable) by_record = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) candidates = NULL;
  g_auto (GStrv) record_ids = NULL;
  guint n_again = 0;

  if (!find_recipients (self, vault, recipients, error))
    return FALSE;
  if (records != NULL && (record_ids = resolve_records (vault, records, error)) == NULL)
    return FALSE;
  candidates = sak_export_plan_find_candidates (vault, self->recipients,
                                                (const char *const *) record_ids, &n_again, error);
  if (candidates == NULL)
    return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    if (!add_candidate (self, by_record, vault, g_ptr_array_index (candidates, i), i < n_again,
                        error))
      return FALSE;
  if (!sak_export_plan_list_refusing (self, vault, &self->refusing, error))
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    if (!judge_item (self, g_ptr_array_index (self->items, i), vault, error))
      return FALSE;
  if (!sak_export_plan_scan (self, vault, error))
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    if (!describe (self, g_ptr_array_index (self->items, i), vault, error))
      return FALSE;
  return sak_export_plan_settle_media (self, vault, error);
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
  gboolean is_made;

  self->items = g_ptr_array_new_with_free_func (item_free);
  self->mentioned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sak_vault_remember_revisions (vault);
  is_made = make_plan (self, vault, recipients, records, error);
  sak_vault_forget_revisions (vault);
  if (!is_made)
    return NULL;
  count_items (self);
  return g_steal_pointer (&self);
}

static gboolean
changed (GError **error)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "a record changed since the plan was made");
  return FALSE;
}

static gboolean
check_item (const SakExportPlan  *self,
            const SakPlanItem    *item,
            SakVault             *vault,
            GError              **error)
{
  g_autoptr (GPtrArray) heads = sak_export_plan_load_heads (vault, item->record_id, error);
  SakPlanVerdict verdict;
  SakPlaceLevel place_level;

  if (heads == NULL ||
      !sak_export_plan_judge_item (self, vault, item->record_id, heads, &verdict, error) ||
      !sak_export_plan_find_place_level (vault, item->record_id, &place_level, error))
    return FALSE;
  if (item->verdict == SAK_PLAN_STAYS_CHOSEN && verdict == SAK_PLAN_LEAVES)
    verdict = item->verdict;
  if (verdict != item->verdict || place_level != item->place_level ||
      !g_str_equal (sak_revision_get_id (g_ptr_array_index (heads, 0)), item->revision_id))
    return changed (error);
  return sak_plan_item_check_media (item, self, vault, error);
}

static gboolean
check_refusing (const SakExportPlan  *self,
                SakVault             *vault,
                GError              **error)
{
  g_autoptr (GHashTable) refusing = NULL;
  GHashTableIter iter;
  gpointer id, verdict, before;

  if (!sak_export_plan_list_refusing (self, vault, &refusing, error))
    return FALSE;
  if (g_hash_table_size (refusing) != g_hash_table_size (self->refusing))
    return changed (error);
  g_hash_table_iter_init (&iter, refusing);
  while (g_hash_table_iter_next (&iter, &id, &verdict))
    if (!g_hash_table_lookup_extended (self->refusing, id, NULL, &before) || before != verdict)
      return changed (error);
  return TRUE;
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
  gboolean is_as_it_was = TRUE;

  sak_vault_remember_revisions (vault);
  for (guint i = 0; is_as_it_was && i < self->items->len; i++)
    is_as_it_was = check_item (self, g_ptr_array_index (self->items, i), vault, error);
  sak_vault_forget_revisions (vault);
  return is_as_it_was && check_refusing (self, vault, error);
}
