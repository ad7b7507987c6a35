/* sak-export-plan-scan.c - people who are not to be named, in the words that would leave
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever in the vault has not allowed these recipients to know the name is looked for in every
 * text of every version that would leave: titles, accounts, captions, notes in rows, reasons of
 * changes. What is found is for a person to decide: go back and write it anew, keep the field here,
 * or let it go knowingly. A choice holds for the same words, people and recipients, no longer.
 */
#include "config.h"

#include "storage/model/sak-kind.h"
#include "storage/model/sak-place-coarse.h"
#include "storage/model/sak-uuid.h"
#include "storage/model/sak-zawgyi.h"
#include "storage/sak-people.h"
#include "sync/sak-export-plan-private.h"

typedef struct
{
  char *record_id;
  char *title;
  gboolean was_asked;           /* … and did not allow the name */
} Person;

typedef struct _Scan Scan;

struct _Scan
{
  const SakExportPlan *plan;
  SakNameSieve *sieve;          /* all texts, so that few people are looked for */
  SakNameIndex *index;
  GPtrArray *people;            /* Person; what the index calls owner is a place in it */
  /* What is done with each text. */
  void (*take_text) (Scan *self, SakPlanItem *item, const char *path, const char *text);
};

static void
person_free (gpointer data)
{
  Person *self = data;

  g_free (self->record_id);
  g_free (self->title);
  g_free (self);
}

void
sak_plan_hit_free (gpointer data)
{
  SakPlanHit *self = data;

  g_free (self->path);
  g_free (self->words);
  g_free (self->person_id);
  g_free (self->person);
  g_free (self);
}

static void
add_names (Scan       *self,
           const char *text,
           guint       owner)
{
  g_auto (GStrv) names = text != NULL ? sak_name_split (text) : NULL;

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    sak_name_index_add_name (self->index, names[i], owner);
}

static gboolean
add_person (const char    *record_id,
            const char    *title,
            const json_t  *fields,
            gpointer       user_data,
            GError       **error)
{
  Scan *self = user_data;
  const char *contact = sak_json_get_text (fields, "identity.contact");
  Person *person;

  if (sak_export_plan_judge (self->plan, SAK_KIND_PERSON, fields) == SAK_PLAN_LEAVES)
    return TRUE;
  person = g_new0 (Person, 1);
  person->record_id = g_strdup (record_id);
  person->title = g_strdup (title);
  person->was_asked = json_object_size (json_object_get (fields, "consent")) > 0;
  g_ptr_array_add (self->people, person);
  add_names (self, sak_json_get_text (fields, "identity.name"), self->people->len - 1);
  add_names (self, sak_json_get_text (fields, "identity.other_names"), self->people->len - 1);
  if (contact != NULL)
    sak_name_index_add_contact (self->index, contact, self->people->len - 1);
  return TRUE;
}

