/* sak-export-plan-judge.c - what consent says about a record leaving
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question that was not asked is not a yes. sak_consent_ask() decides; what is here says
 * which question to ask for whom, and what its answer means for the fields.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-consent.h"
#include "storage/model/sak-form.h"
#include "storage/model/sak-kind.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-place-coarse.h"
#include "storage/model/sak-uuid.h"
#include "storage/sak-withdrawal.h"
#include "sync/sak-export-plan-private.h"

#define PSEUDONYM_PATH "known_as"

/* Whether the field tells who it is, or its media show it. */
static gboolean
field_identifies (const SakForm *form,
                  const char    *path)
{
  const SakFormField *field = form != NULL ? sak_form_find_field (form, path) : NULL;

  return sak_path_is_identity (path) || (field != NULL && sak_form_field_is_identity (field));
}

/* What a recipient is decides what it would be given for. */
static SakPurpose
get_purpose (const char *role)
{
  static const struct { const char *role; SakPurpose purpose; } purposes[] = {
    { "national-court", SAK_PURPOSE_COURT },
    { "international-court", SAK_PURPOSE_COURT },
    { "un", SAK_PURPOSE_COURT },
    { "journalists", SAK_PURPOSE_MEDIA },
    { "researchers", SAK_PURPOSE_RESEARCH },
    { "helpers", SAK_PURPOSE_HELP },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (g_str_equal (role, purposes[i].role))
      return purposes[i].purpose;
  return SAK_PURPOSE_SHARE;
}

/* Who may not be sent something at all may not be sent it for a purpose either. */
static SakConsentAnswer
ask (const json_t      *consent,
     const char        *role,
     const char        *whom,
     SakIdentityLevel  *ret_level)
{
  gint32 today = sak_consent_get_day (g_get_real_time () / G_USEC_PER_SEC);
  SakPurpose purpose = get_purpose (role);
  SakConsentAnswer answer = sak_consent_ask (consent, purpose, whom, today, ret_level);
  SakIdentityLevel level;
  SakConsentAnswer other;

  if (purpose == SAK_PURPOSE_SHARE || answer != SAK_CONSENT_YES)
    return answer;
  other = sak_consent_ask (consent, SAK_PURPOSE_SHARE, whom, today, &level);
  if (other == SAK_CONSENT_YES)
    *ret_level = MIN (*ret_level, level);
  return other == SAK_CONSENT_NOT_ASKED ? SAK_CONSENT_YES : other;
}

static SakPlanVerdict
get_verdict (SakConsentAnswer answer,
             SakIdentityLevel level,
             gboolean         is_person)
{
  static const SakPlanVerdict by_level[] = {
    [SAK_IDENTITY_NONE] = SAK_PLAN_LEAVES_ANONYMOUS, [SAK_IDENTITY_PSEUDONYM] = SAK_PLAN_LEAVES_UNNAMED,
    [SAK_IDENTITY_NAMED] = SAK_PLAN_LEAVES,
  };
  static const SakPlanVerdict by_answer[] = {
    [SAK_CONSENT_NOT_ASKED] = SAK_PLAN_STAYS_NOT_ASKED, [SAK_CONSENT_REFUSED] = SAK_PLAN_STAYS_REFUSED,
    [SAK_CONSENT_WITHDRAWN] = SAK_PLAN_STAYS_WITHDRAWN, [SAK_CONSENT_EXPIRED] = SAK_PLAN_STAYS_EXPIRED,
    [SAK_CONSENT_GUARDIAN] = SAK_PLAN_STAYS_GUARDIAN, [SAK_CONSENT_CLOCK] = SAK_PLAN_STAYS_CLOCK,
    [SAK_CONSENT_UNREADABLE] = SAK_PLAN_STAYS_UNREADABLE,
  };

  if (answer == SAK_CONSENT_YES)
    return by_level[level];
  /* That somebody was harmed can be told without saying who it was. */
  return answer == SAK_CONSENT_NOT_ASKED && is_person ? SAK_PLAN_LEAVES_UNNAMED : by_answer[answer];
}

static SakPlanVerdict
judge_for (const json_t *consent,
           gboolean      is_person,
           const char   *role,
           const char   *whom)
{
  const char *withdrawn = sak_json_get_text (consent, "withdrawn");
  SakIdentityLevel level = SAK_IDENTITY_NONE;
  SakConsentAnswer answer;

  /* Whatever the day: who has said that they will is not sent on until then. */
  if (withdrawn != NULL && *withdrawn != '\0')
    return SAK_PLAN_STAYS_WITHDRAWN;
  answer = ask (consent, role, whom, &level);
  return get_verdict (answer, level, is_person);
}

static gboolean
has_consent (const char *kind)
{
  return g_str_equal (kind, SAK_KIND_PERSON) || g_str_equal (kind, SAK_KIND_TESTIMONY);
}

static gboolean
is_for (GPtrArray         *keys,
        SakRevision       *revision,
        const SakContact  *recipient)
{
  g_autofree char *key = sak_hex_encode (recipient->signing_key, sizeof recipient->signing_key);

  return g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL) ||
         memcmp (sak_revision_get_author (revision), recipient->signing_key, sizeof recipient->signing_key) == 0;
}

