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
  const json_t *section;
  const json_t *data;
};

struct _SakForm
{
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
extern const char *const sak_form_precision_codes[];
G_GNUC_INTERNAL
extern const char *const sak_form_calendar_codes[];

G_GNUC_INTERNAL
char               *sak_form_make_schema  (const SakForm *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
