/* sak-words-record-fields.c - the answers of a record, section by section, for paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-record-private.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-consent.h"
#include "storage/model/sak-path.h"
#include "storage/model/sak-place-coarse.h"
#include "storage/sak-media.h"
#include "ui/words/sak-words-consent-asked.h"
#include "ui/words/sak-words-consent.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-labour.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-paper.h"

static void
add_row (SakRecordPaper *self,
         guint           depth,
         const char     *label,
         const char     *text)
{
  sak_paper_add_row (self->blocks, depth, label, text);
}

static void
add_consent (SakRecordPaper *self)
{
  g_autoptr (json_t) fields = json_copy (self->record->fields);
  const json_t *consent;
  json_t *row;
  gsize i;

  sak_consent_move_names (fields);
  consent = json_object_get (fields, SAK_CONSENT_PATH);
  for (i = 0; i < SAK_N_CONSENT_QUESTIONS; i++)
    {
      const SakConsentQuestion *question = &sak_consent_questions[i];
      const char *text = sak_json_get_text (sak_consent_is_companion (question->member) ? fields : consent,
                                            question->member);
      /* Of the first it is said: nobody must wonder whether it was asked. */
      gboolean is_open = text == NULL && i < SAK_N_CONSENT_FIRST && question->answers != NULL;
      g_autofree char *answer = is_open ? sak_words_for_consent_answer (question, "not-asked")
                                : text != NULL ? sak_words_for_consent_answer (question, text) : NULL;

      add_row (self, 0, _(question->words), answer);
    }
  json_array_foreach (json_object_get (consent, "matrix"), i, row)
    {
      g_autofree char *words = sak_words_for_consent_row (row, NULL);

      add_row (self, 0, i == 0 ? _("Who else may have it, and for what") : "", words);
    }
}

static void
add_link (SakRecordPaper     *self,
          const SakFormField *field,
          const char         *label,
          const json_t       *link)
{
  const char *code = sak_json_get_text (link, "code");
  const char *note = sak_json_get_text (link, "note");
  g_autoptr (GString) words = g_string_new (_sak_record_paper_say_title (self, sak_json_get_text (link, "to")));

  if (code != NULL && *code != '\0')
    {
      g_autofree char *connection = sak_words_term (sak_form_field_get_vocabulary (field), code,
                                                    self->sight.language, FALSE);

      g_string_append_printf (words, " (%s)", connection);
    }
  if (note != NULL && *note != '\0')
    g_string_append_printf (words, "\n%s", note);
  add_row (self, 0, label, words->str);
}

static void
add_links (SakRecordPaper     *self,
           const SakFormField *field)
{
  const char *role = sak_form_field_get_link_role (field);
  const char *label = sak_form_field_get_label (field, self->sight.language);
  const char *path;
  json_t *link;

  json_object_foreach (self->record->fields, path, link)
    if (sak_path_is_in (path, SAK_PATH_LINKS) && g_strcmp0 (sak_json_get_text (link, "role"), role) == 0)
      {
        add_link (self, field, label, link);
        label = "";
      }
}

static const char *
say_shown (const char *code)
{
  if (g_strcmp0 (code, "yes") == 0)
    return _("Yes, they agreed");
  if (g_strcmp0 (code, "no") == 0)
    return _("No");
  return code != NULL ? _("Nobody was asked") : NULL;
}

static void
add_file_notes (SakRecordPaper *self,
                const json_t   *value)
{
  const json_t *made = json_object_get (value, "made");
  const char *edtf = json_is_object (made) ? sak_json_get_text (made, "edtf") : json_string_value (made);
  g_autofree char *day = sak_words_date (edtf != NULL ? edtf : "", sak_json_get_text (made, "calendar"));
  const char *label = _("Who can be seen or heard");
  json_t *person;
  gsize i;

  add_row (self, 1, _("Caption"), sak_json_get_text (value, "caption"));
  add_row (self, 1, _("What it shows"), sak_json_get_text (value, "shows"));
  json_array_foreach (json_object_get (value, "persons"), i, person)
    {
      add_row (self, 1, label, _sak_record_paper_say_title (self, json_string_value (person)));
      label = "";
    }
  add_row (self, 1, _("May others see or hear it?"), say_shown (sak_json_get_text (value, "consent")));
  add_row (self, 1, _("Who gave it, or how it was found"), sak_json_get_text (value, "source"));
  add_row (self, 1, _("When it was made"), day);
}

