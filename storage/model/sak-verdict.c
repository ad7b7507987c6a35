/* sak-verdict.c - what a decision about a record holds, read strictly and written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-verdict.h"

#include "storage/model/sak-talk.h"
#include "storage/model/sak-uuid.h"

/* Of which nobody makes more about one record. */
#define MAX_NUMBER 1000000

static const char *const says_codes[SAK_N_SAYS] = { "begun", "accepted", "declined", "note", "left" };
static const char *const grade_codes[SAK_N_GRADES] = { "", "confirmed", "likely", "possible", "unlikely" };

const char *
sak_verdict_says_to_code (SakVerdictSays says)
{
  return says_codes[says];
}

const char *
sak_grade_to_code (SakGrade grade)
{
  return grade_codes[grade];
}

gboolean
sak_grade_from_code (const char *code,
                     SakGrade   *ret_grade)
{
  for (guint i = SAK_GRADE_CONFIRMED; code != NULL && i < SAK_N_GRADES; i++)
    if (g_str_equal (code, grade_codes[i]))
      {
        *ret_grade = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
are_versions (const json_t *versions)
{
  gsize n = json_array_size (versions);

  for (gsize i = 0; i < n; i++)
    if (!sak_kind_is_key (json_string_value (json_array_get (versions, i))))
      return FALSE;
  return json_is_array (versions) && n <= SAK_VERDICT_MAX_VERSIONS;
}

/* One number for each version. */
static gboolean
are_counts (const json_t *open,
            const json_t *versions)
{
  gsize n = json_array_size (open);

  for (gsize i = 0; i < n; i++)
    if (!json_is_integer (json_array_get (open, i)) || json_integer_value (json_array_get (open, i)) < 0)
      return FALSE;
  return open == NULL || (json_is_array (open) && n == json_array_size (versions));
}

/* A grade with what is accepted and with nothing else; words where they are wanted. */
static gboolean
fits (const SakVerdictFields *self,
      const json_t           *text,
      const json_t           *grade)
{
  gboolean wants_text = self->says == SAK_SAYS_DECLINED || self->says == SAK_SAYS_NOTE;

  if (text != NULL ? !sak_talk_is_text (self->text) : wants_text)
    return FALSE;
  return self->says == SAK_SAYS_ACCEPTED ? self->grade != SAK_GRADE_NONE : grade == NULL;
}

gboolean
sak_verdict_read (const json_t      *fields,
                  SakVerdictFields  *ret_verdict)
{
  const json_t *number = json_object_get (fields, "number");
  const json_t *text = json_object_get (fields, SAK_TEXT_PATH);
  const json_t *grade = json_object_get (fields, "grade");
  const char *says = sak_json_get_text (fields, "says");
  SakVerdictFields self = {
    .about = sak_json_get_text (fields, "about"),
    .says = SAK_N_SAYS,
    .text = json_string_value (text),
    .versions = json_object_get (fields, "versions"),
    .open = json_object_get (fields, "open"),
  };

  for (guint i = 0; says != NULL && i < SAK_N_SAYS; i++)
    if (g_str_equal (says, says_codes[i]))
      self.says = i;
  if (self.about == NULL || !sak_uuid_is_valid (self.about) || self.says == SAK_N_SAYS ||
      !json_is_integer (number) || json_integer_value (number) < 1 || json_integer_value (number) > MAX_NUMBER ||
      !are_versions (self.versions) || !are_counts (self.open, self.versions))
    return FALSE;
  self.number = (guint) json_integer_value (number);
  if ((grade != NULL && !sak_grade_from_code (json_string_value (grade), &self.grade)) || !fits (&self, text, grade))
    return FALSE;
  *ret_verdict = self;
  return TRUE;
}

json_t *
sak_verdict_to_fields (const SakVerdictFields *self)
{
  json_t *fields = json_pack ("{s:s, s:i, s:s, s:O}", "about", self->about, "number", (int) self->number,
                              "says", says_codes[self->says], "versions", self->versions);

  if (self->open != NULL)
    json_object_set (fields, "open", (json_t *) self->open);
  if (self->grade != SAK_GRADE_NONE)
    json_object_set_new (fields, "grade", json_string (grade_codes[self->grade]));
  if (self->text != NULL)
    json_object_set_new (fields, SAK_TEXT_PATH, json_string (self->text));
  return fields;
}
