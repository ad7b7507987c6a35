/* sak-form.h - forms as data: which fields a kind of record has, and their rules
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-vocabulary.h"

G_BEGIN_DECLS

/* The kinds of record, in the field's words (HURIDOCS); also the names of their forms. */
#define SAK_KIND_EVENT "event"
#define SAK_KIND_PERSON "person"
#define SAK_KIND_TESTIMONY "testimony"
#define SAK_KIND_DOCUMENT "document"
#define SAK_KIND_INTERVENTION "intervention"

typedef enum
{
  SAK_FIELD_TEXT,               /* one line */
  SAK_FIELD_PARAGRAPHS,
  SAK_FIELD_CHOICE,             /* one code of the field's options */
  SAK_FIELD_CHOICES,            /* an array of codes */
  SAK_FIELD_NUMBER,
  SAK_FIELD_YESNO,              /* "yes" "no" "unknown" "not-asked" */
  SAK_FIELD_DATE,               /* EDTF text, sak-date.h; or { "edtf"?, "said"?, "calendar"? } */
  SAK_FIELD_PLACE,              /* { "name", "region"?, "country"?, "precision"? } */
  SAK_FIELD_LINKS,              /* values lie at "links/<uuid>": { "role", "to", "code"?, "note"? } */
  SAK_FIELD_MEDIA,              /* values lie at "media/<uuid>": see storage/FORMAT.md */
  SAK_FIELD_CONSENT,            /* sak-consent.h */
  SAK_FIELD_MONEY,              /* { "amount": "2800.50", "currency": "THB" }; sak-money.h */
  SAK_FIELD_SPAN,               /* a length of time: { "number": 4, "unit": "months", "said"? } */
  SAK_FIELD_TABLE,              /* rows lie at "PATH/<uuid>": an object of column → value, and "order"? */
  SAK_FIELD_LINK,               /* in columns only: the id of one record */
} SakFieldType;

/* Help beside a field, in the order in which it is read. */
typedef enum
{
  SAK_HELP_MEANS,               /* what is asked for */
  SAK_HELP_ASK,                 /* how to ask a person for it */
  SAK_HELP_WRITE,               /* how to write it down */
  SAK_HELP_EXAMPLE,             /* an answer as it might look */
} SakHelpPart;

/* Limits on what a field holds. */
#define SAK_FORM_MAX_LINE 1000          /* characters of SAK_FIELD_TEXT, captions, place names */
#define SAK_FORM_MAX_PARAGRAPHS (1024 * 1024)   /* bytes of SAK_FIELD_PARAGRAPHS */
#define SAK_FORM_MAX_NESTED 200         /* rows of a table within a row */

/* Limits on a form, whoever wrote it. */
#define SAK_FORM_MAX_SIZE (2 * 1024 * 1024)
#define SAK_FORM_MAX_SECTIONS 100
#define SAK_FORM_MAX_FIELDS 500         /* columns not counted */
#define SAK_FORM_MAX_COLUMNS 40
#define SAK_FORM_MAX_OPTIONS 300
#define SAK_FORM_MAX_NAME 64            /* characters of names and paths in a form */
#define SAK_FORM_MAX_LABEL 160
#define SAK_FORM_MAX_HELP 1500

/* What a row may say beside its columns: where it stands among the others. */
#define SAK_FORM_ORDER "order"

typedef struct _SakForm SakForm;
typedef struct _SakFormField SakFormField;

/* Shipped forms; the returned objects live as long as the program. The version that new
 * records are made with, or any that old ones keep.
 */
const SakForm      *sak_form_get            (const char          *name);
const SakForm      *sak_form_get_nth        (guint                n);
const SakForm      *sak_form_find_version   (const char          *name,
                                             guint                version);
