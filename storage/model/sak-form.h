/* sak-form.h - forms as data: which fields a kind of record has, and their rules
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

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
  SAK_FIELD_LINKS,              /* values lie at "links/<uuid>": { "role", "to", "note"? } */
  SAK_FIELD_MEDIA,              /* values lie at "media/<uuid>": see storage/FORMAT.md */
  SAK_FIELD_CONSENT,            /* sak-consent.h */
} SakFieldType;

/* Limits on what a field holds. */
#define SAK_FORM_MAX_LINE 1000          /* characters of SAK_FIELD_TEXT, captions, place names */
#define SAK_FORM_MAX_PARAGRAPHS (1024 * 1024)   /* bytes of SAK_FIELD_PARAGRAPHS */

typedef struct _SakForm SakForm;
typedef struct _SakFormField SakFormField;

/* Shipped forms; the returned objects live as long as the program. */
const SakForm      *sak_form_get            (const char          *name);
const SakForm      *sak_form_get_nth        (guint                n);

const char         *sak_form_get_name       (const SakForm       *self);
guint               sak_form_get_version    (const SakForm       *self);
guint               sak_form_get_n_fields   (const SakForm       *self);
const SakFormField *sak_form_get_field      (const SakForm       *self,
                                             guint                n);
const SakFormField *sak_form_find_field     (const SakForm       *self,
                                             const char          *path);
/* Of several fields of links, which share the path "links", the one with this role. */
const SakFormField *sak_form_find_links     (const SakForm       *self,
                                             const char          *role);
/* JSON Schema, draft 2020-12, of a finished record's fields. */
const char         *sak_form_get_schema     (const SakForm       *self);
/* What one record of this form is called: "Incident". */
const char         *sak_form_get_label      (const SakForm       *self,
                                             const char          *language);

const char         *sak_form_field_get_path       (const SakFormField *self);
SakFieldType        sak_form_field_get_field_type (const SakFormField *self);
gboolean            sak_form_field_is_required    (const SakFormField *self);
/* The path of the field that does instead ("known_as" for a name), or NULL. */
const char         *sak_form_field_get_required_unless (const SakFormField *self);
gboolean            sak_form_field_is_identity    (const SakFormField *self);
/* Whether lists show it beside the title. */
gboolean            sak_form_field_is_listed      (const SakFormField *self);
/* @language: "en", "my", "th"…; falls back to English. @help may be NULL. */
const char         *sak_form_field_get_section    (const SakFormField *self,
                                                   const char         *language);
const char         *sak_form_field_get_label      (const SakFormField *self,
                                                   const char         *language);
const char         *sak_form_field_get_help       (const SakFormField *self,
                                                   const char         *language);
/* An answer as it might look, for an empty entry; may be NULL. */
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
/* Borrowed const SakFormField, in the order of the form. */
GPtrArray          *sak_form_list_missing   (const SakForm       *self,
                                             const json_t        *fields) G_GNUC_WARN_UNUSED_RESULT;
char               *sak_form_get_title      (const SakForm       *self,
                                             const json_t        *fields) G_GNUC_WARN_UNUSED_RESULT;
/* EDTF text, and a place's name; borrowed from @fields, NULL where there is none. */
const char         *sak_form_get_date       (const SakForm       *self,
                                             const json_t        *fields);
const char         *sak_form_get_place      (const SakForm       *self,
                                             const json_t        *fields);

G_END_DECLS
