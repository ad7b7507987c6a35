/* sak-words-answer.c - answers to a form's fields as a person reads them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-answer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-number.h"

/* So many answers tell one row from another. */
#define MAX_TOLD 4
/* Of running text, in a summary. */
#define MAX_CHARS 60

static char *answer (const SakFormField  *field,
                     const json_t        *value,
                     const SakWordsSight *sight,
                     gboolean             is_short);

char *
sak_words_term (const SakVocabulary *vocabulary,
                const char          *code,
                const char          *language,
                gboolean             with_path)
{
  const SakTerm *term = vocabulary != NULL ? sak_vocabulary_find_term (vocabulary, code) : NULL;
  g_auto (GStrv) path = NULL;

  if (term == NULL)
    return g_strdup (code);
  if (!with_path)
    return g_strdup (sak_term_get_label (term, language));
  path = sak_term_dup_path (term, language);
  return g_strjoinv (" › ", path);
}

static char *
say_code (const SakFormField  *field,
          const char          *code,
          const SakWordsSight *sight,
          gboolean             is_short)
{
  const char *label;

  if (sak_form_field_get_vocabulary_name (field) != NULL)
    return sak_words_term (sak_form_field_get_vocabulary (field), code, sight->language, !is_short);
  label = sak_form_field_get_option_label_for (field, code, sight->language);
  return g_strdup (label != NULL ? label : code);
}

static char *
say_codes (const SakFormField  *field,
           const json_t        *codes,
           const SakWordsSight *sight,
           gboolean             is_short)
{
  GString *words = g_string_new (NULL);
  json_t *code;
  gsize i;

  json_array_foreach (codes, i, code)
    if (json_is_string (code))
      {
        g_autofree char *said = say_code (field, json_string_value (code), sight, is_short);

        g_string_append_printf (words, "%s%s", words->len == 0 ? "" : is_short ? ", " : "\n", said);
      }
  return g_string_free (words, FALSE);
}

static const char *
say_yesno (const char *code)
{
  if (g_strcmp0 (code, "yes") == 0)
    return C_("answer", "Yes");
  if (g_strcmp0 (code, "no") == 0)
    return C_("answer", "No");
  if (g_strcmp0 (code, "unknown") == 0)
    return C_("answer", "Not known");
  if (g_strcmp0 (code, "not-asked") == 0)
    return C_("answer", "Not asked");
  return code != NULL ? code : "";
}

static char *
say_number (const json_t *number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (json_is_integer (number))
    return sak_words_print ("%" JSON_INTEGER_FORMAT, json_integer_value (number));
  if (json_is_real (number))
    return sak_words_digits (g_ascii_formatd (digits, sizeof digits, "%.15g", json_real_value (number)));
  return g_strdup ("");
}

static char *
say_date (const json_t *value,
          gboolean      is_short)
{
  const char *edtf = json_is_object (value) ? sak_json_get_text (value, "edtf") : json_string_value (value);
  const char *said = json_is_object (value) ? sak_json_get_text (value, "said") : NULL;
  const char *calendar = json_is_object (value) ? sak_json_get_text (value, "calendar") : NULL;

  if (edtf == NULL || *edtf == '\0')
    return g_strdup (said != NULL ? said : "");
  return is_short || said == NULL ? sak_words_date (edtf, calendar) : sak_words_date_as_said (edtf, calendar, said);
}

static char *
say_place (const json_t *value)
{
  const char *name = sak_json_get_text (value, "name");
  const char *region = sak_json_get_text (value, "region");

  if (name == NULL || region == NULL || *region == '\0')
    return g_strdup (name != NULL ? name : region != NULL ? region : "");
  return g_strdup_printf ("%s, %s", name, region);
}

static char *
say_money (const json_t *value)
{
  const char *amount = sak_json_get_text (value, "amount");
  const char *currency = sak_json_get_text (value, "currency");
  g_autofree char *grouped = sak_words_amount (amount != NULL ? amount : "");

  /* Translators: a sum of money: %1$s the amount, %2$s a currency's code, like THB */
  return g_strdup_printf (_("%1$s %2$s"), grouped, currency != NULL ? currency : "");
}

static const char *
say_record (const char          *record,
            const SakWordsSight *sight)
{
  const char *title;

  if (record == NULL || *record == '\0')
    return "";
  title = sight->find_title != NULL ? sight->find_title (sight->data, record) : NULL;
  if (title == NULL)
    /* Translators: in place of a linked record's title, which is being read or is not here */
    return _("a record that is not here");
  /* Translators: in place of a linked record's title, where none was written */
  return *title != '\0' ? title : _("a record without a name yet");
}

