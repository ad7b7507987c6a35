/* sak-indicators.c - what was recorded of forced labour and of trafficking; never a verdict
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-indicators.h"

#include "storage/model/sak-form.h"

#define ADULT 18

static const char *const findings[] = { "not-asked", "absent", "unsure", "present" };

const char *
sak_finding_get_code (SakFinding finding)
{
  g_return_val_if_fail (finding < G_N_ELEMENTS (findings), NULL);

  return findings[finding];
}

static SakFinding
read_finding (const json_t *row)
{
  const char *code = sak_json_get_text (row, "finding");

  for (guint i = 0; i < G_N_ELEMENTS (findings); i++)
    if (g_strcmp0 (findings[i], code) == 0)
      return i;
  return SAK_FINDING_NOT_ASKED;
}

static void
take_row (SakIndicator *indicator,
          const char   *path,
          const json_t *row)
{
  indicator->finding = read_finding (row);
  indicator->path = path;
  indicator->who = sak_json_get_text (row, "who");
  indicator->testimony = sak_json_get_text (row, "testimony");
  indicator->evidence = sak_json_get_text (row, "evidence");
  indicator->since = json_object_get (row, "since");
  indicator->words = sak_json_get_text (row, "words");
}

/**
 * sak_indicators_read:
 * @fields: of an incident; checked or not
 *
 * Where a draft has two rows about one sign, what was found counts before what was not.
 */
void
sak_indicators_read (const json_t *fields,
                     SakIndicator  ret_indicators[static SAK_N_INDICATORS])
{
  const SakFormField *table = sak_form_find_field (sak_form_find_version (SAK_KIND_EVENT, 2), "labour.indicators");
  const SakFormField *sign = sak_form_field_find_column (table, "sign");
  g_autoptr (GPtrArray) rows = sak_form_field_list_rows (table, fields);

  for (guint i = 0; i < SAK_N_INDICATORS; i++)
    {
      ret_indicators[i] = (SakIndicator) { .number = i + 1, .code = sak_form_field_get_option (sign, i) };
      for (guint j = 0; j < rows->len; j++)
        {
          const json_t *row = json_object_get (fields, rows->pdata[j]);

          if (g_strcmp0 (sak_json_get_text (row, "sign"), ret_indicators[i].code) == 0
              && (ret_indicators[i].path == NULL || read_finding (row) > ret_indicators[i].finding))
            take_row (&ret_indicators[i], rows->pdata[j], row);
        }
    }
}

static gboolean
has_codes (const json_t *fields,
           const char   *path)
{
  return json_array_size (json_object_get (fields, path)) > 0;
}

/**
 * sak_trafficking_read:
 *
 * Without the age at recruitment nobody is taken for a child.
 */
SakTrafficking
sak_trafficking_read (const json_t *fields)
{
  const json_t *age = json_object_get (fields, "trafficking.age");
  SakTrafficking self = { SAK_TRAFFICKING_NOTHING };

  self.has_act = has_codes (fields, "trafficking.acts");
  self.has_means = has_codes (fields, "trafficking.means");
  self.has_purpose = has_codes (fields, "trafficking.purposes");
  self.is_age_known = json_is_number (age) && json_number_value (age) >= 0 && json_number_value (age) <= 130;
  self.age = self.is_age_known ? (guint) json_number_value (age) : 0;
  if (self.has_act && self.has_purpose && self.is_age_known && self.age < ADULT)
    self.hint = SAK_TRAFFICKING_CHILD;
  else if (self.has_act && self.has_means && self.has_purpose)
    self.hint = SAK_TRAFFICKING_ALL_RECORDED;
  else if (self.has_act || self.has_means || self.has_purpose)
    self.hint = SAK_TRAFFICKING_INCOMPLETE;
  return self;
}
