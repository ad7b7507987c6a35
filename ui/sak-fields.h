/* sak-fields.h - the kinds of field, one for each SakFieldType
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-field.h"

G_BEGIN_DECLS

#define SAK_TYPE_TEXT_FIELD (sak_text_field_get_type ())
G_DECLARE_DERIVABLE_TYPE (SakTextField, sak_text_field, SAK, TEXT_FIELD, SakField)
struct _SakTextFieldClass
{
  SakFieldClass parent_class;
};
GtkEditable *sak_text_field_get_editable (SakTextField *self);

#define SAK_TYPE_NUMBER_FIELD (sak_number_field_get_type ())
G_DECLARE_FINAL_TYPE (SakNumberField, sak_number_field, SAK, NUMBER_FIELD, SakTextField)

#define SAK_TYPE_PARAGRAPHS_FIELD (sak_paragraphs_field_get_type ())
G_DECLARE_FINAL_TYPE (SakParagraphsField, sak_paragraphs_field, SAK, PARAGRAPHS_FIELD, SakField)
/* Where what is in it has no further to go, the wheel moves the form around it. */
void         sak_paragraphs_pass_wheel_on (GtkWidget  *scrolled);

#define SAK_TYPE_CHOICE_FIELD (sak_choice_field_get_type ())
G_DECLARE_FINAL_TYPE (SakChoiceField, sak_choice_field, SAK, CHOICE_FIELD, SakField)

#define SAK_TYPE_CHOICES_FIELD (sak_choices_field_get_type ())
G_DECLARE_FINAL_TYPE (SakChoicesField, sak_choices_field, SAK, CHOICES_FIELD, SakField)

/* Both of these of a vocabulary. */
#define SAK_TYPE_TERM_FIELD (sak_term_field_get_type ())
G_DECLARE_FINAL_TYPE (SakTermField, sak_term_field, SAK, TERM_FIELD, SakField)

#define SAK_TYPE_YESNO_FIELD (sak_yesno_field_get_type ())
G_DECLARE_FINAL_TYPE (SakYesnoField, sak_yesno_field, SAK, YESNO_FIELD, SakField)

#define SAK_TYPE_DATE_FIELD (sak_date_field_get_type ())
G_DECLARE_FINAL_TYPE (SakDateField, sak_date_field, SAK, DATE_FIELD, SakField)

#define SAK_TYPE_PLACE_FIELD (sak_place_field_get_type ())
G_DECLARE_FINAL_TYPE (SakPlaceField, sak_place_field, SAK, PLACE_FIELD, SakField)

#define SAK_TYPE_MONEY_FIELD (sak_money_field_get_type ())
G_DECLARE_FINAL_TYPE (SakMoneyField, sak_money_field, SAK, MONEY_FIELD, SakField)

#define SAK_TYPE_SPAN_FIELD (sak_span_field_get_type ())
G_DECLARE_FINAL_TYPE (SakSpanField, sak_span_field, SAK, SPAN_FIELD, SakField)

#define SAK_TYPE_TABLE_FIELD (sak_table_field_get_type ())
G_DECLARE_FINAL_TYPE (SakTableField, sak_table_field, SAK, TABLE_FIELD, SakField)
GtkWidget *sak_table_field_show_missing (SakTableField *self);
GtkWidget *sak_table_field_find         (SakTableField     *self,
                                         const char *const *paths);

/* A table of one row for each option. */
#define SAK_TYPE_CHECKS_FIELD (sak_checks_field_get_type ())
G_DECLARE_FINAL_TYPE (SakChecksField, sak_checks_field, SAK, CHECKS_FIELD, SakField)

/* In columns only: one record. */
#define SAK_TYPE_LINK_FIELD (sak_link_field_get_type ())
G_DECLARE_FINAL_TYPE (SakLinkField, sak_link_field, SAK, LINK_FIELD, SakField)

#define SAK_TYPE_LINKS_FIELD (sak_links_field_get_type ())
G_DECLARE_FINAL_TYPE (SakLinksField, sak_links_field, SAK, LINKS_FIELD, SakField)

#define SAK_TYPE_MEDIA_FIELD (sak_media_field_get_type ())
G_DECLARE_FINAL_TYPE (SakMediaField, sak_media_field, SAK, MEDIA_FIELD, SakField)
gboolean sak_media_field_paste (SakMediaField *self);

#define SAK_TYPE_CONSENT_FIELD (sak_consent_field_get_type ())
G_DECLARE_FINAL_TYPE (SakConsentField, sak_consent_field, SAK, CONSENT_FIELD, SakField)

G_END_DECLS
