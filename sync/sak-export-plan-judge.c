/* sak-export-plan-judge.c - what consent says about a record leaving
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question that was not asked is not a yes. sak_consent_allows() decides; the words in
 * the form only tell why, where it does not allow.
 */
#include "config.h"

#include "crypto/sak-hex.h"
#include "storage/model/sak-consent.h"
#include "storage/model/sak-form.h"
#include "storage/model/sak-path.h"
#include "sync/sak-export-plan-private.h"

/* Whether the field tells who it is, or its media show it. */
static gboolean
field_identifies (const SakForm *form,
                  const char    *path)
{
  const SakFormField *field = form != NULL ? sak_form_find_field (form, path) : NULL;

  return sak_path_is_identity (path) || sak_path_is_in (path, SAK_PATH_MEDIA) ||
         (field != NULL && sak_form_field_is_identity (field));
}

static SakPlanVerdict
judge_for (const json_t *consent,
           gboolean      is_person,
           const char   *recipient)
{
  gint32 today = sak_consent_get_day (g_get_real_time () / G_USEC_PER_SEC);
  const char *withdrawn = consent != NULL ? sak_json_get_text (consent, "withdrawn") : NULL;
  const char *share = consent != NULL ? sak_json_get_text (consent, "share") : NULL;

  if (withdrawn != NULL && *withdrawn != '\0')
    return SAK_PLAN_STAYS_WITHDRAWN;
  if (g_strcmp0 (share, "no") == 0)
    return SAK_PLAN_STAYS_REFUSED;
  if (consent != NULL && sak_consent_allows (consent, SAK_PURPOSE_SHARE, recipient,
                                             SAK_IDENTITY_NAMED, today))
    return SAK_PLAN_LEAVES;
  if (consent != NULL && sak_consent_allows (consent, SAK_PURPOSE_SHARE, recipient,
                                             SAK_IDENTITY_NONE, today))
    return SAK_PLAN_LEAVES_UNNAMED;
  /* That somebody was harmed can be told without saying who it was. */
  return is_person ? SAK_PLAN_LEAVES_UNNAMED : SAK_PLAN_STAYS_NOT_ASKED;
}

SakPlanVerdict
sak_export_plan_judge (SakRevision *head,
                       GPtrArray   *recipients)
{
  const char *kind = sak_revision_get_kind (head);
  gboolean is_person = g_str_equal (kind, SAK_KIND_PERSON);
  const json_t *consent = json_object_get (sak_revision_get_fields (head), SAK_CONSENT_PATH);
  SakPlanVerdict strictest = SAK_PLAN_LEAVES;

  if (!is_person && !g_str_equal (kind, SAK_KIND_TESTIMONY))
    return SAK_PLAN_LEAVES;
  for (guint i = 0; i < recipients->len; i++)
    {
      SakContact *recipient = g_ptr_array_index (recipients, i);
      g_autofree char *key = sak_hex_encode (recipient->signing_key, sizeof recipient->signing_key);
      g_autofree char *whom = g_strconcat (SAK_CONSENT_SECRETARIAT " " SAK_CONSENT_KEY_PREFIX, key, NULL);
      SakPlanVerdict verdict = judge_for (consent, is_person, whom);

      strictest = MAX (strictest, verdict);
    }
  return strictest;
}

gboolean
sak_plan_item_leaves (const SakPlanItem *self)
{
  return self->verdict == SAK_PLAN_LEAVES || self->verdict == SAK_PLAN_LEAVES_UNNAMED;
}

/**
 * sak_plan_item_withhold:
 *
 * An older revision may have fields that the latest has not: each is looked at for
 * itself, under the verdict of the latest.
 */
GHashTable *
sak_plan_item_withhold (const SakPlanItem *self,
                        SakRevision       *revision)
{
  GHashTable *withheld = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const SakForm *form = sak_form_get (sak_revision_get_form (revision));
  const char *path;
  json_t *value;

  if (self->verdict == SAK_PLAN_LEAVES)
    return withheld;
  json_object_foreach (sak_revision_get_fields (revision), path, value)
    if (!sak_plan_item_leaves (self) || field_identifies (form, path)
        || (g_str_equal (path, SAK_CONSENT_PATH) && sak_consent_has_names (value)))
      g_hash_table_add (withheld, g_strdup (path));
  return withheld;
}