static void
add_files (SakRecordPaper *self)
{
  g_autoptr (GPtrArray) media = sak_media_list_from_fields (self->record->fields);

  for (guint i = 0; i < media->len; i++)
    {
      const SakMediaInfo *info = media->pdata[i];
      g_autofree char *size = sak_words_size (info->size_bytes);
      g_autofree char *what = g_strjoin (" · ", info->type, size, NULL);

      sak_paper_add (self->blocks, "item", "", info->name);
      add_row (self, 1, _("Type, by content"), what);
      add_row (self, 1, "SHA-256", info->sha256);
      add_file_notes (self, info->value);
    }
}

static void add_columns (SakRecordPaper              *self,
                         const SakFormField *table,
                         const json_t       *row,
                         guint               depth);

/* Rows within a row: each by its sentence, and its other answers further in. */
static void
add_nested (SakRecordPaper     *self,
            const SakFormField *table,
            const json_t       *rows,
            guint               depth)
{
  const char *label = sak_form_field_get_label (table, self->sight.language);
  json_t *row;
  gsize i;

  json_array_foreach (rows, i, row)
    {
      g_autofree char *sentence = sak_words_row (table, row, &self->sight);

      add_row (self, depth, label, *sentence != '\0' ? sentence : "·");
      add_columns (self, table, row, depth + 1);
      label = "";
    }
}

static void
add_columns (SakRecordPaper     *self,
             const SakFormField *table,
             const json_t       *row,
             guint               depth)
{
  for (guint i = 0; i < sak_form_field_get_n_columns (table); i++)
    {
      const SakFormField *column = sak_form_field_get_column (table, i);
      const json_t *value = json_object_get (row, sak_form_field_get_path (column));
      g_autofree char *answer = NULL;

      if (sak_form_field_get_field_type (column) == SAK_FIELD_TABLE)
        {
          add_nested (self, column, value, depth);
          continue;
        }
      answer = value != NULL ? sak_words_answer (column, value, &self->sight) : NULL;
      add_row (self, depth, sak_form_field_get_label (column, self->sight.language), answer);
    }
}

static void
add_table (SakRecordPaper     *self,
           const SakFormField *table)
{
  g_autoptr (GPtrArray) rows = sak_form_field_list_rows (table, self->record->fields);
  const char *label = sak_form_field_get_row_label (table, self->sight.language);

  if (label == NULL)
    label = sak_form_field_get_label (table, self->sight.language);
  for (guint i = 0; i < rows->len; i++)
    {
      const json_t *row = json_object_get (self->record->fields, rows->pdata[i]);
      g_autofree char *sentence = sak_words_row (table, row, &self->sight);
      /* Translators: a row of a table on paper: what it is, its number, and what it says: "Violation 2: Beating" */
      g_autofree char *words = sak_words_print (_("%1$s %2$u: %3$s"), label, i + 1, sentence);

      sak_paper_add (self->blocks, "item", "", words);
      add_columns (self, table, row, 1);
    }
}

static guint
count_withheld (SakRecordPaper     *self,
                const SakFormField *field,
                gboolean           *ret_is_whole)
{
  const char *path = sak_form_field_get_path (field);
  guint n = 0;

  *ret_is_whole = g_strv_contains ((const char *const *) self->record->withheld, path);
  for (guint i = 0; self->record->withheld[i] != NULL; i++)
    n += sak_path_is_in (self->record->withheld[i], path) ? 1 : 0;
  return n;
}

