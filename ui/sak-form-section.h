/* sak-form-section.h - one section of a form: heading, progress, and its fields
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_FORM_SECTION (sak_form_section_get_type ())
G_DECLARE_FINAL_TYPE (SakFormSection, sak_form_section, SAK, FORM_SECTION, AdwBin)

/* @help may be NULL. @is_deeper: closed at first, and opened by a click on its heading. Emits
 * "opened" when it is.
 */
GtkWidget *sak_form_section_new          (const char     *label,
                                          const char     *help,
                                          gboolean        is_deeper);
GtkBox    *sak_form_section_get_body     (SakFormSection *self);
void       sak_form_section_set_progress (SakFormSection *self,
                                          const char     *words);
void       sak_form_section_set_help_shown (SakFormSection *self,
                                          gboolean        is_shown);
gboolean   sak_form_section_is_open      (SakFormSection *self);
void       sak_form_section_set_open     (SakFormSection *self,
                                          gboolean        is_open);

G_END_DECLS
