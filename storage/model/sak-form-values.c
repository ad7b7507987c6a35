/* sak-form-values.c - whether sums, lengths of time and codes are what their field asks for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form-private.h"

#include "storage/model/sak-money.h"

#include <string.h>

const char *const sak_form_unit_codes[] = {
  "minutes", "hours", "days", "weeks", "months", "years", NULL
};

/* A century of minutes, and more than anybody's patience. */
#define MAX_SPAN 1e8

gboolean
sak_form_check_money (const char    *place,
                      const json_t  *value,
                      GError       **error)
{
  static const char *const members[] = { "amount", "currency", NULL };
  const char *amount = sak_json_get_text (value, "amount");
  gint64 decimal;

  if (!sak_form_has_only (value, members))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "must be an object of amount and currency");
  if (amount == NULL || !sak_decimal_parse (amount, &decimal))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place,
                                  "the amount must be text of a decimal number, like \"2800.50\"");
  if (!sak_currency_is_known (sak_json_get_text (value, "currency")))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "the currency is not a code of ISO 4217");
  return TRUE;
}

/* What the person said may stand alone, as with dates. */
gboolean
sak_form_check_span (const char    *place,
                     const json_t  *value,
                     GError       **error)
{
  static const char *const members[] = { "number", "unit", "said", NULL };
  const json_t *number = json_object_get (value, "number");
  const json_t *unit = json_object_get (value, "unit");
  const json_t *said = json_object_get (value, "said");

  if (!sak_form_has_only (value, members))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "must be an object of number, unit and said");
  if ((number == NULL) != (unit == NULL))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "number and unit belong together");
  if (number != NULL
      && !(json_is_number (number) && json_number_value (number) >= 0 && json_number_value (number) <= MAX_SPAN))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "number must be a number from 0");
  return (unit == NULL || sak_form_check_code (place, unit, sak_form_unit_codes, error))
         && (said == NULL || sak_form_check_line (place, said, SAK_FORM_MAX_LINE, error));
}

/* Codes of vocabularies */

/* Letters, digits and hyphens: what no vocabulary could have is not kept either. */
static gboolean
is_local (const char *code)
{
  gsize prefix = strlen (SAK_VOCABULARY_LOCAL);

  return g_str_has_prefix (code, SAK_VOCABULARY_LOCAL) && strlen (code) <= SAK_VOCABULARY_MAX_CODE
         && code[prefix] != '\0'
         && strspn (code + prefix, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (code + prefix);
}

static gboolean
stood_before (const SakFormRules *rules,
              const char         *code)
{
  if (*rules->before_texts == NULL)
    *rules->before_texts = sak_json_list_texts (rules->before);
  return g_hash_table_contains (*rules->before_texts, code);
}

static const char *
find_term_fault (const SakFormRules *rules,
                 const SakFormField *field,
                 const char         *code)
{
  const SakVocabulary *vocabulary = sak_form_field_get_vocabulary (field);
  const SakTerm *term = sak_vocabulary_find_term (vocabulary, code);
  const SakTerm *under = sak_vocabulary_find_term (vocabulary, sak_form_field_get_under (field));
  const char *fault = NULL;

  if (term == NULL)             /* a local one may be another partner's, whose words are not here */
    fault = is_local (code) ? NULL : "not one of the codes for it";
  else if (under != NULL && !sak_term_is_in (term, under))
    fault = "the code belongs to another part of the vocabulary";
  else if (rules->is_finishing && sak_term_is_withdrawn (term))
    fault = "the code was withdrawn";
  return fault != NULL && !stood_before (rules, code) ? fault : NULL;
}

static const char *
find_code_fault (const SakFormRules *rules,
                 const SakFormField *field,
                 const char         *code)
{
  if (sak_form_field_get_vocabulary (field) != NULL)
    return find_term_fault (rules, field, code);
  /* Somebody's form, with a vocabulary that is not here. */
  if (sak_form_field_get_vocabulary_name (field) != NULL)
    return strlen (code) <= SAK_VOCABULARY_MAX_CODE ? NULL : "the code is too long";
  return sak_form_field_get_option_label_for (field, code, "en") != NULL ? NULL : "not one of the codes for it";
}

gboolean
sak_form_check_choice (const SakFormRules  *rules,
                       const SakFormField  *field,
                       const char          *place,
                       const json_t        *value,
                       GError             **error)
{
  const char *fault;

  if (!json_is_string (value))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "must be a code");
  if (json_string_length (value) == 0)
    return TRUE;
  fault = find_code_fault (rules, field, json_string_value (value));
  return fault == NULL || sak_form_refuse_value (error, SAK_ERROR_INVALID, place, fault);
}

gboolean
sak_form_check_choices (const SakFormRules  *rules,
                        const SakFormField  *field,
                        const char          *place,
                        const json_t        *value,
                        GError             **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *code;
  gsize i;

  if (!json_is_array (value))
    return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "must be an array of codes");
  json_array_foreach (value, i, code)
    {
      if (!sak_form_check_choice (rules, field, place, code, error))
        return FALSE;
      if (json_string_length (code) == 0
          || !g_hash_table_add (seen, (gpointer) json_string_value (code)))
        return sak_form_refuse_value (error, SAK_ERROR_INVALID, place, "a code is empty or there twice");
    }
  return TRUE;
}