/* A record of the network goes to those to whom it is addressed, and to nobody beside them but back to its author, who
 * may have lost it.
 */
static SakPlanVerdict
judge_network (const SakExportPlan *self,
               SakRevision         *revision)
{
  g_autoptr (GPtrArray) keys = sak_kind_list_addressees (sak_revision_get_fields (revision));

  /* A form that was brought in here is for whoever is sent a record that was written by it. */
  if (g_str_equal (sak_revision_get_kind (revision), SAK_KIND_FORM) &&
      json_object_get (sak_revision_get_fields (revision), SAK_TO_PATH) == NULL)
    return SAK_PLAN_LEAVES;
  if (keys->len == 0)
    return SAK_PLAN_STAYS_INTERNAL;
  for (guint i = 0; i < self->recipients->len; i++)
    if (!is_for (keys, revision, g_ptr_array_index (self->recipients, i)))
      return SAK_PLAN_STAYS_OTHERS;
  return SAK_PLAN_LEAVES;
}

SakPlanVerdict
sak_export_plan_judge (const SakExportPlan *self,
                       const char          *kind,
                       const json_t        *fields)
{
  const json_t *consent = json_object_get (fields, SAK_CONSENT_PATH);
  gboolean is_person = g_str_equal (kind, SAK_KIND_PERSON);
  SakPlanVerdict strictest = SAK_PLAN_LEAVES;

  if (!has_consent (kind))
    return SAK_PLAN_LEAVES;
  for (guint i = 0; i < self->recipients->len; i++)
    {
      const SakContact *recipient = g_ptr_array_index (self->recipients, i);
      const char *role = g_ptr_array_index (self->roles, i);
      g_autofree char *key = sak_hex_encode (recipient->signing_key, sizeof recipient->signing_key);
      g_autofree char *whom = g_strconcat (role, " " SAK_CONSENT_KEY_PREFIX, key, NULL);
      SakPlanVerdict verdict = judge_for (consent, is_person, role, whom);

      strictest = MAX (strictest, verdict);
    }
  return strictest;
}

/* Heads as the vault has them: what another author put on top of a version does not take
 * the consent in it away. And a draft: a refusal that was written down and not finished yet
 * is a refusal. A record that was never finished has nothing but its draft.
 */
gboolean
sak_export_plan_judge_record (const SakExportPlan  *self,
                              SakVault             *vault,
                              const char           *record_id,
                              GPtrArray            *heads,
                              SakPlanVerdict       *ret_verdict,
                              GError              **error)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, record_id, error);
  SakPlanVerdict strictest;

  if (record == NULL)
    return FALSE;
  strictest = sak_export_plan_judge (self, record->kind, record->fields);
  for (guint i = 0; i < heads->len; i++)
    {
      SakPlanVerdict verdict = sak_kind_is_network (record->kind)
                                 ? judge_network (self, heads->pdata[i])
                                 : sak_export_plan_judge (self, record->kind,
                                                          sak_revision_get_fields (heads->pdata[i]));

      strictest = MAX (strictest, verdict);
    }
  *ret_verdict = strictest;
  return TRUE;
}

/* Whether all of them were sent the record, and its own latest version takes consent back. One
 * that names who was present would tell more than is needed.
 */
static gboolean
is_withdrawal (const SakExportPlan  *self,
               SakVault             *vault,
               const char           *record_id,
               SakRevision          *head,
               gboolean             *ret_is_withdrawal,
               GError              **error)
{
  const json_t *consent = json_object_get (sak_revision_get_fields (head), SAK_CONSENT_PATH);

  *ret_is_withdrawal = FALSE;
  for (guint i = 0; i < self->recipients->len; i++)
    {
      const SakContact *recipient = g_ptr_array_index (self->recipients, i);
      g_autofree char *hex = sak_hex_encode (recipient->signing_key, sizeof recipient->signing_key);
      g_autofree char *key = g_strconcat (SAK_CONSENT_KEY_PREFIX, hex, NULL);
      gboolean was_sent;

      if (!sak_vault_was_sent (vault, recipient, record_id, &was_sent, error))
        return FALSE;
      if (!was_sent || !sak_consent_is_taken_back (consent, key))
        return TRUE;
    }
  *ret_is_withdrawal = !sak_consent_has_names (consent);
  return TRUE;
}