static gboolean
is_told (SakRecordPaper     *self,
         const SakFormField *field)
{
  gboolean is_whole;

  return count_withheld (self, field, &is_whole) > 0 || is_whole
         || sak_form_field_is_answered (field, self->record->fields);
}

static void
add_withheld (SakRecordPaper     *self,
              const SakFormField *field)
{
  const json_t *coarse = sak_place_find (self->record->fields, sak_form_field_get_path (field));
  const char *label = sak_form_field_get_label (field, self->sight.language);
  g_autofree char *words = NULL;
  gboolean is_whole;
  guint n = count_withheld (self, field, &is_whole);

  if (is_whole && coarse != NULL)
    words = g_strdup_printf (_("Kept by the sender. No more is told than: %s"), sak_json_get_text (coarse, "name"));
  else if (is_whole)
    words = g_strdup (_("Kept by the sender."));
  else if (n > 0)
    words = sak_words_print (ngettext ("%u entry was kept by the sender.",
                                       "%u entries were kept by the sender.", n), n);
  add_row (self, 0, label, words);
}

static void
add_field (SakRecordPaper     *self,
           const SakFormField *field)
{
  const json_t *value = json_object_get (self->record->fields, sak_form_field_get_path (field));
  const char *label = sak_form_field_get_label (field, self->sight.language);
  g_autofree char *answer = NULL;

  switch (sak_form_field_get_field_type (field))
    {
    case SAK_FIELD_TABLE:
      add_table (self, field);
      break;
    case SAK_FIELD_LINKS:
      add_links (self, field);
      break;
    case SAK_FIELD_MEDIA:
      add_files (self);
      break;
    case SAK_FIELD_CONSENT:
      add_consent (self);
      break;
    case SAK_FIELD_PARAGRAPHS:
      if (!json_is_string (value))
        break;
      sak_paper_add (self->blocks, "question", "", label);
      json_object_set_new (json_array_get (self->blocks, json_array_size (self->blocks) - 1), "field",
                           json_string (sak_form_field_get_path (field)));
      sak_paper_add_lines (self->blocks, json_string_value (value));
      break;
    default:
      answer = value != NULL ? sak_words_answer (field, value, &self->sight) : NULL;
      add_row (self, 0, label, answer);
    }
  add_withheld (self, field);
}

static void
add_worked_out (SakRecordPaper *self,
                guint           section)
{
  g_autoptr (GPtrArray) words = sak_words_work_out (self->record->form, section, self->record->fields, FALSE,
                                                    &self->sight);

  if (words->len > 0)
    sak_paper_add (self->blocks, "question", "", _("Worked out of these answers"));
  for (guint i = 0; i < words->len; i++)
    sak_paper_add_lines (self->blocks, words->pdata[i]);
}

void
_sak_record_paper_add_sections (SakRecordPaper *self)
{
  const SakForm *form = self->record->form;
  guint last = G_MAXUINT;

  for (guint i = 0; i < sak_form_get_n_fields (form); i++)
    {
      const SakFormField *field = sak_form_get_field (form, i);
      guint section = sak_form_field_get_section_index (field);

      if (!is_told (self, field))
        continue;
      if (section != last && last != G_MAXUINT)
        add_worked_out (self, last);
      if (section != last)
        sak_paper_add (self->blocks, "heading", "",
                       sak_form_get_section_label (form, section, self->sight.language));
      last = section;
      add_field (self, field);
    }
  if (last != G_MAXUINT)
    add_worked_out (self, last);
}

/* By a form that is not here: its fields under their own names. */
void
_sak_record_paper_add_plain (SakRecordPaper *self)
{
  const char *path;
  json_t *value;

  json_object_foreach (self->record->fields, path, value)
    {
      g_autofree char *text = json_is_string (value) ? g_strdup (json_string_value (value))
                                                     : sak_json_to_pretty (value);

      sak_paper_add (self->blocks, "question", "", path);
      sak_paper_add_lines (self->blocks, text);
    }
}