static gboolean
is_known (const SakPlanItem *item,
          const SakPlanHit  *hit)
{
  for (guint i = 0; i < item->hits->len; i++)
    {
      const SakPlanHit *other = g_ptr_array_index (item->hits, i);

      if (other->kind == hit->kind && g_str_equal (other->path, hit->path) && g_str_equal (other->words, hit->words) &&
          g_strcmp0 (other->person_id, hit->person_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
put_into_sieve (Scan        *self,
                SakPlanItem *item,
                const char  *path,
                const char  *text)
{
  sak_name_sieve_add_text (self->sieve, text);
}

static void
look_for_people (Scan        *self,
                 SakPlanItem *item,
                 const char  *path,
                 const char  *text)
{
  g_autoptr (GArray) hits = sak_name_index_scan (self->index, text);

  for (guint i = 0; i < hits->len; i++)
    {
      const SakTextHit *found = &g_array_index (hits, SakTextHit, i);
      SakPlanHit *hit = g_new0 (SakPlanHit, 1);

      hit->path = g_strdup (path);
      hit->words = g_strndup (text + found->start, found->end - found->start);
      hit->kind = found->kind;
      hit->likeness = found->likeness;
      hit->reasons = found->reasons;
      if (found->kind == SAK_HIT_NAME || found->kind == SAK_HIT_CONTACT)
        {
          const Person *person = g_ptr_array_index (self->people, found->owner);

          hit->person_id = g_strdup (person->record_id);
          hit->person = g_strdup (person->title);
          hit->must_be_decided = found->likeness == SAK_NAME_SAME && person->was_asked;
        }
      if (is_known (item, hit))
        sak_plan_hit_free (hit);
      else
        g_ptr_array_add (sak_plan_item_own_list (&item->hits, sak_plan_hit_free), hit);
    }
}

/* What may be Zawgyi is also read as it would be after it is converted: a name in it is the same name. */
static void
take (Scan        *self,
      SakPlanItem *item,
      const char  *path,
      const char  *text)
{
  g_autofree char *converted = sak_zawgyi_convert_suspect (text);

  self->take_text (self, item, path, text);
  if (converted != NULL)
    self->take_text (self, item, path, converted);
}

/* What programs wrote is no text: ids, digests, codes. */
static gboolean
is_words (const char *name,
          const char *text)
{
  static const char *const codes[] = { "sha256", "type", "role", "to", "added", "modified", "taken", "name_bytes",
                                       "key", "recipient", "purpose", "identity", "edtf", NULL };

  return *text != '\0' && (name == NULL || !g_strv_contains (codes, name)) && !sak_uuid_is_valid (text);
}

static void
scan_value (Scan         *self,
            SakPlanItem  *item,
            const char   *path,
            const char   *name,
            const json_t *value)
{
  const char *member;
  json_t *inner;
  gsize i;

  if (json_is_string (value) && is_words (name, json_string_value (value)))
    take (self, item, path, json_string_value (value));
  json_object_foreach ((json_t *) value, member, inner)
    scan_value (self, item, path, member, inner);
  json_array_foreach (value, i, inner)
    scan_value (self, item, path, name, inner);
}

/* What people wrote in it: words, the reason why a key counts no more, forms and terms. */
static void
scan_network (Scan         *self,
              SakPlanItem  *item,
              const char   *path,
              const json_t *value)
{
  gsize i;
  json_t *entry;

  if (g_str_equal (path, SAK_TEXT_PATH) ||
      (!g_str_equal (path, SAK_TO_PATH) &&
       (g_str_equal (item->kind, SAK_KIND_FORM) || g_str_equal (item->kind, SAK_KIND_VOCABULARY))))
    scan_value (self, item, path, NULL, value);
  else if (g_str_equal (item->kind, SAK_KIND_NOTICE) && g_str_equal (path, "revoked"))
    json_array_foreach (value, i, entry)
      scan_value (self, item, path, NULL, json_object_get (entry, "why"));
}

static void
scan_revision (Scan        *self,
               SakPlanItem *item,
               SakRevision *revision)
{
  g_autoptr (GHashTable) withheld = sak_plan_item_withhold (item, revision);
  const char *reason = sak_revision_get_reason (revision);
  gboolean is_network = sak_kind_is_network (item->kind);
  const char *path;
  json_t *value;

  json_object_foreach (sak_revision_get_fields (revision), path, value)
    if (is_network)
      scan_network (self, item, path, value);
    else if (!g_hash_table_contains (withheld, path) && !g_str_equal (path, "code") && !sak_place_is_coarse_path (path))
      scan_value (self, item, path, NULL, value);
  if (reason != NULL)
    take (self, item, SAK_PLAN_REASON_PATH, reason);
}

static void
collect_ids (GHashTable   *ids,
             const json_t *value)
{
  const char *member;
  json_t *inner;
  gsize i;

  if (json_is_string (value) && sak_uuid_is_valid (json_string_value (value)))
    g_hash_table_add (ids, g_strdup (json_string_value (value)));
  json_object_foreach ((json_t *) value, member, inner)
    collect_ids (ids, inner);
  json_array_foreach (value, i, inner)
    collect_ids (ids, inner);
}

/* Who was never asked is asked about where the record has to do with them; elsewhere a name that
 * is like theirs is shown, and no more.
 */
static void
ask_about_linked (SakPlanItem *item,
                  GHashTable  *linked)
{
  for (guint i = 0; i < item->hits->len; i++)
    {
      SakPlanHit *hit = g_ptr_array_index (item->hits, i);

      if (hit->person_id != NULL && hit->likeness == SAK_NAME_SAME
          && (g_hash_table_contains (linked, hit->person_id) || g_str_equal (hit->person_id, item->record_id)))
        hit->must_be_decided = TRUE;
    }
}

/* @linked: to be filled with the ids that stand in the fields; or NULL. */
static gboolean
scan_item (Scan           *self,
           SakPlanItem    *item,
           SakVault       *vault,
           GHashTable     *linked,
           GError        **error)
{
  for (guint i = 0; i < item->revision_ids->len; i++)
    {
      g_autoptr (SakRevision) revision = sak_vault_load_revision (vault, item->revision_ids->pdata[i], error);

      if (revision == NULL)
        return FALSE;
      scan_revision (self, item, revision);
      if (linked != NULL)
        collect_ids (linked, sak_revision_get_fields (revision));
    }
  return TRUE;
}

static gboolean
fill_sieve (Scan           *self,
            SakVault       *vault,
            GError        **error)
{
  self->take_text = put_into_sieve;
  for (guint i = 0; i < self->plan->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (self->plan->items, i);

      if (sak_plan_item_leaves (item) && !scan_item (self, item, vault, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
judge_item (Scan           *self,
            SakExportPlan  *plan,
            SakPlanItem    *item,
            SakVault       *vault,
            GError        **error)
{
  g_autoptr (GHashTable) linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!sak_export_plan_apply_kept (plan, item, vault, error) || !scan_item (self, item, vault, linked, error))
    return FALSE;
  ask_about_linked (item, linked);
  return sak_export_plan_apply_choices (plan, item, vault, error);
}

gboolean
sak_export_plan_scan (SakExportPlan  *self,
                      SakVault       *vault,
                      GError        **error)
{
  g_autoptr (SakNameSieve) sieve = sak_name_sieve_new ();
  g_autoptr (SakNameIndex) index = sak_name_index_new ();
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (person_free);
  Scan scan = { self, sieve, index, people, NULL };

  if (self->items->len == 0)
    return TRUE;
  if (!fill_sieve (&scan, vault, error) || !sak_vault_foreach_named (vault, sieve, add_person, &scan, error))
    return FALSE;
  scan.take_text = look_for_people;
  for (guint i = 0; i < self->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (self->items, i);

      if (sak_plan_item_leaves (item) && !judge_item (&scan, self, item, vault, error))
        return FALSE;
    }
  return TRUE;
}