static char *
say_nested (const SakFormField  *table,
            const json_t        *rows,
            const SakWordsSight *sight,
            gboolean             is_short)
{
  GString *words = g_string_new (NULL);
  json_t *row;
  gsize i;

  json_array_foreach (rows, i, row)
    {
      g_autofree char *said = sak_words_row (table, row, sight);

      g_string_append_printf (words, "%s%s", words->len == 0 ? "" : is_short ? "; " : "\n", said);
    }
  return g_string_free (words, FALSE);
}

static char *
say_text (const char *text,
          gboolean    is_short)
{
  g_autofree char *line = NULL;

  if (text == NULL)
    return g_strdup ("");
  if (!is_short)
    return g_strdup (text);
  line = g_strstrip (g_strndup (text, strcspn (text, "\r\n")));
  if (g_utf8_strlen (line, -1) <= MAX_CHARS)
    return g_steal_pointer (&line);
  *g_utf8_offset_to_pointer (line, MAX_CHARS) = '\0';
  return g_strconcat (line, "…", NULL);
}

static char *
answer (const SakFormField  *field,
        const json_t        *value,
        const SakWordsSight *sight,
        gboolean             is_short)
{
  switch (sak_form_field_get_field_type (field))
    {
    case SAK_FIELD_CHOICE:
      return json_is_string (value) ? say_code (field, json_string_value (value), sight, is_short) : g_strdup ("");
    case SAK_FIELD_CHOICES:
      return say_codes (field, value, sight, is_short);
    case SAK_FIELD_NUMBER:
      return say_number (value);
    case SAK_FIELD_YESNO:
      return g_strdup (say_yesno (json_string_value (value)));
    case SAK_FIELD_DATE:
      return say_date (value, is_short);
    case SAK_FIELD_PLACE:
      return say_place (value);
    case SAK_FIELD_MONEY:
      return json_is_object (value) ? say_money (value) : g_strdup ("");
    case SAK_FIELD_SPAN:
      return sak_words_span (value);
    case SAK_FIELD_LINK:
      return g_strdup (say_record (json_string_value (value), sight));
    case SAK_FIELD_TABLE:
      return say_nested (field, value, sight, is_short);
    case SAK_FIELD_LINKS:
    case SAK_FIELD_MEDIA:
    case SAK_FIELD_CONSENT:
      return g_strdup ("");
    case SAK_FIELD_TEXT:
    case SAK_FIELD_PARAGRAPHS:
    default:
      return say_text (json_string_value (value), is_short);
    }
}

char *
sak_words_answer (const SakFormField  *field,
                  const json_t        *value,
                  const SakWordsSight *sight)
{
  return answer (field, value, sight, FALSE);
}

static char *
say_column (const SakFormField  *table,
            const json_t        *row,
            const char          *name,
            const SakWordsSight *sight)
{
  const SakFormField *column = sak_form_field_find_column (table, name);

  return column != NULL ? answer (column, json_object_get (row, name), sight, TRUE) : g_strdup ("");
}

/* Acts: who did what to whom */

static gboolean
is_of_acts (const SakFormField *table)
{
  const SakFormField *involvements = sak_form_field_find_column (table, "involvements");

  return sak_form_field_find_column (table, "type") != NULL
         && sak_form_field_find_column (table, "victim") != NULL && involvements != NULL
         && sak_form_field_get_field_type (involvements) == SAK_FIELD_TABLE;
}

static gboolean
is_of_involvements (const SakFormField *table)
{
  return sak_form_field_find_column (table, "person") != NULL && sak_form_field_find_column (table, "degree") != NULL;
}

/* "Sergeant Aung (Police)", or what of it is known. */
static char *
say_who (const SakFormField  *involvements,
         const json_t        *row,
         const SakWordsSight *sight)
{
  g_autofree char *person = say_column (involvements, row, "person", sight);
  g_autofree char *type = say_column (involvements, row, "type", sight);

  if (*person == '\0' || *type == '\0')
    return g_strdup (*person != '\0' ? person : type);
  /* Translators: %1$s is a person or unit, %2$s what kind of perpetrator, for example "Police" */
  return g_strdup_printf (_("%1$s (%2$s)"), person, type);
}