/* As sak_export_plan_judge_record(), and whether those who have it are to learn that it is taken back. */
gboolean
sak_export_plan_judge_item (const SakExportPlan  *self,
                            SakVault             *vault,
                            const char           *record_id,
                            GPtrArray            *heads,
                            SakPlanVerdict       *ret_verdict,
                            GError              **error)
{
  gboolean is_taken_back;

  if (!sak_export_plan_judge_record (self, vault, record_id, heads, ret_verdict, error))
    return FALSE;
  if (*ret_verdict < SAK_PLAN_STAYS_NOT_ASKED || *ret_verdict > SAK_PLAN_STAYS_WITHDRAWN)
    return TRUE;
  if (!is_withdrawal (self, vault, record_id, heads->pdata[0], &is_taken_back, error))
    return FALSE;
  if (is_taken_back)
    *ret_verdict = SAK_PLAN_LEAVES_WITHDRAWAL;
  return TRUE;
}

/* Rows: acts, links, tables */

/* A link alone carries a record's id and a role; with a note it tells of somebody. Who is said to
 * have done something has no say in it: their parts lie deeper in the row.
 */
static gboolean
row_tells (const char   *path,
           const json_t *row)
{
  const char *note = sak_json_get_text (row, "note");

  if (!json_is_object (row) || strchr (path, '/') == NULL || sak_path_is_in (path, SAK_PATH_MEDIA))
    return FALSE;
  return !sak_path_is_in (path, SAK_PATH_LINKS) || (note != NULL && *note != '\0');
}

/* Who can be seen or heard in a file. */
static gboolean
file_shows (const json_t *media,
            GHashTable   *record_ids)
{
  const json_t *persons = json_object_get (media, "persons");
  gsize i;
  json_t *person;

  json_array_foreach ((json_t *) persons, i, person)
    if (json_is_string (person) && g_hash_table_contains (record_ids, json_string_value (person)))
      return TRUE;
  return FALSE;
}

/* That there is a victim, and under which id, is not said either of who said no. Of who was not asked
 * yet the bare link leaves: the record may follow, and the one that it is a part of is not sent again.
 */
static gboolean
links_to_refusing (const char   *path,
                   const json_t *row,
                   GHashTable   *record_ids)
{
  const char *to = sak_path_is_in (path, SAK_PATH_LINKS) && json_is_object (row) ? sak_json_get_text (row, "to") : NULL;
  SakPlanVerdict verdict = to != NULL ? (SakPlanVerdict) GPOINTER_TO_INT (g_hash_table_lookup (record_ids, to)) : 0;

  return verdict == SAK_PLAN_STAYS_REFUSED || verdict == SAK_PLAN_STAYS_WITHDRAWN;
}

static gboolean
row_is_about (const char   *path,
              const json_t *row,
              GHashTable   *record_ids)
{
  const char *name;
  json_t *value;

  if (sak_path_is_in (path, SAK_PATH_MEDIA))
    return file_shows (row, record_ids);
  if (links_to_refusing (path, row, record_ids))
    return TRUE;
  if (!row_tells (path, row))
    return FALSE;
  json_object_foreach ((json_t *) row, name, value)
    if (json_is_string (value) && g_hash_table_contains (record_ids, json_string_value (value)))
      return TRUE;
  return FALSE;
}

void
sak_export_plan_note_mentions (SakExportPlan *self,
                               const json_t  *fields)
{
  const char *path, *name;
  json_t *row, *value;
  gsize i;

  json_object_foreach ((json_t *) fields, path, row)
    if (sak_path_is_in (path, SAK_PATH_MEDIA))
      {
        json_array_foreach (json_object_get (row, "persons"), i, value)
          if (json_is_string (value) && sak_uuid_is_valid (json_string_value (value)))
            g_hash_table_add (self->mentioned, g_strdup (json_string_value (value)));
      }
    else if (row_tells (path, row) || sak_path_is_in (path, SAK_PATH_LINKS))
      json_object_foreach (row, name, value)
        if (json_is_string (value) && sak_uuid_is_valid (json_string_value (value)))
          g_hash_table_add (self->mentioned, g_strdup (json_string_value (value)));
}

/* Of those who are not here nothing is known; whoever has them judges them there. */
gboolean
sak_export_plan_list_refusing (const SakExportPlan  *self,
                               SakVault             *vault,
                               GHashTable          **ret_refusing,
                               GError              **error)
{
  g_autoptr (GHashTable) refusing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->mentioned);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (GPtrArray) heads = sak_vault_list_heads (vault, id, &local_error);
      SakPlanVerdict verdict = SAK_PLAN_LEAVES;

      if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
        continue;
      if (heads == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (!sak_export_plan_judge_record (self, vault, id, heads, &verdict, error))
        return FALSE;
      if (verdict >= SAK_PLAN_STAYS_NOT_ASKED)
        g_hash_table_insert (refusing, g_strdup (id), GINT_TO_POINTER (verdict));
    }
  *ret_refusing = g_steal_pointer (&refusing);
  return TRUE;
}