/* Somebody's form. Everything about it is checked: it may be hostile. */
SakForm            *sak_form_parse          (const char          *text,
                                             gssize               size,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether new records may be written by somebody's form in place of the shipped one of its kind: it asks for consent,
 * and for what tells who somebody is, as that one does. INVALID, with the path.
 */
gboolean            sak_form_check_protection (const SakForm     *self,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether every vocabulary that it names is here. INVALID, with the place. */
gboolean            sak_form_check_vocabularies (const SakForm   *self,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
SakForm            *sak_form_ref            (const SakForm       *self);
void                sak_form_unref          (SakForm             *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakForm, sak_form_unref)

/* By which form a new record is written: (transfer full), the shipped one where no other is in force. @owner: an open
 * vault, NULL for whichever. Any thread. @form: (transfer full) (nullable).
 */
SakForm            *sak_form_ref_for_new    (gconstpointer        owner,
                                             const char          *kind) G_GNUC_WARN_UNUSED_RESULT;
void                sak_form_use_for_new    (gconstpointer        owner,
                                             const char          *kind,
                                             SakForm             *form);
void                sak_form_drop_for_new   (gconstpointer        owner);

const char         *sak_form_get_name       (const SakForm       *self);
guint               sak_form_get_version    (const SakForm       *self);
/* The kind of record it is for; for shipped forms the same as the name. */
const char         *sak_form_get_kind       (const SakForm       *self);
/* The form as data; borrowed. */
const json_t       *sak_form_get_data       (const SakForm       *self);
guint               sak_form_get_n_fields   (const SakForm       *self);
const SakFormField *sak_form_get_field      (const SakForm       *self,
                                             guint                n);
const SakFormField *sak_form_find_field     (const SakForm       *self,
                                             const char          *path);
/* Of several fields of links, which share the path "links", the one with this role. */
const SakFormField *sak_form_find_links     (const SakForm       *self,
                                             const char          *role);
/* JSON Schema, draft 2020-12, of a finished record's fields, and of them as `record add` takes them: with arrays. */
const char         *sak_form_get_schema     (const SakForm       *self);
/* What one record of this form is called: "Incident". */
const char         *sak_form_get_label      (const SakForm       *self,
                                             const char          *language);

/* Sections, from 0 in the order of the form. Those of a pack and deeper ones come as
 * the form has them; @packs: names of the packs that are switched on, NULL for none.
 */
guint               sak_form_get_n_sections (const SakForm       *self);
const char         *sak_form_get_section_label (const SakForm    *self,
                                             guint                section,
                                             const char          *language);
/* NULL where the label says all. */
const char         *sak_form_get_section_help (const SakForm     *self,
                                             guint                section,
                                             const char          *language);
/* Closed at first: for when there is time for more. */
gboolean            sak_form_is_section_deeper (const SakForm    *self,
                                             guint                section);
const char         *sak_form_get_section_pack (const SakForm     *self,
                                             guint                section);
gboolean            sak_form_is_section_answered (const SakForm  *self,
                                             guint                section,
                                             const json_t        *fields);
gboolean            sak_form_is_section_shown (const SakForm     *self,
                                             guint                section,
                                             const char *const   *packs,
                                             const json_t        *fields);
/* Whether the skip rules let the field be asked. Packs are not looked at. An answer that is
 * hidden stays in the record.
 */
gboolean            sak_form_is_field_shown (const SakForm       *self,
                                             const SakFormField  *field,
                                             const json_t        *fields);

/* @table: whose column @field is, or NULL. */
typedef void (*SakFormHiddenFunc) (const SakFormField *table,
                                   const SakFormField *field,
                                   gpointer            user_data);
/* What is answered and hidden by the skip rules, in rows too; and the same taken out, on a person's word. */
void                sak_form_foreach_hidden (const SakForm       *self,
                                             const json_t        *fields,
                                             SakFormHiddenFunc    func,
                                             gpointer             user_data);
void                sak_form_remove_hidden  (const SakForm       *self,
                                             json_t              *fields);

/* The shipped packs; NULL after the last. */
const char         *sak_form_get_nth_pack   (guint                n);
const char         *sak_form_get_pack_label (const char          *pack,
                                             const char          *language);
const char         *sak_form_get_pack_help  (const char          *pack,
                                             const char          *language);

const char         *sak_form_field_get_path       (const SakFormField *self);
SakFieldType        sak_form_field_get_field_type (const SakFormField *self);
gboolean            sak_form_field_is_required    (const SakFormField *self);
/* The path of the field that does instead ("known_as" for a name), or NULL. */
const char         *sak_form_field_get_required_unless (const SakFormField *self);
gboolean            sak_form_field_is_identity    (const SakFormField *self);
/* Whether lists show it beside the title. */
gboolean            sak_form_field_is_listed      (const SakFormField *self);
/* @language: "en", "my", "th"…; falls back to English. The first part of the help, or NULL. */
const char         *sak_form_field_get_section    (const SakFormField *self,
                                                   const char         *language);
const char         *sak_form_field_get_label      (const SakFormField *self,
                                                   const char         *language);
const char         *sak_form_field_get_help       (const SakFormField *self,
                                                   const char         *language);
/* NULL where the form has nothing to say there. */
const char         *sak_form_field_get_help_part  (const SakFormField *self,
                                                   SakHelpPart         part,
                                                   const char         *language);
/* The same as SAK_HELP_EXAMPLE, for an empty entry; may be NULL. */
const char         *sak_form_field_get_example    (const SakFormField *self,
                                                   const char         *language);
/* Sections are numbered from 0 in the order of the form. */
guint               sak_form_field_get_section_index (const SakFormField *self);
guint               sak_form_field_get_n_options  (const SakFormField *self);
const char         *sak_form_field_get_option     (const SakFormField *self,
                                                   guint               n);
const char         *sak_form_field_get_option_label (const SakFormField *self,
                                                     guint               n,
                                                     const char         *language);
const char         *sak_form_field_get_link_kind  (const SakFormField *self);
const char         *sak_form_field_get_link_role  (const SakFormField *self);

/* Choices, and codes of links, may come from a vocabulary instead of options: then there are
 * none of those. Both NULL where there is no vocabulary; the object also where this program
 * has none of the name. @under: the code whose terms alone may be chosen, or NULL.
 */
const char         *sak_form_field_get_vocabulary_name (const SakFormField *self);
const SakVocabulary *sak_form_field_get_vocabulary (const SakFormField *self);
const char         *sak_form_field_get_under      (const SakFormField *self);

/* SAK_FIELD_TABLE. A column is a field whose path is its name in the row. A column that is a
 * table holds an array of rows; there is one such level.
 */
guint               sak_form_field_get_n_columns  (const SakFormField *self);
const SakFormField *sak_form_field_get_column     (const SakFormField *self,
                                                   guint               n);
const SakFormField *sak_form_field_find_column    (const SakFormField *self,
                                                   const char         *name);
gboolean            sak_form_field_is_column_shown (const SakFormField *self,
                                                    const SakFormField *column,
                                                    const json_t       *row);
/* The column of options that each row has another of (a checklist), or NULL. */
const SakFormField *sak_form_field_get_each       (const SakFormField *self);
/* What one row is called in a list: "Violation"; NULL where the form has no word for it. */
const char         *sak_form_field_get_row_label  (const SakFormField *self,
                                                   const char         *language);
/* Paths of the rows there are, borrowed from @fields, by their order and then as they came. */
GPtrArray          *sak_form_field_list_rows      (const SakFormField *self,
                                                   const json_t       *fields) G_GNUC_WARN_UNUSED_RESULT;

const char         *sak_form_field_get_option_label_for (const SakFormField *self,
                                                         const char         *code,
                                                         const char         *language);
/* SAK_FIELD_NUMBER; without bounds -INFINITY and INFINITY. */
double              sak_form_field_get_minimum    (const SakFormField *self);
double              sak_form_field_get_maximum    (const SakFormField *self);
gboolean            sak_form_field_is_integer     (const SakFormField *self);
/* @fields as below. Empty text, lists and objects are no answer. */
gboolean            sak_form_field_is_answered    (const SakFormField *self,
                                                   const json_t       *fields);

/* @fields: an object of path → value. Checking a draft is lenient about what is missing. */
gboolean            sak_form_check_draft    (const SakForm       *self,
                                             const json_t        *fields,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            sak_form_check_finished (const SakForm       *self,
                                             const json_t        *fields,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* As these, for a change to a record: codes that stand in @before (nullable: fields of the versions
 * that it stands on, or an array of such) may stay, even if they were withdrawn since, or came
 * from a vocabulary of somebody else.
 */
gboolean            sak_form_check_change   (const SakForm       *self,
                                             const json_t        *fields,
                                             const json_t        *before,
                                             gboolean             is_finishing,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is entered here must also be in a country that there is, and in a division of that: not for what arrived, or
 * stood in @before.
 */
gboolean            sak_form_check_entry    (const SakForm       *self,
                                             const json_t        *fields,
                                             const json_t        *before,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is signed beside the places that the form asks for: sak-place-coarse.h. */
void                sak_form_add_coarse_places (const SakForm    *self,
                                             json_t              *fields);
/* What @fields of an older version of the form are in this one: what moved, moved. INVALID, with
 * the paths, where an answer would have no place.
 */
json_t             *sak_form_upgrade        (const SakForm       *self,
                                             const SakForm       *older,
                                             const json_t        *fields,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* Borrowed const SakFormField, in the order of the form; a table where a row lacks something. */
GPtrArray          *sak_form_list_missing   (const SakForm       *self,
                                             const json_t        *fields) G_GNUC_WARN_UNUSED_RESULT;
char               *sak_form_get_title      (const SakForm       *self,
                                             const json_t        *fields) G_GNUC_WARN_UNUSED_RESULT;
typedef enum
{
  SAK_FORM_ADDED,               /* detail: the type */
  SAK_FORM_RENAMED,             /* detail: the languages, "en my" */
  SAK_FORM_RETYPED,             /* detail: the new type */
  SAK_FORM_REQUIRED,            /* detail: "yes" or "no" */
  SAK_FORM_RULE_CHANGED,        /* detail: the member, "show_if" */
  SAK_FORM_OPTION_ADDED,        /* detail: the code */
  SAK_FORM_OPTION_LOST,         /* what must not be: old records have the code */
  SAK_FORM_MOVED,               /* detail: the new path */
  SAK_FORM_LOST,
} SakFormChangeKind;

typedef struct
{
  SakFormChangeKind kind;
  char *place;                  /* "title", "links:victim", "acts, type" */
  char *detail;
} SakFormChange;

void                sak_form_change_free    (SakFormChange       *self);
/* Of SakFormChange, which it owns. */
GPtrArray          *sak_form_compare        (const SakForm       *older,
                                             const SakForm       *newer) G_GNUC_WARN_UNUSED_RESULT;
/* EDTF text, and a place's name; borrowed from @fields, NULL where there is none. */
const char         *sak_form_get_date       (const SakForm       *self,
                                             const json_t        *fields);
const char         *sak_form_get_place      (const SakForm       *self,
                                             const json_t        *fields);

G_END_DECLS