static char *
say_doers (const SakFormField  *table,
           const json_t        *act,
           const SakWordsSight *sight)
{
  const SakFormField *involvements = sak_form_field_find_column (table, "involvements");
  GString *words = g_string_new (NULL);
  json_t *row;
  gsize i;

  json_array_foreach (json_object_get (act, "involvements"), i, row)
    {
      g_autofree char *who = say_who (involvements, row, sight);

      /* What they are may have a comma or an "or" of its own. */
      if (*who != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", who);
    }
  return g_string_free (words, FALSE);
}

static char *
say_act (const SakFormField  *table,
         const json_t        *act,
         const SakWordsSight *sight)
{
  g_autofree char *what = say_column (table, act, "type", sight);
  g_autofree char *whom = say_column (table, act, "victim", sight);
  g_autofree char *who = say_doers (table, act, sight);

  if (*what == '\0' && (*whom != '\0' || *who != '\0'))
    {
      g_free (what);
      /* Translators: stands for a kind of violation that was not chosen yet */
      what = g_strdup (_("Something not chosen yet"));
    }
  if (*whom != '\0' && *who != '\0')
    /* Translators: who did what to whom. %1$s is a violation ("Beating"), %2$s the victim, %3$s
     * one or more perpetrators: "Beating, done to Ma Hla by Sergeant Aung (Police)"
     */
    return g_strdup_printf (_("%1$s, done to %2$s by %3$s"), what, whom, who);
  if (*whom != '\0')
    /* Translators: %1$s is a violation, %2$s the victim */
    return g_strdup_printf (_("%1$s, done to %2$s"), what, whom);
  if (*who != '\0')
    /* Translators: %1$s is a violation, %2$s one or more perpetrators */
    return g_strdup_printf (_("%1$s, done by %2$s"), what, who);
  return g_steal_pointer (&what);
}

static char *
say_involvement (const SakFormField  *table,
                 const json_t        *row,
                 const SakWordsSight *sight)
{
  g_autofree char *who = say_who (table, row, sight);
  g_autofree char *degree = say_column (table, row, "degree", sight);

  if (*degree == '\0' || *who == '\0')
    return g_strdup (*who != '\0' ? who : degree);
  /* Translators: %1$s is who took part in a violation, %2$s in what way, for example "Gave the order" */
  return g_strdup_printf (_("%1$s: %2$s"), who, degree);
}

/* An answer that says nothing without its question. */
static gboolean
is_bare (const SakFormField *column)
{
  SakFieldType type = sak_form_field_get_field_type (column);

  if (type == SAK_FIELD_CHOICE || type == SAK_FIELD_CHOICES)
    return sak_form_field_get_vocabulary_name (column) == NULL;
  return type == SAK_FIELD_YESNO || type == SAK_FIELD_NUMBER || type == SAK_FIELD_MONEY || type == SAK_FIELD_SPAN;
}

static char *
say_columns (const SakFormField  *table,
             const json_t        *row,
             guint                from,
             guint                most,
             const SakWordsSight *sight)
{
  GString *words = g_string_new (NULL);
  guint n_told = 0;

  for (guint i = 0; i < sak_form_field_get_n_columns (table) && n_told < from + most; i++)
    {
      const SakFormField *column = sak_form_field_get_column (table, i);
      g_autofree char *said = say_column (table, row, sak_form_field_get_path (column), sight);

      if (*said == '\0' || n_told++ < from)
        continue;
      g_string_append (words, words->len > 0 ? " · " : "");
      if (is_bare (column))
        /* Translators: %1$s is a question's label, %2$s its answer: "Receipt: No" */
        g_string_append_printf (words, _("%1$s: %2$s"), sak_form_field_get_label (column, sight->language), said);
      else
        g_string_append (words, said);
    }
  return g_string_free (words, FALSE);
}

/**
 * sak_words_row:
 *
 * Of acts a whole sentence, of other tables what the first answered columns say.
 */
char *
sak_words_row (const SakFormField  *table,
               const json_t        *row,
               const SakWordsSight *sight)
{
  if (is_of_acts (table))
    return say_act (table, row, sight);
  if (is_of_involvements (table))
    return say_involvement (table, row, sight);
  return say_columns (table, row, 0, 2, sight);
}

char *
sak_words_row_detail (const SakFormField  *table,
                      const json_t        *row,
                      const SakWordsSight *sight)
{
  static const char *const of_acts[] = { "date", "place", "status" };
  GString *words;

  if (is_of_involvements (table))
    return say_column (table, row, "note", sight);
  if (!is_of_acts (table))
    return say_columns (table, row, 2, MAX_TOLD, sight);
  words = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (of_acts); i++)
    {
      g_autofree char *said = say_column (table, row, of_acts[i], sight);

      if (*said != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", said);
    }
  return g_string_free (words, FALSE);
}

char *
sak_words_progress (guint n_answered,
                    guint n_fields)
{
  /* Translators: %1$u of the %2$u questions of a section have an answer */
  return sak_words_print (_("%1$u of %2$u answered"), n_answered, n_fields);
}