gboolean
sak_plan_item_leaves (const SakPlanItem *self)
{
  return self->verdict < SAK_PLAN_STAYS_NOT_ASKED;
}

/* With a place that is kept go the coarser ones beside it. */
static gboolean
is_kept (const SakPlanItem *self,
         const char        *path)
{
  g_autofree char *base = NULL;

  if (sak_plan_item_get_choice (self, path) == SAK_CHOICE_WITHHOLD)
    return TRUE;
  return sak_place_read_coarse_path (path, &base, NULL) && sak_plan_item_get_choice (self, base) == SAK_CHOICE_WITHHOLD;
}

/* 0 where the field leaves. */
static SakPlanKeep
judge_field (const SakPlanItem *self,
             SakRevision       *revision,
             const char        *path,
             const json_t      *value)
{
  const SakForm *form = sak_form_get (sak_revision_get_form (revision));

  if (self->verdict == SAK_PLAN_LEAVES_WITHDRAWAL)
    return g_str_equal (path, SAK_CONSENT_PATH) && g_str_equal (sak_revision_get_id (revision), self->revision_id)
           ? 0 : SAK_PLAN_KEEP_WITHDRAWN;
  if (!sak_plan_item_leaves (self))
    return SAK_PLAN_KEEP_RECORD;
  if (sak_kind_is_network (self->kind))
    return 0;                   /* whole or not at all */
  if (row_is_about (path, value, self->refusing))
    return SAK_PLAN_KEEP_PERSON;
  if (sak_path_is_in (path, SAK_PATH_MEDIA) && sak_media_is_refused (value))
    return SAK_PLAN_KEEP_MEDIA;
  if (is_kept (self, path))
    return SAK_PLAN_KEEP_CHOSEN;
  if (sak_export_plan_tells_place (path, value, self->place_level))
    return SAK_PLAN_KEEP_PLACE;
  if (self->verdict == SAK_PLAN_LEAVES)
    return 0;
  if (sak_path_is_in (path, SAK_PATH_MEDIA))
    return SAK_PLAN_KEEP_MEDIA;
  if (field_identifies (form, path))
    return SAK_PLAN_KEEP_IDENTITY;
  if (g_str_equal (path, SAK_CONSENT_PATH) && sak_consent_has_names (value))
    return SAK_PLAN_KEEP_CONSENT_NAMES;
  if (self->verdict == SAK_PLAN_LEAVES_ANONYMOUS && g_str_equal (path, PSEUDONYM_PATH))
    return SAK_PLAN_KEEP_PSEUDONYM;
  return 0;
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
  const char *path;
  json_t *value;

  json_object_foreach (sak_revision_get_fields (revision), path, value)
    {
      SakPlanKeep keep = judge_field (self, revision, path, value);

      if (keep != 0)
        g_hash_table_insert (withheld, g_strdup (path), GUINT_TO_POINTER (keep));
    }
  return withheld;
}

static void
add_conditions (GString    *words,
                const char *conditions)
{
  if (conditions != NULL && *conditions != '\0' && strstr (words->str, conditions) == NULL)
    g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", conditions);
}

/* Of all rows: who sends reads them, and knows better than a program which of them count. */
char *
sak_export_plan_get_conditions (const SakExportPlan *self,
                                const json_t        *fields)
{
  const json_t *consent = json_object_get (fields, SAK_CONSENT_PATH);
  g_autoptr (GString) words = g_string_new (NULL);
  json_t *row;
  gsize i;

  add_conditions (words, sak_json_get_text (consent, "conditions"));
  json_array_foreach (json_object_get (consent, "matrix"), i, row)
    add_conditions (words, sak_json_get_text (row, "conditions"));
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

const char *
sak_plan_verdict_to_code (SakPlanVerdict verdict)
{
  static const char *const codes[] = {
    "leaves", "leaves-unnamed", "leaves-anonymous", "leaves-withdrawal", "stays-not-asked", "stays-expired",
    "stays-clock", "stays-unreadable", "stays-guardian", "stays-refused", "stays-withdrawn", "stays-chosen",
    "stays-others", "stays-internal",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (codes) == SAK_N_PLAN_VERDICTS);
  return codes[verdict];
}

const char *
sak_plan_keep_to_code (SakPlanKeep keep)
{
  static const char *const codes[] = {
    "", "record", "identity", "pseudonym", "media", "consent-names", "person", "other-record", "not-here",
    "withdrawn", "place", "chosen",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (codes) == SAK_N_PLAN_KEEPS);
  return codes[keep];
}
