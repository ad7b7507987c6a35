/* sak-form-private.h - what loading, checking and describing forms share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-form.h"

G_BEGIN_DECLS

/* A thin view on the form's data. */
struct _SakFormField
{
  SakFieldType type;
  guint section_index;
  const json_t *section;        /* NULL for a column */
  const json_t *data;
  GArray *columns;              /* SakFormField; NULL but for tables */
};

struct _SakForm
{
  gatomicrefcount ref_count;
  json_t *data;
  GArray *fields;               /* SakFormField, in the order of the form */
  char *schema;
};

#define SAK_FORM_MAX_EDTF 64
#define SAK_FORM_MAX_TYPE 255
#define SAK_FORM_MAX_CODE 64

/* The same words for people's programs and for the schema. */
G_GNUC_INTERNAL
extern const char *const sak_form_yesno_codes[];
G_GNUC_INTERNAL
extern const char *const sak_form_calendar_codes[];
G_GNUC_INTERNAL
extern const char *const sak_form_unit_codes[];

/* Values at a path of their own, PATH/<uuid>. */
G_GNUC_INTERNAL
gboolean            sak_form_field_repeats (const SakFormField *self);
/* The text in this language, else in English; NULL. */
G_GNUC_INTERNAL
const char         *sak_form_translate     (const json_t *words,
                                            const char   *language);
G_GNUC_INTERNAL
const SakFormField *sak_form_find_in       (GArray       *fields,
                                            const char   *path,
                                            const char   *role);
/* Whether a value is an answer: not empty. */
G_GNUC_INTERNAL
gboolean            sak_form_is_answer     (const json_t *value);

/* sak-form-lint.c: one fault of a form, with the place that has it. */
G_GNUC_INTERNAL
gboolean            sak_form_lint_head     (const json_t *data,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_lint_fields   (const SakForm *self,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_refuse        (const char   *place,
                                            GError      **error,
                                            const char   *format,
                                            ...) G_GNUC_PRINTF (3, 4);
/* sak-form-lint-field.c */
G_GNUC_INTERNAL
gboolean            sak_form_lint_field    (const json_t *data,
                                            SakFieldType  type,
                                            const char   *place,
                                            gboolean      is_column,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_lint_name     (const char   *name);
G_GNUC_INTERNAL
gboolean            sak_form_lint_words    (const json_t *words,
                                            glong         max_chars,
                                            const char   *place,
                                            const char   *member,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_lint_members  (const json_t       *object,
                                            const char *const  *known,
                                            const char         *place,
                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* sak-form-condition.c: conditions of fields among @fields. */
G_GNUC_INTERNAL
gboolean            sak_form_lint_conditions (GArray     *fields,
                                            const char   *place,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_is_shown_in   (GArray             *fields,
                                            const SakFormField *field,
                                            const json_t       *values);

/* Checking values. @place begins with a path. */
typedef struct
{
  const SakForm *form;
  const json_t *before;         /* whose codes may stay */
  gboolean is_finishing;
  GHashTable **before_texts;    /* all of @before; made when first asked for */
  gboolean is_entry;            /* somebody enters it here and now */
} SakFormRules;

G_GNUC_INTERNAL
gboolean            sak_form_refuse_value  (GError      **error,
                                            int           code,
                                            const char   *place,
                                            const char   *what);
G_GNUC_INTERNAL
gboolean            sak_form_has_only      (const json_t      *object,
                                            const char *const *names);
G_GNUC_INTERNAL
gboolean            sak_form_check_line    (const char   *place,
                                            const json_t *value,
                                            glong         max_chars,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_check_code    (const char         *place,
                                            const json_t       *value,
                                            const char *const  *codes,
                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_check_value   (const SakFormRules *rules,
                                            const SakFormField *field,
                                            const char         *place,
                                            const json_t       *value,
                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* sak-form-values.c */
G_GNUC_INTERNAL
gboolean            sak_form_check_money   (const char   *place,
                                            const json_t *value,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_check_span    (const char   *place,
                                            const json_t *value,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_check_choice  (const SakFormRules *rules,
                                            const SakFormField *field,
                                            const char         *place,
                                            const json_t       *value,
                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_check_choices (const SakFormRules *rules,
                                            const SakFormField *field,
                                            const char         *place,
                                            const json_t       *value,
                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* sak-form-table.c */
G_GNUC_INTERNAL
gboolean            sak_form_check_row     (const SakFormRules *rules,
                                            const SakFormField *table,
                                            const char         *place,
                                            const json_t       *value,
                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_check_nested  (const SakFormRules *rules,
                                            const SakFormField *column,
                                            const char         *place,
                                            const json_t       *value,
                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;
G_GNUC_INTERNAL
gboolean            sak_form_check_each    (const SakForm *self,
                                            const json_t  *fields,
                                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Places of required columns without an answer, " acts/<uuid>,type" each. */
G_GNUC_INTERNAL
void                sak_form_list_gaps     (const SakFormField *table,
                                            const json_t       *fields,
                                            GString            *places);

G_GNUC_INTERNAL
char               *sak_form_make_schema  (const SakForm *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
